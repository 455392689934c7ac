#include "io/report/reading.hpp"

#include "io/report/text_width.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

namespace maillage::io {
namespace {

constexpr std::size_t gap = 2;        // spaces between columns
constexpr std::size_t narrowest = 8;  // a text column is not shrunk below
constexpr std::string_view bold = "\x1B[1m";
constexpr std::string_view dim = "\x1B[2m";
constexpr std::string_view plain = "\x1B[0m";

void style(std::ostream& out, bool styled, std::string_view code) {
    if (styled) {
        out << code;
    }
}

std::vector<std::size_t> natural_widths(const Table& table) {
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        std::size_t width = display_width(table.columns[c].title);
        for (const auto& row : table.rows) {
            width = std::max(width, display_width(row[c]));
        }
        const std::size_t most = table.columns[c].max_width;
        widths.push_back(most == 0 ? width : std::min(width, most));
    }
    return widths;
}

/// Width below which a column of numbers would break one of them, or a word of its title.
std::size_t unbroken_width(const Table& table, std::size_t column) {
    std::size_t width = 0;
    for (const auto& row : table.rows) {
        width = std::max(width, display_width(row[column]));
    }
    std::string_view title = table.columns[column].title;
    while (!title.empty()) {
        const std::size_t end = std::min(title.find(' '), title.size());
        width = std::max(width, display_width(title.substr(0, end)));
        title.remove_prefix(std::min(end + 1, title.size()));
    }
    return width;
}

/// Narrows one column after the other by one display column until the table fits: first the titles over
/// numbers, which wrap between words, then text; the widest first.
std::vector<std::size_t> fitted_widths(const Table& table, std::size_t line_width) {
    std::vector<std::size_t> widths = natural_widths(table);
    std::vector<std::size_t> least;
    std::size_t total = 0;
    for (std::size_t c = 0; c < widths.size(); ++c) {
        least.push_back(table.columns[c].numeric ? unbroken_width(table, c) : narrowest);
        total += widths[c] + (c > 0 ? gap : 0);
    }
    for (const bool numeric : {true, false}) {
        while (total > line_width) {
            std::size_t widest = widths.size();
            for (std::size_t c = 0; c < widths.size(); ++c) {
                if (table.columns[c].numeric == numeric && widths[c] > least[c] &&
                    (widest == widths.size() || widths[c] > widths[widest])) {
                    widest = c;
                }
            }
            if (widest == widths.size()) {
                break;
            }
            --widths[widest];
            --total;
        }
    }
    return widths;
}

void write_row(std::ostream& out, const Table& table, const std::vector<std::string>& cells,
               const std::vector<std::size_t>& widths) {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        wrapped.push_back(wrap(cells[c], widths[c]));
        height = std::max(height, wrapped.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
        std::string text;
        for (std::size_t c = 0; c < wrapped.size(); ++c) {
            const std::string cell = line < wrapped[c].size() ? wrapped[c][line] : std::string();
            const std::size_t used = display_width(cell);
            const std::string padding(widths[c] - std::min(widths[c], used), ' ');
            text += table.columns[c].numeric ? padding + cell : cell + padding;
            text += c + 1 < wrapped.size() ? std::string(gap, ' ') : "";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << '\n';
    }
}

void write_table(std::ostream& out, const Table& table, std::size_t line_width, bool styled) {
    if (!table.title.empty()) {
        style(out, styled, bold);
        out << table.title;
        style(out, styled, plain);
        out << '\n';
    }
    if (!table.rows.empty()) {
        const auto widths = fitted_widths(table, line_width);
        std::vector<std::string> titles;
        std::vector<std::string> rules;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            titles.push_back(table.columns[c].title);
            std::string rule;
            for (std::size_t i = 0; i < widths[c]; ++i) {
                rule += "─";
            }
            rules.push_back(rule);
        }
        style(out, styled, bold);
        write_row(out, table, titles, widths);
        style(out, styled, plain);
        style(out, styled, dim);
        write_row(out, table, rules, widths);
        style(out, styled, plain);
        for (const auto& row : table.rows) {
            write_row(out, table, row, widths);
        }
    }
    for (const auto& line : wrap(table.note, line_width)) {
        if (!line.empty()) {
            out << line << '\n';
        }
    }
    out << '\n';
}

bool is_number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string csv_cell(std::string text) {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    if (!text.empty() && formula_starts.find(text.front()) != std::string_view::npos && !is_number(text)) {
        text.insert(text.begin(), '\'');
    }
    if (text.find_first_of(",\"\n\r;") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return quoted + '"';
}

void write_csv_table(std::ostream& out, const Table& table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        out << (c == 0 ? "" : ",") << csv_cell(table.columns[c].title);
    }
    out << '\n';
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            out << (c == 0 ? "" : ",") << csv_cell(row[c]);
        }
        out << '\n';
    }
}

