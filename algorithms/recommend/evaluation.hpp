#pragma once

#include "engine/graph_view.hpp"
#include "engine/history.hpp"
#include "engine/parallel.hpp"

#include "algorithms/recommend/pair_strata.hpp"
#include "algorithms/recommend/ranking_metrics.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which ties a score would have foreseen.
namespace maillage {

struct EvaluationOptions {
    /// Lengths k of the lists of actors: precision, recall, hits and NDCG at each. At least one, each >= 1.
    std::vector<std::uint32_t> tops = {10, 50, 100};
    /// Lengths k of the one ranking of all pairs: precision at each. May be empty; each >= 1.
    std::vector<std::uint32_t> pair_tops = {100, 1000};
    /// Of the intervals; 0: none. At most 10,000.
    std::uint32_t replicates = 500;
    /// An actor with so many partnerships of the past or fewer is a newcomer; >= 1.
    std::uint32_t newcomer_partnerships = 1;
    /// Judge the lists of so many known actors, drawn at random, instead of all; >= 2. Empty, or as many as are known:
    /// all, and nothing is estimated.
    std::optional<std::uint32_t> sample;
    std::uint64_t seed = 1;  ///< of the intervals and the sample

    friend bool operator==(const EvaluationOptions&, const EvaluationOptions&) = default;
};
/// @throws OptionError naming the first field that is out of range.
void validate(const EvaluationOptions& options);

enum class MeasureKind : std::uint8_t {
    average_precision,  ///< of one ranking of all pairs
    auroc,              ///< of the same
    pairs_precision,    ///< of its first k
    precision,  ///< this and the next: of the first k of an actor's list, mean over actors with a new tie
    recall,
    hits,
    ndcg,
    mrr  ///< of whole lists
};
/// "average_precision", …
[[nodiscard]] std::string_view to_code(MeasureKind kind) noexcept;

struct Measure {
    MeasureKind kind{};
    std::uint32_t k = 0;                   ///< 0 where there is none
    std::optional<PairStratum> stratum{};  ///< empty: all candidates

    friend bool operator==(const Measure&, const Measure&) = default;
};

struct FigureInterval {
    double low = 0.0, high = 0.0;  ///< 95 %

    friend bool operator==(const FigureInterval&, const FigureInterval&) = default;
};

/// Empty without a new tie (or, for AUROC, without another candidate); precision of all pairs also in a sample.
/// The interval is empty where fewer than two units could be drawn, or half the draws had no value.
struct Figure {
    std::optional<double> value;
    std::optional<FigureInterval> interval;

    friend bool operator==(const Figure&, const Figure&) = default;
};

/// A method beside the best single index, on the same draws.
struct AgainstIndex {
    std::size_t index = 0;     ///< which of Evaluation::methods it is: the best reference by this measure
    Figure difference, ratio;  ///< this method minus, and over, that index; a ratio to 0 is empty

    friend bool operator==(const AgainstIndex&, const AgainstIndex&) = default;
};

/// One score, judged.
struct MethodQuality {
    std::string method;
    bool reference = false;  ///< a single index
    /// Of all candidates; groups without a new tie that stand together are one.
    std::vector<TieGroup> ranking;
    std::vector<Figure> figures;  ///< in the order of Evaluation::measures
    /// The same; empty for the best index itself, without references, and where either is undefined.
    std::vector<std::optional<AgainstIndex>> against;

    friend bool operator==(const MethodQuality&, const MethodQuality&) = default;
};

struct CandidateCount {
    std::uint64_t candidates = 0, new_ties = 0;

    friend bool operator==(const CandidateCount&, const CandidateCount&) = default;
};

struct Evaluation {
    /// Pairs of known actors without a tie before the split, and of these, tied after it.
    CandidateCount all;
    /// Those that were ranked: the same, or those of the lists of a sample (a pair from either side is two).
    CandidateCount judged;
    std::size_t judged_actors = 0;  ///< whose lists were made
    std::size_t actors = 0;         ///< of these, with a new tie: over whom lists are averaged
    bool sampled = false;
    std::size_t partnerships = 0;                             ///< that brought a new tie: what is drawn anew
    std::array<CandidateCount, pair_stratum_count> strata{};  ///< of the judged
    std::vector<Measure> measures;
    std::vector<MethodQuality> methods;  ///< in the order of the sources

    /// Place of a measure in `measures`; empty when it was not asked for.
    [[nodiscard]] std::optional<std::size_t> find(const Measure& measure) const;
    [[nodiscard]] const Figure& figure(std::size_t method, const Measure& measure) const;
    /// The reference with the highest value by a measure, the first of equals; empty without one.
    [[nodiscard]] std::optional<std::size_t> best_reference(std::size_t measure) const;

    friend bool operator==(const Evaluation&, const Evaluation&) = default;
};

/// Judges scores on a history.
///
/// Definition  Candidates are all pairs of known actors that are not tied before the split, none left out or drawn
///             at random; relevant are those of History::new_ties. Average precision, AUROC and precision of pairs
///             rank all candidates at once; precision, recall, hits, NDCG and reciprocal rank are means over the
///             lists of the actors with a new tie.
///             Intervals: percentiles of a bootstrap. New ties come as whole consortia, so for measures of all
///             pairs the partnerships that brought them are drawn (each new tie belongs to its first), for
///             means over lists the actors. A partnership drawn twice does not help to rank itself: each new
///             tie meets its own partnership once (else draws would lie above the value). Every method is
///             judged on the same draws.
///             Sample: lists of actors drawn without replacement, complete all the same; their pairs stand for
///             all, and intervals draw parts of the sample too.
/// Shapes      sources: over the vertices of history.past.graph; methods of the result in their order.
/// Degenerate  See Figure.
/// Cost        That of the sources' rows for every known actor, shared by the threads; then O(methods
///             (replicates + 1) (new ties + actors)). Memory: O(threads V), and for a method the range of its scores
///             and its new ties. Independent of the number of pairs.
/// Errors      OptionError (see validate); Error when two methods have one name, and when a score is not a number.
/// Source      Y. Yang, R. N. Lichtenwalter, N. V. Chawla, "Evaluating link prediction methods", Knowledge and
///             Information Systems 45, 751-782, 2015; B. Efron, R. Tibshirani, "An Introduction to the
///             Bootstrap", 1993.
[[nodiscard]] Evaluation evaluate(const History& history, std::span<const ScoreSource* const> sources,
                                  const EvaluationOptions& options = {}, const Execution& execution = {});

}  // namespace maillage
