#include "io/encoding.hpp"
#include "io/formats/json_scanner.hpp"
#include "io/formats/place_tracker.hpp"

#include "tests/support/graph_texts.hpp"

#include <catch2/catch.hpp>

#include <zlib.h>

using namespace maillage;
using namespace maillage::testing;

namespace {

const std::string graphml_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";

}  // namespace

TEST_CASE("graphml: keys, defaults, isolated nodes, loops and parallel edges", "[formats][graphml]") {
    const std::string text =
        graphml_head +
        "<key id=\"d0\" for=\"node\" attr.name=\"colour\" "
        "attr.type=\"string\"><default>yellow</default></key>\n"
        "<key id=\"d1\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
        "<key id=\"d2\" for=\"node\" attr.name=\"type\"/>\n"
        "<graph edgedefault=\"undirected\">\n"
        "<node id=\"b\"><data key=\"d0\">r&amp;d &#233;</data><data key=\"d2\">town</data></node>\n"
        "<node id=\"a\"/><node id=\"alone\"/>\n"
        "<edge source=\"a\" target=\"b\"><data key=\"d1\">2.5</data></edge>\n"
        "<edge source=\"b\" target=\"a\"/>\n<edge source=\"a\" target=\"a\"/>\n"
        "</graph></graphml>";
    const Network n = network_of(text);
    CHECK(n.actors().size() == 3);
    CHECK(ties_of(n) == "a, a b, a b");
    CHECK(attribute_of(n, "b", "colour") == "r&d é");
    CHECK(attribute_of(n, "a", "colour") == "yellow");
    CHECK(attribute_of(n, "b", "kind") == "town");
    CHECK(n.partnerships()[*n.find_partnership("a--b")].weight == 2.5);
    CHECK(n.partnerships()[*n.find_partnership("a--b 2")].weight == 1.0);
}

TEST_CASE("graphml: what is wrong is said where it stands", "[formats][graphml]") {
    CHECK(has(errors_of(graphml_head + "<graph edgedefault=\"undirected\">\n<node id=\"a\"/>\n  <edge "
                                       "source=\"a\" target=\"x\"/>\n</graph></graphml>"),
              "x:5:3: error: this edge names the node \"x\", which is not declared"));
    CHECK(has(errors_of(graphml_head + "<graph edgedefault=\"undirected\">\n<node/>\n</graph></graphml>"),
              "x:4:1: error: a <node> without an id"));
    CHECK(has(errors_of(graphml_head + "<graph edgedefault=\"undirected\"><node id=\"a\"></graph></graphml>"),
              "closing tag does not fit"));
    CHECK(has(errors_of("<!DOCTYPE graphml [<!ENTITY a \"b\">]>\n<graphml><graph/></graphml>"),
              "a DOCTYPE is not read"));
    CHECK(has(errors_of(graphml_head), "ends too early"));
    CHECK(
        has(errors_of(graphml_head +
                      "<graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"a\"/></graph></graphml>"),
            "id \"a\" is given twice"));
    CHECK(has(warnings_of(graphml_head + "<key id=\"d\" for=\"node\" attr.name=\"age\" attr.type=\"int\"/>"
                                         "<graph edgedefault=\"undirected\">\n<node id=\"a\"><data "
                                         "key=\"d\">old</data></node></graph></graphml>"),
              "x:4:14: warning: \"old\" is not a whole number"));
    std::string deep = graphml_head;
    for (int i = 0; i < 600; ++i) {
        deep += "<graph edgedefault=\"directed\"><node id=\"n" + std::to_string(i) + "\">";
    }
    CHECK(has(errors_of(deep), "--limit depth=N"));
}

TEST_CASE("graphml: other encodings, as the declaration says", "[formats][graphml]") {
    const std::string latin =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml><graph edgedefault=\"undirected\">"
        "<node id=\"Orl\xE9"
        "ans\"/></graph></graphml>";
    CHECK(network_of(latin).find_actor("Orléans").has_value());
    CHECK(has(errors_of("<?xml version=\"1.0\" encoding=\"x-none\"?><graphml/>"),
              "the encoding \"x-none\" is not known"));
    const std::string wide = as_utf16(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><graphml><graph edgedefault=\"undirected\">"
        "<node id=\"é\"/></graph></graphml>",
        true, true);
    CHECK(network_of(wide).find_actor("é").has_value());
}

