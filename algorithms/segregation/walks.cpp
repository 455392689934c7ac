#include "algorithms/segregation/walks.hpp"

#include "algorithms/segregation/group_codes.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maillage {
namespace {

constexpr std::size_t most_iterations = 20000;

/// Sum over the ties of v of weight times x.
double gather(GraphView g, VertexId v, std::span<const double> x) noexcept {
    const auto row = g.neighbours(v);
    double sum = 0.0;
    if (!g.weighted()) {
        for (const VertexId u : row) {
            sum += x[index_of(u)];
        }
        return sum;
    }
    const auto weights = g.weights(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
        sum += weights[i] * x[index_of(row[i])];
    }
    return sum;
}

/// Solves strength(v) x(v) - sum over ties to free vertices of w x = right(v) on the free vertices by conjugate
/// gradients with the diagonal as preconditioner. x: start, and 0 where a vertex is not free.
void solve(GraphView g, std::span<const double> strength, std::span<const VertexId> free,
           std::span<const double> right, std::vector<double>& x, double tolerance) {
    const std::size_t n = free.size();
    std::vector<double> residual(n);
    std::vector<double> direction(x.size(), 0.0);
    std::vector<double> image(n);
    double goal = 0.0;
    double product = 0.0;  // residual . preconditioned residual
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t v = index_of(free[i]);
        residual[i] = right[v] - (strength[v] * x[v] - gather(g, free[i], x));
        goal += right[v] * right[v] / strength[v];
    }
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t v = index_of(free[i]);
        direction[v] = residual[i] / strength[v];
        product += residual[i] * direction[v];
    }
    goal *= tolerance * tolerance;
    for (std::size_t iteration = 0; iteration < most_iterations && product > goal; ++iteration) {
        double curvature = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t v = index_of(free[i]);
            image[i] = strength[v] * direction[v] - gather(g, free[i], direction);
            curvature += direction[v] * image[i];
        }
        const double step = product / curvature;
        double after = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t v = index_of(free[i]);
            x[v] += step * direction[v];
            residual[i] -= step * image[i];
            after += residual[i] * residual[i] / strength[v];
        }
        const double keep = after / product;
        product = after;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t v = index_of(free[i]);
            direction[v] = residual[i] / strength[v] + keep * direction[v];
        }
    }
}

/// The `count` vertices of a side with the highest degree, then the lowest number.
std::vector<VertexId> elites_of(GraphView g, std::span<const std::uint8_t> side, std::uint8_t which,
                                std::size_t count) {
    std::vector<VertexId> vertices;
    for (const VertexId v : g.vertices()) {
        if (side[index_of(v)] == which && g.degree(v) > 0) {
            vertices.push_back(v);
        }
    }
    const auto before = [g](VertexId a, VertexId b) {
        return g.degree(a) != g.degree(b) ? g.degree(a) > g.degree(b) : a < b;
    };
    count = std::min(count, vertices.size());
    std::partial_sort(vertices.begin(), vertices.begin() + static_cast<std::ptrdiff_t>(count), vertices.end(),
                      before);
    vertices.resize(count);
    return vertices;
}

/// Sum of h over the free vertices of each side, and how many they are.
struct SideMeans {
    double sum[2] = {0.0, 0.0};
    double count[2] = {0.0, 0.0};
};

/// P_XX P_YY - P_XY P_YX from where the walks of either side (Y, then X) end.
Measured from_means(const double (&sum)[2], const double (&count)[2]) {
    if (!(count[0] > 0.0) || !(count[1] > 0.0)) {
        return Measured::undefined(why_zero_denominator);
    }
    const double from_x = sum[1] / count[1];  // P(end in X | began in X)
    const double from_y = sum[0] / count[0];
    const double in_x = from_x + from_y;
    const double in_y = 2.0 - in_x;
    if (!(in_x > 0.0) || !(in_y > 0.0)) {
        return Measured::undefined(why_zero_denominator);
    }
    return {(from_x / in_x) * ((1.0 - from_y) / in_y) - ((1.0 - from_x) / in_y) * (from_y / in_x), {}};
}

