// Reading graphs: from a file to a Network, checks and warnings included, for every format. Every answer is checked.
//   bench_read_formats [FILE.json]              each format in a process of its own, 100,000 nodes and 967,000 edges
//   bench_read_formats --make FOLDER EDGES [SHAPE]   writes that graph (or a smaller, larger, stranger one) in every format
//   bench_read_formats --one PATH [TRIALS]      one of them here: seconds, bytes of the network, peak of the process
// reading.py draws time and memory over the size from these; peers/read_graphs.py sets other programs beside them.
#include "engine/random.hpp"

#include "io/formats/format.hpp"
#include "io/formats/graph_csv.hpp"
#include "io/formats/graph_network.hpp"
#include "io/formats/workbook.hpp"
#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "bench/harness.hpp"
#include "tools/large_pages.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <malloc.h>
#include <string>
#include <time.h>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace maillage;

constexpr std::uint32_t usual_edges = 967'000;
constexpr std::uint32_t usual_nodes = 100'000;

/// What stands in the files.
struct Shape {
    std::uint32_t nodes = 0, edges = 0;
    bool star = false;           ///< one node has all edges
    std::size_t attributes = 0;  ///< of each node, beside its name
    std::size_t value = 6;       ///< characters of each of them
    bool doubled = false;        ///< every edge has the id of another
};

Shape shape_named(const std::string& name, std::uint32_t edges) {
    const auto share = [&](std::uint32_t of) { return std::max(1U, edges / of); };
    // a tenth as many nodes as edges, as in graph b
    Shape shape{edges == usual_edges ? usual_nodes : share(10), edges};
    if (name == "star") {
        shape.star = true;
        shape.nodes = edges + 1;
    } else if (name == "attributes") {
        shape = {share(100), share(100), false, 100};
    } else if (name == "values") {
        shape = {share(1000), share(1000), false, 1, 10'000};
    } else if (name == "doubled") {
        shape.doubled = true;
    } else if (name != "usual") {
        throw std::runtime_error("no shape " + name);
    }
    return shape;
}

/// One text of each format that is read as one, as other programs write it.
class Texts {
public:
    explicit Texts(const Shape& shape) : s_(shape) {}

    void write(const fs::path& folder) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            files_[i].open(folder / names[i], std::ios::binary);
        }
        begin();
        for (std::uint32_t i = 0; i < s_.nodes; ++i) {
            node(i);
            flush(false);
        }
        between();
        Rng rng(11);
        for (std::uint32_t e = 0; e < s_.edges; ++e) {
            const auto a = s_.star ? 0U : static_cast<std::uint32_t>(rng.below(s_.nodes));
            const auto b = s_.star ? e + 1 : static_cast<std::uint32_t>(rng.below(s_.nodes));
            edge(e, std::to_string(a), std::to_string(b));
            flush(false);
        }
        end();
        flush(true);
    }

