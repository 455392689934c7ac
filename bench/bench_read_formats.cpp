// Reading graphs: each reader alone from its text to tables, and the way to a Network, on one graph of 100,000 nodes and
// 967,000 edges. Every answer is checked.
//   bench_read_formats [FILE.json] [--keep FOLDER]   (the files stay there, for bench/peers/read_graphs.py)
#include "engine/random.hpp"

#include "io/formats/format.hpp"
#include "io/formats/graph_network.hpp"
#include "io/read_dataset.hpp"

#include "bench/harness.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using namespace maillage;

constexpr std::uint32_t node_count = 100'000;
constexpr std::uint32_t edge_count = 967'000;

struct Text {
    std::string name;
    io::GraphFormat format;
    std::string text;
};

std::vector<Text> make_texts() {
    std::vector<Text> texts = {{"b.graphml", io::GraphFormat::graphml,
                                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml>\n"
                                "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
                                "<graph edgedefault=\"undirected\">\n"},
                               {"b.gexf", io::GraphFormat::gexf,
                                "<gexf version=\"1.3\"><graph defaultedgetype=\"undirected\"><nodes>\n"},
                               {"b.json", io::GraphFormat::node_link, "{\"directed\": false, \"nodes\": ["},
                               {"b.csv", io::GraphFormat::tables, "Source,Target,Weight,Label\n"},
                               {"b.gml", io::GraphFormat::gml, "graph [\n"},
                               {"b.edges", io::GraphFormat::edge_list, "# pairs\n"}};
    for (std::uint32_t i = 0; i < node_count; ++i) {
        const std::string n = std::to_string(i);
        texts[0].text += "    <node id=\"n" + n + "\">\n    </node>\n";
        texts[1].text += "<node id=\"n" + n + "\" label=\"Node " + n + "\"/>\n";
        texts[2].text += std::string(i == 0 ? "" : ", ") + "{\"id\": \"n" + n + "\"}";
        texts[4].text += "  node [\n    id " + n + "\n    label \"n" + n + "\"\n  ]\n";
    }
    texts[1].text += "</nodes><edges>\n";
    texts[2].text += "], \"links\": [";
    Rng rng(11);
    for (std::uint32_t e = 0; e < edge_count; ++e) {
        const std::string a = std::to_string(rng.below(node_count));
        const std::string b = std::to_string(rng.below(node_count));
        texts[0].text += "    <edge source=\"n" + a + "\" target=\"n" + b +
                         "\">\n      <data key=\"w\">1.5</data>\n    </edge>\n";
        texts[1].text += "<edge id=\"" + std::to_string(e) + "\" source=\"n" + a + "\" target=\"n" + b +
                         "\" weight=\"1.5\"/>\n";
        texts[2].text += std::string(e == 0 ? "" : ", ") + "{\"source\": \"n" + a + "\", \"target\": \"n" +
                         b + "\", \"weight\": 1.5}";
        texts[3].text += "n" + a + ",n" + b + ",1.5,a partnership\n";
        texts[4].text += "  edge [\n    source " + a + "\n    target " + b + "\n    value 1.5\n  ]\n";
        texts[5].text += a + "\t" + b + "\n";
    }
    texts[0].text += "</graph>\n</graphml>\n";
    texts[1].text += "</edges></graph></gexf>\n";
    texts[2].text += "]}";
    texts[4].text += "]\n";
    return texts;
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<Text> texts = make_texts();
    std::vector<bench::Sample> samples;
    for (const Text& t : texts) {
        samples.push_back(bench::measure(
            "read/" + t.name, 5,
            [&t] {
                io::GraphTables tables;
                std::vector<Diagnostic> diagnostics;
                io::ReadContext context(t.name, diagnostics);
                read_graph(t.format, t.text, {}, tables, context);
                return tables;
            },
            [](const io::GraphTables& tables) { return tables.edges().size() == edge_count; }));
        samples.back().amount = static_cast<double>(t.text.size()) / 1e6;
        samples.back().unit = "MB";
        std::cout << bench::to_text(samples.back()) << '\n';
    }
    if (argc == 4 && std::strcmp(argv[2], "--keep") == 0) {
        std::filesystem::create_directories(argv[3]);
        for (const Text& t : texts) {
            std::ofstream(std::filesystem::path(argv[3]) / t.name, std::ios::binary) << t.text;
        }
    }
    std::cout << "peak " << peak_megabytes() << " MB, of which the texts\n";
    if (argc > 1) {
        std::ofstream(argv[1]) << bench::to_json(samples);
    }
    return 0;
}
