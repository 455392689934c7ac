#pragma once

#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/null_models.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

struct OpennessOptions {
    /// Count the weight of ties instead of the ties. The exact null models are about counts and are then left
    /// out.
    bool weighted = false;

    friend bool operator==(const OpennessOptions&, const OpennessOptions&) = default;
};

/// One figure of the contract's list, with everything needed to defend it.
struct Indicator {
    std::string id;     ///< "ei", "assortativity", …
    std::string group;  ///< name of the group it is about; empty: the whole network
    std::optional<double> value;
    std::string_view why;              ///< reason code when there is no value
    std::vector<NullModel> null;       ///< none, one or two
    std::optional<double> p_adjusted;  ///< Benjamini-Hochberg over the groups of the attribute (group scope)
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
};

/// Every measure of this folder for one attribute.
///
/// Shapes  labels: one entry per vertex of g.
/// Cost    O(ties log + groups^2). Errors: as mixing_matrix.
[[nodiscard]] Openness openness(GraphView g, const GroupLabels& labels, const OpennessOptions& options = {});

}  // namespace maillage
