#pragma once

#include "engine/network_builder.hpp"

#include "io/row_source.hpp"
#include "io/tables.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

struct TableSummary {
    std::size_t rows = 0;  ///< of data, wrong ones included
    char separator = ',';
    bool complete = false;  ///< every row was read; else an error says why not
};

/// Reads one CSV table (UTF-8 text) into the builder. Ids, names and values are taken without the spaces
/// around them. Errors become diagnostics, and the table is read to its end if at all possible: a wrong row
/// is added all the same, so that what refers to it is not reported as unknown.
/// Cost        O(bytes); memory: one row, beyond what the builder keeps.
TableSummary read_table(Table table, std::string_view text, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics);

/// The same for rows from elsewhere, as those of a sheet.
TableSummary read_table(Table table, RowSource& rows, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
