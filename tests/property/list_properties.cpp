#include "engine/error.hpp"
#include "engine/random.hpp"
#include "engine/top_k.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/list_policies.hpp"
#include "algorithms/recommend/pair_scorer.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "tests/support/recommend_cases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::random_case;
using maillage::testing::RecommendCase;

/// Rules drawn at random for lists of `top`, of every kind and mixed.
ListPolicy random_policy(Rng& rng, std::uint32_t top) {
    constexpr Fusion fusions[] = {Fusion::off, Fusion::harmonic, Fusion::geometric, Fusion::uninorm,
                                  Fusion::minimum};
    ListPolicy policy;
    policy.reciprocal = fusions[rng.below(5)];
    policy.diversity = rng.below(2) == 0 ? 0.0 : rng.uniform01();
    policy.quota = rng.below(top);
    policy.newcomers = rng.below(top - policy.quota + 1);
    policy.newcomer_partners = rng.below(4);
    policy.max_exposure = rng.below(2) == 0 ? 0 : 1 + rng.below(6);
    return policy;
}

/// Pairs that were tried: some drawn at random, and half of what would be proposed.
CsrGraph random_barred(Rng& rng, const RecommendCase& c, std::uint32_t n) {
    const PairModel model(c.input());
    std::vector<Tie> pairs;
    for (std::uint32_t i = 0; i < n / 2; ++i) {
        const std::uint32_t a = rng.below(n);
        pairs.push_back({id_at<VertexId>(a), id_at<VertexId>((a + 1 + rng.below(n - 1)) % n), 1.0});
    }
    for (const auto& actor : recommend(model, {.top = 3}).actors) {
        for (const auto& p : actor.partners) {
            if (rng.below(2) == 0) {
                pairs.push_back({actor.actor, p.partner, 1.0});
            }
        }
    }
    return CsrGraph::from_ties(n, pairs);
}

std::vector<std::tuple<VertexId, VertexId, std::uint32_t, double, double>> flat(const RecommendResult& r) {
    std::vector<std::tuple<VertexId, VertexId, std::uint32_t, double, double>> rows;
    for (const auto& actor : r.actors) {
        for (const auto& p : actor.partners) {
            rows.emplace_back(actor.actor, p.partner, p.rank, p.score, p.value);
        }
    }
    return rows;
}

TEST_CASE("list properties: whatever the rules", "[recommend][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{61}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 4 + rng.below(60);
    const RecommendCase c = random_case(rng, n);
    const CsrGraph barred = random_barred(rng, c, n);
    RecommendInput input = c.input();
    input.barred = barred;
    constexpr Goal goals[] = {Goal::likely, Goal::complementary, Goal::bridging};
    const PairModel model(input, score_options(goals[rng.below(3)]));
    RecommendOptions options;
    options.top = 1 + rng.below(6);
    options.lists = random_policy(rng, options.top);
    const RecommendResult result = recommend(model, options);

    PairScorer scorer(model);
    std::vector<std::uint32_t> shown(n, 0);
    for (const auto& actor : result.actors) {
        std::set<VertexId> seen;
        std::uint32_t outside = 0;
        std::uint32_t newcomers = 0;
        CHECK(actor.partners.size() <= options.top);
        CHECK(actor.partners.empty() == !to_code(actor.reason).empty());
        for (std::size_t i = 0; i < actor.partners.size(); ++i) {
            const RecommendedPartner& p = actor.partners[i];
            CHECK(p.partner != actor.actor);
            CHECK(seen.insert(p.partner).second);
            CHECK(c.in_scope[index_of(p.partner)] == 1);
            CHECK_FALSE(c.links.view().adjacent(actor.actor, p.partner));
            CHECK_FALSE(c.ties.view().adjacent(actor.actor, p.partner));
            CHECK_FALSE(barred.view().adjacent(actor.actor, p.partner));
            CHECK(p.rank == i + 1);
            CHECK((p.score_rank > 0 || options.lists.reserves()));
            const PairScore score = scorer(actor.actor, p.partner);
            CHECK(same_score(p.score, score.score));
            CHECK(std::abs(std::accumulate(score.contributions.items.begin(), score.contributions.items.end(),
                                           0.0) -
                           p.score) < 1e-12);
            if (options.lists.reciprocal != Fusion::off) {
                const Reciprocity worth = reciprocity(score, model.options());
                CHECK(same_score(p.value, fuse(options.lists.reciprocal, worth.to_a, worth.to_b)));
                CHECK(p.value > 0.0);
            } else {
                CHECK(p.value == p.score);
            }
            if (options.lists.diversity == 0.0 && i > 0) {
                CHECK(compare_scores(actor.partners[i - 1].value, p.value) >= 0);
            }
            const GroupLabels& kinds = c.groupings.front();
            outside += kinds.first(actor.actor) != kinds.first(p.partner) ? 1U : 0U;
            newcomers += c.ties.view().degree(p.partner) <= options.lists.newcomer_partners ? 1U : 0U;
            ++shown[index_of(p.partner)];
        }
        CHECK(outside + actor.short_of_quota >= options.lists.quota);
        CHECK(newcomers + actor.short_of_newcomers >= options.lists.newcomers);
    }
    if (options.lists.max_exposure > 0) {
        CHECK(*std::max_element(shown.begin(), shown.end()) <= options.lists.max_exposure);
    }
    SECTION("the same for one thread and four, and for an actor alone and among all") {
        CHECK(flat(recommend(model, options, {.threads = 4})) == flat(result));
        for (const auto& actor : result.actors) {
            RecommendOptions alone = options;
            alone.only = actor.actor;
            const RecommendResult one = recommend(model, alone);
            REQUIRE(one.actors.size() == 1);
            CHECK(one.actors.front().reason == actor.reason);
            CHECK(flat(one) == flat({.actors = {actor}, .exposure = {}, .exposure_by_score = {}}));
        }
    }
}

