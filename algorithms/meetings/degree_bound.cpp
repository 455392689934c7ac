#include "algorithms/meetings/degree_bound.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <set>

namespace maillage::meetings {

DegreeBound degree_bound(std::span<const ScoredPair> pairs, std::span<const std::uint32_t> most, double known,
                         std::size_t steps) {
    const std::size_t n = most.size();
    // at the outset half of the score of the last pair that a vertex has room for
    std::vector<std::vector<double>> scores(n);
    for (const ScoredPair& p : pairs) {
        scores[p.a].push_back(p.score);
        scores[p.b].push_back(p.score);
    }
    std::vector<double> price(n, 0.0);
    for (std::size_t v = 0; v < n; ++v) {
        if (scores[v].size() > most[v]) {
            const auto at = scores[v].begin() + static_cast<std::ptrdiff_t>(most[v]);
            std::nth_element(scores[v].begin(), at, scores[v].end(), std::greater<>());
            price[v] = *at / 2.0;
        }
    }
    DegreeBound best{std::numeric_limits<double>::infinity(), {}};
    double damping = 1.0;
    std::size_t without_gain = 0;
    std::vector<double> slope(n);
    for (std::size_t step = 0; step <= steps; ++step) {
        double value = 0.0;
        for (std::size_t v = 0; v < n; ++v) {
            slope[v] = static_cast<double>(most[v]);
            value += slope[v] * price[v];
        }
        for (const ScoredPair& p : pairs) {
            const double over = p.score - price[p.a] - price[p.b];
            if (over > 0.0) {
                value += over;
                slope[p.a] -= 1.0;
                slope[p.b] -= 1.0;
            }
        }
        if (value < best.value) {
            without_gain = value > best.value * (1.0 - 1e-5) ? without_gain + 1 : 0;
            best = {value, price};
        } else if (++without_gain >= 8) {
            damping /= 2.0;
            without_gain = 0;
            price = best.price;
        }
        double square = 0.0;
        for (std::size_t v = 0; v < n; ++v) {
            if (price[v] <= 0.0 && slope[v] > 0.0) {
                slope[v] = 0.0;
            }
            square += slope[v] * slope[v];
        }
        if (square <= 0.0 || damping < 1e-6) {
            break;
        }
        const double size = damping * std::max(value - known, value * 1e-4) / square;
        for (std::size_t v = 0; v < n; ++v) {
            price[v] = std::max(0.0, price[v] - size * slope[v]);
        }
    }
    return best;
}

std::vector<ScoredPair> suitors(std::size_t vertices, std::span<const ScoredPair> pairs,
                                std::span<const std::uint32_t> most) {
    // the same strict order from both sides: score down, then the ids
    const auto better = [&](std::uint32_t x, std::uint32_t y) {
        const ScoredPair& p = pairs[x];
        const ScoredPair& q = pairs[y];
        return p.score != q.score ? p.score > q.score : p.a != q.a ? p.a < q.a : p.b < q.b;
    };
    std::vector<std::vector<std::uint32_t>> likes(vertices);
    for (std::uint32_t i = 0; i < pairs.size(); ++i) {
        likes[pairs[i].a].push_back(i);
        likes[pairs[i].b].push_back(i);
    }
    for (auto& list : likes) {
        std::sort(list.begin(), list.end(), better);
    }
    std::vector<std::set<std::uint32_t, decltype(better)>> accepted(
        vertices, std::set<std::uint32_t, decltype(better)>(better));
    std::vector<std::size_t> next(vertices, 0);
    std::vector<std::uint32_t> asking;
    std::vector<std::uint32_t> places(most.begin(), most.end());
    for (std::uint32_t v = 0; v < vertices; ++v) {
        asking.push_back(v);
    }
    while (!asking.empty()) {
        const std::uint32_t v = asking.back();
        asking.pop_back();
        while (places[v] > 0 && next[v] < likes[v].size()) {
            const std::uint32_t i = likes[v][next[v]++];
            const std::uint32_t u = pairs[i].a == v ? pairs[i].b : pairs[i].a;
            if (most[u] == 0) {
                continue;
            }
            auto& list = accepted[u];
            if (list.size() < most[u]) {
                list.insert(i);
                --places[v];
                continue;
            }
            const std::uint32_t worst = *std::prev(list.end());
            if (better(i, worst)) {
                list.erase(std::prev(list.end()));
                list.insert(i);
                --places[v];
                const std::uint32_t sent_on = pairs[worst].a == u ? pairs[worst].b : pairs[worst].a;
                ++places[sent_on];
                asking.push_back(sent_on);
            }
        }
    }
    std::vector<ScoredPair> chosen;
    for (std::uint32_t v = 0; v < vertices; ++v) {
        for (const std::uint32_t i : accepted[v]) {
            const std::uint32_t u = pairs[i].a == v ? pairs[i].b : pairs[i].a;
            if (v < u && accepted[u].count(i) > 0) {
                chosen.push_back(pairs[i]);
            }
        }
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const ScoredPair& x, const ScoredPair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    return chosen;
}

}  // namespace maillage::meetings
