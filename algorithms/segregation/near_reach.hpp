#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace maillage {

/// Whom actors can be introduced to: actors of other groups at most two ties away, kept up to date tie by tie.
///
/// Definition  pairs() is the number of pairs of actors, both of known group and sharing none, that are tied or have a
///             common partner (of whatever group). The mean reach is twice that over the actors counted.
/// Cost        Construction O(walks of two ties), V^2 / 8 bytes; gain O(degrees of both); add likewise.
class NearReach {
public:
    NearReach(GraphView g, const GroupLabels& labels);

    [[nodiscard]] std::uint64_t pairs() const noexcept { return pairs_; }
    /// Of the pairs, those with a member of each group.
    [[nodiscard]] std::vector<std::uint64_t> by_group() const;
    /// Pairs that a tie of two vertices that are not tied would bring within two ties: exact.
    [[nodiscard]] std::uint64_t gain(VertexId a, VertexId b) const noexcept;
    /// The tie is there from now on.
    void add(VertexId a, VertexId b);
    /// Partners, with the ties added.
    [[nodiscard]] const std::vector<VertexId>& partners(VertexId v) const noexcept {
        return partners_[index_of(v)];
    }

private:
    [[nodiscard]] bool near(VertexId a, VertexId b) const noexcept;
    [[nodiscard]] bool counts(VertexId a, VertexId b) const noexcept;
    void bring_near(VertexId a, VertexId b) noexcept;

    const GroupLabels& labels_;
    std::size_t words_ = 0;  ///< of a row
    std::vector<std::uint64_t> near_;
    std::vector<std::vector<VertexId>> partners_;
    std::uint64_t pairs_ = 0;
};

}  // namespace maillage
