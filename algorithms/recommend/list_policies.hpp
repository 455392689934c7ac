#pragma once

#include "engine/ids.hpp"
#include "engine/parallel.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// From ranked candidates to the lists that people get: both sides must gain, variety, places kept for other
/// groups and for newcomers, nobody proposed to everyone. Knows nothing of how pairs are scored: a score
/// may be a share, a probability or a log-odds, and may be negative.
namespace maillage {

/// How the values of a pair to its two sides become one.
enum class Fusion : std::uint8_t {
    off,        ///< they do not: the score orders the lists
    harmonic,   ///< 2ab / (a + b): near the smaller
    geometric,  ///< sqrt(ab)
    uninorm,    ///< cross-ratio uninorm ab / (ab + (1-a)(1-b)): two values above 1/2 strengthen each other
    minimum     ///< the worse side alone
};
/// "off", "harmonic", …
[[nodiscard]] std::string_view to_code(Fusion fusion) noexcept;

/// Definition  As at the enumerators; off fuses as harmonic, for those who show the value all the same. 0
///             when either is 0, the uninorm of 0 and 1 (0 / 0) included: who gains nothing has no reason.
///             The harmonic mean, the geometric and the minimum are 0 for a = 0 by themselves.
/// Shapes      a and b in [0, 1]; so is the result; symmetric to the last bit.
/// Source      L. Pizzato et al., "RECON: a reciprocal recommender for online dating", RecSys 2010 (harmonic);
///             I. Palomares et al., "Reciprocal recommender systems", Information Fusion 69, 103-127, 2021, and
///             R. Yager, A. Rybalov, "Uninorm aggregation operators", Fuzzy Sets and Systems 80, 111-120, 1996.
[[nodiscard]] double fuse(Fusion fusion, double a, double b) noexcept;

/// Rules for the lists; by default none, and a list is the head of its candidates.
struct ListPolicy {
    Fusion reciprocal = Fusion::off;
    /// 1 - lambda of maximal marginal relevance, in [0, 1]: 0 ranks by value alone, 1 by being unlike those
    /// above alone.
    double diversity = 0.0;
    std::uint32_t quota = 0;      ///< at least so many of a list are of another group (<= top)
    std::uint32_t newcomers = 0;  ///< and so many are newcomers; the two together <= top
    /// A newcomer has at most so many partners.
    std::uint32_t newcomer_partners = 2;
    std::uint32_t max_exposure = 0;  ///< lists that an actor may stand in; 0: no cap

    [[nodiscard]] bool reserves() const noexcept { return quota > 0 || newcomers > 0; }
    /// Whether anything is asked for.
    [[nodiscard]] bool acts() const noexcept {
        return reciprocal != Fusion::off || diversity > 0.0 || reserves() || max_exposure > 0;
    }
    friend bool operator==(const ListPolicy&, const ListPolicy&) = default;
};

/// @throws OptionError naming the first option that is out of range for lists of `top` ("diversity", "quota",
///         "newcomers").
void validate(const ListPolicy& policy, std::uint32_t top);

/// How many candidates a list of `top` is chosen from: `top` itself when the policy does nothing.
[[nodiscard]] inline std::size_t candidates_for(const ListPolicy& policy, std::uint32_t top) noexcept {
    return policy.acts() ? 5 * static_cast<std::size_t>(top) + 20 : top;
}

struct ListCandidate {
    VertexId partner{};
    double score = 0.0;  ///< as the ranking gave it
    double value = 0.0;  ///< what the lists are ordered by: the score, or the fused value
    std::uint32_t score_rank =
        0;  ///< place among the candidates by score alone, from 1; 0: behind all of them
};

/// The candidates of one actor, by value descending, then score, then id.
struct CandidateList {
    VertexId actor{};
    std::vector<ListCandidate> candidates;
};

/// The worth of a pair to both of its sides, each in [0, 1].
struct Sides {
    double to_actor = 0.0;
    double to_partner = 0.0;
};

/// Sets every value to the fused worth of its pair, drops those that are worth nothing to one side, and
/// orders anew. Nothing happens with Fusion::off.
/// Cost  One call of `sides` a candidate, in the order of the list.
void order_by_mutual_gain(CandidateList& list, Fusion fusion,
                          const std::function<Sides(VertexId actor, VertexId partner)>& sides);

/// What the rules ask about actors. The functions are called from several threads.
struct ListFacts {
    /// How alike two partners of a list are, in [0, 1]; asked when diversity > 0.
    std::function<double(VertexId, VertexId)> similarity;
    /// Whether a partner is of another group than the actor; asked when quota > 0.
    std::function<bool(VertexId actor, VertexId partner)> outside;
    /// Whether a partner is a newcomer; asked when newcomers > 0.
    std::function<bool(VertexId partner)> newcomer;
    /// Scores are logarithms (log-odds): how they are brought to [0, 1] beside similarities.
    bool logarithmic = false;
};

/// A list as it is shown.
struct ArrangedList {
    std::vector<ListCandidate> partners;  ///< in the order of the list
    std::uint32_t short_of_quota = 0;     ///< places of the quota that no candidate could take
    std::uint32_t short_of_newcomers = 0;
    std::size_t turned_away = 0;  ///< candidates that would have stood here but for the cap
};

/// Chooses the lists.
///
/// Definition  Each list takes, until it has `top`, the candidate with the largest
///                 lambda rel(i) - (1 - lambda) max over j taken of similarity(i, j),   lambda = 1 - diversity,
///             where rel is the value over that of the list's best candidate (of log-odds: the odds over its
///             odds; below 0 counts as 0, and all are 1 when the best is not above 0), so that the same lambda
///             means the same whatever the scale of the scores; among those that leave places enough for what
///             the quota and the newcomers still lack. One partner may count for both. Without diversity this
///             is the order of values, which the list then keeps.
///             With a cap, the lists take turns: always the one whose next candidate has the greatest value
///             goes first, and who stands in max_exposure lists already is passed over.
/// Reserves    A quota is missed only when fewer candidates qualify; how many is told.
/// The cap     is a b-matching of lists (top each) with partners (max_exposure each), by the greedy algorithm
///             on values: with values >= 0 and neither diversity nor reserves, the sum of values is at
///             least half of the greatest possible.
/// Order       Equal values (compare_scores) are settled by score, then the actor's id, then the partner's.
/// Shapes      Lists in, lists out, in the same order; an actor stands in one list only.
/// Cost        O(candidates) without diversity, top times that with it (one similarity each); lists are shared
///             by the threads. With a cap O(candidates log lists), one thread. Memory O(candidates).
/// Errors      OptionError (see validate). Error when a function that is needed is not there.
/// Source      J. Carbonell, J. Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998. Greedy
///             b-matching: D. Avis, "A survey of heuristics for the weighted matching problem", Networks 13,
///             475-493, 1983; J. Mestre, "Greedy in approximation algorithms", ESA 2006.
[[nodiscard]] std::vector<ArrangedList> arrange(std::span<const CandidateList> lists, std::uint32_t top,
                                                const ListPolicy& policy, const ListFacts& facts,
                                                const Execution& execution = {});

}  // namespace maillage
