#include "tests/support/cli.hpp"
#include "tools/command.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder that is gone at the end of the test.
class ScratchFolder {
public:
    ScratchFolder()
        : path_(std::filesystem::temp_directory_path() / ("maillage-cli-" + std::to_string(counter_++))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::size_t file_count() const {
        const auto files = std::filesystem::directory_iterator(path_);
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }

private:
    inline static int counter_ = 0;
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("cli: every command's help begins with what it does and an example", "[tools][cli]") {
    for (const tools::Command* command : tools::all_commands()) {
        CAPTURE(command->name);
        const auto result = run_cli({std::string(command->name), "--help"});
        CHECK(result.code == 0);
        CHECK(result.err.empty());
        const auto example = result.out.find("\nExample\n");
        REQUIRE(example != std::string::npos);
        CHECK(example < result.out.find("\nUsage\n"));
        CHECK(result.out.find("maillage " + std::string(command->name)) != std::string::npos);
        CHECK_FALSE(command->summary.empty());
    }
}

TEST_CASE("cli: without a word it shows the help and says usage; --help and --version are answers",
          "[tools][cli]") {
    const auto nothing = run_cli({});
    CHECK(nothing.code == 2);
    CHECK(nothing.err.find("Example") != std::string::npos);
    CHECK(run_cli({"--help"}).code == 0);
    CHECK(run_cli({"--version"}).out.rfind("maillage ", 0) == 0);
    CHECK(run_cli({"help", "match"}).out.find("maillage match") != std::string::npos);
}

TEST_CASE("cli: a mistyped command, option, choice, attribute or actor gets the nearest name",
          "[tools][cli]") {
    const std::string region = dataset("mini-region");
    const auto says = [](const std::vector<std::string>& args, const std::string& hint) {
        const auto result = run_cli(args);
        CAPTURE(args, result.err);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(hint) != std::string::npos);
    };
    says({"recomend", region}, "did you mean \"recommend\"?");
    says({"recommend", region, "--actr", "x"}, "did you mean \"actor\"");
    says({"describe", region, "--expertises", "declraed"}, "did you mean \"declared\"?");
    says({"openness", region, "--by", "knid"}, "did you mean \"kind\"");
    says({"openness", region, "--by", "kind*plce"}, "did you mean \"place\"");
    says({"openness", region, "--null", "rewirng"}, "did you mean \"rewiring\"?");
    says({"openness", region, "--every", "yaer"}, "did you mean \"year\"?");
    says({"openness", region, "--weighted", "--null", "rewiring"}, "leave --weighted out");
    says({"compare", region}, "a second dataset, or two dates");
    says({"compare", region, "--at", "2015"}, "twice");
    says({"compare", region, "--at", "2015", "--at", "x"}, "is not a date");
    says({"recommend", region, "--actor", "no-such-actor-at-all"}, "there is no actor");
    says({"describe", region, "--scope", "kind=universty"}, "did you mean \"university\"");
    says({"describe", region, "--scope", "kind"}, "attribute=value");
    says({"schema", "recomendations"}, "did you mean \"recommendations\"");
}

TEST_CASE("cli: options are read strictly", "[tools][cli]") {
    const std::string region = dataset("mini-region");
    const auto refused = [&region](std::vector<std::string> words, const std::string& why) {
        words.insert(words.begin(), {"recommend", region});
        const auto result = run_cli(words);
        CAPTURE(words, result.err);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(why) != std::string::npos);
    };
    refused({"--top=-1"}, "not a whole number");
    refused({"--top", "1.5"}, "not a whole number");
    refused({"--top", "1e3"}, "not a whole number");
    refused({"--top", "99999999999"}, "not a whole number");
    refused({"--top", "3", "--top", "4"}, "more than once");
    refused({"--top"}, "needs a value");
    refused({"--to", "5"}, "is not a date");
    refused({"--from", "2018-13"}, "is not a date");
    refused({"--from", "2019", "--to", "2018"}, "is after");
    refused({"--json", "--csv"}, "exclude each other");
    refused({"surplus"}, "what is \"surplus\"?");
    refused({"--acto", "x"}, "there is no option --acto");
    refused({"--threads", "0"}, "from 1 to 1024");
    refused({"--quiet=yes"}, "takes no value");
    CHECK(run_cli({"recommend"}).err.find("which dataset?") != std::string::npos);
    CHECK(run_cli({"explain", region, "onlyone"}).code == 2);
}

TEST_CASE("cli: an output file is written whole, or the old one stays", "[tools][cli]") {
    const ScratchFolder scratch;
    const std::string file = (scratch.path() / "result.json").string();
    scratch.write("result.json", "before");
    const auto bad = run_cli({"describe", dataset("no-such-dataset"), "-o", file});
    CHECK(bad.code == 3);
    CHECK(read_file(file) == "before");
    const auto good = run_cli({"describe", dataset("mini-region"), "-o", file});
    CHECK(good.code == 0);
    CHECK(good.out.empty());
    CHECK(read_file(file).rfind("{\n  \"schema\": \"maillage/description/1.0\"", 0) == 0);
    CHECK(scratch.file_count() == 1);
    const auto nowhere =
        run_cli({"describe", dataset("mini-region"), "-o", (scratch.path() / "no/where.json").string()});
    CHECK(nowhere.code == 2);
    CHECK(nowhere.err.find("cannot write") != std::string::npos);
    CHECK(run_cli({"describe", dataset("mini-region"), "-o", scratch.path().string()})
              .err.find("it is a folder") != std::string::npos);
}

