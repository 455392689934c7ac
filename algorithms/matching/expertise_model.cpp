#include "algorithms/matching/expertise_model.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

using Held = Incidence::OfVertex;

const Held* find(std::span<const Held> list, ExpertiseId x) noexcept {
    const auto found = std::lower_bound(list.begin(), list.end(), x,
                                        [](const Held& held, ExpertiseId y) { return held.expertise < y; });
    return found != list.end() && found->expertise == x ? &*found : nullptr;
}

/// W of the places, from the holders at or below.
ExpertiseWeights weights_of(const Taxonomy& taxonomy, TaxonomyMeasure measure, ExpertiseWeights rarity) {
    if (measure == TaxonomyMeasure::wu_palmer) {
        for (const ExpertiseId x : IdRange<ExpertiseId>(taxonomy.size())) {
            rarity.weight[index_of(x)] = taxonomy.depth(x);
        }
    }
    return rarity;
}

/// w(z) = W(z) - W(parent): never below 0, for nobody holds more below than above.
ExpertiseWeights steps_of(const Taxonomy& taxonomy, const ExpertiseWeights& weights) {
    ExpertiseWeights steps = weights;
    for (const ExpertiseId x : IdRange<ExpertiseId>(taxonomy.size())) {
        if (const ExpertiseId above = taxonomy.parent(x); above != none<ExpertiseId>) {
            steps.weight[index_of(x)] = std::max(0.0, weights[x] - weights[above]);
        }
    }
    return steps;
}

bool by_weight(const ExchangedExpertise& x, const ExchangedExpertise& y) {
    const int order = compare_scores(x.weight, y.weight);
    return order != 0 ? order > 0 : x.expertise < y.expertise;
}

/// Adds up what is listed for one expertise; the order of additions is that of the places.
class Items {
public:
    void add(ExpertiseId x, double weight, bool inferred) {
        const auto at = std::lower_bound(
            items_.begin(), items_.end(), x,
            [](const ExchangedExpertise& item, ExpertiseId y) { return item.expertise < y; });
        if (at != items_.end() && at->expertise == x) {
            at->weight += weight;
            at->inferred = at->inferred && inferred;
        } else {
            items_.insert(at, {x, weight, inferred, false});
        }
    }
    [[nodiscard]] std::vector<ExchangedExpertise> take() { return std::move(items_); }

private:
    std::vector<ExchangedExpertise> items_;  // ascending by expertise
};

}  // namespace

std::string_view to_code(TaxonomyMeasure measure) noexcept {
    switch (measure) {
        case TaxonomyMeasure::none:
            return "none";
        case TaxonomyMeasure::lin:
            return "lin";
        case TaxonomyMeasure::wu_palmer:
            return "wu_palmer";
    }
    return "";
}

ExpertiseModel::ExpertiseModel(const Incidence& offers, const Incidence& seeks,
                               std::span<const std::uint8_t> in_scope, const Taxonomy* taxonomy,
                               const Options& options)
    : offers_(offers), seeks_(seeks), near_offsets_(1, 0) {
    const bool used = taxonomy != nullptr && !taxonomy->flat() && options.measure != TaxonomyMeasure::none;
    if (taxonomy != nullptr && taxonomy->size() != offers.expertise_count()) {
        throw Error("ExpertiseModel: a taxonomy of " + std::to_string(taxonomy->size()) +
                    " expertises for profiles of " + std::to_string(offers.expertise_count()));
    }
    if (!used) {
        taxonomy_ = Taxonomy(std::vector<ExpertiseId>(offers.expertise_count(), none<ExpertiseId>));
        weights_ = places_ = idf_weights(offers, in_scope);
        for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
            near_.push_back({x, 1.0});
            near_offsets_.push_back(near_.size());
        }
        weigh_vertices();
        return;
    }
    taxonomy_ = *taxonomy;
    closed_ = close_upwards(taxonomy_, offers);
    weights_ = weights_of(taxonomy_, options.measure, idf_weights(closed_, in_scope));
    places_ = steps_of(taxonomy_, weights_);
    find_near(options.near);
    weigh_vertices();
}

void ExpertiseModel::weigh_vertices() {
    const auto sums = [this](const Incidence& profiles, const ExpertiseWeights& weights) {
        std::vector<double> result(offers_.vertex_count(), 0.0);
        for (const VertexId v : IdRange<VertexId>(profiles.vertex_count())) {
            for (const Held& held : profiles.of(v)) {
                result[index_of(v)] += weights[held.expertise] * static_cast<double>(held.level);
            }
        }
        return result;
    };
    mass_ = sums(places(), places_);
    need_mass_ = sums(seeks_, weights_);
}

