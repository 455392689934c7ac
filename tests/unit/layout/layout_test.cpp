#include "engine/error.hpp"

#include "algorithms/layout/drawing_quality.hpp"
#include "algorithms/layout/force_layout.hpp"
#include "algorithms/layout/levels.hpp"
#include "algorithms/layout/pack.hpp"
#include "algorithms/layout/quadtree.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace maillage {
namespace {

using testing::graph_of;
using testing::Pairs;

Partition one_community(std::size_t n) {
    return Partition(std::vector<std::uint32_t>(n, 0));
}

/// As the functions, also for a graph that lives for the call only.
std::vector<Point> drawn(const CsrGraph& g, const Partition& communities,
                         const ForceLayoutOptions& options = {}, const Execution& execution = {}) {
    return force_layout(g, communities, options, execution);
}
DrawingQuality quality_of(const CsrGraph& g, std::span<const Point> points) {
    return drawing_quality(g, points);
}

double distance(const Point& a, const Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

///  0--1--2      side x side vertices, row by row
///  |  |  |
///  3--4--5
CsrGraph grid(std::uint32_t side) {
    Pairs pairs;
    for (std::uint32_t v = 0; v < side * side; ++v) {
        if (v % side + 1 < side) {
            pairs.push_back({v, v + 1});
        }
        if (v + side < side * side) {
            pairs.push_back({v, v + side});
        }
    }
    return graph_of(side * side, pairs);
}

struct Box {
    double left = std::numeric_limits<double>::infinity();
    double top = left, right = -left, bottom = -left;
};

Box box_of(std::span<const Point> points) {
    Box box;
    for (const Point& p : points) {
        box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
               std::max(box.bottom, p.y)};
    }
    return box;
}

// ---- drawings ------------------------------------------------------------------------------------------------------

TEST_CASE("layout: nothing, one vertex, one tie, a triangle", "[layout][degenerate]") {
    CHECK(force_layout({}, Partition{}).empty());
    CHECK(drawn(testing::empty_graph(1), one_community(1)) == std::vector<Point>{{0.0, 0.0}});

    const auto pair = drawn(testing::path(2), one_community(2));
    REQUIRE(pair.size() == 2);
    CHECK(distance(pair[0], pair[1]) == Approx(1.0));
    CHECK(pair[0].y == Approx(pair[1].y).margin(1e-9));  // turned: widest from left to right

    const auto triangle = drawn(testing::complete(3), one_community(3));
    for (const auto& [a, b] : Pairs{{0, 1}, {0, 2}, {1, 2}}) {
        CHECK(distance(triangle[a], triangle[b]) == Approx(1.0).epsilon(0.05));
    }
}

TEST_CASE("layout: vertices without ties stand in rows below, in their order", "[layout][degenerate]") {
    const auto alone = drawn(testing::empty_graph(7), one_community(7), {.aspect = 1.0});
    for (std::size_t v = 1; v < alone.size(); ++v) {
        CHECK((alone[v].y > alone[v - 1].y || (alone[v].y == alone[v - 1].y && alone[v].x > alone[v - 1].x)));
    }
    const auto mixed = drawn(graph_of(4, {{1, 3}}), one_community(4));
    CHECK(std::min(mixed[0].y, mixed[2].y) > std::max(mixed[1].y, mixed[3].y));
}

TEST_CASE("layout: a grid is drawn as a grid, a path without folding back", "[layout]") {
    const CsrGraph g = grid(12);
    const auto points = drawn(g, one_community(144));
    const DrawingQuality quality = drawing_quality(g, points);
    CHECK(quality.neighbourhood.value() > 0.95);
    CHECK(quality.edge_length_variance.value() < 0.05);

    const auto line = drawn(testing::path(30), one_community(30));
    CHECK(distance(line.front(), line.back()) > 12.0);
}

TEST_CASE("layout: communities stand apart", "[layout]") {
    const CsrGraph g = testing::barbell(10, 0);
    std::vector<std::uint32_t> side(20, 0);
    std::fill(side.begin() + 10, side.end(), 1);
    const auto points = drawn(g, Partition(side));
    double inside = 0.0;
    double across = std::numeric_limits<double>::infinity();
    for (std::size_t a = 0; a < 20; ++a) {
        for (std::size_t b = a + 1; b < 20; ++b) {
            if (side[a] == side[b]) {
                inside = std::max(inside, distance(points[a], points[b]));
            } else {
                across = std::min(across, distance(points[a], points[b]));
            }
        }
    }
    CHECK(across > 0.2 * inside);
    CHECK(distance(points[0], points[19]) > inside);
}

TEST_CASE("layout: the same bytes for any number of threads, and on every run", "[layout][property]") {
    Rng rng(7);
    const CsrGraph g = testing::random_graph(rng, 900, 0.004);
    std::vector<std::uint32_t> block(900);
    for (std::uint32_t v = 0; v < 900; ++v) {
        block[v] = v / 100;
    }
    const ForceLayoutOptions few{.most_steps = 40};
    const auto one = drawn(g, Partition(block), few, {.threads = 1, .progress = {}});
    CHECK(drawn(g, Partition(block), few, {.threads = 2, .progress = {}}) == one);
    CHECK(drawn(g, Partition(block), few, {.threads = 8, .progress = {}}) == one);
    CHECK(drawn(g, Partition(block), {.most_steps = 40, .seed = 2}) != one);
}

TEST_CASE("layout: finite, begins at the corner, parts do not overlap", "[layout][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(120);
    const CsrGraph g = testing::random_graph(rng, n, 1.1 / n);
    const auto points = drawn(g, one_community(n));
    const Box whole = box_of(points);
    CHECK(whole.left == Approx(0.0).margin(1e-9));
    CHECK(whole.top == Approx(0.0).margin(1e-9));
    CHECK(std::isfinite(whole.right + whole.bottom));

    // parts, by flooding
    std::vector<std::uint32_t> part(n);
    std::iota(part.begin(), part.end(), 0U);
    for (bool more = true; more;) {
        more = false;
        for (const VertexId v : g.view().vertices()) {
            for (const VertexId u : g.view().neighbours(v)) {
                if (part[index_of(u)] < part[index_of(v)]) {
                    part[index_of(v)] = part[index_of(u)];
                    more = true;
                }
            }
        }
    }
    std::vector<Box> boxes;
    for (std::uint32_t p = 0; p < n; ++p) {
        std::vector<Point> own;
        for (std::uint32_t v = 0; v < n; ++v) {
            if (part[v] == p) {
                own.push_back(points[v]);
            }
        }
        if (!own.empty()) {
            boxes.push_back(box_of(own));
        }
    }
    for (std::size_t a = 0; a < boxes.size(); ++a) {
        for (std::size_t b = a + 1; b < boxes.size(); ++b) {
            const bool apart = boxes[a].right < boxes[b].left || boxes[b].right < boxes[a].left ||
                               boxes[a].bottom < boxes[b].top || boxes[b].bottom < boxes[a].top;
            CHECK(apart);
        }
    }
}

TEST_CASE("layout: bad options and shapes are told", "[layout]") {
    CHECK_THROWS_AS(validate(ForceLayoutOptions{.theta = 0.0}), OptionError);
    CHECK_THROWS_AS(validate(ForceLayoutOptions{.theta = std::nan("")}), OptionError);
    CHECK_THROWS_AS(validate(ForceLayoutOptions{.most_steps = 0}), OptionError);
    CHECK_THROWS_AS(validate(ForceLayoutOptions{.aspect = 0.0}), OptionError);
    CHECK_THROWS_AS(drawn(testing::path(3), one_community(2)), Error);
    const std::vector<Point> two(2);
    CHECK_THROWS_AS(quality_of(testing::path(3), two), Error);
}

// ---- parts -----------------------------------------------------------------------------------------------------------

TEST_CASE("layout: repulsion is the sum of the definition", "[layout][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{7}));
    CAPTURE(seed);
    Rng rng(seed);
    std::vector<Point> points(150);
    std::vector<double> mass(150);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double x = rng.uniform01();
        points[i] = {10.0 * x * x, rng.uniform01()};
        mass[i] = 1.0 + rng.below(5);
    }
    points[1] = points[0];  // in one place: no push between them
    Quadtree tree;
    tree.build(points, mass);
    double wrong = 0.0;
    double size = 0.0;
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        Point exact;
        for (std::size_t j = 0; j < points.size(); ++j) {
            const double x = points[i].x - points[j].x;
            const double y = points[i].y - points[j].y;
            const double square = x * x + y * y;
            if (square > 0.0) {
                exact.x += mass[j] * x / square;
                exact.y += mass[j] * y / square;
            }
        }
        const Point near = tree.repulsion(i, 0.2);
        wrong += distance(near, exact);
        size += distance(exact, {});
    }
    CHECK(wrong < 0.01 * size);
    std::vector<std::uint32_t> order(tree.order().begin(), tree.order().end());
    std::sort(order.begin(), order.end());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        CHECK(order[i] == i);
    }
}

