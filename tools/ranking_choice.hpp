#pragma once

#include "algorithms/recommend/fitted_ranking.hpp"
#include "algorithms/recommend/pair_features.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace maillage::tools {

class Session;

/// How pairs are scored: by weights fitted on the network's own history, by the published ones, or as fits.
enum class Ranking : std::uint8_t { automatic, fitted, published };
[[nodiscard]] std::string_view to_code(Ranking ranking) noexcept;
/// @throws OptionError for a word that is none.
[[nodiscard]] Ranking parse_ranking(const std::string& word);

struct RankingChoice {
    std::unique_ptr<FittedSource> fitted;  ///< empty: the published weights
    std::string_view why_published;        ///< "asked", "goal", "too_large", "no_history"
};

/// Takes the ranking that a prepared file holds for these options. Else fits where it is asked for, or where it is automatic,
/// the goal is likely, the history long enough and the network small enough to do it in passing.
/// @throws OptionError where `fitted` is asked for and cannot be had; InputError where what the file holds is damaged or
///         belongs to another network.
[[nodiscard]] RankingChoice choose_ranking(const Session& session, Ranking wanted, Goal goal);

}  // namespace maillage::tools
