#include "algorithms/segregation/indices.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

constexpr double z95 = 1.959963984540054;

/// What assortativity is made of: arcs inside, all arcs, and the sum of products of the marginals.
struct Marginals {
    std::vector<double> out, in;
    double trace = 0.0, total = 0.0, products = 0.0;

    explicit Marginals(const MixingMatrix& m) : out(m.groups, 0.0), in(m.groups, 0.0) {
        for (std::size_t g = 0; g < m.groups; ++g) {
            for (std::size_t h = 0; h < m.groups; ++h) {
                out[g] += m.at(g, h);
                in[h] += m.at(g, h);
                total += m.at(g, h);
            }
            trace += m.at(g, g);
        }
        for (std::size_t g = 0; g < m.groups; ++g) {
            products += out[g] * in[g];
        }
    }
};

std::optional<double> newman(double trace, double total, double products) {
    const double chance = products / (total * total);
    if (!(total > 0.0) || 1.0 - chance <= 1e-15) {
        return std::nullopt;
    }
    return (trace / total - chance) / (1.0 - chance);
}

/// r without one tie between g and h: only the entries that it touches change.
std::optional<double> newman_without(const Marginals& s, std::size_t g, std::size_t h, bool undirected) {
    double products = s.products - s.out[g] * s.in[g] - (g == h ? 0.0 : s.out[h] * s.in[h]);
    const auto left = [&](std::size_t x) {
        const double out = s.out[x] - (x == g ? 1.0 : 0.0) - (undirected && x == h ? 1.0 : 0.0);
        const double in = s.in[x] - (x == h ? 1.0 : 0.0) - (undirected && x == g ? 1.0 : 0.0);
        return out * in;
    };
    products += left(g) + (g == h ? 0.0 : left(h));
    const double arcs = undirected ? 2.0 : 1.0;
    return newman(s.trace - (g == h ? arcs : 0.0), s.total - arcs, products);
}

std::optional<double> jackknife(const MixingMatrix& m, const Marginals& s, double r) {
    const bool undirected = m.arcs_per_tie == 2.0;
    double sum = 0.0;
    for (std::size_t g = 0; g < m.groups; ++g) {
        for (std::size_t h = undirected ? g : 0; h < m.groups; ++h) {
            const double ties = m.ties_between(g, h);
            if (ties == 0.0) {
                continue;
            }
            const auto without = newman_without(s, g, h, undirected);
            if (!without) {
                return std::nullopt;
            }
            sum += ties * (*without - r) * (*without - r);
        }
    }
    return std::sqrt(sum);
}

}  // namespace

Measured ei_index(double external, double internal) {
    const double ties = external + internal;
    return ties > 0.0 ? Measured{(external - internal) / ties, {}} : Measured::undefined(why_no_edges);
}

Measured ei_rescaled(const MixingMatrix& m) {
    const double ties = m.ties();
    if (!(ties > 0.0)) {
        return Measured::undefined(why_no_edges);
    }
    if (m.external_dyads <= 0.0) {
        return Measured::undefined(why_single_group);
    }
    const double least = std::max(0.0, ties - m.internal_dyads);
    const double most = std::min(ties, m.external_dyads);
    if (!(most > least)) {
        return Measured::undefined(why_zero_denominator);
    }
    return {2.0 * (m.external - least) / (most - least) - 1.0, {}};
}

std::optional<Interval> ei_wilson(double external, double ties) {
    if (!(ties > 0.0)) {
        return std::nullopt;
    }
    const double p = external / ties;
    const double spread = z95 * z95 / ties;
    const double centre = (p + spread / 2.0) / (1.0 + spread);
    const double half = z95 / (1.0 + spread) * std::sqrt(p * (1.0 - p) / ties + spread / (4.0 * ties));
    return Interval{2.0 * std::max(0.0, centre - half) - 1.0, 2.0 * std::min(1.0, centre + half) - 1.0};
}

