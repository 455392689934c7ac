#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/consortium/group_steiner.hpp"
#include "algorithms/consortium/seat_search.hpp"
#include "algorithms/consortium/steiner_search.hpp"

#include "bench/harness.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

/// bench_consortium [FILE.json]: proven optima on 10,000 actors with 100,000 ties for ten expertises of 30 to 150
/// holders each, by every objective, on strengths and on hops.
namespace {

using namespace maillage;
using namespace maillage::consortium;

CsrGraph network(Rng& rng, std::uint32_t actors, std::uint32_t ties) {
    std::vector<Tie> list;
    while (list.size() < ties) {
        // two thirds within a neighbourhood of fifty, as between people of one place
        const std::uint32_t a = rng.below(actors);
        const std::uint32_t b = rng.below(3) > 0 ? (a / 50) * 50 + rng.below(50) : rng.below(actors);
        if (a != b && b < actors) {
            list.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0 / (1 + rng.below(5))});
        }
    }
    return CsrGraph::from_ties(actors, list);
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::uint32_t actors = 10'000;
    Rng rng(7);
    const CsrGraph ties = network(rng, actors, 100'000);
    Demands demands;
    std::vector<Vertices> groups;
    for (std::uint32_t i = 0; i < 10; ++i) {
        SeatDemand demand;
        const std::uint32_t holders = 30 + rng.below(121);
        while (demand.candidates.size() < holders) {
            const Vertex v = rng.below(actors);
            const auto at = std::lower_bound(demand.candidates.begin(), demand.candidates.end(), v);
            if (at == demand.candidates.end() || *at != v) {
                demand.candidates.insert(at, v);
            }
        }
        groups.push_back(demand.candidates);
        demands.seats.push_back(std::move(demand));
    }
    for (Vertex v = 0; v < actors; ++v) {
        demands.allowed.push_back(v);
    }
    const Execution execution{.threads = 2, .progress = {}};
    std::vector<bench::Sample> samples;
    for (const LengthRule rule : {LengthRule::inverse, LengthRule::hops}) {
        const LengthGraph graph(ties, rule);
        const std::string name(to_code(rule));
        samples.push_back(bench::measure(
            "consortium/steiner/" + name, 5, [&] { return search_trees(graph, demands, {}, execution); },
            [&](const SteinerSearchAnswer& a) { return a.complete && demands.met_by(a.tree->members); }));
        for (const auto& [goal, what] :
             {std::pair(SeatGoal::diameter, "diameter"), std::pair(SeatGoal::sum_distance, "sum"),
              std::pair(SeatGoal::leader, "leader")}) {
            SeatOptions options;
            options.goal = goal;
            samples.push_back(bench::measure(
                "consortium/" + std::string(what) + "/" + name, 3,
                [&] { return search_seats(graph, demands, options); },
                [&](const SeatAnswer& a) {
                    return a.members && demands.met_by(*a.members) && a.bound <= a.cost;
                }));
            if (!search_seats(graph, demands, options).complete) {
                std::cout << "  (not proven within the work allowed)\n";
            }
        }
    }
    for (const bench::Sample& sample : samples) {
        std::cout << bench::to_text(sample) << '\n';
    }
    if (argc > 1) {
        std::ofstream(argv[1]) << bench::to_json(samples);
    }
    return 0;
}
