#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maillage {

struct StabilityResult {
    std::uint32_t runs = 0;
    /// Mean over all pairs of runs of the adjusted mutual information (arithmetic mean), over the vertices
    /// that have ties: 1 all runs agree, 0 no more than chance. Empty with fewer than two runs
    /// ("single_run") or without ties ("no_edges").
    std::optional<double> mean_ami;
    std::string why;
    /// Per vertex, in [0, 1]: of its partners in its community, the mean share of the other runs that put
    /// both together too. Empty with fewer than two runs, or without a partner in its community ("isolate",
    /// or "alone" when it has ties but they all lead out).
    std::vector<std::optional<double>> confidence;
    /// Per community: mean of its members' confidence; empty when no member has one.
    std::vector<std::optional<double>> community_confidence;
};

/// How sure a partition is, from independent runs of a random algorithm.
///
/// Definition  B7 of the field's usual stability analysis, along ties only; the run that was kept is
///             left out of the shares, for it would vouch for itself.
/// Shapes      runs: partitions of the vertices of g, runs[kept] the one that is judged.
/// Cost        O(R E + R^2 V log V) time, O(V) memory beside the runs.
/// Errors      Error when a shape differs or kept is beyond the runs.
/// Source      A. Lancichinetti, S. Fortunato, "Consensus clustering in complex networks", Scientific
///             Reports 2, 336, 2012.
[[nodiscard]] StabilityResult stability(GraphView g, std::span<const Partition> runs, std::size_t kept,
                                        const Execution& execution = {});

}  // namespace maillage
