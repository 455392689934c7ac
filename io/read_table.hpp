#pragma once

#include "engine/network_builder.hpp"

#include "io/tables.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

struct TableSummary {
    std::size_t rows = 0;
    char separator = ',';
};

/// Reads one CSV table (UTF-8 text) into the builder. Errors become diagnostics; the table is read to its end
/// if at all possible.
TableSummary read_table(Table table, std::string_view text, const std::string& file, NetworkBuilder& builder,
                        std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
