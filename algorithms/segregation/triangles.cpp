#include "algorithms/segregation/triangles.hpp"

#include <algorithm>
#include <numeric>

namespace maillage {

ForwardTies::ForwardTies(GraphView g) : vertex_of_(g.vertex_count()) {
    const std::size_t n = g.vertex_count();
    // counting sort by degree keeps ids ascending among equals
    std::size_t most = 0;
    for (const VertexId v : g.vertices()) {
        most = std::max(most, g.degree(v));
    }
    std::vector<std::uint32_t> place(most + 2, 0);
    for (const VertexId v : g.vertices()) {
        ++place[g.degree(v) + 1];
    }
    std::partial_sum(place.begin(), place.end(), place.begin());
    std::vector<std::uint32_t> rank_of(n);
    for (const VertexId v : g.vertices()) {
        rank_of[index_of(v)] = place[g.degree(v)]++;
        vertex_of_[rank_of[index_of(v)]] = v;
    }
    offsets_.reserve(n + 1);
    offsets_.push_back(0);
    targets_.reserve(g.edge_count());
    if (g.weighted()) {
        weights_.reserve(g.edge_count());
    }
    for (std::uint32_t rank = 0; rank < n; ++rank) {
        const auto row = g.neighbours(vertex_of_[rank]);
        const auto weights = g.weights(vertex_of_[rank]);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::uint32_t other = rank_of[index_of(row[i])];
            if (other > rank) {
                targets_.push_back(other);
                if (g.weighted()) {
                    weights_.push_back(weights[i]);
                }
            }
        }
        offsets_.push_back(targets_.size());
    }
}

}  // namespace maillage
