#pragma once

#include "engine/graph_view.hpp"

#include <cstdint>
#include <vector>

namespace maillage {

/// The ties of a graph, each once, from the end of lower rank to that of higher: vertices are renumbered by degree
/// (then id), so that no row is longer than sqrt(2 m) and triangles are found without looking at the rows of hubs.
///
/// Cost    O(V + E) time and memory beyond sorting.
/// Source  N. Chiba, T. Nishizeki, "Arboricity and subgraph listing algorithms", SIAM Journal on Computing 14(1),
///         210-223, 1985.
class ForwardTies {
public:
    explicit ForwardTies(GraphView g);

    [[nodiscard]] std::size_t vertex_count() const noexcept { return vertex_of_.size(); }
    [[nodiscard]] std::size_t tie_count() const noexcept { return targets_.size(); }
    /// Vertex of the graph with this rank.
    [[nodiscard]] VertexId vertex(std::uint32_t rank) const noexcept { return vertex_of_[rank]; }
    [[nodiscard]] std::uint64_t begin(std::uint32_t rank) const noexcept { return offsets_[rank]; }
    [[nodiscard]] std::uint64_t end(std::uint32_t rank) const noexcept { return offsets_[rank + 1]; }
    /// Rank of the higher end of a tie, by its position.
    [[nodiscard]] std::uint32_t target(std::uint64_t tie) const noexcept { return targets_[tie]; }
    /// 1 in a graph without weights.
    [[nodiscard]] double weight(std::uint64_t tie) const noexcept {
        return weights_.empty() ? 1.0 : weights_[tie];
    }

    /// Calls body(v, a, b, va, ab, vb) once for every triangle: ranks v < a < b, and the positions of its ties.
    /// Cost  O(E sqrt(E)) at most.
    template <class Body>
    void for_each_triangle(const Body& body) const {
        constexpr std::uint64_t unmarked = ~std::uint64_t{0};
        std::vector<std::uint64_t> tie_to(vertex_count(), unmarked);
        for (std::uint32_t v = 0; v < vertex_count(); ++v) {
            for (std::uint64_t tie = begin(v); tie < end(v); ++tie) {
                tie_to[target(tie)] = tie;
            }
            for (std::uint64_t va = begin(v); va < end(v); ++va) {
                const std::uint32_t a = target(va);
                for (std::uint64_t ab = begin(a); ab < end(a); ++ab) {
                    const std::uint32_t b = target(ab);
                    if (tie_to[b] != unmarked) {
                        body(v, a, b, va, ab, tie_to[b]);
                    }
                }
            }
            for (std::uint64_t tie = begin(v); tie < end(v); ++tie) {
                tie_to[target(tie)] = unmarked;
            }
        }
    }

private:
    std::vector<VertexId> vertex_of_;
    std::vector<std::uint64_t> offsets_;
    std::vector<std::uint32_t> targets_;
    std::vector<double> weights_;
};

}  // namespace maillage
