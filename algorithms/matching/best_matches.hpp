#pragma once

#include "engine/graph_view.hpp"
#include "engine/incidence.hpp"
#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/matching/complementarity.hpp"
#include "algorithms/matching/expertise_model.hpp"
#include "algorithms/matching/relatedness.hpp"
#include "algorithms/matching/structural_fit.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace maillage {

/// A pair below this score, shown as 0.000, is no match and is not listed.
inline constexpr double least_match_score = 5e-4;

struct MatchOptions {
    std::uint32_t top = 10;          ///< partners listed for each actor
    std::uint32_t top_pairs = 20;    ///< pairs listed over all actors
    std::uint32_t top_pooling = 60;  ///< pairs of the pooling list
    ComplementarityOptions complementarity;
    ExpertiseModel::Options taxonomy;  ///< of no effect without MatchInput::taxonomy
    bool include_tied = false;         ///< also pairs that are linked already
    /// A pooling pair shares at least this many expertises. Two, by default: one expertise in common
    /// makes identical twins of all the actors about which a single thing is known.
    std::uint32_t pooling_min_shared = 2;
    /// … and has at least this similarity, in (0, 1].
    double pooling_min_similarity = 0.25;
    /// Only the pairs of this vertex; empty: of all.
    std::optional<VertexId> only;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const MatchOptions& options);

/// What is matched. All views have the same vertices and must outlive the call.
struct MatchInput {
    const Incidence& offers;
    const Incidence& seeks;
    GraphView ties;  ///< the network as analysed: `tied` and `distance` are read here
    /// Pairs that know each other already and are not proposed: the ties, and whatever else should count
    /// (kinds of partnership left out of the analysis). Without vertices: the ties.
    GraphView links;
    /// 1 or 0 per vertex: who is matched, and among whom rarity is counted. Vertices out of scope only lie
    /// on paths. Empty: everyone.
    std::span<const std::uint8_t> in_scope;
    const Taxonomy* taxonomy = nullptr;  ///< of the expertises; none: a child is not its parent
    /// 1 or 0 per vertex: who may be proposed as a partner; a pair is listed when one of the two may. Empty: everyone.
    std::span<const std::uint8_t> eligible = {};
    /// Pairs are proposed only between vertices whose groups are known and have none in common. Null: no matter.
    const GroupLabels* across = nullptr;
    /// 1 or 0 per vertex: among whom rarity is counted, when not among those in scope. Empty: in_scope.
    std::span<const std::uint8_t> counted = {};

    [[nodiscard]] std::span<const std::uint8_t> rarity_among() const noexcept {
        return counted.empty() ? in_scope : counted;
    }
};

/// Why an actor has no partner in its list.
enum class NoMatch : std::uint8_t {
    found,           ///< it has
    no_expertise,    ///< nothing is known of it, neither offered nor sought
    no_offer,        ///< only needs are known: it could receive, not give
    nothing_common,  ///< nobody shares an expertise with it or meets a need of either side
    all_linked,      ///< everyone with whom it has something in common is a partner already
    filtered,  ///< nobody of those asked for (MatchInput::eligible, across) has anything in common with it
    one_sided  ///< with each of the others, one side would bring nothing new, or next to nothing
};
/// "no_expertise", …; empty for found.
[[nodiscard]] std::string_view to_code(NoMatch reason) noexcept;

struct Partner {
    VertexId vertex{};
    double score = 0.0;  ///< Complementarity::score, at least least_match_score

    friend bool operator==(const Partner&, const Partner&) = default;
};

struct ActorMatches {
    VertexId actor{};
    std::vector<Partner> partners;  ///< at most `top`, score descending then vertex
    NoMatch reason = NoMatch::found;
};

