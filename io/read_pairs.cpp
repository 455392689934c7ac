#include "io/read_pairs.hpp"

#include "io/actor_lookup.hpp"
#include "io/csv.hpp"
#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/table_header.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names a_names[] = {"actor",       "actor a",   "actor 1",      "partner a",    "partner 1",
                             "acteur",      "acteur a",  "acteur 1",     "partenaire a", "partenaire 1",
                             "structure a", "structure", "structure 1",  "organisme a",  "organisme 1",
                             "de",          "from",      "organisation", "organisme",    "actor id"};
constexpr Names b_names[] = {"partner",     "actor b",  "actor 2",     "partner b",    "partner 2",
                             "partenaire",  "acteur b", "acteur 2",    "partenaire b", "partenaire 2",
                             "structure b", "avec",     "structure 2", "organisme b",  "organisme 2",
                             "vers",        "to",       "with",        "partner id",   "id partenaire"};
constexpr ColumnSpec columns[] = {{"a", true, a_names}, {"b", true, b_names}};
/// The table is none of a dataset; headers of tables other than actors are all read alike.
constexpr TableSpec pairs_table = {Table::members, columns, {}};

class Reader {
public:
    Reader(const std::string& file, const Network& network, std::vector<Diagnostic>& diagnostics)
        : file_(file), network_(network), diagnostics_(diagnostics), actors_(network) {}

    void read(std::string_view text, PairsFile& result) {
        CsvReader reader(text, file_, diagnostics_);
        std::vector<CsvField> fields;
        while (reader.next(fields) && blank(fields)) {
        }
        if (fields.empty()) {
            if (!reader.failed()) {
                say(Severity::error, {{}, 1, 1},
                    "the table is empty; its first line names the columns a and b");
            }
            return;
        }
        const TableHeader header(pairs_table, fields, file_, diagnostics_);
        if (!header.complete()) {
            return;
        }
        while (reader.next(fields)) {
            if (blank(fields)) {
                continue;
            }
            ++result.rows;
            const auto a = actor_in(fields, header.field_of(0), "a");
            const auto b = actor_in(fields, header.field_of(1), "b");
            if (a && b && *a == *b) {
                say(Severity::error, fields[header.field_of(1)],
                    "a and b are the same actor, " + std::string(network_.id(*a)));
            } else if (a && b) {
                result.pairs.emplace_back(std::min(*a, *b), std::max(*a, *b));
            }
        }
        if (result.rows == 0 && !reader.failed()) {
            say(Severity::warning, {{}, 1, 1}, "the table has columns and no row");
        }
    }

private:
    static bool blank(const std::vector<CsvField>& fields) {
        return std::all_of(fields.begin(), fields.end(),
                           [](const CsvField& f) { return trimmed(f.text).empty(); });
    }
    void say(Severity severity, const CsvField& where, std::string message) {
        diagnostics_.push_back({severity, {file_, where.line, where.column}, std::move(message), {}});
    }

    std::optional<ActorId> actor_in(const std::vector<CsvField>& fields, std::size_t f,
                                    std::string_view column) {
        if (f >= fields.size() || trimmed(fields[f].text).empty()) {
            CsvField place = f < fields.size() ? fields[f] : fields.back();
            say(Severity::error, place, "an actor is missing in column " + std::string(column));
            return std::nullopt;
        }
        std::string why;
        const auto found = actors_.find(trimmed(fields[f].text), why);
        if (!found) {
            say(Severity::error, fields[f], std::move(why));
        }
        return found;
    }

    const std::string& file_;
    const Network& network_;
    std::vector<Diagnostic>& diagnostics_;
    ActorLookup actors_;
};

bool is_error(const Diagnostic& d) {
    return d.severity == Severity::error;
}

}  // namespace

PairsFile read_pairs(const std::string& path, const Network& network) {
    PairsFile result;
    const FileBytes file(path);
    DecodedText decoded;
    decode(file.bytes(), path, decoded, result.diagnostics);
    if (decoded.readable) {
        Reader(path, network, result.diagnostics).read(decoded.text, result);
    }
    fill_excerpts(decoded.text, path, result.diagnostics);
    if (std::any_of(result.diagnostics.begin(), result.diagnostics.end(), is_error)) {
        throw InputError(std::move(result.diagnostics));
    }
    std::sort(result.pairs.begin(), result.pairs.end());
    const auto end = std::unique(result.pairs.begin(), result.pairs.end());
    result.repeated = static_cast<std::size_t>(result.pairs.end() - end);
    result.pairs.erase(end, result.pairs.end());
    return result;
}

}  // namespace maillage::io
