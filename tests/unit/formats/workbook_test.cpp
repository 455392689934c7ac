#include "io/formats/workbook.hpp"

#include "io/formats/late_library.hpp"

#include "tests/support/graph_answers.hpp"
#include "tests/support/stored_zip.hpp"

#include <catch2/catch.hpp>

using namespace maillage;
using namespace maillage::testing;

namespace {

/// Whether workbooks cannot be written in this build: the test is skipped with a word.
bool without_writer() {
    if (!io::workbooks_can_be_written()) {
        WARN("skipped: built without libxlsxwriter");
    }
    return !io::workbooks_can_be_written();
}

}  // namespace

TEST_CASE("workbook: writing and reading gives the same dataset", "[formats][xlsx]") {
    if (without_workbooks() || without_writer()) {
        return;
    }
    for (const std::string name : {"centre-val-de-loire", "mini-region", "southern-women"}) {
        CAPTURE(name);
        const Network network =
            io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/" + name).network;
        std::ostringstream out;
        std::vector<LocalText> lost;
        io::write_workbook(out, network, lost);
        CHECK(lost.empty());
        const io::ReadReport report = read_bytes(out.str());
        INFO(said(report.diagnostics));
        REQUIRE(report.network.has_value());
        CHECK(json_of(*report.network) == json_of(network));
        std::ostringstream again;
        io::write_workbook(again, *report.network, lost);
        CHECK(again.str() == out.str());
    }
}

TEST_CASE("workbook: texts that a cell could take for something else come back as they are",
          "[formats][xlsx]") {
    if (without_workbooks() || without_writer()) {
        return;
    }
    const Folder folder{
        {"actors.csv", "id,name,n\n1,\"=A1+1\",007\n2,\"_x000D_ a\nb\",1e5\n3,\" é <&> \",2018-01\n"},
        {"partnerships.csv", "id,start,weight,a,b\n\"p\",2018-07,0.1,1,2\nq,2018,0.30000000000000004,2,3\n"}};
    const Network network = io::read_dataset(folder.path()).network;
    std::ostringstream out;
    std::vector<LocalText> lost;
    io::write_workbook(out, network, lost);
    const io::ReadReport report = read_bytes(out.str());
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(json_of(*report.network) == json_of(network));
}

TEST_CASE("workbook: cells that were never written are empty, without a word", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const std::string sheet =
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>name</v></c>)"
        R"(<c r="C1" t="str"><v>kind</v></c></row><row r="3"><c r="A3"><v>7</v></c><c r="B3" t="str"><v>x</v></c>)"
        R"(</row></sheetData></worksheet>)";
    const io::ReadReport report = read_bytes(workbook_of_parts(sheet));
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(report.network->actors().size() == 1);
    CHECK(said(report.diagnostics).find("fields") == std::string::npos);
}

TEST_CASE("workbook: cells of several rows that are shown as one are told", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const auto book = [](const std::string& merged) {
        const auto row = [](const std::string& number, const std::vector<std::string>& texts) {
            std::string cells;
            for (std::size_t i = 0; i < texts.size(); ++i) {
                cells += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + number +
                         "\" t=\"str\"><v>" + texts[i] + "</v></c>";
            }
            return "<row r=\"" + number + "\">" + cells + "</row>";
        };
        return workbook_of_parts("<worksheet><sheetData>" + row("1", {"id", "name", "kind"}) +
                                 row("2", {"x", "X", "town"}) + row("3", {"y", "Y"}) +
                                 "</sheetData><mergeCells>" + merged + "</mergeCells></worksheet>");
    };
    const io::ReadReport report =
        read_bytes(book(R"(<mergeCell ref="C2:C3"/><mergeCell ref="B2:B3"/><mergeCell ref="A1:B1"/>)"));
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(attribute_of(*report.network, "x", "kind") == "town");
    CHECK(attribute_of(*report.network, "y", "kind").empty());
    CHECK(has(said(report.diagnostics, Severity::note),
              "the cells B2:B3 are merged; their value counts for the first row alone; 2 like this"));
    // across columns, of empty cells, of what is no area or lies elsewhere: nothing is lost
    for (const char* merged : {"A1:B1", "C3:C9", "A9:A12", "A2", "A2:", "2:3", "A0:A5", ""}) {
        const io::ReadReport other = read_bytes(book("<mergeCell ref=\"" + std::string(merged) + "\"/>"));
        CHECK(other.network.has_value());
        CHECK_FALSE(has(said(other.diagnostics, Severity::note), "merged"));
    }
}

TEST_CASE("workbook: a part that is not UTF-8 is refused", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const io::ReadReport report = read_bytes(workbook_of_parts(
        "<worksheet><sheetData><row><c t=\"str\"><v>id\xC3</v></c></row></sheetData></worksheet>"));
    CHECK(!report.network.has_value());
    CHECK(said(report.diagnostics).find("sheet1.xml of the workbook is not UTF-8 at byte 43") !=
          std::string::npos);
}

TEST_CASE("workbook: cut off at any byte it is refused", "[formats][xlsx]") {
    if (without_workbooks() || without_writer()) {
        return;
    }
    const Folder folder{{"actors.csv", "id,name\n1,a\n"}};
    std::ostringstream out;
    std::vector<LocalText> lost;
    io::write_workbook(out, io::read_dataset(folder.path()).network, lost);
    const std::string bytes = out.str();
    for (std::size_t size = 4; size + 64 < bytes.size(); size += 37) {
        const io::ReadReport report = read_bytes(bytes.substr(0, size));
        CHECK(!report.network.has_value());
        CHECK(said(report.diagnostics).find("cannot be unpacked") != std::string::npos);
    }
    for (std::size_t at = 4; at < bytes.size(); at += 11) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x21);
        const io::ReadReport report = read_bytes(changed);
        CHECK(places_make_sense(report.diagnostics));
    }
}

TEST_CASE("workbook: a library that is not there any more is named", "[formats][xlsx]") {
    CHECK_THROWS_WITH(io::LateLibrary("libnowhere.so.7"), "the library libnowhere.so.7 cannot be loaded");
    const io::LateLibrary mathematics("libm.so.6");
    CHECK(mathematics.symbol("cos") != nullptr);
    CHECK_THROWS_AS(mathematics.symbol("no_such_function"), io::LibraryMissing);
}

TEST_CASE("workbook: a build that cannot write one says so", "[formats][xlsx]") {
    const Folder folder{{"actors.csv", "id,name\n1,a\n"}};
    std::ostringstream out;
    std::vector<LocalText> lost;
    const Network network = io::read_dataset(folder.path()).network;
    if (io::workbooks_can_be_written()) {
        CHECK_NOTHROW(io::write_workbook(out, network, lost));
    } else {
        CHECK_THROWS_WITH(io::write_workbook(out, network, lost),
                          Catch::Contains("this maillage was built without libxlsxwriter"));
    }
}
