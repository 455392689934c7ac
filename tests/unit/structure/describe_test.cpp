#include "algorithms/structure/describe.hpp"

#include "engine/error.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace maillage {
namespace {

using testing::add_actors;
using testing::add_expertises;
using testing::add_group;
using testing::add_holding;
using testing::add_pair;

///   a---b   d---e     towns a, b, d; schools c, e, f; f has no partnership
///    \ /
///     c               p1 = {a, b, c}; p2 = d-e about water.clean, 2018 to 2020; p3 = a-b from 2019
Network six_actors() {
    NetworkBuilder builder;
    add_actors(builder, {"a:town", "b:town", "c:school", "d:town", "e:school", "f"});
    add_expertises(builder, {"water", "water.clean<water", "art", "rare", "wanted", "nobody"});
    add_holding(builder, "a", "water");
    add_holding(builder, "b", "water");
    add_holding(builder, "c", "art");
    add_holding(builder, "f", "rare");
    add_holding(builder, "a", "wanted", "seeks");
    add_group(builder, "p1", {"a", "b", "c"}, 2.0);
    add_pair(builder, "p2", "d", "e", "water.clean", Date{2018}, Date{2020});
    add_pair(builder, "p3", "a", "b", {}, Date{2019});
    return testing::build(builder);
}

const ExpertiseFigures& figures_of(const Network& network, const Description& d, std::string_view id) {
    const auto x = network.find_expertise(id).value();
    return *std::find_if(d.expertises.begin(), d.expertises.end(),
                         [x](const ExpertiseFigures& f) { return f.expertise == x; });
}

TEST_CASE("A description counts actors, ties, sets and the strongest", "[structure][unit]") {
    const Network network = six_actors();
    const Projection projection = project(network);
    const Description d = describe(network, projection);
    CHECK(d.graph.actors == 6);
    CHECK(d.graph.ties == 4);
    CHECK(d.graph.weight == 2.0 * 3 / 2 + 1.0 + 1.0);
    CHECK(d.graph.isolates == 1);
    CHECK(d.untied == 1);
    CHECK(d.graph.density == 4.0 / 15.0);
    REQUIRE(d.graph.components.size() == 2);
    CHECK(d.graph.components[0].size == 3);
    CHECK(d.graph.components[0].ties == 3);
    CHECK(network.id(projection.actor(d.graph.components[0].strongest)) == "a");
    CHECK(d.graph.components[1].size == 2);
    REQUIRE(d.graph.strongest.size() == 5);  // f has no tie
    CHECK(network.id(projection.actor(d.graph.strongest[0])) == "a");
    CHECK(network.id(projection.actor(d.graph.strongest[1])) == "b");
    CHECK(d.graph.degree->max == 2.0);
    CHECK(describe(network, projection, {.top = 2}).graph.strongest.size() == 2);
}

TEST_CASE("Coverage counts each tie once for a group it touches", "[structure][unit]") {
    const Network network = six_actors();
    const Description d = describe(network, project(network));
    REQUIRE(d.coverage.size() == 2);
    const Coverage& kinds = d.coverage[0];
    CHECK(kinds.attribute == "kind");
    CHECK(kinds.missing == 1);
    REQUIRE(kinds.groups.size() == 2);
    CHECK(kinds.groups[0].value == "town");
    CHECK(kinds.groups[0].actors == 3);
    CHECK(kinds.groups[0].ties == 4);
    CHECK(kinds.groups[0].ties_inside == 1);
    CHECK(kinds.groups[0].ties_outside == 0);
    CHECK(kinds.groups[1].value == "school");
    CHECK(kinds.groups[1].ties == 3);
    CHECK(kinds.groups[1].ties_inside == 0);
    CHECK(kinds.groups[1].expertises == 2);  // art, and water.clean inferred for e
    CHECK(d.coverage[1].missing == 6);
}

TEST_CASE("The pool knows who holds what alone, and what nobody holds", "[structure][unit]") {
    const Network network = six_actors();
    const Projection projection = project(network);
    const Description d = describe(network, projection);
    const ExpertiseFigures& water = figures_of(network, d, "water");
    CHECK(water.holders == 2);
    CHECK(water.holders_below == 4);  // d and e hold what is below it
    CHECK_FALSE(water.single_holder);
    CHECK_FALSE(water.leaf);
    const ExpertiseFigures& clean = figures_of(network, d, "water.clean");
    CHECK(clean.holders == 2);
    CHECK(clean.inferred == 2);
    const ExpertiseFigures& rare = figures_of(network, d, "rare");
    CHECK(network.id(projection.actor(rare.single_holder.value())) == "f");
    CHECK(figures_of(network, d, "wanted").gap);
    CHECK(figures_of(network, d, "wanted").seekers == 1);
    CHECK_FALSE(figures_of(network, d, "nobody").gap);  // nothing asks for it
    CHECK(d.expertises.front().expertise == network.find_expertise("water").value());
}

TEST_CASE("Partnerships are counted by kind and by year", "[structure][unit]") {
    const Network network = six_actors();
    const Description d = describe(network, project(network));
    CHECK(d.partnerships.partnerships == 3);
    CHECK(d.partnerships.projection.used == 3);
    REQUIRE(d.partnerships.kinds.size() == 1);
    CHECK(d.partnerships.kinds[0].used == 3);
    REQUIRE(d.partnerships.years.size() == 3);
    CHECK(d.partnerships.years[0].year == 2018);
    CHECK(d.partnerships.years[1].started == 1);
    CHECK(d.partnerships.years[1].running == 2);
    CHECK(d.partnerships.years[2].year == 2020);
    CHECK(d.partnerships.years[2].ended == 1);
    CHECK(d.partnerships.years[2].running == 2);
    CHECK(d.partnerships.members->max == 3.0);
    CHECK(d.data.actors_without_kind == 1);
    CHECK(d.data.actors_without_expertise == 0);
    CHECK(d.data.partnerships_without_start == 1);
    CHECK(d.data.partnerships_without_expertise == 2);
}

TEST_CASE("In a scope, ties that leave it count as ties", "[structure][unit]") {
    const Network network = six_actors();
    ProjectionOptions options;
    options.scope = std::pair(std::string("kind"), std::string("school"));
    const Projection all = project(network, options);
    options.scope_only = true;
    const Projection schools = project(network, options);
    const Description d = describe(network, schools, {}, &all);
    CHECK(d.graph.actors == 2);
    CHECK(d.graph.ties == 0);
    CHECK(d.graph.isolates == 2);
    CHECK(d.untied == 0);
    REQUIRE(d.coverage[0].groups.size() == 1);
    CHECK(d.coverage[0].groups[0].tied == 2);
    CHECK(d.coverage[0].groups[0].ties == 3);
    CHECK(d.coverage[0].groups[0].ties_outside == 3);
}

TEST_CASE("An empty network is described", "[structure][unit][degenerate]") {
    NetworkBuilder builder;
    const Network network = testing::build(builder);
    const Description d = describe(network, project(network));
    CHECK(d.graph.actors == 0);
    CHECK_FALSE(d.graph.density);
    CHECK_FALSE(d.graph.degree);
    CHECK(d.graph.components.empty());
    CHECK(d.expertises.empty());
    CHECK_THROWS_AS(describe(network, project(network), {.top = 0}), OptionError);
}

}  // namespace
}  // namespace maillage
