#include "algorithms/structure/betweenness.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>

namespace maillage {
namespace {

constexpr std::size_t lanes = 16;
/// Sums of a run: a fixed number, so that they are added in one order whatever the threads.
constexpr std::size_t most_parts = 16;

using Mask = std::uint16_t;

/// A vertex that some lanes reach at one level.
struct Reached {
    std::uint32_t vertex = 0;
    Mask by = 0;
};

/// What one worker needs for one batch after the other; empty between them.
struct Scratch {
    explicit Scratch(std::size_t n)
        : ways(n * lanes, 0.0), carried(n * lanes, 0.0), seen(n, 0), front(n, 0), fresh(n, 0) {}
    std::vector<double> ways;     ///< sigma, 0 where not reached
    std::vector<double> carried;  ///< (1 + dependency) / sigma once known, else 0
    std::vector<Mask> seen, front, fresh;
    std::vector<Reached> reached;     ///< level by level
    std::vector<std::size_t> levels;  ///< where each begins, and the end
    std::vector<double> sums;         ///< of one level, lane by lane
};

struct Sums {
    std::vector<double> dependency, square;
};

struct Rows {
    const std::uint64_t* offsets;
    const VertexId* targets;
};

[[gnu::always_inline]] inline void add(double* sum, const double* row) {
    for (std::size_t l = 0; l < lanes; ++l) {
        sum[l] += row[l];
    }
}

/// Every vertex of a level knows its lanes; find those of the next. A neighbour that a lane has not seen is one step
/// farther in it, so only neighbours of this level have ways in that lane: whole rows can be added, unmasked.
[[gnu::always_inline]] inline bool next_level(Rows rows, Scratch& s) {
    const std::size_t begin = s.levels[s.levels.size() - 2];
    const std::size_t end = s.levels.back();
    for (std::size_t i = begin; i < end; ++i) {
        const Reached at = s.reached[i];
        for (std::uint64_t arc = rows.offsets[at.vertex]; arc < rows.offsets[at.vertex + 1]; ++arc) {
            const auto u = static_cast<std::uint32_t>(rows.targets[arc]);
            const auto bits = static_cast<Mask>(at.by & ~s.seen[u]);
            if (bits != 0) {
                if (s.fresh[u] == 0) {
                    s.reached.push_back({u, 0});
                }
                s.fresh[u] = static_cast<Mask>(s.fresh[u] | bits);
            }
        }
    }
    double* const ways = s.ways.data();
    s.sums.assign((s.reached.size() - end) * lanes, 0.0);
    for (std::size_t i = end; i < s.reached.size(); ++i) {
        Reached& at = s.reached[i];
        at.by = s.fresh[at.vertex];
        double* const sum = s.sums.data() + (i - end) * lanes;
        for (std::uint64_t arc = rows.offsets[at.vertex]; arc < rows.offsets[at.vertex + 1]; ++arc) {
            const auto w = static_cast<std::uint32_t>(rows.targets[arc]);
            if ((s.front[w] & at.by) != 0) {
                add(sum, ways + w * lanes);
            }
        }
    }
    // only now: two of the new level may be neighbours
    for (std::size_t i = end; i < s.reached.size(); ++i) {
        const Reached at = s.reached[i];
        const double* const sum = s.sums.data() + (i - end) * lanes;
        for (unsigned bits = at.by; bits != 0; bits &= bits - 1) {
            const auto l = static_cast<std::size_t>(std::countr_zero(bits));
            ways[at.vertex * lanes + l] = sum[l];
        }
    }
    for (std::size_t i = begin; i < end; ++i) {
        s.front[s.reached[i].vertex] = 0;
    }
    for (std::size_t i = end; i < s.reached.size(); ++i) {
        const Reached at = s.reached[i];
        s.front[at.vertex] = at.by;
        s.seen[at.vertex] = static_cast<Mask>(s.seen[at.vertex] | at.by);
        s.fresh[at.vertex] = 0;
    }
    s.levels.push_back(s.reached.size());
    return s.reached.size() > end;
}

/// Dependencies of a level from those of the one behind it, whose `carried` is known; farther ones are no neighbours.
[[gnu::always_inline]] inline void gather_level(Rows rows, Scratch& s, std::size_t level, Sums& sums) {
    const std::size_t begin = s.levels[level];
    const std::size_t end = s.levels[level + 1];
    s.sums.assign((end - begin) * lanes, 0.0);
    const double* const carried = s.carried.data();
    for (std::size_t i = begin; i < end; ++i) {
        const Reached at = s.reached[i];
        double* const sum = s.sums.data() + (i - begin) * lanes;
        for (std::uint64_t arc = rows.offsets[at.vertex]; arc < rows.offsets[at.vertex + 1]; ++arc) {
            const auto w = static_cast<std::uint32_t>(rows.targets[arc]);
            if ((s.front[w] & at.by) != 0) {
                add(sum, carried + w * lanes);
            }
        }
        const double* const ways = s.ways.data() + at.vertex * lanes;
        for (std::size_t l = 0; l < lanes; ++l) {
            sum[l] *= ways[l];
        }
    }
    for (std::size_t i = s.levels[level + 1]; i < s.levels[std::min(level + 2, s.levels.size() - 1)]; ++i) {
        s.front[s.reached[i].vertex] = 0;
    }
    for (std::size_t i = begin; i < end; ++i) {
        const Reached at = s.reached[i];
        s.front[at.vertex] = at.by;
        const double* const sum = s.sums.data() + (i - begin) * lanes;
        for (unsigned bits = at.by; bits != 0; bits &= bits - 1) {
            const auto l = static_cast<std::size_t>(std::countr_zero(bits));
            const std::size_t place = at.vertex * lanes + l;
            s.carried[place] = (1.0 + sum[l]) / s.ways[place];
            if (level > 0) {  // a source is an end of its pairs, not on their way
                sums.dependency[at.vertex] += sum[l];
                sums.square[at.vertex] += sum[l] * sum[l];
            }
        }
    }
}

[[gnu::always_inline]] inline void run_batch(Rows rows, const std::uint32_t* sources, std::size_t count,
                                             Scratch& s, Sums& sums) {
    for (std::size_t l = 0; l < count; ++l) {
        const std::uint32_t v = sources[l];
        s.ways[v * lanes + l] = 1.0;
        if (s.seen[v] == 0) {
            s.reached.push_back({v, 0});
        }
        s.seen[v] = static_cast<Mask>(s.seen[v] | (1U << l));
        s.front[v] = s.seen[v];
    }
    for (Reached& at : s.reached) {
        at.by = s.seen[at.vertex];
    }
    s.levels.assign({0, s.reached.size()});
    while (next_level(rows, s)) {
    }
    s.levels.pop_back();  // of no vertices
    for (const Reached at : s.reached) {
        s.front[at.vertex] = 0;
    }
    for (std::size_t level = s.levels.size() - 1; level-- > 0;) {
        gather_level(rows, s, level, sums);
    }
    for (const Reached at : s.reached) {
        s.seen[at.vertex] = 0;
        s.front[at.vertex] = 0;
        std::fill_n(s.ways.data() + at.vertex * lanes, lanes, 0.0);
        std::fill_n(s.carried.data() + at.vertex * lanes, lanes, 0.0);
    }
    s.reached.clear();
}

using RunBatch = void (*)(Rows, const std::uint32_t*, std::size_t, Scratch&, Sums&);

void run_batch_plain(Rows rows, const std::uint32_t* sources, std::size_t count, Scratch& s, Sums& sums) {
    run_batch(rows, sources, count, s, sums);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
/// The same additions, four at a time: the same bits.
[[gnu::target("avx2")]] void run_batch_wide(Rows rows, const std::uint32_t* sources, std::size_t count,
                                            Scratch& s, Sums& sums) {
    run_batch(rows, sources, count, s, sums);
}
RunBatch best_for_this_machine() noexcept {
    return __builtin_cpu_supports("avx2") != 0 ? run_batch_wide : run_batch_plain;
}
#else
RunBatch best_for_this_machine() noexcept {
    return run_batch_plain;
}
#endif

/// Every vertex with a tie, or as many draws as were asked for.
std::vector<std::uint32_t> choose_sources(GraphView g, const BetweennessOptions& options, bool exact) {
    std::vector<std::uint32_t> sources;
    if (exact) {
        for (const VertexId v : g.vertices()) {
            if (g.degree(v) > 0) {
                sources.push_back(static_cast<std::uint32_t>(v));
            }
        }
        return sources;
    }
    Rng rng(options.seed);
    for (std::uint32_t i = 0; i < options.samples; ++i) {
        sources.push_back(rng.below(static_cast<std::uint32_t>(g.vertex_count())));
    }
    return sources;
}

/// With probability 0.95 for all vertices together, half of the risk for each of the two bounds.
double error_bound(double n, double k, double sum, double squares) {
    constexpr double risk = 0.05;
    const double range = std::max(0.0, n - 2.0);
    const double hoeffding = range * std::sqrt(std::log(4.0 * n / risk) / (2.0 * k));
    const double variance = std::max(0.0, squares - sum * sum / k) / (k - 1.0);
    const double log_term = std::log(8.0 * n / risk);
    const double bernstein =
        std::sqrt(2.0 * variance * log_term / k) + 7.0 * range * log_term / (3.0 * (k - 1.0));
    return n / 2.0 * std::min(hoeffding, bernstein);
}

}  // namespace

void validate(const BetweennessOptions& options) {
    if (options.samples < 2) {
        throw OptionError("betweenness-samples", "must be at least 2");
    }
}

Betweenness betweenness(GraphView g, const BetweennessOptions& options, const Execution& execution) {
    validate(options);
    const std::size_t n = g.vertex_count();
    Betweenness result;
    result.exact = n <= options.exact_up_to;
    const std::vector<std::uint32_t> sources = choose_sources(g, options, result.exact);
    result.sources = sources.size();
    const std::size_t batches = (sources.size() + lanes - 1) / lanes;
    const std::size_t per_part = std::max<std::size_t>(1, (batches + most_parts - 1) / most_parts);
    std::vector<Sums> parts((batches + per_part - 1) / per_part);
    std::vector<std::unique_ptr<Scratch>> scratch(std::max<std::uint32_t>(1, execution.threads));
    const Rows rows{g.offsets().data(), g.targets().data()};
    const RunBatch run = best_for_this_machine();
    for_chunks(batches, per_part, execution, "betweenness",
               [&](std::size_t part, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!scratch[worker]) {
                       scratch[worker] = std::make_unique<Scratch>(n);
                   }
                   parts[part] = {std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
                   for (std::size_t batch = begin; batch < end; ++batch) {
                       const std::size_t first = batch * lanes;
                       run(rows, sources.data() + first, std::min(lanes, sources.size() - first),
                           *scratch[worker], parts[part]);
                   }
               });

    result.value.assign(n, 0.0);
    std::vector<double> squares(result.exact ? 0 : n, 0.0);
    for (const Sums& part : parts) {
        for (std::size_t v = 0; v < n; ++v) {
            result.value[v] += part.dependency[v];
            if (!result.exact) {
                squares[v] += part.square[v];
            }
        }
    }
    const auto count = static_cast<double>(n);
    const auto drawn = static_cast<double>(sources.size());
    if (!result.exact) {
        result.error.resize(n);
    }
    for (std::size_t v = 0; v < n; ++v) {
        if (result.exact) {
            result.value[v] /= 2.0;  // every pair was met from both its ends
        } else {
            result.error[v] = error_bound(count, drawn, result.value[v], squares[v]);
            result.value[v] *= count / (2.0 * drawn);
        }
    }
    return result;
}

}  // namespace maillage
