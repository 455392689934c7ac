#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <vector>

/// Where to draw the vertices of a graph.
namespace maillage {

/// A place in the plane: x to the right, y downwards, as on a page.
struct Point {
    double x = 0.0, y = 0.0;

    friend bool operator==(const Point&, const Point&) = default;
};

struct ForceLayoutOptions {
    /// A cell of the tree acts as one body from a distance of its width over theta; in [0.2, 1.5]. Lower is more exact.
    double theta = 1.0;
    /// Steps at each level of the graph, at most; >= 1. Fewer are made on large levels, see force_layout.
    std::uint32_t most_steps = 300;
    /// Width over height of the whole drawing to aim for when several parts are packed; > 0.
    double aspect = 1.5;
    std::uint64_t seed = 1;

    friend bool operator==(const ForceLayoutOptions&, const ForceLayoutOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const ForceLayoutOptions& options);

/// A drawing in which tied vertices are near each other and the others are not.
///
/// Definition  Springs along the ties (force w d^2 / K, w = 1 inside a community and 0.3 across, so that communities stand
///             apart), repulsion between all pairs (0.2 K^2 / d), K = 1, moved by steps of a length that adapts until
///             hardly anything moves. Multilevel: pairs of tied vertices are merged again and
///             again, first inside communities only, the small graph is drawn and each level starts from the one
///             before; so communities are where the drawing begins. Repulsion by a quadtree (Barnes–Hut).
/// Shapes      communities.vertex_count() == g.vertex_count(); the result has a point a vertex. About one unit between
///             tied vertices. Weights do not count: a strong tie is not drawn shorter.
/// Parts       Every connected part is drawn alone, turned so that it is widest from left to right, and the parts are
///             packed in rows, larger ones first; vertices without ties stand in rows below, in the order of vertices.
///             The upper left corner of everything is (0, 0).
/// Degenerate  No vertex: empty. A single vertex: (0, 0).
/// Order       The same bytes for any number of threads: every vertex adds up its own forces in a fixed order.
/// Cost        O(levels steps (V log V + E)); 50 steps on levels above 20,000 vertices, 100 above 2,000.
/// Errors      OptionError (see validate). Error when the shapes differ.
/// Source      Y. Hu, "Efficient, high-quality force-directed graph drawing", The Mathematica Journal 10(1), 37-71,
///             2005 (model, levels, steps); J. Barnes, P. Hut, "A hierarchical O(N log N) force-calculation
///             algorithm", Nature 324, 446-449, 1986. Coarsening inside communities first, and the weaker
///             pull across, are ours.
[[nodiscard]] std::vector<Point> force_layout(GraphView g, const Partition& communities,
                                              const ForceLayoutOptions& options = {},
                                              const Execution& execution = {});

}  // namespace maillage
