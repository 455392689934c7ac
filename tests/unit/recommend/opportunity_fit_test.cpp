#include "algorithms/recommend/opportunity_fit.hpp"

#include "engine/error.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::add_expertises;
using maillage::testing::add_holding;
using maillage::testing::add_pair;
using maillage::testing::cell;

void add_actor(NetworkBuilder& builder, std::string_view id, std::string_view kind,
               std::string_view country) {
    ActorRecord record;
    record.id = cell(id);
    record.name = cell(id);
    record.kind = cell(kind);
    record.country = cell(country);
    builder.add(record);
}

void ask(NetworkBuilder& builder, std::string_view opportunity, std::string_view expertise, double weight,
         double holders = 1.0) {
    OpportunityExpertiseRecord record;
    record.opportunity = cell(opportunity);
    record.expertise = cell(expertise);
    record.weight.value = weight;
    record.min_holders.value = holders;
    builder.add(record);
}

/// me is tied to town (and abroad, out of scope by its kind); new and far are strangers. The call asks for x
/// (weight 2), y (two holders) and z; the second call for z, of German actors; the group for nothing.
class Region {
public:
    Region() {
        add_actor(builder, "me", "town", "FR");
        add_actor(builder, "town", "town", "FR");
        add_actor(builder, "new", "school", "DE");
        add_actor(builder, "far", "town", "FR");
        add_actor(builder, "abroad", "foreign", "IT");
        add_expertises(builder, {"x", "y", "z"});
        add_pair(builder, "p1", "me", "town");
        add_pair(builder, "p2", "me", "abroad");
        add_holding(builder, "me", "x", "offers", 0.5);
        add_holding(builder, "town", "y");
        add_holding(builder, "new", "y");
        add_holding(builder, "new", "z");
        add_holding(builder, "far", "z", "offers", 0.5);
        const Cell required[] = {cell("school"), cell("agency")};
        OpportunityRecord call;
        call.id = cell("call");
        call.title = cell("Call");
        call.opens.value = Date{2024, 3, 1};
        call.deadline.value = Date{2024, 5, 6};
        call.min_partners.value = 4;
        call.min_countries.value = 2;
        call.required_kinds = required;
        builder.add(call);
        const Cell countries[] = {cell("DE")};
        OpportunityRecord german;
        german.id = cell("german");
        german.title = cell("German call");
        german.countries = countries;
        builder.add(german);
        OpportunityRecord group;
        group.id = cell("group");
        group.title = cell("Group");
        builder.add(group);
        ask(builder, "call", "x", 2.0);
        ask(builder, "call", "y", 1.0, 2.0);
        ask(builder, "call", "z", 1.0);
        ask(builder, "german", "x", 1.0);
    }
    NetworkBuilder builder;
};

struct Made {
    explicit Made(Region& region, bool barred_new = false)
        : network(build(region)),
          projection(project(network)),
          in_scope{0, 1, 1, 1, 1},  // abroad, far, me, new, town
          barred(CsrGraph::from_ties(
              5, barred_new ? std::vector<Tie>{{vertex("me"), vertex("new"), 1.0}} : std::vector<Tie>{})),
          model(RecommendInput{
              projection.graph, {}, projection.offers, projection.seeks, in_scope, {}, barred}) {}
    static Network build(Region& region) {
        std::vector<Diagnostic> diagnostics;
        return region.builder.build(diagnostics);
    }
    [[nodiscard]] VertexId vertex(std::string_view id) const {
        return projection.vertex(*network.find_actor(id));
    }
    [[nodiscard]] std::string id(VertexId v) const { return std::string(network.id(projection.actor(v))); }
    [[nodiscard]] std::vector<std::string> ids(const std::vector<Helper>& helpers) const {
        std::vector<std::string> list;
        for (const Helper& h : helpers) {
            list.push_back(id(h.partner));
        }
        return list;
    }
    Network network;
    Projection projection;
    std::vector<std::uint8_t> in_scope;
    CsrGraph barred;
    PairModel model;
};

using Ids = std::vector<std::string>;

