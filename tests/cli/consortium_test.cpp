#include "io/report/calendar.hpp"

#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using maillage::testing::CliResult;
using maillage::testing::dataset;
using maillage::testing::Folder;
using maillage::testing::run_cli;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

CliResult on_mini(const std::string& command, const std::vector<std::string>& words) {
    std::vector<std::string> args = {command, dataset("mini-region"), "--quiet"};
    args.insert(args.end(), words.begin(), words.end());
    return run_cli(args);
}

TEST_CASE("cli consortium: a call with its own conditions, in both languages", "[tools][cli]") {
    const auto fr = on_mini("consortium", {"--opportunity", "o1", "--lang", "fr"});
    REQUIRE(fr.code == 0);
    CHECK(has(fr.out, "Optimum prouvé."));
    CHECK(has(fr.out, "Les membres"));
    const auto json = on_mini("consortium", {"--opportunity", "o1", "--json"});
    CHECK(has(json.out, "\"schema\": \"maillage/consortia/1.0\""));
    CHECK(has(json.out, "\"id\": \"group_required\", \"attribute\": \"kind\", \"value\": \"municipality\""));
    CHECK(has(json.out, "\"optimal\": true"));
    const auto all = on_mini("consortium", {"--lang", "en"});
    CHECK(has(all.out, "2 of 2 calls and working groups"));
    CHECK(has(run_cli({"consortium", dataset("karate"), "--lang", "en"}).out, "no call or working group"));
}

TEST_CASE("cli consortium: every objective, constraints, trade-offs, one actor's part", "[tools][cli]") {
    for (const char* objective : {"steiner", "diameter", "sum", "leader", "openness"}) {
        CAPTURE(objective);
        const auto result = on_mini("consortium", {"--expertise", "eau-potable,langues:2,patrimoine",
                                                   "--objective", objective, "--front", "--lang", "en"});
        CHECK(result.code == 0);
        CHECK(has(result.out, "Proven optimum."));
        CHECK(has(result.out, "Trade-offs"));
    }
    const auto about = on_mini("consortium", {"--expertise", "eau-potable,langues", "--lead", "rivebelle",
                                              "--explain", "pierrelande", "--lang", "en"});
    CHECK(about.code == 0);
    CHECK(has(about.out, "Pierrelande"));
    CHECK(has(about.out, "(leader)"));
    const auto part =
        run_cli({"explain", dataset("mini-region"), "asso-scene", "o2", "--lang", "en", "--quiet"});
    CHECK(part.code == 0);
    CHECK(has(part.out, "without it the group would lack"));
    const auto absent =
        run_cli({"explain", dataset("mini-region"), "univ-rivebelle", "o1", "--lang", "fr", "--quiet"});
    CHECK(absent.code == 0);
    CHECK((has(absent.out, "n’est pas dans ce consortium") || has(absent.out, "sans lui")));
}

TEST_CASE("cli consortium: a lead that the references do without", "[tools][cli]") {
    const auto result =
        on_mini("consortium", {"--expertise", "eau-potable,langues,patrimoine", "--max-size", "3", "--lead",
                               "rivebelle", "--objective", "leader", "--json"});
    CHECK(result.code == 0);
    CHECK(has(result.out, "\"lead\": \"rivebelle\""));
    CHECK(has(result.out, "\"method\": \"rarest_first\""));
}

