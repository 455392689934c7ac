#pragma once

#include "engine/network.hpp"

#include "io/csv.hpp"
#include "io/formats/read_context.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

/// One sheet of a workbook as rows of texts.
///
/// Every row of the sheet is a line of `text`, a tab behind each of its cells, so that a diagnostic has a line to show:
/// the line is the row's number, and cell_at() tells the cell from the column.
struct Sheet {
    std::string name;  ///< as the tab says
    std::string file;  ///< "book.xlsx[tab]", for diagnostics
    std::string text;
    bool hidden = false;
    std::vector<std::size_t> ends;  ///< of the lines in `text`
    /// Cells that hold a tab or a line end, for which `text` has spaces, by the offset where they begin in it.
    std::vector<std::pair<std::size_t, std::string>> broken;

    [[nodiscard]] std::size_t rows() const noexcept { return ends.size(); }
    /// The cells of a row (from 0), each with its place; valid as long as the sheet.
    void row(std::size_t number, std::vector<CsvField>& cells) const;
};

/// Whether bytes begin as a workbook of Excel or LibreOffice (a zip) does. Other files of such programs: foreign_files.hpp.
[[nodiscard]] bool is_workbook(std::string_view bytes) noexcept;
/// Whether this build can read workbooks (with libzip, pugixml and expat), and write them (with libxlsxwriter).
[[nodiscard]] bool workbooks_are_supported() noexcept;
[[nodiscard]] bool workbooks_can_be_written() noexcept;

/// Reads the sheets of an .xlsx (ECMA-376): shared, inline and formatted strings, numbers as they are computed, truths,
/// dates by the format of their cells (also those from 1904), merged cells (the first has the value; said where several rows are). Formulas give the
/// value that was saved with them. Rows and cells that are empty are kept as such. Parts are found by their relations, whatever
/// their names, in UTF-8 or UTF-16, with the namespaces of ECMA-376 or strict ISO 29500.
/// Errors  As diagnostics: no zip, no workbook, damaged XML, larger than the limits; libzip, pugixml or expat missing in the build.
/// Cost    O(bytes unpacked); memory: the rows, and the XML of one sheet at a time.
bool read_workbook(std::string_view bytes, ReadContext& context, std::vector<Sheet>& sheets);

/// The name of the cell at a column of a line of Sheet::text: "C7".
[[nodiscard]] std::string cell_at(const Sheet& sheet, std::uint32_t line, std::uint32_t column);

/// Writes a network as a workbook: a sheet for each table of write_csv_tables, and one called maillage with the
/// settings. Reading it gives the same network. Numbers are numbers where a cell keeps all their digits.
/// @throws Error when it cannot be written; OptionError when libxlsxwriter is missing in this build.
void write_workbook(std::ostream& out, const Network& network, std::vector<LocalText>& lost);

}  // namespace maillage::io