TEST_CASE("layout: levels keep every vertex and all weight between what they merge", "[layout][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 20 + rng.below(200);
    Pairs pairs;  // connected: a tree and some more
    for (std::uint32_t v = 1; v < n; ++v) {
        pairs.push_back({rng.below(v), v});
    }
    const CsrGraph g = graph_of(n, pairs);
    std::vector<VertexId> all;
    for (const VertexId v : g.view().vertices()) {
        all.push_back(v);
    }
    const auto levels = layout_levels(g, one_community(n), all);
    CHECK(levels.front().size() == n);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        CHECK(std::accumulate(levels[i].mass.begin(), levels[i].mass.end(), 0.0) == n);
        CHECK(levels[i].offsets.back() == levels[i].targets.size());
        if (i + 1 == levels.size()) {
            CHECK(levels[i].coarser_of.empty());
            continue;
        }
        CHECK(levels[i + 1].size() < levels[i].size());
        double kept = 0.0;
        for (std::size_t v = 0; v < levels[i].size(); ++v) {
            for (auto arc = levels[i].offsets[v]; arc < levels[i].offsets[v + 1]; ++arc) {
                kept += levels[i].coarser_of[v] != levels[i].coarser_of[levels[i].targets[arc]]
                            ? levels[i].weights[arc]
                            : 0.0;
            }
        }
        CHECK(std::accumulate(levels[i + 1].weights.begin(), levels[i + 1].weights.end(), 0.0) ==
              Approx(kept));
    }
}

