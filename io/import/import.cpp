#include "io/import/import.hpp"

#include "io/csv.hpp"
#include "io/csv_text.hpp"
#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/name_key.hpp"
#include "io/read_settings.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <ostream>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace maillage::io {
namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);
constexpr std::string_view coordinator = "coordinator";

/// Facts about things numbered from 0: for each field its values and how often each was said.
class Facts {
public:
    void say(std::uint32_t thing, std::uint32_t field, TextId value) {
        if (value != TextId{}) {
            ++said_[{thing, field, value}];
        }
    }
    /// Moves what was said of `things` to what they belong to.
    [[nodiscard]] Facts regrouped(const std::vector<std::uint32_t>& group_of) const {
        Facts result;
        for (const auto& [key, count] : said_) {
            result.said_[{group_of[key.thing], key.field, key.value}] += count;
        }
        return result;
    }
    /// Of each thing and field the value said most often, then the first in byte order.
    void settle(const TextPool& pool) {
        settled_.clear();
        for (const auto& [key, count] : said_) {
            auto& best = settled_[place(key.thing, key.field)];
            ++best.values;
            if (count > best.count || (count == best.count && pool.text(key.value) < pool.text(best.value))) {
                best.value = key.value;
                best.count = count;
            }
        }
        said_.clear();
    }
    [[nodiscard]] TextId of(std::uint32_t thing, std::uint32_t field) const {
        const auto found = settled_.find(place(thing, field));
        return found == settled_.end() ? TextId{} : found->second.value;
    }
    [[nodiscard]] bool disputed(std::uint32_t thing, std::uint32_t field) const {
        const auto found = settled_.find(place(thing, field));
        return found != settled_.end() && found->second.values > 1;
    }

private:
    struct Key {
        std::uint32_t thing, field;
        TextId value;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& k) const noexcept {
            constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
            return static_cast<std::size_t>(
                ((place(k.thing, k.field) * odd) ^ (index_of(k.value) * 0xC2B2AE3D27D4EB4FULL)) * odd >> 9U);
        }
    };
    struct Best {
        TextId value{};
        std::uint32_t count = 0, values = 0;
    };
    static std::uint64_t place(std::uint32_t thing, std::uint32_t field) noexcept {
        return (std::uint64_t{thing} << 8U) | field;
    }
    std::unordered_map<Key, std::uint32_t, Hash> said_;
    std::unordered_map<std::uint64_t, Best> settled_;
};

struct Membership {
    std::uint32_t partnership = 0, spelling = 0;
    TextId role{};
    std::uint32_t line = 0;
    std::uint16_t file = 0;
};

struct ExpertiseText {
    std::string label, label_fr, label_en, parent;
};

/// Everything that was read, before it is known who is who.
struct Gathered {
    TextPool pool;
    OrganisationMatcher organisations{pool};
    std::vector<std::string> attributes;
    Facts of_spelling;     ///< field: position in actor_fields, or behind them an attribute
    Facts of_partnership;  ///< field: ImportField
    std::unordered_map<TextId, std::uint32_t> partnership_index;
    std::vector<TextId> partnerships;
    std::vector<std::pair<std::uint32_t, std::uint16_t>> partnership_places;  ///< line, file
    std::vector<Membership> memberships;
    std::vector<std::pair<std::uint32_t, TextId>> topics;  ///< partnership, expertise
    std::map<std::string, ExpertiseText> expertises;
    std::vector<std::string> files;
    std::size_t rows = 0, anonymous = 0;

    std::uint32_t partnership(std::string_view id, std::uint16_t file, std::uint32_t line) {
        const TextId text = pool.add(id);
        const auto [at, fresh] =
            partnership_index.try_emplace(text, static_cast<std::uint32_t>(partnerships.size()));
        if (fresh) {
            partnerships.push_back(text);
            partnership_places.emplace_back(line, file);
        }
        return at->second;
    }
};

