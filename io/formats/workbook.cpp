#include "io/formats/workbook.hpp"

#include "engine/date.hpp"
#include "engine/error.hpp"

#include "io/encoding.hpp"
#include "io/formats/late_library.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#ifdef MAILLAGE_LIBZIP
#include <pugixml.hpp>
#include <zip.h>
#endif

namespace maillage::io {

bool is_workbook(std::string_view bytes) noexcept {
    return bytes.rfind("PK\x03\x04", 0) == 0;
}

std::string cell_at(const Sheet& sheet, std::uint32_t line, std::uint32_t column) {
    if (line == 0 || line > sheet.rows.size()) {
        return {};
    }
    std::size_t cell = 0;
    const auto& row = sheet.rows[line - 1];
    while (cell + 1 < row.size() && row[cell + 1].column <= column) {
        ++cell;
    }
    std::string letters;
    for (std::size_t n = cell + 1; n > 0; n = (n - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
    }
    return letters + std::to_string(line);
}

#ifdef MAILLAGE_LIBZIP

namespace {

/// The functions of libzip that are used here.
struct Libzip {
    LateLibrary library{MAILLAGE_LIBZIP};
    LateFunction<zip_error_init> error_init{library, "zip_error_init"};
    LateFunction<zip_error_fini> error_fini{library, "zip_error_fini"};
    LateFunction<zip_error_strerror> error_text{library, "zip_error_strerror"};
    LateFunction<zip_source_buffer_create> source_of{library, "zip_source_buffer_create"};
    LateFunction<zip_source_free> free_source{library, "zip_source_free"};
    LateFunction<zip_open_from_source> open{library, "zip_open_from_source"};
    LateFunction<zip_discard> discard{library, "zip_discard"};
    LateFunction<zip_name_locate> locate{library, "zip_name_locate"};
    LateFunction<zip_fopen> open_part{library, "zip_fopen"};
    LateFunction<zip_fclose> close_part{library, "zip_fclose"};
    LateFunction<zip_fread> read{library, "zip_fread"};
};

const Libzip& libzip() {
    static const Libzip loaded;
    return loaded;
}

/// Parts of a zip in memory.
class Archive {
public:
    Archive(std::string_view bytes, ReadContext& context) : context_(context), bytes_(bytes.size()) {
        zip_error_t error;
        zip_.error_init(&error);
        if (zip_source_t* source = zip_.source_of(bytes.data(), bytes.size(), 0, &error)) {
            archive_ = zip_.open(source, ZIP_RDONLY, &error);
            if (archive_ == nullptr) {
                zip_.free_source(source);
            }
        }
        if (archive_ == nullptr) {
            context_.error({}, std::string("the workbook cannot be unpacked: ") + zip_.error_text(&error));
        }
        zip_.error_fini(&error);
    }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() {
        if (archive_ != nullptr) {
            zip_.discard(archive_);
        }
    }

    [[nodiscard]] bool open() const noexcept { return archive_ != nullptr; }
    [[nodiscard]] bool has(const std::string& name) const {
        return zip_.locate(archive_, name.c_str(), 0) >= 0;
    }

    /// The bytes of a part; empty and reported when it is damaged or too large.
    std::optional<std::string> read(const std::string& name) {
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
            zip_.open_part(archive_, name.c_str(), 0), zip_.close_part);
        if (file == nullptr) {
            context_.error({}, "the workbook has no part " + name);
            return std::nullopt;
        }
        std::string text;
        std::array<char, 1U << 16U> buffer{};
        while (true) {
            const zip_int64_t count = zip_.read(file.get(), buffer.data(), buffer.size());
            if (count < 0) {
                context_.error({}, "the part " + name + " of the workbook is damaged");
                return std::nullopt;
            }
            if (count == 0) {
                return text;
            }
            text.append(buffer.data(), static_cast<std::size_t>(count));
            unpacked_ += static_cast<std::uint64_t>(count);
            constexpr std::uint64_t small = std::uint64_t{16} << 20U;
            if (unpacked_ > context_.limits().bytes) {
                context_.error({}, "unpacks to more than " + std::to_string(context_.limits().bytes) +
                                       " bytes; --limit bytes=N allows more");
                return std::nullopt;
            }
            if (unpacked_ > small && unpacked_ / context_.limits().ratio > bytes_) {
                context_.error({}, "unpacks to more than " + std::to_string(context_.limits().ratio) +
                                       " times its size; --limit ratio=N allows more");
                return std::nullopt;
            }
        }
    }

private:
    ReadContext& context_;
    std::uint64_t bytes_;
    std::uint64_t unpacked_ = 0;
    zip_t* archive_ = nullptr;
    const Libzip& zip_ = libzip();
};

std::string_view local_name(const pugi::xml_node& node) noexcept {
    const std::string_view name = node.name();
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node& c : node.children()) {
        if (local_name(c) == name) {
            return c;
        }
    }
    return {};
}

/// What stands in the runs of a text; phonetic guides (rPh) aside.
std::string text_in(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& c : node.children()) {
        if (local_name(c) == "t") {
            text += c.text().get();
        } else if (local_name(c) == "r") {
            text += child(c, "t").text().get();
        }
    }
    // _x000D_ is how a control character is written
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

/// Whether a number format shows a date: d, m, y, h or s outside quotes and brackets.
bool is_date_format(std::string_view code) noexcept {
    bool quoted = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            i = std::min(code.find(']', i), code.size() - 1);
        } else if (c == 'd' || c == 'm' || c == 'y' || c == 'D' || c == 'M' || c == 'Y' || c == 'j' ||
                   c == 'a') {
            return c != 'a';
        }
    }
    return false;
}

