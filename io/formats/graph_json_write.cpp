#include "io/formats/format.hpp"
#include "io/json_writer.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

/// Writes the dialects of JSON graphs.
class GraphJsonWriter {
public:
    GraphJsonWriter(GraphFormat format, std::ostream& out, const GraphTables& tables,
                    std::vector<LocalText>& lost)
        : format_(format), json_(out), tables_(tables), lost_(lost) {}

    void run() {
        node_names_ = names_of(tables_.node_columns(), true);
        edge_names_ = names_of(tables_.edge_columns(), false);
        switch (format_) {
            case GraphFormat::jgf:
                write_jgf();
                break;
            case GraphFormat::graphology:
                write_graphology();
                break;
            case GraphFormat::cytoscape:
                write_cytoscape();
                break;
            case GraphFormat::cx2:
                write_cx2();
                break;
            default:
                write_node_link();
                break;
        }
    }

private:
    /// Names of the members for the columns; one that the format needs for itself gets a line behind it, which is said.
    std::vector<std::string> names_of(const std::vector<GraphColumn>& columns, bool node) {
        std::vector<std::string> names;
        const bool flat = format_ == GraphFormat::node_link || format_ == GraphFormat::cytoscape;
        const std::array<std::string_view, 5> taken = {"id", "source", "target", "key", "directed"};
        for (const GraphColumn& column : columns) {
            std::string name = column.name;
            if (column.native && name == "label" &&
                std::any_of(columns.begin(), columns.end(), [](const GraphColumn& other) {
                    return !other.native && other.name == "label";
                })) {
                name = "name";
            }
            const auto reserved = std::find(taken.begin(), taken.end(), name);
            if (flat && reserved != taken.end() && (!node || name == "id") && !column.native) {
                name += '_';
                lost_.push_back({"l’attribut « " + column.name + " » s’appelle « " + name +
                                     " », car le format réserve ce nom",
                                 "the attribute \"" + column.name + "\" is called \"" + name +
                                     "\", because the format needs that name"});
            }
            names.push_back(std::move(name));
        }
        return names;
    }

    [[nodiscard]] std::string_view id_of(std::uint32_t name) const { return tables_.name_text(name); }

    void value(const GraphColumn& column, std::string_view text) {
        if (column.type == ValueType::real || column.type == ValueType::integer ||
            column.type == ValueType::boolean) {
            json_.written(text);  // it is what JSON writes, see from_network
        } else {
            json_.value(text);
        }
    }

    void members(std::span<const GraphValue> values, bool node) {
        const auto& columns = node ? tables_.node_columns() : tables_.edge_columns();
        for (const GraphValue& v : values) {
            json_.key((node ? node_names_ : edge_names_)[v.column]);
            value(columns[v.column], v.text.view());
        }
    }

    void graph_members() {
        json_.field("generator", "maillage");
        if (!tables_.title.empty()) {
            json_.field("title", tables_.title);
        }
    }

