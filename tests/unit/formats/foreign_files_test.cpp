#include "io/formats/foreign_files.hpp"

#include "tests/support/graph_answers.hpp"
#include "tests/support/stored_zip.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace maillage;
using namespace maillage::testing;
using namespace std::string_literals;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

const std::string rows =
    R"(<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is>)"
    R"(<t>name</t></is></c></row><row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>0</v></c></row></sheetData>)";
const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A name as the directory of an OLE file has it.
std::string stream(const std::string& name) {
    std::string wide;
    for (const char c : name) {
        wide += c;
        wide += '\0';
    }
    return wide + "\0\0"s;
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
}

/// A sheet of one row, and a workbook that says in its own way where it and its strings are.
Parts workbook_with(const std::string& root, const std::string& book, const std::string& relations,
                    const std::string& sheet, const std::string& strings) {
    const auto slash = book.rfind('/') + 1;
    return {{"_rels/.rels",
             "<Relationships>" + relation("r1", office + "officeDocument", root) + "</Relationships>"},
            {book, R"(<workbook><sheets><sheet name="actors" sheetId="1" r:id="r1"/></sheets></workbook>)"},
            {book.substr(0, slash) + "_rels/" + book.substr(slash) + ".rels",
             "<Relationships>" + relations + "</Relationships>"},
            {sheet, "<worksheet>" + rows + "</worksheet>"},
            {strings, "<sst><si><t>x</t></si></sst>"}};
}

/// A workbook of one sheet "actors" with the rows of a sheet, and styles.
std::string sheet_of(const std::string& cells, const std::string& formats = "") {
    return workbook_of_parts("<worksheet><sheetData>" + cells + "</sheetData></worksheet>\n---\n<sst/>" +
                             (formats.empty() ? "" : "\n---\n" + formats));
}

std::string text_cell(const std::string& name, const std::string& text) {
    return "<c r=\"" + name + "\" t=\"str\"><v>" + text + "</v></c>";
}

}  // namespace

TEST_CASE("files that are no tables are named, with what to do", "[formats][foreign]") {
    const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(512, '\0');
    const std::vector<std::pair<std::string, std::string>> files = {
        {ole + stream("EncryptionInfo") + stream("EncryptedPackage"), "protected by a password"},
        {ole + stream("Workbook"), "Excel 97 to 2003 (.xls)"},
        {ole + stream("Book"), "Excel 97 to 2003 (.xls)"},
        {ole + stream("WordDocument"), "an old Office program"},
        {"\x09\x04\x06\x00\x00\x00"s, "Excel 2 to 4"},
        {"ID;PWXL;N;E\r\nC;Y1;X1;K\"id\"\r\n", "SYLK"},
        {"<html><body><table><tr><td>id</td></tr></table></body></html>", "a web page (HTML)"},
        {"\xEF\xBB\xBF<!DOCTYPE html>\n<HTML>", "a web page (HTML)"},
        {"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<ss:Workbook/>",
         "the XML of Excel 2003"},
        {"%PDF-1.7\n", "a PDF"},
        {"SQLite format 3\0 whatever"s, "SQLite"},
        {"PAR1 whatever PAR1", "Parquet"},
        {"BZh91AY&SY whatever", "bzip2"}};
    for (const auto& [bytes, named] : files) {
        CAPTURE(named);
        CHECK(has(errors_of(bytes), named));
        // the same under the name of a table
        const Folder folder{{"actors.csv", bytes}};
        CHECK(has(said(io::inspect_dataset(folder.path()).diagnostics), "actors.csv: error: "));
        CHECK(has(said(io::inspect_dataset(folder.path()).diagnostics), named));
    }
    // what only begins alike is read
    CHECK(network_of("ID;Prénom\n1;A\n").actors().size() == 1);
    CHECK(network_of("PAR1 PAR2\n").actors().size() == 2);
    const Folder folder{{"actors.csv", "PK\x03\x04 whatever"}};
    CHECK(has(said(io::inspect_dataset(folder.path()).diagnostics), "this is a workbook, not a text"));
}

