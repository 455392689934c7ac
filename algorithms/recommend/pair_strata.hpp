#pragma once

#include "engine/graph_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Kinds of candidate pairs, by how far apart they stood: figures over all of them are mostly those of the nearest.
namespace maillage {

/// The first four part all candidates, so do the last two.
enum class PairStratum : std::uint8_t {
    distance_2,  ///< a partner in common
    distance_3,
    distance_4_or_more,
    unreachable,  ///< in different components
    newcomer,     ///< one of both has a short history
    established   ///< neither has
};
inline constexpr std::size_t pair_stratum_count = 6;
/// "distance_2", …
[[nodiscard]] std::string_view to_code(PairStratum stratum) noexcept;

/// Geodesic distance of a few actors to all others, as far as strata ask for it. One a worker.
/// Cost  Two passes over the ties for up to 64 actors (one bit each); O(V) memory.
class PairDistances {
public:
    static constexpr std::size_t lanes = 64;
    /// Shapes  component: label of each vertex's component, see components_of.
    PairDistances(GraphView graph, std::span<const std::uint32_t> component);

    /// At most `lanes` actors.
    void compute(std::span<const VertexId> actors);
    /// Of a pair that is not tied: one of the first four strata.
    [[nodiscard]] PairStratum between(std::size_t lane, VertexId y) const noexcept {
        const std::uint64_t bit = std::uint64_t{1} << lane;
        if ((two_[index_of(y)] & bit) != 0) {
            return PairStratum::distance_2;
        }
        if ((three_[index_of(y)] & bit) != 0) {
            return PairStratum::distance_3;
        }
        return component_[index_of(y)] == component_[index_of(actors_[lane])]
                   ? PairStratum::distance_4_or_more
                   : PairStratum::unreachable;
    }

private:
    void spread(const std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to) const;

    GraphView graph_;
    std::span<const std::uint32_t> component_;
    std::vector<VertexId> actors_;
    std::vector<std::uint64_t> one_, two_, three_;
};

/// A label for each vertex, the same for those that are joined by ties. O(V + E).
[[nodiscard]] std::vector<std::uint32_t> components_of(GraphView graph);

}  // namespace maillage
