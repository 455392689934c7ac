#include "io/formats/format.hpp"

#include "io/formats/graph_csv.hpp"
#include "io/formats/line_reader.hpp"
#include "io/formats/xml.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace maillage::io {
namespace {

constexpr std::array<FormatInfo, 16> formats = {{
    {GraphFormat::graphml, "graphml", ".graphml", "GraphML", true, true},
    {GraphFormat::gexf, "gexf", ".gexf", "GEXF (Gephi)", true, true},
    {GraphFormat::gml, "gml", ".gml", "GML", true, true},
    {GraphFormat::pajek, "pajek", ".net", "Pajek", true, true},
    {GraphFormat::jgf, "jgf", ".jgf", "JSON Graph Format v2", true, true},
    {GraphFormat::node_link, "node-link", ".node-link.json", "node-link JSON (NetworkX, D3)", true, true},
    {GraphFormat::graphology, "graphology", ".graphology.json", "graphology JSON", true, true},
    {GraphFormat::cx2, "cx2", ".cx2", "CX2 (Cytoscape, NDEx)", true, true},
    {GraphFormat::cytoscape, "cytoscape", ".cyjs", "Cytoscape.js JSON", true, true},
    {GraphFormat::matrix_market, "matrix-market", ".mtx", "MatrixMarket", true, true},
    {GraphFormat::edge_list, "edge-list", ".edges", "edge list (SNAP)", true, true},
    {GraphFormat::tables, "gephi", "", "tables of nodes and edges (Gephi, Kumu)", true, true},
    {GraphFormat::neo4j, "neo4j", "", "tables for neo4j-admin import", true, true},
    {GraphFormat::xlsx, "xlsx", ".xlsx", "workbook (Excel, LibreOffice)", true, true},
    {GraphFormat::graphframes, "graphframes", "", "tables for Spark GraphFrames", true, true},
    {GraphFormat::json_ld, "json-ld", ".jsonld", "JSON-LD (W3C ORG, schema.org)", false, true},
}};

std::string_view without_space(std::string_view text) noexcept {
    const auto at = text.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

bool begins_with_word(std::string_view text, std::string_view word) noexcept {
    if (text.size() < word.size()) {
        return false;
    }
    return std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) {
        return w == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    });
}

/// A section of Pajek in the first line that is no comment, or `*Vertices` and a number behind words about it.
bool looks_like_pajek(std::string_view text) {
    LineReader lines(text);
    constexpr std::size_t sample = 100;
    bool first = true;
    for (std::size_t seen = 0; seen < sample && lines.next(); ++seen) {
        const std::string_view line = trimmed(lines.line());
        if (line.empty() || line.front() == '%' || line.front() == '#') {
            continue;
        }
        for (const std::string_view word : {"*vertices", "*network", "*arcs", "*edges", "*matrix",
                                            "*partition", "*vector", "*permutation"}) {
            if (first && begins_with_word(line, word)) {
                return true;
            }
        }
        std::string_view rest = line;
        if (begins_with_word(take_word(rest), "*vertices") && parse_whole<std::uint64_t>(take_word(rest))) {
            return true;
        }
        first = false;
    }
    return false;
}

/// `graph [` among the first keys, as GML has it.
bool looks_like_gml(std::string_view text) noexcept {
    constexpr std::size_t sample = 1U << 14U;
    text = text.substr(0, sample);
    for (std::size_t at = text.find("raph"); at != std::string_view::npos; at = text.find("raph", at + 1)) {
        const std::string_view before = text.substr(0, at);
        const bool begins =
            (before.ends_with('g') || before.ends_with('G')) &&
            (at == 1 || std::string_view(" \t\r\n").find(text[at - 2]) != std::string_view::npos);
        const std::string_view behind = without_space(text.substr(at + 4));
        if (begins && !behind.empty() && behind.front() == '[') {
            return true;
        }
    }
    return false;
}

/// Two or three fields in the first line and in most of those that follow, comments apart.
bool looks_like_edge_list(std::string_view text) {
    LineReader lines(text);
    constexpr std::size_t sample = 20;
    std::size_t seen = 0;
    std::size_t fitting = 0;
    while (seen < sample && lines.next()) {
        std::string_view rest = trimmed(lines.line());
        if (rest.find("# maillage node: ") == 0) {
            return true;
        }
        if (rest.empty() || rest.front() == '#' || rest.front() == '%' || rest.substr(0, 2) == "//") {
            continue;
        }
        ++seen;
        const bool tabs = rest.find('\t') != std::string_view::npos;
        const bool marks = rest.find_first_of(",;") != std::string_view::npos;
        std::size_t fields = 1;
        if (tabs || marks) {
            fields += static_cast<std::size_t>(std::count_if(rest.begin(), rest.end(), [tabs](char c) {
                return tabs ? c == '\t' : c == ',' || c == ';';
            }));
        } else {
            fields = 0;
            while (!take_word(rest).empty()) {
                ++fields;
            }
        }
        const bool dictionary = lines.line().find('{') != std::string_view::npos;
        const bool fits = fields >= 2 && (fields <= 4 || dictionary);
        fitting += fits ? 1U : 0U;
        if (seen == 1 && !fits) {
            return false;
        }
    }
    return seen > 0 && 2 * fitting >= seen;
}

}  // namespace

std::span<const FormatInfo> graph_formats() noexcept {
    return formats;
}

const FormatInfo& info_of(GraphFormat format) noexcept {
    return *std::find_if(formats.begin(), formats.end(),
                         [format](const FormatInfo& f) { return f.format == format; });
}

