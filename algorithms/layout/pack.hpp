#pragma once

#include "algorithms/layout/force_layout.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace maillage {

/// Where parts of a drawing go so that they do not overlap.
struct Packing {
    std::vector<Point> shift;  ///< to add to the points of each part
    std::vector<Point> alone;  ///< places of the vertices without ties, in rows below the parts
};

/// Packs the bounding boxes of parts, in their order, each as high up and then as far left as it fits beside those before
/// it, one unit apart; the width is chosen for the aspect asked for. Everything begins at (0, 0).
/// Cost    O(parts * boxes side by side^2).
/// Source  The skyline rule, as in E. Burke, G. Kendall, G. Whitwell, Operations Research 52(4), 655-671, 2004.
[[nodiscard]] Packing pack(std::span<const std::vector<Point>> parts, std::size_t alone, double aspect);

}  // namespace maillage
