#include "algorithms/matching/complementarity.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

using Held = Incidence::OfVertex;

/// Calls body(expertise, in a, in b) for every expertise of either list, ascending; nullptr where missing.
template <class Body>
void merge(std::span<const Held> a, std::span<const Held> b, const Body& body) {
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() || j != b.end()) {
        if (j == b.end() || (i != a.end() && i->expertise < j->expertise)) {
            body(i->expertise, &*i, static_cast<const Held*>(nullptr));
            ++i;
        } else if (i == a.end() || j->expertise < i->expertise) {
            body(j->expertise, static_cast<const Held*>(nullptr), &*j);
            ++j;
        } else {
            body(i->expertise, &*i, &*j);
            ++i;
            ++j;
        }
    }
}

double level(const Held* held) {
    return held == nullptr ? 0.0 : static_cast<double>(held->level);
}

bool holds(std::span<const Held> list, ExpertiseId x) {
    const auto found = std::lower_bound(list.begin(), list.end(), x,
                                        [](const Held& held, ExpertiseId y) { return held.expertise < y; });
    return found != list.end() && found->expertise == x;
}

double need_mass(std::span<const Held> seeks, const ExpertiseWeights& weights) {
    double sum = 0.0;
    for (const Held& need : seeks) {
        sum += weights[need.expertise] * static_cast<double>(need.level);
    }
    return sum;
}

double met_mass(std::span<const Held> seeks, std::span<const Held> offers, const ExpertiseWeights& weights) {
    double sum = 0.0;
    for_shared(seeks, offers, [&](const Held& need, const Held& offer) {
        sum += weights[need.expertise] * static_cast<double>(need.level) * static_cast<double>(offer.level);
    });
    return sum;
}

double harmonic_mean(double u, double v) {
    return u + v > 0.0 ? 2.0 * (u * v) / (u + v) : 0.0;
}

/// Rounding may carry a quotient of two nearly equal sums a few units beyond 1.
double share(double part, double whole) {
    return std::clamp(part / whole, 0.0, 1.0);
}

/// 1 - (1 - t gain) (1 - need), written so that it is t gain to the last bit without a need.
double value(double ground, double gain, const std::optional<double>& need) {
    const double gained = ground * gain;
    return gained + (1.0 - gained) * need.value_or(0.0);
}

bool by_weight(const ExchangedExpertise& x, const ExchangedExpertise& y) {
    const int order = compare_scores(x.weight, y.weight);
    return order != 0 ? order > 0 : x.expertise < y.expertise;
}

}  // namespace

ExpertiseWeights idf_weights(const Incidence& offers, std::span<const std::uint8_t> counted) {
    if (!counted.empty() && counted.size() != offers.vertex_count()) {
        throw Error("idf_weights: " + std::to_string(counted.size()) + " marks for " +
                    std::to_string(offers.vertex_count()) + " vertices");
    }
    ExpertiseWeights result = unit_weights(offers);
    if (!counted.empty()) {
        result.actors = static_cast<std::size_t>(
            std::count_if(counted.begin(), counted.end(), [](std::uint8_t c) { return c != 0; }));
    }
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        const auto holders = offers.of(x);
        const auto df = static_cast<std::uint32_t>(
            std::count_if(holders.begin(), holders.end(), [&](const Incidence::OfExpertise& holder) {
                return counted.empty() || counted[index_of(holder.vertex)] != 0;
            }));
        result.holders[index_of(x)] = df;
        result.weight[index_of(x)] =
            std::log((1.0 + static_cast<double>(result.actors)) / (1.0 + static_cast<double>(df))) + 1.0;
    }
    return result;
}

ExpertiseWeights unit_weights(const Incidence& offers) {
    ExpertiseWeights result;
    result.actors = offers.vertex_count();
    result.weight.assign(offers.expertise_count(), 1.0);
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        result.holders.push_back(static_cast<std::uint32_t>(offers.of(x).size()));
    }
    return result;
}

void validate(const ComplementarityOptions& options) {
    if (!(options.common_ground >= 0.0 && options.common_ground <= 1.0)) {
        throw OptionError("common-ground", "must be between 0 (nothing in common is asked) and 1");
    }
}

