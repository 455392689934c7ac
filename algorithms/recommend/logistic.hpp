#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Rows of examples, one after the other, and whether each came true.
/// Shapes  values: examples times terms, finite; outcomes: examples, 0 or 1.
struct LogisticExamples {
    std::span<const float> values;
    std::span<const std::uint8_t> outcomes;
    std::size_t terms = 0;
};

struct LogisticOptions {
    /// Penalty on the squares of weights of standardised terms, per example; > 0.
    double ridge = 1e-4;
    /// Newton steps at most; >= 1.
    std::uint32_t steps = 40;
    /// Whether each term's weight must not be below 0: one entry a term, or empty for all.
    std::vector<std::uint8_t> non_negative;
};

struct LogisticFit {
    double intercept = 0.0;
    std::vector<double> weights;  ///< of the terms as given, not standardised
    /// Mean of -ln(chance given to what happened) over the examples, the penalty left out.
    double loss = 0.0;
    bool converged = false;
};

/// Logistic regression with a ridge and weights that may be held at 0 or above, by projected Newton steps.
///
/// Definition  Minimises mean(ln(1 + e^z) - y z) + ridge/2 sum (sd_k w_k)^2, z = intercept + sum w_k x_k. Convex: the
///             result is the minimum, whatever the order of the examples (up to rounding).
/// Degenerate  A term that never varies has weight 0. When all outcomes are equal the intercept is that of half an
///             example of the other kind and all weights are 0.
/// Cost        O(steps examples terms^2) time, O(terms^2) memory.
/// Errors      Error when sizes do not fit or there is no example; OptionError for options out of range.
/// Source      D. Bertsekas, "Projected Newton methods for optimization problems with simple constraints", SIAM
///             Journal on Control and Optimization 20, 221-246, 1982.
[[nodiscard]] LogisticFit fit_logistic(const LogisticExamples& examples, const LogisticOptions& options = {});

}  // namespace maillage