TEST_CASE("layout: boxes are packed side by side, the width follows the aspect", "[layout]") {
    const std::vector<std::vector<Point>> parts(9, {{0.0, 0.0}, {4.0, 4.0}});
    const Packing wide = pack(parts, 0, 9.0);
    const Packing tall = pack(parts, 0, 0.1);
    CHECK(wide.shift[8].y < tall.shift[8].y);
    CHECK(wide.shift[0] == Point{0.0, 0.0});
    const Packing with = pack(parts, 3, 1.0);
    for (const Point& p : with.alone) {
        CHECK(p.y > 4.0);
    }
}

// ---- quality ---------------------------------------------------------------------------------------------------------

TEST_CASE("drawing quality: values by hand", "[layout]") {
    // on a line at 0, 1, 2: every neighbour is nearest, ties are all as long
    const std::vector<Point> line = {{0.0, 0.0}, {1.0, 0.0}, {2.0, 0.0}};
    CHECK(quality_of(testing::path(3), line).neighbourhood == 1.0);
    CHECK(quality_of(testing::path(3), line).edge_length_variance == 0.0);
    // the middle at 5: of end 0 (at 0) the nearest is end 2 (at 2), of end 2 likewise; of the middle both: (0+1+0)/3.
    // Lengths 5 and 3: mean 4, variance 1, over 16
    const std::vector<Point> away = {{0.0, 0.0}, {5.0, 0.0}, {2.0, 0.0}};
    CHECK(quality_of(testing::path(3), away).neighbourhood.value() == Approx(1.0 / 3.0));
    CHECK(quality_of(testing::path(3), away).edge_length_variance.value() == Approx(1.0 / 16.0));
    // no tie; all in one place
    CHECK_FALSE(quality_of(testing::empty_graph(3), line).neighbourhood);
    CHECK_FALSE(quality_of(testing::empty_graph(3), line).edge_length_variance);
    const std::vector<Point> heap(3);
    CHECK_FALSE(quality_of(testing::path(3), heap).edge_length_variance);
    // of as near ones the first count: 0 sees 1, a neighbour; 1 sees 0 and 2; 2 sees 0, none
    CHECK(quality_of(testing::path(3), heap).neighbourhood.value() == Approx(2.0 / 3.0));
}

TEST_CASE("drawing quality: as the definition, whatever the scale", "[layout][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 3 + rng.below(40);
    const CsrGraph graph = testing::random_graph(rng, n, 0.2);
    const GraphView g = graph.view();
    std::vector<Point> points(n);
    for (Point& p : points) {
        p.x = rng.uniform01();
        p.y = rng.uniform01();
    }
    double sum = 0.0;
    double counted = 0.0;
    for (const VertexId v : g.vertices()) {
        if (g.degree(v) == 0) {
            continue;
        }
        std::vector<VertexId> others;
        for (const VertexId u : g.vertices()) {
            if (u != v) {
                others.push_back(u);
            }
        }
        std::stable_sort(others.begin(), others.end(), [&](VertexId a, VertexId b) {
            return distance(points[index_of(v)], points[index_of(a)]) <
                   distance(points[index_of(v)], points[index_of(b)]);
        });
        double near = 0.0;
        for (std::size_t k = 0; k < g.degree(v); ++k) {
            near += g.adjacent(v, others[k]) ? 1.0 : 0.0;
        }
        sum += near / static_cast<double>(g.degree(v));
        counted += 1.0;
    }
    const DrawingQuality quality = drawing_quality(g, points);
    if (counted == 0.0) {
        CHECK_FALSE(quality.neighbourhood);
        return;
    }
    CHECK(quality.neighbourhood.value() == Approx(sum / counted));
    for (Point& p : points) {
        p = {1000.0 * p.x - 7.0, 1000.0 * p.y};
    }
    CHECK(drawing_quality(g, points).neighbourhood.value() == Approx(sum / counted));
    CHECK(drawing_quality(g, points).edge_length_variance.value() ==
          Approx(quality.edge_length_variance.value()));
    CHECK(drawing_quality(g, points, 2000, {.threads = 8, .progress = {}}).neighbourhood ==
          drawing_quality(g, points).neighbourhood);
}

}  // namespace
}  // namespace maillage