PairMasses pair_masses(const Profile& a, const Profile& b, const ExpertiseWeights& weights) {
    PairMasses masses;
    merge(a.offers, b.offers, [&](ExpertiseId x, const Held* in_a, const Held* in_b) {
        masses.a += weights[x] * level(in_a);
        masses.b += weights[x] * level(in_b);
        masses.shared += weights[x] * std::min(level(in_a), level(in_b));
    });
    masses.need_a = need_mass(a.seeks, weights);
    masses.need_b = need_mass(b.seeks, weights);
    masses.met_a = met_mass(a.seeks, b.offers, weights);
    masses.met_b = met_mass(b.seeks, a.offers, weights);
    return masses;
}

Complementarity complementarity(const PairMasses& masses, const ComplementarityOptions& options) {
    Complementarity result;
    if (masses.need_a > 0.0) {
        result.need_a = share(masses.met_a, masses.need_a);
    }
    if (masses.need_b > 0.0) {
        result.need_b = share(masses.met_b, masses.need_b);
    }
    const double both = masses.a + masses.b - masses.shared;
    if (!(both > 0.0)) {
        return result;
    }
    result.similarity = share(masses.shared, both);
    result.gain_a = share(masses.b - masses.shared, both);
    result.gain_b = share(masses.a - masses.shared, both);
    result.two_sided = harmonic_mean(*result.gain_a, *result.gain_b);
    const double start =
        std::max({*result.similarity, result.need_a.value_or(0.0), result.need_b.value_or(0.0)});
    result.common_ground = options.common_ground > 0.0 ? std::min(1.0, start / options.common_ground) : 1.0;
    result.value_a = value(result.common_ground, *result.gain_a, result.need_a);
    result.value_b = value(result.common_ground, *result.gain_b, result.need_b);
    result.score = harmonic_mean(result.value_a, result.value_b);
    return result;
}

std::string_view to_code(ScorePart::Kind kind) noexcept {
    return kind == ScorePart::Kind::novelty ? "novelty" : "needs";
}

std::array<ScorePart, 4> score_parts(const Complementarity& measures) noexcept {
    const double u = measures.value_a;
    const double v = measures.value_b;
    const bool any = u > 0.0 && v > 0.0;
    const double side_a = any ? 2.0 * (v / (u + v)) * (v / (u + v)) : 0.0;
    const double side_b = any ? 2.0 * (u / (u + v)) * (u / (u + v)) : 0.0;
    std::array<ScorePart, 4> parts{};
    for (const bool of_a : {true, false}) {
        const double side = of_a ? side_a : side_b;
        const double novelty =
            measures.common_ground * (of_a ? measures.gain_a : measures.gain_b).value_or(0.0);
        const double needs = (of_a ? measures.need_a : measures.need_b).value_or(0.0);
        const std::size_t at = of_a ? 0 : 2;
        parts[at] = {ScorePart::Kind::novelty, of_a, novelty, side * (1.0 - needs / 2.0)};
        parts[at + 1] = {ScorePart::Kind::needs, of_a, needs, side * (1.0 - novelty / 2.0)};
    }
    return parts;
}

Complementarity complementarity(const Profile& a, const Profile& b, const ExpertiseWeights& weights,
                                const ComplementarityOptions& options) {
    validate(options);
    return complementarity(pair_masses(a, b, weights), options);
}

Exchange exchange(const Profile& a, const Profile& b, const ExpertiseWeights& weights) {
    Exchange result;
    merge(a.offers, b.offers, [&](ExpertiseId x, const Held* in_a, const Held* in_b) {
        const double w = weights[x];
        const double common = std::min(level(in_a), level(in_b));
        if (level(in_a) > common) {
            result.a_gives.push_back({x, w * (level(in_a) - common), in_a->inferred, holds(b.seeks, x)});
        }
        if (level(in_b) > common) {
            result.b_gives.push_back({x, w * (level(in_b) - common), in_b->inferred, holds(a.seeks, x)});
        }
        if (common > 0.0) {
            result.shared.push_back(
                {x, w * common, in_a->inferred || in_b->inferred, holds(a.seeks, x) || holds(b.seeks, x)});
        }
    });
    for (auto* list : {&result.a_gives, &result.b_gives, &result.shared}) {
        std::sort(list->begin(), list->end(), by_weight);
    }
    return result;
}

}  // namespace maillage
