#include "engine/projection.hpp"
#include "engine/random.hpp"

#include "io/formats/graph_csv.hpp"
#include "io/formats/xml.hpp"

#include "tests/support/graph_answers.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

using namespace maillage;
using namespace maillage::testing;

namespace {

using io::GraphFormat;

/// A network that graphs can hold: no opportunities, expertises that somebody holds and that have ids alone.
class RandomGraphNetwork {
public:
    explicit RandomGraphNetwork(std::uint64_t seed) : rng_(seed) {}

    Network build() {
        Settings settings;
        settings.title = "t" + text(true);
        builder_.set_settings(settings);
        const std::vector<std::string> names = {"label", "Ville", "été", "n<o>\"m",
                                                "count", "true?", "a.b", "Tags"};
        std::vector<std::string> used;
        for (const std::string& name : names) {
            if (rng_.below(2) == 0) {
                used.push_back(name);
            }
        }
        builder_.set_attribute_names(used);
        for (std::uint32_t i = 1 + rng_.below(8); i > 0; --i) {
            actors_.push_back(text(true) + "a" + std::to_string(i));
            std::vector<Cell> attributes;
            for (const std::string& name : used) {
                attributes.push_back(name == "count"   ? cell(std::to_string(rng_.below(100)))
                                     : name == "true?" ? cell(rng_.below(2) == 0 ? "true" : "false")
                                                       : cell(text(false)));
            }
            ActorRecord record{cell(actors_.back()),
                               cell("n" + text(true)),
                               cell(text(false)),
                               cell(text(false)),
                               {},
                               {},
                               {},
                               {},
                               attributes};
            if (rng_.below(2) == 0) {
                record.lat.value = -47.123456789;
                record.lon.value = 0.1;
            }
            builder_.add(record);
        }
        std::set<std::string> expertises;
        for (std::uint32_t i = rng_.below(6); i > 0; --i) {
            const std::string x = "x" + std::to_string(rng_.below(4)) + (rng_.below(2) == 0 ? " é, ;" : "\"");
            if (expertises.insert(x).second) {
                builder_.add(ExpertiseRecord{cell(x), {}, {}, {}, {}, {}});
            }
            builder_.add(ActorExpertiseRecord{
                cell(any()), cell(x), cell(rng_.below(3) == 0 ? "seeks" : "offers"), {}, {}});
        }
        for (std::uint32_t i = rng_.below(9); i > 0; --i) {
            const std::string id = text(true) + "p" + std::to_string(i);
            PartnershipRecord record;
            record.id = cell(id);
            record.name = cell(text(false));
            record.kind = cell(text(false));
            record.status = cell(text(false));
            record.source = cell(text(false));
            if (rng_.below(2) == 0) {
                record.start.value = Date{2015, static_cast<std::uint8_t>(rng_.below(2) == 0 ? 0 : 7), 0};
            }
            if (rng_.below(2) == 0) {
                record.end.value = Date{2019, 12, 31};
            }
            const std::array<double, 4> weights = {1.0, 0.1, 3.0, 1e-9};
            record.weight.value = weights[rng_.below(4)];
            std::vector<Cell> topics;
            if (!expertises.empty() && rng_.below(2) == 0) {
                topics.push_back(cell(*expertises.begin()));
            }
            record.expertises = topics;
            std::set<std::string> members;
            for (std::uint32_t k = 1 + rng_.below(4); k > 0; --k) {
                members.insert(any());
            }
            builder_.add(record);
            for (const std::string& member : members) {
                builder_.add(MemberRecord{record.id, cell(member), cell(rng_.below(4) == 0 ? "lead" : "")});
            }
        }
        std::vector<Diagnostic> diagnostics;
        return builder_.build(diagnostics);
    }

private:
    Cell cell(std::string_view text) { return {kept_.emplace_back(text), 0, 0}; }
    const std::string& any() { return actors_[rng_.below(static_cast<std::uint32_t>(actors_.size()))]; }
    /// What breaks readers: quotes, brackets, signs of comments, line ends, other scripts.
    std::string text(bool something) {
        const std::vector<std::string> pieces = {"a",
                                                 "é",
                                                 "\"",
                                                 "<",
                                                 ">",
                                                 "&",
                                                 "&amp;",
                                                 "'",
                                                 "#",
                                                 "%",
                                                 "//",
                                                 "\n",
                                                 "\t",
                                                 "\\",
                                                 "[",
                                                 "]",
                                                 "{",
                                                 "}",
                                                 ",",
                                                 ";",
                                                 ":",
                                                 "=",
                                                 "0",
                                                 "null",
                                                 "\xF0\x9F\x98\x80",
                                                 "\xE2\x80\xA8",
                                                 "]]>",
                                                 "<!--",
                                                 "*Edges",
                                                 "graph [",
                                                 "日本",
                                                 "\xC2\xA0x"};
        std::string made = something ? "t" : "";
        for (std::uint32_t i = rng_.below(4); i > 0; --i) {
            made += pieces[rng_.below(static_cast<std::uint32_t>(pieces.size()))];
        }
        return made.empty() ? made : "s" + made + "e";  // readers trim spaces at both ends
    }

