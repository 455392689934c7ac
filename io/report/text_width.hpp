#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Columns a UTF-8 text takes on a terminal: combining marks none, CJK and emoji two. Malformed bytes count
/// one each.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// Lines of at most `width` columns, broken at spaces (never at no-break ones), else inside a word; line
/// ends of the text are kept. One empty line for an empty text.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace maillage::io
