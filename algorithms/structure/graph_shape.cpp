#include "algorithms/structure/graph_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace maillage {
namespace {

class UnionFind {
public:
    explicit UnionFind(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
    std::uint32_t find(std::uint32_t v) {
        while (parent_[v] != v) {
            parent_[v] = parent_[parent_[v]];
            v = parent_[v];
        }
        return v;
    }
    /// The smaller root stays, so a root is the smallest of its set.
    void unite(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> parent_;
};

double quantile(const std::vector<double>& sorted, double share) {
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(position));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = position - static_cast<double>(below);
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

/// Ties from each vertex to those of higher degree (higher id among equals), ascending.
struct Forward {
    std::vector<std::uint64_t> offsets;
    std::vector<VertexId> targets;

    explicit Forward(GraphView g) {
        offsets.reserve(g.vertex_count() + 1);
        offsets.push_back(0);
        targets.reserve(g.edge_count());
        for (const VertexId v : g.vertices()) {
            for (const VertexId other : g.neighbours(v)) {
                if (std::pair(g.degree(v), v) < std::pair(g.degree(other), other)) {
                    targets.push_back(other);
                }
            }
            offsets.push_back(targets.size());
        }
    }
    [[nodiscard]] std::span<const VertexId> of(VertexId v) const {
        const auto first = static_cast<std::size_t>(offsets[index_of(v)]);
        return std::span(targets).subspan(first, static_cast<std::size_t>(offsets[index_of(v) + 1]) - first);
    }
};

}  // namespace

Partition connected_components(GraphView g) {
    UnionFind sets(g.vertex_count());
    for (const VertexId v : g.vertices()) {
        for (const VertexId other : g.neighbours(v)) {
            if (v < other) {
                sets.unite(static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(other));
            }
        }
    }
    std::vector<std::uint32_t> root(g.vertex_count());
    for (std::size_t v = 0; v < root.size(); ++v) {
        root[v] = sets.find(static_cast<std::uint32_t>(v));
    }
    return Partition(root);
}

std::optional<Distribution> distribution(std::vector<double> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    return Distribution{values.front(),        quantile(values, 0.25),
                        quantile(values, 0.5), quantile(values, 0.75),
                        values.back(),         sum / static_cast<double>(values.size())};
}

Transitivity transitivity(GraphView g) {
    Transitivity result;
    const Forward forward(g);
    std::vector<std::uint8_t> marked(g.vertex_count(), 0);
    for (const VertexId v : g.vertices()) {
        const std::uint64_t degree = g.degree(v);
        result.connected_triples += degree > 1 ? degree * (degree - 1) / 2 : 0;
        for (const VertexId a : forward.of(v)) {
            marked[index_of(a)] = 1;
        }
        for (const VertexId a : forward.of(v)) {
            for (const VertexId b : forward.of(a)) {
                result.triangles += marked[index_of(b)];
            }
        }
        for (const VertexId a : forward.of(v)) {
            marked[index_of(a)] = 0;
        }
    }
    if (result.connected_triples > 0) {
        result.value =
            3.0 * static_cast<double>(result.triangles) / static_cast<double>(result.connected_triples);
    }
    return result;
}

}  // namespace maillage
