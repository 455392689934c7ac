#include "engine/graph_view.hpp"

#include <algorithm>

namespace maillage {

double GraphView::strength(VertexId v) const noexcept {
    if (weights_.empty()) {
        return static_cast<double>(degree(v));
    }
    double sum = 0.0;
    for (const double w : weights(v)) {
        sum += w;
    }
    return sum;
}

double GraphView::total_weight() const noexcept {
    if (weights_.empty()) {
        return static_cast<double>(edge_count());
    }
    double sum = 0.0;
    for (const VertexId v : vertices()) {
        const auto row = neighbours(v);
        const auto first =
            static_cast<std::size_t>(std::upper_bound(row.begin(), row.end(), v) - row.begin());
        const auto row_weights = weights(v);
        for (std::size_t i = first; i < row.size(); ++i) {
            sum += row_weights[i];
        }
    }
    return sum;
}

bool GraphView::adjacent(VertexId a, VertexId b) const noexcept {
    if (degree(a) > degree(b)) {
        std::swap(a, b);
    }
    const auto row = neighbours(a);
    return std::binary_search(row.begin(), row.end(), b);
}

double GraphView::weight_between(VertexId a, VertexId b) const noexcept {
    const auto row = neighbours(a);
    const auto found = std::lower_bound(row.begin(), row.end(), b);
    if (found == row.end() || *found != b) {
        return 0.0;
    }
    return arc_weight(static_cast<std::size_t>(offsets_[index_of(a)]) +
                      static_cast<std::size_t>(found - row.begin()));
}

}  // namespace maillage
