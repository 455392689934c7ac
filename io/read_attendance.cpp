#include "io/read_attendance.hpp"

#include "io/actor_lookup.hpp"
#include "io/csv.hpp"
#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/table_header.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <charconv>
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

std::optional<std::uint32_t> whole(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return text.empty() || error != std::errc{} || end != text.data() + text.size() ? std::nullopt
                                                                                    : std::optional(value);
}

class Reader {
public:
    Reader(const std::string& file, const Network& network, std::uint32_t rounds,
           std::vector<Diagnostic>& diagnostics)
        : file_(file), rounds_(rounds), diagnostics_(diagnostics), actors_(network) {}

    void read(std::string_view text, AttendanceFile& result) {
        CsvReader reader(text, file_, diagnostics_);
        std::vector<CsvField> fields;
        while (reader.next(fields) && blank(fields)) {
        }
        if (fields.empty()) {
            if (!reader.failed()) {
                say({{}, 1, 1},
                    "the table is empty; its first line names the columns actor, rounds, min, max");
            }
            return;
        }
        const TableHeader header(attendance_table, fields, file_, diagnostics_);
        if (!header.complete()) {
            return;
        }
        std::map<ActorId, std::uint32_t> lines;
        while (reader.next(fields)) {
            if (blank(fields)) {
                continue;
            }
            Attendance row;
            const CsvField* actor = cell(fields, header.field_of(0));
            if (actor == nullptr) {
                say(fields.front(), "an actor is missing in column actor");
                continue;
            }
            std::string why;
            const auto found = actors_.find(trimmed(actor->text), why);
            if (!found) {
                say(*actor, std::move(why));
                continue;
            }
            row.actor = *found;
            if (const auto [at, fresh] = lines.emplace(*found, actor->line); !fresh) {
                say(*actor, "the actor stands in line " + std::to_string(at->second) + " already");
                continue;
            }
            read_rounds(cell(fields, header.field_of(1)), row);
            row.least = read_number(cell(fields, header.field_of(2)), "min");
            row.most = read_number(cell(fields, header.field_of(3)), "max");
            if (row.least && row.most && *row.least > *row.most) {
                say(*cell(fields, header.field_of(2)),
                    "min " + std::to_string(*row.least) + " is above max " + std::to_string(*row.most));
            }
            result.rows.push_back(std::move(row));
        }
    }

private:
    static bool blank(const std::vector<CsvField>& fields) {
        return std::all_of(fields.begin(), fields.end(),
                           [](const CsvField& f) { return trimmed(f.text).empty(); });
    }
    static const CsvField* cell(const std::vector<CsvField>& fields, std::size_t f) {
        return f < fields.size() && !trimmed(fields[f].text).empty() ? &fields[f] : nullptr;
    }
    void say(const CsvField& where, std::string message) {
        diagnostics_.push_back({Severity::error, {file_, where.line, where.column}, std::move(message), {}});
    }

    std::optional<std::uint32_t> read_number(const CsvField* field, std::string_view column) {
        if (field == nullptr) {
            return std::nullopt;
        }
        const auto value = whole(trimmed(field->text));
        if (!value) {
            say(*field,
                std::string(column) + " \"" + std::string(trimmed(field->text)) + "\" is no whole number");
        }
        return value;
    }

    /// "1|2|5-7": rounds count from 1.
    void read_rounds(const CsvField* field, Attendance& row) {
        if (field == nullptr) {
            return;
        }
        row.there.assign(rounds_, 0);
        std::string_view rest = trimmed(field->text);
        while (true) {
            const auto bar = rest.find('|');
            const std::string_view item = trimmed(rest.substr(0, bar));
            const auto dash = item.find('-');
            const auto first = whole(trimmed(item.substr(0, dash)));
            const auto last = dash == std::string_view::npos ? first : whole(trimmed(item.substr(dash + 1)));
            if (!first || !last || *first == 0 || *last > rounds_ || *first > *last) {
                say(*field, "\"" + std::string(item) + "\" is no round from 1 to " + std::to_string(rounds_) +
                                ", nor rounds as in 2-4");
                return;
            }
            std::fill(row.there.begin() + (*first - 1), row.there.begin() + *last, std::uint8_t{1});
            if (bar == std::string_view::npos) {
                return;
            }
            rest.remove_prefix(bar + 1);
        }
    }

    const std::string& file_;
    std::uint32_t rounds_;
    std::vector<Diagnostic>& diagnostics_;
    ActorLookup actors_;
};

}  // namespace

AttendanceFile read_attendance(const std::string& path, const Network& network, std::uint32_t rounds) {
    AttendanceFile result;
    const FileBytes file(path);
    DecodedText decoded;
    decode(file.bytes(), path, decoded, result.diagnostics);
    if (decoded.readable) {
        Reader(path, network, rounds, result.diagnostics).read(decoded.text, result);
    }
    fill_excerpts(decoded.text, path, result.diagnostics);
    if (std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; })) {
        throw InputError(std::move(result.diagnostics));
    }
    std::sort(result.rows.begin(), result.rows.end(),
              [](const Attendance& a, const Attendance& b) { return a.actor < b.actor; });
    return result;
}

}  // namespace maillage::io
