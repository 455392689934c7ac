#include "io/formats/graph_network.hpp"

#include "engine/text_order.hpp"

#include "io/formats/pair_order.hpp"
#include "io/json_positions.hpp"
#include "io/name_key.hpp"
#include "io/tables.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr std::uint32_t no_column = GraphTables::nowhere;

// positions in Fields
enum ActorField : std::size_t {
    a_name,
    a_kind,
    a_place,
    a_country,
    a_lat,
    a_lon,
    a_url,
    a_expertises,
    a_seeks,
    actor_fields
};
enum TieField : std::size_t {
    t_name,
    t_kind,
    t_start,
    t_end,
    t_status,
    t_weight,
    t_expertises,
    t_source,
    t_partnership,
    t_partnership_weight,
    t_role_a,
    t_role_b,
    tie_fields
};

constexpr std::array<Names, actor_fields> actor_field_names = {"name", "kind", "place",      "country", "lat",
                                                               "lon",  "url",  "expertises", "seeks"};
constexpr std::array<Names, tie_fields> tie_field_names = {
    "name",   "kind",       "start",  "end",         "status",
    "weight", "expertises", "source", "partnership", "partnership_weight",
    "role_a", "role_b"};

constexpr Names seeks_names[] = {"besoins", "besoin", "recherche", "recherches",
                                 "cherche", "needs",  "need",      "seek"};
constexpr Names tie_kind_names[] = {"relation", "interaction", "relationship", "edge type", "type de lien"};
constexpr Names tie_weight_names[] = {"value", "valeur", "count", "nombre"};

struct FieldRule {
    Names name;
    std::vector<std::string> keys;  ///< of the synonyms, best first
};

void add_synonyms(FieldRule& rule, Table table, Names column) {
    for (const ColumnSpec& spec : spec_of(table).columns) {
        if (spec.name == column) {
            for (const Names synonym : spec.synonyms) {
                rule.keys.push_back(column_key(synonym));
            }
        }
    }
}

template <std::size_t N>
void add_names(FieldRule& rule, const Names (&names)[N]) {
    for (const Names name : names) {
        rule.keys.push_back(column_key(name));
    }
}

