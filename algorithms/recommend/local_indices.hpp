#pragma once

#include "engine/graph_view.hpp"

#include <cstddef>
#include <vector>

/// Similarity of two vertices by their neighbours, for vertices that are not adjacent; unweighted.
namespace maillage {

struct LocalIndices {
    double common_neighbours = 0.0;
    double jaccard = 0.0;                  ///< common over all neighbours of either; 0 when both have none
    double adamic_adar = 0.0;              ///< sum over common neighbours z of 1 / ln d(z)
    double resource_allocation = 0.0;      ///< sum over common neighbours z of 1 / d(z)
    double preferential_attachment = 0.0;  ///< d(a) d(b)
    double l3 = 0.0;                       ///< sum over paths a-u-v-b of 1 / sqrt(d(u) d(v))
};

/// Definition  As on the fields. A common neighbour has degree 2 at least, so nothing divides by zero.
/// Cost        O(sum of the degrees of a's neighbours + d(b)).
/// Source      L. Lü, T. Zhou, "Link prediction in complex networks: a survey", Physica A 390, 1150-1170,
/// 2011; L3: I. A. Kovács et
///             al., "Network-based prediction of protein interactions", Nature Communications 10, 1240, 2019.
[[nodiscard]] LocalIndices local_indices(GraphView g, VertexId a, VertexId b);

/// A go-between of two vertices and its part of resource allocation, 1 / degree.
struct CommonNeighbour {
    VertexId vertex{};
    double part = 0.0;
};
/// By part descending, then vertex.
[[nodiscard]] std::vector<CommonNeighbour> common_neighbours(GraphView g, VertexId a, VertexId b);

/// The path a-u-v-b with the largest 1 / sqrt(d(u) d(v)), ties to the smallest u, then v; empty when there is
/// none.
struct LengthThreePath {
    VertexId u = none<VertexId>, v = none<VertexId>;
    double part = 0.0;
    [[nodiscard]] bool found() const noexcept { return u != none<VertexId>; }
};
[[nodiscard]] LengthThreePath best_length_three_path(GraphView g, VertexId a, VertexId b);

}  // namespace maillage