double ExpertiseModel::similarity(ExpertiseId x, ExpertiseId y) const noexcept {
    if (x == y) {
        return 1.0;
    }
    const auto common = taxonomy_.common_ancestor(x, y);
    return common ? std::min(1.0, 2.0 * weights_[*common] / (weights_[x] + weights_[y])) : 0.0;
}

/// Upwards from x as long as anything new below can be near enough: for y below z, W(y) >= W(z), so
/// sim <= 2 W(z) / (W(x) + W(z)).
void ExpertiseModel::find_near(double least) {
    for (const ExpertiseId x : IdRange<ExpertiseId>(taxonomy_.size())) {
        const auto first = static_cast<std::ptrdiff_t>(near_.size());
        near_.push_back({x, 1.0});
        ExpertiseId below = none<ExpertiseId>;
        for (ExpertiseId z = x; z != none<ExpertiseId>; below = std::exchange(z, taxonomy_.parent(z))) {
            if (2.0 * weights_[z] < least * (weights_[x] + weights_[z])) {
                break;
            }
            for (const ExpertiseId y : taxonomy_.subtree(z)) {
                if (y == x || (below != none<ExpertiseId> && taxonomy_.within(y, below))) {
                    continue;
                }
                if (const double sim = similarity(x, y); sim >= least) {
                    near_.push_back({y, sim});
                }
            }
        }
        std::sort(near_.begin() + first + 1, near_.end(), [](const NearExpertise& p, const NearExpertise& q) {
            return p.similarity != q.similarity ? p.similarity > q.similarity : p.expertise < q.expertise;
        });
        near_offsets_.push_back(near_.size());
    }
}

double ExpertiseModel::cover(ExpertiseId x, std::span<const Held> offers) const noexcept {
    double best = 0.0;
    for (const NearExpertise& other : near(x)) {
        if (other.similarity <= best) {
            break;  // the rest is less near, and a level is at most 1
        }
        if (const Held* held = find(offers, other.expertise)) {
            best = std::max(best, other.similarity * static_cast<double>(held->level));
        }
    }
    return best;
}

double ExpertiseModel::met(VertexId seeker, VertexId other) const {
    double sum = 0.0;
    for (const Held& need : seeks_.of(seeker)) {
        sum += weights_[need.expertise] * static_cast<double>(need.level) *
               cover(need.expertise, offers_.of(other));
    }
    return sum;
}

PairMasses ExpertiseModel::masses(VertexId a, VertexId b) const {
    PairMasses masses;
    masses.a = mass(a);
    masses.b = mass(b);
    for_shared(places().of(a), places().of(b), [&](const Held& in_a, const Held& in_b) {
        masses.shared += places_[in_a.expertise] * static_cast<double>(std::min(in_a.level, in_b.level));
    });
    add_needs(masses, a, b);
    return masses;
}

void ExpertiseModel::add_needs(PairMasses& masses, VertexId a, VertexId b) const {
    if (need_mass(a) > 0.0) {
        masses.need_a = need_mass(a);
        masses.met_a = met(a, b);
    }
    if (need_mass(b) > 0.0) {
        masses.need_b = need_mass(b);
        masses.met_b = met(b, a);
    }
}

void MassesFrom::set(VertexId a) {
    if (a_ != none<VertexId>) {
        for (const Held& held : model_.places().of(a_)) {
            level_[index_of(held.expertise)] = 0.0F;
        }
        for (const ExpertiseId x : covered_) {
            cover_[index_of(x)] = 0.0;
        }
    }
    covered_.clear();
    for (const Held& held : model_.offers().of(a)) {
        for (const NearExpertise& near : model_.near(held.expertise)) {
            double& cover = cover_[index_of(near.expertise)];
            if (cover == 0.0) {
                covered_.push_back(near.expertise);
            }
            cover = std::max(cover, near.similarity * static_cast<double>(held.level));
        }
    }
    a_ = a;
    for (const Held& held : model_.places().of(a)) {
        level_[index_of(held.expertise)] = held.level;
    }
}

