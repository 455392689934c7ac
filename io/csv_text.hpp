#pragma once

#include <string>
#include <string_view>

namespace maillage::io {

/// Appends a cell of our CSV: quoted where it holds a quote, a line end, or anything that a reader could take
/// for a separator (`,` `;` tab `|`).
inline void append_csv_cell(std::string& out, std::string_view text) {
    if (text.find_first_of(",;\t|\"\n\r") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') {
            out += '"';
        }
        out += c;
    }
    out += '"';
}

}  // namespace maillage::io
