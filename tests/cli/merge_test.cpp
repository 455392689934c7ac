#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"
#include "tools/command.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

/// Writes the parts into the folder and answers with their files.
std::vector<std::string> cut(const Folder& folder, const std::string& where, unsigned of,
                             const std::vector<std::string>& options = {}) {
    std::vector<std::string> files;
    for (unsigned part = 1; part <= of; ++part) {
        files.push_back(folder.file("part-" + std::to_string(part) + "-" + std::to_string(of) + ".json"));
        std::vector<std::string> args = {"recommend", where,
                                         "--shard",   std::to_string(part) + "/" + std::to_string(of),
                                         "-o",        files.back()};
        args.insert(args.end(), options.begin(), options.end());
        const CliResult result = run_cli(args);
        INFO(result.err);
        REQUIRE(result.code == 0);
    }
    return files;
}

CliResult merge(std::vector<std::string> files) {
    files.insert(files.begin(), "merge");
    return run_cli(files);
}

}  // namespace

TEST_CASE("merge: parts give the bytes of the whole run", "[cli][merge]") {
    const auto name = GENERATE(as<std::string>{}, "mini-region", "karate", "southern-women");
    const auto of = GENERATE(1U, 2U, 3U, 7U, 40U);
    const Folder folder;
    auto files = cut(folder, dataset(name), of, {"--top", "3"});
    const std::string whole = run_cli({"recommend", dataset(name), "--json", "--top", "3"}).out;
    CHECK(merge(files).out == whole);
    std::reverse(files.begin(), files.end());
    const CliResult reversed = merge(files);
    CHECK(reversed.code == 0);
    CHECK(reversed.out == whole);
}

TEST_CASE("merge: lists made by rules, and by a fitted ranking", "[cli][merge]") {
    const std::vector<std::string> options =
        GENERATE(as<std::vector<std::string>>{},
                 std::vector<std::string>{"--reciprocal", "harmonic", "--diversity", "0.4", "--top", "4"},
                 std::vector<std::string>{"--quota", "2", "--newcomers", "1", "--goal", "bridging"},
                 std::vector<std::string>{"--ranking", "fitted", "--top", "3", "--diversity", "0.2"});
    const Folder folder;
    std::string region = dataset("mini-region");
    if (options[0] == "--ranking") {
        region = folder.file("dated");
        REQUIRE(run_cli({"generate", "-o", region, "--actors", "150", "--partnerships", "600", "--seed", "3"})
                    .code == 0);
    }
    std::vector<std::string> whole = {"recommend", region, "--json"};
    whole.insert(whole.end(), options.begin(), options.end());
    const CliResult all = run_cli(whole);
    INFO(all.err);
    REQUIRE(all.code == 0);
    const CliResult merged = merge(cut(folder, region, 3, options));
    CHECK(merged.code == 0);
    CHECK(merged.out == all.out);
}

TEST_CASE("merge: what does not fit together is refused", "[cli][merge]") {
    const Folder folder;
    const auto three = cut(folder, dataset("mini-region"), 3);
    const auto two = cut(folder, dataset("mini-region"), 2);
    const auto refused = [](const std::vector<std::string>& files, const std::string& why) {
        const CliResult result = merge(files);
        INFO(result.err);
        CHECK(result.code == 3);
        CHECK(result.out.empty());
        CHECK(result.err.find(why) != std::string::npos);
    };
    refused({three[0], three[2]}, "part 2 of 3 is missing");
    refused({three[0], three[1]}, "part 3 of 3 is missing");
    refused({three[0], three[1], three[1], three[2]}, "part 2 is there twice");
    refused({three[0], two[1]}, "one of 2 parts");
    const Folder third;
    const auto other = cut(third, dataset("karate"), 2);
    refused({two[0], other[1]}, "of another run");
    const Folder elsewhere;
    const auto longer = cut(elsewhere, dataset("mini-region"), 2, {"--top", "4"});
    refused({two[0], longer[1]}, "\"top\": 4 instead of \"top\": 10");
    folder.write("whole.json", run_cli({"recommend", dataset("mini-region"), "--json"}).out);
    refused({folder.file("whole.json")}, "it is of a whole run");
    folder.write("text.json", "{\n");
    refused({folder.file("text.json")}, "cut off");
    folder.write("other.json", "hello\n");
    refused({folder.file("other.json")}, "not a part");
    refused({folder.file("nowhere.json")}, "cannot be read");
    CHECK(run_cli({"merge"}).code == 2);
}

TEST_CASE("recommend --shard: what is no part is refused", "[cli][merge]") {
    const std::string region = dataset("mini-region");
    for (const std::string shard : {"0/2", "3/2", "1/0", "1", "a/b", "1/2/3", "-1/2", "1/", "/2", ""}) {
        INFO(shard);
        CHECK(run_cli({"recommend", region, "--json", "--shard=" + shard}).code == 2);
    }
    CHECK(run_cli({"recommend", region, "--shard", "1/2"}).code == 2);
    for (const std::string other : {"--opportunities", "--max-exposure=3"}) {
        const CliResult result = run_cli({"recommend", region, "--json", "--shard", "1/2", other});
        CHECK(result.code == 2);
        CHECK(result.err.find("--shard") != std::string::npos);
    }
    CHECK(run_cli({"recommend", region, "--json", "--shard", "1/2", "--actor", "valombre"}).code == 2);
}
