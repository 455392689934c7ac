#include "io/formats/format.hpp"
#include "io/formats/xml.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>
#include <unordered_map>

namespace maillage::io {
namespace {

ValueType type_of(std::string_view word) noexcept {
    if (word == "boolean") {
        return ValueType::boolean;
    }
    if (word == "integer" || word == "long" || word == "short" || word == "byte" || word == "biginteger") {
        return ValueType::integer;
    }
    if (word == "float" || word == "double" || word == "bigdecimal") {
        return ValueType::real;
    }
    return word.rfind("list", 0) == 0 ? ValueType::list : ValueType::text;
}

void add_item(std::string& joined, std::string_view item) {
    item = trimmed(item);
    if (!item.empty()) {
        joined += joined.empty() ? "" : "|";
        for (const char c : item) {
            joined += c == '|' ? '/' : c;  // the bar separates items
        }
    }
}

/// The items of a list joined by bars: `[a, "b", 'c']` of GEXF 1.3, or what stands between bars, semicolons or
/// commas in earlier ones.
std::string list_items(std::string_view text) {
    text = trimmed(text);
    std::string joined;
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') {
        const char separator = text.find('|') != std::string_view::npos   ? '|'
                               : text.find(';') != std::string_view::npos ? ';'
                                                                          : ',';
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(separator), text.size());
            add_item(joined, text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return joined;
    }
    text = text.substr(1, text.size() - 2);
    std::string item;
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size()) {
            const char next = text[++i];
            item += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
        } else if (quote != '\0') {
            c == quote ? static_cast<void>(quote = '\0') : item.push_back(c);
        } else if ((c == '"' || c == '\'') && trimmed(item).empty()) {
            quote = c;
        } else if (c == ',') {
            add_item(joined, item);
            item.clear();
        } else {
            item += c;
        }
    }
    add_item(joined, item);
    return joined;
}

/// GEXF 1.0 to 1.3 (https://gexf.net).
class GexfReader : public XmlVisitor {
public:
    GexfReader(GraphTables& tables, ReadContext& context) : tables_(tables), context_(context) {}

