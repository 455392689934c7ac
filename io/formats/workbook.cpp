#include "io/formats/workbook.hpp"

#include "engine/error.hpp"

#include "io/encoding.hpp"
#include "io/formats/late_library.hpp"
#include "io/formats/sheet_xml.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#if defined(MAILLAGE_LIBZIP) && defined(MAILLAGE_HAVE_PUGIXML) && defined(MAILLAGE_HAVE_EXPAT)
#define MAILLAGE_WORKBOOKS
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

#ifdef MAILLAGE_WORKBOOKS

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
        parts_.from_1904 = base == "1" || base == "true";
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
            sheet.file = context_.file();
            sheet.file += '[' + sheet.name + ']';
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
        const std::string part = "xl/sharedStrings.xml";
        if (!archive_.has(part)) {
            return true;
        }
        const auto xml = archive_.read(part);
        return xml && read_shared_strings(*xml, part, parts_, context_);
    }

    bool read_sheet(const std::string& part, Sheet& sheet) {
        const auto xml = archive_.read(part);
        return xml && read_sheet_xml(*xml, part, parts_, sheet, context_);
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
            parts_.dates.push_back(found != own.end() ? found->second : is_builtin_date(id));
        }
        return true;
    }

    Archive archive_;
    ReadContext& context_;
    WorkbookParts parts_;
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
    std::string missing;
#ifndef MAILLAGE_LIBZIP
    missing += ", libzip";
#endif
#ifndef MAILLAGE_HAVE_PUGIXML
    missing += ", pugixml";
#endif
#ifndef MAILLAGE_HAVE_EXPAT
    missing += ", expat";
#endif
    context.error({},
                  "workbooks (.xlsx) cannot be read: this maillage was built without " + missing.substr(2));
    return false;
}

#endif

}  // namespace maillage::io
