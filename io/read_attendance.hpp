#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage::io {

/// When an actor attends an event, and how many meetings it wants.
struct Attendance {
    ActorId actor{};
    std::vector<std::uint8_t> there;  ///< 1 or 0 per round; empty: all of them
    std::optional<std::uint32_t> least, most;
};

struct AttendanceFile {
    std::vector<Attendance> rows;  ///< by actor
    std::vector<Diagnostic> diagnostics;
};

/// Reads a CSV table with the column `actor` (id or name) and, where they are known, `rounds` ("1|2|5", "1-4|7";
/// empty: all), `min` and `max`. Whatever read_table accepts of encodings, separators and quotes is accepted.
///
/// Errors  InputError with all of them at their places: no column actor, an empty cell, an actor that is not in the
///         network (with the nearest), twice in the table, a round that is no number from 1 to `rounds`, a min or
///         max that is no whole number, a min above the max.
/// Cost    O(bytes + log of the actors a row).
[[nodiscard]] AttendanceFile read_attendance(const std::string& path, const Network& network,
                                             std::uint32_t rounds);

}  // namespace maillage::io
