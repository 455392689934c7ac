#include "io/read_pairs.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace {

using namespace maillage;
using testing::as_windows_1252;
using testing::Folder;
using testing::said;

Network four_actors() {
    const Folder folder{
        {"actors.csv",
         "id,name\na,Université de Tours\nb,Lycée agricole\nc,Ville de Blois\nd,Lycée agricole\n"}};
    return io::read_dataset(folder.path()).network;
}

std::string errors_of(const Network& network, std::string_view text) {
    const Folder folder{{"pairs.csv", text}};
    try {
        (void)io::read_pairs(folder.file("pairs.csv"), network);
    } catch (const InputError& error) {
        const std::string all = said(error.diagnostics());
        const std::string where = folder.file("");
        std::string shown;
        for (std::size_t at = 0; at < all.size();) {
            const bool path = all.compare(at, where.size(), where) == 0;
            shown += path ? "" : all.substr(at, 1);
            at += path ? where.size() : 1;
        }
        return shown;
    }
    return {};
}

TEST_CASE("read_pairs: ids and names, repeats from either side once", "[io][unit]") {
    const Network n = four_actors();
    const Folder folder{{"pairs.csv", "a,b,when\nb,a,2019\na,b,2020\n\"universite de tours\",c,\n"}};
    const io::PairsFile read = io::read_pairs(folder.file("pairs.csv"), n);
    CHECK(read.rows == 3);
    CHECK(read.repeated == 1);
    REQUIRE(read.pairs.size() == 2);
    CHECK(n.id(read.pairs[0].first) == "a");
    CHECK(n.id(read.pairs[0].second) == "b");
    CHECK(n.id(read.pairs[1].second) == "c");
    CHECK(said(read.diagnostics, Severity::note).find("column \"when\" is not used") != std::string::npos);
}

TEST_CASE("read_pairs: as people write them", "[io][unit]") {
    const Network n = four_actors();
    for (const char* header : {"Acteur;Partenaire", "ACTEUR A;acteur b", "actor;partner", "De;Vers",
                               "Structure 1;Structure 2", "Partenaire;Acteur"}) {
        CAPTURE(header);
        const Folder folder{
            {"pairs.csv", as_windows_1252(std::string(header) + "\r\nUniversité de Tours; b \r\n;\r\n")}};
        const io::PairsFile read = io::read_pairs(folder.file("pairs.csv"), n);
        CHECK(read.rows == 1);
        CHECK(read.pairs.size() == 1);
    }
}

TEST_CASE("read_pairs: every error at its place", "[io][unit]") {
    const Network n = four_actors();
    CHECK(errors_of(n, "a,b\nb,Univercité de Tours\nx1,c\n,c\na\nc,c\nLycée agricole,a\n") ==
          "pairs.csv:2:3: error: there is no actor with the id or name \"Univercité de Tours\" (did you mean "
          "\"Université de Tours\"?)\n"
          "pairs.csv:3:1: error: there is no actor with the id or name \"x1\"\n"
          "pairs.csv:4:1: error: an actor is missing in column a\n"
          "pairs.csv:5:1: error: an actor is missing in column b\n"
          "pairs.csv:6:3: error: a and b are the same actor, c\n"
          "pairs.csv:7:1: error: several actors are called \"Lycée agricole\": b, d; use the id");
    CHECK(errors_of(n, "a,c\na,b\n").find("pairs.csv:1:1: error: there is no column b") == 0);
    CHECK(errors_of(n, "").find("pairs.csv:1:1: error: the table is empty") == 0);
    CHECK(errors_of(n, "a,b\n\"a,b\n").find("pairs.csv:2:1: error: ") == 0);
    CHECK_THROWS_AS(io::read_pairs("/no/such/file.csv", n), InputError);
}

TEST_CASE("read_pairs: a table without rows is a warning", "[io][unit][degenerate]") {
    const Folder folder{{"pairs.csv", "a,b\n"}};
    const io::PairsFile read = io::read_pairs(folder.file("pairs.csv"), four_actors());
    CHECK(read.pairs.empty());
    REQUIRE(read.diagnostics.size() == 1);
    CHECK(read.diagnostics[0].severity == Severity::warning);
}

}  // namespace
