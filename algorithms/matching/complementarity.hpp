#pragma once

#include "engine/ids.hpp"
#include "engine/incidence.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What two actors can bring each other. Similar, complementary, close in the network and bridging are
/// four things: this header measures the first two and knows nothing of ties.
namespace maillage {

/// How much each expertise counts.
struct ExpertiseWeights {
    std::vector<double> weight;          ///< per expertise, > 0
    std::vector<std::uint32_t> holders;  ///< per expertise: actors counted that offer it
    std::size_t actors = 0;              ///< actors counted

    [[nodiscard]] double operator[](ExpertiseId x) const noexcept { return weight[index_of(x)]; }
};

/// Inverse document frequency: sharing what everybody holds says little, bringing what few hold says much.
///
/// Definition  w(x) = ln((1 + N) / (1 + df(x))) + 1, with N the actors and df(x) those that offer x at
///             any level. At least 1 (held by all), ln(1 + N) + 1 for an expertise that nobody holds.
/// Shapes      counted: 1 or 0 per vertex of `offers`; empty counts every vertex. Foreign actors out of
///             scope are thus no reason to call an expertise common.
/// Cost        O(links).
/// Errors      Error when `counted` is neither empty nor of the size of the vertices.
/// Source      K. Spärck Jones, "A statistical interpretation of term specificity and its application in
///             retrieval", Journal of Documentation 28(1), 11-21, 1972; smooth form as in common use.
[[nodiscard]] ExpertiseWeights idf_weights(const Incidence& offers,
                                           std::span<const std::uint8_t> counted = {});
/// Every expertise weighs 1: plain Jaccard and plain gains.
[[nodiscard]] ExpertiseWeights unit_weights(const Incidence& offers);

struct ComplementarityOptions {
    /// j0: the similarity from which two actors have enough in common to work together, in [0, 1].
    /// 0 asks for nothing in common.
    double common_ground = 0.1;

