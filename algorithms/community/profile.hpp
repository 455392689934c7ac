#pragma once

#include "engine/graph_view.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace maillage {

/// How closed and how coherent one community is.
struct CommunityProfile {
    std::uint32_t size = 0;
    std::uint64_t internal_ties = 0;
    std::uint64_t external_ties = 0;  ///< to other communities
    double internal_weight = 0.0;     ///< each tie once
    double external_weight = 0.0;
    /// cut / min(volume, 2m - volume), in [0, 1]: the share of its ties (counted by their ends) that lead
    /// out; 0 closed. Empty when either side has no tie ("zero_denominator": it has no tie, or it has them
    /// all).
    std::optional<double> conductance;
    /// Tied pairs over all pairs inside, in [0, 1]. Empty for a single vertex ("fewer_than_two_nodes").
    std::optional<double> density;
    bool connected = true;  ///< found by walking the ties, not taken from the algorithm
    bool isolate = false;   ///< one vertex without any tie
};

/// Where one vertex stands.
struct Membership {
    double internal_weight = 0.0;  ///< to its own community
    /// Share of its tie weight that stays in its community, in [0, 1]. Empty without ties ("isolate").
    std::optional<double> strength;
    /// The other community it is most tied to and the share of its weight that goes there; none and empty
    /// when all of it stays. From 0.3 on it speaks for belonging to both.
    CommunityId second = none<CommunityId>;
    std::optional<double> second_strength;
};

struct PartitionProfile {
    std::vector<CommunityProfile> communities;  ///< by CommunityId
    std::vector<Membership> members;            ///< by vertex
    double total_weight = 0.0;
    std::optional<double>
        coverage;  ///< share of the tie weight inside communities; empty without ties ("no_edges")
};

/// Definition  see the fields; volume is the sum of the strengths, m the total weight.
/// Shapes      partition.vertex_count() == g.vertex_count().
/// Cost        O(V + E) time, O(V) memory.
/// Errors      Error when the shapes differ.
/// Source      Conductance: R. Kannan, S. Vempala, A. Vetta, "On clusterings: good, bad and
///             spectral", Journal of the ACM 51(3), 497-515, 2004.
[[nodiscard]] PartitionProfile profile(GraphView g, const Partition& partition);

}  // namespace maillage