constexpr std::array actor_fields = {ImportField::actor_kind, ImportField::actor_country,
                                     ImportField::actor_lat, ImportField::actor_lon, ImportField::actor_url};

/// One table being read: where the fields of the map stand in its rows.
class TableImport {
public:
    TableImport(const FileMap& map, const ImportMap& whole, const std::string& file, std::uint16_t number,
                Gathered& gathered, std::vector<Diagnostic>& diagnostics)
        : map_(map), whole_(whole), file_(file), number_(number), g_(gathered), diagnostics_(diagnostics) {}

    void run(std::string_view text) {
        CsvReader reader(text, file_, diagnostics_);
        if (!reader.next(row_)) {
            if (!reader.failed()) {
                say({}, "the table is empty; its first line names the columns");
            }
            return;
        }
        if (!find_columns(row_)) {
            return;
        }
        const std::size_t width = row_.size();
        while (reader.next(row_)) {
            if (std::all_of(row_.begin(), row_.end(),
                            [](const CsvField& f) { return trimmed(f.text).empty(); })) {
                continue;
            }
            ++g_.rows;
            if (row_.size() != width) {
                say(row_.front(), "this row has " + std::to_string(row_.size()) + " fields, the header " +
                                      std::to_string(width) +
                                      "; is the file cut here, or a separator inside a text without quotes?");
                continue;
            }
            take_row();
        }
    }

private:
    bool find_columns(const std::vector<CsvField>& header) {
        std::vector<std::string> keys, names;
        for (const CsvField& field : header) {
            keys.push_back(column_key(field.text));
            names.emplace_back(trimmed(field.text));
        }
        bool complete = true;
        for (const FieldMap& field : map_.fields) {
            at_.push_back(column_of(field.source, keys));
            if (at_.back() == absent && !field.source.columns.empty() && !field.source.optional) {
                const std::string& wanted = field.source.columns.front();
                say(header.front(), "there is no column \"" + wanted + "\" for " +
                                        std::string(to_code(field.field)) + " (asked for at " + whole_.name +
                                        ':' + std::to_string(field.source.where.line) + ')' +
                                        suggestion(wanted, names));
                complete = false;
            }
        }
        return complete;
    }

    static std::size_t column_of(const ColumnSource& source, const std::vector<std::string>& keys) {
        for (const std::string& name : source.columns) {
            const auto found = std::find(keys.begin(), keys.end(), column_key(name));
            if (found != keys.end()) {
                return static_cast<std::size_t>(found - keys.begin());
            }
        }
        return absent;
    }

    const CsvField& cell(std::size_t f) const { return at_[f] == absent ? row_.front() : row_[at_[f]]; }

    /// What the row says for a field of the map: cut and translated.
    std::string_view value(std::size_t f) const {
        const ColumnSource& source = map_.fields[f].source;
        std::string_view text = at_[f] == absent ? std::string_view(source.constant) : trimmed(cell(f).text);
        if (std::find(whole_.missing.begin(), whole_.missing.end(), text) != whole_.missing.end()) {
            return {};
        }
        if (at_[f] != absent && source.part > 0) {
            text = part_of(text, source);
        }
        if (!source.values.empty()) {
            if (const auto means = source.values.find(std::string(text)); means != source.values.end()) {
                return means->second;
            }
        }
        return text;
    }
    static std::string_view part_of(std::string_view text, const ColumnSource& source) {
        for (std::uint32_t n = 1; n < source.part; ++n) {
            const std::size_t cut = text.find(source.cut_at);
            if (cut == std::string_view::npos) {
                return {};
            }
            text.remove_prefix(cut + source.cut_at.size());
        }
        return trimmed(text.substr(0, text.find(source.cut_at)));
    }
    std::string_view value_of(ImportField field) const {
        const FieldMap* found = map_.find(field);
        return found == nullptr ? std::string_view()
                                : value(static_cast<std::size_t>(found - map_.fields.data()));
    }
    CsvField place_of(ImportField field) const {
        const FieldMap* found = map_.find(field);
        return found == nullptr ? row_.front() : cell(static_cast<std::size_t>(found - map_.fields.data()));
    }

