#include "tests/support/graph_answers.hpp"

#include <catch2/catch.hpp>

#include <utility>
#include <vector>

// What files of other programs showed: each case is the smallest file that has the trait.

using namespace maillage;
using namespace maillage::testing;

namespace {

const std::string graphml = "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";

/// A graph with these elements.
std::string graphml_of(const std::string& keys, const std::string& inside) {
    return graphml + keys + "<graph edgedefault=\"undirected\">\n" + inside + "</graph></graphml>";
}

}  // namespace

TEST_CASE("graphml: one key id for nodes and one for edges are two keys", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    const std::string keys =
        "<key id=\"l\" for=\"node\" attr.name=\"river\"/><key id=\"l\" for=\"edge\" attr.name=\"kind\"/>";
    const Network n = network_of(graphml_of(
        keys,
        "<node id=\"a\"><data key=\"l\">x</data></node><node id=\"b\"/><edge source=\"a\" target=\"b\">"
        "<data key=\"l\">pact</data></edge>"));
    CHECK(attribute_of(n, "a", "river") == "x");
    CHECK(n.text(n.partnerships()[PartnershipId{}].kind) == "pact");
    CHECK(has(errors_of(graphml_of("<key id=\"l\" for=\"node\"/>\n<key id=\"l\" for=\"all\"/>", "")),
              "x:3:1: error: the key \"l\" is declared twice"));
}

TEST_CASE("graphml: a key behind the data that name it", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    const std::string text = graphml_of("",
                                        "<node id=\"a\"><data key=\"age\">7</data></node>\n"
                                        "<key id=\"age\" for=\"node\" attr.name=\"age\" attr.type=\"int\"/>"
                                        "<node id=\"b\"><data key=\"age\">old</data></node>");
    CHECK(attribute_of(network_of(text), "a", "age") == "7");
    CHECK(has(warnings_of(text), "x:4:1: warning: a <key> stands behind the first <data> that names it"));
    CHECK(has(warnings_of(text), "\"old\" is not a whole number"));
}

TEST_CASE("graphml: ports and what stands in them are not the node's", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    const std::string text =
        graphml_of("<key id=\"d\" for=\"all\" attr.name=\"x\"/>",
                   "<node id=\"a\"><port name=\"N\"><data key=\"d\">of the port</data></port>"
                   "<data key=\"d\">of the node</data></node>");
    CHECK(attribute_of(network_of(text), "a", "x") == "of the node");
    CHECK(has(notes_of(text), "ports of nodes have no place in a dataset"));
    CHECK_FALSE(has(warnings_of(text), "given twice"));
}

TEST_CASE("graphml: what stands in <data> is no node, whatever it is called", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    const std::string text =
        graphml_of("<key id=\"d\" for=\"node\" attr.name=\"x\"/>",
                   "<node id=\"a\"><data key=\"d\"><svg xmlns=\"s\"><node id=\"n\"/><edge/>"
                   "<data key=\"q\">lost</data></svg></data></node>");
    CHECK(network_of(text).actors().size() == 1);
    CHECK(has(warnings_of(text), "x:3:14: warning: elements in <data> are not read"));
    // yEd draws so, and its label is a name
    const std::string drawn = graphml_of(
        "<key id=\"d\" for=\"node\" yfiles.type=\"nodegraphics\"/>",
        "<node id=\"a\"><data key=\"d\"><y:ShapeNode xmlns:y=\"y\"><y:Geometry x=\"1\"/>"
        "<y:NodeLabel>Tours</y:NodeLabel><y:NodeLabel>second</y:NodeLabel></y:ShapeNode></data></node>");
    CHECK(network_of(drawn).name(ActorId{}) == "Tours");
    CHECK(warnings_of(drawn).empty());
    CHECK(has(notes_of(drawn), "shapes, colours and positions (yEd) have no place"));
    CHECK(has(notes_of(drawn), "several labels keeps the first"));
    // yEd Live: another structure, also for the labels of ports
    const std::string live = graphml_of(
        "<key id=\"l\" for=\"node\" attr.name=\"NodeLabels\" "
        "y:attr.uri=\"http://www.yworks.com/xml/yfiles-common/2.0/NodeLabels\" xmlns:y=\"y\"><default>"
        "<y:Static/></default></key><key id=\"p\" for=\"port\"/>",
        "<node id=\"a\"><port><data key=\"p\"><y:Label "
        "xmlns:y=\"y\"><y:Label.Text>north</y:Label.Text></y:Label>"
        "</data></port><data key=\"l\"><y:List "
        "xmlns:y=\"y\"><y:Label><y:Label.Text><![CDATA[Blois]]></y:Label.Text>"
        "</y:Label></y:List></data></node>");
    CHECK(network_of(live).name(ActorId{}) == "Blois");
    CHECK(warnings_of(live).empty());
}

