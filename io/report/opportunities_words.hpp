#pragma once

#include "algorithms/recommend/opportunity_fit.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"
#include "io/report/recommendations_document.hpp"

/// Opportunities as a part of the document "recommendations", and as a reading of their own.
namespace maillage::io {

/// Beyond this many fits each is brief: no partners, no group.
inline constexpr std::size_t most_full_fits = 20'000;

/// The field "opportunities" with its key. view.opportunities must be there.
void write_opportunities(JsonWriter& json, const RecommendationsView& view);

[[nodiscard]] Reading opportunities_reading(const RecommendationsView& view, Language language);

}  // namespace maillage::io
