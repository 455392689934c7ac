#pragma once

#include "engine/network.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A result made for reading: headings, sentences and tables, in one language. The same reading is shown
/// on a terminal, as CSV, and later on a page.
namespace maillage::io {

/// The text in the language asked for; both stand together where they are used.
[[nodiscard]] constexpr std::string_view pick(Language language, std::string_view fr,
                                              std::string_view en) noexcept {
    return language == Language::fr ? fr : en;
}

struct Column {
    std::string title;
    bool numeric = false;        ///< right-aligned
    std::size_t max_width = 48;  ///< longer cells are wrapped on a terminal; 0: never
};

struct Table {
    std::string id;  ///< snake_case name, for file names and CSV
    std::string title;
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::string note;  ///< a line below, may be empty
};

struct Paragraph {
    std::string text;
};
struct Heading {
    std::string text;
};

using Block = std::variant<Heading, Paragraph, Table>;

struct Reading {
    std::string title;
    std::vector<Block> blocks;

    Reading& heading(std::string text);
    Reading& paragraph(std::string text);
    Reading& table(Table table);
};

/// Text for a terminal `width` columns wide (display columns: accents count one, CJK two).
void write_text(std::ostream& out, const Reading& reading, std::size_t width, bool styled);
/// The tables as RFC 4180 CSV, UTF-8, LF: the first one alone, or all of them separated by an empty
/// line and led by a line `# id`. Cells that a spreadsheet would run as a formula (= + - @ tab, unless
/// a number) get a leading apostrophe.
void write_csv(std::ostream& out, const Reading& reading);

/// A number for reading: the decimals asked for, decimal comma and narrow no-break thin grouping in
/// French (1 234,5), point and comma in English (1,234.5).
[[nodiscard]] std::string number(double value, int decimals, Language language);
[[nodiscard]] std::string number(std::size_t value, Language language);
[[nodiscard]] std::string percent(double share, int decimals, Language language);
/// "a, b et c" / "a, b and c".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& items, Language language);

}  // namespace maillage::io