    Rng rng_;
    NetworkBuilder builder_;
    std::deque<std::string> kept_;
    std::vector<std::string> actors_;
};

/// Whether this build reads a format.
bool reads(GraphFormat format) {
    return io::xml_is_supported() || (format != GraphFormat::graphml && format != GraphFormat::gexf);
}

/// Network to text, in every format of one file.
const std::vector<GraphFormat> lossless = {GraphFormat::graphml,   GraphFormat::gexf,       GraphFormat::jgf,
                                           GraphFormat::node_link, GraphFormat::graphology, GraphFormat::cx2,
                                           GraphFormat::cytoscape};

const std::vector<GraphFormat> every = {
    GraphFormat::graphml,   GraphFormat::gexf,          GraphFormat::gml,        GraphFormat::pajek,
    GraphFormat::jgf,       GraphFormat::node_link,     GraphFormat::graphology, GraphFormat::cx2,
    GraphFormat::cytoscape, GraphFormat::matrix_market, GraphFormat::edge_list};

/// The weights of the ties between actors, in order of size: they do not depend on ids.
std::vector<double> weights_of_ties(const Network& network) {
    const CsrGraph graph = project(network).graph;
    std::vector<double> weights;
    for (std::size_t arc = 0; arc < graph.view().targets().size(); ++arc) {
        weights.push_back(graph.view().arc_weight(arc));
    }
    std::sort(weights.begin(), weights.end());
    return weights;
}

/// Written as tables, and read again.
io::ReadReport through_tables(io::GraphTableStyle style, const Network& network,
                              std::vector<LocalText>& lost) {
    const Folder folder;
    io::write_graph_tables(
        style, io::graph_of(network, lost),
        [&folder](const std::string& name, const std::function<void(std::ostream&)>& body) {
            std::ostringstream out;
            body(out);
            folder.write(name, out.str());
        },
        lost);
    return io::inspect_dataset(folder.path());
}

std::string small_file(GraphFormat format) {
    NetworkBuilder builder;
    builder.set_attribute_names({"x"});
    const std::vector<Cell> one = {{"1", 0, 0}};
    builder.add(ActorRecord{{"a", 0, 0}, {"A & é", 0, 0}, {"k", 0, 0}, {}, {}, {}, {}, {}, one});
    builder.add(ActorRecord{{"b", 0, 0}, {"B", 0, 0}, {}, {}, {}, {}, {}, {}, one});
    PartnershipRecord record;
    record.id = {"p", 0, 0};
    record.a = {"a", 0, 0};
    record.b = {"b", 0, 0};
    record.start.value = Date{2018, 0, 0};
    record.weight.value = 2.5;
    builder.add(record);
    std::vector<Diagnostic> diagnostics;
    std::vector<LocalText> lost;
    return written_as(format, builder.build(diagnostics), lost);
}

}  // namespace

