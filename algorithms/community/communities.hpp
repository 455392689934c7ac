#pragma once

#include "engine/incidence.hpp"

#include "algorithms/community/carry_over.hpp"
#include "algorithms/community/compare.hpp"
#include "algorithms/community/consensus.hpp"
#include "algorithms/community/infomap.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/naming.hpp"
#include "algorithms/community/profile.hpp"
#include "algorithms/community/stability.hpp"
#include "algorithms/community/two_mode.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

enum class Method : std::uint8_t {
    leiden,   ///< the Potts models of QualityOptions
    infomap,  ///< the map equation
    barber    ///< actors and expertises together, by Barber's bipartite modularity
};

struct CommunitiesOptions {
    Method method = Method::leiden;
    /// Infomap and Barber use its `preset` (fast: one iteration a run; best: more runs), `runs`, `max_iterations`
    /// and `seed`, Barber the resolution too.
    LeidenOptions leiden;
    NamingOptions naming;

    friend bool operator==(const CommunitiesOptions&, const CommunitiesOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const CommunitiesOptions& options);

/// Which groups the network really forms, how closed they are, how sure that is, what they are about.
struct CommunitiesResult {
    CommunitiesOptions options;  ///< as used
    /// Every run; leiden.partition() is the answer. Of Infomap, the qualities are codelengths in bits and the
    /// gains what was saved of them: lower is better. Of Barber, the partitions are those of the actors.
    LeidenResult leiden;
    QualityResult quality;                    ///< of the answer; empty with method infomap
    std::optional<MapEquation> map_equation;  ///< of the answer, with method infomap
    /// With method barber: the expertises of each community. Profile and stability are of the links then.
    std::optional<TwoMode> two_mode;
    PartitionProfile profile;
    StabilityResult stability;
    /// Of the runs, when there are at least five of them and ties; fewer say little about what they share.
    /// None with method barber.
    std::optional<Consensus> consensus;
    /// Adjusted mutual information (arithmetic) of the consensus and the answer, over vertices with ties.
    std::optional<double> consensus_ami;
    std::vector<std::vector<NameWord>> names;  ///< by CommunityId
    std::vector<std::uint32_t> ids;  ///< by CommunityId, from 1: what people call them; see carry_ids()
    std::optional<CarryOver> carried;
    /// With `carried`: the earlier division (p) and the answer (q), over the actors that are in both.
    std::optional<PartitionComparison> compared;

    /// What the kept run reached, in the unit of its objective; empty without ties.
    [[nodiscard]] const std::optional<double>& kept_quality() const noexcept { return leiden.kept().quality; }
    [[nodiscard]] const Partition& partition() const noexcept { return leiden.partition(); }
};

/// Shapes      offers.vertex_count() == g.vertex_count(). ids are 1, 2, … by CommunityId.
/// Cost        that of leiden() and stability().
/// Errors      OptionError (see validate). Error when the shapes differ.
[[nodiscard]] CommunitiesResult find_communities(GraphView g, const Incidence& offers,
                                                 const CommunitiesOptions& options = {},
                                                 const Execution& execution = {});

/// Gives the communities the ids of earlier ones that they continue.
/// Errors      Error when the shapes differ (see carry_over).
void carry_ids(CommunitiesResult& result, const EarlierCommunities& earlier);

}  // namespace maillage
