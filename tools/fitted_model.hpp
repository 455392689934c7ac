#pragma once

#include "engine/history.hpp"

#include "algorithms/recommend/fitted_ranking.hpp"

#include "tools/stored_ranking.hpp"

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

/// What a ranking for partnerships to come is fitted on: all that is known at the end of the history, whatever the day it
/// is computed on. Without the digest of the network. Empty when nothing has a date.
[[nodiscard]] std::optional<RankingBasis> ranking_basis(const Session& session);

/// The ranking fitted on that basis; empty when the history is too short.
[[nodiscard]] std::optional<FittedRanking> fit_on(const Session& session, const RankingBasis& basis);

/// A ranking, over the vertices of session.all().
[[nodiscard]] std::unique_ptr<FittedSource> source_of(const Session& session, const RankingBasis& basis,
                                                      FittedRanking ranking);

}  // namespace maillage::tools
