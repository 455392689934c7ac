#pragma once

#include "engine/ids.hpp"

#include <cassert>
#include <cstdint>
#include <span>

namespace maillage {

/// A simple undirected weighted graph in compressed rows, not owned: three spans, passed by value.
///
/// Shapes      offsets: n + 1, non-decreasing, offsets[n] = 2 m; targets: 2 m, ascending within a row,
///             no loops, no repeats, each tie stored from both ends; weights: 2 m, or empty when
///             every tie weighs 1.
/// Weight      means strength, never distance; > 0 and finite.
/// Models      boost::VertexListGraph, IncidenceGraph, AdjacencyGraph, EdgeListGraph through
///             engine/bgl.hpp.
class GraphView {
public:
    GraphView() = default;
    GraphView(std::span<const std::uint64_t> offsets, std::span<const VertexId> targets,
              std::span<const double> weights) noexcept
        : offsets_(offsets), targets_(targets), weights_(weights) {
        assert(weights.empty() || weights.size() == targets.size());
    }

    [[nodiscard]] std::size_t vertex_count() const noexcept {
        return offsets_.empty() ? 0 : offsets_.size() - 1;
    }
    [[nodiscard]] std::size_t edge_count() const noexcept { return targets_.size() / 2; }
    [[nodiscard]] IdRange<VertexId> vertices() const noexcept { return IdRange<VertexId>(vertex_count()); }

    /// Number of distinct partners.
    [[nodiscard]] std::size_t degree(VertexId v) const noexcept {
        return static_cast<std::size_t>(offsets_[index_of(v) + 1] - offsets_[index_of(v)]);
    }
    [[nodiscard]] std::span<const VertexId> neighbours(VertexId v) const noexcept {
        return targets_.subspan(static_cast<std::size_t>(offsets_[index_of(v)]), degree(v));
    }
    /// Weights beside neighbours(v); empty when the graph is unweighted.
    [[nodiscard]] std::span<const double> weights(VertexId v) const noexcept {
        if (weights_.empty()) {
            return {};
        }
        return weights_.subspan(static_cast<std::size_t>(offsets_[index_of(v)]), degree(v));
    }
    [[nodiscard]] bool weighted() const noexcept { return !weights_.empty(); }

    /// Weight of the arc at a position of `targets()`.
    [[nodiscard]] double arc_weight(std::size_t arc) const noexcept {
        return weights_.empty() ? 1.0 : weights_[arc];
    }
    /// Sum of the weights at v, in row order.
    [[nodiscard]] double strength(VertexId v) const noexcept;
    /// Sum of the weights of all ties, each once, in row order.
    [[nodiscard]] double total_weight() const noexcept;
    [[nodiscard]] bool adjacent(VertexId a, VertexId b) const noexcept;
    /// Weight of a tie, 0 when there is none. O(log degree).
    [[nodiscard]] double weight_between(VertexId a, VertexId b) const noexcept;

    [[nodiscard]] std::span<const std::uint64_t> offsets() const noexcept { return offsets_; }
    [[nodiscard]] std::span<const VertexId> targets() const noexcept { return targets_; }
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }

private:
    std::span<const std::uint64_t> offsets_;
    std::span<const VertexId> targets_;
    std::span<const double> weights_;
};

/// Weight beside the i-th of neighbours(v), from weights(v): 1 in a graph without weights.
[[nodiscard]] inline double tie_weight(std::span<const double> weights, std::size_t i) noexcept {
    return weights.empty() ? 1.0 : weights[i];
}

}  // namespace maillage
