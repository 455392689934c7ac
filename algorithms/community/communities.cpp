#include "algorithms/community/communities.hpp"

#include "algorithms/community/compare.hpp"

#include <numeric>

namespace maillage {

namespace {

constexpr std::size_t least_runs = 5;

std::vector<Partition> partitions_of(const LeidenResult& result) {
    std::vector<Partition> partitions;
    partitions.reserve(result.runs.size());
    for (const LeidenRun& run : result.runs) {
        partitions.push_back(run.partition);
    }
    return partitions;
}

/// What a preset means to Infomap and Barber.
struct Effort {
    std::uint32_t runs = 0;  ///< 0: as many as they make by themselves
    std::uint32_t max_iterations = 0;
};

Effort effort_of(const LeidenOptions& options, std::size_t ties) {
    Effort effort{options.runs, options.max_iterations};
    if (effort.runs == 0 && options.preset == Preset::best) {
        effort.runs = settled(options, ties).runs;
    }
    if (effort.max_iterations == 0) {
        effort.max_iterations = options.preset == Preset::fast ? 1 : 20;
    }
    return effort;
}

/// Infomap's runs in the form of Leiden's.
LeidenResult infomap_runs(GraphView g, const LeidenOptions& options, const Execution& execution) {
    const Effort effort = effort_of(options, g.edge_count());
    const InfomapResult found = infomap(
        g, {.runs = effort.runs, .max_iterations = effort.max_iterations, .seed = options.seed}, execution);
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

LeidenResult runs_of(GraphView g, const CommunitiesOptions& options, const Execution& execution) {
    return options.method == Method::infomap ? infomap_runs(g, options.leiden, execution)
                                             : leiden(g, options.leiden, execution);
}

void find_consensus(GraphView g, const std::vector<Partition>& runs, const Execution& execution,
                    CommunitiesResult& result) {
    CommunitiesOptions again = result.options;
    if (again.leiden.preset == Preset::best) {
        again.leiden.preset = Preset::standard;  // what the runs agree on leaves little to search
    }
    result.consensus = consensus(
        g, runs, [&](GraphView agreed) { return partitions_of(runs_of(agreed, again, execution)); });
    std::vector<std::uint8_t> tied(g.vertex_count(), 0);
    for (const VertexId v : g.vertices()) {
        tied[index_of(v)] = g.degree(v) > 0 ? 1U : 0U;
    }
    result.consensus_ami =
        compare(result.consensus->partition, result.partition(), tied).adjusted_mutual_information.arithmetic;
}

void find_by_leiden_or_infomap(GraphView g, const Execution& execution, CommunitiesResult& result) {
    const CommunitiesOptions& options = result.options;
    result.leiden = runs_of(g, options, execution);
    if (options.method == Method::infomap) {
        result.map_equation = map_equation(g, result.partition());
        result.quality.why = g.edge_count() == 0 ? "no_edges" : "other_objective";
    } else {
        result.quality = quality(g, result.partition(), options.leiden.quality);
    }
    result.options.leiden = result.leiden.options;
    result.profile = profile(g, result.partition());
    const std::vector<Partition> runs = partitions_of(result.leiden);
    result.stability = stability(g, runs, result.leiden.best, execution);
    if (runs.size() >= least_runs && g.edge_count() > 0) {
        find_consensus(g, runs, execution, result);
    }
}

void find_by_barber(const Incidence& offers, const Execution& execution, CommunitiesResult& result) {
    const LeidenOptions& options = result.options.leiden;
    const Effort effort = effort_of(options, offers.size());
    TwoModeCommunities found = two_mode_communities(offers,
                                                    {.resolution = options.quality.resolution,
                                                     .runs = effort.runs,
                                                     .max_iterations = effort.max_iterations,
                                                     .seed = options.seed},
                                                    execution);
    found.runs.options.preset = options.preset;
    result.leiden = std::move(found.runs);
    result.options.leiden = result.leiden.options;
    result.quality = std::move(found.quality);
    result.profile = std::move(found.profile);
    result.stability = std::move(found.stability);
    result.two_mode = std::move(found.two_mode);
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
    if (options.method == Method::barber) {
        find_by_barber(offers, execution, result);
    } else {
        find_by_leiden_or_infomap(g, execution, result);
    }
    result.names = name_communities(result.partition(), offers, options.naming);
    result.ids.resize(result.partition().community_count());
    std::iota(result.ids.begin(), result.ids.end(), 1U);
    return result;
}

void carry_ids(CommunitiesResult& result, const EarlierCommunities& earlier) {
    result.carried = carry_over(earlier, result.partition());
    result.ids = result.carried->id;
    std::vector<std::uint8_t> in_both;
    in_both.reserve(earlier.of.size());
    for (const std::uint32_t id : earlier.of) {
        in_both.push_back(id == EarlierCommunities::unknown ? 0U : 1U);
    }
    result.compared = compare(Partition(earlier.of), result.partition(), in_both);
}

}  // namespace maillage
