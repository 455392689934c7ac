#pragma once

#include "engine/csr_graph.hpp"
#include "engine/incidence.hpp"
#include "engine/parallel.hpp"

#include "algorithms/community/bipartite.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/profile.hpp"
#include "algorithms/community/quality.hpp"
#include "algorithms/community/stability.hpp"

#include <cstdint>
#include <vector>

namespace maillage {

/// The expertises of communities that have them as members.
struct TwoMode {
    /// By CommunityId of the actors: those that most members have first, then ascending.
    std::vector<std::vector<ExpertiseId>> expertises;
    /// Those in no community with an actor, ascending: nobody has them, or no community gains by them.
    std::vector<ExpertiseId> alone;
    std::uint32_t held = 0;   ///< expertises that somebody has
    std::uint64_t links = 0;  ///< between actors and expertises
};

/// Communities of actors and expertises together, told as a division of the actors with expertises beside it.
struct TwoModeCommunities {
    LeidenResult runs;      ///< partitions of the actors; qualities are Barber's modularity
    QualityResult quality;  ///< by community of actors; communities of expertises alone would add 0
    /// Of the links: ties, weights and shares count links between actors and expertises. The density of a
    /// community is the share of its pairs of an actor and an expertise that are linked.
    PartitionProfile profile;
    StabilityResult stability;  ///< of the division of actors and expertises; confidence of the actors
    TwoMode two_mode;
};

/// Vertices first, then all expertises; a link counts 1 whatever its level.
[[nodiscard]] CsrGraph two_mode_graph(const Incidence& offers);

/// Cost        that of bipartite_communities() and stability().
/// Errors      OptionError (see validate(BipartiteOptions)).
[[nodiscard]] TwoModeCommunities two_mode_communities(const Incidence& offers,
                                                      const BipartiteOptions& options,
                                                      const Execution& execution = {});

}  // namespace maillage