PairMasses MassesFrom::to(VertexId b) const {
    PairMasses masses;
    masses.a = model_.mass(a_);
    masses.b = model_.mass(b);
    for (const Held& held : model_.places().of(b)) {
        masses.shared += model_.places_[held.expertise] *
                         static_cast<double>(std::min(held.level, level_[index_of(held.expertise)]));
    }
    if (model_.need_mass(a_) > 0.0) {
        masses.need_a = model_.need_mass(a_);
        masses.met_a = model_.met(a_, b);
    }
    if (model_.need_mass(b) > 0.0) {
        masses.need_b = model_.need_mass(b);
        for (const Held& need : model_.seeks().of(b)) {
            masses.met_b += model_.weights()[need.expertise] * static_cast<double>(need.level) *
                            cover_[index_of(need.expertise)];
        }
    }
    return masses;
}

bool ExpertiseModel::sought(VertexId v, ExpertiseId x) const noexcept {
    return seeks_.vertex_count() != 0 && find(seeks_.of(v), x) != nullptr;
}

void ExpertiseModel::mark_towards(std::vector<ExchangedExpertise>& given, VertexId giver,
                                  VertexId receiver) const {
    if (seeks_.vertex_count() == 0) {
        return;
    }
    for (ExchangedExpertise& item : given) {
        for (const NearExpertise& other : near(item.expertise)) {
            if (!item.sought && find(seeks_.of(receiver), other.expertise) != nullptr &&
                find(offers_.of(giver), other.expertise) == nullptr) {
                item.towards = other.expertise;
                item.towards_similarity = other.similarity;
                break;
            }
        }
    }
}

Exchange ExpertiseModel::exchange(VertexId a, VertexId b) const {
    if (!uses_taxonomy()) {
        return maillage::exchange(profile(offers_, seeks_, a), profile(offers_, seeks_, b), weights_);
    }
    /// What an actor offers at or below a place at the level that counts there; the first of equals.
    const auto reached_by = [this](VertexId v, ExpertiseId place, float level) {
        for (const Held& held : offers_.of(v)) {
            if (held.level == level && taxonomy_.within(held.expertise, place)) {
                return &held;
            }
        }
        throw Error("ExpertiseModel: a place that nothing reaches");
    };
    Items a_gives, b_gives, shared;
    const auto of_a = places().of(a);
    const auto of_b = places().of(b);
    const auto give = [&](Items& items, VertexId giver, const Held& place, double above) {
        if (static_cast<double>(place.level) > above) {
            const Held* by = reached_by(giver, place.expertise, place.level);
            items.add(by->expertise, places_[place.expertise] * (static_cast<double>(place.level) - above),
                      by->inferred);
        }
    };
    std::vector<std::pair<ExpertiseId, double>> both;
    for (const Held& place : of_a) {
        const Held* other = find(of_b, place.expertise);
        give(a_gives, a, place, other == nullptr ? 0.0 : static_cast<double>(other->level));
        if (other != nullptr) {
            both.emplace_back(place.expertise, static_cast<double>(std::min(place.level, other->level)));
        }
    }
    for (const Held& place : of_b) {
        const Held* other = find(of_a, place.expertise);
        give(b_gives, b, place, other == nullptr ? 0.0 : static_cast<double>(other->level));
    }
    /// The first of the deepest places at or below one that both reach.
    const auto deepest = [&](ExpertiseId place) {
        for (bool deeper = true; deeper;) {
            deeper = false;
            for (const auto& [x, level] : both) {
                if (taxonomy_.parent(x) == place) {
                    place = x;
                    deeper = true;
                    break;
                }
            }
        }
        return place;
    };
    for (const auto& [place, level] : both) {
        const ExpertiseId x = deepest(place);
        const Held* of_first = find(offers_.of(a), x);
        const Held* of_second = find(offers_.of(b), x);
        shared.add(
            x, places_[place] * level,
            (of_first != nullptr && of_first->inferred) || (of_second != nullptr && of_second->inferred));
    }
    Exchange result{a_gives.take(), b_gives.take(), shared.take()};
    for (auto* list : {&result.a_gives, &result.b_gives, &result.shared}) {
        std::erase_if(*list, [](const ExchangedExpertise& item) { return !(item.weight > 0.0); });
        for (ExchangedExpertise& item : *list) {
            item.sought = (list != &result.a_gives && sought(a, item.expertise)) ||
                          (list != &result.b_gives && sought(b, item.expertise));
        }
        std::sort(list->begin(), list->end(), by_weight);
    }
    mark_towards(result.a_gives, a, b);
    mark_towards(result.b_gives, b, a);
    return result;
}

}  // namespace maillage