TEST_CASE("graphml: elements that are not where they belong", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    CHECK(has(errors_of(graphml + "<node id=\"z\"/><graph edgedefault=\"directed\"/></graphml>"),
              "x:2:1: error: <node> stands directly in a <graph>"));
    CHECK(has(errors_of(graphml_of("", "<node id=\"a\"><edge source=\"a\" target=\"a\"/></node>")),
              "x:3:14: error: <edge> stands directly in a <graph>"));
    CHECK(has(
        warnings_of(graphml_of("", "<node id=\"b\"/><Node id=\"a\"/><nodes><node id=\"c\"/></nodes>")),
        "x:3:15: warning: <Node> has no place here in GraphML; left out, with what is in it; 2 like this"));
    CHECK(network_of(graphml_of("", "<nodes><node id=\"c\"/></nodes>")).actors().size() == 0);
    CHECK(has(warnings_of(graphml_of("", "<node id=\"a\"/> node id=\"b\"/>")),
              "x:3:16: warning: text between the elements has no place in GraphML"));
    CHECK(
        has(warnings_of(graphml_of("", "<node id=\"a\"><![CDATA[x]]></node>")), "text between the elements"));
    CHECK(has(warnings_of("<gexf><graph><nodes>\n<node id=\"a\">b</node></nodes></graph></gexf>"),
              "x:2:14: warning: text between the elements has no place in GEXF"));
    CHECK(has(warnings_of(graphml_of("", "<node id=\"a\"><locator href=\"f\"/></node>")),
              "points at another file"));
    CHECK(
        has(warnings_of(graphml_of("", "<node id=\"a\"/><edge source=\"a\" target=\"a\" directed=\"yes\"/>")),
            "directed=\"true\" or \"false\", not \"yes\""));
}

TEST_CASE("graphml: descriptions, and what is said of the graph itself", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    const std::string keys =
        "<desc>Region</desc><key id=\"k\" for=\"graph\" attr.name=\"licence\"><desc>of the key</desc></key>";
    const std::string text = graphml_of(
        keys,
        "<data key=\"k\">CC-BY</data><node id=\"a\"><desc>on the Loire</desc><graph edgedefault=\"directed\">"
        "<data key=\"k\">inner</data><node id=\"b\"/></graph></node>");
    const Network n = network_of(text);
    CHECK(n.settings().title == "Region");
    CHECK(attribute_of(n, "a", "desc") == "on the Loire");
    CHECK(n.actors().size() == 2);
    CHECK(has(
        notes_of(text),
        "x:3:1: note: a dataset has no place for \"licence\" of the graph itself; left out; 2 like this"));
    CHECK(has(notes_of(text), "a <desc> of a key"));
}

TEST_CASE("xml: a DOCTYPE is refused where it begins", "[formats][graphml]") {
    if (without_xml()) {
        return;
    }
    CHECK(has(errors_of("<?xml version=\"1.0\"?>\n <!DOCTYPE graphml SYSTEM \"graphml.dtd\">\n" + graphml),
              "x:2:2: error: a DOCTYPE is not read"));
}

