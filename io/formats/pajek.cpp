#include "engine/ascii.hpp"

#include "io/formats/format.hpp"
#include "io/formats/line_reader.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <unordered_map>

namespace maillage::io {
namespace {

/// A word, or what stands between double quotes. A quote inside a label does not end it: a space or the line's end follows the
/// one that does.
std::string_view take_quoted(std::string_view& rest, bool& closed) noexcept {
    const auto begin = rest.find_first_not_of(" \t");
    rest.remove_prefix(std::min(begin, rest.size()));
    closed = true;
    if (rest.empty() || rest.front() != '"') {
        return take_word(rest);
    }
    constexpr std::size_t longest = 4096;  // so that many of them in a line are read in linear time
    const auto first = rest.find('"', 1);
    auto end = first;
    while (end < longest && end + 1 < rest.size() && rest[end + 1] != ' ' && rest[end + 1] != '\t') {
        end = rest.find('"', end + 1);
    }
    end = end < longest ? end : first;
    closed = end != std::string_view::npos;
    const std::string_view text = rest.substr(1, closed ? end - 1 : rest.size() - 1);
    rest.remove_prefix(closed ? end + 1 : rest.size());
    return text;
}

/// What Infomap adds to the format.
constexpr std::array<std::string_view, 9> infomap_sections = {"*states",    "*links",      "*intra",
                                                              "*inter",     "*multilayer", "*multiplex",
                                                              "*bipartite", "*context",    "*contexts"};

/// Networks of Pajek (Batagelj & Mrvar, Pajek manual, 2023): vertices, arcs, edges, their lists and matrices, two-mode
/// networks, several relations, times. Partitions and vectors of a project are left out, which is said.
class PajekReader {
public:
    PajekReader(std::string_view text, GraphTables& tables, ReadContext& context)
        : lines_(text), bytes_(text.size()), tables_(tables), context_(context) {}

    bool run() {
        while (!failed_ && lines_.next()) {
            const std::string_view line = trimmed(lines_.line());
            // a comment begins with %; with # in the networks of Infomap
            if (line.empty() || line.front() == '%' || line.front() == '#') {
                if (line.find("written by maillage") != std::string_view::npos) {
                    tables_.exact_names = true;
                }
                continue;
            }
            if (line.front() == '*') {
                section(line);
            } else {
                entry();
            }
            failed_ = failed_ || !context_.within_limits(tables_, lines_.start());
        }
        if (!has_vertices_ && !failed_) {
            context_.error({1, 1}, "there is no line *Vertices in this file");
        }
        if (has_vertices_ && !failed_) {
            check_matrix_end();
            check_partition();
            settle();
        }
        return !failed_ && context_.errors() == 0;
    }

private:
    enum class Section : std::uint8_t {
        none,
        vertices,
        arcs,
        edges,
        arcs_list,
        edges_list,
        matrix,
        values,
        skipped
    };

    struct Vertex {
        std::uint64_t number = 0;
        std::string_view label;
        Place where;
        std::vector<GraphValue> values;
    };

    void section(std::string_view line) {
        check_matrix_end();
        std::string_view rest = line;
        const std::string name = lower_ascii(take_word(rest));
        if (name == "*network") {
            if (has_vertices_) {
                context_.warn("networks", lines_.start(),
                              "the file holds several networks; the first is read");
                only_first_ = true;
            } else {
                tables_.title = std::string(trimmed(rest));
            }
            section_ = Section::none;
        } else if (name == "*vertices") {
            vertices(rest);
        } else if (name == "*partition" || name == "*vector" || name == "*permutation") {
            // they stand before the network or behind it
            next_vertices_are_values_ = true;
            section_ = Section::values;
        } else if (std::find(infomap_sections.begin(), infomap_sections.end(), name) !=
                   infomap_sections.end()) {
            context_.error(lines_.start(),
                           quoted_text(take_first(line)) +
                               " is a network with states or layers (Infomap), which is not read");
            failed_ = true;
        } else if (only_first_) {
            section_ = Section::skipped;
        } else if (name == "*arcs" || name == "*edges" || name == "*arcslist" || name == "*edgeslist" ||
                   name == "*matrix") {
            if (!has_vertices_) {
                context_.error(lines_.start(), "*Vertices must come before " + std::string(take_first(line)));
                failed_ = true;
                return;
            }
            settle();
            section_ = name == "*arcs"        ? Section::arcs
                       : name == "*edges"     ? Section::edges
                       : name == "*arcslist"  ? Section::arcs_list
                       : name == "*edgeslist" ? Section::edges_list
                                              : Section::matrix;
            matrix_row_ = 0;
            has_ties_ = true;
            relation(rest);
        } else {
            context_.warn("section " + name, lines_.start(),
                          quoted_text(take_first(line)) + " is no part of a network; left out");
            section_ = Section::skipped;
        }
    }

