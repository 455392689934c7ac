#pragma once

#include "io/report/page/html.hpp"
#include "io/report/reading.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// A reading of a document, in both languages, as HTML.
namespace maillage::io {

struct ReadingStyle {
    std::string prefix;                        ///< of the ids on the page: "openness"
    int level = 3;                             ///< of its headings
    std::size_t open_rows = 12;                ///< longer tables are folded
    std::size_t most_rows = 2000;              ///< of a table; the others are counted
    std::vector<std::size_t> without_columns;  ///< of every table; positions, ascending
    /// Draws a table in its own way, or beside it; true when the table itself is not to follow.
    std::function<bool(Html&, const Table& fr, const Table& en)> before_table;
};

struct ExtraColumn {
    Both title;
    std::vector<std::string> cells;  ///< HTML, beside the rows
    std::size_t before = SIZE_MAX;   ///< the column it stands in front of; last where there is none
};

/// Headings, sentences and tables. Where the two readings have the same shape what both say alike is written once; where
/// not, one stands after the other, each marked as its language. The title is not written.
void write_reading(Html& html, const Reading& fr, const Reading& en, const ReadingStyle& style);

/// One table with its caption, header cells with scope, the first column as row headers; it can be scrolled and is
/// folded when it is long.
/// extra: one more column, of markup.
void write_table(Html& html, const Table& fr, const Table& en, const ReadingStyle& style,
                 const ExtraColumn* extra = nullptr);

}  // namespace maillage::io
