#pragma once

#include "io/formats/read_context.hpp"
#include "io/formats/workbook.hpp"
#include "io/kept_texts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// What the cells of a workbook refer to.
struct WorkbookParts {
    KeptTexts texts;
    std::vector<std::string_view> strings;  ///< the shared strings, in `texts`
    std::vector<bool> dates;                ///< of each style of cells: it shows a date
    bool from_1904 = false;                 ///< days count from 1904-01-01
};

/// Reads the shared strings (xl/sharedStrings.xml), element by element.
/// Errors  As diagnostics of the workbook. Cost  O(bytes); memory: the strings.
bool read_shared_strings(std::string_view xml, const std::string& part, WorkbookParts& parts,
                         ReadContext& book);

/// Reads the rows of a sheet, element by element: memory is that of its rows, not of its XML.
/// Errors  As diagnostics of the sheet, or of the workbook where its XML is damaged. Cost  O(bytes).
bool read_sheet_xml(std::string_view xml, const std::string& part, const WorkbookParts& parts, Sheet& sheet,
                    ReadContext& book);

}  // namespace maillage::io
