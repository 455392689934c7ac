#include "algorithms/community/quality.hpp"

#include "engine/error.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <numeric>

namespace maillage {
namespace {

// Views of temporaries are refused; these keep the graph alive for the call.
QualityResult quality(const CsrGraph& g, const Partition& p, const QualityOptions& options = {}) {
    return quality(g.view(), p, options);
}

using testing::barbell;

Partition blocks(std::vector<std::uint32_t> label) {
    return Partition(label);
}
double q(const CsrGraph& g, std::vector<std::uint32_t> label, double resolution = 1.0,
         Objective objective = Objective::modularity) {
    return quality(g, blocks(std::move(label)), {.objective = objective, .resolution = resolution})
        .value.value();
}

TEST_CASE("Two cliques of five joined by a tie have the modularity igraph prints", "[community][unit]") {
    const CsrGraph g = barbell(5, 0);
    const std::vector<std::uint32_t> halves{0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    CHECK(q(g, halves, 0.5) == Approx(.702381).margin(1e-6));
    CHECK(q(g, halves, 1.0) == Approx(.452381).margin(1e-6));
    CHECK(q(g, halves, 1.5) == Approx(.202381).margin(1e-6));
}

TEST_CASE("Barbells have the modularities of networkx", "[community][unit]") {
    CHECK(q(barbell(3, 0), {0, 0, 0, 1, 1, 1}) == 70.0 / 196.0);
    CHECK(q(barbell(3, 0), {0, 1, 0, 0, 1, 1}) == -16.0 / 196.0);
    CHECK(q(barbell(5, 3), {0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2}) == Approx(22.0 / 24 - 918.0 / 2304));
}

TEST_CASE("The optimum of the karate club is the exact fraction", "[community][golden]") {
    CHECK(q(testing::karate(), testing::karate_optimum()) == 1277.0 / 3042.0);
    CHECK(q(testing::karate(), testing::karate_clubs()) == 1453.0 / 4056.0);
}

TEST_CASE("The constant Potts model of the split club is igraph's", "[community][golden]") {
    CHECK(q(testing::karate(), testing::karate_clubs(), 0.06, Objective::cpm) ==
          Approx((2 * 67 - 0.06 * 2 * 17 * 17) / 156));
}

TEST_CASE("Weighted communities contribute as the graph data science handbook prints",
          "[community][golden]") {
    // Alice, Bridget, Charles, Doug, Mark, Michael; weights 1 but Alice-Charles-… as in its example
    const std::array<Tie, 4> ties{Tie{VertexId{0}, VertexId{1}, 3.0}, Tie{VertexId{1}, VertexId{2}, 1.0},
                                  Tie{VertexId{2}, VertexId{3}, 5.0}, Tie{VertexId{0}, VertexId{3}, 2.0}};
    const CsrGraph g = CsrGraph::from_ties(4, ties);
    const QualityResult r = quality(g, blocks({0, 0, 1, 1}));
    // by hand: m = 11; inside 3 and 5; strengths 5 + 4 = 9 and 6 + 7 = 13
    REQUIRE(r.contributions.size() == 2);
    CHECK(r.contributions[0] == Approx(3.0 / 11 - 81.0 / 484));
    CHECK(r.contributions[1] == Approx(5.0 / 11 - 169.0 / 484));
    CHECK(std::accumulate(r.contributions.begin(), r.contributions.end(), 0.0) == Approx(*r.value));
}

TEST_CASE("Without a tie the quality is empty and says why", "[community][unit][degenerate]") {
    const QualityResult r = quality(testing::empty_graph(3), blocks({0, 1, 2}));
    CHECK_FALSE(r.value);
    CHECK(r.why == "no_edges");
    CHECK(r.contributions.empty());
}

TEST_CASE("A resolution that is not above 0 and a partition of another size are refused",
          "[community][unit]") {
    for (const double bad : {0.0, -1.0, std::numeric_limits<double>::infinity()}) {
        CHECK_THROWS_AS(quality(testing::path(2), blocks({0, 0}), {.resolution = bad}), OptionError);
    }
    CHECK_THROWS_AS(quality(testing::path(3), blocks({0, 0})), Error);
}

}  // namespace
}  // namespace maillage
