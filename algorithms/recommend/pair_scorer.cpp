#include "algorithms/recommend/pair_scorer.hpp"

#include "engine/top_k.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace maillage {

void HalfPaths::walk(VertexId start) {
    if (start == start_) {
        return;
    }
    forget();
    start_ = start;
    const GraphView g = model_.input().ties;
    const auto partners = g.neighbours(start);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const VertexId u = partners[i];
        const double first = tie_weight(g.weights(start), i) * model_.slimness(u);
        const auto next = g.neighbours(u);
        const auto weights = g.weights(u);
        for (std::size_t j = 0; j < next.size(); ++j) {
            sums_[index_of(next[j])] += first * tie_weight(weights, j);
        }
    }
    sums_[index_of(start)] = 0.0;
}

double HalfPaths::to(VertexId end) const noexcept {
    const GraphView g = model_.input().ties;
    const auto partners = g.neighbours(end);
    double sum = 0.0;
    for (std::size_t j = 0; j < partners.size(); ++j) {
        if (const double way = carried(partners[j]); way != 0.0) {
            sum += way * tie_weight(g.weights(end), j);
        }
    }
    return sum;
}

void HalfPaths::forget() {
    if (start_ == none<VertexId>) {
        return;
    }
    const GraphView g = model_.input().ties;
    if (model_.walks(start_) > sums_.size() / 4) {
        std::fill(sums_.begin(), sums_.end(), 0.0);
        return;
    }
    for (const VertexId u : g.neighbours(start_)) {
        for (const VertexId v : g.neighbours(u)) {
            sums_[index_of(v)] = 0.0;
        }
    }
}

HubPaths::HubPaths(const PairModel& model, std::size_t hubs, const Execution& execution,
                   std::optional<VertexId> only)
    : model_(model), one_start_(only.has_value()) {
    const GraphView g = model.input().ties;
    for (const VertexId v : g.vertices()) {
        if (model.input().scoped(v)) {
            hubs_.push_back(v);
        }
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(hubs_.size(), hubs));
    std::partial_sort(hubs_.begin(), hubs_.begin() + kept, hubs_.end(),
                      [&model](VertexId u, VertexId v) { return model.stronger(u, v); });
    hubs_.resize(static_cast<std::size_t>(kept));
    only ? fill_for_partners_of(*only) : fill_all(execution);
}

void HubPaths::fill_all(const Execution& execution) {
    const GraphView g = model_.input().ties;
    last_two_.assign(g.vertex_count() * hubs_.size(), 0.0);
    for_chunks(hubs_.size(), 1, Execution{execution.threads, {}}, "recommend",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t k = begin; k < end; ++k) {
                       const VertexId hub = hubs_[k];
                       const auto partners = g.neighbours(hub);
                       for (std::size_t j = 0; j < partners.size(); ++j) {
                           const VertexId v = partners[j];
                           const double last = tie_weight(g.weights(hub), j) * model_.slimness(v);
                           const auto before = g.neighbours(v);
                           for (std::size_t i = 0; i < before.size(); ++i) {
                               last_two_[index_of(before[i]) * hubs_.size() + k] +=
                                   last * tie_weight(g.weights(v), i);
                           }
                       }
                   }
               });
}

/// For each partner and hub the terms are added in the order of v, as fill_all() does.
void HubPaths::fill_for_partners_of(VertexId x) {
    const GraphView g = model_.input().ties;
    struct ToHub {
        std::uint32_t hub;
        double last;
    };
    std::vector<std::size_t> sought, tied;  // places in hubs_
    for (std::size_t k = 0; k < hubs_.size(); ++k) {
        (g.adjacent(x, hubs_[k]) || hubs_[k] == x ? tied : sought).push_back(k);
    }
    std::vector<std::uint64_t> begins(g.vertex_count() + 1, 0);
    for (const std::size_t k : sought) {
        for (const VertexId v : g.neighbours(hubs_[k])) {
            ++begins[index_of(v) + 1];
        }
    }
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<ToHub> ways(static_cast<std::size_t>(begins.back()));
    std::vector<std::uint64_t> next(begins.begin(), begins.end() - 1);
    for (const std::size_t k : sought) {
        const auto partners = g.neighbours(hubs_[k]);
        for (std::size_t j = 0; j < partners.size(); ++j) {
            const VertexId v = partners[j];
            ways[static_cast<std::size_t>(next[index_of(v)]++)] = {
                static_cast<std::uint32_t>(k), tie_weight(g.weights(hubs_[k]), j) * model_.slimness(v)};
        }
    }
    const auto partners = g.neighbours(x);
    last_two_.assign(partners.size() * hubs_.size(), 0.0);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        double* const rest = last_two_.data() + i * hubs_.size();
        for (const std::size_t k : tied) {
            rest[k] = 1.0;
        }
        const auto through = g.neighbours(partners[i]);
        const auto weights = g.weights(partners[i]);
        for (std::size_t j = 0; j < through.size(); ++j) {
            const std::size_t v = index_of(through[j]);
            for (auto way = static_cast<std::size_t>(begins[v]); way < begins[v + 1]; ++way) {
                rest[ways[way].hub] += ways[way].last * tie_weight(weights, j);
            }
        }
    }
}

