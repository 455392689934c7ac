#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/structure/graph_shape.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

struct DescribeOptions {
    /// Actors in the list of the strongest, >= 1.
    std::uint32_t top = 10;

    friend bool operator==(const DescribeOptions&, const DescribeOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const DescribeOptions& options);

struct ComponentFigures {
    std::uint32_t size = 0;  ///< actors
    std::uint64_t ties = 0;
    VertexId strongest{};  ///< the member with the highest strength, the smallest among equals
};

struct GraphFigures {
    std::size_t actors = 0;
    std::size_t ties = 0;      ///< distinct pairs
    double weight = 0.0;       ///< of all ties
    std::size_t isolates = 0;  ///< actors without a tie
    /// Ties over pairs, in [0, 1]. Empty with fewer than two actors ("fewer_than_two_nodes").
    std::optional<double> density;
    std::vector<ComponentFigures> components;  ///< of two actors or more, largest first
    std::optional<Distribution> degree;        ///< distinct partners; empty without actors ("empty_group")
    std::optional<Distribution> strength;      ///< sums of weights; as degree
    std::vector<VertexId> strongest;           ///< by strength, then id; actors with ties only
    Transitivity transitivity;
};

/// Actors with one value of an attribute.
struct GroupFigures {
    std::string value;  ///< as in the data
    std::size_t actors = 0;
    std::size_t tied = 0;          ///< of them, with at least one tie, whoever to
    std::size_t ties = 0;          ///< touching the group, once each
    std::size_t ties_inside = 0;   ///< of them, between two of its actors
    std::size_t ties_outside = 0;  ///< of them, to actors that are not described (out of scope)
    std::size_t skilled = 0;       ///< actors with an expertise on offer
    std::size_t expertises = 0;    ///< distinct expertises on offer
};

struct Coverage {
    std::string attribute;
    std::vector<GroupFigures> groups;  ///< most actors first, then by value
    std::size_t missing = 0;           ///< actors without a value
};

struct ExpertiseFigures {
    ExpertiseId expertise{};
    std::uint32_t holders = 0;              ///< actors that offer it, declared or inferred
    std::uint32_t inferred = 0;             ///< of them, from partnerships only
    std::uint32_t holders_below = 0;        ///< actors that offer it or a narrower one
    std::optional<VertexId> single_holder;  ///< when holders == 1
    std::uint32_t seekers = 0;              ///< actors that seek it
    std::uint32_t required_by = 0;          ///< opportunities that require it
    bool leaf = true;                       ///< no narrower expertise exists
    /// Sought or required, and offered by nobody, here or narrower.
    bool gap = false;
};

struct KindFigures {
    std::string kind;  ///< as in the data; empty: not said
    std::size_t partnerships = 0;
    std::size_t used = 0;  ///< of them, that make a tie
};

struct YearFigures {
    int year = 0;
    std::size_t started = 0;
    std::size_t ended = 0;
    std::size_t running = 0;  ///< started by then and not ended before
};

/// Partnerships that concern an actor of the graph.
struct PartnershipFigures {
    std::size_t partnerships = 0;
    ProjectionSummary projection;         ///< of every partnership of the dataset
    std::vector<KindFigures> kinds;       ///< most partnerships first, then by kind
    std::vector<YearFigures> years;       ///< of those that make a tie: years in which one started or ended
    std::optional<Distribution> members;  ///< per partnership that makes a tie; empty without one
};

/// What is missing in the data, for those who could complete it.
struct DataGaps {
    std::size_t actors_without_kind = 0;
    std::size_t actors_without_place = 0;
    std::size_t actors_without_coordinates = 0;
    std::size_t actors_without_expertise = 0;    ///< on offer
    std::size_t partnerships_without_start = 0;  ///< of those that make a tie, as below
    std::size_t partnerships_without_dates = 0;
    std::size_t partnerships_without_expertise = 0;
    std::size_t partnerships_without_kind = 0;
};

struct Description {
    DescribeOptions options;  ///< as used
    GraphFigures graph;
    std::size_t untied = 0;                    ///< actors without any tie in the surroundings, see describe()
    std::vector<Coverage> coverage;            ///< by kind, then by place
    std::vector<ExpertiseFigures> expertises;  ///< most holders first, then by id
    PartnershipFigures partnerships;
    DataGaps data;
};

/// What is in a network, seen through a projection of it.
///
/// Definition  see the fields. Every count is of the actors that are vertices of the projection. The
///             surroundings are a projection with more actors, whose ties to the described ones count in
///             `untied` and in the coverage: a town of the region that is twinned abroad is not without
///             ties. By default they are the projection itself.
/// Cost        O(E^1.5) at most, for the triangles; otherwise linear in the rows of the dataset times the
///             depth of the forest of expertises.
/// Errors      OptionError (see validate).
[[nodiscard]] Description describe(const Network& network, const Projection& projection,
                                   const DescribeOptions& options = {},
                                   const Projection* surroundings = nullptr);

}  // namespace maillage
