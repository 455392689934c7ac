#pragma once

#include "engine/error.hpp"
#include "engine/ids.hpp"
#include "engine/network.hpp"

#include "io/actor_lookup.hpp"
#include "io/csv.hpp"
#include "io/encoding.hpp"
#include "io/file_bytes.hpp"
#include "io/table_header.hpp"
#include "io/tables.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// A table beside a dataset that speaks of its actors (pairs already tried, who attends), row by row.
///
/// Rows    without any text are skipped. Whatever read_table accepts of encodings, separators and quotes is accepted.
/// Errors  are collected, all with their places, and thrown by finish(): a file that cannot be read, an empty table,
///         a required column that is missing, and what the reader of the rows reports.
class SideTable {
public:
    /// columns: how an empty table's error names those that it should have ("a and b"). `spec` and `network`
    /// must outlive the table.
    /// @throws InputError when there is no such file.
    SideTable(const std::string& path, const TableSpec& spec, std::string_view columns,
              const Network& network);

    /// The next row; false at the end.
    [[nodiscard]] bool next();
    /// The cell of a column of `spec`; null when it is empty or the table has no such column.
    [[nodiscard]] const CsvField* cell(std::size_t column) const noexcept;
    /// A field of the row, for what concerns it as a whole.
    [[nodiscard]] const CsvField& any_cell() const noexcept { return fields_.front(); }
    /// The actor that a cell names; empty with an error when it is missing, unknown or ambiguous.
    [[nodiscard]] std::optional<ActorId> actor(std::size_t column);

    void say(Severity severity, const CsvField& where, std::string message);
    void error(const CsvField& where, std::string message) {
        say(Severity::error, where, std::move(message));
    }
    /// The rows ended before the file did, which is reported.
    [[nodiscard]] bool failed() const noexcept { return !reader_ || reader_->failed(); }

    /// Warnings and notes, once the rows are read.
    /// @throws InputError with everything when an error was among it.
    [[nodiscard]] std::vector<Diagnostic> finish();

private:
    [[nodiscard]] bool next_with_text();

    std::string path_;
    const TableSpec& spec_;
    const Network& network_;
    std::vector<Diagnostic> diagnostics_;
    FileBytes file_;
    DecodedText decoded_;
    std::optional<CsvReader> reader_;
    std::optional<TableHeader> header_;  ///< empty: the rows cannot be read
    std::vector<CsvField> fields_;
    ActorLookup actors_;
};

}  // namespace maillage::io
