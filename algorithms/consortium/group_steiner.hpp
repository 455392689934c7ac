#pragma once

#include "engine/parallel.hpp"

#include "algorithms/consortium/lengths.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// Cheapest tree that touches every one of some groups of vertices.
namespace maillage::consortium {

struct TreeTie {
    std::uint32_t a = 0;
    std::uint32_t b = 0;  ///< a < b
    bool gap = false;     ///< no way is known: the two parts would have to be introduced to each other
    friend bool operator==(const TreeTie&, const TreeTie&) = default;
    friend auto operator<=>(const TreeTie&, const TreeTie&) = default;
};

struct SteinerTree {
    std::vector<std::uint32_t> members;  ///< one or more of every group, ascending
    std::vector<TreeTie> ties;           ///< ascending
    Length length = 0;                   ///< of the ties, a gap counting no_way
    std::uint32_t gaps = 0;

    /// What is minimised: length first, then the number of members.
    [[nodiscard]] std::int64_t rank() const noexcept {
        return length * most_members + static_cast<std::int64_t>(members.size());
    }
    static constexpr std::int64_t most_members = 64;
};

struct SteinerOptions {
    std::uint32_t max_members = 0;            ///< 0: any number
    std::optional<std::int64_t> better_than;  ///< only trees with a smaller rank are of use
    std::size_t most_groups = 15;             ///< beyond, `solved` is false
    std::size_t most_states = 60'000'000;     ///< likewise; 8 bytes each
};

struct SteinerAnswer {
    bool solved = true;               ///< false: too large, nothing is known
    std::optional<SteinerTree> tree;  ///< empty and solved: there is none (better than asked)
    std::uint64_t states = 0;         ///< of the table, for accounts of the work
};

/// The best tree, exactly.
///
/// Definition  A tree of the graph (its ties, and gaps of length no_way between any two vertices) and members
///             on it, such that every group has a member; least length, then fewest members. Vertices of the
///             tree that are no members are go-betweens.
/// Shapes      groups: each ascending, without repeats.
/// Method      Dynamic programming over sets of groups: the best tree at v for a set is v as a member, two
///             trees at v for parts of the set, or a tree at a neighbour and the tie; at the end two trees at one
///             vertex that have all groups. Every tree has a vertex from which no branch is longer than half of it,
///             so states beyond half of the best tree known need not grow, and beyond two thirds need not be joined
///             before the end; states that cannot lead below that tree (state + distance to the farthest missing
///             group) are dropped. It is grown at the outset from the best meeting points, group after group.
/// Degenerate  no groups: an empty tree of length 0. An empty group: no tree.
/// Cost        O(3^k n + 2^k (E + n log n)) at worst for k groups, over the threads; with max_members
///             times its square. Memory 2^k n states, n being the vertices that the bound leaves.
/// Source      S. E. Dreyfus, R. A. Wagner, "The Steiner problem in graphs", Networks 1, 195-207, 1971; for
///             groups and the pruning B. Ding et al., "Finding top-k min-cost connected trees in databases", ICDE
///             2007, and R.-H. Li et al., "Efficient and progressive group Steiner tree search", SIGMOD 2016.
[[nodiscard]] SteinerAnswer group_steiner(const LengthGraph& graph,
                                          const std::vector<std::vector<std::uint32_t>>& groups,
                                          const SteinerOptions& options = {},
                                          const Execution& execution = {});

}  // namespace maillage::consortium