TEST_CASE("gexf: spells become dates, lists, weights", "[formats][gexf]") {
    const std::string text =
        "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\"><graph defaultedgetype=\"undirected\" "
        "mode=\"dynamic\" timeformat=\"double\">\n"
        "<attributes class=\"node\"><attribute id=\"0\" title=\"skills\" type=\"liststring\"/></attributes>\n"
        "<nodes><node id=\"a\" label=\"Alpha\"><attvalues><attvalue for=\"0\" value=\"[x, 'y "
        "z']\"/></attvalues></node>"
        "<node id=\"b\"/></nodes>\n"
        "<edges><edge id=\"e\" source=\"a\" target=\"b\" weight=\"3\" kind=\"pact\">"
        "<spells><spell start=\"2004.0\" end=\"2005.0\"/><spell start=\"2003.0\" "
        "end=\"2004.0\"/></spells></edge></edges></graph></gexf>";
    const Network n = network_of(text);
    CHECK(n.name(*n.find_actor("a")) == "Alpha");
    CHECK(n.find_expertise("y z").has_value());
    const Partnership& e = n.partnerships()[*n.find_partnership("e")];
    CHECK(e.weight == 3.0);
    CHECK(n.text(e.kind) == "pact");
    CHECK(to_text(*e.start) == "2003");
    CHECK(to_text(*e.end) == "2005");
    CHECK(has(notes_of(text), "an element with several spells has one period"));
}

TEST_CASE("gexf: a date said twice is one date, said once it is one too", "[formats][gexf]") {
    const std::string text =
        "<gexf version=\"1.3\"><graph mode=\"dynamic\" timeformat=\"date\">"
        "<attributes class=\"edge\"><attribute id=\"s\" title=\"start\" type=\"string\"/></attributes>"
        "<nodes><node id=\"a\"/><node id=\"b\"/><node id=\"c\"/></nodes><edges>"
        "<edge id=\"e\" source=\"a\" target=\"b\" start=\"2015-01-01\"><attvalues><attvalue for=\"s\" "
        "value=\"2015\"/>"
        "</attvalues></edge><edge id=\"f\" source=\"a\" target=\"c\" "
        "start=\"2016-01-01\"/></edges></graph></gexf>";
    const Network n = network_of(text);
    CHECK(to_text(*n.partnerships()[*n.find_partnership("e")].start) == "2015");
    CHECK(to_text(*n.partnerships()[*n.find_partnership("f")].start) == "2016-01-01");
    CHECK_FALSE(has(notes_of(text), "no place for the attribute"));
}

TEST_CASE("gml: entities, numbers, repeated keys, nested lists", "[formats][gml]") {
    const std::string text =
        "# a comment\nCreator \"me\"\ngraph [\n directed 0\n node [ id 1 label \"Orl&eacute;ans &#38; co\" "
        "graphics [ x 1.5 y 2 ] ]\n"
        " node [ id 2 label \"C#\" tag \"a\" tag \"b\" ]\n edge [ source 1 target 2 value 1.5e0 ]\n]\n";
    const Network n = network_of(text);
    CHECK(n.name(*n.find_actor("1")) == "Orléans & co");
    CHECK(attribute_of(n, "2", "tag") == "a|b");
    CHECK(n.partnerships()[PartnershipId{}].weight == 1.5);
    CHECK(has(errors_of("graph [\n node [ id 1 label ]\n]"), "x:2:20: error: expected a number"));
    CHECK(has(errors_of("graph [ node [ id 1 ] "), "the file ends before its last ]"));
    CHECK(has(errors_of("graph [ node [ id 1 label \"a ] ]"), "x:1:27: error: this text is not closed"));
    CHECK(has(errors_of("graph [ node [ label \"a\" ] ]"), "a node without an id"));
}

