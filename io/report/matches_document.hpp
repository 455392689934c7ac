#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "io/json_writer.hpp"
#include "io/report/pools_words.hpp"
#include "io/report/reading.hpp"

#include <optional>
#include <string>
#include <vector>

/// Complementarity of actors as a document: JSON "matches" and its reading.
namespace maillage::io {

/// Whom the reader asked for.
struct MatchFilters {
    std::vector<std::string> kinds;       ///< of partners; empty: any
    std::vector<ExpertiseId> expertises;  ///< partners bring one of them, or something below it; empty: any
    std::optional<std::string> across;    ///< attribute whose groups differ within a pair
    [[nodiscard]] bool any() const noexcept {
        return !kinds.empty() || !expertises.empty() || across.has_value();
    }
};

struct MatchesView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the result speaks of
    const MatchOptions& options;
    const MatchFilters& filters;
    const MatchResult& result;
    const PoolingOptions& pool_options;
    const std::vector<PoolsWithin>& pools;  ///< in the order of the attributes asked for
    bool pooling_first = false;             ///< the reading is about pooling; JSON has both lists always
    Language language = Language::en;       ///< of the labels in JSON
};

/// The fields of "options" that are particular to this document.
void write_matches_options(JsonWriter& json, const MatchesView& view);
/// The fields of "result".
void write_matches_result(JsonWriter& json, const MatchesView& view);

[[nodiscard]] Reading matches_reading(const MatchesView& view, Language language);

/// One sentence for people: why an actor has no partner. Empty for NoMatch::found.
[[nodiscard]] std::string_view to_sentence(NoMatch reason, Language language) noexcept;

}  // namespace maillage::io
