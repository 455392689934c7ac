#include "engine/error.hpp"

#include "algorithms/community/compare.hpp"
#include "algorithms/community/infomap.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/profile.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

/// bench_communities GRAPH [THREADS] [PRESET …]: time and quality of every preset, on one and on THREADS threads.
/// bench_communities GRAPH --serve: single runs on request, for comparisons with other programs (peers/).
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

const Named& preset_named(const std::string& name) {
    for (const Named& named : presets) {
        if (name == named.name) {
            return named;
        }
    }
    throw Error("no preset \"" + name + "\"");
}

/// What one division is worth: the same judge for every program.
void judge(GraphView g, const EdgeList& list, const Partition& partition, std::optional<double> seconds) {
    std::size_t disconnected = 0;
    for (const CommunityProfile& c : profile(g, partition).communities) {
        disconnected += c.connected ? 0U : 1U;
    }
    std::uint64_t digest = 14695981039346656037ULL;  // FNV-1a of the canonical numbers
    for (const CommunityId c : partition.communities()) {
        digest = (digest ^ index_of(c)) * 1099511628211ULL;
    }
    std::cout << std::setprecision(9) << "{\"modularity\": " << quality(g, partition).value.value_or(0.0)
              << ", \"communities\": " << partition.community_count()
              << ", \"disconnected\": " << disconnected << ", \"digest\": \"" << std::hex << digest
              << std::dec << '"';
    if (seconds) {
        std::cout << ", \"seconds\": " << *seconds;
    }
    if (!list.planted.empty()) {
        const auto alike = compare(partition, Partition(list.planted));
        std::cout << ", \"ami\": " << alike.adjusted_mutual_information.arithmetic;
    }
    std::cout << '}' << std::endl;
}

void write_pairs(const EdgeList& list, const std::string& path) {
    std::ofstream out(path);
    for (const std::uint64_t tie : list.ties) {
        out << (tie >> 32U) << ' ' << (tie & 0xFFFFFFFFU) << '\n';
    }
    if (!out.flush()) {
        throw Error("cannot write " + path);
    }
}

std::vector<std::uint32_t> read_labels(const std::string& path, std::size_t vertices) {
    std::ifstream in(path);
    std::vector<std::uint32_t> labels;
    for (std::uint32_t label = 0; in >> label;) {
        labels.push_back(label);
    }
    if (labels.size() != vertices) {
        throw Error(path + " has " + std::to_string(labels.size()) + " labels for " +
                    std::to_string(vertices) + " vertices");
    }
    return labels;
}

Partition run_leiden(GraphView g, const Named& preset, std::uint32_t threads, std::uint64_t seed) {
    const std::uint32_t runs = preset.preset == Preset::best ? 0 : 1;
    return leiden(g, {.preset = preset.preset, .runs = runs, .seed = seed}, {threads, {}}).partition();
}

Partition run_infomap(GraphView g, std::uint32_t threads, std::uint64_t seed) {
    return infomap(g, {.runs = 1, .seed = seed}, {threads, {}}).partition();
}

/// Answers one line of JSON for each line of the input: `run PRESET|infomap THREADS SEED`, `judge FILE` (a label for each
/// vertex), `write FILE` (the ties, two vertex numbers a line).
void serve(const std::string& name) {
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    const GraphView g = graph.view();
    std::cout << "{\"vertices\": " << g.vertex_count() << ", \"ties\": " << g.edge_count() << '}'
              << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string what;
        std::string argument;
        words >> what >> argument;
        if (what == "run") {
            std::uint32_t threads = 1;
            std::uint64_t seed = 1;
            words >> threads >> seed;
            const auto start = std::chrono::steady_clock::now();
            const Partition found = argument == "infomap"
                                        ? run_infomap(g, threads, seed)
                                        : run_leiden(g, preset_named(argument), threads, seed);
            const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
            judge(g, list, found, elapsed.count());
        } else if (what == "judge") {
            judge(g, list, Partition(read_labels(argument, g.vertex_count())), std::nullopt);
        } else if (what == "write") {
            write_pairs(list, argument);
            std::cout << "{}" << std::endl;
        } else {
            throw Error("not understood: " + line);
        }
    }
}

}  // namespace
}  // namespace maillage::bench

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.empty()) {
        std::cerr << "bench_communities GRAPH [THREADS] [PRESET ...]\n"
                     "bench_communities GRAPH --serve\n"
                     "GRAPH: a, b, c, rmat20, lfr:VERTICES:MIXING[:SEED] or a file of vertex pairs\n";
        return 2;
    }
    try {
        if (args.size() == 2 && args[1] == "--serve") {
            maillage::bench::serve(args[0]);
            return 0;
        }
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
