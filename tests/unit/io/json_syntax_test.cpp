#include "io/read_json.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace maillage;

namespace {

/// "line:column: message" of the first problem, or nothing.
std::string problem(const std::string& text) {
    const auto error = io::json_syntax_error(text, "t.json");
    return error ? std::to_string(error->where.line) + ':' + std::to_string(error->where.column) + ": " +
                       error->message
                 : std::string();
}

bool begins_with(const std::string& text, const std::string& beginning) {
    return text.rfind(beginning, 0) == 0;
}

}  // namespace

TEST_CASE("json: the files of JSONTestSuite are accepted and refused as their names say",
          "[io][conformance]") {
    const std::filesystem::path folder =
        std::filesystem::path(MAILLAGE_SOURCE_DIR) / "../shared/conformance/json/test_parsing";
    if (!std::filesystem::is_directory(folder)) {
        WARN("JSONTestSuite is not here: skipped");
        return;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    REQUIRE(files.size() > 300);
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto error = io::json_syntax_error(text, file.filename().string());
        INFO(file.filename().string());
        const std::string name = file.filename().string();
        if (name[0] == 'y') {
            CHECK_FALSE(error.has_value());
        } else if (name[0] == 'n') {
            REQUIRE(error.has_value());
            CHECK(error->where.line >= 1);
            CHECK(error->where.column >= 1);
            const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n') +
                                                        std::count(text.begin(), text.end(), '\r'));
            CHECK(error->where.line <= lines + 1);
            CHECK(error->where.column <= text.size() + 1);
            CHECK(error->message.find("json.exception") == std::string::npos);
        }
    }
}

TEST_CASE("json: the place of what is not JSON is that of the offending token", "[io][unit]") {
    CHECK(begins_with(problem("{\"a\": 1,\n  \"b\" 2}"), "2:7: this is not JSON: unexpected number literal"));
    CHECK(begins_with(problem("[1 22 3]"), "1:4: "));
    CHECK(begins_with(problem("[\"a\"\n\"bcd\"]"), "2:1: "));
    CHECK(begins_with(problem("[1,]"), "1:4: this is not JSON: unexpected ']'"));
    CHECK(begins_with(problem("[1,,2]"), "1:4: this is not JSON: unexpected ','"));
    CHECK(begins_with(problem("{\"a\": nul}"), "1:7: this is not JSON: invalid literal"));
    CHECK(begins_with(problem("{\"a\": [1}"), "1:9: "));
    CHECK(begins_with(problem("[\"abc"), "1:2: this is not JSON: invalid string: missing closing quote"));
    CHECK(begins_with(problem("[\"a\\qb\"]"), "1:5: this is not JSON: invalid string"));
    CHECK(begins_with(problem("[\"a\tb\"]"), "1:4: this is not JSON: invalid string"));
    CHECK(begins_with(problem("[1, 1e999]"), "1:5: this is not JSON: the number is too large"));
    CHECK(begins_with(problem("[1, -]"), "1:5: this is not JSON: invalid number"));
    CHECK(begins_with(problem("[1\r\n,2\r,x]"), "3:2: "));
    CHECK(begins_with(problem("[1"), "1:3: this is not JSON: unexpected end of input"));
    CHECK(begins_with(problem(""), "1:1: this is not JSON: unexpected end of input"));
}

TEST_CASE("json: invalid UTF-8, lone surrogates and NUL bytes are refused where they stand", "[io][unit]") {
    CHECK(begins_with(problem("[\"a\xE9\"]"), "1:"));
    CHECK(begins_with(problem("[\"\\uD800\"]"), "1:"));
    CHECK(begins_with(problem("[\"\\uDC00x\"]"), "1:"));
    CHECK(problem(std::string("123\0", 4)) == "1:4: this is not JSON: a NUL character");
    CHECK(problem("\xEF\xBB\xBF[1]").empty());
    CHECK(problem("[\"\\uD83D\\uDE00 é\"]").empty());
}

TEST_CASE("json: a hundred thousand opening brackets are refused, not followed", "[io][unit]") {
    CHECK(problem(std::string(100000, '[')).find("nested deeper than 512 levels") != std::string::npos);
    std::string objects;
    for (int i = 0; i < 100000; ++i) {
        objects += "{\"a\":";
    }
    CHECK(problem(objects).find("nested deeper") != std::string::npos);
}
