#pragma once

#include "engine/graph_view.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

/// Connected components, the largest first, then the one with the smallest vertex.
///
/// Cost    O(V + E alpha(V)) time, O(V) memory (union-find with path halving).
/// Source  R. E. Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", Journal of the
///         ACM 31(2), 245-281, 1984.
[[nodiscard]] Partition connected_components(GraphView g);

/// Five numbers and a mean. Quantiles are interpolated linearly between order statistics (Hyndman and
/// Fan's type 7, the default of R and NumPy).
struct Distribution {
    double min = 0.0;
    double lower_quartile = 0.0;
    double median = 0.0;
    double upper_quartile = 0.0;
    double max = 0.0;
    double mean = 0.0;
};

/// Empty when there is no value. O(n log n).
[[nodiscard]] std::optional<Distribution> distribution(std::vector<double> values);

struct Transitivity {
    std::uint64_t triangles = 0;
    std::uint64_t connected_triples = 0;  ///< pairs of ties that share a vertex
    /// 3 triangles / connected triples, in [0, 1]: how often two partners of an actor are partners
    /// themselves. Empty when no vertex has two partners ("zero_denominator").
    std::optional<double> value;
};

/// Weights are not looked at.
///
/// Cost    O(E^1.5) time at most, O(V + E) memory: each tie is directed to the end of higher degree, and
///         the out-neighbourhoods of its ends are intersected.
/// Source  N. Chiba, T. Nishizeki, "Arboricity and subgraph listing algorithms", SIAM Journal on
///         Computing 14(1), 210-223, 1985; M. E. J. Newman, SIAM Review 45(2), 167-256, 2003.
[[nodiscard]] Transitivity transitivity(GraphView g);

}  // namespace maillage
