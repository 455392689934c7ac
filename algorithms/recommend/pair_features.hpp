#pragma once

#include "engine/graph_view.hpp"
#include "engine/incidence.hpp"
#include "engine/labels.hpp"

#include "algorithms/matching/complementarity.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The reasons to propose a partnership, each measured on a scale of 0 to 1, and how they add up.
namespace maillage {

/// In the order in which contributions are written and added.
enum class Feature : std::uint8_t {
    resource_allocation,  ///< common partners that serve few others
    l3,                   ///< ways of three ties through go-betweens that serve few others
    complementarity,      ///< what each would bring the other, needs included
    common_ground,        ///< expertises that both have
    crossing,             ///< the tie would join different groups
    remoteness            ///< how far apart the two are: 0 with a common partner, 1/2 at three ties, 1 beyond
};
inline constexpr std::size_t feature_count = 6;
inline constexpr std::array<Feature, feature_count> all_features = {
    Feature::resource_allocation, Feature::l3,       Feature::complementarity,
    Feature::common_ground,       Feature::crossing, Feature::remoteness};
/// "resource_allocation", …
[[nodiscard]] std::string_view to_code(Feature feature) noexcept;

/// One number for each feature.
template <class T>
struct PerFeature {
    std::array<T, feature_count> items{};
    [[nodiscard]] const T& operator[](Feature f) const noexcept { return items[static_cast<std::size_t>(f)]; }
    [[nodiscard]] T& operator[](Feature f) noexcept { return items[static_cast<std::size_t>(f)]; }
    friend bool operator==(const PerFeature&, const PerFeature&) = default;
};

/// Which partnerships are wanted: close in the network, complementary and bridging are different things.
enum class Goal : std::uint8_t {
    likely,         ///< those that the network makes likely, expertises and openness counted in
    complementary,  ///< those in which each brings what the other lacks or seeks
    bridging        ///< among plausible ones, those that open silos most: across groups, and far apart
};
/// "likely", …
[[nodiscard]] std::string_view to_code(Goal goal) noexcept;

/// A pair below this score, crossing and remoteness aside, shown as 0.000, is no recommendation and is not
/// listed.
inline constexpr double least_evidence = 5e-4;

/// How a score is made: the only place where its numbers stand.
struct ScoreOptions {
    /// What the weights are meant for; see score_options().
    Goal goal = Goal::likely;
    /// What each feature is worth, each >= 0, adding up to 1, so that a score is in [0, 1]. Half for what the
    /// network shows, four tenths for what is known of the expertises, a tenth for opening a silo: enough
    /// to prefer the bridge among equals, not enough to propose one without another reason.
    PerFeature<double> weights{{0.25, 0.25, 0.30, 0.10, 0.10, 0.0}};
    /// What the features other than crossing and remoteness must add up to for a pair to be listed, >= 0.
    double least_evidence = maillage::least_evidence;
    /// x0 of value = x / (x + x0) for resource allocation and L3, > 0. One half is what a single way
    /// carries whose go-betweens serve nobody else (1/d with d = 2, 1/sqrt(2 2)): such a way stands in
    /// the middle of the scale. Constants rather than quantiles or standard deviations of the network, so
    /// that a score means the same in two networks and at two dates, and nobody's score moves when a
    /// stranger joins.
    double half_scale = 0.5;
    /// Common ground from which complementarity counts in full, j0 in (0, 1].
    ComplementarityOptions complementarity;

    friend bool operator==(const ScoreOptions&, const ScoreOptions&) = default;
};

/// The published weights of a goal. likely: the defaults. complementary: 0.05 0.05 0.75 0.10 0.05 0, three
/// quarters for what each brings the other, needs included. bridging: 0.05 0.10 0.25 0.05 0.35 0.20, more
/// than half for crossing groups and for being far apart, of pairs to whom common partners, ways and expertises
/// give at least 0.05 of the 0.45 they can: far apart and plausible. The effect on the E-I index is the same for
/// every tie that crosses the first grouping, so crossing stands for it.
[[nodiscard]] ScoreOptions score_options(Goal goal);

/// @throws OptionError naming the first field that is out of range ("weights", "common-ground", …).
void validate(const ScoreOptions& options);

/// What is looked at. All views have the same vertices and must outlive what reads them.
struct RecommendInput {
    GraphView ties;  ///< the network as analysed; vertices out of scope serve as go-betweens
    /// Pairs that share a partnership of any kind and are never proposed. Without vertices: the ties.
    GraphView links;
    const Incidence& offers;
    const Incidence& seeks;  ///< may be without vertices
    /// 1 or 0 per vertex: to whom and of whom partnerships are proposed, and among whom rarity of
    /// expertises is counted. Empty: everyone.
    std::span<const std::uint8_t> in_scope;
    /// Groups that a tie may cross; the first is that of the E-I index.
    std::span<const GroupLabels> groupings;
    /// Pairs that are not to be proposed, from neither side, whatever speaks for them. Without vertices: none.
    GraphView barred = {};

