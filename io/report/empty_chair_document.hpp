#pragma once

#include "engine/date.hpp"
#include "engine/network.hpp"

#include "algorithms/recommend/empty_chair.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <cstdint>
#include <optional>

/// Who would have been found for the empty chairs of teams, as a document: JSON "empty_chairs" and its reading.
namespace maillage::io {

struct EmptyChairView {
    const ChairEvaluation& evaluation;
    Date split;
    std::optional<Date> until;
    ChairOptions options;
    std::uint32_t replicates = 0;
};

/// The fields of "options" that are particular to this document.
void write_empty_chair_options(JsonWriter& json, const EmptyChairView& view);
/// The fields of "result".
void write_empty_chair_result(JsonWriter& json, const EmptyChairView& view);

[[nodiscard]] Reading empty_chair_reading(const EmptyChairView& view, Language language);

}  // namespace maillage::io
