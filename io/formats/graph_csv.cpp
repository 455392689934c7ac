#include "io/formats/graph_csv.hpp"

#include "io/csv_text.hpp"
#include "io/formats/format.hpp"
#include "io/name_key.hpp"
#include "io/tables.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names source_keys[] = {"source",   "from",   "a",   "de",    "start", "startid",
                                 "sourceid", "fromid", "src", "node1", "id1"};
constexpr Names target_keys[] = {"target",   "to",   "b",   "vers",  "end", "endid",
                                 "targetid", "toid", "dst", "node2", "id2"};
constexpr Names id_keys[] = {"id", "nodeid", "identifiant", "code", "key"};
constexpr Names label_keys[] = {"label", "name", "nom"};

/// What the name of a column says: for neo4j-admin also its type, as in `born:int` or `:ID(Person)`.
struct Column {
    enum class Role : std::uint8_t {
        attribute,
        id,
        label,
        kind,
        source,
        target,
        weight,
        direction,
        time,
        ignored
    };
    Role role = Role::attribute;
    std::string name;
    ValueType type = ValueType::text;
    std::string neo4j;  ///< "ID", "LABEL", "START_ID", …
    std::string group;  ///< of an id, and of one that an edge names: "Movie-ID"
};

template <std::size_t N>
bool is_one_of(const Names (&names)[N], std::string_view key) noexcept {
    return std::find(std::begin(names), std::end(names), key) != std::end(names);
}

bool means(Table table, std::string_view column, std::string_view key) {
    for (const ColumnSpec& spec : spec_of(table).columns) {
        if (spec.name == column) {
            return column_key(spec.name) == key ||
                   std::any_of(spec.synonyms.begin(), spec.synonyms.end(),
                               [key](std::string_view synonym) { return column_key(synonym) == key; });
        }
    }
    return false;
}

std::string upper_ascii(std::string_view text) {
    std::string word(text);
    for (char& c : word) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return word;
}

/// `name:TYPE(group)` of neo4j-admin; without a type it is a plain name.
Column neo4j_column(std::string_view text) {
    Column column;
    column.name = std::string(text);
    // movieId:ID(Movie-ID){label:Movie}: what stands behind the type may have colons of its own
    std::string_view bare = text;
    std::string_view group;
    if (!bare.empty() && bare.back() == '}' && bare.rfind('{') != std::string_view::npos) {
        bare = bare.substr(0, bare.rfind('{'));
    }
    if (!bare.empty() && bare.back() == ')' && bare.rfind('(') != std::string_view::npos) {
        group = bare.substr(bare.rfind('(') + 1, bare.size() - bare.rfind('(') - 2);
        bare = bare.substr(0, bare.rfind('('));
    }
    const auto colon = bare.rfind(':');
    if (colon == std::string_view::npos) {
        return column;
    }
    const std::string word = upper_ascii(trimmed(bare.substr(colon + 1)));
    constexpr std::array<Names, 6> roles = {"ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"};
    constexpr std::array<Names, 17> types = {
        "INT",   "LONG", "FLOAT",     "DOUBLE", "BOOLEAN",       "BYTE",     "SHORT",    "CHAR",  "STRING",
        "POINT", "DATE", "LOCALTIME", "TIME",   "LOCALDATETIME", "DATETIME", "DURATION", "VECTOR"};
    const bool list = word.size() > 2 && word.substr(word.size() - 2) == "[]";
    const std::string base = list ? word.substr(0, word.size() - 2) : word;
    if (std::find(roles.begin(), roles.end(), word) != roles.end()) {
        column.neo4j = word;
        column.name = std::string(bare.substr(0, colon));
        column.group = std::string(group);
    } else if (std::find(types.begin(), types.end(), base) != types.end()) {
        column.neo4j = "PROPERTY";
        column.name = std::string(bare.substr(0, colon));
        column.type = list ? ValueType::list
                      : base == "INT" || base == "LONG" || base == "SHORT" || base == "BYTE"
                          ? ValueType::integer
                      : base == "FLOAT" || base == "DOUBLE" ? ValueType::real
                      : base == "BOOLEAN"                   ? ValueType::boolean
                                                            : ValueType::text;
    }
    return column;
}

