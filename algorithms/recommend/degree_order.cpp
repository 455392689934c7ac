#include "algorithms/recommend/degree_order.hpp"

#include <algorithm>

namespace maillage {

DegreeOrder::DegreeOrder(GraphView g, bool with_weights)
    : number_(g.vertex_count()),
      vertex_(g.vertex_count()),
      offsets_(g.vertex_count() + 1, 0),
      targets_(g.targets().size()) {
    std::size_t greatest = 0;
    for (const VertexId v : g.vertices()) {
        greatest = std::max(greatest, g.degree(v));
    }
    std::vector<std::uint32_t> next(greatest + 1, 0);  // first number of each degree
    for (const VertexId v : g.vertices()) {
        ++next[g.degree(v)];
    }
    std::uint32_t before = 0;
    for (std::size_t d = greatest + 1; d-- > 0;) {
        const std::uint32_t count = next[d];
        next[d] = before;
        before += count;
    }
    for (const VertexId v : g.vertices()) {
        const std::uint32_t n = next[g.degree(v)]++;
        number_[index_of(v)] = n;
        vertex_[n] = v;
    }
    for (std::size_t n = 0; n < vertex_.size(); ++n) {
        offsets_[n + 1] = offsets_[n] + g.degree(vertex_[n]);
    }
    // each tie is met from both ends: sources in ascending order fill every row in ascending order
    const bool weighted = with_weights && g.weighted();
    weights_.resize(weighted ? targets_.size() : 0);
    std::vector<std::uint64_t> end(offsets_.begin(), offsets_.end() - 1);
    for (std::uint32_t n = 0; n < vertex_.size(); ++n) {
        const auto partners = g.neighbours(vertex_[n]);
        const auto partner_weights = g.weights(vertex_[n]);
        for (std::size_t i = 0; i < partners.size(); ++i) {
            const std::uint64_t place = end[number_[index_of(partners[i])]]++;
            targets_[place] = n;
            if (weighted) {
                weights_[place] = partner_weights[i];
            }
        }
    }
}

}  // namespace maillage
