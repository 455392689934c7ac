#include "io/read_attendance.hpp"

#include "io/side_table.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names actor_names[] = {"acteur",       "actor id",  "id",   "participant", "structure",
                                 "organisation", "organisme", "name", "nom"};
constexpr Names rounds_names[] = {"round",      "tours",          "tour",     "available", "availability",
                                  "disponible", "disponibilites", "creneaux", "slots"};
constexpr Names least_names[] = {"minimum", "at least", "au moins", "least"};
constexpr Names most_names[] = {"maximum", "at most", "au plus", "most"};
constexpr ColumnSpec columns[] = {{"actor", true, actor_names},
                                  {"rounds", false, rounds_names},
                                  {"min", false, least_names},
                                  {"max", false, most_names}};
constexpr TableSpec attendance_table = {Table::members, columns, {}};

std::optional<std::uint32_t> number(SideTable& table, std::size_t column) {
    const CsvField* field = table.cell(column);
    if (field == nullptr) {
        return std::nullopt;
    }
    const auto value = parse_whole<std::uint32_t>(trimmed(field->text));
    if (!value) {
        table.error(*field, std::string(columns[column].name) + " \"" + std::string(trimmed(field->text)) +
                                "\" is no whole number");
    }
    return value;
}

/// "1|2|5-7": rounds count from 1. 1 or 0 per round; empty when nothing is said, or not understood.
std::vector<std::uint8_t> attended(SideTable& table, std::size_t column, std::uint32_t rounds) {
    const CsvField* field = table.cell(column);
    if (field == nullptr) {
        return {};
    }
    std::vector<std::uint8_t> there(rounds, 0);
    std::string_view rest = trimmed(field->text);
    while (true) {
        const auto bar = rest.find('|');
        const std::string_view item = trimmed(rest.substr(0, bar));
        const auto dash = item.find('-');
        const auto first = parse_whole<std::uint32_t>(trimmed(item.substr(0, dash)));
        const auto last = dash == std::string_view::npos
                              ? first
                              : parse_whole<std::uint32_t>(trimmed(item.substr(dash + 1)));
        if (!first || !last || *first == 0 || *last > rounds || *first > *last) {
            table.error(*field, "\"" + std::string(item) + "\" is no round from 1 to " +
                                    std::to_string(rounds) + ", nor rounds as in 2-4");
            return {};
        }
        std::fill(there.begin() + (*first - 1), there.begin() + *last, std::uint8_t{1});
        if (bar == std::string_view::npos) {
            return there;
        }
        rest.remove_prefix(bar + 1);
    }
}

}  // namespace

AttendanceFile read_attendance(const std::string& path, const Network& network, std::uint32_t rounds) {
    AttendanceFile result;
    std::map<ActorId, std::uint32_t> lines;
    SideTable table(path, attendance_table, "actor, rounds, min, max", network);
    while (table.next()) {
        Attendance row;
        const auto actor = table.actor(0);
        row.there = attended(table, 1, rounds);
        row.least = number(table, 2);
        row.most = number(table, 3);
        if (row.least && row.most && *row.least > *row.most) {
            table.error(*table.cell(2),
                        "min " + std::to_string(*row.least) + " is above max " + std::to_string(*row.most));
        }
        if (!actor) {
            continue;
        }
        row.actor = *actor;
        const CsvField& cell = *table.cell(0);
        if (const auto [at, fresh] = lines.emplace(*actor, cell.line); !fresh) {
            table.error(cell, "the actor stands in line " + std::to_string(at->second) + " already");
            continue;
        }
        result.rows.push_back(std::move(row));
    }
    result.diagnostics = table.finish();
    std::sort(result.rows.begin(), result.rows.end(),
              [](const Attendance& a, const Attendance& b) { return a.actor < b.actor; });
    return result;
}

}  // namespace maillage::io
