#include "io/report/text_width.hpp"

#include <algorithm>
#include <cstdint>

namespace maillage::io {
namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
};

Character first_character(std::string_view text) noexcept {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = lead < 0xC0U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    if (bytes == 1 || text.size() < bytes) {
        return {lead, 1};
    }
    char32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) {
            return {lead, 1};
        }
        code = (code << 6U) | (next & 0x3FU);
    }
    return {code, bytes};
}

bool is_mark(char32_t c) noexcept {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || c == 0x200B || c == 0x200D ||
           c == 0xFEFF;
}

bool is_wide(char32_t c) noexcept {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

std::size_t width_of(char32_t c) noexcept {
    return is_mark(c) ? 0 : is_wide(c) ? 2 : 1;
}

/// Bytes of the longest beginning of a text that takes at most `width` columns, one character at least.
std::size_t bytes_that_fit(std::string_view text, std::size_t width) noexcept {
    std::size_t used = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const Character c = first_character(text.substr(bytes));
        used += width_of(c.code);
        if (used > width && bytes > 0) {
            return bytes;
        }
        bytes += c.bytes;
    }
    return bytes;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
    while (true) {
        const std::size_t fits = bytes_that_fit(line, width);
        if (fits == line.size()) {
            lines.emplace_back(line);
            return;
        }
        const std::size_t space = line.rfind(' ', fits);
        const bool at_space = space != std::string_view::npos && space > 0;
        lines.emplace_back(line.substr(0, at_space ? space : fits));
        line.remove_prefix(at_space ? space + 1 : fits);
    }
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        const Character c = first_character(text);
        width += width_of(c.code);
        text.remove_prefix(c.bytes);
    }
    return width;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    while (true) {
        const auto end = text.find('\n');
        wrap_line(text.substr(0, end), std::max<std::size_t>(1, width), lines);
        if (end == std::string_view::npos) {
            return lines;
        }
        text.remove_prefix(end + 1);
    }
}

}  // namespace maillage::io