    [[nodiscard]] bool scoped(VertexId v) const noexcept {
        return in_scope.empty() || in_scope[index_of(v)] != 0;
    }
    [[nodiscard]] GraphView known() const noexcept { return links.vertex_count() == 0 ? ties : links; }
    [[nodiscard]] std::span<const VertexId> barred_for(VertexId v) const noexcept {
        return barred.vertex_count() == 0 ? std::span<const VertexId>() : barred.neighbours(v);
    }
};

/// Why a feature has no value.
inline constexpr std::string_view why_no_group = "missing_group";

/// A score taken apart.
struct PairScore {
    double resource_allocation = 0.0;  ///< raw: sum over common partners of w_xz w_zy / s_z
    double l3 = 0.0;                   ///< raw: sum over ways of w_xu w_uv w_vy / sqrt(s_u s_v)
    Complementarity expertise;
    /// In [0, 1]. complementarity and common_ground are empty (zero_denominator) when nothing is known of
    /// either; crossing is empty (missing_group) when no grouping knows both. An empty one contributes 0.
    PerFeature<std::optional<double>> values;
    PerFeature<double> contributions;  ///< weight times value
    double score = 0.0;                ///< sum of the contributions, in the order of Feature
};

/// What the pair is worth to each side: the score with complementarity seen from that side alone.
struct Reciprocity {
    double to_a = 0.0;
    double to_b = 0.0;
    double fused = 0.0;  ///< harmonic mean; 0 when either is 0
};

/// Harmonic mean 2ab / (a + b), 0 when both are 0.
[[nodiscard]] double harmonic(double a, double b) noexcept;

/// A network made ready for scoring many pairs: strengths, rarities, masses.
class PairModel {
public:
    /// Cost    O(V + ties + links of expertises).
    /// Errors  OptionError (see validate). Error when the views differ in size.
    PairModel(const RecommendInput& input, const ScoreOptions& options = {});

    [[nodiscard]] const RecommendInput& input() const noexcept { return input_; }
    [[nodiscard]] const ScoreOptions& options() const noexcept { return options_; }
    [[nodiscard]] const ExpertiseWeights& weights() const noexcept { return weights_; }
    [[nodiscard]] std::size_t actors_in_scope() const noexcept { return actors_in_scope_; }
    [[nodiscard]] double strength(VertexId v) const noexcept { return actors_[index_of(v)].strength; }
    /// 1 / sqrt(strength); 0 for a vertex without ties, which lies on no path.
    [[nodiscard]] double slimness(VertexId v) const noexcept { return actors_[index_of(v)].slimness; }
    /// Sum of weight times level over what v offers, and over what it seeks.
    [[nodiscard]] double mass(VertexId v) const noexcept { return actors_[index_of(v)].mass; }
    [[nodiscard]] double need(VertexId v) const noexcept { return actors_[index_of(v)].need; }
    /// Asks the memory for strength, slimness, mass and need of v, to be there soon.
    void prefetch(VertexId v) const noexcept { __builtin_prefetch(&actors_[index_of(v)]); }
    /// Sum of all strengths, 2 W.
    [[nodiscard]] double total_strength() const noexcept { return total_strength_; }
    /// Sum over walks of two v-u-t of w_vu w_ut sqrt(s_t / s_u): what ways of three start with, each weighed
    /// by how much can follow.
    [[nodiscard]] double half_paths(VertexId v) const noexcept;
    /// Strength descending, then id: whom most ways lead to.
    [[nodiscard]] bool stronger(VertexId u, VertexId v) const noexcept {
        return strength(u) != strength(v) ? strength(u) > strength(v) : u < v;
    }
    /// Walks of two ties from v: the sum of the degrees of its partners.
    [[nodiscard]] std::uint64_t walks(VertexId v) const noexcept { return walks_[index_of(v)]; }

    /// Share of the groupings known of both that a tie would cross (the two have no group in common).
    [[nodiscard]] std::optional<double> crossing(VertexId a, VertexId b) const noexcept;
    [[nodiscard]] PairMasses masses(VertexId a, VertexId b) const;
    /// Raw index of a pair, ties of the pair itself left out; exactly symmetric.
    [[nodiscard]] double resource_allocation(VertexId a, VertexId b) const noexcept;

    /// From the raw values to the score.
    [[nodiscard]] PairScore score(double resource_allocation, double l3, const PairMasses& masses,
                                  const std::optional<double>& crossing) const;
    [[nodiscard]] double saturate(double raw) const noexcept { return raw / (raw + options_.half_scale); }

private:
    RecommendInput input_;
    ScoreOptions options_;
    ExpertiseWeights weights_;
    std::size_t actors_in_scope_ = 0;
    struct Facts {
        double strength = 0.0, slimness = 0.0, mass = 0.0, need = 0.0;
    };
    std::vector<Facts> actors_;
    std::vector<double> onward_;  ///< sum over partners t of w_ut sqrt(s_t / s_u)
    double total_strength_ = 0.0;
    std::vector<std::uint64_t> walks_;  ///< sum of the degrees of the neighbours
};

/// Definition  Score with complementarity (the mean over both sides) replaced by value_a, value_b.
/// Source      L. Pizzato et al., "RECON: a reciprocal recommender for online dating", RecSys 2010.
[[nodiscard]] Reciprocity reciprocity(const PairScore& score, const ScoreOptions& options);

}  // namespace maillage
