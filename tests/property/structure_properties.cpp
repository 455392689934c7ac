#include "engine/bgl.hpp"

#include "algorithms/structure/graph_shape.hpp"

#include "tests/support/generators.hpp"

#include <boost/graph/connected_components.hpp>
#include <boost/property_map/property_map.hpp>
#include <catch2/catch.hpp>

namespace maillage {
namespace {

TEST_CASE("Components are those of Boost", "[structure][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 1 + rng.below(80);
    const CsrGraph g = testing::random_graph(rng, n, 1.5 / n);
    const GraphView view = g.view();
    std::vector<std::uint32_t> component(n);
    boost::connected_components(
        view, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, view)));
    CHECK(connected_components(g) == Partition(component));
}

TEST_CASE("Triangles are those of the definition", "[structure][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 1 + rng.below(40);
    const CsrGraph g = testing::random_graph(rng, n, rng.uniform01());
    const GraphView view = g.view();
    std::uint64_t triangles = 0;
    std::uint64_t triples = 0;
    for (const VertexId a : view.vertices()) {
        for (const VertexId b : view.neighbours(a)) {
            for (const VertexId c : view.neighbours(a)) {
                triples += b < c ? 1U : 0U;
                triangles += a < b && b < c && view.adjacent(b, c) ? 1U : 0U;
            }
        }
    }
    CHECK(transitivity(g).triangles == triangles);
    CHECK(transitivity(g).connected_triples == triples);
}

TEST_CASE("Quantiles are ordered and inside the data", "[structure][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    std::vector<double> values(1 + rng.below(50));
    for (double& value : values) {
        value = rng.uniform01();
    }
    const auto d = distribution(values);
    REQUIRE(d);
    CHECK(d->min <= d->lower_quartile);
    CHECK(d->lower_quartile <= d->median);
    CHECK(d->median <= d->upper_quartile);
    CHECK(d->upper_quartile <= d->max);
    CHECK(d->mean >= d->min);
    CHECK(d->mean <= d->max);
}

}  // namespace
}  // namespace maillage