/// elites: of side Y, then of side X; their opinions are -1 and 1.
Measured dipole_of(std::span<const VertexId> free, std::span<const double> h, const double (&elites)[2]) {
    double count[2] = {elites[1], elites[0]};
    double sum[2] = {elites[1], -elites[0]};
    double all = count[0] + count[1];
    for (const VertexId v : free) {
        const double opinion = 2.0 * h[index_of(v)] - 1.0;
        all += 1.0;
        if (opinion > 0.0) {
            count[0] += 1.0;
            sum[0] += opinion;
        } else if (opinion < 0.0) {
            count[1] += 1.0;
            sum[1] += opinion;
        }
    }
    const double unevenness = std::abs(count[0] - count[1]) / all;
    return {(1.0 - unevenness) * std::abs(sum[0] / count[0] - sum[1] / count[1]) / 2.0, {}};
}

}  // namespace

std::vector<double> bubble_radius(GraphView inner, std::span<const double> strength, std::uint32_t steps) {
    const std::size_t n = inner.vertex_count();
    std::vector<double> now(n, 0.0);
    std::vector<double> next(n, 0.0);
    for (std::uint32_t s = 0; s < steps; ++s) {
        for (const VertexId v : inner.vertices()) {
            const std::size_t i = index_of(v);
            next[i] =
                strength[i] > 0.0 ? 1.0 + gather(inner, v, now) / strength[i] : static_cast<double>(steps);
        }
        std::swap(now, next);
    }
    return now;
}

std::vector<std::optional<double>> steps_to_another_group(GraphView inner, std::span<const double> strength) {
    Components components;
    fill_components(inner, components);
    std::vector<std::uint8_t> leaves(components.count(), 0);
    for (const VertexId v : inner.vertices()) {
        const auto weights = inner.weights(v);
        const double inside = inner.weighted() ? std::accumulate(weights.begin(), weights.end(), 0.0)
                                               : static_cast<double>(inner.degree(v));
        if (strength[index_of(v)] - inside > 1e-12 * strength[index_of(v)]) {
            leaves[components.of[index_of(v)]] = 1;
        }
    }
    std::vector<VertexId> free;
    for (const VertexId v : inner.vertices()) {
        if (leaves[components.of[index_of(v)]]) {
            free.push_back(v);
        }
    }
    std::vector<double> x(inner.vertex_count(), 0.0);
    solve(inner, strength, free, strength, x, 1e-12);
    std::vector<std::optional<double>> steps(inner.vertex_count());
    for (const VertexId v : free) {
        steps[index_of(v)] = x[index_of(v)];
    }
    return steps;
}