TEST_CASE("cli: a dataset that cannot be read gives every error with its place, exit 3 and no output",
          "[tools][cli]") {
    const ScratchFolder scratch;
    scratch.write("actors.csv", "id,name\na,Alpha\nb,Beta\nb,Gamma\n");
    scratch.write("partnerships.csv", "id,a,b,weight,start\np1,a,zz,1,2018\np2,a,b,dix,2018-13\n");
    const ScratchFolder out;
    const auto result =
        run_cli({"describe", scratch.path().string(), "-o", (out.path() / "x.json").string()});
    CHECK(result.code == 3);
    CHECK(out.file_count() == 0);
    CHECK(result.err.find("actors.csv:4:1: error: id \"b\" is given twice") != std::string::npos);
    CHECK(result.err.find("partnerships.csv:2:6: error: unknown actor \"zz\"") != std::string::npos);
    CHECK(result.err.find("partnerships.csv:3:8: error: ") != std::string::npos);
    CHECK(result.err.find("partnerships.csv:3:12: error: ") != std::string::npos);
    CHECK(result.err.find("    p2,a,b,dix,2018-13\n           ^") != std::string::npos);
    CHECK(result.err.find("4 errors") != std::string::npos);
}

TEST_CASE("cli: --table, --json and --csv; the format follows the ending", "[tools][cli]") {
    const std::string region = dataset("mini-region");
    CHECK(run_cli({"describe", region, "--json"}).out.front() == '{');
    const auto table = run_cli({"describe", region, "--lang", "fr"});
    CHECK(table.code == 0);
    CHECK(table.out.find('{') == std::string::npos);
    CHECK(table.out.find("\x1B[") == std::string::npos);
    const auto csv = run_cli({"describe", region, "--csv"});
    CHECK(csv.code == 0);
    CHECK(csv.out.find(',') != std::string::npos);
}

TEST_CASE("cli: run writes every document, or nothing", "[tools][cli]") {
    const ScratchFolder scratch;
    const auto good =
        run_cli({"run", dataset("mini-region"), "-o", (scratch.path() / "out").string(), "--lang", "fr"});
    CAPTURE(good.err);
    REQUIRE(good.code == 0);
    for (const char* name : {"analysis.json", "description.json", "communities.json", "matches.json",
                             "recommendations.json", "openness.json", "diagnostics.json", "summary.txt"}) {
        CAPTURE(name);
        CHECK(std::filesystem::file_size(scratch.path() / "out" / name) > 100);
    }
    CHECK(run_cli({"run", dataset("mini-region")}).code == 2);
    const auto bad =
        run_cli({"run", dataset("mini-region"), "-o", (scratch.path() / "bad").string(), "--by", "nothing"});
    CHECK(bad.code == 2);
    CHECK_FALSE(std::filesystem::exists(scratch.path() / "bad"));
}

TEST_CASE("cli: every schema is there and names its document", "[tools][cli]") {
    const auto list = run_cli({"schema", "--list"});
    CHECK(list.code == 0);
    for (const char* name : {"analysis", "communities", "description", "diagnostics", "explanation",
                             "matches", "openness", "recommendations"}) {
        CAPTURE(name);
        CHECK(list.out.find(std::string(name) + "\n") != std::string::npos);
        const auto schema = run_cli({"schema", name});
        CHECK(schema.code == 0);
        CHECK(schema.out.find("draft-07") != std::string::npos);
    }
    CHECK(run_cli({"schema"}).code == 2);
}

TEST_CASE(
    "cli: communities keep their numbers from an earlier document, and a bad one is told with its places",
    "[tools][cli]") {
    const ScratchFolder folder;
    const std::string karate = std::string(MAILLAGE_SOURCE_DIR) + "/datasets/karate";
    const std::string file = (folder.path() / "earlier.json").string();
    REQUIRE(run_cli({"communities", karate, "--json", "-o", file, "--quiet"}).code == 0);
    std::string earlier = read_file(file);
    const std::string first = "\"id\": 1,";
    REQUIRE(earlier.find(first) != std::string::npos);
    earlier.replace(earlier.find(first), first.size(), "\"id\": 41,");
    folder.write("renamed.json", earlier);
    const auto carried = run_cli({"communities", karate, "--previous",
                                  (folder.path() / "renamed.json").string(), "--json", "--quiet"});
    CHECK(carried.code == 0);
    CHECK(carried.out.find("\"id\": 41,") != std::string::npos);
    CHECK(carried.out.find("\"next_id\": 42") != std::string::npos);
    CHECK(carried.out.find(first) == std::string::npos);

    folder.write(
        "bad.json",
        "{\"schema\": \"maillage/communities/1.0\",\n \"result\": {\"communities\": [{\"id\": 0}]}}");
    const auto bad = run_cli({"communities", karate, "--previous", (folder.path() / "bad.json").string()});
    CHECK(bad.code == 3);
    CHECK(bad.out.empty());
    CHECK(bad.err.find("bad.json:2:36: error: expected a whole number from 1") != std::string::npos);
    CHECK(bad.err.find("\"members\" should be a list") != std::string::npos);
    const auto other = run_cli({"communities", karate, "--previous", karate + "/actors.csv"});
    CHECK(other.code == 3);
}
