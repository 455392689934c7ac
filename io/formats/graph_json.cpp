#include "engine/ascii.hpp"
#include "engine/network.hpp"

#include "io/formats/format.hpp"
#include "io/formats/json_scanner.hpp"
#include "io/json_keys.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace maillage::io {
namespace {

using Token = JsonScanner::Token;

/// JSON Graph Format, node-link (NetworkX, D3), graphology, Cytoscape.js and CX2, told apart as they come.
class GraphJsonReader {
public:
    GraphJsonReader(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                    ReadContext& context)
        : options_(options), tables_(tables), context_(context), scan_(text, context) {}

    bool run() {
        const Token first = scan_.next();
        if (first == Token::object_begin) {
            read_top();
        } else if (first == Token::array_begin) {
            read_top_list();
        } else if (first != Token::error) {
            context_.error({1, 1}, "this JSON holds no graph: a graph is an object with nodes and edges");
            return false;
        }
        if (!scan_.failed() && !stopped_ && scan_.next() != Token::end) {
            return false;
        }
        if (!scan_.failed() && !stopped_) {
            finish();
        }
        return !scan_.failed() && !stopped_ && context_.errors() == 0;
    }

private:
    enum class Part : std::uint8_t { node, edge, hyperedge };

    /// What is read of one node or edge.
    struct Element {
        Part part = Part::node;
        Place where;
        GraphText id, key;
        bool has_id = false, has_key = false;
        std::optional<GraphEnd> source, target;
        std::vector<std::uint32_t> members;
        std::optional<bool> directed;
        Place key_place;
    };

    void error(const std::string& message) { context_.error(message, scan_.place(), message); }

    GraphText kept() { return scan_.is_view() ? GraphText(scan_.text()) : tables_.keep(scan_.text()); }

    /// Reads the members of the object that is open; `take` reads one value, or leaves it to be passed over.
    template <class Take>
    void members(Take take) {
        JsonKeys keys;
        while (scan_.next_key()) {
            const std::string_view key = kept().view();
            if (!keys.add(key)) {
                context_.error("key twice", scan_.place(),
                               "the key " + quoted_text(key) + " is given twice in one object");
            }
            take(key);
            if (stopped_) {
                return;
            }
        }
    }

    /// An id: a text, or a number as written.
    std::optional<GraphText> id_value(std::string_view what) {
        const Token token = scan_.next();
        if (token == Token::text || token == Token::number) {
            return kept();
        }
        if (token == Token::error) {
            return std::nullopt;
        }
        error(std::string(what) + " must be a text or a number");
        scan_.skip_rest(token);
        return std::nullopt;
    }

    bool truth_value(std::string_view what, bool otherwise) {
        const Token token = scan_.next();
        if (token == Token::truth) {
            return scan_.truth();
        }
        if (token != Token::error && token != Token::null) {
            error(std::string(what) + " must be true or false");
            scan_.skip_rest(token);
        }
        return otherwise;
    }

    /// A value of an attribute as one text.
    GraphText attribute_value() {
        const Token token = scan_.next();
        const std::size_t from = scan_.begin();
        switch (token) {
            case Token::text:
            case Token::number:
                return kept();
            case Token::truth:
                return scan_.truth() ? GraphText("true") : GraphText("false");
            case Token::array_begin:
                return list_value(from);
            case Token::object_begin: {
                const Place where = scan_.place();
                scan_.skip_rest(token);
                context_.note("object", where, "an object inside an attribute is kept as its JSON text");
                return scan_.failed() ? GraphText()
                                      : GraphText(scan_.whole().substr(from, scan_.begin() + 1 - from));
            }
            default:
                return {};
        }
    }

    /// Items joined by bars; a list of lists stays JSON.
    GraphText list_value(std::size_t from) {
        std::string joined;
        bool nested = false;
        for (Token token = scan_.next(); token != Token::array_end && token != Token::error;
             token = scan_.next()) {
            if (token == Token::object_begin || token == Token::array_begin) {
                nested = true;
                scan_.skip_rest(token);
            } else if (token != Token::null) {
                std::string item(token == Token::truth ? (scan_.truth() ? "true" : "false") : scan_.text());
                if (item.find('|') != std::string::npos) {
                    context_.warn("bar", scan_.place(),
                                  "a | inside an item of a list separates items; read as /");
                    std::replace(item.begin(), item.end(), '|', '/');
                }
                joined += joined.empty() ? item : '|' + item;
            }
        }
        if (scan_.failed()) {
            return {};
        }
        if (nested) {
            return scan_.whole().substr(from, scan_.begin() + 1 - from);
        }
        return tables_.keep(joined);
    }

