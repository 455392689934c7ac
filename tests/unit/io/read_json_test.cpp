#include "io/read_json.hpp"

#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>

using namespace maillage;
using namespace maillage::testing;

namespace {

constexpr std::string_view small = R"({
  "schema": "maillage/dataset/1.0",
  "settings": {"title": "Petite région", "group_by": ["kind"]},
  "actors": [
    {"id": "a", "name": "Alpha", "kind": "town", "lat": 47.5, "lon": 1.25, "sector": ["x", "y"], "staff": 12.50},
    {"id": "b", "name": "Bêta", "attributes": {"sector": "z"}},
    {"id": "c", "name": "Gamma", "country": null}
  ],
  "expertises": [{"id": "e", "label_fr": "Eau"}, {"id": "f", "parent": "e"}],
  "actor_expertises": [
    {"actor": "a", "expertise": "e", "level": 0.1},
    {"actor": "b", "expertise": "f", "relation": "seeks", "source": "s"}
  ],
  "partnerships": [
    {"id": "p", "a": "a", "b": "b", "start": "2018-07", "expertises": ["f", "e"], "weight": 2},
    {"id": "q", "members": [{"actor": "c", "role": "lead"}, {"actor": "a"}, "b"]}
  ],
  "opportunities": [
    {"id": "o", "title": "Call", "min_partners": 2, "required_kinds": ["town"],
     "expertises": [{"expertise": "e", "weight": 0.5, "min_holders": 2}]}
  ]
})";

std::string errors_of(std::string_view json) {
    const Folder folder{{"d.json", json}};
    return said(io::inspect_dataset(folder.file("d.json")).diagnostics);
}

std::string with_actors(std::string_view rest) {
    return R"({"actors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],)" + std::string("\n") +
           std::string(rest) + "}";
}

}  // namespace

TEST_CASE("read_json: every table of the contract", "[io][unit]") {
    const Folder folder{{"d.json", small}};
    const auto read = io::read_dataset(folder.file("d.json"));
    const Network& n = read.network;
    CHECK(n.settings().title == "Petite région");
    REQUIRE(n.actors().size() == 3);
    const ActorId a = *n.find_actor("a");
    CHECK(n.actors()[a].lat == 47.5);
    CHECK(n.attribute_names() == std::vector<std::string>{"sector", "staff"});
    CHECK(n.text(n.attribute(0, a)) == "x|y");
    CHECK(n.text(n.attribute(1, a)) == "12.50");  // a number as written
    CHECK(n.text(n.attribute(0, *n.find_actor("b"))) == "z");
    CHECK(n.holdings()[0].level == 0.1F);
    CHECK(n.holdings()[1].relation == Relation::seeks);
    CHECK(n.members(*n.find_partnership("p")).size() == 2);
    CHECK(n.topics(*n.find_partnership("p")).size() == 2);
    CHECK(n.partnerships()[*n.find_partnership("p")].start == Date{.year = 2018, .month = 7});
    REQUIRE(n.members(*n.find_partnership("q")).size() == 3);
    CHECK(n.text(n.members(*n.find_partnership("q"))[2].role) == "lead");
    const auto o = *n.find_opportunity("o");
    CHECK(n.requirements(o)[0].min_holders == 2);
    CHECK(n.requirements(o)[0].weight == 0.5);
    CHECK(said(read.diagnostics).empty());
    CHECK(said(read.diagnostics, Severity::note).find("not used") == std::string::npos);
}

TEST_CASE("read_json: tables may come in any order, and attributes appear with any actor", "[io][unit]") {
    const std::string partnerships_first =
        R"({"partnerships": [{"id": "p", "a": "a", "b": "b"}],
            "actors": [{"id": "b", "name": "B"}, {"id": "a", "name": "A", "late": "1"}]})";
    const Folder folder{{"d.json", partnerships_first}};
    const Network n = io::read_dataset(folder.file("d.json")).network;
    CHECK(n.attribute_names() == std::vector<std::string>{"late"});
    CHECK(n.partnerships_of(*n.find_actor("a")).size() == 1);
}

