#include "engine/network_builder.hpp"
#include "engine/projection.hpp"
#include "engine/random.hpp"

#include "io/name_key.hpp"
#include "io/prepared_file.hpp"
#include "io/read_dataset.hpp"
#include "io/values.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

/// What has broken a reader or writer somewhere.
const std::vector<std::string> hostile = {"\"",
                                          "\"\"",
                                          ",",
                                          ";",
                                          "\t",
                                          "\n",
                                          "\r",
                                          "\r\n",
                                          "=1+1",
                                          "#",
                                          "sep=;",
                                          "\\",
                                          "\\n",
                                          "\\u0041",
                                          "'",
                                          "{",
                                          "}",
                                          "[",
                                          "]",
                                          "\xC2\xA0",
                                          "\xE2\x80\xAF",
                                          "\xE2\x80\xA8",
                                          "\xEF\xBB\xBF",
                                          "\xF0\x9F\x98\x80",
                                          "e\xCC\x81",
                                          "é",
                                          "Œ",
                                          "ß",
                                          "مرحبا",
                                          "日本",
                                          "\x01",
                                          "\x1B[31m",
                                          "\x7F",
                                          "null",
                                          "NaN",
                                          "0",
                                          "1e999",
                                          "  ",
                                          "-",
                                          "@",
                                          "+",
                                          "<b>",
                                          "&amp;",
                                          "%s",
                                          "../",
                                          "a"};

/// A text as a reader would have it: without spaces around.
std::string random_text(Rng& rng, bool bars = true) {
    std::string text;
    for (std::uint32_t i = rng.below(5); i > 0; --i) {
        text += hostile[rng.below(static_cast<std::uint32_t>(hostile.size()))];
        text += bars && rng.below(8) == 0 ? "|" : "";
    }
    if (rng.below(200) == 0) {
        text += std::string(100000, 'x') + "\"";
    }
    return std::string(io::trimmed(text));
}

class RandomNetwork {
public:
    explicit RandomNetwork(std::uint64_t seed) : rng_(seed) {}

    Network build() {
        add_settings();
        add_actors();
        add_expertises();
        add_partnerships();
        add_opportunities();
        std::vector<Diagnostic> diagnostics;
        return builder_.build(diagnostics);
    }

private:
    Cell cell(const std::string& text) { return {kept_.emplace_back(text), 0, 0}; }
    Cell maybe(bool bars = true) { return rng_.below(2) == 0 ? Cell{} : cell(random_text(rng_, bars)); }
    Cell some(const std::string& end, bool bars = true) { return cell(random_text(rng_, bars) + end); }
    Parsed<double> number() {
        const std::array<double, 6> numbers = {1.0, 0.1, 1e-300, 3.0000000000000004, 1e22, 12345.678};
        return {rng_.below(2) == 0 ? std::nullopt : std::optional<double>(numbers[rng_.below(6)]), 0, 0};
    }
    Parsed<double> count(std::uint32_t least) {
        return {rng_.below(2) == 0 ? std::nullopt : std::optional<double>(least + rng_.below(4)), 0, 0};
    }
    Parsed<Date> date(int year) {
        const std::array<Date, 3> dates = {
            Date{.year = static_cast<std::int16_t>(year)},
            Date{.year = static_cast<std::int16_t>(year), .month = 2},
            Date{.year = static_cast<std::int16_t>(year), .month = 2, .day = 28}};
        return {rng_.below(2) == 0 ? std::nullopt : std::optional<Date>(dates[rng_.below(3)]), 0, 0};
    }
    std::vector<Cell> codes() {
        std::vector<Cell> items;
        for (std::uint32_t i = rng_.below(3); i > 0; --i) {
            items.push_back(some("k", false));
        }
        return items;
    }
    const std::string& any(const std::vector<std::string>& ids) {
        return ids[rng_.below(static_cast<std::uint32_t>(ids.size()))];
    }

    void add_settings() {
        Settings settings;
        settings.title = random_text(rng_);
        settings.excluded_partnership_kinds = {random_text(rng_), "x"};
        settings.labels["kind"][random_text(rng_) + "k"] = {random_text(rng_) + "f", random_text(rng_)};
        if (rng_.below(2) == 0) {
            builder_.set_settings(settings);
        }
    }

