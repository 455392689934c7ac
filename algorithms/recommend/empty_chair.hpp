#pragma once

#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/team_evidence.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Who would take the empty chair of a team: a ranking of all actors fitted on teams of the past, and how good it is.
namespace maillage {

/// A team of a period with one member, drawn at random, taken out.
struct Chair {
    PartnershipId partnership{};
    VertexId taken_by{};
    Team team;  ///< the others who were known, and what the partnership is about
};

struct ChairOptions {
    std::uint32_t least_partners = 3;  ///< known members of a team, the one taken out included; >= 2
    std::uint64_t seed = 1;
};

/// The teams that begin in [from, to): members known before `from` (TeamModel::known), one taken out by a draw that
/// depends on the seed and the place of the partnership alone. Members that were unknown are left out.
/// Excluded kinds are no teams. In the order of the partnerships.
[[nodiscard]] std::vector<Chair> empty_chairs(const TeamInput& before, const TeamModel& model,
                                              std::int32_t from, std::int32_t to,
                                              const ChairOptions& options = {});

/// How much each term counts: score = sum of weight ln(1 + raw / half).
struct ChairRanking {
    std::array<double, team_term_count> weight{};
    std::array<double, team_term_count> scale{};  ///< x0; 1 for a term that is nowhere above 0
    std::size_t chairs = 0;                       ///< fitted on
    double loss = 0.0;                            ///< see ConditionalLogitFit

    [[nodiscard]] double score(const TeamRows& rows, std::size_t lane, VertexId y) const noexcept;
};

struct ChairFitOptions {
    ChairOptions chairs;
    std::uint32_t years = 2;  ///< of teams before the day, each with what was known before it; >= 1
    /// An earlier year counts only if at least this share of the actors known before the day were known before it:
    /// weights learned on a network that had hardly begun do not carry over. The last year always counts. In [0, 1].
    double least_known = 0.6;
    std::uint32_t draws = 3;         ///< of a member of each team; >= 1
    std::size_t most_chairs = 1000;  ///< of a draw and a year, drawn by hash
    std::size_t head = 100;          ///< alternatives that each leading term brings
    std::size_t others = 200;  ///< drawn from all the rest, each standing for as many as it was drawn from
    std::size_t least_chairs = 60;  ///< fewer over all years: nothing is fitted
    double ridge = 6e-3;
};

/// Definition  For each of the years before the day, who was known before it is ranked for the chairs that came in it.
///             Alternatives of a chair: who took it, the first `head` by each term that says how near an actor is, and
///             some of the rest, which stand for all of it. Conditional logit with a ridge; weights of closeness and
///             activity are held at 0 or above. Nothing that starts on the day or later is looked at.
/// Degenerate  Empty with fewer chairs than asked.
/// Cost        TeamRows for all chairs, and the regression.
/// Source      D. McFadden 1974 for the choice among alternatives; the terms: see TeamTerm.
[[nodiscard]] std::optional<ChairRanking> fit_chairs(const TeamInput& input,
                                                     const ChairFitOptions& options = {},
                                                     const Execution& execution = {});

/// What is judged beside the fitted ranking.
enum class ChairMethod : std::uint8_t {
    fitted,
    pagerank,             ///< personalised, from the team
    resource_allocation,  ///< from the team
    common_neighbours,    ///< with the members
    popularity,           ///< partnerships so far
    set_cover             ///< what of the project's expertises the actor adds to those of the team
};
inline constexpr std::size_t chair_method_count = 6;
[[nodiscard]] std::string_view to_code(ChairMethod method) noexcept;

struct ChairFigure {
    std::optional<double> value;      ///< empty without a chair
    std::optional<double> low, high;  ///< 95 %; empty with fewer than two chairs, or without replicates
};

struct ChairQuality {
    ChairMethod method{};
    ChairFigure hit_10, hit_50, mrr;
    /// Over PageRank's, draw by draw; empty for PageRank itself and where its value is 0.
    ChairFigure ratio_10;
};

struct ChairStratum {
    std::string_view id;  ///< "all", "strangers", "partners"
    std::size_t chairs = 0;
    std::vector<ChairQuality> methods;
};

struct ChairEvaluation {
    std::size_t chairs = 0, known = 0;
    double mean_team = 0.0;            ///< members left at the table
    std::vector<ChairStratum> strata;  ///< all; taken by a stranger to the others; by a partner of one
    std::optional<ChairRanking> ranking;
};

/// Ranks all known actors that do not sit at the table for every chair, by every method.
///
/// Definition  hit@k: who took the chair is among the first k; MRR: mean of 1 / rank. Equal scores count as the mean over
///             their orders. Intervals: percentiles of a bootstrap of the chairs, the same draws for all methods.
/// Shapes      `offers` over the vertices of the model: what was known to be offered before the day.
/// Degenerate  Without a ranking `fitted` is left out. No chair: every figure is empty.
/// Cost        TeamRows for all chairs, and O(chairs V methods).
/// Source      Leave-one-out of teams: the hidden member of R. Guimerà's and later works on team recommendation; E.
///             Voorhees, TREC-8, 1999 (mean reciprocal rank); B. Efron, R. Tibshirani 1993.
[[nodiscard]] ChairEvaluation judge_chairs(const TeamModel& model, const Incidence& offers,
                                           std::span<const Chair> chairs,
                                           const std::optional<ChairRanking>& ranking,
                                           std::uint32_t replicates, std::uint64_t seed,
                                           const Execution& execution = {});

}  // namespace maillage
