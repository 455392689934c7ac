#pragma once

#include "engine/graph_view.hpp"
#include "engine/ids.hpp"

#include <cstdint>
#include <optional>

namespace maillage {

/// Ways around a vertex or a tie and how many of them close: triangles where partners of partners are partners
/// (similarity), quadrangles without a diagonal where they are not, but share partners (complementarity).
struct StructuralCounts {
    double triangles = 0.0;    ///< T
    double triples_w = 0.0;    ///< tW: ways of two ties with the vertex (tie) in the middle
    double triples_h = 0.0;    ///< tH: … at the head
    double quadrangles = 0.0;  ///< Q: cycles of four without any diagonal
    double ways_w = 0.0;       ///< qW: ways of three ties, four different vertices, with the vertex second
    double ways_h = 0.0;       ///< qH: … first
};

struct StructuralFit {
    /// Of a vertex 4T / (tW + tH), of a tie 2T / (tW + tH). Empty (zero_denominator) without a way of two ties.
    std::optional<double> similarity;
    /// Of a vertex 4Q / (qW + qH), of a tie 2Q / (qW + qH). Empty without a way of three ties.
    std::optional<double> complementarity;
};

/// Cost    O(sum over neighbours of their degrees, times the degree of v).
/// Source  S. Talaga, A. Nowak, "Structural measures of similarity and complementarity in complex networks",
///         Scientific Reports 12, 16580, 2022.
[[nodiscard]] StructuralCounts structural_counts(GraphView g, VertexId v);
[[nodiscard]] StructuralFit structural_fit(GraphView g, VertexId v);
/// Of the whole graph: 2 sum T / sum tW (the transitivity) and 2 sum Q / sum qW.
[[nodiscard]] StructuralFit structural_fit(GraphView g);

/// The tie a-b seen from a, also where it does not exist: as if it did. Ways at the head start with it at a.
[[nodiscard]] StructuralCounts structural_counts(GraphView g, VertexId a, VertexId b);
[[nodiscard]] StructuralFit structural_fit(GraphView g, VertexId a, VertexId b);

}  // namespace maillage
