#pragma once

#include "algorithms/recommend/pair_strata.hpp"
#include "algorithms/recommend/ranking_metrics.hpp"
#include "algorithms/recommend/score_tally.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// The places of the new ties in a ranking of all candidates (internal to the evaluation): all that its
/// figures need, also when the new ties are drawn anew.
namespace maillage {

/// Strata cross: distance times newcomer or not.
inline constexpr std::size_t pair_cell_count = 8;
[[nodiscard]] constexpr std::uint8_t pair_cell(PairStratum distance, bool newcomer) noexcept {
    return static_cast<std::uint8_t>(2U * static_cast<unsigned>(distance) + (newcomer ? 1U : 0U));
}
[[nodiscard]] constexpr bool holds(PairStratum stratum, std::size_t cell) noexcept {
    return stratum == PairStratum::newcomer      ? cell % 2 == 1
           : stratum == PairStratum::established ? cell % 2 == 0
                                                 : cell / 2 == static_cast<std::size_t>(stratum);
}

/// Coarse codes, for the parts of a sample.
inline constexpr unsigned coarse_bits = 8;

/// A new tie with its score.
struct ScoredTie {
    std::uint32_t code = 0;
    std::uint32_t unit = 0;  ///< partnership that brought it
    std::uint32_t tie = 0;   ///< for a total order
    std::uint8_t cell = 0;
    std::uint8_t part = 0;  ///< of the sample that the list's actor belongs to
};

/// What a draw multiplies: partnerships, and in a sample its parts. 1 for each: as it was.
struct Draw {
    std::span<const std::uint8_t> units;
    std::span<const std::uint8_t> parts;  ///< empty: not a sample
    /// By distinct coarse code of the ties, falling: how many others the drawn parts have from there up, as a
    /// multiple of all; then all of them. Empty: 1.
    std::span<const double> others;
};

struct RankedTies {
    struct Group {
        std::uint32_t code = 0;
        std::uint32_t end = 0;                ///< of its ties; they begin where the group before ends
        std::uint32_t coarse = 0;             ///< place among the distinct coarse codes
        std::uint64_t above = 0, beside = 0;  ///< others with a higher score, with this one
    };
    std::vector<Group> groups;  ///< highest score first
    std::uint64_t others = 0;
    std::vector<std::uint32_t> unit;  ///< of each tie
    std::vector<std::uint8_t> part;
    std::vector<std::uint32_t> own;  ///< ties of its unit down to the end of its group

    [[nodiscard]] std::vector<TieGroup> ranking() const;

    /// Multiplicity of each tie in a draw.
    void weigh(const Draw& draw, std::vector<double>& weights) const;
    /// With each tie meeting its own partnership once. Empty when nothing was drawn.
    [[nodiscard]] std::optional<double> average_precision(const Draw& draw,
                                                          std::span<const double> weights) const;
    [[nodiscard]] std::optional<double> auroc(const Draw& draw, std::span<const double> weights) const;
    [[nodiscard]] std::optional<double> precision_at(std::span<const double> weights, std::uint64_t k) const;
};

/// All candidates, then one a stratum. Shapes: ties sorted by code falling, then tie.
using RankedStrata = std::array<RankedTies, pair_stratum_count + 1>;
[[nodiscard]] RankedStrata rank_ties(std::span<const ScoredTie> ties,
                                     const std::array<ScoreTally, pair_cell_count>& others,
                                     std::size_t units);

}  // namespace maillage
