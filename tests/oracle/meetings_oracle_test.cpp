#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/meetings/degree_bound.hpp"
#include "algorithms/meetings/edge_colouring.hpp"
#include "algorithms/meetings/programme.hpp"
#include "algorithms/meetings/stable_roommates.hpp"
#include "algorithms/meetings/weighted_matching.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

/// Matchings, colourings, stable pairings and whole programmes against the definition.
namespace {

using namespace maillage;
using namespace maillage::meetings;

struct WeightedEdge {
    std::size_t a, b;
    std::int64_t weight;
};

PairWeights weights_of(std::size_t n, const std::vector<WeightedEdge>& edges) {
    PairWeights weights(n);
    for (const WeightedEdge& e : edges) {
        weights.set(e.a, e.b, std::max<std::int64_t>(0, e.weight));
    }
    return weights;
}

/// Whom the first free vertex meets, or nobody, in every way.
std::int64_t best_by_trying(const PairWeights& w, std::vector<std::uint8_t>& used, std::size_t from) {
    while (from < w.size() && used[from] != 0) {
        ++from;
    }
    if (from == w.size()) {
        return 0;
    }
    used[from] = 1;
    std::int64_t best = best_by_trying(w, used, from + 1);
    for (std::size_t b = from + 1; b < w.size(); ++b) {
        if (used[b] == 0 && w(from, b) > 0) {
            used[b] = 1;
            best = std::max(best, w(from, b) + best_by_trying(w, used, from + 1));
            used[b] = 0;
        }
    }
    used[from] = 0;
    return best;
}

void check_matching(const PairWeights& w, const Matching& m) {
    std::int64_t weight = 0;
    for (std::size_t v = 0; v < w.size(); ++v) {
        if (m.mate[v] != unmatched) {
            REQUIRE(m.mate[m.mate[v]] == v);
            REQUIRE(w(v, m.mate[v]) > 0);
            weight += v < m.mate[v] ? w(v, m.mate[v]) : 0;
        }
    }
    CHECK(weight == m.weight);
    CHECK(m.twice_dual == 2 * m.weight);  // the certificate
}

TEST_CASE("matching: 1000 random graphs, the weight of the definition, with its certificate",
          "[meetings][oracle]") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::size_t n = rng.below(10);
        const double density = rng.uniform01();
        const std::uint32_t heaviest = seed % 3 == 0 ? 2 : 30;
        PairWeights w(n);
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = a + 1; b < n; ++b) {
                if (rng.uniform01() < density) {
                    w.set(a, b, 1 + rng.below(heaviest));
                }
            }
        }
        const Matching m = maximum_weight_matching(w);
        check_matching(w, m);
        std::vector<std::uint8_t> used(n, 0);
        CHECK(m.weight == best_by_trying(w, used, 0));
    }
}

TEST_CASE("matching: larger random graphs have their certificate", "[meetings][oracle]") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::size_t n = 20 + rng.below(60);
        const double density = 0.05 + 0.4 * rng.uniform01();
        PairWeights w(n);
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = a + 1; b < n; ++b) {
                if (rng.uniform01() < density) {
                    w.set(a, b, 1 + rng.below(seed % 2 == 0 ? 5U : 100000U));
                }
            }
        }
        check_matching(w, maximum_weight_matching(w));
    }
}

TEST_CASE("matching: the cases of van Rantwijk's tests as networkx has them", "[meetings][golden]") {
    const auto pairs = [](std::size_t n, const std::vector<WeightedEdge>& edges) {
        const Matching m = maximum_weight_matching(weights_of(n, edges));
        std::vector<std::pair<std::size_t, std::size_t>> found;
        for (std::size_t v = 0; v < n; ++v) {
            if (m.mate[v] != unmatched && v < m.mate[v]) {
                found.emplace_back(v, m.mate[v]);
            }
        }
        return std::pair(m.weight, found);
    };
    using Found = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(pairs(5, {{1, 2, 5}, {2, 3, 11}, {3, 4, 5}}) == std::pair(std::int64_t{11}, Found{{2, 3}}));
    CHECK(pairs(5, {{1, 2, 2}, {1, 3, -2}, {2, 3, 1}, {2, 4, -1}, {3, 4, -6}}) ==
          std::pair(std::int64_t{2}, Found{{1, 2}}));
    CHECK(pairs(5, {{1, 2, 8}, {1, 3, 9}, {2, 3, 10}, {3, 4, 7}}) ==
          std::pair(std::int64_t{15}, Found{{1, 2}, {3, 4}}));
    CHECK(pairs(7, {{1, 2, 8}, {1, 3, 9}, {2, 3, 10}, {3, 4, 7}, {1, 6, 5}, {4, 5, 6}}) ==
          std::pair(std::int64_t{21}, Found{{1, 6}, {2, 3}, {4, 5}}));
    CHECK(pairs(9, {{1, 2, 10},
                    {1, 7, 10},
                    {2, 3, 12},
                    {3, 4, 20},
                    {3, 5, 20},
                    {4, 5, 25},
                    {5, 6, 10},
                    {6, 7, 10},
                    {7, 8, 8}}) == std::pair(std::int64_t{48}, Found{{1, 2}, {3, 4}, {5, 6}, {7, 8}}));
    CHECK(pairs(11, {{1, 2, 45},
                     {1, 5, 45},
                     {2, 3, 50},
                     {3, 4, 45},
                     {4, 5, 50},
                     {1, 6, 30},
                     {3, 9, 35},
                     {4, 8, 35},
                     {5, 7, 26},
                     {9, 10, 5}}) ==
          std::pair(std::int64_t{146}, Found{{1, 6}, {2, 3}, {4, 8}, {5, 7}, {9, 10}}));
}

