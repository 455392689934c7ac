#pragma once

#include "engine/parallel.hpp"

#include "algorithms/meetings/degree_bound.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Rounds of meetings of two: who meets whom, and when.
namespace maillage::meetings {

struct MeetingRules {
    std::uint32_t rounds = 1;
    std::vector<std::uint32_t> least;  ///< per vertex: meetings wanted at least; empty: none
    std::vector<std::uint32_t> most;   ///< per vertex: at most; empty: as many as rounds
    /// Per vertex: 1 or 0 for every round it is there; empty, altogether or of a vertex: always.
    std::vector<std::vector<std::uint8_t>> there;
};

struct ProgrammeOptions {
    /// Up to so many vertices every round is matched exactly; beyond, suitors and edge colouring.
    std::size_t most_exact = 450;
    std::uint32_t passes = 2;  ///< over the rounds, to improve them; 0: none
};

struct Shortfall {
    std::uint32_t vertex = 0;
    std::uint32_t meetings = 0;
    std::uint32_t wanted = 0;
    std::uint32_t possible = 0;  ///< partners it could meet at some time
};

struct Programme {
    std::vector<std::vector<ScoredPair>> rounds;  ///< per round, by a
    double total = 0.0;
    double bound = 0.0;                   ///< no programme has more (without the minimum, even)
    bool optimal = false;                 ///< proven: total is the bound
    std::string_view method;              ///< "exact_rounds", "suitors_and_colouring"
    std::optional<double> guarantee;      ///< share of the best total that the method cannot miss
    std::vector<std::uint32_t> meetings;  ///< per vertex
    std::vector<Shortfall> shortfalls;    ///< below their minimum, by vertex
};

/// Rounds with a large total score.
///
/// Definition  A set of pairs, each in one round at most and nobody twice in a round; nobody more than `most` times,
///             or when not there. Those short of their minimum come first, then the total score counts.
/// Method      Up to most_exact vertices: each round is a matching of maximum weight among the pairs left; once by
///             scores, once with pairs that the bound's prices call good enough counted alike, so that no round takes
///             what a later one needs; the better of both. Then round after round is emptied and matched anew,
///             alone and together with another. One round: optimal, and proven by the duals of the matching.
///             Beyond: suitors for as many meetings as rounds, the pairs coloured with one colour more than rounds
///             (Vizing), the lightest colour left out and its pairs put where there is room.
/// Guarantee   1/2 rounds / (rounds + 1) of the best total for the second way, without times of presence.
/// Shapes      pairs: a < b, without repeats, scores positive.
/// Cost        rounds * O(n^3) for the first way; O(m log m + m (rounds + n)) at worst for the second.
/// Errors      OptionError (rounds) when there is none; Error when sizes disagree.
/// Source      see weighted_matching.hpp, degree_bound.hpp, edge_colouring.hpp; the combination is ours.
[[nodiscard]] Programme plan_meetings(std::size_t vertices, const std::vector<ScoredPair>& pairs,
                                      const MeetingRules& rules, const ProgrammeOptions& options = {},
                                      const Execution& execution = {});

}  // namespace maillage::meetings
