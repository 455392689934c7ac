#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace maillage::meetings {

/// Pairs that no two would leave for each other.
///
/// Definition  preferences: per vertex, those it would be paired with, best first; b is in the list of a exactly
///             when a is in that of b. Stable: no two prefer each other to what they have; to have nobody
///             is the worst. mate[v] is v's partner, v itself when it has none; whoever is single in one stable
///             pairing is so in all.
/// Answer      a stable pairing, or empty when none exists.
/// Cost        O(sum of the lists).
/// Errors      Error when the lists are not mutual, or name a vertex twice.
/// Source      R. W. Irving, "An efficient algorithm for the 'stable roommates' problem", Journal of Algorithms 6,
///             577-595, 1985; lists that are not complete: D. Gusfield, R. W. Irving, "The Stable Marriage Problem",
///             MIT Press, 1989.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> stable_roommates(
    const std::vector<std::vector<std::uint32_t>>& preferences);

}  // namespace maillage::meetings
