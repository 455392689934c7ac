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

/// The ranking fitted on what began before a day, over the vertices of `past`, by the ties of actors in scope or not; empty
/// when the history is too short.
[[nodiscard]] std::unique_ptr<FittedSource> fitted_source(const Session& session, const Projection& past,
                                                          std::int32_t day);

/// The ranking fitted on all that is known, over the vertices of session.all(): for partnerships to come.
[[nodiscard]] std::unique_ptr<FittedSource> fitted_source(const Session& session);

}  // namespace maillage::tools
