#pragma once

#include "io/csv.hpp"

#include <vector>

namespace maillage::io {

/// Rows of a table from wherever: a CSV text or a sheet.
class RowSource {
public:
    RowSource() = default;
    RowSource(const RowSource&) = delete;
    RowSource& operator=(const RowSource&) = delete;
    virtual ~RowSource() = default;
    virtual bool next(std::vector<CsvField>& row) = 0;
    [[nodiscard]] virtual bool failed() const = 0;
};

}  // namespace maillage::io
