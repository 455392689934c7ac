#include "io/read_dataset.hpp"
#include "io/section_file.hpp"

#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"
#include "tools/command.hpp"
#include "tools/stored_ranking.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A prepared file with other bytes in the section of its ranking, sums and all.
std::string with_ranking(const std::string& bytes, const std::string& ranking) {
    const io::SectionFile file(bytes);
    std::vector<io::Section> sections;
    for (const std::string& name : file.names()) {
        const bool ours = name == tools::ranking_section;
        sections.push_back({name, !ours, ours ? ranking : std::string(file.get(name))});
    }
    std::ostringstream out;
    io::write_sections(out, sections);
    return out.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
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

TEST_CASE("convert --fit: recommend and explain rank by what the file holds, as if fitted at once",
          "[cli][prepared]") {
    const Folder folder;
    const std::string region = folder.file("dated");
    REQUIRE(
        run_cli({"generate", "-o", region, "--actors", "150", "--partnerships", "600", "--seed", "3"}).code ==
        0);
    const std::string file = folder.file("n.maillage");
    REQUIRE(run_cli({"convert", region, "--fit", "-o", file, "--quiet"}).code == 0);

    const std::string now = "\"weights_from\": \"this_run\"";
    const std::string stored = "\"weights_from\": \"prepared_file\"";
    const CliResult some = run_cli({"recommend", region, "--json", "--top", "1"});
    REQUIRE(some.out.find(now) != std::string::npos);
    const auto field = [&some](const std::string& key) {
        const std::string before = "\"" + key + "\": \"";
        const auto at = some.out.find(before, some.out.find("\"recommendations\": [")) + before.size();
        return some.out.substr(at, some.out.find('"', at) - at);
    };
    const std::vector<std::vector<std::string>> runs = {{"recommend", "--top", "3"},
                                                        {"recommend", "--ranking", "fitted", "--quota", "1"},
                                                        {"explain", field("actor"), field("partner")}};
    for (std::vector<std::string> args : runs) {
        args.insert(args.begin() + 1, file);
        args.emplace_back("--json");
        const CliResult found = run_cli(args);
        args[1] = region;
        INFO(found.err);
        REQUIRE(found.out.find(stored) != std::string::npos);
        CHECK(replaced(found.out, stored, now) == run_cli(args).out);
    }
    const CliResult french = run_cli({"recommend", file, "--top", "1", "--lang", "fr"});
    CHECK(french.out.find("à la préparation du fichier") != std::string::npos);
    CHECK(run_cli({"recommend", region, "--top", "1", "--lang", "fr"}).out.find("à la préparation") ==
          std::string::npos);

    // The section stays with the file, the published weights can still be had, other options are fitted anew.
    const std::string again = folder.file("again.maillage");
    REQUIRE(run_cli({"convert", file, "-o", again, "--quiet"}).code == 0);
    CHECK(bytes_of(again) == bytes_of(file));
    REQUIRE(run_cli({"convert", again, "--fit", "-o", again, "--quiet"}).code == 0);
    CHECK(bytes_of(again) == bytes_of(file));
    CHECK(run_cli({"recommend", file, "--json", "--ranking", "published"}).out ==
          run_cli({"recommend", region, "--json", "--ranking", "published"}).out);
    const CliResult earlier = run_cli({"recommend", file, "--json", "--top", "1", "--tie-weight", "one"});
    CHECK(earlier.out.find(now) != std::string::npos);
    CHECK(earlier.err.find("was made for other options") != std::string::npos);
}

TEST_CASE("convert --fit: a ranking of another version, network or damaged", "[cli][prepared]") {
    const Folder folder;
    const std::string region = folder.file("dated");
    REQUIRE(
        run_cli({"generate", "-o", region, "--actors", "150", "--partnerships", "600", "--seed", "3"}).code ==
        0);
    const std::string file = folder.file("n.maillage");
    REQUIRE(run_cli({"convert", region, "--fit", "-o", file, "--quiet"}).code == 0);
    const std::string bytes = bytes_of(file);
    const std::string ranking(io::SectionFile(bytes).get(tools::ranking_section));
    const auto run = [&](const std::string& changed) {
        folder.write("changed.maillage", with_ranking(bytes, changed));
        return run_cli({"recommend", folder.file("changed.maillage"), "--json", "--top", "1"});
    };
    CHECK(run(ranking).out.find("prepared_file") != std::string::npos);

    std::string changed = ranking;
    ++changed[0];
    const CliResult other = run(changed);
    CHECK(other.code == 0);
    CHECK(other.out.find("this_run") != std::string::npos);
    CHECK(other.err.find("another version") != std::string::npos);

    bool unused = false;
    const io::Section section{std::string(tools::ranking_section), false, ranking};
    auto moved = tools::find_ranking(std::vector{section}, unused);
    REQUIRE(moved);
    moved->basis.digest = "sha256:of another";
    const CliResult foreign = run(tools::to_section(*moved).bytes);
    CHECK(foreign.code == 3);
    CHECK(foreign.err.find("changed.maillage: error: its fitted ranking belongs to another network") !=
          std::string::npos);

    const CliResult cut = run(ranking.substr(0, ranking.size() / 2));
    CHECK(cut.code == 3);
    CHECK(cut.err.find("damaged: section \"x.fitted_ranking\" ends too early") != std::string::npos);
    // Other commands do not need it.
    CHECK(run_cli({"describe", folder.file("changed.maillage")}).code == 0);
}

TEST_CASE("convert --fit: where nothing can be fitted or kept", "[cli][prepared]") {
    const Folder folder;
    const CliResult text = run_cli({"convert", dataset("karate"), "--fit", "-o", folder.file("k.json")});
    CHECK(text.code == 2);
    CHECK(text.err.find("--fit keeps a ranking in a prepared file") != std::string::npos);
    const CliResult none = run_cli({"convert", dataset("karate"), "--fit", "-o", folder.file("k.maillage")});
    CHECK(none.code == 2);
    CHECK(none.err.find("too little history") != std::string::npos);
}
