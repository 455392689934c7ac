#include "algorithms/recommend/recommend.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include "algorithms/recommend/explanation.hpp"

#include "tests/support/graphs.hpp"
#include "tests/support/recommend_cases.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>
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

/// Two towns, 0 and 1, twinned with the same city abroad, 2, which is out of scope; 3 is alone and offers
/// what 0 seeks; 4 is alone and unknown. Expertises: x0 of 0, x1 of 1, x0 and x2 of 3.
RecommendCase two_towns() {
    RecommendCase c;
    c.ties = graph_of(5, {{0, 2}, {1, 2}});
    c.links = c.ties;
    c.offers = incidence(4, {{{0}}, {{1}}, {}, {{0}, {2}}, {}});
    c.seeks = incidence(4, {{{2}}, {}, {}, {}, {}});
    c.in_scope = {1, 1, 0, 1, 1};
    c.groupings = {labels_of("kind", {"town", "town", "town", "school", "school"})};
    return c;
}

const ActorRecommendations& list_of(const RecommendResult& result, std::uint32_t actor) {
    for (const auto& entry : result.actors) {
        if (entry.actor == v(actor)) {
            return entry;
        }
    }
    throw Error("no such list");
}

TEST_CASE("recommend: two towns twinned with the same city abroad find each other", "[recommend][unit]") {
    const RecommendCase c = two_towns();
    const PairModel model(c.input());
    const RecommendResult result = recommend(model);
    const auto& first = list_of(result, 0);
    REQUIRE(first.partners.size() == 2);
    CHECK(first.partners[0].partner == v(3));  // meets a need and is of another kind
    CHECK(first.partners[1].partner == v(1));
    for (const auto& actor : result.actors) {
        for (const auto& p : actor.partners) {
            CHECK(p.partner != v(2));
        }
    }
    // Through the city, which has two partners: 1/2, the middle of the scale; no way of three; nothing in
    // common, so no complementarity; the same kind, so no crossing.
    PairScorer score(model);
    const PairScore pair = score(v(0), v(1));
    CHECK(pair.resource_allocation == 0.5);
    CHECK(pair.values[Feature::resource_allocation] == 0.5);
    CHECK(pair.l3 == 0.0);
    CHECK(pair.values[Feature::complementarity] == 0.0);
    CHECK(pair.values[Feature::crossing] == 0.0);
    CHECK(pair.score == Approx(0.125));
}

TEST_CASE("recommend: an isolated actor is reached through its expertise", "[recommend][unit]") {
    const RecommendCase c = two_towns();
    const RecommendResult result = recommend(PairModel(c.input()));
    const auto& lone = list_of(result, 3);
    REQUIRE_FALSE(lone.partners.empty());
    CHECK(lone.partners[0].partner == v(0));
    CHECK(lone.reason == NoRecommendation::found);
}

TEST_CASE("recommend: an actor of which nothing is known gets a reason and an introducer",
          "[recommend][unit][degenerate]") {
    RecommendCase c = two_towns();
    const RecommendResult result = recommend(PairModel(c.input()));
    const auto& unknown = list_of(result, 4);
    CHECK(unknown.partners.empty());
    CHECK(unknown.reason == NoRecommendation::nothing_known);
    REQUIRE(unknown.introducer);  // no school has a partner: the best linked in scope, the smaller id
    CHECK(unknown.introducer->actor == v(0));
    CHECK(unknown.introducer->by == Introducer::By::best_linked);

    c.groupings = {labels_of("kind", {"town", "school", "town", "school", "school"})};
    const RecommendResult grouped = recommend(PairModel(c.input()));
    REQUIRE(list_of(grouped, 4).introducer);
    CHECK(list_of(grouped, 4).introducer->actor == v(1));
    CHECK(list_of(grouped, 4).introducer->by == Introducer::By::group);
}

TEST_CASE("recommend: every reason for an empty list", "[recommend][unit][degenerate]") {
    RecommendCase c;
    c.ties = graph_of(4, {{0, 1}});
    c.links = graph_of(4, {{0, 1}});
    c.offers = incidence(2, {{}, {}, {{0}}, {{1}}});
    c.seeks = incidence(2, {{}, {}, {}, {}});
    const RecommendResult apart = recommend(PairModel(c.input()));
    CHECK(list_of(apart, 0).reason == NoRecommendation::no_reach);
    CHECK(list_of(apart, 0).introducer->by == Introducer::By::partner);
    CHECK(list_of(apart, 2).reason == NoRecommendation::nothing_common);

    c.offers = incidence(2, {{{0}}, {{0}}, {}, {}});
    const RecommendResult linked = recommend(PairModel(c.input()));
    CHECK(list_of(linked, 0).reason == NoRecommendation::all_linked);
    CHECK(list_of(linked, 2).reason == NoRecommendation::nothing_known);

    c.links = graph_of(4, {{0, 1}, {2, 3}});
    CHECK(list_of(recommend(PairModel(c.input())), 2).introducer->actor == v(3));
}

