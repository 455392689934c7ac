#include "algorithms/structure/graph_shape.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

namespace maillage {
namespace {

// Views of temporaries are refused; these keep the graph alive for the call.
Transitivity transitivity(const CsrGraph& g) {
    return transitivity(g.view());
}

TEST_CASE("Components are numbered by size, then by smallest vertex", "[structure][unit]") {
    //   0---1   2---3---4   5   6---7
    const CsrGraph g = testing::graph_of(8, {{0, 1}, {2, 3}, {3, 4}, {6, 7}});
    const Partition c = connected_components(g);
    CHECK(c == Partition(std::vector<std::uint32_t>{1, 1, 0, 0, 0, 3, 2, 2}));
    CHECK(c[VertexId{2}] == CommunityId{0});
    CHECK(c[VertexId{0}] == CommunityId{1});
    CHECK(c[VertexId{6}] == CommunityId{2});
    CHECK(c[VertexId{5}] == CommunityId{3});
}

TEST_CASE("The karate club has 45 triangles and the published transitivity", "[structure][golden]") {
    const Transitivity t = transitivity(testing::karate());
    CHECK(t.triangles == 45);
    CHECK(t.value.value() == Approx(0.2556818182).margin(1e-10));  // networkx
}

TEST_CASE("Transitivity of small graphs is as drawn", "[structure][unit]") {
    CHECK(transitivity(testing::complete(5)).triangles == 10);
    CHECK(transitivity(testing::complete(5)).value == 1.0);
    CHECK(transitivity(testing::two_triangles()).triangles == 2);
    CHECK(transitivity(testing::two_triangles()).value == 6.0 / 10.0);
    CHECK(transitivity(testing::cycle(4)).value == 0.0);
    CHECK(transitivity(testing::star(6)).connected_triples == 15);
    CHECK_FALSE(transitivity(testing::path(2)).value);
    CHECK_FALSE(transitivity(testing::empty_graph(0)).value);
}

TEST_CASE("Quantiles are interpolated as in R and NumPy", "[structure][unit]") {
    const auto d = distribution({4.0, 1.0, 2.0, 3.0});
    REQUIRE(d);
    CHECK(d->min == 1.0);
    CHECK(d->lower_quartile == 1.75);
    CHECK(d->median == 2.5);
    CHECK(d->upper_quartile == 3.25);
    CHECK(d->max == 4.0);
    CHECK(d->mean == 2.5);
    CHECK(distribution({7.0})->upper_quartile == 7.0);
    CHECK_FALSE(distribution({}));
}

}  // namespace
}  // namespace maillage