std::vector<FieldRule> actor_rules() {
    std::vector<FieldRule> rules;
    for (const Names name : actor_field_names) {
        FieldRule rule{name, {}};
        if (name == "expertises") {
            add_synonyms(rule, Table::partnerships, "expertises");
        } else if (name == "seeks") {
            add_names(rule, seeks_names);
        } else {
            add_synonyms(rule, Table::actors, name);
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

std::vector<FieldRule> tie_rules() {
    std::vector<FieldRule> rules;
    for (const Names name : tie_field_names) {
        FieldRule rule{name, {}};
        if (name == "source") {
            rule.keys.push_back("provenance");  // "source" is an end of an edge in most formats
        }
        if (name == "kind") {
            add_names(rule, tie_kind_names);
        }
        if (name == "name") {
            add_synonyms(rule, Table::expertises, "label");
        }
        if (name == "partnership") {
            rule.keys.push_back("partnershipid");
        }
        add_synonyms(rule, Table::partnerships, name);
        if (name == "weight") {
            add_names(rule, tie_weight_names);
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

/// Which column is which field, and what is left.
struct Fields {
    std::vector<std::uint32_t> column_of;  ///< of the fields
    std::vector<std::size_t> field_of;     ///< of the columns, or none
    std::vector<std::uint8_t> chosen;      ///< of the fields: said by the map
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

class FieldMatcher {
public:
    FieldMatcher(const std::vector<GraphColumn>& columns, const std::vector<FieldRule>& rules, bool exact)
        : columns_(columns), rules_(rules), exact_(exact) {
        fields_.column_of.assign(rules.size(), no_column);
        fields_.chosen.assign(rules.size(), 0);
        fields_.field_of.assign(columns.size(), Fields::none);
        for (const GraphColumn& column : columns) {
            keys_.push_back(column_key(column.name));
        }
    }

    void choose(const std::vector<GraphMap::Choice>& choices, ReadContext& map_context) {
        for (const GraphMap::Choice& choice : choices) {
            const auto rule = std::find_if(rules_.begin(), rules_.end(),
                                           [&](const FieldRule& r) { return r.name == choice.field; });
            const auto field = static_cast<std::size_t>(rule - rules_.begin());
            std::uint32_t column = find([&](std::size_t c) { return columns_[c].name == choice.attribute; });
            if (column == no_column) {
                column = find([&](std::size_t c) { return keys_[c] == column_key(choice.attribute); });
            }
            if (column == no_column) {
                std::vector<std::string> names;
                for (const GraphColumn& c : columns_) {
                    names.push_back(c.name);
                }
                map_context.error(choice.where, "the file has no attribute " + quoted_text(choice.attribute) +
                                                    suggestion(choice.attribute, names));
                continue;
            }
            take(field, column);
            fields_.chosen[field] = 1;
        }
    }

    Fields match() {
        for (std::size_t f = 0; f < rules_.size(); ++f) {
            try_take(
                f, [&](std::size_t c) { return !columns_[c].native && columns_[c].name == rules_[f].name; });
        }
        for (std::size_t f = 0; f < rules_.size(); ++f) {
            // a label is a name
            const Names own = rules_[f].name == "name" ? Names("label") : rules_[f].name;
            try_take(f, [&](std::size_t c) { return columns_[c].native && columns_[c].name == own; });
            if (rules_[f].name == "name") {
                try_take(f, [&](std::size_t c) { return columns_[c].name == "label"; });
            }
            if (rules_[f].name == "source") {
                try_take(f, [&](std::size_t c) { return columns_[c].name == "provenance"; });
            }
            if (rules_[f].name == "partnership") {
                try_take(f, [&](std::size_t c) { return columns_[c].name == "partnership_id"; });
            }
        }
        if (!exact_) {
            for (std::size_t f = 0; f < rules_.size(); ++f) {
                try_take(f, [&](std::size_t c) { return keys_[c] == column_key(rules_[f].name); });
                if (rules_[f].name == "name") {
                    try_take(f, [&](std::size_t c) { return keys_[c] == "label"; });
                }
            }
            for (std::size_t f = 0; f < rules_.size(); ++f) {
                for (const std::string& key : rules_[f].keys) {
                    try_take(f, [&](std::size_t c) { return keys_[c] == key; });
                }
            }
        }
        share_native();
        return fields_;
    }

private:
    /// What a format has a place for and an attribute of the same name says too: the attribute counts, the place where
    /// it says nothing.
    void share_native() {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (!columns_[c].native || fields_.field_of[c] != Fields::none) {
                continue;
            }
            for (std::size_t f = 0; f < rules_.size(); ++f) {
                const std::uint32_t own = fields_.column_of[f];
                if (rules_[f].name == columns_[c].name && own != no_column &&
                    columns_[own].name == columns_[c].name) {
                    fields_.field_of[c] = f;
                }
            }
        }
    }
    template <class Is>
    [[nodiscard]] std::uint32_t find(Is is) const {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (fields_.field_of[c] == Fields::none && is(c)) {
                return static_cast<std::uint32_t>(c);
            }
        }
        return no_column;
    }
    void take(std::size_t field, std::uint32_t column) {
        fields_.column_of[field] = column;
        fields_.field_of[column] = field;
    }
    template <class Is>
    void try_take(std::size_t field, Is is) {
        if (fields_.column_of[field] == no_column) {
            if (const std::uint32_t column = find(is); column != no_column) {
                take(field, column);
            }
        }
    }

    const std::vector<GraphColumn>& columns_;
    const std::vector<FieldRule>& rules_;
    bool exact_;
    std::vector<std::string> keys_;
    Fields fields_;
};

/// The values of one node or edge by field.
class Values {
public:
    explicit Values(const Fields& fields) : fields_(fields) {}

    void set(std::span<const GraphValue> values) {
        cells_.resize(fields_.column_of.size());
        for (const std::size_t field : filled_) {
            cells_[field] = {};
        }
        filled_.clear();
        for (const GraphValue& v : values) {
            if (const std::size_t field = fields_.field_of[v.column]; field != Fields::none) {
                Cell& own = cells_[field];
                if (own.text.empty() || fields_.column_of[field] == v.column) {
                    const std::string_view text = trimmed(v.text.view());
                    own = text.empty() ? own : Cell{text, v.line, v.place_column};
                    filled_.push_back(field);
                }
            }
        }
    }
    /// Once set() was called.
    [[nodiscard]] const Cell& operator[](std::size_t field) const { return cells_[field]; }

private:
    const Fields& fields_;
    std::vector<Cell> cells_;
    std::vector<std::size_t> filled_;  ///< of cells_
};

Place place_of(const Cell& cell) {
    return {cell.line, cell.column};
}

/// Dates as graph formats write them: with a time behind, or a year as 2005.0.
std::optional<Date> date_in(std::string_view text) {
    if (const auto date = parse_date_cell(text)) {
        return date;
    }
    constexpr std::size_t day = 10;
    if (text.size() > day && (text[day] == 'T' || text[day] == ' ')) {
        return parse_date(text.substr(0, day));
    }
    if (const auto point = text.find('.');
        point == 4 && text.find_first_not_of('0', point + 1) == std::string_view::npos) {
        return parse_date(text.substr(0, point));
    }
    return std::nullopt;
}

class GraphAdder {
public:
    GraphAdder(const GraphTables& tables, const GraphMap& map, NetworkBuilder& builder, ReadContext& context)
        : tables_(tables), map_(map), builder_(builder), context_(context) {}

    void run() {
        match_fields();
        choose_ids();
        trim_ids();
        mark_partnership_nodes();
        name_attributes();
        actor_separator_ = separator_of(true, actor_.column_of[a_expertises]);
        seeks_separator_ = separator_of(true, actor_.column_of[a_seeks]);
        tie_separator_ = separator_of(false, tie_.column_of[t_expertises]);
        if (!tables_.title.empty()) {
            Settings settings;
            settings.title = tables_.title;
            builder_.set_settings(settings);
        }
        add_nodes();
        add_missing_nodes();
        add_ties();
        for (const std::string_view expertise : expertises_) {
            builder_.add(ExpertiseRecord{{expertise, 0, 0}, {}, {}, {}, {}, {}});
        }
        say_what_is_left();
    }

private:
    void match_fields() {
        ReadContext map_context(map_.file, context_.diagnostics());
        FieldMatcher actors(tables_.node_columns(), actor_rules_, tables_.exact_names);
        actors.choose(map_.actor, map_context);
        actor_ = actors.match();
        FieldMatcher ties(tables_.edge_columns(), tie_rules_, tables_.exact_names);
        ties.choose(map_.partnership, map_context);
        tie_ = ties.match();
        FieldMatcher node_ties(tables_.node_columns(), tie_rules_, tables_.exact_names);
        node_tie_ = node_ties.match();
        if (map_.partnership_nodes) {
            for (std::size_t c = 0; c < tables_.node_columns().size(); ++c) {
                if (column_key(tables_.node_columns()[c].name) == column_key(map_.partnership_nodes->first)) {
                    mode_column_ = static_cast<std::uint32_t>(c);
                }
            }
            if (mode_column_ == no_column) {
                map_context.error(
                    {}, "the file has no attribute of nodes " + quoted_text(map_.partnership_nodes->first));
            }
        }
    }

    /// Ids that are numbers of the format give way to a column actor_id that has one for every node.
    void choose_ids() {
        if (!tables_.ids_are_numbers) {
            return;
        }
        for (std::size_t c = 0; c < tables_.node_columns().size(); ++c) {
            if (tables_.node_columns()[c].name != "actor_id" ||
                tables_.node_columns()[c].values != tables_.nodes().size()) {
                continue;
            }
            std::vector<std::string_view> ids(tables_.names());
            std::vector<std::string_view> sorted;
            for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
                for (const GraphValue& v : tables_.values_of_node(n)) {
                    if (v.column == c) {
                        ids[tables_.nodes()[n].name] = v.text.view();
                        sorted.push_back(v.text.view());
                    }
                }
            }
            std::sort(sorted.begin(), sorted.end());
            if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) {
                ids_ = std::move(ids);
                id_column_ = static_cast<std::uint32_t>(c);
            }
        }
    }

    /// Every name once: edges refer to what the builder calls it then.
    void trim_ids() {
        builder_.expect(Table::actors, tables_.names(), tables_.names());
        ids_.resize(tables_.names());
        cells_.resize(tables_.names());
        for (std::uint32_t name = 0; name < tables_.names(); ++name) {
            ids_[name] = trimmed(id_column_ == no_column ? tables_.name_text(name) : ids_[name]);
            cells_[name] = {ids_[name], 0, 0, builder_.intern(ids_[name])};
        }
    }

    [[nodiscard]] std::string_view id_of(std::uint32_t name) const { return ids_[name]; }
    [[nodiscard]] Cell id_cell(std::uint32_t name, Place where) const {
        Cell cell = cells_[name];
        cell.line = where.line;
        cell.column = where.column;
        return cell;
    }

    void mark_partnership_nodes() {
        is_partnership_.assign(tables_.names(), 0);
        for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
            const GraphNode& node = tables_.nodes()[n];
            bool partnership = node.mode == 1;
            if (mode_column_ != no_column) {
                for (const GraphValue& v : tables_.values_of_node(n)) {
                    partnership = partnership || (v.column == mode_column_ &&
                                                  trimmed(v.text.view()) == map_.partnership_nodes->second);
                }
            }
            is_partnership_[node.name] = partnership ? 1 : is_partnership_[node.name];
        }
    }

    void name_attributes() {
        attribute_of_.assign(tables_.node_columns().size(), no_column);
        std::vector<std::string> names;
        std::set<std::string> used;
        for (const ColumnSpec& spec : spec_of(Table::actors).columns) {
            used.insert(std::string(spec.name));
        }
        for (std::size_t c = 0; c < tables_.node_columns().size(); ++c) {
            const GraphColumn& column = tables_.node_columns()[c];
            if (actor_.field_of[c] != Fields::none || c == id_column_ || c == mode_column_) {
                continue;
            }
            if (column.values == 0) {
                continue;
            }
            std::string name(trimmed(column.name));
            name = name.empty() ? "attribute" : name;
            for (std::size_t i = 2; !used.insert(name).second; ++i) {
                name = std::string(trimmed(column.name)) + ' ' + std::to_string(i);
            }
            attribute_of_[c] = static_cast<std::uint32_t>(names.size());
            names.push_back(std::move(name));
        }
        attributes_.resize(names.size());
        builder_.set_attribute_names(std::move(names));
    }

    /// Between the items of a list of expertises: what the map says, a bar where any value has one, else a semicolon,
    /// else a comma (said).
    char separator_of(bool node, std::uint32_t column) {
        if (!map_.list_separator.empty()) {
            return map_.list_separator.front();
        }
        if (column == no_column || tables_.exact_names) {
            return '|';
        }
        bool semicolon = false;
        bool comma = false;
        Place where;
        const std::size_t rows = node ? tables_.nodes().size() : tables_.edges().size();
        for (std::size_t r = 0; r < rows; ++r) {
            for (const GraphValue& v : node ? tables_.values_of_node(r) : tables_.values_of_edge(r)) {
                if (v.column != column) {
                    continue;
                }
                if (v.text.view().find('|') != std::string_view::npos) {
                    return '|';
                }
                semicolon = semicolon || v.text.view().find(';') != std::string_view::npos;
                if (!comma && v.text.view().find(',') != std::string_view::npos) {
                    comma = true;
                    where = {v.line, v.place_column};
                }
            }
        }
        if (!semicolon && comma) {
            context_.note(
                "comma", where,
                "expertises are read as a list between commas (\"list_separator\" of --map says otherwise)");
        }
        return semicolon ? ';' : comma ? ',' : '|';
    }

    template <class Use>
    static void for_each_item(const Cell& cell, char separator, Use use) {
        std::string_view rest = cell.text;
        std::uint32_t column = cell.column;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(separator), rest.size());
            const std::string_view item = trimmed(rest.substr(0, end));
            if (!item.empty()) {
                use(Cell{item, cell.line, column});
            }
            const std::size_t passed = std::min(end + 1, rest.size());
            rest.remove_prefix(passed);
            column += cell.column == 0 ? 0U : static_cast<std::uint32_t>(passed);
        }
    }

    void hold(const Cell& actor, const Cell& list, char separator, std::string_view relation) {
        for_each_item(list, separator, [&](const Cell& item) {
            expertises_.insert(item.text);
            builder_.add(ActorExpertiseRecord{actor, item, {relation, 0, 0}, {}, {}});
        });
    }

    /// Both or none, in range.
    void coordinates(const Values& v, Parsed<double>& lat, Parsed<double>& lon) {
        const auto y = parse_number(v[a_lat].text);
        const auto x = parse_number(v[a_lon].text);
        if (y && x && std::abs(*y) <= 90.0 && std::abs(*x) <= 180.0) {
            lat = {y, v[a_lat].line, v[a_lat].column};
            lon = {x, v[a_lon].line, v[a_lon].column};
        } else if (!v[a_lat].text.empty() || !v[a_lon].text.empty()) {
            context_.warn("coordinates", place_of(v[a_lat].text.empty() ? v[a_lon] : v[a_lat]),
                          "no latitude and longitude in degrees; left out");
        }
    }

    void add_nodes() {
        Values v(actor_);
        for (std::size_t n = 0; n < tables_.nodes().size(); ++n) {
            const GraphNode& node = tables_.nodes()[n];
            if (is_partnership_[node.name] != 0) {
                add_partnership_node(n);
                continue;
            }
            const auto values = tables_.values_of_node(n);
            v.set(values);
            const Cell id = id_cell(node.name, node.where);
            Cell name = v[a_name];
            if (name.text.empty()) {
                name = id;
            }
            std::fill(attributes_.begin(), attributes_.end(), Cell{});
            for (const GraphValue& value : values) {
                if (attribute_of_[value.column] != no_column) {
                    attributes_[attribute_of_[value.column]] = {trimmed(value.text.view()), value.line,
                                                                value.place_column};
                }
            }
            ActorRecord record{id, name, v[a_kind], v[a_place], v[a_country], v[a_url], {}, {}, attributes_};
            coordinates(v, record.lat, record.lon);
            builder_.add(record);
            hold(id, v[a_expertises], actor_separator_, "offers");
            hold(id, v[a_seeks], seeks_separator_, "seeks");
        }
    }

    void add_partnership_node(std::size_t n) {
        const GraphNode& node = tables_.nodes()[n];
        Values v(node_tie_);
        v.set(tables_.values_of_node(n));
        PartnershipRecord record;
        record.id = id_cell(node.name, node.where);
        fill(record, v, node_tie_, tie_separator_);
        builder_.add(record);
    }

    void add_missing_nodes() {
        for (std::uint32_t name = 0; name < tables_.names(); ++name) {
            if (tables_.node_named(name) != GraphTables::nowhere) {
                continue;
            }
            if (tables_.nodes_are_implied || map_.add_missing_nodes) {
                if (!id_of(name).empty()) {
                    std::fill(attributes_.begin(), attributes_.end(), Cell{});
                    builder_.add(ActorRecord{
                        id_cell(name, {}), id_cell(name, {}), {}, {}, {}, {}, {}, {}, attributes_});
                }
            } else {
                missing_ = true;
            }
        }
        if (!missing_) {
            return;
        }
        for (const GraphEdge& edge : tables_.edges()) {
            for (const std::uint32_t end : tables_.ends(edge)) {
                if (tables_.node_named(end) == GraphTables::nowhere) {
                    context_.error(
                        "missing node", edge.where,
                        "this edge names the node " + quoted_text(tables_.name_text(end)) +
                            ", which is not declared (\"add_missing_nodes\": true of --map adds such nodes)");
                }
            }
        }
    }

    Parsed<Date> date(const Cell& cell, std::string_view field) {
        Parsed<Date> parsed{std::nullopt, cell.line, cell.column};
        if (!cell.text.empty()) {
            parsed.value = date_in(cell.text);
            if (!parsed.value) {
                context_.warn(
                    "date " + std::string(field), place_of(cell),
                    quoted_text(cell.text) + " is not a date; the " + std::string(field) + " is left out");
            }
        }
        return parsed;
    }

    void fill(PartnershipRecord& record, const Values& v, const Fields& fields, char separator) {
        record.name = v[t_name];
        record.kind = v[t_kind];
        record.start = date(v[t_start], "start");
        record.end = date(v[t_end], "end");
        if (record.start.value && record.end.value &&
            record.start.value->first_day() > record.end.value->last_day()) {
            context_.warn("period", place_of(v[t_end]), "the end is before the start; the end is left out");
            record.end.value.reset();
        }
        record.status = v[t_status];
        record.source = v[t_source];
        static_cast<void>(fields);
        topics_.clear();
        for_each_item(v[t_expertises], separator, [this](const Cell& item) {
            expertises_.insert(item.text);
            topics_.push_back(item);
        });
        record.expertises = topics_;
    }

    /// The weight of an edge; empty: it is not positive, and the edge is left out.
    std::optional<Parsed<double>> weight(const Cell& cell) {
        Parsed<double> parsed{std::nullopt, cell.line, cell.column};
        if (cell.text.empty()) {
            return parsed;
        }
        parsed.value = parse_number(cell.text);
        if (!parsed.value) {
            context_.warn("weight", place_of(cell), quoted_text(cell.text) + " is not a weight; read as 1");
            return parsed;
        }
        if (*parsed.value <= 0.0) {
            context_.warn("weight sign", place_of(cell),
                          "the weight " + std::string(cell.text) +
                              " is not positive, so it says that there is no tie; the edge is left out");
            return std::nullopt;
        }
        return parsed;
    }

    /// Ids of edges: their own when all differ, else made of the ids of their ends.
    void number_edges() {
        const auto& edges = tables_.edges();
        own_.assign(edges.size(), none<TextId>);
        std::optional<std::string_view> twice;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            const std::string_view id = trimmed(edges[e].id.view());
            if (id.empty()) {
                continue;
            }
            own_[e] = builder_.intern(id);
            if (++times_used(own_[e]) == 2 && (!twice || id < *twice)) {
                twice = id;
            }
        }
        if (twice) {
            say_twice(*twice);
            times_used_.clear();
        }
    }

    /// From here on no edge keeps its id.
    void say_twice(std::string_view id) {
        const auto& edges = tables_.edges();
        const auto first = std::find_if(edges.begin(), edges.end(),
                                        [&](const GraphEdge& e) { return trimmed(e.id.view()) == id; });
        context_.note("edge ids", first->where,
                      "the id " + quoted_text(id) +
                          " is that of several edges; partnerships have ids made of those of their ends");
        own_ids_ = false;
        own_ = {};
    }

    /// How many edges have had the id, or one made of it by a number behind it.
    std::uint32_t& times_used(TextId id) {
        if (index_of(id) >= times_used_.size()) {
            times_used_.resize(std::max(index_of(id) + 1, 2 * times_used_.size()));
        }
        return times_used_[index_of(id)];
    }

    /// The id of a partnership; its text is valid until the next call.
    Cell edge_id(std::uint32_t e) {
        const GraphEdge& edge = tables_.edges()[e];
        Cell id{{}, edge.where.line, edge.where.column};
        if (own_ids_ && own_[e] != none<TextId>) {
            id.text = trimmed(edge.id.view());
            id.known = own_[e];
            return id;
        }
        made_.clear();
        if (edge.ends == 2) {
            const auto ends = tables_.ends(edge);
            std::string_view a = id_of(ends[0]);
            std::string_view b = id_of(ends[1]);
            if (b < a) {
                std::swap(a, b);
            }
            made_.append(a).append("--").append(b);
        } else {
            made_ = "hyperedge " + std::to_string(++hyperedges_);
        }
        id.known = builder_.intern(made_);
        const TextId first = id.known;
        const std::size_t size = made_.size();
        for (std::uint32_t number = ++times_used(first); number > 1; number = ++times_used(first)) {
            made_.resize(size);
            made_ += ' ' + std::to_string(number);
            id.known = builder_.intern(made_);
            if (times_used(id.known) == 0) {
                times_used(id.known) = 1;
                break;
            }
        }
        id.text = made_;
        return id;
    }

    void add_ties() {
        const auto& edges = tables_.edges();
        builder_.expect(Table::partnerships, edges.size(), edges.size());
        if (!add_in_order()) {
            if (own_ids_) {
                number_edges();
            }
            for (std::uint32_t e = 0; e < edges.size(); ++e) {
                add_edge(e, nullptr);
            }
        }
        for (const Part& part : parts_) {
            add_whole(part);
        }
    }

    /// Ties in the order of their ids, where these are known or made without looking anything up: the builder has nothing to sort
    /// then. False where that is not so; nothing is added then.
    bool add_in_order() {
        const auto& edges = tables_.edges();
        const auto with_id = std::count_if(edges.begin(), edges.end(),
                                           [](const GraphEdge& e) { return !trimmed(e.id.view()).empty(); });
        if (tie_.column_of[t_partnership] != no_column ||
            std::find(is_partnership_.begin(), is_partnership_.end(), 1) != is_partnership_.end()) {
            return false;
        }
        if (static_cast<std::size_t>(with_id) == edges.size() && add_by_own_ids()) {
            return true;
        }
        if ((with_id != 0 && own_ids_) || !pair_ids_are_distinct(ids_) ||
            std::any_of(edges.begin(), edges.end(), [](const GraphEdge& e) { return e.ends != 2; })) {
            return false;
        }
        add_by_ends();
        return true;
    }

    bool add_by_own_ids() {
        const auto& edges = tables_.edges();
        std::vector<std::string_view> ids(edges.size());
        std::transform(edges.begin(), edges.end(), ids.begin(),
                       [](const GraphEdge& e) { return trimmed(e.id.view()); });
        const std::vector<std::uint32_t> order = text_order(ids);
        const auto twice =
            std::adjacent_find(order.begin(), order.end(), [&](auto x, auto y) { return ids[x] == ids[y]; });
        if (twice != order.end()) {
            say_twice(ids[*twice]);
            return false;
        }
        for (const std::uint32_t e : order) {
            put(e, ids[e]);
        }
        flush();
        return true;
    }

    void add_by_ends() {
        const PairOrder order = order_of_pairs(tables_, ids_);
        std::vector<std::pair<std::string, std::uint32_t>>
            same;  // edges of one pair, by the number behind its id
        for (std::size_t i = 0; i < order.pairs.size();) {
            const std::uint64_t key = order.pairs[i].key;
            std::size_t end = i + 1;
            while (end < order.pairs.size() && order.pairs[end].key == key) {
                ++end;
            }
            const auto put_numbered = [&](std::uint32_t e, std::string_view number) {
                put_made(e, {order.first(key), "--", order.second(key), number});
            };
            if (end == i + 1) {
                put_numbered(order.pairs[i].item, {});
            } else {
                same.clear();
                for (std::size_t k = i; k < end; ++k) {
                    const std::uint32_t e = order.pairs[k].item;
                    if (makes_no_tie(e)) {
                        put_numbered(e, {});  // says why
                    } else {
                        same.emplace_back(same.empty() ? "" : ' ' + std::to_string(same.size() + 1), e);
                    }
                }
                std::sort(same.begin(), same.end());
                for (const auto& [number, e] : same) {
                    put_numbered(e, number);
                }
            }
            i = end;
        }
        flush();
    }

    /// Whether add_tie will leave the edge out.
    bool makes_no_tie(std::uint32_t e) {
        const GraphEdge& edge = tables_.edges()[e];
        if (names_missing_node(edge)) {
            return true;
        }
        const std::uint32_t column = tie_.column_of[t_weight];
        if (column == no_column) {
            return false;
        }
        scratch_.set(tables_.values_of_edge(e));
        const auto weight = parse_number(scratch_[t_weight].text);
        return weight && *weight <= 0.0;
    }

    /// An edge and its id, whose text must live up to flush().
    void put(std::uint32_t e, std::string_view id) {
        constexpr std::size_t together = 256;
        __builtin_prefetch(&tables_.edges()[e]);
        put_edges_.push_back(e);
        put_ids_.push_back(id);
        if (put_edges_.size() == together) {
            flush();
        }
    }

    /// The same; its parts are copied.
    void put_made(std::uint32_t e, std::initializer_list<std::string_view> parts) {
        constexpr std::size_t least_room = std::size_t{1} << 16U;
        std::size_t size = 0;
        for (const std::string_view part : parts) {
            size += part.size();
        }
        if (put_used_ + size > put_text_.size()) {
            flush();
            put_text_.resize(std::max({least_room, put_text_.size(), size}));
        }
        char* const begin = put_text_.data() + put_used_;
        char* at = begin;
        for (const std::string_view part : parts) {
            at = std::copy(part.begin(), part.end(), at);
        }
        put_used_ += size;
        put(e, {begin, size});
    }

    void flush() {
        for (const std::uint32_t e : put_edges_) {
            tables_.ask_for_parts_of(tables_.edges()[e]);
        }
        put_known_.resize(put_edges_.size());
        builder_.intern_all(put_ids_, put_known_);
        for (const std::uint32_t e : put_edges_) {
            for (const std::uint32_t end : tables_.ends(tables_.edges()[e])) {
                __builtin_prefetch(&cells_[end]);
            }
            for (const GraphValue& value : tables_.values_of_edge(e)) {
                __builtin_prefetch(value.text.view().data());
            }
        }
        for (std::size_t i = 0; i < put_edges_.size(); ++i) {
            const Place at = tables_.edges()[put_edges_[i]].where;
            const Cell id{put_ids_[i], at.line, at.column, put_known_[i]};
            add_edge(put_edges_[i], &id);
        }
        put_edges_.clear();
        put_ids_.clear();
        put_used_ = 0;
    }

    [[nodiscard]] bool names_missing_node(const GraphEdge& edge) const {
        if (!missing_) {
            return false;
        }
        const auto ends = tables_.ends(edge);
        return std::any_of(ends.begin(), ends.end(), [this](std::uint32_t end) {
            return tables_.node_named(end) == GraphTables::nowhere;
        });
    }

    /// `id`: what its partnership is called, or null: it is found or made.
    void add_edge(std::uint32_t e, const Cell* id) {
        const GraphEdge& edge = tables_.edges()[e];
        if (names_missing_node(edge)) {
            return;  // said
        }
        if (edge.directed) {
            const auto before = [](Place x, Place y) {
                return std::pair(x.line, x.column) < std::pair(y.line, y.column);
            };
            if (++directed_ == 1 || before(edge.where, first_directed_)) {
                first_directed_ = edge.where;
            }
        }
        const auto ends = tables_.ends(edge);
        values_.set(tables_.values_of_edge(e));
        if (ends.size() == 2 && (is_partnership_[ends[0]] != 0 || is_partnership_[ends[1]] != 0)) {
            add_membership(edge, ends, values_);
        } else if (!values_[t_partnership].text.empty()) {
            add_part(edge, ends, values_);
        } else if (const auto strength = weight(values_[t_weight])) {
            add_tie(id != nullptr ? *id : edge_id(e), *strength, edge, ends, values_);
        }
    }

    void add_tie(const Cell& id, const Parsed<double>& strength, const GraphEdge& edge,
                 std::span<const std::uint32_t> ends, const Values& v) {
        const Place& at = edge.where;
        PartnershipRecord record;
        record.id = id;
        fill(record, v, tie_, tie_separator_);
        record.weight = strength;
        const bool roles = !v[t_role_a].text.empty() || !v[t_role_b].text.empty();
        if (ends.size() == 2 && !roles) {
            record.a = id_cell(ends[0], at);
            record.b = id_cell(ends[1], at);
        }
        builder_.add(record);
        for (std::size_t i = 0; i < ends.size() && (ends.size() != 2 || roles); ++i) {
            builder_.add(MemberRecord{record.id, id_cell(ends[i], at),
                                      ends.size() == 2 ? v[i == 0 ? t_role_a : t_role_b] : Cell{}});
        }
    }

    void add_membership(const GraphEdge& edge, std::span<const std::uint32_t> ends, const Values& v) {
        const bool first = is_partnership_[ends[0]] != 0;
        const bool second = is_partnership_[ends[1]] != 0;
        if (first && second) {
            context_.warn("two partnerships", edge.where, "an edge between two partnerships; left out");
            return;
        }
        if (const auto number = parse_number(v[t_weight].text); number && *number == 0.0) {
            return;
        }
        if (!v[t_weight].text.empty() && v[t_weight].text != "1") {
            context_.note("membership weight", edge.where, "a membership has no weight; left out");
        }
        builder_.add(MemberRecord{id_cell(ends[first ? 0 : 1], edge.where),
                                  id_cell(ends[first ? 1 : 0], edge.where), v[t_role_a]});
    }

    /// A partnership whose pairs are edges of their own. Most have one: nothing is kept beside it.
    struct Part {
        TextId id = none<TextId>;
        std::uint32_t first_edge = 0;
        std::vector<std::pair<std::uint32_t, Cell>>
            more;  ///< members that are no ends of the first edge, and roles
        std::string_view text;
    };

    void add_part(const GraphEdge& edge, std::span<const std::uint32_t> ends, const Values& v) {
        if (!weight(v[t_weight])) {
            return;
        }
        const std::string_view text = v[t_partnership].text;
        const TextId id = builder_.intern(text);
        if (index_of(id) >= part_named_.size()) {
            part_named_.resize(std::max(index_of(id) + 1, 2 * part_named_.size()), no_column);
        }
        std::uint32_t& number = part_named_[index_of(id)];
        if (number == no_column) {
            number = static_cast<std::uint32_t>(parts_.size());
            parts_.push_back({id, static_cast<std::uint32_t>(&edge - tables_.edges().data()), {}, text});
            return;
        }
        Part& part = parts_[number];
        const auto first = tables_.ends(tables_.edges()[part.first_edge]);
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto same = [&](const auto& member) { return member.first == ends[i]; };
            if (std::find(first.begin(), first.end(), ends[i]) == first.end() &&
                std::none_of(part.more.begin(), part.more.end(), same)) {
                part.more.emplace_back(ends[i], v[i == 0 ? t_role_a : t_role_b]);
            }
        }
    }

    void add_whole(const Part& part) {
        const GraphEdge& edge = tables_.edges()[part.first_edge];
        const Place where = edge.where;
        const Values& v = values_;
        values_.set(tables_.values_of_edge(part.first_edge));
        members_.clear();
        const auto ends = tables_.ends(edge);
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto same = [&](const auto& member) { return member.first == ends[i]; };
            if (std::none_of(members_.begin(), members_.end(), same)) {
                members_.emplace_back(ends[i], v[i == 0 ? t_role_a : t_role_b]);
            }
        }
        members_.insert(members_.end(), part.more.begin(), part.more.end());
        PartnershipRecord record;
        record.id = {part.text, where.line, where.column, part.id};
        fill(record, v, tie_, tie_separator_);
        const std::size_t size = members_.size();
        const double pair_weight = parse_number(v[t_weight].text).value_or(1.0);
        const double weight =
            parse_number(v[t_partnership_weight].text)
                .value_or(size > 2 ? pair_weight * static_cast<double>(size - 1) : pair_weight);
        if (weight > 0.0) {
            record.weight = {weight, where.line, where.column};
        }
        const bool roles = std::any_of(members_.begin(), members_.end(),
                                       [](const auto& member) { return !member.second.text.empty(); });
        if (size == 2 && !roles) {
            record.a = id_cell(members_[0].first, where);
            record.b = id_cell(members_[1].first, where);
            builder_.add(record);
            return;
        }
        builder_.add(record);
        for (const auto& [member, role] : members_) {
            builder_.add(MemberRecord{record.id, id_cell(member, where), role});
        }
    }

    void say_what_is_left() {
        if (directed_ > 0) {
            context_.note("directed", first_directed_,
                          "partnerships have no direction; " + std::to_string(directed_) +
                              " directed edges are read as such, those in both directions as two");
        }
        for (std::size_t c = 0; c < tables_.edge_columns().size(); ++c) {
            const GraphColumn& column = tables_.edge_columns()[c];
            if (tie_.field_of[c] == Fields::none && column.values > 0) {
                context_.warn("edge column " + column.name, {},
                              "a partnership has no place for the attribute " + quoted_text(column.name) +
                                  " of edges; " + std::to_string(column.values) +
                                  " values are left out (--map can say what it is)");
            }
        }
    }

    const GraphTables& tables_;
    const GraphMap& map_;
    NetworkBuilder& builder_;
    ReadContext& context_;
    std::vector<FieldRule> actor_rules_ = actor_rules(), tie_rules_ = tie_rules();
    Fields actor_, tie_, node_tie_;
    std::uint32_t mode_column_ = no_column, id_column_ = no_column;
    std::vector<std::string_view> ids_;         ///< by name, trimmed
    std::vector<Cell> cells_;                   ///< the same, with what the builder calls them
    std::vector<std::uint8_t> is_partnership_;  ///< by name
    std::vector<std::uint32_t> attribute_of_;   ///< of the node columns
    std::vector<Cell> attributes_, topics_;
    char actor_separator_ = '|', seeks_separator_ = '|', tie_separator_ = '|';
    std::set<std::string_view> expertises_;
    bool missing_ = false, own_ids_ = true;
    Values values_{tie_}, scratch_{tie_};
    std::vector<std::uint32_t> put_edges_;  ///< whose ids are not yet known to the builder
    std::vector<std::string_view> put_ids_;
    std::vector<TextId> put_known_;
    std::vector<char> put_text_;  ///< of those that are made
    std::size_t put_used_ = 0;
    std::vector<TextId> own_;                ///< ids of the edges as the builder knows them
    std::vector<std::uint32_t> times_used_;  ///< by text
    std::string made_;
    std::size_t hyperedges_ = 0, directed_ = 0;
    Place first_directed_;
    std::deque<Part> parts_;                               ///< in the order of their first edges
    std::vector<std::uint32_t> part_named_;                ///< by text: the number of its part
    std::vector<std::pair<std::uint32_t, Cell>> members_;  ///< of one part
};

