#include "tests/support/graph_answers.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace maillage;
using namespace maillage::testing;

namespace {

namespace fs = std::filesystem;

const fs::path shared = fs::path(MAILLAGE_SOURCE_DIR) / "../shared/conformance";

bool missing() {
    if (fs::is_directory(shared)) {
        return false;
    }
    WARN("skipped: no conformance files beside the project");
    return true;
}

/// Actors and partnerships of a file that must be accepted.
std::pair<std::size_t, std::size_t> sizes_of(const fs::path& path) {
    const io::ReadReport report = io::inspect_dataset(path.string());
    INFO(path.string() << '\n' << said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(places_make_sense(report.diagnostics));
    return {report.network->actors().size(), report.network->partnerships().size()};
}

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("graphology's GEXF and GraphML: read whole, and what is missing is refused with its place",
          "[formats][conformance]") {
    if (missing() || without_xml()) {
        return;
    }
    for (const std::string folder : {"gexf", "graphml"}) {
        for (const auto& entry : fs::directory_iterator(shared / folder)) {
            const std::string ending = entry.path().extension().string();
            if (ending != ".gexf" && ending != ".graphml") {
                continue;
            }
            CAPTURE(entry.path().string());
            const std::string text = bytes_of(entry.path());
            if (entry.path().stem() == "missing_nodes") {
                const io::ReadReport report = io::inspect_dataset(entry.path().string());
                CHECK(!report.network.has_value());
                CHECK(said(report.diagnostics).find("which is not declared") != std::string::npos);
                continue;
            }
            const auto [actors, partnerships] = sizes_of(entry.path());
            CHECK(actors == occurrences(text, "<node "));
            CHECK(partnerships == occurrences(text, "<edge "));
        }
    }
    const io::ReadReport broken =
        io::inspect_dataset((shared / "graphml/miserables_broken.graphml").string());
    CHECK(said(broken.diagnostics, Severity::warning).find("no <key> declares") != std::string::npos);
}

TEST_CASE("JSON Graph Format: its examples are read whole", "[formats][conformance]") {
    if (missing()) {
        return;
    }
    const std::map<std::string, std::pair<std::size_t, std::size_t>> stated = {
        {"car_graphs", {4, 2}},       {"empty_test", {0, 0}},        {"hyper-directed", {8, 4}},
        {"hyper-undirected", {6, 4}}, {"les_miserables", {77, 254}}, {"usual_suspects", {2, 1}}};
    for (const auto& [name, sizes] : stated) {
        CAPTURE(name);
        CHECK(sizes_of(shared / "jgf/examples" / (name + ".json")) == sizes);
    }
    CHECK(sizes_of(shared / "jgf/examples/test.network.json").first > 0);
}
