#include "engine/ascii.hpp"

#include "io/encoding.hpp"
#include "io/formats/format.hpp"
#include "io/formats/place_tracker.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <set>
#include <utility>

namespace maillage::io {
namespace {

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

void append_code_point(std::string& out, std::uint32_t code) {
    if (code == 0 || code > 0x10FFFFU || (code >= 0xD800U && code <= 0xDFFFU)) {
        code = 0xFFFDU;
    }
    append_utf8(out, code);
}

// the characters of ISO 8859-1 from U+00A0 on, as HTML calls them; GML writes them so
constexpr std::array<std::string_view, 96> latin_entities = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",
    "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",
    "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12",
    "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
    "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde",
    "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",
    "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
    "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

/// A text with its entities resolved; what is no entity stays as it is.
std::string without_entities(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
        constexpr std::size_t longest = 12;
        if (end == std::string_view::npos || end - i > longest) {
            out += text[i];
            continue;
        }
        const std::string_view name = text.substr(i + 1, end - i - 1);
        std::uint32_t code = 0;
        if (name.size() > 1 && name.front() == '#') {
            const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
            const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
            const auto [stop, problem] =
                std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
            if (problem != std::errc() || stop != digits.data() + digits.size()) {
                out += text[i];
                continue;
            }
        } else if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
            code = static_cast<unsigned char>(name == "amp"    ? '&'
                                              : name == "lt"   ? '<'
                                              : name == "gt"   ? '>'
                                              : name == "quot" ? '"'
                                                               : '\'');
        } else if (const auto* found = std::find(latin_entities.begin(), latin_entities.end(), name);
                   found != latin_entities.end()) {
            code = 0xA0U + static_cast<std::uint32_t>(found - latin_entities.begin());
        } else {
            out += text[i];
            continue;
        }
        append_code_point(out, code);
        i = end;
    }
    return out;
}

/// Himsolt, GML: Graph Modelling Language (1996), as igraph, NetworkX and Gephi write it.
class GmlReader {
public:
    GmlReader(std::string_view text, GraphTables& tables, ReadContext& context)
        : text_(text), tables_(tables), context_(context), places_(text) {}

    bool run() {
        tables_.ids_are_numbers = true;
        std::size_t graphs = 0;
        std::string_view key;
        while (next_key(key)) {
            if (is_graph(key) && peek() == '[') {
                ++at_;
                if (++graphs == 1) {
                    any_case_ = key != "graph";
                    read_graph();
                } else {
                    context_.warn("graphs", places_.at(key_at_),
                                  "the file holds several graphs; the first is read");
                    skip_list();
                }
            } else if (peek() == '[') {
                leave_out(key, true);
                ++at_;
                skip_list();
            } else {
                const std::string_view value = scalar();
                if (key == "Creator" || key == "creator") {
                    tables_.exact_names = value.rfind("maillage", 0) == 0;
                } else if (key != "Version" && key != "version" && key != "comment") {
                    leave_out(key, false);
                }
            }
            if (failed_) {
                return false;
            }
        }
        if (!failed_ && at_ < text_.size()) {
            fail(at_, text_[at_] == ']' ? "this ] closes nothing" : "expected a key");
        }
        if (!failed_ && graphs == 0) {
            context_.error({1, 1}, "there is no graph [ … ] in this file");
        }
        return !failed_ && context_.errors() == 0;
    }

private:
    static bool is_graph(std::string_view key) noexcept { return key == "graph" || key == "Graph"; }

    /// Whether a key is one that the format knows: written so, or in any case where the file says Graph.
    [[nodiscard]] bool is(std::string_view key, std::string_view known) const {
        return key == known || (any_case_ && lower_ascii(key) == known);
    }

    /// Lists are told by their keys, as long as these are few.
    std::string kind_of_list(std::string_view key) {
        constexpr std::size_t most = 20;
        if (lists_.size() < most) {
            lists_.emplace(key);
        }
        return lists_.count(std::string(key)) != 0 ? "list " + std::string(key) : "lists";
    }

