#pragma once

#include "engine/random.hpp"

#include "algorithms/community/level_graph.hpp"
#include "algorithms/community/neighbour_weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

/// Leiden's scheme for objectives that are not a Potts model (leiden.hpp has those, faster): moving, refining,
/// merging, again until nothing merges. Not for use outside this folder and its tests.
///
/// An Objective tells what a set of nodes is worth:
///   Mass                    what it must know of a set of nodes; of a node too
///   join(set, node, w)      the set with a node whose ties to it weigh w
///   leave(set, node, w)     the set without one of its nodes, whose ties to the others weigh w
///   term(set), shared(set)  value = sum of term(c) + whole(sum of shared(c)); to be made as large as possible
///   whole(sum)
/// The mass of a merged node is that of the set of its nodes.
namespace maillage::serial {

struct Rows {
    std::vector<std::uint64_t> offsets{0};
    std::vector<std::uint32_t> targets;
    std::vector<double> weights;

    [[nodiscard]] std::size_t size() const noexcept { return offsets.size() - 1; }
};

/// Sums up the ties between labels 0 .. labels-1; those inside a label are dropped.
[[nodiscard]] inline Rows merge_rows(const Rows& rows, const std::vector<std::uint32_t>& label,
                                     std::size_t labels) {
    const Buckets buckets = bucket(label, labels);
    NeighbourWeights around(labels);
    Rows merged;
    for (std::uint32_t node = 0; node < labels; ++node) {
        around.clear(labels);
        for (const std::uint32_t v : buckets[node]) {
            for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
                if (label[rows.targets[arc]] != node) {
                    around.add(label[rows.targets[arc]], rows.weights[arc]);
                }
            }
        }
        for (const std::uint32_t other : around.labels()) {
            merged.targets.push_back(other);
            merged.weights.push_back(around[other]);
        }
        merged.offsets.push_back(merged.targets.size());
    }
    return merged;
}

/// A partition of nodes under moves, with what a move is worth.
template <class Objective>
class State {
public:
    using Mass = typename Objective::Mass;

    State(const Objective& objective, const Rows& rows, const std::vector<Mass>& node,
          std::vector<std::uint32_t> community)
        : objective_(&objective),
          node_(&node),
          community_(std::move(community)),
          set_(node.size()),
          members_(node.size(), 0) {
        for (std::uint32_t v = 0; v < node.size(); ++v) {
            double to_members = 0.0;
            for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
                if (rows.targets[arc] < v && community_[rows.targets[arc]] == community_[v]) {
                    to_members += rows.weights[arc];
                }
            }
            const std::uint32_t c = community_[v];
            set_[c] = members_[c] == 0 ? node[v] : objective.join(set_[c], node[v], to_members);
            ++members_[c];
        }
        for (std::size_t c = node.size(); c-- > 0;) {
            if (members_[c] == 0) {
                free_.push_back(static_cast<std::uint32_t>(c));
            } else {
                shared_ += objective.shared(set_[c]);
            }
        }
    }

    [[nodiscard]] std::uint32_t community(std::size_t v) const noexcept { return community_[v]; }
    [[nodiscard]] const std::vector<std::uint32_t>& communities() const noexcept { return community_; }
    [[nodiscard]] std::size_t count() const noexcept { return community_.size() - free_.size(); }
    [[nodiscard]] std::uint32_t members(std::uint32_t c) const noexcept { return members_[c]; }
    [[nodiscard]] std::uint32_t empty_community() const noexcept { return free_.back(); }
    [[nodiscard]] double value() const {
        double value = objective_->whole(shared_);
        for (std::size_t c = 0; c < set_.size(); ++c) {
            value += members_[c] == 0 ? 0.0 : objective_->term(set_[c]);
        }
        return value;
    }
    /// How much value() grows when v moves from its community, to whose others its ties weigh `from`, to the
    /// community c, to whose members they weigh `to`. c may be empty.
    [[nodiscard]] double gain(std::uint32_t v, double from, std::uint32_t c, double to) const {
        const Mass& old_from = set_[community_[v]];
        const Mass& node = (*node_)[v];
        double before = objective_->term(old_from);
        double after = 0.0;
        double shared = shared_ - objective_->shared(old_from);
        if (members_[community_[v]] > 1) {
            const Mass left = objective_->leave(old_from, node, from);
            after += objective_->term(left);
            shared += objective_->shared(left);
        }
        Mass joined = node;
        if (members_[c] > 0) {
            joined = objective_->join(set_[c], node, to);
            before += objective_->term(set_[c]);
            shared -= objective_->shared(set_[c]);
        }
        after += objective_->term(joined);
        shared += objective_->shared(joined);
        return after - before + objective_->whole(shared) - objective_->whole(shared_);
    }
    void move(std::uint32_t v, double from, std::uint32_t c, double to) {
        const std::uint32_t own = community_[v];
        const Mass& node = (*node_)[v];
        shared_ -= objective_->shared(set_[own]);
        if (--members_[own] == 0) {
            free_.push_back(own);
        } else {
            set_[own] = objective_->leave(set_[own], node, from);
            shared_ += objective_->shared(set_[own]);
        }
        if (members_[c]++ == 0) {
            if (free_.back() == c) {  // as handed out by empty_community
                free_.pop_back();
            } else {
                std::erase(free_, c);
            }
            set_[c] = node;
        } else {
            shared_ -= objective_->shared(set_[c]);
            set_[c] = objective_->join(set_[c], node, to);
        }
        shared_ += objective_->shared(set_[c]);
        community_[v] = c;
    }
    /// Masses of the communities by their labels.
    [[nodiscard]] const std::vector<Mass>& sets() const noexcept { return set_; }