    void take_row() {
        std::optional<std::uint32_t> partnership, spelling;
        if (map_.find(ImportField::partnership_id) != nullptr) {
            const std::string_view id = value_of(ImportField::partnership_id);
            if (id.empty()) {
                say(place_of(ImportField::partnership_id), "this row names no partnership");
                return;
            }
            partnership = g_.partnership(id, number_, row_.front().line);
        }
        if (map_.names_actor()) {
            spelling = spelling_of_row();
            if (!spelling) {
                return;
            }
        }
        for (std::size_t f = 0; f < map_.fields.size(); ++f) {
            take_field(f, partnership, spelling);
        }
        if (map_.find(ImportField::expertise_id) != nullptr) {
            take_expertise(partnership);
        }
        if (partnership && spelling) {
            g_.memberships.push_back({*partnership, *spelling,
                                      g_.pool.add(value_of(ImportField::member_role)), row_.front().line,
                                      number_});
        }
    }

    std::optional<std::uint32_t> spelling_of_row() {
        const std::string_view id = value_of(ImportField::actor_id);
        const std::string_view name = value_of(ImportField::actor_name);
        if (id.empty() && name_key(name).empty()) {
            say(place_of(map_.find(ImportField::actor_name) != nullptr ? ImportField::actor_name
                                                                       : ImportField::actor_id),
                "this row names no organisation, neither by identifier nor by name, and is left out",
                Severity::warning);
            ++g_.anonymous;
            return std::nullopt;
        }
        return g_.organisations.add(id, name, value_of(ImportField::actor_place), number_, row_.front().line);
    }

    void take_field(std::size_t f, std::optional<std::uint32_t> partnership,
                    std::optional<std::uint32_t> spelling) {
        const FieldMap& field = map_.fields[f];
        switch (field.field) {
            case ImportField::partnership_start:
            case ImportField::partnership_end:
                if (const std::string_view text = value(f); !text.empty() && !parse_date_cell(text)) {
                    say(cell(f), "\"" + std::string(text) + "\" is not a date; " + date_problem(text));
                    return;
                }
                break;
            case ImportField::partnership_weight:
            case ImportField::actor_lat:
            case ImportField::actor_lon:
                check_number(f);
                break;
            default:
                break;
        }
        if (partnership && field.field >= ImportField::partnership_name &&
            field.field <= ImportField::partnership_source) {
            g_.of_partnership.say(*partnership, static_cast<std::uint32_t>(field.field),
                                  g_.pool.add(value(f)));
        } else if (partnership && field.field == ImportField::partnership_expertises) {
            take_topics(f, *partnership);
        } else if (spelling && field.field == ImportField::actor_attribute) {
            const auto at = std::find(g_.attributes.begin(), g_.attributes.end(), field.attribute);
            g_.of_spelling.say(
                *spelling,
                static_cast<std::uint32_t>(actor_fields.size() +
                                           static_cast<std::size_t>(at - g_.attributes.begin())),
                g_.pool.add(value(f)));
        } else if (spelling) {
            const auto* const at = std::find(actor_fields.begin(), actor_fields.end(), field.field);
            if (at != actor_fields.end()) {
                g_.of_spelling.say(*spelling, static_cast<std::uint32_t>(at - actor_fields.begin()),
                                   g_.pool.add(value(f)));
            }
        }
    }

    void check_number(std::size_t f) {
        if (const std::string_view text = value(f); !text.empty() && !parse_number(text)) {
            say(cell(f), "\"" + std::string(text) + "\" is not a number; expected one such as 1, 0.5 or 0,5");
        }
    }

    void take_topics(std::size_t f, std::uint32_t partnership) {
        std::string_view rest = value(f);
        const std::string& separator = map_.fields[f].source.list_separator;
        while (!rest.empty()) {
            const std::size_t end =
                separator.empty() ? rest.size() : std::min(rest.find(separator), rest.size());
            if (const std::string_view item = trimmed(rest.substr(0, end)); !item.empty()) {
                g_.topics.emplace_back(partnership, g_.pool.add(item));
                g_.expertises.try_emplace(std::string(item));
            }
            rest.remove_prefix(std::min(end + separator.size(), rest.size()));
        }
    }