// from a network to a graph

std::string shortest(double value) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), result.ptr};
}

/// A number as JSON writes it.
bool is_json_number(std::string_view text, bool& whole) noexcept {
    std::size_t at = text.rfind('-', 0) == 0 ? 1 : 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at - from;
    };
    const std::size_t first = at;
    const std::size_t count = digits();
    if (count == 0 || (count > 1 && text[first] == '0')) {
        return false;
    }
    whole = at == text.size();
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) {
            return false;
        }
    }
    constexpr std::size_t most = 15;  // digits that a double keeps, so that no reader changes them
    return at == text.size() && text.size() <= most;
}

void add_item(std::string& list, std::string_view item) {
    list += list.empty() ? "" : "|";
    list += item;
}

/// A single item that holds another separator would be read as several, were there no bar.
std::string closed(std::string list) {
    if (list.find('|') == std::string::npos && list.find_first_of(",;") != std::string::npos) {
        list += '|';
    }
    return list;
}

class GraphMaker {
public:
    GraphMaker(const Network& network, std::vector<LocalText>& lost) : n_(network), lost_(lost) {}

    GraphTables run() {
        g_.title = n_.settings().title;
        add_actors();
        add_partnerships();
        say_lost();
        return std::move(g_);
    }

private:
    void put(std::uint32_t column, std::string_view text) {
        if (!text.empty()) {
            values_.push_back({GraphText(text), column, 0, 0});
        }
    }
    void put_kept(std::uint32_t column, const std::string& text) {
        if (!text.empty()) {
            values_.push_back({g_.keep(text), column, 0, 0});
        }
    }