TEST_CASE("gexf: hierarchies, values of nothing, elements out of place", "[formats][gexf]") {
    if (without_xml()) {
        return;
    }
    const std::string head =
        "<gexf version=\"1.2\"><meta><keywords>k</keywords><creator>c</creator></meta>\n";
    const std::string text = head +
                             "<graph><nodes><node id=\"a\"><nodes><node id=\"b\" pid=\"a\"/></nodes></node>"
                             "</nodes><edges/></graph></gexf>";
    CHECK(network_of(text).actors().size() == 2);
    CHECK(has(notes_of(text),
              "x:2:28: note: nodes inside nodes are read as nodes like any other; 2 like this"));
    CHECK(has(notes_of(text), "no place for the keywords"));
    CHECK(has(
        errors_of(head + "<graph><nodes><node id=\"a\"><attvalues><attvalue value=\"1\"/></attvalues></node>"
                         "</nodes></graph></gexf>"),
        "x:2:39: error: an <attvalue> says which attribute it is of"));
    CHECK(has(errors_of(head + "<nodes><node id=\"a\"/></nodes><graph/></gexf>"),
              "x:2:8: error: <node> stands in a <graph>"));
    CHECK(has(warnings_of(head + "<graph defaultedgetype=\"both\"><vertex id=\"a\"/></graph></gexf>"),
              "<vertex> has no place here in GEXF"));
    CHECK(has(warnings_of(head + "<graph defaultedgetype=\"both\"/></gexf>"), "not \"both\""));
    // types of GEXF 1.0
    const std::string old = head +
                            "<graph defaultedgetype=\"sim\"><nodes><node id=\"a\"/><node id=\"b\"/></nodes>"
                            "<edges><edge source=\"a\" target=\"b\" type=\"dir\"/></edges></graph></gexf>";
    CHECK(warnings_of(old).empty());
    CHECK(has(notes_of(old), "1 directed edges"));
}

TEST_CASE("gml: infinities, keys in capitals, lists, and what is said twice", "[formats][gml]") {
    const Network n =
        network_of("Graph [ Node [ Id 1 x -Inf y NaN ] node [ ID 2 z +inf ] Edge [ Source 1 TARGET 2 ] ]");
    CHECK(ties_of(n) == "1 2");
    CHECK(attribute_of(n, "1", "x") == "-Inf");
    // in a file that writes graph, Node is something else, which is said
    CHECK(has(warnings_of("graph [ Node [ id 1 ] ]"), "\"Node\" [ … ] is neither a node nor an edge"));
    CHECK(has(errors_of("graph [ node [ id 1 ]\nedge [ source 1 target 1 target 1 ] ]"),
              "x:2:26: error: \"target\" is given twice"));
    CHECK(has(errors_of("graph [ node [ id 1 id 2 ] ]"), "x:1:21: error: \"id\" is given twice"));
    CHECK(has(errors_of("graph [ node [ id 1 label \"say \\\"hello\\\"\" ] ]"),
              "a quote inside a text is written &quot;"));
    const std::string lists =
        "Version 1\nDateObtained \"2011\"\ngraph [ Network \"Abilene\"\n node [ id 1 "
        "tags \"_networkx_list_start\" tags \"eau\" pos [ x 1 ] graphics [ x 1 ] ] ]";
    CHECK(attribute_of(network_of(lists), "1", "tags") == "eau");
    CHECK(has(warnings_of(lists), "\"pos\" [ … ] is a list, which an attribute cannot hold"));
    CHECK(has(notes_of(lists), "\"graphics\" [ … ] says how something is drawn"));
    CHECK(has(notes_of(lists),
              "x:2:1: note: a dataset has no place for \"DateObtained\" of the graph itself; left "
              "out; 2 like this"));
    const Network ids =
        network_of("graph [ node [ id 1 ] node [ id 2 ] edge [ id \"e7\" source 1 target 2 ] ]");
    CHECK(ids.find_partnership("e7").has_value());
}

