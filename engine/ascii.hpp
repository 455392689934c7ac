#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// The text with A to Z as a to z; everything else as it stands, for words of formats and programs.
[[nodiscard]] inline std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

}  // namespace maillage