    bool open(std::string_view name, const XmlAttributes& a, Place where) override {
        ++depth_;
        wants_text_ = false;
        if (depth_ == 1 && name != "gexf") {
            context_.error(where, "the outermost element is <" + std::string(name) + ">, not <gexf>");
            return false;
        }
        if (name == "graph" && depth_ == 2) {
            const std::string_view type = a["defaultedgetype"];
            directed_ = is_directed(type);
            if (!type.empty() && !is_known_type(type)) {
                context_.warn("defaultedgetype", where,
                              "defaultedgetype is directed, undirected or mutual, not " + quoted_text(type) +
                                  "; taken as undirected");
            }
            ++graphs_;
            if (graphs_ > 1) {
                context_.error(where, "a GEXF file holds one <graph>");
            }
        } else if (name == "attributes" && open_ == 0) {
            class_is_node_ = a["class"] != "edge";
            if (a["class"] != "node" && a["class"] != "edge") {
                context_.warn("class", where, "<attributes> says class=\"node\" or \"edge\"; taken as node");
            }
        } else if (name == "attribute" && open_ == 0) {
            open_attribute(a, where);
        } else if (name == "options" || (name == "default" && attribute_ != nullptr)) {
            wants_text_ = true;
        } else if (name == "title" || name == "description" || name == "creator" || name == "keywords") {
            wants_text_ = depth_ == 3;
        } else if (name == "node" || name == "edge") {
            if (graphs_ == 0) {
                context_.error("misplaced", where, "<" + std::string(name) + "> stands in a <graph>");
            }
            name == "node" ? open_node(a, where) : open_edge(a, where);
        } else if (name == "attvalue" && open_ > 0) {
            take_value(a, where);
        } else if ((name == "spell" || name == "slice") && open_ > 0) {
            take_period(pending_[open_ - 1], a, where);
        } else if (open_ > 0 && (name == "color" || name == "position" || name == "size" || name == "shape" ||
                                 name == "thickness")) {
            context_.note("viz", where,
                          "colours, positions and sizes (viz) have no place in a dataset; left out");
        } else if ((name == "parent" || name == "nodes") && open_ > 0) {
            tell_hierarchy(where);
        } else if (std::find(silent_elements.begin(), silent_elements.end(), name) == silent_elements.end()) {
            context_.warn("element", where,
                          "<" + std::string(name) + "> has no place here in GEXF; left out");
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text, Place where) override {
        --depth_;
        if (name == "attribute") {
            attribute_ = nullptr;
        } else if (name == "default" && attribute_ != nullptr) {
            if (attribute_->fallback.empty()) {
                (attribute_is_node_ ? node_fallbacks_ : edge_fallbacks_).push_back(attribute_);
            }
            attribute_->fallback = attribute_->type == ValueType::list ? list_items(text) : std::string(text);
        } else if (depth_ == 2 && (name == "title" || (name == "description" && tables_.title.empty()))) {
            tables_.title = std::string(trimmed(text));
        } else if ((name == "description" || name == "keywords") && depth_ == 2 && !trimmed(text).empty()) {
            context_.note(
                "graph data", where,
                "a dataset has no place for the " + std::string(name) + " of the graph itself; left out");
        } else if (name == "creator" && depth_ == 2) {
            tables_.exact_names = text.rfind("maillage", 0) == 0;
        } else if ((name == "node" || name == "edge") && open_ > 0) {
            flush();
            return context_.within_limits(tables_, where);
        }
        return true;
    }

    [[nodiscard]] bool wants_text() const override { return wants_text_; }

    void stray_text(Place where) override {
        context_.warn("stray", where, "text between the elements has no place in GEXF; left out");
    }

    void finish() {
        if (graphs_ == 0) {
            context_.error({1, 1}, "there is no <graph> in this file");
        }
    }

private:
    /// What holds others together, or says how the file came to be.
    static constexpr std::array<std::string_view, 14> silent_elements = {
        "gexf",   "meta",   "creator", "keywords", "nodes",   "edges", "attvalues",
        "spells", "slices", "options", "parents",  "default", "title", "description"};

    /// Types of edges; dir, sim and dou are those of GEXF 1.0.
    static bool is_directed(std::string_view type) noexcept { return type == "directed" || type == "dir"; }
    static bool is_known_type(std::string_view type) noexcept {
        return is_directed(type) || type == "undirected" || type == "mutual" || type == "sim" ||
               type == "dou" || type == "simple" || type == "double";
    }

    void tell_hierarchy(Place where) {
        context_.note("hierarchy", where, "nodes inside nodes are read as nodes like any other");
    }

    struct Attribute {
        std::uint32_t column = 0;
        ValueType type = ValueType::text;
        std::string fallback;
    };
    struct Pending {
        bool node = true, directed = false, complete = true;
        GraphText id;
        GraphEnd source, target;
        Place where;
        std::vector<GraphValue> values;
        std::unordered_map<std::uint32_t, std::size_t>
            positions;  ///< of the values by column, when they are many
        std::string start, end;
        std::size_t spells = 0;
    };
    /// What the format has a place for.
    enum class Native : std::uint8_t { label, weight, kind, start, end };
    static constexpr std::size_t natives = 5;
    static constexpr std::array<std::string_view, natives> native_names = {"label", "weight", "kind", "start",
                                                                           "end"};
    static constexpr std::array<std::array<std::uint32_t, natives>, 2> no_columns() {
        std::array<std::array<std::uint32_t, natives>, 2> columns{};
        for (auto& of : columns) {
            of.fill(GraphTables::nowhere);
        }
        return columns;
    }
    using Attributes = std::map<std::string, Attribute, std::less<>>;

    std::uint32_t column(bool node, std::string_view name, ValueType type, bool native) {
        return node ? tables_.node_column(name, type, native) : tables_.edge_column(name, type, native);
    }

    void open_attribute(const XmlAttributes& a, Place where) {
        const std::string id(a["id"]);
        if (id.empty()) {
            context_.error("attribute id", where, "an <attribute> without an id");
            return;
        }
        Attributes& declared = class_is_node_ ? node_attributes_ : edge_attributes_;
        if (declared.count(id) != 0) {
            context_.error("attribute twice", where,
                           "the attribute " + quoted_text(id) + " is declared twice");
            return;
        }
        std::string title(a["title"].empty() ? a["id"] : a["title"]);
        if (!(class_is_node_ ? node_titles_ : edge_titles_).insert(title).second) {
            title += " (" + id + ")";
        }
        Attribute attribute;
        attribute.type = type_of(trimmed(a["type"]));
        attribute.column = column(class_is_node_, title, attribute.type, false);
        attribute_ = &declared.emplace(id, std::move(attribute)).first->second;
        attribute_is_node_ = class_is_node_;
    }

    /// Opens an element; what an earlier one of its depth took of memory serves again.
    Pending& push(bool node, std::string_view id, Place where) {
        if (open_ == pending_.size()) {
            pending_.emplace_back();
        }
        Pending& element = pending_[open_++];
        element.node = node;
        element.complete = true;
        element.id = tables_.keep(id);
        element.where = where;
        element.values.clear();
        element.start.clear();
        element.end.clear();
        element.spells = 0;
        return element;
    }

    /// Where the element has a value in a column, or the number of its values.
    static std::size_t position_of(Pending& element, std::uint32_t column) {
        constexpr std::size_t few = 16;
        auto& values = element.values;
        if (values.size() < few) {
            const auto found = std::find_if(values.begin(), values.end(),
                                            [column](const GraphValue& v) { return v.column == column; });
            return static_cast<std::size_t>(found - values.begin());
        }
        if (values.size() == few) {
            element.positions.clear();
            for (std::size_t i = 0; i < values.size(); ++i) {
                element.positions.emplace(values[i].column, i);
            }
        }
        return element.positions.emplace(column, values.size()).first->second;
    }

    /// A value that the format itself has a place for.
    void native(Pending& element, Native what, std::string_view value, Place where,
                ValueType type = ValueType::text) {
        if (!value.empty()) {
            std::uint32_t& c = native_columns_[element.node ? 1 : 0][static_cast<std::size_t>(what)];
            if (c == GraphTables::nowhere) {
                c = column(element.node, native_names[static_cast<std::size_t>(what)], type, true);
            }
            check_value((element.node ? tables_.node_columns() : tables_.edge_columns())[c], value, where,
                        context_);
            if (position_of(element, c) == element.values.size()) {
                element.values.push_back({tables_.keep(value), c, where.line, where.column});
            }
        }
    }

    void open_node(const XmlAttributes& a, Place where) {
        Pending& node = push(true, a["id"], where);
        if (node.id.empty()) {
            context_.error("node id", where, "a <node> without an id");
        }
        if (a.has("pid")) {
            tell_hierarchy(where);
        }
        native(node, Native::label, a["label"], where);
        take_period(node, a, where);
    }

    void open_edge(const XmlAttributes& a, Place where) {
        Pending& edge = push(false, a["id"], where);
        const std::string_view type = a["type"];
        edge.directed = type.empty() ? directed_ : is_directed(type);
        if (!type.empty() && !is_known_type(type)) {
            context_.warn("edge type", where,
                          "an edge is directed, undirected or mutual, not " + quoted_text(type) +
                              "; taken as undirected");
        }
        if (a["source"].empty() || a["target"].empty()) {
            edge.complete = false;
            context_.error("edge end", where,
                           std::string("an <edge> without a ") + (a["source"].empty() ? "source" : "target"));
        } else {
            edge.source = tables_.end_copied(a["source"]);
            edge.target = tables_.end_copied(a["target"]);
        }
        native(edge, Native::label, a["label"], where);
        native(edge, Native::weight, a["weight"].empty() ? a["cardinal"] : a["weight"], where,
               ValueType::real);
        native(edge, Native::kind, a["kind"], where);
        take_period(edge, a, where);
    }

    void take_value(const XmlAttributes& a, Place where) {
        Pending& element = pending_[open_ - 1];
        const std::string_view id = a.has("for") ? a["for"] : a["id"];
        if (id.empty()) {
            context_.error("attvalue for", where, "an <attvalue> says which attribute it is of: for=\"…\"");
            return;
        }
        Attributes& declared = element.node ? node_attributes_ : edge_attributes_;
        auto found = declared.find(id);
        if (found == declared.end()) {
            context_.warn(
                "undeclared " + std::string(id), where,
                "no <attribute> declares " + quoted_text(id) + "; kept as a text attribute of that name");
            Attribute attribute;
            attribute.column = column(element.node, id, ValueType::text, false);
            found = declared.emplace(std::string(id), std::move(attribute)).first;
        }
        const Attribute& attribute = found->second;
        const std::string_view value = a["value"];
        check_value((element.node ? tables_.node_columns() : tables_.edge_columns())[attribute.column], value,
                    where, context_);
        const GraphText kept =
            attribute.type == ValueType::list ? tables_.keep(list_items(value)) : tables_.keep(value);
        const std::size_t again = position_of(element, attribute.column);
        if (again == element.values.size()) {
            element.values.push_back({kept, attribute.column, where.line, where.column});
        } else {
            context_.warn("value twice", where,
                          "an attribute that changes over time, or is given twice; its last value is kept");
            element.values[again].text = kept;
        }
    }

    /// Earliest start and latest end.
    void take_period(Pending& element, const XmlAttributes& a, Place where) {
        const std::string_view start = a.has("start") ? a["start"] : a["startopen"];
        const std::string_view end = a.has("end") ? a["end"] : a["endopen"];
        period(element, start, end);
        if (a.has("spell") || a.has("timestamp")) {
            period(element, a["timestamp"], a["timestamp"]);
        }
        // <[2003, 2007]; [2009, 2010]> and <[2003, 2005]>
        for (const std::string_view name : {"intervals", "timestamps"}) {
            const std::string_view text = a[name];
            std::size_t at = 0;
            while ((at = text.find_first_not_of("<[](),; >", at)) != std::string_view::npos) {
                const std::size_t stop = std::min(text.find_first_of("<[](),; >", at), text.size());
                period(element, text.substr(at, stop - at), text.substr(at, stop - at));
                at = stop;
            }
        }
        if (!start.empty() || !end.empty()) {
            if (++element.spells == 2) {
                context_.note(
                    "spells", where,
                    "an element with several spells has one period here, from the first to the last");
            }
        }
    }

    static void period(Pending& element, std::string_view start, std::string_view end) {
        const auto before = [](std::string_view x, std::string_view y) {
            const auto nx = parse_number(x);
            const auto ny = parse_number(y);
            return nx && ny ? *nx < *ny : x < y;
        };
        const auto finite = [](std::string_view text) {
            return !text.empty() && text.find("Inf") == text.npos;
        };
        if (finite(start) && (element.start.empty() || before(start, element.start))) {
            element.start = std::string(start);
        }
        if (finite(end) && (element.end.empty() || before(element.end, end))) {
            element.end = std::string(end);
        }
    }

    void flush() {
        Pending& element = pending_[open_ - 1];
        native(element, Native::start, element.start, element.where);
        native(element, Native::end, element.end, element.where);
        for (const Attribute* attribute : element.node ? node_fallbacks_ : edge_fallbacks_) {
            if (!attribute->fallback.empty() &&
                position_of(element, attribute->column) == element.values.size()) {
                element.values.push_back({tables_.keep(attribute->fallback), attribute->column,
                                          element.where.line, element.where.column});
            }
        }
        --open_;
        if (element.node && !element.id.empty()) {
            tables_.add_node(tables_.name(element.id), element.where, element.values);
        } else if (!element.node && element.complete) {
            tables_.add_edge(element.id, element.source, element.target, element.where, element.directed,
                             element.values);
        }
    }

    GraphTables& tables_;
    ReadContext& context_;
    std::size_t depth_ = 0, graphs_ = 0;
    bool wants_text_ = false, directed_ = false, class_is_node_ = true;
    Attributes node_attributes_, edge_attributes_;
    std::set<std::string> node_titles_, edge_titles_;
    Attribute* attribute_ = nullptr;
    bool attribute_is_node_ = true;
    std::vector<const Attribute*> node_fallbacks_, edge_fallbacks_;
    std::array<std::array<std::uint32_t, natives>, 2> native_columns_ = no_columns();  ///< of edges, of nodes
    std::vector<Pending> pending_;  ///< the first `open_` are open elements, the innermost last
    std::size_t open_ = 0;
};

std::string_view word_of(ValueType type) noexcept {
    switch (type) {
        case ValueType::boolean:
            return "boolean";
        case ValueType::integer:
            return "long";
        case ValueType::real:
            return "double";
        default:
            return "string";
    }
}

/// Writes GEXF 1.3.
class GexfWriter {
public:
    GexfWriter(std::ostream& out, const GraphTables& tables) : out_(out), tables_(tables) {}

