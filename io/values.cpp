#include "io/values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>

namespace maillage::io {
namespace {

constexpr std::array<std::string_view, 5> spaces = {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF", "\n"};

/// Bytes of the space a text begins with, 0 when it begins with none.
std::size_t leading_space(std::string_view text) noexcept {
    for (const std::string_view space : spaces) {
        if (text.substr(0, space.size()) == space) {
            return space.size();
        }
    }
    return 0;
}

std::size_t trailing_space(std::string_view text) noexcept {
    for (const std::string_view space : spaces) {
        if (text.size() >= space.size() && text.substr(text.size() - space.size()) == space) {
            return space.size();
        }
    }
    return 0;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Three digits, and no fourth, at the beginning.
bool begins_with_group(std::string_view text) noexcept {
    return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
           (text.size() == 3 || !is_digit(text[3]));
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    while (const std::size_t n = leading_space(text)) {
        text.remove_prefix(n);
    }
    while (const std::size_t n = trailing_space(text)) {
        text.remove_suffix(n);
    }
    return text;
}

double shortest_decimal(float value) noexcept {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    double decimal = 0.0;
    std::from_chars(buffer.data(), end, decimal);
    return decimal;
}

std::optional<double> parse_number(std::string_view text) noexcept {
    text = trimmed(text);
    constexpr std::size_t longest = 400;
    if (text.empty() || text.size() > longest) {
        return std::nullopt;
    }
    std::array<char, longest + 1> plain{};
    std::size_t size = 0;
    bool comma = false;
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t n = leading_space(text.substr(i)); n > 0) {
            if (size == 0 || !is_digit(plain[size - 1]) || comma || !begins_with_group(text.substr(i + n))) {
                return std::nullopt;
            }
            i += n;
            continue;
        }
        const char c = text[i++];
        const bool allowed =
            is_digit(c) || c == '-' || c == '+' || c == '.' || c == ',' || c == 'e' || c == 'E';
        if (!allowed || ((c == ',' || c == '.') && comma)) {
            return std::nullopt;
        }
        comma = comma || c == ',' || c == '.';
        plain[size++] = c == ',' ? '.' : c;
    }
    const char* begin = plain.data() + (plain[0] == '+' ? 1 : 0);
    double value = 0.0;
    const auto [end, error] = std::from_chars(begin, plain.data() + size, value);
    if (error != std::errc{} || end != plain.data() + size || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<Date> parse_date_cell(std::string_view text) noexcept {
    text = trimmed(text);
    if (const auto date = parse_date(text)) {
        return date;
    }
    std::array<char, 10> iso{};
    if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
        iso = {text[6], text[7], text[8], text[9], '-', text[3], text[4], '-', text[0], text[1]};
        return parse_date({iso.data(), 10});
    }
    if (text.size() == 7 && text[2] == '/') {
        iso = {text[3], text[4], text[5], text[6], '-', text[0], text[1]};
        return parse_date({iso.data(), 7});
    }
    return std::nullopt;
}

}  // namespace maillage::io
