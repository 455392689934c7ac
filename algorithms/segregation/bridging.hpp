#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/segregation/indices.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Which new partnerships would open the silos most.
namespace maillage {

/// What a new tie is to improve.
enum class BridgeObjective : std::uint8_t {
    bubble,       ///< mean bubble radius, to go down (BubbleWalks)
    controversy,  ///< random-walk controversy, to go down (ControversyWalks)
    reach         ///< mean number of actors of other groups within two ties, to go up (NearReach)
};
[[nodiscard]] std::string_view to_code(BridgeObjective objective) noexcept;

struct BridgingOptions {
    BridgeObjective objective = BridgeObjective::bubble;
    std::uint32_t top = 20;        ///< ties to find, >= 1
    std::uint32_t steps = 10;      ///< t of the bubble radius, 1 .. 100
    std::uint32_t end_points = 3;  ///< k of the controversy, per group, >= 1
    /// Count actors without a tie too (their bubble radius is t) and let ties begin at them.
    bool isolates = false;
    /// Go on until the objective's figure is there, instead of `top` ties.
    std::optional<double> target;
    std::uint32_t most = 500;  ///< ties, when there is a target; >= 1

    friend bool operator==(const BridgingOptions&, const BridgingOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range ("top", "steps", …).
void validate(const BridgingOptions& options);

/// What speaks for a pair and against it, whatever it opens.
struct PairWorth {
    double plausibility = 1.0;  ///< >= 0; a pair of 0 is not proposed
    double cost = 1.0;          ///< > 0
};
/// Judges the pairs of `a` with each of `others` (all > a), on one of the workers.
using PairJudge = std::function<void(VertexId a, std::span<const VertexId> others, std::span<PairWorth> worth,
                                     std::size_t worker)>;

struct BridgingInput {
    GraphView ties;
    /// Pairs that are never proposed. Without vertices: the ties.
    GraphView links;
    /// A new tie is to cross all of them; figures are means over them. One at least.
    std::span<const GroupLabels> groupings;
    /// Empty: every pair is worth its effect.
    PairJudge judge;
};

/// Ties between and inside groups.
struct TieCounts {
    std::uint64_t external = 0, internal = 0;
    [[nodiscard]] Measured ei() const {
        return ei_index(static_cast<double>(external), static_cast<double>(internal));
    }
};

struct GroupFigure {
    std::size_t size = 0;          ///< actors
    TieCounts ties;                ///< of its actors to others, among them
    std::optional<double> bubble;  ///< mean radius of its counted actors; empty: none is counted
    std::optional<double>
        reach;  ///< actors of other groups within two ties, mean over its actors; empty: no actors,
                ///< or the network is too large
    Measured controversy;  ///< of the group against the rest
};

/// How open the network is between the groups of one attribute.
struct AttributeFigures {
    TieCounts ties;
    std::size_t counted = 0;  ///< actors that the bubble radius is about
    std::optional<double> bubble;
    std::optional<double> reach;
    Measured controversy;  ///< also empty where it is not the objective: "not_computed"
    std::vector<GroupFigure> groups;
};
inline constexpr std::string_view why_not_computed = "not_computed";

struct NetworkFigures {
    std::vector<AttributeFigures> attributes;  ///< in the order of the groupings
    std::optional<double> objective;           ///< mean over the attributes; empty: undefined for all
    std::size_t ties = 0;
    std::size_t components = 0;  ///< of two actors or more
    std::size_t largest = 0;     ///< actors of the largest
    std::size_t isolates = 0;
    std::uint64_t joined_pairs = 0;          ///< pairs of actors with a way between them
    std::optional<double> mean_path_length;  ///< ties, over joined pairs; empty: no pair is
    bool path_lengths_exact = true;          ///< false: from 256 evenly spaced actors
};

struct Bridge {
    VertexId a{}, b{};  ///< a < b
    std::uint32_t rank = 0;
    /// What the tie does to the objective's figure when those before it are there: > 0 opens. Exact.
    double effect = 0.0;
    std::vector<double> by_attribute;  ///< the same in each grouping
    PairWorth worth;
    double value = 0.0;           ///< effect times plausibility over cost: what the greedy choice goes by
    double objective = 0.0;       ///< the figure with this tie and those before it
    std::vector<TieCounts> ties;  ///< of each grouping, likewise
};

/// Why there are fewer ties than asked for.
enum class BridgingEnd : std::uint8_t {
    found,      ///< there are not
    no_pairs,   ///< no pair is left that crosses, is not linked and has anything in its favour
    no_effect,  ///< no pair left opens anything
    most        ///< the target was not met by as many ties as may be tried
};
[[nodiscard]] std::string_view to_code(BridgingEnd end) noexcept;

struct Bridging {
    std::vector<Bridge> bridges;  ///< in the order chosen
    NetworkFigures before, after;
    BridgingEnd end = BridgingEnd::found;
    bool target_met = false;
    std::size_t ends = 0;  ///< actors at which a tie may begin
    std::size_t ends_looked_at = 0;
    std::size_t candidates = 0;   ///< pairs compared
    std::size_t implausible = 0;  ///< pairs left out: nothing speaks for them
    /// Pairs whose effect alone, before any tie, is among the highest twentieth, at most 100,000, by effect: among
    /// which one may choose for other reasons.
    struct Strong {
        VertexId a{}, b{};
        double effect = 0.0;
    };
    std::vector<Strong> strongest;
    [[nodiscard]] bool exact() const noexcept { return ends == ends_looked_at; }
};

/// Chooses ties one after the other, each with the greatest value given those before.
///
/// Candidates  Pairs of actors with a group and a tie (or `isolates`) that share no group in any grouping and are
///             not linked. All of them up to 3,000 such actors; beyond, the pairs of the 3,000 that could change most.
/// Way         bubble: lazy greedy. A tie's effect shrinks as others are added, so an effect of before bounds that
///             of now, and few are computed anew; the sum chosen is at least 63 % of the best of as many ties
///             (1 - 1/e). controversy, reach: every pair is weighed in each round (reach: those whose
///             surroundings changed); effects there may grow, so no share of the best is promised.
/// Effect      always exact, on the network with the ties before it. Order of equals: a, then b.
/// Cost        bubble O(ends t E) + some pairs log pairs; controversy O(n^3 + rounds pairs groups); reach O(pairs degree)
///             + what changed. Memory 16 bytes a pair, at most 4.5 million.
/// Errors      OptionError (see validate; "by" without a grouping; "objective" when controversy has too many
///             actors). Error when sizes differ.
/// Source      Haddadan et al. 2021 and Garimella et al., "Reducing controversy by connecting opposing views", WSDM
///             2017, for the problems; G. Nemhauser, L. Wolsey, M. Fisher, Mathematical Programming 14, 265-294, 1978,
///             and M. Minoux, "Accelerated greedy algorithms for maximizing submodular set functions", 1978.
[[nodiscard]] Bridging bridging(const BridgingInput& input, const BridgingOptions& options = {},
                                const Execution& execution = {});

/// Figures of a network as it is; `objective` says which of them is the objective.
[[nodiscard]] NetworkFigures network_figures(GraphView g, std::span<const GroupLabels> groupings,
                                             const BridgingOptions& options, const Execution& execution = {});

/// New ties across that bring the E-I index to t, whichever they are: every one does the same to it.
///
/// Definition  (E - I + k) / (E + I + k) >= t: the least k = ceil((t (E + I) - (E - I)) / (1 - t)), 0 when it is there.
///             Empty when t >= 1 and there is a tie inside.
[[nodiscard]] std::optional<std::uint64_t> ties_to_ei(std::uint64_t external, std::uint64_t internal,
                                                      double target);

}  // namespace maillage
