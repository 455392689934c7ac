#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
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

/// Most texts begin and end with a character that no space begins or ends with.
bool may_be_space(char c) noexcept {
    return static_cast<unsigned char>(c) <= 0x20U || static_cast<unsigned char>(c) >= 0x80U;
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
    while (!text.empty() && may_be_space(text.front())) {
        const std::size_t n = leading_space(text);
        if (n == 0) {
            break;
        }
        text.remove_prefix(n);
    }
    while (!text.empty() && may_be_space(text.back())) {
        const std::size_t n = trailing_space(text);
        if (n == 0) {
            break;
        }
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
    double value = 0.0;
    if (const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        error == std::errc{} && end == text.data() + text.size() && std::isfinite(value)) {
        return value;
    }
    std::array<char, longest> plain{};
    std::size_t size = 0;
    bool whole = true;  // before the decimal point and the exponent
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t n = leading_space(text.substr(i)); n > 0) {
            if (size == 0 || !is_digit(plain[size - 1]) || !whole || !begins_with_group(text.substr(i + n))) {
                return std::nullopt;
            }
            i += n;
            continue;
        }
        const char c = text[i++];
        const bool point = c == ',' || c == '.';
        const bool exponent = c == 'e' || c == 'E';
        if ((!is_digit(c) && c != '-' && c != '+' && !point && !exponent) || (point && !whole)) {
            return std::nullopt;
        }
        whole = whole && !point && !exponent;
        plain[size++] = c == ',' ? '.' : c;
    }
    // from_chars knows no leading plus; "+-1" is no number
    const bool plus = plain[0] == '+';
    if (plus && (size < 2 || plain[1] == '-')) {
        return std::nullopt;
    }
    const char* begin = plain.data() + (plus ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, plain.data() + size, value);
    if (error != std::errc{} || end != plain.data() + size || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<Date> parse_day_first(std::string_view text) noexcept {
    text = trimmed(text);
    std::array<std::uint32_t, 3> numbers{};
    std::array<std::size_t, 3> digits{};
    std::size_t count = 0;
    for (const char c : text) {
        if (is_digit(c) && digits[count] < 4) {
            numbers[count] = numbers[count] * 10 + static_cast<std::uint32_t>(c - '0');
            ++digits[count];
        } else if ((c == '/' || c == '.') && (digits[count] == 1 || digits[count] == 2) && count < 2) {
            ++count;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0 || digits[count] != 4) {
        return std::nullopt;
    }
    const std::uint32_t day = count == 2 ? numbers[0] : 0;
    const std::uint32_t month = numbers[count - 1];
    std::array<char, 10> iso = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'};
    const auto put = [&iso](std::size_t last, std::uint32_t number) {
        for (; number > 0; number /= 10) {
            iso[last--] = static_cast<char>('0' + number % 10);
        }
    };
    put(3, numbers[count]);
    put(6, month);
    put(9, day);
    return parse_date({iso.data(), count == 2 ? std::size_t{10} : std::size_t{7}});
}

std::optional<Date> parse_date_cell(std::string_view text) noexcept {
    text = trimmed(text);
    if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ') &&
        (text.substr(11) == "00:00:00" || text.substr(11) == "00:00" || text.substr(11) == "00:00:00Z")) {
        text = text.substr(0, 10);
    }
    const auto date = parse_date(text);
    return date ? date : parse_day_first(text);
}

std::string date_problem(std::string_view text) {
    text = trimmed(text);
    const auto digits = [text](std::size_t from, std::size_t count) {
        const std::string_view part = text.substr(std::min(from, text.size()), count);
        return part.size() == count && std::all_of(part.begin(), part.end(), is_digit);
    };
    const bool month_given =
        (text.size() == 7 || text.size() == 10) && digits(0, 4) && text[4] == '-' && digits(5, 2);
    if (month_given && (text.substr(5, 2) > "12" || text.substr(5, 2) == "00")) {
        return "there is no month " + std::string(text.substr(5, 2));
    }
    if (month_given && text.size() == 10 && text[7] == '-' && digits(8, 2)) {
        return "there is no day " + std::string(text.substr(8, 2)) + " in " + std::string(text.substr(0, 7));
    }
    return "expected 2018, 2018-07, 2018-07-03 or 03/07/2018";
}

}  // namespace maillage::io