TEST_CASE("round trip: graphs that hold all of a dataset give it back, byte for byte",
          "[formats][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{61}));
    const Network network = RandomGraphNetwork(seed).build();
    const std::string expected = json_of(network);
    for (const GraphFormat format : lossless) {
        CAPTURE(seed, io::info_of(format).code);
        std::vector<LocalText> lost;
        const std::string text = written_as(format, network, lost);
        if (!reads(format)) {
            continue;  // unit/formats/gzip_test.cpp says what is said of it
        }
        const io::ReadReport report = read_bytes(text);
        INFO(text << '\n' << said(report.diagnostics));
        REQUIRE(report.network.has_value());
        CHECK(json_of(*report.network) == expected);
        CHECK(lost.empty());
    }
}

TEST_CASE("round trip: formats that hold less give back the same ties, and say what is lost",
          "[formats][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    const Network network = RandomGraphNetwork(seed).build();
    std::vector<LocalText> ignored;
    const io::GraphTables graph = io::graph_of(network, ignored);
    for (const GraphFormat format :
         {GraphFormat::gml, GraphFormat::pajek, GraphFormat::matrix_market, GraphFormat::edge_list}) {
        CAPTURE(seed, io::info_of(format).code);
        std::vector<LocalText> lost;
        const std::string text = written_as(format, network, lost);
        const io::ReadReport report = read_bytes(text);
        INFO(text << '\n' << said(report.diagnostics));
        REQUIRE(report.network.has_value());
        CHECK(report.network->actors().size() == network.actors().size());
        if (format == GraphFormat::gml) {
            CHECK(report.network->partnerships().size() == network.partnerships().size());
        } else {
            CHECK(report.network->partnerships().size() == graph.edges().size());
            CHECK(!lost.empty());
        }
        const std::vector<double> weights = weights_of_ties(network);
        CHECK_THAT(weights_of_ties(*report.network), Catch::Approx(weights).epsilon(1e-12));
        // what the format holds, it holds: nothing more is lost, or changed, the second time
        std::vector<LocalText> lost_again;
        const std::string again = written_as(format, *report.network, lost_again);
        const io::ReadReport second = read_bytes(again);
        INFO(again << '\n' << said(second.diagnostics));
        REQUIRE(second.network.has_value());
        CHECK(json_of(*second.network) == json_of(*report.network));
    }
}

TEST_CASE("round trip: tables for Gephi, neo4j-admin and GraphFrames", "[formats][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    const Network network = RandomGraphNetwork(seed).build();
    for (const auto style :
         {io::GraphTableStyle::gephi, io::GraphTableStyle::neo4j, io::GraphTableStyle::graphframes}) {
        CAPTURE(seed, static_cast<int>(style));
        std::vector<LocalText> lost;
        const io::ReadReport report = through_tables(style, network, lost);
        INFO(said(report.diagnostics));
        REQUIRE(report.network.has_value());
        CHECK(report.network->actors().size() == network.actors().size());
        CHECK(report.network->partnerships().size() == network.partnerships().size());
        CHECK(report.network->holdings().size() == network.holdings().size());
        CHECK(weights_of_ties(*report.network) == weights_of_ties(network));
        CHECK(!lost.empty());  // the title at least
        // the title and the names of columns that mean something to these programs are all that is lost
        const io::ReadReport second = through_tables(style, *report.network, lost);
        INFO(said(second.diagnostics));
        REQUIRE(second.network.has_value());
        CHECK(json_of(*second.network) == json_of(*report.network));
    }
}

TEST_CASE("robustness: a file of each format cut at every byte", "[formats][property]") {
    for (const GraphFormat format : every) {
        CAPTURE(io::info_of(format).code);
        const std::string text = small_file(format);
        for (std::size_t size = 0; size < text.size(); ++size) {
            check_sense(text.substr(0, size));
        }
    }
}

TEST_CASE("robustness: a file of each format with one byte changed", "[formats][property]") {
    Rng rng(20240917);
    const std::string alphabet = "\"<>&[]{},;:=\\ \n\t0a-*%#\xC3\xFF";
    for (const GraphFormat format : every) {
        CAPTURE(io::info_of(format).code);
        const std::string text = small_file(format);
        for (std::size_t at = 0; at < text.size(); ++at) {
            std::string changed = text;
            changed[at] = alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))];
            check_sense(changed);
        }
    }
}
