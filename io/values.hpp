#pragma once

#include "engine/date.hpp"

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

/// Numbers and dates as people write them in cells.
namespace maillage::io {

/// A finite decimal number, with a point or a comma, and with spaces (also no-break ones) between groups of
/// three digits. Empty for anything else: words, hexadecimal, NaN, infinities, numbers beyond a double.
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;

/// A whole number: digits alone, within the type. Empty for anything else.
template <std::unsigned_integral T>
[[nodiscard]] std::optional<T> parse_whole(std::string_view text) noexcept {
    T value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                       : std::nullopt;
}

/// The day first, as in French: 03/07/2018, 3/7/2018, 07/2018; also with points.
[[nodiscard]] std::optional<Date> parse_day_first(std::string_view text) noexcept;

/// ISO as the engine's parse_date, also with a time of midnight behind it (what spreadsheets write), or the
/// French forms.
[[nodiscard]] std::optional<Date> parse_date_cell(std::string_view text) noexcept;

/// Why a text is not a date, for a message: "there is no month 13", or the forms that are accepted.
[[nodiscard]] std::string date_problem(std::string_view text);

/// The double whose shortest decimal form is that of the float: 0.1F gives 0.1.
[[nodiscard]] double shortest_decimal(float value) noexcept;

/// Without spaces (also no-break ones) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace maillage::io
