#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace maillage {

struct BetweennessOptions {
    std::size_t exact_up_to = 5000;  ///< vertices; larger graphs are sampled
    std::uint32_t samples = 1024;    ///< sources drawn in a larger graph, >= 2
    std::uint64_t seed = 1;

    friend bool operator==(const BetweennessOptions&, const BetweennessOptions&) = default;
};

/// @throws OptionError naming the field that is out of range ("betweenness-samples").
void validate(const BetweennessOptions& options);

struct Betweenness {
    /// Per vertex, in pairs: the sum over pairs of others of the share of their shortest ways that lead through
    /// it. 0 for a vertex without ties.
    std::vector<double> value;
    bool exact = true;
    std::size_t sources = 0;  ///< searches made
    /// When sampled, per vertex: with a probability of at least 95 % no value of the whole graph is farther from
    /// the truth than this. Empty when exact.
    std::vector<double> error;
};

/// Betweenness of every vertex; ties count one step each, whatever they weigh.
///
/// Definition  B(v) = sum over pairs {s, t}, both other than v, of sigma_st(v) / sigma_st, with sigma the number of
///             shortest ways; pairs without a way count 0.
/// Way         Brandes' accumulation for 16 sources at once: one pass over the ties of a level serves all of them,
///             every vertex pulls from its row, so that a sum has one order whatever the batch and the threads.
///             Sampled: sources are drawn independently, B = n/2 times the mean of their dependencies; the bound is
///             the smaller of Hoeffding's and the empirical Bernstein bound, over all vertices together.
/// Cost        Exact: O(V E) as Brandes, in about V/16 times some passes over the ties; O(16 V) memory a thread. Sampled: O(samples E).
/// Errors      OptionError (see validate).
/// Source      L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40, 35-41, 1977;
///             U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25,
///             163-177, 2001; several sources at once: M. Then et al., "The more the merrier: efficient
///             multi-source graph traversal", PVLDB 8, 449-460, 2014; sampling: U. Brandes, C. Pich, "Centrality
///             estimation in large networks", International Journal of Bifurcation and Chaos 17, 2303-2318, 2007;
///             A. Maurer, M. Pontil, "Empirical Bernstein bounds and sample variance penalization", COLT 2009.
[[nodiscard]] Betweenness betweenness(GraphView g, const BetweennessOptions& options = {},
                                      const Execution& execution = {});

}  // namespace maillage
