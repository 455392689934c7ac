#include "algorithms/community/consensus.hpp"

#include "engine/error.hpp"

#include "algorithms/community/communities.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

namespace maillage {
namespace {

using Labels = std::vector<std::uint32_t>;

TEST_CASE("Runs that agree are their own consensus", "[community][unit]") {
    const CsrGraph g = testing::two_triangles();
    const Partition p(Labels{0, 0, 0, 1, 1, 1});
    const Consensus c = consensus(g, {p, p, p}, [](GraphView) -> std::vector<Partition> {
        FAIL("nothing was left to divide");
        return {};
    });
    CHECK(c.partition == p);
    CHECK(c.rounds == 0);
    CHECK(c.agreed);
}

TEST_CASE("Ties that less than half of the runs keep are left out, the others weigh what they agree",
          "[community][unit]") {
    const CsrGraph g = testing::path(4);  // 0-1-2-3
    const std::vector<Partition> runs{Partition(Labels{0, 0, 1, 1}), Partition(Labels{0, 0, 0, 1}),
                                      Partition(Labels{0, 0, 1, 1}), Partition(Labels{0, 1, 2, 2})};
    const Consensus c = consensus(g, runs, [](GraphView h) {
        CHECK(h.edge_count() == 2);
        CHECK(h.weight_between(VertexId{0}, VertexId{1}) == 0.75);
        CHECK(h.weight_between(VertexId{2}, VertexId{3}) == 0.75);
        return std::vector<Partition>(3, Partition(Labels{0, 0, 1, 1}));
    });
    CHECK(c.partition == runs.front());
    CHECK(c.rounds == 1);
}

TEST_CASE("A consensus that is never reached says so", "[community][unit]") {
    const CsrGraph g = testing::path(3);
    const std::vector<Partition> runs{Partition(Labels{0, 0, 1}), Partition(Labels{0, 1, 1})};
    const Consensus c = consensus(g, runs, [&runs](GraphView) { return runs; });
    CHECK_FALSE(c.agreed);
    CHECK(c.rounds == 10);
    CHECK_THROWS_AS(consensus(g, {}, [&runs](GraphView) { return runs; }), Error);
    CHECK_THROWS_AS(consensus(g, {Partition(Labels{0})}, [&runs](GraphView) { return runs; }), Error);
}

TEST_CASE("find_communities has a consensus of ten runs and none of a few", "[community][unit]") {
    Rng rng(3);
    const CsrGraph g = testing::planted_graph(rng, 300, 6, 1500, 0.7);
    const Incidence offers(300, 0, {});
    const CommunitiesResult ten = find_communities(g, offers, {}, {.threads = 2});
    REQUIRE(ten.consensus);
    CHECK(ten.consensus->partition.vertex_count() == 300);
    CHECK(compare(ten.consensus->partition, ten.partition()).adjusted_mutual_information.arithmetic > 0.8);
    CHECK_FALSE(find_communities(g, offers, {.leiden = {.runs = 3}}).consensus);
}

}  // namespace
}  // namespace maillage