std::vector<Column> columns_of(const std::vector<CsvField>& header) {
    std::vector<Column> columns;
    columns.reserve(header.size());
    for (const CsvField& field : header) {
        columns.push_back(neo4j_column(trimmed(field.text)));
    }
    return columns;
}

bool is_source(const Column& c, std::string_view key) {
    return c.neo4j == "START_ID" ||
           (c.neo4j.empty() && (is_one_of(source_keys, key) || means(Table::partnerships, "a", key)));
}
bool is_target(const Column& c, std::string_view key) {
    return c.neo4j == "END_ID" ||
           (c.neo4j.empty() && (is_one_of(target_keys, key) || means(Table::partnerships, "b", key)));
}

/// The first of two columns that are the ends, with equal rank in the lists: start and end are dates where there are
/// better ones.
template <class Is>
std::size_t best(const std::vector<Column>& columns, const std::vector<std::string>& keys, Is is,
                 Names last_resort) {
    std::size_t found = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (is(columns[i], keys[i]) && (found == columns.size() || keys[found] == last_resort)) {
            found = i;
        }
    }
    return found;
}

struct Layout {
    GraphTableRole role = GraphTableRole::none;
    std::vector<Column> columns;
    std::size_t id = 0, label = 0, source = 0, target = 0;
};

Layout layout_of(const std::vector<CsvField>& header) {
    Layout layout;
    layout.columns = columns_of(header);
    auto& columns = layout.columns;
    std::vector<std::string> keys;
    keys.reserve(columns.size());
    for (const Column& column : columns) {
        keys.push_back(column_key(column.name));
    }
    const std::size_t none = columns.size();
    const auto place_of = [&](auto is) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (is(columns[i], keys[i])) {
                return i;
            }
        }
        return none;
    };
    layout.source = best(columns, keys, is_source, "start");
    layout.target = best(columns, keys, is_target, "end");
    const bool both = layout.source != none && layout.target != none && layout.source != layout.target;
    layout.id = place_of([](const Column& c, const std::string&) { return c.neo4j == "ID"; });
    if (layout.id == none) {
        layout.id =
            place_of([](const Column& c, const std::string& key) { return c.neo4j.empty() && key == "id"; });
    }
    if (layout.id == none) {
        layout.id = place_of([](const Column& c, const std::string& key) {
            return c.neo4j.empty() && is_one_of(id_keys, key);
        });
    }
    layout.label = place_of([](const Column&, const std::string& key) { return key == "name"; });
    if (layout.label == none) {
        layout.label =
            place_of([](const Column&, const std::string& key) { return is_one_of(label_keys, key); });
    }
    if (layout.label == none) {
        layout.label =
            place_of([](const Column&, const std::string& key) { return means(Table::actors, "name", key); });
    }
    if (both) {
        layout.role = GraphTableRole::edges;
        columns[layout.source].role = Column::Role::source;
        columns[layout.target].role = Column::Role::target;
    } else if (layout.id != none || layout.label != none) {
        layout.role = GraphTableRole::nodes;
    }
    if (layout.id != none && columns[layout.id].role == Column::Role::attribute) {
        columns[layout.id].role = Column::Role::id;
    }
    if (layout.label != none && columns[layout.label].role == Column::Role::attribute) {
        columns[layout.label].role = Column::Role::label;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Column& column = columns[i];
        if (column.role != Column::Role::attribute) {
            continue;
        }
        if (column.neo4j == "LABEL" || column.neo4j == "TYPE") {
            column.role = Column::Role::kind;
        } else if (column.neo4j == "IGNORE") {
            column.role = Column::Role::ignored;
        } else if (layout.role == GraphTableRole::edges && keys[i] == "weight") {
            column.role = Column::Role::weight;
        } else if (keys[i] == "timeset" || keys[i] == "interval") {
            column.role = Column::Role::time;
        } else if (layout.role == GraphTableRole::edges && keys[i] == "type") {
            column.role = Column::Role::direction;  // of Gephi, where the values say so
        }
    }
    return layout;
}

class CsvRows : public RowSource {
public:
    CsvRows(std::string_view text, ReadContext& context)
        : reader_(text, context.file(), context.diagnostics(), limits_of(context.limits())) {}
    bool next(std::vector<CsvField>& row) override { return reader_.next(row); }
    [[nodiscard]] bool failed() const override { return reader_.failed(); }

private:
    static CsvLimits limits_of(const ReadLimits& limits) {
        CsvLimits csv;
        csv.field_bytes = limits.name;
        csv.row_bytes = std::max<std::size_t>(csv.row_bytes, limits.name);
        csv.columns = limits.columns;
        return csv;
    }
    CsvReader reader_;
};