    void attribute(Element& element, std::string_view name, bool native = false) {
        Place where = scan_.place();
        const GraphText value = attribute_value();
        const bool node = element.part == Part::node;
        const std::uint32_t column = find_column(node, name, native);
        values_.push_back({value, column, where.line, where.column});
    }

    /// As the tables' own, remembering which column a name had: the same names come again and again.
    std::uint32_t find_column(bool node, std::string_view name, bool native) {
        auto& known = columns_[(node ? 0U : 1U) + (native ? 2U : 0U)];
        const auto found = known.find(name);
        if (found != known.end()) {
            return found->second;
        }
        const std::uint32_t column = node ? tables_.node_column(name, ValueType::text, native)
                                          : tables_.edge_column(name, ValueType::text, native);
        known.emplace(name, column);
        return column;
    }

    /// Whether an edge has a direction: also as the text or number that some programs write. In data, which Cytoscape leaves to
    /// its users, anything else is an attribute.
    void direction(Element& element, std::string key, bool inside_data) {
        const Place where = scan_.place();
        const GraphText value = attribute_value();
        const std::string word = lower_ascii(value.view());
        if (word == "true" || word == "1" || word == "false" || word == "0") {
            element.directed = (word == "true" || word == "1") == (key == "directed");
        } else if (inside_data) {
            values_.push_back({value, find_column(false, key, false), where.line, where.column});
        } else if (!word.empty()) {
            const std::string message = '"' + std::move(key) + "\" must be true or false";
            context_.error(message, where, message);
        }
    }

    /// The attributes of an element that stand in an object of their own.
    void attributes_of(Element& element, std::string_view key) {
        const Token token = scan_.next();
        if (token == Token::object_begin) {
            members([&](std::string_view name) {
                if (key == "data") {
                    member_of(element, name, true);
                } else {
                    attribute(element, name);
                }
            });
        } else if (token != Token::null && token != Token::error) {
            error('"' + std::string(key) + "\" must be an object of attributes");
            scan_.skip_rest(token);
        }
    }

    void ends_of(std::vector<std::uint32_t>& members_out, std::string_view what) {
        const Token token = scan_.next();
        if (token != Token::array_begin) {
            if (token != Token::error) {
                error(std::string(what) + " of a hyperedge must be a list of node ids");
                scan_.skip_rest(token);
            }
            return;
        }
        for (Token item = scan_.next(); item != Token::array_end && item != Token::error;
             item = scan_.next()) {
            if (item == Token::text || item == Token::number) {
                members_out.push_back(tables_.name(kept()));
            } else {
                error("a member of a hyperedge must be the id of a node");
                scan_.skip_rest(item);
            }
        }
    }

    /// One member of a node or an edge, whatever the dialect.
    void member_of(Element& element, std::string_view key, bool inside_data = false) {
        const bool edge = element.part != Part::node;
        if (key == "id" || key == "@id") {
            if (const auto id = id_value("an id")) {
                element.id = cx_ && edge ? GraphText() : *id;  // a number that CX2 asks for
                element.has_id = true;
            }
        } else if (key == "key" && !inside_data) {
            element.key_place = scan_.place();
            element.key = attribute_value();
            element.has_key = true;
        } else if (element.part == Part::edge &&
                   (key == "source" || key == "target" || key == "s" || key == "t") &&
                   (key.size() > 1 || cx_)) {
            if (const auto id = id_value(key[0] == 's' ? "the source of an edge" : "the target of an edge")) {
                (key[0] == 's' ? element.source : element.target) = tables_.end(*id);
            }
        } else if (element.part == Part::hyperedge &&
                   (key == "nodes" || key == "source" || key == "target")) {
            ends_of(element.members, key);
        } else if (edge && (key == "directed" || key == "undirected")) {
            direction(element, std::string(key), inside_data);
        } else if (key == "label") {
            attribute(element, "label", true);
        } else if (edge && key == "relation" && jgf_) {
            attribute(element, "kind", true);
        } else if (key == "metadata" || key == "attributes" || key == "data" || (cx_ && key == "v")) {
            attributes_of(element, key);
        } else if (cx_ || (elements_ && !inside_data)) {
            scan_.skip_value();
            context_.note("drawn", element.where,
                          "positions and styles have no place in a dataset; left out");
        } else {
            attribute(element, key);
        }
    }