TEST_CASE("pajek: one and two modes, relations, lists, matrices", "[formats][pajek]") {
    const Network n = network_of(
        "% c\r\n*Network Towns\r\n*vertices 3\r\n1 \"Saint Pierre\" 0.1 0.2\r\n2 Tours\r\n3 \"Blois\"\r\n"
        "*Arcs :1 \"twin\"\r\n1 2 4 l \"pact\" [2001-2003]\r\n*Edgeslist\r\n2 1 3\r\n");
    CHECK(n.settings().title == "Towns");
    CHECK(ties_of(n) == "Blois Tours, Saint Pierre Tours, Saint Pierre Tours");
    const Partnership& first = n.partnerships()[*n.find_partnership("Saint Pierre--Tours")];
    CHECK(n.text(first.kind) == "twin");
    CHECK(n.text(first.name) == "pact");
    CHECK(to_text(*first.end) == "2003");
    const Network two = network_of("*Vertices 4 2\n1 a\n2 b\n3 p\n4 q\n*Matrix\n1 0\n1 1\n");
    CHECK(two.actors().size() == 2);
    CHECK(ties_of(two) == "a b, b");
    CHECK(has(errors_of("*Vertices 2\n1 a\n2 b\n*Edges\n1 3\n"),
              "x:5:3: error: \"3\" is not the number of a vertex"));
    CHECK(has(errors_of("*Vertices 99999999999999\n"), "is that meant?"));
    CHECK(has(errors_of("*Arcs\n1 2\n"), "*Vertices must come before"));
}

TEST_CASE("json graphs: every dialect gives the same network", "[formats][json]") {
    const std::vector<std::string> same = {
        R"({"directed":false,"nodes":[{"id":"a","kind":"town","name":"A"},{"id":"b"}],"links":[{"source":"a","target":"b","id":"e","weight":2}]})",
        R"({"nodes":[{"id":"a","kind":"town","name":"A"},{"id":"b"}],"edges":[{"source":"a","target":"b","id":"e","weight":2}]})",
        R"({"graph":{"directed":false,"nodes":{"a":{"label":"A","metadata":{"kind":"town"}},"b":{}},"edges":[{"id":"e","source":"a","target":"b","metadata":{"weight":2}}]}})",
        R"({"options":{"type":"undirected"},"attributes":{},"nodes":[{"key":"a","attributes":{"name":"A","kind":"town"}},{"key":"b"}],"edges":[{"key":"e","source":"a","target":"b","attributes":{"weight":2}}]})",
        R"({"elements":{"nodes":[{"data":{"id":"a","name":"A","kind":"town"},"position":{"x":1}},{"data":{"id":"b"}}],"edges":[{"data":{"id":"e","source":"a","target":"b","weight":2}}]}})",
        R"({"elements":[{"data":{"id":"a","name":"A","kind":"town"}},{"data":{"id":"b"}},{"data":{"id":"e","source":"a","target":"b","weight":2}}]})"};
    const std::string expected = json_of(network_of(same.front()));
    for (const std::string& text : same) {
        CAPTURE(text);
        CHECK(json_of(network_of(text)) == expected);
        CHECK(json_of(network_of("\xEF\xBB\xBF" + text)) == expected);
    }
    const Network cx = network_of(
        R"([{"CXVersion":"2.0","hasFragments":false},{"attributeDeclarations":[{"nodes":{"name":{"a":"n","d":"string"},"kind":{"v":"town"}}}]},
            {"nodes":[{"id":7,"x":1,"v":{"n":"A"}},{"id":8,"v":{"n":"B","kind":"firm"}}]},{"edges":[{"id":0,"s":7,"t":8}]},{"status":[{"success":true}]}])");
    CHECK(cx.name(*cx.find_actor("7")) == "A");
    CHECK(attribute_of(cx, "7", "kind") == "town");
    CHECK(attribute_of(cx, "8", "kind") == "firm");
    const Network d3 =
        network_of(R"({"nodes":[{"name":"A"},{"name":"B"}],"links":[{"source":0,"target":1,"value":3}]})");
    CHECK(d3.name(*d3.find_actor("0")) == "A");
    CHECK(d3.partnerships()[PartnershipId{}].weight == 3.0);
}

