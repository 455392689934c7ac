#pragma once

#include "engine/csr_graph.hpp"
#include "engine/partition.hpp"
#include "engine/random.hpp"

#include <cstdint>
#include <vector>

/// Random graphs and partitions, reproducible from an Rng.
namespace maillage::testing {

/// Every pair is tied with probability p; all weights 1 (Gilbert 1959). O(n^2).
[[nodiscard]] CsrGraph random_graph(Rng& rng, std::uint32_t n, double p);

/// random_graph with weights in (0, 4].
[[nodiscard]] CsrGraph random_weighted_graph(Rng& rng, std::uint32_t n, double p);

/// Every vertex into one of `blocks` labels, uniformly; blocks >= 1.
[[nodiscard]] std::vector<std::uint32_t> random_labels(Rng& rng, std::uint32_t n, std::uint32_t blocks);

/// n vertices in `groups` equal groups (v % groups), `ties` random pairs, each inside a group with
/// probability `inside`; parallel ones are summed. O(ties): for large graphs.
[[nodiscard]] CsrGraph planted_graph(Rng& rng, std::uint32_t n, std::uint32_t groups, std::uint32_t ties,
                                     double inside);

}  // namespace maillage::testing
