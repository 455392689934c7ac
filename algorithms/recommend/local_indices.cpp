#include "algorithms/recommend/local_indices.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

/// Calls body(z, w_xz, w_yz) for the common partners of x and y, ascending, the two themselves aside.
template <class Body>
void for_common(GraphView g, VertexId x, VertexId y, const Body& body) {
    const auto of_x = g.neighbours(x);
    const auto of_y = g.neighbours(y);
    for (std::size_t i = 0, j = 0; i < of_x.size() && j < of_y.size();) {
        if (of_x[i] != of_y[j]) {
            of_x[i] < of_y[j] ? ++i : ++j;
            continue;
        }
        if (of_x[i] != x && of_x[i] != y) {
            body(of_x[i], tie_weight(g.weights(x), i), tie_weight(g.weights(y), j));
        }
        ++i;
        ++j;
    }
}

double degree(GraphView g, VertexId v) {
    return static_cast<double>(g.degree(v)) - (g.adjacent(v, v) ? 1.0 : 0.0);
}

double quotient(double numerator, double denominator) {
    return denominator > 0.0 ? numerator / denominator : 0.0;
}

bool sums_over_partners(LocalIndex index) {
    return index == LocalIndex::adamic_adar || index == LocalIndex::resource_allocation;
}

/// The indices that follow from the number of common partners and the two degrees.
double from_counts(LocalIndex index, double common, double dx, double dy) {
    switch (index) {
        case LocalIndex::common_neighbours:
            return common;
        case LocalIndex::jaccard:
            return quotient(common, dx + dy - common);
        case LocalIndex::salton:
            return quotient(common, std::sqrt(dx * dy));
        case LocalIndex::sorensen:
            return quotient(2.0 * common, dx + dy);
        case LocalIndex::hub_promoted:
            return quotient(common, std::min(dx, dy));
        case LocalIndex::hub_depressed:
            return quotient(common, std::max(dx, dy));
        case LocalIndex::leicht_holme_newman:
            return quotient(common, dx * dy);
        case LocalIndex::preferential_attachment:
            return dx * dy;
        case LocalIndex::adamic_adar:
        case LocalIndex::resource_allocation:
            break;
    }
    return 0.0;
}

/// What one common partner adds to an unweighted sum. It has two partners at least, so ln d > 0.
double part_of_partner(LocalIndex index, double d) {
    return index == LocalIndex::adamic_adar ? 1.0 / std::log(d) : 1.0 / d;
}

/// w_xz and w_yz as one number; the same for both orders.
double joined(PathWeight weight, double w_xz, double w_yz) {
    return weight == PathWeight::sum ? w_xz + w_yz : w_xz * w_yz;
}

/// 1 / sqrt of the size of a go-between on a path of three, by strength or by degree.
double slimness(GraphView g, VertexId v, PathWeight weight) {
    return 1.0 /
           std::sqrt(weight == PathWeight::unweighted ? static_cast<double>(g.degree(v)) : g.strength(v));
}

double step(std::span<const double> weights, std::size_t i, PathWeight weight) {
    return weight == PathWeight::unweighted ? 1.0 : tie_weight(weights, i);
}

/// f(v) = sum over u in Γ(x), u not `without`, of w_xu w_uv / sqrt(s_u): two ties of a path of three.
std::vector<double> half_paths(GraphView g, VertexId x, VertexId without, PathWeight weight) {
    std::vector<double> f(g.vertex_count(), 0.0);
    const auto partners = g.neighbours(x);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const VertexId u = partners[i];
        if (u == without) {
            continue;
        }
        const double carried = step(g.weights(x), i, weight) * slimness(g, u, weight);
        const auto next = g.neighbours(u);
        for (std::size_t j = 0; j < next.size(); ++j) {
            f[index_of(next[j])] += carried * step(g.weights(u), j, weight);
        }
    }
    f[index_of(x)] = 0.0;
    return f;
}

