#pragma once

#include "engine/random.hpp"

#include "algorithms/community/level_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace maillage {

/// Weights from one node to the communities around it: a dense table that is emptied by what was touched.
class CommunityWeights {
public:
    explicit CommunityWeights(std::size_t communities) : weight_(communities, 0.0) {}
    void add(std::uint32_t community, double weight) {
        if (weight_[community] == 0.0) {
            touched_.push_back(community);
        }
        weight_[community] += weight;
    }
    [[nodiscard]] double operator[](std::uint32_t community) const noexcept { return weight_[community]; }
    /// In the order they were first added.
    [[nodiscard]] const std::vector<std::uint32_t>& touched() const noexcept { return touched_; }
    void clear() noexcept {
        for (const std::uint32_t community : touched_) {
            weight_[community] = 0.0;
        }
        touched_.clear();
    }

private:
    std::vector<double> weight_;
    std::vector<std::uint32_t> touched_;
};

/// A partition of a level's nodes that is changed one node at a time, with what a change is worth.
///
/// Definition  value = sum over communities of L_c - lambda / 2 * M_c^2, in the unit of the weights, with
///             M_c the mass of c; value / m is the quality of quality.hpp, for both objectives.
/// Law         after move(v, c), value() has grown by what gain(v, c) answered before (up to rounding).
class Moves {
public:
    /// community[v] < level.size(). The level must outlive this.
    Moves(const LevelGraph& level, std::vector<std::uint32_t> community);

    [[nodiscard]] const std::vector<std::uint32_t>& communities() const noexcept { return community_; }
    [[nodiscard]] std::uint32_t community(std::size_t v) const noexcept { return community_[v]; }
    [[nodiscard]] double mass(std::uint32_t community) const noexcept { return mass_[community]; }
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
    /// A community without members, for a node that leaves; only when count() < number of nodes.
    [[nodiscard]] std::uint32_t empty_community() const noexcept { return free_.back(); }
    [[nodiscard]] bool alone(std::size_t v) const noexcept { return members_[community_[v]] == 1; }

private:
    const LevelGraph* level_;
    std::vector<std::uint32_t> community_;
    std::vector<double> mass_;
    std::vector<std::uint32_t> members_;
    std::vector<std::uint32_t> free_;  ///< empty communities; the last one is handed out next
};

/// Moves nodes to the neighbouring (or an empty) community where they are worth most until no single
/// move gains: every node once in random order, then those whose neighbours moved. Answers the sum of
/// the gains it took. A gain counts when it exceeds the noise of its sums, 1e-11 of the node's ties.
///
/// Source  V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
///         well-connected communities", Scientific Reports 9, 5233, 2019, algorithm A.2, MoveNodesFast.
double move_nodes(const LevelGraph& level, Moves& moves, Rng rng);

/// The least gain of a node that is not noise.
[[nodiscard]] inline double noise(const LevelGraph& level, std::size_t v) noexcept {
    return 1e-11 * level.outside[v];
}

}  // namespace maillage
