#pragma once

#include "engine/parallel.hpp"

#include "algorithms/segregation/chance.hpp"
#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/null_models.hpp"
#include "algorithms/segregation/panel.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

struct OpennessOptions {
    /// Count the weight of ties instead of the ties. The exact null models are about counts and are then left
    /// out, and so are rewiring and intervals.
    bool weighted = false;
    /// Networks drawn for each null model of the measures that have no exact one; 0: none.
    std::uint32_t replicates = 0;
    /// How many of them have the measures by walks (spectral segregation, bubble radius, boundary, controversy)
    /// too; empty: all.
    std::optional<std::uint32_t> walk_replicates;
    bool labels = true;     ///< draw by dealing the groups out anew
    bool rewiring = false;  ///< draw by rewiring the ties, degrees kept
    /// Find the network's own communities and compare them with the groups.
    bool communities = true;
    std::uint32_t bubble_steps = 10;  ///< of bubble_radius, >= 1
    std::uint32_t elites = 0;         ///< of random_walk_controversy; 0: see ControversyOptions
    std::uint64_t seed = 1;

    friend bool operator==(const OpennessOptions&, const OpennessOptions&) = default;
};

/// One figure of the contract's list, with everything needed to defend it.
struct Indicator {
    std::string id;     ///< "ei", "assortativity", …
    std::string group;  ///< name of the group it is about; empty: the whole network
    std::optional<double> value;
    std::string_view why;         ///< reason code when there is no value
    std::vector<NullModel> null;  ///< none or several
    std::optional<double>
        p_adjusted;  ///< Benjamini-Hochberg over the groups of the attribute (group scope), of the
                     ///< first null model
    std::optional<Interval> ci95;
    std::optional<double> sd;     ///< jackknife, where there is one
    std::optional<double> least;  ///< least attainable value, where it is not that of the definition
};

struct GroupOpenness {
    std::string group;
    std::size_t size = 0;   ///< actors
    double internal = 0.0;  ///< ties among its actors
    double external = 0.0;  ///< ties of its actors to other groups
    Measured ei;
    std::optional<Interval> ci95;
};

struct ActorOpenness {
    VertexId vertex{};
    double internal = 0.0, external = 0.0;
    Measured ei;
    /// 1 - sum over groups of the squared share of its ties: 0 all in one group. Empty (isolate) without
    /// ties.
    /// Source      R. Guimerà, L. A. N. Amaral, "Functional cartography of complex metabolic networks",
    ///             Nature 433, 895-900, 2005.
    Measured participation;
    double spectral = 0.0;  ///< spectral segregation index
    double bubble = 0.0;    ///< bubble radius
};

/// The groups beside the communities that the ties themselves make.
struct DeclaredAndFound {
    std::size_t communities = 0;
    std::optional<double> found_modularity;  ///< the best that was found
};

struct Openness {
    std::string attribute;
    bool multi_valued = false;
    MixingMatrix mixing;
    std::vector<std::string> group_names;
    std::vector<GroupOpenness> groups;
    std::vector<Indicator> indicators;
    std::vector<ActorOpenness>
        actors;  ///< with a group and a tie that counts, by E-I descending, then vertex
    /// Half the width of the interval of the network's E-I: what the data can tell apart.
    std::optional<double> resolution;
    std::optional<DeclaredAndFound> found;
    OpennessOptions options;
};

/// Every measure of this folder for one attribute. Vertices without a group, and their ties, are left out of all.
///
/// Shapes  labels: one entry per vertex of g.
/// Cost    that of the measures (see panel.hpp), times the replicates; of leiden() for the communities.
/// Errors  as mixing_matrix; OptionError: bubble_steps.
[[nodiscard]] Openness openness(GraphView g, const GroupLabels& labels, const OpennessOptions& options = {},
                                const Execution& execution = {});

/// How many networks are drawn when nobody says: 999 up to 20,000 ties, 199 up to 500,000, then 99; those with walks
/// are 199 up to 20,000 ties, 99 up to 200,000, and none beyond.
struct Replicates {
    std::uint32_t all = 0, with_walks = 0;
};
[[nodiscard]] Replicates default_replicates(std::size_t ties) noexcept;

}  // namespace maillage
