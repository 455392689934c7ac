#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// How good a ranking is, when what came true is known.
///
/// Ties        Items with equal scores have no order. Every measure here is the mean over all orders of them,
///             but for average precision, which takes a group of equal scores as one step. So nothing depends on
///             ids, and a method that gives everybody the same score gets what chance gets.
/// Source      F. McSherry, M. Najork, "Computing information retrieval performance measures efficiently in
///             the presence of tied scores", ECIR 2008.
namespace maillage {

/// The items that have one score.
struct TieGroup {
    double score = 0.0;
    std::uint64_t items = 0;
    std::uint64_t relevant = 0;  ///< of the items
    double gain = 0.0;           ///< sum of their gains; `relevant` where every relevant item gains 1

    friend bool operator==(const TieGroup&, const TieGroup&) = default;
};

/// A ranking as groups of equal scores, the highest score first. Scores are compared exactly.
/// Shapes  one gain >= 0 for each score; an item is relevant when it gains something.
/// Cost    O(n log n).
[[nodiscard]] std::vector<TieGroup> tie_groups(std::span<const double> scores, std::span<const double> gains);

/// Definition  sum over groups of (R_g - R_before) P_g, recall and precision after each group: the area under
///             the precision-recall steps, not interpolated (J. Davis, M. Goadrich, ICML 2006).
/// Degenerate  Empty when nothing is relevant.
/// Cost        O(groups), as all measures here.
[[nodiscard]] std::optional<double> average_precision(std::span<const TieGroup> ranking);

/// Area under the receiver operating characteristic: the chance that a relevant item stands before one that is
/// not, equal scores counting one half. Empty when either kind is missing.
[[nodiscard]] std::optional<double> auroc(std::span<const TieGroup> ranking);

/// Relevant items among the first k (of as many as there are, when fewer), over k. Empty without items; k >= 1.
[[nodiscard]] std::optional<double> precision_at(std::span<const TieGroup> ranking, std::uint64_t k);

/// Relevant items among the first k, over all that are relevant. Empty when nothing is relevant.
[[nodiscard]] std::optional<double> recall_at(std::span<const TieGroup> ranking, std::uint64_t k);

/// The chance that a relevant item is among the first k. Empty when nothing is relevant.
[[nodiscard]] std::optional<double> hit_at(std::span<const TieGroup> ranking, std::uint64_t k);

/// 1 / rank of the first relevant item. Empty when nothing is relevant.
/// Cost  O(groups + size of the group that holds it).
[[nodiscard]] std::optional<double> reciprocal_rank(std::span<const TieGroup> ranking);

/// Definition  DCG / ideal DCG, DCG = sum over the first k ranks of gain / log2(rank + 1); k = 0: all ranks.
/// Shapes      gains: those of all relevant items, in any order.
/// Degenerate  Empty when nothing is relevant.
/// Source      K. Jarvelin, J. Kekalainen, ACM TOIS 20, 422-446, 2002 (gain as it is, not 2^gain - 1).
[[nodiscard]] std::optional<double> ndcg_at(std::span<const TieGroup> ranking, std::span<const double> gains,
                                            std::uint64_t k);

/// A point of the precision-recall curve, after a group.
struct PrecisionRecall {
    double recall = 0.0, precision = 0.0;
};
/// At most `points` of the curve, evenly over recall, the first and the last always.
[[nodiscard]] std::vector<PrecisionRecall> precision_recall_curve(std::span<const TieGroup> ranking,
                                                                  std::size_t points);

}  // namespace maillage