double close_paths(GraphView g, VertexId y, const std::vector<double>& f, PathWeight weight) {
    double sum = 0.0;
    const auto last = g.neighbours(y);
    for (std::size_t j = 0; j < last.size(); ++j) {
        const double reached = f[index_of(last[j])];
        sum += reached > 0.0 ? reached * step(g.weights(y), j, weight) * slimness(g, last[j], weight) : 0.0;
    }
    return sum;
}

}  // namespace

std::string_view to_code(LocalIndex index) noexcept {
    switch (index) {
        case LocalIndex::common_neighbours:
            return "common_neighbours";
        case LocalIndex::jaccard:
            return "jaccard";
        case LocalIndex::salton:
            return "salton";
        case LocalIndex::sorensen:
            return "sorensen";
        case LocalIndex::hub_promoted:
            return "hub_promoted";
        case LocalIndex::hub_depressed:
            return "hub_depressed";
        case LocalIndex::leicht_holme_newman:
            return "leicht_holme_newman";
        case LocalIndex::preferential_attachment:
            return "preferential_attachment";
        case LocalIndex::adamic_adar:
            return "adamic_adar";
        case LocalIndex::resource_allocation:
            return "resource_allocation";
    }
    return {};
}

double local_index(GraphView g, LocalIndex index, VertexId x, VertexId y) {
    double common = 0.0;
    double sum = 0.0;
    for_common(g, x, y, [&](VertexId z, double, double) {
        common += 1.0;
        sum += sums_over_partners(index) ? part_of_partner(index, degree(g, z)) : 0.0;
    });
    return sums_over_partners(index) ? sum : from_counts(index, common, degree(g, x), degree(g, y));
}

double resource_allocation(GraphView g, VertexId x, VertexId y, PathWeight weight) {
    if (weight == PathWeight::unweighted) {
        return local_index(g, LocalIndex::resource_allocation, x, y);
    }
    double sum = 0.0;
    for_common(g, x, y, [&](VertexId z, double w_xz, double w_yz) {
        sum += joined(weight, w_xz, w_yz) / g.strength(z);
    });
    return sum;
}

double adamic_adar(GraphView g, VertexId x, VertexId y, PathWeight weight) {
    if (weight == PathWeight::unweighted) {
        return local_index(g, LocalIndex::adamic_adar, x, y);
    }
    double sum = 0.0;
    for_common(g, x, y, [&](VertexId z, double w_xz, double w_yz) {
        sum += joined(weight, w_xz, w_yz) / std::log1p(g.strength(z));
    });
    return sum;
}

double l3(GraphView g, VertexId x, VertexId y, PathWeight weight) {
    std::vector<double> f = half_paths(g, x, y, weight);
    return close_paths(g, y, f, weight);
}

std::vector<double> local_index_from(GraphView g, LocalIndex index, VertexId x) {
    std::vector<double> common(g.vertex_count(), 0.0);
    std::vector<double> result(g.vertex_count(), 0.0);
    for (const VertexId z : g.neighbours(x)) {
        if (z == x) {
            continue;
        }
        for (const VertexId y : g.neighbours(z)) {
            if (y != x && y != z) {
                common[index_of(y)] += 1.0;
                result[index_of(y)] += sums_over_partners(index) ? part_of_partner(index, degree(g, z)) : 0.0;
            }
        }
    }
    const double dx = degree(g, x);
    for (const VertexId y : g.vertices()) {
        if (y != x && !sums_over_partners(index)) {
            result[index_of(y)] = from_counts(index, common[index_of(y)], dx, degree(g, y));
        }
    }
    return result;
}

std::vector<double> l3_from(GraphView g, VertexId x, PathWeight weight) {
    const std::vector<double> f = half_paths(g, x, none<VertexId>, weight);
    std::vector<double> result(g.vertex_count(), 0.0);
    for (const VertexId y : g.vertices()) {
        if (y != x && !g.adjacent(x, y)) {
            result[index_of(y)] = close_paths(g, y, f, weight);
        }
    }
    for (const VertexId y : g.neighbours(x)) {
        result[index_of(y)] = l3(g, x, y, weight);
    }
    return result;
}

}  // namespace maillage