TEST_CASE("recommend: nobody at all, and nothing to go by", "[recommend][unit][degenerate]") {
    RecommendCase none_there;
    none_there.offers = incidence(0, {});
    none_there.seeks = incidence(0, {});
    const RecommendResult empty = recommend(PairModel(none_there.input()));
    CHECK(empty.actors.empty());
    CHECK_FALSE(empty.exposure.coverage);

    RecommendCase strangers;
    strangers.ties = maillage::testing::empty_graph(2);
    strangers.offers = incidence(0, {{}, {}});
    const RecommendResult nothing = recommend(PairModel(strangers.input()));
    CHECK(list_of(nothing, 0).reason == NoRecommendation::nothing_known);
    CHECK_FALSE(list_of(nothing, 0).introducer);
    CHECK(nothing.exposure.coverage == 0.0);
    CHECK_FALSE(nothing.exposure.gini);
}

TEST_CASE("recommend: a pair that shares a partnership left out of the analysis is no news",
          "[recommend][unit]") {
    RecommendCase c = two_towns();
    c.links = graph_of(5, {{0, 2}, {1, 2}, {0, 1}});
    const RecommendResult result = recommend(PairModel(c.input()));
    for (const auto& p : list_of(result, 0).partners) {
        CHECK(p.partner != v(1));
    }
    CHECK(list_of(result, 1).reason == NoRecommendation::all_linked);
}

TEST_CASE("features without a value are empty and contribute nothing", "[recommend][unit][degenerate]") {
    RecommendCase c = two_towns();
    c.offers = incidence(4, {{}, {}, {}, {}, {}});
    c.groupings = {labels_of("kind", {"", "town", "", "", ""})};
    const PairModel model(c.input());
    const PairScore pair = PairScorer(model)(v(0), v(1));
    CHECK_FALSE(pair.values[Feature::complementarity]);
    CHECK_FALSE(pair.values[Feature::common_ground]);
    CHECK_FALSE(pair.values[Feature::crossing]);
    CHECK(pair.contributions[Feature::crossing] == 0.0);
    CHECK(pair.score == Approx(0.125));
}

TEST_CASE("crossing: the share of the groupings known of both that a tie would cross", "[recommend][unit]") {
    RecommendCase c = two_towns();
    c.groupings = {labels_of("kind", {"a", "b", "a", "a", ""}),
                   labels_of("place", {"x|y", "y|z", "z", "", "x"})};
    const PairModel model(c.input());
    CHECK(model.crossing(v(0), v(1)) == 0.5);  // another kind, y in common
    CHECK(model.crossing(v(0), v(2)) == 0.5);  // the same kind, another place
    CHECK(model.crossing(v(0), v(3)) == 0.0);  // place unknown
    CHECK(model.crossing(v(1), v(4)) == 1.0);
    CHECK_FALSE(model.crossing(v(3), v(4)));
}

TEST_CASE("reciprocity: harmonic means", "[recommend][unit]") {
    CHECK(harmonic(0.8, 0.2) == Approx(0.32));
    CHECK(harmonic(0.9, 0.6) == Approx(0.72));
    CHECK(harmonic(0.0, 0.0) == 0.0);
    const RecommendCase c = two_towns();
    const PairModel model(c.input());
    const PairScore pair = PairScorer(model)(v(0), v(3));
    const Reciprocity value = reciprocity(pair, model.options());
    CHECK(value.to_a > value.to_b);  // 3 meets the need of 0 and gains nothing new
    CHECK(value.fused == Approx(harmonic(value.to_a, value.to_b)));
}

