#include "algorithms/community/moves.hpp"

#include "algorithms/community/neighbour_weights.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <limits>
#include <numeric>
#include <span>

namespace maillage {
namespace {

constexpr std::uint32_t stay = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t leave = stay - 1;  ///< to a community of its own

/// Where a node wants to go, and what it knew when it decided.
struct Choice {
    std::uint32_t to = stay;
    double advantage = 0.0;  ///< its weight to there less its weight to its own community
};

/// Sums the weights around v by community; answers their total.
double sum_around(const Moves& moves, std::size_t v, NeighbourWeights& around) {
    const LevelGraph& level = moves.level();
    around.clear(static_cast<std::size_t>(level.degree(v)));
    double total = 0.0;
    for (std::uint64_t arc = level.begin[v]; arc < level.end[v]; ++arc) {
        around.add(moves.community(level.target(arc)), level.weights[arc]);
        total += level.weights[arc];
    }
    return total;
}

double sum_around(const Moves& moves, std::size_t v, NeighbourCounts& around) {
    const LevelGraph& level = moves.level();
    around.clear(static_cast<std::size_t>(level.degree(v)));
    if (level.counts == nullptr) {
        for (std::uint64_t arc = level.begin[v]; arc < level.end[v]; ++arc) {
            around.add(moves.community(level.target(arc)), 1U);
        }
        return static_cast<double>(level.degree(v));
    }
    std::uint64_t total = 0;
    for (std::uint64_t arc = level.begin[v]; arc < level.end[v]; ++arc) {
        around.add(moves.community(level.target(arc)), level.counts[arc]);
        total += level.counts[arc];
    }
    return static_cast<double>(total);
}

template <class Sums>
Choice choose(const Moves& moves, std::size_t v, Sums& around) {
    const LevelGraph& level = moves.level();
    const double total = sum_around(moves, v, around);
    const std::uint32_t own = moves.community(v);
    const double to_own = around[own];
    const double staying = moves.affinity(v, own, to_own);
    const double pull = level.lambda * level.mass[v];
    const double noise = 1e-11 * total;
    Choice best;
    double best_gain = noise;
    for (const std::uint32_t c : around.labels()) {
        const double gain = around[c] - pull * moves.mass(c) - staying;
        if (gain > best_gain && c != own) {
            best = {c, around[c] - to_own};
            best_gain = gain + noise;
        }
    }
    if (-staying > best_gain && !moves.alone(v)) {
        best = {leave, -to_own};
    }
    return best;
}

/// One call of move_nodes().
template <class Sums>
class Moving {
public:
    Moving(Moves& moves, Team& team)
        : moves_(moves),
          level_(moves.level()),
          team_(team),
          around_(team.size(), Sums(level_.size())),
          touched_(level_.size(), 0),
          labels_(level_.size()) {}

    void run(Rng rng, const MovingLimits& limits) {
        std::vector<std::uint32_t> round(level_.size());
        std::iota(round.begin(), round.end(), 0U);
        if (round.size() < few) {
            rng.shuffle(std::span(round));
        } else {
            deal(round, rng);
        }
        const double enough = limits.moved_share * static_cast<double>(level_.size());
        for (std::uint32_t i = 0; i < limits.rounds && !round.empty(); ++i) {
            const std::size_t moved = round.size() < few ? one_by_one(round) : in_batches(round, rng);
            if (static_cast<double>(moved) < enough) {
                return;
            }
        }
    }

private:
    static constexpr std::size_t few = 8192;
    static constexpr std::size_t most_batches = 32;
    static constexpr std::size_t block = 128;  ///< nodes a thread decides at a time
    static constexpr std::uint8_t again = 255;

    /// Replaces `round` by the nodes to look at next; answers the number of moves.
    std::size_t one_by_one(std::vector<std::uint32_t>& round) {
        std::size_t moved = 0;
        std::vector<std::uint32_t> next;
        for (const std::uint32_t v : round) {
            touched_[v] = 1;  // waiting
        }
        for (const std::uint32_t v : round) {
            touched_[v] = 0;
            const Choice choice = choose(moves_, v, around_[0]);
            if (choice.to == stay) {
                continue;
            }
            const std::uint32_t to = choice.to == leave ? moves_.empty_community() : choice.to;
            moves_.move(v, to);
            ++moved;
            for (std::uint64_t arc = level_.begin[v]; arc < level_.end[v]; ++arc) {
                const std::uint32_t other = level_.target(arc);
                if (touched_[other] == 0 && moves_.community(other) != to) {
                    touched_[other] = 1;
                    next.push_back(other);
                }
            }
        }
        for (const std::uint32_t v : next) {
            touched_[v] = 0;
        }
        round = std::move(next);
        return moved;
    }

    std::size_t in_batches(std::vector<std::uint32_t>& round, Rng& rng) {
        const std::size_t size = (round.size() + most_batches - 1) / most_batches;
        std::size_t moved = 0;
        std::size_t batch = 0;
        choices_.resize(size);
        for (std::size_t begin = 0; begin < round.size(); begin += size) {
            const auto nodes = std::span(round).subspan(begin, std::min(size, round.size() - begin));
            ++batch;
            decide(nodes);
            apply(nodes);
            moved += movers_.size();
            touch_neighbours(static_cast<std::uint8_t>(batch));
        }
        collect(round, size);
        if (2 * moves_.count() < labels_) {
            moves_.compact();
            labels_ = moves_.count();
        }
        deal(round, rng);
        return moved;
    }