TEST_CASE("workbook: other files in a zip are named", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const auto root = [](const std::string& target) {
        return stored_zip(
            {{"_rels/.rels",
              "<Relationships>" + relation("r1", office + "officeDocument", target) + "</Relationships>"}});
    };
    CHECK(has(errors_of(root("xl/workbook.bin")), "a binary workbook of Excel (.xlsb)"));
    CHECK(has(errors_of(root("word/document.xml")), "a document of Word"));
    CHECK(has(errors_of(root("ppt/presentation.xml")), "a presentation of PowerPoint"));
    CHECK(has(errors_of(stored_zip({{"mimetype", "x"}, {"content.xml", "<x/>"}})),
              "an OpenDocument file, such as .ods"));
    CHECK(has(errors_of(stored_zip({{"Index/Document.iwa", "x"}})), "Apple Numbers"));
    CHECK(has(errors_of(stored_zip({{"actors.csv", "id,name\n"}})), "a zip without a workbook"));
    CHECK(has(errors_of(stored_zip({})), "a zip without a workbook"));
}

TEST_CASE("workbook: parts are found by their relations, whatever their names", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const std::string sheet = relation("r1", office + "worksheet", "worksheets/sheet1.xml");
    const std::string strings = relation("r2", office + "sharedStrings", "sharedStrings.xml");
    const std::string strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    const std::vector<Parts> books = {
        workbook_with("xl/workbook.xml", "xl/workbook.xml", sheet + strings, "xl/worksheets/sheet1.xml",
                      "xl/sharedStrings.xml"),
        // absolute paths; a leading slash and other letters in the zip
        workbook_with("/xl/workbook.xml", "xl/workbook.xml",
                      relation("r1", office + "worksheet", "/xl/worksheets/Sheet1.xml") +
                          relation("r2", office + "sharedStrings", "/xl/SharedStrings.xml"),
                      "/xl/worksheets/sheet1.xml", "xl/sharedstrings.xml"),
        // other names and folders, up and down
        workbook_with("./book/main.xml", "book/main.xml",
                      relation("r1", strict + "worksheet", "../pages/./one.xml") +
                          relation("r2", strict + "sharedStrings", "texts.xml"),
                      "pages/one.xml", "book/texts.xml"),
        // backslashes, as some programs write them
        workbook_with("xl\\workbook.xml", "xl/workbook.xml",
                      relation("r1", office + "worksheet", "worksheets\\sheet1.xml") + strings,
                      "xl\\worksheets\\sheet1.xml", "xl\\sharedStrings.xml"),
        workbook_with("workbook.xml", "workbook.xml", relation("r1", office + "worksheet", "s.xml") + strings,
                      "s.xml", "sharedStrings.xml")};
    for (std::size_t b = 0; b < books.size(); ++b) {
        CAPTURE(b);
        CHECK(network_of(stored_zip(books[b])).name(*network_of(stored_zip(books[b])).find_actor("7")) ==
              "x");
    }
    // charts are no tables; a sheet that is nowhere is said; parts in UTF-16 are parts
    Parts book = books.front();
    book[1].second =
        R"(<x:workbook xmlns:x="m"><x:sheets><x:sheet name="chart" y:id="r3"/><x:sheet name="lost" y:id="r9"/>)"
        R"(<x:sheet name="actors" y:id="r1"/></x:sheets></x:workbook>)";
    book[2].second = "<Relationships>" + sheet + strings +
                     relation("r3", office + "chartsheet", "chartsheets/sheet1.xml") + "</Relationships>";
    for (std::size_t part = 1; part < book.size(); ++part) {
        book[part].second = as_utf16(book[part].second, part % 2 == 0, true);
    }
    CHECK(network_of(stored_zip(book)).find_actor("7").has_value());
    CHECK(has(warnings_of(stored_zip(book)), "names the sheet \"lost\" and does not say where it is"));
    book[3].second.pop_back();
    CHECK(has(errors_of(stored_zip(book)), "the part xl/worksheets/sheet1.xml of the workbook is damaged"));
}