TEST_CASE("pajek: projects, words before the network, marks, times with spaces", "[formats][pajek]") {
    const Network project = network_of(
        "*Partition types\r\n*Vertices 2\r\n1\r\n2\r\n\r\n*Network n\r\n*Vertices 2\r\n"
        "1 \"a\"\r\n2 \"b\"\r\n*Arcs\r\n1 2\r\n*Permutation p\r\n*Vertices 2\r\n2\r\n1\r\n");
    CHECK(ties_of(project) == "a b");
    const std::string about = "A simplified network\n\n*Vertices 2\n1 \"a\"\n2 \"b\"\n*Arcslist\n-1 2\n";
    CHECK(ties_of(network_of(about)) == "a b");
    CHECK(has(warnings_of(about), "x:1:1: warning: this line belongs to no section"));
    CHECK(has(notes_of(about), "x:7:1: note: a minus before the number of a vertex has no meaning here"));
    const Network times =
        network_of("*Vertices 2\n1 \"a\"\n2 \"b\"\n*Edges\n1 2 1 [2001-2003, 2005-2008] c Blue\n");
    CHECK(to_text(*times.partnerships()[PartnershipId{}].start) == "2001");
    CHECK(to_text(*times.partnerships()[PartnershipId{}].end) == "2008");
    CHECK(
        network_of("*Vertices 1\n1 \"gene \"X\", alias\" 0.1\n").find_actor("gene \"X\", alias").has_value());
}

TEST_CASE("pajek: the networks of Infomap that are plain, and those that are not", "[formats][pajek]") {
    const Network n =
        network_of("# a comment\n*Vertices\n7 \"a\"\n0 \"b\"\n*Edges\n# source target weight\n7 0 2\n");
    CHECK(ties_of(n) == "a b");
    CHECK(has(errors_of("*Vertices\n7 \"a\"\n*Edges\n7 1\n"),
              "x:4:3: error: \"1\" is not the number of a vertex that "
              "*Vertices lists"));
    CHECK(has(errors_of("# states\n*Vertices 1\n1 \"a\"\n*States\n1 1 \"s\"\n"),
              "x:4:1: error: \"*States\" is a network with states or layers (Infomap), which is not read"));
    CHECK(has(errors_of("*Vertices many\n"),
              "x:1:11: error: *Vertices is followed by their number, not \"many\""));
}

TEST_CASE("pajek: a partition is no network", "[formats][pajek]") {
    CHECK(has(errors_of("*Vertices 3\n1\n2\n1\n"),
              "x:4:1: error: the vertex 1 is given twice; is this a partition (.clu) and no network?"));
    CHECK(has(errors_of("*Vertices 2\n1990\n1991\n"),
              "x:2:1: error: expected the number of a vertex, from 1 to 2; is "
              "this a partition"));
    CHECK(has(errors_of("*Vertices 3\n2\n3\n1\n"), "this is a partition (.clu) and no network"));
    CHECK(network_of("*Vertices 3\n1\n2\n3\n").actors().size() == 3);
}

TEST_CASE("pajek: each fault of a matrix is counted for itself", "[formats][pajek]") {
    const std::string said = errors_of("*Vertices 2\n1 a\n2 b\n*Matrix\n0 1 1\n0 x\n1 0\n");
    CHECK(has(said, "x:5:5: error: this row has more than 2 values\n"));
    CHECK(has(said, "x:6:3: error: \"x\" is not a number\n"));
    CHECK(has(said, "x:7:1: error: the matrix has more rows than there are vertices"));
    CHECK_FALSE(has(said, "like this"));
}

