#include "algorithms/community/profile.hpp"

#include "engine/error.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace maillage {
namespace {

// Views of temporaries are refused; these keep the graph alive for the call.
PartitionProfile profile(const CsrGraph& g, const Partition& p) {
    return profile(g.view(), p);
}

Partition blocks(std::vector<std::uint32_t> label) {
    return Partition(label);
}

TEST_CASE("The conductances of the karate optimum are the published fractions", "[community][golden]") {
    const PartitionProfile r = profile(testing::karate(), blocks(testing::karate_optimum()));
    std::vector<double> conductance;
    for (const CommunityProfile& c : r.communities) {
        conductance.push_back(c.conductance.value());
    }
    std::sort(conductance.begin(), conductance.end());
    CHECK(conductance ==
          std::vector<double>{14.0 / 60, 4.0 / 16 < 14.0 / 56 ? 4.0 / 16 : 14.0 / 56, 4.0 / 16, 10.0 / 24});
}

TEST_CASE("A profile counts what stays inside and what leads out", "[community][unit]") {
    const PartitionProfile r = profile(testing::two_triangles(), blocks({0, 0, 0, 1, 1, 1}));
    for (const CommunityProfile& c : r.communities) {
        CHECK(c.size == 3);
        CHECK(c.internal_ties == 3);
        CHECK(c.external_ties == 1);
        CHECK(c.internal_weight == 3.0);
        CHECK(c.external_weight == 1.0);
        CHECK(c.conductance == 1.0 / 7.0);
        CHECK(c.density == 1.0);
        CHECK(c.connected);
    }
    CHECK(r.coverage == 6.0 / 7.0);  // networkx partition_quality of barbell(3, 0)
    CHECK(r.members[0].strength == 1.0);
    CHECK_FALSE(r.members[0].second_strength);
    CHECK(r.members[2].strength == 2.0 / 3.0);
    CHECK(r.members[2].second == CommunityId{1});
    CHECK(r.members[2].second_strength == 1.0 / 3.0);
}

TEST_CASE("A community in two pieces is found out", "[community][unit]") {
    const PartitionProfile r = profile(testing::path(4), blocks({0, 1, 1, 0}));
    CHECK_FALSE(r.communities[0].connected);
    CHECK(r.communities[1].connected);
}

TEST_CASE("What is undefined of a community is empty", "[community][unit][degenerate]") {
    const CsrGraph g = testing::graph_of(4, {{0, 1}, {1, 2}});
    const PartitionProfile r = profile(g, blocks({0, 0, 0, 1}));
    CHECK_FALSE(r.communities[0].conductance);  // it has every tie
    CHECK_FALSE(r.communities[1].conductance);  // it has none
    CHECK(r.communities[1].isolate);
    CHECK_FALSE(r.communities[1].density);
    CHECK_FALSE(r.members[3].strength);
    CHECK(r.coverage == 1.0);
    CHECK_FALSE(profile(testing::empty_graph(2), blocks({0, 1})).coverage);
    CHECK_THROWS_AS(profile(g, blocks({0})), Error);
}

}  // namespace
}  // namespace maillage
