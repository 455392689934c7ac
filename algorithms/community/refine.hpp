#pragma once

#include "engine/random.hpp"
#include "engine/team.hpp"

#include "algorithms/community/moves.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace maillage {

/// A division of a level's nodes inside their communities.
struct Parts {
    std::vector<std::uint32_t>
        label;  ///< of each node, 0 .. size()-1; those of one community follow each other
    std::vector<std::uint32_t> community;  ///< of each part, numbered 0, 1, … in the order of the labels

    [[nodiscard]] std::size_t size() const noexcept { return community.size(); }
};

/// Divides every community of `moves` anew, from single nodes: a node that is still alone joins one of the
/// parts of its community that are well connected to the rest of it, at random with probability
/// proportional to exp(gain / randomness), gain in mean ties and never negative. Parts grow along ties
/// only, so each is connected. Communities are divided independently, each with random numbers of its own,
/// so the result does not depend on the team.
///
/// Source  Traag, Waltman, van Eck 2019, algorithm A.2, MergeNodesSubset.
[[nodiscard]] Parts refine(const Moves& moves, double randomness, Rng rng, Team& team);

/// Divides the communities of `moves` into their connected parts.
[[nodiscard]] Parts connected_parts(const Moves& moves);

}  // namespace maillage
