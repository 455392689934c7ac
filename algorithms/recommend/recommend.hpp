#pragma once

#include "engine/parallel.hpp"

#include "algorithms/recommend/candidates.hpp"
#include "algorithms/recommend/exposure.hpp"
#include "algorithms/recommend/fitted_ranking.hpp"
#include "algorithms/recommend/list_policies.hpp"
#include "algorithms/recommend/pair_features.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace maillage {

/// One of several parts that a run is cut into: actors in scope number floor((part - 1) N / of) up to, but not
/// with, floor(part N / of) of N, in the order of their ids. Parts may be empty.
struct Shard {
    std::uint32_t part = 1;  ///< 1 .. of
    std::uint32_t of = 1;    ///< >= 1

    friend bool operator==(const Shard&, const Shard&) = default;
};

struct RecommendOptions {
    std::uint32_t top = 10;  ///< length of the list of each actor, >= 1
    SearchBudget budget;
    /// Only the list of this vertex; empty: of everyone in scope.
    std::optional<VertexId> only;
    /// How lists are chosen from ranked candidates. The quota counts groups of the first grouping.
    ListPolicy lists;
    /// Ranks instead of the published weights, over the same vertices, when there is one: scores are then log-odds.
    const FittedSource* fitted = nullptr;
    /// Only the lists of this part of the actors, each as in the whole run; not together with `only`.
    std::optional<Shard> shard;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const RecommendOptions& options);

/// Why a list is empty.
enum class NoRecommendation : std::uint8_t {
    found,           ///< it is not
    nothing_known,   ///< neither a tie nor an expertise: there is nothing to go by
    nothing_common,  ///< expertises, but nobody shares one or meets a need, and no tie leads anywhere
    no_reach,        ///< ties, but nobody in scope within three of them, and no expertise in common
    all_linked,      ///< everyone within reach is linked already
    too_weak,        ///< those within reach have next to nothing to recommend them
    barred,          ///< those within reach that are not linked are not to be proposed
    one_sided,       ///< in every pair one side would gain nothing (ListPolicy::reciprocal)
    exposed          ///< everyone stands in as many lists as the cap allows (ListPolicy::max_exposure)
};
/// "nothing_known", …; empty for found.
[[nodiscard]] std::string_view to_code(NoRecommendation reason) noexcept;

struct RecommendedPartner {
    VertexId partner{};
    std::uint32_t rank = 0;  ///< 1 for the best
    double score = 0.0;      ///< PairScore::score exactly, or fitted_score of the evidence
    double value = 0.0;      ///< what the list is ordered by: the score, or the fused worth to both sides
    std::uint32_t score_rank = 0;  ///< rank among the candidates by score alone; 0: behind those looked at
};

/// How alike two partners of a list are: the mean of the weighted Jaccard of their expertises and of the share
/// of the groupings in which they have a group in common, of these two what is known; 0 when neither is.
/// Cost  O(expertises and groups of both).
[[nodiscard]] double partner_similarity(const PairModel& model, VertexId p, VertexId q);

/// Whom to ask for an introduction when nothing can be recommended.
struct Introducer {
    enum class By : std::uint8_t {
        partner,     ///< the actor's own partner with most partners
        group,       ///< no partner: the actor of its group (first grouping) with most partners
        best_linked  ///< no group either: the actor in scope with most partners
    };
    VertexId actor{};
    By by = By::best_linked;
    std::size_t partners = 0;
};
[[nodiscard]] std::string_view to_code(Introducer::By by) noexcept;

struct ActorRecommendations {
    VertexId actor{};
    std::vector<RecommendedPartner> partners;  ///< rank ascending
    std::vector<EvidenceValues> evidence;      ///< beside partners, when the ranking is fitted
    SearchReach reach;
    std::uint32_t short_of_quota = 0;      ///< places of the quota that no candidate could take
    std::uint32_t short_of_newcomers = 0;  ///< and of those for newcomers
    std::size_t one_sided = 0;             ///< candidates left out because one side would gain nothing
    std::size_t turned_away = 0;           ///< candidates passed over because of the cap on exposure
    NoRecommendation reason = NoRecommendation::found;
    std::optional<Introducer> introducer;  ///< when the list is empty and anyone in scope has a tie
};

struct RecommendResult {
    std::vector<ActorRecommendations> actors;  ///< everyone in scope (or the one, or the part), ascending
    Exposure exposure;                   ///< over all the lists; empty for one actor (RecommendOptions::only)
    Exposure exposure_by_score;          ///< of the lists that the score alone would make
    std::vector<double> shown_by_score;  ///< what that exposure is made of, by vertex
    std::size_t bounded_paths = 0;       ///< actors whose paths of three were not all walked
    std::size_t bounded_expertises = 0;  ///< actors whose commonest expertises were not read
    [[nodiscard]] bool exact() const noexcept { return bounded_paths == 0 && bounded_expertises == 0; }
};

/// The partnerships to open for every actor in scope: those that are not linked to it, ranked by a score that
/// is a sum of five named contributions.
///
/// Definition  score = sum over features of weight * value, see ScoreOptions and PairScore.
/// Never       a pair of RecommendInput::links or RecommendInput::barred, an actor out of scope, the actor
///             itself.
/// Lists       Everyone in scope has an entry; an empty list has its reason. A list is ordered by score
///             (differences below 1e-12 aside), then id, unless a policy orders otherwise (see arrange);
///             scores are symmetric to the last bit. Policies choose from candidates_for() candidates of each
///             actor, and from all of them for a place that the quota or newcomers still lack there, so that
///             such a place stays free only when nobody within reach qualifies.
/// Cost        See CandidateSearch, shared by the threads; O(threads * V + actors * top) memory. No table
///             of pairs exists at any time.
/// Errors      OptionError (see validate, for `only` out of scope, and for a quota without groups). Error when the views differ in size.
/// Source      The additive form: measures of link prediction combined as in L. Lü, T. Zhou 2011; resource
///             allocation Zhou, Lü, Zhang 2009; L3 Kovács et al. 2019. Weights and scales are ours.
[[nodiscard]] RecommendResult recommend(const PairModel& model, const RecommendOptions& options = {},
                                        const Execution& execution = {});

}  // namespace maillage
