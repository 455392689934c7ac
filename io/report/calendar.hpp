#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

/// Appointments as iCalendar, for the calendars people have.
namespace maillage::io {

/// A moment of the local day, without a time zone: the event is where the people are.
struct LocalTime {
    std::int32_t year = 1970;
    std::uint32_t month = 1, day = 1, hour = 0, minute = 0;
    /// Minutes later; days, months and years go on as they do.
    [[nodiscard]] LocalTime plus(std::uint32_t minutes) const;
    friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

/// 2025-05-14T09:00 (also with a space); false when it is no such moment.
[[nodiscard]] bool parse_local_time(const std::string& text, LocalTime& time);
/// "2025-05-14 09:00".
[[nodiscard]] std::string to_text(const LocalTime& time);

struct Appointment {
    std::string uid;  ///< the same for the same meeting whenever it is written
    LocalTime start;
    std::uint32_t minutes = 0;
    std::string summary, description;
};

/// RFC 5545: CRLF, lines folded at 75 bytes without cutting a character, texts escaped. DTSTAMP is the start of the
/// first appointment, so that the same programme gives the same bytes.
void write_calendar(std::ostream& out, const std::string& name, const std::vector<Appointment>& appointments);

}  // namespace maillage::io
