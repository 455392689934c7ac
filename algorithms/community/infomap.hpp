#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

/// How many bits a step of a random walk along the ties takes to describe, by the modules of a partition.
struct MapEquation {
    double codelength = 0.0;      ///< bits a step; 0 without ties: there is no step to describe
    double index = 0.0;           ///< of them, for naming the module that is entered
    double one_module = 0.0;      ///< bits a step if all vertices were one module: what communities save
    std::vector<double> modules;  ///< and inside each module, by CommunityId; they add up with `index`
};

/// Definition  the two-level map equation of an undirected graph with p_v = s_v / 2m (strengths s), q_i the cut of
///             module i over 2m and q their sum: L = plogp(q) - 2 sum plogp(q_i) - sum plogp(p_v) +
///             sum plogp(q_i + p_i), plogp(x) = x log2 x.
/// Shapes      partition.vertex_count() == g.vertex_count().
/// Cost        O(V + E) time.
/// Errors      Error when the shapes differ.
/// Source      M. Rosvall, D. Axelsson, C. T. Bergstrom, "The map equation", European Physical Journal Special
///             Topics 178, 13-23, 2009.
[[nodiscard]] MapEquation map_equation(GraphView g, const Partition& partition);

struct InfomapOptions {
    /// Independent runs, the best of which is kept; 0: 10 below 100,000 ties, 2 from there on. At most 1000.
    std::uint32_t runs = 0;
    std::uint32_t max_iterations = 20;  ///< of a run, >= 1
    /// A run ends when an iteration saves no more bits than this, >= 0; by default 1e-10, and 1e-3 from
    /// 100,000 ties on.
    std::optional<double> min_saving;
    std::uint64_t seed = 1;

    friend bool operator==(const InfomapOptions&, const InfomapOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const InfomapOptions& options);

struct InfomapRun {
    Partition partition;
    double codelength = 0.0;    ///< as map_equation()
    std::vector<double> saved;  ///< bits saved by each iteration; the first starts from single vertices
    bool converged = true;      ///< the last iteration saved next to nothing; false: max_iterations ended it
};

struct InfomapResult {
    InfomapOptions options;        ///< as used, with what the number of ties decides
    std::vector<InfomapRun> runs;  ///< in the order of their seeds; at least one
    std::size_t best = 0;          ///< shortest codelength, the first of those

    [[nodiscard]] const InfomapRun& kept() const noexcept { return runs[best]; }
    [[nodiscard]] const Partition& partition() const noexcept { return runs[best].partition; }
};

/// Communities that describe a random walk in the fewest bits: a second opinion beside modularity, without its
/// resolution limit. Leiden's scheme (moving, refining, merging) with the map equation.
///
/// Guarantee   Every community is connected; one without ties is a vertex of its own.
/// Cost        O(E) time an iteration in practice; runs are spread over the threads, and the result does not
///             depend on how many there are.
/// Errors      OptionError (see validate).
/// Source      M. Rosvall, C. T. Bergstrom, "Maps of random walks on complex networks reveal community structure",
///             PNAS 105, 1118-1123, 2008; scheme: Traag, Waltman & van Eck 2019.
[[nodiscard]] InfomapResult infomap(GraphView g, const InfomapOptions& options = {},
                                    const Execution& execution = {});

}  // namespace maillage
