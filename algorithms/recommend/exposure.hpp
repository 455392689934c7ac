#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace maillage {

/// How evenly the recommendations of all lists are spread over those who can be recommended.
struct Exposure {
    std::size_t actors = 0;          ///< who could have been recommended
    std::size_t reached = 0;         ///< who was, at least once
    std::optional<double> coverage;  ///< reached / actors; empty (zero_denominator) without actors
    /// Gini coefficient of the exposures, in [0, 1): 0 when everyone is shown alike. Empty
    /// (zero_denominator) when nobody is shown.
    std::optional<double> gini;
    /// Entropy of the shares of exposure over that of equal shares, H / log2(actors), in [0, 1]: 1 when
    /// everyone is shown alike. Empty (zero_denominator) when nobody is shown, or with fewer than two actors.
    std::optional<double> entropy;
};

/// What a place in one list is worth: 1 / log2(rank + 1), 1 for the first, to the nearest multiple of 2^-32: sums over
/// two million lists are exact, so that they are the same in any order. rank >= 1.
[[nodiscard]] double exposure_at(std::uint32_t rank) noexcept;

/// Definition  G = sum over i of (2 i - n - 1) x_i / (n sum x), x ascending, i from 1.
///             H = - sum over i of p_i log2 p_i, p_i = x_i / sum x.
/// Shapes      one value >= 0 for each actor that can be recommended.
/// Cost        O(n log n). Errors: none.
/// Source      Discount of ranks: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR
///             techniques", ACM TOIS 20, 422-446, 2002. Exposure as a good to share out: A. Singh, T.
///             Joachims, "Fairness of exposure in rankings", KDD 2018. C. Gini 1912; C. Shannon 1948.
[[nodiscard]] Exposure exposure(std::span<const double> exposures);

}  // namespace maillage
