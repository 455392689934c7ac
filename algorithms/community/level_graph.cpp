#include "algorithms/community/level_graph.hpp"

#include "algorithms/community/neighbour_weights.hpp"

#include <limits>

namespace maillage {
namespace {

/// Arcs of the level below that a thread merges at a time.
constexpr std::uint64_t block_arcs = 1U << 15U;
/// Below it the ties between two groups can be counted in 32 bits.
constexpr double most_counted = 4e9;

/// Where blocks of merged nodes begin, each of about block_arcs arcs below, and before which place of the
/// rows: a block writes no more arcs than it reads.
struct Blocks {
    std::vector<std::uint32_t> first_node;
    std::vector<std::uint64_t> first_arc;
};

Blocks cut(const LevelGraph& level, const Buckets& buckets) {
    Blocks blocks;
    std::uint64_t arcs = 0;
    std::uint64_t next_cut = 0;
    for (std::size_t node = 0; node < buckets.size(); ++node) {
        if (arcs >= next_cut) {
            blocks.first_node.push_back(static_cast<std::uint32_t>(node));
            blocks.first_arc.push_back(arcs);
            next_cut = arcs + block_arcs;
        }
        for (const std::uint32_t v : buckets[node]) {
            arcs += level.degree(v);
        }
    }
    blocks.first_node.push_back(static_cast<std::uint32_t>(buckets.size()));
    blocks.first_arc.push_back(arcs);
    return blocks;
}

/// What is known of one arc of a level whose ties are counted.
std::uint32_t amount(const LevelGraph& level, std::uint64_t arc, std::uint32_t) noexcept {
    return level.counts == nullptr ? 1U : level.counts[arc];
}
double amount(const LevelGraph& level, std::uint64_t arc, double) noexcept {
    return level.weight(arc);
}

/// Writes the rows of merged nodes one after the other. Sum: double with weights, else std::uint32_t.
template <class Sum>
class RowWriter {
public:
    RowWriter(const LevelGraph& level, std::span<const std::uint32_t> label, LevelGraph& result, Sum* sums)
        : level_(level), label_(label), result_(result), written_(sums), sums_(result.size()) {}

    /// Answers where the row ends.
    std::uint64_t write(std::uint32_t node, std::span<const std::uint32_t> members, std::uint64_t arc) {
        std::uint64_t degrees = 0;
        double mass = 0.0;
        double inside = 0.0;
        for (const std::uint32_t v : members) {
            degrees += level_.degree(v);
            mass += level_.mass[v];
            inside += level_.inside_of(v);
        }
        sums_.clear(static_cast<std::size_t>(std::min<std::uint64_t>(degrees, result_.size())));
        double twice_inside = 0.0;
        for (const std::uint32_t v : members) {
            for (std::uint64_t a = level_.begin[v]; a < level_.end[v]; ++a) {
                const std::uint32_t other = label_[level_.target(a)];
                const Sum weight = amount(level_, a, Sum{});
                if (other == node) {
                    twice_inside += static_cast<double>(weight);
                } else {
                    sums_.add(other, weight);
                }
            }
        }
        result_.mass[node] = mass;
        result_.inside[node] = inside + twice_inside / 2.0;
        result_.own_rows[node] = arc;
        for (const std::uint32_t other : sums_.labels()) {
            result_.own_targets[arc] = static_cast<VertexId>(other);
            written_[arc] = sums_.sum(other);
            ++arc;
        }
        result_.own_rows[result_.mass.size() + node] = arc;
        return arc;
    }

private:
    const LevelGraph& level_;
    std::span<const std::uint32_t> label_;
    LevelGraph& result_;
    Sum* written_;  ///< beside result_.own_targets
    NeighbourSums<Sum> sums_;
};

/// Writes every row; `sums` has room beside result.own_targets.
template <class Sum>
void write_rows(const LevelGraph& level, std::span<const std::uint32_t> label, const Buckets& buckets,
                const Blocks& blocks, Team& team, LevelGraph& result, Sum* sums) {
    std::vector<RowWriter<Sum>> writers(team.size(), RowWriter<Sum>(level, label, result, sums));
    team.for_blocks(blocks.first_node.size() - 1, 1,
                    [&](std::size_t from, std::size_t to, std::size_t worker) {
                        for (std::size_t block = from; block < to; ++block) {
                            std::uint64_t arc = blocks.first_arc[block];
                            for (std::uint32_t node = blocks.first_node[block];
                                 node < blocks.first_node[block + 1]; ++node) {
                                arc = writers[worker].write(node, buckets[node], arc);
                            }
                        }
                    });
}

}  // namespace

double LevelGraph::value() const noexcept {
    double value = 0.0;
    for (std::size_t v = 0; v < size(); ++v) {
        value += inside_of(v) - lambda / 2.0 * mass[v] * mass[v];
    }
    return value;
}

LevelGraph level_of(GraphView g, const QualityOptions& options) {
    LevelGraph level;
    const std::size_t n = g.vertex_count();
    if (n > 0) {
        level.begin = g.offsets().first(n);
        level.end = g.offsets().subspan(1);
    }
    level.targets = g.targets().data();
    level.weights = g.weighted() ? g.weights().data() : nullptr;
    level.mass.assign(n, 1.0);
    double twice = 0.0;
    for (const VertexId v : g.vertices()) {
        const double strength = g.weighted() ? g.strength(v) : static_cast<double>(g.degree(v));
        twice += strength;
        if (options.objective == Objective::modularity) {
            level.mass[index_of(v)] = strength;
        }
    }
    level.total_weight = twice / 2.0;
    if (g.edge_count() > 0) {
        level.mean_weight = level.total_weight / static_cast<double>(g.edge_count());
        const bool modularity = options.objective == Objective::modularity;
        level.lambda = modularity ? options.resolution / (2.0 * level.total_weight) : options.resolution;
    }
    return level;
}

LevelGraph merge(const LevelGraph& level, std::span<const std::uint32_t> label, std::size_t merged,
                 Team& team) {
    const Buckets buckets = bucket(label, merged);
    const Blocks blocks = cut(level, buckets);
    LevelGraph result;
    result.lambda = level.lambda;
    result.total_weight = level.total_weight;
    result.mean_weight = level.mean_weight;
    result.mass.resize(merged);
    result.inside.resize(merged);
    result.own_rows.resize(2 * merged);
    // room for every arc below; pages that no row reaches are never touched, and so cost nothing
    result.own_targets.reset(new VertexId[blocks.first_arc.back()]);
    if (level.weights == nullptr && level.total_weight < most_counted) {
        result.own_counts.reset(new std::uint32_t[blocks.first_arc.back()]);
        write_rows(level, label, buckets, blocks, team, result, result.own_counts.get());
    } else {
        result.own_weights.reset(new double[blocks.first_arc.back()]);
        write_rows(level, label, buckets, blocks, team, result, result.own_weights.get());
    }
    result.begin = std::span(result.own_rows).first(merged);
    result.end = std::span(result.own_rows).subspan(merged);
    result.targets = result.own_targets.get();
    result.weights = result.own_weights.get();
    result.counts = result.own_counts.get();
    return result;
}

std::size_t renumber(std::vector<std::uint32_t>& label) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t highest = 0;
    for (const std::uint32_t l : label) {
        highest = std::max(highest, l);
    }
    std::vector<std::uint32_t> name(label.empty() ? 0 : std::size_t{highest} + 1, unseen);
    std::uint32_t next = 0;
    for (std::uint32_t& l : label) {
        if (name[l] == unseen) {
            name[l] = next++;
        }
        l = name[l];
    }
    return next;
}

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

}  // namespace maillage
