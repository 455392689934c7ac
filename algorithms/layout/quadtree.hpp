#pragma once

#include "algorithms/layout/force_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Bodies in the plane, sorted along a Z-order curve and gathered in square cells, for repulsion in O(log n) a body.
///
/// Cells stand in depth-first order, each with the position behind its subtree, so that a walk needs no stack.
/// Source  J. Barnes, P. Hut 1986; G. M. Morton, "A computer oriented geodetic data base", IBM, 1966 (the order).
class Quadtree {
public:
    /// mass: beside points, > 0. Cost O(n log n). Rebuilding reuses memory.
    void build(std::span<const Point> points, std::span<const double> mass);

    /// Bodies in the order of the curve: neighbours in it are near each other.
    [[nodiscard]] std::span<const std::uint32_t> order() const noexcept { return order_; }

    /// Sum over all other bodies j of mass_j (p - p_j) / |p - p_j|^2, cells of width w at distance d > w / theta as
    /// one body in their centre of mass. Bodies in the same place push nobody. p: point of body i.
    [[nodiscard]] Point repulsion(std::uint32_t i, double theta) const noexcept;

private:
    struct Cell {
        Point centre;
        double mass = 0.0;
        double width = 0.0;
        std::uint32_t next = 0;            ///< cell behind the subtree
        std::uint32_t begin = 0, end = 0;  ///< bodies, in the order of the curve
        bool leaf = false;
    };
    void split(std::uint32_t begin, std::uint32_t end, std::uint32_t level, double width);

    std::vector<std::uint64_t> keys_;  ///< curve position, then body
    std::vector<std::uint32_t> order_;
    std::vector<Point> sorted_;  ///< beside order_
    std::vector<double> mass_;   ///< beside order_
    std::vector<std::uint32_t> place_;  ///< body -> position in order_
    std::vector<Cell> cells_;
};

}  // namespace maillage
