#include "algorithms/matching/hop_distance.hpp"

#include <utility>

namespace maillage {

std::optional<std::uint32_t> HopDistance::between(VertexId a, VertexId b) {
    if (a == b) {
        return 0;
    }
    Side from_a{++next_mark_, 0, {a}};
    Side from_b{++next_mark_, 0, {b}};
    seen_[index_of(a)] = from_a.mark;
    seen_[index_of(b)] = from_b.mark;
    while (!from_a.frontier.empty() && !from_b.frontier.empty()) {
        const bool a_is_smaller = from_a.frontier.size() <= from_b.frontier.size();
        Side& side = a_is_smaller ? from_a : from_b;
        if (grow(side, a_is_smaller ? from_b.mark : from_a.mark)) {
            return from_a.depth + from_b.depth;
        }
    }
    return std::nullopt;
}

// Whole levels are grown, and two sets of whole levels that first touch do so on a shortest way.
bool HopDistance::grow(Side& side, std::uint32_t other_mark) {
    std::vector<VertexId> next;
    ++side.depth;
    for (const VertexId v : side.frontier) {
        for (const VertexId u : graph_.neighbours(v)) {
            std::uint32_t& mark = seen_[index_of(u)];
            if (mark == other_mark) {
                return true;
            }
            if (mark != side.mark) {
                mark = side.mark;
                next.push_back(u);
            }
        }
    }
    side.frontier = std::move(next);
    return false;
}

}  // namespace maillage