    std::size_t run() {
        text_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" "
            "version=\"1.3\">\n"
            "  <meta>\n    <creator>maillage</creator>\n    <title>";
        put(tables_.title);
        text_ += "</title>\n  </meta>\n  <graph defaultedgetype=\"undirected\" mode=\"";
        find_dates();
        text_ += dates_ == Dates::none    ? "static\">\n"
                 : dates_ == Dates::years ? "dynamic\" timeformat=\"integer\">\n"
                                          : "dynamic\" timeformat=\"date\">\n";
        declare("node", tables_.node_columns());
        declare("edge", tables_.edge_columns());
        text_ += "    <nodes>\n";
        for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
            text_ += "      <node id=\"";
            put(tables_.name_text(tables_.nodes()[n].name));
            text_ += '"';
            element(tables_.values_of_node(n), tables_.node_columns(), "node");
        }
        text_ += "    </nodes>\n    <edges>\n";
        for (std::size_t e = 0; e < tables_.edges().size(); ++e) {
            const GraphEdge& edge = tables_.edges()[e];
            const auto ends = tables_.ends(edge);
            text_ += "      <edge";
            if (!edge.id.empty()) {
                text_ += " id=\"";
                put(edge.id.view());
                text_ += '"';
            }
            text_ += " source=\"";
            put(tables_.name_text(ends[0]));
            text_ += "\" target=\"";
            put(tables_.name_text(ends[1]));
            text_ += edge.directed ? "\" type=\"directed\"" : "\"";
            element(tables_.values_of_edge(e), tables_.edge_columns(), "edge");
        }
        text_ += "    </edges>\n  </graph>\n</gexf>\n";
        out_ << text_;
        return replaced_;
    }

private:
    enum class Dates : std::uint8_t { none, years, days, mixed };

