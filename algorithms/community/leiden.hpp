#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"
#include "engine/partition.hpp"

#include "algorithms/community/quality.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

/// How much work a better partition is worth.
enum class Preset : std::uint8_t {
    fast,      ///< one iteration, whose local moving ends when few nodes still move
    standard,  ///< "default": iterations until they gain little
    best       ///< many runs, then their partitions are combined until nothing better is found
};

struct LeidenOptions {
    QualityOptions quality;
    Preset preset = Preset::standard;
    /// Independent runs, the best of which is kept; 0 lets preset and number of ties decide: 10 below 100,000
    /// ties and 2 from there on; for `best` 2,000,000 / ties within 10 .. 100. At most 1000.
    std::uint32_t runs = 0;
    /// theta of the refinement, in gains of one mean tie, > 0: higher explores more.
    double randomness = 0.01;
    /// Most iterations of a run; each starts from the partition of the one before. 0 decides: 1 for `fast`,
    /// 100 for `best`, else 20 below 100,000 ties and 3 from there on.
    std::uint32_t max_iterations = 0;
    /// A run ends when an iteration improves the quality by no more than this, >= 0; by default 1e-7 below
    /// 100,000 ties and 1e-4 from there on.
    std::optional<double> min_gain;
    /// Share of the nodes, in [0, 1]: local moving ends with a round that moves fewer; 0 when none moves. By
    /// default 0.02 for `fast`, else 0.
    std::optional<double> moved_share;
    /// Same seed, same result, on every platform and for any number of threads.
    std::uint64_t seed = 1;

    friend bool operator==(const LeidenOptions&, const LeidenOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const LeidenOptions& options);

/// The options with what the preset and the number of ties decide filled in.
[[nodiscard]] LeidenOptions settled(LeidenOptions options, std::size_t edge_count) noexcept;

struct LeidenRun {
    enum class Stop : std::uint8_t {
        converged,      ///< the last iteration gained no more than min_gain
        max_iterations  ///< it was still gaining
    };
    Partition partition;
    std::optional<double> quality;  ///< as quality(); empty when the graph has no tie
    std::vector<double> gains;  ///< quality gained by each iteration; the first starts from single vertices
    Stop stop = Stop::converged;
    /// Made from the partitions of other runs (preset `best`), not from single vertices: the first gain is
    /// then over the better of the two it came from, and may be negative.
    bool combined = false;
};

struct LeidenResult {
    LeidenOptions options;  ///< as used, settled
    /// In the order of their seeds, at least one; then, when combining them found something better, that.
    std::vector<LeidenRun> runs;
    std::size_t best = 0;  ///< position in `runs`: highest quality, the first of those
    std::string why;       ///< "no_edges" when the qualities are empty

    [[nodiscard]] const LeidenRun& kept() const noexcept { return runs[best]; }
    [[nodiscard]] const Partition& partition() const noexcept { return runs[best].partition; }
};

/// Communities by the Leiden algorithm.
///
/// Definition  Each iteration moves nodes locally while the quality grows, refines every community into
///             well-connected parts, merges the parts into nodes and repeats on the smaller graph
///             until nothing merges.
/// Shapes      The partition covers every vertex; one without ties is a community of its own.
/// Guarantee   Every community is connected in g, and the quality is what quality() says of it. When the
///             last gain is 0 no single vertex can move with a gain: that iteration tried them all.
/// Combining   Preset `best` goes on from the runs: two good partitions are laid over each other and the
///             pieces, or the best one with some communities dissolved, are where a new run starts. It ends
///             when 12 generations of 8 find nothing better; below 40,000 ties up to 40, in up to 12 populations.
/// Threads     Runs are spread over the threads; from 100,000 ties on, or with one run, the threads work inside
///             a run. The result does not depend on how many there are.
/// Cost        O(E) time an iteration in practice; memory beside the graph: about 60 bytes a vertex and, for
///             an arc of the first two merged levels, 8 without weights and 12 with.
/// Errors      OptionError (see validate).
/// Source      V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
///             well-connected communities", Scientific Reports 9, 5233, 2019; combining: M. Ovelgoenne,
///             A. Geyer-Schulz, "An ensemble learning strategy for graph clustering", Graph Partitioning and
///             Graph Clustering, 187-206, 2013.
[[nodiscard]] LeidenResult leiden(GraphView g, const LeidenOptions& options = {},
                                  const Execution& execution = {});

}  // namespace maillage