TEST_CASE("read_json: wrong values are errors at their line and column", "[io][unit]") {
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": "p", "a": "a", "b": "nobody"}])"))
              .find("d.json:2:45: error: unknown actor \"nobody\"") != std::string::npos);
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": "p", "a": "a", "b": "b", "weight": 0}])"))
              .find("d.json:2:60: error: a weight must be greater than 0") != std::string::npos);
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": "p", "a": "a", "b": "b", "weight": "2"}])")) ==
          R"(d.json:2:60: error: "weight" must be a number, not a text)");
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": "p", "a": "a", "b": "b", "start": "2018-13"}])"))
              .find("d.json:2:59: error: \"2018-13\" is not a date") != std::string::npos);
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": 7, "a": "a", "b": "b"}])"))
              .find("d.json:2:25: error: \"id\" must be a text, not a number") != std::string::npos);
    CHECK(errors_of(with_actors(R"("partnerships": [{"id": "p", "members": "a"}])"))
              .find("d.json:2:41: error: \"members\" must be a list, not a text") != std::string::npos);
    CHECK(errors_of(with_actors(R"("partnerships": [3])")).find("d.json:2:18: error: every item of") !=
          std::string::npos);
    CHECK(errors_of(with_actors(R"("expertises": {"id": "x"})"))
              .find("d.json:2:15: error: \"expertises\" must be a list") != std::string::npos);
    CHECK(errors_of(with_actors(R"("schema": "maillage/recommendations/1.0")"))
              .find("d.json:2:11: error: this is not the schema") != std::string::npos);
    CHECK(errors_of(with_actors(R"("opportunities": [{"id": "o", "title": "T", "required_kinds": ["a|b"]}])"))
              .find("d.json:2:64: error: an item of \"required_kinds\" cannot hold |") != std::string::npos);
}

TEST_CASE("read_json: several problems are said together", "[io][unit]") {
    const std::string text = errors_of(with_actors(
        R"("partnerships": [{"id": "p", "a": "a", "b": "nobody"}, {"id": "q", "a": "a", "b": "b", "weight": "x"}])"));
    CHECK(text.find("unknown actor") != std::string::npos);
    CHECK(text.find("must be a number") != std::string::npos);
}

TEST_CASE("read_json: a key given twice is an error, at any depth", "[io][unit]") {
    CHECK(errors_of(R"({"actors": [], "actors": []})") ==
          R"(d.json:1:16: error: key "actors" is given twice in one object)");
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A", "id": "b"}]})") ==
          R"(d.json:1:38: error: key "id" is given twice in one object)");
    std::string many = R"({"actors": [{"id": "a", "name": "A")";
    for (int i = 0; i < 40; ++i) {
        many += ", \"x" + std::to_string(i) + "\": \"\"";
    }
    CHECK(errors_of(many + "}]}").empty());
    CHECK(errors_of(many + R"(, "x30": ""}]})").find("key \"x30\" is given twice") != std::string::npos);
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A", "s": "1", "attributes": {"s": "2"}}]})")
              .find("given twice") != std::string::npos);
}

TEST_CASE("read_json: what is no dataset says what one is", "[io][unit]") {
    CHECK(errors_of("{}").find("d.json:1:1: error: a JSON dataset needs a list of actors") !=
          std::string::npos);
    CHECK(errors_of(R"({"actors": {}})").find("must be a list") != std::string::npos);
    CHECK(errors_of(std::string(2000, '[')).find("d.json:1:2: error: a JSON list that is a network is CX2") !=
          std::string::npos);
    CHECK(errors_of(R"({"actors": )" + std::string(100000, '[')).find("nested deeper than 64 levels") !=
          std::string::npos);
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A"},]})")
              .find("d.json:1:38: error: this is not JSON") != std::string::npos);
}

