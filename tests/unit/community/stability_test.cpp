#include "algorithms/community/stability.hpp"

#include "engine/error.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

namespace maillage {
namespace {

// Views of temporaries are refused; these keep the graph alive for the call.
StabilityResult stability(const CsrGraph& g, const std::vector<Partition>& runs, std::size_t kept) {
    return stability(g.view(), runs, kept);
}

using Labels = std::vector<std::uint32_t>;

TEST_CASE("Runs that agree are sure, and isolated vertices have no say", "[community][unit]") {
    const CsrGraph g = testing::graph_of(7, {{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}, {2, 5}});
    const Partition p(Labels{0, 0, 0, 1, 1, 1, 2});
    const std::vector<Partition> runs{p, p, p};
    const StabilityResult r = stability(g, runs, 0);
    CHECK(r.runs == 3);
    CHECK(r.mean_ami == 1.0);
    CHECK(r.confidence[0] == 1.0);
    CHECK_FALSE(r.confidence[6]);
    CHECK(r.community_confidence[0] == 1.0);
    CHECK_FALSE(r.community_confidence[2]);
}

TEST_CASE("Confidence is the share of the other runs that agree, along ties", "[community][unit]") {
    const CsrGraph g = testing::two_triangles();
    const std::vector<Partition> runs{Partition(Labels{0, 0, 0, 1, 1, 1}),
                                      Partition(Labels{0, 0, 1, 1, 1, 1}),
                                      Partition(Labels{0, 0, 0, 1, 1, 1})};
    const StabilityResult r = stability(g, runs, 0);
    CHECK(r.confidence[0] == 3.0 / 4.0);  // with 1 in both others, with 2 in one of two
    CHECK(r.confidence[2] == 1.0 / 2.0);
    CHECK(r.confidence[3] == 1.0);
    CHECK(*r.mean_ami < 1.0);
    CHECK(*r.mean_ami > 0.0);
    CHECK(r.community_confidence[0] == Approx((0.75 + 0.75 + 0.5) / 3.0));
}

TEST_CASE("One run or no tie leaves stability empty and says why", "[community][unit][degenerate]") {
    const std::vector<Partition> one{Partition(Labels{0, 0})};
    CHECK(stability(testing::path(2), one, 0).why == "single_run");
    CHECK_FALSE(stability(testing::path(2), one, 0).mean_ami);
    const std::vector<Partition> two{Partition(Labels{0, 1}), Partition(Labels{0, 1})};
    CHECK(stability(testing::empty_graph(2), two, 0).why == "no_edges");
    CHECK_THROWS_AS(stability(testing::path(2), one, 1), Error);
    CHECK_THROWS_AS(stability(testing::path(3), one, 0), Error);
}

}  // namespace
}  // namespace maillage
