#include "algorithms/community/refine.hpp"

#include "algorithms/community/neighbour_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace maillage {
namespace {

/// Nodes that a thread divides at a time, or one community that has more.
constexpr std::size_t block_nodes = 2048;
/// Relative to the best gain in units of theta: what is less likely than exp(-this) is never drawn.
constexpr double out_of_reach = 40.0;

struct Candidate {
    std::uint32_t part;
    double gain;
};

/// The parts that refinement is making, one per node at first; a part has the number of its first node.
struct Growing {
    std::vector<std::uint32_t> part;
    std::vector<double> mass;
    std::vector<double> cut;           ///< weight from the part to the rest of its community
    std::vector<std::uint8_t> joined;  ///< the node is in a part of several

    explicit Growing(const LevelGraph& level)
        : part(level.size()), mass(level.mass), cut(level.size(), 0.0), joined(level.size(), 0) {}

    void join(std::uint32_t v, std::uint32_t target, double weight) noexcept {
        part[v] = target;
        mass[target] += mass[v];
        cut[target] += cut[v] - 2.0 * weight;
        joined[v] = 1;
        joined[target] = 1;
    }
};

/// Draws a part with probability proportional to exp(gain / unit); the list is not empty.
std::uint32_t draw(std::vector<Candidate>& candidates, double unit, Rng& rng) {
    const auto best =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Candidate& a, const Candidate& b) { return a.gain < b.gain; });
    const double least = best->gain - out_of_reach * unit;
    const Candidate first = *best;
    std::erase_if(candidates, [least](const Candidate& c) { return c.gain < least; });
    if (candidates.size() == 1) {
        return first.part;
    }
    double total = 0.0;
    for (Candidate& c : candidates) {
        total += std::exp((c.gain - first.gain) / unit);
        c.gain = total;  // from here on the cumulated probability
    }
    const double drawn = rng.uniform01() * total;
    const auto chosen = std::find_if(candidates.begin(), candidates.end(),
                                     [drawn](const Candidate& c) { return drawn < c.gain; });
    return chosen == candidates.end() ? candidates.back().part : chosen->part;
}

/// Divides communities one after the other, in arrays it shares with others that divide other communities.
class Divider {
public:
    Divider(const Moves& moves, double unit, Growing& growing)
        : moves_(moves), level_(moves.level()), unit_(unit), growing_(growing), around_(level_.size()) {}

    void divide(std::span<const std::uint32_t> members, Rng rng) {
        order_.assign(members.begin(), members.end());
        for (const std::uint32_t v : order_) {
            growing_.part[v] = v;
            growing_.cut[v] = weight_inside(v);
        }
        if (order_.size() == 1) {
            return;
        }
        rng.shuffle(std::span(order_));
        for (const std::uint32_t v : order_) {
            if (growing_.joined[v] == 0 && growing_.cut[v] > 0.0 && well_connected(v, growing_.cut[v])) {
                place(v, rng);
            }
        }
    }

private:
    double weight_inside(std::uint32_t v) const {
        const std::uint32_t community = moves_.community(v);
        double inside = 0.0;
        for (std::uint64_t arc = level_.begin[v]; arc < level_.end[v]; ++arc) {
            if (moves_.community(level_.target(arc)) == community) {
                inside += level_.weight(arc);
            }
        }
        return inside;
    }
    /// The ties of v's part, or another of its community, to the rest are no weaker than the null term.
    bool well_connected(std::uint32_t part, double weight) const {
        const double mass = growing_.mass[part];
        const double rest = moves_.mass(moves_.community(part)) - mass;
        return growing_.cut[part] + 1e-11 * weight >= level_.lambda * mass * rest;
    }
    void place(std::uint32_t v, Rng& rng) {
        const std::uint32_t community = moves_.community(v);
        around_.clear(static_cast<std::size_t>(level_.degree(v)));
        for (std::uint64_t arc = level_.begin[v]; arc < level_.end[v]; ++arc) {
            const std::uint32_t other = level_.target(arc);
            if (moves_.community(other) == community) {
                around_.add(growing_.part[other], level_.weight(arc));
            }
        }
        const double noise = 1e-11 * growing_.cut[v];
        const double pull = level_.lambda * level_.mass[v];
        candidates_.assign(1, {v, 0.0});  // it may stay alone
        for (const std::uint32_t part : around_.labels()) {
            const double gain = around_[part] - pull * growing_.mass[part];
            if (gain >= -noise && well_connected(part, growing_.cut[v])) {
                candidates_.push_back({part, std::max(0.0, gain)});
            }
        }
        const std::uint32_t chosen = draw(candidates_, unit_, rng);
        if (chosen != v) {
            growing_.join(v, chosen, around_[chosen]);
        }
    }

