#pragma once

#include "engine/parallel.hpp"

#include "algorithms/consortium/demands.hpp"
#include "algorithms/consortium/group_steiner.hpp"

#include <cstdint>
#include <optional>

/// Cheapest tree whose members meet demands that are more than groups to touch.
namespace maillage::consortium {

struct SteinerSearchOptions {
    std::optional<SteinerTree> known;         ///< one that meets the demands
    std::uint64_t most_states = 300'000'000;  ///< in all, then the search stops with a gap
    std::size_t most_nodes = 20'000;          ///< likewise
};

struct SteinerSearchAnswer {
    bool complete = true;
    std::optional<SteinerTree> tree;
    std::int64_t bound = 0;  ///< no tree has a lower rank; meaningful with `tree`, or when not complete
    std::size_t nodes = 0;
};

/// The best tree (least rank) whose members meet the demands.
///
/// Method      Best-first branch and bound. A node has members that are in and actors that are out; its bound is
///             the cheapest tree that has them and one of everything still wanted (group_steiner). When its
///             members meet the demands it is the best of the node; otherwise one of them goes in, or out.
/// Cost        one group_steiner a node.
/// Source      A. H. Land, A. G. Doig, "An automatic method of solving discrete programming problems",
///             Econometrica 28, 497-520, 1960.
[[nodiscard]] SteinerSearchAnswer search_trees(const LengthGraph& graph, const Demands& demands,
                                               const SteinerSearchOptions& options,
                                               const Execution& execution);

}  // namespace maillage::consortium
