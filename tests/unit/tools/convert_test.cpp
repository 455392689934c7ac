#include "engine/error.hpp"

#include "tests/support/datasets.hpp"
#include "tools/commands.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

namespace fs = std::filesystem;

struct Outcome {
    std::string out, err, refused;
};

/// Runs a command; `refused` is the field of the option error, if any.
Outcome run(const tools::Command& command, const std::vector<std::string>& args) {
    std::ostringstream out;
    std::ostringstream err;
    Outcome outcome;
    try {
        command.run(args, {.out = out, .err = err});
    } catch (const OptionError& error) {
        outcome.refused = error.field() + ": " + error.what();
    }
    outcome.out = out.str();
    outcome.err = err.str();
    return outcome;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

const std::string region = std::string(MAILLAGE_SOURCE_DIR) + "/datasets/mini-region";

}  // namespace

TEST_CASE("convert: tables to JSON to tables gives the same bytes", "[tools][convert]") {
    const Folder scratch;
    CHECK(run(tools::convert_command, {region, "-o", scratch.file("a")}).refused.empty());
    CHECK(run(tools::convert_command, {scratch.file("a"), "-o", scratch.file("b.json")}).refused.empty());
    CHECK(run(tools::convert_command, {scratch.file("b.json"), "-o", scratch.file("c/")}).refused.empty());
    CHECK(names_in(scratch.path()) ==
          std::vector<std::string>{"a", "b.json", "c"});  // nothing temporary is left
    REQUIRE(names_in(scratch.file("a")) == names_in(scratch.file("c")));
    for (const std::string& name : names_in(scratch.file("a"))) {
        CHECK(bytes_of(fs::path(scratch.file("a")) / name) == bytes_of(fs::path(scratch.file("c")) / name));
    }
    CHECK(run(tools::convert_command, {region, "--to", "json"}).out == bytes_of(scratch.file("b.json")));
    CHECK(run(tools::convert_command, {region}).out == bytes_of(scratch.file("b.json")));
}

TEST_CASE("convert: --to decides where the ending does not", "[tools][convert]") {
    const Folder scratch;
    CHECK(run(tools::convert_command, {region, "-o", scratch.file("x"), "--to", "json"}).refused.empty());
    CHECK(bytes_of(scratch.file("x")).front() == '{');
    CHECK(run(tools::convert_command, {region, "-o", scratch.file("y.json"), "--to", "csv"}).refused.empty());
    CHECK(fs::is_directory(scratch.file("y.json")));
    CHECK(run(tools::convert_command, {region, "--to", "xml"}).refused.find("json, csv, maillage, graphml") !=
          std::string::npos);
    CHECK(run(tools::convert_command, {region, "--to", "csv"}).refused.find("which folder?") !=
          std::string::npos);
    CHECK_FALSE(run(tools::convert_command, {region, "--from", "2018"}).refused.empty());
}

TEST_CASE("convert: a folder that is not empty is refused, and with --force keeps what is not of the dataset",
          "[tools][convert]") {
    const Folder scratch{{"notes.md", "mine"}, {"members.csv", "old"}, {"acteurs.csv", "old"}};
    const auto refusal = run(tools::convert_command, {region, "-o", scratch.path()});
    CHECK(refusal.refused.find("not empty") != std::string::npos);
    CHECK(names_in(scratch.path()).size() == 3);
    CHECK(run(tools::convert_command,
              {std::string(MAILLAGE_SOURCE_DIR) + "/datasets/karate", "-o", scratch.path(), "--force"})
              .refused.empty());
    CHECK(bytes_of(scratch.file("notes.md")) == "mine");
    CHECK_FALSE(
        fs::exists(scratch.file("members.csv")));  // karate has none: a stale one would be read with it
    CHECK_FALSE(fs::exists(scratch.file("acteurs.csv")));
    CHECK(fs::exists(scratch.file("actors.csv")));
    const fs::path parent = fs::path(scratch.path()).parent_path();
    for (const std::string& name : names_in(parent)) {
        CHECK(name.rfind(fs::path(scratch.path()).filename().string() + ".", 0) == std::string::npos);
    }
}

TEST_CASE("convert: a dataset with errors writes nothing", "[tools][convert]") {
    const Folder scratch{{"actors.csv", "id,name\na,A\n"}, {"partnerships.csv", "id,a,b\np,a,nobody\n"}};
    const Folder target;
    CHECK_THROWS_AS(run(tools::convert_command, {scratch.path(), "-o", target.file("out")}), InputError);
    CHECK(names_in(target.path()).empty());
}

TEST_CASE("generate: the command writes a folder whole and says what it holds", "[tools][generate]") {
    const Folder scratch;
    const auto made = run(tools::generate_command,
                          {"-o", scratch.file("r"), "--actors", "50", "--groups", "3", "--expertises", "30",
                           "--mixing", "0,25", "--years", "2015:2018", "--seed", "3", "--lang", "en"});
    CHECK(made.refused.empty());
    CHECK(made.err.find("50 made-up actors in 3 planted groups, 150 partnerships") != std::string::npos);
    CHECK(names_in(scratch.path()) == std::vector<std::string>{"r"});
    CHECK(bytes_of(fs::path(scratch.file("r")) / "maillage.json").find("--mixing 0.25") != std::string::npos);
    CHECK(run(tools::generate_command, {"-o", scratch.file("r")}).refused.find("not empty") !=
          std::string::npos);
    CHECK(
        run(tools::generate_command, {"-o", scratch.file("q"), "--actors", "0"}).refused.rfind("actors", 0) ==
        0);
    CHECK(run(tools::generate_command, {"-o", scratch.file("q"), "--actors", "-1"})
              .refused.rfind("actors", 0) == 0);
    CHECK(run(tools::generate_command, {"-o", scratch.file("q"), "--mixing", "1.5"})
              .refused.rfind("mixing", 0) == 0);
    CHECK(run(tools::generate_command, {"-o", scratch.file("q"), "--groups", "9999"})
              .refused.rfind("groups", 0) == 0);
    CHECK(run(tools::generate_command, {"-o", scratch.file("q"), "--years", "2018"})
              .refused.rfind("years", 0) == 0);
    CHECK(run(tools::generate_command, {"--actors", "10"}).refused.rfind("output", 0) == 0);
    CHECK(names_in(scratch.path()) == std::vector<std::string>{"r"});
}
