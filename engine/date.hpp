#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace maillage {

/// A calendar date that may be partial: a year, a month, or a day (ISO 8601 `2018`, `2018-07`,
/// `2018-07-03`). month == 0 or day == 0 means "not said".
struct Date {
    std::int16_t year = 0;  ///< 1 .. 9999
    std::uint8_t month = 0;
    std::uint8_t day = 0;

    friend constexpr auto operator<=>(const Date&, const Date&) = default;

    /// Days since 1970-01-01 of the first / last day this date can mean.
    [[nodiscard]] std::int32_t first_day() const noexcept;
    [[nodiscard]] std::int32_t last_day() const noexcept;
    /// The middle of the period as a fractional year, for ages and decays.
    [[nodiscard]] double as_years() const noexcept;
};

/// The calendar day so many days after 1970-01-01.
[[nodiscard]] Date date_of_day(std::int32_t days_since_1970) noexcept;

/// Exactly the three forms above and real calendar days only; anything else is empty.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;
[[nodiscard]] std::string to_text(Date date);

}  // namespace maillage