/// Groups of three digits from the right; four digits stay together in French and English alike when alone.
std::string grouped(std::string digits, std::string_view separator) {
    if (digits.size() <= 4) {
        return digits;
    }
    for (std::size_t i = digits.size(); i > 3;) {
        i -= 3;
        digits.insert(i, separator);
    }
    return digits;
}

std::string_view group_separator(Language language) {
    return pick(language, "\u202F", ",");  // narrow no-break space
}

}  // namespace

Reading& Reading::heading(std::string text) {
    blocks.emplace_back(Heading{std::move(text)});
    return *this;
}

Reading& Reading::paragraph(std::string text) {
    blocks.emplace_back(Paragraph{std::move(text)});
    return *this;
}

Reading& Reading::table(Table table) {
    blocks.emplace_back(std::move(table));
    return *this;
}

void write_text(std::ostream& out, const Reading& reading, std::size_t width, bool styled) {
    style(out, styled, bold);
    out << reading.title << '\n';
    style(out, styled, plain);
    std::string rule;
    for (std::size_t i = 0; i < std::min(width, display_width(reading.title)); ++i) {
        rule += "═";
    }
    out << rule << "\n\n";
    for (const Block& block : reading.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) {
            style(out, styled, bold);
            out << heading->text;
            style(out, styled, plain);
            out << "\n\n";
        } else if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            for (const auto& line : wrap(paragraph->text, width)) {
                out << line << '\n';
            }
            out << '\n';
        } else {
            write_table(out, std::get<Table>(block), width, styled);
        }
    }
}

void write_csv(std::ostream& out, const Reading& reading) {
    std::size_t tables = 0;
    for (const Block& block : reading.blocks) {
        tables += std::holds_alternative<Table>(block) ? 1U : 0U;
    }
    bool first = true;
    for (const Block& block : reading.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table == nullptr) {
            continue;
        }
        if (tables > 1) {
            out << (first ? "" : "\n") << "# " << table->id << '\n';
        }
        first = false;
        write_csv_table(out, *table);
    }
}

std::string number(double value, int decimals, Language language) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::fixed, decimals)
                         .ptr;
    const std::string text(buffer.data(), end);
    const auto point = text.find('.');
    std::string whole = grouped(text.substr(0, point), group_separator(language));
    const bool zero = text.find_first_not_of("0.") == std::string::npos;
    std::string shown = value < 0.0 && !zero ? "\u2212" + whole : whole;  // a true minus sign
    if (point != std::string::npos) {
        shown += std::string(pick(language, ",", ".")) + text.substr(point + 1);
    }
    return shown;
}

std::string number(std::size_t value, Language language) {
    return grouped(std::to_string(value), group_separator(language));
}

std::string percent(double share, int decimals, Language language) {
    return number(share * 100.0, decimals, language) + std::string(pick(language, "\u202F%", "%"));
}

std::string enumerate(const std::vector<std::string>& items, Language language) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            text += i + 1 == items.size() ? std::string(pick(language, " et ", " and ")) : ", ";
        }
        text += items[i];
    }
    return text;
}

}  // namespace maillage::io