private:
    static constexpr std::array<const char*, 6> names = {"b.graphml", "b.gexf", "b.json",
                                                         "b.csv",     "b.gml",  "b.edges"};

    void begin() {
        t_[0] =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml>\n"
            "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n";
        t_[1] = "<gexf version=\"1.3\"><graph defaultedgetype=\"undirected\">\n";
        for (std::size_t k = 0; k < s_.attributes; ++k) {
            const std::string n = std::to_string(k);
            t_[0] +=
                "<key id=\"k" + n + "\" for=\"node\" attr.name=\"about " + n + "\" attr.type=\"string\"/>\n";
            t_[1] += (k == 0 ? "<attributes class=\"node\">\n<attribute id=\"k" : "<attribute id=\"k") + n +
                     "\" title=\"about " + n + "\" type=\"string\"/>\n";
        }
        t_[0] += "<graph edgedefault=\"undirected\">\n";
        t_[1] += s_.attributes > 0 ? "</attributes><nodes>\n" : "<nodes>\n";
        t_[2] = "{\"directed\": false, \"nodes\": [";
        t_[3] = "Source,Target,Weight,Label\n";
        t_[4] = "graph [\n";
        t_[5] = "# pairs\n";
    }

    std::string value(std::uint32_t node, std::size_t k) const {
        std::string text = 'v' + std::to_string(node) + '.' + std::to_string(k);
        text.resize(std::max(text.size(), s_.value), 'x');
        return text;
    }

    void node(std::uint32_t i) {
        const std::string n = std::to_string(i);
        t_[0] += "    <node id=\"n" + n + "\">\n";
        t_[1] += "<node id=\"n" + n + "\" label=\"Node " + n + "\"" +
                 (s_.attributes > 0 ? "><attvalues>" : "/>\n");
        t_[2] += std::string(i == 0 ? "" : ", ") + "{\"id\": \"n" + n + "\"";
        t_[4] += "  node [\n    id " + n + "\n    label \"n" + n + "\"\n";
        for (std::size_t k = 0; k < s_.attributes; ++k) {
            const std::string at = std::to_string(k);
            const std::string v = value(i, k);
            t_[0] += "      <data key=\"k" + at + "\">" + v + "</data>\n";
            t_[1] += "<attvalue for=\"k" + at + "\" value=\"" + v + "\"/>";
            t_[2] += ", \"about " + at + "\": \"" + v + "\"";
            t_[4] += "    about" + at + " \"" + v + "\"\n";
        }
        t_[0] += "    </node>\n";
        t_[1] += s_.attributes > 0 ? "</attvalues></node>\n" : "";
        t_[2] += "}";
        t_[4] += "  ]\n";
    }

    void between() {
        t_[1] += "</nodes><edges>\n";
        t_[2] += "], \"links\": [";
    }

    void edge(std::uint32_t e, const std::string& a, const std::string& b) {
        const std::string id = std::to_string(s_.doubled ? e / 2 : e);
        t_[0] += "    <edge " + (s_.doubled ? "id=\"" + id + "\" " : std::string()) + "source=\"n" + a +
                 "\" target=\"n" + b + "\">\n      <data key=\"w\">1.5</data>\n    </edge>\n";
        t_[1] += "<edge id=\"" + id + "\" source=\"n" + a + "\" target=\"n" + b + "\" weight=\"1.5\"/>\n";
        t_[2] += std::string(e == 0 ? "" : ", ") + "{\"source\": \"n" + a + "\", \"target\": \"n" + b +
                 "\", \"weight\": 1.5}";
        t_[3] += 'n' + a + ",n" + b + ",1.5,a partnership\n";
        t_[4] += "  edge [\n    source " + a + "\n    target " + b + "\n    value 1.5\n  ]\n";
        t_[5] += a + '\t' + b + '\n';
    }

    void end() {
        t_[0] += "</graph>\n</graphml>\n";
        t_[1] += "</edges></graph></gexf>\n";
        t_[2] += "]}";
        t_[4] += "]\n";
    }

    void flush(bool always) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (always || t_[i].size() > (1U << 16U)) {
                files_[i] << t_[i];
                t_[i].clear();
            }
        }
    }

    Shape s_;
    std::array<std::string, names.size()> t_;
    std::array<std::ofstream, names.size()> files_;
};

/// Every other format, by our writers.
void write_others(const fs::path& folder) {
    const Network network = io::read_dataset((folder / "b.graphml").string()).network;
    std::vector<LocalText> lost;
    const io::GraphTables tables = io::graph_of(network, lost);
    const std::pair<const char*, io::GraphFormat> texts[] = {
        {"o.net", io::GraphFormat::pajek},
        {"o.jgf", io::GraphFormat::jgf},
        {"o.graphology.json", io::GraphFormat::graphology},
        {"o.cx2", io::GraphFormat::cx2},
        {"o.cyjs", io::GraphFormat::cytoscape},
        {"o.mtx", io::GraphFormat::matrix_market}};
    for (const auto& [name, format] : texts) {
        std::ofstream out(folder / name, std::ios::binary);
        io::write_graph(format, out, tables, lost);
    }
    const auto into = [&](const char* name) {
        fs::create_directories(folder / name);
        return [at = folder / name](const std::string& file, const std::function<void(std::ostream&)>& body) {
            std::ofstream out(at / file, std::ios::binary);
            body(out);
        };
    };
    io::write_csv_tables(network, into("o.tables"));
    io::write_graph_tables(io::GraphTableStyle::gephi, tables, into("o.gephi"), lost);
    io::write_graph_tables(io::GraphTableStyle::neo4j, tables, into("o.neo4j"), lost);
    std::ofstream dataset(folder / "o.dataset.json", std::ios::binary);
    io::write_json_dataset(dataset, network);
    constexpr std::size_t rows_of_a_sheet = 1'048'575;
    if (network.partnerships().size() <= rows_of_a_sheet && io::workbooks_are_supported()) {
        std::ofstream book(folder / "o.xlsx", std::ios::binary);
        io::write_workbook(book, network, lost);
    }
}

/// Bytes that are in use on the heap.
std::size_t heap_bytes() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

