#pragma once

#include "algorithms/recommend/candidates.hpp"
#include "algorithms/recommend/fitted_ranking.hpp"
#include "algorithms/recommend/list_policies.hpp"
#include "algorithms/recommend/pair_features.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

/// The candidates of a few actors by a fitted ranking: everyone is scored, the best are kept.
namespace maillage {

struct FittedCandidate {
    VertexId partner{};
    double score = 0.0;
    std::uint32_t score_rank = 0;  ///< from 1; 0: kept for a reserved place, behind those by score alone
};

struct FittedCandidates {
    VertexId actor{};
    std::vector<FittedCandidate> candidates;  ///< by score descending, then id
    SearchReach reach;
};

/// One a worker.
///
/// Definition  Candidates of an actor are all others in scope that it has no partnership with, that are not barred, and
///             that something joins it to (FittedRows::related). The `depth` best by score are kept, and the best
///             that qualify for each reserved place of the policy.
/// Cost        EvidenceRows of the actors, O(V) a list.
class FittedSearch {
public:
    FittedSearch(const PairModel& model, const FittedSource& fitted, std::uint32_t depth,
                 const ListPolicy& policy, const ListFacts& facts);

    void prepare(std::span<const VertexId> actors);
    /// @throws Error for an actor that was not prepared.
    [[nodiscard]] const FittedCandidates& of(VertexId actor) const;

private:
    void choose(std::size_t lane, FittedCandidates& into);

    const PairModel& model_;
    std::uint32_t depth_;
    const ListPolicy& policy_;
    const ListFacts& facts_;
    std::unique_ptr<FittedRows> rows_;
    std::vector<FittedCandidates> found_;
    std::vector<std::uint8_t> closed_;  ///< per vertex: linked or barred
    std::vector<FittedCandidate> scored_;
};

}  // namespace maillage