    void put(std::string_view text) { replaced_ += append_xml(text_, text); }

    static bool is_attribute(const GraphColumn& column) { return !column.native; }
    [[nodiscard]] bool is_date(const GraphColumn& column) const {
        return column.native && (column.name == "start" || column.name == "end");
    }

    /// Years alone are numbers, days are dates; where both occur, what was given stands in attributes beside.
    void find_dates() {
        bool years = false;
        bool days = false;
        bool months = false;
        for (std::size_t e = 0; e < tables_.edges().size(); ++e) {
            for (const GraphValue& value : tables_.values_of_edge(e)) {
                if (is_date(tables_.edge_columns()[value.column])) {
                    (value.text.size() == 4 ? years : value.text.size() == 7 ? months : days) = true;
                }
            }
        }
        dates_ = !years && !months && !days  ? Dates::none
                 : years && !months && !days ? Dates::years
                 : days && !years && !months ? Dates::days
                                             : Dates::mixed;
    }

    void declare(std::string_view name, const std::vector<GraphColumn>& columns) {
        text_ += "    <attributes class=\"" + std::string(name) + "\">\n";
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (is_attribute(columns[c]) ||
                (dates_ == Dates::mixed && name == "edge" && is_date(columns[c]))) {
                text_ += "      <attribute id=\"" + std::to_string(c) + "\" title=\"";
                put(columns[c].name);
                text_ += "\" type=\"" + std::string(word_of(columns[c].type)) + "\"/>\n";
            }
        }
        text_ += "    </attributes>\n";
    }

    void element(std::span<const GraphValue> values, const std::vector<GraphColumn>& columns,
                 std::string_view name) {
        bool any = false;
        for (const GraphValue& value : values) {
            const GraphColumn& column = columns[value.column];
            const bool mixed = dates_ == Dates::mixed && is_date(column);
            any = any || is_attribute(column) || mixed;
            if (column.native) {
                text_ += ' ' + column.name + "=\"";
                if (mixed) {
                    const auto date = parse_date_cell(value.text.view());
                    put(!date                    ? std::string(value.text.view())
                        : column.name == "start" ? day(date->first_day())
                                                 : day(date->last_day()));
                } else {
                    put(value.text.view());
                }
                text_ += '"';
            }
        }
        if (!any) {
            text_ += "/>\n";
        } else {
            text_ += "><attvalues>";
            for (const GraphValue& value : values) {
                if (is_attribute(columns[value.column]) ||
                    (dates_ == Dates::mixed && is_date(columns[value.column]))) {
                    text_ += "<attvalue for=\"" + std::to_string(value.column) + "\" value=\"";
                    put(value.text.view());
                    text_ += "\"/>";
                }
            }
            text_ += "</attvalues></" + std::string(name) + ">\n";
        }
        if (text_.size() > (1U << 16U)) {
            out_ << text_;
            text_.clear();
        }
    }

    static std::string day(std::int32_t days) { return to_text(date_of_day(days)); }

    std::ostream& out_;
    const GraphTables& tables_;
    std::string text_;
    std::size_t replaced_ = 0;
    Dates dates_ = Dates::none;
};

}  // namespace

bool read_gexf(std::string_view text, const GraphReadOptions&, GraphTables& tables, ReadContext& context) {
    tables.set_source(text);
    GexfReader reader(tables, context);
    if (!parse_xml(text, context, reader)) {
        return false;
    }
    reader.finish();
    return context.errors() == 0;
}

void write_gexf(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    if (const std::size_t replaced = GexfWriter(out, tables).run(); replaced > 0) {
        lost.push_back({std::to_string(replaced) + " caractères de commande : XML n’en a pas l’usage",
                        std::to_string(replaced) + " control characters: XML cannot hold them"});
    }
}

}  // namespace maillage::io