bool is_builtin_date(std::uint32_t id) noexcept {
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

class WorkbookReader {
public:
    WorkbookReader(std::string_view bytes, ReadContext& context)
        : archive_(bytes, context), context_(context) {}

    bool run(std::vector<Sheet>& sheets) {
        if (!archive_.open()) {
            return false;
        }
        const std::string book_part = "xl/workbook.xml";
        if (!archive_.has(book_part)) {
            context_.error(
                {}, archive_.has("content.xml")
                        ? "this is an OpenDocument file; save it as .xlsx or as CSV"
                        : "this is a zip without a workbook (.xlsx) in it; unpack it, and give the folder");
            return false;
        }
        pugi::xml_document book;
        pugi::xml_document relations;
        if (!load(book_part, book) || !load("xl/_rels/workbook.xml.rels", relations)) {
            return false;
        }
        const pugi::xml_node root = child(book, "workbook");
        const std::string_view base = child(root, "workbookPr").attribute("date1904").value();
        from_1904_ = base == "1" || base == "true";
        if (!read_strings() || !read_styles()) {
            return false;
        }
        std::map<std::string, std::string> targets;
        for (const pugi::xml_node& r : child(relations, "Relationships").children()) {
            targets[r.attribute("Id").value()] = r.attribute("Target").value();
        }
        for (const pugi::xml_node& s : child(root, "sheets").children()) {
            std::string id = s.attribute("r:id").value();
            for (const pugi::xml_attribute& a : s.attributes()) {
                const std::string_view name = a.name();
                if (id.empty() && name.size() > 3 && name.substr(name.size() - 3) == ":id") {
                    id = a.value();
                }
            }
            std::string target = targets[id];
            if (target.find("worksheets/") == std::string::npos &&
                target.find("sheet") == std::string::npos) {
                continue;  // a chart
            }
            target = target.rfind('/', 0) == 0 ? target.substr(1) : "xl/" + target;
            Sheet& sheet = sheets.emplace_back();
            sheet.name = s.attribute("name").value();
            sheet.file = context_.file() + '[' + sheet.name + ']';
            if (!read_sheet(target, sheet)) {
                return false;
            }
        }
        return true;
    }

private:
    bool load(const std::string& part, pugi::xml_document& document) {
        const auto text = archive_.read(part);
        return text && parse(part, *text, document);
    }

    bool parse(const std::string& part, const std::string& text, pugi::xml_document& document) {
        if (text.find("<!DOCTYPE") != std::string::npos) {
            context_.error({}, "the part " + part + " of the workbook has a DOCTYPE, which is not read");
            return false;
        }
        if (const std::size_t at = first_invalid_utf8(text); at != std::string_view::npos) {
            context_.error(
                {}, "the part " + part + " of the workbook is not UTF-8 at byte " + std::to_string(at));
            return false;
        }
        std::size_t depth = 0;
        std::size_t deepest = 0;
        for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
            const char next = at + 1 < text.size() ? text[at + 1] : ' ';
            if (next == '/') {
                depth -= depth > 0 ? 1U : 0U;
            } else if (next != '?' && next != '!') {
                const auto end = text.find('>', at);
                depth += end != std::string::npos && text[end - 1] != '/' ? 1U : 0U;
                deepest = std::max(deepest, depth);
            }
        }
        if (deepest > context_.limits().depth) {
            context_.error({}, "the part " + part + " of the workbook is nested deeper than " +
                                   std::to_string(context_.limits().depth) + " levels");
            return false;
        }
        const auto result =
            document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                                 pugi::encoding_utf8);
        if (!result) {
            context_.error({}, "the part " + part + " of the workbook is not well-formed XML: " +
                                   result.description() + " at byte " + std::to_string(result.offset));
        }
        return static_cast<bool>(result);
    }

    bool read_strings() {
        if (!archive_.has("xl/sharedStrings.xml")) {
            return true;
        }
        pugi::xml_document document;
        if (!load("xl/sharedStrings.xml", document)) {
            return false;
        }
        for (const pugi::xml_node& item : child(document, "sst").children()) {
            if (local_name(item) == "si") {
                strings_.push_back(text_in(item));
                if (!context_.name_within_limits(strings_.back(), {})) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Which styles of cells show dates.
    bool read_styles() {
        if (!archive_.has("xl/styles.xml")) {
            return true;
        }
        pugi::xml_document document;
        if (!load("xl/styles.xml", document)) {
            return false;
        }
        const pugi::xml_node root = child(document, "styleSheet");
        std::map<std::uint32_t, bool> own;
        for (const pugi::xml_node& format : child(root, "numFmts").children()) {
            own[format.attribute("numFmtId").as_uint()] =
                is_date_format(format.attribute("formatCode").value());
        }
        for (const pugi::xml_node& style : child(root, "cellXfs").children()) {
            const std::uint32_t id = style.attribute("numFmtId").as_uint();
            const auto found = own.find(id);
            dates_.push_back(found != own.end() ? found->second : is_builtin_date(id));
        }
        return true;
    }

    /// "AB12": column and row from 1.
    static bool split(std::string_view reference, std::uint32_t& column, std::uint32_t& row) noexcept {
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
    [[nodiscard]] std::string date_text(double serial) const {
        const double whole = std::floor(serial);
        constexpr double last_day = 2'958'465;  // 9999-12-31
        if (!(whole >= 0.0) || whole > last_day) {
            return {};
        }
        constexpr std::int32_t epoch_1904 = -24107;  // days from 1970 to 1904
        constexpr std::int32_t epoch_1900 = -25569;  // to 1899-12-30
        const auto days = static_cast<std::int32_t>(whole);
        const std::int32_t shift = from_1904_ ? epoch_1904 : epoch_1900 + (days < 60 ? 1 : 0);
        return to_text(date_of_day(days + shift));
    }

    std::string value_of(const pugi::xml_node& cell, Place where) {
        const std::string_view type = cell.attribute("t").value();
        if (type == "inlineStr") {
            return text_in(child(cell, "is"));
        }
        const std::string value = child(cell, "v").text().get();
        if (type == "s") {
            const auto index = parse_whole<std::uint32_t>(value);
            if (!index || *index >= strings_.size()) {
                context_.error("string", where,
                               "the cell refers to a text that the workbook has not: " + quoted_text(value));
                return {};
            }
            return strings_[*index];
        }
        if (type == "b") {
            return value == "1" ? "true" : value == "0" ? "false" : value;
        }
        if (type == "e") {
            context_.warn("error value", where, "the cell shows an error (" + value + "); read as empty");
            return {};
        }
        if (type == "str" || type == "d" || value.empty()) {
            return value;
        }
        double number = 0.0;
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (problem != std::errc() || end != value.data() + value.size()) {
            return value;
        }
        const std::uint32_t style = cell.attribute("s").as_uint();
        if (style < dates_.size() && dates_[style]) {
            const std::string date = date_text(number);
            return date.empty() ? value : date;
        }
        // 0.1 is stored as 0.10000000000000001, 5 as 5.0
        std::array<char, 32> buffer{};
        const auto shortest = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
        std::string text(buffer.data(), shortest.ptr);
        return text.find('e') == std::string::npos ? text : value;
    }

    bool read_sheet(const std::string& part, Sheet& sheet) {
        pugi::xml_document document;
        if (!load(part, document)) {
            return false;
        }
        ReadContext cells(sheet.file, context_.diagnostics(), context_.limits());
        const pugi::xml_node root = child(document, "worksheet");
        std::vector<std::string> texts;
        std::uint32_t row_number = 0;
        std::uint64_t count = 0;
        std::size_t width = 0;  // of the first row that has cells: the header
        for (const pugi::xml_node& row : child(root, "sheetData").children()) {
            if (local_name(row) != "row") {
                continue;
            }
            const std::uint32_t stated = row.attribute("r").as_uint();
            constexpr std::uint32_t last_row = 1'048'576;
            if (stated > last_row || (stated != 0 && stated <= row_number)) {
                cells.error({row_number + 1, 1}, "a row numbered " + std::to_string(stated) + " stands here");
                return false;
            }
            while (stated > row_number + 1) {
                end_row(sheet, {});
                ++row_number;
            }
            ++row_number;
            texts.clear();
            for (const pugi::xml_node& cell : row.children()) {
                if (local_name(cell) != "c") {
                    continue;
                }
                std::uint32_t column = static_cast<std::uint32_t>(texts.size()) + 1;
                std::uint32_t unused = 0;
                const std::string_view reference = cell.attribute("r").value();
                if (!reference.empty() && !split(reference, column, unused)) {
                    cells.error("reference", {row_number, 1},
                                quoted_text(reference) + " is not the name of a cell");
                    continue;
                }
                if (column > cells.limits().columns) {
                    cells.error({row_number, 1}, "more than " + std::to_string(cells.limits().columns) +
                                                     " columns; --limit columns=N allows more");
                    return false;
                }
                if (column <= texts.size()) {
                    cells.error("cell twice", {row_number, 1},
                                "the cell " + quoted_text(reference) + " is there twice");
                    continue;
                }
                texts.resize(column);
                texts.back() = value_of(cell, {row_number, 1});
                if (++count > cells.limits().rows) {
                    cells.error({row_number, 1}, "more than " + std::to_string(cells.limits().rows) +
                                                     " cells; --limit rows=N allows more");
                    return false;
                }
            }
            width = width == 0 ? texts.size() : width;
            if (!texts.empty()) {
                texts.resize(
                    std::max(texts.size(), width));  // a workbook has no cells where nothing was written
            }
            end_row(sheet, texts);
        }
        return cells.errors() == 0;
    }

    /// Adds a row and the line that shows it.
    static void end_row(Sheet& sheet, const std::vector<std::string>& texts) {
        const auto line = static_cast<std::uint32_t>(sheet.rows.size() + 1);
        std::vector<CsvField>& row = sheet.rows.emplace_back();
        std::uint32_t column = 1;
        for (const std::string& text : texts) {
            sheet.kept.push_back(std::make_unique<std::string>(text));
            row.push_back({*sheet.kept.back(), line, column, false});
            for (const char c : text) {
                sheet.text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
            }
            sheet.text += '\t';
            column += static_cast<std::uint32_t>(text.size() + 1);
        }
        sheet.text += '\n';
    }

    Archive archive_;
    ReadContext& context_;
    std::vector<std::string> strings_;
    std::vector<bool> dates_;
    bool from_1904_ = false;
};

}  // namespace

bool workbooks_are_supported() noexcept {
    return true;
}

bool read_workbook(std::string_view bytes, ReadContext& context, std::vector<Sheet>& sheets) {
    try {
        return WorkbookReader(bytes, context).run(sheets);
    } catch (const LibraryMissing& missing) {
        context.error({}, std::string("workbooks cannot be read: ") + missing.what());
        return false;
    }
}

#else

bool workbooks_are_supported() noexcept {
    return false;
}

bool read_workbook(std::string_view, ReadContext& context, std::vector<Sheet>&) {
    context.error({}, "workbooks cannot be read: this maillage was built without libzip or pugixml");
    return false;
}

#endif

}  // namespace maillage::io
