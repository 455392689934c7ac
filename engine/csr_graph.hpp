#pragma once

#include "engine/graph_view.hpp"

#include <cstdint>
#include <memory>
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

    /// Rows as they were stored, not copied: `owner` keeps their memory.
    /// Cost    O(n + m) for checking what GraphView promises, that every tie is there from both ends aside.
    /// Errors  Error naming what does not hold.
    [[nodiscard]] static CsrGraph from_rows(std::span<const std::uint64_t> offsets,
                                            std::span<const VertexId> targets,
                                            std::span<const double> weights,
                                            std::shared_ptr<const void> owner);

    [[nodiscard]] GraphView view() const& noexcept {
        return owner_ ? kept_elsewhere_ : GraphView(offsets_, targets_, weights_);
    }
    GraphView view() const&& = delete;  // a view of a temporary would dangle
    operator GraphView() const& noexcept { return view(); }
    operator GraphView() const&& = delete;

    [[nodiscard]] std::size_t vertex_count() const noexcept { return view().vertex_count(); }
    [[nodiscard]] std::size_t edge_count() const noexcept { return view().edge_count(); }

private:
    std::vector<std::uint64_t> offsets_;
    std::vector<VertexId> targets_;
    std::vector<double> weights_;
    std::shared_ptr<const void> owner_;  ///< of kept_elsewhere_; then the vectors are not used
    GraphView kept_elsewhere_;
};

/// The graph induced by the vertices with keep[v] != 0, renumbered in order.
[[nodiscard]] CsrGraph induced_subgraph(GraphView g, std::span<const std::uint8_t> keep);

}  // namespace maillage
