#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace {

using namespace maillage;
using namespace maillage::testing;

CliResult recommend(const std::vector<std::string>& words, const std::string& name = "mini-region") {
    std::vector<std::string> args = {"recommend", dataset(name), "--quiet"};
    args.insert(args.end(), words.begin(), words.end());
    return run_cli(args);
}

std::size_t occurrences(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++found;
    }
    return found;
}

TEST_CASE("cli recommend: options out of range are refused by name", "[tools][cli]") {
    const auto says = [](const std::vector<std::string>& words, const std::string& why) {
        const CliResult result = recommend(words);
        CAPTURE(words, result.err);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(why) != std::string::npos);
    };
    says({"--goal", "briding"}, "did you mean \"bridging\"");
    says({"--reciprocal", "harmonique"}, "did you mean \"harmonic\"");
    says({"--diversity", "2"}, "--diversity: must be between 0");
    says({"--diversity", "much"}, "a number");
    says({"--quota", "11"}, "--quota: is 11 of a list of 10");
    says({"--newcomers", "4", "--top", "3"}, "it cannot exceed --top");
    says({"--quota", "3", "--newcomers", "3", "--top", "5"}, "together keep more places");
    says({"--max-exposure", "0"}, "--max-exposure: must be at least 1");
    says({"--exclude", ""}, "needs the name of a file");
}

TEST_CASE("cli recommend: excluded pairs are proposed from neither side, by id or by name", "[tools][cli]") {
    const std::string before = recommend({"--json"}).out;
    REQUIRE(before.find("\"actor\": \"asso-eau\", \"partner\": \"univ-montclair\"") != std::string::npos);
    REQUIRE(before.find("\"actor\": \"univ-montclair\", \"partner\": \"asso-eau\"") != std::string::npos);
    const Folder folder{
        {"tried.csv",
         "Acteur;Partenaire\nuniversite de montclair (fictive);asso-eau\nasso-eau;univ-montclair\n"}};
    const CliResult after = recommend({"--exclude", folder.file("tried.csv"), "--json"});
    CHECK(after.code == 0);
    CHECK(after.out.find("\"actor\": \"asso-eau\", \"partner\": \"univ-montclair\"") == std::string::npos);
    CHECK(after.out.find("\"actor\": \"univ-montclair\", \"partner\": \"asso-eau\"") == std::string::npos);
    CHECK(after.out.find("\"excluded_pairs\": 1") != std::string::npos);
    CHECK(recommend({"--exclude", folder.file("tried.csv"), "--lang", "fr"}).out.find("1 paire est exclue") !=
          std::string::npos);
}

TEST_CASE("cli recommend: errors of the excluded pairs have their places", "[tools][cli]") {
    const Folder folder{{"tried.csv", "a,b\nasso-eau,univ-montclare\n,rivebelle\n"}};
    const CliResult result = recommend({"--exclude", folder.file("tried.csv")});
    CHECK(result.code == 3);
    CHECK(result.out.empty());
    CHECK(result.err.find(
              "tried.csv:2:10: error: there is no actor with the id or name \"univ-montclare\" (did you "
              "mean \"univ-montclair\"") != std::string::npos);
    CHECK(result.err.find("    asso-eau,univ-montclare\n             ^") != std::string::npos);
    CHECK(result.err.find("tried.csv:3:1: error: an actor is missing") != std::string::npos);
    CHECK(result.err.find("2 errors") != std::string::npos);
    CHECK(recommend({"--exclude", "/no/such.csv"}).code == 3);
}

TEST_CASE("cli recommend: rules are told in both languages, and kept", "[tools][cli]") {
    const CliResult fr =
        recommend({"--top", "3", "--max-exposure", "2", "--quota", "1", "--reciprocal", "minimum",
                   "--diversity", "0.3", "--newcomers", "1", "--goal", "bridging", "--lang", "fr"});
    CHECK(fr.code == 0);
    CHECK(fr.out.find(
              "Règles\u00a0: les liens qui décloisonnent passent d’abord\u00a0; les deux côtés doivent") !=
          std::string::npos);
    CHECK(fr.out.find("2 listes au plus") != std::string::npos);
    const CliResult en = recommend({"--top", "3", "--max-exposure", "2", "--json"});
    CHECK(en.out.find("\"most_shown\": 2") != std::string::npos);
    CHECK(en.out.find("\"schema\": \"maillage/recommendations/1.2\"") != std::string::npos);
    CHECK(recommend({"--lang", "en"}).out.find("Rules:") == std::string::npos);
}

TEST_CASE("cli recommend: opportunities of one actor, of all, and of a dataset without any", "[tools][cli]") {
    const CliResult one =
        recommend({"--opportunities", "--actor", "rivebelle", "--lang", "fr", "--to", "2025-05-01"});
    CHECK(one.code == 0);
    CHECK(one.out.find("Occasions à saisir\u00a0: Ville de Rivebelle (fictive)") != std::string::npos);
    CHECK(one.out.find("2 des 2 appels et groupes de travail") != std::string::npos);
    CHECK(one.out.find("(clos). Apporte 33") != std::string::npos);
    const CliResult all = recommend({"--opportunities", "--json"});
    CHECK(occurrences(all.out, "\"status\": \"unjudged\"") > 1);
    CHECK(all.out.find("\"partners\": \"listed\"") != std::string::npos);
    CHECK(recommend({"--opportunities", "--csv"}).out.find("# actors") != std::string::npos);
    const CliResult none = recommend({"--opportunities", "--lang", "en"}, "karate");
    CHECK(none.code == 0);
    CHECK(none.out.find("There is no call or working group in these data") != std::string::npos);
    CHECK(recommend({"--opportunities", "--json"}, "karate").out.find("\"why\": \"no_opportunities\"") !=
          std::string::npos);
}

}  // namespace
