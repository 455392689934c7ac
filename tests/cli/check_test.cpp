#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

namespace {

using maillage::testing::dataset;
using maillage::testing::Folder;
using maillage::testing::run_cli;

TEST_CASE("check: a sound dataset says what was read and ends with 0", "[tools][cli]") {
    const auto result = run_cli({"check", dataset("mini-region"), "--lang", "en"});
    CHECK(result.code == 0);
    CHECK(result.out.find("0 errors") != std::string::npos);
    CHECK(result.out.find("actors.csv") != std::string::npos);
    CHECK(result.out.find("UTF-8") != std::string::npos);
    CHECK(run_cli({"check", dataset("mini-region"), "--lang", "fr"}).out.find("0 erreur") !=
          std::string::npos);
}

TEST_CASE("check: errors are shown as compilers do and end with 3, the document is written all the same",
          "[tools][cli]") {
    const Folder folder{{"actors.csv", "id,name\na,Alpha\nb,Beta\n"},
                        {"partnerships.csv", "id,a,b,weight\np,a,b,0\n"}};
    const auto text = run_cli({"check", folder.path(), "--lang", "en"});
    CHECK(text.code == 3);
    CHECK(text.out.find("partnerships.csv:2:7: error: a weight must be greater than 0 and finite\n"
                        "    p,a,b,0\n"
                        "          ^\n") == 0);
    CHECK(text.out.find("1 error, 0 warnings") != std::string::npos);
    const auto json = run_cli({"check", folder.path(), "--json"});
    CHECK(json.code == 3);
    CHECK(json.out.find("\"usable\": false") != std::string::npos);
    CHECK(json.out.find("\"line\": 2, \"column\": 7") != std::string::npos);
    CHECK(run_cli({"check", folder.file("nowhere")}).code == 3);
}

TEST_CASE("check: warnings alone end with 0", "[tools][cli]") {
    const Folder folder{{"actors.csv", "id,name\na,Ville de Tours\nb,TOURS\n"}};
    const auto result = run_cli({"check", folder.path(), "--lang", "en"});
    CHECK(result.code == 0);
    CHECK(result.out.find("actors.csv:3:1: warning: actors \"a\" (Ville de Tours) and \"b\" (TOURS)") !=
          std::string::npos);
}

}  // namespace
