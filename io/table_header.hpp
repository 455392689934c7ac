#pragma once

#include "engine/error.hpp"

#include "io/csv.hpp"
#include "io/tables.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace maillage::io {

/// Which field of a row holds which column of a table.
///
/// Definition  A name of the contract comes before a synonym; names are compared by column_key. Columns that
///             nothing asks for are attributes in the table of actors, and said to be unused elsewhere.
///             Columns without a name at the end are those that a spreadsheet left behind.
/// Errors      As diagnostics: two columns that mean the same, a required column that is missing (with the
///             columns found and the names accepted), an attribute twice.
class TableHeader {
public:
    TableHeader(const TableSpec& spec, const std::vector<CsvField>& row, const std::string& file,
                std::vector<Diagnostic>& diagnostics);

    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    /// The field of a column, numbered as in the table's TableSpec, or `absent`.
    [[nodiscard]] std::size_t field_of(std::size_t column) const noexcept { return field_of_[column]; }
    /// Fields of a row that have a meaning.
    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    [[nodiscard]] const std::vector<std::size_t>& attribute_fields() const noexcept {
        return attribute_fields_;
    }
    [[nodiscard]] const std::vector<std::string>& attribute_names() const noexcept {
        return attribute_names_;
    }
    /// false: an error was reported and the rows cannot be read.
    [[nodiscard]] bool complete() const noexcept { return complete_; }

private:
    void say(Severity severity, const CsvField& where, std::string message);
    void match_names(const std::vector<CsvField>& row);
    void match_synonyms(const std::vector<CsvField>& row);
    void take(const std::vector<CsvField>& row, std::size_t f, std::size_t c);
    void keep_the_rest(const std::vector<CsvField>& row);
    void keep_attribute(const CsvField& field, std::size_t f, const std::string& name);
    void check_required(const std::vector<CsvField>& row);
    [[nodiscard]] std::string suggest_column(const std::string& name) const;

    const TableSpec& spec_;
    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    std::size_t width_;
    std::vector<std::string> keys_;       ///< of the fields
    std::vector<std::size_t> column_of_;  ///< of the fields
    std::vector<std::size_t> field_of_;   ///< of the columns
    std::vector<std::size_t> attribute_fields_;
    std::vector<std::string> attribute_names_;
    bool complete_ = true;
};

}  // namespace maillage::io
