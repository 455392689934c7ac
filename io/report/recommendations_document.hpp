#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <string>

/// Recommendations as a document: JSON "recommendations" and "explanation", and their readings.
namespace maillage::io {

struct RecommendationsView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the model speaks of
    const PairModel& model;
    const RecommendOptions& options;
    const RecommendResult& result;
    Language language = Language::en;  ///< of the texts in JSON
};

void write_recommendations_options(JsonWriter& json, const RecommendationsView& view);
void write_recommendations(JsonWriter& json, const RecommendationsView& view);
[[nodiscard]] Reading recommendations_reading(const RecommendationsView& view, Language language);

/// Everything known of one pair.
struct ExplanationView {
    const Network& network;
    const Projection& projection;
    const PairModel& model;
    PairExplanation pair;
    Language language = Language::en;
};

void write_explanation(JsonWriter& json, const ExplanationView& view);
[[nodiscard]] Reading explanation_reading(const ExplanationView& view, Language language);

}  // namespace maillage::io