    template <class Write>
    void each_node(Write write) {
        for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
            write(n, id_of(tables_.nodes()[n].name));
        }
    }
    template <class Write>
    void each_edge(Write write) {
        for (std::size_t e = 0; e < tables_.edges().size(); ++e) {
            const auto ends = tables_.ends(tables_.edges()[e]);
            write(e, tables_.edges()[e].id.view(), ends[0], ends[1]);
        }
    }

    void write_node_link() {
        json_.begin_object(Form::lines).field("directed", false).field("multigraph", true);
        json_.key("graph").begin_object();
        graph_members();
        json_.end_object().key("nodes").begin_array(Form::lines);
        each_node([this](std::size_t n, std::string_view id) {
            json_.begin_object().field("id", id);
            members(tables_.values_of_node(n), true);
            json_.end_object();
        });
        json_.end_array().key("links").begin_array(Form::lines);
        each_edge([this](std::size_t e, std::string_view id, std::uint32_t a, std::uint32_t b) {
            json_.begin_object().field("source", id_of(a)).field("target", id_of(b));
            if (!id.empty()) {
                json_.field("id", id);
            }
            members(tables_.values_of_edge(e), false);
            json_.end_object();
        });
        json_.end_array().end_object();
    }

    void write_graphology() {
        json_.begin_object(Form::lines).key("attributes").begin_object();
        graph_members();
        json_.end_object().key("options").begin_object().field("type", "undirected").field("multi", true);
        json_.field("allowSelfLoops", true).end_object().key("nodes").begin_array(Form::lines);
        each_node([this](std::size_t n, std::string_view id) {
            json_.begin_object().field("key", id).key("attributes").begin_object();
            members(tables_.values_of_node(n), true);
            json_.end_object().end_object();
        });
        json_.end_array().key("edges").begin_array(Form::lines);
        each_edge([this](std::size_t e, std::string_view id, std::uint32_t a, std::uint32_t b) {
            json_.begin_object();
            if (!id.empty()) {
                json_.field("key", id);
            }
            json_.field("source", id_of(a)).field("target", id_of(b)).field("undirected", true);
            json_.key("attributes").begin_object();
            members(tables_.values_of_edge(e), false);
            json_.end_object().end_object();
        });
        json_.end_array().end_object();
    }

    /// Of an element of JSON Graph Format: label and relation stand beside the metadata.
    void jgf_element(std::span<const GraphValue> values, bool node) {
        const auto& columns = node ? tables_.node_columns() : tables_.edge_columns();
        const auto beside = [&](const GraphValue& v) {
            const GraphColumn& column = columns[v.column];
            return column.native && (column.name == "label" || (!node && column.name == "kind"));
        };
        for (const GraphValue& v : values) {
            if (beside(v)) {
                json_.field(columns[v.column].name == "label" ? "label" : "relation", v.text.view());
            }
        }
        if (std::all_of(values.begin(), values.end(), beside)) {
            return;
        }
        json_.key("metadata").begin_object();
        for (const GraphValue& v : values) {
            if (!beside(v)) {
                json_.key((node ? node_names_ : edge_names_)[v.column]);
                value(columns[v.column], v.text.view());
            }
        }
        json_.end_object();
    }

    void write_jgf() {
        json_.begin_object(Form::lines).key("graph").begin_object(Form::lines).field("directed", false);
        if (!tables_.title.empty()) {
            json_.field("label", tables_.title);
        }
        json_.key("metadata").begin_object().field("generator", "maillage").end_object();
        json_.key("nodes").begin_object(Form::lines);
        each_node([this](std::size_t n, std::string_view id) {
            json_.key(id).begin_object();
            jgf_element(tables_.values_of_node(n), true);
            json_.end_object();
        });
        json_.end_object().key("edges").begin_array(Form::lines);
        each_edge([this](std::size_t e, std::string_view id, std::uint32_t a, std::uint32_t b) {
            json_.begin_object();
            if (!id.empty()) {
                json_.field("id", id);
            }
            json_.field("source", id_of(a)).field("target", id_of(b));
            jgf_element(tables_.values_of_edge(e), false);
            json_.end_object();
        });
        json_.end_array().end_object().end_object();
    }

    void write_cytoscape() {
        json_.begin_object(Form::lines).key("data").begin_object();
        graph_members();
        json_.end_object().key("elements").begin_object(Form::lines).key("nodes").begin_array(Form::lines);
        each_node([this](std::size_t n, std::string_view id) {
            json_.begin_object().key("data").begin_object().field("id", id);
            members(tables_.values_of_node(n), true);
            json_.end_object().end_object();
        });
        json_.end_array().key("edges").begin_array(Form::lines);
        each_edge([this](std::size_t e, std::string_view id, std::uint32_t a, std::uint32_t b) {
            json_.begin_object().key("data").begin_object();
            if (!id.empty()) {
                json_.field("id", id);
            }
            json_.field("source", id_of(a)).field("target", id_of(b));
            members(tables_.values_of_edge(e), false);
            json_.end_object().end_object();
        });
        json_.end_array().end_object().end_object();
    }

    void declarations(std::string_view aspect, const std::vector<GraphColumn>& columns,
                      const std::vector<std::string>& names, std::string_view id_column) {
        json_.key(aspect).begin_object();
        if (!id_column.empty()) {
            json_.key(id_column).begin_object().field("d", "string").end_object();
        }
        for (std::size_t c = 0; c < columns.size(); ++c) {
            json_.key(names[c]).begin_object();
            json_.field("d", columns[c].type == ValueType::real      ? "double"
                             : columns[c].type == ValueType::integer ? "long"
                             : columns[c].type == ValueType::boolean ? "boolean"
                                                                     : "string");
            json_.end_object();
        }
        json_.end_object();
    }

    void write_cx2() {
        json_.begin_array(Form::lines);
        json_.begin_object().field("CXVersion", "2.0").field("hasFragments", false).end_object();
        json_.begin_object().key("metaData").begin_array();
        for (const std::string_view aspect :
             {"attributeDeclarations", "networkAttributes", "nodes", "edges"}) {
            json_.begin_object().field("name", aspect);
            json_.field("elementCount",
                        static_cast<std::uint64_t>(aspect == "nodes"   ? tables_.nodes().size()
                                                   : aspect == "edges" ? tables_.edges().size()
                                                                       : 1));
            json_.end_object();
        }
        json_.end_array().end_object();
        json_.begin_object().key("attributeDeclarations").begin_array().begin_object();
        json_.key("networkAttributes").begin_object();
        json_.key("generator").begin_object().field("d", "string").end_object();
        json_.key("name").begin_object().field("d", "string").end_object().end_object();
        declarations("nodes", tables_.node_columns(), node_names_, "actor_id");
        declarations("edges", tables_.edge_columns(), edge_names_, {});
        json_.end_object().end_array().end_object();
        json_.begin_object()
            .key("networkAttributes")
            .begin_array()
            .begin_object()
            .field("generator", "maillage");
        if (!tables_.title.empty()) {
            json_.field("name", tables_.title);
        }
        json_.end_object().end_array().end_object();
        json_.begin_object().key("nodes").begin_array(Form::lines);
        std::vector<std::uint64_t> number_of(tables_.names(), 0);
        each_node([&](std::size_t n, std::string_view id) {
            number_of[tables_.nodes()[n].name] = n;
            json_.begin_object().field("id", static_cast<std::uint64_t>(n));
            json_.key("v").begin_object().field("actor_id", id);
            members(tables_.values_of_node(n), true);
            json_.end_object().end_object();
        });
        json_.end_array().end_object().begin_object().key("edges").begin_array(Form::lines);
        each_edge([&](std::size_t e, std::string_view id, std::uint32_t a, std::uint32_t b) {
            json_.begin_object().field("id", static_cast<std::uint64_t>(e));
            json_.field("s", number_of[a]).field("t", number_of[b]).key("v").begin_object();
            if (!id.empty()) {
                json_.field("partnership", id);
            }
            members(tables_.values_of_edge(e), false);
            json_.end_object().end_object();
        });
        json_.end_array().end_object();
        json_.begin_object()
            .key("status")
            .begin_array()
            .begin_object()
            .field("error", "")
            .field("success", true);
        json_.end_object().end_array().end_object().end_array();
    }

    GraphFormat format_;
    JsonWriter json_;
    const GraphTables& tables_;
    std::vector<LocalText>& lost_;
    std::vector<std::string> node_names_, edge_names_;
};

}  // namespace

void write_graph_json(GraphFormat format, std::ostream& out, const GraphTables& tables,
                      std::vector<LocalText>& lost) {
    GraphJsonWriter(format, out, tables, lost).run();
    out << '\n';
}

}  // namespace maillage::io
