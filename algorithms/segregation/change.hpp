#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/null_models.hpp"
#include "algorithms/segregation/panel.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The mixing of a network at two dates: how dense it is apart from how open it is, and what changed.
namespace maillage {

struct ChangeOptions {
    /// Draws of the test of change; fewer on large networks (2e7 / ties, at least 99). 0: no test.
    std::uint32_t replicates = 999;
    std::uint64_t seed = 1;

    friend bool operator==(const ChangeOptions&, const ChangeOptions&) = default;
};

/// One of the two networks. Ties are counts; those with an end of unknown group are left out.
struct MixingAt {
    std::size_t actors = 0;  ///< with a group
    std::size_t tied = 0;    ///< of them, with a tie
    double ties = 0.0, internal = 0.0, external = 0.0;
    double pairs = 0.0;                                              ///< of actors
    Measured density;                                                ///< ties / pairs; empty below two actors
    std::optional<Interval> density95;                               ///< Wilson
    std::array<std::optional<double>, mixing_measure_count> values;  ///< by mixing_measure_ids
    std::optional<Interval> ei95;
    std::optional<Interval> odds95;   ///< of odds_ratio_haldane
    std::optional<NullModel> chance;  ///< of ei, groups dealt out anew
};
[[nodiscard]] MixingAt mixing_at(GraphView g, const GroupLabels& labels);

/// A measure at both dates.
struct ChangedMeasure {
    std::string_view id;
    std::string group;  ///< empty: the network
    std::optional<double> before, after;
    std::optional<double> difference;  ///< after - before; of the odds ratio, the logarithm of after / before
    std::optional<Interval> ci95;      ///< of the difference; ei and freeman of the network alone
    std::optional<double> p;           ///< two-sided
    std::optional<double> p_adjusted;  ///< Benjamini-Hochberg over the groups
};

struct Change {
    MixingAt before, after;
    std::size_t kept = 0, ended = 0, begun = 0;  ///< ties of both dates, of the first and of the second alone
    /// Of as many ties beginning as ending; only when the same actors are there at both dates.
    std::optional<double> density_p;
    std::vector<ChangedMeasure> measures;  ///< of the network, then ei of each group
    std::size_t replicates = 0;            ///< drawn for p
};

/// What changed from one network to another of the same vertices.
///
/// Definition  p of a measure: which ties were kept, ended or begun is dealt out anew over all of them, numbers given;
///             twice the smaller tail of the difference, the observed counted among the draws. So it asks whether the
///             ties that came or went mix otherwise than the others, whatever their number. Interval: the shares of
///             external ties among those kept, ended and begun have Wilson's intervals, which are joined into that of
///             the difference (a kept tie counts at both dates). Measures without such a form have none.
///             Measures: ei, assortativity, odds_ratio_haldane, freeman, gupta_anderson_may, modularity_declared.
/// Shapes      before and after have the same vertices; an actor that is not there at a date has no group in its labels.
/// Cost        O(ties) a draw.
/// Errors      Error when the shapes differ.
/// Source      G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine
///             27, 1693-1702, 2008 (joining intervals); T. A. B. Snijders, S. P. Borgatti, "Non-parametric standard errors and tests for network statistics",
///             Connections 22(2), 161-170, 1999, has the question; the test is a permutation test as in Good 2005.
[[nodiscard]] Change change_of_mixing(GraphView before, const GroupLabels& labels_before, GraphView after,
                                      const GroupLabels& labels_after, const ChangeOptions& options = {});

}  // namespace maillage