    void read_element(Part part, Token first, GraphText known_id = {}, bool has_known_id = false) {
        Element element;
        element.part = part;
        element.where = scan_.place();
        element.id = known_id;
        element.has_id = has_known_id;
        values_.clear();
        if (first == Token::object_begin) {
            members([&](std::string_view key) { member_of(element, key); });
        } else if (first != Token::error) {
            error(part == Part::node ? "a node must be an object" : "an edge must be an object");
            scan_.skip_rest(first);
            return;
        }
        if (!scan_.failed()) {
            part == Part::node ? add_node(element) : add_edge(element);
            stopped_ = stopped_ || !context_.within_limits(tables_, element.where);
        }
    }

    void add_node(Element& element) {
        if (element.has_key) {
            if (element.has_id) {
                values_.push_back({element.key, find_column(true, "key", false), element.key_place.line,
                                   element.key_place.column});
            } else {
                element.id = element.key;
                element.has_id = true;
                graphology_ = true;
            }
        }
        if (!element.has_id) {
            ++nodes_without_id_;
            if (nodes_without_id_ == 1) {
                first_without_id_ = element.where;
            }
            element.id = tables_.keep(std::to_string(node_count_));  // D3's links say the position
        }
        ++node_count_;
        apply_defaults(true);
        tables_.add_node(tables_.name(element.id), element.where, values_);
    }

    void add_edge(Element& element) {
        if (element.has_key) {
            if (element.has_id || !graphology_) {
                values_.push_back({element.key, find_column(false, "key", false), element.key_place.line,
                                   element.key_place.column});
            } else {
                element.id = element.key;
            }
        }
        apply_defaults(false);
        const bool directed = element.directed.value_or(directed_ || (graphology_ && !undirected_));
        if (element.part == Part::hyperedge) {
            tables_.add_hyperedge(element.id, element.members, element.where, directed, values_);
        } else if (!element.source || !element.target) {
            context_.error("edge end", element.where,
                           std::string("an edge without a ") + (element.source ? "target" : "source"));
        } else {
            tables_.add_edge(element.id, *element.source, *element.target, element.where, directed, values_);
        }
    }

    void read_list(Part part, std::string_view what, bool keyed_allowed) {
        const Token token = scan_.next();
        if (token == Token::object_begin && keyed_allowed) {
            while (scan_.next_key()) {
                const GraphText id = kept();
                const Token first = scan_.next();
                read_element(part, first, id, true);
                if (stopped_) {
                    return;
                }
            }
            return;
        }
        if (token != Token::array_begin) {
            if (token != Token::error && token != Token::null) {
                error('"' + std::string(what) + "\" must be a list" +
                      (keyed_allowed ? " or an object by id" : ""));
                scan_.skip_rest(token);
            }
            return;
        }
        for (Token item = scan_.next(); item != Token::array_end && item != Token::error;
             item = scan_.next()) {
            read_element(part, item);
            if (stopped_) {
                return;
            }
        }
    }

    /// Attributes of the graph: a title, and who wrote it.
    void graph_attribute(std::string_view key) {
        const Token token = scan_.next();
        if (token == Token::text && (key == "title" || key == "name" || key == "label") &&
            tables_.title.empty()) {
            tables_.title = std::string(scan_.text());
        } else if (token == Token::text && key == "generator") {
            tables_.exact_names = scan_.text().rfind("maillage", 0) == 0;
        } else {
            scan_.skip_rest(token);
        }
    }

    void graph_attributes() {
        const Token token = scan_.next();
        if (token == Token::object_begin) {
            members([this](std::string_view key) { graph_attribute(key); });
        } else {
            scan_.skip_rest(token);
        }
    }

    void edges_member(std::string_view key) {
        const Place where = scan_.place();
        if (key == "links" || key == "edges") {
            if (!edges_key_.empty() && edges_key_ != key) {
                context_.error(where, "both \"edges\" and \"links\" are given; which of them are the edges?");
            }
            edges_key_ = key;
        }
        read_list(key == "hyperedges" ? Part::hyperedge : Part::edge, key, false);
    }

