#include "algorithms/community/consensus.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include <algorithm>
#include <string>

namespace maillage {
namespace {

constexpr double threshold = 0.5;
constexpr std::uint32_t most_rounds = 10;

bool all_the_same(std::span<const Partition> runs) {
    return std::all_of(runs.begin(), runs.end(), [&](const Partition& run) { return run == runs.front(); });
}

/// The ties of g whose ends at least half of the runs put together, weighed by that share.
CsrGraph agreements(GraphView g, std::span<const Partition> runs) {
    std::vector<Tie> ties;
    for (const VertexId a : g.vertices()) {
        for (const VertexId b : g.neighbours(a)) {
            if (b < a) {
                continue;
            }
            const auto together = std::count_if(runs.begin(), runs.end(),
                                                [&](const Partition& run) { return run[a] == run[b]; });
            const double share = static_cast<double>(together) / static_cast<double>(runs.size());
            if (share >= threshold) {
                ties.push_back({a, b, share});
            }
        }
    }
    return CsrGraph::from_ties(g.vertex_count(), ties);
}

}  // namespace

Consensus consensus(GraphView g, std::vector<Partition> runs,
                    const std::function<std::vector<Partition>(GraphView)>& divide) {
    if (runs.empty()) {
        throw Error("a consensus of no runs");
    }
    for (const Partition& run : runs) {
        if (run.vertex_count() != g.vertex_count()) {
            throw Error("a partition of " + std::to_string(run.vertex_count()) + " vertices for a graph of " +
                        std::to_string(g.vertex_count()));
        }
    }
    Consensus result;
    result.agreed = all_the_same(runs);
    for (; !result.agreed && result.rounds < most_rounds; ++result.rounds) {
        const CsrGraph agreed = agreements(g, runs);
        runs = divide(agreed.view());
        result.agreed = all_the_same(runs);
    }
    result.partition = runs.front();
    return result;
}

}  // namespace maillage