    static std::string_view take_first(std::string_view line) { return take_word(line); }

    /// `:2 "friendship"`: a name is the kind of the ties.
    void relation(std::string_view rest) {
        kind_ = {};
        const std::string_view word = take_word(rest);
        if (word.empty()) {
            return;
        }
        bool closed = true;
        const std::string_view name = trimmed(take_quoted(rest, closed));
        kind_ = name.empty() ? word.substr(word.front() == ':' ? 1 : 0) : name;
    }

    void vertices(std::string_view rest) {
        const std::string_view count_word = take_word(rest);
        const std::string_view first_word = take_word(rest);
        const auto count = parse_whole<std::uint64_t>(count_word);
        if (next_vertices_are_values_) {
            next_vertices_are_values_ = false;
            section_ = Section::values;
            return;
        }
        if (has_vertices_) {
            if (!only_first_) {
                context_.warn("networks", lines_.start(),
                              "the file holds several networks; the first is read");
            }
            only_first_ = true;
            section_ = Section::skipped;
            return;
        }
        if (count_word.empty()) {  // Infomap leaves the number out; those of the vertices are free then
            free_numbers_ = true;
            has_vertices_ = true;
            counted_ = lines_.start();
            section_ = Section::vertices;
            return;
        }
        if (!count) {
            context_.error(lines_.place(count_word),
                           "*Vertices is followed by their number, not " + quoted_text(count_word));
            failed_ = true;
            return;
        }
        // a few bytes must not ask for gigabytes
        constexpr std::uint64_t always = 10'000'000;
        if (*count > context_.limits().rows || (*count > always && *count > 64 * bytes_)) {
            context_.error(lines_.place(count_word), std::to_string(*count) + " vertices in a file of " +
                                                         std::to_string(bytes_) + " bytes; is that meant?");
            failed_ = true;
            return;
        }
        first_mode_ = *count;
        if (!first_word.empty()) {
            const auto first = parse_whole<std::uint64_t>(first_word);
            if (!first || *first > *count) {
                context_.error(lines_.place(first_word),
                               "the second number of *Vertices counts those of the first mode, at most all");
            } else {
                first_mode_ = *first;
            }
        }
        has_vertices_ = true;
        counted_ = lines_.start();
        vertices_.resize(*count);
        section_ = Section::vertices;
    }

    void entry() {
        switch (section_) {
            case Section::vertices:
                vertex();
                break;
            case Section::arcs:
            case Section::edges:
                tie();
                break;
            case Section::arcs_list:
            case Section::edges_list:
                list();
                break;
            case Section::matrix:
                matrix_row();
                break;
            case Section::values:
                value();
                break;
            case Section::skipped:
                break;
            case Section::none:
                // Pajek begins to read at the first *
                context_.warn("outside", lines_.start(),
                              "this line belongs to no section (*Vertices, *Arcs, *Edges, …); left out");
                break;
        }
    }

    /// A number of a vertex. Pajek allows a minus before it.
    std::optional<std::uint64_t> number_in(std::string_view word) {
        const bool minus = !word.empty() && word.front() == '-';
        const auto number = parse_whole<std::uint64_t>(word.substr(minus ? 1 : 0));
        if (number && minus) {
            context_.note("minus", lines_.place(word),
                          "a minus before the number of a vertex has no meaning here; left out");
        }
        return number;
    }

    /// Which vertex has a number; empty: none.
    [[nodiscard]] std::optional<std::size_t> index_of_number(std::optional<std::uint64_t> number,
                                                             std::size_t count) const {
        if (!number) {
            return std::nullopt;
        }
        if (free_numbers_) {
            const auto found = indexes_.find(*number);
            return found == indexes_.end() ? std::nullopt : std::optional(found->second);
        }
        return *number == 0 || *number > count ? std::nullopt
                                               : std::optional(static_cast<std::size_t>(*number - 1));
    }