    /// Numbers and truths where every value of the attribute is one.
    ValueType type_of(std::size_t attribute) const {
        bool numbers = true;
        bool wholes = true;
        bool truths = true;
        bool any = false;
        for (const ActorId a : n_.actors().ids()) {
            const std::string_view text = n_.text(n_.attribute(attribute, a));
            if (text.empty()) {
                continue;
            }
            any = true;
            bool whole = false;
            numbers = numbers && is_json_number(text, whole);
            wholes = wholes && whole;
            truths = truths && (text == "true" || text == "false");
            if (!numbers && !truths) {
                return ValueType::text;
            }
        }
        return !any      ? ValueType::text
               : truths  ? ValueType::boolean
               : wholes  ? ValueType::integer
               : numbers ? ValueType::real
                         : ValueType::text;
    }

    void add_actors() {
        const auto label = g_.node_column("label", ValueType::text, true);
        const auto kind = g_.node_column("kind");
        const auto place = g_.node_column("place");
        const auto country = g_.node_column("country");
        const auto lat = g_.node_column("lat", ValueType::real);
        const auto lon = g_.node_column("lon", ValueType::real);
        const auto url = g_.node_column("url");
        const auto expertises = g_.node_column("expertises");
        const auto seeks = g_.node_column("seeks");
        std::vector<std::uint32_t> columns;
        for (std::size_t i = 0; i < n_.attribute_names().size(); ++i) {
            const std::string& name = n_.attribute_names()[i];
            if (name == "expertises" || name == "seeks") {
                const bool seek = name == "seeks";
                lost_.push_back(
                    {"l’attribut « " + name + " » des acteurs : la colonne de ce nom dit ce qu’ils " +
                         (seek ? "recherchent" : "proposent"),
                     "the attribute \"" + name + "\" of actors: the column of that name has what they " +
                         (seek ? "seek" : "offer")});
                columns.push_back(no_column);
            } else {
                columns.push_back(g_.node_column(name, type_of(i)));
            }
        }
        std::size_t holding = 0;
        const auto holdings = n_.holdings();
        for (const ActorId a : n_.actors().ids()) {
            const Actor& actor = n_.actors()[a];
            values_.clear();
            put(label, n_.name(a));
            put(kind, n_.text(actor.kind));
            put(place, n_.text(actor.place));
            put(country, n_.text(actor.country));
            if (actor.lat) {
                put_kept(lat, shortest(*actor.lat));
                put_kept(lon, shortest(*actor.lon));
            }
            put(url, n_.text(actor.url));
            std::string offered;
            std::string sought;
            for (; holding < holdings.size() && holdings[holding].actor == a; ++holding) {
                const Holding& h = holdings[holding];
                std::string& list = h.relation == Relation::seeks ? sought : offered;
                add_item(list, n_.id(h.expertise));
                levels_ += h.level != 1.0F ? 1U : 0U;
                holding_sources_ += h.source != TextId{} ? 1U : 0U;
            }
            put_kept(expertises, closed(offered));
            put_kept(seeks, closed(sought));
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (columns[i] != no_column) {
                    put(columns[i], n_.text(n_.attribute(i, a)));
                }
            }
            g_.add_node(g_.name(n_.id(a)), {}, values_);
        }
    }

    void add_partnerships() {
        const auto label = g_.edge_column("label", ValueType::text, true);
        const auto kind = g_.edge_column("kind", ValueType::text, true);
        const auto weight = g_.edge_column("weight", ValueType::real, true);
        const auto start = g_.edge_column("start", ValueType::text, true);
        const auto end = g_.edge_column("end", ValueType::text, true);
        const auto status = g_.edge_column("status");
        const auto expertises = g_.edge_column("expertises");
        const auto source = g_.edge_column("provenance");
        const auto partnership = g_.edge_column("partnership");
        const auto whole = g_.edge_column("partnership_weight", ValueType::real);
        const auto role_a = g_.edge_column("role_a");
        const auto role_b = g_.edge_column("role_b");
        for (const PartnershipId p : n_.partnerships().ids()) {
            const Partnership& tie = n_.partnerships()[p];
            const auto members = n_.members(p);
            const std::size_t size = members.size();
            if (size == 0) {
                ++empty_;
                continue;
            }
            values_.clear();
            put(label, n_.text(tie.name));
            put(kind, n_.text(tie.kind));
            const bool several = size != 2;
            const double pair = size > 2 ? tie.weight / static_cast<double>(size - 1) : tie.weight;
            if (pair != 1.0) {
                put_kept(weight, shortest(pair));
            }
            if (tie.start) {
                put_kept(start, to_text(*tie.start));
            }
            if (tie.end) {
                put_kept(end, to_text(*tie.end));
            }
            put(status, n_.text(tie.status));
            std::string topics;
            for (const ExpertiseId x : n_.topics(p)) {
                add_item(topics, n_.id(x));
            }
            put_kept(expertises, closed(topics));
            put(source, n_.text(tie.source));
            if (several) {
                put(partnership, n_.id(p));
            }
            if (size > 2) {
                put_kept(whole, shortest(tie.weight));
            }
            const std::size_t common = values_.size();
            for (std::size_t i = 0; i < size; ++i) {
                for (std::size_t j = size == 1 ? i : i + 1; j < size; ++j) {
                    values_.resize(common);
                    put(role_a, n_.text(members[i].role));
                    if (j != i) {
                        put(role_b, n_.text(members[j].role));
                    }
                    g_.add_edge(several ? GraphText() : GraphText(n_.id(p)), g_.name(n_.id(members[i].actor)),
                                g_.name(n_.id(members[j].actor)), {}, false, values_);
                }
            }
        }
    }

    void count(std::size_t number, std::string_view fr, std::string_view en) {
        if (number > 0) {
            lost_.push_back({std::to_string(number) + ' ' + std::string(fr),
                             std::to_string(number) + ' ' + std::string(en)});
        }
    }

    void say_lost() {
        std::size_t labels = 0;
        std::size_t unused = 0;
        std::vector<std::uint8_t> used(n_.expertises().size(), 0);
        for (const Holding& h : n_.holdings()) {
            used[index_of(h.expertise)] = 1;
        }
        for (const PartnershipId p : n_.partnerships().ids()) {
            for (const ExpertiseId x : n_.topics(p)) {
                used[index_of(x)] = 1;
            }
        }
        for (const ExpertiseId x : n_.expertises().ids()) {
            const Expertise& e = n_.expertises()[x];
            labels += e.label != TextId{} || e.label_fr != TextId{} || e.label_en != TextId{} ||
                              e.scheme != TextId{} || e.parent != none<ExpertiseId>
                          ? 1U
                          : 0U;
            unused += used[index_of(x)] == 0 ? 1U : 0U;
        }
        count(labels,
              "expertises ont un libellé, un parent ou un référentiel : seul leur identifiant est gardé",
              "expertises have labels, parents or schemes: their ids alone are kept");
        count(unused, "expertises que personne ne propose, ne recherche ni ne pratique",
              "expertises that nobody holds, seeks or works on");
        count(levels_, "niveaux d’expertise", "levels of expertises");
        count(holding_sources_, "sources d’expertises", "sources of expertises");
        count(empty_, "partenariats sans membre", "partnerships without members");
        count(n_.opportunities().size(), "opportunités", "opportunities");
        Settings rest = n_.settings();
        rest.title.clear();
        if (rest != Settings{}) {
            lost_.push_back(
                {"les réglages autres que le titre (périmètre, regroupements, mots pour les codes)",
                 "settings other than the title (scope, grouping, words for codes)"});
        }
    }

    const Network& n_;
    std::vector<LocalText>& lost_;
    GraphTables g_;
    std::vector<GraphValue> values_;
    std::size_t levels_ = 0, holding_sources_ = 0, empty_ = 0;
};

