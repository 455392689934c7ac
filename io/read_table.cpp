#include "io/read_table.hpp"

#include "io/csv.hpp"
#include "io/name_key.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace maillage::io {
namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

constexpr std::array<std::string_view, 6> offer_words = {"offers",  "offer",   "offre",
                                                         "propose", "apporte", "detient"};
constexpr std::array<std::string_view, 8> seek_words = {"seeks",  "seek", "cherche", "recherche",
                                                        "besoin", "need", "needs",   "demande"};

/// Which field of a row holds which column of the table.
class Header {
public:
    Header(const TableSpec& spec, const std::vector<CsvField>& row, const std::string& file,
           std::vector<Diagnostic>& diagnostics)
        : spec_(spec),
          file_(file),
          diagnostics_(diagnostics),
          width_(row.size()),
          field_of_(spec.columns.size(), absent) {
        while (width_ > 0 && trimmed(row[width_ - 1].text).empty()) {
            --width_;  // columns that Excel left behind
        }
        std::vector<std::size_t> column_of(width_, absent);
        match_names(row, column_of);
        match_synonyms(row, column_of);
        keep_the_rest(row, column_of);
        check_required(row);
    }

    [[nodiscard]] std::size_t field_of(std::size_t column) const noexcept { return field_of_[column]; }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    [[nodiscard]] const std::vector<std::size_t>& attribute_fields() const noexcept {
        return attribute_fields_;
    }
    [[nodiscard]] const std::vector<std::string>& attribute_names() const noexcept {
        return attribute_names_;
    }
    [[nodiscard]] bool complete() const noexcept { return complete_; }

private:
    void say(Severity severity, const CsvField& where, std::string message) {
        diagnostics_.push_back({severity, {file_, where.line, where.column}, std::move(message), {}});
        complete_ = complete_ && severity != Severity::error;
    }

    void match_names(const std::vector<CsvField>& row, std::vector<std::size_t>& column_of) {
        for (std::size_t f = 0; f < width_; ++f) {
            const std::string key = column_key(row[f].text);
            for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
                if (key == column_key(spec_.columns[c].name)) {
                    take(row, f, c, column_of);
                }
            }
        }
    }

    void match_synonyms(const std::vector<CsvField>& row, std::vector<std::size_t>& column_of) {
        const std::vector<std::size_t> named = field_of_;
        for (std::size_t f = 0; f < width_; ++f) {
            const std::string key = column_key(row[f].text);
            for (std::size_t c = 0; c < spec_.columns.size() && column_of[f] == absent; ++c) {
                const auto& synonyms = spec_.columns[c].synonyms;
                if (named[c] == absent &&
                    std::find(synonyms.begin(), synonyms.end(), key) != synonyms.end()) {
                    take(row, f, c, column_of);
                }
            }
        }
    }

    void take(const std::vector<CsvField>& row, std::size_t f, std::size_t c,
              std::vector<std::size_t>& column_of) {
        if (field_of_[c] != absent) {
            say(Severity::error, row[f],
                "columns \"" + std::string(row[field_of_[c]].text) + "\" and \"" + std::string(row[f].text) +
                    "\" both mean " + std::string(spec_.columns[c].name) + "; rename one of them");
        } else {
            field_of_[c] = f;
        }
        column_of[f] = c;
    }

    void keep_the_rest(const std::vector<CsvField>& row, const std::vector<std::size_t>& column_of) {
        for (std::size_t f = 0; f < width_; ++f) {
            if (column_of[f] != absent) {
                continue;
            }
            const std::string name(trimmed(row[f].text));
            if (spec_.table != Table::actors) {
                say(Severity::note, row[f], "column \"" + name + "\" is not used");
            } else if (name.empty()) {
                say(Severity::warning, row[f], "a column without a name is not read");
            } else if (std::find(attribute_names_.begin(), attribute_names_.end(), name) !=
                       attribute_names_.end()) {
                say(Severity::error, row[f], "column \"" + name + "\" is there twice");
            } else {
                attribute_names_.push_back(name);
                attribute_fields_.push_back(f);
            }
        }
    }

    void check_required(const std::vector<CsvField>& row) {
        std::string found;
        for (std::size_t f = 0; f < width_; ++f) {
            found += (f == 0 ? "" : ", ") + std::string(trimmed(row[f].text));
        }
        for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
            if (!spec_.columns[c].required || field_of_[c] != absent) {
                continue;
            }
            std::string accepted = std::string(spec_.columns[c].name);
            for (const std::string_view synonym : spec_.columns[c].synonyms) {
                accepted += ", " + std::string(synonym);
            }
            say(Severity::error, row.front(),
                "there is no column " + std::string(spec_.columns[c].name) + " (also accepted: " +
                    accepted.substr(spec_.columns[c].name.size() + 2) + "); found: " + found);
        }
    }

    const TableSpec& spec_;
    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    std::size_t width_;
    std::vector<std::size_t> field_of_;
    std::vector<std::size_t> attribute_fields_;
    std::vector<std::string> attribute_names_;
    bool complete_ = true;
};

