#include "io/encoding.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace maillage;
using io::DecodedText;
using io::Encoding;
using testing::as_utf16;
using testing::as_windows_1252;
using testing::said;

struct Outcome {
    std::string text;
    Encoding encoding = Encoding::utf8;
    bool readable = false;
    std::string errors, notes;
};

Outcome decode(std::string_view bytes) {
    DecodedText decoded;
    std::vector<Diagnostic> diagnostics;
    io::decode(bytes, "t.csv", decoded, diagnostics);
    CHECK(io::first_invalid_utf8(decoded.text) == std::string_view::npos);
    return {std::string(decoded.text), decoded.encoding, decoded.readable, said(diagnostics),
            said(diagnostics, Severity::note)};
}

constexpr std::string_view sample = "id;nom\ntours;Université de Tours à Tours\n";

TEST_CASE("decode: UTF-8 with and without a byte order mark is taken as it is", "[io][unit]") {
    const Outcome plain = decode(sample);
    CHECK(plain.text == sample);
    CHECK(plain.encoding == Encoding::utf8);
    const Outcome marked = decode("\xEF\xBB\xBF" + std::string(sample));
    CHECK(marked.text == sample);
    CHECK(marked.encoding == Encoding::utf8_bom);
    CHECK(marked.errors.empty());
}

TEST_CASE("decode: UTF-16 in both orders, with and without a mark", "[io][unit]") {
    for (const bool little : {true, false}) {
        for (const bool mark : {true, false}) {
            const Outcome outcome = decode(as_utf16(sample, little, mark));
            CAPTURE(little, mark);
            CHECK(outcome.text == sample);
            CHECK(outcome.encoding == (little ? Encoding::utf16_le : Encoding::utf16_be));
            CHECK(outcome.readable);
        }
    }
}

TEST_CASE("decode: a pair of surrogates is one character", "[io][unit]") {
    CHECK(decode(std::string_view("\xFF\xFE\x3D\xD8\x00\xDE", 6)).text == "\xF0\x9F\x98\x80");
}

TEST_CASE("decode: halves of UTF-16 characters are errors with a place", "[io][unit]") {
    const Outcome lone =
        decode(std::string_view("\xFF\xFE"
                                "a\0\n\0b\0\x00\xD8"
                                "c\0",
                                12));
    CHECK(lone.errors == "t.csv:2:2: error: half a character of UTF-16 (a lone surrogate)");
    CHECK_FALSE(lone.readable);
    const Outcome odd =
        decode(std::string_view("\xFF\xFE"
                                "a\0b",
                                5));
    CHECK(odd.errors == "t.csv:1:2: error: the UTF-16 text ends in the middle of a character");
}

TEST_CASE("decode: Windows-1252 is recognised and said", "[io][unit]") {
    const Outcome outcome = decode(as_windows_1252(sample));
    CHECK(outcome.text == sample);
    CHECK(outcome.encoding == Encoding::windows_1252);
    CHECK(outcome.notes == "t.csv: note: the file is not UTF-8; read as Windows-1252");
    CHECK(decode("L\x92"
                 "Ha\xFF-les-Roses \x80 \x8Cuvre")
              .text == "L’Haÿ-les-Roses € Œuvre");
    // a capital É before a no-break space happens to be a UTF-8 character
    CHECK(decode("MARCH\xC9\xA0: l'\xE9"
                 "cole d'\xE9t\xE9, \xE0 B\xE2le, o\xF9")
              .encoding == Encoding::windows_1252);
}

TEST_CASE("decode: a byte that Windows-1252 does not define is an error with its place", "[io][unit]") {
    for (const char bad : {'\x81', '\x8D', '\x8F', '\x90', '\x9D'}) {
        const Outcome outcome = decode("caf\xE9\nth\xE9 " + std::string(1, bad));
        CHECK(outcome.errors ==
              "t.csv:2:6: error: this byte is neither UTF-8 nor Windows-1252; save the file as UTF-8");
        CHECK_FALSE(outcome.readable);
    }
}

TEST_CASE("decode: damaged UTF-8 is not taken for Windows-1252", "[io][unit]") {
    const Outcome mixed = decode("é\nà b\xE9 ç\n");
    CHECK(mixed.errors ==
          "t.csv:2:5: error: this byte is not valid UTF-8; save the file as UTF-8, or wholly as "
          "Windows-1252");
    CHECK_FALSE(mixed.readable);
    CHECK_FALSE(decode("\xEF\xBB\xBF"
                       "caf\xE9")
                    .readable);  // the mark promised UTF-8
    CHECK_FALSE(decode("a,b\nx,\xFF\xFE\n").readable);
    CHECK_FALSE(decode("a,b\nx,caf\xC3\n").readable);  // half of an é
    CHECK_FALSE(decode("a,b\nx,caf\xC3,\n").readable);
}

TEST_CASE("decode: overlong forms, surrogates and what is beyond Unicode are not UTF-8", "[io][unit]") {
    for (const std::string_view bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xF8\x88\x80\x80\x80", "\xC3", "\xE2\x82", "\x80"}) {
        CHECK(io::first_invalid_utf8("ascii text " + std::string(bad)) == 11);
    }
    CHECK(io::first_invalid_utf8("\xC2\x80 \xE2\x82\xAC \xED\x9F\xBF \xF4\x8F\xBF\xBF") ==
          std::string_view::npos);
}

TEST_CASE("decode: a NUL character is an error with its place", "[io][unit]") {
    const Outcome outcome = decode(std::string_view("id,name\na,\0b\n", 13));
    CHECK(outcome.errors == "t.csv:2:3: error: a NUL character; the file is damaged or no text");
    CHECK_FALSE(outcome.readable);
}

TEST_CASE("position_of counts lines that end with LF, CRLF or CR", "[io][unit]") {
    const std::string text = "ab\ncd\r\nef\rgh";
    const auto at = [&](std::size_t offset) {
        const SourcePosition p = io::position_of(text, offset, "f");
        return std::pair(p.line, p.column);
    };
    CHECK(at(0) == std::pair(1U, 1U));
    CHECK(at(2) == std::pair(1U, 3U));
    CHECK(at(3) == std::pair(2U, 1U));
    CHECK(at(6) == std::pair(2U, 4U));
    CHECK(at(7) == std::pair(3U, 1U));
    CHECK(at(10) == std::pair(4U, 1U));
    CHECK(at(99) == std::pair(4U, 3U));
}

}  // namespace