    [[nodiscard]] std::string expected_numbers(std::size_t count) const {
        return free_numbers_ ? " that *Vertices lists" : ", from 1 to " + std::to_string(count);
    }

    void vertex() {
        std::string_view rest = lines_.line();
        const std::string_view word = take_word(rest);
        const auto number = number_in(word);
        if (free_numbers_ && number && indexes_.try_emplace(*number, vertices_.size()).second) {
            vertices_.emplace_back();
            first_mode_ = vertices_.size();
        }
        const auto index = index_of_number(number, vertices_.size());
        if (!index) {
            context_.error("vertex", lines_.place(word),
                           "expected the number of a vertex" +
                               (free_numbers_ ? std::string() : expected_numbers(vertices_.size())) +
                               hint_of_partition(rest));
            return;
        }
        Vertex& v = vertices_[*index];
        if (v.where.line != 0) {
            context_.error(
                "vertex twice", lines_.place(word),
                "the vertex " + std::to_string(*number) + " is given twice" + hint_of_partition(rest));
            return;
        }
        v.number = *number;
        v.where = lines_.place(word);
        only_numbers_ = only_numbers_ && trimmed(rest).empty();
        bool closed = true;
        const Place at = lines_.place(rest);
        v.label = take_quoted(rest, closed);
        if (!closed) {
            context_.error("unclosed", at, "this label is not closed");
        }
        if (!context_.name_within_limits(v.label, at)) {
            failed_ = true;
            return;
        }
        for (std::string_view more = take_part(rest); !more.empty(); more = take_part(rest)) {
            if (more.front() == '[') {
                std::string_view start, end;
                period(more, start, end);
                put(v.values, true, "start", start, lines_.place(more));
                put(v.values, true, "end", end, lines_.place(more));
            } else {
                context_.note("drawn", lines_.place(more),
                              "coordinates and shapes have no place in a dataset; left out");
            }
        }
    }

    /// What a partition or a vector (.clu, .vec) looks like, which is no network.
    [[nodiscard]] std::string hint_of_partition(std::string_view rest) const {
        return only_numbers_ && trimmed(rest).empty() ? "; is this a partition (.clu) and no network?" : "";
    }

    /// Numbers alone, not in order, and no ties: the classes of a partition that happen to be all different.
    void check_partition() {
        const auto before = [](const Vertex& x, const Vertex& y) { return x.where.line < y.where.line; };
        if (only_numbers_ && !has_ties_ && context_.errors() == 0 &&
            !std::is_sorted(vertices_.begin(), vertices_.end(), before)) {
            context_.error(counted_,
                           "this is a partition (.clu) and no network: numbers without labels or ties");
        }
    }

    /// A word, or the times between [ and ], which may have spaces in them.
    static std::string_view take_part(std::string_view& rest) noexcept {
        const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
        const std::size_t end = begin < rest.size() && rest[begin] == '[' ? rest.find(']', begin) : rest.npos;
        if (end == rest.npos) {
            return take_word(rest);
        }
        const std::string_view times = rest.substr(begin, end + 1 - begin);
        rest.remove_prefix(end + 1);
        return times;
    }

    /// [2005-2008,2010-*]: from the first to the last.
    static void period(std::string_view text, std::string_view& start, std::string_view& end) {
        text.remove_prefix(1);
        text = text.substr(0, text.find(']'));
        const auto first = text.find_first_of("-,");
        start = trimmed(text.substr(0, first));
        const auto last = text.find_last_of("-,");
        end = trimmed(last == std::string_view::npos ? text : text.substr(last + 1));
        end = end == "*" ? std::string_view() : end;
    }

    void put(std::vector<GraphValue>& values, bool node, std::string_view name, std::string_view text,
             Place where, ValueType type = ValueType::text) {
        if (!text.empty()) {
            values.push_back(
                {GraphText(text),
                 node ? tables_.node_column(name, type, true) : tables_.edge_column(name, type, true),
                 where.line, where.column});
        }
    }

