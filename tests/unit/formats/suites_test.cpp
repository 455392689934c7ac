#include "io/formats/graph_csv.hpp"

#include "tests/support/graph_answers.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

// What files of other suites and programs showed: each test has the smallest file of its own that shows it.

using namespace maillage;
using namespace maillage::testing;
using namespace std::string_literals;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

io::ReadReport folder_of(const Files& files) {
    const Folder folder;
    for (const auto& [name, text] : files) {
        folder.write(name, text);
    }
    io::ReadReport report = io::inspect_dataset(folder.path());
    CHECK(places_make_sense(report.diagnostics));
    return report;
}

Network network_of_folder(const Files& files) {
    io::ReadReport report = folder_of(files);
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    return std::move(*report.network);
}

}  // namespace

TEST_CASE("Cytoscape.js: a list of elements alone, and directions as texts", "[formats][json]") {
    const std::string list =
        R"([{"data":{"id":"a","name":"A"},"position":{"x":1},"group":"nodes"},{"group":"nodes","data":{"id":"b"}},)"
        R"({"data":{"id":"e","source":"a","target":"b","directed":"false"},"group":"edges"}])";
    const Network n = network_of(list);
    CHECK(n.name(*n.find_actor("a")) == "A");
    CHECK(ties_of(n) == "a b");
    CHECK(!has(notes_of(list), "directed"));
    CHECK(has(notes_of(list), "read as Cytoscape.js JSON: 2 nodes, 1 edges"));
    const std::string head =
        R"({"elements":{"nodes":[{"data":{"id":"a"}},{"data":{"id":"b"}}],"edges":[{"data":{"source":"a","target":"b",)";
    CHECK(has(notes_of(head + R"("directed":"true"}}]}})"), "1 directed edge"));
    CHECK(has(notes_of(head + R"("directed":1}}]}})"), "1 directed edge"));
    // another word is an attribute of theirs
    CHECK(has(warnings_of(head + R"("directed":"by Jo"}}]}})"), "no place for the attribute \"directed\""));
    CHECK(has(errors_of(R"({"nodes":[{"id":"a"}],"links":[{"source":"a","target":"a","directed":"by Jo"}]})"),
              "\"directed\" must be true or false"));
    CHECK(has(errors_of(R"([{"id":"a"},{"id":"b"}])"), "this JSON list holds no graph"));
    CHECK(has(errors_of("[1,2]"), "holds objects only"));
}

TEST_CASE("json graphs: the dialect that was read is named", "[formats][json]") {
    CHECK(has(notes_of(R"({"nodes":[],"links":[]})"), "read as node-link JSON"));
    CHECK(has(notes_of(R"({"graph":{"nodes":{},"edges":[]}})"), "read as JSON Graph Format: "));
    CHECK(has(notes_of(R"({"graph":{"name":"x"},"nodes":[],"links":[]})"), "read as node-link JSON"));
    CHECK(has(notes_of(R"({"options":{},"nodes":[],"edges":[]})"), "read as graphology JSON"));
    CHECK(has(notes_of(R"([{"CXVersion":"2.0"},{"nodes":[]},{"edges":[]}])"), "read as CX2"));
}

TEST_CASE("json: what holds no network is told once, with its members", "[formats][json]") {
    CHECK(errors_of(R"({"name":"x","version":1,"c":{},"d":[],"e":1,"f":1,"g":1,"h":1})") ==
          "x:1:1: error: this JSON is neither a dataset ({\"actors\": [{\"id\": \"…\", \"name\": \"…\"}]}) "
          "nor a graph "
          "(\"nodes\" with \"edges\" or \"links\", \"graph\", \"elements\"); its members are \"name\", "
          "\"version\", \"c\", "
          "\"d\", \"e\", \"f\", …");
    CHECK(has(errors_of(R"({"name":"x",})"), "x:1:13: error: "));
    CHECK(has(errors_of("{\n \"nodes\":[{\"id\":\"a\"},{\"id\":\"\xE9t\xE9\"}],\"links\":[]}"),
              "x:2:29: error: JSON is encoded in UTF-8, and this file is not, from here on"));
}