/// Cells of one row by column, with the diagnostics of what they hold.
class Row {
public:
    Row(const Header& header, const std::string& file, std::vector<Diagnostic>& diagnostics)
        : header_(header), file_(file), diagnostics_(diagnostics) {}

    void set(const std::vector<CsvField>& fields) { fields_ = &fields; }

    /// Ids and codes: without spaces around.
    [[nodiscard]] Cell cell(std::size_t column) const {
        return trimmed_cell(field(header_.field_of(column)));
    }
    [[nodiscard]] Cell attribute(std::size_t field_index) const { return trimmed_cell(field(field_index)); }

    Parsed<double> number(std::size_t column) {
        const Cell c = cell(column);
        Parsed<double> parsed{std::nullopt, c.line, c.column};
        if (!c.text.empty()) {
            parsed.value = parse_number(c.text);
            if (!parsed.value) {
                error(c, "\"" + shown(c.text) + "\" is not a number (such as 1, 0.5 or 0,5)");
            }
        }
        return parsed;
    }

    Parsed<Date> date(std::size_t column) {
        const Cell c = cell(column);
        Parsed<Date> parsed{std::nullopt, c.line, c.column};
        if (!c.text.empty()) {
            parsed.value = parse_date_cell(c.text);
            if (!parsed.value) {
                error(c, "\"" + shown(c.text) + "\" is not a date (2018, 2018-07, 2018-07-03 or 03/07/2018)");
            }
        }
        return parsed;
    }

    /// Items between bars, each with its place; empty ones are left out.
    std::span<const Cell> list(std::size_t column, std::vector<Cell>& items) const {
        items.clear();
        const Cell whole = cell(column);
        std::size_t begin = 0;
        while (begin <= whole.text.size() && !whole.text.empty()) {
            const std::size_t bar = std::min(whole.text.find('|', begin), whole.text.size());
            const std::string_view raw = whole.text.substr(begin, bar - begin);
            if (const std::string_view item = trimmed(raw); !item.empty()) {
                const auto offset = static_cast<std::size_t>(item.data() - whole.text.data());
                items.push_back({item, whole.line, static_cast<std::uint32_t>(whole.column + offset)});
            }
            begin = bar + 1;
        }
        return items;
    }

    Cell relation(std::size_t column) const {
        Cell c = cell(column);
        const std::string key = column_key(c.text);
        if (std::find(offer_words.begin(), offer_words.end(), key) != offer_words.end()) {
            c.text = "offers";
        } else if (std::find(seek_words.begin(), seek_words.end(), key) != seek_words.end()) {
            c.text = "seeks";
        }
        return c;
    }

private:
    /// The field, or an empty one where the row ends.
    [[nodiscard]] CsvField field(std::size_t index) const {
        if (index < fields_->size()) {
            return (*fields_)[index];
        }
        const CsvField& last = fields_->back();
        return {
            {}, last.line, index == absent ? 0 : static_cast<std::uint32_t>(last.column + last.text.size())};
    }
    static Cell trimmed_cell(const CsvField& field) {
        const std::string_view text = trimmed(field.text);
        const auto offset = text.empty() ? 0 : static_cast<std::size_t>(text.data() - field.text.data());
        return {text, field.line, static_cast<std::uint32_t>(field.column + offset)};
    }
    static std::string shown(std::string_view text) {
        constexpr std::size_t longest = 40;
        return text.size() <= longest ? std::string(text) : std::string(text.substr(0, longest)) + "…";
    }
    void error(const Cell& where, std::string message) {
        diagnostics_.push_back({Severity::error, {file_, where.line, where.column}, std::move(message), {}});
    }

