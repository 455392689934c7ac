#include "algorithms/community/leiden.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"
#include "engine/top_k.hpp"

#include "algorithms/community/level_graph.hpp"
#include "algorithms/community/moves.hpp"
#include "algorithms/community/refine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maillage {
namespace {

constexpr std::size_t many_ties = 100'000;

/// Streams of the random numbers of one level.
enum class Task : std::uint64_t { moving = 0, refining = 1 };

/// One iteration: improves `community` (of the vertices), whose labels stay below the number of vertices.
/// Answers the value of the result.
double iterate(const LevelGraph& first, std::vector<std::uint32_t>& community, const LeidenOptions& options,
               Rng rng, Team& team) {
    LevelGraph merged;  // the current level, once it is not the first
    const LevelGraph* level = &first;
    std::vector<std::uint32_t> node_of;  // vertex -> node of the current level; empty at the first
    std::vector<std::uint32_t> start = std::move(community);
    for (std::uint64_t depth = 0;; ++depth) {
        Moves moves(*level, std::move(start));
        const Rng here = rng.fork(depth);
        move_nodes(moves, here.fork(static_cast<std::uint64_t>(Task::moving)), {*options.moved_share}, team);
        if (moves.count() == level->size()) {
            break;  // every node is a community: nothing is left to merge
        }
        Parts parts =
            refine(moves, options.randomness, here.fork(static_cast<std::uint64_t>(Task::refining)), team);
        if (parts.size() == level->size()) {  // drawn so that nothing merged: merge what is connected
            parts = connected_parts(moves);
        }
        LevelGraph next = merge(*level, parts.label, parts.size(), team);
        merged = std::move(next);
        level = &merged;
        start = std::move(parts.community);
        if (node_of.empty()) {
            node_of = std::move(parts.label);
        } else {
            for (std::uint32_t& node : node_of) {
                node = parts.label[node];
            }
        }
    }
    if (node_of.empty()) {
        node_of.resize(first.size());
        std::iota(node_of.begin(), node_of.end(), 0U);
    }
    community = std::move(node_of);
    return level->value();
}

/// Iterates from `community`, whose value is `before`.
LeidenRun run_from(GraphView g, const LevelGraph& first, std::vector<std::uint32_t> community, double before,
                   const LeidenOptions& options, const Rng& rng, Team& team) {
    LeidenRun run;
    if (g.edge_count() > 0) {
        run.stop = LeidenRun::Stop::max_iterations;
        for (std::uint32_t i = 0; i < options.max_iterations; ++i) {
            const double after = iterate(first, community, options, rng.fork(i), team);
            run.gains.push_back((after - before) / first.total_weight);
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

LeidenRun run_alone(GraphView g, const LevelGraph& first, const LeidenOptions& options, const Rng& rng,
                    Team& team) {
    std::vector<std::uint32_t> single(first.size());
    std::iota(single.begin(), single.end(), 0U);
    return run_from(g, first, std::move(single), first.value(), options, rng, team);
}

bool better(const LeidenRun& a, const LeidenRun& b) {
    return score_key(*a.quality) > score_key(*b.quality);
}

/// Looks for partitions better than those of finished runs, by making new runs start from what they agree on.
class Combining {
public:
    Combining(GraphView g, const LevelGraph& first, const LeidenOptions& options, const Execution& execution)
        : g_(g), first_(first), options_(options), execution_(execution) {}

    /// The best run found; one of `runs` when none is better. Small graphs get several populations, each
    /// from runs of its own: one alone may settle around a division that is not the best.
    LeidenRun improve(const std::vector<LeidenRun>& runs, const Rng& rng) {
        const std::size_t effort = 500'000 / std::max<std::size_t>(1, g_.edge_count());
        const std::size_t patience = std::clamp<std::size_t>(effort, 12, 40);
        const std::size_t populations = std::clamp<std::size_t>(effort / 40, 1, 12);
        std::vector<LeidenRun> winners;
        for (std::uint64_t population = 0; population < populations; ++population) {
            const Rng here = rng.fork(population);
            elite_.clear();
            if (population == 0) {
                keep_all(runs);
            } else {
                keep_all(children([&](Rng child, std::size_t) { return start(child); }, here.fork(0)));
            }
            evolve(patience, here.fork(1));
            winners.push_back(elite_.front());
        }
        if (populations > 1) {
            elite_.clear();
            keep_all(std::move(winners));
            evolve(patience, rng.fork(populations));
        }
        return elite_.front();
    }

private:
    static constexpr std::size_t brood = 8;
    static constexpr std::size_t most_elite = 20;

    /// A generation, made on all threads.
    template <class Make>
    std::vector<LeidenRun> children(const Make& make, const Rng& rng) const {
        std::vector<LeidenRun> made(brood);
        for_chunks(brood, 1, execution_, "communities",
                   [&](std::size_t child, std::size_t, std::size_t, std::size_t) {
                       made[child] = make(rng.fork(child), child);
                   });
        return made;
    }
    void evolve(std::size_t patience, const Rng& rng) {
        std::size_t idle = 0;
        for (std::uint64_t generation = 0; idle < patience; ++generation) {
            const LeidenRun before = elite_.front();
            keep_all(children([&](Rng child, std::size_t number) { return make(child, number % 2 == 0); },
                              rng.fork(generation)));
            idle = better(elite_.front(), before) ? 0 : idle + 1;
        }
    }
    LeidenRun start(const Rng& rng) const {
        Team alone(1);
        LeidenRun run = run_alone(g_, first_, options_, rng, alone);
        run.combined = true;
        return run;
    }
    void keep_all(std::vector<LeidenRun> runs) {
        for (LeidenRun& run : runs) {
            keep(std::move(run));
        }
    }
    void keep(LeidenRun run) {
        const bool known = std::any_of(elite_.begin(), elite_.end(), [&run](const LeidenRun& other) {
            return other.partition == run.partition;
        });
        if (!known) {
            elite_.insert(std::upper_bound(elite_.begin(), elite_.end(), run, better), std::move(run));
            elite_.resize(std::min(elite_.size(), most_elite));
        }
    }
    LeidenRun make(Rng rng, bool overlay) const {
        const auto any = [&] { return rng.below(static_cast<std::uint32_t>(elite_.size())); };
        const LeidenRun& one = elite_[any()];
        const LeidenRun& other = elite_[any()];
        const std::vector<std::uint32_t> start =
            overlay && &one != &other ? pieces(one.partition, other.partition) : dissolve(one.partition, rng);
        const double before = std::max(*one.quality, *other.quality) * first_.total_weight;
        Team alone(1);
        LeidenRun run = run_from(g_, first_, start, before, options_, rng.fork(0), alone);
        run.combined = true;
        return run;
    }
    /// Vertices that both partitions put together.
    [[nodiscard]] static std::vector<std::uint32_t> pieces(const Partition& a, const Partition& b) {
        std::vector<std::uint64_t> pair(a.vertex_count());
        for (std::size_t v = 0; v < pair.size(); ++v) {
            const auto vertex = id_at<VertexId>(v);
            pair[v] = (std::uint64_t{index_of(a[vertex])} << 32U) | index_of(b[vertex]);
        }
        std::vector<std::uint64_t> sorted = pair;
        std::sort(sorted.begin(), sorted.end());
        sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
        std::vector<std::uint32_t> label(pair.size());
        for (std::size_t v = 0; v < pair.size(); ++v) {
            const auto place = std::lower_bound(sorted.begin(), sorted.end(), pair[v]) - sorted.begin();
            label[v] = static_cast<std::uint32_t>(place);
        }
        return label;
    }
    /// The partition with about two of its communities, and those of one vertex's partners, in single vertices.
    [[nodiscard]] std::vector<std::uint32_t> dissolve(const Partition& p, Rng& rng) const {
        std::vector<std::uint8_t> gone(p.community_count(), 0);
        const auto centre = id_at<VertexId>(rng.below(static_cast<std::uint32_t>(p.vertex_count())));
        gone[index_of(p[centre])] = 1;
        for (const VertexId other : g_.neighbours(centre)) {
            if (rng.below(2) == 0) {
                gone[index_of(p[other])] = 1;
            }
        }
        std::vector<std::uint32_t> label(p.vertex_count());
        auto next = static_cast<std::uint32_t>(p.community_count());
        for (std::size_t v = 0; v < label.size(); ++v) {
            const std::size_t c = index_of(p[id_at<VertexId>(v)]);
            label[v] = gone[c] != 0 ? next++ : static_cast<std::uint32_t>(c);
        }
        renumber(label);
        return label;
    }

    GraphView g_;
    const LevelGraph& first_;
    const LeidenOptions& options_;
    const Execution& execution_;
    std::vector<LeidenRun> elite_;  ///< best first, all different
};

}  // namespace

void validate(const LeidenOptions& options) {
    validate(options.quality);
    if (options.runs > 1000) {
        throw OptionError("runs", "must be at most 1000");
    }
    if (!std::isfinite(options.randomness) || options.randomness <= 0.0) {
        throw OptionError("randomness", "must be a number above 0");
    }
    if (options.min_gain && (!std::isfinite(*options.min_gain) || *options.min_gain < 0.0)) {
        throw OptionError("min-gain", "must be a number, 0 or more");
    }
    if (options.moved_share && !(*options.moved_share >= 0.0 && *options.moved_share <= 1.0)) {
        throw OptionError("moved-share", "must be from 0 to 1");
    }
}

LeidenOptions settled(LeidenOptions options, std::size_t edge_count) noexcept {
    const bool large = edge_count >= many_ties;
    const bool best = options.preset == Preset::best;
    const bool fast = options.preset == Preset::fast;
    if (options.runs == 0) {
        const auto starts = static_cast<std::uint32_t>(2'000'000 / std::max<std::size_t>(1, edge_count));
        options.runs = best ? std::clamp(starts, 10U, 100U) : large ? 2 : 10;
    }
    if (options.max_iterations == 0) {
        options.max_iterations = fast ? 1 : best ? 100 : large ? 3 : 20;
    }
    options.min_gain = options.min_gain.value_or(large && !best ? 1e-4 : 1e-7);
    options.moved_share = options.moved_share.value_or(fast ? 0.02 : 0.0);
    return options;
}

LeidenResult leiden(GraphView g, const LeidenOptions& options, const Execution& execution) {
    validate(options);
    const LevelGraph first = level_of(g, options.quality);
    LeidenResult result;
    result.options = settled(options, g.edge_count());
    result.runs.resize(result.options.runs);
    const Rng rng(options.seed);
    // a large graph has the threads inside each run, a small one a run on each thread
    const bool inside = result.runs.size() == 1 || g.edge_count() >= many_ties;
    for_chunks(result.runs.size(), 1, inside ? Execution{1, execution.progress} : execution, "communities",
               [&](std::size_t run, std::size_t, std::size_t, std::size_t) {
                   Team team(inside ? execution.threads : 1);
                   result.runs[run] = run_alone(g, first, result.options, rng.fork(run), team);
               });
    if (g.edge_count() == 0) {
        result.why = "no_edges";
        return result;
    }
    for (std::size_t run = 1; run < result.runs.size(); ++run) {
        if (better(result.runs[run], result.runs[result.best])) {
            result.best = run;
        }
    }
    if (result.options.preset == Preset::best) {
        LeidenRun found =
            Combining(g, first, result.options, execution).improve(result.runs, rng.fork(result.runs.size()));
        if (better(found, result.kept())) {
            result.best = result.runs.size();
            result.runs.push_back(std::move(found));
        }
    }
    return result;
}

}  // namespace maillage