Controversy controversy(GraphView g, std::span<const double> strength, std::span<const std::uint8_t> side,
                        const ControversyOptions& options) {
    Controversy result;
    const auto undefined = [&result](std::string_view why) {
        result.walk = Measured::undefined(why);
        result.dipole = Measured::undefined(why);
        return result;
    };
    if (g.edge_count() == 0) {
        return undefined(why_no_edges);
    }
    std::size_t size[2] = {0, 0};
    for (const VertexId v : g.vertices()) {
        size[side[index_of(v)]] += g.degree(v) > 0 ? 1U : 0U;
    }
    const std::size_t smaller = std::min(size[0], size[1]);
    if (smaller == 0) {
        return undefined(why_empty_group);
    }
    const std::size_t k =
        options.elites > 0 ? options.elites : std::clamp<std::size_t>((smaller + 9) / 10, 1, 10);
    result.elites = static_cast<std::uint32_t>(k);

    // elites are settled, and so is everyone who reaches none
    std::vector<double> h(g.vertex_count(), 0.0);
    std::vector<std::uint8_t> settled(g.vertex_count(), 1);
    std::vector<double> right(g.vertex_count(), 0.0);
    std::vector<VertexId> open;
    double ended[2] = {0.0, 0.0};  // strength of the elites of each side
    std::vector<std::uint8_t> elite(g.vertex_count(), 0);
    double elites[2] = {0.0, 0.0};
    for (const std::uint8_t which : {std::uint8_t{0}, std::uint8_t{1}}) {
        for (const VertexId v : elites_of(g, side, which, k)) {
            elite[index_of(v)] = 1;
            ended[which] += strength[index_of(v)];
            open.push_back(v);
            elites[which] += 1.0;
            const auto row = g.neighbours(v);
            const auto weights = g.weights(v);
            for (std::size_t i = 0; which == 1 && i < row.size(); ++i) {
                right[index_of(row[i])] += tie_weight(weights, i);
            }
        }
    }
    while (!open.empty()) {
        const VertexId v = open.back();
        open.pop_back();
        for (const VertexId u : g.neighbours(v)) {
            if (settled[index_of(u)] && !elite[index_of(u)]) {
                settled[index_of(u)] = 0;
                open.push_back(u);
            }
        }
    }
    std::vector<VertexId> free;
    SideMeans means;
    for (const VertexId v : g.vertices()) {
        if (!settled[index_of(v)]) {
            free.push_back(v);
            h[index_of(v)] = ended[1] / (ended[0] + ended[1]);
        }
    }
    solve(g, strength, free, right, h, options.tolerance);
    for (const VertexId v : free) {
        means.sum[side[index_of(v)]] += h[index_of(v)];
        means.count[side[index_of(v)]] += 1.0;
    }
    result.dipole = dipole_of(free, h, elites);
    result.walk = from_means(means.sum, means.count);
    return result;
}

ControversyOfDivisions::ControversyOfDivisions(GraphView g, std::span<const double> strength,
                                               std::size_t hubs, double tolerance, const Execution& execution)
    : g_(g) {
    const std::size_t n = g.vertex_count();
    const std::vector<std::uint8_t> all(n, 0);
    hubs_ = elites_of(g, all, 0, hubs);
    const std::size_t m = hubs_.size();
    hub_number_.assign(n, static_cast<std::uint32_t>(m));
    Components components;
    fill_components(g, components);
    usable_ = m > 0;
    for (std::size_t i = 0; i < m; ++i) {
        hub_number_[index_of(hubs_[i])] = static_cast<std::uint32_t>(i);
        usable_ = usable_ && components.of[index_of(hubs_[i])] == components.of[index_of(hubs_[0])];
    }
    if (!usable_) {
        return;
    }
    reached_.assign(n, 0);
    std::vector<VertexId> free;
    for (const VertexId v : components[components.of[index_of(hubs_[0])]]) {
        reached_[index_of(v)] = 1;
        if (hub_number_[index_of(v)] == m) {
            free.push_back(v);
        }
    }
    hits_.assign(n * m, 0.0F);
    reduced_.assign(m * m, 0.0);
    for_chunks(m, 1, execution, "openness",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   std::vector<double> right(n, 0.0);
                   std::vector<double> x(n, 0.0);
                   for (std::size_t i = begin; i < end; ++i) {
                       std::fill(right.begin(), right.end(), 0.0);
                       std::fill(x.begin(), x.end(), 0.0);
                       const auto row = g.neighbours(hubs_[i]);
                       const auto weights = g.weights(hubs_[i]);
                       for (std::size_t j = 0; j < row.size(); ++j) {
                           right[index_of(row[j])] = tie_weight(weights, j);
                       }
                       solve(g, strength, free, right, x, tolerance);
                       for (const VertexId v : free) {
                           hits_[index_of(v) * m + i] = static_cast<float>(x[index_of(v)]);
                       }
                       reduced_[i * m + i] = strength[index_of(hubs_[i])];
                       for (std::size_t k = 0; k < m; ++k) {
                           reduced_[k * m + i] -=
                               gather(g, hubs_[k], x) + (k == i ? 0.0 : right[index_of(hubs_[k])]);
                       }
                   }
               });
}