bool all_empty(const std::vector<CsvField>& fields) {
    return std::all_of(fields.begin(), fields.end(),
                       [](const CsvField& f) { return trimmed(f.text).empty(); });
}

/// Rows of one table into the graph.
class TableReader {
public:
    TableReader(Layout layout, RowSource& rows, GraphTables& tables, ReadContext& context)
        : layout_(std::move(layout)), rows_(rows), tables_(tables), context_(context) {}

    bool run(const std::vector<CsvField>& header) {
        make_columns(header);
        std::vector<CsvField> row;
        while (rows_.next(row)) {
            if (all_empty(row)) {
                continue;
            }
            check_width(row);
            layout_.role == GraphTableRole::nodes ? add_node(row) : add_edge(row);
            if (!context_.within_limits(tables_, place(row.front()))) {
                return false;
            }
        }
        return !rows_.failed();
    }

private:
    static Place place(const CsvField& field) { return {field.line, field.column}; }

    void make_columns(const std::vector<CsvField>& header) {
        const bool node = layout_.role == GraphTableRole::nodes;
        if (node && layout_.id >= layout_.columns.size()) {
            context_.note("no ids", place(header.front()),
                          "the table has no column id; the names are the ids");
        }
        std::set<std::string> used;
        for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
            Column& c = layout_.columns[i];
            std::uint32_t column = 0;
            const auto named = [&](std::string_view name, ValueType type, bool native) {
                return node ? tables_.node_column(name, type, native)
                            : tables_.edge_column(name, type, native);
            };
            switch (c.role) {
                case Column::Role::label:
                    column = named("label", ValueType::text, true);
                    break;
                case Column::Role::kind:
                    column = named("kind", ValueType::text, true);
                    break;
                case Column::Role::weight:
                    column = named("weight", ValueType::text, true);
                    break;
                case Column::Role::attribute: {
                    if (c.name.empty()) {
                        c.role = Column::Role::ignored;
                        break;
                    }
                    if (!used.insert(c.name).second) {
                        context_.error("column twice", place(header[i]),
                                       "the column " + quoted_text(c.name) + " is there twice");
                    }
                    column = named(c.name, c.type == ValueType::list ? ValueType::list : c.type, false);
                    break;
                }
                default:
                    break;
            }
            columns_.push_back(column);
        }
    }

    void check_width(const std::vector<CsvField>& row) {
        const std::size_t width = layout_.columns.size();
        if (row.size() < width) {
            context_.warn("short", place(row.front()),
                          "this row has " + std::to_string(row.size()) + " of " + std::to_string(width) +
                              " fields; the others are read as empty");
        }
        for (std::size_t i = width; i < row.size(); ++i) {
            if (!trimmed(row[i].text).empty()) {
                context_.error("surplus", place(row[i]),
                               "this row has " + std::to_string(row.size()) + " fields, the header " +
                                   std::to_string(width) + "; is a separator inside a text without quotes?");
                return;
            }
        }
    }

    GraphText kept(const CsvField& field) {
        const std::string_view text = trimmed(field.text);
        return field.unescaped ? tables_.keep(text) : GraphText(text);
    }

    GraphText cell(const std::vector<CsvField>& row, std::size_t at) {
        return at < row.size() ? kept(row[at]) : GraphText();
    }

    void collect(const std::vector<CsvField>& row) {
        values_.clear();
        directed_ = false;
        for (std::size_t i = 0; i < std::min(row.size(), layout_.columns.size()); ++i) {
            const Column& c = layout_.columns[i];
            const Place where = place(row[i]);
            GraphText text = kept(row[i]);
            if (text.empty()) {
                continue;
            }
            switch (c.role) {
                case Column::Role::attribute: {
                    if (c.type == ValueType::list || (c.neo4j == "PROPERTY" && c.type == ValueType::list)) {
                        std::string joined(text.view());
                        std::replace(joined.begin(), joined.end(), ';', '|');
                        text = tables_.keep(joined);
                    }
                    check_value((layout_.role == GraphTableRole::nodes ? tables_.node_columns()
                                                                       : tables_.edge_columns())[columns_[i]],
                                text.view(), where, context_);
                    values_.push_back({text, columns_[i], where.line, where.column});
                    break;
                }
                case Column::Role::kind:
                    if (c.neo4j == "LABEL" && text.view().find(';') != std::string_view::npos) {
                        std::string joined(text.view());
                        std::replace(joined.begin(), joined.end(), ';', '|');
                        text = tables_.keep(joined);
                    }
                    [[fallthrough]];
                case Column::Role::label:
                case Column::Role::weight:
                    values_.push_back({text, columns_[i], where.line, where.column});
                    break;
                case Column::Role::direction:
                    take_direction(text, where, c.name);
                    break;
                case Column::Role::time:
                    take_times(text, where);
                    break;
                default:
                    break;
            }
        }
    }

    /// Gephi's Type says whether an edge is directed; any other word is a kind of tie.
    void take_direction(GraphText text, Place where, const std::string& name) {
        const std::string word = column_key(text.view());
        if (word == "directed" || word == "undirected" || word == "mutual") {
            directed_ = word == "directed";
            return;
        }
        values_.push_back({text, tables_.edge_column(name), where.line, where.column});
    }

    /// <[2003, 2007]; [2009, 2010]>
    void take_times(GraphText text, Place where) {
        const std::string_view all = text.view();
        std::string_view first, last;
        std::size_t at = 0;
        while ((at = all.find_first_not_of("<[](),; >", at)) != std::string_view::npos) {
            const std::size_t stop = std::min(all.find_first_of("<[](),; >", at), all.size());
            last = all.substr(at, stop - at);
            first = first.empty() ? last : first;
            at = stop;
        }
        const bool node = layout_.role == GraphTableRole::nodes;
        const auto put = [&](std::string_view name, std::string_view value) {
            if (!value.empty()) {
                values_.push_back({GraphText(value),
                                   node ? tables_.node_column(name, ValueType::text, true)
                                        : tables_.edge_column(name, ValueType::text, true),
                                   where.line, where.column});
            }
        };
        put("start", first);
        put("end", last);
    }

    void add_node(const std::vector<CsvField>& row) {
        GraphText id = cell(row, layout_.id);
        const std::size_t at = layout_.id < layout_.columns.size() ? layout_.id : layout_.label;
        if (layout_.id >= layout_.columns.size()) {
            id = cell(row, layout_.label);
        }
        const Place where = at < row.size() ? place(row[at]) : place(row.front());
        if (id.empty()) {
            context_.error("empty id", where, "the id is empty; every row needs one");
            return;
        }
        collect(row);
        tables_.add_node(tables_.name(in_group(id, layout_.id)), where, values_);
    }

    /// Ids of neo4j-admin are unique in their group only: where that matters, the group is a part of them.
    GraphText in_group(GraphText id, std::size_t column) {
        if (!tables_.ids_have_groups || column >= layout_.columns.size() ||
            layout_.columns[column].group.empty()) {
            return id;
        }
        return tables_.keep(layout_.columns[column].group + '/' + std::string(id.view()));
    }

    void add_edge(const std::vector<CsvField>& row) {
        GraphText source = cell(row, layout_.source);
        GraphText target = cell(row, layout_.target);
        if (source.empty() || target.empty()) {
            const std::size_t at = source.empty() ? layout_.source : layout_.target;
            context_.error(
                "edge end", at < row.size() ? place(row[at]) : place(row.front()),
                std::string("the ") + (source.empty() ? "source" : "target") + " of this row is empty");
            return;
        }
        collect(row);
        source = in_group(source, layout_.source);
        target = in_group(target, layout_.target);
        tables_.add_edge(layout_.id < layout_.columns.size() ? cell(row, layout_.id) : GraphText(),
                         tables_.end(source), tables_.end(target), place(row.front()), directed_, values_);
    }

    Layout layout_;
    RowSource& rows_;
    GraphTables& tables_;
    ReadContext& context_;
    std::vector<std::uint32_t> columns_;
    std::vector<GraphValue> values_;
    bool directed_ = false;
};

}  // namespace

