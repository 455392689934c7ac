#include "algorithms/layout/quadtree.hpp"

#include <algorithm>

namespace maillage {
namespace {

constexpr std::uint32_t levels = 16;  ///< bits an axis
constexpr std::uint32_t leaf_size = 8;

/// The bits of x at every second position.
constexpr std::uint64_t spread(std::uint64_t x) noexcept {
    x = (x | (x << 8U)) & 0x00FF00FFU;
    x = (x | (x << 4U)) & 0x0F0F0F0FU;
    x = (x | (x << 2U)) & 0x33333333U;
    x = (x | (x << 1U)) & 0x55555555U;
    return x;
}

struct Frame {
    Point low;
    double width = 0.0;
};

Frame frame_of(std::span<const Point> points) {
    Point low = points.front();
    Point high = low;
    for (const Point& p : points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    return {low, std::max(high.x - low.x, high.y - low.y)};
}

}  // namespace

void Quadtree::build(std::span<const Point> points, std::span<const double> mass) {
    const std::size_t n = points.size();
    cells_.clear();
    keys_.resize(n);
    order_.resize(n);
    sorted_.resize(n);
    mass_.resize(n);
    place_.resize(n);
    if (n == 0) {
        return;
    }
    const Frame frame = frame_of(points);
    const double scale = frame.width > 0.0 ? 65535.0 / frame.width : 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto x = static_cast<std::uint64_t>((points[i].x - frame.low.x) * scale);
        const auto y = static_cast<std::uint64_t>((points[i].y - frame.low.y) * scale);
        keys_[i] = ((spread(x) | (spread(y) << 1U)) << 32U) | i;
    }
    std::sort(keys_.begin(), keys_.end());
    for (std::size_t k = 0; k < n; ++k) {
        const auto body = static_cast<std::uint32_t>(keys_[k]);
        order_[k] = body;
        sorted_[k] = points[body];
        mass_[k] = mass[body];
        place_[body] = static_cast<std::uint32_t>(k);
    }
    split(0, static_cast<std::uint32_t>(n), 0, frame.width);
}

void Quadtree::split(std::uint32_t begin, std::uint32_t end, std::uint32_t level, double width) {
    const std::size_t self = cells_.size();
    Cell cell;
    cell.width = width;
    cell.begin = begin;
    cell.end = end;
    for (std::uint32_t k = begin; k < end; ++k) {
        cell.mass += mass_[k];
        cell.centre.x += mass_[k] * sorted_[k].x;
        cell.centre.y += mass_[k] * sorted_[k].y;
    }
    cell.centre.x /= cell.mass;
    cell.centre.y /= cell.mass;
    cell.leaf = end - begin <= leaf_size || level == levels;
    cells_.push_back(cell);
    if (!cell.leaf) {
        const std::uint32_t shift = 32U + 2U * (levels - 1U - level);
        const auto quadrant = [&](std::uint32_t k) { return (keys_[k] >> shift) & 3U; };
        std::uint32_t from = begin;
        while (from < end) {
            const auto which = quadrant(from);
            std::uint32_t to = from + 1;
            while (to < end && quadrant(to) == which) {
                ++to;
            }
            split(from, to, level + 1, width / 2.0);
            from = to;
        }
    }
    cells_[self].next = static_cast<std::uint32_t>(cells_.size());
}

Point Quadtree::repulsion(std::uint32_t i, double theta) const noexcept {
    const std::uint32_t own = place_[i];
    const Point p = sorted_[own];
    const double open = 1.0 / (theta * theta);
    Point sum;
    const auto add = [&](const Point& from, double mass) {
        const double x = p.x - from.x;
        const double y = p.y - from.y;
        const double square = x * x + y * y;
        if (square > 0.0) {
            sum.x += mass * x / square;
            sum.y += mass * y / square;
        }
    };
    std::size_t at = 0;
    while (at < cells_.size()) {
        const Cell& cell = cells_[at];
        const double x = p.x - cell.centre.x;
        const double y = p.y - cell.centre.y;
        const bool inside = own >= cell.begin && own < cell.end;
        if (!inside && (x * x + y * y) > cell.width * cell.width * open) {
            add(cell.centre, cell.mass);
            at = cell.next;
        } else if (cell.leaf) {
            for (std::uint32_t k = cell.begin; k < cell.end; ++k) {
                add(sorted_[k], mass_[k]);
            }
            at = cell.next;
        } else {
            ++at;
        }
    }
    return sum;
}

}  // namespace maillage