TEST_CASE("json graphs: what is wrong is said where it stands", "[formats][json]") {
    CHECK(has(errors_of(R"({"nodes":[{"id":"a"}],"edges":[],"links":[]})"),
              R"(x:1:34: error: both "edges" and "links" are given)"));
    CHECK(has(errors_of("{\"nodes\":[{\"id\":\"a\"},\n{\"id\":\"b\",}]}"),
              "x:2:11: error: this is not JSON: expected a key"));
    CHECK(has(errors_of(R"({"nodes":[{"id":"a"}],"links":[{"source":"a"}]})"),
              "x:1:32: error: an edge without a target"));
    CHECK(has(errors_of(R"({"nodes":[{"id":"a","id":"b"}],"links":[]})"), "given twice in one object"));
    CHECK(has(errors_of(R"({"nodes":[{"id":"a"},{"name":"b"}],"links":[]})"), "a node without an id"));
    CHECK(has(errors_of(R"([{"CXVersion":"1.0"}])"), "CX of another version"));
    CHECK(has(errors_of("[1, 2]"), "holds objects only"));
    CHECK(has(errors_of("{\"nodes\":[{\"id\":\"\\uD800\"}]}"),
              "x:1:18: error: this is not JSON: half of a surrogate pair"));
    CHECK(has(errors_of("{\"nodes\":" + std::string(1000, '[')), "--limit depth=N"));
    CHECK(has(errors_of("{\"nodes\":[{\"id\":\"\xE9t\xE9\"}]}"), "JSON is encoded in UTF-8"));
}

TEST_CASE("json scanner: JSONTestSuite is accepted and refused as its names say",
          "[formats][json][conformance]") {
    const std::filesystem::path folder =
        std::filesystem::path(MAILLAGE_SOURCE_DIR) / "../shared/conformance/json/test_parsing";
    if (!std::filesystem::is_directory(folder)) {
        WARN("JSONTestSuite is not here: skipped");
        return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const std::string text = bytes_of(entry.path());
        INFO(name);
        std::vector<Diagnostic> diagnostics;
        io::DecodedText decoded;
        io::decode(text, name, decoded, diagnostics);
        if (decoded.encoding == io::Encoding::windows_1252) {
            CHECK(name[0] != 'y');  // refused: JSON is UTF-8
            continue;
        }
        const bool readable = decoded.readable;
        bool good = readable;
        if (readable) {
            io::ReadContext context(name, diagnostics);
            io::JsonScanner scan(decoded.text, context);
            const auto first = scan.next();
            scan.skip_rest(first);
            good = scan.next() == io::JsonScanner::Token::end && !scan.failed();
        }
        if (name[0] == 'y') {
            CHECK(good);
        } else if (name[0] == 'n') {
            CHECK(!good);
            REQUIRE(!diagnostics.empty());
            CHECK(diagnostics.front().where.line >= 1);
        }
    }
}

TEST_CASE("matrix market: forms, symmetries, two modes, and what is cut off", "[formats][matrix]") {
    const Network n =
        network_of("%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 2\n2 1 1.5\n3 1 2\n");
    CHECK(ties_of(n) == "1 2, 1 3");
    CHECK(
        network_of("%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 2\n").partnerships().size() ==
        1);
    CHECK(ties_of(network_of("%%MatrixMarket matrix array integer symmetric\n2 2\n0\n5\n0\n")) == "1 2");
    const Network two =
        network_of("%%MatrixMarket matrix coordinate pattern general\n2 3 3\n1 1\n2 1\n2 3\n");
    CHECK(two.actors().size() == 2);
    CHECK(two.partnerships().size() == 3);
    CHECK(has(errors_of("%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 1\n"),
              "x:2:1: error: the matrix says 2 entries, and 1 are there"));
    CHECK(has(errors_of("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 3 1\n"),
              "x:3:3: error: expected a row from 1 to 2"));
    CHECK(has(errors_of("%%MatrixMarket matrix coordinate real general\n999999999 999999999 1\n1 3 1\n"),
              "is that meant?"));
}