TEST_CASE("colouring: proper, and one colour more than the degree at most", "[meetings][property]") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::uint32_t n = 2 + rng.below(20);
        const double density = rng.uniform01();
        std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
        std::vector<std::uint32_t> degree(n, 0);
        for (std::uint32_t a = 0; a < n; ++a) {
            for (std::uint32_t b = a + 1; b < n; ++b) {
                if (rng.uniform01() < density) {
                    edges.emplace_back(a, b);
                    ++degree[a];
                    ++degree[b];
                }
            }
        }
        const auto colours = edge_colouring(n, edges);
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        bool proper = true;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            proper = proper && seen.emplace(edges[e].first, colours[e]).second &&
                     seen.emplace(edges[e].second, colours[e]).second;
            proper = proper && colours[e] <= *std::max_element(degree.begin(), degree.end());
        }
        CHECK(proper);
    }
    CHECK(edge_colouring(3, {}).empty());
}

/// All pairings of those who accept each other, singles included; the stable ones.
struct StableByTrying {
    const std::vector<std::vector<std::uint32_t>>& lists;
    std::vector<std::uint32_t> mate;
    std::set<std::vector<std::uint32_t>> found;

    [[nodiscard]] std::size_t rank(std::uint32_t v, std::uint32_t u) const {
        return static_cast<std::size_t>(std::find(lists[v].begin(), lists[v].end(), u) - lists[v].begin());
    }
    [[nodiscard]] bool stable() const {
        for (std::uint32_t a = 0; a < lists.size(); ++a) {
            for (const std::uint32_t b : lists[a]) {
                if (rank(a, b) < rank(a, mate[a]) && rank(b, a) < rank(b, mate[b])) {
                    return false;
                }
            }
        }
        return true;
    }
    void try_all(std::uint32_t from) {
        while (from < lists.size() && mate[from] != from) {
            ++from;
        }
        if (from == lists.size()) {
            if (stable()) {
                found.insert(mate);
            }
            return;
        }
        try_all_single(from);
        for (const std::uint32_t b : lists[from]) {
            if (b > from && mate[b] == b) {
                mate[from] = b;
                mate[b] = from;
                try_all(from + 1);
                mate[from] = from;
                mate[b] = b;
            }
        }
    }
    void try_all_single(std::uint32_t from) {
        // stays single: go on behind it
        std::uint32_t next = from + 1;
        while (next < lists.size() && mate[next] != next) {
            ++next;
        }
        if (next >= lists.size()) {
            if (stable()) {
                found.insert(mate);
            }
            return;
        }
        try_all(next);
    }
};

std::set<std::vector<std::uint32_t>> stable_by_trying(const std::vector<std::vector<std::uint32_t>>& lists) {
    StableByTrying all{lists, std::vector<std::uint32_t>(lists.size()), {}};
    std::iota(all.mate.begin(), all.mate.end(), 0U);
    all.try_all(0);
    return all.found;
}