Measured group_ei(const MixingMatrix& m, std::size_t group) {
    double external = 0.0;
    for (std::size_t h = 0; h < m.groups; ++h) {
        external += h == group ? 0.0 : m.at(group, h);
    }
    const Measured measured = ei_index(external, m.ties_between(group, group));
    return measured.value ? measured : Measured::undefined(why_isolate);
}

Assortativity assortativity(const MixingMatrix& m) {
    const Marginals s(m);
    if (!(s.total > 0.0)) {
        return {Measured::undefined(why_no_edges), std::nullopt, std::nullopt};
    }
    const auto r = newman(s.trace, s.total, s.products);
    if (!r) {
        return {Measured::undefined(why_single_group), std::nullopt, std::nullopt};
    }
    const double chance = s.products / (s.total * s.total);
    const bool counts =
        std::all_of(m.arcs.begin(), m.arcs.end(), [](double x) { return x == std::floor(x); });
    return {{*r, {}}, -chance / (1.0 - chance), counts ? jackknife(m, s, *r) : std::nullopt};
}

Measured coleman(const MixingMatrix& m, std::size_t group) {
    double chosen = 0.0;
    for (std::size_t h = 0; h < m.groups; ++h) {
        chosen += m.at(group, h);
    }
    if (!(chosen > 0.0)) {
        return Measured::undefined(why_isolate);
    }
    if (m.actors < 2) {
        return Measured::undefined(why_fewer_than_two);
    }
    const double inside = m.at(group, group);
    const double expected = chosen * (m.sizes[group] - 1.0) / (static_cast<double>(m.actors) - 1.0);
    const double denominator = inside > expected ? chosen - expected : expected;
    return denominator > 0.0 ? Measured{(inside - expected) / denominator, {}}
                             : Measured::undefined(why_zero_denominator);
}

Measured freeman(const MixingMatrix& m) {
    if (!(m.ties() > 0.0)) {
        return Measured::undefined(why_no_edges);
    }
    const double expected = m.ties() * m.external_dyads / (m.external_dyads + m.internal_dyads);
    return expected > 0.0 ? Measured{(expected - m.external) / expected, {}}
                          : Measured::undefined(why_single_group);
}

OddsRatio odds_ratio(const MixingMatrix& m) {
    OddsRatio odds;
    if (!(m.ties() > 0.0)) {
        odds.ratio = Measured::undefined(why_no_edges);
        return odds;
    }
    if (m.external_dyads <= 0.0) {
        odds.ratio = Measured::undefined(why_single_group);
        return odds;
    }
    const double inside_free = m.internal_dyads - m.internal;
    const double across_free = m.external_dyads - m.external;
    odds.haldane = (m.internal + 0.5) * (across_free + 0.5) / ((m.external + 0.5) * (inside_free + 0.5));
    if (inside_free >= 0.0 && across_free >= 0.0) {
        const double se = std::sqrt(1.0 / (m.internal + 0.5) + 1.0 / (m.external + 0.5) +
                                    1.0 / (inside_free + 0.5) + 1.0 / (across_free + 0.5));
        odds.haldane_ci95 = Interval{*odds.haldane * std::exp(-z95 * se), *odds.haldane * std::exp(z95 * se)};
    }
    if (!(m.external > 0.0) || !(inside_free > 0.0)) {
        odds.ratio = Measured::undefined(why_zero_denominator);
        return odds;
    }
    const double ratio = m.internal * across_free / (m.external * inside_free);
    odds.ratio = {ratio, {}};
    if (m.internal > 0.0 && across_free > 0.0) {
        const double se =
            std::sqrt(1.0 / m.internal + 1.0 / m.external + 1.0 / inside_free + 1.0 / across_free);
        odds.ci95 = Interval{std::exp(std::log(ratio) - z95 * se), std::exp(std::log(ratio) + z95 * se)};
    }
    return odds;
}

