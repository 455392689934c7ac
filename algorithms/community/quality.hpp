#pragma once

#include "engine/graph_view.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

enum class Objective : std::uint8_t {
    modularity,  ///< ties inside communities beyond what the strengths alone would give
    cpm          ///< constant Potts model: ties inside communities denser than the resolution
};

struct QualityOptions {
    Objective objective = Objective::modularity;
    /// gamma, > 0 and finite; higher values favour smaller communities. For cpm it is a density: the
    /// weight of ties a pair of one community must have on average, so 1 is (nearly) cliques only.
    double resolution = 1.0;

    friend bool operator==(const QualityOptions&, const QualityOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const QualityOptions& options);

struct QualityResult {
    /// Empty when the graph has no tie: quality is a share of the ties.
    std::optional<double> value;
    std::string why;  ///< "no_edges" when value is empty
    /// Part of each community in `value`, by CommunityId; they add up to it. Empty when value is.
    std::vector<double> contributions;
};

/// How well a partition divides a graph.
///
/// Definition  modularity: sum over communities of L_c / m - gamma (D_c / 2m)^2;
///             cpm: sum over communities of (2 L_c - gamma n_c^2) / 2m, igraph's normalisation of
///             sum over pairs i, j (i = j too) of (A_ij - gamma) inside communities;
///             L_c weight of the ties inside c, D_c sum of strengths in c, n_c vertices, m total weight.
/// Shapes      partition.vertex_count() == g.vertex_count().
/// Rounding    modularity is formed as sum(4 m L_c - gamma D_c^2) / (2m)^2: with whole weights and
///             gamma = 1 the numerator is exact and the value the double nearest to the fraction.
/// Cost        O(V + E) time, O(communities) memory.
/// Errors      OptionError (see validate). Error when the shapes differ.
/// Source      M. E. J. Newman, M. Girvan, "Finding and evaluating community structure in networks",
///             Physical Review E 69, 026113, 2004; resolution: J. Reichardt, S. Bornholdt, Physical
///             Review E 74, 016110, 2006; V. A. Traag, P. Van Dooren, Y. Nesterov, "Narrow scope for
///             resolution-limit-free community detection", Physical Review E 84, 016114, 2011.
[[nodiscard]] QualityResult quality(GraphView g, const Partition& partition,
                                    const QualityOptions& options = {});

}  // namespace maillage
