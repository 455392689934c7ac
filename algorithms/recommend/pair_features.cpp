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

bool share_a_group(std::span<const GroupId> a, std::span<const GroupId> b) noexcept {
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        if (*i == *j) {
            return true;
        }
        *i < *j ? ++i : ++j;
    }
    return false;
}

double tie_weight(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
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
    }
    return {};
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
    strength_.resize(n);
    slimness_.resize(n);
    mass_.resize(n);
    need_.resize(n);
    walks_.resize(n);
    for (const VertexId v : IdRange<VertexId>(n)) {
        const std::size_t i = index_of(v);
        strength_[i] = input_.ties.strength(v);
        slimness_[i] = strength_[i] > 0.0 ? 1.0 / std::sqrt(strength_[i]) : 0.0;
        const Profile known = profile(input_.offers, input_.seeks, v);
        mass_[i] = mass_of(known.offers, weights_);
        need_[i] = mass_of(known.seeks, weights_);
        for (const VertexId u : input_.ties.neighbours(v)) {
            walks_[i] += input_.ties.degree(u);
        }
        actors_in_scope_ += input_.scoped(v) ? 1U : 0U;
    }
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
    for (const Feature f : all_features) {
        result.contributions[f] = options_.weights[f] * result.values[f].value_or(0.0);
        result.score += result.contributions[f];
    }
    return result;
}

PairScorer::PairScorer(const PairModel& model)
    : model_(model),
      last_(model.input().ties.vertex_count(), 0.0),
      half_(model.input().ties.vertex_count(), 0.0) {}

template <class Body>
void PairScorer::for_paths(VertexId start, VertexId end, const Body& body) {
    const GraphView g = model_.input().ties;
    const auto near_end = g.neighbours(end);
    for (std::size_t j = 0; j < near_end.size(); ++j) {
        last_[index_of(near_end[j])] = tie_weight(g.weights(end), j);
    }
    last_[index_of(start)] = 0.0;  // the tie of the pair itself is on no path
    const auto near_start = g.neighbours(start);
    for (std::size_t i = 0; i < near_start.size(); ++i) {
        const VertexId u = near_start[i];
        if (u == end) {
            continue;
        }
        const double first = tie_weight(g.weights(start), i);
        const auto next = g.neighbours(u);
        const auto weights = g.weights(u);
        for (std::size_t k = 0; k < next.size(); ++k) {
            if (last_[index_of(next[k])] > 0.0) {
                body(u, next[k], first, tie_weight(weights, k));
            }
        }
    }
    for (const VertexId v : near_end) {
        last_[index_of(v)] = 0.0;
    }
}

/// Adds the same numbers in the same order as CandidateSearch does from the same side.
double PairScorer::l3(VertexId a, VertexId b) {
    const VertexId start = model_.walks_from(a, b) ? a : b;
    const VertexId end = start == a ? b : a;
    for_paths(start, end, [&](VertexId u, VertexId v, double w_su, double w_uv) {
        half_[index_of(v)] += w_su * model_.slimness(u) * w_uv;
    });
    const GraphView g = model_.input().ties;
    const auto near_end = g.neighbours(end);
    double sum = 0.0;
    for (std::size_t j = 0; j < near_end.size(); ++j) {
        double& half = half_[index_of(near_end[j])];
        sum += half * model_.slimness(near_end[j]) * tie_weight(g.weights(end), j);
        half = 0.0;
    }
    return sum;
}

PairScore PairScorer::operator()(VertexId a, VertexId b) {
    return model_.score(model_.resource_allocation(a, b), l3(a, b), model_.masses(a, b),
                        model_.crossing(a, b));
}

std::vector<ThreePath> PairScorer::best_paths(VertexId a, VertexId b, std::size_t most) {
    struct Before {
        bool operator()(const ThreePath& p, const ThreePath& q) const noexcept {
            const double kp = score_key(p.contribution);
            const double kq = score_key(q.contribution);
            if (kp != kq) {
                return kp > kq;
            }
            return p.first != q.first ? p.first < q.first : p.second < q.second;
        }
    };
    TopK<ThreePath, Before> best(most);
    const VertexId start = model_.walks_from(a, b) ? a : b;
    const VertexId end = start == a ? b : a;
    for_paths(start, end, [&](VertexId u, VertexId v, double w_su, double w_uv) {
        const double contribution =
            w_su * model_.slimness(u) * w_uv * model_.slimness(v) * last_[index_of(v)];
        best.offer(start == a ? ThreePath{u, v, contribution} : ThreePath{v, u, contribution});
    });
    return best.take();
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
