#pragma once

#include "engine/network.hpp"

#include "io/csv.hpp"
#include "io/formats/read_context.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Texts that stay where they are, in blocks.
class KeptTexts {
public:
    /// A copy of the text, valid as long as this.
    [[nodiscard]] std::string_view keep(std::string_view text) {
        constexpr std::size_t block = std::size_t{1} << 16U;
        if (blocks_.empty() || blocks_.back()->capacity() - blocks_.back()->size() < text.size()) {
            blocks_.push_back(std::make_unique<std::string>());
            blocks_.back()->reserve(std::max(block, text.size()));
        }
        std::string& last = *blocks_.back();
        last.append(text);
        return std::string_view(last).substr(last.size() - text.size());
    }

private:
    std::vector<std::unique_ptr<std::string>> blocks_;
};

/// One sheet of a workbook as rows of texts.
///
/// Every row of the sheet is a line of `text`, its cells between tabs, so that a diagnostic has a line to show: the
/// line is the row's number, and cell_at() tells the cell from the column.
struct Sheet {
    std::string name;  ///< as the tab says
    std::string file;  ///< "book.xlsx[tab]", for diagnostics
    std::string text;
    bool hidden = false;
    std::vector<std::vector<CsvField>> rows;
    KeptTexts kept;                           ///< what fields refer to: texts of this sheet,
    std::shared_ptr<const KeptTexts> shared;  ///< and those that all sheets share
};

/// Whether bytes begin as a workbook of Excel or LibreOffice (a zip) does. Other files of such programs: foreign_files.hpp.
[[nodiscard]] bool is_workbook(std::string_view bytes) noexcept;
/// Whether this build can read workbooks (with libzip, pugixml and expat), and write them (with libxlsxwriter).
[[nodiscard]] bool workbooks_are_supported() noexcept;
[[nodiscard]] bool workbooks_can_be_written() noexcept;

/// Reads the sheets of an .xlsx (ECMA-376): shared, inline and formatted strings, numbers as they are computed, truths,
/// dates by the format of their cells (also those from 1904), merged cells (the first has the value). Formulas give the
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