    /// The members that a graph has in any dialect; false for another.
    bool graph_member(std::string_view key, bool keyed_nodes) {
        if (key == "nodes") {
            has_graph_ = true;
            read_list(Part::node, key, keyed_nodes);
        } else if (key == "edges" || key == "links" || key == "hyperedges") {
            has_graph_ = true;
            edges_member(key);
        } else if (key == "directed") {
            directed_ = truth_value("\"directed\"", false);
        } else if (key == "multigraph") {
            truth_value("\"multigraph\"", false);
        } else {
            return false;
        }
        return true;
    }

    /// "graph": a graph of JSON Graph Format, or attributes of a graph (node-link).
    void read_graph_object() {
        jgf_ = true;
        members([this](std::string_view key) {
            if (graph_member(key, true)) {
                jgf_seen_ = true;
                return;
            }
            key == "metadata" || key == "attributes" ? graph_attributes() : graph_attribute(key);
        });
        jgf_ = false;
    }

    void read_graph_list() {
        if (scan_.next() != Token::array_begin) {
            error("\"graphs\" must be a list of graphs");
            stopped_ = true;
            return;
        }
        has_graph_ = true;
        std::vector<std::string> ids;
        bool found = false;
        std::size_t others = 0;
        for (Token item = scan_.next(); item != Token::array_end && item != Token::error;
             item = scan_.next()) {
            if (item != Token::object_begin) {
                error("a graph must be an object");
                scan_.skip_rest(item);
                continue;
            }
            const std::string id = options_.graph.empty() ? std::string() : id_ahead();
            ids.push_back(id);
            if (!found && id == options_.graph) {
                found = true;
                read_graph_object();
            } else {
                others += 1;
                skipped_ = scan_.place();
                scan_.skip_rest(item);
            }
            if (stopped_) {
                return;
            }
        }
        if (!options_.graph.empty() && !found) {
            error("there is no graph \"" + options_.graph + "\"" + suggestion(options_.graph, ids));
        } else if (others > 0) {
            context_.warn(
                "graphs", skipped_,
                "the file holds " + std::to_string(others + 1) +
                    " graphs and one is read; the others are left out (\"graph\" of --map chooses)");
        }
    }

    /// What `look` finds with a scanner of its own that begins at the object that was just opened. What is wrong there is
    /// said when it is read.
    template <class Look>
    auto look_ahead(Look look) const {
        std::vector<Diagnostic> ignored;
        const std::string name = "ahead";
        ReadContext context(name, ignored, context_.limits());
        JsonScanner ahead(scan_.whole().substr(scan_.begin()), context);
        return look(ahead);
    }

    /// The id of the graph whose object was just opened, wherever it stands in it.
    std::string id_ahead() const {
        return look_ahead([](JsonScanner& ahead) -> std::string {
            if (ahead.next() == Token::object_begin) {
                while (ahead.next_key()) {
                    if (ahead.text() == "id") {
                        return ahead.next() == Token::text ? std::string(ahead.text()) : std::string();
                    }
                    ahead.skip_value();
                }
            }
            return {};
        });
    }

    void read_elements() {
        elements_ = has_graph_ = true;
        const Token token = scan_.next();
        if (token == Token::object_begin) {
            members([this](std::string_view key) {
                if (key == "nodes" || key == "edges") {
                    read_list(key == "nodes" ? Part::node : Part::edge, key, false);
                } else {
                    scan_.skip_value();
                }
            });
        } else if (token == Token::array_begin) {
            read_element_list(scan_.next());
        } else if (token != Token::error) {
            error("\"elements\" must be an object with nodes and edges, or a list");
            scan_.skip_rest(token);
        }
    }

    /// Nodes and edges in one list, whose first token was read: those with a source are edges.
    void read_element_list(Token item) {
        for (; item != Token::array_end && item != Token::error; item = scan_.next()) {
            read_element(is_edge_ahead() ? Part::edge : Part::node, item);
            if (stopped_) {
                return;
            }
        }
    }

