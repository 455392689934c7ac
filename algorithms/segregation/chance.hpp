#pragma once

#include "engine/parallel.hpp"

#include "algorithms/segregation/null_models.hpp"
#include "algorithms/segregation/panel.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// A panel of measures against networks drawn by chance, and how far its values could be off.
namespace maillage {

enum class Chance : std::uint8_t {
    labels,   ///< "label_permutation": the graph stays, groups are dealt out anew over its actors
    rewiring  ///< "degree_preserving": groups and degrees stay, ties are rewired (without weights)
};

struct ChanceOptions {
    Chance chance = Chance::labels;
    std::uint32_t replicates = 999;
    /// The first so many of them have the measures by walks too.
    std::uint32_t walk_replicates = 999;
    std::uint64_t seed = 1;

    friend bool operator==(const ChanceOptions&, const ChanceOptions&) = default;
};

/// The null model of every slot of a panel, empty where the observed value is, or all draws are undefined.
///
/// Definition  mean, sd and z of the values drawn. p_less = (1 + draws at most the observed) / (1 + draws),
///             p_greater alike: what was observed counts as one of the draws, so that a p-value is never 0 and never
///             too small. p = twice the smaller, at most 1. Values that differ by less than 1e-9 are equal. Draws
///             without a value are left out, `replicates` counts the others.
/// Precision   The observed network is measured anew as the draws are (PanelOptions::exact false), so that both are
///             exchangeable: p and z are those of that measure, mean and sd may be off by some 1e-3 of it.
/// Rewiring    All draws branch off one graph that was rewired from the observed by as many steps (10 a tie) as lead
///             from it to each draw: observed and drawn are exchangeable however well the steps mix.
/// Shapes      observed: as panel.evaluate(g) gave it. Threads: the result does not depend on how many there are.
/// Source      P. Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3rd ed., 2005 (the p-value);
///             J. Besag, P. Clifford, "Generalized Monte Carlo significance tests", Biometrika 76, 633-642, 1989.
[[nodiscard]] std::vector<std::optional<NullModel>> draw_null(GraphView g, const GroupCodes& codes,
                                                              Dyads dyads, const PanelOptions& panel,
                                                              std::span<const std::optional<double>> observed,
                                                              const ChanceOptions& options,
                                                              const Execution& execution = {});

/// Twice the smaller tail of draws around an observed value, as draw_null() has it.
class Tally {
public:
    explicit Tally(double observed) : observed_(observed) {}
    void add(double value) noexcept;
    void add(const Tally& other) noexcept;
    /// Empty without draws.
    [[nodiscard]] std::optional<NullModel> model(std::string_view name) const;

private:
    double observed_, sum_ = 0.0, squares_ = 0.0;  ///< of what is drawn less the observed
    std::size_t draws_ = 0, at_most_ = 0, at_least_ = 0;
};

/// Standard deviation of the mixing measures by the jackknife over ties, as if each tie had come by itself.
/// Definition  sqrt(sum over ties of (value without it - value)^2), Newman 2003. Empty where the value with or
///             without some tie is. Counts of ties only.
/// Cost        O(kinds of ties x groups); empty for more than 2e8.
[[nodiscard]] std::vector<std::optional<double>> mixing_jackknife(GraphView g, const GroupCodes& codes,
                                                                  Dyads dyads);

}  // namespace maillage
