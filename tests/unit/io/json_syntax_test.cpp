#include "io/json_positions.hpp"
#include "io/json_problem.hpp"
#include "io/read_json.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
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
    // the parser quotes what it read, up to the middle of a character; nothing of that is passed on (found by fuzzing)
    CHECK(problem("{\"a; expected : \"\xC3\x89\": 1}") ==
          "1:18: this is not JSON: invalid literal; expected ':'");
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

TEST_CASE("json: the scanner refuses what nlohmann refuses, and nothing else", "[io][json]") {
    const std::string whole =
        "{\"s\": {\"a\": \"\\u00e9\\n\"},\r\n \"l\": [{\"i\": -1.5e-3, \"t\": [true, false, null]}, \"é\", "
        "[0]],\n"
        " \"m\": []}\n";
    const std::vector<std::string> pieces = {"",
                                             "{",
                                             "}",
                                             "[",
                                             "]",
                                             ":",
                                             ",",
                                             "\"",
                                             "\\",
                                             "-",
                                             "0",
                                             "1e999",
                                             "1e-999",
                                             ".",
                                             "e",
                                             "t",
                                             "\n",
                                             "\xC3",
                                             "\xED\xA0\x80",
                                             std::string(1, '\0'),
                                             "nul",
                                             "\\ud800",
                                             "\"s\": 1,",
                                             "[[[[[[",
                                             "\x01"};
    const io::JsonWalk walk{.max_depth = 6};
    std::size_t refused = 0;
    const auto agree = [&](const std::string& text) {
        std::vector<Diagnostic> said;
        const bool good = io::walk_json(
            text, "t", walk, [](std::string_view, bool, const io::JsonNode&) { return true; }, said);
        const auto problem = io::json_problem(text, "t", walk);
        INFO(text);
        REQUIRE(good == said.empty());
        REQUIRE(good == !problem.has_value());
        if (!good) {
            ++refused;
            REQUIRE(said.size() == 1);
            CHECK(to_text(said.front()) == to_text(*problem));
        }
    };
    for (std::size_t at = 0; at <= whole.size(); ++at) {
        for (const std::string& piece : pieces) {
            agree(whole.substr(0, at) + piece + whole.substr(at));
            agree(whole.substr(0, at) + piece + whole.substr(std::min(at + 1, whole.size())));
        }
        agree(whole.substr(0, at));
    }
    CHECK(refused > 1000);
}

TEST_CASE("json: a walk hands over records with their values and places", "[io][json]") {
    std::string text =
        "\xEF\xBB\xBF{\"list\": [\n  {\"k\\u00e9y\": \"a\\tb\", \"n\": [-0, -0.0, 1e-400, "
        "12345678901234567890, 0.1]}, 7],\n"
        " \"none\": null, \"yes\": true}";
    std::vector<std::string> seen;
    const auto see = [&](std::string_view member, bool item, const io::JsonNode& node) {
        seen.push_back(std::string(member) + (item ? "[]" : "") + '@' + std::to_string(node.line) + ':' +
                       std::to_string(node.column) + ' ' + text.substr(node.begin, node.end - node.begin));
        if (const io::JsonNode* n = node.find("n")) {
            const io::JsonNode* name = node.find("kéy");
            REQUIRE(name != nullptr);
            CHECK(name->text == "a\tb");
            CHECK(name->column == 16);
            std::vector<double> numbers;
            for (const auto& [unused, number] : n->members) {
                numbers.push_back(number.number);
            }
            CHECK(numbers == std::vector<double>{0.0, 0.0, 0.0, 12345678901234567890.0, 0.1});
            CHECK_FALSE(std::signbit(numbers[0]));
            CHECK(std::signbit(numbers[1]));
        }
        return true;
    };
    std::vector<Diagnostic> said;
    REQUIRE(io::walk_json(text, "t", {}, see, said));
    REQUIRE(seen.size() == 6);
    CHECK(begins_with(seen[0], "list[]@2:3 {\"k"));
    CHECK(seen[1] == "list[]@2:77 7");
    CHECK(begins_with(seen[2], "list@1:13 [\n"));
    CHECK(seen[3] == "none@3:10 null");
    CHECK(seen[4] == "yes@3:23 true");
    CHECK(begins_with(seen[5], "@1:4 {"));
}

TEST_CASE("json: a key twice is found among few and among many", "[io][json]") {
    for (const std::size_t count : {1U, 23U, 24U, 25U, 26U, 300U}) {
        std::string text = "[{";
        for (std::size_t i = 0; i < count; ++i) {
            text += (i == 0 ? "\"k" : ", \"k") + std::to_string(i) + "\": 0";
        }
        for (const bool twice : {false, true}) {
            std::vector<Diagnostic> said;
            const std::string last = twice ? ", \"k" + std::to_string(count / 2) + "\": 1}]" : "}]";
            CHECK(io::walk_json(
                      text + last, "t", {}, [](std::string_view, bool, const io::JsonNode&) { return true; },
                      said) == !twice);
            CHECK(said.size() == (twice ? 1 : 0));
            if (twice) {
                CHECK(said[0].message ==
                      "key \"k" + std::to_string(count / 2) + "\" is given twice in one object");
                CHECK(said[0].where.column == text.size() + 3);
            }
        }
    }
}
