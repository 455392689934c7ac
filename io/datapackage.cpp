#include "io/datapackage.hpp"

#include "io/json_writer.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

struct Key {
    std::string_view table, column;
    bool primary;
    std::string_view refers_to;  ///< table whose id the column holds; empty for none
};

constexpr std::array<Key, 14> keys = {{{"actors", "id", true, ""},
                                       {"expertises", "id", true, ""},
                                       {"expertises", "parent", false, "expertises"},
                                       {"actor_expertises", "actor", true, "actors"},
                                       {"actor_expertises", "expertise", true, "expertises"},
                                       {"actor_expertises", "relation", true, ""},
                                       {"partnerships", "id", true, ""},
                                       {"partnerships", "a", false, "actors"},
                                       {"partnerships", "b", false, "actors"},
                                       {"members", "partnership", true, "partnerships"},
                                       {"members", "actor", true, "actors"},
                                       {"opportunities", "id", true, ""},
                                       {"opportunity_expertises", "opportunity", true, "opportunities"},
                                       {"opportunity_expertises", "expertise", true, "expertises"}}};

struct Note {
    std::string_view column, text;
};
constexpr std::array<Note, 12> notes = {
    {{"lat", "degrees, WGS 84"},
     {"lon", "degrees, WGS 84"},
     {"relation", "offers or seeks"},
     {"level", "0 to 1; empty: 1"},
     {"weight", "greater than 0; empty: 1"},
     {"expertises", "ids separated by |"},
     {"required_kinds", "kinds of actors separated by |"},
     {"countries", "codes separated by |"},
     {"a", "one side of a partnership of two; the members of others stand in members.csv"},
     {"b", "the other side"},
     {"parent", "the broader expertise; empty: none"},
     {"min_holders", "partners that must hold it; empty: 1"}}};

bool is_date(std::string_view table, std::string_view column) noexcept {
    return (table == "partnerships" && (column == "start" || column == "end")) ||
           (table == "opportunities" && (column == "opens" || column == "deadline"));
}

bool is_required(std::string_view table, std::string_view column) noexcept {
    const bool key = std::any_of(keys.begin(), keys.end(), [&](const Key& k) {
        return k.table == table && k.column == column && k.primary;
    });
    return key || (table == "actors" && column == "name") || (table == "opportunities" && column == "title");
}

void write_field(JsonWriter& json, const PackageTable& table, const PackageColumn& column) {
    json.begin_object().field("name", column.name).field("type", column.type);
    if (const auto note =
            std::find_if(notes.begin(), notes.end(), [&](const Note& n) { return n.column == column.name; });
        note != notes.end() && table.name != "actors") {
        json.field("description", note->text);
    }
    if (is_date(table.name, column.name)) {
        json.field("description", "a year, a month or a day");
        json.key("constraints")
            .begin_object()
            .field("pattern", "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
            .end_object();
    } else if (is_required(table.name, column.name)) {
        json.key("constraints").begin_object().field("required", true).end_object();
    }
    json.end_object();
}

bool has_column(const PackageTable& table, std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [name](const PackageColumn& column) { return column.name == name; });
}

void write_keys(JsonWriter& json, const PackageTable& table, const std::vector<PackageTable>& tables) {
    const auto here = [&](const Key& key) {
        return key.table == table.name && has_column(table, key.column);
    };
    json.key("primaryKey").begin_array();
    for (const Key& key : keys) {
        if (here(key) && key.primary) {
            json.value(key.column);
        }
    }
    json.end_array();
    json.key("foreignKeys").begin_array(Form::lines);
    for (const Key& key : keys) {
        const bool known = std::any_of(tables.begin(), tables.end(), [&](const PackageTable& other) {
            return other.name == key.refers_to;
        });
        if (here(key) && known) {
            json.begin_object().field("fields", key.column).key("reference").begin_object();
            json.field("resource", key.refers_to == table.name ? std::string_view() : key.refers_to);
            json.field("fields", "id").end_object().end_object();
        }
    }
    json.end_array();
}

}  // namespace

void write_datapackage(std::ostream& out, const Settings& settings, const std::vector<PackageTable>& tables) {
    JsonWriter json(out);
    json.begin_object(Form::lines);
    json.field("profile", "tabular-data-package").field("name", "maillage-dataset");
    if (!settings.title.empty()) {
        json.field("title", settings.title);
    }
    if (!settings.licence.empty()) {
        json.field("licence", settings.licence);
    }
    json.key("resources").begin_array(Form::lines);
    for (const PackageTable& table : tables) {
        json.begin_object(Form::lines).field("profile", "tabular-data-resource");
        json.field("name", table.name).field("path", table.name + ".csv");
        json.field("format", "csv").field("mediatype", "text/csv").field("encoding", "utf-8");
        json.key("dialect").begin_object().field("delimiter", ",").field("lineTerminator", "\n").end_object();
        json.key("schema").begin_object(Form::lines).key("fields").begin_array(Form::lines);
        for (const PackageColumn& column : table.columns) {
            write_field(json, table, column);
        }
        json.end_array();
        write_keys(json, table, tables);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    out << '\n';
}

}  // namespace maillage::io
