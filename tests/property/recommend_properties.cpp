#include "engine/random.hpp"
#include "engine/top_k.hpp"

#include "algorithms/recommend/candidates.hpp"
#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/pair_scorer.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "tests/support/recommend_cases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::random_case;
using maillage::testing::RecommendCase;

std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, double>> flat(const RecommendResult& r) {
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, double>> rows;
    for (const auto& actor : r.actors) {
        for (const auto& p : actor.partners) {
            rows.emplace_back(static_cast<std::uint32_t>(actor.actor), static_cast<std::uint32_t>(p.partner),
                              p.rank, p.score);
        }
    }
    return rows;
}

double sum_of(const PairScore& score) {
    return std::accumulate(score.contributions.items.begin(), score.contributions.items.end(), 0.0);
}

TEST_CASE("recommend properties", "[recommend][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const RecommendCase c = random_case(rng, 2 + rng.below(60));
    const PairModel model(c.input());
    const RecommendOptions options{.top = 5};
    const RecommendResult result = recommend(model, options);

    SECTION("never an existing link, an actor out of scope or the actor itself, nobody twice") {
        for (const auto& actor : result.actors) {
            std::set<VertexId> seen;
            for (const auto& p : actor.partners) {
                CHECK(p.partner != actor.actor);
                CHECK_FALSE(c.links.view().adjacent(actor.actor, p.partner));
                CHECK_FALSE(c.ties.view().adjacent(actor.actor, p.partner));
                CHECK(c.in_scope[index_of(p.partner)] == 1);
                CHECK(seen.insert(p.partner).second);
            }
        }
    }
    SECTION("everyone in scope appears once, and an empty list has its reason") {
        std::size_t in_scope = 0;
        for (const auto mark : c.in_scope) {
            in_scope += mark;
        }
        CHECK(result.actors.size() == in_scope);
        for (const auto& actor : result.actors) {
            CHECK(actor.partners.empty() == !to_code(actor.reason).empty());
        }
    }
    SECTION("lists are ordered, ranks count from one, scores are in [0, 1]") {
        for (const auto& actor : result.actors) {
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                CHECK(actor.partners[i].rank == i + 1);
                CHECK(actor.partners[i].score >= 0.0);
                CHECK(actor.partners[i].score <= 1.0);
                CHECK((i == 0 || actor.partners[i - 1].score >= actor.partners[i].score - 1e-12));
            }
        }
    }
    SECTION("contributions are weight times value and add up to the score; nothing changes when sides do") {
        PairExplainer explain(model, {}, count_ei(model.input()));
        for (const auto& actor : result.actors) {
            for (const auto& p : actor.partners) {
                const PairExplanation there = explain(actor.actor, p.partner);
                const PairExplanation back = explain(p.partner, actor.actor);
                CHECK(same_score(there.score.score, p.score));
                CHECK(same_score(back.score.score, there.score.score));
                CHECK(std::abs(sum_of(there.score) - p.score) < 1e-12);
                for (const Feature f : all_features) {
                    const auto& value = there.score.values[f];
                    CHECK(there.score.contributions[f] == model.options().weights[f] * value.value_or(0.0));
                    CHECK((value.value_or(0.0) >= 0.0 && value.value_or(0.0) <= 1.0));
                }
                CHECK(same_score(there.reciprocal.to_a, back.reciprocal.to_b));
                CHECK(same_score(there.reciprocal.fused, back.reciprocal.fused));
                double partners = there.other_partners_contribution;
                for (const auto& common : there.common_partners) {
                    partners += common.contribution;
                }
                CHECK(partners == Approx(there.score.resource_allocation).margin(1e-12));
                double paths = 0.0;
                for (const auto& path : there.paths) {
                    CHECK(c.ties.view().adjacent(actor.actor, path.first));
                    CHECK(c.ties.view().adjacent(path.first, path.second));
                    CHECK(c.ties.view().adjacent(path.second, p.partner));
                    paths += path.contribution;
                }
                CHECK(paths <= there.score.l3 + 1e-12);
                CHECK((there.distance.has_value() || there.paths.empty()));
            }
        }
    }
    SECTION("the same for one thread and four, and for an actor alone and among all") {
        CHECK(flat(recommend(model, options, {.threads = 4})) == flat(result));
        for (const auto& actor : result.actors) {
            RecommendOptions alone = options;
            alone.only = actor.actor;
            const RecommendResult one = recommend(model, alone);
            REQUIRE(one.actors.size() == 1);
            CHECK(one.actors.front().reason == actor.reason);
            REQUIRE(one.actors.front().partners.size() == actor.partners.size());
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                CHECK(one.actors.front().partners[i].partner == actor.partners[i].partner);
                CHECK(one.actors.front().partners[i].score == actor.partners[i].score);
            }
        }
    }
    SECTION("a shorter list is the head of a longer one") {
        RecommendOptions longer = options;
        longer.top = 9;
        const RecommendResult more = recommend(model, longer);
        for (std::size_t i = 0; i < result.actors.size(); ++i) {
            const auto& head = result.actors[i].partners;
            const auto& all = more.actors[i].partners;
            REQUIRE(head.size() == std::min<std::size_t>(5, all.size()));
            for (std::size_t k = 0; k < head.size(); ++k) {
                CHECK(head[k].partner == all[k].partner);
            }
        }
    }
    SECTION("a tight budget loses candidates, never exactness of a score, and is said") {
        RecommendOptions tight = options;
        tight.budget = {.steps = 0, .postings = 0, .least_steps = 6, .least_postings = 4};
        const RecommendResult bounded = recommend(model, tight);
        PairScorer scorer(model);
        for (std::size_t i = 0; i < bounded.actors.size(); ++i) {
            const ActorRecommendations& actor = bounded.actors[i];
            CHECK(actor.reach.candidates <= result.actors[i].reach.candidates);
            for (const auto& p : actor.partners) {
                CHECK(same_score(p.score, scorer(actor.actor, p.partner).score));
                CHECK_FALSE(c.links.view().adjacent(actor.actor, p.partner));
            }
            if (actor.reach.all_paths && actor.reach.all_expertises) {
                CHECK(actor.partners.size() == result.actors[i].partners.size());
            }
        }
    }
}

