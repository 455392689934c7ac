#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace {

using namespace maillage;
using namespace maillage::testing;

CliResult on_region(std::string command, const std::vector<std::string>& words) {
    std::vector<std::string> args = {std::move(command), dataset("mini-region"), "--quiet", "--lang", "en"};
    args.insert(args.end(), words.begin(), words.end());
    return run_cli(args);
}

void refused(const std::string& command, const std::vector<std::string>& words, const std::string& why) {
    const CliResult result = on_region(command, words);
    CAPTURE(words, result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find(why) != std::string::npos);
}

}  // namespace

TEST_CASE("cli consortium: a lead that the references do without", "[tools][cli]") {
    const CliResult result =
        on_region("consortium", {"--expertise", "eau-potable,langues,patrimoine", "--max-size", "3", "--lead",
                                 "rivebelle", "--objective", "leader", "--json"});
    CHECK(result.code == 0);
    CHECK(result.out.find("\"lead\": \"rivebelle\"") != std::string::npos);
    CHECK(result.out.find("\"method\": \"rarest_first\"") != std::string::npos);
}

TEST_CASE("cli consortium: what cannot be asked is refused by name", "[tools][cli]") {
    refused("consortium", {"--expertise", "langue"}, "\"langues\"?");
    refused("consortium", {"--opportunity", "nowhere"}, "nowhere");
    refused("consortium", {"--expertise", "langues", "--lead", "rivebelle", "--exclude-actor", "rivebelle"},
            "rivebelle");
    refused("consortium", {"--expertise", "langues", "--objective", "stainer"}, "did you mean \"steiner\"");
    refused("consortium", {"--expertise", "langues", "--min-size", "4", "--max-size", "2"}, "--m");
}

TEST_CASE("cli consortium: what cannot be covered says why", "[tools][cli]") {
    const CliResult result = on_region("consortium", {"--expertise", "eau-potable:9", "--json"});
    CHECK(result.code == 0);
    CHECK(result.out.find("\"feasible\": false") != std::string::npos);
    CHECK(result.out.find("\"nearest\"") != std::string::npos);
}

TEST_CASE("cli meetings: rounds are checked, calendars and tables are written", "[tools][cli]") {
    refused("meetings", {"--rounds", "0"}, "--rounds");
    refused("meetings", {"--rounds", "30"}, "30 rounds");
    refused("meetings", {"--rounds", "2", "-o", "x.ics"}, "--start");
    const CliResult calendar =
        on_region("meetings", {"--rounds", "2", "--start", "2025-05-14T09:00", "--format", "ics"});
    CHECK(calendar.code == 0);
    CHECK(calendar.out.rfind("BEGIN:VCALENDAR\r\n", 0) == 0);
    CHECK(calendar.out.find("DTSTART:20250514T090000") != std::string::npos);
    CHECK(calendar.out.find("DTSTART:20250514T092500") != std::string::npos);
    CHECK(calendar.out.find("END:VCALENDAR\r\n") == calendar.out.size() - 15);
    const CliResult table = on_region("meetings", {"--rounds", "2", "--csv"});
    CHECK(table.code == 0);
    CHECK(table.out.find("Round") != std::string::npos);
}