private:
    const Objective* objective_;
    const std::vector<Mass>* node_;
    std::vector<std::uint32_t> community_;
    std::vector<Mass> set_;
    std::vector<std::uint32_t> members_;
    std::vector<std::uint32_t> free_;
    double shared_ = 0.0;
};

/// Moves that gain no more than this are rounding.
inline constexpr double least_gain = 1e-12;

/// Moves nodes until none of those whose neighbours moved gains.
template <class Objective>
void move_nodes(const Rows& rows, State<Objective>& state, Rng rng) {
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0U);
    rng.shuffle(std::span(order));
    std::deque<std::uint32_t> queue(order.begin(), order.end());
    std::vector<std::uint8_t> waiting(rows.size(), 1);
    NeighbourWeights around(rows.size());
    while (!queue.empty()) {
        const std::uint32_t v = queue.front();
        queue.pop_front();
        waiting[v] = 0;
        around.clear(static_cast<std::size_t>(rows.offsets[v + 1] - rows.offsets[v]));
        for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
            around.add(state.community(rows.targets[arc]), rows.weights[arc]);
        }
        const std::uint32_t own = state.community(v);
        std::uint32_t best = own;
        double best_gain = least_gain;
        for (const std::uint32_t c : around.labels()) {
            const double gain = c == own ? 0.0 : state.gain(v, around[own], c, around[c]);
            if (gain > best_gain) {
                best = c;
                best_gain = gain + least_gain;
            }
        }
        if (state.members(own) > 1) {
            const std::uint32_t empty = state.empty_community();
            if (state.gain(v, around[own], empty, 0.0) > best_gain) {
                best = empty;
            }
        }
        if (best == own) {
            continue;
        }
        state.move(v, around[own], best, around[best]);
        for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
            const std::uint32_t other = rows.targets[arc];
            if (waiting[other] == 0 && state.community(other) != best) {
                waiting[other] = 1;
                queue.push_back(other);
            }
        }
    }
}

/// Divides every community from single nodes: each node that is still alone joins the part of its community
/// where it gains most. Parts grow along ties, so each is connected. Labels are nodes.
template <class Objective>
State<Objective> refine(const Objective& objective, const Rows& rows,
                        const std::vector<typename Objective::Mass>& node,
                        const std::vector<std::uint32_t>& community, Rng rng) {
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0U);
    State<Objective> parts(objective, rows, node, order);
    rng.shuffle(std::span(order));
    NeighbourWeights around(rows.size());
    for (const std::uint32_t v : order) {
        if (parts.members(parts.community(v)) > 1) {
            continue;
        }
        around.clear(static_cast<std::size_t>(rows.offsets[v + 1] - rows.offsets[v]));
        for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
            if (community[rows.targets[arc]] == community[v]) {
                around.add(parts.community(rows.targets[arc]), rows.weights[arc]);
            }
        }
        std::uint32_t best = parts.community(v);
        double best_gain = least_gain;
        for (const std::uint32_t part : around.labels()) {
            const double gain = parts.gain(v, 0.0, part, around[part]);
            if (gain > best_gain) {
                best = part;
                best_gain = gain;
            }
        }
        if (best != parts.community(v)) {
            parts.move(v, 0.0, best, around[best]);
        }
    }
    return parts;
}

/// Labels of the connected parts of communities: the number of one node each.
[[nodiscard]] inline std::vector<std::uint32_t> connected_labels(
    const Rows& rows, const std::vector<std::uint32_t>& community) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> part(rows.size(), unseen);
    std::vector<std::uint32_t> stack;
    for (std::uint32_t start = 0; start < rows.size(); ++start) {
        if (part[start] != unseen) {
            continue;
        }
        part[start] = start;
        stack.assign(1, start);
        while (!stack.empty()) {
            const std::uint32_t v = stack.back();
            stack.pop_back();
            for (std::uint64_t arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) {
                const std::uint32_t other = rows.targets[arc];
                if (part[other] == unseen && community[other] == community[v]) {
                    part[other] = start;
                    stack.push_back(other);
                }
            }
        }
    }
    return part;
}

/// One iteration from `community` (labels below the number of nodes), which becomes its result; answers the
/// value reached.
template <class Objective>
double iterate(const Objective& objective, const Rows& first,
               const std::vector<typename Objective::Mass>& masses, std::vector<std::uint32_t>& community,
               const Rng& rng) {
    Rows rows = first;
    std::vector<typename Objective::Mass> node = masses;
    std::vector<std::uint32_t> node_of(first.size());
    std::iota(node_of.begin(), node_of.end(), 0U);
    std::vector<std::uint32_t> start = community;
    for (std::uint64_t depth = 0;; ++depth) {
        State<Objective> state(objective, rows, node, std::move(start));
        const Rng here = rng.fork(depth);
        move_nodes(rows, state, here.fork(0));
        if (state.count() == rows.size()) {
            community = std::move(node_of);
            return state.value();
        }
        State<Objective> parts = refine(objective, rows, node, state.communities(), here.fork(1));
        if (parts.count() == rows.size()) {  // nothing merged: merge what is connected
            parts = State<Objective>(objective, rows, node, connected_labels(rows, state.communities()));
        }
        std::vector<std::uint32_t> label = parts.communities();
        const std::size_t merged = renumber(label);
        std::vector<typename Objective::Mass> merged_node(merged);
        start.assign(merged, 0);
        for (std::size_t v = 0; v < label.size(); ++v) {
            merged_node[label[v]] = parts.sets()[parts.community(v)];
            start[label[v]] = state.community(v);
        }
        renumber(start);
        rows = merge_rows(rows, label, merged);
        node = std::move(merged_node);
        for (std::uint32_t& n : node_of) {
            n = label[n];
        }
    }
}

}  // namespace maillage::serial
