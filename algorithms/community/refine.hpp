#pragma once

#include "engine/random.hpp"

#include "algorithms/community/moves.hpp"

#include <cstdint>
#include <vector>

namespace maillage {

/// Divides every community of `moves` anew, from single nodes: a node that is still alone joins one of the
/// parts of its community that are well connected to the rest of it, at random with probability
/// proportional to exp(gain / randomness), gain in mean ties and never negative. Parts grow along ties
/// only, so each is connected. Answers labels 0 .. k-1 of the nodes.
///
/// Source  Traag, Waltman, van Eck 2019, algorithm A.2, MergeNodesSubset.
[[nodiscard]] std::vector<std::uint32_t> refine(const LevelGraph& level, const Moves& moves,
                                                double randomness, Rng rng);

/// Divides the communities of `moves` into their connected parts. Answers labels 0 .. k-1.
[[nodiscard]] std::vector<std::uint32_t> connected_parts(const LevelGraph& level, const Moves& moves);

}  // namespace maillage