TEST_CASE("stable roommates: six with two answers, four with none", "[meetings][golden]") {
    const std::vector<std::vector<std::uint32_t>> six = {{2, 3, 1, 5, 4}, {5, 4, 3, 0, 2}, {1, 3, 4, 0, 5},
                                                         {4, 1, 2, 5, 0}, {2, 0, 1, 3, 5}, {4, 0, 2, 3, 1}};
    const auto all = stable_by_trying(six);
    CHECK(all.size() == 2);
    const auto found = stable_roommates(six);
    REQUIRE(found);
    CHECK(all.count(*found) == 1);
    CHECK(*found == std::vector<std::uint32_t>{5, 3, 4, 1, 2, 0});  // 16 24 35, counted from 1
    CHECK_FALSE(stable_roommates({{1, 2, 3}, {2, 0, 3}, {0, 1, 3}, {0, 1, 2}}));
    CHECK(stable_roommates({}) == std::vector<std::uint32_t>{});
    CHECK(stable_roommates({{}, {}}) == std::vector<std::uint32_t>{0, 1});
    CHECK_THROWS_AS(stable_roommates({{1}, {}}), Error);
    CHECK_THROWS_AS(stable_roommates({{1, 1}, {0}}), Error);
}

TEST_CASE("stable roommates: 1500 random lists, an answer exactly when there is one", "[meetings][oracle]") {
    std::size_t without = 0;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::uint32_t n = 2 + rng.below(6);
        const double density = seed % 2 == 0 ? 1.0 : 0.3 + 0.6 * rng.uniform01();
        std::vector<std::vector<std::uint32_t>> lists(n);
        for (std::uint32_t a = 0; a < n; ++a) {
            for (std::uint32_t b = a + 1; b < n; ++b) {
                if (rng.uniform01() < density) {
                    lists[a].push_back(b);
                    lists[b].push_back(a);
                }
            }
        }
        for (auto& list : lists) {
            rng.shuffle(std::span<std::uint32_t>(list));
        }
        const auto all = stable_by_trying(lists);
        const auto found = stable_roommates(lists);
        REQUIRE(found.has_value() == !all.empty());
        if (found) {
            CHECK(all.count(*found) == 1);
        } else {
            ++without;
        }
    }
    CHECK(without > 20);
}

std::vector<ScoredPair> random_pairs(Rng& rng, std::uint32_t n, double density) {
    std::vector<ScoredPair> pairs;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < density) {
                pairs.push_back({a, b, 0.001 + rng.uniform01()});
            }
        }
    }
    return pairs;
}

/// The largest total over all ways to put each pair into a round or none.
double best_programme(const std::vector<ScoredPair>& pairs, const MeetingRules& rules, std::size_t i,
                      std::vector<std::set<std::uint32_t>>& busy, std::vector<std::uint32_t>& meetings) {
    if (i == pairs.size()) {
        return 0.0;
    }
    double best = best_programme(pairs, rules, i + 1, busy, meetings);
    const ScoredPair& p = pairs[i];
    const auto there = [&](std::uint32_t v, std::uint32_t r) {
        return rules.there.empty() || rules.there[v].empty() || rules.there[v][r] != 0;
    };
    if (!rules.most.empty() && (meetings[p.a] >= rules.most[p.a] || meetings[p.b] >= rules.most[p.b])) {
        return best;
    }
    for (std::uint32_t r = 0; r < rules.rounds; ++r) {
        if (busy[r].count(p.a) == 0 && busy[r].count(p.b) == 0 && there(p.a, r) && there(p.b, r)) {
            busy[r].insert(p.a);
            busy[r].insert(p.b);
            ++meetings[p.a];
            ++meetings[p.b];
            best = std::max(best, p.score + best_programme(pairs, rules, i + 1, busy, meetings));
            --meetings[p.a];
            --meetings[p.b];
            busy[r].erase(p.a);
            busy[r].erase(p.b);
        }
    }
    return best;
}

void check_programme(std::uint32_t n, const std::vector<ScoredPair>& pairs, const MeetingRules& rules,
                     const Programme& programme) {
    REQUIRE(programme.rounds.size() == rules.rounds);
    std::set<std::pair<std::uint32_t, std::uint32_t>> met;
    std::vector<std::uint32_t> meetings(n, 0);
    double total = 0.0;
    for (std::uint32_t r = 0; r < rules.rounds; ++r) {
        std::set<std::uint32_t> busy;
        for (const ScoredPair& p : programme.rounds[r]) {
            CHECK(std::find(pairs.begin(), pairs.end(), p) != pairs.end());
            CHECK(busy.insert(p.a).second);
            CHECK(busy.insert(p.b).second);
            CHECK(met.emplace(p.a, p.b).second);
            for (const std::uint32_t v : {p.a, p.b}) {
                ++meetings[v];
                CHECK((rules.there.empty() || rules.there[v].empty() || rules.there[v][r] != 0));
            }
            total += p.score;
        }
    }
    CHECK(programme.total == Approx(total));
    CHECK(programme.meetings == meetings);
    for (std::uint32_t v = 0; v < n; ++v) {
        CHECK(meetings[v] <= (rules.most.empty() ? rules.rounds : rules.most[v]));
    }
}

