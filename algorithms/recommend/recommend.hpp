#pragma once

#include "engine/parallel.hpp"

#include "algorithms/recommend/candidates.hpp"
#include "algorithms/recommend/exposure.hpp"
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
    too_weak         ///< those within reach have next to nothing to recommend them
};
/// "nothing_known", …; empty for found.
[[nodiscard]] std::string_view to_code(NoRecommendation reason) noexcept;

struct RecommendedPartner {
    VertexId partner{};
    std::uint32_t rank = 0;  ///< 1 for the best
    double score = 0.0;      ///< PairScore::score, exactly
};

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
    SearchReach reach;
    NoRecommendation reason = NoRecommendation::found;
    std::optional<Introducer> introducer;  ///< when the list is empty and anyone in scope has a tie
};

struct RecommendResult {
    std::vector<ActorRecommendations> actors;  ///< everyone in scope (or the one, or the part), ascending
    Exposure exposure;                   ///< over all the lists; of no use for one actor or a part alone
    std::size_t bounded_paths = 0;       ///< actors whose paths of three were not all walked
    std::size_t bounded_expertises = 0;  ///< actors whose commonest expertises were not read
    [[nodiscard]] bool exact() const noexcept { return bounded_paths == 0 && bounded_expertises == 0; }
};

/// The partnerships to open for every actor in scope: those that are not linked to it, ranked by a score that
/// is a sum of five named contributions.
///
/// Definition  score = sum over features of weight * value, see ScoreOptions and PairScore.
/// Never       a pair of RecommendInput::links, an actor out of scope, the actor itself.
/// Lists       Everyone in scope has an entry; an empty list has its reason. A list is ordered by score
///             (differences below 1e-12 aside), then id; scores are symmetric to the last bit.
/// Cost        See CandidateSearch, shared by the threads; O(threads * V + actors * top) memory. No table
///             of pairs exists at any time.
/// Errors      OptionError (see validate, and for `only` out of scope). Error when the views differ in size.
/// Source      The additive form: measures of link prediction combined as in L. Lü, T. Zhou 2011; resource
///             allocation Zhou, Lü, Zhang 2009; L3 Kovács et al. 2019. Weights and scales are ours.
[[nodiscard]] RecommendResult recommend(const PairModel& model, const RecommendOptions& options = {},
                                        const Execution& execution = {});

}  // namespace maillage
