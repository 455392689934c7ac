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

struct LeidenOptions {
    QualityOptions quality;
    /// Independent runs, the best of which is kept; 0 lets the number of ties decide: 10 below 100,000
    /// ties, 2 from there on. At most 1000.
    std::uint32_t runs = 0;
    /// theta of the refinement, in gains of one mean tie, > 0: higher explores more.
    double randomness = 0.01;
    /// Most iterations of a run, >= 1; each starts from the partition of the one before.
    std::uint32_t max_iterations = 20;
    /// A run ends when an iteration improves the quality by no more than this, >= 0; by default 1e-7 below
    /// 100,000 ties and 5e-4 from there on, where later iterations cost seconds and move the third decimal.
    std::optional<double> min_gain;
    /// Same seed, same result, on every platform and for any number of threads.
    std::uint64_t seed = 1;

    friend bool operator==(const LeidenOptions&, const LeidenOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const LeidenOptions& options);

/// The options with what the number of ties decides filled in.
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
};

struct LeidenResult {
    LeidenOptions options;        ///< as used, settled
    std::vector<LeidenRun> runs;  ///< in the order of their seeds; at least one
    std::size_t best = 0;         ///< position in `runs`: highest quality, the first of those
    std::string why;              ///< "no_edges" when the qualities are empty

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
/// Cost        O(E) time an iteration in practice, about 40 bytes an arc while running; runs are spread
///             over the threads, and the result does not depend on how many there are.
/// Errors      OptionError (see validate).
/// Source      V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
///             well-connected communities", Scientific Reports 9, 5233, 2019.
[[nodiscard]] LeidenResult leiden(GraphView g, const LeidenOptions& options = {},
                                  const Execution& execution = {});

}  // namespace maillage
