#include "io/formats/format.hpp"
#include "io/formats/line_reader.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <ostream>

namespace maillage::io {
namespace {

/// The next field: up to a tab (or comma, or spaces), or between quotes with "" for a quote.
struct Field {
    std::string_view raw;  ///< with its quotes
    std::string_view text;
    bool quoted = false;
};

/// How the lines are cut: at tabs where there are any, else at spaces.
Field take_field(std::string_view& rest, char separator) {
    Field field;
    if (separator == ' ') {
        const auto begin = rest.find_first_not_of(" \t");
        rest.remove_prefix(std::min(begin, rest.size()));
    }
    if (!rest.empty() && rest.front() == '"') {
        std::size_t at = 1;
        while (at < rest.size() && (rest[at] != '"' || rest.substr(at, 2) == "\"\"")) {
            at += rest[at] == '"' ? 2U : 1U;
        }
        const std::size_t behind = std::min(at + 1, rest.size());
        const bool closes = at < rest.size() && (behind == rest.size() || rest[behind] == separator ||
                                                 (separator == ' ' && rest[behind] == '\t'));
        if (closes) {
            field.raw = rest.substr(0, behind);
            field.text = rest.substr(1, at - 1);
            field.quoted = true;
            rest.remove_prefix(std::min(behind + 1, rest.size()));
            return field;
        }
    }
    const std::size_t end =
        std::min(separator == ' ' ? rest.find_first_of(" \t") : rest.find(separator), rest.size());
    field.raw = rest.substr(0, end);
    field.text = separator == ' ' ? field.raw : trimmed(field.raw);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return field;
}

GraphText text_of(const Field& field, GraphTables& tables) {
    if (!field.quoted || field.text.find('"') == std::string_view::npos) {
        return field.text;
    }
    std::string plain;
    for (std::size_t i = 0; i < field.text.size(); ++i) {
        plain += field.text[i];
        i += field.text[i] == '"' ? 1U : 0U;
    }
    return tables.keep(plain);
}

bool is_comment(std::string_view line) noexcept {
    const auto at = line.find_first_not_of(" \t");
    return at != std::string_view::npos && (line[at] == '#' || line[at] == '%' || line.substr(at, 2) == "//");
}

}  // namespace

bool read_edge_list(std::string_view text, const GraphReadOptions&, GraphTables& tables,
                    ReadContext& context) {
    tables.set_source(text);
    tables.nodes_are_implied = true;
    LineReader lines(text);
    char separator = '\0';
    std::size_t width = 0;
    std::uint32_t weight = GraphTables::nowhere;
    std::size_t comments = 0;
    std::size_t edges = 0;
    std::vector<GraphValue> values;
    while (lines.next()) {
        std::string_view rest = lines.line();
        if (trimmed(rest).empty()) {
            continue;
        }
        // a comment is a line that begins with its sign; the sign inside an id is part of it
        if (is_comment(rest)) {
            ++comments;
            if (rest.find("maillage node: ") == 2) {
                tables.add_node(tables.name(rest.substr(17)), lines.place(rest.substr(17)), {});
            }
            continue;
        }
        if (separator == '\0') {
            separator = rest.find('\t') != std::string_view::npos  ? '\t'
                        : rest.find(',') != std::string_view::npos ? ','
                        : rest.find(';') != std::string_view::npos ? ';'
                                                                   : ' ';
        }
        const Field a = take_field(rest, separator);
        const Field b = take_field(rest, separator);
        const Field w = take_field(rest, separator);
        if (a.text.empty() || b.text.empty()) {
            context.error("one end", lines.start(),
                          "an edge list has two ids in each line, and perhaps a weight");
            continue;
        }
        values.clear();
        if (!w.text.empty() && w.text != "{}") {
            if (!parse_number(w.text)) {
                // NetworkX writes attributes as a dictionary of Python
                if (w.text.front() == '{') {
                    const std::string_view all =
                        lines.line().substr(static_cast<std::size_t>(w.raw.data() - lines.line().data()));
                    constexpr std::string_view key = "'weight':";
                    const auto at = all.find(key);
                    std::string_view number =
                        at == all.npos ? std::string_view() : all.substr(at + key.size());
                    number = trimmed(number.substr(0, number.find_first_of(",}")));
                    if (parse_number(number)) {
                        weight = tables.edge_column("weight", ValueType::real, true);
                        values.push_back(
                            {number, weight, lines.place(number).line, lines.place(number).column});
                    } else {
                        context.note("dictionary", lines.place(w.raw),
                                     "attributes other than a weight are not read here");
                    }
                    rest = {};
                } else if (edges == 0 && width == 0) {
                    context.note("header", lines.start(), "the first line names the columns; it is no edge");
                    width = 3;
                    continue;
                } else {
                    context.error("weight", lines.place(w.raw),
                                  quoted_text(w.text) + " is not a number; the third field is a weight");
                    continue;
                }
            } else {
                weight = tables.edge_column("weight", ValueType::real, true);
                values.push_back({w.text, weight, lines.place(w.text).line, lines.place(w.text).column});
            }
        }
        if (!trimmed(rest).empty()) {
            context.note("further fields", lines.place(rest),
                         "an edge list has two ids and a weight; further fields are not read");
        }
        const GraphEnd source = tables.end(text_of(a, tables));
        const GraphEnd target = tables.end(text_of(b, tables));
        tables.add_edge({}, source, target, lines.place(a.raw), false, values);
        ++edges;
        if (!context.within_limits(tables, lines.start())) {
            return false;
        }
    }
    if (edges == 0 && tables.nodes().empty() && context.errors() == 0) {
        context.error({1, 1}, "the edge list has no edge");
    }
    return context.errors() == 0;
}

void write_edge_list(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    std::size_t changed = 0;
    const auto put = [&](std::string_view id, bool first) {
        std::string plain;
        bool special = id.empty() ||
                       (first && (id.front() == '#' || id.front() == '%' || id.substr(0, 2) == "//")) ||
                       id.front() == '"' || id.front() == ' ' || id.back() == ' ';
        for (const char c : id) {
            if (c == '\n' || c == '\r' || c == '\t') {
                ++changed;
            }
            plain += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
            plain += c == '"' && special ? "\"" : "";
        }
        return special ? '"' + plain + '"' : plain;
    };
    out << "# written by maillage: two ids and a weight in each line, between tabs\n";
    std::vector<std::uint8_t> tied(tables.names(), 0);
    for (const GraphEdge& edge : tables.edges()) {
        for (const std::uint32_t end : tables.ends(edge)) {
            tied[end] = 1;
        }
    }
    for (const GraphNode& node : tables.nodes()) {
        if (tied[node.name] == 0) {
            const std::string id = put(tables.name_text(node.name), false);
            out << "# maillage node: " << id << '\n';
        }
    }
    const auto& columns = tables.edge_columns();
    for (std::size_t e = 0; e < tables.edges().size(); ++e) {
        const auto ends = tables.ends(tables.edges()[e]);
        out << put(tables.name_text(ends[0]), true) << '\t' << put(tables.name_text(ends[1]), false);
        for (const GraphValue& v : tables.values_of_edge(e)) {
            if (columns[v.column].native && columns[v.column].name == "weight") {
                out << '\t' << v.text.view();
            }
        }
        out << '\n';
    }
    if (changed > 0) {
        lost.push_back({std::to_string(changed) +
                            " tabulations et fins de ligne dans les identifiants, écrites comme des espaces",
                        std::to_string(changed) + " tabs and line ends inside ids: written as spaces"});
    }
    lost.push_back(
        {"les noms et tous les attributs sauf le poids", "names and every attribute but the weight"});
}

}  // namespace maillage::io
