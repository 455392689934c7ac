#include "algorithms/community/level_graph.hpp"

#include <limits>

namespace maillage {
namespace {

/// Nodes sorted by label, and where each label begins.
struct Buckets {
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> nodes;
};

Buckets bucket(std::span<const std::uint32_t> label, std::size_t labels) {
    Buckets buckets{std::vector<std::uint32_t>(labels + 1), std::vector<std::uint32_t>(label.size())};
    for (const std::uint32_t l : label) {
        ++buckets.begin[l + 1];
    }
    for (std::size_t l = 0; l < labels; ++l) {
        buckets.begin[l + 1] += buckets.begin[l];
    }
    std::vector<std::uint32_t> next(buckets.begin.begin(), buckets.begin.end() - 1);
    for (std::size_t v = 0; v < label.size(); ++v) {
        buckets.nodes[next[label[v]]++] = static_cast<std::uint32_t>(v);
    }
    return buckets;
}

}  // namespace

LevelGraph level_of(GraphView g, const QualityOptions& options) {
    LevelGraph level;
    const std::size_t n = g.vertex_count();
    level.offsets.assign(g.offsets().begin(), g.offsets().end());
    level.targets.reserve(g.targets().size());
    for (const VertexId v : g.targets()) {
        level.targets.push_back(static_cast<std::uint32_t>(v));
    }
    if (g.weighted()) {
        level.weights.assign(g.weights().begin(), g.weights().end());
    } else {
        level.weights.assign(g.targets().size(), 1.0);
    }
    level.inside.assign(n, 0.0);
    level.outside.reserve(n);
    for (const VertexId v : g.vertices()) {
        level.outside.push_back(g.strength(v));
    }
    const bool modularity = options.objective == Objective::modularity;
    level.mass = modularity ? level.outside : std::vector<double>(n, 1.0);
    level.total_weight = g.total_weight();
    if (g.edge_count() > 0) {
        level.mean_weight = level.total_weight / static_cast<double>(g.edge_count());
        level.lambda = modularity ? options.resolution / (2.0 * level.total_weight) : options.resolution;
    }
    return level;
}

LevelGraph merge(const LevelGraph& level, std::span<const std::uint32_t> label, std::size_t merged) {
    const Buckets buckets = bucket(label, merged);
    LevelGraph result;
    result.offsets.reserve(merged + 1);
    result.offsets.push_back(0);
    result.mass.assign(merged, 0.0);
    result.inside.assign(merged, 0.0);
    result.outside.assign(merged, 0.0);
    result.lambda = level.lambda;
    result.total_weight = level.total_weight;
    result.mean_weight = level.mean_weight;

    constexpr auto unseen = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> place(merged, unseen);  // of a neighbour in the row being written
    for (std::size_t node = 0; node < merged; ++node) {
        const std::uint64_t row = result.targets.size();
        double twice_inside = 0.0;
        for (std::uint32_t i = buckets.begin[node]; i < buckets.begin[node + 1]; ++i) {
            const std::uint32_t v = buckets.nodes[i];
            result.mass[node] += level.mass[v];
            result.inside[node] += level.inside[v];
            for (std::uint64_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
                const std::uint32_t other = label[level.targets[arc]];
                const double weight = level.weights[arc];
                if (other == node) {
                    twice_inside += weight;
                    continue;
                }
                result.outside[node] += weight;
                if (place[other] == unseen) {
                    place[other] = result.targets.size();
                    result.targets.push_back(other);
                    result.weights.push_back(weight);
                } else {
                    result.weights[place[other]] += weight;
                }
            }
        }
        result.inside[node] += twice_inside / 2.0;
        for (std::uint64_t arc = row; arc < result.targets.size(); ++arc) {
            place[result.targets[arc]] = unseen;
        }
        result.offsets.push_back(result.targets.size());
    }
    return result;
}

std::size_t renumber(std::vector<std::uint32_t>& label) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> name;
    std::uint32_t used = 0;
    for (std::uint32_t& l : label) {
        if (l >= name.size()) {
            name.resize(std::size_t{l} + 1, unseen);
        }
        if (name[l] == unseen) {
            name[l] = used++;
        }
        l = name[l];
    }
    return used;
}

}  // namespace maillage