TEST_CASE("read_json: what a table could not hold is refused", "[io][unit]") {
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A\u0000B"}]})")
              .find("1:33: error: a text with a NUL character") != std::string::npos);
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A", "Kind": "x"}]})")
              .find("an attribute cannot be called \"Kind\"") != std::string::npos);
    CHECK(
        errors_of(R"({"actors": [{"id": "a", "name": "A", " ": "x"}]})").find("an attribute needs a name") !=
        std::string::npos);
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": "A", "s": {"t": 1}}]})")
              .find("must be a text or a list of texts") != std::string::npos);
    CHECK(errors_of(R"({"actors": [{"id": "a", "name": ")" + std::string(1100000, 'x') + R"("}]})")
              .find("more than 1048576 bytes") != std::string::npos);
}

TEST_CASE("read_json: an unknown member is noted once, with the nearest name", "[io][unit]") {
    const Folder folder{
        {"d.json", with_actors(R"("partnerships": [{"id": "p", "a": "a", "b": "b", "wieght": 1},
 {"id": "q", "a": "a", "b": "b", "wieght": 1}], "extra": [1, 2])")}};
    const auto notes = said(io::read_dataset(folder.file("d.json")).diagnostics, Severity::note);
    CHECK(
        notes.find(
            "d.json:2:60: note: member \"wieght\" of partnerships is not used (did you mean \"weight\"?)") !=
        std::string::npos);
    CHECK(notes.find("wieght") == notes.rfind("\"wieght\"") + 1);
    CHECK(notes.find("member \"extra\" of the dataset is not used") != std::string::npos);
}

TEST_CASE("read_json: cut anywhere, a dataset never breaks the reader and every place lies in the text",
          "[io][unit]") {
    const std::string whole(small);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        NetworkBuilder builder;
        std::vector<Diagnostic> diagnostics;
        CHECK_FALSE(io::read_json_dataset(whole.substr(0, size), "d.json", builder, diagnostics));
        REQUIRE_FALSE(diagnostics.empty());
        const auto lines = std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size), '\n');
        CHECK(diagnostics.front().where.line <= static_cast<std::uint32_t>(lines) + 1);
    }
}

TEST_CASE("digest: the same for tables and JSON, any order of rows, any encoding; another for other data",
          "[io][unit]") {
    const Folder json{{"d.json", small}};
    const std::string expected = io::digest(io::read_dataset(json.file("d.json")).network);
    CHECK(expected.substr(0, 7) == "sha256:");
    CHECK(expected.size() == 7 + 64);
    const Folder tables{
        {"maillage.json", R"({"group_by": ["kind"], "title": "Petite région"})"},
        {"acteurs.csv",
         "\xEF\xBB\xBFnom;identifiant;type;latitude;longitude;staff;sector\r\n"
         "Gamma;c;;;;;\r\nB\xC3\xAAta;b;;;;;z\r\nAlpha;a;town;47,5;1,25;12.50;x|y\r\n"},
        {"expertises.csv", "id,parent,label_fr\nf,e,\ne,,Eau\n"},
        {"actor_expertises.csv", "actor,expertise,relation,level,source\nb,f,seeks,,s\na,e,,0.1,\n"},
        {"partnerships.csv", "id,a,b,start,expertises,weight\nq,,,,,\np,b,a,2018-07,e|f,2\n"},
        {"members.csv", "partnership,actor,role\nq,a,\nq,b,\nq,c,lead\n"},
        {"opportunities.csv", "id,title,min_partners,required_kinds\no,Call,2,town\n"},
        {"opportunity_expertises.csv", "opportunity,expertise,weight,min_holders\no,e,0.5,2\n"}};
    CHECK(io::digest(io::read_dataset(tables.path()).network) == expected);
    tables.write("opportunities.csv", "id,title,min_partners,required_kinds\no,Call,3,town\n");
    CHECK(io::digest(io::read_dataset(tables.path()).network) != expected);
}