    /// What stands in the graph or beside it and is neither a node nor an edge.
    void leave_out(std::string_view key, bool list) {
        const Place where = places_.at(key_at_);
        if (list) {
            context_.warn(kind_of_list(key), where,
                          quoted_text(key) + " [ … ] is neither a node nor an edge; left out");
        } else {
            context_.note(
                "graph data", where,
                "a dataset has no place for " + quoted_text(key) + " of the graph itself; left out");
        }
    }

    void fail(std::size_t at, std::string message) {
        if (!failed_) {
            failed_ = true;
            message += behind_backslash_ ? "; a quote inside a text is written &quot;, not \\\"" : "";
            context_.error(places_.at(std::min(at, text_.size())), std::move(message));
        }
    }

    void skip_space() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '#' &&
                (at_ == 0 || text_[at_ - 1] == '\n' || text_[at_ - 1] == '\r' || line_is_empty_before())) {
                at_ = find_line_end(text_, at_);
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                ++at_;
            } else {
                return;
            }
        }
    }
    [[nodiscard]] bool line_is_empty_before() const {
        std::size_t i = at_;
        while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) {
            --i;
        }
        return i == 0 || text_[i - 1] == '\n' || text_[i - 1] == '\r';
    }
    [[nodiscard]] char peek() {
        skip_space();
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    /// The next key; false at the end of the list or file, or after an error.
    bool next_key(std::string_view& key) {
        skip_space();
        if (failed_ || at_ >= text_.size() || text_[at_] == ']') {
            return false;
        }
        key_at_ = at_;
        if (!is_letter(text_[at_]) && text_[at_] != '_') {
            fail(at_, "expected a key, which begins with a letter");
            return false;
        }
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '_' ||
                                      text_[at_] == '-' || text_[at_] == '.')) {
            ++at_;
        }
        key = text_.substr(key_at_, at_ - key_at_);
        skip_space();
        if (at_ >= text_.size()) {
            fail(at_, "the file ends where the value of " + quoted_text(key) + " is expected");
            return false;
        }
        return true;
    }

    /// A number or text, as written and without entities.
    std::string_view scalar() {
        skip_space();
        value_at_ = at_;
        entities_ = false;
        if (at_ < text_.size() && text_[at_] == '"') {
            const std::size_t begin = at_ + 1;
            const std::size_t end = text_.find('"', begin);
            if (end == std::string_view::npos) {
                fail(at_, "this text is not closed");
                return {};
            }
            at_ = end + 1;
            const std::string_view raw = text_.substr(begin, end - begin);
            behind_backslash_ = raw.ends_with('\\');
            if (!context_.name_within_limits(raw, {})) {
                failed_ = true;
                return {};
            }
            if (raw.find('&') == std::string_view::npos) {
                return raw;
            }
            entities_ = true;
            plain_ = without_entities(raw);
            return plain_;
        }
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\n' &&
               text_[at_] != '\r' && text_[at_] != ']' && text_[at_] != '[') {
            ++at_;
        }
        const std::string_view word = text_.substr(value_at_, at_ - value_at_);
        const std::string_view unsigned_word =
            word.substr(!word.empty() && (word.front() == '+' || word.front() == '-') ? 1 : 0);
        const std::string lower = unsigned_word.size() == 3 ? lower_ascii(unsigned_word) : std::string();
        const bool special = lower == "nan" || lower == "inf";
        if (!special && (!parse_number(unsigned_word) || word.find(',') != std::string_view::npos)) {
            fail(value_at_, "expected a number, a text in double quotes or [, not " + quoted_text(word));
            return {};
        }
        return word;
    }

    GraphText kept(std::string_view value) { return entities_ ? tables_.keep(value) : GraphText(value); }

    /// Behind a [: passes over everything up to its ].
    void skip_list() {
        std::size_t depth = 1;
        while (!failed_) {
            std::string_view key;
            if (next_key(key)) {
                if (peek() == '[') {
                    ++at_;
                    if (++depth > context_.limits().depth) {
                        fail(at_, "nested deeper than " + std::to_string(context_.limits().depth) +
                                      " levels; --limit depth=N allows more");
                    }
                } else {
                    scalar();
                }
            } else if (!close() || --depth == 0) {
                return;
            }
        }
    }

    /// The ] that ends a list.
    bool close() {
        if (failed_) {
            return false;
        }
        if (at_ >= text_.size()) {
            fail(at_, "the file ends before its last ]");
            return false;
        }
        ++at_;
        return true;
    }

    void read_graph() {
        std::string_view key;
        while (next_key(key)) {
            const bool node = is(key, "node");
            if ((node || is(key, "edge")) && peek() == '[') {
                const Place where = places_.at(key_at_);
                ++at_;
                node ? read_node(where) : read_edge(where);
                if (!context_.within_limits(tables_, where)) {
                    failed_ = true;
                }
            } else if (peek() == '[') {
                leave_out(key, true);
                ++at_;
                skip_list();
            } else {
                const std::string_view value = scalar();
                if (is(key, "directed")) {
                    directed_ = value == "1";
                } else if ((is(key, "label") || is(key, "name") || is(key, "title")) &&
                           tables_.title.empty()) {
                    tables_.title = std::string(value);
                } else if (key != "comment") {
                    leave_out(key, false);
                }
            }
            if (failed_) {
                return;
            }
        }
        close();
    }

    /// Members of a node or edge; those that `take` does not want are attributes.
    template <class Take>
    void read_members(bool node, Take take) {
        values_.clear();
        std::string_view key;
        while (next_key(key)) {
            if (peek() == '[') {
                const std::string lower = lower_ascii(key);
                if (lower == "graphics" || lower == "labelgraphics" || lower == "edgeanchor") {
                    context_.note("drawn", places_.at(key_at_),
                                  quoted_text(key) + " [ … ] says how something is drawn; left out");
                } else {
                    context_.warn(
                        "nested " + lower, places_.at(key_at_),
                        quoted_text(key) + " [ … ] is a list, which an attribute cannot hold; left out");
                }
                ++at_;
                skip_list();
            } else {
                const std::string_view value = scalar();
                if (!failed_ && !take(key, value)) {
                    attribute(node, key, value);
                }
            }
            if (failed_) {
                return;
            }
        }
        close();
    }

    void attribute(bool node, std::string_view key, std::string_view value) {
        const bool native = key == "label";
        const std::uint32_t column = node ? tables_.node_column(key, ValueType::text, native)
                                          : tables_.edge_column(key, ValueType::text, native);
        const Place where = places_.at(value_at_);
        const auto again = std::find_if(values_.begin(), values_.end(),
                                        [column](const GraphValue& v) { return v.column == column; });
        if (again != values_.end()) {  // the same key again: a list
            if (again->text.view() == "_networkx_list_start") {
                again->text = kept(value);  // NetworkX marks lists of one item so
                return;
            }
            again->text = tables_.keep(std::string(again->text.view()) + '|' + std::string(value));
            return;
        }
        values_.push_back({kept(value), column, where.line, where.column});
    }

    /// A key that says one thing, once.
    void once(bool& said, std::string_view key) {
        if (std::exchange(said, true)) {
            context_.error("twice", places_.at(key_at_), quoted_text(key) + " is given twice");
        }
    }

    void read_node(Place where) {
        GraphText id;
        bool has_id = false;
        read_members(true, [&](std::string_view key, std::string_view value) {
            if (!is(key, "id")) {
                return false;
            }
            once(has_id, key);
            id = kept(value);
            return true;
        });
        if (failed_) {
            return;
        }
        if (!has_id) {
            context_.error("node id", where, "a node without an id");
            return;
        }
        tables_.add_node(tables_.name(id), where, values_);
    }

    void read_edge(Place where) {
        std::optional<GraphEnd> source;
        std::optional<GraphEnd> target;
        bool has_id = false;
        GraphText own;
        read_members(false, [&](std::string_view key, std::string_view value) {
            if (is(key, "id")) {
                once(has_id, key);
                own = kept(value);
                return true;
            }
            const bool is_target = is(key, "target");
            if (!is_target && !is(key, "source")) {
                return false;
            }
            std::optional<GraphEnd>& end = is_target ? target : source;
            bool given = end.has_value();
            once(given, key);
            end = tables_.end(kept(value));
            return true;
        });
        if (failed_) {
            return;
        }
        if (!source || !target) {
            context_.error("edge end", where,
                           std::string("an edge without a ") + (source ? "target" : "source"));
            return;
        }
        tables_.add_edge(own, *source, *target, where, directed_, values_);
    }

    std::string_view text_;
    GraphTables& tables_;
    ReadContext& context_;
    PlaceTracker places_;
    std::size_t at_ = 0, key_at_ = 0, value_at_ = 0;
    bool failed_ = false, directed_ = false, entities_ = false;
    bool behind_backslash_ = false;  ///< of the last text: its quote may be meant to be a part of it
    bool any_case_ = false;          ///< of the keys that the format knows
    std::string plain_;
    std::set<std::string> lists_;  ///< that were left out
    std::vector<GraphValue> values_;
};

