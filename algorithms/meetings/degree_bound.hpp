#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Pairs with so many partners each at most: a bound from above, and at least half of it.
namespace maillage::meetings {

struct ScoredPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;  ///< a < b
    double score = 0.0;   ///< > 0
    friend bool operator==(const ScoredPair&, const ScoredPair&) = default;
};

struct DegreeBound {
    double value = 0.0;
    std::vector<double> price;  ///< per vertex: what a place of it is worth
};

/// No set of pairs with at most most[v] of each vertex v has a larger total.
///
/// Definition  min over prices y >= 0 of sum most[v] y[v] + sum over pairs of max(0, score - y[a] - y[b]): the dual
///             of the linear relaxation, so that any prices give a bound; these are improved step by step.
/// Shapes      known: a total that is reached, from which steps are measured; 0 for none.
/// Cost        O(steps * pairs).
/// Source      M. Held, P. Wolfe, H. P. Crowder, "Validation of subgradient optimization", Mathematical Programming 6,
///             62-88, 1974.
[[nodiscard]] DegreeBound degree_bound(std::span<const ScoredPair> pairs, std::span<const std::uint32_t> most,
                                       double known, std::size_t steps = 600);

/// Pairs with at most most[v] of each vertex, of at least half of the largest total.
///
/// Method      Each vertex asks those it likes best; who is asked keeps the best of its suitors, as many as it has
///             places, and sends the others on. The answer is that of taking the pairs by falling score
///             (ties by ids), whatever the order of the asking.
/// Cost        O(m log m).
/// Source      A. Khan et al., "Efficient approximation algorithms for weighted b-matching", SIAM Journal on
///             Scientific Computing 38, S593-S619, 2016.
[[nodiscard]] std::vector<ScoredPair> suitors(std::size_t vertices, std::span<const ScoredPair> pairs,
                                              std::span<const std::uint32_t> most);

}  // namespace maillage::meetings
