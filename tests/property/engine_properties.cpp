#include "engine/csr_graph.hpp"
#include "engine/network_builder.hpp"
#include "engine/partition.hpp"
#include "engine/projection.hpp"
#include "engine/random.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace maillage;
using namespace maillage::testing;

namespace {

struct Rows {
    std::vector<std::string> actors;
    std::vector<std::vector<std::string>> groups;
    std::vector<std::pair<std::string, std::string>> holdings;
};

Rows random_rows(Rng& rng) {
    Rows rows;
    const std::uint32_t n = 2 + rng.below(12);
    for (std::uint32_t a = 0; a < n; ++a) {
        rows.actors.push_back("actor" + std::to_string(a * 7919 % 1000) + "x" + std::to_string(a));
    }
    const std::uint32_t groups = rng.below(20);
    for (std::uint32_t g = 0; g < groups; ++g) {
        std::set<std::string> members;
        const std::uint32_t size = 2 + rng.below(4);
        for (std::uint32_t m = 0; m < size; ++m) {
            members.insert(rows.actors[rng.below(n)]);
        }
        rows.groups.emplace_back(members.begin(), members.end());
    }
    for (std::uint32_t h = 0; h < 15; ++h) {
        rows.holdings.emplace_back(rows.actors[rng.below(n)], "x" + std::to_string(rng.below(5)));
    }
    return rows;
}

Network build_in_order(const Rows& rows, Rng rng, bool shuffled) {
    std::vector<std::uint32_t> actor_order(rows.actors.size()), group_order(rows.groups.size()),
        holding_order(rows.holdings.size());
    for (auto* order : {&actor_order, &group_order, &holding_order}) {
        for (std::uint32_t i = 0; i < order->size(); ++i) {
            (*order)[i] = i;
        }
        if (shuffled) {
            rng.shuffle(std::span(*order));
        }
    }
    NetworkBuilder builder;
    for (const auto g : group_order) {
        add_group(builder, "g" + std::to_string(g), rows.groups[g]);
    }
    for (const auto h : holding_order) {
        add_holding(builder, rows.holdings[h].first, rows.holdings[h].second);
    }
    std::vector<std::string> actors;
    for (const auto a : actor_order) {
        actors.push_back(rows.actors[a]);
    }
    add_actors(builder, actors);
    add_expertises(builder, {"x4", "x1<x0", "x0", "x3", "x2<x0"});
    return build(builder);
}

}  // namespace

TEST_CASE("a network and its projection do not depend on the order of rows or tables", "[engine][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const Rows rows = random_rows(rng);
    const Network straight = build_in_order(rows, rng, false);
    const Network shuffled = build_in_order(rows, rng, true);
    const Projection p = project(straight);
    const Projection q = project(shuffled);
    REQUIRE(p.graph.vertex_count() == q.graph.vertex_count());
    for (const VertexId v : p.graph.view().vertices()) {
        CHECK(straight.id(p.actor(v)) == shuffled.id(q.actor(v)));
    }
    const auto equal = [](auto x, auto y) { return std::equal(x.begin(), x.end(), y.begin(), y.end()); };
    CHECK(equal(p.graph.view().offsets(), q.graph.view().offsets()));
    CHECK(equal(p.graph.view().targets(), q.graph.view().targets()));
    CHECK(equal(p.graph.view().weights(), q.graph.view().weights()));
    CHECK(p.offers.size() == q.offers.size());
}

TEST_CASE("an actor's strength is its number of partnerships of two or more", "[engine][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const Rows rows = random_rows(rng);
    std::map<std::string, double> expected;
    for (const auto& group : rows.groups) {
        for (const auto& member : group) {
            expected[member] += group.size() > 1 ? 1.0 : 0.0;
        }
    }
    const Network network = build_in_order(rows, rng, true);
    const Projection p = project(network);
    for (const VertexId v : p.graph.view().vertices()) {
        CHECK(p.graph.view().strength(v) ==
              Approx(expected[std::string(network.id(p.actor(v)))]).margin(1e-12));
    }
}

TEST_CASE("a partition is the same whatever its blocks were called", "[engine][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 1 + rng.below(40);
    const std::uint32_t blocks = 1 + rng.below(n);
    std::vector<std::uint32_t> labels(n), renamed(n), names(blocks);
    for (std::uint32_t b = 0; b < blocks; ++b) {
        names[b] = b * 104729U + 17U;
    }
    rng.shuffle(std::span(names));
    for (std::uint32_t v = 0; v < n; ++v) {
        labels[v] = rng.below(blocks);
        renamed[v] = names[labels[v]];
    }
    const Partition p{labels};
    CHECK(p == Partition{renamed});
    std::size_t total = 0;
    for (const CommunityId c : p.ids()) {
        CHECK((index_of(c) == 0 || p.size(id_at<CommunityId>(index_of(c) - 1)) >= p.size(c)));
        total += p.size(c);
    }
    CHECK(total == n);
}
