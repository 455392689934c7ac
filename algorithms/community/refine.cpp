#include "algorithms/community/refine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace maillage {
namespace {

/// The parts that refinement is making, one per node at first.
struct Parts {
    std::vector<std::uint32_t> part;
    std::vector<double> mass;
    std::vector<double> cut;  ///< weight from the part to the rest of its community
    std::vector<std::uint32_t> size;
};

Parts single_nodes(const LevelGraph& level, const Moves& moves) {
    Parts parts{std::vector<std::uint32_t>(level.size()), level.mass, std::vector<double>(level.size(), 0.0),
                std::vector<std::uint32_t>(level.size(), 1)};
    std::iota(parts.part.begin(), parts.part.end(), 0U);
    for (std::size_t v = 0; v < level.size(); ++v) {
        for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            if (moves.community(level.targets[arc]) == moves.community(v)) {
                parts.cut[v] += level.weights[arc];
            }
        }
    }
    return parts;
}

/// A part may be joined when its ties to the rest of the community are no weaker than the null term.
bool well_connected(const LevelGraph& level, const Parts& parts, std::uint32_t part, double community_mass,
                    double slack) {
    const double mass = parts.mass[part];
    return parts.cut[part] + slack >= level.lambda * mass * (community_mass - mass);
}

struct Candidate {
    std::uint32_t part;
    double gain;
};

/// Draws a candidate; the list is not empty.
std::uint32_t draw(std::vector<Candidate>& candidates, double unit, Rng& rng) {
    double best = 0.0;
    for (const Candidate& c : candidates) {
        best = std::max(best, c.gain);
    }
    double total = 0.0;
    for (Candidate& c : candidates) {
        total += std::exp((c.gain - best) / unit);
        c.gain = total;  // from here on the cumulated probability
    }
    const double drawn = rng.uniform01() * total;
    const auto chosen = std::find_if(candidates.begin(), candidates.end(),
                                     [drawn](const Candidate& c) { return drawn < c.gain; });
    return chosen == candidates.end() ? candidates.back().part : chosen->part;
}

void join(Parts& parts, std::uint32_t v, std::uint32_t target, double weight) {
    parts.part[v] = target;
    parts.mass[target] += parts.mass[v];
    parts.cut[target] += parts.cut[v] - 2.0 * weight;
    parts.size[target] += 1;
    parts.size[v] = 0;
}

}  // namespace

std::vector<std::uint32_t> refine(const LevelGraph& level, const Moves& moves, double randomness, Rng rng) {
    Parts parts = single_nodes(level, moves);
    std::vector<std::uint32_t> order(level.size());
    std::iota(order.begin(), order.end(), 0U);
    rng.shuffle(std::span(order));
    CommunityWeights weight_to(level.size());
    std::vector<Candidate> candidates;
    const double unit = randomness * level.mean_weight;
    for (const std::uint32_t v : order) {
        const bool still_alone = parts.part[v] == v && parts.size[v] == 1;
        const std::uint32_t community = moves.community(v);
        const double slack = noise(level, v);
        if (!still_alone || parts.cut[v] == 0.0 ||
            !well_connected(level, parts, v, moves.mass(community), slack)) {
            continue;
        }
        weight_to.clear();
        for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            const std::uint32_t other = level.targets[arc];
            if (moves.community(other) == community) {
                weight_to.add(parts.part[other], level.weights[arc]);
            }
        }
        candidates.assign(1, {v, 0.0});  // it may stay alone
        for (const std::uint32_t part : weight_to.touched()) {
            const double gain = weight_to[part] - level.lambda * level.mass[v] * parts.mass[part];
            if (gain >= -slack && well_connected(level, parts, part, moves.mass(community), slack)) {
                candidates.push_back({part, std::max(0.0, gain)});
            }
        }
        const std::uint32_t chosen = draw(candidates, unit, rng);
        if (chosen != v) {
            join(parts, v, chosen, weight_to[chosen]);
        }
    }
    renumber(parts.part);
    return std::move(parts.part);
}

std::vector<std::uint32_t> connected_parts(const LevelGraph& level, const Moves& moves) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> part(level.size(), unseen);
    std::vector<std::uint32_t> stack;
    std::uint32_t parts = 0;
    for (std::uint32_t start = 0; start < level.size(); ++start) {
        if (part[start] != unseen) {
            continue;
        }
        part[start] = parts;
        stack.assign(1, start);
        while (!stack.empty()) {
            const std::uint32_t v = stack.back();
            stack.pop_back();
            for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
                const std::uint32_t other = level.targets[arc];
                if (part[other] == unseen && moves.community(other) == moves.community(v)) {
                    part[other] = parts;
                    stack.push_back(other);
                }
            }
        }
        ++parts;
    }
    return part;
}

}  // namespace maillage
