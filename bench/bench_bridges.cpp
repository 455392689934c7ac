#include "engine/labels.hpp"

#include "algorithms/segregation/bridging.hpp"
#include "algorithms/segregation/brokerage.hpp"
#include "algorithms/segregation/structural_holes.hpp"
#include "algorithms/structure/betweenness.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

/// bench_bridges [GRAPH [THREADS]]: constraint, roles and betweenness of a graph (graphs.hpp; default a), and twenty ties
/// that open a planted graph of 2,000 actors most, by each objective.
namespace maillage::bench {
namespace {

GroupLabels labels_of(const std::vector<std::uint32_t>& planted) {
    std::vector<std::string> names;
    for (const std::uint32_t group : planted) {
        names.push_back(std::to_string(group));
    }
    const std::vector<std::string_view> values(names.begin(), names.end());
    return {"planted", values};
}

void positions_of(const std::string& name, std::uint32_t threads) {
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    const GraphView g = graph.view();
    std::cout << name << ": " << g.vertex_count() << " vertices, " << g.edge_count() << " ties\n";
    std::cout << to_text(measure(
                     "constraint/" + name, 7, [&] { return structural_holes(g); },
                     [&](const StructuralHoles& h) {
                         // Burt's identity for one vertex, from the definition
                         const VertexId v{7};
                         double sum = 0.0;
                         for (const VertexId j : g.neighbours(v)) {
                             double p = 1.0 / static_cast<double>(g.degree(v));
                             for (const VertexId q : g.neighbours(v)) {
                                 p += q != j && g.adjacent(q, j)
                                          ? 1.0 / static_cast<double>(g.degree(v) * g.degree(q))
                                          : 0.0;
                             }
                             sum += p * p;
                         }
                         return g.degree(v) == 0 || std::abs(*h.constraint[7] - sum) < 1e-12;
                     }))
              << '\n';
    if (!list.planted.empty()) {
        const GroupLabels labels = labels_of(list.planted);
        std::cout << to_text(measure(
                         "roles/" + name, 5, [&] { return brokerage(g, labels); },
                         [](const Brokerage& b) { return b.totals[2] == b.totals[3]; }))
                  << '\n';
    }
    const auto right = [](const Betweenness& b) {
        return std::all_of(b.value.begin(), b.value.end(),
                           [](double x) { return x >= 0.0 && std::isfinite(x); });
    };
    if (g.vertex_count() <= 20'000) {
        for (const std::uint32_t t : {1U, threads}) {
            std::cout << to_text(measure(
                             "betweenness/" + name + "/" + std::to_string(t) + "-threads", 3,
                             [&] {
                                 return betweenness(g, {.exact_up_to = 1U << 30U}, {t, {}});
                             },
                             right))
                      << '\n';
        }
    }
    std::cout << to_text(measure(
                     "betweenness-1024-sources/" + name, 3,
                     [&] {
                         return betweenness(g, {.exact_up_to = 0}, {threads, {}});
                     },
                     right))
              << '\n';
}

void bridges_of_2000(std::uint32_t threads) {
    const EdgeList list = lfr_graph({.vertices = 2000, .mixing = 0.1});
    const PlainGraph graph(list);
    const std::vector<GroupLabels> groupings = {labels_of(list.planted)};
    BridgingInput input;
    input.ties = graph.view();
    input.groupings = groupings;
    for (const BridgeObjective objective :
         {BridgeObjective::bubble, BridgeObjective::controversy, BridgeObjective::reach}) {
        const BridgingOptions options{.objective = objective, .top = 20};
        std::cout << to_text(measure(
                         "bridges/" + std::string(to_code(objective)) + "/2000", 3,
                         [&] {
                             return bridging(input, options, {threads, {}});
                         },
                         [](const Bridging& b) {
                             return b.bridges.size() == 20 && b.exact() &&
                                    std::abs(b.bridges.back().objective - *b.after.objective) < 1e-9;
                         }))
                  << '\n';
    }
}

}  // namespace
}  // namespace maillage::bench

int main(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "a";
    const auto threads = static_cast<std::uint32_t>(argc > 2 ? std::stoul(argv[2]) : 2);
    maillage::bench::positions_of(name, threads);
    maillage::bench::bridges_of_2000(threads);
}
