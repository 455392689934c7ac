#pragma once

#include "engine/ids.hpp"
#include "engine/incidence.hpp"

#include "algorithms/matching/complementarity.hpp"
#include "algorithms/matching/taxonomy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What expertises mean to each other, and the sums of a pair with that taken into account.
namespace maillage {

/// How the taxonomy counts.
enum class TaxonomyMeasure : std::uint8_t {
    none,      ///< an expertise is the same or another; a child is not its parent
    lin,       ///< by information content, from who holds what: sharing a field that few are in says more
    wu_palmer  ///< by depth alone; rarity plays no part
};
/// "none", "lin", "wu_palmer".
[[nodiscard]] std::string_view to_code(TaxonomyMeasure measure) noexcept;

/// An expertise that covers a need, wholly or in part.
struct NearExpertise {
    ExpertiseId expertise{};
    double similarity = 1.0;

    friend bool operator==(const NearExpertise&, const NearExpertise&) = default;
};

/// Profiles in which who holds an expertise holds the fields above it too, and a weight for each place of the
/// taxonomy.
///
/// Definition  W(x) = ln((1 + N) / (1 + df(x))) + 1, df(x) the actors in scope that offer x or anything below it (lin),
///             or depth(x) (wu_palmer). A place z of the forest weighs w(z) = W(z) - W(parent), a root W(z); so the
///             weights from x up to its root add up to W(x). The level of a place is the highest of what is offered at
///             it or below. The sums of a pair are those of `complementarity.hpp` over places.
///             For two actors that offer one expertise each, 2 shared / (a + b) is then
///             sim(x, y) = 2 W(lca) / (W(x) + W(y)): Lin's measure with W as the content, or that of Wu and Palmer. With
///             more expertises shared / (a + b - shared) is the same thought for sets (simGIC).
///             A need for x counts W(x) times the level sought, met by the largest of sim(x, y) q(b, y) over what the
///             other offers, where sim is at least `near`: partial cover.
/// Degenerate  A taxonomy without parents, or `none`: places are expertises, W their rarity, a need is met by the
///             same expertise only, and every value is that of `complementarity.hpp`.
/// Cost        O(links depth) once.
/// Source      Lin 1998, Wu and Palmer 1994 (taxonomy.hpp); C. Pesquita et al., "Metrics for GO based protein
///             semantic similarity", BMC Bioinformatics 9(S5), S4, 2008 (simGIC); the need-wise maximum: the offers
///             and needs of event matchmaking, with a best match as in BMA.
class ExpertiseModel {
public:
    struct Options {
        TaxonomyMeasure measure = TaxonomyMeasure::lin;
        double near =
            0.7;  ///< similarity from which an expertise covers part of a need for another, in (0, 1]
    };

    /// The incidences must outlive the model. A null taxonomy is a flat one.
    ExpertiseModel(const Incidence& offers, const Incidence& seeks, std::span<const std::uint8_t> in_scope,
                   const Taxonomy* taxonomy, const Options& options);
    ExpertiseModel(const ExpertiseModel&) = delete;
    ExpertiseModel& operator=(const ExpertiseModel&) = delete;
    ~ExpertiseModel() = default;

    [[nodiscard]] bool uses_taxonomy() const noexcept { return closed_.vertex_count() != 0; }
    /// Offers with the fields above them.
    [[nodiscard]] const Incidence& places() const noexcept { return uses_taxonomy() ? closed_ : offers_; }
    [[nodiscard]] const Incidence& offers() const noexcept { return offers_; }
    [[nodiscard]] const Incidence& seeks() const noexcept { return seeks_; }
    /// w, by place.
    [[nodiscard]] const ExpertiseWeights& place_weights() const noexcept { return places_; }
    /// W, with the holders at or below.
    [[nodiscard]] const ExpertiseWeights& weights() const noexcept { return weights_; }
    /// What covers a need for x, x itself first, then by similarity descending, then expertise.
    [[nodiscard]] std::span<const NearExpertise> near(ExpertiseId x) const noexcept {
        return std::span(near_).subspan(near_offsets_[index_of(x)],
                                        near_offsets_[index_of(x) + 1] - near_offsets_[index_of(x)]);
    }
    /// sim(x, y) as above, whatever `near`: 1 for the same, 0 for two trees.
    [[nodiscard]] double similarity(ExpertiseId x, ExpertiseId y) const noexcept;
    /// The part of a need for x that an actor meets: max of sim(x, y) q(y). O(near + offers).
    [[nodiscard]] double cover(ExpertiseId x, std::span<const Incidence::OfVertex> offers) const noexcept;

    /// The mass of a vertex, sum of w q over its places, and of its needs, sum of W n.
    [[nodiscard]] double mass(VertexId v) const noexcept { return mass_[index_of(v)]; }
    [[nodiscard]] double need_mass(VertexId v) const noexcept { return need_mass_[index_of(v)]; }

    [[nodiscard]] PairMasses masses(VertexId a, VertexId b) const;
    /// What passes between the two, by weight. A place that only one reaches counts for the expertise by which it is
    /// reached; what both reach is named by its deepest places, be they fields that neither holds by itself.
    /// The weights of `a_gives` add up to gain_b U, those of `shared` to similarity U.
    [[nodiscard]] Exchange exchange(VertexId a, VertexId b) const;

private:
    friend class MassesFrom;
    [[nodiscard]] double met(VertexId seeker, VertexId other) const;
    void add_needs(PairMasses& masses, VertexId a, VertexId b) const;
    void find_near(double least);
    void weigh_vertices();
    void mark_towards(std::vector<ExchangedExpertise>& given, VertexId giver, VertexId receiver) const;
    [[nodiscard]] bool sought(VertexId v, ExpertiseId x) const noexcept;

    const Incidence& offers_;
    const Incidence& seeks_;
    Taxonomy taxonomy_;
    Incidence closed_;  ///< without vertices when there is no taxonomy to use
    ExpertiseWeights places_, weights_;
    std::vector<double> mass_, need_mass_;  ///< by vertex
    std::vector<std::size_t> near_offsets_;
    std::vector<NearExpertise> near_;
};

/// ExpertiseModel::masses from one vertex to many, the same to the last bit: its levels stand in a table.
/// Memory  12 bytes an expertise.
class MassesFrom {
public:
    explicit MassesFrom(const ExpertiseModel& model)
        : model_(model),
          level_(model.places().expertise_count(), 0.0F),
          cover_(model.places().expertise_count(), 0.0) {}
    void set(VertexId a);
    [[nodiscard]] PairMasses to(VertexId b) const;

private:
    const ExpertiseModel& model_;
    VertexId a_ = none<VertexId>;
    std::vector<float> level_;
    std::vector<double> cover_;  ///< of a need for each expertise, by what a offers
    std::vector<ExpertiseId> covered_;
};

}  // namespace maillage
