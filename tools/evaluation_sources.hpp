#pragma once

#include "engine/history.hpp"

#include "algorithms/recommend/index_rows.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace maillage::tools {

class Session;

/// What `evaluate` judges: the single indices asked for, then every ranking of our own. A ranking is added here.
/// Shapes  indices: empty for all. The sources refer to the session and the history: use them while those live.
[[nodiscard]] std::vector<std::unique_ptr<ScoreSource>> evaluation_sources(const Session& session,
                                                                           const History& history,
                                                                           const HistoryOptions& cut,
                                                                           std::span<const PairIndex> indices,
                                                                           const IndexOptions& options);

/// The indices that these words name, each word one or several with commas between; none: all.
/// @throws OptionError (field "index") with the nearest names.
[[nodiscard]] std::vector<PairIndex> parse_indices(std::span<const std::string> words);

}  // namespace maillage::tools
