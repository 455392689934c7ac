#include "algorithms/community/profile.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <string>

namespace maillage {
namespace {

/// Weight from one vertex to each community around it.
class Around {
public:
    explicit Around(std::size_t communities) : weight_(communities, 0.0) {}

    void read(GraphView g, const Partition& partition, VertexId v) {
        for (const CommunityId c : touched_) {
            weight_[index_of(c)] = 0.0;
        }
        touched_.clear();
        const auto first_arc = static_cast<std::size_t>(g.offsets()[index_of(v)]);
        const auto neighbours = g.neighbours(v);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            const CommunityId c = partition[neighbours[i]];
            if (weight_[index_of(c)] == 0.0) {
                touched_.push_back(c);
            }
            weight_[index_of(c)] += g.arc_weight(first_arc + i);
        }
        std::sort(touched_.begin(), touched_.end());
    }
    [[nodiscard]] double to(CommunityId c) const noexcept { return weight_[index_of(c)]; }
    /// The other community with the most weight, the lowest id among equals; none when there is none.
    [[nodiscard]] CommunityId heaviest_but(CommunityId own) const noexcept {
        CommunityId best = none<CommunityId>;
        for (const CommunityId c : touched_) {
            if (c != own && (best == none<CommunityId> || to(c) > to(best))) {
                best = c;
            }
        }
        return best;
    }

private:
    std::vector<double> weight_;
    std::vector<CommunityId> touched_;
};

void place_members(GraphView g, const Partition& partition, PartitionProfile& result) {
    Around around(partition.community_count());
    for (const VertexId v : g.vertices()) {
        const CommunityId own = partition[v];
        CommunityProfile& community = result.communities[index_of(own)];
        Membership& member = result.members[index_of(v)];
        if (g.degree(v) == 0) {
            community.isolate = true;  // it is alone: communities are checked to be connected below
            continue;
        }
        around.read(g, partition, v);
        const double strength = g.strength(v);
        member.internal_weight = around.to(own);
        member.strength = std::min(1.0, member.internal_weight / strength);
        member.second = around.heaviest_but(own);
        if (member.second != none<CommunityId>) {
            member.second_strength = around.to(member.second) / strength;
        }
        for (const VertexId other : g.neighbours(v)) {
            const bool inside = partition[other] == own;
            community.internal_ties += inside && v < other ? 1U : 0U;
            community.external_ties += inside ? 0 : 1;
        }
        community.internal_weight += member.internal_weight / 2.0;
        community.external_weight += std::max(0.0, strength - member.internal_weight);
    }
}

/// Vertices that can be reached from `start` without leaving its community.
std::size_t reach(GraphView g, const Partition& partition, VertexId start, std::vector<std::uint8_t>& seen) {
    std::vector<VertexId> queue{start};
    seen[index_of(start)] = 1;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        for (const VertexId other : g.neighbours(queue[next])) {
            if (seen[index_of(other)] == 0 && partition[other] == partition[start]) {
                seen[index_of(other)] = 1;
                queue.push_back(other);
            }
        }
    }
    return queue.size();
}

void check_connected(GraphView g, const Partition& partition, std::vector<CommunityProfile>& communities) {
    std::vector<std::uint8_t> seen(g.vertex_count(), 0);
    for (const VertexId v : g.vertices()) {
        if (seen[index_of(v)] == 0) {
            CommunityProfile& community = communities[index_of(partition[v])];
            community.connected = reach(g, partition, v, seen) == community.size;
        }
    }
}

}  // namespace

PartitionProfile profile(GraphView g, const Partition& partition) {
    if (partition.vertex_count() != g.vertex_count()) {
        throw Error("a partition of " + std::to_string(partition.vertex_count()) +
                    " vertices for a graph of " + std::to_string(g.vertex_count()));
    }
    PartitionProfile result;
    result.communities.resize(partition.community_count());
    result.members.resize(g.vertex_count());
    result.total_weight = g.total_weight();
    for (const CommunityId c : partition.ids()) {
        result.communities[index_of(c)].size = static_cast<std::uint32_t>(partition.size(c));
    }
    place_members(g, partition, result);
    check_connected(g, partition, result.communities);

    double inside = 0.0;
    for (CommunityProfile& c : result.communities) {
        c.isolate = c.isolate && c.size == 1;
        inside += c.internal_weight;
        const double volume = 2.0 * c.internal_weight + c.external_weight;
        const bool has_all = c.external_ties == 0 && c.internal_ties == g.edge_count();
        const double smaller = std::min(volume, 2.0 * result.total_weight - volume);
        if (c.internal_ties + c.external_ties > 0 && !has_all && smaller > 0.0) {
            c.conductance = std::min(1.0, c.external_weight / smaller);
        }
        if (c.size > 1) {
            const double size = c.size;
            c.density = static_cast<double>(c.internal_ties) / (size * (size - 1.0) / 2.0);
        }
    }
    if (g.edge_count() > 0) {
        result.coverage = std::min(1.0, inside / result.total_weight);
    }
    return result;
}

}  // namespace maillage