    void decide(std::span<const std::uint32_t> nodes) {
        team_.for_blocks(nodes.size(), block, [&](std::size_t begin, std::size_t end, std::size_t worker) {
            for (std::size_t i = begin; i < end; ++i) {
                choices_[i] = choose(moves_, nodes[i], around_[worker]);
            }
        });
    }

    void apply(std::span<const std::uint32_t> nodes) {
        movers_.clear();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            Choice choice = choices_[i];
            if (choice.to == stay) {
                continue;
            }
            const std::uint32_t v = nodes[i];
            const std::uint32_t own = moves_.community(v);
            const double pull = level_.lambda * level_.mass[v];
            double gain = choice.advantage + pull * (moves_.mass(own) - level_.mass[v]);
            if (choice.to == leave) {
                choice.to = moves_.alone(v) ? own : moves_.empty_community();
            } else {
                gain -= pull * moves_.mass(choice.to);
                if (moves_.members(choice.to) == 0) {
                    gain = 0.0;
                }
            }
            if (gain > 0.0) {
                moves_.move(v, choice.to);
                movers_.push_back(v);
            } else {
                touched_[v] = again;
            }
        }
    }

    /// Notes at the neighbours of the movers in which batch they moved: the same number from every thread.
    void touch_neighbours(std::uint8_t batch) {
        team_.for_blocks(movers_.size(), block, [&](std::size_t begin, std::size_t end, std::size_t) {
            for (std::size_t i = begin; i < end; ++i) {
                const std::uint32_t to = moves_.community(movers_[i]);
                for (std::uint64_t arc = level_.begin[movers_[i]]; arc < level_.end[movers_[i]]; ++arc) {
                    const std::uint32_t other = level_.target(arc);
                    if (moves_.community(other) != to) {
                        std::atomic_ref(touched_[other]).store(batch, std::memory_order_relaxed);
                    }
                }
            }
        });
    }

    /// The nodes that were touched in the batch that looked at them, or later: batches see the moves of
    /// those before.
    void collect(std::vector<std::uint32_t>& round, std::size_t batch_size) {
        for (std::size_t i = 0; i < round.size(); ++i) {
            if (touched_[round[i]] < i / batch_size + 1) {
                touched_[round[i]] = 0;
            }
        }
        round.clear();
        for (std::uint32_t v = 0; v < touched_.size(); ++v) {
            if (touched_[v] != 0) {
                touched_[v] = 0;
                round.push_back(v);
            }
        }
    }

    /// Neighbours often have neighbouring numbers: puts them into different batches, each in ascending order
    /// so that rows are read forwards, and the batches in random order.
    static void deal(std::vector<std::uint32_t>& round, Rng& rng) {
        std::array<std::uint32_t, most_batches> first{};
        std::iota(first.begin(), first.end(), 0U);
        rng.shuffle(std::span<std::uint32_t>(first));
        std::vector<std::uint32_t> dealt;
        dealt.reserve(round.size());
        for (const std::uint32_t begin : first) {
            for (std::size_t i = begin; i < round.size(); i += most_batches) {
                dealt.push_back(round[i]);
            }
        }
        round = std::move(dealt);
    }

    Moves& moves_;
    const LevelGraph& level_;
    Team& team_;
    std::vector<Sums> around_;           ///< by worker
    std::vector<std::uint8_t> touched_;  ///< by node
    std::vector<Choice> choices_;
    std::vector<std::uint32_t> movers_;
    std::size_t labels_;  ///< communities are numbered below this, with few exceptions
};

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
        inside += level_->inside_of(v);
        for (std::uint64_t arc = level_->begin[v]; arc < level_->end[v]; ++arc) {
            if (community_[level_->target(arc)] == community_[v]) {
                twice_between_members += level_->weight(arc);
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
    for (std::uint64_t arc = level_->begin[v]; arc < level_->end[v]; ++arc) {
        const std::uint32_t there = community_[level_->target(arc)];
        to_own += there == own ? level_->weight(arc) : 0.0;
        to_other += there == c ? level_->weight(arc) : 0.0;
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

void Moves::compact() {
    const std::size_t kept = renumber(community_);
    std::fill(mass_.begin(), mass_.end(), 0.0);
    std::fill(members_.begin(), members_.end(), 0U);
    for (std::size_t v = 0; v < level_->size(); ++v) {
        mass_[community_[v]] += level_->mass[v];
        ++members_[community_[v]];
    }
    free_.clear();
    for (std::size_t c = level_->size(); c-- > kept;) {
        free_.push_back(static_cast<std::uint32_t>(c));
    }
}

void move_nodes(Moves& moves, Rng rng, const MovingLimits& limits, Team& team) {
    if (moves.level().weights == nullptr) {
        Moving<NeighbourCounts>(moves, team).run(rng, limits);
    } else {
        Moving<NeighbourWeights>(moves, team).run(rng, limits);
    }
}

}  // namespace maillage