TEST_CASE("programme: small instances, nothing broken, the bound above the best and the best nearly reached",
          "[meetings][oracle]") {
    double reached = 0.0;
    double possible = 0.0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::uint32_t n = 2 + rng.below(4);
        const auto pairs = random_pairs(rng, n, 0.8);
        MeetingRules rules;
        rules.rounds = 1 + rng.below(3);
        if (rng.below(3) == 0) {
            for (std::uint32_t v = 0; v < n; ++v) {
                rules.most.push_back(rng.below(3));
            }
        }
        if (rng.below(3) == 0) {
            rules.there.resize(n);
            for (std::uint32_t r = 0; r < rules.rounds; ++r) {
                for (std::uint32_t v = 0; v < n; ++v) {
                    rules.there[v].push_back(rng.below(4) > 0 ? 1 : 0);
                }
            }
        }
        ProgrammeOptions options;
        options.most_exact = seed % 2 == 0 ? 100 : 0;
        const Programme programme = plan_meetings(n, pairs, rules, options);
        check_programme(n, pairs, rules, programme);
        std::vector<std::set<std::uint32_t>> busy(rules.rounds);
        std::vector<std::uint32_t> meetings(n, 0);
        const double best = best_programme(pairs, rules, 0, busy, meetings);
        CHECK(programme.bound >= best - 1e-9);
        CHECK(programme.total <= best + 1e-9);
        if (programme.optimal) {
            CHECK(programme.total == Approx(best));
        }
        if (options.most_exact > 0 && rules.rounds == 1) {
            CHECK(programme.optimal);
        }
        if (programme.guarantee) {
            CHECK(programme.total >= *programme.guarantee * best - 1e-9);
        }
        reached += programme.total;
        possible += best;
    }
    CHECK(reached > 0.95 * possible);
}

TEST_CASE("suitors: what taking pairs by falling score gives, at least half of the best",
          "[meetings][property]") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        const std::uint32_t n = 2 + rng.below(12);
        auto pairs = random_pairs(rng, n, 0.6);
        for (ScoredPair& p : pairs) {
            p.score = seed % 2 == 0 ? p.score : 1.0 + rng.below(3);  // ties
        }
        std::vector<std::uint32_t> most;
        for (std::uint32_t v = 0; v < n; ++v) {
            most.push_back(rng.below(4));
        }
        const auto found = suitors(n, pairs, most);
        auto sorted = pairs;
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const ScoredPair& x, const ScoredPair& y) { return x.score > y.score; });
        std::vector<ScoredPair> greedy;
        auto room = most;
        for (const ScoredPair& p : sorted) {
            if (room[p.a] > 0 && room[p.b] > 0) {
                --room[p.a];
                --room[p.b];
                greedy.push_back(p);
            }
        }
        std::sort(greedy.begin(), greedy.end(), [](const ScoredPair& x, const ScoredPair& y) {
            return std::pair(x.a, x.b) < std::pair(y.a, y.b);
        });
        CHECK(found == greedy);
        double total = 0.0;
        for (const ScoredPair& p : found) {
            total += p.score;
        }
        CHECK(degree_bound(pairs, most, total).value >= total - 1e-9);
    }
}

TEST_CASE("programme: minimum meetings come before the total, and what cannot be is told", "[meetings]") {
    // 0-1 is the best pair by far; 2 can meet 0 only
    const std::vector<ScoredPair> pairs = {{0, 1, 0.9}, {0, 2, 0.1}};
    MeetingRules rules;
    rules.least = {0, 0, 1};
    const Programme one = plan_meetings(3, pairs, rules);
    CHECK(one.rounds[0] == std::vector<ScoredPair>{{0, 2, 0.1}});
    CHECK(one.shortfalls.empty());
    CHECK_FALSE(one.optimal);
    rules.least = {0, 2, 1};
    rules.rounds = 2;
    const Programme two = plan_meetings(3, pairs, rules);
    CHECK(two.total == Approx(1.0));
    REQUIRE(two.shortfalls.size() == 1);
    CHECK(two.shortfalls[0].vertex == 1);
    CHECK(two.shortfalls[0].possible == 1);
    rules.rounds = 0;
    CHECK_THROWS_AS(plan_meetings(3, pairs, rules), OptionError);
    rules.rounds = 1;
    rules.least = {1};
    CHECK_THROWS_AS(plan_meetings(3, pairs, rules), Error);
    const Programme nobody = plan_meetings(0, {}, {});
    CHECK(nobody.total == 0.0);
    CHECK(nobody.optimal);
}

}  // namespace