/// A map in JSON.
class MapReader {
public:
    explicit MapReader(ReadContext& context) : context_(context) {}

    GraphMap run(std::string_view text) {
        GraphMap map;
        map.file = context_.file();
        const auto take = [&](std::string_view, bool, const JsonNode& node) {
            read(node, map);
            return true;
        };
        walk_json(text, context_.file(), {.max_depth = 8, .keep = JsonWalk::Keep::whole}, take,
                  context_.diagnostics());
        return map;
    }

private:
    using Type = JsonNode::Type;

    [[nodiscard]] static Place place(const JsonNode& node) noexcept { return {node.line, node.column}; }
    void error(const JsonNode& node, std::string message) { context_.error(place(node), std::move(message)); }

    void read(const JsonNode& node, GraphMap& map) {
        if (node.type != Type::object) {
            error(node,
                  "a map is an object: {\"actor\": {\"kind\": \"…\"}, \"partnership\": {\"start\": \"…\"}}");
            return;
        }
        for (const auto& [key, value] : node.members) {
            if (key == "actor" || key == "partnership") {
                const bool actor = key == "actor";
                fields(value, key,
                       actor ? std::span<const Names>(actor_field_names)
                             : std::span<const Names>(tie_field_names),
                       actor ? map.actor : map.partnership);
            } else if (key == "list_separator" || key == "graph") {
                if (value.type != Type::text || (key == "list_separator" && value.text.size() != 1)) {
                    error(value, key == "graph" ? "\"graph\" is the id of a graph"
                                                : "\"list_separator\" is one character");
                } else {
                    (key == "graph" ? map.graph : map.list_separator) = value.text;
                }
            } else if (key == "add_missing_nodes") {
                if (value.type != Type::truth) {
                    error(value, "\"add_missing_nodes\" is true or false");
                }
                map.add_missing_nodes = value.truth;
            } else if (key == "partnership_nodes") {
                const JsonNode* attribute = value.find("attribute");
                const JsonNode* is = value.find("value");
                if (attribute == nullptr || is == nullptr || attribute->type != Type::text ||
                    (is->type != Type::text && is->type != Type::number)) {
                    error(value, R"("partnership_nodes" is {"attribute": "…", "value": "…"})");
                } else {
                    map.partnership_nodes.emplace(attribute->text, is->text);
                }
            } else {
                const std::vector<std::string> known = {"actor", "partnership",       "list_separator",
                                                        "graph", "add_missing_nodes", "partnership_nodes"};
                error(value, "unknown member " + quoted_text(key) + suggestion(key, known));
            }
        }
    }

    void fields(const JsonNode& node, const std::string& what, std::span<const Names> known,
                std::vector<GraphMap::Choice>& choices) {
        if (node.type != Type::object) {
            error(node,
                  '"' + what + "\" is an object: field of ours, and the attribute of the file that is it");
            return;
        }
        for (const auto& [key, value] : node.members) {
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                const std::vector<std::string> names(known.begin(), known.end());
                error(value, "unknown field " + quoted_text(key) + suggestion(key, names));
            } else if (value.type != Type::text) {
                error(value, "the name of an attribute is a text");
            } else {
                choices.push_back({key, value.text, place(value)});
            }
        }
    }

    ReadContext& context_;
};

}  // namespace

GraphMap read_graph_map(std::string_view text, ReadContext& context) {
    return MapReader(context).run(text);
}

void add_graph(const GraphTables& tables, const GraphMap& map, NetworkBuilder& builder,
               ReadContext& context) {
    GraphAdder(tables, map, builder, context).run();
}

GraphTables graph_of(const Network& network, std::vector<LocalText>& lost) {
    return GraphMaker(network, lost).run();
}

}  // namespace maillage::io
