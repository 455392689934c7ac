#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "io/json_writer.hpp"

#include <string>
#include <vector>

/// A matched pair in words and in JSON, for every document that speaks of one.
namespace maillage::io {

/// Why the two complement each other, or do not: what each gains, the needs met, what there is to start from, what
/// the network says. Whole sentences, the most important first.
[[nodiscard]] std::vector<std::string> match_sentences(const Network& network, const Projection& projection,
                                                       const MatchedPair& pair, Language language);

/// The object of `pairs` in "matches".
void write_matched_pair(JsonWriter& json, const Network& network, const Projection& projection,
                        const MatchedPair& pair, Language language);

}  // namespace maillage::io
