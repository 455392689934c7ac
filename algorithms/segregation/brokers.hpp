#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/segregation/brokerage.hpp"
#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/structural_holes.hpp"
#include "algorithms/structure/betweenness.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace maillage {

/// What the place of each actor in the graph is, whatever the groups: made once for all attributes.
struct Positions {
    ForwardTies ties;
    StructuralHoles holes;
    Betweenness betweenness;
};

/// Cost and errors: as structural_holes and betweenness.
[[nodiscard]] Positions positions(GraphView g, bool weighted = false, const BetweennessOptions& options = {},
                                  const Execution& execution = {});

/// Where an actor stands among the ties inside its group and across: Guimerà and Amaral's chart.
enum class CartographyRole : std::uint8_t {
    ultra_peripheral,  ///< R1: nearly all ties inside its group
    peripheral,        ///< R2: most of them
    connector,         ///< R3: ties to many groups
    kinless,           ///< R4: ties shared evenly among all groups
    provincial_hub,    ///< R5: best tied inside its group, few ties outside
    connector_hub,     ///< R6: best tied inside, and to most other groups
    kinless_hub        ///< R7
};
/// "ultra_peripheral", …
[[nodiscard]] std::string_view to_code(CartographyRole role) noexcept;
/// Source  R. Guimerà, L. A. N. Amaral, Nature 433, 895-900, 2005: hubs from z = 2.5; bounds of P .05, .62, .80 for
///         others, .30, .75 for hubs.
[[nodiscard]] CartographyRole cartography_role(double participation, double z) noexcept;

/// One actor with everything that makes it a broker between the groups of one attribute.
struct Broker {
    VertexId vertex{};
    double internal = 0.0, external = 0.0;  ///< ties to its own groups and to others (or weight)
    Measured ei;
    /// 1 - sum over groups of the squared share of its ties. Empty (isolate) without a tie to a known group.
    Measured participation;
    /// (ties to its own group - mean over the group) / population sd; 0 when all have as many. Empty: isolate;
    /// several_groups when some actor has several.
    Measured within_group_z;
    std::optional<CartographyRole> cartography;  ///< when both above have a value
    Measured constraint, effective_size;         ///< whatever the groups; empty: isolate
    double betweenness = 0.0;                    ///< pairs
    std::optional<double> betweenness_error;     ///< when sampled, see Betweenness
    ActorBrokerage roles;                        ///< all zero when several_groups
};

/// The brokers of one attribute.
struct Brokers {
    /// Actors with a group and a tie to another group, by the open pairs with an actor of another group that they
    /// stand between, then betweenness, then ties to other groups, all descending, then vertex.
    std::vector<Broker> actors;
    Brokerage brokerage;  ///< of all actors, with totals; its `why` when roles are undefined
};

/// Shapes  positions: of the same graph; labels: one entry per vertex.
/// Cost    O(E sqrt(E) + V groups) at most. Errors: Error when sizes differ.
[[nodiscard]] Brokers brokers(GraphView g, const GroupLabels& labels, const Positions& positions,
                              bool weighted = false);

}  // namespace maillage