TEST_CASE("opportunity fit: shares, gains, partners and the group by hand", "[recommend][unit]") {
    Region region;
    const Made m(region);
    const OpportunitySearch search(m.network, m.projection, m.model);
    const auto fits = search.fits(m.vertex("me"), true);
    REQUIRE(fits.size() == 2);
    const OpportunityFit& call = fits[0];
    CHECK(m.network.id(call.opportunity) == "call");
    CHECK(call.rank == 1);
    CHECK(call.fit == 0.25);  // 2 times 1/2 of a weight of 4
    CHECK(call.coverage == 0.25);
    CHECK(call.status == CallStatus::unjudged);
    CHECK_FALSE(call.country_ok);
    CHECK_FALSE(call.kind_required);
    REQUIRE(call.asked.size() == 3);
    CHECK(call.asked[0].lacking == 0.5);
    CHECK(call.asked[1].lacking == 2.0);
    CHECK(m.ids(call.tied) == Ids{"town"});
    CHECK(call.tied[0].gain == 0.125);  // one of two holders of y
    CHECK(m.ids(call.fresh) == Ids{"new", "far"});
    CHECK(call.fresh[0].gain == 0.375);
    CHECK(call.fresh[0].brings_kind);
    CHECK(call.fresh[0].brings_country);
    CHECK(call.fresh[1].gain == 0.125);
    CHECK_FALSE(call.fresh[1].brings_country);
    CHECK(m.ids(call.group) == Ids{"new", "town"});
    CHECK(call.coverage_of_group == 0.75);
    REQUIRE(call.still_missing.size() == 1);
    CHECK(m.network.id(call.still_missing[0]) == "x");
    REQUIRE(call.conditions.size() == 4);
    CHECK(call.conditions[0].what == Condition::What::partners_at_least);
    CHECK(call.conditions[0].reached == 3);
    CHECK_FALSE(call.conditions[0].ok());
    CHECK(call.conditions[1].what == Condition::What::countries_at_least);
    CHECK(call.conditions[1].ok());
    CHECK(call.conditions[2].ok());        // a school
    CHECK_FALSE(call.conditions[3].ok());  // no agency anywhere
    CHECK(fits[1].country_ok == false);    // of another country: last, though it fits better
    CHECK(fits[1].fit == 0.5);
}

TEST_CASE("opportunity fit: nobody who is barred, countries from partners, groups no larger than allowed",
          "[recommend][unit]") {
    Region region;
    const Made m(region, true);
    const OpportunitySearch search(m.network, m.projection, m.model);
    const OpportunityFit call = search.fits(m.vertex("me"), true).front();
    CHECK(m.ids(call.fresh) == Ids{"far"});
    // town and far raise the coverage, by as much: the one that is tied first. A second country is left to the
    // partner abroad, who is out of scope and tied.
    CHECK(m.ids(call.group) == Ids{"town", "far", "abroad"});
    CHECK(call.group[2].brings_country);
    CHECK(call.group[2].brings.empty());
    const OpportunitySearch small(m.network, m.projection, m.model, {.most_members = 2});
    CHECK(m.ids(small.fits(m.vertex("me"), true).front().group) == Ids{"town"});
    const OpportunitySearch alone(m.network, m.projection, m.model, {.most_members = 1});
    CHECK(alone.fits(m.vertex("me"), true).front().group.empty());
}

TEST_CASE("opportunity fit: who is best placed, how many fit, and who fits nothing", "[recommend][unit]") {
    Region region;
    const Made m(region);
    const OpportunitySearch search(m.network, m.projection, m.model);
    const auto actors = search.actors(*m.network.find_opportunity("call"));
    REQUIRE(actors.size() == 4);
    CHECK(m.id(actors[0].actor) == "new");
    CHECK(actors[0].fit == 0.5);
    CHECK(actors[0].coverage == 0.375);
    CHECK(m.id(actors[1].actor) == "me");    // 1/4, all of it covered
    CHECK(m.id(actors[2].actor) == "town");  // 1/4, one of two holders
    CHECK(m.id(actors[3].actor) == "far");
    CHECK(search.count(m.vertex("me")) == 2);
    CHECK(search.count(m.vertex("abroad")) == 0);
    CHECK(search.fits(m.vertex("abroad"), true).empty());
    CHECK(search.actors(*m.network.find_opportunity("group")).empty());
    CHECK_THROWS_AS(OpportunitySearch(m.network, m.projection, m.model, {.top = 0}), OptionError);
}

TEST_CASE("opportunity fit: where a call stands on a day", "[recommend][unit][degenerate]") {
    Opportunity call;
    CHECK(status_of(call, Date{2024, 1, 1}) == CallStatus::undated);
    call.opens = Date{2024, 3, 0};
    call.deadline = Date{2024, 5, 6};
    CHECK(status_of(call, std::nullopt) == CallStatus::unjudged);
    CHECK(status_of(call, Date{2024, 2, 29}) == CallStatus::upcoming);
    CHECK(status_of(call, Date{2024, 3, 1}) == CallStatus::open);
    CHECK(status_of(call, Date{2024, 5, 6}) == CallStatus::open);
    CHECK(status_of(call, Date{2024, 5, 7}) == CallStatus::closed);
    CHECK(status_of(call, Date{2024, 0, 0}) == CallStatus::closed);  // the end of 2024
    call.deadline = Date{2024, 0, 0};
    CHECK(status_of(call, Date{2024, 12, 31}) == CallStatus::open);
}

TEST_CASE("opportunity fit: closed calls come last", "[recommend][unit]") {
    Region region;
    const Made m(region);
    const OpportunitySearch search(m.network, m.projection, m.model, {.today = Date{2024, 6, 1}});
    const auto fits = search.fits(m.vertex("me"), false);
    REQUIRE(fits.size() == 2);
    CHECK(m.network.id(fits[0].opportunity) == "german");
    CHECK(fits[1].status == CallStatus::closed);
    CHECK(fits[1].group.empty());
}

}  // namespace