std::size_t peak_bytes() {
    std::ifstream status("/proc/self/status");
    std::string word;
    std::size_t kilobytes = 0;
    while (status >> word) {
        if (word == "VmHWM:") {
            status >> kilobytes;
        }
    }
    return kilobytes * 1024;
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::size_t size_of(const fs::path& path) {
    if (!fs::is_directory(path)) {
        return fs::file_size(path);
    }
    std::size_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(path)) {
        bytes += entry.path().extension() == ".csv" ? entry.file_size() : 0;
    }
    return bytes;
}

struct Figures {
    double seconds = 0.0, best = 0.0, slowest = 0.0, processor = 0.0;  ///< processor: the best
    std::size_t file = 0, network = 0, peak = 0, nodes = 0, edges = 0;
};

Figures read_one(const std::string& path, int trials) {
    Figures f;
    f.file = size_of(path);
    std::vector<double> seconds;
    const std::size_t before = heap_bytes();
    for (int i = 0; i < trials; ++i) {
        const double used = processor_seconds();
        const auto start = std::chrono::steady_clock::now();
        io::ReadResult result = io::read_dataset(path);
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        seconds.push_back(elapsed.count());
        const double processor = processor_seconds() - used;
        f.processor = i == 0 ? processor : std::min(f.processor, processor);
        f.peak = i == 0 ? peak_bytes() : f.peak;
        const Network network = std::move(result.network);
        result = {};
        f.network = i == 0 ? heap_bytes() - before : f.network;
        f.nodes = network.actors().size();
        f.edges = network.partnerships().size();
    }
    std::sort(seconds.begin(), seconds.end());
    f.seconds = seconds[seconds.size() / 2];
    f.best = seconds.front();
    f.slowest = seconds.back();
    return f;
}

/// The same in a process of its own, whose peak is that of this one file.
Figures read_elsewhere(const fs::path& path, int trials) {
    const std::string command = fs::read_symlink("/proc/self/exe").string() + " --one '" + path.string() +
                                "' " + std::to_string(trials);
    std::FILE* pipe = popen(command.c_str(), "r");
    Figures f;
    if (pipe == nullptr ||
        std::fscanf(pipe, "%lf %lf %lf %zu %zu %zu %zu %zu %lf", &f.seconds, &f.best, &f.slowest, &f.file,
                    &f.network, &f.peak, &f.nodes, &f.edges, &f.processor) != 9) {
        throw std::runtime_error(path.string() + " could not be read");
    }
    pclose(pipe);
    return f;
}

void read_all(const fs::path& folder, std::vector<bench::Sample>& samples) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
        const Figures f = read_elsewhere(path, 5);
        if (f.edges != usual_edges) {
            throw std::runtime_error(path.string() + ": the answer is wrong");
        }
        bench::Sample& sample = samples.emplace_back();
        sample.name = "read/" + path.filename().string();
        sample.seconds = {f.best, f.seconds, f.slowest};
        sample.amount = static_cast<double>(f.file) / 1e6;
        sample.unit = "MB";
        std::printf("%s  peak %.0f MB, %.2f times the network of %.0f MB; processor time %.2f s\n",
                    bench::to_text(sample).c_str(), static_cast<double>(f.peak) / 1e6,
                    static_cast<double>(f.peak) / static_cast<double>(f.network),
                    static_cast<double>(f.network) / 1e6, f.processor);
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    tools::use_large_pages();  // as the program does
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() >= 3 && args[0] == "--make") {
        fs::create_directories(args[1]);
        const std::string shape = args.size() > 3 ? args[3] : "usual";
        Texts(shape_named(shape, static_cast<std::uint32_t>(std::stoul(args[2])))).write(args[1]);
        if (shape == "usual") {
            write_others(args[1]);
        }
        return 0;
    }
    if (args.size() >= 2 && args[0] == "--one") {
        const Figures f = read_one(args[1], args.size() > 2 ? std::stoi(args[2]) : 1);
        std::printf("%.6f %.6f %.6f %zu %zu %zu %zu %zu %.6f\n", f.seconds, f.best, f.slowest, f.file,
                    f.network, f.peak, f.nodes, f.edges, f.processor);
        return 0;
    }
    const fs::path folder = fs::temp_directory_path() / "maillage-bench-read";
    fs::create_directories(folder);
    Texts(shape_named("usual", usual_edges)).write(folder);
    write_others(folder);
    std::vector<bench::Sample> samples;
    read_all(folder, samples);
    fs::remove_all(folder);
    if (!args.empty()) {
        std::ofstream(args[0]) << bench::to_json(samples);
    }
    return 0;
}
