#include "algorithms/recommend/evaluation.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/index_source.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

/// Thirty actors in two circles; from 2018 on, more ties than before.
Network two_circles(std::uint64_t seed) {
    Rng rng(seed);
    NetworkBuilder builder;
    std::vector<std::string> names;
    for (int i = 0; i < 30; ++i) {
        names.push_back("a" + std::to_string(10 + i));
    }
    add_actors(builder, names);
    for (std::uint32_t p = 0; p < 120; ++p) {
        const std::uint32_t a = rng.below(30);
        const std::uint32_t b = rng.below(5) == 0 ? rng.below(30) : (a / 15) * 15 + rng.below(15);
        if (a != b) {
            add_pair(builder, "p" + std::to_string(1000 + p), names[a], names[b], {},
                     Date{static_cast<std::int16_t>(p < 70 ? 2016 : 2018)});
        }
    }
    return build(builder);
}

Evaluation judge_indices(const History& history, const EvaluationOptions& options = {},
                         const Execution& execution = {}) {
    const IndexSource indices(history.past.graph);
    return evaluate(history, std::vector<const ScoreSource*>{&indices}, options, execution);
}

}  // namespace

TEST_CASE("evaluation: as from every pair one by one", "[recommend][evaluation][oracle]") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const Network network = two_circles(seed);
        const History history = cut_history(network, {.split = {2018}});
        EvaluationOptions options;
        options.top = 3;
        const Evaluation found = judge_indices(history, options);
        const GraphView g = history.past.graph;
        const IndexModel model(g);
        IndexRows rows(model);
        const auto is_new = [&](VertexId x, VertexId y) {
            return std::any_of(history.new_ties.begin(), history.new_ties.end(), [&](const NewTie& t) {
                return (t.a == x && t.b == y) || (t.a == y && t.b == x);
            });
        };
        REQUIRE(found.methods.size() == pair_index_count);
        for (std::size_t i = 0; i < pair_index_count; ++i) {
            std::vector<double> all, gains;
            double recall = 0.0, hits = 0.0, mrr = 0.0, ndcg = 0.0, actors = 0.0;
            for (const VertexId x : g.vertices()) {
                if (history.known[index_of(x)] == 0) {
                    continue;
                }
                rows.compute(std::vector{x});
                std::vector<double> list, list_gains, ones;
                for (const VertexId y : g.vertices()) {
                    if (y == x || history.known[index_of(y)] == 0 || g.adjacent(x, y)) {
                        continue;
                    }
                    const double score =
                        ScoreTally::score_of(ScoreTally::code(rows.value(pair_index(i), 0, y)));
                    list.push_back(score);
                    list_gains.push_back(is_new(x, y) ? 1.0 : 0.0);
                    if (is_new(x, y)) {
                        ones.push_back(1.0);
                    }
                    if (x < y) {
                        all.push_back(score);
                        gains.push_back(list_gains.back());
                    }
                }
                const auto ranking = tie_groups(list, list_gains);
                if (const auto r = recall_at(ranking, 3)) {
                    recall += *r;
                    hits += *hit_at(ranking, 3);
                    mrr += *reciprocal_rank(ranking);
                    ndcg += *ndcg_at(ranking, ones, 3);
                    actors += 1.0;
                }
            }
            const MethodQuality& method = found.methods[i];
            CHECK(method.method == to_code(pair_index(i)));
            CHECK(method.ranking == tie_groups(all, gains));
            CHECK(*method.average_precision == Approx(*average_precision(tie_groups(all, gains))));
            CHECK(*method.auroc == Approx(*auroc(tie_groups(all, gains))));
            CHECK(*method.recall == Approx(recall / actors));
            CHECK(*method.hits == Approx(hits / actors));
            CHECK(*method.mrr == Approx(mrr / actors));
            CHECK(*method.ndcg == Approx(ndcg / actors));
            CHECK(found.actors == static_cast<std::size_t>(actors));
            CHECK(found.candidates == all.size());
        }
        CHECK(found.new_ties == history.new_ties.size());
    }
}

TEST_CASE("evaluation: the same on any number of threads", "[recommend][evaluation]") {
    const Network network = two_circles(9);
    const History history = cut_history(network, {.split = {2018}});
    const Evaluation one = judge_indices(history, {}, Execution{1, {}});
    const Evaluation three = judge_indices(history, {}, Execution{3, {}});
    for (std::size_t i = 0; i < pair_index_count; ++i) {
        CHECK(one.methods[i].ranking == three.methods[i].ranking);
        CHECK(*one.methods[i].recall == *three.methods[i].recall);
        CHECK(*one.methods[i].ndcg == *three.methods[i].ndcg);
    }
}

TEST_CASE("evaluation: scores that differ in their last bits are one score",
          "[recommend][evaluation][degenerate]") {
    CHECK(ScoreTally::code(0.1 + 0.2) == ScoreTally::code(0.3));
    CHECK(ScoreTally::code(0.3) < ScoreTally::code(0.3001));
    CHECK(ScoreTally::code(0.0) == ScoreTally::code(1e-300));
    CHECK(ScoreTally::score_of(ScoreTally::code(2.0)) == 2.0);
    CHECK(ScoreTally::score_of(ScoreTally::code(-2.0)) == -2.0);
    CHECK(ScoreTally::score_of(ScoreTally::code(-0.0)) == 0.0);
    const std::vector<double> rising = {-1e30, -3.0, -2.99, -1e-30, 0.0, 1e-30, 1e-29, 2.99, 3.0, 1e30};
    for (std::size_t i = 1; i < rising.size(); ++i) {
        CHECK(ScoreTally::code(rising[i - 1]) < ScoreTally::code(rising[i]));
    }
    ScoreTally tally;
    tally.add(1.0, true);
    tally.add(0.0, false);
    ScoreTally more;
    more.add(1.0, false);
    tally.add(more);
    CHECK(tally.ranking() == std::vector<TieGroup>{{1.0, 2, 1, 1.0}, {0.0, 1, 0, 0.0}});
    CHECK_FALSE(list_quality(std::vector<double>{1.0}, std::vector<std::uint8_t>{0}, 5));
    const History history = cut_history(two_circles(2), {.split = {2018}});
    EvaluationOptions options;
    options.top = 0;
    CHECK_THROWS_AS(judge_indices(history, options), OptionError);
}
