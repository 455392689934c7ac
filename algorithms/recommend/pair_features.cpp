#include "algorithms/recommend/pair_features.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

void check_size(std::size_t found, std::size_t vertices, const char* what) {
    if (found != vertices) {
        throw Error("recommend: " + std::string(what) + " for " + std::to_string(found) +
                    " vertices, ties for " + std::to_string(vertices));
    }
}

void check(const RecommendInput& input) {
    const std::size_t n = input.ties.vertex_count();
    check_size(input.offers.vertex_count(), n, "expertises");
    if (input.seeks.vertex_count() != 0) {
        check_size(input.seeks.vertex_count(), n, "needs");
    }
    if (input.links.vertex_count() != 0) {
        check_size(input.links.vertex_count(), n, "links");
    }
    if (input.barred.vertex_count() != 0) {
        check_size(input.barred.vertex_count(), n, "pairs barred");
    }
    if (!input.in_scope.empty()) {
        check_size(input.in_scope.size(), n, "scope");
    }
    for (const GroupLabels& labels : input.groupings) {
        check_size(labels.vertex_count(), n, "groups");
    }
}

double mass_of(std::span<const Incidence::OfVertex> list, const ExpertiseWeights& weights) {
    double sum = 0.0;
    for (const auto& held : list) {
        sum += weights[held.expertise] * static_cast<double>(held.level);
    }
    return sum;
}

}  // namespace

std::string_view to_code(Feature feature) noexcept {
    switch (feature) {
        case Feature::resource_allocation:
            return "resource_allocation";
        case Feature::l3:
            return "l3";
        case Feature::complementarity:
            return "complementarity";
        case Feature::common_ground:
            return "common_ground";
        case Feature::crossing:
            return "crossing";
        case Feature::remoteness:
            return "remoteness";
    }
    return {};
}

std::string_view to_code(Goal goal) noexcept {
    switch (goal) {
        case Goal::likely:
            return "likely";
        case Goal::complementary:
            return "complementary";
        case Goal::bridging:
            return "bridging";
    }
    return {};
}

ScoreOptions score_options(Goal goal) {
    ScoreOptions options;
    options.goal = goal;
    if (goal == Goal::complementary) {
        options.weights = {{0.05, 0.05, 0.75, 0.10, 0.05, 0.0}};
    } else if (goal == Goal::bridging) {
        options.weights = {{0.05, 0.10, 0.25, 0.05, 0.35, 0.20}};
        options.least_evidence = 0.05;
    }
    return options;
}

void validate(const ScoreOptions& options) {
    double sum = 0.0;
    for (const double weight : options.weights.items) {
        if (!(weight >= 0.0 && weight <= 1.0)) {
            throw OptionError("weights", "each must be between 0 and 1");
        }
        sum += weight;
    }
    if (std::abs(sum - 1.0) > 1e-9) {
        throw OptionError("weights", "must add up to 1");
    }
    if (!(options.half_scale > 0.0) || !std::isfinite(options.half_scale)) {
        throw OptionError("half-scale", "must be a number above 0");
    }
    if (!(options.least_evidence >= 0.0) || !std::isfinite(options.least_evidence)) {
        throw OptionError("least-evidence", "must be a number of at least 0");
    }
    validate(options.complementarity);
    if (!(options.complementarity.common_ground > 0.0)) {
        throw OptionError("common-ground", "must be above 0: without common ground everyone is a candidate");
    }
}

double harmonic(double a, double b) noexcept {
    return a + b > 0.0 ? 2.0 * (a * b) / (a + b) : 0.0;
}

