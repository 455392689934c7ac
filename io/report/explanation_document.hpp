#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/best_matches.hpp"
#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/fitted_ranking.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Everything known of one pair as a document: JSON "explanation" and its reading.
namespace maillage::io {

/// Where an actor stands in the list of the other.
struct PlaceInList {
    bool listed = false;                ///< the lists propose such pairs at all: both in scope, not linked
    std::optional<std::uint32_t> rank;  ///< 1 for the best; empty when beyond the `of` first
    std::uint32_t of = 0;               ///< length of list looked at
};

struct ExplanationView {
    const Network& network;
    const Projection& projection;
    const PairModel& model;
    const PairExplanation& pair;
    const std::vector<VertexId>& chain;  ///< shortest way, both ends included; empty when there is none
    const MatchedPair& match;
    PlaceInList b_in_list_of_a;
    PlaceInList a_in_list_of_b;
    Language language = Language::en;
    const FittedRanking* fitted = nullptr;   ///< ranks the lists, when there is one
    std::optional<EvidenceValues> evidence;  ///< what it knows of the pair
    std::string_view why_published;          ///< why there is none
};

/// The fields of "options" that are particular to this document.
void write_explanation_options(JsonWriter& json, const ExplanationView& view);
/// The fields of "result".
void write_explanation_result(JsonWriter& json, const ExplanationView& view);

[[nodiscard]] Reading explanation_reading(const ExplanationView& view, Language language);

/// Partnerships that both actors are members of, of any kind and time, ascending.
[[nodiscard]] std::vector<PartnershipId> partnerships_between(const Network& network, ActorId a, ActorId b);

}  // namespace maillage::io