    void add_actors() {
        // names that another column might claim, also as a header of a table
        const std::vector<std::string> candidates = {"type",
                                                     "Ville",
                                                     "pays",
                                                     "nom",
                                                     "code",
                                                     "=x",
                                                     "a,b",
                                                     "a\nb",
                                                     "\"",
                                                     "x;y;z;t",
                                                     "\xF0\x9F\x98\x80",
                                                     "attributes",
                                                     "label",
                                                     "été",
                                                     "0",
                                                     "sep=;"};
        std::set<std::string> names;
        for (std::uint32_t i = rng_.below(5); i > 0; --i) {
            names.insert(candidates[rng_.below(static_cast<std::uint32_t>(candidates.size()))]);
        }
        builder_.set_attribute_names({names.begin(), names.end()});
        for (std::uint32_t i = 1 + rng_.below(12); i > 0; --i) {
            actors_.push_back(random_text(rng_) + "a" + std::to_string(i));
            std::vector<Cell> attributes;
            for (std::size_t k = 0; k < names.size(); ++k) {
                attributes.push_back(maybe());
            }
            ActorRecord record{
                cell(actors_.back()), some("n"), maybe(), maybe(), maybe(), maybe(), {}, {}, attributes};
            if (rng_.below(2) == 0) {
                record.lat.value = -47.123456789;
                record.lon.value = 1.0;
            }
            builder_.add(record);
        }
    }

    void add_expertises() {
        for (std::uint32_t i = 1 + rng_.below(8); i > 0; --i) {
            const std::string parent = expertises_.empty() || rng_.below(2) == 0 ? "" : any(expertises_);
            expertises_.push_back(random_text(rng_, false) + "x" + std::to_string(i));
            builder_.add(
                ExpertiseRecord{cell(expertises_.back()), cell(parent), maybe(), maybe(), maybe(), maybe()});
        }
        for (std::uint32_t i = rng_.below(20); i > 0; --i) {
            const auto level = static_cast<float>(rng_.uniform01());
            builder_.add(ActorExpertiseRecord{cell(any(actors_)),
                                              cell(any(expertises_)),
                                              cell(rng_.below(3) == 0 ? "seeks" : "offers"),
                                              {level, 0, 0},
                                              maybe()});
        }
    }

    void add_partnerships() {
        for (std::uint32_t i = rng_.below(12); i > 0; --i) {
            const std::string id = random_text(rng_) + "p" + std::to_string(i);
            std::vector<Cell> topics;
            for (std::uint32_t k = rng_.below(3); k > 0; --k) {
                topics.push_back(cell(any(expertises_)));
            }
            PartnershipRecord record{cell(id), maybe(), maybe(), date(2015), date(2019), maybe(),
                                     number(), topics,  maybe(), {},         {}};
            const std::uint32_t size = rng_.below(5);
            if (size == 2) {
                record.a = cell(any(actors_));
                record.b = cell(any(actors_));
            }
            builder_.add(record);
            for (std::uint32_t k = size == 2 ? 0 : size; k > 0; --k) {
                builder_.add(MemberRecord{cell(id), cell(any(actors_)), maybe()});
            }
        }
    }

    void add_opportunities() {
        for (std::uint32_t i = rng_.below(4); i > 0; --i) {
            const std::string id = random_text(rng_) + "o" + std::to_string(i);
            const auto kinds = codes();
            const auto countries = codes();
            builder_.add(OpportunityRecord{cell(id), some("t"), maybe(), date(2020), date(2021), count(0),
                                           count(4), count(0), count(0), kinds, countries, maybe()});
            std::set<std::string> needed;
            for (std::uint32_t k = rng_.below(4); k > 0; --k) {
                const std::string& x = any(expertises_);
                if (needed.insert(x).second) {
                    builder_.add(OpportunityExpertiseRecord{cell(id), cell(x), number(), count(1)});
                }
            }
        }
    }

    Rng rng_;
    NetworkBuilder builder_;
    std::deque<std::string> kept_;  ///< what cells refer to
    std::vector<std::string> actors_, expertises_;
};

