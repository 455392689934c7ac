#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

/// best_matches against the definition: every pair compared, from maps, without anything of the search.
namespace {

using namespace maillage;

using Levels = std::map<std::size_t, double>;

Levels levels(const Incidence& incidence, std::size_t v) {
    Levels result;
    for (const auto& held : incidence.of(id_at<VertexId>(v))) {
        result[index_of(held.expertise)] = static_cast<double>(held.level);
    }
    return result;
}

double at(const Levels& set, std::size_t x) {
    const auto found = set.find(x);
    return found == set.end() ? 0.0 : found->second;
}

struct SlowPair {
    double similarity = 0.0, score = 0.0;
    std::size_t shared = 0;
    bool in_touch = false;
};

struct SlowMatcher {
    const MatchInput& input;
    const MatchOptions& options;
    std::size_t n = input.offers.vertex_count();

    [[nodiscard]] bool scoped(std::size_t v) const {
        return input.in_scope.empty() || input.in_scope[v] != 0;
    }

    [[nodiscard]] double idf(std::size_t x) const {
        double actors = 0.0;
        double holders = 0.0;
        for (std::size_t v = 0; v < n; ++v) {
            actors += scoped(v) ? 1.0 : 0.0;
            holders += scoped(v) && at(levels(input.offers, v), x) > 0.0 ? 1.0 : 0.0;
        }
        return std::log((1.0 + actors) / (1.0 + holders)) + 1.0;
    }

    std::vector<double> w = [this] {
        std::vector<double> all;
        for (std::size_t x = 0; x < input.offers.expertise_count(); ++x) {
            all.push_back(idf(x));
        }
        return all;
    }();

    [[nodiscard]] double need(const Levels& sought, const Levels& offered) const {
        double met = 0.0;
        double all = 0.0;
        for (const auto& [x, level] : sought) {
            all += w[x] * level;
            met += w[x] * level * at(offered, x);
        }
        return all > 0.0 ? met / all : 0.0;
    }

    [[nodiscard]] SlowPair pair(std::size_t a, std::size_t b) const {
        const Levels qa = levels(input.offers, a);
        const Levels qb = levels(input.offers, b);
        std::set<std::size_t> all;
        for (const auto& held : qa) {
            all.insert(held.first);
        }
        for (const auto& held : qb) {
            all.insert(held.first);
        }
        SlowPair result;
        double common = 0.0;
        double only_a = 0.0;
        double only_b = 0.0;
        for (const std::size_t x : all) {
            common += w[x] * std::min(at(qa, x), at(qb, x));
            only_a += w[x] * std::max(0.0, at(qa, x) - at(qb, x));
            only_b += w[x] * std::max(0.0, at(qb, x) - at(qa, x));
            result.shared += qa.count(x) * qb.count(x);
        }
        const double need_a = need(levels(input.seeks, a), qb);
        const double need_b = need(levels(input.seeks, b), qa);
        result.in_touch = result.shared > 0 || need_a > 0.0 || need_b > 0.0;
        const double whole = common + only_a + only_b;
        if (whole == 0.0) {
            return result;
        }
        result.similarity = common / whole;
        const double j0 = options.complementarity.common_ground;
        const double t = j0 == 0.0 ? 1.0 : std::min(1.0, std::max({result.similarity, need_a, need_b}) / j0);
        const double u = 1.0 - (1.0 - t * only_b / whole) * (1.0 - need_a);
        const double v = 1.0 - (1.0 - t * only_a / whole) * (1.0 - need_b);
        result.score = u > 1e-15 && v > 1e-15 ? 2.0 / (1.0 / u + 1.0 / v) : 0.0;
        return result;
    }

