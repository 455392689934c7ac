#include "algorithms/recommend/local_indices.hpp"

#include "engine/top_k.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

double degree(GraphView g, VertexId v) noexcept {
    return static_cast<double>(g.degree(v));
}

/// Calls use(u, v) for every path a-u-v-b.
template <class Use>
void for_each_length_three_path(GraphView g, VertexId a, VertexId b, Use use) {
    const auto of_b = g.neighbours(b);
    for (const VertexId u : g.neighbours(a)) {
        if (u == b) {
            continue;
        }
        const auto of_u = g.neighbours(u);
        for (std::size_t i = 0, j = 0; i < of_u.size() && j < of_b.size();) {
            if (of_u[i] == of_b[j]) {
                if (of_u[i] != a) {
                    use(u, of_u[i]);
                }
                ++i;
                ++j;
            } else {
                of_u[i] < of_b[j] ? ++i : ++j;
            }
        }
    }
}

}  // namespace

std::vector<CommonNeighbour> common_neighbours(GraphView g, VertexId a, VertexId b) {
    std::vector<VertexId> common;
    const auto of_a = g.neighbours(a);
    const auto of_b = g.neighbours(b);
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(common));
    std::vector<CommonNeighbour> found;
    for (const VertexId z : common) {
        found.push_back({z, 1.0 / degree(g, z)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const CommonNeighbour& x, const CommonNeighbour& y) { return x.part > y.part; });
    return found;
}

LocalIndices local_indices(GraphView g, VertexId a, VertexId b) {
    LocalIndices indices;
    for (const CommonNeighbour& z : common_neighbours(g, a, b)) {
        indices.common_neighbours += 1.0;
        indices.adamic_adar += 1.0 / std::log(degree(g, z.vertex));
        indices.resource_allocation += z.part;
    }
    const double either = degree(g, a) + degree(g, b) - indices.common_neighbours;
    indices.jaccard = either > 0.0 ? indices.common_neighbours / either : 0.0;
    indices.preferential_attachment = degree(g, a) * degree(g, b);
    for_each_length_three_path(
        g, a, b, [&](VertexId u, VertexId v) { indices.l3 += 1.0 / std::sqrt(degree(g, u) * degree(g, v)); });
    return indices;
}

LengthThreePath best_length_three_path(GraphView g, VertexId a, VertexId b) {
    LengthThreePath best;
    for_each_length_three_path(g, a, b, [&](VertexId u, VertexId v) {
        const double part = 1.0 / std::sqrt(degree(g, u) * degree(g, v));
        if (score_key(part) > score_key(best.part)) {
            best = {u, v, part};
        }
    });
    return best;
}

}  // namespace maillage
