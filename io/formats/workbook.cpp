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
    return bytes.rfind("PK\x03\x04", 0) == 0 || bytes.rfind("PK\x05\x06", 0) == 0;
}

void Sheet::row(std::size_t number, std::vector<CsvField>& cells) const {
    cells.clear();
    const std::size_t begin = number == 0 ? 0 : ends[number - 1] + 1;
    auto other = std::lower_bound(broken.begin(), broken.end(), begin,
                                  [](const auto& cell, std::size_t offset) { return cell.first < offset; });
    for (std::size_t at = begin; at < ends[number];) {
        const std::size_t end = text.find('\t', at);
        CsvField& cell = cells.emplace_back();
        cell.text = std::string_view(text).substr(at, end - at);
        cell.line = static_cast<std::uint32_t>(number + 1);
        cell.column = static_cast<std::uint32_t>(at - begin + 1);
        if (other != broken.end() && other->first == at) {
            cell.text = other->second;
            ++other;
        }
        at = end + 1;
    }
}

std::string cell_at(const Sheet& sheet, std::uint32_t line, std::uint32_t column) {
    if (line == 0 || line > sheet.rows()) {
        return {};
    }
    std::size_t cell = 0;
    std::vector<CsvField> row;
    sheet.row(line - 1, row);
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
    LateFunction<zip_stat_index> about{library, "zip_stat_index"};
    LateFunction<zip_fopen_index> open_part{library, "zip_fopen_index"};
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
    [[nodiscard]] bool has(const std::string& name) const { return find(name) >= 0; }

    /// The text of a part in UTF-8 (OPC allows UTF-16, too); empty and reported when it is damaged or too large.
    std::optional<std::string> read(const std::string& name) {
        std::optional<std::string> text = read_bytes(name);
        if (text && (text->rfind("\xFF\xFE", 0) == 0 || text->rfind("\xFE\xFF", 0) == 0)) {
            DecodedText decoded;
            std::vector<Diagnostic> said;
            decode(*text, name, decoded, said);
            if (!decoded.readable) {
                context_.error({},
                               "the part " + name + " of the workbook is damaged: " + said.front().message);
                return std::nullopt;
            }
            text = std::string(decoded.text);
        }
        return text;
    }

private:
    /// The number of a part, or a negative one. Names are compared without case (OPC 6.2.2); some programs begin them with a
    /// slash, or write them with backslashes.
    [[nodiscard]] zip_int64_t find(const std::string& name) const {
        for (const char* before : {"", "/"}) {
            for (const char slash : {'/', '\\'}) {
                std::string spelling = before + name;
                std::replace(spelling.begin(), spelling.end(), '/', slash);
                for (const zip_flags_t flags : {zip_flags_t{0}, zip_flags_t{ZIP_FL_NOCASE}}) {
                    if (const zip_int64_t found = zip_.locate(archive_, spelling.c_str(), flags);
                        found >= 0) {
                        return found;
                    }
                }
            }
        }
        return -1;
    }

    std::optional<std::string> read_bytes(const std::string& name) {
        const zip_int64_t at = find(name);
        if (at < 0) {
            context_.error({}, "the workbook has no part " + name);
            return std::nullopt;
        }
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
            zip_.open_part(archive_, static_cast<zip_uint64_t>(at), 0), zip_.close_part);
        if (file == nullptr) {
            context_.error({}, "the part " + name + " of the workbook cannot be unpacked: it is damaged, " +
                                   "encrypted, or packed in a way that is not known");
            return std::nullopt;
        }
        std::string text;
        zip_stat_t about{};
        if (zip_.about(archive_, static_cast<zip_uint64_t>(at), 0, &about) == 0 &&
            (about.valid & ZIP_STAT_SIZE) != 0) {
            constexpr std::uint64_t usual_ratio = 32;  // what a part says of its size may be anything
            text.reserve(std::min<std::uint64_t>(about.size, usual_ratio * bytes_));
        }
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

/// Whether a number format shows a date: d, y or m for a month outside quotes and brackets. One with hours or seconds
/// and neither day nor year is a time, whose m are minutes.
bool is_date_format(std::string_view code) noexcept {
    bool quoted = false;
    bool month = false;
    bool time = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const char inside = code.substr(i + 1, 1).empty() ? ' ' : code[i + 1];
            time = time || inside == 'h' || inside == 'm' || inside == 's' ||
                   inside == 'H';  // [h]: elapsed hours
            i = std::min(code.find(']', i), code.size() - 1);
        } else if (code.substr(i, 5) == "AM/PM" || code.substr(i, 5) == "am/pm") {
            time = true;
            i += 4;
        } else if (c == 'd' || c == 'y' || c == 'D' || c == 'Y' || c == 'j') {
            return true;
        } else {
            month = month || c == 'm' || c == 'M';
            time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
        }
    }
    return month && !time;
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
        const std::string book_part = main_part();
        if (book_part.empty()) {
            return false;
        }
        pugi::xml_document book;
        pugi::xml_document relations;
        const auto slash = book_part.rfind('/') + 1;  // 0 where there is none
        if (!load(book_part, book) ||
            !load(book_part.substr(0, slash) + "_rels/" + book_part.substr(slash) + ".rels", relations)) {
            return false;
        }
        const pugi::xml_node root = child(book, "workbook");
        const std::string_view base = child(root, "workbookPr").attribute("date1904").value();
        parts_.from_1904 = base == "1" || base == "true" || base == "on";
        std::map<std::string, Relation> targets;
        std::string strings = "xl/sharedStrings.xml";
        std::string styles = "xl/styles.xml";
        for (const pugi::xml_node& r : child(relations, "Relationships").children()) {
            const Relation relation{last_word(r.attribute("Type").value()),
                                    resolved(book_part, r.attribute("Target").value())};
            strings = relation.type == "sharedStrings" ? relation.target : strings;
            styles = relation.type == "styles" ? relation.target : styles;
            targets[r.attribute("Id").value()] = relation;
        }
        if (!read_strings(strings) || !read_styles(styles)) {
            return false;
        }
        for (const pugi::xml_node& s : child(root, "sheets").children()) {
            if (!add_sheet(s, targets, sheets)) {
                return false;
            }
        }
        return true;
    }

