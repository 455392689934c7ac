#include "io/formats/sheet_xml.hpp"

#include "engine/date.hpp"

#include "io/encoding.hpp"
#include "io/formats/xml.hpp"
#include "io/scan.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace maillage::io {
namespace {

/// `_x000D_` is how a control character is written.
std::string unescaped(std::string text) {
    for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
        unsigned code = 0;
        if (at + 7 <= text.size() && text[at + 6] == '_') {
            const auto [end, problem] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
            if (problem == std::errc() && end == text.data() + at + 6 && code < 0x80U) {
                text.replace(at, 7, std::string(1, static_cast<char>(code == 0 ? ' ' : code)));
            }
        }
    }
    return text;
}

/// Collects what stands in the runs of a text (<t>, <r><t>); phonetic guides (<rPh>) aside.
class TextRuns {
public:
    void begin() {
        text_.clear();
        phonetic_ = 0;
    }
    void open(std::string_view name) { phonetic_ += name == "rPh" ? 1U : 0U; }
    [[nodiscard]] bool wants(std::string_view name) const noexcept { return name == "t" && phonetic_ == 0; }
    void close(std::string_view name, std::string_view text) {
        if (wants(name)) {
            text_ += text;
        } else if (name == "rPh" && phonetic_ > 0) {
            --phonetic_;
        }
    }
    [[nodiscard]] std::string take() { return unescaped(std::exchange(text_, {})); }

private:
    std::string text_;
    std::size_t phonetic_ = 0;
};

class SharedStrings : public XmlVisitor {
public:
    SharedStrings(WorkbookParts& parts, ReadContext& book) : parts_(parts), book_(book) {}

    bool open(std::string_view name, const XmlAttributes& /*attributes*/, Place /*where*/) override {
        wants_ = false;
        if (!inside_) {
            inside_ = name == "si";
            runs_.begin();
            return true;
        }
        runs_.open(name);
        wants_ = runs_.wants(name);
        return true;
    }
    bool close(std::string_view name, std::string_view text, Place /*where*/) override {
        if (inside_ && name == "si") {
            inside_ = false;
            parts_.strings.push_back(parts_.texts.keep(runs_.take()));
            return book_.name_within_limits(parts_.strings.back(), {});
        }
        if (inside_) {
            runs_.close(name, text);
        }
        return true;
    }
    [[nodiscard]] bool wants_text() const override { return wants_; }

private:
    WorkbookParts& parts_;
    ReadContext& book_;
    TextRuns runs_;
    bool inside_ = false, wants_ = false;
};

/// "AB12": column and row from 1.
bool split(std::string_view reference, std::uint32_t& column, std::uint32_t& row) noexcept {
    std::size_t at = 0;
    column = 0;
    while (at < reference.size() && at < 4 && reference[at] >= 'A' && reference[at] <= 'Z') {
        column = column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
        ++at;
    }
    const auto number = parse_whole<std::uint32_t>(reference.substr(at));
    row = number.value_or(0);
    return at > 0 && number.has_value();
}

/// The day of a serial number: 1 is 1900-01-01, and 60 the 29 February 1900 that never was.
std::string date_text(double serial, bool from_1904) {
    const double whole = std::floor(serial);
    constexpr double last_day = 2'958'465;  // 9999-12-31
    if (!(whole >= 0.0) || whole > last_day) {
        return {};
    }
    constexpr std::int32_t epoch_1904 = -24107;  // days from 1970 to 1904
    constexpr std::int32_t epoch_1900 = -25569;  // to 1899-12-30
    const auto days = static_cast<std::int32_t>(whole);
    const std::int32_t shift = from_1904 ? epoch_1904 : epoch_1900 + (days < 60 ? 1 : 0);
    return to_text(date_of_day(days + shift));
}

/// The rows of <sheetData>.
class SheetRows : public XmlVisitor {
public:
    SheetRows(const WorkbookParts& parts, Sheet& sheet, ReadContext& cells)
        : parts_(parts), sheet_(sheet), cells_(cells) {}

