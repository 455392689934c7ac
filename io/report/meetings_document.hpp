#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/expertise_model.hpp"
#include "algorithms/meetings/programme.hpp"

#include "io/json_writer.hpp"
#include "io/report/calendar.hpp"
#include "io/report/reading.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A programme of meetings as a document: JSON "meetings", its reading (also as CSV), and its calendar.
namespace maillage::io {

struct MeetingTimes {
    LocalTime start;
    std::uint32_t slot = 20;  ///< minutes of a round
    std::uint32_t pause = 5;  ///< between two
    [[nodiscard]] LocalTime of(std::uint32_t round) const { return start.plus(round * (slot + pause)); }
};

struct MeetingsView {
    const Network& network;
    const Projection& projection;
    const ExpertiseModel& expertises;
    const std::vector<VertexId>& participants;  ///< vertex of the programme -> vertex of the projection
    const meetings::MeetingRules& rules;
    const meetings::Programme& programme;
    bool tied = false;                          ///< also pairs that are linked already
    bool stable = false;                        ///< rounds are stable pairings where there is one
    std::vector<std::uint8_t> round_is_stable;  ///< per round, when stable
    std::optional<std::uint32_t> least, most;   ///< for everyone
    std::optional<MeetingTimes> times;
    std::optional<VertexId> only;  ///< the reading and the calendar of this participant (of the projection)
    Language language = Language::en;
};

/// The fields of "options" that are particular to this document.
void write_meetings_options(JsonWriter& json, const MeetingsView& view);
/// The fields of "result".
void write_meetings_result(JsonWriter& json, const MeetingsView& view);
[[nodiscard]] Reading meetings_reading(const MeetingsView& view, Language language);
/// view.times must be there.
[[nodiscard]] std::vector<Appointment> meetings_calendar(const MeetingsView& view, Language language);

}  // namespace maillage::io
