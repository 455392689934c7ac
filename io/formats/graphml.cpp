#include "engine/network.hpp"

#include "io/formats/format.hpp"
#include "io/formats/xml.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <unordered_set>
#include <utility>

namespace maillage::io {
namespace {

ValueType type_of(std::string_view word) noexcept {
    if (word == "boolean") {
        return ValueType::boolean;
    }
    if (word == "int" || word == "long" || word == "integer") {
        return ValueType::integer;
    }
    return word == "float" || word == "double" ? ValueType::real : ValueType::text;
}

/// The elements of http://graphml.graphdrawing.org, and the labels of yEd.
class GraphmlReader : public XmlVisitor {
public:
    GraphmlReader(const GraphReadOptions& options, GraphTables& tables, ReadContext& context)
        : options_(options), tables_(tables), context_(context) {}

    bool open(std::string_view name, const XmlAttributes& a, Place where) override {
        wants_text_ = false;
        const Element inside = path_.empty() ? Element::outside : path_.back();
        if (path_.empty() && name != "graphml") {
            context_.error(where, "the outermost element is <" + std::string(name) + ">, not <graphml>");
            return false;
        }
        if (inside == Element::data || inside == Element::drawing || inside == Element::fallback) {
            wants_text_ = label_may_come_ && is_label(name);
            path_.push_back(Element::drawing);
            holds_elements_ = true;
            return true;
        }
        const bool in_element = speaks_of_element();
        const Element element = inside == Element::unknown ? Element::unknown : element_named(name);
        path_.push_back(element);
        if (element == Element::key) {
            return open_key(a, where);
        }
        label_may_come_ = in_element && element == Element::data && skipping_ == 0;
        if (element == Element::fallback) {
            wants_text_ = key_ != nullptr;
        } else if (element == Element::graph) {
            open_graph(a, where);
        } else if (skipping_ > 0 || element == Element::graphml) {
            return true;
        } else if (element == Element::data) {
            data_key_ = a["key"];
            data_where_ = where;
            holds_elements_ = false;
            wants_text_ = true;
        } else if (element == Element::desc) {
            data_where_ = where;
            wants_text_ = true;
        } else if (element == Element::node || element == Element::edge || element == Element::hyperedge) {
            if (inside != Element::graph) {
                context_.error("misplaced", where,
                               "<" + std::string(name) + "> stands directly in a <graph>, and nowhere else");
                path_.back() = Element::unknown;
            } else if (element == Element::edge) {
                open_edge(a, where);
            } else {
                open_node(element == Element::node, a, where);
            }
        } else if (element == Element::endpoint && inside == Element::hyperedge) {
            open_endpoint(a, where);
        } else if (element == Element::port) {
            context_.note("port", where, "ports of nodes have no place in a dataset; left out");
        } else if (element == Element::locator) {
            context_.warn("locator", where, "a <locator> points at another file, which is not read");
        } else if (inside != Element::unknown) {
            context_.warn(
                "element", where,
                "<" + std::string(name) + "> has no place here in GraphML; left out, with what is in it");
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text, Place where) override {
        const Element element = path_.back();
        path_.pop_back();
        if (element == Element::key) {
            key_ = nullptr;
        } else if (element == Element::fallback && key_ != nullptr) {
            key_->fallback = std::string(text);
            if (!std::exchange(key_->has_fallback, true)) {
                with_fallback_.push_back(key_);
            }
        } else if (element == Element::graph) {
            skipping_ > 0 ? --skipping_ : (graphs_.pop_back(), 0U);
        } else if (skipping_ > 0) {
            return true;
        } else if (element == Element::data) {
            take_data(text);
        } else if (element == Element::desc) {
            take_description(text);
        } else if (element == Element::drawing && label_may_come_ && is_label(name)) {
            take_label(text);
        } else if (element == Element::node || element == Element::edge || element == Element::hyperedge) {
            flush();
            return context_.within_limits(tables_, where);
        }
        return true;
    }

    [[nodiscard]] bool wants_text() const override { return wants_text_; }

    void stray_text(Place where) override {
        if (skipping_ == 0 && path_.back() != Element::drawing && path_.back() != Element::unknown) {
            context_.warn("stray", where, "text between the elements has no place in GraphML; left out");
        }
    }

    void finish() {
        if (tables_.title.empty()) {
            tables_.title = description_;
        } else if (!description_.empty()) {
            tell_graph_data(description_where_, "desc");
        }
        if (graphs_seen_ == 0) {
            context_.error({1, 1}, "there is no <graph> in this file");
        } else if (!options_.graph.empty() && !found_) {
            context_.error({1, 1}, "there is no graph \"" + options_.graph + "\"" +
                                       suggestion(options_.graph, graph_ids_));
        } else if (skipped_graphs_ > 0) {
            context_.warn(
                "graphs", skipped_where_,
                "the file holds " + std::to_string(graphs_seen_) +
                    " graphs and one is read; the others are left out (\"graph\" of --map chooses)");
        }
    }

private:
    /// Those of GraphML; drawing: any in <data>, unknown: any other, and what stands in one.
    enum class Element : std::uint8_t {
        outside,
        graphml,
        key,
        fallback,
        graph,
        node,
        edge,
        hyperedge,
        endpoint,
        port,
        data,
        desc,
        locator,
        drawing,
        unknown
    };
    enum Domain : std::size_t { of_nodes, of_edges, of_graphs, of_others, domains };
    struct Key {
        std::string name;
        ValueType type = ValueType::text;
        std::array<bool, domains> of{};
        std::uint32_t node_column = 0, edge_column = 0;
        std::string fallback;
        bool has_fallback = false;
        bool drawing = false;     ///< of a program that draws
        bool undeclared = false;  ///< so far
    };
    struct Pending {
        enum Kind : std::uint8_t { node, edge, hyperedge } kind = node;
        GraphText id;
        GraphEnd source, target;
        bool directed = false, complete = true;
        Place where;
        std::vector<GraphValue> values;
        std::vector<std::uint32_t> members;
        std::unordered_set<std::uint32_t> columns;  ///< of the values, when they are many
    };

    static Element element_named(std::string_view name) noexcept {
        constexpr std::array<std::pair<std::string_view, Element>, 12> names = {
            {{"data", Element::data},
             {"edge", Element::edge},
             {"node", Element::node},
             {"desc", Element::desc},
             {"graph", Element::graph},
             {"key", Element::key},
             {"default", Element::fallback},
             {"hyperedge", Element::hyperedge},
             {"endpoint", Element::endpoint},
             {"port", Element::port},
             {"locator", Element::locator},
             {"graphml", Element::graphml}}};
        for (const auto& [own, element] : names) {
            if (own == name) {
                return element;
            }
        }
        return Element::unknown;
    }

    /// yEd, and yEd Live behind it, write what is seen of a node in structures of their own.
    static bool is_label(std::string_view name) noexcept {
        return name == "NodeLabel" || name == "EdgeLabel" || name == "Label.Text";
    }

    /// Whether what stands directly in the innermost element speaks of a node or an edge.
    [[nodiscard]] bool speaks_of_element() const noexcept {
        return !path_.empty() && (path_.back() == Element::node || path_.back() == Element::edge ||
                                  path_.back() == Element::hyperedge);
    }
    void tell_graph_data(Place where, std::string_view what) {
        context_.note("graph data", where,
                      "a dataset has no place for " + quoted_text(what) + " of the graph itself; left out");
    }

    /// The innermost element that is open.
    [[nodiscard]] Pending& element() { return pending_[open_ - 1]; }

    /// Opens an element; what an earlier one of its depth took of memory serves again.
    Pending& push(Pending::Kind kind, Place where) {
        if (open_ == pending_.size()) {
            pending_.emplace_back();
        }
        Pending& pending = pending_[open_++];
        pending.kind = kind;
        pending.id = {};
        pending.where = where;
        pending.directed = graphs_.back();
        pending.complete = true;
        pending.values.clear();
        pending.members.clear();
        return pending;
    }

    /// Whether the innermost element has a value in a column.
    bool has_value(std::uint32_t column) {
        const auto& values = element().values;
        return std::any_of(values.begin(), values.end(),
                           [column](const GraphValue& v) { return v.column == column; });
    }

    /// The same for a value that comes now: many values are remembered by column, so that they are not compared in pairs.
    bool takes_value(std::uint32_t column) {
        constexpr std::size_t few = 16;
        Pending& e = element();
        if (e.values.size() < few) {
            return !has_value(column);
        }
        if (e.values.size() == few) {
            e.columns.clear();
            for (const GraphValue& v : e.values) {
                e.columns.insert(v.column);
            }
        }
        return e.columns.insert(column).second;
    }

    bool open_key(const XmlAttributes& a, Place where) {
        const std::string id(a["id"]);
        if (id.empty()) {
            context_.error("key id", where, "a <key> without an id");
            return true;
        }
        Key key;
        key.name = a["attr.name"].empty() ? id : std::string(a["attr.name"]);
        key.type = type_of(a["attr.type"]);
        const std::string_view domain = a["for"];
        const bool all = domain == "all" || domain.empty();
        // what a program draws is declared without a name, and is no attribute
        key.drawing = (a["attr.name"].empty() && a.has("yfiles.type")) ||
                      a["attr.uri"].find("www.yworks.com") != std::string_view::npos;
        key.of = {domain == "node" || all, domain == "edge" || domain == "hyperedge" || all,
                  domain == "graph" || domain == "graphml" || all, false};
        key.of[of_others] = std::none_of(key.of.begin(), key.of.end(), [](bool is) { return is; });
        // one id for nodes and one for edges is one id too many, but there is no doubt what is meant
        std::array<Key*, domains> earlier{};
        for (std::size_t d = 0; d < domains; ++d) {
            earlier[d] = key.of[d] ? key_of(static_cast<Domain>(d), id) : nullptr;
        }
        for (Key* const other : earlier) {
            if (other != nullptr && other->undeclared) {
                declare_late(*other, key, where);
                return true;
            }
            if (other != nullptr) {
                context_.error("key twice", where, "the key " + quoted_text(id) + " is declared twice");
                return true;
            }
        }
        key_ = &add_key(id, std::move(key));
        return context_.within_limits(tables_, where);
    }

    Key& add_key(std::string_view id, Key key) {
        if (key.of[of_nodes] && !key.drawing) {
            key.node_column = column(true, key.name, std::string(id), key.type);
        }
        if (key.of[of_edges] && !key.drawing) {
            key.edge_column = column(false, key.name, std::string(id), key.type);
        }
        Key& kept = all_keys_.emplace_back(std::move(key));
        for (std::size_t d = 0; d < domains; ++d) {
            if (kept.of[d]) {
                keys_[d].emplace(std::string(id), &kept);
            }
        }
        return kept;
    }

    [[nodiscard]] Key* key_of(Domain domain, std::string_view id) const {
        const auto found = keys_[domain].find(id);
        return found == keys_[domain].end() ? nullptr : found->second;
    }

    /// A <key> behind the first <data> that names it.
    void declare_late(Key& key, const Key& declared, Place where) {
        key.undeclared = false;
        key.of[of_graphs] = key.of[of_graphs] || declared.of[of_graphs];
        if (key.of[of_nodes] && declared.of[of_nodes]) {
            tables_.set_type(true, key.node_column, declared.type);
        }
        if (key.of[of_edges] && declared.of[of_edges]) {
            tables_.set_type(false, key.edge_column, declared.type);
        }
        context_.warn("key late", where, "a <key> stands behind the first <data> that names it");
        key_ = &key;
    }

    /// A column of its own for every key, also when two have one name.
    std::uint32_t column(bool node, const std::string& name, const std::string& id, ValueType type) {
        auto& used = node ? node_names_ : edge_names_;
        const std::string own = used.insert(name).second ? name : name + " (" + id + ")";
        used.insert(own);
        return node ? tables_.node_column(own, type) : tables_.edge_column(own, type);
    }

    void open_graph(const XmlAttributes& a, Place where) {
        const bool outermost = graphs_.empty() && skipping_ == 0;
        if (outermost) {
            ++graphs_seen_;
            graph_ids_.emplace_back(a["id"]);
            const bool chosen =
                options_.graph.empty() ? graphs_seen_ == 1 : a["id"] == options_.graph && !found_;
            found_ = found_ || chosen;
            if (!chosen) {
                if (++skipped_graphs_ == 1) {
                    skipped_where_ = where;
                }
                ++skipping_;
                return;
            }
        } else if (skipping_ > 0) {
            ++skipping_;
            return;
        }
        const std::string_view direction = a["edgedefault"];
        if (direction != "directed" && direction != "undirected") {
            context_.warn("edgedefault", where,
                          "a <graph> says edgedefault=\"directed\" or \"undirected\"; taken as undirected");
        }
        graphs_.push_back(direction == "directed");
    }

    void open_node(bool node, const XmlAttributes& a, Place where) {
        push(node ? Pending::node : Pending::hyperedge, where).id = tables_.keep(a["id"]);
        if (node && a["id"].empty()) {
            context_.error("node id", where, "a <node> without an id");
        }
    }

    void open_endpoint(const XmlAttributes& a, Place where) {
        if (a["node"].empty()) {
            context_.error("endpoint", where, "an <endpoint> without a node");
        } else {
            element().members.push_back(tables_.name_copied(a["node"]));
        }
    }

    void open_edge(const XmlAttributes& a, Place where) {
        Pending& edge = push(Pending::edge, where);
        edge.id = tables_.keep(a["id"]);
        const std::string_view directed = a["directed"];
        if (!directed.empty()) {
            edge.directed = directed == "true" || directed == "1";
            if (!edge.directed && directed != "false" && directed != "0") {
                context_.warn("edge directed", where,
                              "an edge says directed=\"true\" or \"false\", not " + quoted_text(directed) +
                                  "; taken as undirected");
            }
        }
        if (a["source"].empty() || a["target"].empty()) {
            edge.complete = false;
            context_.error("edge end", where,
                           std::string("an <edge> without a ") + (a["source"].empty() ? "source" : "target"));
            return;
        }
        edge.source = tables_.end_copied(a["source"]);
        edge.target = tables_.end_copied(a["target"]);
    }

    void take_data(std::string_view text) {
        const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
        if (!speaks_of_element()) {
            if (path_.back() == Element::graph || path_.back() == Element::graphml) {
                take_graph_data(text, blank);
            } else if (path_.back() != Element::port && path_.back() != Element::unknown) {
                context_.warn("data place", data_where_, "this <data> belongs to nothing; left out");
            }
            return;  // of ports: said
        }
        const bool node = element().kind == Pending::node;
        Key* key = key_of(node ? of_nodes : of_edges, data_key_);
        if (key == nullptr && declared_elsewhere()) {
            if (!blank || holds_elements_) {
                context_.warn("domain " + std::string(data_key_), data_where_,
                              "the key " + quoted_text(data_key_) + " is not declared for " +
                                  (node ? "nodes" : "edges") + "; left out");
            }
            return;
        }
        if (key == nullptr) {
            context_.warn(
                "undeclared " + std::string(data_key_), data_where_,
                "no <key> declares " + quoted_text(data_key_) + "; kept as a text attribute of that name");
            Key fresh;
            fresh.name = std::string(data_key_);
            fresh.of = {true, true, false, false};
            fresh.undeclared = true;
            key = &add_key(data_key_, std::move(fresh));
        }
        if (key->drawing) {
            context_.note("drawn", data_where_,
                          "shapes, colours and positions (yEd) have no place in a dataset; left out");
            return;
        }
        if (holds_elements_) {
            context_.warn("elements in data", data_where_,
                          "elements in <data> are not read, the text beside them alone");
            if (blank) {
                return;
            }
        }
        const std::uint32_t column = node ? key->node_column : key->edge_column;
        check_value((node ? tables_.node_columns() : tables_.edge_columns())[column], text, data_where_,
                    context_);
        if (!takes_value(column)) {
            context_.warn(
                "data twice", data_where_,
                "the key " + quoted_text(data_key_) + " is given twice for one element; the first is kept");
            return;
        }
        element().values.push_back({tables_.keep(text), column, data_where_.line, data_where_.column});
    }

    [[nodiscard]] bool declared_elsewhere() const {
        return std::any_of(keys_.begin(), keys_.end(),
                           [this](const auto& keys) { return keys.find(data_key_) != keys.end(); });
    }

    /// What stands in the graph itself or in the file.
    void take_graph_data(std::string_view text, bool blank) {
        const Key* const key = key_of(of_graphs, data_key_);
        const std::string_view name =
            key == nullptr ? std::string_view(data_key_) : std::string_view(key->name);
        if (open_ == 0 && key != nullptr && name == "generator") {
            tables_.exact_names = text.rfind("maillage", 0) == 0;
        } else if (open_ == 0 && key != nullptr && tables_.title.empty() &&
                   (name == "title" || name == "name" || name == "label")) {
            tables_.title = std::string(text);
        } else if (!blank && (key == nullptr || !key->drawing)) {
            tell_graph_data(data_where_, name);
        }
    }

    /// <desc>: of a node or an edge an attribute, of the graph its title where it has no other.
    void take_description(std::string_view text) {
        if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            return;
        }
        if (!speaks_of_element()) {
            const bool of_graph = path_.back() == Element::graph || path_.back() == Element::graphml;
            if (!of_graph) {
                context_.note("desc", data_where_,
                              "a <desc> of a key, a port or an endpoint has no place in a dataset; left out");
            } else if (open_ == 0 && description_.empty()) {
                description_ = std::string(text);
                description_where_ = data_where_;
            } else {
                tell_graph_data(data_where_, "desc");
            }
            return;
        }
        const bool node = element().kind == Pending::node;
        std::optional<std::uint32_t>& own = desc_column_[node ? 1 : 0];
        if (!own) {
            own = column(node, "desc", "<desc>", ValueType::text);
        }
        if (takes_value(*own)) {
            element().values.push_back({tables_.keep(text), *own, data_where_.line, data_where_.column});
        }
    }

