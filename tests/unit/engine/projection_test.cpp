#include "engine/projection.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

using namespace maillage;
using namespace maillage::testing;

namespace {

double weight(const Network& network, const Projection& p, std::string_view a, std::string_view b) {
    return p.graph.view().weight_between(p.vertex(*network.find_actor(a)), p.vertex(*network.find_actor(b)));
}

}  // namespace

TEST_CASE("projection: a partnership of k members adds weight/(k-1) to each pair", "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "c", "d", "alone"});
    add_group(builder, "four", {"a", "b", "c", "d"}, 3.0);
    add_group(builder, "two", {"a", "b"});
    const Network network = build(builder);

    const Projection newman = project(network);
    CHECK(weight(network, newman, "a", "b") == 2.0);
    CHECK(weight(network, newman, "c", "d") == 1.0);
    CHECK(newman.graph.view().strength(newman.vertex(*network.find_actor("a"))) == 4.0);
    CHECK(newman.graph.vertex_count() == 5);

    const Projection count = project(network, {.tie_weight = TieWeight::count});
    CHECK(weight(network, count, "a", "b") == 4.0);
    const Projection one = project(network, {.tie_weight = TieWeight::one});
    CHECK(weight(network, one, "a", "b") == 1.0);
    CHECK(one.graph.edge_count() == 6);
}

TEST_CASE("projection: the window keeps what was running at some time in it", "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "c", "d", "e"});
    add_pair(builder, "old", "a", "b", {}, Date{1990, 0, 0}, Date{1999, 0, 0});
    add_pair(builder, "late", "a", "c", {}, Date{2018, 7, 0});
    add_pair(builder, "undated", "a", "d");
    add_pair(builder, "through", "a", "e", {}, Date{1980, 0, 0});
    const Network network = build(builder);

    const Projection p = project(network, {.from = Date{2000, 0, 0}, .to = Date{2018, 0, 0}});
    CHECK(p.summary.outside_window == 1);
    CHECK(weight(network, p, "a", "b") == 0.0);
    CHECK(weight(network, p, "a", "c") == 1.0);
    CHECK(p.summary.undated == 1);
    const Projection earlier = project(network, {.to = Date{2018, 6, 0}});
    CHECK(weight(network, earlier, "a", "c") == 0.0);
    CHECK_THROWS_AS(project(network, {.from = Date{2019, 0, 0}, .to = Date{2018, 0, 0}}), OptionError);
}

TEST_CASE("projection: excluded kinds make no tie and no expertise; an unknown kind is refused",
          "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b"});
    add_expertises(builder, {"x"});
    PartnershipRecord record;
    record.id = cell("p");
    record.kind = cell("part_of");
    record.a = cell("a");
    record.b = cell("b");
    const Cell topics[] = {cell("x")};
    record.expertises = topics;
    builder.add(record);
    const Network network = build(builder);
    const Projection p = project(network, {.excluded_kinds = {"part_of"}});
    CHECK(p.summary.excluded_kind == 1);
    CHECK(p.graph.edge_count() == 0);
    CHECK(p.offers.size() == 0);
    CHECK_THROWS_WITH(project(network, {.excluded_kinds = {"part-of"}}), Catch::Contains("part_of"));
}

TEST_CASE("projection: inferred expertise, from what was known at the date", "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "c"});
    add_expertises(builder, {"x", "y"});
    add_pair(builder, "p1", "a", "b", "x", Date{2010, 0, 0}, Date{2010, 0, 0});
    add_pair(builder, "p2", "a", "c", "x", Date{2015, 0, 0});
    add_pair(builder, "p3", "b", "c", "y", Date{2020, 0, 0});
    add_holding(builder, "c", "x", "offers", 0.25);
    add_holding(builder, "c", "y", "seeks");
    const Network network = build(builder);
    const auto level = [&](const Projection& p, std::string_view actor, std::string_view expertise) {
        for (const auto& link : p.offers.of(p.vertex(*network.find_actor(actor)))) {
            if (link.expertise == *network.find_expertise(expertise)) {
                return static_cast<double>(link.level);
            }
        }
        return 0.0;
    };
    // reference 2020.5: p1 ended ten years before and counts 1/2, p2 runs and counts 1
    const Projection now = project(network);
    CHECK(level(now, "a", "x") == Approx(1.5 / 2.5));
    CHECK(level(now, "b", "x") == Approx(0.5 / 1.5));
    CHECK(level(now, "c", "x") == 0.25);
    CHECK(level(now, "c", "y") == 0.5);
    CHECK(now.seeks.size() == 1);
    const Projection then = project(network, {.to = Date{2012, 0, 0}});
    CHECK(level(then, "b", "y") == 0.0);
    const Projection declared = project(network, {.expertises = ExpertiseSource::declared});
    CHECK(declared.offers.size() == 1);
    const Projection inferred = project(network, {.expertises = ExpertiseSource::inferred});
    CHECK(level(inferred, "c", "x") == 0.5);
}

TEST_CASE("projection: scope marks or restricts, and does not change the ties that stay", "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a:in", "b:in", "c:out"});
    add_group(builder, "three", {"a", "b", "c"});
    const Network network = build(builder);
    const auto scope = std::optional(std::pair<std::string, std::string>("kind", "in"));
    const Projection marked = project(network, {.scope = scope});
    CHECK(marked.in_scope == std::vector<std::uint8_t>{1, 1, 0});
    CHECK(marked.graph.edge_count() == 3);
    const Projection restricted = project(network, {.scope = scope, .scope_only = true});
    CHECK(restricted.graph.vertex_count() == 2);
    CHECK(restricted.graph.view().weight_between(VertexId{0}, VertexId{1}) == 0.5);
    CHECK(restricted.vertex(*network.find_actor("c")) == none<VertexId>);
    CHECK_THROWS_AS(project(network, {.scope = {{"nothing", "1"}}}), OptionError);
}
