#include "algorithms/community/moves.hpp"

#include <cassert>
#include <numeric>
#include <span>

namespace maillage {
namespace {

/// First in, first out, each node at most once.
class NodeQueue {
public:
    explicit NodeQueue(std::vector<std::uint32_t> nodes)
        : ring_(std::move(nodes)), waiting_(ring_.size(), 1), length_(ring_.size()) {}
    [[nodiscard]] bool empty() const noexcept { return length_ == 0; }
    std::uint32_t pop() {
        const std::uint32_t node = ring_[head_];
        head_ = head_ + 1 == ring_.size() ? 0 : head_ + 1;
        --length_;
        waiting_[node] = 0;
        return node;
    }
    void push(std::uint32_t node) {
        if (waiting_[node] != 0) {
            return;
        }
        waiting_[node] = 1;
        const std::size_t end = head_ + length_;
        ring_[end < ring_.size() ? end : end - ring_.size()] = node;
        ++length_;
    }

private:
    std::vector<std::uint32_t> ring_;
    std::vector<std::uint8_t> waiting_;
    std::size_t head_ = 0;
    std::size_t length_;
};

struct Choice {
    std::uint32_t community;
    double gain;
};

Choice best_move(const LevelGraph& level, const Moves& moves, std::size_t v,
                 const CommunityWeights& weight_to) {
    const std::uint32_t own = moves.community(v);
    const double stay = moves.affinity(v, own, weight_to[own]);
    Choice best{own, 0.0};
    const double least = noise(level, v);
    for (const std::uint32_t c : weight_to.touched()) {
        const double gain = moves.affinity(v, c, weight_to[c]) - stay;
        if (c != own && gain > best.gain + least) {
            best = {c, gain};
        }
    }
    if (!moves.alone(v) && -stay > best.gain + least) {
        best = {moves.empty_community(), -stay};
    }
    return best;
}

}  // namespace

Moves::Moves(const LevelGraph& level, std::vector<std::uint32_t> community)
    : level_(&level), community_(std::move(community)), mass_(level.size(), 0.0), members_(level.size(), 0) {
    assert(community_.size() == level.size());
    for (std::size_t v = 0; v < level.size(); ++v) {
        mass_[community_[v]] += level.mass[v];
        ++members_[community_[v]];
    }
    for (std::size_t c = level.size(); c-- > 0;) {
        if (members_[c] == 0) {
            free_.push_back(static_cast<std::uint32_t>(c));
        }
    }
}

double Moves::value() const {
    double inside = 0.0;
    double twice_between_members = 0.0;
    for (std::size_t v = 0; v < level_->size(); ++v) {
        inside += level_->inside[v];
        for (std::uint64_t arc = level_->offsets[v]; arc < level_->offsets[v + 1]; ++arc) {
            if (community_[level_->targets[arc]] == community_[v]) {
                twice_between_members += level_->weights[arc];
            }
        }
    }
    double squares = 0.0;
    for (const double mass : mass_) {
        squares += mass * mass;
    }
    return inside + (twice_between_members - level_->lambda * squares) / 2.0;
}

double Moves::gain(std::size_t v, std::uint32_t c) const {
    const std::uint32_t own = community_[v];
    if (c == own) {
        return 0.0;
    }
    double to_own = 0.0;
    double to_other = 0.0;
    for (std::uint64_t arc = level_->offsets[v]; arc < level_->offsets[v + 1]; ++arc) {
        const std::uint32_t there = community_[level_->targets[arc]];
        to_own += there == own ? level_->weights[arc] : 0.0;
        to_other += there == c ? level_->weights[arc] : 0.0;
    }
    return affinity(v, c, to_other) - affinity(v, own, to_own);
}

void Moves::move(std::size_t v, std::uint32_t c) {
    const std::uint32_t own = community_[v];
    if (c == own) {
        return;
    }
    if (members_[c] == 0) {
        if (free_.back() == c) {  // as handed out by empty_community
            free_.pop_back();
        } else {
            std::erase(free_, c);
        }
    }
    mass_[own] -= level_->mass[v];
    mass_[c] += level_->mass[v];
    ++members_[c];
    if (--members_[own] == 0) {
        mass_[own] = 0.0;  // no rounding is left behind
        free_.push_back(own);
    }
    community_[v] = c;
}

double move_nodes(const LevelGraph& level, Moves& moves, Rng rng) {
    std::vector<std::uint32_t> order(level.size());
    std::iota(order.begin(), order.end(), 0U);
    rng.shuffle(std::span(order));
    NodeQueue queue(std::move(order));
    CommunityWeights weight_to(level.size());
    double gained = 0.0;
    while (!queue.empty()) {
        const std::uint32_t v = queue.pop();
        weight_to.clear();
        for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            weight_to.add(moves.community(level.targets[arc]), level.weights[arc]);
        }
        const Choice choice = best_move(level, moves, v, weight_to);
        if (choice.community == moves.community(v)) {
            continue;
        }
        moves.move(v, choice.community);
        gained += choice.gain;
        for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            if (moves.community(level.targets[arc]) != choice.community) {
                queue.push(level.targets[arc]);
            }
        }
    }
    return gained;
}

}  // namespace maillage
