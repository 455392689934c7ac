#pragma once

#include "engine/network.hpp"
#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/list_figures.hpp"
#include "algorithms/recommend/opportunity_fit.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Partnerships to open as a document: JSON "recommendations" and its reading.
namespace maillage::io {

/// Beyond this many places in all lists, filled or not, each explanation is brief: fewer items listed, no sentences.
inline constexpr std::size_t most_full_explanations = 20'000;

struct RecommendationsView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the result speaks of
    const PairModel& model;
    const EiCounts& ei;
    const RecommendOptions& options;
    const RecommendResult& result;
    const Execution& execution;        ///< explanations are made while writing, in blocks
    Language language = Language::en;  ///< of the labels in JSON
    /// Calls and working groups that fit, when they are asked for.
    const OpportunitySearch* opportunities = nullptr;
    /// Why the ranking is the published one: "asked", "goal", "too_large", "no_history"; empty when it is fitted.
    std::string_view why_published = "asked";
};

/// The fields of "options" that are particular to this document.
void write_recommendations_options(JsonWriter& json, const RecommendationsView& view);
/// The fields of "result". Explanations are made here and not kept: memory does not grow with them.
void write_recommendations_result(JsonWriter& json, const RecommendationsView& view);

/// The object "exposure"; by_score: of the lists that the score alone would make; why: of fields that are empty.
void write_exposure(JsonWriter& json, const Exposure& exposure, const Exposure& by_score,
                    std::string_view why = "zero_denominator");
/// The object "lists".
void write_list_figures(JsonWriter& json, const ListTally& tally, std::size_t most_shown);

/// Why an actor's list is empty, and whom to ask; no full stop.
[[nodiscard]] std::string no_recommendation(const RecommendationsView& view, const ActorRecommendations& actor,
                                            Language language);

[[nodiscard]] Reading recommendations_reading(const RecommendationsView& view, Language language);

}  // namespace maillage::io