TEST_CASE("edge lists: a comment is a line; its sign in an id is none", "[formats][edges]") {
    const Network n = network_of("# SNAP\n# a\tb\nC#\tF#\n%x\nC#\tx y\t2.5\r\nalone\talone\n");
    CHECK(n.find_actor("C#").has_value());
    CHECK(n.find_actor("x y").has_value());
    CHECK(ties_of(n) == "C# F#, C# x y, alone");
    CHECK(ties_of(network_of("1 2\n2 3\n")) == "1 2, 2 3");
    CHECK(ties_of(network_of("1,2\n2,3\n")) == "1 2, 2 3");
    CHECK(network_of("1 2 {'weight': 4}\n").partnerships()[PartnershipId{}].weight == 4.0);
    CHECK(has(errors_of("1 2\n3\n"), "x:2:1: error: an edge list has two ids"));
}

TEST_CASE("tables of others: Gephi, Kumu, neo4j-admin, one table alone", "[formats][tables]") {
    const auto read = [](std::initializer_list<std::pair<std::string_view, std::string_view>> files) {
        const Folder folder(files);
        io::ReadReport report = io::inspect_dataset(folder.path());
        INFO(said(report.diagnostics));
        REQUIRE(report.network.has_value());
        return std::move(*report.network);
    };
    const Network gephi =
        read({{"nodes.csv", "Id,Label,Group\n1,Tours,x\n2,Blois,y\n"},
              {"edges.csv", "Source,Target,Type,Id,Label,Weight\n1,2,Undirected,e,pact,3\n"}});
    CHECK(gephi.name(*gephi.find_actor("1")) == "Tours");
    CHECK(gephi.partnerships()[*gephi.find_partnership("e")].weight == 3.0);
    const Network kumu = read({{"elements.csv", "Label,Type,Tags\nTours,Town,a|b\nBlois,Town,\n"},
                               {"connections.csv", "From,To,Type\nTours,Blois,Twinned\n"}});
    CHECK(ties_of(kumu) == "Blois Tours");
    CHECK(kumu.text(kumu.partnerships()[PartnershipId{}].kind) == "Twinned");
    const Network neo =
        read({{"actors.csv", "ref:ID(Actor),name,born:int,:LABEL\n1,Tours,1900,Town;City\n2,Blois,,Town\n"},
              {"ties.csv", ":START_ID(Actor),since:int,:END_ID(Actor),:TYPE\n1,1999,2,TWIN\n"}});
    CHECK(neo.name(*neo.find_actor("1")) == "Tours");
    CHECK(attribute_of(neo, "1", "born") == "1900");
    CHECK(neo.text(neo.partnerships()[PartnershipId{}].kind) == "TWIN");
    CHECK(to_text(*neo.partnerships()[PartnershipId{}].start) == "1999");
    CHECK(ties_of(network_of("Partenaire 1;Partenaire 2;Poids\nTours;Blois;1,5\n")) == "Blois Tours");
}

TEST_CASE("a French table of Excel is read without an option", "[formats][tables]") {
    const std::string text =
        "Structure;Type;Compétences;Budget\r\nVille d'Orléans;Collectivité;Eau|Énergie;1,5\r\n"
        "Université de Tours;Université;Énergie;\r\n";
    const Network n = network_of(as_windows_1252(text));
    const auto orleans = n.find_actor("Ville d'Orléans");
    REQUIRE(orleans.has_value());
    CHECK(n.text(n.actors()[*orleans].kind) == "Collectivité");
    CHECK(n.expertises().size() == 2);
    CHECK(n.holdings().size() == 3);
    CHECK(attribute_of(n, "Ville d'Orléans", "Budget") == "1,5");
}