GraphTableRole role_of(const std::vector<CsvField>& header) {
    return layout_of(header).role;
}

GraphTableRole find_graph_header(RowSource& rows, std::vector<CsvField>& header, std::size_t& titles) {
    constexpr std::size_t most_titles = 10;
    titles = 0;
    while (rows.next(header)) {
        const auto cells = std::count_if(header.begin(), header.end(),
                                         [](const CsvField& f) { return !trimmed(f.text).empty(); });
        if (cells == 0) {
            continue;
        }
        const GraphTableRole role = role_of(header);
        if (role != GraphTableRole::none || cells > 1 || titles == most_titles) {
            return role;
        }
        ++titles;
    }
    header.clear();
    return GraphTableRole::none;
}

bool is_graph_table(std::string_view text) {
    std::vector<Diagnostic> ignored;
    const std::string name;
    ReadContext context(name, ignored);
    CsvRows rows(text.substr(0, 1U << 16U), context);
    std::vector<CsvField> header;
    std::size_t titles = 0;
    return find_graph_header(rows, header, titles) != GraphTableRole::none;
}

std::string visit_grouped_ids(std::string_view text, const std::function<void(std::string_view)>& visit) {
    std::vector<Diagnostic> ignored;
    const std::string name;
    ReadContext context(name, ignored);
    CsvRows rows(text, context);
    std::vector<CsvField> row;
    std::size_t titles = 0;
    if (find_graph_header(rows, row, titles) != GraphTableRole::nodes) {
        return {};
    }
    const Layout layout = layout_of(row);
    if (layout.id >= layout.columns.size() || layout.columns[layout.id].group.empty()) {
        return {};
    }
    while (rows.next(row)) {
        if (layout.id < row.size()) {
            visit(trimmed(row[layout.id].text));
        }
    }
    return layout.columns[layout.id].group;
}

