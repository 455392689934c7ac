#pragma once

#include "engine/history.hpp"

#include "algorithms/recommend/fitted_ranking.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace maillage::tools {

class Session;

/// The attribute that says in which territory actors are: the first that the dataset groups by beyond kind, place and
/// country; empty when there is none.
[[nodiscard]] std::string territory_attribute(const Network& network);

/// The ranking fitted on what began before a day, over the vertices of `past`; empty when the history is too short.
/// Shapes  known: per vertex, whether it counts (see EvidenceInput).
[[nodiscard]] std::unique_ptr<FittedSource> fitted_source(const Session& session, const Projection& past,
                                                          std::span<const std::uint8_t> known,
                                                          std::int32_t day);

}  // namespace maillage::tools
