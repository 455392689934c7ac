#include "io/csv.hpp"

#include <catch2/catch.hpp>

namespace {

using maillage::Diagnostic;
using maillage::io::CsvField;
using maillage::io::CsvLimits;
using maillage::io::CsvReader;
using maillage::io::detect_separator;
using Rows = std::vector<std::vector<std::string>>;

struct Parsed {
    Rows rows;
    std::vector<std::vector<CsvField>> places;  // texts are not to be read
    std::vector<Diagnostic> diagnostics;
    bool failed = false;
};

Parsed parse(std::string_view text, CsvLimits limits = {}) {
    Parsed parsed;
    CsvReader reader(text, "t.csv", parsed.diagnostics, limits);
    std::vector<CsvField> row;
    while (reader.next(row)) {
        std::vector<std::string> texts;
        for (const CsvField& field : row) {
            texts.emplace_back(field.text);
        }
        parsed.rows.push_back(texts);
        parsed.places.push_back(row);
    }
    parsed.failed = reader.failed();
    return parsed;
}

std::string only_message(const Parsed& parsed) {
    REQUIRE(parsed.diagnostics.size() == 1);
    return to_text(parsed.diagnostics.front());
}

TEST_CASE("csv: rows end with LF, CRLF or CR, also mixed, and the last one needs no end", "[io][unit]") {
    const Rows expected = {{"a", "b"}, {"c", "d"}, {"e", "f"}};
    CHECK(parse("a,b\nc,d\ne,f").rows == expected);
    CHECK(parse("a,b\r\nc,d\r\ne,f\r\n").rows == expected);
    CHECK(parse("a,b\rc,d\re,f\r").rows == expected);
    CHECK(parse("a,b\r\nc,d\ne,f\r").rows == expected);
}

TEST_CASE("csv: CR alone counts lines as LF does", "[io][unit]") {
    const Parsed parsed = parse("a,b\r\rc,d\r");
    REQUIRE(parsed.places.size() == 2);
    CHECK(parsed.places[1][1].line == 3);
    CHECK(parsed.places[1][1].column == 3);
}

TEST_CASE("csv: lines without a character are skipped, empty fields are kept", "[io][unit]") {
    CHECK(parse("\n\na,b\n\n\r\n,\n\n").rows == Rows{{"a", "b"}, {"", ""}});
    CHECK(parse("").rows.empty());
    CHECK(parse("\n\n\n").rows.empty());
}

TEST_CASE("csv: a separator at the very end opens one more field", "[io][unit]") {
    CHECK(parse("a,b\nc,").rows == Rows{{"a", "b"}, {"c", ""}});
    CHECK(parse("a,b\nc,\n").rows == Rows{{"a", "b"}, {"c", ""}});
}

TEST_CASE("csv: quoted fields hold separators, line ends and doubled quotes", "[io][unit]") {
    CHECK(parse("a,b\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n\"\",\"\"\"\"\n").rows ==
          Rows{{"a", "b"}, {"x, \"y\"", "two\r\nlines"}, {"", "\""}});
}

TEST_CASE("csv: places are those of the text, also behind a quoted field over several lines", "[io][unit]") {
    const Parsed parsed = parse("a,b\n\"x\ny\",z\nlast,é,1\n");
    REQUIRE(parsed.places.size() == 3);
    CHECK(parsed.places[1][0].line == 2);
    CHECK(parsed.places[1][0].column == 2);
    CHECK(parsed.places[1][1].line == 3);
    CHECK(parsed.places[1][1].column == 4);
    CHECK(parsed.places[2][2].line == 4);
    CHECK(parsed.places[2][2].column == 9);  // é is two bytes
}

TEST_CASE("csv: spaces, # and quotes inside an unquoted field are text", "[io][unit]") {
    CHECK(parse("# a, b \n x ,12\" screen\n").rows == Rows{{"# a", " b "}, {" x ", "12\" screen"}});
}

TEST_CASE("csv: the separator is the one that cuts the rows evenly", "[io][unit]") {
    CHECK(detect_separator("id;nom;lat\na;Tours, ville;47,39\nb;Blois, ville;47,58\n") == ';');
    CHECK(detect_separator("id\tname\na\tx, y; z\n") == '\t');
    CHECK(detect_separator("id,name\na,x\n") == ',');
    CHECK(detect_separator("id\na\n") == ',');
    CHECK(detect_separator("\"a;b\",c\n\"d;e\",f\n") == ',');
    CHECK(detect_separator("id,topics\na,x|y|z\nb,x|y\n") == ',');
    CHECK(detect_separator("id;size\na;19\" wide\nb;20\n") == ';');
    CHECK(detect_separator("") == ',');
}

TEST_CASE("csv: a first line sep= tells the separator", "[io][unit]") {
    CHECK(parse("sep=;\r\na;b,c\r\n").rows == Rows{{"a", "b,c"}});
    CHECK(parse("sep=,\na;b,c\n").rows == Rows{{"a;b", "c"}});
    CHECK(parse("sep=\t\na\tb\n").rows == Rows{{"a", "b"}});
    const Parsed parsed = parse("sep=;\na;b\n");
    CHECK(parsed.places[0][0].line == 2);
}

TEST_CASE("csv: an unclosed quote is reported where it opens", "[io][unit]") {
    const Parsed parsed = parse("a,b\n1,\"two\n3,4\n");
    CHECK(parsed.failed);
    CHECK(only_message(parsed) == "t.csv:2:3: error: this quote is never closed");
}

TEST_CASE("csv: text behind a closing quote is reported and the row goes on", "[io][unit]") {
    const Parsed parsed = parse("a,b\n\"x\"y,2\n3,4\n");
    CHECK(only_message(parsed) ==
          "t.csv:2:4: error: text after a closing quote; a quote inside a quoted field is written twice");
    CHECK(parsed.rows.size() == 3);
    CHECK_FALSE(parsed.failed);
}

TEST_CASE("csv: fields, rows and columns beyond the limits end the reading at once", "[io][unit]") {
    const CsvLimits limits{.field_bytes = 20, .row_bytes = 50, .columns = 5};
    CHECK(only_message(parse("a,b\n" + std::string(21, 'x') + ",1\n", limits)) ==
          "t.csv:2:1: error: a field of more than 20 bytes; is this a table?");
    CHECK(parse("a,b\n" + std::string(20, 'x') + ",1\n", limits).diagnostics.empty());
    CHECK(only_message(parse("a,b\n1,\"" + std::string(40, 'x'), limits)) ==
          "t.csv:2:3: error: a quoted field of more than 20 bytes; is its closing quote missing?");
    const std::string long_row =
        std::string(19, 'x') + ',' + std::string(19, 'y') + ',' + std::string(19, 'z');
    CHECK(only_message(parse("a,b,c\n" + long_row + "\n", limits)) ==
          "t.csv:2:1: error: a row of more than 50 bytes; is this a table?");
    CHECK(only_message(parse("1,2,3,4,5,6\n", limits)) == "t.csv:1:1: error: a row of more than 5 fields");
    CHECK(parse("1,2,3,4,5\n", limits).diagnostics.empty());
}

TEST_CASE("csv: fields longer than a block of the scanner are whole", "[io][unit]") {
    for (std::size_t length = 0; length < 70; ++length) {
        const std::string field(length, 'x');
        CAPTURE(length);
        CHECK(parse("h,i\n" + field + "," + field + "\n\"" + field + "\"\"\",e\n").rows ==
              Rows{{"h", "i"}, {field, field}, {field + "\"", "e"}});
    }
}

}  // namespace
