#include "io/prepared_file.hpp"

#include "engine/error.hpp"
#include "engine/network_tables.hpp"

#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

const std::string region = std::string(MAILLAGE_SOURCE_DIR) + "/datasets/mini-region";

std::string prepared_bytes(const io::ReadResult& read, std::span<const io::Section> extra = {}) {
    ProjectionOptions options;
    options.excluded_kinds = default_excluded_kinds(read.network);
    std::ostringstream out;
    io::write_prepared(out, read, {options, project(read.network, options)}, extra);
    return out.str();
}

/// What reading says; empty when it reads.
std::string refusal(const std::string& bytes) {
    try {
        static_cast<void>(io::read_prepared(bytes, "x.maillage"));
        return {};
    } catch (const InputError& error) {
        REQUIRE(error.diagnostics().size() == 1);
        CHECK(error.diagnostics().front().where.file == "x.maillage");
        return error.diagnostics().front().message;
    }
}

std::string json_of(const Network& network) {
    std::ostringstream out;
    io::write_json_dataset(out, network);
    return out.str();
}

/// Sections of a file, to be changed and written again with sums that fit.
std::vector<io::Section> sections_of(const std::string& bytes) {
    const io::SectionFile file(bytes);
    std::vector<io::Section> sections;
    for (const std::string& name : file.names()) {
        sections.push_back({name, true, std::string(file.get(name))});
    }
    return sections;
}

std::string bytes_of(const std::vector<io::Section>& sections) {
    std::ostringstream out;
    io::write_sections(out, sections);
    return out.str();
}

}  // namespace

TEST_CASE("prepared file: what it holds", "[io][prepared]") {
    const io::ReadResult read = io::read_dataset(region);
    const std::string bytes = prepared_bytes(read);
    CHECK(bytes.substr(0, 8) == "MAILLAGE");
    CHECK(bytes == prepared_bytes(read));
    const Folder folder{{"r.maillage", bytes}};
    const io::ReadResult again = io::read_dataset(folder.file("r.maillage"));
    CHECK(json_of(again.network) == json_of(read.network));
    CHECK(again.digest == io::digest(read.network));
    CHECK(again.diagnostics == read.diagnostics);
    CHECK_FALSE(again.told);
    const io::ReadResult brief = io::read_dataset(folder.file("r.maillage"), {.every_diagnostic = false});
    CHECK(brief.diagnostics.empty());
    REQUIRE(brief.told.has_value());
    CHECK(*brief.told == io::summary_of(read.diagnostics));
    CHECK(again.files.size() == read.files.size());
    REQUIRE(again.prepared.has_value());
    const Projection& made = again.prepared->projection;
    const Projection expected = project(read.network, again.prepared->options);
    CHECK(made.actor_of == expected.actor_of);
    CHECK(made.vertex_of == expected.vertex_of);
    CHECK(made.in_scope == expected.in_scope);
    CHECK(made.partnership_used == expected.partnership_used);
    CHECK(made.summary.used == expected.summary.used);
    const GraphView a = made.graph;
    const GraphView b = expected.graph;
    CHECK(std::equal(a.targets().begin(), a.targets().end(), b.targets().begin(), b.targets().end()));
    CHECK(std::equal(a.weights().begin(), a.weights().end(), b.weights().begin(), b.weights().end()));
    for (const ExpertiseId x : read.network.expertises().ids()) {
        const auto holders = made.offers.of(x);
        const auto same = expected.offers.of(x);
        REQUIRE(holders.size() == same.size());
        for (std::size_t i = 0; i < holders.size(); ++i) {
            CHECK(holders[i].vertex == same[i].vertex);
            CHECK(holders[i].level == same[i].level);
            CHECK(holders[i].inferred == same[i].inferred);
        }
    }
    for (const ActorId x : read.network.actors().ids()) {
        const auto mine = again.network.partnerships_of(x);
        const auto theirs = read.network.partnerships_of(x);
        CHECK(std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end()));
    }
    CHECK(again.network.latest_date() == read.network.latest_date());
}

TEST_CASE("prepared file: an empty network", "[io][prepared][degenerate]") {
    const Folder folder{{"actors.csv", "id,name\n"}};
    const io::ReadResult read = io::read_dataset(folder.path());
    const io::ReadResult again = io::read_prepared(prepared_bytes(read), "x.maillage");
    CHECK(again.network.actors().size() == 0);
    CHECK(again.prepared->projection.graph.vertex_count() == 0);
}

TEST_CASE("prepared file: a file that is cut off is refused wherever it ends", "[io][prepared]") {
    const std::string bytes = prepared_bytes(io::read_dataset(region));
    CHECK(refusal(bytes).empty());
    for (std::size_t size = 0; size < bytes.size(); size += size < 700 ? 1 : 97) {
        INFO("cut at " << size);
        const std::string message = refusal(bytes.substr(0, size));
        REQUIRE(!message.empty());
        CHECK((size >= 8) == (message.find("cut off") != std::string::npos));
    }
    CHECK(refusal(bytes + "x").find("too many") != std::string::npos);
}

