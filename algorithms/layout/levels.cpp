#include "algorithms/layout/levels.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t small_enough = 12;
constexpr double pull_across = 0.3;  ///< of a tie between communities, one inside pulls with 1
constexpr auto nobody = std::numeric_limits<std::uint32_t>::max();

LayoutLevel finest(GraphView g, const Partition& communities, std::span<const VertexId> members) {
    LayoutLevel level;
    for (const VertexId v : members) {
        for (const VertexId u : g.neighbours(v)) {
            const auto at = std::lower_bound(members.begin(), members.end(), u) - members.begin();
            level.targets.push_back(static_cast<std::uint32_t>(at));
            level.weights.push_back(communities[v] == communities[u] ? 1.0 : pull_across);
        }
        level.offsets.push_back(level.targets.size());
        level.community.push_back(static_cast<std::uint32_t>(index_of(communities[v])));
    }
    level.mass.assign(members.size(), 1.0);
    return level;
}

/// Vertices with few ties choose first: they have no other chance.
std::vector<std::uint32_t> fewest_ties_first(const LayoutLevel& level) {
    std::vector<std::uint32_t> order(level.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return level.offsets[a + 1] - level.offsets[a] < level.offsets[b + 1] - level.offsets[b];
    });
    return order;
}

/// Partner of every vertex, itself when it stays alone.
std::vector<std::uint32_t> match(const LayoutLevel& level, bool inside) {
    std::vector<std::uint32_t> mate(level.size(), nobody);
    std::vector<std::uint32_t> waiting(level.size(), nobody);  // beside a vertex: who found nobody
    for (const std::uint32_t v : fewest_ties_first(level)) {
        if (mate[v] != nobody) {
            continue;
        }
        std::uint32_t best = nobody;
        std::uint32_t hub = nobody;
        double best_worth = 0.0;
        double hub_weight = 0.0;
        for (auto arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
            const std::uint32_t u = level.targets[arc];
            if (inside && level.community[u] != level.community[v]) {
                continue;
            }
            const double worth = level.weights[arc] / (level.mass[u] * level.mass[v]);
            if (mate[u] == nobody && worth > best_worth) {
                best = u;
                best_worth = worth;
            }
            if (level.weights[arc] > hub_weight) {
                hub = u;
                hub_weight = level.weights[arc];
            }
        }
        if (best == nobody && hub != nobody) {
            best = waiting[hub];
            if (best == nobody || mate[best] != nobody) {
                waiting[hub] = v;
                continue;
            }
            waiting[hub] = nobody;
        }
        if (best != nobody) {
            mate[v] = best;
            mate[best] = v;
        }
    }
    for (std::uint32_t v = 0; v < mate.size(); ++v) {
        mate[v] = mate[v] == nobody ? v : mate[v];
    }
    return mate;
}

/// Merges the pairs; `level` learns where its vertices went.
LayoutLevel merged(LayoutLevel& level, const std::vector<std::uint32_t>& mate) {
    LayoutLevel next;
    level.coarser_of.resize(level.size());
    std::vector<std::uint32_t> first;
    for (std::uint32_t v = 0; v < mate.size(); ++v) {
        if (mate[v] < v) {
            level.coarser_of[v] = level.coarser_of[mate[v]];
            continue;
        }
        level.coarser_of[v] = static_cast<std::uint32_t>(first.size());
        first.push_back(v);
        next.mass.push_back(level.mass[v] + (mate[v] == v ? 0.0 : level.mass[mate[v]]));
        next.community.push_back(level.community[v]);
    }
    std::vector<std::pair<std::uint32_t, double>> row;
    for (const std::uint32_t v : first) {
        row.clear();
        const std::uint32_t own = level.coarser_of[v];
        const auto gather = [&](std::uint32_t of) {
            for (auto arc = level.offsets[of]; arc < level.offsets[of + 1]; ++arc) {
                const std::uint32_t to = level.coarser_of[level.targets[arc]];
                if (to != own) {
                    row.emplace_back(to, level.weights[arc]);
                }
            }
        };
        gather(v);
        if (mate[v] != v) {
            gather(mate[v]);
        }
        std::stable_sort(row.begin(), row.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [to, weight] : row) {
            if (next.targets.size() > next.offsets.back() && next.targets.back() == to) {
                next.weights.back() += weight;
            } else {
                next.targets.push_back(to);
                next.weights.push_back(weight);
            }
        }
        next.offsets.push_back(next.targets.size());
    }
    return next;
}

std::size_t size_after(const std::vector<std::uint32_t>& mate) {
    std::size_t left = 0;
    for (std::uint32_t v = 0; v < mate.size(); ++v) {
        left += mate[v] >= v ? 1U : 0U;
    }
    return left;
}

}  // namespace

std::vector<LayoutLevel> layout_levels(GraphView g, const Partition& communities,
                                       std::span<const VertexId> members) {
    std::vector<LayoutLevel> levels;
    levels.push_back(finest(g, communities, members));
    bool inside = true;
    while (levels.back().size() > small_enough) {
        const std::size_t size = levels.back().size();
        const std::vector<std::uint32_t> mate = match(levels.back(), inside);
        const bool helps = size_after(mate) * 20 <= size * 19;
        if (helps) {
            LayoutLevel next = merged(levels.back(), mate);
            levels.push_back(std::move(next));
        } else if (inside) {
            inside = false;
        } else {
            break;
        }
    }
    return levels;
}

}  // namespace maillage