PairModel::PairModel(const RecommendInput& input, const ScoreOptions& options)
    : input_(input), options_(options) {
    validate(options_);
    check(input_);
    weights_ = idf_weights(input_.offers, input_.in_scope);
    const std::size_t n = input_.ties.vertex_count();
    actors_.resize(n);
    walks_.resize(n);
    for (const VertexId v : IdRange<VertexId>(n)) {
        const std::size_t i = index_of(v);
        Facts& facts = actors_[i];
        facts.strength = input_.ties.strength(v);
        facts.slimness = facts.strength > 0.0 ? 1.0 / std::sqrt(facts.strength) : 0.0;
        const Profile known = profile(input_.offers, input_.seeks, v);
        facts.mass = mass_of(known.offers, weights_);
        facts.need = mass_of(known.seeks, weights_);
        for (const VertexId u : input_.ties.neighbours(v)) {
            walks_[i] += input_.ties.degree(u);
        }
        actors_in_scope_ += input_.scoped(v) ? 1U : 0U;
        total_strength_ += facts.strength;
    }
    onward_.resize(n);
    for (const VertexId u : IdRange<VertexId>(n)) {
        const auto partners = input_.ties.neighbours(u);
        double sum = 0.0;
        for (std::size_t j = 0; j < partners.size(); ++j) {
            const Facts& t = actors_[index_of(partners[j])];
            sum += tie_weight(input_.ties.weights(u), j) * t.strength * t.slimness;
        }
        onward_[index_of(u)] = sum * slimness(u);
    }
}

double PairModel::half_paths(VertexId v) const noexcept {
    const auto partners = input_.ties.neighbours(v);
    double sum = 0.0;
    for (std::size_t j = 0; j < partners.size(); ++j) {
        sum += tie_weight(input_.ties.weights(v), j) * onward_[index_of(partners[j])];
    }
    return sum;
}

std::optional<double> PairModel::crossing(VertexId a, VertexId b) const noexcept {
    std::size_t known = 0;
    std::size_t crossed = 0;
    for (const GroupLabels& labels : input_.groupings) {
        const auto of_a = labels.of(a);
        const auto of_b = labels.of(b);
        if (!of_a.empty() && !of_b.empty()) {
            ++known;
            crossed += share_a_group(of_a, of_b) ? 0U : 1U;
        }
    }
    if (known == 0) {
        return std::nullopt;
    }
    return static_cast<double>(crossed) / static_cast<double>(known);
}

PairMasses PairModel::masses(VertexId a, VertexId b) const {
    return pair_masses(profile(input_.offers, input_.seeks, a), profile(input_.offers, input_.seeks, b),
                       weights_);
}

double PairModel::resource_allocation(VertexId a, VertexId b) const noexcept {
    const GraphView g = input_.ties;
    const auto of_a = g.neighbours(a);
    const auto of_b = g.neighbours(b);
    double sum = 0.0;
    for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
        if (of_a[i] != of_b[j]) {
            of_a[i] < of_b[j] ? ++i : ++j;
            continue;
        }
        sum += tie_weight(g.weights(a), i) * tie_weight(g.weights(b), j) / strength(of_a[i]);
        ++i;
        ++j;
    }
    return sum;
}

PairScore PairModel::score(double raw_ra, double raw_l3, const PairMasses& pair,
                           const std::optional<double>& crossed) const {
    PairScore result;
    result.resource_allocation = raw_ra;
    result.l3 = raw_l3;
    result.expertise = complementarity(pair, options_.complementarity);
    result.values[Feature::resource_allocation] = saturate(raw_ra);
    result.values[Feature::l3] = saturate(raw_l3);
    result.values[Feature::complementarity] = result.expertise.score;
    result.values[Feature::common_ground] = result.expertise.similarity;
    result.values[Feature::crossing] = crossed;
    result.values[Feature::remoteness] = raw_ra > 0.0 ? 0.0 : raw_l3 > 0.0 ? 0.5 : 1.0;
    for (const Feature f : all_features) {
        result.contributions[f] = options_.weights[f] * result.values[f].value_or(0.0);
        result.score += result.contributions[f];
    }
    return result;
}

Reciprocity reciprocity(const PairScore& score, const ScoreOptions& options) {
    const double weight = options.weights[Feature::complementarity];
    const double rest = score.score - score.contributions[Feature::complementarity];
    Reciprocity result;
    result.to_a = rest + weight * score.expertise.value_a;
    result.to_b = rest + weight * score.expertise.value_b;
    result.fused = harmonic(result.to_a, result.to_b);
    return result;
}

}  // namespace maillage
