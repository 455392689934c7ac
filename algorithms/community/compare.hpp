#pragma once

#include "engine/partition.hpp"

#include <cstdint>
#include <span>

namespace maillage {

/// One index under the means of the two entropies that the field uses; they differ, so none goes by itself.
struct InformationIndex {
    double arithmetic = 1.0;  ///< (H(p) + H(q)) / 2: scikit-learn's default, igraph's "NMI"
    double geometric = 1.0;   ///< sqrt(H(p) H(q))
    double max = 1.0;         ///< max(H(p), H(q))
    double min = 1.0;         ///< min(H(p), H(q))
};

/// How alike two divisions of the same things are. Logarithms are natural (nats).
struct PartitionComparison {
    double entropy_p = 0.0;
    double entropy_q = 0.0;
    double mutual_information = 0.0;
    /// What two random divisions with the same block sizes would share on average.
    double expected_mutual_information = 0.0;
    /// (MI - EMI) / (mean - EMI): 1 the same, 0 as alike as chance. 1 when both are one block, both are all
    /// single or there is nothing to divide (0/0); 0 for any other 0/0.
    InformationIndex adjusted_mutual_information;
    /// MI / mean, in [0, 1]; 1 when both entropies are 0, and 0 when the mean alone is.
    InformationIndex normalised_mutual_information;
    double variation_of_information = 0.0;  ///< H(p) + H(q) - 2 MI
    double rand = 1.0;                      ///< share of the pairs on which both agree
    double adjusted_rand = 1.0;             ///< Hubert and Arabie; 1 for 0/0
    /// Things to move so that every block of p lies in one of q, and the other way round: n less the sum of
    /// the largest common parts of each block.
    std::uint64_t split_join_p = 0, split_join_q = 0;

    [[nodiscard]] std::uint64_t split_join() const noexcept { return split_join_p + split_join_q; }
};

/// Compares two divisions.
///
/// Shapes      same length; keep: which things count (1 or 0), all when empty.
/// Cost        O(n log n) time for the table; the expectation is summed once per pair of distinct block
///             sizes, at most O(n) pairs.
/// Errors      Error when the shapes differ.
/// Source      N. X. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings
///             comparison", Journal of Machine Learning Research 11, 2837-2854, 2010; M. Meila,
///             "Comparing clusterings", Journal of Multivariate Analysis 98, 873-895, 2007; split-join: S. van Dongen,
///             "Performance criteria for graph clustering", CWI report INS-R0012, 2000.
[[nodiscard]] PartitionComparison compare(const Partition& p, const Partition& q,
                                          std::span<const std::uint8_t> keep = {});

}  // namespace maillage