bool read_graph_rows(RowSource& rows, bool only_table, GraphTables& tables, ReadContext& context) {
    std::vector<CsvField> header;
    std::size_t titles = 0;
    const GraphTableRole role = find_graph_header(rows, header, titles);
    if (header.empty()) {
        if (!rows.failed()) {
            context.error({1, 1}, titles == 0
                                      ? "the table is empty; its first line names the columns"
                                      : "this table has neither nodes (a column id or name) nor edges "
                                        "(source and target)");
        }
        return false;
    }
    if (titles > 0 && role != GraphTableRole::none) {
        context.note("title", {header.front().line, header.front().column},
                     "the columns are named here; what stands above is taken for a title");
    }
    // the fields are valid until the next row
    std::vector<std::string> texts;
    texts.reserve(header.size());
    for (CsvField& field : header) {
        texts.emplace_back(field.text);
        field.text = texts.back();
    }
    Layout layout = layout_of(header);
    if (layout.role == GraphTableRole::none) {
        context.error({header.front().line, header.front().column},
                      "this table has neither nodes (a column id or name) nor edges (source and target)");
        return false;
    }
    tables.nodes_are_implied =
        tables.nodes_are_implied || (only_table && layout.role == GraphTableRole::edges);
    const bool complete = TableReader(std::move(layout), rows, tables, context).run(header);
    tables.settle();
    return complete;
}

bool read_graph_table(std::string_view text, GraphTables& tables, ReadContext& context, bool only_table) {
    tables.set_source(text);
    CsvRows rows(text, context);
    return read_graph_rows(rows, only_table, tables, context) && context.errors() == 0;
}

namespace {

/// Writes a pair of tables in one of the styles.
class TablesWriter {
public:
    TablesWriter(GraphTableStyle style, const GraphTables& tables, std::vector<LocalText>& lost)
        : style_(style), tables_(tables), lost_(lost) {}

    void nodes(std::ostream& out) {
        std::string line = style_ == GraphTableStyle::gephi   ? "Id"
                           : style_ == GraphTableStyle::neo4j ? "id:ID"
                                                              : "id";
        header(line, tables_.node_columns());
        flush(out, line);
        for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
            append_csv_cell(line, tables_.name_text(tables_.nodes()[n].name));
            cells(line, tables_.values_of_node(n), tables_.node_columns());
            flush(out, line);
        }
    }

