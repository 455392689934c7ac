#pragma once

#include "engine/graph_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// A graph with its vertices renumbered by degree, the best linked first: most steps of a walk end at few
/// vertices, whose places in a table by vertex are then side by side and stay in cache.
///
/// Numbers are plain integers here, so that a number of this order is never taken for a VertexId.
/// Cost  O(V + E); 4 bytes an arc, 12 with weights.
class DegreeOrder {
public:
    DegreeOrder(GraphView g, bool with_weights);

    [[nodiscard]] std::uint32_t vertex_count() const noexcept {
        return static_cast<std::uint32_t>(vertex_.size());
    }
    [[nodiscard]] std::uint32_t number(VertexId v) const noexcept { return number_[index_of(v)]; }
    [[nodiscard]] VertexId vertex(std::uint32_t number) const noexcept { return vertex_[number]; }
    /// VertexId by number.
    [[nodiscard]] const VertexId* vertices() const noexcept { return vertex_.data(); }
    [[nodiscard]] std::size_t degree(std::uint32_t number) const noexcept {
        return static_cast<std::size_t>(offsets_[number + 1] - offsets_[number]);
    }
    /// Ascending numbers.
    [[nodiscard]] std::span<const std::uint32_t> row(std::uint32_t number) const noexcept {
        return {targets_.data() + offsets_[number], degree(number)};
    }
    /// Beside row(), when made with weights of a graph that has some; else nullptr.
    [[nodiscard]] const double* weights(std::uint32_t number) const noexcept {
        return weights_.empty() ? nullptr : weights_.data() + offsets_[number];
    }

    [[nodiscard]] const std::uint64_t* offsets() const noexcept { return offsets_.data(); }
    [[nodiscard]] const std::uint32_t* targets() const noexcept { return targets_.data(); }
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }

private:
    std::vector<std::uint32_t> number_;
    std::vector<VertexId> vertex_;
    std::vector<std::uint64_t> offsets_;
    std::vector<std::uint32_t> targets_;
    std::vector<double> weights_;
};

}  // namespace maillage
