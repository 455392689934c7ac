#include "algorithms/layout/pack.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

constexpr double gap = 1.0;
constexpr double between_alone = 0.8;

struct Box {
    Point low;
    double width = 0.0, height = 0.0;
};

Box box_of(const std::vector<Point>& points) {
    Point low = points.front();
    Point high = low;
    for (const Point& p : points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    return {low, high.x - low.x, high.y - low.y};
}

/// How far down is taken, from left to right.
class Skyline {
public:
    explicit Skyline(double width) : steps_{{0.0, 0.0}}, width_(width) {}

    Point place(double width, double height) {
        Point best{0.0, down_to(0.0, width)};
        for (const Point& step : steps_) {
            if (step.x + width > width_ * (1.0 + 1e-12)) {
                continue;
            }
            const double y = down_to(step.x, width);
            if (y < best.y) {
                best = {step.x, y};
            }
        }
        take(best.x, best.x + width, best.y + height);
        lowest_ = std::max(lowest_, best.y + height);
        return best;
    }
    [[nodiscard]] double lowest() const noexcept { return lowest_; }

private:
    [[nodiscard]] double down_to(double x, double width) const {
        double y = 0.0;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const double end = i + 1 < steps_.size() ? steps_[i + 1].x : width_;
            if (steps_[i].x < x + width && end > x) {
                y = std::max(y, steps_[i].y);
            }
        }
        return y;
    }
    void take(double from, double to, double y) {
        std::vector<Point> next;
        double behind = steps_.front().y;
        for (const Point& step : steps_) {
            if (step.x < from) {
                next.push_back(step);
            }
            if (step.x <= to) {
                behind = step.y;
            }
        }
        next.push_back({from, y});
        if (to < width_) {
            next.push_back({to, behind});
        }
        for (const Point& step : steps_) {
            if (step.x > to) {
                next.push_back(step);
            }
        }
        steps_ = std::move(next);
    }

    std::vector<Point> steps_;  ///< x where a height begins, y the height
    double width_;
    double lowest_ = 0.0;
};

}  // namespace

Packing pack(std::span<const std::vector<Point>> parts, std::size_t alone, double aspect) {
    std::vector<Box> boxes;
    double area = static_cast<double>(alone) * between_alone * between_alone;
    double widest = 0.0;
    for (const std::vector<Point>& part : parts) {
        boxes.push_back(box_of(part));
        area += (boxes.back().width + gap) * (boxes.back().height + gap);
        widest = std::max(widest, boxes.back().width + gap);
    }
    const double width = std::max(widest, std::sqrt(area * aspect));
    Skyline skyline(width);
    Packing packing;
    for (const Box& box : boxes) {
        const Point at = skyline.place(box.width + gap, box.height + gap);
        packing.shift.push_back({at.x - box.low.x, at.y - box.low.y});
    }
    const auto in_a_row = static_cast<std::size_t>(std::max(0.0, width - gap) / between_alone) + 1;
    for (std::size_t i = 0; i < alone; ++i) {
        packing.alone.push_back({static_cast<double>(i % in_a_row) * between_alone,
                                 skyline.lowest() + static_cast<double>(i / in_a_row) * between_alone});
    }
    return packing;
}

}  // namespace maillage