TEST_CASE("matrix market: heads that contradict themselves, values that are missing", "[formats][matrix]") {
    const auto head = [](const std::string& rest) { return "%%MatrixMarket matrix " + rest + '\n'; };
    CHECK(has(errors_of("%MatrixMarket matrix coordinate real general\n4 4 0\n"),
              "x:1:1: error: a MatrixMarket file begins with %%MatrixMarket, not \"%MatrixMarket\""));
    CHECK(has(errors_of("%%Matrix Market matrix coordinate real general\n4 4 0\n"),
              "begins with %%MatrixMarket"));
    CHECK(has(errors_of("%%MatrixMarket vector array real general\n1\n1\n"), "a vector is no graph"));
    CHECK(has(errors_of(head("coordinate real symmetric") + "2 3 1\n1 1 1\n"),
              "x:2:1: error: a matrix that is symmetric has as many rows as columns"));
    CHECK(has(errors_of(head("array pattern general") + "1 1\n1\n"), "x:1:29: error: an array has values"));
    CHECK(has(errors_of(head("coordinate pattern skew-symmetric") + "1 1 0\n"), "a pattern has no values"));
    CHECK(has(errors_of(head("coordinate complex general") + "2 2 1\n1 2 3\n"),
              "x:3:6: error: a value is missing"));
    CHECK(has(errors_of(head("array complex general") + "1 1\n1\n"), "a value is missing"));
    CHECK(has(errors_of(head("coordinate real general") + "2 2 1\n1 2 1e999\n"),
              "x:3:5: error: \"1e999\" is not a number that can be kept"));
    CHECK(has(warnings_of(head("array real general") + "2 2\n0\n-Inf\nnan\n0\n"),
              "\"-Inf\" is not a weight; read as 1"));
    const Network skew = network_of(head("coordinate real skew-symmetric") + "2 2 1\n2 1 -3\n");
    CHECK(skew.partnerships()[*skew.find_partnership("1--2")].weight == 3.0);
    CHECK(ties_of(network_of(head("coordinate unsigned-integer general") + "2 2 1\n1 2 3\n")) == "1 2");
    CHECK(ties_of(network_of(head("coordinate real hermitian") + "2 2 1\n2 1 3\n")) == "1 2");
}

TEST_CASE("formats that are not read are called by their names, and never misread", "[formats]") {
    const std::vector<std::pair<std::string, std::string>> known = {
        {"nodedef>name VARCHAR,x DOUBLE\na,1\nb,2\nedgedef>node1,node2\na,b\n", "a graph of GUESS (GDF)"},
        {"dl n=2\nformat = edgelist1\ndata:\n1 2\n", "a graph of UCINET (DL)"},
        {"DL\tN = 2\ndata:\n0 1\n1 0\n", "a graph of UCINET (DL)"},
        {"LEDA.GRAPH\nstring\nint\n", "a graph of LEDA"},
        {"// made by\nstrict digraph \"g\" {\n a -> b;\n}\n", "a drawing of Graphviz (DOT)"},
        {"graph{a--b}", "a drawing of Graphviz (DOT)"},
        {"% METIS\n4 3\n2\n1 3 4\n2\n2\n", "a graph of METIS"},
        {"3 2\n2\n1 3\n2\n", "a graph of METIS"},
        {"*Nodes 2\n1 a\n2 b\n", "*Vertices"},
        {"<?xml version=\"1.0\"?>\n<!-- c --><gxl:gxl/>", "outermost element is <gxl>"}};
    for (const auto& [text, name] : known) {
        CAPTURE(text);
        CHECK(has(errors_of(text), "x:1:1: error: this is "));
        CHECK(has(errors_of(text), name));
    }
    // a list of edges whose first line could be the head of METIS
    CHECK(ties_of(network_of("3 3\n1 2\n2 3\n1 3\n")) == "1 2, 1 3, 2 3, 3");
    CHECK(ties_of(network_of("digraph b\nb c\n")) == "b c, b digraph");
}

TEST_CASE("edge list: what was read is counted, also nodes that no line declares", "[formats][edges]") {
    CHECK(has(notes_of("1 2\n2 3\n"), "read as edge list (SNAP): 3 nodes, 2 edges"));
    CHECK_FALSE(has(errors_of("a b likes\na c likes\n"), "has no edge"));
}