    void edges(std::ostream& out) {
        std::string line = style_ == GraphTableStyle::gephi   ? "Source,Target,Type,Id"
                           : style_ == GraphTableStyle::neo4j ? ":START_ID,:END_ID,:TYPE"
                                                              : "src,dst";
        header(line, tables_.edge_columns());
        flush(out, line);
        for (std::size_t e = 0; e < tables_.edges().size(); ++e) {
            const GraphEdge& edge = tables_.edges()[e];
            const auto ends = tables_.ends(edge);
            append_csv_cell(line, tables_.name_text(ends[0]));
            line += ',';
            append_csv_cell(line, tables_.name_text(ends[1]));
            if (style_ == GraphTableStyle::gephi) {
                line += ",Undirected,";
                append_csv_cell(line, edge.id.view());
            } else if (style_ == GraphTableStyle::neo4j) {
                line += ",PARTNERSHIP";
            }
            cells(line, tables_.values_of_edge(e), tables_.edge_columns(),
                  style_ == GraphTableStyle::gephi ? std::string_view() : edge.id.view());
            flush(out, line);
        }
    }

private:
    [[nodiscard]] std::string name_of(const GraphColumn& column) const {
        if (style_ == GraphTableStyle::gephi) {
            if (column.native && column.name == "label") {
                return "Label";
            }
            return column.native && column.name == "weight" ? "Weight" : column.name;
        }
        if (column.native && column.name == "label") {
            return style_ == GraphTableStyle::neo4j ? "name:string" : "name";
        }
        if (style_ != GraphTableStyle::neo4j) {
            return column.name;
        }
        std::string name = column.name;
        std::replace(name.begin(), name.end(), ':', '_');
        return name + (column.type == ValueType::real      ? ":double"
                       : column.type == ValueType::integer ? ":long"
                       : column.type == ValueType::boolean ? ":boolean"
                                                           : ":string");
    }

    void header(std::string& line, const std::vector<GraphColumn>& columns) {
        std::set<std::string> used = {"id", "source", "target", "type", "src", "dst"};
        for (const GraphColumn& column : columns) {
            const std::string wanted = name_of(column);
            std::string name = wanted;
            // programs that read these tables do not tell apart what differs by case and punctuation alone
            for (int n = 2; !used.insert(column_key(name)).second; ++n) {
                const auto type = style_ == GraphTableStyle::neo4j ? wanted.rfind(':') : std::string::npos;
                name = wanted.substr(0, type) + '_' + std::to_string(n) +
                       (type == std::string::npos ? "" : wanted.substr(type));
            }
            if (name != wanted || wanted.compare(0, column.name.size(), column.name) != 0) {
                say_renamed(column, name);
            }
            line += ',';
            append_csv_cell(line, name);
        }
    }

    void say_renamed(const GraphColumn& column, const std::string& name) {
        if (column.native) {
            return;
        }
        lost_.push_back(
            {"l’attribut « " + column.name + " » s’appelle « " + name + " », car le format réserve ce nom",
             "the attribute \"" + column.name + "\" is called \"" + name +
                 "\", because the format needs that name"});
    }

    /// `id` stands in the column `partnership`, which holds that of partnerships of more than two otherwise.
    void cells(std::string& line, std::span<const GraphValue> values, const std::vector<GraphColumn>& columns,
               std::string_view id = {}) {
        std::vector<std::string_view> row(columns.size());
        for (std::size_t c = 0; c < columns.size() && !id.empty(); ++c) {
            row[c] = columns[c].name == "partnership" ? id : std::string_view();
        }
        for (const GraphValue& v : values) {
            row[v.column] = v.text.view();
        }
        for (const std::string_view text : row) {
            line += ',';
            append_csv_cell(line, text);
        }
    }

    static void flush(std::ostream& out, std::string& line) {
        line += '\n';
        out << line;
        line.clear();
    }

    GraphTableStyle style_;
    const GraphTables& tables_;
    std::vector<LocalText>& lost_;
};

}  // namespace

void write_graph_tables(GraphTableStyle style, const GraphTables& tables, const GraphFileWriter& write_file,
                        std::vector<LocalText>& lost) {
    if (!tables.title.empty()) {
        lost.push_back({"le titre", "the title"});
    }
    TablesWriter writer(style, tables, lost);
    const bool frames = style == GraphTableStyle::graphframes;
    write_file(frames ? "vertices.csv" : "nodes.csv", [&](std::ostream& out) { writer.nodes(out); });
    write_file(style == GraphTableStyle::neo4j ? "relationships.csv" : "edges.csv",
               [&](std::ostream& out) { writer.edges(out); });
}

}  // namespace maillage::io