TEST_CASE("workbook: a hidden list beside a shown one is left out, and said; alone it is read",
          "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const auto book = [](const std::string& first, const std::string& second) {
        return stored_zip(
            {{"xl/workbook.xml", "<workbook><sheets><sheet name=\"one\" r:id=\"r1\"" + first +
                                     "/><sheet name=\"two\" r:id=\"r2\"" + second + "/></sheets></workbook>"},
             {"xl/_rels/workbook.xml.rels",
              "<Relationships>" + relation("r1", office + "worksheet", "a.xml") +
                  relation("r2", office + "worksheet", "b.xml") + "</Relationships>"},
             {"xl/a.xml", "<worksheet><sheetData><row>" + text_cell("A1", "name") + "</row><row>" +
                              text_cell("A2", "Tours") + "</row></sheetData></worksheet>"},
             {"xl/b.xml", "<worksheet><sheetData><row>" + text_cell("A1", "name") + "</row><row>" +
                              text_cell("A2", "Blois") + "</row></sheetData></worksheet>"}});
    };
    CHECK(network_of(book("", "")).actors().size() == 2);
    CHECK(network_of(book("", " state=\"visible\"")).actors().size() == 2);
    CHECK(network_of(book("", " state=\"veryHidden\"")).actors().size() == 1);
    CHECK(has(notes_of(book("", " state=\"hidden\"")), "x[two]: note: this sheet is hidden; not read"));
    CHECK(network_of(book(" state=\"hidden\"", " state=\"hidden\"")).actors().size() == 2);
}

TEST_CASE("workbook: dates, times of day and elapsed times", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const auto shown = [](const std::string& format, const std::string& value) {
        const std::string styles =
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"" + format +
            "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
        const std::string book =
            sheet_of("<row>" + text_cell("A1", "id") + text_cell("B1", "name") + text_cell("C1", "when") +
                         "</row><row>" + text_cell("A2", "a") + text_cell("B2", "a") +
                         "<c r=\"C2\" s=\"1\"><v>" + value + "</v></c></row>",
                     styles);
        const Network n = network_of(book);
        return std::string(n.text(n.attribute_values("when")[ActorId{}])) + '|' + notes_of(book) +
               warnings_of(book);
    };
    CHECK(shown("dd/mm/yyyy", "43284") == "2018-07-03|");
    CHECK(shown("[$-40C]mmm", "43284") == "2018-07-03|");
    CHECK(shown("&quot;le &quot;d", "43284") == "2018-07-03|");
    CHECK(shown("hh:mm AM/PM", "0.5") == "0.5|");
    CHECK(shown("[h]:mm:ss", "1.5") == "1.5|");
    CHECK(shown("mm:ss", "0.5") == "0.5|");
    CHECK(shown("0.00&quot; days&quot;", "2.5") == "2.5|");
    CHECK(shown("0\\ \\d\\a\\y\\s", "2") == "2|");
    CHECK(has(shown("yyyy-mm-dd hh:mm", "43284.75"), "2018-07-03|"));
    CHECK(has(shown("yyyy-mm-dd hh:mm", "43284.75"), "a date with a time of day; read as the day (cell C2)"));
    CHECK(has(shown("dd/mm/yyyy", "0"), "|"));
    CHECK(has(shown("dd/mm/yyyy", "0"), "the day 0 (00/01/1900)"));
}

TEST_CASE("workbook: emptied cells, and rows that are formatted to their end", "[formats][xlsx]") {
    if (without_workbooks()) {
        return;
    }
    const std::string head =
        "<row>" + text_cell("A1", "id") + text_cell("B1", "name") + "<c r=\"XFD1\" s=\"3\"/></row>";
    const Network n = network_of(sheet_of(head + "<row>" + text_cell("A2", "a") + text_cell("B2", "b") +
                                          "<c r=\"C2\" t=\"s\"/><c r=\"XFD2\" t=\"s\"><v></v></c></row>"));
    CHECK(n.actors().size() == 1);
    CHECK(
        has(errors_of(sheet_of(head + "<row>" + text_cell("XFD2", "far") + "</row>")), "--limit columns=N"));
    const std::string second = "<row>" + text_cell("A2", "é") + "<c r=\"D2\" t=\"e\"><v>#N/A</v></c></row>";
    CHECK(has(warnings_of(sheet_of(head + second)),
              "x[actors]:2:6: warning: the cell shows an error (#N/A); read as empty (cell D2)"));
    CHECK(has(errors_of(sheet_of(head + "<row><c r=\"A2\" t=\"s\"><v>9</v></c></row>")),
              "refers to a text that the workbook has not: \"9\" (cell A2)"));
}
