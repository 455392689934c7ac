#include "algorithms/layout/force_layout.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"
#include "engine/team.hpp"

#include "algorithms/layout/levels.hpp"
#include "algorithms/layout/pack.hpp"
#include "algorithms/layout/quadtree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace maillage {
namespace {

constexpr double spring = 1.0;        ///< K
constexpr double repulsion = 0.2;     ///< C of Hu 2005
constexpr double cooling = 0.9;       ///< t
constexpr double settled = 0.01;      ///< of K: a step that moves nothing
constexpr std::uint32_t patience = 5;  ///< steps that improve before they get longer

std::uint32_t steps_for(std::size_t vertices, const ForceLayoutOptions& options) {
    const std::uint32_t usual = vertices > 20'000 ? 50 : vertices > 2'000 ? 100 : 300;
    return std::min(usual, options.most_steps);
}

/// Moves the points of one level until they rest.
class Springs {
public:
    Springs(const LayoutLevel& level, const ForceLayoutOptions& options, Team& team)
        : level_(level), options_(options), team_(team), force_(level.size()) {}

    void settle(std::vector<Point>& points) {
        const std::size_t n = points.size();
        double step = spring;
        double energy = std::numeric_limits<double>::infinity();
        std::uint32_t good = 0;
        for (std::uint32_t i = 0; i < steps_for(n, options_) && step > settled * spring; ++i) {
            find_forces(points);
            const double before = std::exchange(energy, 0.0);
            for (std::size_t v = 0; v < n; ++v) {
                const Point f = force_[v];
                const double square = f.x * f.x + f.y * f.y;
                energy += square;
                if (square > 0.0) {
                    const double length = step / std::sqrt(square);
                    points[v].x += f.x * length;
                    points[v].y += f.y * length;
                }
            }
            if (energy < before) {
                if (++good == patience) {
                    good = 0;
                    step /= cooling;
                }
            } else {
                good = 0;
                step *= cooling;
            }
        }
    }

private:
    void find_forces(const std::vector<Point>& points) {
        tree_.build(points, level_.mass);
        const auto order = tree_.order();
        team_.for_blocks(order.size(), 256, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t k = begin; k < end; ++k) {
                const std::uint32_t v = order[k];
                const Point away = tree_.repulsion(v, options_.theta);
                const double push = repulsion * spring * spring * level_.mass[v];
                Point f{away.x * push, away.y * push};
                for (auto arc = level_.offsets[v]; arc < level_.offsets[v + 1]; ++arc) {
                    const Point& other = points[level_.targets[arc]];
                    const double x = other.x - points[v].x;
                    const double y = other.y - points[v].y;
                    const double pull = level_.weights[arc] * std::sqrt(x * x + y * y) / spring;
                    f.x += x * pull;
                    f.y += y * pull;
                }
                force_[v] = f;
            }
        });
    }

    const LayoutLevel& level_;
    const ForceLayoutOptions& options_;
    Team& team_;
    Quadtree tree_;
    std::vector<Point> force_;
};

Point jitter(Rng& rng, double width) {
    const double x = rng.uniform01() - 0.5;
    return {x * width, (rng.uniform01() - 0.5) * width};
}

/// Turns the points so that they spread most from left to right.
void turn(std::vector<Point>& points) {
    Point mean;
    for (const Point& p : points) {
        mean.x += p.x / static_cast<double>(points.size());
        mean.y += p.y / static_cast<double>(points.size());
    }
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
    for (Point& p : points) {
        p = {p.x - mean.x, p.y - mean.y};
        xx += p.x * p.x;
        xy += p.x * p.y;
        yy += p.y * p.y;
    }
    // the axis of the largest variance: (cos 2a, sin 2a) is along (xx - yy, 2 xy)
    const double across = xx - yy;
    const double length = std::sqrt(across * across + 4.0 * xy * xy);
    if (length <= 0.0) {
        return;
    }
    const double c = std::sqrt(std::max(0.0, (1.0 + across / length) / 2.0));
    const double s = std::copysign(std::sqrt(std::max(0.0, (1.0 - across / length) / 2.0)), xy);
    for (Point& p : points) {
        p = {c * p.x + s * p.y, c * p.y - s * p.x};
    }
}

