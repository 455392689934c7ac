#pragma once

#include "engine/graph_view.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

/// Number of ties on a shortest way between two vertices, for a few pairs of a large graph.
///
/// Definition  0 for a vertex and itself, 1 for a tie; empty when there is no way.
/// Cost        two searches that grow towards each other, the smaller frontier first: O(V + E) at worst, in
///             small worlds a small part of it; O(V) memory once, for all the questions.
/// Source      I. Pohl, "Bi-directional search", Machine Intelligence 6, 127-140, 1971.
class HopDistance {
public:
    explicit HopDistance(GraphView g) : graph_(g), seen_(g.vertex_count(), 0) {}
    [[nodiscard]] std::optional<std::uint32_t> between(VertexId a, VertexId b);

private:
    struct Side {
        std::uint32_t mark = 0;
        std::uint32_t depth = 0;
        std::vector<VertexId> frontier;
    };
    /// One step outwards; true when it meets the other side.
    bool grow(Side& side, std::uint32_t other_mark);

    GraphView graph_;
    std::vector<std::uint32_t> seen_;  ///< mark of the last search side that reached the vertex
    std::uint32_t next_mark_ = 0;
};

}  // namespace maillage
