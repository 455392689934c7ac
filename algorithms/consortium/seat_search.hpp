#pragma once

#include "engine/parallel.hpp"

#include "algorithms/consortium/demands.hpp"
#include "algorithms/consortium/lengths.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

/// Branch and bound over who takes which seat.
namespace maillage::consortium {

enum class SeatGoal : std::uint8_t {
    any,           ///< whoever meets the demands
    diameter,      ///< the longest distance between two members
    sum_distance,  ///< over all pairs of seats, the distance between those who hold them
    leader,        ///< over all seats, the distance to one member
    openness       ///< most groups among the members; then sum_distance
};

struct SeatOptions {
    SeatGoal goal = SeatGoal::any;
    const GroupLabels* groups = nullptr;    ///< of openness
    std::optional<Vertex> leader;           ///< of leader: this one; else the best
    std::uint64_t most_work = 400'000'000;  ///< candidates looked at, then the search stops with a gap
};

struct SeatAnswer {
    bool complete = true;  ///< false: stopped; `members` is the best seen and `bound` proven
    std::optional<Vertices> members;
    std::vector<Vertex> holders;  ///< per seat, in the order of Demands::seats; then further members
    std::optional<Vertex> leader;
    Length cost = 0;               ///< of the goal; for openness, of sum_distance
    std::size_t groups = 0;        ///< of openness
    Length bound = 0;              ///< no answer costs less (for openness: with as many groups)
    std::size_t groups_bound = 0;  ///< no answer has more
    std::uint64_t work = 0;
};

/// The best set of members, or the proof that there is none.
///
/// Definition  Every demand has so many seats; each seat is taken by one of the demand's candidates, those of one
///             demand by different ones; one member may take seats of several demands. Where groups or members
///             are lacking then, further members take seats of their own. Least cost of the goal; then fewest
///             members.
/// Bound       A seat still free costs at least what its cheapest candidate has to those seated, and half of what it
///             has to the nearest candidate of every other free seat (sum), or the larger of both (diameter).
/// Cost        exponential in the seats at worst; a shortest-path search for each candidate seated on the way.
/// Source      Distances between holders, and to a leader: M. Kargar, A. An, "Discovering top-k teams of experts
///             with/without a leader in social networks", CIKM 2011; diameter: T. Lappas, K. Liu, E. Terzi,
///             "Finding a team of experts in social networks", KDD 2009. The bounds are ours.
[[nodiscard]] SeatAnswer search_seats(const LengthGraph& graph, const Demands& demands,
                                      const SeatOptions& options);

}  // namespace maillage::consortium
