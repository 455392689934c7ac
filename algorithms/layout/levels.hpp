#pragma once

#include "algorithms/layout/force_layout.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// One of the graphs of a multilevel drawing: merged vertices have mass, merged ties have weight.
struct LayoutLevel {
    std::vector<std::uint64_t> offsets{0};
    std::vector<std::uint32_t> targets;
    std::vector<double> weights;            ///< beside targets: ties merged
    std::vector<double> mass;               ///< vertices merged
    std::vector<std::uint32_t> community;   ///< by vertex
    std::vector<std::uint32_t> coarser_of;  ///< by vertex: where it goes in the next level; empty in the last

    [[nodiscard]] std::size_t size() const noexcept { return mass.size(); }
};

/// The part of a graph that is made of `members` (ascending, closed under ties), then ever smaller graphs: every vertex
/// is merged with the neighbour that it has the most weight to for both masses, or else with another that was left
/// alone beside the same neighbour (leaves of a star). Inside communities, until that no longer helps, then across.
/// Ends at twelve vertices, or when fewer than one in twenty can be merged.
/// Cost  O(V + E log E) in all.
[[nodiscard]] std::vector<LayoutLevel> layout_levels(GraphView g, const Partition& communities,
                                                     std::span<const VertexId> members);

}  // namespace maillage