    /// Whether the object that was just opened is an element of Cytoscape.js: it has data, or says its group.
    bool is_element_ahead() const {
        return look_ahead([](JsonScanner& ahead) {
            if (ahead.next() == Token::object_begin) {
                while (ahead.next_key()) {
                    const std::string key(ahead.text());
                    const Token token = ahead.next();
                    if ((key == "data" && token == Token::object_begin) ||
                        (key == "group" && token == Token::text &&
                         (ahead.text() == "nodes" || ahead.text() == "edges"))) {
                        return true;
                    }
                    ahead.skip_rest(token);
                }
            }
            return false;
        });
    }

    bool is_edge_ahead() const {
        return look_ahead([](JsonScanner& ahead) {
            if (ahead.next() != Token::object_begin) {
                return false;
            }
            while (ahead.next_key()) {
                if (ahead.text() == "group") {
                    return ahead.next() == Token::text && ahead.text() == "edges";
                }
                if (ahead.text() != "data") {
                    ahead.skip_value();
                } else if (ahead.next() == Token::object_begin) {
                    while (ahead.next_key()) {
                        if (ahead.text() == "source") {
                            return true;
                        }
                        ahead.skip_value();
                    }
                    return false;
                }
            }
            return false;
        });
    }

    void read_top() {
        members([this](std::string_view key) {
            if (key == "graph") {
                const Token token = scan_.next();
                token == Token::object_begin ? read_graph_object() : scan_.skip_rest(token);
            } else if (key == "graphs") {
                read_graph_list();
            } else if (key == "elements") {
                read_elements();
            } else if (key == "attributes" || key == "data") {
                graph_attributes();
            } else if (key == "options") {
                read_options();
            } else if (!graph_member(key, false)) {
                const std::string shown(key);
                context_.note("member " + shown, scan_.place(),
                              "\"" + shown + "\" is no part of a graph; not read");
                scan_.skip_value();
            }
        });
        if (!scan_.failed() && !stopped_ && !has_graph_) {
            context_.error(
                {1, 1},
                "this JSON holds no graph: expected \"nodes\" with \"edges\" or \"links\", \"graph\" (JSON "
                "Graph Format), \"elements\" (Cytoscape), or a dataset with \"actors\"");
        }
    }

    void read_options() {
        graphology_ = true;
        const Token token = scan_.next();
        if (token != Token::object_begin) {
            scan_.skip_rest(token);
            return;
        }
        members([this](std::string_view key) {
            const Token value = scan_.next();
            if (key == "type" && value == Token::text) {
                undirected_ = scan_.text() == "undirected";
            }
            scan_.skip_rest(value);
        });
    }

    // CX2: a list of aspects

    struct Declared {
        std::string name;
        std::string fallback;
        std::uint32_t column = 0;
    };

    /// A list: CX2, or the elements of Cytoscape.js without anything around them.
    void read_top_list() {
        const Token first = scan_.next();
        if (first == Token::object_begin && is_element_ahead()) {
            elements_ = has_graph_ = true;
            read_element_list(first);
        } else {
            read_cx(first);
        }
    }

    void read_cx(Token first) {
        cx_ = true;
        bool version = false;
        for (Token item = first; item != Token::array_end && item != Token::error; item = scan_.next()) {
            if (item != Token::object_begin) {
                error("a JSON list that is a network is CX2, and holds objects only");
                stopped_ = true;
                return;
            }
            members([&](std::string_view aspect) {
                if (aspect == "CXVersion") {
                    version = true;
                    if (scan_.next() != Token::text || scan_.text().rfind('2', 0) != 0) {
                        error("CX of another version than 2; Cytoscape and NDEx save as CX2");
                        stopped_ = true;
                    }
                } else if (aspect == "attributeDeclarations") {
                    read_declarations();
                } else if (aspect == "nodes" || aspect == "edges") {
                    has_graph_ = true;
                    read_list(aspect == "nodes" ? Part::node : Part::edge, aspect, false);
                } else if (aspect == "networkAttributes") {
                    if (scan_.next() == Token::array_begin) {
                        for (Token t = scan_.next(); t != Token::array_end && t != Token::error;
                             t = scan_.next()) {
                            if (t == Token::object_begin) {
                                members([this](std::string_view key) { graph_attribute(key); });
                            }
                        }
                    }
                } else if (aspect == "nodeAttributes" || aspect == "numberVerification") {
                    error("this is CX of version 1; Cytoscape and NDEx save as CX2");
                    stopped_ = true;
                } else {
                    scan_.skip_value();
                }
            });
            if (stopped_) {
                return;
            }
        }
        if (!scan_.failed() && !version) {
            context_.error(
                {1, 1},
                "this JSON list holds no graph: CX2 begins with {\"CXVersion\": \"2.0\"}, and a list of "
                "Cytoscape.js with {\"data\": {\"id\": …}}");
            stopped_ = true;
        }
        tables_.ids_are_numbers = true;
    }

