#include "engine/date.hpp"

#include <chrono>
#include <cstddef>

namespace maillage {
namespace {

std::optional<int> digits(std::string_view text) noexcept {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

std::int32_t days(int year, unsigned month, unsigned day) noexcept {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

unsigned last_day_of_month(int year, unsigned month) noexcept {
    const std::chrono::year_month_day_last last{std::chrono::year(year),
                                                std::chrono::month_day_last(std::chrono::month(month))};
    return static_cast<unsigned>(last.day());
}

}  // namespace

std::int32_t Date::first_day() const noexcept {
    return days(year, month == 0 ? 1U : month, day == 0 ? 1U : day);
}

std::int32_t Date::last_day() const noexcept {
    const unsigned m = month == 0 ? 12U : month;
    return days(year, m, day == 0 ? last_day_of_month(year, m) : day);
}

Date date_of_day(std::int32_t days_since_1970) noexcept {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days_since_1970))};
    return {.year = static_cast<std::int16_t>(static_cast<int>(date.year())),
            .month = static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
            .day = static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

double Date::as_years() const noexcept {
    const double middle = (first_day() + last_day() + 1) / 2.0;
    const double start = days(year, 1, 1);
    const double length = days(year + 1, 1, 1) - start;
    return year + (middle - start) / length;
}

std::optional<Date> parse_date(std::string_view text) noexcept {
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
        return std::nullopt;
    }
    const auto year = digits(text.substr(0, 4));
    if (!year || *year == 0) {
        return std::nullopt;
    }
    Date date{.year = static_cast<std::int16_t>(*year)};
    if (text.size() >= 7) {
        const auto month = text[4] == '-' ? digits(text.substr(5, 2)) : std::nullopt;
        if (!month || *month < 1 || *month > 12) {
            return std::nullopt;
        }
        date.month = static_cast<std::uint8_t>(*month);
    }
    if (text.size() == 10) {
        const auto day = text[7] == '-' ? digits(text.substr(8, 2)) : std::nullopt;
        if (!day || *day < 1 || static_cast<unsigned>(*day) > last_day_of_month(*year, date.month)) {
            return std::nullopt;
        }
        date.day = static_cast<std::uint8_t>(*day);
    }
    return date;
}

std::string to_text(Date date) {
    const auto padded = [](int value, std::size_t width) {
        std::string text = std::to_string(value);
        return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
    };
    std::string text = padded(date.year, 4);
    if (date.month != 0) {
        text += '-' + padded(date.month, 2);
        if (date.day != 0) {
            text += '-' + padded(date.day, 2);
        }
    }
    return text;
}

}  // namespace maillage
