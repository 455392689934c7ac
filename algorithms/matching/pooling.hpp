#pragma once

#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/matching/best_matches.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

struct PoolingOptions {
    std::uint32_t min_shared = 2;  ///< expertises that every two members offer both; >= 1
    double min_similarity = 0.25;  ///< of every two members, in (0, 1]
    std::uint32_t min_size = 3;    ///< >= 2
    std::uint32_t top = 20;        ///< groups listed; >= 1
    /// A territory with more actors that offer something is not searched, and said so.
    std::size_t most_actors = 5000;
};
/// @throws OptionError naming the first field that is out of range.
void validate(const PoolingOptions& options);

/// An expertise of a pool.
struct PooledExpertise {
    ExpertiseId expertise{};
    std::uint32_t holders = 0;  ///< members that offer it
    double weight = 0.0;        ///< W(x) times the sum of their levels less the highest: what is done more than once
};

struct PoolMember {
    VertexId vertex{};
    double share = 0.0;            ///< of the weight of what the pool does more than once, that it offers, 0 .. 1
    std::uint32_t partners = 0;    ///< ties in the network
};

/// Actors of one territory that do the same, none of them linked to another.
struct Pool {
    std::vector<PoolMember> members;  ///< ascending by vertex
    GroupId territory{};              ///< none<GroupId> when territories were not asked for
    double similarity = 0.0;          ///< the least between two members
    double weight = 0.0;              ///< sum over `shared`
    std::vector<PooledExpertise> shared;  ///< offered by two members at least: by weight descending, then expertise
    /// Who could carry it: offers most of what is done more than once, then has most partners, then comes first.
    VertexId carrier{};
    /// Who could bring them together: the partner of most members that is none itself, two at least; then the one with
    /// fewest other partners, then the first. Empty when nobody is.
    std::optional<VertexId> introducer;
    std::uint32_t introduced = 0;  ///< members that it is a partner of
};

struct PoolingResult {
    std::vector<Pool> pools;  ///< by weight descending, then size, then members
    std::size_t found = 0;    ///< before the cut
    std::size_t actors_without_territory = 0;
    std::vector<GroupId> passed_over;  ///< territories with too many actors
};

/// Groups of actors that could pool what they do: complete linkage among those that are not linked.
///
/// Definition  Two actors can pool when they lie in one territory (within: their groups meet; null: everywhere), no
///             partnership links them, they offer at least `min_shared` expertises both, and their similarity (by
///             the model, with the taxonomy) is at least `min_similarity`. Starting from single actors, the two groups
///             whose least similar pair is most similar are joined, as long as every pair across can pool; the first of
///             equals by members. What is left with `min_size` members is a pool: every two of its members can pool,
///             and no two pools could be joined. An actor lies in at most one pool of a territory.
/// Degenerate  Actors without a territory, or that offer nothing, are in none.
/// Cost        O(pairs in touch within territories) measures, and O(pairs that can pool, times log and the size of
///             groups) for the linkage.
/// Errors      OptionError (see validate). Error when the sizes disagree.
/// Source      D. Defays, "An efficient algorithm for a complete link method", The Computer Journal 20, 364-366, 1977.
///             That redundancy, the same work done apart, is what pooling saves is ours.
[[nodiscard]] PoolingResult find_pools(const MatchInput& input, const ExpertiseModel& model,
                                       const GroupLabels* within, const PoolingOptions& options = {},
                                       const Execution& execution = {});

}  // namespace maillage
