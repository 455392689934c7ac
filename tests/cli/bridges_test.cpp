#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace {

using maillage::testing::dataset;
using maillage::testing::Folder;
using maillage::testing::run_cli;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("bridges: the karate club's best tie, targets, and what holds it, in both languages",
          "[tools][cli]") {
    const auto en = run_cli({"bridges", dataset("karate"), "--by", "club", "--weigh", "none", "--target", "5",
                             "--ei-target", "0", "--lang", "en"});
    REQUIRE(en.code == 0);
    CHECK(has(en.out, "it takes 6.41 steps on average"));
    CHECK(has(en.out, "1. No short way leads from Member 17 to Member 26"));
    CHECK(has(en.out, "To reach 5.00 it takes 5 ties"));
    CHECK(has(en.out, "for an E-I index of 0.00 it takes 56 more ties"));
    CHECK(has(en.out, "The loss of Mr. Hi would leave 3 pieces and cut 6 actors off"));
    CHECK(has(en.out, "John A. (officer) stands between 43 pairs"));
    const auto fr = run_cli(
        {"bridges", dataset("karate"), "--by", "club", "--weigh", "none", "--top", "1", "--lang", "fr"});
    CHECK(has(fr.out, "il faut en moyenne 6,41"));
    CHECK(has(fr.out, "La perte de Mr. Hi laisserait 3 morceaux"));
    const auto json =
        run_cli({"bridges", dataset("karate"), "--by", "club", "--weigh", "none", "--top", "1", "--json"});
    CHECK(has(json.out, "\"schema\": \"maillage/bridges/1.0\""));
    CHECK(has(json.out, "\"effect\": 0.375361"));  // 12.762298 / 34
    const auto csv = run_cli({"bridges", dataset("karate"), "--by", "club", "--top", "2", "--csv"});
    CHECK(csv.code == 0);
    CHECK(has(csv.out, "# bridges"));
}

TEST_CASE("bridges: openness lists the same brokers with their roles", "[tools][cli]") {
    const auto result = run_cli({"openness", dataset("karate"), "--by", "club", "--json"});
    REQUIRE(result.code == 0);
    CHECK(has(result.out,
              "\"brokerage\": {\"coordinator\": 156, \"itinerant\": 6, \"gatekeeper\": 40, "
              "\"representative\": 40, \"liaison\": 0}"));
    CHECK(has(result.out, "\"crossing_pairs\": 43"));
}

TEST_CASE("bridges: bad input is told", "[tools][cli]") {
    const auto no_attribute = run_cli({"bridges", dataset("karate"), "--by", "clbu"});
    CHECK(no_attribute.code == 2);
    CHECK(has(no_attribute.err, "did you mean \"club\"?"));
    const auto no_objective = run_cli({"bridges", dataset("karate"), "--objective", "bubbel"});
    CHECK(no_objective.code == 2);
    CHECK(has(no_objective.err, "did you mean \"bubble\"?"));
    CHECK(run_cli({"bridges", dataset("karate"), "--by", "club", "--top", "0"}).code == 2);
    CHECK(run_cli({"bridges", dataset("karate"), "--by", "club", "--weigh", "luck"}).code == 2);
    CHECK(run_cli({"bridges", dataset("karate"), "--by", "club", "--cost", "money"}).code == 2);
}

TEST_CASE("bridges: one group, no values, no ties: an answer with its reason", "[tools][cli][degenerate]") {
    const Folder one{{"actors.csv", "id,name,kind,side\na,Alpha,x,\nb,Beta,x,\nc,Gamma,x,\n"},
                     {"partnerships.csv", "id,a,b\np,a,b\n"}};
    const auto single = run_cli({"bridges", one.path(), "--by", "kind", "--lang", "en"});
    CHECK(single.code == 0);
    CHECK(has(single.out, "all actors that have a value are in one group"));
    CHECK(has(run_cli({"bridges", one.path(), "--by", "kind", "--json"}).out, "\"why\": \"single_group\""));
    const auto missing = run_cli({"bridges", one.path(), "--by", "side", "--lang", "fr"});
    CHECK(missing.code == 0);
    CHECK(has(missing.out, "aucun acteur n’a de valeur"));
    const Folder lone{{"actors.csv", "id,name,kind\na,Alpha,x\nb,Beta,y\n"}};
    const auto untied = run_cli({"bridges", lone.path(), "--by", "kind", "--lang", "en"});
    CHECK(untied.code == 0);
    CHECK(has(untied.out, "no known tie between actors of known groups"));
    const auto first =
        run_cli({"bridges", lone.path(), "--by", "kind", "--isolates", "--weigh", "none", "--lang", "en"});
    CHECK(has(first.out, "from 10.00 to 1.00"));
}

}  // namespace
