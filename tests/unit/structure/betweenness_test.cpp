#include "algorithms/structure/betweenness.hpp"

#include "engine/bgl.hpp"
#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::vector<double> boosts(GraphView g) {
    std::vector<double> centrality(g.vertex_count(), 0.0);
    boost::brandes_betweenness_centrality(
        g, boost::make_iterator_property_map(centrality.begin(), get(boost::vertex_index, g)));
    return centrality;  // Boost halves undirected pairs itself
}

}  // namespace

TEST_CASE("betweenness: by hand", "[betweenness][unit]") {
    const CsrGraph line = path(5);
    CHECK(betweenness(line).value == std::vector<double>{0, 3, 4, 3, 0});
    const CsrGraph hub = star(4);
    CHECK(betweenness(hub).value == std::vector<double>{6, 0, 0, 0, 0});
    const CsrGraph ring = cycle(4);
    CHECK(betweenness(ring).value == std::vector<double>{.5, .5, .5, .5});
    const CsrGraph club = karate();
    CHECK(betweenness(club).value[0] == Approx(231.0714286).epsilon(1e-9));
    CHECK(betweenness(club).exact);
}

TEST_CASE("betweenness: nobody, no ties, two", "[betweenness][degenerate]") {
    const CsrGraph nobody;
    CHECK(betweenness(nobody).value.empty());
    const CsrGraph lone = empty_graph(3);
    CHECK(betweenness(lone).value == std::vector<double>{0, 0, 0});
    const CsrGraph sampled_lone = empty_graph(2);
    const Betweenness sampled = betweenness(sampled_lone, {.exact_up_to = 0, .samples = 4});
    CHECK(sampled.value == std::vector<double>{0, 0});
    CHECK_THROWS_AS(betweenness(lone, {.samples = 1}), OptionError);
}

TEST_CASE("betweenness: as Boost's, on any number of threads", "[betweenness][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(90);
    const CsrGraph graph = random_graph(rng, n, 4.0 * rng.uniform01() / n);
    const Betweenness ours = betweenness(graph);
    const std::vector<double> theirs = boosts(graph);
    for (std::size_t v = 0; v < n; ++v) {
        CHECK(ours.value[v] == Approx(theirs[v]).margin(1e-9));
    }
    CHECK(betweenness(graph, {}, {4, {}}).value == ours.value);
}

TEST_CASE("betweenness: a long ring, where ways are many levels deep", "[betweenness][oracle]") {
    const CsrGraph ring = cycle(301);
    for (const double b : betweenness(ring).value) {
        CHECK(b == Approx(150.0 * 149.0 / 2.0));
    }
}

TEST_CASE("betweenness: the bound holds around the sampled values", "[betweenness][property]") {
    Rng rng(3);
    const CsrGraph graph = planted_graph(rng, 400, 8, 1600, 0.8);
    const Betweenness exact = betweenness(graph);
    std::size_t missed = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Betweenness sampled = betweenness(graph, {.exact_up_to = 10, .samples = 200, .seed = seed});
        REQUIRE_FALSE(sampled.exact);
        REQUIRE(sampled.error.size() == 400);
        double error = 0;
        double bound = 0;
        for (std::size_t v = 0; v < 400; ++v) {
            error = std::max(error, std::abs(sampled.value[v] - exact.value[v]) - sampled.error[v]);
            bound = std::max(bound, sampled.error[v]);
        }
        missed += error > 0.0 ? 1U : 0U;
        CHECK(bound < 400.0 * 399.0 / 2.0);
        CHECK(betweenness(graph, {.exact_up_to = 10, .samples = 200, .seed = seed}, {3, {}}).value ==
              sampled.value);
    }
    CHECK(missed <= 1);  // 5 % of 20
}