    /// A code such as /25/75 with a path such as /natural sciences/physics has its parents in both.
    void take_expertise(std::optional<std::uint32_t> partnership) {
        std::string_view id = value_of(ImportField::expertise_id);
        if (id.empty()) {
            return;
        }
        if (partnership) {
            g_.topics.emplace_back(*partnership, g_.pool.add(id));
        }
        label(g_.expertises[std::string(id)].label, value_of(ImportField::expertise_label));
        label(g_.expertises[std::string(id)].label_fr, value_of(ImportField::expertise_label_fr));
        label(g_.expertises[std::string(id)].label_en, value_of(ImportField::expertise_label_en));
        std::string_view path = value_of(ImportField::expertise_path);
        if (path.empty() ||
            std::count(id.begin(), id.end(), '/') != std::count(path.begin(), path.end(), '/')) {
            return;
        }
        while (true) {
            const std::size_t cut = id.rfind('/');
            const std::size_t word = path.rfind('/');
            if (word == std::string_view::npos) {
                return;
            }
            label(g_.expertises[std::string(id)].label_en, path.substr(word + 1));
            if (cut == 0 || word == 0) {
                return;
            }
            g_.expertises[std::string(id)].parent = id.substr(0, cut);
            id = id.substr(0, cut);
            path = path.substr(0, word);
        }
    }
    static void label(std::string& kept, std::string_view found) {
        if (!found.empty() && (kept.empty() || found < kept)) {
            kept = found;
        }
    }

    void say(const CsvField& where, std::string message, Severity severity = Severity::error) {
        diagnostics_.push_back({severity,
                                {file_, std::max(1U, where.line), std::max(1U, where.column)},
                                std::move(message),
                                {}});
    }

    const FileMap& map_;
    const ImportMap& whole_;
    const std::string& file_;
    std::uint16_t number_;
    Gathered& g_;
    std::vector<Diagnostic>& diagnostics_;
    std::vector<std::size_t> at_;
    std::vector<CsvField> row_;
};

/// A file kept open until its diagnostics have their lines.
struct Opened {
    Opened(const std::string& path, std::string shown) : file(path), name(std::move(shown)) {}
    FileBytes file;
    std::string name;
    DecodedText decoded;
};

class Importer {
public:
    Importer(const ImportMap& map, std::string folder, const ImportOptions& options)
        : map_(map), folder_(std::move(folder)), options_(options) {
        std::set<std::string> attributes;
        for (const FileMap& file : map.files) {
            for (const FieldMap& field : file.fields) {
                if (field.field == ImportField::actor_attribute) {
                    attributes.insert(field.attribute);
                }
            }
        }
        g_.attributes.assign(attributes.begin(), attributes.end());
    }

    ImportResult run() {
        for (const FileMap& file : map_.files) {
            read(file);
        }
        read_refused();
        stop_on_errors();
        organisations_ = g_.organisations.match();
        of_actor_ = g_.of_spelling.regrouped(organisations_.of_spelling);
        g_.of_spelling = {};
        of_actor_.settle(g_.pool);
        g_.of_partnership.settle(g_.pool);
        unite_members();
        choose_region();
        stop_on_errors();
        list_merges();
        tell_disputes();
        build();
        return std::move(result_);
    }

private:
    void read(const FileMap& map) {
        const std::filesystem::path path = std::filesystem::path(folder_) / map.file;
        std::error_code error;
        if (!std::filesystem::exists(path, error)) {
            if (!map.optional) {
                fail({map.file, 0, 0}, "there is no such file in " + folder_ + " (asked for at " + map_.name +
                                           ':' + std::to_string(map.where.line) + ')' +
                                           nearest_file(map.file));
            }
            return;
        }
        read_text(path.string(), map.file, [&](std::string_view text) {
            g_.files.push_back(map.file);
            TableImport(map, map_, map.file, static_cast<std::uint16_t>(g_.files.size() - 1), g_,
                        result_.diagnostics)
                .run(text);
        });
    }