    void take_label(std::string_view text) {
        Pending& pending = element();
        const bool node = pending.kind == Pending::node;
        const std::uint32_t column = node ? tables_.node_column("label", ValueType::text, true)
                                          : tables_.edge_column("label", ValueType::text, true);
        if (takes_value(column)) {
            pending.values.push_back({tables_.keep(text), column, pending.where.line, pending.where.column});
        } else if (!std::any_of(pending.values.begin(), pending.values.end(), [&](const GraphValue& v) {
                       return v.column == column && v.text.view() == text;
                   })) {
            context_.note("labels", data_where_,
                          "an element that is drawn with several labels keeps the first");
        }
    }

    void flush() {
        Pending& element = this->element();
        const bool node = element.kind == Pending::node;
        for (const Key* key : with_fallback_) {
            const std::uint32_t column = node ? key->node_column : key->edge_column;
            if (key->of[node ? of_nodes : of_edges] && !key->drawing && takes_value(column)) {
                element.values.push_back(
                    {tables_.keep(key->fallback), column, element.where.line, element.where.column});
            }
        }
        --open_;
        if (node && !element.id.empty()) {
            tables_.add_node(tables_.name(element.id), element.where, element.values);
        } else if (element.kind == Pending::edge && element.complete) {
            tables_.add_edge(element.id, element.source, element.target, element.where, element.directed,
                             element.values);
        } else if (element.kind == Pending::hyperedge) {
            tables_.add_hyperedge(element.id, element.members, element.where, false, element.values);
        }
    }

