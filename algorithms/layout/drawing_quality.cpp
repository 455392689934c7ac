#include "algorithms/layout/drawing_quality.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace maillage {
namespace {

double square_distance(const Point& a, const Point& b) noexcept {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

double share_near(GraphView g, std::span<const Point> points, VertexId v) {
    std::vector<std::pair<double, VertexId>> others;
    for (const VertexId u : g.vertices()) {
        if (u != v) {
            others.emplace_back(square_distance(points[index_of(v)], points[index_of(u)]), u);
        }
    }
    const std::size_t k = g.degree(v);
    const auto last = others.begin() + static_cast<std::ptrdiff_t>(k);
    std::nth_element(others.begin(), last - 1, others.end());
    const auto tied = std::count_if(others.begin(), last, [&](const auto& o) { return g.adjacent(v, o.second); });
    return static_cast<double>(tied) / static_cast<double>(k);
}

std::optional<double> length_variance(GraphView g, std::span<const Point> points) {
    double sum = 0.0;
    double squares = 0.0;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            const double square = square_distance(points[index_of(v)], points[index_of(u)]);
            squares += square;
            sum += std::sqrt(square);
        }
    }
    const auto arcs = static_cast<double>(2 * g.edge_count());
    if (sum <= 0.0) {
        return std::nullopt;
    }
    const double mean = sum / arcs;
    return std::max(0.0, squares / arcs - mean * mean) / (mean * mean);
}

}  // namespace

DrawingQuality drawing_quality(GraphView g, std::span<const Point> points, std::size_t most_vertices,
                               const Execution& execution) {
    if (points.size() != g.vertex_count()) {
        throw Error("drawing_quality: " + std::to_string(g.vertex_count()) + " vertices, " +
                    std::to_string(points.size()) + " points");
    }
    std::vector<VertexId> tied;
    for (const VertexId v : g.vertices()) {
        if (g.degree(v) > 0) {
            tied.push_back(v);
        }
    }
    if (tied.empty()) {
        return {};
    }
    const std::size_t looked_at = std::min(most_vertices, tied.size());
    std::vector<double> share(looked_at);
    for_chunks(looked_at, 16, execution, "drawing quality",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t i = begin; i < end; ++i) {
                       share[i] = share_near(g, points, tied[i * tied.size() / looked_at]);
                   }
               });
    double sum = 0.0;
    for (const double s : share) {
        sum += s;
    }
    return {sum / static_cast<double>(looked_at), length_variance(g, points)};
}

}  // namespace maillage