    friend bool operator==(const ComplementarityOptions&, const ComplementarityOptions&) = default;
};

/// @throws OptionError (field "common-ground") when it is outside [0, 1].
void validate(const ComplementarityOptions& options);

/// The expertises of an actor, ascending by expertise as an Incidence gives them.
struct Profile {
    std::span<const Incidence::OfVertex> offers;
    std::span<const Incidence::OfVertex> seeks;
};

[[nodiscard]] inline Profile profile(const Incidence& offers, const Incidence& seeks, VertexId v) noexcept {
    return {offers.of(v), seeks.vertex_count() == 0 ? std::span<const Incidence::OfVertex>() : seeks.of(v)};
}

/// The sums that everything else follows from; also what a search over many pairs accumulates.
struct PairMasses {
    double a = 0.0;       ///< sum of w(x) q(a, x)
    double b = 0.0;       ///< sum of w(x) q(b, x)
    double shared = 0.0;  ///< sum of w(x) min(q(a, x), q(b, x))
    double need_a = 0.0;  ///< sum of w(x) n(a, x), n the level at which a seeks x; 0: no need declared
    double need_b = 0.0;
    double met_a = 0.0;  ///< sum of w(x) n(a, x) q(b, x): what b offers of it
    double met_b = 0.0;
};

/// How two actors complement each other, taken apart. Every value is in [0, 1].
struct Complementarity {
    /// Shared part of what the two hold together, weighted Jaccard. Empty (zero_denominator) when neither
    /// holds anything; 0 when one of them does not.
    std::optional<double> similarity;
    /// gain(a<-b): the part of what the two hold together that only b brings. similarity + gain_a +
    /// gain_b = 1. Empty when neither holds anything; 1 when a holds nothing and b something.
    std::optional<double> gain_a;
    std::optional<double> gain_b;  ///< gain(b<-a), likewise
    /// comp_H, harmonic mean of the two gains: 0 when one set is within the other. Empty as the gains.
    std::optional<double> two_sided;
    /// Part of the needs of a (by weight and level sought) that b offers. Empty (no_needs) when a
    /// declares none.
    std::optional<double> need_a;
    std::optional<double> need_b;
    /// t, how far there is something to start from: min(1, j / j0) with j the largest of similarity,
    /// need_a and need_b. 1 when j0 is 0. 0 when nothing is known of both.
    double common_ground = 0.0;
    /// What the pair is worth to a: 1 - (1 - t gain_a) (1 - need_a), a missing need counting 0.
    double value_a = 0.0;
    double value_b = 0.0;
    /// Harmonic mean of the two values; 0 when either is 0. Empty (zero_denominator) when neither
    /// holds anything.
    std::optional<double> score;
};

/// Reason codes for the empty fields above.
inline constexpr std::string_view why_nothing_held = "zero_denominator";
inline constexpr std::string_view why_no_needs = "no_needs";

/// From the sums to the measures. Exactly symmetric: swapping a and b swaps the fields, bit for bit.
///
/// Definition  U = a + b - shared; similarity = shared / U; gain_a = (b - shared) / U; gain_b likewise;
///             need_a = met_a / need_a; the rest as on the fields.
/// Shape       With growing similarity j and no needs the score rises as j / j0 to its greatest value, (1 - j0) / 2, and
///             falls from there as (1 - j) / 2: an inverted U.
/// Reasons     A pair that helps one side only is not a partnership: hence the harmonic mean, which is
///             near the smaller value. Distance in knowledge helps up to a point, and two actors without
///             anything in common rarely start: hence t. A declared need that the other meets is a
///             start too, and worth more than an inferred novelty: it enters the value beside the
///             gain as an independent second chance (noisy or), and enters t.
///             Without needs and with similarity >= j0 the score is comp_H itself.
/// Cost        O(1).
/// Source      Gains and harmonic form: M. Makri, M. A. Hitt, P. J. Lane, "Complementary technologies,
///             knowledge relatedness, and invention outcomes", Strategic Management Journal 31, 602-628,
///             2010, for the idea; B. Nooteboom et al., "Optimal cognitive distance and absorptive capacity",
///             Research Policy 36, 1016-1034, 2007, for the common ground; L. Pizzato et al., "RECON: a
///             reciprocal recommender for online dating", RecSys 2010, for the harmonic mean of the
///             two sides. The formula and j0 = 0.1 are ours.
[[nodiscard]] Complementarity complementarity(const PairMasses& masses,
                                              const ComplementarityOptions& options = {});

/// A named part of a score.
struct ScorePart {
    enum class Kind : std::uint8_t {
        novelty,  ///< common ground times the gain: what the other brings that is new, as far as there is a start
        needs  ///< the part of the declared needs that the other meets
    };
    Kind kind{};
    bool of_a = true;     ///< else of b
    double value = 0.0;   ///< in [0, 1]
    double weight = 0.0;  ///< of this pair
    [[nodiscard]] double contribution() const noexcept { return weight * value; }
};
/// "novelty", "needs".
[[nodiscard]] std::string_view to_code(ScorePart::Kind kind) noexcept;

/// The score as a sum: novelty of a, needs of a, novelty of b, needs of b; contributions add up to the score.
///
/// Definition  The harmonic mean H(u, v) is homogeneous, so H = u dH/du + v dH/dv (Euler), dH/du = 2 v^2 / (u + v)^2:
///             the scarcer side weighs more. A value n + m - n m of novelty n and needs met m is shared out as
///             n (1 - m/2) + m (1 - n/2), their overlap in equal halves (Shapley).
/// Degenerate  Weights are 0 when the score is 0 or empty.
[[nodiscard]] std::array<ScorePart, 4> score_parts(const Complementarity& measures) noexcept;

/// The sums of a pair, in ascending order of expertise.
///
/// Needs       are compared by identity: holding a child is not holding its parent here, nor the
///             reverse (a taxonomy measure would say how near they are).
/// Cost        O(expertises of both). Errors: none.
[[nodiscard]] PairMasses pair_masses(const Profile& a, const Profile& b, const ExpertiseWeights& weights);

[[nodiscard]] Complementarity complementarity(const Profile& a, const Profile& b,
                                              const ExpertiseWeights& weights,
                                              const ComplementarityOptions& options = {});

/// One expertise that passes between two actors, or that both hold.
struct ExchangedExpertise {
    ExpertiseId expertise{};
    double weight = 0.0;  ///< w(x) times the level brought (given) or held by both (shared)
    bool inferred =
        false;            ///< the giver (of a shared one: either holder) holds it by inference, not declared
    bool sought = false;  ///< the receiver (of a shared one: either) declares a need for it
    /// A need of the receiver that it meets in part, being near to it; none where it is sought itself, where
    /// the giver offers that need as such, or nothing near is sought. The nearest, then the first.
    ExpertiseId towards = none<ExpertiseId>;
    double towards_similarity = 0.0;
};

/// What passes between two actors, each list by weight descending, then expertise ascending. The weights of
/// `a_gives` add up to gain_b U, those of `shared` to similarity U.
struct Exchange {
    std::vector<ExchangedExpertise> a_gives;  ///< what b would receive: held by a above the level of b
    std::vector<ExchangedExpertise> b_gives;
    std::vector<ExchangedExpertise> shared;
};

/// Cost  O(expertises of both, sorted).
[[nodiscard]] Exchange exchange(const Profile& a, const Profile& b, const ExpertiseWeights& weights);

}  // namespace maillage
