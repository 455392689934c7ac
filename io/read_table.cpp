#include "io/read_table.hpp"

#include "io/csv.hpp"
#include "io/name_key.hpp"
#include "io/table_header.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace maillage::io {
namespace {

constexpr std::array<std::string_view, 9> offer_words = {
    "offers", "offer", "offre", "offres", "propose", "apporte", "detient", "dispose", "provides"};
constexpr std::array<std::string_view, 9> seek_words = {"seeks", "seek",  "cherche", "recherche", "besoin",
                                                        "need",  "needs", "demande", "besoins"};

/// Cells of one row by column, with the diagnostics of what they hold.
class Row {
public:
    Row(const TableHeader& header, const std::string& file, std::vector<Diagnostic>& diagnostics)
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
                error(c, quoted_text(c.text) + " is not a number" +
                             (looks_numeric(c.text) ? " that can be held; it is too large or too small"
                                                    : "; expected one such as 1, 0.5 or 0,5"));
            }
        }
        return parsed;
    }

    Parsed<Date> date(std::size_t column) {
        const Cell c = cell(column);
        Parsed<Date> parsed{std::nullopt, c.line, c.column};
        if (c.text.empty()) {
            return parsed;
        }
        parsed.value = parse_date_cell(c.text);
        if (!parsed.value) {
            error(c, quoted_text(c.text) + " is not a date; " + date_problem(c.text));
        } else if (!told_day_first_ && parse_day_first(c.text)) {
            told_day_first_ = true;
            diagnostics_.push_back({Severity::note,
                                    {file_, c.line, c.column},
                                    quoted_text(c.text) + " is read as " + to_text(*parsed.value) +
                                        ": the day first, as in French; so are all dates of this form",
                                    {}});
        }
        return parsed;
    }

    /// Items between bars, each with its place; empty ones are left out.
    std::span<const Cell> list(std::size_t column, std::vector<Cell>& items) const {
        items.clear();
        CsvField rest = field(header_.field_of(column));
        while (!rest.text.empty()) {
            const std::size_t bar = std::min(rest.text.find('|'), rest.text.size());
            CsvField item = rest;
            item.text = rest.text.substr(0, bar);
            if (const Cell cell = trimmed_cell(item); !cell.text.empty()) {
                items.push_back(cell);
            }
            const std::string_view passed = rest.text.substr(0, std::min(bar + 1, rest.text.size()));
            rest.text.remove_prefix(passed.size());
            pass_text(rest, passed);
        }
        return items;
    }

    [[nodiscard]] Cell relation(std::size_t column) const {
        Cell c = cell(column);
        if (c.text.empty() || c.text == "offers" || c.text == "seeks") {
            return c;
        }
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
        CsvField end = fields_->back();
        pass_text(end, end.text);
        return {{}, end.line, index == TableHeader::absent ? 0 : end.column, false};
    }
    static Cell trimmed_cell(CsvField field) {
        const std::string_view text = trimmed(field.text);
        if (!text.empty() && text.data() != field.text.data()) {
            pass_text(field, field.text.substr(0, static_cast<std::size_t>(text.data() - field.text.data())));
        }
        return {text, field.line, field.column};
    }
    /// Digits and an exponent, as in 1e999.
    static bool looks_numeric(std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789.,eE+-") == std::string_view::npos &&
               text.find_first_of("eE") != std::string_view::npos && text.front() != 'e' &&
               text.front() != 'E' && text.back() >= '0' && text.back() <= '9';
    }
    void error(const Cell& where, std::string message) {
        diagnostics_.push_back({Severity::error, {file_, where.line, where.column}, std::move(message), {}});
    }

    const TableHeader& header_;
    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    const std::vector<CsvField>* fields_ = nullptr;
    bool told_day_first_ = false;
};