    const Moves& moves_;
    const LevelGraph& level_;
    double unit_;
    Growing& growing_;
    NeighbourWeights around_;
    std::vector<std::uint32_t> order_;
    std::vector<Candidate> candidates_;
};

/// First communities of blocks with about block_nodes nodes each; ends with the number of communities.
std::vector<std::uint32_t> cut(const Buckets& communities) {
    std::vector<std::uint32_t> first;
    std::size_t next = 0;
    for (std::uint32_t c = 0; c < communities.size(); ++c) {
        if (communities.begin[c] >= next) {
            first.push_back(c);
            next = communities.begin[c] + block_nodes;
        }
    }
    first.push_back(static_cast<std::uint32_t>(communities.size()));
    return first;
}

/// Numbers parts that bear the number of any one node, community after community.
Parts number(const Buckets& communities, const std::vector<std::uint32_t>& part) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> name(part.size(), unseen);
    Parts parts;
    parts.label.resize(part.size());
    std::uint32_t filled = 0;  // communities that are not empty
    for (std::size_t c = 0; c < communities.size(); ++c) {
        const auto members = communities[c];
        for (const std::uint32_t v : members) {
            std::uint32_t& label = name[part[v]];
            if (label == unseen) {
                label = static_cast<std::uint32_t>(parts.community.size());
                parts.community.push_back(filled);
            }
            parts.label[v] = label;
        }
        filled += members.empty() ? 0U : 1U;
    }
    return parts;
}

}  // namespace

Parts refine(const Moves& moves, double randomness, Rng rng, Team& team) {
    const LevelGraph& level = moves.level();
    const Buckets communities = bucket(moves.communities(), level.size());
    const std::vector<std::uint32_t> first = cut(communities);
    Growing growing(level);
    std::vector<Divider> dividers(team.size(), Divider(moves, randomness * level.mean_weight, growing));
    team.for_blocks(first.size() - 1, 1, [&](std::size_t from, std::size_t to, std::size_t worker) {
        for (std::uint32_t c = first[from]; c < first[to]; ++c) {
            if (!communities[c].empty()) {
                dividers[worker].divide(communities[c], rng.fork(communities[c].front()));
            }
        }
    });
    return number(communities, growing.part);
}

Parts connected_parts(const Moves& moves) {
    const LevelGraph& level = moves.level();
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> part(level.size(), unseen);
    std::vector<std::uint32_t> stack;
    for (std::uint32_t start = 0; start < level.size(); ++start) {
        if (part[start] != unseen) {
            continue;
        }
        part[start] = start;
        stack.assign(1, start);
        while (!stack.empty()) {
            const std::uint32_t v = stack.back();
            stack.pop_back();
            for (std::uint64_t arc = level.begin[v]; arc < level.end[v]; ++arc) {
                const std::uint32_t other = level.target(arc);
                if (part[other] == unseen && moves.community(other) == moves.community(v)) {
                    part[other] = start;
                    stack.push_back(other);
                }
            }
        }
    }
    return number(bucket(moves.communities(), level.size()), part);
}

}  // namespace maillage