std::string json_of(const Network& network) {
    std::ostringstream out;
    io::write_json_dataset(out, network);
    return out.str();
}

using Files = std::map<std::string, std::string>;

/// Compared file by file, so that a failure shows the one that differs.
void check_same(const Files& files, const Files& expected) {
    for (const auto& [name, text] : expected) {
        CAPTURE(name);
        REQUIRE(files.count(name) == 1);
        CHECK(files.at(name) == text);
    }
    CHECK(files.size() == expected.size());
}

Files tables_of(const Network& network) {
    Files files;
    io::write_csv_tables(network,
                         [&files](const std::string& name, const std::function<void(std::ostream&)>& body) {
                             std::ostringstream out;
                             body(out);
                             files[name] = out.str();
                         });
    return files;
}

Network read(const std::string& path) {
    const auto report = io::inspect_dataset(path);
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    return io::read_dataset(path).network;
}

}  // namespace

TEST_CASE("round trip: tables and JSON give back the same dataset, byte for byte", "[io][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{121}));
    CAPTURE(seed);
    const Network network = RandomNetwork(seed).build();
    const std::string json = json_of(network);
    const Files tables = tables_of(network);

    const Folder folder;
    for (const auto& [name, text] : tables) {
        folder.write(name, text);
    }
    const Network from_tables = read(folder.path());
    CHECK(json_of(from_tables) == json);
    check_same(tables_of(from_tables), tables);

    const Folder single{{"dataset.json", json}};
    const Network from_json = read(single.file("dataset.json"));
    CHECK(json_of(from_json) == json);
    check_same(tables_of(from_json), tables);

    io::ReadResult whole = io::read_dataset(folder.path());
    const ProjectionOptions options{.excluded_kinds = default_excluded_kinds(whole.network)};
    const io::PreparedProjection projection{options, project(whole.network, options)};
    std::ostringstream bytes;
    io::write_prepared(bytes, whole, projection);
    const io::ReadResult prepared = io::read_prepared(bytes.str(), "x.maillage");
    CHECK(json_of(prepared.network) == json);
    check_same(tables_of(prepared.network), tables);
    CHECK(prepared.digest == io::digest(network));
    CHECK(prepared.diagnostics == whole.diagnostics);
    REQUIRE(prepared.prepared.has_value());
    CHECK(prepared.prepared->options == options);
    std::ostringstream again;
    io::write_prepared(again, prepared, *prepared.prepared);
    CHECK(again.str() == bytes.str());

    CHECK(io::digest(from_tables) == io::digest(network));
    CHECK(io::digest(from_json) == io::digest(network));
}

TEST_CASE("round trip: the embedded datasets", "[io][property]") {
    for (const std::string name : {"centre-val-de-loire", "karate", "southern-women", "mini-region"}) {
        CAPTURE(name);
        const Network network = read(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/" + name);
        const Folder single{{"dataset.json", json_of(network)}};
        const Network again = read(single.file("dataset.json"));
        check_same(tables_of(again), tables_of(network));
        CHECK(io::digest(again) == io::digest(network));
    }
}

TEST_CASE("canonical tables: rows in the order of ids, columns with something in them only", "[io][unit]") {
    const Folder folder{{"actors.csv", "id;name;kind;url;note\nb;Bêta;;;\na;Alpha, SA;town;;\n"},
                        {"partnerships.csv", "id;weight;a;b\np;1,50;b;a\n"}};
    const Files tables = tables_of(read(folder.path()));
    CHECK(tables.at("actors.csv") == "id,name,kind\na,\"Alpha, SA\",town\nb,Bêta,\n");
    CHECK(tables.at("partnerships.csv") == "id,weight,a,b\np,1.5,a,b\n");
    CHECK(tables.count("members.csv") == 0);
    CHECK(tables.count("maillage.json") == 0);
    const std::string& package = tables.at("datapackage.json");
    CHECK(package.find(R"("profile": "tabular-data-package")") != std::string::npos);
    CHECK(package.find(R"("fields": "a", "reference": {"resource": "actors", "fields": "id"})") !=
          std::string::npos);
}