    template <class Use>
    void read_text(const std::string& path, const std::string& shown, const Use& use) {
        Opened& file = opened_.emplace_back(path, shown);
        decode(file.file.bytes(), file.name, file.decoded, result_.diagnostics);
        if (file.decoded.readable) {
            use(file.decoded.text);
        }
    }

    std::string nearest_file(const std::string& wanted) const {
        std::vector<std::string> names;
        std::error_code error;
        for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end;
             entry.increment(error)) {
            names.push_back(entry->path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return suggestion(wanted, names);
    }

    void read_refused() {
        if (!options_.refuse || has_errors()) {
            return;
        }
        read_text(*options_.refuse, *options_.refuse, [&](std::string_view text) {
            CsvReader reader(text, *options_.refuse, result_.diagnostics);
            std::vector<CsvField> row;
            if (!reader.next(row)) {
                return;
            }
            const std::array<std::size_t, 3> at = {column(row, "spelled_id", "id"),
                                                   column(row, "spelled_name", "name"),
                                                   column(row, "spelled_place", "place")};
            if (at[0] == absent && at[1] == absent) {
                fail({*options_.refuse, 1, 1},
                     "the columns are spelled_id, spelled_name and spelled_place, as in merges.csv");
                return;
            }
            while (reader.next(row)) {
                const auto text_of = [&](std::size_t f) {
                    return f < row.size() ? trimmed(row[f].text) : std::string_view();
                };
                if (g_.organisations.refuse(text_of(at[0]), text_of(at[1]), text_of(at[2]))) {
                    ++result_.summary.refused;
                } else {
                    fail({*options_.refuse, row.front().line, row.front().column},
                         "no row spells an organisation like this");
                }
            }
        });
    }
    static std::size_t column(const std::vector<CsvField>& header, std::string_view name,
                              std::string_view other) {
        for (const std::string_view wanted : {name, other}) {
            for (std::size_t f = 0; f < header.size(); ++f) {
                if (column_key(header[f].text) == column_key(wanted)) {
                    return f;
                }
            }
        }
        return absent;
    }

    /// Each organisation once in a partnership; the repeats are told.
    void unite_members() {
        const auto actor = [this](const Membership& m) { return organisations_.of_spelling[m.spelling]; };
        std::stable_sort(
            g_.memberships.begin(), g_.memberships.end(), [&](const Membership& a, const Membership& b) {
                return a.partnership != b.partnership ? a.partnership < b.partnership : actor(a) < actor(b);
            });
        std::vector<Membership> kept;
        kept.reserve(g_.memberships.size());
        for (const Membership& m : g_.memberships) {
            if (kept.empty() || kept.back().partnership != m.partnership || actor(kept.back()) != actor(m)) {
                kept.push_back(m);
                continue;
            }
            Membership& first = kept.back();
            ++result_.summary.repeated_members;
            result_.diagnostics.push_back(
                {Severity::warning,
                 {g_.files[m.file], m.line, 1},
                 "\"" + std::string(g_.pool.text(organisations_.all[actor(m)].name)) +
                     "\" is already in partnership \"" +
                     std::string(g_.pool.text(g_.partnerships[m.partnership])) + "\" (line " +
                     std::to_string(first.line) + "); it is a member once",
                 {}});
            if (g_.pool.text(m.role) == coordinator ||
                (g_.pool.text(first.role) != coordinator && g_.pool.text(m.role) < g_.pool.text(first.role) &&
                 m.role != TextId{})) {
                first.role = m.role;
            }
        }
        g_.memberships = std::move(kept);
    }

    void choose_region() {
        in_region_.assign(organisations_.all.size(), 1);
        kept_actor_.assign(organisations_.all.size(), 1);
        kept_partnership_.assign(g_.partnerships.size(), 1);
        if (!options_.region) {
            return;
        }
        const auto at = std::find(g_.attributes.begin(), g_.attributes.end(), map_.region);
        if (at == g_.attributes.end()) {
            throw OptionError("region", "the map has no column for actor." + map_.region +
                                            ", the attribute that tells regions");
        }
        const auto field = static_cast<std::uint32_t>(actor_fields.size() +
                                                      static_cast<std::size_t>(at - g_.attributes.begin()));
        std::set<std::string> seen;
        const std::vector<std::string> wanted = region_keys();
        for (std::uint32_t a = 0; a < organisations_.all.size(); ++a) {
            const std::string_view region = g_.pool.text(of_actor_.of(a, field));
            in_region_[a] = is_in(region, wanted) ? 1 : 0;
            result_.summary.in_region += in_region_[a];
            if (!region.empty()) {
                seen.insert(std::string(region));
            }
        }
        if (result_.summary.in_region == 0) {
            std::vector<std::string> names(seen.begin(), seen.end());
            for (const auto& [name, codes] : map_.region_codes) {
                names.push_back(name);
            }
            throw OptionError(
                "region", "nobody is in \"" + *options_.region + "\"" + suggestion(*options_.region, names));
        }
        keep_tied();
    }
    std::vector<std::string> region_keys() const {
        std::vector<std::string> keys;
        for (const auto& [name, codes] : map_.region_codes) {
            if (name_key(name) == name_key(*options_.region)) {
                for (const std::string& code : codes) {
                    keys.push_back(name_key(code));
                }
            }
        }
        return keys.empty() ? std::vector{name_key(*options_.region)} : keys;
    }
    bool is_in(std::string_view region, const std::vector<std::string>& wanted) const {
        const std::string key = name_key(region);
        return !key.empty() && std::any_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
            return map_.region_by_beginning ? key.compare(0, w.size(), w) == 0 : key == w;
        });
    }
    void keep_tied() {
        kept_partnership_.assign(g_.partnerships.size(), 0);
        for (const Membership& m : g_.memberships) {
            kept_partnership_[m.partnership] |= in_region_[organisations_.of_spelling[m.spelling]];
        }
        kept_actor_ = in_region_;
        for (const Membership& m : g_.memberships) {
            kept_actor_[organisations_.of_spelling[m.spelling]] |= kept_partnership_[m.partnership];
        }
        result_.summary.outside_region = static_cast<std::size_t>(
            std::count(kept_partnership_.begin(), kept_partnership_.end(), std::uint8_t{0}));
    }

    void list_merges() {
        const auto& spellings = g_.organisations.spellings();
        result_.summary.rows = g_.rows;
        result_.summary.anonymous = g_.anonymous;
        result_.summary.spellings = spellings.size();
        result_.summary.ambiguous = organisations_.ambiguous.size();
        for (std::uint32_t s = 0; s < spellings.size(); ++s) {
            const MergedBy by = organisations_.merged_by[s];
            const Organisation& o = organisations_.all[organisations_.of_spelling[s]];
            const bool spelled = spellings[s].name != TextId{} || spellings[s].place != TextId{};
            if (by == MergedBy::itself || !spelled || kept_actor_[organisations_.of_spelling[s]] == 0) {
                continue;
            }
            ++(by == MergedBy::name ? result_.summary.merged_by_name : result_.summary.merged_by_identifier);
            const Spelling& spelling = spellings[s];
            result_.merges.push_back({o.id,
                                      name_of(o),
                                      by,
                                      std::string(g_.pool.text(spelling.id)),
                                      std::string(g_.pool.text(spelling.name)),
                                      std::string(g_.pool.text(spelling.place)),
                                      spelling.rows,
                                      {g_.files[spelling.file], spelling.line, 1}});
        }
        std::sort(result_.merges.begin(), result_.merges.end(), [](const Merge& a, const Merge& b) {
            return std::tie(a.actor, a.spelled_name, a.spelled_place, a.spelled_id) <
                   std::tie(b.actor, b.spelled_name, b.spelled_place, b.spelled_id);
        });
    }
    std::string name_of(const Organisation& o) const {
        return o.name == TextId{} ? o.id : std::string(g_.pool.text(o.name));
    }

    void tell_disputes() {
        for (const ImportField field : {ImportField::partnership_start, ImportField::partnership_end}) {
            for (std::uint32_t p = 0; p < g_.partnerships.size(); ++p) {
                if (g_.of_partnership.disputed(p, static_cast<std::uint32_t>(field))) {
                    const auto [line, file] = g_.partnership_places[p];
                    result_.diagnostics.push_back(
                        {Severity::warning,
                         {g_.files[file], line, 1},
                         "the rows of partnership \"" + std::string(g_.pool.text(g_.partnerships[p])) +
                             "\" do not agree on " + std::string(to_code(field)) + "; the most frequent, \"" +
                             std::string(fact(p, field)) + "\", is kept",
                         {}});
                }
            }
        }
    }

    std::string_view fact(std::uint32_t partnership, ImportField field) const {
        return g_.pool.text(g_.of_partnership.of(partnership, static_cast<std::uint32_t>(field)));
    }

    void build() {
        NetworkBuilder builder;
        add_settings(builder);
        std::vector<std::string> attributes = g_.attributes;
        if (options_.region) {
            attributes.emplace_back("in_region");
        }
        builder.set_attribute_names(attributes);
        add_actors(builder);
        add_partnerships(builder);
        add_expertises(builder);
        sort_by_place(result_.diagnostics, g_.files);
        fill();
        BuildSummary built;
        result_.network = builder.build(result_.diagnostics, &built);
        result_.summary.lone_partnerships = built.lone_partnerships;
    }

    void add_settings(NetworkBuilder& builder) {
        if (!map_.settings.empty()) {
            read_settings(map_.settings, map_.name, builder, result_.diagnostics);
            stop_on_errors();
        }
        if (options_.region) {
            builder.set_scope({"in_region", "1"});
        }
    }

    void add_actors(NetworkBuilder& builder) {
        std::size_t nameless = 0;
        for (std::uint32_t a = 0; a < organisations_.all.size(); ++a) {
            if (kept_actor_[a] == 0) {
                continue;
            }
            const Organisation& o = organisations_.all[a];
            const auto text = [&](std::size_t field) {
                return g_.pool.text(of_actor_.of(a, static_cast<std::uint32_t>(field)));
            };
            std::vector<Cell> attributes;
            for (std::size_t k = 0; k < g_.attributes.size(); ++k) {
                attributes.push_back({text(actor_fields.size() + k)});
            }
            if (options_.region) {
                attributes.push_back({in_region_[a] != 0 ? "1" : "0"});
            }
            nameless += o.name == TextId{} ? 1U : 0U;
            const std::string name = name_of(o);
            const bool located = !text(2).empty() && !text(3).empty();
            builder.add(ActorRecord{{o.id},
                                    {name},
                                    {text(0)},
                                    {g_.pool.text(o.place)},
                                    {text(1)},
                                    {text(4)},
                                    {located ? parse_number(text(2)) : std::nullopt},
                                    {located ? parse_number(text(3)) : std::nullopt},
                                    attributes});
        }
        if (nameless > 0) {
            result_.diagnostics.push_back(
                {Severity::note,
                 {g_.files.front(), 0, 0},
                 std::to_string(nameless) + " organisations have no name in any row and are called by their "
                                            "identifier",
                 {}});
        }
    }

    void add_partnerships(NetworkBuilder& builder) {
        auto& topics = g_.topics;
        std::sort(topics.begin(), topics.end());
        topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
        auto topic = topics.begin();
        std::vector<Cell> cells;
        for (std::uint32_t p = 0; p < g_.partnerships.size(); ++p) {
            cells.clear();
            for (; topic != topics.end() && topic->first == p; ++topic) {
                if (kept_partnership_[p] != 0) {
                    cells.push_back({g_.pool.text(topic->second)});
                    used_.insert(std::string(g_.pool.text(topic->second)));
                }
            }
            if (kept_partnership_[p] == 0) {
                continue;
            }
            const std::string_view weight = fact(p, ImportField::partnership_weight);
            builder.add(PartnershipRecord{{g_.pool.text(g_.partnerships[p])},
                                          {fact(p, ImportField::partnership_name)},
                                          {fact(p, ImportField::partnership_kind)},
                                          {parse_date_cell(fact(p, ImportField::partnership_start))},
                                          {parse_date_cell(fact(p, ImportField::partnership_end))},
                                          {fact(p, ImportField::partnership_status)},
                                          {weight.empty() ? std::nullopt : parse_number(weight)},
                                          cells,
                                          {fact(p, ImportField::partnership_source)},
                                          {},
                                          {}});
        }
        for (const Membership& m : g_.memberships) {
            if (kept_partnership_[m.partnership] != 0) {
                builder.add(MemberRecord{{g_.pool.text(g_.partnerships[m.partnership])},
                                         {organisations_.all[organisations_.of_spelling[m.spelling]].id},
                                         {g_.pool.text(m.role)}});
            }
        }
    }

    /// Those that a partnership is about, and what stands above them.
    void add_expertises(NetworkBuilder& builder) {
        std::set<std::string> wanted;
        for (const std::string& id : used_) {
            for (std::string at = id; !at.empty() && wanted.insert(at).second;
                 at = g_.expertises.at(at).parent) {
            }
        }
        for (const std::string& id : wanted) {
            const ExpertiseText& x = g_.expertises.at(id);
            builder.add(ExpertiseRecord{{id}, {x.parent}, {x.label}, {x.label_fr}, {x.label_en}, {}});
        }
    }

    void fail(SourcePosition where, std::string message) {
        result_.diagnostics.push_back({Severity::error, std::move(where), std::move(message), {}});
    }
    [[nodiscard]] bool has_errors() const {
        return std::any_of(result_.diagnostics.begin(), result_.diagnostics.end(),
                           [](const Diagnostic& d) { return d.severity == Severity::error; });
    }
    void fill() {
        for (const Opened& file : opened_) {
            fill_excerpts(file.decoded.text, file.name, result_.diagnostics);
        }
    }
    void stop_on_errors() {
        if (has_errors()) {
            sort_by_place(result_.diagnostics, g_.files);
            fill();
            throw InputError(std::move(result_.diagnostics));
        }
    }

    const ImportMap& map_;
    std::string folder_;
    const ImportOptions& options_;
    Gathered g_;
    std::deque<Opened> opened_;
    Organisations organisations_;
    Facts of_actor_;
    std::vector<std::uint8_t> in_region_, kept_actor_, kept_partnership_;
    std::set<std::string> used_;
    ImportResult result_;
};

}  // namespace

ImportResult import_tables(const ImportMap& map, const std::string& folder, const ImportOptions& options) {
    return Importer(map, folder, options).run();
}

void write_merges(std::ostream& out, const std::vector<Merge>& merges) {
    out << "actor,name,by,spelled_id,spelled_name,spelled_place,rows,file,line\n";
    std::string line;
    for (const Merge& merge : merges) {
        line.clear();
        const std::string rows = std::to_string(merge.rows);
        const std::string at = std::to_string(merge.where.line);
        const std::array<std::string_view, 9> cells = {merge.actor,
                                                       merge.name,
                                                       to_code(merge.by),
                                                       merge.spelled_id,
                                                       merge.spelled_name,
                                                       merge.spelled_place,
                                                       rows,
                                                       merge.where.file,
                                                       at};
        for (const std::string_view cell : cells) {
            if (!line.empty() || cell.data() != cells.front().data()) {
                line += ',';
            }
            append_csv_cell(line, cell);
        }
        out << line << '\n';
    }
}

}  // namespace maillage::io