void HubPaths::to_all(VertexId x, std::span<double> sums) const noexcept {
    std::fill(sums.begin(), sums.end(), 0.0);
    const GraphView g = model_.input().ties;
    const auto partners = g.neighbours(x);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const VertexId u = partners[i];
        const double first = tie_weight(g.weights(x), i) * model_.slimness(u);
        const double* const rest = last_two_.data() + (one_start_ ? i : index_of(u)) * hubs_.size();
        for (std::size_t k = 0; k < sums.size(); ++k) {
            sums[k] += first * rest[k];
        }
    }
}

namespace {

/// Room above the rounding of the sums, and above the difference that counts as none (same_score).
constexpr double room = 1e-9;
constexpr double tiny = 1e-11;

struct MoreFirst {
    bool operator()(const ThreePath& p, const ThreePath& q) const noexcept {
        if (const int order = compare_scores(p.contribution, q.contribution); order != 0) {
            return order > 0;
        }
        return p.first != q.first ? p.first < q.first : p.second < q.second;
    }
};

}  // namespace

template <class Body>
void PairScorer::for_ways_of_tied(VertexId start, VertexId end, const Body& body) {
    const GraphView g = model_.input().ties;
    last_.resize(g.vertex_count(), 0.0);
    const auto near_end = g.neighbours(end);
    for (std::size_t j = 0; j < near_end.size(); ++j) {
        last_[index_of(near_end[j])] = tie_weight(g.weights(end), j);
    }
    last_[index_of(start)] = 0.0;
    const auto near_start = g.neighbours(start);
    for (std::size_t i = 0; i < near_start.size(); ++i) {
        const VertexId u = near_start[i];
        if (u == end) {
            continue;
        }
        const double first = tie_weight(g.weights(start), i) * model_.slimness(u);
        const auto next = g.neighbours(u);
        const auto weights = g.weights(u);
        for (std::size_t k = 0; k < next.size(); ++k) {
            if (last_[index_of(next[k])] > 0.0) {
                body(u, next[k], first * tie_weight(weights, k));
            }
        }
    }
    for (const VertexId v : near_end) {
        last_[index_of(v)] = 0.0;
    }
}

double PairScorer::l3(VertexId start, VertexId end) {
    if (!model_.input().ties.adjacent(start, end)) {
        halves_.walk(start);
        return halves_.to(end);
    }
    double sum = 0.0;
    for_ways_of_tied(start, end, [&](VertexId, VertexId v, double half) {
        sum += half * model_.slimness(v) * last_[index_of(v)];
    });
    return sum;
}

PairScore PairScorer::operator()(VertexId a, VertexId b) {
    return model_.score(model_.resource_allocation(a, b), l3(a, b), model_.masses(a, b),
                        model_.crossing(a, b));
}

std::vector<ThreePath> PairScorer::best_paths(VertexId start, VertexId end, std::size_t most) {
    TopK<ThreePath, MoreFirst> best(most);
    const GraphView g = model_.input().ties;
    const auto offer = [&](VertexId u, VertexId v, double contribution) { best.offer({u, v, contribution}); };
    if (g.adjacent(start, end)) {
        for_ways_of_tied(start, end, [&](VertexId u, VertexId v, double half) {
            offer(u, v, half * model_.slimness(v) * last_[index_of(v)]);
        });
        return best.take();
    }
    // No way through v carries more than all ways through v do: the rest is not looked at.
    halves_.walk(start);
    std::vector<std::pair<double, std::size_t>> through;
    const auto near_end = g.neighbours(end);
    for (std::size_t j = 0; j < near_end.size(); ++j) {
        if (const double carried = halves_.carried(near_end[j]); carried > 0.0) {
            through.emplace_back(-carried * tie_weight(g.weights(end), j), j);
        }
    }
    std::sort(through.begin(), through.end());
    const auto near_start = g.neighbours(start);
    place_.resize(g.vertex_count(), 0);
    for (std::size_t i = 0; i < near_start.size(); ++i) {
        place_[index_of(near_start[i])] = static_cast<std::uint32_t>(i + 1);
    }
    for (const auto& most_through : through) {
        const double all = most_through.first;
        const std::size_t j = most_through.second;
        if (most == 0 || (best.full() && -all * (1.0 + room) + tiny < best.worst().contribution)) {
            break;
        }
        const VertexId v = near_end[j];
        const auto offer_through = [&](std::size_t i, double w_uv) {
            const VertexId u = near_start[i];
            const double half = tie_weight(g.weights(start), i) * model_.slimness(u) * w_uv;
            offer(u, v, half * model_.slimness(v) * tie_weight(g.weights(end), j));
        };
        // a search in the row of v costs some ten looks at it
        const auto near_v = g.neighbours(v);
        if (near_v.size() < 10 * near_start.size()) {
            for (std::size_t k = 0; k < near_v.size(); ++k) {
                if (const std::uint32_t place = place_[index_of(near_v[k])]; place > 0) {
                    offer_through(place - 1, tie_weight(g.weights(v), k));
                }
            }
        } else {
            for (std::size_t i = 0; i < near_start.size(); ++i) {
                if (const double w_uv = g.weight_between(near_start[i], v); w_uv > 0.0) {
                    offer_through(i, w_uv);
                }
            }
        }
    }
    for (const VertexId u : near_start) {
        place_[index_of(u)] = 0;
    }
    return best.take();
}

}  // namespace maillage