    [[nodiscard]] bool linked(std::size_t a, std::size_t b) const {
        const GraphView links = input.links.vertex_count() == 0 ? input.ties : input.links;
        return links.adjacent(id_at<VertexId>(a), id_at<VertexId>(b));
    }
};

using Ranked = std::tuple<double, std::size_t, std::size_t>;  // -key, a, b

double key(double score) {
    return -std::round(score * 1e12);
}

std::vector<Ranked> first(std::vector<Ranked> list, std::size_t k) {
    std::sort(list.begin(), list.end());
    list.resize(std::min(k, list.size()));
    return list;
}

/// Scores are compared with a tolerance; where two neighbours of a list are closer than that, the two
/// implementations may round to either side, so ids are compared where the order is sure.
void check_same(const std::vector<Ranked>& slow, const std::vector<Ranked>& fast) {
    REQUIRE(slow.size() == fast.size());
    for (std::size_t i = 0; i < slow.size(); ++i) {
        const double score = -std::get<0>(slow[i]) * 1e-12;
        CHECK(-std::get<0>(fast[i]) * 1e-12 == Approx(score).margin(1e-11));
        const bool close_before = i > 0 && std::abs(std::get<0>(slow[i]) - std::get<0>(slow[i - 1])) < 20;
        const bool close_after =
            i + 1 == slow.size() || std::abs(std::get<0>(slow[i + 1]) - std::get<0>(slow[i])) < 20;
        if (!close_before && !close_after) {
            CHECK(std::tie(std::get<1>(slow[i]), std::get<2>(slow[i])) ==
                  std::tie(std::get<1>(fast[i]), std::get<2>(fast[i])));
        }
    }
}

TEST_CASE("best_matches: exactly what comparing all pairs gives", "[matching][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{61}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(40);
    const std::uint32_t expertises = 2 + rng.below(14);
    const Incidence offers = maillage::testing::random_incidence(rng, n, expertises, 1 + rng.below(6));
    const Incidence seeks = maillage::testing::random_incidence(rng, n, expertises, rng.below(3));
    const CsrGraph ties = maillage::testing::random_graph(rng, n, 0.15);
    const CsrGraph links = maillage::testing::random_graph(rng, n, 0.2);
    std::vector<std::uint8_t> scope(n, 1);
    for (auto& mark : scope) {
        mark = rng.below(5) > 0 ? 1 : 0;
    }
    MatchInput input{offers, seeks, ties, {}, scope};
    if (seed % 3 == 0) {
        input.links = links;
    }
    MatchOptions options;
    options.top = 1 + rng.below(5);
    options.top_pairs = 1 + rng.below(20);
    options.top_pooling = 1 + rng.below(20);
    options.include_tied = seed % 4 == 1;
    options.complementarity.common_ground =
        seed % 5 == 0 ? 0.0 : 0.05 * static_cast<double>(1 + rng.below(8));
    const MatchResult fast = best_matches(input, options, {.threads = 2});
    const SlowMatcher slow{input, options};

    std::vector<Ranked> pairs;
    std::vector<Ranked> pooling;
    std::uint64_t in_touch = 0;
    std::size_t position = 0;
    for (std::size_t a = 0; a < n; ++a) {
        if (!slow.scoped(a)) {
            continue;
        }
        std::vector<Ranked> partners;
        for (std::size_t b = 0; b < n; ++b) {
            if (b == a || !slow.scoped(b)) {
                continue;
            }
            const SlowPair pair = slow.pair(a, b);
            in_touch += a < b && pair.in_touch ? 1U : 0U;
            if (pair.score >= least_match_score && (options.include_tied || !slow.linked(a, b))) {
                partners.emplace_back(key(pair.score), a, b);
                if (a < b) {
                    pairs.emplace_back(key(pair.score), a, b);
                }
            }
            if (a < b && pair.shared >= 2 && pair.similarity >= 0.25 && !slow.linked(a, b)) {
                pooling.emplace_back(key(pair.similarity), a, b);
            }
        }
        CAPTURE(a);
        REQUIRE(index_of(fast.actors.at(position).actor) == a);
        std::vector<Ranked> found;
        for (const Partner& partner : fast.actors[position].partners) {
            found.emplace_back(key(partner.score), a, index_of(partner.vertex));
        }
        check_same(first(partners, options.top), found);
        ++position;
    }
    const auto ranked = [](const std::vector<MatchedPair>& list, bool by_similarity) {
        std::vector<Ranked> result;
        for (const MatchedPair& pair : list) {
            result.emplace_back(key(by_similarity ? *pair.measures.similarity : *pair.measures.score),
                                index_of(pair.a), index_of(pair.b));
        }
        return result;
    };
    CHECK(fast.pairs_in_touch == in_touch);
    check_same(first(pairs, options.top_pairs), ranked(fast.pairs, false));
    check_same(first(pooling, options.top_pooling), ranked(fast.pooling, true));
}

}  // namespace
