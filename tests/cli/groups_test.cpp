#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace {

using maillage::testing::dataset;
using maillage::testing::run_cli;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("cli groups: every working group, one with members, in both languages", "[tools][cli]") {
    const std::string centre = dataset("centre-val-de-loire");
    const auto all = run_cli({"groups", centre, "--lang", "fr", "--quiet"});
    REQUIRE(all.code == 0);
    CHECK(has(all.out, "Déchets et international"));
    CHECK(has(all.out, "aucun membre connu"));
    CHECK_FALSE(has(all.out, "Interreg"));
    const auto one = run_cli(
        {"groups", centre, "--group", "cpri-gt4", "--members", "tours,orleans", "--lang", "en", "--quiet"});
    REQUIRE(one.code == 0);
    CHECK(has(one.out, "2 members, covering "));
    CHECK(has(one.out, "Who in it covers what"));
    CHECK(has(one.out, "(Simpson)"));
    const auto json =
        run_cli({"groups", centre, "--group", "Déchets et international", "--json", "--top", "1"});
    CHECK(has(json.out, "\"schema\": \"maillage/groups/1.0\""));
    CHECK(has(json.out, "\"value\": null, \"why\": \"fewer_than_two\""));
    CHECK(has(run_cli({"groups", dataset("karate"), "--lang", "en"}).out, "no working group"));
}

TEST_CASE("cli groups: what cannot be", "[tools][cli]") {
    const std::string centre = dataset("centre-val-de-loire");
    const auto wrong = run_cli({"groups", centre, "--group", "cpri-gt9"});
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, "cpri-gt"));
    const auto homeless = run_cli({"groups", centre, "--members", "tours"});
    CHECK(homeless.code == 2);
    CHECK(has(homeless.err, "--group ID"));
    const auto stranger = run_cli({"groups", centre, "--group", "cpri-gt4", "--members", "tourss"});
    CHECK(stranger.code == 2);
    CHECK(has(stranger.err, "tours"));
}

TEST_CASE("cli match: groups that could pool", "[tools][cli]") {
    const std::string centre = dataset("centre-val-de-loire");
    const auto fr = run_cli({"match", centre, "--pooling", "--lang", "fr", "--quiet"});
    REQUIRE(fr.code == 0);
    CHECK(has(fr.out, "font la même chose sans être liés"));
    const auto json = run_cli({"match", centre, "--json", "--pool-within", "territory", "--quiet"});
    CHECK(has(json.out, "\"pools\": ["));
    CHECK(has(json.out, "\"within\": \"territory\""));
    const auto wrong = run_cli({"match", centre, "--pool-within", "teritory"});
    CHECK(has(fr.out, "Indre-et-Loire\u00a0: "));  // within the departments too, unasked
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, "pool-within"));
    CHECK(has(wrong.err, "territory"));
    CHECK(run_cli({"match", centre, "--pool-min", "1"}).code == 2);
}

}  // namespace