/// Adds the row of a table to the builder. Columns are numbered as in tables.cpp.
class Adder {
public:
    Adder(Table table, const TableHeader& header, NetworkBuilder& builder)
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
    const TableHeader& header_;
    NetworkBuilder& builder_;
    std::vector<Cell> attributes_, first_, second_;
};

bool all_empty(const std::vector<CsvField>& fields) {
    return std::all_of(fields.begin(), fields.end(),
                       [](const CsvField& f) { return trimmed(f.text).empty(); });
}

/// Rows with more or fewer fields than the header.
class WidthCheck {
public:
    WidthCheck(std::size_t width, const std::string& file, std::vector<Diagnostic>& diagnostics)
        : width_(width), file_(file), diagnostics_(diagnostics) {}

    void look_at(const std::vector<CsvField>& fields) {
        if (fields.size() < width_) {
            tell_short(fields);
            return;
        }
        const auto surplus = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(width_), fields.end(),
                                          [](const CsvField& f) { return !trimmed(f.text).empty(); });
        if (surplus != fields.end()) {
            diagnostics_.push_back({Severity::error,
                                    {file_, surplus->line, surplus->column},
                                    "this row has " + std::to_string(fields.size()) + " fields, the header " +
                                        std::to_string(width_) +
                                        "; is a separator inside a text without quotes?",
                                    {}});
        }
    }

    /// Says once how many rows are short: some programs write no empty cells at the end of a row.
    void finish() {
        if (short_rows_ > 1) {
            diagnostics_[first_short_].message += "; " + std::to_string(short_rows_) + " rows are like this";
        }
    }

private:
    void tell_short(const std::vector<CsvField>& fields) {
        if (short_rows_++ == 0) {
            first_short_ = diagnostics_.size();
            diagnostics_.push_back({Severity::warning,
                                    {file_, fields.front().line, 1},
                                    "this row has " + std::to_string(fields.size()) + " of " +
                                        std::to_string(width_) + " fields; the others are read as empty",
                                    {}});
        }
    }

    std::size_t width_;
    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    std::size_t short_rows_ = 0;
    std::size_t first_short_ = 0;
};

/// Any source with the calls of CsvReader: rows of a text come without a virtual call.
template <class Rows>
void read_rows(Table table, Rows& reader, const std::string& file, NetworkBuilder& builder,
               std::vector<Diagnostic>& diagnostics, TableSummary& summary) {
    std::vector<CsvField> fields;
    while (reader.next(fields) && all_empty(fields)) {
    }
    if (fields.empty()) {
        if (!reader.failed()) {
            diagnostics.push_back(
                {Severity::error, {file, 1, 1}, "the table is empty; its first line names the columns", {}});
        }
        return;
    }
    const TableHeader header(spec_of(table), fields, file, diagnostics);
    if (table == Table::actors) {
        builder.set_attribute_names(header.attribute_names());
    }
    if (!header.complete()) {
        return;
    }
    Row row(header, file, diagnostics);
    Adder adder(table, header, builder);
    WidthCheck widths(header.width(), file, diagnostics);
    while (reader.next(fields)) {
        if (all_empty(fields)) {
            continue;  // rows that a spreadsheet left behind
        }
        ++summary.rows;
        widths.look_at(fields);
        row.set(fields);
        adder.add(row);
    }
    widths.finish();
    summary.complete = !reader.failed();
    if (summary.complete && summary.rows == 0) {
        diagnostics.push_back({Severity::warning, {file, 1, 1}, "the table has columns and no row", {}});
    }
}

}  // namespace

TableSummary read_table(Table table, std::string_view text, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics) {
    TableSummary summary;
    CsvReader reader(text, file, diagnostics);
    summary.separator = reader.separator();
    read_rows(table, reader, file, builder, diagnostics, summary);
    return summary;
}

TableSummary read_table(Table table, RowSource& rows, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics) {
    TableSummary summary;
    read_rows(table, rows, file, builder, diagnostics, summary);
    return summary;
}

}  // namespace maillage::io