/// What else is known of a pair: measures that stand beside the score and are no part of it.
struct PairFacts {
    /// The measures of sets alone, a child being no parent (complementarity.hpp); equal to the others without a
    /// taxonomy. common_ground, values and score are those of these sets.
    Complementarity plain;
    /// Near but not the same, in the broadest fields. Empty (zero_denominator) when neither holds anything.
    std::optional<double> near_not_same;
    /// Best-match average by Wu and Palmer. Empty when either holds nothing.
    std::optional<double> best_match;
    /// Added relatedness: mean of ADD(a <- b, i) over the needs i of a, else over all that a does not hold, as a share
    /// 0 .. 1. Empty when nothing is related to any of them.
    std::optional<double> added_a, added_b;
    /// The tie between the two as if it existed, from either side.
    StructuralFit structure_a, structure_b;
};

/// A pair of the lists, taken apart.
struct MatchedPair {
    VertexId a{};
    VertexId b{};  ///< a < b, except that a is `only` where one was asked for
    Complementarity measures;
    Exchange exchange;
    PairFacts facts;
    bool tied = false;                      ///< a tie of MatchInput::ties
    bool linked = false;                    ///< a pair of MatchInput::links
    std::optional<std::uint32_t> distance;  ///< ties on a shortest way; empty (no_path) when there is none
};

/// A declared need and who in scope offers it.
struct NeedAnswer {
    VertexId actor{};
    ExpertiseId expertise{};
    double level = 1.0;              ///< at which it is sought
    std::uint32_t offered_by = 0;    ///< actors in scope that offer it, the seeker aside
    std::uint32_t offered_near = 0;  ///< actors in scope that offer something near instead, the seeker aside
    struct Holder {
        VertexId vertex{};
        double level = 1.0;
        bool tied = false;
        bool inferred = false;
        ExpertiseId by{};         ///< what it offers: the expertise sought, or one near it
        double similarity = 1.0;  ///< of the two
    };
    std::vector<Holder> holders;  ///< at most `top`, similarity x level descending, then vertex
};

struct MatchResult {
    ExpertiseWeights weights;            ///< W and the holders at or below, see ExpertiseModel
    std::vector<std::uint32_t> holders;  ///< per expertise: actors in scope that offer it itself
    std::vector<MatchedPair> pairs;    ///< at most top_pairs (top for one actor), score descending, then a, b
    std::vector<ActorMatches> actors;  ///< everyone in scope (or the one), ascending
    /// Actors that do the same without being linked: similarity descending, then a, b.
    std::vector<MatchedPair> pooling;
    std::vector<NeedAnswer> needs;  ///< by actor, then expertise
    /// Unordered pairs in scope with an expertise in common or a need met; for one actor, its own.
    std::uint64_t pairs_in_touch = 0;
};

/// The best partners of every actor and the best pairs over all, exact: as if every pair had been compared.
///
/// Way         For each actor, its expertises' holders are read from an inverted index into one dense
///             accumulator per worker; only actors in touch (something shared, a need met) can have a
///             score, unless common_ground is 0, where those apart are walked by total weight. The
///             accumulators are in single precision and only refuse pairs that are surely too weak, by a
///             bound on their error; the others are computed anew. Bounded heaps keep the best; no table
///             of pairs exists at any time.
/// Cost        O(sum over expertises of holders^2) time at worst, shared by the threads;
///             O(threads * V + actors * top) memory.
/// Errors      OptionError (see validate, and for `only` out of scope). Error when the sizes disagree.
/// Source      The search is accumulation over posting lists: J. Zobel, A. Moffat, "Inverted files for text
///             search engines", ACM Computing Surveys 38(2), 6, 2006.
[[nodiscard]] MatchResult best_matches(const MatchInput& input, const MatchOptions& options = {},
                                       const Execution& execution = {});

/// Everything about one pair, whether or not it would be proposed. Rarity is counted over the scope.
/// Cost  O(expertises of both) and one HopDistance.
[[nodiscard]] MatchedPair match_pair(const MatchInput& input, const ExpertiseModel& model,
                                     const Relatedness& relatedness, VertexId a, VertexId b,
                                     const ComplementarityOptions& options = {});

}  // namespace maillage
