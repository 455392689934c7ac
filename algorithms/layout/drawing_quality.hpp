#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"

#include "algorithms/layout/force_layout.hpp"

#include <optional>
#include <span>

namespace maillage {

struct DrawingQuality {
    /// Mean over vertices with ties of the share of their k neighbours that are among the k vertices nearest in the
    /// drawing, k their number of ties; in [0, 1], 1 best. Empty without ties.
    std::optional<double> neighbourhood;
    /// Variance of the lengths of ties over the square of their mean; 0 when all are as long. Empty without ties, or when
    /// all have length 0.
    std::optional<double> edge_length_variance;
};

/// How good a drawing is, by two measures that do not depend on its scale.
///
/// Definition  see the fields. Of vertices as far away as the k-th, those first in the order of vertices count.
/// Shapes      a point a vertex.
/// Cost        O(V^2 log V) up to `most_vertices` vertices with ties; beyond, so many evenly spaced are looked at.
/// Errors      Error when the shapes differ.
/// Source      T. Kruiger et al., "Graph layouts by t-SNE", Computer Graphics Forum 36(3), 283-294, 2017 (neighbourhood
///             preservation, there with Jaccard's index); edge-length variation: R. Hachul, M. Jünger, "Large-graph
///             layout algorithms at work", JGAA 11(2), 345-369, 2007.
[[nodiscard]] DrawingQuality drawing_quality(GraphView g, std::span<const Point> points,
                                             std::size_t most_vertices = 2000, const Execution& execution = {});

}  // namespace maillage