std::optional<Interval> ei_rescaled_wilson(const MixingMatrix& m) {
    const auto share = ei_wilson(m.external, m.ties());
    if (!share || !ei_rescaled(m).value) {
        return std::nullopt;
    }
    const double least = std::max(0.0, m.ties() - m.internal_dyads);
    const double most = std::min(m.ties(), m.external_dyads);
    const auto carried = [&](double ei) {
        const double external = (ei + 1.0) / 2.0 * m.ties();
        return std::clamp(2.0 * (external - least) / (most - least) - 1.0, -1.0, 1.0);
    };
    return Interval{carried(share->low), carried(share->high)};
}

std::optional<Interval> freeman_wilson(const MixingMatrix& m) {
    const auto share = ei_wilson(m.external, m.ties());
    if (!share || !freeman(m).value) {
        return std::nullopt;
    }
    const double expected = m.external_dyads / (m.external_dyads + m.internal_dyads);
    const auto carried = [&](double ei) { return 1.0 - (ei + 1.0) / 2.0 / expected; };
    return Interval{carried(share->high), carried(share->low)};
}

std::optional<Interval> coleman_wilson(const MixingMatrix& m, std::size_t group) {
    double external = 0.0;
    for (std::size_t h = 0; h < m.groups; ++h) {
        external += h == group ? 0.0 : m.at(group, h);
    }
    const auto share = ei_wilson(external, external + m.ties_between(group, group));
    const double chance = m.actors > 1 ? (m.sizes[group] - 1.0) / (static_cast<double>(m.actors) - 1.0) : 0.0;
    if (!share || !(chance > 0.0) || !(chance < 1.0)) {
        return std::nullopt;
    }
    const auto carried = [&](double ei) {
        const double inside = (1.0 - ei) / 2.0;             // share of the ties
        const double arcs = 2.0 * inside / (1.0 + inside);  // share of the arcs: ties inside have two
        return arcs > chance ? (arcs - chance) / (1.0 - chance) : (arcs - chance) / chance;
    };
    return Interval{carried(share->high), carried(share->low)};
}

Dyadicity dyadicity(const MixingMatrix& m, std::size_t group) {
    if (!(m.ties() > 0.0)) {
        return {Measured::undefined(why_no_edges), Measured::undefined(why_no_edges)};
    }
    double external = 0.0;
    for (std::size_t h = 0; h < m.groups; ++h) {
        external += h == group ? 0.0 : m.at(group, h);
    }
    const double n = m.sizes[group];
    const double density = m.ties() / (m.internal_dyads + m.external_dyads);
    const double inside = density * n * (n - 1.0) / m.arcs_per_tie;
    const double across = density * n * (static_cast<double>(m.actors) - n);
    const auto over = [](double ties, double expected) {
        return expected > 0.0 ? Measured{ties / expected, {}} : Measured::undefined(why_zero_denominator);
    };
    return {over(m.ties_between(group, group), inside), over(external, across)};
}

Measured segregation_matrix_index(const MixingMatrix& m, std::size_t group) {
    if (m.groups != 2) {
        return Measured::undefined(m.groups < 2 ? why_single_group : why_several_groups);
    }
    const std::size_t other = 1 - group;
    const double inside = m.at(group, group) / (m.sizes[group] * (m.sizes[group] - 1.0));
    const double across = m.at(group, other) / (m.sizes[group] * m.sizes[other]);
    if (m.sizes[group] < 2.0 || !(inside + across > 0.0)) {
        return Measured::undefined(why_zero_denominator);
    }
    return {(inside - across) / (inside + across), {}};  // (r - 1) / (r + 1) without dividing by 0
}

Measured gupta_anderson_may(const MixingMatrix& m) {
    double trace = 0.0;
    std::size_t groups = 0;
    for (std::size_t g = 0; g < m.groups; ++g) {
        double chosen = 0.0;
        for (std::size_t h = 0; h < m.groups; ++h) {
            chosen += m.at(g, h);
        }
        if (chosen > 0.0) {
            trace += m.at(g, g) / chosen;
            ++groups;
        }
    }
    if (groups == 0) {
        return Measured::undefined(why_no_edges);
    }
    return groups == 1 ? Measured::undefined(why_single_group)
                       : Measured{(trace - 1.0) / static_cast<double>(groups - 1), {}};
}

}  // namespace maillage