private:
    /// What a part of the package refers to.
    struct Relation {
        std::string type;  ///< the last word of its address: "worksheet"
        std::string target;
    };

    static std::string last_word(std::string_view address) {
        return std::string(address.substr(address.rfind('/') + 1));
    }

    /// The name of a part as another one refers to it: from the root, or from the folder of that part.
    static std::string resolved(const std::string& from, std::string target) {
        std::replace(target.begin(), target.end(), '\\', '/');
        const std::string path =
            target.rfind('/', 0) == 0 ? target : from.substr(0, from.rfind('/') + 1) + target;
        std::string name;
        std::size_t at = 0;
        while (at < path.size()) {
            const std::size_t end = std::min(path.find('/', at), path.size());
            const std::string step = path.substr(at, end - at);
            if (step == "..") {
                name.resize(name.rfind('/') == std::string::npos ? 0 : name.rfind('/'));
            } else if (!step.empty() && step != ".") {
                name += (name.empty() ? "" : "/") + step;
            }
            at = end + 1;
        }
        return name;
    }

    /// The part that is the workbook; empty and reported when there is none.
    std::string main_part() {
        std::string part = "xl/workbook.xml";
        if (archive_.has("_rels/.rels")) {
            pugi::xml_document package;
            if (!load("_rels/.rels", package)) {
                return {};
            }
            for (const pugi::xml_node& r : child(package, "Relationships").children()) {
                if (last_word(r.attribute("Type").value()) == "officeDocument") {
                    part = resolved("", r.attribute("Target").value());
                }
            }
        }
        const auto ends_with = [&part](std::string_view end) {
            return part.size() >= end.size() && part.compare(part.size() - end.size(), end.size(), end) == 0;
        };
        if (ends_with(".bin")) {
            context_.error({}, "this is a binary workbook of Excel (.xlsb); save it as .xlsx or as CSV");
        } else if (part.rfind("word/", 0) == 0 || part.rfind("ppt/", 0) == 0) {
            context_.error({}, std::string("this is a ") +
                                   (part.front() == 'w' ? "document of Word" : "presentation of PowerPoint") +
                                   "; its tables must be copied to a workbook");
        } else if (archive_.has(part)) {
            return part;
        } else if (archive_.has("content.xml")) {
            context_.error({}, "this is an OpenDocument file, such as .ods; save it as .xlsx or as CSV");
        } else if (archive_.has("Index/Document.iwa") || archive_.has("Index.zip")) {
            context_.error({}, "this is a file of Apple Numbers; export it as .xlsx or as CSV");
        } else {
            context_.error({},
                           "this is a zip without a workbook (.xlsx) in it; unpack it, and give the folder");
        }
        return {};
    }

    bool add_sheet(const pugi::xml_node& s, const std::map<std::string, Relation>& targets,
                   std::vector<Sheet>& sheets) {
        std::string id = s.attribute("r:id").value();
        for (const pugi::xml_attribute& a : s.attributes()) {
            const std::string_view name = a.name();
            if (id.empty() && name.size() > 3 && name.substr(name.size() - 3) == ":id") {
                id = a.value();
            }
        }
        const std::string name = s.attribute("name").value();
        const auto found = targets.find(id);
        if (found == targets.end() || found->second.target.empty()) {
            context_.warn("sheet " + name, {},
                          "the workbook names the sheet " + quoted_text(name) +
                              " and does not say where it is; not read");
            return true;
        }
        if (!found->second.type.empty() && found->second.type != "worksheet") {
            return true;  // a chart, a dialogue or macros
        }
        Sheet& sheet = sheets.emplace_back();
        sheet.name = name;
        sheet.file = context_.file();
        sheet.file += '[' + sheet.name + ']';
        sheet.hidden = s.attribute("state") && std::string_view(s.attribute("state").value()) != "visible";
        return read_sheet(found->second.target, sheet);
    }

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

    bool read_strings(const std::string& part) {
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
    bool read_styles(const std::string& part) {
        if (!archive_.has(part)) {
            return true;
        }
        pugi::xml_document document;
        if (!load(part, document)) {
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
