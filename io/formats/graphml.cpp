#include "engine/network.hpp"

#include "io/formats/format.hpp"
#include "io/formats/xml.hpp"

#include <algorithm>
#include <map>
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
        ++depth_;
        wants_text_ = false;
        if (depth_ == 1) {
            if (name != "graphml") {
                context_.error(where, "the outermost element is <" + std::string(name) + ">, not <graphml>");
                return false;
            }
            return true;
        }
        if (name == "key") {
            return open_key(a, where);
        }
        if (name == "default" && key_ != nullptr) {
            wants_text_ = true;
            return true;
        }
        if (name == "graph") {
            open_graph(a, where);
            return true;
        }
        if (skipping_ > 0) {
            return true;
        }
        if (name == "node" && !graphs_.empty()) {
            push(Pending::node, where).id = tables_.keep(a["id"]);
            if (a["id"].empty()) {
                context_.error("node id", where, "a <node> without an id");
            }
        } else if (name == "edge" && !graphs_.empty()) {
            open_edge(a, where);
        } else if (name == "hyperedge" && !graphs_.empty()) {
            push(Pending::hyperedge, where).id = tables_.keep(a["id"]);
        } else if (name == "endpoint" && open_ > 0 && element().kind == Pending::hyperedge) {
            if (a["node"].empty()) {
                context_.error("endpoint", where, "an <endpoint> without a node");
            } else {
                element().members.push_back(tables_.name_copied(a["node"]));
            }
        } else if (name == "data") {
            data_key_ = a["key"];
            data_where_ = where;
            wants_text_ = true;
        } else {
            // yEd writes what is seen of a node in a structure of its own
            wants_text_ = (name == "NodeLabel" || name == "EdgeLabel") && open_ > 0;
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text, Place where) override {
        --depth_;
        if (name == "key") {
            key_ = nullptr;
        } else if (name == "default" && key_ != nullptr) {
            key_->fallback = std::string(text);
            if (!std::exchange(key_->has_fallback, true)) {
                with_fallback_.push_back(key_);
            }
        } else if (name == "graph") {
            skipping_ > 0 ? --skipping_ : (graphs_.pop_back(), 0U);
        } else if (skipping_ > 0) {
            return true;
        } else if (name == "data") {
            take_data(text);
        } else if ((name == "NodeLabel" || name == "EdgeLabel") && open_ > 0) {
            take_label(text);
        } else if ((name == "node" || name == "edge" || name == "hyperedge") && open_ > 0) {
            flush();
            return context_.within_limits(tables_, where);
        }
        return true;
    }

    [[nodiscard]] bool wants_text() const override { return wants_text_; }

    void finish() {
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
    struct Key {
        std::string name;
        ValueType type = ValueType::text;
        bool node = false, edge = false, graph = false;
        std::uint32_t node_column = 0, edge_column = 0;
        std::string fallback;
        bool has_fallback = false;
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
        if (keys_.count(id) != 0) {
            context_.error("key twice", where, "the key " + quoted_text(id) + " is declared twice");
            return true;
        }
        Key key;
        key.name = a["attr.name"].empty() ? id : std::string(a["attr.name"]);
        key.type = type_of(a["attr.type"]);
        const std::string_view domain = a["for"];
        key.node = domain == "node" || domain == "all" || domain.empty();
        key.edge = domain == "edge" || domain == "hyperedge" || domain == "all" || domain.empty();
        key.graph = domain == "graph" || domain == "graphml" || domain == "all" || domain.empty();
        // what a program draws is declared without a name, and is no attribute
        const bool drawing = a["attr.name"].empty() && a.has("yfiles.type");
        if (drawing) {
            key.node = key.edge = key.graph = false;
        }
        if (key.node && !drawing) {
            key.node_column = column(true, key.name, id, key.type);
        }
        if (key.edge && !drawing) {
            key.edge_column = column(false, key.name, id, key.type);
        }
        key_ = &keys_.emplace(id, std::move(key)).first->second;
        return context_.within_limits(tables_, where);
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

    void open_edge(const XmlAttributes& a, Place where) {
        Pending& edge = push(Pending::edge, where);
        edge.id = tables_.keep(a["id"]);
        const std::string_view directed = a["directed"];
        if (!directed.empty()) {
            edge.directed = directed == "true" || directed == "1";
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
        const auto found = keys_.find(data_key_);
        if (found == keys_.end() && open_ > 0) {
            context_.warn(
                "undeclared " + std::string(data_key_), data_where_,
                "no <key> declares " + quoted_text(data_key_) + "; kept as a text attribute of that name");
            Key key;
            key.name = std::string(data_key_);
            key.node = key.edge = true;
            key.node_column = column(true, key.name, key.name, ValueType::text);
            key.edge_column = column(false, key.name, key.name, ValueType::text);
            keys_.emplace(std::string(data_key_), std::move(key));
            take_data(text);
            return;
        }
        if (found == keys_.end()) {
            return;
        }
        const Key& key = found->second;
        if (open_ == 0) {
            if (key.graph && (key.name == "title" || key.name == "name" || key.name == "label")) {
                tables_.title = std::string(text);
            } else if (key.graph && key.name == "generator") {
                tables_.exact_names = text.rfind("maillage", 0) == 0;
            }
            return;
        }
        const bool node = element().kind == Pending::node;
        if (!(node ? key.node : key.edge)) {
            if (!text.empty() && text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
                context_.warn("domain " + std::string(data_key_), data_where_,
                              "the key " + quoted_text(data_key_) + " is not declared for " +
                                  (node ? "nodes" : "edges") + "; left out");
            }
            return;
        }
        const std::uint32_t column = node ? key.node_column : key.edge_column;
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

    void take_label(std::string_view text) {
        Pending& pending = element();
        const bool node = pending.kind == Pending::node;
        const std::uint32_t column = node ? tables_.node_column("label", ValueType::text, true)
                                          : tables_.edge_column("label", ValueType::text, true);
        if (takes_value(column)) {
            pending.values.push_back({tables_.keep(text), column, pending.where.line, pending.where.column});
        }
    }

    void flush() {
        Pending& element = this->element();
        const bool node = element.kind == Pending::node;
        for (const Key* key : with_fallback_) {
            const std::uint32_t column = node ? key->node_column : key->edge_column;
            if ((node ? key->node : key->edge) && takes_value(column)) {
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
    std::size_t depth_ = 0;
    bool wants_text_ = false;
    std::map<std::string, Key> keys_;
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
    std::string data_key_;
    Place data_where_;
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
