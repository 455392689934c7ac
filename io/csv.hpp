#pragma once

#include "engine/error.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// A field and the place where its text begins (after the quote of a quoted one).
struct CsvField {
    std::string_view text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool unescaped = false;  ///< each quote in it stood twice in the file
};

/// The place of what follows `skipped`, the beginning of a field: it may hold line ends and quotes.
void pass_text(CsvField& place, std::string_view skipped) noexcept;

/// Beyond these a text is taken for something else than a table, so that a damaged or hostile file costs no
/// memory.
struct CsvLimits {
    std::size_t field_bytes = std::size_t{1} << 20U;
    std::size_t row_bytes = std::size_t{16} << 20U;
    std::size_t columns = 4096;
};

/// Reads rows of a UTF-8 text without copying what needs no unescaping.
///
/// Definition  RFC 4180, and what people have: separator `,` `;` tab or `|`, found in the first rows or told
///             by a first line `sep=X` as Excel writes it; LF, CRLF or CR, also mixed; quoted fields over
///             several lines, "" for a quote. Spaces are kept (read_table trims ids and column names). A
///             quote inside an unquoted field is a quote. Nothing is a comment.
/// Rows        Lines without a character are skipped. Fields are valid until the next call; they are views of
///             the text, or of a copy when a "" had to be unescaped.
/// Errors      As diagnostics: an unclosed quote (at the opening one), text after a closing quote, a field or
///             row beyond the limits. After an error that leaves no way to go on, the rows end and failed()
///             is true.
/// Cost        O(bytes), 16 at a time; memory: one row.
class CsvReader {
public:
    CsvReader(std::string_view text, std::string file, std::vector<Diagnostic>& diagnostics,
              CsvLimits limits = {});

    [[nodiscard]] char separator() const noexcept { return separator_; }
    /// The next row; false at the end.
    bool next(std::vector<CsvField>& row);
    /// The rows ended before the text did.
    [[nodiscard]] bool failed() const noexcept { return failed_; }

private:
    enum class End : std::uint8_t { separator, line, text, failed };
    End read_field(CsvField& field);
    End read_quoted(CsvField& field);
    [[nodiscard]] bool beyond_limits(std::size_t row_start, std::uint32_t row_line, std::size_t fields);
    [[nodiscard]] End end_at(std::size_t at) const noexcept;
    void pass(End end) noexcept;
    void fail(std::uint32_t line, std::uint32_t column, std::string message);
    [[nodiscard]] std::uint32_t column_at(std::size_t at) const noexcept {
        return static_cast<std::uint32_t>(at - line_start_ + 1);
    }

    std::string_view text_;
    std::string file_;
    std::vector<Diagnostic>& diagnostics_;
    CsvLimits limits_;
    char separator_ = ',';
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::uint32_t line_ = 1;
    bool failed_ = false;
    std::deque<std::string> unescaped_;  ///< fields with "" in them; a deque keeps addresses
};

/// The separator that cuts the first rows most evenly outside quotes; ',' when none does.
[[nodiscard]] char detect_separator(std::string_view text);

}  // namespace maillage::io
