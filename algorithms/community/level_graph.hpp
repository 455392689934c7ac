#pragma once

#include "engine/graph_view.hpp"
#include "engine/team.hpp"

#include "algorithms/community/quality.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace maillage {

/// The graph that one level of Leiden moves on: nodes are vertices, or groups of vertices that the level
/// below has merged. The first level reads the rows of the GraphView where they are; merged levels own
/// theirs. Rows need no order. Not for use outside this folder and its tests.
struct LevelGraph {
    std::span<const std::uint64_t> begin, end;  ///< of each node's row
    const VertexId* targets = nullptr;          ///< nodes; no loops, no repeats
    const double* weights = nullptr;            ///< beside targets; null when ties are counted
    const std::uint32_t* counts = nullptr;  ///< beside targets, without weights; null when every tie counts 1
    std::vector<double> mass;    ///< what the null term counts: strengths (modularity) or vertices (cpm)
    std::vector<double> inside;  ///< weight of the ties merged into a node, each once; empty at first
    double lambda = 0.0;         ///< factor of the null term: gamma / 2m (modularity) or gamma (cpm)
    double total_weight = 0.0;   ///< m, the same at every level
    double mean_weight = 0.0;    ///< of a tie of the first level, the unit of gains; 0 without ties

    std::vector<std::uint64_t> own_rows;      ///< begins, then ends
    std::unique_ptr<VertexId[]> own_targets;  // NOLINT(modernize-avoid-c-arrays): left unwritten beyond
    std::unique_ptr<double[]> own_weights;    // NOLINT(modernize-avoid-c-arrays): the rows, so never paged in
    std::unique_ptr<std::uint32_t[]> own_counts;  // NOLINT(modernize-avoid-c-arrays): in place of own_weights

    [[nodiscard]] std::size_t size() const noexcept { return mass.size(); }
    [[nodiscard]] std::uint64_t degree(std::size_t v) const noexcept { return end[v] - begin[v]; }
    [[nodiscard]] std::uint32_t target(std::uint64_t arc) const noexcept {
        return static_cast<std::uint32_t>(targets[arc]);
    }
    [[nodiscard]] double weight(std::uint64_t arc) const noexcept {
        if (weights != nullptr) {
            return weights[arc];
        }
        return counts == nullptr ? 1.0 : static_cast<double>(counts[arc]);
    }
    [[nodiscard]] double inside_of(std::size_t v) const noexcept { return inside.empty() ? 0.0 : inside[v]; }
    /// The value of every node being a community: sum of inside - lambda / 2 * mass^2. O(nodes).
    [[nodiscard]] double value() const noexcept;
};

/// The first level: every vertex a node. The graph must outlive it. O(V + E).
[[nodiscard]] LevelGraph level_of(GraphView g, const QualityOptions& options);

/// Merges the nodes with equal labels into one: label[v] in 0 .. merged-1, each used. The rows, and so the
/// sums, do not depend on the team. O(V + E).
[[nodiscard]] LevelGraph merge(const LevelGraph& level, std::span<const std::uint32_t> label,
                               std::size_t merged, Team& team);

/// Renames labels to 0 .. k-1 in order of first appearance and answers k.
std::size_t renumber(std::vector<std::uint32_t>& label);

/// Nodes sorted by label, ascending among equals, and where each label begins.
struct Buckets {
    std::vector<std::uint32_t> begin;  ///< labels + 1
    std::vector<std::uint32_t> nodes;

    [[nodiscard]] std::size_t size() const noexcept { return begin.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t label) const noexcept {
        return std::span(nodes).subspan(begin[label], begin[label + 1] - begin[label]);
    }
};

/// label[v] < labels.
[[nodiscard]] Buckets bucket(std::span<const std::uint32_t> label, std::size_t labels);

}  // namespace maillage