TEST_CASE("cli consortium: bad input is refused by name, impossible questions are answered", "[tools][cli]") {
    const auto refused = [](const std::vector<std::string>& words, const std::string& why) {
        const auto result = on_mini("consortium", words);
        CAPTURE(words, result.err);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(has(result.err, why));
    };
    refused({"--expertise", "eau-potabel"}, "did you mean \"eau-potable\"");
    refused({"--opportunity", "o3"}, "there is no opportunity");
    refused({"--expertise", "langues", "--lead", "rivebelle", "--exclude-actor", "rivebelle"},
            "is asked for and excluded");
    refused({"--expertise", "langues", "--include", "rivebelle", "--committed", "rivebelle"},
            "committed elsewhere");
    refused({"--expertise", "langues", "--min-size", "3", "--max-size", "2"}, "fewer than the 3 members");
    refused({"--expertise", "langues", "--objective", "diametre"}, "did you mean \"diameter\"");
    refused({"--expertise", "langues", "--min-groups", "kind"}, "ATTRIBUTE=N");
    refused({"--expertise", "langues,langues"}, "given twice");
    refused({"--expertise", "langues:0"}, "no number of holders");
    refused({"--expertise", "langues", "--require-kind", "municipalty"}, "did you mean \"municipality\"");
    refused({"--expertise", "langues", "--opportunity", "o1"}, "exclude each other");
    const auto conflict = on_mini("consortium", {"--expertise", "eau-potable,langues,spectacle,zones-humides",
                                                 "--max-size", "1", "--lang", "en"});
    CHECK(conflict.code == 0);
    CHECK(has(conflict.out, "Cannot hold together: the expertises asked for and at most 1 member"));
    const auto missing = on_mini("consortium", {"--expertise", "langues:50", "--lang", "en"});
    CHECK(missing.code == 0);
    CHECK(has(missing.out, "asks for 50 actors and finds only 5"));
}

TEST_CASE("cli meetings: a programme as table, JSON, CSV and calendar", "[tools][cli]") {
    const auto en = on_mini("meetings", {"--rounds", "3", "--lang", "en"});
    REQUIRE(en.code == 0);
    CHECK(has(en.out, "12 participants, 3 rounds"));
    const auto json = on_mini("meetings", {"--rounds", "1", "--format", "json"});
    CHECK(has(json.out, "\"schema\": \"maillage/meetings/1.0\""));
    CHECK(has(json.out, "\"optimal\": true"));
    const auto csv = on_mini("meetings", {"--rounds", "2", "--format", "csv", "--lang", "fr"});
    CHECK(has(csv.out, "Tour,Id A,Acteur A,Id B,Acteur B,Score"));
    const auto ics = on_mini("meetings", {"--rounds", "2", "--format", "ics", "--start", "2024-02-28T23:50",
                                          "--slot", "30", "--pause", "0"});
    REQUIRE(ics.code == 0);
    CHECK(ics.out.substr(0, 17) == "BEGIN:VCALENDAR\r\n");
    CHECK(has(ics.out, "DTSTART:20240228T235000\r\nDTEND:20240229T002000\r\n"));
    std::istringstream lines(ics.out);
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.back() == '\r');
        CHECK(line.size() <= 76);
    }
    const auto stable = on_mini("meetings", {"--rounds", "2", "--stable", "--lang", "en"});
    CHECK(has(stable.out, "no two would rather meet each other"));
}

/// The objects of one line with a score: "a", "b" and what follows "score": up to a comma or brace.
std::map<std::string, std::string> scores_in(const std::string& json) {
    std::map<std::string, std::string> scores;
    const auto value_of = [&](const std::string& key, std::size_t from) {
        const auto begin = json.find("\"" + key + "\": ", from) + key.size() + 4;
        return json.substr(begin, json.find_first_of(",}", begin) - begin);
    };
    for (auto at = json.find("{\"a\": \""); at != std::string::npos; at = json.find("{\"a\": \"", at + 1)) {
        scores[value_of("a", at) + " " + value_of("b", at)] = value_of("score", at);
    }
    return scores;
}

TEST_CASE("cli meetings: a meeting is worth what match says of the pair", "[tools][cli]") {
    const auto met = scores_in(on_mini("meetings", {"--rounds", "4", "--json"}).out);
    const auto matched = scores_in(on_mini("match", {"--pairs", "1000", "--json"}).out);
    REQUIRE(met.size() > 8);
    const Folder folder{{"who.csv", "actor\nrivebelle\npierrelande\nasso-eau\nasso-scene\n"}};
    auto listed = scores_in(on_mini("meetings", {"--rounds", "3", "--attendance", folder.file("who.csv"),
                                                 "--listed-only", "--json"})
                                .out);
    REQUIRE(listed.size() > 1);
    listed.insert(met.begin(), met.end());
    for (const auto& [pair, score] : listed) {
        CAPTURE(pair);
        REQUIRE(matched.count(pair) == 1);
        CHECK(matched.at(pair) == score);
    }
}