std::optional<GraphFormat> format_with_code(std::string_view code) noexcept {
    const auto* found =
        std::find_if(formats.begin(), formats.end(), [code](const FormatInfo& f) { return f.code == code; });
    return found == formats.end() ? std::nullopt : std::optional(found->format);
}

std::optional<GraphFormat> format_with_ending(std::string_view path) noexcept {
    const auto* found = std::find_if(formats.begin(), formats.end(), [path](const FormatInfo& f) {
        return !f.ending.empty() && path.size() > f.ending.size() &&
               begins_with_word(path.substr(path.size() - f.ending.size()), f.ending);
    });
    return found == formats.end() ? std::nullopt : std::optional(found->format);
}

std::optional<GraphFormat> detect_graph_format(std::string_view text) {
    const std::string_view beginning = without_space(text);
    if (beginning.empty()) {
        return std::nullopt;
    }
    if (beginning.front() == '<') {
        const std::string_view root = root_element(beginning);
        return root == "graphml" ? std::optional(GraphFormat::graphml)
               : root == "gexf"  ? std::optional(GraphFormat::gexf)
                                 : std::nullopt;
    }
    if (beginning.front() == '{' || beginning.front() == '[') {
        return GraphFormat::node_link;
    }
    // with one % or with spaces in it: the reader says what is wrong
    if (beginning.front() == '%') {
        const std::string_view line = beginning.substr(0, beginning.find_first_of("\r\n"));
        const std::string_view words = line.substr(std::min(line.find_first_not_of("% _"), line.size()));
        if (begins_with_word(words, "matrixmarket") || begins_with_word(words, "matrix market")) {
            return GraphFormat::matrix_market;
        }
    }
    if (looks_like_pajek(beginning)) {
        return GraphFormat::pajek;
    }
    if (looks_like_gml(beginning)) {
        return GraphFormat::gml;
    }
    if (is_graph_table(text)) {
        return GraphFormat::tables;
    }
    return looks_like_edge_list(text) ? std::optional(GraphFormat::edge_list) : std::nullopt;
}

namespace {

bool read_text(GraphFormat format, std::string_view text, const GraphReadOptions& options,
               GraphTables& tables, ReadContext& context) {
    if ((format == GraphFormat::graphml || format == GraphFormat::gexf) && !xml_is_supported()) {
        context.error({1, 1}, std::string(info_of(format).name) +
                                  " cannot be read: this maillage was built without expat");
        return false;
    }
    switch (format) {
        case GraphFormat::graphml:
            return read_graphml(text, options, tables, context);
        case GraphFormat::gexf:
            return read_gexf(text, options, tables, context);
        case GraphFormat::gml:
            return read_gml(text, options, tables, context);
        case GraphFormat::pajek:
            return read_pajek(text, options, tables, context);
        case GraphFormat::jgf:
        case GraphFormat::node_link:
        case GraphFormat::graphology:
        case GraphFormat::cx2:
        case GraphFormat::cytoscape:
            return read_graph_json(text, options, tables, context);
        case GraphFormat::matrix_market:
            return read_matrix_market(text, options, tables, context);
        case GraphFormat::edge_list:
            return read_edge_list(text, options, tables, context);
        case GraphFormat::tables:
            return read_graph_table(text, tables, context);
        default:
            context.error(
                {}, "a file of the format " + std::string(info_of(format).name) + " is not read as a text");
            return false;
    }
}

}  // namespace

bool read_graph(GraphFormat format, std::string_view text, const GraphReadOptions& options,
                GraphTables& tables, ReadContext& context) {
    const bool complete = read_text(format, text, options, tables, context);
    tables.settle();
    return complete;
}

void write_graph(GraphFormat format, std::ostream& out, const GraphTables& tables,
                 std::vector<LocalText>& lost) {
    switch (format) {
        case GraphFormat::graphml:
            return write_graphml(out, tables, lost);
        case GraphFormat::gexf:
            return write_gexf(out, tables, lost);
        case GraphFormat::gml:
            return write_gml(out, tables, lost);
        case GraphFormat::pajek:
            return write_pajek(out, tables, lost);
        case GraphFormat::matrix_market:
            return write_matrix_market(out, tables, lost);
        case GraphFormat::edge_list:
            return write_edge_list(out, tables, lost);
        default:
            return write_graph_json(format, out, tables, lost);
    }
}

void check_value(const GraphColumn& column, std::string_view value, Place where, ReadContext& context) {
    if (column.type == ValueType::text || column.type == ValueType::list) {
        return;
    }
    const std::string_view text = trimmed(value);
    if (text.empty()) {
        return;
    }
    bool good = false;
    if (column.type == ValueType::boolean) {
        good = text == "true" || text == "false" || text == "1" || text == "0" || text == "True" ||
               text == "False" || text == "TRUE" || text == "FALSE";
    } else if (const auto number = parse_number(text); number) {
        good = column.type != ValueType::integer || *number == std::floor(*number);
    } else if (column.type == ValueType::real) {
        good = text == "NaN" || text == "INF" || text == "-INF" || text == "Infinity" ||
               text == "-Infinity" || text == "inf" || text == "-inf" || text == "nan";
    }
    if (!good) {
        context.warn("value " + column.name, where,
                     quoted_text(text) + " is not " +
                         (column.type == ValueType::boolean   ? "true or false"
                          : column.type == ValueType::integer ? "a whole number"
                                                              : "a number") +
                         ", as the attribute " + quoted_text(column.name) + " is declared; kept as a text");
    }
}

}  // namespace maillage::io
