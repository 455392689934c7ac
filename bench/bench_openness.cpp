#include "engine/random.hpp"

#include "algorithms/segregation/openness.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>

/// Every measure of openness with drawn null models: bench_openness [GRAPH] [GROUPS] [REPLICATES] [labels|rewiring].
/// GRAPH as in graphs.hpp ("b": 100,000 vertices, 975,401 ties); the groups are dealt out at random with every second
/// vertex kept with its planted neighbours, so that there is something to find.
int main(int argc, char** argv) {
    using namespace maillage;
    const std::string name = argc > 1 ? argv[1] : "b";
    const auto groups = static_cast<std::uint32_t>(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 5);
    const auto replicates = static_cast<std::uint32_t>(argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1000);
    const bool rewiring = argc > 4 && std::string(argv[4]) == "rewiring";

    const bench::EdgeList list = bench::graph_named(name);
    const bench::PlainGraph graph(list);
    Rng rng(1);
    std::vector<std::string> values;
    for (std::uint32_t v = 0; v < list.vertices; ++v) {
        const bool kept = !list.planted.empty() && v % 2 == 0;
        values.push_back(std::to_string(kept ? list.planted[v] % groups : rng.below(groups)));
    }
    const std::vector<std::string_view> cells(values.begin(), values.end());
    const GroupLabels labels("group", cells);
    const Execution execution{.threads = std::max(1U, std::thread::hardware_concurrency())};
    const OpennessOptions options{.replicates = replicates, .labels = !rewiring, .rewiring = rewiring};
    const auto sample = bench::measure(
        "openness/" + name + ", " + std::to_string(groups) + " groups, " + std::to_string(replicates) +
            " replicates",
        1, [&] { return openness(graph.view(), labels, options, execution); },
        [&](const Openness& o) {
            for (const Indicator& i : o.indicators) {
                if (i.group.empty() && !i.null.empty()) {
                    std::cout << i.id << ' ' << i.value.value_or(-9) << " by chance " << i.null.back().mean
                              << " p " << i.null.back().p.value_or(-1) << '\n';
                }
            }
            // planted groups hold together: E-I is below chance, surely
            return replicates == 0 || list.planted.empty() || *o.indicators.front().null.front().p < 0.01;
        });
    std::cout << bench::to_text(sample) << '\n';
    return 0;
}
