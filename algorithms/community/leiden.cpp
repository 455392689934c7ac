#include "algorithms/community/leiden.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"
#include "engine/top_k.hpp"

#include "algorithms/community/level_graph.hpp"
#include "algorithms/community/moves.hpp"
#include "algorithms/community/refine.hpp"

#include <cmath>
#include <numeric>

namespace maillage {
namespace {

constexpr std::size_t many_ties = 100'000;

/// Streams of the random numbers of one level.
enum class Task : std::uint64_t { moving = 0, refining = 1 };

/// The community of each part: parts lie inside communities.
std::vector<std::uint32_t> communities_of_parts(const Moves& moves, const std::vector<std::uint32_t>& part,
                                                std::size_t parts) {
    std::vector<std::uint32_t> community(parts);
    for (std::size_t v = 0; v < part.size(); ++v) {
        community[part[v]] = moves.community(v);
    }
    return community;
}

std::size_t count_labels(const std::vector<std::uint32_t>& label) {
    std::uint32_t highest = 0;
    for (const std::uint32_t l : label) {
        highest = std::max(highest, l + 1);
    }
    return highest;
}

/// One iteration: improves `community` (of the vertices), whose labels stay below the number of vertices.
void iterate(const LevelGraph& first, std::vector<std::uint32_t>& community, double randomness, Rng rng) {
    LevelGraph merged;  // the current level, once it is not the first
    const LevelGraph* level = &first;
    std::vector<std::uint32_t> node_of(first.size());  // vertex -> node of the current level
    std::iota(node_of.begin(), node_of.end(), 0U);
    std::vector<std::uint32_t> start = community;
    for (std::uint64_t depth = 0;; ++depth) {
        Moves moves(*level, std::move(start));
        const Rng here = rng.fork(depth);
        move_nodes(*level, moves, here.fork(static_cast<std::uint64_t>(Task::moving)));
        if (moves.count() == level->size()) {
            break;  // every node is a community: nothing is left to merge
        }
        std::vector<std::uint32_t> part =
            refine(*level, moves, randomness, here.fork(static_cast<std::uint64_t>(Task::refining)));
        std::size_t parts = count_labels(part);
        if (parts == level->size()) {  // drawn so that nothing merged: merge what is connected
            part = connected_parts(*level, moves);
            parts = count_labels(part);
        }
        start = communities_of_parts(moves, part, parts);
        renumber(start);
        LevelGraph next = merge(*level, part, parts);
        merged = std::move(next);
        level = &merged;
        for (std::uint32_t& node : node_of) {
            node = part[node];
        }
    }
    community = std::move(node_of);
}

double quality_of(const LevelGraph& first, const std::vector<std::uint32_t>& community) {
    return Moves(first, community).value() / first.total_weight;
}

LeidenRun run_once(GraphView g, const LevelGraph& first, const LeidenOptions& options, std::uint32_t number) {
    std::vector<std::uint32_t> community(first.size());
    std::iota(community.begin(), community.end(), 0U);
    LeidenRun run;
    if (g.edge_count() > 0) {
        const Rng rng = Rng(options.seed).fork(number);
        double before = quality_of(first, community);
        run.stop = LeidenRun::Stop::max_iterations;
        for (std::uint32_t i = 0; i < options.max_iterations; ++i) {
            iterate(first, community, options.randomness, rng.fork(i));
            const double after = quality_of(first, community);
            run.gains.push_back(after - before);
            before = after;
            if (run.gains.back() <= *options.min_gain) {
                run.stop = LeidenRun::Stop::converged;
                break;
            }
        }
    }
    run.partition = Partition(community);
    run.quality = quality(g, run.partition, options.quality).value;
    return run;
}

}  // namespace

void validate(const LeidenOptions& options) {
    validate(options.quality);
    if (options.runs > 1000) {
        throw OptionError("runs", "must be at most 1000");
    }
    if (!std::isfinite(options.randomness) || options.randomness <= 0.0) {
        throw OptionError("randomness", "must be a number above 0");
    }
    if (options.max_iterations == 0) {
        throw OptionError("max-iterations", "must be at least 1");
    }
    if (options.min_gain && (!std::isfinite(*options.min_gain) || *options.min_gain < 0.0)) {
        throw OptionError("min-gain", "must be a number, 0 or more");
    }
}

LeidenOptions settled(LeidenOptions options, std::size_t edge_count) noexcept {
    const bool large = edge_count >= many_ties;
    if (options.runs == 0) {
        options.runs = large ? 2 : 10;
    }
    options.min_gain = options.min_gain.value_or(large ? 5e-4 : 1e-7);
    return options;
}

LeidenResult leiden(GraphView g, const LeidenOptions& options, const Execution& execution) {
    validate(options);
    const LevelGraph first = level_of(g, options.quality);
    LeidenResult result;
    result.options = settled(options, g.edge_count());
    result.runs.resize(result.options.runs);
    for_chunks(result.runs.size(), 1, execution, "communities",
               [&](std::size_t run, std::size_t, std::size_t, std::size_t) {
                   result.runs[run] = run_once(g, first, result.options, static_cast<std::uint32_t>(run));
               });
    if (g.edge_count() == 0) {
        result.why = "no_edges";
        return result;
    }
    for (std::size_t run = 1; run < result.runs.size(); ++run) {
        if (score_key(*result.runs[run].quality) > score_key(*result.runs[result.best].quality)) {
            result.best = run;
        }
    }
    return result;
}

}  // namespace maillage