/// So that a tie is one unit long on average.
void rescale(std::vector<Point>& points, const LayoutLevel& level) {
    double sum = 0.0;
    for (std::size_t v = 0; v < points.size(); ++v) {
        for (auto arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            const Point& u = points[level.targets[arc]];
            const double x = u.x - points[v].x;
            const double y = u.y - points[v].y;
            sum += std::sqrt(x * x + y * y);
        }
    }
    if (sum > 0.0) {
        const double scale = static_cast<double>(level.targets.size()) / sum;
        for (Point& p : points) {
            p = {p.x * scale, p.y * scale};
        }
    }
}

/// One connected part of two vertices or more.
std::vector<Point> draw(GraphView g, const Partition& communities, const std::vector<VertexId>& members,
                        const ForceLayoutOptions& options, Team& team) {
    const std::vector<LayoutLevel> levels = layout_levels(g, communities, members);
    Rng rng = Rng(options.seed).fork(index_of(members.front()));
    std::vector<Point> points(levels.back().size());
    const double width = std::sqrt(static_cast<double>(members.size()));
    for (Point& p : points) {
        p = jitter(rng, width);
    }
    Springs(levels.back(), options, team).settle(points);
    for (std::size_t i = levels.size() - 1; i-- > 0;) {
        std::vector<Point> finer(levels[i].size());
        for (std::size_t v = 0; v < finer.size(); ++v) {
            const Point& from = points[levels[i].coarser_of[v]];
            const Point by = jitter(rng, 0.2 * spring);
            finer[v] = {from.x + by.x, from.y + by.y};
        }
        points = std::move(finer);
        Springs(levels[i], options, team).settle(points);
    }
    rescale(points, levels.front());
    turn(points);
    return points;
}

/// Connected parts of two vertices or more, larger ones first, then by their first vertex; vertices ascending.
std::vector<std::vector<VertexId>> parts_of(GraphView g) {
    std::vector<std::uint8_t> seen(g.vertex_count(), 0);
    std::vector<std::vector<VertexId>> parts;
    for (const VertexId v : g.vertices()) {
        if (seen[index_of(v)] != 0 || g.degree(v) == 0) {
            continue;
        }
        std::vector<VertexId> part{v};
        seen[index_of(v)] = 1;
        for (std::size_t i = 0; i < part.size(); ++i) {
            for (const VertexId u : g.neighbours(part[i])) {
                if (seen[index_of(u)] == 0) {
                    seen[index_of(u)] = 1;
                    part.push_back(u);
                }
            }
        }
        std::sort(part.begin(), part.end());
        parts.push_back(std::move(part));
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return parts;
}

}  // namespace

void validate(const ForceLayoutOptions& options) {
    if (!(options.theta >= 0.2 && options.theta <= 1.5)) {
        throw OptionError("theta", "must be from 0.2 to 1.5");
    }
    if (options.most_steps == 0) {
        throw OptionError("most_steps", "must be at least 1");
    }
    if (!(options.aspect > 0.0) || !std::isfinite(options.aspect)) {
        throw OptionError("aspect", "must be greater than 0");
    }
}

std::vector<Point> force_layout(GraphView g, const Partition& communities, const ForceLayoutOptions& options,
                                const Execution& execution) {
    validate(options);
    if (communities.vertex_count() != g.vertex_count()) {
        throw Error("force_layout: " + std::to_string(g.vertex_count()) + " vertices, communities of " +
                    std::to_string(communities.vertex_count()));
    }
    Team team(execution.threads);
    const std::vector<std::vector<VertexId>> parts = parts_of(g);
    std::vector<std::vector<Point>> drawn;
    std::size_t done = 0;
    for (const std::vector<VertexId>& part : parts) {
        drawn.push_back(draw(g, communities, part, options, team));
        done += part.size();
        execution.report("layout", static_cast<double>(done) / static_cast<double>(g.vertex_count()));
    }
    const std::size_t alone = g.vertex_count() - done;
    const Packing packing = pack(drawn, alone, options.aspect);

    std::vector<Point> points(g.vertex_count());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (std::size_t k = 0; k < parts[i].size(); ++k) {
            points[index_of(parts[i][k])] = {drawn[i][k].x + packing.shift[i].x,
                                             drawn[i][k].y + packing.shift[i].y};
        }
    }
    std::size_t next = 0;
    for (const VertexId v : g.vertices()) {
        if (g.degree(v) == 0) {
            points[index_of(v)] = packing.alone[next++];
        }
    }
    return points;
}

}  // namespace maillage