TEST_CASE("prepared file: a changed byte is found, or changes nothing", "[io][prepared]") {
    const io::ReadResult read = io::read_dataset(region);
    const std::string json = json_of(read.network);
    std::string bytes = prepared_bytes(read);
    std::size_t found = 0;
    std::size_t tried = 0;
    for (std::size_t at = 0; at < bytes.size(); at += at < 700 ? 1 : 13) {
        const char was = bytes[at];
        bytes[at] = static_cast<char>(was ^ 0x41);
        ++tried;
        if (!refusal(bytes).empty()) {
            ++found;
        } else {
            INFO("byte " << at);
            REQUIRE(json_of(io::read_prepared(bytes, "x").network) == json);  // between two sections
        }
        bytes[at] = was;
    }
    CHECK(found * 10 > tried * 8);
}

TEST_CASE("prepared file: foreign and newer files are named as such", "[io][prepared]") {
    std::string bytes = prepared_bytes(io::read_dataset(region));
    CHECK(refusal("PK\x03\x04 something else") == "not a prepared dataset");
    bytes[8] = 2;
    CHECK(refusal(bytes).find("layout 2; this program reads layout 1") != std::string::npos);
    bytes[8] = 1;
    auto sections = sections_of(bytes);
    sections.push_back({"future", true, "?"});
    CHECK(refusal(bytes_of(sections)).find("newer program: the section \"future\"") != std::string::npos);
    sections.back().required = false;
    CHECK(refusal(bytes_of(sections)).empty());
    sections.pop_back();
    sections.pop_back();
    CHECK(refusal(bytes_of(sections)).find("there is no section \"knowledge\"") != std::string::npos);
}

TEST_CASE("prepared file: further sections come along", "[io][prepared]") {
    const io::ReadResult read = io::read_dataset(region);
    const std::vector<io::Section> extra = {{"x.model", false, std::string("1\0 2", 4)}};
    const io::ReadResult again = io::read_prepared(prepared_bytes(read, extra), "x");
    REQUIRE(again.extra.size() == 1);
    CHECK(again.extra[0].name == "x.model");
    CHECK(again.extra[0].bytes == extra[0].bytes);
    const std::vector<io::Section> required = {{"x.model", true, ""}};
    CHECK_THROWS_AS(prepared_bytes(read, required), Error);
    const std::vector<io::Section> ours = {{"graph", false, ""}};
    CHECK_THROWS_AS(prepared_bytes(read, ours), Error);
}

TEST_CASE("prepared file: wrong contents with right sums do no harm", "[io][prepared]") {
    const std::string bytes = prepared_bytes(io::read_dataset(region));
    const auto sections = sections_of(bytes);
    std::size_t refused = 0;
    std::size_t tried = 0;
    for (std::size_t s = 0; s < sections.size(); ++s) {
        const std::string& was = sections[s].bytes;
        for (std::size_t at = 0; at < was.size(); at += 1 + was.size() / 60) {
            for (const char change : {'\x01', '\x7F', '\xFF'}) {
                auto changed = sections;
                changed[s].bytes[at] = static_cast<char>(was[at] ^ change);
                ++tried;
                refused += refusal(bytes_of(changed)).empty() ? 0U : 1U;  // or it reads, as another network
            }
        }
        auto shorter = sections;
        shorter[s].bytes.resize(was.size() / 2);
        CHECK(!refusal(bytes_of(shorter)).empty());
        auto longer = sections;
        longer[s].bytes += "12345678";
        CHECK(!refusal(bytes_of(longer)).empty());
    }
    CHECK(refused * 4 > tried);
}

TEST_CASE("network_from: what no dataset can hold is refused", "[engine][prepared]") {
    const Network network = io::read_dataset(region).network;
    const auto with = [&](auto change) {
        NetworkTables tables = tables_of(network);
        change(tables);
        return network_from(std::move(tables));
    };
    CHECK_NOTHROW(with([](NetworkTables&) {}));
    CHECK_THROWS_AS(with([](NetworkTables& t) { std::swap(t.actors[0], t.actors[1]); }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.actors[0].id = TextId{}; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.actors[0].name = id_at<TextId>(100'000); }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.members[0].actor = id_at<ActorId>(12); }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.member_offsets[1] = 1'000; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.partnerships[0].weight = 0.0; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.partnerships[0].start = Date{2018, 2, 30}; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.expertises[0].depth += 1; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.settings.group_by = {"nothing"}; }), Error);
    CHECK_THROWS_AS(with([](NetworkTables& t) { t.text_ends = t.text_ends.subspan(1); }), Error);
}