    /// Once all vertices are known: their labels are the ids when they differ.
    void settle() {
        if (settled_) {
            return;
        }
        settled_ = true;
        std::vector<std::string_view> labels;
        labels.reserve(vertices_.size());
        bool all = true;
        for (const Vertex& v : vertices_) {
            all = all && !trimmed(v.label).empty();
            labels.push_back(trimmed(v.label));
        }
        std::sort(labels.begin(), labels.end());
        const bool unique = all && std::adjacent_find(labels.begin(), labels.end()) == labels.end();
        if (!unique && !vertices_.empty() &&
            std::any_of(labels.begin(), labels.end(), [](std::string_view l) { return !l.empty(); })) {
            context_.note("labels", counted_,
                          "the labels of the vertices are not all different; ids are their numbers");
        }
        const std::uint32_t label = tables_.node_column("label", ValueType::text, true);
        for (std::size_t i = 0; i < vertices_.size(); ++i) {
            Vertex& v = vertices_[i];
            const Place where = v.where.line == 0 ? counted_ : v.where;
            names_.push_back(unique ? tables_.name(v.label)
                                    : tables_.name_copied(std::to_string(free_numbers_ ? v.number : i + 1)));
            v.values.push_back({GraphText(v.label), label, where.line, where.column});
            tables_.add_node(names_.back(), where, v.values, i < first_mode_ ? 0U : 1U);
        }
        modes_ = first_mode_ < vertices_.size();
        if (modes_) {
            context_.note("two-mode", counted_,
                          "a two-mode network: the first " + std::to_string(first_mode_) +
                              " vertices are read as actors, the others as partnerships");
        }
        vertices_.clear();
    }

    std::optional<std::uint32_t> vertex_named(std::string_view word) {
        const auto index = index_of_number(number_in(word), names_.size());
        if (!index) {
            context_.error(
                "end", lines_.place(word),
                quoted_text(word) + " is not the number of a vertex" + expected_numbers(names_.size()));
            return std::nullopt;
        }
        return names_[*index];
    }

    void tie() {
        std::string_view rest = lines_.line();
        const auto source = vertex_named(take_word(rest));
        const std::string_view second = take_word(rest);
        if (second.empty()) {
            context_.error("end", lines_.start(), "a tie has two vertices and perhaps a weight");
            return;
        }
        const auto target = vertex_named(second);
        std::vector<GraphValue> values;
        bool first = true;
        for (std::string_view word = take_part(rest); !word.empty(); word = take_part(rest)) {
            const Place where = lines_.place(word);
            if (first && parse_number(word)) {
                put(values, false, "weight", word, where, ValueType::real);
            } else if (first && word.front() != '[' && !((word.front() >= 'a' && word.front() <= 'z'))) {
                context_.error("weight", where,
                               quoted_text(word) + " is not a number; the third field is a weight");
                return;
            } else if (word == "l") {
                bool closed = true;
                const std::string_view label = take_quoted(rest, closed);
                if (!closed) {
                    context_.error("unclosed", where, "this label is not closed");
                    return;
                }
                put(values, false, "label", label, where);
            } else if (word.front() == '[') {
                std::string_view start, end;
                period(word, start, end);
                put(values, false, "start", start, where);
                put(values, false, "end", end, where);
            } else {
                context_.note("drawn", where,
                              "colours and patterns of ties have no place in a dataset; left out");
            }
            first = false;
        }
        put(values, false, "kind", kind_, lines_.start());
        if (source && target) {
            tables_.add_edge({}, *source, *target, lines_.start(), section_ == Section::arcs && !modes_,
                             values);
        }
    }

    void list() {
        std::string_view rest = lines_.line();
        const auto source = vertex_named(take_word(rest));
        std::vector<GraphValue> values;
        put(values, false, "kind", kind_, lines_.start());
        for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
            const auto target = vertex_named(word);
            if (source && target) {
                tables_.add_edge({}, *source, *target, lines_.place(word),
                                 section_ == Section::arcs_list && !modes_, values);
            }
        }
    }

