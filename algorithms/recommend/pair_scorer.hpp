#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"

#include "algorithms/recommend/pair_features.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// Scores of single pairs and the ways of three ties behind them.
namespace maillage {

/// The first two ties of all ways of three from one actor, added up by where they lead: f(v) = sum over u of
/// w_su w_uv / sqrt(s_u). With it, the ways to any end cost one look at each of the end's partners.
///
/// Valid for an end that is not tied to the start: no way leads through the end itself then.
/// Cost  walk: O(ties within one step of the start), nothing when it is walked already; memory O(V).
class HalfPaths {
public:
    explicit HalfPaths(const PairModel& model)
        : model_(model), sums_(model.input().ties.vertex_count(), 0.0) {}

    void walk(VertexId start);
    /// f(v) / sqrt(s_v): what every way of three that goes on from v begins with. 0 when none does.
    [[nodiscard]] double carried(VertexId v) const noexcept {
        const double sum = sums_[index_of(v)];
        return sum == 0.0 ? 0.0 : sum * model_.slimness(v);
    }
    /// L3 of the start and this end.
    [[nodiscard]] double to(VertexId end) const noexcept;

private:
    void forget();

    const PairModel& model_;
    VertexId start_ = none<VertexId>;
    std::vector<double> sums_;
};

/// L3 from anyone to the best linked actors, of whom a bounded search must know: G(u, h) = sum over v of
/// w_uv w_vh / sqrt(s_v), the last two ties of all ways to hub h. With it, the ways to all hubs cost one look
/// at each partner of the start, however many partners the hubs have.
///
/// Cost  O(ties within one step of the hubs) once, O(V hubs) memory; to_all: O(degree of the start, hubs).
class HubPaths {
public:
    /// only: to_all() is for this start alone, which costs O(ties of the hubs + walks of two ties from it, times
    /// the hubs met) and no table of all vertices; the same bits, but for hubs tied to it, for which the sums only
    ///       say, by being above 0, that there are ways.
    HubPaths(const PairModel& model, std::size_t hubs, const Execution& execution,
             std::optional<VertexId> only = std::nullopt);

    /// The actors in scope with the greatest strengths, at most `hubs`, greatest first.
    [[nodiscard]] std::span<const VertexId> hubs() const noexcept { return hubs_; }
    /// L3 of x and each hub; of use for those not tied to x. `sums` has one place a hub.
    void to_all(VertexId x, std::span<double> sums) const noexcept;

private:
    void fill_all(const Execution& execution);
    void fill_for_partners_of(VertexId x);

    const PairModel& model_;
    std::vector<VertexId> hubs_;
    bool one_start_;
    std::vector<double> last_two_;  ///< G, one row a vertex, or one a partner of the only start
};

/// A way of three ties.
struct ThreePath {
    VertexId first{};   ///< beside the start
    VertexId second{};  ///< beside the end
    double contribution = 0.0;
};

/// Scores pairs one at a time; keeps dense scratch rows, so make one per worker.
/// Cost  O(degrees of both + walks of two ties from the first) a pair; the walks only when the pair before
///       began elsewhere, so pairs are best asked for by their first actor.
class PairScorer {
public:
    explicit PairScorer(const PairModel& model) : model_(model), halves_(model) {}

    /// Everything about a pair. Symmetric (a and b change places, nothing else) but for the rounding of l3,
    /// whose ways are added up from a.
    [[nodiscard]] PairScore operator()(VertexId a, VertexId b);
    /// Sum over ways of three ties.
    [[nodiscard]] double l3(VertexId start, VertexId end);
    /// The ways of three ties that carry most, at most `most`, contribution descending, then ids.
    [[nodiscard]] std::vector<ThreePath> best_paths(VertexId start, VertexId end, std::size_t most);

private:
    /// Of a pair that is tied, whose tie is on no way: calls body(u, v, w_su w_uv / sqrt(s_u)) for every way
    /// s-u-v-e, u ascending, then v.
    template <class Body>
    void for_ways_of_tied(VertexId start, VertexId end, const Body& body);

    const PairModel& model_;
    HalfPaths halves_;
    std::vector<double> last_;  ///< of for_ways_of_tied: per vertex the weight of its tie to the end, else 0
    std::vector<std::uint32_t>
        place_;  ///< of best_paths: per vertex its place from 1 in the row of the start, else 0
};

}  // namespace maillage
