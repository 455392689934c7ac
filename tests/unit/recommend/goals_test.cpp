#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include "algorithms/recommend/list_figures.hpp"
#include "algorithms/recommend/pair_scorer.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "tests/support/graphs.hpp"
#include "tests/support/recommend_cases.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::graph_of;
using maillage::testing::incidence;
using maillage::testing::labels_of;
using maillage::testing::RecommendCase;

VertexId v(std::uint32_t i) {
    return id_at<VertexId>(i);
}

/// The chain 0-1-2-3-4; 5 and 6 are alone. 0 knows x and y, 2 x and z, 5 and 6 y and z. 3 and 6 are of another
/// group.
RecommendCase six_around() {
    RecommendCase c;
    c.ties = graph_of(7, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
    c.offers = incidence(3, {{{0}, {1}}, {}, {{0}, {2}}, {}, {}, {{1}, {2}}, {{1}, {2}}});
    c.seeks = incidence(3, {{}, {}, {}, {}, {}, {}, {}});
    c.groupings = {labels_of("kind", {"a", "a", "a", "b", "a", "a", "b"})};
    return c;
}

TEST_CASE("goals: weights add up to 1, and remoteness is 0, a half or 1", "[recommend][unit]") {
    const RecommendCase c = six_around();
    for (const Goal goal : {Goal::likely, Goal::complementary, Goal::bridging}) {
        const ScoreOptions options = score_options(goal);
        CHECK(options.goal == goal);
        validate(options);
        const PairModel model(c.input(), options);
        PairScorer score(model);
        CHECK(score(v(0), v(2)).values[Feature::remoteness] == 0.0);
        CHECK(score(v(0), v(3)).values[Feature::remoteness] == 0.5);
        CHECK(score(v(0), v(4)).values[Feature::remoteness] == 1.0);
        CHECK(score(v(0), v(5)).values[Feature::remoteness] == 1.0);
    }
    CHECK(score_options(Goal::likely) == ScoreOptions());
    CHECK(score_options(Goal::likely).weights[Feature::remoteness] == 0.0);
}

TEST_CASE("goals: likely goes to the neighbour, complementary to who brings most, bridging across",
          "[recommend][unit]") {
    const RecommendCase c = six_around();
    const auto first = [&c](Goal goal) {
        const PairModel model(c.input(), score_options(goal));
        RecommendOptions options;
        options.only = v(0);
        return recommend(model, options).actors.front().partners.front().partner;
    };
    CHECK(first(Goal::likely) == v(2));
    CHECK(first(Goal::complementary) == v(6));  // as much as 5, and another group
    CHECK(first(Goal::bridging) == v(6));
    // 3 is of another group too, and has nothing to bring: the goal asks for plausible pairs.
    const PairModel model(c.input(), score_options(Goal::bridging));
    const RecommendResult result = recommend(model);
    for (const auto& p : result.actors.front().partners) {
        const PairScore score = PairScorer(model)(v(0), p.partner);
        CHECK(score.score - score.contributions[Feature::crossing] -
                  score.contributions[Feature::remoteness] >=
              0.05);
    }
}

TEST_CASE("barred pairs: not proposed from either side, counted, and a reason of their own",
          "[recommend][unit]") {
    const RecommendCase c = six_around();
    const CsrGraph barred = graph_of(7, {{0, 2}, {0, 5}, {5, 6}, {2, 5}, {2, 6}, {0, 6}});
    RecommendInput input = c.input();
    input.barred = barred;
    const PairModel model(input);
    const RecommendResult result = recommend(model);
    for (const auto& p : result.actors[0].partners) {
        CHECK(p.partner == v(3));
    }
    CHECK(result.actors[0].reach.barred == 3);
    CHECK(result.actors[6].partners.empty());
    CHECK(result.actors[6].reason == NoRecommendation::barred);
    CHECK(to_code(result.actors[6].reason) == "excluded");
}

TEST_CASE("list figures: by hand", "[recommend][unit]") {
    const RecommendCase c = six_around();
    const PairModel model(c.input());
    std::vector<ActorRecommendations> lists(2);
    lists[0].actor = v(0);
    lists[0].partners = {{v(5), 1, 0.5, 0.5, 1}, {v(6), 2, 0.4, 0.4, 2}};
    lists[1].actor = v(3);
    lists[1].partners = {{v(5), 1, 0.5, 0.5, 1}};
    const ListFigures figures = list_figures(model, lists, 0);
    CHECK(figures.lists == 2);
    CHECK(figures.places == 3);
    // 5 and 6 know the same and are of different groups: similarity (1 + 0) / 2.
    CHECK(partner_similarity(model, v(5), v(6)) == Approx(0.5));
    CHECK(figures.diversity == Approx(0.5));
    CHECK(figures.novelty == Approx(3.0));  // nobody of them has a partner: log2 of 8
    CHECK(figures.outside == Approx(2.0 / 3.0));
    CHECK(figures.newcomers == 1.0);
    CHECK(most_shown(model, lists) == 2);
    const ListFigures none = list_figures(model, {}, 0);
    CHECK_FALSE(none.diversity);
    CHECK_FALSE(none.novelty);
    CHECK_FALSE(none.outside);
    CHECK_FALSE(none.newcomers);
    CHECK(most_shown(model, {}) == 0);
}

TEST_CASE("exposure: entropy of shares", "[recommend][unit]") {
    const std::vector<double> even = {2.0, 2.0, 2.0, 2.0};
    CHECK(exposure(even).entropy == Approx(1.0));
    const std::vector<double> half = {1.0, 1.0, 0.0, 0.0};
    CHECK(exposure(half).entropy == Approx(0.5));
    const std::vector<double> one = {0.0, 0.0, 0.0, 1.0};
    CHECK(exposure(one).entropy == 0.0);
    const std::vector<double> alone = {1.0};
    CHECK_FALSE(exposure(alone).entropy);
    const std::vector<double> nobody = {0.0, 0.0};
    CHECK_FALSE(exposure(nobody).entropy);
}

TEST_CASE("recommend: a quota without groups, and a cap seen from one actor", "[recommend][unit]") {
    RecommendCase c = six_around();
    RecommendOptions options;
    options.top = 3;
    options.lists.max_exposure = 1;
    const PairModel model(c.input());
    const RecommendResult all = recommend(model, options);
    for (const auto& actor : all.actors) {
        RecommendOptions alone = options;
        alone.only = actor.actor;
        const RecommendResult one = recommend(model, alone);
        REQUIRE(one.actors.size() == 1);
        CHECK(one.actors.front().partners.size() == actor.partners.size());
    }
    CHECK(*all.exposure.gini <= *all.exposure_by_score.gini);
    c.groupings.clear();
    options.lists.quota = 1;
    CHECK_THROWS_AS(recommend(PairModel(c.input()), options), OptionError);
}

}  // namespace
