#pragma once

#include "algorithms/recommend/pair_features.hpp"
#include "algorithms/recommend/pair_scorer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// A recommendation in facts: who and what stands between and around two actors.
namespace maillage {

struct ExplanationLimits {
    std::size_t common_partners = 10;  ///< listed; the others are counted
    std::size_t paths = 3;             ///< ways of three ties listed
    std::size_t expertises = 1000;     ///< of each of the three lists
};

struct CommonPartner {
    VertexId partner{};
    double contribution = 0.0;  ///< its part of the raw resource allocation
};

struct Crossing {
    std::size_t grouping = 0;  ///< of RecommendInput::groupings
    GroupId from{};            ///< first group of a
    GroupId to{};              ///< first group of b
};

/// What the pair, were it tied, would do to the E-I index of the first grouping.
struct EiEffect {
    double before = 0.0, after = 0.0;
    [[nodiscard]] double delta() const noexcept { return after - before; }
};

/// Ties between and inside the groups of the first grouping, both ends in scope and with a group.
struct EiCounts {
    std::size_t external = 0;
    std::size_t internal = 0;
};

struct PairExplanation {
    VertexId a{};
    VertexId b{};
    PairScore score;
    Reciprocity reciprocal;
    /// Contribution descending, then id. The contributions of all of them add up to
    /// score.resource_allocation.
    std::vector<CommonPartner> common_partners;
    std::size_t common_partner_count = 0;
    double other_partners_contribution = 0.0;  ///< of those not listed
    std::vector<ThreePath> paths;              ///< contribution descending; a part of score.l3
    Exchange exchange;                         ///< a_gives: what a would bring b
    std::vector<Crossing> crosses;
    /// Partners of the other (itself aside) that the one does not have: who comes within reach of a tie.
    std::size_t new_to_a = 0;
    std::size_t new_to_b = 0;
    /// 1 tied, 2, 3; empty (beyond_three) when it is farther or there is no way.
    std::optional<std::uint32_t> distance;
    /// Where the distance is empty: the partner of b, in scope if any is, that knows most of what a does,
    /// weighed by its tie to b; else the one with the strongest tie. Empty when b has no partner.
    std::optional<VertexId> introducer;
    /// Empty when the pair is tied (nothing would change), the first grouping does not know both or
    /// there is no tie to compare with; see why_no_effect.
    std::optional<EiEffect> effect;
    std::string_view why_no_effect;  ///< "tied", "missing_group", "no_edges", "no_grouping"; else empty
};

/// Explains pairs one at a time, tied or not; one per worker.
///
/// Cost    O(degrees within one step of both + expertises of both) a pair; O(V) memory.
class PairExplainer {
public:
    PairExplainer(const PairModel& model, const ExplanationLimits& limits, const EiCounts& ei);
    [[nodiscard]] PairExplanation operator()(VertexId a, VertexId b);

private:
    void list_common_partners(PairExplanation& pair) const;
    void count_new_partners(PairExplanation& pair) const;
    void list_crossings(PairExplanation& pair) const;
    [[nodiscard]] std::optional<VertexId> introducer(VertexId a, VertexId b) const;
    void weigh_effect(PairExplanation& pair) const;

    const PairModel& model_;
    ExplanationLimits limits_;
    EiCounts ei_;
    PairScorer scorer_;
};

/// The counts behind EiEffect. Actors with several groups: a tie is inside when they share one.
/// Cost    O(ties).
/// Source  D. Krackhardt, R. N. Stern 1988: EI = (E - I) / (E + I).
[[nodiscard]] EiCounts count_ei(const RecommendInput& input);

/// A shortest way from a to b, both included; the one that is first in the order of ids, step by step from b.
/// Empty when there is none.
/// Cost  O(V + E).
[[nodiscard]] std::vector<VertexId> shortest_chain(GraphView g, VertexId a, VertexId b);

}  // namespace maillage
