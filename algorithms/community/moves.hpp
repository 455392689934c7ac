#pragma once

#include "engine/random.hpp"
#include "engine/team.hpp"

#include "algorithms/community/level_graph.hpp"

#include <cstdint>
#include <vector>

namespace maillage {

/// A partition of a level's nodes that is changed one node at a time, with what a change is worth.
///
/// Definition  value = sum over communities of L_c - lambda / 2 * M_c^2, in the unit of the weights, with
///             M_c the mass of c; value / m is the quality of quality.hpp, for both objectives.
/// Law         after move(v, c), value() has grown by what gain(v, c) answered before (up to rounding).
class Moves {
public:
    /// community[v] < level.size(). The level must outlive this.
    Moves(const LevelGraph& level, std::vector<std::uint32_t> community);

    [[nodiscard]] const LevelGraph& level() const noexcept { return *level_; }
    [[nodiscard]] const std::vector<std::uint32_t>& communities() const noexcept { return community_; }
    [[nodiscard]] std::uint32_t community(std::size_t v) const noexcept { return community_[v]; }
    [[nodiscard]] double mass(std::uint32_t community) const noexcept { return mass_[community]; }
    [[nodiscard]] std::uint32_t members(std::uint32_t community) const noexcept {
        return members_[community];
    }
    /// Communities that are not empty.
    [[nodiscard]] std::size_t count() const noexcept { return level_->size() - free_.size(); }

    /// From the definition, O(V + E).
    [[nodiscard]] double value() const;
    /// What v's membership of c is worth to v alone, when its ties to the other members of c weigh
    /// `weight`: weight - lambda * mass(v) * mass(c without v). Being alone is worth 0.
    [[nodiscard]] double affinity(std::size_t v, std::uint32_t c, double weight) const noexcept {
        const double own = community_[v] == c ? level_->mass[v] : 0.0;
        return weight - level_->lambda * level_->mass[v] * (mass_[c] - own);
    }
    /// How much value() grows when v moves to c. O(degree).
    [[nodiscard]] double gain(std::size_t v, std::uint32_t c) const;
    void move(std::size_t v, std::uint32_t c);
    /// Numbers the communities that are not empty 0 .. count()-1, in order of their first nodes: what is kept
    /// by community is then near together. O(nodes).
    void compact();
    /// A community without members, for a node that leaves; only when count() < number of nodes.
    [[nodiscard]] std::uint32_t empty_community() const noexcept { return free_.back(); }
    [[nodiscard]] bool alone(std::size_t v) const noexcept { return members_[community_[v]] == 1; }

private:
    const LevelGraph* level_;
    std::vector<std::uint32_t> community_;
    std::vector<double> mass_;  ///< of communities; read for every neighbour, so it stands alone
    std::vector<std::uint32_t> members_;
    std::vector<std::uint32_t> free_;  ///< empty communities; the last one is handed out next
};

/// When local moving may end before no node can move.
struct MovingLimits {
    /// Share of the nodes: a round that moves fewer ends it. 0: until no node moves.
    double moved_share = 0.0;
    std::uint32_t rounds = 1000;
};

/// Moves nodes to the neighbouring (or an empty) community where they are worth most: every node once, in
/// random order, then in rounds those whose neighbours moved, until none is left. A gain counts when it
/// exceeds the noise of its sums, 1e-11 of the node's ties.
///
/// Parallel    A round of many nodes is cut into batches. A batch decides against the partition as the batch
///             before left it, all nodes at once; then its moves are made one after the other, each only if
///             it still gains with the masses of that moment and its new community has not emptied. The
///             batches depend on the nodes alone, so the result does not depend on the team. Rounds of few
///             nodes decide one by one.
/// Source      V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
///             well-connected communities", Scientific Reports 9, 5233, 2019, algorithm A.2, MoveNodesFast;
///             deterministic sub-rounds: L. Gottesbüren, M. Hamann, "Deterministic parallel hypergraph
///             partitioning", Euro-Par 2022.
void move_nodes(Moves& moves, Rng rng, const MovingLimits& limits, Team& team);

}  // namespace maillage
