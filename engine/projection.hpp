#pragma once

#include "engine/csr_graph.hpp"
#include "engine/date.hpp"
#include "engine/incidence.hpp"
#include "engine/network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Network -> what algorithms read. The only place that maps actors to vertices.
namespace maillage {

/// How a partnership of k members weighs on each pair of them.
enum class TieWeight : std::uint8_t {
    newman,  ///< weight / (k - 1): an actor's strength counts partnerships (Newman 2001)
    count,   ///< weight
    one      ///< 1 for a tied pair, however many partnerships it has
};

enum class ExpertiseSource : std::uint8_t { declared, inferred, both };

struct ProjectionOptions {
    /// Keep partnerships that were running at some time between the two dates (whole periods:
    /// to = 2018 means until 2018-12-31). A partnership without start is taken to have always run, one
    /// without end to run still; both are counted in `undated`.
    std::optional<Date> from, to;
    std::vector<std::string> excluded_kinds;  ///< partnership kinds that make no tie
    TieWeight tie_weight = TieWeight::newman;
    ExpertiseSource expertises = ExpertiseSource::both;
    /// attribute, value; empty: every actor is in scope.
    std::optional<std::pair<std::string, std::string>> scope;
    /// Leave actors outside the scope out of the graph. false: they are vertices like others.
    bool scope_only = false;

    friend bool operator==(const ProjectionOptions&, const ProjectionOptions&) = default;
};

/// Counts of what the projection did with the partnerships.
struct ProjectionSummary {
    std::size_t used = 0;  ///< partnerships that make at least one tie
    std::size_t excluded_kind = 0;
    std::size_t outside_window = 0;
    std::size_t lone = 0;     ///< fewer than two members among the vertices
    std::size_t undated = 0;  ///< of the used ones: neither start nor end
};

/// The graph of the actors with their expertises. Vertices are actors in the order of their ids.
struct Projection {
    CsrGraph graph;
    std::vector<ActorId> actor_of;               ///< vertex -> actor
    std::vector<VertexId> vertex_of;             ///< actor -> vertex, none<VertexId> when left out
    std::vector<std::uint8_t> in_scope;          ///< per vertex, 1 or 0
    Incidence offers;                            ///< declared and/or inferred, per options
    Incidence seeks;                             ///< declared needs
    std::vector<std::uint8_t> partnership_used;  ///< per PartnershipId: makes a tie in `graph`
    ProjectionSummary summary;

    [[nodiscard]] ActorId actor(VertexId v) const noexcept { return actor_of[index_of(v)]; }
    [[nodiscard]] VertexId vertex(ActorId a) const noexcept { return vertex_of[index_of(a)]; }
};

/// Inferred expertise: each used partnership about x adds r = 2^(-age/10) to its members, age in
/// years from its end to the reference date (`to`, else the latest date of the network), 0 while it
/// runs, and r = 1/2 when it has neither start nor end; the level is s / (1 + s) with s the sum of r.
///
/// Cost    O(actors + sum over partnerships of k^2 + holdings).
/// Errors  OptionError: from after to; scope attribute or excluded kind unknown to the network.
///         Error when a partnership has more than 4096 members (its pairs would not fit).
/// Source  Weight 1/(k-1): M. E. J. Newman, "Scientific collaboration networks. II", Physical Review
///         E 64, 016132, 2001. The inference of levels is ours.
[[nodiscard]] Projection project(const Network& network, const ProjectionOptions& options = {});

/// The names of excluded kinds that the settings ask for and the network has.
[[nodiscard]] std::vector<std::string> default_excluded_kinds(const Network& network);

}  // namespace maillage
