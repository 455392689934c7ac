#pragma once

#include "engine/graph_view.hpp"
#include "engine/history.hpp"
#include "engine/parallel.hpp"

#include "algorithms/recommend/ranking_metrics.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Which ties a score would have foreseen.
namespace maillage {

/// How often each score was given, to how many pairs of each kind. Scores count as equal when their first 17
/// binary digits are: sums taken in another order do not tell equal scores apart, and memory does not grow with
/// the number of pairs.
class ScoreTally {
public:
    /// A score nearer to 0 than 1e-38 counts as 0. Throws Error when it is not a number.
    void add(double score, bool relevant);
    void add(const ScoreTally& other);
    /// Highest first.
    [[nodiscard]] std::vector<TieGroup> ranking() const;
    /// What scores are compared by: in their order, whatever their sign.
    [[nodiscard]] static std::uint32_t code(double score) noexcept;
    [[nodiscard]] static double score_of(std::uint32_t code) noexcept;

private:
    static constexpr std::size_t page_size = std::size_t{1} << 16U;
    struct Count {
        std::uint64_t items = 0, relevant = 0;
    };
    using Page = std::array<Count, page_size>;
    std::array<std::unique_ptr<Page>, 512> pages_;
};

/// Where the new ties of one actor stand in its list.
struct ListQuality {
    double recall = 0.0, hit = 0.0, reciprocal_rank = 0.0, ndcg = 0.0;
};

/// The list of one actor. Shapes: one score and one flag for each candidate. Empty when nothing is relevant.
/// Cost  O(candidates).
[[nodiscard]] std::optional<ListQuality> list_quality(std::span<const double> scores,
                                                      std::span<const std::uint8_t> relevant,
                                                      std::uint32_t top);

struct EvaluationOptions {
    std::uint32_t top = 10;  ///< length of the lists, >= 1

    friend bool operator==(const EvaluationOptions&, const EvaluationOptions&) = default;
};

/// One score, judged.
struct MethodQuality {
    std::string method;
    std::vector<TieGroup> ranking;  ///< all candidates
    std::optional<double> average_precision, auroc;
    /// Means over the actors with a new tie.
    std::optional<double> recall, hits, mrr, ndcg;
};

struct Evaluation {
    std::uint64_t candidates = 0;  ///< pairs of known actors without a tie before the split
    std::uint64_t new_ties = 0;    ///< of these, tied after it
    std::size_t actors = 0;        ///< known, with a new tie
    std::vector<MethodQuality> methods;
};

/// Judges scores on a history.
///
/// Definition  Candidates are all pairs of known actors that are not tied before the split, none left out or drawn at
///             random; relevant are those of History::new_ties. Average precision and AUROC rank all candidates at
///             once; recall, hits, reciprocal rank and NDCG are means over the lists of the actors with a new tie.
/// Shapes      sources: over the vertices of history.past.graph; methods of the result in their order.
/// Cost        That of the sources' rows for every known actor, shared by the threads; O(threads V) memory and that
///             of one ScoreTally a method and thread. Independent of the number of pairs.
/// Errors      OptionError (top); Error when two methods have one name.
/// Source      Y. Yang, R. N. Lichtenwalter, N. V. Chawla, "Evaluating link prediction methods", Knowledge and
///             Information Systems 45, 751-782, 2015.
[[nodiscard]] Evaluation evaluate(const History& history, std::span<const ScoreSource* const> sources,
                                  const EvaluationOptions& options = {}, const Execution& execution = {});

}  // namespace maillage
