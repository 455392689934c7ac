#pragma once

#include "engine/partition.hpp"

#include <cstdint>
#include <span>

namespace maillage {

/// How alike two divisions of the same things are. Logarithms are natural (nats).
struct PartitionComparison {
    double mutual_information = 0.0;
    /// What two random divisions with the same block sizes would share on average.
    double expected_mutual_information = 0.0;
    /// (MI - EMI) / ((H(p) + H(q)) / 2 - EMI): 1 the same, 0 as alike as chance. 1 when both are one block,
    /// both are all single or there is nothing to divide (0/0).
    double adjusted_mutual_information = 1.0;
    double normalised_mutual_information = 1.0;  ///< 2 MI / (H(p) + H(q)); 1 when both entropies are 0
    double variation_of_information = 0.0;       ///< H(p) + H(q) - 2 MI
    double rand = 1.0;                           ///< share of the pairs on which both agree
    double adjusted_rand = 1.0;                  ///< Hubert and Arabie; 1 for 0/0
};

/// Compares two divisions; means are arithmetic everywhere (as scikit-learn's and igraph's defaults).
///
/// Shapes      same length; keep: which things count (1 or 0), all when empty.
/// Cost        O(n log n) time for the table; the expectation is summed once per pair of distinct block
///             sizes, at most O(n) pairs.
/// Errors      Error when the shapes differ.
/// Source      N. X. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings
///             comparison", Journal of Machine Learning Research 11, 2837-2854, 2010; M. Meila,
///             "Comparing clusterings", Journal of Multivariate Analysis 98, 873-895, 2007.
[[nodiscard]] PartitionComparison compare(const Partition& p, const Partition& q,
                                          std::span<const std::uint8_t> keep = {});

}  // namespace maillage
