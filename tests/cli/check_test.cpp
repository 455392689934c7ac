#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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

TEST_CASE("check: actors with nearly the same name are proposals, told once, with lines and reason",
          "[tools][cli]") {
    const Folder folder{{"actors.csv", "id,name\na,Ville de Tours\nb,TOURS\n"}};
    const auto result = run_cli({"check", folder.path(), "--lang", "en"});
    CHECK(result.code == 0);
    CHECK(result.out.find("1 warning") != std::string::npos);
    CHECK(result.out.find("have nearly the same name") == std::string::npos);
    CHECK(result.out.find(
              "Ville de Tours [a]  TOURS [b]   0.95  same name without legal form (tours)   2, 3") !=
          std::string::npos);
    CHECK(run_cli({"check", folder.path(), "--lang", "fr"}).out.find("même nom sans la forme juridique") !=
          std::string::npos);
    // not among the proposals: told as a warning
    const auto none = run_cli({"check", folder.path(), "--lang", "en", "--min-score", "0.99"});
    CHECK(none.out.find("actors.csv:3:1: warning: actors \"a\" (Ville de Tours) and \"b\" (TOURS)") !=
          std::string::npos);
    const auto json = run_cli({"check", folder.path(), "--json"});
    CHECK(json.out.find("\"keep\": \"a\", \"merge\": \"b\"") != std::string::npos);
    CHECK(json.out.find("have nearly the same name") != std::string::npos);
    CHECK(run_cli({"check", folder.path(), "--min-score", "2"}).code == 2);
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("check: proposals are written, reviewed and applied", "[tools][cli]") {
    const Folder folder{{"actors.csv", "id,name,place\na,Ville de Tours,\nb,TOURS,Tours\nc,=Blois,\n"},
                        {"partnerships.csv", "id,a,b\np,a,c\nq,b,c\n"}};
    const Folder work;
    const std::string list = work.file("list.csv");
    CHECK(run_cli({"check", folder.path(), "--proposals", list, "--lang", "fr"}).code == 0);
    const std::string written = content(list);
    CHECK(written ==
          "\xEF\xBB\xBFtable;garder;nom gardé;fusionner;nom fusionné;score;motif;décision\r\n"
          "acteurs;b;TOURS;a;Ville de Tours;\"0,950\";même nom sans la forme juridique (tours);\r\n");
    SECTION("nothing is merged unasked") {
        const auto result = run_cli({"check", folder.path(), "--merge", list, "--lang", "en"});
        CHECK(result.code == 0);
        CHECK(result.out.find("Nothing was written") != std::string::npos);
        CHECK(result.out.find("rows without a decision, not applied") != std::string::npos);
    }
    SECTION("an accepted row is applied, into a new folder, and the result is sound") {
        work.write("yes.csv", written.substr(0, written.size() - 2) + "oui\r\n");
        const std::string out = work.file("merged");
        const auto dry = run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "--json"});
        CHECK(dry.out.find("\"written\": false") != std::string::npos);
        CHECK(dry.out.find("\"actors_merged\": 1") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(out));
        CHECK(run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "-o", out}).code == 0);
        CHECK(content(out + "/actors.csv") == "id,name,place\nb,TOURS,Tours\nc,=Blois,\n");
        CHECK(content(out + "/merges.csv").find("b,TOURS,review,a,Ville de Tours,,1,yes.csv,2") !=
              std::string::npos);
        CHECK(run_cli({"check", out}).code == 0);
        CHECK(run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "-o", out}).code == 2);
        CHECK(run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "-o", out, "--force"}).code ==
              0);
        CHECK(run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "-o", out + ".json"}).code ==
              0);
        CHECK(run_cli({"check", out + ".json", "--lang", "en"}).out.find("2\n") != std::string::npos);
        CHECK(run_cli({"check", folder.path(), "--merge", work.file("yes.csv"), "-o", out + ".gexf"}).code ==
              2);
    }
    SECTION("a wrong list writes nothing") {
        work.write("wrong.csv", "keep,merge,decision\nb,a,yes\na,b,yes\n");
        const std::string out = work.file("wrong");
        const auto result = run_cli({"check", folder.path(), "--merge", work.file("wrong.csv"), "-o", out});
        CHECK(result.code == 3);
        CHECK(result.err.find("circle") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(out));
    }
    CHECK(run_cli({"check", folder.path(), "--merge", list, "--proposals", list}).code == 2);
}

}  // namespace
