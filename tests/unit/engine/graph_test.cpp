#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/incidence.hpp"
#include "engine/labels.hpp"
#include "engine/partition.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace maillage;

namespace {
VertexId v(std::uint32_t i) {
    return VertexId{i};
}
}  // namespace

static_assert(!std::is_convertible_v<ActorId, ExpertiseId>);
static_assert(!std::is_convertible_v<std::uint32_t, ActorId>);

TEST_CASE("csr graph: parallel ties are summed, rows are sorted, isolates stay", "[engine][unit]") {
    const Tie ties[] = {{v(2), v(0), 1.5}, {v(0), v(1), 1.0}, {v(0), v(2), 0.5}};
    const CsrGraph graph = CsrGraph::from_ties(4, ties);
    const GraphView g = graph.view();
    CHECK(g.vertex_count() == 4);
    CHECK(g.edge_count() == 2);
    CHECK(g.weight_between(v(0), v(2)) == 2.0);
    CHECK(g.weight_between(v(2), v(0)) == 2.0);
    CHECK(g.weight_between(v(1), v(2)) == 0.0);
    CHECK(g.strength(v(0)) == 3.0);
    CHECK(g.total_weight() == 3.0);
    CHECK(g.degree(v(3)) == 0);
    CHECK(g.adjacent(v(2), v(0)));
    CHECK_FALSE(g.adjacent(v(1), v(2)));
}

TEST_CASE("csr graph: loops, strangers and weights that are no strength are refused", "[engine][unit]") {
    const auto build = [](Tie tie) { return CsrGraph::from_ties(2, std::span(&tie, 1)); };
    CHECK_THROWS_AS(build({v(0), v(0), 1.0}), Error);
    CHECK_THROWS_AS(build({v(0), v(2), 1.0}), Error);
    CHECK_THROWS_AS(build({v(0), v(1), 0.0}), Error);
    CHECK_THROWS_AS(build({v(0), v(1), -1.0}), Error);
    CHECK_THROWS_AS(build({v(0), v(1), std::numeric_limits<double>::infinity()}), Error);
    CHECK_THROWS_AS(build({v(0), v(1), std::numeric_limits<double>::quiet_NaN()}), Error);
}

TEST_CASE("csr graph: no vertices, and vertices without ties", "[engine][unit][degenerate]") {
    CHECK(CsrGraph().vertex_count() == 0);
    const CsrGraph lonely = CsrGraph::from_ties(3, {});
    CHECK(lonely.view().edge_count() == 0);
    CHECK(lonely.view().total_weight() == 0.0);
}

TEST_CASE("induced subgraph: keeps ties between kept vertices, renumbered in order", "[engine][unit]") {
    const Tie ties[] = {{v(0), v(1), 1.0}, {v(1), v(2), 2.0}, {v(2), v(3), 3.0}, {v(1), v(3), 4.0}};
    const CsrGraph graph = CsrGraph::from_ties(4, ties);
    const std::uint8_t keep[] = {0, 1, 1, 1};
    const CsrGraph part = induced_subgraph(graph, keep);
    CHECK(part.view().edge_count() == 3);
    CHECK(part.view().weight_between(v(0), v(2)) == 4.0);
    CHECK_THROWS_AS(induced_subgraph(graph, std::span(keep, 2)), Error);
}

TEST_CASE("incidence: a declared link wins, else the highest level", "[engine][unit]") {
    const auto x = ExpertiseId{1};
    const Incidence incidence(
        2, 3, {{v(0), x, 0.9F, true}, {v(0), x, 0.4F, false}, {v(1), x, 0.2F, true}, {v(1), x, 0.6F, true}});
    REQUIRE(incidence.of(v(0)).size() == 1);
    CHECK(incidence.of(v(0))[0].level == 0.4F);
    CHECK_FALSE(incidence.of(v(0))[0].inferred);
    REQUIRE(incidence.of(x).size() == 2);
    CHECK(incidence.of(x)[1].level == 0.6F);
    CHECK(incidence.of(ExpertiseId{0}).empty());
}

TEST_CASE("partition: canonical by size, then by smallest member", "[engine][unit]") {
    const std::uint32_t labels[] = {7, 9, 9, 4000000000U, 9, 4000000000U};
    const Partition p{labels};
    CHECK(p.community_count() == 3);
    CHECK(p[v(1)] == CommunityId{0});
    CHECK(p[v(3)] == CommunityId{1});
    CHECK(p[v(0)] == CommunityId{2});
    const std::uint32_t same[] = {1, 0, 0, 5, 0, 5};
    CHECK(p == Partition{same});
    CHECK(p.members()[1] == std::vector<VertexId>{v(3), v(5)});
    CHECK(Partition{}.community_count() == 0);
}

TEST_CASE("labels: groups in byte order, lists split, missing never a group", "[engine][unit]") {
    const std::string_view values[] = {"town", "", "school | town", "town|town", " | "};
    const GroupLabels labels("kind", values);
    CHECK(labels.names() == std::vector<std::string>{"school", "town"});
    CHECK(labels.missing() == 2);
    CHECK(labels.multi_valued());
    CHECK(labels.of(v(2)).size() == 2);
    CHECK(labels.of(v(3)).size() == 1);
    CHECK(labels.first(v(1)) == none<GroupId>);
    CHECK(labels.sizes() == std::vector<std::size_t>{1, 3});
}
