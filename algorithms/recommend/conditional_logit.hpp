#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Choices, each of one among several alternatives: rows one after the other, all of a choice together.
struct Choices {
    std::span<const float> values;        ///< alternatives times terms, finite
    std::span<const std::size_t> begin;   ///< first row of each choice, and the number of rows at the end
    std::span<const std::size_t> chosen;  ///< row that was chosen, one a choice
    std::size_t terms = 0;
    /// Added to w x, one a row, or empty for 0: ln of how many alternatives a row drawn from many stands for.
    std::span<const float> offset{};
};

struct ConditionalLogitOptions {
    /// Penalty on the squares of weights of standardised terms, per choice; > 0.
    double ridge = 6e-3;
    std::uint32_t steps = 60;  ///< Newton steps at most; >= 1
    /// Whether each term's weight must not be below 0: one entry a term, or empty for none.
    std::vector<std::uint8_t> non_negative;
};

struct ConditionalLogitFit {
    std::vector<double> weights;  ///< of the terms as given
    double loss = 0.0;            ///< mean of -ln(chance given to what was chosen), the penalty left out
    bool converged = false;
};

/// Which alternative is chosen: chance e^(w x) over the sum of the same over the alternatives.
///
/// Definition  Minimises mean(ln sum e^(w x) - w x_chosen) + ridge/2 sum (sd_k w_k)^2. Convex: the result is the
///             minimum, whatever the order of the choices (up to rounding). A term that is the same for all
///             alternatives of every choice has no effect.
/// Degenerate  A term that never varies has weight 0.
/// Cost        O(steps rows terms^2) time, O(terms^2) memory.
/// Errors      Error when sizes do not fit or there is no choice; OptionError for options out of range.
/// Source      D. McFadden, "Conditional logit analysis of qualitative choice behavior", Frontiers in Econometrics,
///             1974; bounds by coordinate descent on the quadratic of each Newton step.
[[nodiscard]] ConditionalLogitFit fit_conditional_logit(const Choices& choices,
                                                        const ConditionalLogitOptions& options = {});

}  // namespace maillage