TEST_CASE("neo4j-admin: ids in groups, braces behind types, and headers in files of their own",
          "[formats][tables]") {
    const Files movies = {
        {"actors.csv",
         "personId:ID(Person){label:Actor},name,skip:IGNORE,at:point{crs:WGS-84}\n1,Keanu,z,x\n"},
        {"movies.csv", "movieId:ID(Movie),title,tags:string[]\n1,Matrix,a;b\n2,Speed,\n"},
        {"roles.csv", ":START_ID(Person),:END_ID(Movie),:TYPE\n1,1,PLAYED\n1,2,PLAYED\n"}};
    // 1 is a person, and another 1 a film
    const Network n = network_of_folder(movies);
    CHECK(ties_of(n) == "Movie/1 Person/1, Movie/2 Person/1");
    // where ids differ anyway they stay as they are
    Files apart = movies;
    apart[1].second = "movieId:ID(Movie),title\nm1,Matrix\nm2,Speed\n";
    apart[2].second = ":START_ID(Person),:END_ID(Movie),:TYPE\n1,m1,PLAYED\n1,m2,PLAYED\n";
    CHECK(ties_of(network_of_folder(apart)) == "1 m1, 1 m2");
    const Files braces = {{"n.csv", "id:ID{label:Person},score:float[],:LABEL\n1,1.5;2,P\n2,,P\n"},
                          {"r.csv", ":START_ID{label:Person},:END_ID{label:Person},:TYPE\n1,2,K\n"}};
    CHECK(ties_of(network_of_folder(braces)) == "1 2");
    const io::ReadReport split = folder_of({{"movies.csv", "1,Matrix\n2,Speed\n"},
                                            {"movies_header.csv", "movieId:ID,title\n"},
                                            {"notes.csv", "when,what\n2020,x\n"}});
    CHECK(!split.network.has_value());
    CHECK(has(said(split.diagnostics),
              "movies.csv:1:1: error: the header of this table stands alone in movies_header.csv"));
    CHECK(has(said(split.diagnostics, Severity::note), "notes.csv: note: neither nodes"));
}

TEST_CASE("tables: a title above the names of the columns is passed over, and said", "[formats][tables]") {
    const std::string titled = ";;\nStructures 2024;;\n\n;;\nStructure;Type;Ville\nA;x;Tours\n";
    CHECK(network_of(titled).name(*network_of(titled).find_actor("A")) == "A");
    CHECK(has(notes_of(titled),
              "x:5:1: note: the columns are named here; what stands above is taken for a title"));
    CHECK(network_of("Liens;\nDe;Vers\nA;B\n").partnerships().size() == 1);
    CHECK(network_of("name\nA\nB\n").actors().size() == 2);
    CHECK(!errors_of("Titre;;\nun;deux;trois\nquatre;cinq;six\n").empty());
    const std::string many = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nname\n";
    CHECK(!errors_of(many).empty());
}

TEST_CASE("csv: the end that DOS gave a file is no row", "[formats][tables]") {
    CHECK(network_of("id,name\n1,A\n\x1A").actors().size() == 1);
    CHECK(network_of("id,name\r\n1,A\r\n\x1A\x1A").actors().size() == 1);
    CHECK(network_of("id,name\n1,A\x1A").name(ActorId{}) == "A");
    CHECK(network_of_folder({{"actors.csv", "id,name\n1,A\n\x1A"}}).actors().size() == 1);
}

TEST_CASE("robustness: tables and JSON of every kind, cut at every byte and with every byte changed",
          "[formats][property]") {
    const std::vector<std::string> files = {
        "sep=;\r\nid;Nom;Type\r\n1;\"A \"\"b\"\"\r\nc\";x\r\n\r\n2;É;\r\n\x1A",
        "Titre\n\nStructure\tCompétences\nA\tx|y\n",
        "personId:ID(P){label:A},name,tags:string[],:LABEL\n1,A,a;b,X;Y\n",
        "Source,Target,Type,timeset\na,b,Undirected,\"<[2003, 2007]>\"\n",
        "\xFF\xFE"s + "i\0d\0,\0n\0a\0m\0e\0\n\0001\0,\0\xE9\0\n\0"s,
        R"([{"CXVersion":"2.0"},{"attributeDeclarations":[{"nodes":{"n":{"d":"string","v":"x"}}}]},{"nodes":[{"id":1,"v":{"n":"é"}}]},{"edges":[]}])",
        R"([{"data":{"id":"a"}},{"data":{"id":"b"}},{"data":{"source":"a","target":"b","directed":"true"}}])",
        R"({"graphs":[{"id":"g","nodes":{"a":{"label":"\ud83d\ude00"}},"hyperedges":[{"nodes":["a"]}]}]})"};
    const std::string alphabet = "\"<{}[],;:=\\ \n\t\0a1(|\xC3\xFF"s;
    for (const std::string& text : files) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            check_sense(text.substr(0, at));
            std::string changed = text;
            changed[at] = alphabet[(at * 7 + text.size()) % alphabet.size()];
            check_sense(changed);
        }
    }
}
