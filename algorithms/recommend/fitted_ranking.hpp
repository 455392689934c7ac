#pragma once

#include "engine/date.hpp"
#include "engine/network.hpp"
#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/evidence.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// A ranking fitted on the past of its own network, that can be taken apart.
namespace maillage {

/// One term of the score.
struct FittedTerm {
    Evidence term{};
    double scale = 0.0;   ///< x0 of value = ln(1 + x / x0); 0 where the raw value is used
    double weight = 0.0;  ///< >= 0 but for same_place, same_territory, kinds, countries, territories
};

/// The score of a pair: intercept + sum of weight times value, the logarithm of the odds that a tie begins within
/// `horizon` years.
struct FittedRanking {
    std::vector<FittedTerm> terms;  ///< in the order of Evidence, all of them
    double intercept = 0.0;
    double horizon_years = 0.0;
    std::vector<Date> splits;  ///< inner splits that it was fitted on
    std::size_t examples = 0, new_ties = 0;
    bool stored = false;  ///< fitted by an earlier run and read from a prepared file
};

/// Value of a term from its raw value.
[[nodiscard]] double term_value(const FittedTerm& term, double raw) noexcept;

struct FitOptions {
    /// Inner splits lie so many years before the end of the past, each with the time from there to the end as its future.
    std::vector<double> years_back = {0.5, 1.0, 2.0};
    /// A split before which fewer of the actors known at the end were known is left out: what is learned on another
    /// kind of network does not carry over. In [0, 1].
    double least_known = 2.0 / 3.0;
    std::size_t least_new_ties = 100;  ///< fewer over all inner splits: nothing is fitted
    std::size_t head = 100'000;        ///< pairs that each of the leading terms brings into an example set
    std::size_t list = 10;             ///< and partners of each actor
    double ridge = 3e-3;
    /// Actors whose pairs are looked at, drawn by hash, when more are known.
    std::size_t actors = 20'000;
};
/// @throws OptionError naming the first field that is out of range.
void validate(const FitOptions& options);

/// What was known, and what is asked of it.
struct FitInput {
    const Network& network;
    ProjectionOptions projection;  ///< of the past; its `to` is set by the splits
    std::int32_t day = 0;          ///< the past ends before it
    const NameWords& words;
    std::string_view territory;
};

/// Definition  For each inner split, the terms are computed from what was known before it, and whether a tie began
///             between it and the end of the past is to be foreseen. Examples are pairs at the head of some leading term's
///             ranking or of an actor's list: the pairs a ranking has to order. Weights: logistic regression with a ridge;
///             those of terms that mean closeness or activity are held at 0 or above, so that no tie counts against.
///             Nothing that starts on `day` or later is looked at.
/// Degenerate  Empty when the history is too short for the splits or has fewer new ties than asked.
/// Cost        EvidenceRows for all known actors, for each inner split, and the regression.
/// Errors      OptionError (see validate); what cut_history throws for the projection.
/// Source      J. Davis, D. Lo, "Supervised methods for multi-relational link prediction", Social Network Analysis
///             and Mining 3, 2013 (fit on the past, judge on what follows); the terms: see Evidence.
[[nodiscard]] std::optional<FittedRanking> fit_ranking(const FitInput& input, const FitOptions& options = {},
                                                       const Execution& execution = {});

/// Raw terms of a pair, by Evidence.
using EvidenceValues = std::array<float, evidence_count>;

/// The score of raw terms.
[[nodiscard]] double fitted_score(const FittedRanking& ranking, const EvidenceValues& raw) noexcept;

/// Rows of a fitted ranking. One a worker.
class FittedRows final : public ScoreRows {
public:
    FittedRows(const EvidenceModel& model, const FittedRanking& ranking);

    void compute(std::span<const VertexId> actors) override { rows_.compute(actors); }
    [[nodiscard]] double value(std::size_t method, std::size_t lane, VertexId y) const override;
    /// Terms that have no weight are 0.
    [[nodiscard]] EvidenceValues raw(std::size_t lane, VertexId y) const;
    /// Whether anything the ranking looks at joins the two, beyond what each does alone.
    [[nodiscard]] bool related(std::size_t lane, VertexId y) const;

private:
    EvidenceRows rows_;
    const FittedRanking& ranking_;
    std::vector<FittedTerm> used_;
};

/// A fitted ranking as scores to judge or to list.
class FittedSource final : public ScoreSource {
public:
    FittedSource(std::shared_ptr<const EvidenceModel> model, FittedRanking ranking);

    [[nodiscard]] std::size_t lanes() const noexcept override { return EvidenceRows::lanes; }
    [[nodiscard]] std::span<const std::string> methods() const noexcept override { return names_; }
    [[nodiscard]] std::unique_ptr<ScoreRows> rows() const override;
    /// The same with its terms.
    [[nodiscard]] std::unique_ptr<FittedRows> fitted_rows() const;
    [[nodiscard]] const FittedRanking& ranking() const noexcept { return ranking_; }
    [[nodiscard]] const EvidenceModel& model() const noexcept { return *model_; }

private:
    std::shared_ptr<const EvidenceModel> model_;
    FittedRanking ranking_;
    std::vector<std::string> names_;
};

}  // namespace maillage