    void read_declarations() {
        const Token list = scan_.next();
        if (list != Token::array_begin) {
            scan_.skip_rest(list);
            return;
        }
        for (Token item = scan_.next(); item != Token::array_end && item != Token::error;
             item = scan_.next()) {
            if (item != Token::object_begin) {
                scan_.skip_rest(item);
                continue;
            }
            members([this](std::string_view aspect) {
                const Token token = scan_.next();
                if (token != Token::object_begin || (aspect != "nodes" && aspect != "edges")) {
                    scan_.skip_rest(token);
                    return;
                }
                const bool node = aspect == "nodes";
                members([&](std::string_view name) { read_declaration(node, name); });
            });
        }
    }

    void read_declaration(bool node, std::string_view name) {
        const Token token = scan_.next();
        Declared declared;
        declared.name = name;
        std::string alias(name);
        ValueType type = ValueType::text;
        if (token == Token::object_begin) {
            members([&](std::string_view key) {
                if (key == "a") {
                    const Token value = scan_.next();
                    alias = value == Token::text ? std::string(scan_.text()) : alias;
                    scan_.skip_rest(value);
                } else if (key == "v") {
                    declared.fallback = std::string(attribute_value().view());
                } else if (key == "d") {
                    const Token value = scan_.next();
                    const std::string_view word = value == Token::text ? scan_.text() : std::string_view();
                    type = word == "boolean"                     ? ValueType::boolean
                           : word == "integer" || word == "long" ? ValueType::integer
                           : word == "double"                    ? ValueType::real
                                                                 : ValueType::text;
                    scan_.skip_rest(value);
                } else {
                    scan_.skip_value();
                }
            });
        } else {
            scan_.skip_rest(token);
        }
        declared.column = node ? tables_.node_column(name, type) : tables_.edge_column(name, type);
        columns_[node ? 0 : 1].insert_or_assign(std::move(alias), declared.column);
        declared_[node ? 0 : 1].push_back(std::move(declared));
    }

    void apply_defaults(bool node) {
        for (const Declared& declared : declared_[node ? 0 : 1]) {
            if (!declared.fallback.empty() &&
                std::none_of(values_.begin(), values_.end(),
                             [&](const GraphValue& v) { return v.column == declared.column; })) {
                values_.push_back({tables_.keep(declared.fallback), declared.column, 0, 0});
            }
        }
    }

    [[nodiscard]] std::string_view dialect() const noexcept {
        return cx_           ? "CX2 (Cytoscape, NDEx)"
               : elements_   ? "Cytoscape.js JSON"
               : graphology_ ? "graphology JSON"
               : jgf_seen_   ? "JSON Graph Format"
                             : "node-link JSON (NetworkX, D3)";
    }

    void finish() {
        tables_.dialect = dialect();
        if (nodes_without_id_ > 0 && nodes_without_id_ < node_count_) {
            context_.error(first_without_id_, "a node without an id, where others have one");
        }
    }

    const GraphReadOptions& options_;
    GraphTables& tables_;
    ReadContext& context_;
    JsonScanner scan_;
    bool stopped_ = false, has_graph_ = false, jgf_ = false, cx_ = false, elements_ = false;
    bool directed_ = false, graphology_ = false, undirected_ = false, jgf_seen_ = false;
    std::string edges_key_;
    std::vector<GraphValue> values_;
    std::map<std::string, std::uint32_t, std::less<>> columns_[4];
    std::vector<Declared> declared_[2];
    std::size_t node_count_ = 0, nodes_without_id_ = 0;
    Place first_without_id_, skipped_;
};

}  // namespace

bool read_graph_json(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                     ReadContext& context) {
    tables.set_source(text);
    return GraphJsonReader(text, options, tables, context).run();
}

}  // namespace maillage::io
