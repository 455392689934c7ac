#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/triangles.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage {

/// What an actor v is between two partners a and b that are not tied themselves, a -> v -> b, by their groups.
enum class BrokerRole : std::uint8_t {
    coordinator,     ///< A A A: all three in one group
    itinerant,       ///< B A B: between two of another group
    gatekeeper,      ///< B A A: from another group into its own
    representative,  ///< A A B: from its own group to another
    liaison          ///< B A C: between two groups, neither its own
};
inline constexpr std::size_t broker_role_count = 5;
inline constexpr std::array<BrokerRole, broker_role_count> all_broker_roles = {
    BrokerRole::coordinator, BrokerRole::itinerant, BrokerRole::gatekeeper, BrokerRole::representative,
    BrokerRole::liaison};
/// "coordinator", …
[[nodiscard]] std::string_view to_code(BrokerRole role) noexcept;

/// Ordered pairs in one role, and what chance gives.
struct RoleCount {
    std::uint64_t count = 0;
    /// Were the groups of all other actors dealt anew, the graph and the actor's own group as they are: exact.
    double expected = 0.0;
    double sd = 0.0;
    std::optional<double> z;  ///< (count - expected) / sd; empty when sd is 0
};

struct ActorBrokerage {
    std::array<RoleCount, broker_role_count> roles;
    /// Pairs of partners (each once) that are not tied to each other: whom the actor stands between.
    std::uint64_t open_pairs = 0;
    [[nodiscard]] const RoleCount& operator[](BrokerRole r) const noexcept {
        return roles[static_cast<std::size_t>(r)];
    }
    /// Of the open pairs, those with an actor of another group: all roles but coordinator.
    [[nodiscard]] std::uint64_t crossing_pairs() const noexcept {
        return open_pairs - roles.front().count / 2;
    }
};

struct Brokerage {
    /// One per vertex; all zero for a vertex without a group. Empty where `why` is not.
    std::vector<ActorBrokerage> actors;
    std::array<std::uint64_t, broker_role_count> totals{};
    /// Means of the totals, were all groups dealt anew (exact); all 0 with fewer than three actors with a group.
    std::array<double, broker_role_count> expected_totals{};
    std::string_view why;  ///< why_several_groups, or empty
};

/// Gould and Fernandez' roles of every actor.
///
/// Definition  Ordered pairs (a, b) of partners of v that are not tied, by role. Ties have no direction here, so both
///             directions count and gatekeeper equals representative. Ties with an end of unknown group are left
///             out.
/// Chance      Mean and variance of a count under permutation of the labels of the other actors are sums over pairs of
///             open pairs that share two, one or no actor, each with a probability by falling factorials of the
///             group sizes: nothing is simulated.
/// Cost        O(E sqrt(E) + V groups) at most. Errors: Error when labels and graph differ in size.
/// Source      R. V. Gould, R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in transaction
///             networks", Sociological Methodology 19, 89-126, 1989. The variance is derived here.
[[nodiscard]] Brokerage brokerage(GraphView g, const GroupLabels& labels);
/// The same when the ties are ranked already.
[[nodiscard]] Brokerage brokerage(GraphView g, const ForwardTies& ties, const GroupLabels& labels);

/// The roles of every vertex in a directed list of arcs (from, to), without their chance: for published values, the
/// engine's ties have no direction. Arcs with an end of unknown group, loops and repeats are left out; of several
/// groups the first counts.
/// Cost  O(sum over vertices of arcs in times arcs out). Errors: Error when an arc leaves the vertices.
[[nodiscard]] std::vector<std::array<std::uint64_t, broker_role_count>> directed_brokerage(
    std::span<const std::pair<VertexId, VertexId>> arcs, const GroupLabels& labels);

}  // namespace maillage