/// A key of GML for a column: letters and digits.
std::string key_for(const std::string& name, std::set<std::string>& used) {
    std::string key;
    for (const char c : name) {
        key += is_letter(c) || is_digit(c) || c == '_' ? c : '_';
    }
    if (key.empty() || !is_letter(key.front())) {
        key = "x" + key;
    }
    while (key == "id" || key == "source" || key == "target" || !used.insert(key).second) {
        key += "x";
    }
    return key;
}

void put_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        out += c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    }
    out += '"';
}

}  // namespace

bool read_gml(std::string_view text, const GraphReadOptions&, GraphTables& tables, ReadContext& context) {
    tables.set_source(text);
    return GmlReader(text, tables, context).run();
}

void write_gml(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    std::string text = "Creator \"maillage\"\ngraph [\n  directed 0\n";
    if (!tables.title.empty()) {
        text += "  label ";
        put_text(text, tables.title);
        text += '\n';
    }
    const auto keys_of = [&lost](const std::vector<GraphColumn>& columns, std::set<std::string> used) {
        std::vector<std::string> keys;
        for (const GraphColumn& column : columns) {
            const std::string name =
                column.native && column.name == "label" &&
                        std::any_of(columns.begin(), columns.end(),
                                    [](const auto& c) { return !c.native && c.name == "label"; })
                    ? "name"
                    : column.name;
            keys.push_back(key_for(name, used));
            if (keys.back() != name) {
                lost.push_back({"l’attribut « " + name + " » s’appelle « " + keys.back() +
                                    " » : GML ne connaît que les lettres et chiffres ASCII",
                                "the attribute \"" + name + "\" is called \"" + keys.back() +
                                    "\": keys of GML are ASCII letters and digits"});
            }
        }
        return keys;
    };
    const auto node_keys = keys_of(tables.node_columns(), {"actor_id"});
    const auto edge_keys = keys_of(tables.edge_columns(), {});
    const auto members = [&](std::span<const GraphValue> values, const std::vector<GraphColumn>& columns,
                             const std::vector<std::string>& keys) {
        for (const GraphValue& v : values) {
            text += "    " + keys[v.column] + ' ';
            const ValueType type = columns[v.column].type;
            if (type == ValueType::integer || type == ValueType::real) {
                text += v.text.view();
            } else {
                put_text(text, v.text.view());
            }
            text += '\n';
        }
    };
    std::vector<std::size_t> number_of(tables.names(), 0);
    for (std::size_t n = 0; n < tables.nodes().size(); ++n) {
        number_of[tables.nodes()[n].name] = n;
        text += "  node [\n    id " + std::to_string(n) + "\n    actor_id ";
        put_text(text, tables.name_text(tables.nodes()[n].name));
        text += '\n';
        members(tables.values_of_node(n), tables.node_columns(), node_keys);
        text += "  ]\n";
        if (text.size() > (1U << 16U)) {
            out << text;
            text.clear();
        }
    }
    for (std::size_t e = 0; e < tables.edges().size(); ++e) {
        const GraphEdge& edge = tables.edges()[e];
        text += "  edge [\n    source " + std::to_string(number_of[tables.ends(edge)[0]]) + "\n    target " +
                std::to_string(number_of[tables.ends(edge)[1]]) + '\n';
        if (!edge.id.empty()) {
            text += "    partnership ";
            put_text(text, edge.id.view());
            text += '\n';
        }
        members(tables.values_of_edge(e), tables.edge_columns(), edge_keys);
        text += "  ]\n";
        if (text.size() > (1U << 16U)) {
            out << text;
            text.clear();
        }
    }
    out << text << "]\n";
}

}  // namespace maillage::io