    bool open(std::string_view name, const XmlAttributes& a, Place /*where*/) override {
        wants_ = false;
        switch (level_) {
            case Level::outside:
                level_ = name == "sheetData" ? Level::data : level_;
                if (name == "mergeCell") {
                    tell_merged(a["ref"]);
                }
                return true;
            case Level::data:
                if (name != "row") {
                    return true;
                }
                level_ = Level::row;
                return open_row(a["r"]);
            case Level::row:
                if (name != "c") {
                    return true;
                }
                level_ = Level::cell;
                return open_cell(a);
            case Level::cell:
                if (inline_) {
                    runs_.open(name);
                    wants_ = runs_.wants(name);
                } else if (name == "is") {
                    inline_ = true;
                    runs_.begin();
                } else {
                    wants_ = name == "v";
                }
                return true;
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text, Place /*where*/) override {
        switch (level_) {
            case Level::outside:
                break;
            case Level::data:
                level_ = name == "sheetData" ? Level::outside : level_;
                break;
            case Level::row:
                if (name == "row") {
                    level_ = Level::data;
                    close_row();
                }
                break;
            case Level::cell:
                if (name == "c") {
                    level_ = Level::row;
                    return close_cell();
                }
                if (name == "is") {
                    inline_ = false;
                } else if (inline_) {
                    runs_.close(name, text);
                } else if (name == "v") {
                    value_ = text;
                }
                break;
        }
        return true;
    }
    [[nodiscard]] bool wants_text() const override { return wants_; }
    /// Keeps what was read of a row that was cut off: diagnostics are about it.
    void finish() {
        if (!texts_.empty()) {
            add_row();
        }
    }

private:
    enum class Level : std::uint8_t { outside, data, row, cell };

    /// Where the cell that is being read stands in the line of its row (see Sheet::text).
    [[nodiscard]] Place here() const noexcept {
        const std::size_t between = column_ > texts_.size() ? column_ - 1 - texts_.size() : 0;
        return {row_, static_cast<std::uint32_t>(1 + line_bytes_ + between)};
    }

    /// Cells of several rows that are shown as one, such as "B2:B5": said, for a reader may mean the value for all of them. They stand behind
    /// the rows.
    void tell_merged(std::string_view area) {
        const std::size_t colon = area.find(':');
        std::uint32_t column = 0;
        std::uint32_t first = 0;
        std::uint32_t last_column = 0;
        std::uint32_t last = 0;
        if (colon == std::string_view::npos || !split(area.substr(0, colon), column, first) ||
            !split(area.substr(colon + 1), last_column, last) || first == 0 || last <= first ||
            first > sheet_.rows()) {
            return;
        }
        std::vector<CsvField> cells;
        sheet_.row(first - 1, cells);
        if (column <= cells.size() && !cells[column - 1].text.empty()) {
            cells_.note(
                "merged", {first, cells[column - 1].column},
                "the cells " + std::string(area) + " are merged; their value counts for the first row alone");
        }
    }

    bool open_row(std::string_view number) {
        constexpr std::uint32_t last_row = 1'048'576;
        const std::uint32_t stated =
            number.empty() ? row_ + 1 : parse_whole<std::uint32_t>(number).value_or(0);
        if (stated > last_row || stated <= row_) {
            cells_.error({row_ + 1, 1}, "a row numbered " + quoted_text(number) + " stands here");
            return false;
        }
        for (; row_ + 1 < stated; ++row_) {
            add_row();
        }
        ++row_;
        return true;
    }

    bool open_cell(const XmlAttributes& a) {
        type_ = a["t"];
        style_ = parse_whole<std::uint32_t>(a["s"]).value_or(0);
        value_.clear();
        inline_ = false;
        runs_.begin();
        column_ = static_cast<std::uint32_t>(texts_.size()) + 1;
        kept_ = true;
        std::uint32_t unused = 0;
        const std::string_view reference = a["r"];
        if (!reference.empty() && !split(reference, column_, unused)) {
            cells_.error("reference", here(), quoted_text(reference) + " is not the name of a cell");
            kept_ = false;
        } else if (column_ <= texts_.size()) {
            cells_.error("cell twice", here(), "the cell " + quoted_text(reference) + " is there twice");
            kept_ = false;
        }
        return true;
    }

    bool close_cell() {
        if (!kept_) {
            return true;
        }
        const std::string_view text = value();
        if (column_ > cells_.limits().columns) {
            if (text.empty()) {
                return true;  // a row that is formatted to its end
            }
            cells_.error({row_, 1}, "more than " + std::to_string(cells_.limits().columns) +
                                        " columns; --limit columns=N allows more");
            return false;
        }
        line_bytes_ += column_ - texts_.size() + text.size();
        texts_.resize(column_);
        texts_.back() = text;
        if (++count_ > cells_.limits().rows) {
            cells_.error({row_, 1}, "more than " + std::to_string(cells_.limits().rows) +
                                        " cells; --limit rows=N allows more");
            return false;
        }
        return true;
    }

    /// The text of the cell that ends here.
    std::string_view value() {
        if (type_ == "inlineStr") {
            return row_texts_.keep(runs_.take());
        }
        if (type_ == "s" && value_.empty()) {
            return {};  // a cell that was emptied
        }
        if (type_ == "s") {
            const auto index = parse_whole<std::uint32_t>(value_);
            if (!index || *index >= parts_.strings.size()) {
                cells_.error("string", here(),
                             "the cell refers to a text that the workbook has not: " + quoted_text(value_));
                return {};
            }
            return parts_.strings[*index];
        }
        if (type_ == "b") {
            return value_ == "1" ? "true" : value_ == "0" ? "false" : row_texts_.keep(value_);
        }
        if (type_ == "e") {
            cells_.warn("error value", here(), "the cell shows an error (" + value_ + "); read as empty");
            return {};
        }
        if (type_ == "str" || type_ == "d" || value_.empty()) {
            return row_texts_.keep(value_);
        }
        double number = 0.0;
        const char* const past = value_.data() + value_.size();
        const auto [end, problem] = std::from_chars(value_.data(), past, number);
        if (problem != std::errc() || end != past) {
            return row_texts_.keep(value_);
        }
        if (style_ < parts_.dates.size() && parts_.dates[style_]) {
            if (number == 0.0 && !parts_.from_1904) {
                cells_.warn(
                    "day 0", here(),
                    "the cell shows the day 0 (00/01/1900), as formulas do for an empty cell; read as empty");
                return {};
            }
            if (number != std::floor(number)) {
                cells_.note("time", here(), "the cell shows a date with a time of day; read as the day");
            }
            const std::string date = date_text(number, parts_.from_1904);
            return row_texts_.keep(date.empty() ? value_ : date);
        }
        // 0.1 is stored as 0.10000000000000001, 5 as 5.0
        std::array<char, 32> buffer{};
        const auto shortest = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
        const std::string_view text(buffer.data(), static_cast<std::size_t>(shortest.ptr - buffer.data()));
        return row_texts_.keep(text.find('e') == std::string_view::npos ? text : value_);
    }

    void close_row() {
        width_ = width_ == 0 ? texts_.size() : width_;
        if (!texts_.empty()) {
            texts_.resize(std::max(texts_.size(), width_));  // there are no cells where nothing was written
        }
        add_row();
        texts_.clear();
        line_bytes_ = 0;
    }

    /// Adds a row of `texts_`, and the line that shows it.
    void add_row() {
        for (const std::string_view text : texts_) {
            const std::size_t begin = sheet_.text.size();
            sheet_.text.append(text);
            std::size_t at = find_break(text, 0);
            if (at < text.size()) {
                sheet_.broken.emplace_back(begin, text);
            }
            for (; at < text.size(); at = find_break(text, at + 1)) {
                sheet_.text[begin + at] = ' ';
            }
            sheet_.text += '\t';
        }
        sheet_.ends.push_back(sheet_.text.size());
        sheet_.text += '\n';
        row_texts_.clear();
    }

    /// Offset of the next character that ends a cell or a line of Sheet::text, or the size.
    static std::size_t find_break(std::string_view text, std::size_t at) noexcept {
        return find_any(text, at, '\n', '\r', '\t');
    }

    const WorkbookParts& parts_;
    Sheet& sheet_;
    ReadContext& cells_;
    Level level_ = Level::outside;
    std::uint32_t row_ = 0, column_ = 0, style_ = 0;
    std::size_t line_bytes_ = 0;  // of the texts so far, each with its tab
    std::size_t width_ = 0;       // of the first row that has cells: the header
    std::uint64_t count_ = 0;
    std::vector<std::string_view> texts_;  // of the row so far, shared or in `row_texts_`
    KeptTexts row_texts_;
    std::string type_, value_;  // of the cell
    TextRuns runs_;
    bool kept_ = false, inline_ = false, wants_ = false;
};

/// Reads a part; what is wrong with its XML is said of the workbook.
bool visit(std::string_view xml, const std::string& part, ReadContext& book, XmlVisitor& visitor) {
    if (const std::size_t at = first_invalid_utf8(xml); at != std::string_view::npos) {
        book.error({}, "the part " + part + " of the workbook is not UTF-8 at byte " + std::to_string(at));
        return false;
    }
    std::vector<Diagnostic> found;
    bool good = false;
    {
        ReadContext context(part, found, book.limits());
        good = parse_xml(xml, context, visitor);
    }
    for (const Diagnostic& d : found) {
        book.error({}, "the part " + part + " of the workbook, line " + std::to_string(d.where.line) +
                           ", byte " + std::to_string(d.where.column) + ": " + d.message);
    }
    return good;
}

}  // namespace

bool read_shared_strings(std::string_view xml, const std::string& part, WorkbookParts& parts,
                         ReadContext& book) {
    SharedStrings strings(parts, book);
    return visit(xml, part, book, strings);
}

bool read_sheet_xml(std::string_view xml, const std::string& part, const WorkbookParts& parts, Sheet& sheet,
                    ReadContext& book) {
    ReadContext cells(sheet.file, book.diagnostics(), book.limits());
    SheetRows rows(parts, sheet, cells);
    const bool whole = visit(xml, part, book, rows);
    rows.finish();
    return whole && cells.errors() == 0;
}

}  // namespace maillage::io
