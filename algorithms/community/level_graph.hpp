#pragma once

#include "engine/graph_view.hpp"

#include "algorithms/community/quality.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// The graph that one level of Leiden moves on: nodes are vertices, or groups of vertices that the level
/// below has merged. Rows need no order. Not for use outside this folder and its tests.
struct LevelGraph {
    std::vector<std::uint64_t> offsets;  ///< nodes + 1
    std::vector<std::uint32_t> targets;  ///< no loops, no repeats
    std::vector<double> weights;         ///< beside targets
    std::vector<double> mass;     ///< what the null term counts: strengths (modularity) or vertices (cpm)
    std::vector<double> inside;   ///< weight of the ties that merging has put inside a node, each once
    std::vector<double> outside;  ///< weight of the ties to other nodes
    double lambda = 0.0;          ///< factor of the null term: gamma / 2m (modularity) or gamma (cpm)
    double total_weight = 0.0;    ///< m, the same at every level
    double mean_weight = 0.0;     ///< of a tie of the first level, the unit of gains; 0 without ties

    [[nodiscard]] std::size_t size() const noexcept { return mass.size(); }
};

/// The first level: every vertex a node. O(V + E).
[[nodiscard]] LevelGraph level_of(GraphView g, const QualityOptions& options);

/// Merges the nodes with equal labels into one: label[v] in 0 .. merged-1, each used. O(V + E).
[[nodiscard]] LevelGraph merge(const LevelGraph& level, std::span<const std::uint32_t> label,
                               std::size_t merged);

/// Renames labels to 0 .. k-1 in order of first appearance and answers k.
std::size_t renumber(std::vector<std::uint32_t>& label);

}  // namespace maillage
