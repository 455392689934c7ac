#include "algorithms/segregation/cohesion.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/structure/graph_shape.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

constexpr std::array<std::string_view, 3> group_names = {"a", "b", "c"};

GroupLabels labels_of(const std::vector<std::uint32_t>& groups) {
    std::vector<std::string_view> values;
    for (const std::uint32_t g : groups) {
        values.push_back(group_names[g]);
    }
    return {"group", values};
}

/// The graph without a tie, or without all ties of a vertex.
CsrGraph without(GraphView g, VertexId a, VertexId b) {
    std::vector<Tie> ties;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            const bool lost =
                b == none<VertexId> ? v == a || u == a : (v == a && u == b) || (v == b && u == a);
            if (v < u && !lost) {
                ties.push_back({v, u, 1.0});
            }
        }
    }
    return CsrGraph::from_ties(g.vertex_count(), ties);
}

struct Joined {
    std::uint64_t pairs = 0, crossing = 0;
};
Joined joined(GraphView g, const GroupLabels& labels, VertexId aside) {
    const Partition parts = connected_components(g);
    Joined result;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.vertices()) {
            if (v < u && v != aside && u != aside && parts[v] == parts[u]) {
                ++result.pairs;
                result.crossing += share_a_group(labels.of(v), labels.of(u)) ? 0U : 1U;
            }
        }
    }
    return result;
}

}  // namespace

TEST_CASE("cohesion: two triangles and their bridge", "[cohesion][unit]") {
    const CsrGraph graph = two_triangles();
    const std::vector<GroupLabels> groupings = {labels_of({0, 0, 0, 1, 1, 1})};
    const Cohesion held = cohesion(graph, groupings, 10);
    CHECK(held.bridges == 1);
    CHECK(held.dangling == 0);
    CHECK(held.cut_vertices == 2);
    CHECK(held.joined_pairs == 15);
    REQUIRE(held.ties.size() == 1);
    const HoldingTie& tie = held.ties[0];
    CHECK(tie.a == VertexId{2});
    CHECK(tie.b == VertexId{5});
    CHECK(tie.side_a == 3);
    CHECK(tie.side_b == 3);
    CHECK(tie.loss.more_components == 1);
    CHECK(tie.loss.cut_off == 3);
    CHECK(tie.loss.pairs == 9);
    CHECK(tie.loss.crossing_pairs == std::vector<std::uint64_t>{9});
    CHECK(*tie.loss.ei_before[0].value == Approx(-5.0 / 7));
    CHECK(*tie.loss.ei_after[0].value == Approx(-1.0));
    REQUIRE(held.actors.size() == 2);
    CHECK(held.actors[0].vertex == VertexId{2});
    CHECK(held.actors[0].parts == std::vector<std::size_t>{3, 2});
    CHECK(held.actors[0].loss.pairs == 6);
    CHECK(held.actors[0].loss.cut_off == 2);
}

TEST_CASE("cohesion: nothing holds a ring, a star hangs on its centre", "[cohesion][degenerate]") {
    const CsrGraph ring = cycle(6);
    const Cohesion free = cohesion(ring, {}, 5);
    CHECK(free.bridges == 0);
    CHECK(free.ties.empty());
    CHECK(free.actors.empty());
    const CsrGraph hub = star(4);
    const Cohesion hung = cohesion(hub, {}, 2);
    CHECK(hung.bridges == 4);
    CHECK(hung.dangling == 4);
    CHECK(hung.ties.size() == 2);
    REQUIRE(hung.actors.size() == 1);
    CHECK(hung.actors[0].parts == std::vector<std::size_t>{1, 1, 1, 1});
    CHECK(hung.actors[0].loss.more_components == 3);
    CHECK(hung.actors[0].loss.pairs == 6);
    const CsrGraph nobody;
    CHECK(cohesion(nobody, {}, 3).joined_pairs == 0);
    const std::vector<GroupLabels> wrong = {labels_of({0, 1})};
    CHECK_THROWS_AS(cohesion(hub, wrong, 3), Error);
}

TEST_CASE("cohesion: losses are those of the graph without the tie or the actor", "[cohesion][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 4 + rng.below(22);
    const CsrGraph graph = random_graph(rng, n, 2.2 * rng.uniform01() / n);
    const std::vector<GroupLabels> groupings = {labels_of(random_labels(rng, n, 3))};
    const GraphView g = graph;
    const Cohesion held = cohesion(g, groupings, 1000);
    const std::uint64_t all = joined(g, groupings[0], none<VertexId>).pairs;
    CHECK(held.joined_pairs == all);
    std::size_t bridges = 0;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u) {
                const CsrGraph cut = without(g, v, u);
                const Joined left = joined(cut, groupings[0], none<VertexId>);
                const bool holds = left.pairs < all;
                bridges += holds ? 1U : 0U;
                const auto found = std::find_if(held.ties.begin(), held.ties.end(),
                                                [&](const HoldingTie& t) { return t.a == v && t.b == u; });
                CHECK((found != held.ties.end()) == holds);
                if (holds && found != held.ties.end()) {
                    CHECK(found->loss.pairs == all - left.pairs);
                    CHECK(found->loss.crossing_pairs[0] ==
                          joined(g, groupings[0], none<VertexId>).crossing - left.crossing);
                }
            }
        }
        const Joined with = joined(g, groupings[0], v);
        const CsrGraph cut = without(g, v, none<VertexId>);
        const Joined left = joined(cut, groupings[0], v);
        const auto found = std::find_if(held.actors.begin(), held.actors.end(),
                                        [&](const HoldingActor& a) { return a.vertex == v; });
        CHECK((found != held.actors.end()) == (left.pairs < with.pairs));
        if (found != held.actors.end()) {
            CHECK(found->loss.pairs == with.pairs - left.pairs);
            CHECK(found->loss.crossing_pairs[0] == with.crossing - left.crossing);
        }
    }
    CHECK(held.bridges == bridges);
}

TEST_CASE("cohesion: a path of 100,000 actors is no recursion", "[cohesion][unit]") {
    const CsrGraph line = path(100'000);
    const Cohesion held = cohesion(line, {}, 1);
    CHECK(held.bridges == 99'999);
    CHECK(held.cut_vertices == 99'998);
    CHECK(held.ties[0].loss.cut_off == 50'000);
}
