#include "engine/error.hpp"

#include "algorithms/community/leiden.hpp"
#include "algorithms/layout/drawing_quality.hpp"
#include "algorithms/layout/force_layout.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

/// bench_layout GRAPH [THREADS]: draws a graph (graphs.hpp; default a), with the time and the quality of the drawing.
/// bench_layout GRAPH --of FILE: the quality of the drawing of another program, two numbers a line in vertex order.
namespace maillage::bench {
namespace {

void tell(const std::string& name, GraphView g, const std::vector<Point>& points) {
    const DrawingQuality quality = drawing_quality(g, points, 2000, {.threads = 2, .progress = {}});
    std::cout << name << ": neighbourhood " << quality.neighbourhood.value_or(0.0) << ", edge-length variance "
              << quality.edge_length_variance.value_or(0.0) << '\n';
}

void run(const std::string& name, std::uint32_t threads) {
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    const GraphView g = graph.view();
    const Execution execution{.threads = threads, .progress = {}};
    std::cout << name << ": " << g.vertex_count() << " vertices, " << g.edge_count() << " ties\n";
    const Partition communities = leiden(g, {}, execution).partition();
    std::vector<Point> first;
    std::cout << to_text(measure(
                     "layout/" + name, 3, [&] { return force_layout(g, communities, {}, execution); },
                     [&](const std::vector<Point>& points) {
                         if (first.empty()) {
                             first = points;
                         }
                         return points == first;
                     }))
              << '\n';
    if (first != force_layout(g, communities, {}, {.threads = 3 - std::min(2U, threads), .progress = {}})) {
        throw Error("another number of threads, another drawing");
    }
    tell(name, g, first);
}

void measure_file(const std::string& name, const std::string& file) {
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    std::ifstream in(file);
    std::vector<Point> points;
    for (Point p; in >> p.x >> p.y;) {
        points.push_back(p);
    }
    tell(file, graph.view(), points);
}

}  // namespace
}  // namespace maillage::bench

int main(int count, char** words) {
    const std::string name = count > 1 ? words[1] : "a";
    if (count > 3 && std::string(words[2]) == "--of") {
        maillage::bench::measure_file(name, words[3]);
    } else {
        maillage::bench::run(name, count > 2 ? static_cast<std::uint32_t>(std::stoul(words[2])) : 2);
    }
    return 0;
}
