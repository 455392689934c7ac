#include "io/formats/foreign_files.hpp"

#include "engine/ascii.hpp"

#include "io/formats/xml.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace maillage::io {
namespace {

using namespace std::string_view_literals;

/// Names of streams are UTF-16 in the directory of an OLE file.
constexpr std::string_view encrypted_stream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
constexpr std::array<std::string_view, 4> workbook_streams = {"W\0o\0r\0k\0b\0o\0o\0k\0\0\0"sv,
                                                              "W\0O\0R\0K\0B\0O\0O\0K\0\0\0"sv,
                                                              "B\0o\0o\0k\0\0\0"sv, "B\0O\0O\0K\0\0\0"sv};

std::string_view ole_file(std::string_view bytes) noexcept {
    if (bytes.find(encrypted_stream) != std::string_view::npos) {
        return "this workbook is protected by a password; open it in Excel, remove the password, and save it";
    }
    const bool workbook =
        std::any_of(workbook_streams.begin(), workbook_streams.end(),
                    [bytes](std::string_view name) { return bytes.find(name) != std::string_view::npos; });
    return workbook ? "this is a workbook of Excel 97 to 2003 (.xls); save it as .xlsx or as CSV"
                    : "this is a file of an old Office program (.xls, .doc, …); save it as .xlsx or as CSV";
}

}  // namespace

std::string_view foreign_file(std::string_view bytes) {
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
        return ole_file(bytes);
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> marks = {{
        {"\x09\x00\x04\x00"sv, "this is a workbook of Excel 2 to 4 (.xls); save it as .xlsx or as CSV"},
        {"\x09\x02\x06\x00"sv, "this is a workbook of Excel 2 to 4 (.xls); save it as .xlsx or as CSV"},
        {"\x09\x04\x06\x00"sv, "this is a workbook of Excel 2 to 4 (.xls); save it as .xlsx or as CSV"},
        {"\x09\x08"sv, "this is a workbook of Excel 5 or 95 (.xls); save it as .xlsx or as CSV"},
        {"ID;PWXL"sv, "this is a table in the SYLK format (.slk); save it as .xlsx or as CSV"},
        {"{\\rtf"sv, "this is a text of a word processor (RTF); its tables must be copied to a workbook"},
        {"%PDF-"sv, "this is a PDF; the table or graph that it shows is needed itself"},
        {"SQLite format 3\0"sv, "this is an SQLite database; export its tables as CSV"},
        {"BZh91AY&SY"sv, "this file is packed with bzip2; unpack it first, or pack it with gzip"},
        {"\xFD"
         "7zXZ"sv,
         "this file is packed with xz; unpack it first, or pack it with gzip"},
        {"\x28\xB5\x2F\xFD"sv, "this file is packed with Zstandard; unpack it first, or pack it with gzip"},
        {"7z\xBC\xAF\x27\x1C"sv, "this file is packed with 7-Zip; unpack it first"},
        {"Rar!\x1A\x07"sv, "this file is packed with RAR; unpack it first"},
    }};
    for (const auto& [mark, meaning] : marks) {
        if (bytes.starts_with(mark)) {
            return meaning;
        }
    }
    if (bytes.starts_with("PAR1") && bytes.substr(bytes.size() - 4) == "PAR1" && bytes.size() > 8) {
        return "this is a Parquet file; save it as CSV";
    }
    std::string_view text = bytes.substr(0, std::size_t{1} << 16U);
    text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (text.starts_with("<")) {
        const std::string element = lower_ascii(root_element(text));
        if (element == "html" || element == "table" || element == "body" || element == "head" ||
            element == "meta") {
            return "this is a web page (HTML), which some programs save as .xls; open it in Excel or "
                   "LibreOffice, and save it "
                   "as .xlsx or as CSV";
        }
        if (element == "workbook") {
            return "this is a workbook in the XML of Excel 2003; save it as .xlsx or as CSV";
        }
    }
    return {};
}

}  // namespace maillage::io
