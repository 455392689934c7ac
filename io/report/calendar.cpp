#include "io/report/calendar.hpp"

#include "io/report/version.hpp"

#include <array>
#include <cstddef>
#include <ostream>
#include <string_view>

namespace maillage::io {
namespace {

std::uint32_t days_in(std::int32_t year, std::uint32_t month) {
    constexpr std::array<std::uint32_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

std::string digits(std::uint32_t n, std::size_t width) {
    std::string text = std::to_string(n);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string compact(const LocalTime& t) {
    return digits(static_cast<std::uint32_t>(t.year), 4) + digits(t.month, 2) + digits(t.day, 2) + "T" +
           digits(t.hour, 2) + digits(t.minute, 2) + "00";
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '\\':
            case ';':
            case ',':
                result += '\\';
                result += c;
                break;
            case '\n':
                result += "\\n";
                break;
            case '\r':
                break;
            default:
                result += static_cast<unsigned char>(c) < 0x20U && c != '\t' ? ' ' : c;
        }
    }
    return result;
}

void write_line(std::ostream& out, std::string_view line) {
    constexpr std::size_t longest = 75;
    std::size_t room = longest;
    while (line.size() > room) {
        std::size_t cut = room;
        while ((static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) {
            --cut;  // not inside a character
        }
        out << line.substr(0, cut) << "\r\n ";
        line.remove_prefix(cut);
        room = longest - 1;
    }
    out << line << "\r\n";
}

}  // namespace

LocalTime LocalTime::plus(std::uint32_t minutes) const {
    constexpr std::uint32_t hour_length = 60;
    constexpr std::uint32_t day_length = 24;
    LocalTime t = *this;
    const std::uint32_t all = t.minute + minutes;
    t.minute = all % hour_length;
    const std::uint32_t hours = t.hour + all / hour_length;
    t.hour = hours % day_length;
    for (std::uint32_t days = hours / day_length; days > 0; --days) {
        if (++t.day > days_in(t.year, t.month)) {
            t.day = 1;
            if (++t.month > 12) {
                t.month = 1;
                ++t.year;
            }
        }
    }
    return t;
}

bool parse_local_time(const std::string& text, LocalTime& time) {
    constexpr std::string_view form = "0000-00-00T00:00";
    if (text.size() != form.size()) {
        return false;
    }
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !digit : text[i] != form[i] && !(form[i] == 'T' && text[i] == ' ')) {
            return false;
        }
    }
    const auto part = [&](std::size_t at, std::size_t length) {
        return static_cast<std::uint32_t>(std::stoul(text.substr(at, length)));
    };
    const LocalTime t{static_cast<std::int32_t>(part(0, 4)), part(5, 2), part(8, 2), part(11, 2),
                      part(14, 2)};
    if (t.month < 1 || t.month > 12 || t.day < 1 || t.day > days_in(t.year, t.month) || t.hour > 23 ||
        t.minute > 59) {
        return false;
    }
    time = t;
    return true;
}

std::string to_text(const LocalTime& t) {
    return digits(static_cast<std::uint32_t>(t.year), 4) + "-" + digits(t.month, 2) + "-" + digits(t.day, 2) +
           " " + digits(t.hour, 2) + ":" + digits(t.minute, 2);
}

void write_calendar(std::ostream& out, const std::string& name,
                    const std::vector<Appointment>& appointments) {
    write_line(out, "BEGIN:VCALENDAR");
    write_line(out, "VERSION:2.0");
    write_line(out, "PRODID:-//maillage//maillage " + std::string(version) + "//FR");
    write_line(out, "CALSCALE:GREGORIAN");
    write_line(out, "X-WR-CALNAME:" + escaped(name));
    for (const Appointment& a : appointments) {
        write_line(out, "BEGIN:VEVENT");
        write_line(out, "UID:" + escaped(a.uid));
        write_line(out, "DTSTAMP:" + compact(appointments.front().start) + "Z");
        write_line(out, "DTSTART:" + compact(a.start));
        write_line(out, "DTEND:" + compact(a.start.plus(a.minutes)));
        write_line(out, "SUMMARY:" + escaped(a.summary));
        if (!a.description.empty()) {
            write_line(out, "DESCRIPTION:" + escaped(a.description));
        }
        write_line(out, "END:VEVENT");
    }
    write_line(out, "END:VCALENDAR");
}

}  // namespace maillage::io
