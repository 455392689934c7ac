#pragma once

#include "engine/graph_view.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// One tie to put into a graph. Parallel ties are summed, loops are refused.
struct Tie {
    VertexId a{};
    VertexId b{};
    double weight = 1.0;
};

/// Owns the arrays of a GraphView.
class CsrGraph {
public:
    /// A graph without vertices.
    CsrGraph() : offsets_(1, 0) {}

    /// Sums parallel ties in the order of the list. The weights are kept even if all are 1.
    /// Cost    O(n + m log d) time, 12 bytes an arc.
    /// Errors  Error on a loop, an end beyond vertex_count, or a weight that is not positive and finite.
    [[nodiscard]] static CsrGraph from_ties(std::size_t vertex_count, std::span<const Tie> ties);

    [[nodiscard]] GraphView view() const& noexcept { return {offsets_, targets_, weights_}; }
    GraphView view() const&& = delete;  // a view of a temporary would dangle
    operator GraphView() const& noexcept { return view(); }
    operator GraphView() const&& = delete;

    [[nodiscard]] std::size_t vertex_count() const noexcept { return offsets_.size() - 1; }
    [[nodiscard]] std::size_t edge_count() const noexcept { return targets_.size() / 2; }

private:
    std::vector<std::uint64_t> offsets_;
    std::vector<VertexId> targets_;
    std::vector<double> weights_;
};

/// The graph induced by the vertices with keep[v] != 0, renumbered in order.
[[nodiscard]] CsrGraph induced_subgraph(GraphView g, std::span<const std::uint8_t> keep);

}  // namespace maillage
