#include "algorithms/segregation/null_models.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace maillage {
namespace {

bool whole(double x) noexcept {
    return x >= 0.0 && x == std::floor(x);
}

double normal_tail(double z) noexcept {
    return 0.5 * std::erfc(z / std::sqrt(2.0));
}

double log_choose(double n, double k) noexcept {
    return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

/// z and the two-sided value from the tails.
void complete(NullModel& null, double observed, Tails tails) {
    if (null.sd > 0.0) {
        null.z = (observed - null.mean) / null.sd;
    }
    null.p_less = tails.less;
    null.p_greater = tails.greater;
    null.p = std::min(1.0, 2.0 * std::min(tails.less, tails.greater));
}

/// E-I of x external ties out of `ties` that fall at random on `population` pairs, `marked` of them external.
std::optional<NullModel> hypergeometric(double population, double marked, double ties, double external) {
    if (!(ties > 0.0) || !(population > 0.0) || ties > population || !whole(ties) || !whole(external)) {
        return std::nullopt;
    }
    const double share = marked / population;
    const double variance =
        population > 1.0 ? ties * share * (1.0 - share) * (population - ties) / (population - 1.0) : 0.0;
    NullModel null{.model = "hypergeometric",
                   .mean = 2.0 * share - 1.0,
                   .sd = 2.0 * std::sqrt(variance) / ties,
                   .exact = true};
    complete(null, 2.0 * external / ties - 1.0, hypergeometric_tails(population, marked, ties, external));
    return null;
}

}  // namespace

Tails hypergeometric_tails(double population, double marked, double draws, double x) {
    const double lowest = std::max(0.0, draws - (population - marked));
    const double highest = std::min(draws, marked);
    if (x < lowest) {
        return {0.0, 1.0};
    }
    if (x > highest) {
        return {1.0, 0.0};
    }
    const double at_x = std::exp(log_choose(marked, x) + log_choose(population - marked, draws - x) -
                                 log_choose(population, draws));
    // away from x the probabilities fall by the ratio of neighbours; stop when nothing more can be added
    double below = 0.0;
    double p = at_x;
    for (double k = x; k > lowest; --k) {
        p *= k * (population - marked - draws + k) / ((marked - k + 1.0) * (draws - k + 1.0));
        below += p;
        if (p < below * 1e-18 && k < draws * marked / population) {
            break;
        }
    }
    double above = 0.0;
    p = at_x;
    for (double k = x; k < highest; ++k) {
        p *= (marked - k) * (draws - k) / ((k + 1.0) * (population - marked - draws + k + 1.0));
        above += p;
        if (p < above * 1e-18 && k > draws * marked / population) {
            break;
        }
    }
    return {std::min(1.0, below + at_x), std::min(1.0, above + at_x)};
}

std::optional<NullModel> ei_hypergeometric(const MixingMatrix& m) {
    return hypergeometric(m.internal_dyads + m.external_dyads, m.external_dyads, m.ties(), m.external);
}

std::optional<NullModel> group_ei_hypergeometric(const MixingMatrix& m, std::size_t group) {
    double external = 0.0;
    for (std::size_t h = 0; h < m.groups; ++h) {
        external += h == group ? 0.0 : m.at(group, h);
    }
    const double n = m.sizes[group];
    const double inside = n * (n - 1.0) / m.arcs_per_tie;
    const double across = n * (static_cast<double>(m.actors) - n);
    return hypergeometric(inside + across, across, external + m.ties_between(group, group), external);
}

std::optional<NullModel> ei_label_permutation(GraphView g, const GroupLabels& labels, bool weighted) {
    if (labels.vertex_count() != g.vertex_count()) {
        throw Error("ei_label_permutation: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(g.vertex_count()) + " vertices");
    }
    double total = 0.0;     // T
    double squares = 0.0;   // W2
    double adjacent = 0.0;  // A2
    double external = 0.0;
    for (const VertexId v : g.vertices()) {
        if (labels.of(v).empty()) {
            continue;
        }
        const auto row = g.neighbours(v);
        const auto row_weights = g.weights(v);
        double strength = 0.0;
        double own_squares = 0.0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto other = labels.of(row[i]);
            if (other.empty()) {
                continue;
            }
            const double w = weighted && !row_weights.empty() ? row_weights[i] : 1.0;
            strength += w;
            own_squares += w * w;
            const auto own = labels.of(v);
            const bool shared =
                own.size() == 1 && other.size() == 1
                    ? own[0] == other[0]
                    : std::find_first_of(own.begin(), own.end(), other.begin(), other.end()) != own.end();
            external += shared ? 0.0 : w / 2.0;
        }
        total += strength / 2.0;
        squares += own_squares / 2.0;
        adjacent += (strength * strength - own_squares) / 2.0;
    }
    if (!(total > 0.0)) {
        return std::nullopt;
    }
    const GroupChances chance = group_chances(labels);
    const double apart = (total * total - squares) / 2.0 - adjacent;  // D2
    const double mean = total * chance.p2;
    const double variance =
        squares * chance.p2 + 2.0 * (adjacent * chance.p3 + apart * chance.p4) - mean * mean;
    NullModel null{.model = "label_permutation",
                   .mean = 2.0 * chance.p2 - 1.0,
                   .sd = 2.0 * std::sqrt(std::max(0.0, variance)) / total};
    const double observed = 2.0 * external / total - 1.0;
    // sums of this size carry noise of some 1e-12: a variance below it is none
    if (variance <= 1e-10 * std::max(1.0, mean * mean)) {
        null.sd = 0.0;
        return null;
    }
    const double z = (observed - null.mean) / null.sd;
    complete(null, observed, {normal_tail(-z), normal_tail(z)});
    return null;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [p](std::size_t x, std::size_t y) { return p[x] > p[y]; });
    std::vector<double> adjusted(p.size(), 1.0);
    double least = 1.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto rank = static_cast<double>(order.size() - i);
        least = std::min(least, p[order[i]] * static_cast<double>(order.size()) / rank);
        adjusted[order[i]] = least;
    }
    return adjusted;
}

}  // namespace maillage
