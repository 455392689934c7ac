#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"
#include "tools/command.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a prepared file gives the documents of its dataset, byte for byte", "[cli][prepared]") {
    const auto name = GENERATE(as<std::string>{}, "mini-region", "southern-women", "karate");
    const Folder folder;
    const std::string file = folder.file("n.maillage");
    REQUIRE(run_cli({"convert", dataset(name), "-o", file, "--quiet"}).code == 0);
    const std::vector<std::vector<std::string>> runs = {
        {"check"},
        {"describe"},
        {"match", "--top", "3"},
        {"communities"},
        {"recommend", "--top", "3"},
        {"recommend", "--top", "3", "--to", "2019", "--tie-weight", "one"},
        {"recommend", "--expertises", "declared"},
        {"openness", "--threads", "1"}};
    for (const auto& words : runs) {
        for (const std::string form : {"--json", "--table"}) {
            std::vector<std::string> args = words;
            args.insert(args.begin() + 1, dataset(name));
            args.push_back(form);
            const CliResult expected = run_cli(args);
            args[1] = file;
            const CliResult found = run_cli(args);
            INFO(words.front() << ' ' << form);
            CHECK(found.code == expected.code);
            CHECK(found.out == expected.out);
        }
    }
    // and back to tables, JSON and another prepared file
    CHECK(run_cli({"convert", file}).out == run_cli({"convert", dataset(name)}).out);
    REQUIRE(run_cli({"convert", file, "-o", folder.file("again.maillage"), "--quiet"}).code == 0);
    CHECK(bytes_of(folder.file("again.maillage")) == bytes_of(file));
    REQUIRE(run_cli({"convert", file, "-o", folder.file("tables"), "--quiet"}).code == 0);
    CHECK(run_cli({"convert", folder.file("tables")}).out == run_cli({"convert", file}).out);
}

TEST_CASE("a prepared file that is none ends with 3 and says why", "[cli][prepared]") {
    const Folder folder;
    const std::string file = folder.file("n.maillage");
    REQUIRE(run_cli({"convert", dataset("karate"), "-o", file, "--quiet"}).code == 0);
    const std::string bytes = bytes_of(file);
    folder.write("cut.maillage", bytes.substr(0, bytes.size() / 2));
    for (const std::string command : {"describe", "check", "recommend"}) {
        const CliResult cut = run_cli({command, folder.file("cut.maillage")});
        CHECK(cut.code == 3);
        CHECK((cut.err + cut.out).find("cut.maillage: error: cut off") != std::string::npos);
    }
    CHECK(run_cli({"convert", dataset("karate"), "--to", "maillage"}).code == 2);
}
