#include "engine/error.hpp"

#include "algorithms/community/compare.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/profile.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <algorithm>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

/// bench_communities GRAPH [THREADS] [PRESET …]: time and quality of every preset, on one and on THREADS threads.
namespace maillage::bench {
namespace {

struct Named {
    const char* name;
    Preset preset;
};
constexpr Named presets[] = {{"fast", Preset::fast}, {"default", Preset::standard}, {"best", Preset::best}};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return (values[(n - 1) / 2] + values[n / 2]) / 2.0;
}

bool all_connected(GraphView g, const Partition& partition) {
    const PartitionProfile p = profile(g, partition);
    return std::all_of(p.communities.begin(), p.communities.end(),
                       [](const CommunityProfile& c) { return c.connected; });
}

void compare_presets(const std::string& name, std::uint32_t threads, const std::vector<std::string>& wanted) {
    constexpr int trials = 5;
    constexpr std::uint64_t seeds = 8;
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    const GraphView g = graph.view();
    std::cout << name << ": " << g.vertex_count() << " vertices, " << g.edge_count() << " ties\n";
    for (const auto& [preset_name, preset] : presets) {
        if (std::find(wanted.begin(), wanted.end(), preset_name) == wanted.end()) {
            continue;
        }
        LeidenOptions options{.preset = preset, .runs = preset == Preset::best ? 0U : 1U};
        std::vector<double> qualities;
        std::vector<double> agreements;
        Partition first;
        for (options.seed = 1; options.seed <= seeds; ++options.seed) {
            const LeidenResult r = leiden(g, options, {threads, {}});
            first = options.seed == 1 ? r.partition() : first;
            qualities.push_back(*r.kept().quality);
            if (!list.planted.empty()) {
                agreements.push_back(
                    compare(r.partition(), Partition(list.planted)).adjusted_mutual_information.arithmetic);
            }
        }
        options.seed = 1;
        const auto right = [&](const LeidenResult& r) {
            return r.partition() == first && all_connected(g, r.partition());
        };
        for (const std::uint32_t t : {1U, threads}) {
            Sample sample = measure(
                std::string("communities/") + name + "/" + preset_name + "/" + std::to_string(t) + "-threads",
                trials,
                [&] {
                    return leiden(g, options, {t, {}});
                },
                right);
            sample.amount = static_cast<double>(g.edge_count()) / 1e6;
            sample.unit = "M ties";
            std::cout << to_text(sample) << '\n';
        }
        std::cout << std::fixed << std::setprecision(5) << "  modularity over " << seeds << " seeds: median "
                  << median(qualities) << ", " << *std::min_element(qualities.begin(), qualities.end())
                  << " to " << *std::max_element(qualities.begin(), qualities.end());
        if (!agreements.empty()) {
            std::cout << "; AMI with the planted groups: median " << median(agreements);
        }
        std::cout << '\n';
    }
}

}  // namespace
}  // namespace maillage::bench

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.empty()) {
        std::cerr << "bench_communities GRAPH [THREADS] [PRESET ...]\n"
                     "GRAPH: a, b, c, rmat20, lfr:VERTICES:MIXING[:SEED] or a file of vertex pairs\n";
        return 2;
    }
    try {
        const auto threads = args.size() > 1 ? static_cast<std::uint32_t>(std::stoul(args[1])) : 2U;
        std::vector<std::string> wanted(args.begin() + std::min<std::ptrdiff_t>(2, std::ssize(args)),
                                        args.end());
        if (wanted.empty()) {
            wanted = {"fast", "default"};
        }
        maillage::bench::compare_presets(args[0], threads, wanted);
    } catch (const std::exception& error) {
        std::cerr << "bench_communities: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
