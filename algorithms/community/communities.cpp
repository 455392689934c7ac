#include "algorithms/community/communities.hpp"

namespace maillage {

namespace {

/// Infomap's runs in the form of Leiden's.
LeidenResult infomap_runs(GraphView g, const LeidenOptions& options, const Execution& execution) {
    const InfomapResult found = infomap(g, {.runs = options.runs, .seed = options.seed}, execution);
    LeidenResult result;
    result.options = options;
    result.options.runs = found.options.runs;
    result.options.max_iterations = found.options.max_iterations;
    result.options.min_gain = found.options.min_saving;
    result.options.moved_share = 0.0;
    result.best = found.best;
    result.why = g.edge_count() == 0 ? "no_edges" : "";
    for (const InfomapRun& run : found.runs) {
        LeidenRun& same = result.runs.emplace_back();
        same.partition = run.partition;
        same.gains = run.saved;
        same.stop = run.converged ? LeidenRun::Stop::converged : LeidenRun::Stop::max_iterations;
        if (g.edge_count() > 0) {
            same.quality = run.codelength;
        }
    }
    return result;
}

}  // namespace

void validate(const CommunitiesOptions& options) {
    validate(options.leiden);
    validate(options.naming);
}

CommunitiesResult find_communities(GraphView g, const Incidence& offers, const CommunitiesOptions& options,
                                   const Execution& execution) {
    validate(options);
    CommunitiesResult result;
    result.options = options;
    if (options.method == Method::infomap) {
        result.leiden = infomap_runs(g, options.leiden, execution);
        result.map_equation = map_equation(g, result.partition());
        result.quality.why = g.edge_count() == 0 ? "no_edges" : "other_objective";
    } else {
        result.leiden = leiden(g, options.leiden, execution);
        result.quality = quality(g, result.partition(), options.leiden.quality);
    }
    result.options.leiden = result.leiden.options;
    result.profile = profile(g, result.partition());
    std::vector<Partition> runs;
    runs.reserve(result.leiden.runs.size());
    for (const LeidenRun& run : result.leiden.runs) {
        runs.push_back(run.partition);
    }
    result.stability = stability(g, runs, result.leiden.best, execution);
    result.names = name_communities(result.partition(), offers, options.naming);
    return result;
}

}  // namespace maillage
