#include "engine/network_builder.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::vector<Diagnostic> problems_of(NetworkBuilder& builder) {
    std::vector<Diagnostic> diagnostics;
    try {
        (void)builder.build(diagnostics);
    } catch (const InputError& error) {
        return error.diagnostics();
    }
    return diagnostics;
}

bool has(const std::vector<Diagnostic>& diagnostics, Severity severity, std::string_view text) {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) {
        return d.severity == severity && d.message.find(text) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("builder: an empty dataset is an empty network", "[engine][unit][degenerate]") {
    NetworkBuilder builder;
    const Network network = build(builder);
    CHECK(network.actors().size() == 0);
    CHECK(network.partnerships().size() == 0);
    CHECK_FALSE(network.find_actor("a"));
    CHECK_FALSE(network.latest_date());
}

TEST_CASE("builder: tables come out in the byte order of their ids, whatever the order of rows",
          "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"b:town", "é", "a:school", "Z"});
    add_pair(builder, "p2", "b", "a");
    add_pair(builder, "p1", "Z", "a");
    const Network network = build(builder);
    std::vector<std::string> ids;
    for (const ActorId a : network.actors().ids()) {
        ids.emplace_back(network.id(a));
    }
    CHECK(ids == std::vector<std::string>{"Z", "a", "b", "é"});
    const ActorId a = *network.find_actor("a");
    REQUIRE(network.partnerships_of(a).size() == 2);
    CHECK(network.id(network.partnerships_of(a)[0]) == "p1");
    CHECK(network.text(network.actors()[a].kind) == "school");
}

TEST_CASE("builder: every broken invariant is reported at once, with its place", "[engine][unit]") {
    NetworkBuilder builder;
    builder.set_file(Table::actors, "actors.csv");
    builder.set_file(Table::partnerships, "partnerships.csv");
    add_actors(builder, {"alpha", "beta", "alpha"});
    add_expertises(builder, {"x<y", "y<z", "z<x", "w<nowhere"});
    add_pair(builder, "p1", "alpah", "beta");
    PartnershipRecord bad;
    bad.id = cell("p2", 3, 1);
    bad.a = cell("alpha", 3, 4);
    bad.weight = {-1.0, 3, 9};
    bad.start = {Date{2020, 0, 0}, 3, 11};
    bad.end = {Date{2019, 0, 0}, 3, 16};
    builder.add(bad);
    add_holding(builder, "beta", "x", "wants");
    add_holding(builder, "beta", "x", "offers", 1.5);

    const auto problems = problems_of(builder);
    CHECK(has(problems, Severity::error, R"(id "alpha" is given twice; first in line 2)"));
    CHECK(has(problems, Severity::error, "the parents form a cycle: "));
    CHECK(has(problems, Severity::error, R"(unknown parent expertise "nowhere")"));
    CHECK(has(problems, Severity::error, R"(unknown actor "alpah" (did you mean "alpha"?))"));
    CHECK(has(problems, Severity::error, "a weight must be greater than 0"));
    CHECK(has(problems, Severity::error, "only one side of the partnership is given"));
    CHECK(has(problems, Severity::error, "ends (2019) before it starts (2020)"));
    CHECK(has(problems, Severity::error, R"(relation "wants" is neither)"));
    CHECK(has(problems, Severity::error, "a level lies between 0 and 1"));
    const auto unknown = std::find_if(problems.begin(), problems.end(), [](const Diagnostic& d) {
        return d.message.find("alpah") != std::string::npos;
    });
    REQUIRE(unknown != problems.end());
    CHECK(unknown->where == SourcePosition{"partnerships.csv", 2, 5});
}

TEST_CASE("builder: a cycle is reported once and once only", "[engine][unit]") {
    NetworkBuilder builder;
    add_expertises(builder, {"a<b", "b<c", "c<a", "d<a"});
    const auto problems = problems_of(builder);
    CHECK(std::count_if(problems.begin(), problems.end(), [](const Diagnostic& d) {
              return d.message.find("cycle") != std::string::npos;
          }) == 1);
}

TEST_CASE("builder: a self-tie, a repeated member and a repeated holding are said and counted once",
          "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "alone"});
    add_expertises(builder, {"x"});
    add_pair(builder, "loop", "a", "a");
    add_group(builder, "three", {"a", "b", "a"});
    add_holding(builder, "a", "x", "offers", 0.5);
    add_holding(builder, "a", "x", "offers", 0.75);
    std::vector<Diagnostic> diagnostics;
    BuildSummary summary;
    const Network network = builder.build(diagnostics, &summary);
    CHECK(has(diagnostics, Severity::warning, R"(ties "a" to itself)"));
    CHECK(has(diagnostics, Severity::warning, R"(actor "a" is twice in partnership "three")"));
    CHECK(has(diagnostics, Severity::note, "merged, the highest level is kept"));
    CHECK(summary.duplicate_members == 2);
    CHECK(summary.lone_partnerships == 1);
    CHECK(summary.isolated_actors == 1);
    CHECK(summary.duplicate_holdings == 1);
    REQUIRE(network.holdings().size() == 1);
    CHECK(network.holdings()[0].level == 0.75F);
    CHECK(network.members(*network.find_partnership("three")).size() == 2);
}

TEST_CASE("builder: the latest date leaves planned partnerships aside", "[engine][unit]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b"});
    add_pair(builder, "now", "a", "b", {}, Date{2021, 3, 0});
    PartnershipRecord planned;
    planned.id = cell("later");
    planned.a = cell("a");
    planned.b = cell("b");
    planned.status = cell("planned");
    planned.start.value = Date{2030, 0, 0};
    builder.add(planned);
    CHECK(build(builder).latest_date() == Date{2021, 3, 0});
}

TEST_CASE("builder: depths count from 1 at the roots, children are listed", "[engine][unit]") {
    NetworkBuilder builder;
    add_expertises(builder, {"leaf<mid", "root", "mid<root", "mid2<root"});
    const Network network = build(builder);
    CHECK(network.expertises()[*network.find_expertise("leaf")].depth == 3);
    CHECK(network.expertises()[*network.find_expertise("root")].depth == 1);
    CHECK(network.children(*network.find_expertise("root")).size() == 2);
    CHECK(network.children(*network.find_expertise("leaf")).empty());
}

TEST_CASE("network: an unknown attribute names the nearest ones and all there are", "[engine][unit]") {
    NetworkBuilder builder;
    builder.set_attribute_names({"territory"});
    const Network network = build(builder);
    CHECK_THROWS_WITH(network.attribute_values("teritory"), Catch::Contains("did you mean \"territory\"?") &&
                                                                Catch::Contains("kind, place, country"));
}

TEST_CASE("nearest names: swaps and case count little, far names are not offered", "[engine][unit]") {
    const std::vector<std::string> names = {"communities", "compare", "recommend", "report"};
    CHECK(nearest_names("recomend", names) == std::vector<std::string>{"recommend"});
    CHECK(nearest_names("Comapre", names) == std::vector<std::string>{"compare"});
    CHECK(nearest_names("xyz", names).empty());
    CHECK(suggestion("reprot", names) == R"( (did you mean "report"?))");
}