TEST_CASE("cli match, consortium: an expertise by its label, accents and case apart", "[tools][cli]") {
    const auto by_label = on_mini("match", {"--expertise", "EAU potable , langues", "--json"});
    CHECK(by_label.code == 0);
    CHECK(by_label.out == on_mini("match", {"--expertise", "eau-potable,langues", "--json"}).out);
    const auto wrong = on_mini("match", {"--expertise", "eau-potabel"});
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, "did you mean \"eau-potable\""));
}

TEST_CASE("cli meetings: attendance counts, and its errors have places", "[tools][cli]") {
    const Folder folder{
        {"who.csv",
         "Acteur;Tours;min;max\nrivebelle;1;;\npierrelande;1-2;1;1\nasso-eau;;;\nasso-scene;2;;\n"},
        {"bad.csv",
         "actor,rounds,min,max\nrivebele,1,,\npierrelande,3,,\nasso-eau,1,two,\nasso-eau,,,\n"
         "asso-scene,2-1,2,1\n"}};
    const auto json = on_mini(
        "meetings", {"--rounds", "2", "--attendance", folder.file("who.csv"), "--listed-only", "--json"});
    REQUIRE(json.code == 0);
    CHECK(has(json.out, "\"participants\": 4"));
    CHECK(has(json.out, "\"tables\": [{\"a\": \"asso-scene\", \"b\": \"pierrelande\""));
    const auto bad = on_mini("meetings", {"--rounds", "2", "--attendance", folder.file("bad.csv")});
    CHECK(bad.code == 3);
    CHECK(has(bad.err, "bad.csv:2:1: error: there is no actor"));
    CHECK(has(bad.err, "did you mean \"rivebelle\""));
    CHECK(has(bad.err, "bad.csv:3:13: error: \"3\" is no round from 1 to 2"));
    CHECK(has(bad.err, "bad.csv:4:12: error: min \"two\" is no whole number"));
    CHECK(has(bad.err, "bad.csv:5:1: error: the actor stands in line 4 already"));
    CHECK(has(bad.err, "min 2 is above max 1"));
}

TEST_CASE("cli meetings: bad input is refused by name", "[tools][cli]") {
    const auto refused = [](const std::vector<std::string>& words, const std::string& why) {
        const auto result = on_mini("meetings", words);
        CAPTURE(words, result.err);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(has(result.err, why));
    };
    refused({"--rounds", "0"}, "at least 1");
    refused({"--rounds", "12"}, "nobody could have more than 11 meetings");
    refused({"--rounds", "2", "--min", "3"}, "do not fit into 2 rounds");
    refused({"--format", "ics"}, "needs --start");
    refused({"--format", "pdf"}, "one of table, json, csv, ics");
    refused({"--start", "2025-02-30T09:00"}, "no moment");
    refused({"--start", "2025-02-03T09:00", "--slot", "0"}, "--slot");
    refused({"--actor", "nobody"}, "there is no actor");
    refused({"--listed-only"}, "--attendance");
    const auto untold = run_cli({"meetings", dataset("karate"), "--rounds", "2", "--lang", "en"});
    CHECK(untold.code == 0);
    CHECK(has(untold.out, "Nobody has something both to bring"));
}

TEST_CASE("calendar: texts are escaped, lines folded between characters", "[io][calendar]") {
    std::ostringstream out;
    const std::string accents = "ééééééééééééééééééééééééééééééééééééééééééééé";
    maillage::io::write_calendar(out, "a;b,c\\d", {{"1@x", {2025, 12, 31, 23, 30}, 60, accents, "x\ny"}});
    CHECK(has(out.str(), "X-WR-CALNAME:a\\;b\\,c\\\\d\r\n"));
    CHECK(has(out.str(), "DTEND:20260101T003000\r\n"));
    CHECK(has(out.str(), "DESCRIPTION:x\\ny\r\n"));
    CHECK(has(out.str(),
              "SUMMARY:"
              "ééééééééééééééééééééééééééééééééé"
              "\r\n é"));
}

}  // namespace