    const GraphReadOptions& options_;
    GraphTables& tables_;
    ReadContext& context_;
    std::vector<Element> path_;  ///< elements that are open
    bool wants_text_ = false, holds_elements_ = false, label_may_come_ = false;
    std::deque<Key> all_keys_;  ///< a deque keeps addresses
    std::array<std::map<std::string, Key*, std::less<>>, domains> keys_;
    std::set<std::string> node_names_, edge_names_;
    Key* key_ = nullptr;
    std::vector<bool> graphs_;  ///< open ones: whether their edges are directed
    std::size_t skipping_ = 0;
    std::size_t graphs_seen_ = 0, skipped_graphs_ = 0;
    std::vector<std::string> graph_ids_;
    Place skipped_where_;
    bool found_ = false;
    std::vector<const Key*> with_fallback_;
    std::vector<Pending> pending_;  ///< the first `open_` are open elements, the innermost last
    std::size_t open_ = 0;
    std::string data_key_, description_;
    Place data_where_, description_where_;
    std::array<std::optional<std::uint32_t>, 2> desc_column_;  ///< of edges, of nodes
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

void tell_replaced(std::size_t replaced, std::vector<LocalText>& lost) {
    if (replaced > 0) {
        lost.push_back({std::to_string(replaced) + " caractères de commande : XML n’en a pas l’usage",
                        std::to_string(replaced) + " control characters: XML cannot hold them"});
    }
}

}  // namespace

bool read_graphml(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                  ReadContext& context) {
    tables.set_source(text);
    GraphmlReader reader(options, tables, context);
    if (!parse_xml(text, context, reader)) {
        return false;
    }
    reader.finish();
    return context.errors() == 0;
}

void write_graphml(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    std::size_t replaced = 0;
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "
        "xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const auto declare = [&](std::string_view domain, char prefix, const std::vector<GraphColumn>& columns) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            // a second column of the name is that of an attribute: ours has the contract's name then
            const bool claimed =
                columns[c].native && std::any_of(columns.begin(), columns.end(), [&](const auto& o) {
                    return !o.native && o.name == columns[c].name;
                });
            text += std::string("  <key id=\"") + prefix + std::to_string(c) + "\" for=\"" +
                    std::string(domain) + "\" attr.name=\"";
            replaced += append_xml(text, claimed && columns[c].name == "label" ? "name" : columns[c].name);
            text += "\" attr.type=\"" + std::string(word_of(columns[c].type)) + "\"/>\n";
        }
    };
    text +=
        "  <key id=\"g0\" for=\"graph\" attr.name=\"generator\" attr.type=\"string\"/>\n"
        "  <key id=\"g1\" for=\"graph\" attr.name=\"title\" attr.type=\"string\"/>\n";
    declare("node", 'n', tables.node_columns());
    declare("edge", 'e', tables.edge_columns());
    text += "  <graph edgedefault=\"undirected\">\n    <data key=\"g0\">maillage</data>\n";
    if (!tables.title.empty()) {
        text += "    <data key=\"g1\">";
        replaced += append_xml(text, tables.title);
        text += "</data>\n";
    }
    const auto values = [&](std::span<const GraphValue> of, char prefix) {
        for (const GraphValue& value : of) {
            text += std::string("<data key=\"") + prefix + std::to_string(value.column) + "\">";
            replaced += append_xml(text, value.text.view());
            text += "</data>";
        }
    };
    const auto pour = [&](bool always) {
        if (always || text.size() > (1U << 16U)) {
            out << text;
            text.clear();
        }
    };
    for (std::size_t n = 0; n < tables.nodes().size(); ++n) {
        text += "    <node id=\"";
        replaced += append_xml(text, tables.name_text(tables.nodes()[n].name));
        text += "\">";
        values(tables.values_of_node(n), 'n');
        text += "</node>\n";
        pour(false);
    }
    for (std::size_t e = 0; e < tables.edges().size(); ++e) {
        const GraphEdge& edge = tables.edges()[e];
        const auto ends = tables.ends(edge);
        text += "    <edge";
        if (!edge.id.empty()) {
            text += " id=\"";
            replaced += append_xml(text, edge.id.view());
            text += '"';
        }
        text += " source=\"";
        replaced += append_xml(text, tables.name_text(ends[0]));
        text += "\" target=\"";
        replaced += append_xml(text, tables.name_text(ends[1]));
        text += edge.directed ? "\" directed=\"true\">" : "\">";
        values(tables.values_of_edge(e), 'e');
        text += "</edge>\n";
        pour(false);
    }
    text += "  </graph>\n</graphml>\n";
    pour(true);
    tell_replaced(replaced, lost);
}

}  // namespace maillage::io