/// L3 by its definition: over all u and v that make a way a-u-v-b.
double l3_by_definition(GraphView g, VertexId a, VertexId b) {
    double sum = 0.0;
    for (const VertexId u : g.vertices()) {
        for (const VertexId v : g.vertices()) {
            if (u != b && v != a && u != v && g.adjacent(a, u) && g.adjacent(u, v) && g.adjacent(v, b)) {
                sum += g.weight_between(a, u) * g.weight_between(u, v) * g.weight_between(v, b) /
                       std::sqrt(g.strength(u) * g.strength(v));
            }
        }
    }
    return sum;
}

TEST_CASE("recommend: ways of three by the definition, from either side, and to hubs from the table",
          "[recommend][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const RecommendCase c = random_case(rng, 3 + rng.below(18));
    const PairModel model(c.input());
    const GraphView g = c.ties.view();
    PairScorer scorer(model);
    const HubPaths paths(model, 4, {});
    std::vector<double> sums(paths.hubs().size());
    for (const VertexId a : g.vertices()) {
        paths.to_all(a, sums);
        // for one start alone: the same bits where the hub is not tied to it, and no table of all
        std::vector<double> alone(sums.size());
        HubPaths(model, 4, {}, a).to_all(a, alone);
        for (std::size_t k = 0; k < sums.size(); ++k) {
            const VertexId hub = paths.hubs()[k];
            if (hub != a) {
                CHECK((g.adjacent(a, hub) ? alone[k] > 0.0 && sums[k] > 0.0 : alone[k] == sums[k]));
            }
        }
        for (const VertexId b : g.vertices()) {
            if (a == b) {
                continue;
            }
            const double expected = l3_by_definition(g, a, b);
            CHECK(std::abs(scorer.l3(a, b) - expected) < 1e-12);
            double best = 0.0;
            double all = 0.0;
            for (const ThreePath& way : scorer.best_paths(a, b, 1000)) {
                best = std::max(best, way.contribution);
                all += way.contribution;
            }
            CHECK(std::abs(all - expected) < 1e-12);
            const auto first = scorer.best_paths(a, b, 1);
            CHECK(first.empty() == (expected == 0.0));
            CHECK((first.empty() || same_score(first.front().contribution, best)));
            const auto hub = std::find(paths.hubs().begin(), paths.hubs().end(), b);
            if (hub != paths.hubs().end() && !g.adjacent(a, b)) {
                CHECK(std::abs(sums[static_cast<std::size_t>(hub - paths.hubs().begin())] - expected) <
                      1e-12);
            }
        }
    }
    for (std::size_t k = 1; k < paths.hubs().size(); ++k) {
        CHECK(model.strength(paths.hubs()[k - 1]) >= model.strength(paths.hubs()[k]));
    }
}

TEST_CASE("recommend: the strongest holders of an expertise, in order", "[recommend][unit]") {
    Rng rng(5);
    const RecommendCase c = random_case(rng, 50);
    const RecommendInput input = c.input();
    const PairModel model(input);
    const StrongestHolders strongest(model, input.offers, 3);
    for (const ExpertiseId x : IdRange<ExpertiseId>(input.offers.expertise_count())) {
        std::vector<double> strengths;
        for (const auto& holder : input.offers.of(x)) {
            if (input.scoped(holder.vertex)) {
                strengths.push_back(model.strength(holder.vertex));
            }
        }
        std::sort(strengths.rbegin(), strengths.rend());
        REQUIRE(strongest.of(x).size() == std::min<std::size_t>(3, strengths.size()));
        for (std::size_t i = 0; i < strongest.of(x).size(); ++i) {
            CHECK(model.strength(strongest.of(x)[i].vertex) == strengths[i]);
        }
    }
}

TEST_CASE("recommend: weights that keep one feature rank by that feature", "[recommend][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{11}));
    CAPTURE(seed);
    Rng rng(seed);
    const RecommendCase c = random_case(rng, 40);
    for (const Feature kept :
         {Feature::resource_allocation, Feature::l3, Feature::complementarity, Feature::common_ground}) {
        ScoreOptions score;
        score.weights = {};
        score.weights[kept] = 1.0;
        const PairModel model(c.input(), score);
        const RecommendOptions options{.top = 4};
        PairScorer scorer(model);
        for (const auto& actor : recommend(model, options).actors) {
            std::vector<double> all;
            for (const VertexId y : c.ties.view().vertices()) {
                const bool open = y != actor.actor && c.in_scope[index_of(y)] == 1 &&
                                  !c.links.view().adjacent(actor.actor, y);
                const double value = open ? scorer(actor.actor, y).score : 0.0;
                if (value >= least_evidence) {
                    all.push_back(value);
                }
            }
            std::sort(all.rbegin(), all.rend());
            REQUIRE(actor.partners.size() == std::min<std::size_t>(4, all.size()));
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                CHECK(same_score(actor.partners[i].score, all[i]));
            }
        }
    }
}

}  // namespace
