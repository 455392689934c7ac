#pragma once

#include "engine/graph_view.hpp"
#include "engine/incidence.hpp"
#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/consortium/cover.hpp"
#include "algorithms/consortium/group_steiner.hpp"
#include "algorithms/consortium/lengths.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// Who together covers a call: hunting as a pack.
namespace maillage::consortium {

enum class Objective : std::uint8_t { steiner, diameter, sum_distance, leader, openness };
/// "steiner", …
[[nodiscard]] std::string_view to_code(Objective objective) noexcept;

struct Want {
    ExpertiseId expertise{};
    double weight = 1.0;        ///< > 0
    std::uint32_t holders = 1;  ///< different members that cover it, >= 1
};
/// At least so many different groups of an attribute.
struct SpreadRule {
    std::size_t grouping = 0;  ///< position in ConsortiumInput::groupings
    std::uint32_t at_least = 1;
};
/// A member of this group.
struct GroupRule {
    std::size_t grouping = 0;
    GroupId group{};
};

/// Why an actor may not be a member: bits.
enum Barrier : std::uint8_t {
    out_of_scope = 1,
    other_country = 2,
    excluded = 4,
    committed = 8  ///< elsewhere
};

struct ConsortiumOptions {
    Objective objective = Objective::steiner;
    LengthRule length = LengthRule::inverse;
    double least_level = 0.0;  ///< at which an expertise is covered, 0 .. 1
    double near = 1.0;         ///< nearness from which another expertise covers in part, in (0, 1]
    std::uint32_t min_size = 0;
    std::uint32_t max_size = 0;  ///< 0: any
    std::vector<SpreadRule> spread;
    std::vector<GroupRule> required;
    std::optional<VertexId> lead;                      ///< a member, and the leader
    std::vector<VertexId> included;                    ///< members
    std::vector<std::pair<VertexId, VertexId>> apart;  ///< not both
    std::optional<std::size_t> silos;                  ///< grouping whose groups openness counts
    std::uint32_t top = 3;                             ///< consortia, >= 1
    /// Members of every earlier consortium that the next one does without; 0: a third of them, at least one.
    std::uint32_t differ = 0;
    bool front = false;              ///< also the trade-offs of coverage, length and groups
    std::uint32_t replacements = 3;  ///< named for each member
    double effort = 1.0;             ///< factor on the work after which a search stops with a gap, > 0
};

/// What is searched. All views have the same vertices and must outlive the call.
struct ConsortiumInput {
    GraphView ties;
    const Incidence& offers;
    const Taxonomy& taxonomy;  ///< of the expertises: what is near covers in part
    std::span<const GroupLabels> groupings;
    std::span<const std::uint8_t> barred;  ///< per vertex, Barrier bits; empty: nobody
};
/// @throws OptionError naming the first field that is out of range, or of an actor that is both asked for and
/// excluded or committed elsewhere.
void validate(const ConsortiumOptions& options, const std::vector<Want>& wants, const ConsortiumInput& input);

/// Somebody that could take the place of a member.
struct Replacement {
    VertexId actor{};
    Length distance = 0;  ///< sum of its distances to the others
    Length change = 0;    ///< that, less the same sum of the member replaced
};

struct ConsortiumMember {
    struct Covered {
        std::size_t want = 0;
        Cover how;
    };
    VertexId actor{};
    bool asked_for = false;  ///< included or lead
    bool lead = false;
    std::vector<Covered> covers;     ///< by want
    std::vector<std::size_t> alone;  ///< wants that would fall short without it
    std::vector<std::size_t> rules;  ///< positions in Consortium::checks that would no longer hold
    double coverage_lost = 0.0;
    std::vector<Replacement> replacements;
    std::size_t possible_replacements = 0;
};

struct Check {
    enum class What : std::uint8_t {
        expertises,
        min_partners,
        max_partners,
        groups_at_least,
        group_required,
        lead,
        included,
        apart,
        scope,
        countries,
        excluded,
        committed
    };
    What what{};
    std::size_t grouping = 0;  ///< of groups_at_least, group_required
    GroupId group{};           ///< of group_required
    VertexId actor{};          ///< of lead, included
    VertexId other{};          ///< of apart, with actor
    std::uint32_t asked = 0;
    std::uint32_t reached = 0;
    bool ok = true;
};
[[nodiscard]] std::string_view to_code(Check::What what) noexcept;

struct Costs {
    std::optional<Length> diameter;      ///< empty without members; no_way and more: with gaps
    std::optional<Length> sum_distance;  ///< over pairs of expertises, between those who cover them
    std::optional<Length> leader;        ///< of the best leader
    std::optional<VertexId> leader_actor;
    std::optional<SteinerTree> tree;    ///< empty for more than most_tree_members
    std::optional<std::size_t> groups;  ///< of the attribute of openness
    static constexpr std::size_t most_tree_members = 13;
};

struct Consortium {
    std::vector<ConsortiumMember> members;  ///< by vertex
    double coverage = 0.0;  ///< share of what is wanted, by weight, with as many holders as wanted
    double depth = 0.0;     ///< the same with levels and nearness
    Costs costs;
    std::vector<Check> checks;
    bool optimal = true;           ///< proven: none that differs enough from the earlier ones is better
    Length value = 0;              ///< of the objective (of openness: sum_distance)
    Length bound = 0;              ///< none is below
    std::size_t groups_bound = 0;  ///< of openness: none has more
};

/// An expertise that too few may cover.
struct Shortage {
    std::size_t want = 0;
    std::uint32_t found = 0;  ///< that may be members
    struct Nearest {
        Cover how;
        std::uint8_t barred = 0;  ///< Barrier bits; 0: it offers something near, not this
    };
    std::vector<Nearest> nearest;  ///< at most five
};

struct Reference {
    std::string_view method;  ///< "rarest_first", "set_cover"
    std::vector<VertexId> members;
    Costs costs;
    bool meets_rules = false;
};

struct FrontPoint {
    double coverage = 0.0;
    Length length = 0;
    std::size_t groups = 0;
    std::vector<VertexId> members;
    std::vector<std::size_t> left_out;  ///< wants
};

struct ConsortiumResult {
    bool feasible = false;
    bool decided = true;            ///< false: neither found nor refuted within the effort
    std::vector<Shortage> missing;  ///< why not: expertises
    std::vector<Check> conflict;    ///< why not: rules that cannot hold together, none of them superfluous
    std::vector<Consortium> found;  ///< best first; when not feasible, at most one for what can be covered
    std::vector<Reference> references;
    std::vector<FrontPoint> front;  ///< coverage down
    bool front_complete = true;
    std::vector<std::size_t> candidates;  ///< per want: actors that may cover it
    std::size_t allowed = 0;
};

/// The best consortia for a set of wants.
///
/// Definition  Members are actors without a barrier, such that every want is covered by as many different members as it
///             asks for, and every rule holds. Best by the objective, on the lengths of ties (see LengthGraph),
///             where two actors without a way are `no_way` apart, so that gaps are avoided first:
///             steiner: least length of a tree that joins the members (through go-betweens that are no
///             members); diameter, sum_distance, leader: see SeatGoal; openness: most groups of an attribute, then
///             sum_distance. Then fewest members.
/// Exact       as long as the work allows (`effort`): `optimal` says that it is proven, `bound` how far it may be
///             otherwise. Steiner: group_steiner for what is wanted, and branching on a member, in or out, where
///             its answer breaks a rule or a want asks for several holders. The others: search_seats.
/// Degenerate  no wants: the members asked for. Wants that nobody may cover: not feasible, `missing` names them with
///             who comes nearest, and `found` is the best for the others. Rules that exclude each
///             other: `conflict` is a set of them from which none can be left out.
/// Errors      OptionError (see validate).
/// Source      T. Lappas, K. Liu, E. Terzi, "Finding a team of experts in social networks", KDD 2009 (the question,
///             RarestFirst); M. Kargar, A. An, CIKM 2011; alternatives: E. L. Lawler, "A procedure for computing
///             the k best solutions", Management Science 18, 401-405, 1972; conflicts: J. W. Chinneck, E. W.
///             Dravnieks, "Locating minimal infeasible constraint sets", ORSA Journal on Computing 3, 157-168, 1991.
[[nodiscard]] ConsortiumResult find_consortia(const ConsortiumInput& input, const std::vector<Want>& wants,
                                              const ConsortiumOptions& options = {},
                                              const Execution& execution = {});

}  // namespace maillage::consortium