TEST_CASE("exposure: Gini and coverage", "[recommend][unit]") {
    const std::vector<double> one = {0.0, 0.0, 0.0, 1.0};
    CHECK(exposure(one).gini == Approx(0.75));
    CHECK(exposure(one).coverage == 0.25);
    const std::vector<double> rising = {4.0, 2.0, 1.0, 3.0};
    CHECK(exposure(rising).gini == Approx(0.25));
    CHECK(exposure_at(1) == 1.0);
    CHECK(exposure_at(3) == 0.5);
    const std::vector<double> nothing = {0.0, 0.0};
    CHECK_FALSE(exposure(nothing).gini);
    CHECK(exposure(nothing).coverage == 0.0);
    CHECK_FALSE(exposure({}).coverage);
}

TEST_CASE("explanation: facts about a pair by hand", "[recommend][unit]") {
    // 0-1-2-3, 0-4-3 and 1-3: from 0 to 3 through 1 and 4; the way of three is 0-1-2-3.
    RecommendCase c;
    c.ties = graph_of(6, {{0, 1}, {1, 2}, {2, 3}, {0, 4}, {4, 3}, {1, 3}});
    c.offers = incidence(3, {{{0}}, {}, {}, {{0}, {1}}, {}, {{2}}});
    c.groupings = {labels_of("kind", {"a", "a", "b", "b", "", "a"})};
    const PairModel model(c.input());
    const EiCounts ei = count_ei(model.input());
    CHECK(ei.external == 2);  // 1-2, 1-3
    CHECK(ei.internal == 2);  // 0-1, 2-3; those of 4 have no group
    PairExplainer explain(model, {}, ei);

    const PairExplanation pair = explain(v(0), v(3));
    REQUIRE(pair.common_partners.size() == 2);
    CHECK(pair.common_partners[0].partner == v(4));
    CHECK(pair.common_partners[0].contribution == 0.5);
    CHECK(pair.common_partners[1].contribution == Approx(1.0 / 3.0));
    REQUIRE(pair.paths.size() == 1);
    CHECK(pair.paths[0].first == v(1));
    CHECK(pair.paths[0].second == v(2));
    CHECK(pair.paths[0].contribution == Approx(1.0 / std::sqrt(6.0)));
    CHECK(pair.distance == 2U);
    CHECK(pair.exchange.shared.size() == 1);
    CHECK(pair.exchange.a_gives.empty());
    CHECK(pair.exchange.b_gives.size() == 1);
    REQUIRE(pair.crosses.size() == 1);
    CHECK(c.groupings[0].name(pair.crosses[0].to) == "b");
    REQUIRE(pair.effect);
    CHECK(pair.effect->before == 0.0);
    CHECK(pair.effect->delta() == Approx(0.2));
    CHECK(pair.new_to_a == 1);
    CHECK(pair.new_to_b == 0);

    const PairExplanation tied = explain(v(0), v(1));
    CHECK(tied.distance == 1U);
    CHECK_FALSE(tied.effect);
    CHECK(tied.why_no_effect == "tied");
    CHECK(tied.new_to_a == 2);

    const PairExplanation far = explain(v(0), v(5));
    CHECK_FALSE(far.distance);
    CHECK_FALSE(far.introducer);
    const PairExplanation back = explain(v(5), v(0));
    REQUIRE(back.introducer);
    CHECK(back.introducer == v(1));
    CHECK(explain(v(0), v(4)).why_no_effect == "tied");
    CHECK(explain(v(1), v(4)).why_no_effect == "missing_group");
}

TEST_CASE("shortest chain: by names in order, or none", "[recommend][unit]") {
    const CsrGraph g = graph_of(7, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}});
    CHECK(shortest_chain(g, v(0), v(4)) == std::vector<VertexId>{v(0), v(1), v(3), v(4)});
    CHECK(shortest_chain(g, v(0), v(0)) == std::vector<VertexId>{v(0)});
    CHECK(shortest_chain(g, v(0), v(6)).empty());
}

TEST_CASE("recommend refuses what it cannot do", "[recommend][unit]") {
    RecommendCase c = two_towns();
    const PairModel model(c.input());
    CHECK_THROWS_AS(recommend(model, {.top = 0}), OptionError);
    RecommendOptions outside;
    outside.only = v(2);
    CHECK_THROWS_AS(recommend(model, outside), OptionError);
    ScoreOptions heavy;
    heavy.weights[Feature::l3] = 0.5;
    CHECK_THROWS_AS(PairModel(c.input(), heavy), OptionError);
    ScoreOptions groundless;
    groundless.complementarity.common_ground = 0.0;
    CHECK_THROWS_AS(PairModel(c.input(), groundless), OptionError);
    c.in_scope.pop_back();
    CHECK_THROWS_AS(PairModel(c.input()), Error);
}

}  // namespace
