#include "algorithms/community/infomap.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/community/serial_leiden.hpp"

#include <cmath>
#include <string>

namespace maillage {
namespace {

constexpr std::size_t many_ties = 100'000;

double plogp(double x) noexcept {
    return x > 0.0 ? x * std::log2(x) : 0.0;
}

/// The map equation without the part that no partition changes, negative, as an objective of serial_leiden.hpp.
/// Weights are shares of 2m.
struct WalkObjective {
    struct Mass {
        double flow = 0.0;
        double cut = 0.0;
    };
    [[nodiscard]] static Mass join(const Mass& set, const Mass& node, double w) noexcept {
        return {set.flow + node.flow, set.cut + node.cut - 2.0 * w};
    }
    [[nodiscard]] static Mass leave(const Mass& set, const Mass& node, double w) noexcept {
        return {set.flow - node.flow, set.cut - node.cut + 2.0 * w};
    }
    [[nodiscard]] static double term(const Mass& set) noexcept {
        return 2.0 * plogp(set.cut) - plogp(set.cut + set.flow);
    }
    [[nodiscard]] static double shared(const Mass& set) noexcept { return set.cut; }
    [[nodiscard]] static double whole(double cuts) noexcept { return -plogp(cuts); }
};

struct Walk {
    serial::Rows rows;
    std::vector<WalkObjective::Mass> masses;
};

Walk walk_of(GraphView g) {
    Walk walk;
    const double two_m = 2.0 * g.total_weight();
    walk.rows.offsets.assign(g.offsets().begin(), g.offsets().end());
    if (walk.rows.offsets.empty()) {
        walk.rows.offsets.push_back(0);
    }
    for (std::size_t arc = 0; arc < g.targets().size(); ++arc) {
        walk.rows.targets.push_back(static_cast<std::uint32_t>(g.targets()[arc]));
        walk.rows.weights.push_back(g.arc_weight(arc) / two_m);
    }
    for (const VertexId v : g.vertices()) {
        const double flow = g.degree(v) == 0 ? 0.0 : g.strength(v) / two_m;
        walk.masses.push_back({flow, flow});
    }
    return walk;
}

InfomapRun run_once(GraphView g, const Walk& walk, const InfomapOptions& options, const Rng& rng) {
    std::vector<std::uint32_t> community(g.vertex_count());
    std::iota(community.begin(), community.end(), 0U);
    InfomapRun run;
    if (g.edge_count() > 0) {
        const WalkObjective objective;
        double before = serial::State<WalkObjective>(objective, walk.rows, walk.masses, community).value();
        run.converged = false;
        for (std::uint32_t i = 0; i < options.max_iterations && !run.converged; ++i) {
            const double after = serial::iterate(objective, walk.rows, walk.masses, community, rng.fork(i));
            run.saved.push_back(after - before);
            before = after;
            run.converged = run.saved.back() <= *options.min_saving;
        }
    }
    run.partition = Partition(community);
    run.codelength = map_equation(g, run.partition).codelength;
    return run;
}

}  // namespace

void validate(const InfomapOptions& options) {
    if (options.runs > 1000) {
        throw OptionError("runs", "must be at most 1000");
    }
    if (options.max_iterations == 0) {
        throw OptionError("max-iterations", "must be at least 1");
    }
    if (options.min_saving && !(*options.min_saving >= 0.0 && std::isfinite(*options.min_saving))) {
        throw OptionError("min-saving", "must be a number, 0 or more");
    }
}

MapEquation map_equation(GraphView g, const Partition& partition) {
    if (partition.vertex_count() != g.vertex_count()) {
        throw Error("a partition of " + std::to_string(partition.vertex_count()) +
                    " vertices for a graph of " + std::to_string(g.vertex_count()));
    }
    MapEquation result;
    result.modules.assign(partition.community_count(), 0.0);
    if (g.edge_count() == 0) {
        return result;
    }
    const double two_m = 2.0 * g.total_weight();
    std::vector<double> flow(partition.community_count(), 0.0);
    std::vector<double> cut(partition.community_count(), 0.0);
    for (const VertexId v : g.vertices()) {
        const std::size_t c = index_of(partition[v]);
        const double strength = g.strength(v) / two_m;
        flow[c] += strength;
        result.modules[c] -= plogp(strength);
        result.one_module -= plogp(strength);
        const auto weights = g.weights(v);
        const auto neighbours = g.neighbours(v);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            if (partition[neighbours[i]] != partition[v]) {
                cut[c] += tie_weight(weights, i) / two_m;
            }
        }
    }
    double cuts = 0.0;
    for (std::size_t c = 0; c < cut.size(); ++c) {
        cuts += cut[c];
        result.index -= plogp(cut[c]);
        result.modules[c] += plogp(cut[c] + flow[c]) - plogp(cut[c]);
    }
    result.index += plogp(cuts);
    result.codelength = result.index;
    for (const double module : result.modules) {
        result.codelength += module;
    }
    return result;
}

InfomapResult infomap(GraphView g, const InfomapOptions& options, const Execution& execution) {
    validate(options);
    InfomapResult result;
    result.options = options;
    const bool large = g.edge_count() >= many_ties;
    if (options.runs == 0) {
        result.options.runs = large ? 2 : 10;
    }
    result.options.min_saving = options.min_saving.value_or(large ? 1e-3 : 1e-10);
    result.runs.resize(result.options.runs);
    const Walk walk = walk_of(g);
    const Rng rng(options.seed);
    for_chunks(result.runs.size(), 1, execution, "communities",
               [&](std::size_t run, std::size_t, std::size_t, std::size_t) {
                   result.runs[run] = run_once(g, walk, result.options, rng.fork(run));
               });
    for (std::size_t run = 1; run < result.runs.size(); ++run) {
        if (score_key(result.runs[run].codelength) < score_key(result.kept().codelength)) {
            result.best = run;
        }
    }
    return result;
}

}  // namespace maillage