    void matrix_row() {
        const std::size_t rows = modes_ ? first_mode_ : names_.size();
        const std::size_t columns = modes_ ? names_.size() - first_mode_ : names_.size();
        if (matrix_row_ >= rows) {
            context_.error("matrix rows", lines_.start(), "the matrix has more rows than there are vertices");
            return;
        }
        std::string_view rest = lines_.line();
        std::size_t column = 0;
        bool good = true;
        for (std::string_view word = take_word(rest); good && !word.empty();
             word = take_word(rest), ++column) {
            const auto number = parse_number(word);
            good = number && column < columns;
            if (!good) {
                context_.error(number ? "matrix row" : "matrix value", lines_.place(word),
                               number ? "this row has more than " + std::to_string(columns) + " values"
                                      : quoted_text(word) + " is not a number");
                break;
            }
            if (*number != 0.0) {
                std::vector<GraphValue> values;
                put(values, false, "weight", word, lines_.place(word), ValueType::real);
                put(values, false, "kind", kind_, lines_.start());
                tables_.add_edge({}, names_[matrix_row_], names_[(modes_ ? first_mode_ : 0) + column],
                                 lines_.place(word), !modes_, values);
            }
        }
        if (good && column < columns) {
            context_.error(
                "matrix short", lines_.start(),
                "this row has " + std::to_string(column) + " values of " + std::to_string(columns));
        }
        ++matrix_row_;
    }

    void check_matrix_end() {
        if (section_ == Section::matrix && matrix_row_ < (modes_ ? first_mode_ : names_.size())) {
            context_.error({lines_.number(), 1}, "rows of the matrix are missing");
        }
    }

    void value() {
        context_.note("partition", lines_.start(),
                      "partitions and vectors of a project are not read; left out");
    }

    LineReader lines_;
    std::size_t bytes_;
    GraphTables& tables_;
    ReadContext& context_;
    Section section_ = Section::none;
    bool failed_ = false, has_vertices_ = false, settled_ = false, only_first_ = false, modes_ = false;
    bool next_vertices_are_values_ = false, only_numbers_ = true, has_ties_ = false;
    bool free_numbers_ = false;                               ///< of the vertices, whose number is not said
    std::unordered_map<std::uint64_t, std::size_t> indexes_;  ///< of them

    std::uint64_t first_mode_ = 0, matrix_row_ = 0;
    Place counted_;
    std::vector<Vertex> vertices_;
    std::vector<std::uint32_t> names_;
    std::string_view kind_;
};

}  // namespace

bool read_pajek(std::string_view text, const GraphReadOptions&, GraphTables& tables, ReadContext& context) {
    tables.set_source(text);
    return PajekReader(text, tables, context).run();
}

void write_pajek(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    std::size_t changed = 0;
    const auto quoted = [&changed](std::string_view text) {
        std::string plain = "\"";
        for (const char c : text) {
            const bool breaks = c == '"' || c == '\n' || c == '\r';
            changed += breaks ? 1U : 0U;
            plain += c == '"' ? '\'' : breaks ? ' ' : c;
        }
        return plain + '"';
    };
    std::string title = tables.title.empty() ? "maillage" : tables.title;
    for (char& c : title) {
        c = c == '\n' || c == '\r' ? ' ' : c;
    }
    out << "% written by maillage\n*Network " << title << "\n*Vertices " << tables.nodes().size() << '\n';
    std::vector<std::size_t> number_of(tables.names(), 0);
    for (std::size_t n = 0; n < tables.nodes().size(); ++n) {
        const std::uint32_t name = tables.nodes()[n].name;
        number_of[name] = n + 1;
        out << n + 1 << ' ' << quoted(tables.name_text(name)) << '\n';
    }
    out << "*Edges\n";
    const auto& columns = tables.edge_columns();
    for (std::size_t e = 0; e < tables.edges().size(); ++e) {
        const auto ends = tables.ends(tables.edges()[e]);
        std::string weight = "1";
        std::string label;
        for (const GraphValue& v : tables.values_of_edge(e)) {
            const GraphColumn& column = columns[v.column];
            if (column.native && column.name == "weight") {
                weight = std::string(v.text.view());
            } else if (column.native && column.name == "label") {
                label = std::string(v.text.view());
            }
        }
        out << number_of[ends[0]] << ' ' << number_of[ends[1]] << ' ' << weight;
        if (!label.empty()) {
            out << " l " << quoted(label);
        }
        out << '\n';
    }
    if (changed > 0) {
        lost.push_back(
            {std::to_string(changed) +
                 " guillemets et fins de ligne dans les textes, écrits comme des ' et des espaces",
             std::to_string(changed) + " quotes and line ends inside texts: written as ' and spaces"});
    }
    lost.push_back(
        {"les noms des acteurs (les identifiants sont les étiquettes) et tous les attributs, sauf le nom et "
         "le poids des partenariats",
         "names of actors (the ids are the labels) and every attribute but name and weight of partnerships"});
}

}  // namespace maillage::io
