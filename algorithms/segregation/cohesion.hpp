#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include "algorithms/segregation/indices.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What holds the network together: ties and actors without which it would fall apart.
namespace maillage {

/// What a loss would do.
struct Loss {
    std::size_t more_components = 0;  ///< parts of one actor or more, less one
    std::size_t cut_off = 0;          ///< actors outside the largest part that is left of the component
    std::uint64_t pairs = 0;          ///< pairs of remaining actors that no way joins any more
    /// Per grouping: of these pairs, those of actors of known groups that share none.
    std::vector<std::uint64_t> crossing_pairs;
    std::vector<Measured> ei_before, ei_after;  ///< per grouping, of the network
};

/// A tie that is the only way between two parts (a bridge of the graph).
struct HoldingTie {
    VertexId a{}, b{};                   ///< a < b
    std::size_t side_a = 0, side_b = 0;  ///< actors on either side, the ends included
    Loss loss;
};

/// An actor through whom alone some others are joined (a cut vertex).
struct HoldingActor {
    VertexId vertex{};
    std::vector<std::size_t> parts;  ///< sizes of what is left of its component, largest first
    Loss loss;
};

struct Cohesion {
    std::size_t bridges = 0;   ///< of the whole graph
    std::size_t dangling = 0;  ///< of them, with a single actor on one side
    std::size_t cut_vertices = 0;
    std::uint64_t joined_pairs = 0;  ///< pairs of actors with a way between them
    /// By pairs lost, then actors cut off, descending, then ids; a tie or an actor whose loss parts nobody is not there.
    std::vector<HoldingTie> ties;
    std::vector<HoldingActor> actors;
};

/// Bridges and cut vertices, and what each loss would do.
///
/// Definition  A loss takes away the tie, or the actor with its ties; the actor itself is not counted among those
///             parted. top: length of the lists (the crossing pairs and E-I are worked out for these alone).
/// Groupings   one entry per vertex each; may be none.
/// Cost        O(V + E) for all, O(E) more for each that is listed.
/// Errors      Error when labels and graph differ in size.
/// Source      R. E. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1, 146-160, 1972.
[[nodiscard]] Cohesion cohesion(GraphView g, std::span<const GroupLabels> groupings, std::size_t top);

}  // namespace maillage
