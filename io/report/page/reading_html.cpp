#include "io/report/page/reading_html.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

bool same_shape(const Table& a, const Table& b) {
    return a.id == b.id && a.columns.size() == b.columns.size() && a.rows.size() == b.rows.size() &&
           std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(),
                      [](const auto& x, const auto& y) { return x.size() == y.size(); });
}

bool same_shape(const Reading& a, const Reading& b) {
    return a.blocks.size() == b.blocks.size() &&
           std::equal(a.blocks.begin(), a.blocks.end(), b.blocks.begin(), [](const Block& x, const Block& y) {
               if (x.index() != y.index()) {
                   return false;
               }
               const auto* table = std::get_if<Table>(&x);
               return table == nullptr || same_shape(*table, std::get<Table>(y));
           });
}

Both rows_told(std::size_t rows) {
    return {" (" + number(rows, Language::fr) + (rows > 1 ? " lignes)" : " ligne)"),
            " (" + number(rows, Language::en) + (rows > 1 ? " rows)" : " row)")};
}

void write_cell(Html& html, const Table& fr, const Table& en, std::size_t row, std::size_t column) {
    const Both cell(fr.rows[row][column], en.rows[row][column]);
    const bool head = column == 0;
    html.raw(head ? "<th scope=row" : "<td");
    if (fr.columns[column].numeric) {
        html.raw(" class=n");
    }
    html.raw(">").text(cell);  // the end of a cell or a row needs no mark
}

void write_block(Html& html, const Block& fr, const Block& en, const ReadingStyle& style) {
    if (const auto* heading = std::get_if<Heading>(&fr)) {
        html.block("h" + std::to_string(style.level), "", {heading->text, std::get<Heading>(en).text});
    } else if (const auto* paragraph = std::get_if<Paragraph>(&fr)) {
        html.paragraph({paragraph->text, std::get<Paragraph>(en).text});
    } else {
        const auto& table = std::get<Table>(fr);
        if (!style.before_table || !style.before_table(html, table, std::get<Table>(en))) {
            write_table(html, table, std::get<Table>(en), style);
        }
    }
    html.raw("\n");
}

}  // namespace

void write_table(Html& html, const Table& fr, const Table& en, const ReadingStyle& style,
                 const ExtraColumn* extra) {
    if (fr.rows.empty()) {
        return;
    }
    const auto left_out = [&](std::size_t c) {
        return std::binary_search(style.without_columns.begin(), style.without_columns.end(), c);
    };
    const bool folded = fr.rows.size() > style.open_rows;
    const std::string id = escaped(style.prefix + "-" + fr.id);
    const Both title(fr.title.empty() ? "Tableau" : fr.title, en.title.empty() ? "Table" : en.title);
    if (folded) {
        html.raw("<details class=fold><summary>").text(title + rows_told(fr.rows.size())).raw("</summary>");
    }
    html.raw("<div class=scroll role=group tabindex=0 aria-labelledby=\"" + id + "\"><table data-name=\"" +
             escaped(fr.id) + "\"><caption id=\"" + id + "\">")
        .text(title)
        .raw("</caption><thead><tr>");
    const auto extra_head = [&](std::size_t c) {
        if (extra != nullptr && c == std::min(extra->before, fr.columns.size())) {
            html.raw("<th scope=col>").text(extra->title).raw("</th>");
        }
    };
    for (std::size_t c = 0; c < fr.columns.size(); ++c) {
        extra_head(c);
        if (left_out(c)) {
            continue;
        }
        const Both head(fr.columns[c].title, en.columns[c].title);
        if (head.empty()) {
            html.raw("<td></td>");
        } else {
            html.raw(fr.columns[c].numeric ? "<th scope=col class=n>" : "<th scope=col>")
                .text(head)
                .raw("</th>");
        }
    }
    extra_head(fr.columns.size());
    html.raw("</tr></thead><tbody>\n");
    const std::size_t shown = std::min(fr.rows.size(), style.most_rows);
    for (std::size_t r = 0; r < shown; ++r) {
        html.raw("<tr>");
        for (std::size_t c = 0; c <= fr.rows[r].size(); ++c) {
            if (extra != nullptr && c == std::min(extra->before, fr.rows[r].size())) {
                html.raw("<td>" + extra->cells[r]);
            }
            if (c < fr.rows[r].size() && !left_out(c)) {
                write_cell(html, fr, en, r, c);
            }
        }
        html.raw("\n");
    }
    html.raw("</tbody></table></div>");
    Both note(fr.note, en.note);
    if (shown < fr.rows.size()) {
        const std::size_t rest = fr.rows.size() - shown;
        note = Both(number(rest, Language::fr) + (rest > 1 ? " autres lignes sont" : " autre ligne est") +
                        " dans le document JSON. ",
                    number(rest, Language::en) + (rest > 1 ? " more rows are" : " more row is") +
                        " in the JSON document. ") +
               note;
    }
    if (!note.empty()) {
        html.block("p", "class=note", note);
    }
    if (folded) {
        html.raw("</details>");
    }
}

void write_reading(Html& html, const Reading& fr, const Reading& en, const ReadingStyle& style) {
    if (same_shape(fr, en)) {
        for (std::size_t i = 0; i < fr.blocks.size(); ++i) {
            write_block(html, fr.blocks[i], en.blocks[i], style);
        }
        return;
    }
    for (const Language language : {Language::fr, Language::en}) {
        ReadingStyle own = style;
        own.prefix += "-" + std::string(lang_of(language));
        html.raw("<div lang=").raw(lang_of(language)).raw(">");
        for (const Block& block : (language == Language::fr ? fr : en).blocks) {
            write_block(html, block, block, own);
        }
        html.raw("</div>");
    }
}

}  // namespace maillage::io