std::vector<Measured> ControversyOfDivisions::measure(std::span<const std::uint32_t> group_of,
                                                      std::size_t groups, std::uint32_t elites) const {
    const std::size_t m = hubs_.size();
    std::vector<double> sums(groups * m, 0.0);  // over the vertices of a group that are no hub
    std::vector<double> tied(groups, 0.0);
    std::vector<double> reached(groups, 0.0);
    double all_tied = 0.0;
    double all_reached = 0.0;
    for (const VertexId v : g_.vertices()) {
        const std::uint32_t group = group_of[index_of(v)];
        tied[group] += g_.degree(v) > 0 ? 1.0 : 0.0;
        all_tied += g_.degree(v) > 0 ? 1.0 : 0.0;
        if (!reached_[index_of(v)]) {
            continue;
        }
        reached[group] += 1.0;
        all_reached += 1.0;
        if (hub_number_[index_of(v)] == m) {
            const float* from = &hits_[index_of(v) * m];
            double* to = &sums[group * m];
            for (std::size_t i = 0; i < m; ++i) {
                to[i] += from[i];
            }
        }
    }
    std::vector<double> all(m, 0.0);
    for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t i = 0; i < m; ++i) {
            all[i] += sums[group * m + i];
        }
    }
    std::vector<Measured> result;
    for (std::uint32_t group = 0; group < groups; ++group) {
        const double smaller = std::min(tied[group], all_tied - tied[group]);
        if (!(smaller > 0.0)) {
            result.push_back(Measured::undefined(why_empty_group));
            continue;
        }
        const std::size_t k =
            elites > 0 ? elites
                       : std::clamp<std::size_t>((static_cast<std::size_t>(smaller) + 9) / 10, 1, 10);
        std::size_t found[2] = {0, 0};
        std::vector<double> ends(m, -1.0);  // 1, 0: elite of the group, of the others; -1: walks go on
        for (std::size_t i = 0; i < m; ++i) {
            const bool own = group_of[index_of(hubs_[i])] == group;
            if (found[own ? 1 : 0] < k) {
                ++found[own ? 1 : 0];
                ends[i] = own ? 1.0 : 0.0;
            }
        }
        if (found[0] < k || found[1] < k) {
            result.push_back({});
            continue;
        }
        std::vector<std::size_t> going;
        for (std::size_t i = 0; i < m; ++i) {
            if (ends[i] < 0.0) {
                going.push_back(i);
            }
        }
        const auto size = static_cast<Eigen::Index>(going.size());
        Eigen::MatrixXd matrix(size, size);
        Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
        for (std::size_t a = 0; a < going.size(); ++a) {
            for (std::size_t b = 0; b < going.size(); ++b) {
                matrix(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) =
                    reduced_[going[a] * m + going[b]];
            }
            for (std::size_t i = 0; i < m; ++i) {
                right[static_cast<Eigen::Index>(a)] -= ends[i] > 0.0 ? reduced_[going[a] * m + i] : 0.0;
            }
        }
        const Eigen::VectorXd h = matrix.llt().solve(right);
        std::vector<double> value = ends;
        double sum[2] = {0.0, 0.0};
        for (std::size_t a = 0; a < going.size(); ++a) {
            value[going[a]] = h[static_cast<Eigen::Index>(a)];
            sum[group_of[index_of(hubs_[going[a]])] == group ? 1 : 0] += value[going[a]];
        }
        for (std::size_t i = 0; i < m; ++i) {
            sum[1] += value[i] * sums[group * m + i];
            sum[0] += value[i] * (all[i] - sums[group * m + i]);
        }
        const double count[2] = {all_reached - reached[group] - static_cast<double>(k),
                                 reached[group] - static_cast<double>(k)};
        result.push_back(from_means(sum, count));
    }
    return result;
}

}  // namespace maillage