TEST_CASE("map: which attribute is which field", "[formats][map]") {
    const Folder folder;
    folder.write(
        "g.json",
        R"({"nodes":[{"id":"a","sector":"x","can":"u, v","b":1},{"id":"p","b":2}],"links":[{"source":"a","target":"p"},{"source":"a","target":"q"}]})");
    const auto read = [&](const std::string& map) {
        folder.write("map.json", map);
        return io::inspect_dataset(folder.file("g.json"), {.map = folder.file("map.json")});
    };
    io::ReadReport report = read(
        R"({"actor":{"kind":"Sector","expertises":"can"},"list_separator":",","add_missing_nodes":true,"partnership_nodes":{"attribute":"b","value":"2"}})");
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(report.network->text(report.network->actors()[*report.network->find_actor("a")].kind) == "x");
    CHECK(report.network->expertises().size() == 2);
    CHECK(report.network->find_partnership("p").has_value());
    CHECK(has(said(read(R"({"actor":{"kind":"secto"}})").diagnostics),
              "map.json:1:18: error: the file has no attribute \"secto\" (did you mean \"sector\"?)"));
    CHECK(has(said(read(R"({"actor":{"knd":"x"}})").diagnostics),
              "unknown field \"knd\" (did you mean \"kind\"?)"));
    CHECK(has(said(read(R"({"actr":{}})").diagnostics), "unknown member \"actr\" (did you mean \"actor\"?)"));
}

TEST_CASE("what a graph says that a dataset cannot hold is said once, with its number", "[formats]") {
    const std::string text =
        R"({"directed":true,"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":"a","target":"b","fee":1,"start":"soon"},{"source":"b","target":"a","fee":2,"weight":0}]})";
    CHECK(has(warnings_of(text), "no place for the attribute \"fee\" of edges; 2 values are left out"));
    CHECK(has(warnings_of(text), "\"soon\" is not a date"));
    CHECK(has(warnings_of(text), "the weight 0 is not positive"));
    CHECK(has(notes_of(text), "2 directed edges"));
}

TEST_CASE("gzip: unpacked as it comes; cut off, damaged and bombs are refused", "[formats][gzip]") {
    const auto pack = [](const std::string& text) {
        std::string out(compressBound(text.size()) + 64, '\0');
        z_stream s{};
        REQUIRE(deflateInit2(&s, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        std::string in = text;
        s.next_in = reinterpret_cast<Bytef*>(in.data());
        s.avail_in = static_cast<uInt>(in.size());
        s.next_out = reinterpret_cast<Bytef*>(out.data());
        s.avail_out = static_cast<uInt>(out.size());
        REQUIRE(deflate(&s, Z_FINISH) == Z_STREAM_END);
        out.resize(s.total_out);
        deflateEnd(&s);
        return out;
    };
    const std::string packed = pack("1 2\n") + pack("2 3\n");
    CHECK(ties_of(network_of(packed)) == "1 2, 2 3");
    CHECK(has(errors_of(packed.substr(0, packed.size() - 9)), "end too early"));
    std::string damaged = packed;
    damaged[12] = static_cast<char>(damaged[12] ^ 0x55);
    CHECK(!errors_of(damaged).empty());
    const std::string bomb = pack(std::string(std::size_t{32} << 20U, 'a'));
    CHECK(has(errors_of(bomb, {.limits = {.ratio = 100}}), "--limit ratio=N"));
    CHECK(has(errors_of(bomb, {.limits = {.bytes = 1U << 20U}}), "--limit bytes=N"));
}

TEST_CASE("limits: rows, columns and names", "[formats][limits]") {
    CHECK(has(errors_of("1 2\n2 3\n3 4\n", {.limits = {.rows = 2}}), "--limit rows=N"));
    CHECK(has(errors_of(R"({"nodes":[{"id":"a","x":1,"y":2,"z":3}],"links":[]})", {.limits = {.columns = 2}}),
              "--limit columns=N"));
    CHECK(has(errors_of(R"({"nodes":[{"id":"aaaaaaaaaaaaaaaa"}],"links":[]})", {.limits = {.name = 8}}),
              "--limit name=N"));
}

TEST_CASE("places: offsets that ascend, whatever the line ends", "[formats]") {
    const std::string text = "a\nbc\r\n\rd";
    io::PlaceTracker places(text);
    const auto at = [&places](std::size_t offset) {
        const io::Place p = places.at(offset);
        return std::to_string(p.line) + ':' + std::to_string(p.column);
    };
    CHECK(at(0) == "1:1");
    CHECK(at(1) == "1:2");
    CHECK(at(2) == "2:1");
    CHECK(at(4) == "2:3");
    CHECK(at(6) == "3:1");
    CHECK(at(7) == "4:1");
    CHECK(at(8) == "4:2");
    CHECK(at(2) == "2:1");
}
