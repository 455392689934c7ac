#include "algorithms/recommend/fitted_ranking.hpp"

#include "engine/error.hpp"
#include "engine/history.hpp"

#include "algorithms/recommend/evaluation.hpp"
#include "algorithms/recommend/index_source.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "tests/support/histories.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace maillage;
using namespace maillage::testing;

namespace {

const NameWords no_words;

FitInput input_of(const Network& network, const Date& end) {
    return {network, {}, end.first_day(), no_words, {}};
}

std::shared_ptr<const EvidenceModel> model_of(const Network& network, const Projection& past,
                                              const Date& end) {
    const std::vector<std::uint8_t> known(past.actor_of.size(), 1);
    return std::make_shared<const EvidenceModel>(
        EvidenceInput{network, past, known, end.first_day(), {}, no_words, {}});
}

}  // namespace

TEST_CASE("fitted ranking: it is better than chance on what came later, and looks at nothing of it",
          "[fitted_ranking][unit]") {
    const Network network = random_history(7, 120, 500, 6);
    const Date split{2018, 1, 1};
    const auto ranking = fit_ranking(input_of(network, split));
    REQUIRE(ranking);
    CHECK(ranking->new_ties >= 100);
    CHECK(ranking->terms.size() == evidence_count);

    const History history = cut_history(network, {.split = split});
    const FittedSource fitted(model_of(network, history.past, split), *ranking);
    const IndexSource indices(history.past.graph);
    const ScoreSource* const sources[] = {&fitted, &indices};
    const Evaluation judged = evaluate(history, sources, {.replicates = 0});
    const auto auroc = judged.figure(0, {MeasureKind::auroc, 0, {}}).value;
    REQUIRE(auroc);
    CHECK(*auroc > 0.6);  // a random history: a fifth of its members come from anywhere

    // The same network without its later partnerships teaches the same.
    NetworkBuilder builder;
    const Network cut = [&] {
        std::vector<std::string> actors, topics;
        for (const ActorId a : network.actors().ids()) {
            actors.push_back(std::string(network.id(a)) + ":" +
                             std::string(network.text(network.actors()[a].kind)));
        }
        add_actors(builder, actors);
        for (const ExpertiseId x : network.expertises().ids()) {
            topics.emplace_back(network.id(x));
        }
        add_expertises(builder, topics);
        for (const PartnershipId p : network.partnerships().ids()) {
            if (*network.partnerships()[p].start >= split) {
                continue;
            }
            PartnershipRecord record;
            const std::string id(network.id(p));
            record.id = cell(id, 2, 1);
            record.start.value = network.partnerships()[p].start;
            std::vector<Cell> topic;
            for (const ExpertiseId x : network.topics(p)) {
                topic.push_back(cell(network.id(x), 2, 9));
            }
            record.expertises = topic;
            builder.add(record);
            for (const Member& m : network.members(p)) {
                builder.add(MemberRecord{cell(id, 2, 1), cell(network.id(m.actor), 2, 3),
                                         cell(network.text(m.role))});
            }
        }
        return build(builder);
    }();
    const auto again = fit_ranking(input_of(cut, split));
    REQUIRE(again);
    CHECK(again->intercept == ranking->intercept);
    for (std::size_t t = 0; t < evidence_count; ++t) {
        CHECK(again->terms[t].weight == ranking->terms[t].weight);
    }
}

TEST_CASE("fitted ranking: weights of closeness and activity are never negative; threads do not matter",
          "[fitted_ranking][property]") {
    const Network network = random_history(3, 100, 400, 5);
    const auto one = fit_ranking(input_of(network, {2019, 1, 1}));
    const auto two = fit_ranking(input_of(network, {2019, 1, 1}), {}, Execution{3, {}});
    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->intercept == two->intercept);
    for (std::size_t t = 0; t < evidence_count; ++t) {
        CAPTURE(to_code(evidence(t)));
        CHECK(one->terms[t].weight == two->terms[t].weight);
        if (has_scale(evidence(t)) || evidence(t) >= Evidence::activity) {
            CHECK(one->terms[t].weight >= 0.0);
        }
    }
}

TEST_CASE("fitted ranking: contributions add up, and no tied pair is listed", "[fitted_ranking][property]") {
    const Network network = random_history(11, 90, 380, 5);
    const Date end{2020, 1, 1};
    const auto ranking = fit_ranking(input_of(network, end));
    REQUIRE(ranking);
    const Projection all = project(network);
    const FittedSource fitted(model_of(network, all, end), *ranking);
    const PairModel model({all.graph, {}, all.offers, all.seeks, all.in_scope, {}, {}});
    RecommendOptions options;
    options.top = 5;
    options.fitted = &fitted;
    const RecommendResult result = recommend(model, options);
    const RecommendResult parallel = recommend(model, options, Execution{2, {}});
    std::size_t listed = 0;
    for (std::size_t i = 0; i < result.actors.size(); ++i) {
        const ActorRecommendations& actor = result.actors[i];
        REQUIRE(actor.evidence.size() == actor.partners.size());
        REQUIRE(parallel.actors[i].partners.size() == actor.partners.size());
        for (std::size_t k = 0; k < actor.partners.size(); ++k) {
            const RecommendedPartner& p = actor.partners[k];
            ++listed;
            CHECK_FALSE(all.graph.view().adjacent(actor.actor, p.partner));
            CHECK(p.partner != actor.actor);
            CHECK(parallel.actors[i].partners[k].partner == p.partner);
            CHECK(parallel.actors[i].partners[k].score == p.score);
            double sum = ranking->intercept;
            for (const FittedTerm& term : ranking->terms) {
                sum += term.weight *
                       term_value(
                           term, static_cast<double>(actor.evidence[k][static_cast<std::size_t>(term.term)]));
            }
            CHECK(sum == Approx(p.score).margin(1e-9));
            CHECK(fitted_score(*ranking, actor.evidence[k]) == Approx(p.score).margin(1e-12));
            CHECK((k == 0 || actor.partners[k - 1].score >= p.score - 1e-11));
        }
    }
    CHECK(listed > 100);
}

TEST_CASE("fitted ranking: too little history teaches nothing", "[fitted_ranking][degenerate]") {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "c"});
    add_pair(builder, "p1", "a", "b", {}, Date{2018, 1, 1});
    add_pair(builder, "p2", "b", "c", {}, Date{2019, 1, 1});
    const Network network = build(builder);
    CHECK_FALSE(fit_ranking(input_of(network, {2019, 6, 1})));
    CHECK_FALSE(fit_ranking(input_of(network, {2010, 1, 1})));
}

TEST_CASE("fitted ranking: options out of range are named", "[fitted_ranking][error]") {
    CHECK_THROWS_AS(validate(FitOptions{.years_back = {}}), OptionError);
    CHECK_THROWS_AS(validate(FitOptions{.years_back = {0.0}}), OptionError);
    CHECK_THROWS_AS(validate(FitOptions{.least_known = 1.5}), OptionError);
    CHECK_THROWS_AS(validate(FitOptions{.ridge = 0.0}), OptionError);
}