    const Header& header_;
    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    const std::vector<CsvField>* fields_ = nullptr;
};

/// Adds the row of a table to the builder. Columns are numbered as in tables.cpp.
class Adder {
public:
    Adder(Table table, const Header& header, NetworkBuilder& builder)
        : table_(table), header_(header), builder_(builder) {}

    void add(Row& r) {
        switch (table_) {
            case Table::actors:
                attributes_.clear();
                for (const std::size_t f : header_.attribute_fields()) {
                    attributes_.push_back(r.attribute(f));
                }
                builder_.add(ActorRecord{r.cell(0), r.cell(1), r.cell(2), r.cell(3), r.cell(4), r.cell(7),
                                         r.number(5), r.number(6), attributes_});
                return;
            case Table::expertises:
                builder_.add(
                    ExpertiseRecord{r.cell(0), r.cell(1), r.cell(2), r.cell(3), r.cell(4), r.cell(5)});
                return;
            case Table::actor_expertises:
                builder_.add(
                    ActorExpertiseRecord{r.cell(0), r.cell(1), r.relation(2), r.number(3), r.cell(4)});
                return;
            case Table::partnerships:
                builder_.add(PartnershipRecord{r.cell(0), r.cell(1), r.cell(2), r.date(3), r.date(4),
                                               r.cell(5), r.number(6), r.list(7, first_), r.cell(8),
                                               r.cell(9), r.cell(10)});
                return;
            case Table::members:
                builder_.add(MemberRecord{r.cell(0), r.cell(1), r.cell(2)});
                return;
            case Table::opportunities:
                builder_.add(OpportunityRecord{r.cell(0), r.cell(1), r.cell(2), r.date(3), r.date(4),
                                               r.number(5), r.number(6), r.number(7), r.number(10),
                                               r.list(8, first_), r.list(9, second_), r.cell(11)});
                return;
            case Table::opportunity_expertises:
                builder_.add(OpportunityExpertiseRecord{r.cell(0), r.cell(1), r.number(2), r.number(3)});
                return;
            case Table::settings:
                return;
        }
    }

private:
    Table table_;
    const Header& header_;
    NetworkBuilder& builder_;
    std::vector<Cell> attributes_, first_, second_;
};

bool all_empty(const std::vector<CsvField>& fields) {
    return std::all_of(fields.begin(), fields.end(),
                       [](const CsvField& f) { return trimmed(f.text).empty(); });
}

}  // namespace

TableSummary read_table(Table table, std::string_view text, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics) {
    TableSummary summary;
    std::vector<CsvField> fields;
    CsvReader reader(text, file, diagnostics);
    summary.separator = reader.separator();
    const std::size_t before = diagnostics.size();
    while (reader.next(fields) && all_empty(fields)) {
    }
    if (fields.empty() || all_empty(fields)) {
        if (diagnostics.size() == before) {
            diagnostics.push_back(
                {Severity::error, {file, 1, 1}, "the table is empty; its first line names the columns", {}});
        }
        return summary;
    }
    const Header header(spec_of(table), fields, file, diagnostics);
    if (table == Table::actors) {
        builder.set_attribute_names(header.attribute_names());
    }
    if (!header.complete()) {
        return summary;
    }
    Row row(header, file, diagnostics);
    Adder adder(table, header, builder);
    while (reader.next(fields)) {
        if (all_empty(fields)) {
            continue;  // rows that Excel left behind
        }
        ++summary.rows;
        const auto surplus = std::find_if(
            fields.begin() + static_cast<std::ptrdiff_t>(std::min(header.width(), fields.size())),
            fields.end(), [](const CsvField& f) { return !trimmed(f.text).empty(); });
        if (surplus != fields.end()) {
            diagnostics.push_back({Severity::error,
                                   {file, surplus->line, surplus->column},
                                   "this row has " + std::to_string(fields.size()) + " fields, the header " +
                                       std::to_string(header.width()) +
                                       "; is a separator inside a text without quotes?",
                                   {}});
            continue;
        }
        row.set(fields);
        adder.add(row);
    }
    return summary;
}

}  // namespace maillage::io