TEST_CASE("list properties: places are missed only when nobody within reach qualifies, and lists are full",
          "[recommend][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 40 + rng.below(40);
    const RecommendCase c = random_case(rng, n);
    const PairModel model(c.input());
    RecommendOptions options;
    options.top = 1 + rng.below(3);
    options.lists = random_policy(rng, options.top);
    options.lists.max_exposure = 0;
    options.lists.reciprocal = Fusion::off;
    PairScorer scorer(model);
    for (const auto& actor : recommend(model, options).actors) {
        std::uint32_t all = 0;
        std::uint32_t outside = 0;
        std::uint32_t newcomers = 0;
        for (const VertexId y : c.ties.view().vertices()) {
            const bool open =
                y != actor.actor && c.in_scope[index_of(y)] == 1 && !c.links.view().adjacent(actor.actor, y);
            if (!open) {
                continue;
            }
            const PairScore score = scorer(actor.actor, y);
            const bool listed = score.score - score.contributions[Feature::crossing] >= least_evidence;
            all += listed ? 1U : 0U;
            outside += listed && c.groupings[0].first(y) != c.groupings[0].first(actor.actor) ? 1U : 0U;
            newcomers += listed && c.ties.view().degree(y) <= options.lists.newcomer_partners ? 1U : 0U;
        }
        CHECK(actor.partners.size() == std::min(options.top, all));
        CHECK(actor.short_of_quota == options.lists.quota - std::min(options.lists.quota, outside));
        CHECK(actor.short_of_newcomers ==
              options.lists.newcomers - std::min(options.lists.newcomers, newcomers));
    }
}

/// Greatest sum of values that lists of `top` can have with nobody in more than `cap`, by trying everything.
double best_of_all(const std::vector<CandidateList>& lists, std::size_t list, std::size_t next,
                   std::uint32_t left, std::uint32_t top, std::vector<std::uint32_t>& room) {
    if (list == lists.size()) {
        return 0.0;
    }
    if (left == 0 || next == lists[list].candidates.size()) {
        return best_of_all(lists, list + 1, 0, top, top, room);
    }
    double best = best_of_all(lists, list, next + 1, left, top, room);
    const ListCandidate& c = lists[list].candidates[next];
    if (room[index_of(c.partner)] > 0) {
        --room[index_of(c.partner)];
        best = std::max(best, c.value + best_of_all(lists, list, next + 1, left - 1, top, room));
        ++room[index_of(c.partner)];
    }
    return best;
}

TEST_CASE(
    "max exposure: at least half of the best of all b-matchings, and the one of a greedy over all pairs",
    "[recommend][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{101}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t top = 1 + rng.below(3);
    const std::uint32_t cap = 1 + rng.below(3);
    std::vector<CandidateList> lists;
    for (std::uint32_t i = 0; i < 4; ++i) {
        CandidateList list{id_at<VertexId>(i), {}};
        for (std::uint32_t p = 4; p < 9; ++p) {
            if (rng.below(4) > 0) {
                const double value = static_cast<double>(1 + rng.below(8)) / 8.0;
                list.candidates.push_back({id_at<VertexId>(p), value, value, 1});
            }
        }
        std::sort(list.candidates.begin(), list.candidates.end(), [](const auto& x, const auto& y) {
            return x.value != y.value ? x.value > y.value : x.partner < y.partner;
        });
        lists.push_back(list);
    }
    const auto found = arrange(lists, top, {.max_exposure = cap}, {});
    double sum = 0.0;
    std::set<std::pair<VertexId, VertexId>> pairs;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const ListCandidate& c : found[i].partners) {
            sum += c.value;
            pairs.emplace(lists[i].actor, c.partner);
        }
    }
    std::vector<std::uint32_t> room(9, cap);
    const double best = best_of_all(lists, 0, 0, top, top, room);
    CHECK(sum <= best + 1e-12);
    CHECK(2.0 * sum >= best - 1e-12);

    // All pairs sorted once, each taken while both ends have room.
    std::vector<std::tuple<double, VertexId, VertexId>> all;
    for (const CandidateList& list : lists) {
        for (const ListCandidate& c : list.candidates) {
            all.emplace_back(-c.value, list.actor, c.partner);
        }
    }
    std::sort(all.begin(), all.end());
    std::vector<std::uint32_t> taken(9, 0);
    std::set<std::pair<VertexId, VertexId>> greedy;
    for (const auto& [minus, actor, partner] : all) {
        if (taken[index_of(actor)] < top && taken[index_of(partner)] < cap) {
            ++taken[index_of(actor)];
            ++taken[index_of(partner)];
            greedy.emplace(actor, partner);
        }
    }
    CHECK(pairs == greedy);
}

}  // namespace
