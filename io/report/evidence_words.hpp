#pragma once

#include "engine/network.hpp"

#include "algorithms/recommend/fitted_ranking.hpp"

#include "io/json_writer.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A fitted ranking in words and JSON.
namespace maillage::io {

[[nodiscard]] std::string_view evidence_label(Evidence term, Language language) noexcept;

/// 1 / (1 + e^-score).
[[nodiscard]] double chance_of(double score) noexcept;

/// "ranking": how scores are made: {"kind": "fitted", …} with its terms, or {"kind": "published", "why": …}.
void write_ranking(JsonWriter& json, const FittedRanking* ranking, std::string_view why_published);

/// "contributions" of a pair, the intercept as "baseline" first; they add up to the score.
void write_fitted_contributions(JsonWriter& json, const FittedRanking& ranking, const EvidenceValues& raw);

/// The terms that raise the chance most above that of the other candidates listed, as a phrase: "chemins de trois liens
/// récents (×3,2), …"; factors against a pair for which the term is nothing.
[[nodiscard]] std::string strongest_terms(const FittedRanking& ranking, const EvidenceValues& raw,
                                          std::size_t most, Language language);

/// Every term that changes the odds by one hundredth and more, with its contribution (a logarithm), largest first.
[[nodiscard]] std::vector<std::pair<std::string, double>> fitted_reasons(const FittedRanking& ranking,
                                                                         const EvidenceValues& raw,
                                                                         Language language);

/// What a chance means and where it comes from.
[[nodiscard]] std::string fitted_note(const FittedRanking& ranking, Language language);

}  // namespace maillage::io
