#pragma once

#include "engine/graph_view.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace maillage {

struct Consensus {
    Partition partition;
    std::uint32_t rounds = 0;  ///< of dividing what the runs agree on
    bool agreed = false;       ///< the runs of the last round were all the same
};

/// What independent runs of a random algorithm have in common, as one partition.
///
/// Definition  Ties whose ends at least half of the runs put together, weighed by that share, are divided by
///             the same algorithm; again from those runs, until all are the same (at most 10 rounds,
///             then the first run of the last one). A vertex that keeps no tie is alone.
/// Shapes      runs: at least one, of the vertices of g. divide(h) answers runs of the graph h, which has the
///             same vertices.
/// Cost        a call of divide() a round on a graph no larger than g; O(R E) beside.
/// Errors      Error when there is no run or a shape differs.
/// Source      A. Lancichinetti, S. Fortunato, "Consensus clustering in complex networks", Scientific
///             Reports 2, 336, 2012.
[[nodiscard]] Consensus consensus(GraphView g, std::vector<Partition> runs,
                                  const std::function<std::vector<Partition>(GraphView)>& divide);

}  // namespace maillage
