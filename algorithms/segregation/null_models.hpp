#pragma once

#include "algorithms/segregation/mixing.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What chance alone would give.
namespace maillage {

/// An observed value against its distribution under chance. mean and sd are on the scale of the index.
struct NullModel {
    std::string_view model;  ///< "hypergeometric", "label_permutation" or "degree_preserving"
    double mean = 0.0;
    double sd = 0.0;
    std::optional<double> z;          ///< (observed - mean) / sd; empty when sd is 0
    std::optional<double> p;          ///< two-sided: twice the smaller tail, at most 1
    std::optional<double> p_less;     ///< P(at most the observed): is it more closed than chance?
    std::optional<double> p_greater;  ///< P(at least the observed)
    bool exact = false;               ///< tails summed exactly; false: normal approximation, or drawn
    std::size_t replicates = 0;       ///< networks drawn; 0: mean and sd are computed, not estimated
};

/// E-I when the T ties fall on pairs of actors at random, group sizes given: E is hypergeometric, and its
/// tails are summed exactly.
/// Shapes      A matrix of counts of an undirected graph. Empty when there is no tie, no pair, or a count is
///             not whole.
/// Cost        O(ties) at most.
[[nodiscard]] std::optional<NullModel> ei_hypergeometric(const MixingMatrix& m);

/// The same for one group: its ties to others among the ties that touch it, the number of those given.
[[nodiscard]] std::optional<NullModel> group_ei_hypergeometric(const MixingMatrix& m, std::size_t group);

/// E-I when the groups are dealt out anew over the actors, the graph as it is: exact mean and variance of
/// what UCINET samples, tails by the normal approximation. Also for weighted ties and for actors of several
/// groups.
/// Definition  mean = T p2; var = W2 p2 + 2 (A2 p3 + D2 p4) - (T p2)^2, with T and W2 the sums of weights and
///             squared weights, A2 and D2 the sums of products of the weights of two ties that share an actor
///             and that do not.
/// Cost        O(ties). Errors: as mixing_matrix.
[[nodiscard]] std::optional<NullModel> ei_label_permutation(GraphView g, const GroupLabels& labels,
                                                            bool weighted);

/// P(X <= x) and P(X >= x) of a hypergeometric variable: `draws` from `population`, of which `marked` count.
struct Tails {
    double less = 1.0, greater = 1.0;
};
[[nodiscard]] Tails hypergeometric_tails(double population, double marked, double draws, double x);

/// Benjamini and Hochberg's adjusted p-values, in the order given.
/// Source  Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS B 57, 289-300, 1995.
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace maillage
