#include "algorithms/recommend/evaluation.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/index_source.hpp"
#include "algorithms/recommend/score_tally.hpp"

#include "tests/support/graphs.hpp"
#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
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

/// Any function of a pair as a method, one lane wide.
class PairFunction final : public ScoreSource {
public:
    using Function = std::function<double(VertexId, VertexId)>;
    PairFunction(std::string name, Function function, bool reference = false)
        : names_{std::move(name)}, function_(std::move(function)), reference_(reference) {}
    [[nodiscard]] std::size_t lanes() const noexcept override { return 3; }
    [[nodiscard]] std::span<const std::string> methods() const noexcept override { return names_; }
    [[nodiscard]] bool reference() const noexcept override { return reference_; }
    [[nodiscard]] std::unique_ptr<ScoreRows> rows() const override {
        class Rows final : public ScoreRows {
        public:
            explicit Rows(const Function& f) : f_(f) {}
            void compute(std::span<const VertexId> actors) override {
                actors_.assign(actors.begin(), actors.end());
            }
            [[nodiscard]] double value(std::size_t, std::size_t lane, VertexId y) const override {
                return f_(std::min(actors_[lane], y), std::max(actors_[lane], y));
            }

        private:
            const Function& f_;
            std::vector<VertexId> actors_;
        };
        return std::make_unique<Rows>(function_);
    }

private:
    std::vector<std::string> names_;
    Function function_;
    bool reference_;
};

/// Of both signs, with ties among them.
double mixed(VertexId x, VertexId y) {
    return static_cast<double>((index_of(x) * 7 + index_of(y) * 13) % 11) / 4.0 - 1.25;
}

bool is_new(const History& h, VertexId x, VertexId y) {
    return std::any_of(h.new_ties.begin(), h.new_ties.end(),
                       [&](const NewTie& t) { return (t.a == x && t.b == y) || (t.a == y && t.b == x); });
}

std::size_t distance(GraphView g, VertexId from, VertexId to) {
    std::vector<std::size_t> steps(g.vertex_count(), 0);
    std::vector<VertexId> queue = {from};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        for (const VertexId u : g.neighbours(queue[i])) {
            if (u != from && steps[index_of(u)] == 0) {
                steps[index_of(u)] = steps[index_of(queue[i])] + 1;
                queue.push_back(u);
            }
        }
    }
    return steps[index_of(to)];  // 0: no way
}

bool in_stratum(const History& h, PairStratum s, VertexId x, VertexId y) {
    const std::size_t d = distance(h.past.graph, x, y);
    const bool newcomer = h.past_of[index_of(x)] <= 2 || h.past_of[index_of(y)] <= 2;
    switch (s) {
        case PairStratum::distance_2:
            return d == 2;
        case PairStratum::distance_3:
            return d == 3;
        case PairStratum::distance_4_or_more:
            return d >= 4;
        case PairStratum::unreachable:
            return d == 0;
        case PairStratum::newcomer:
            return newcomer;
        case PairStratum::established:
            return !newcomer;
    }
    return false;
}

Evaluation judge(const History& history, const std::vector<const ScoreSource*>& sources,
                 const EvaluationOptions& options = {}, const Execution& execution = {}) {
    return evaluate(history, sources, options, execution);
}

}  // namespace

TEST_CASE("evaluation: as from every pair one by one", "[recommend][evaluation][oracle]") {
    const PairFunction source("mixed", mixed);
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        const Network network = two_circles(seed);
        const History h = cut_history(network, {.split = {2018}});
        EvaluationOptions options;
        options.tops = {3, 8};
        options.pair_tops = {5};
        options.newcomer_partnerships = 2;
        options.replicates = 0;
        const Evaluation found = judge(h, {&source}, options);
        const GraphView g = h.past.graph;

        std::vector<double> all, gains, sums(9, 0.0);
        std::array<std::vector<double>, pair_stratum_count> of_stratum, gains_of_stratum;
        double actors = 0.0;
        for (const VertexId x : g.vertices()) {
            std::vector<double> list, list_gains, ones;
            for (const VertexId y : g.vertices()) {
                if (y == x || h.known[index_of(x)] == 0 || h.known[index_of(y)] == 0 || g.adjacent(x, y)) {
                    continue;
                }
                list.push_back(mixed(std::min(x, y), std::max(x, y)));
                list_gains.push_back(is_new(h, x, y) ? 1.0 : 0.0);
                if (list_gains.back() > 0.0) {
                    ones.push_back(1.0);
                }
                if (x < y) {
                    all.push_back(list.back());
                    gains.push_back(list_gains.back());
                    for (std::size_t s = 0; s < pair_stratum_count; ++s) {
                        if (in_stratum(h, static_cast<PairStratum>(s), x, y)) {
                            of_stratum[s].push_back(list.back());
                            gains_of_stratum[s].push_back(list_gains.back());
                        }
                    }
                }
            }
            const auto ranking = tie_groups(list, list_gains);
            if (!ones.empty()) {
                std::size_t i = 0;
                for (const std::uint32_t k : options.tops) {
                    sums[i++] += *precision_at(ranking, k);
                    sums[i++] += *recall_at(ranking, k);
                    sums[i++] += *hit_at(ranking, k);
                    sums[i++] += *ndcg_at(ranking, ones, k);
                }
                sums[i] += *reciprocal_rank(ranking);
                actors += 1.0;
            }
        }
        const auto value = [&](MeasureKind kind, std::uint32_t k = 0, std::optional<PairStratum> s = {}) {
            return found.figure(0, {kind, k, s}).value;
        };
        const auto ranking = tie_groups(all, gains);
        CHECK(*value(MeasureKind::average_precision) == Approx(*average_precision(ranking)));
        CHECK(*value(MeasureKind::auroc) == Approx(*auroc(ranking)));
        CHECK(*value(MeasureKind::pairs_precision, 5) == Approx(*precision_at(ranking, 5)));
        std::size_t i = 0;
        for (const std::uint32_t k : options.tops) {
            CHECK(*value(MeasureKind::precision, k) == Approx(sums[i++] / actors));
            CHECK(*value(MeasureKind::recall, k) == Approx(sums[i++] / actors));
            CHECK(*value(MeasureKind::hits, k) == Approx(sums[i++] / actors));
            CHECK(*value(MeasureKind::ndcg, k) == Approx(sums[i++] / actors));
        }
        CHECK(*value(MeasureKind::mrr) == Approx(sums[i] / actors));
        for (std::size_t s = 0; s < pair_stratum_count; ++s) {
            const auto groups = tie_groups(of_stratum[s], gains_of_stratum[s]);
            CHECK(found.strata[s].candidates == of_stratum[s].size());
            const auto precision = value(MeasureKind::average_precision, 0, static_cast<PairStratum>(s));
            const auto expected = average_precision(groups);
            REQUIRE(precision.has_value() == expected.has_value());
            CHECK(precision.value_or(0.0) == Approx(expected.value_or(0.0)));
            CHECK(value(MeasureKind::auroc, 0, static_cast<PairStratum>(s)).value_or(-1.0) ==
                  Approx(auroc(groups).value_or(-1.0)));
        }
        CHECK(found.all == CandidateCount{all.size(), h.new_ties.size()});
        CHECK(found.judged == found.all);
        CHECK(found.actors == static_cast<std::size_t>(actors));
        CHECK_FALSE(found.sampled);
        CHECK_FALSE(found.methods[0].figures[0].interval);
        CHECK_FALSE(found.methods[0].against[0]);  // there is no index to beat
    }
}

TEST_CASE("evaluation: the same on any number of threads", "[recommend][evaluation]") {
    const History history = cut_history(two_circles(9), {.split = {2018}});
    const IndexSource indices(history.past.graph);
    const PairFunction source("mixed", mixed);
    const Evaluation one = judge(history, {&indices, &source}, {}, Execution{1, {}});
    CHECK(one == judge(history, {&indices, &source}, {}, Execution{3, {}}));
    EvaluationOptions options;
    options.sample = 12;
    const Evaluation sample = judge(history, {&indices, &source}, options, Execution{1, {}});
    CHECK(sample == judge(history, {&indices, &source}, options, Execution{3, {}}));
    CHECK(sample.sampled);
    CHECK(sample.judged_actors == 12);
    CHECK_FALSE(sample.figure(0, {MeasureKind::pairs_precision, 100}).value);
    // as many as are known: nothing is estimated
    options.sample = static_cast<std::uint32_t>(history.known_actors);
    CHECK(one == judge(history, {&indices, &source}, options));
}

TEST_CASE("evaluation: a perfect, a constant and a reversed ranking", "[recommend][evaluation]") {
    const History h = cut_history(two_circles(3), {.split = {2018}});
    const PairFunction perfect("perfect",
                               [&](VertexId x, VertexId y) { return is_new(h, x, y) ? 2.0 : -2.0; });
    const PairFunction constant(
        "constant", [](VertexId, VertexId) { return -0.5; }, true);
    const PairFunction reversed(
        "reversed", [&](VertexId x, VertexId y) { return is_new(h, x, y) ? -1.0 : 1.0; }, true);
    const Evaluation e = judge(h, {&perfect, &constant, &reversed});
    const double chance = static_cast<double>(e.all.new_ties) / static_cast<double>(e.all.candidates);
    CHECK(*e.methods[0].figures[0].value == 1.0);
    CHECK(*e.methods[1].figures[0].value == Approx(chance));
    CHECK(*e.figure(0, {MeasureKind::auroc}).value == 1.0);
    CHECK(*e.figure(1, {MeasureKind::auroc}).value == 0.5);
    CHECK(*e.figure(2, {MeasureKind::auroc}).value == 0.0);
    CHECK(*e.figure(0, {MeasureKind::mrr}).value == 1.0);
    // whatever is drawn, all new ties stand before everybody else, or beside
    CHECK(e.methods[0].figures[0].interval == FigureInterval{1.0, 1.0});
    REQUIRE(e.methods[1].figures[0].interval);
    CHECK(e.methods[1].figures[0].interval->low == Approx(chance));
    CHECK(e.methods[1].figures[0].interval->high == Approx(chance));
    // the ratio is against the best index, and says which
    CHECK(e.best_reference(0) == 1U);
    REQUIRE(e.methods[0].against[0]);
    CHECK(e.methods[0].against[0]->index == 1);
    CHECK(*e.methods[0].against[0]->ratio.value == Approx(1.0 / chance));
    CHECK(*e.methods[0].against[0]->difference.value == Approx(1.0 - chance));
    CHECK(e.methods[0].against[0]->difference.interval->low == Approx(1.0 - chance));
    CHECK_FALSE(e.methods[1].against[0]);
    // the new ties below everybody else are one step, as they are beside them: only AUROC tells these apart
    CHECK(*e.methods[2].figures[0].value == Approx(chance));
    const std::size_t area = *e.find({MeasureKind::auroc});
    CHECK(e.methods[2].against[area]->index == 1);
    CHECK(e.methods[2].against[area]->difference.interval == FigureInterval{-0.5, -0.5});
}

TEST_CASE("evaluation: intervals hold the value and say how much is known",
          "[recommend][evaluation][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{9}));
    CAPTURE(seed);
    const History h = cut_history(two_circles(seed), {.split = {2018}});
    const PairFunction source("mixed", mixed);
    const Evaluation e = judge(h, {&source});
    for (std::size_t i = 0; i < e.measures.size(); ++i) {
        const Figure& figure = e.methods[0].figures[i];
        if (figure.interval) {
            CHECK(figure.interval->low <= figure.interval->high);
            CHECK(figure.interval->low >= 0.0);
            CHECK(figure.interval->high <= 1.0 + 1e-12);
        }
    }
    const Figure& precision = e.methods[0].figures[0];
    REQUIRE(precision.interval);
    CHECK(precision.interval->low < *precision.value);
    CHECK(precision.interval->high > *precision.value);
    EvaluationOptions other;
    other.seed = 2;
    CHECK(judge(h, {&source}, other).methods[0].figures[0].interval != precision.interval);
    CHECK(judge(h, {&source}, other).methods[0].figures[0].value == precision.value);
}

TEST_CASE("evaluation: a sample of half the actors is near the whole, within its interval",
          "[recommend][evaluation]") {
    const History h = cut_history(two_circles(5), {.split = {2018}});
    const PairFunction source("mixed", mixed);
    const double exact = *judge(h, {&source}).figure(0, {MeasureKind::auroc}).value;
    int inside = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        EvaluationOptions options;
        options.sample = 15;
        options.seed = seed;
        options.replicates = 200;
        const Evaluation e = judge(h, {&source}, options);
        const auto interval = e.figure(0, {MeasureKind::auroc}).interval;
        REQUIRE(interval);
        inside += interval->low <= exact && exact <= interval->high ? 1 : 0;
    }
    CHECK(inside >= 34);  // of 40; 38 are expected, seeds are fixed
}

TEST_CASE("evaluation: an index in single precision ranks as in double", "[recommend][evaluation]") {
    const History h = cut_history(two_circles(4), {.split = {2018}});
    const GraphView g = h.past.graph;
    const IndexModel model(g);
    IndexRows exact(model);
    const IndexSource source(g);
    const auto rows = source.rows();
    const std::vector<VertexId> actors = {id_at<VertexId>(0), id_at<VertexId>(17)};
    exact.compute(actors);
    rows->compute(actors);
    const std::vector<PairIndex> some = {PairIndex::katz, PairIndex::l3_weighted};
    const IndexSource few(g, {.tolerance = ranking_tolerance}, some);
    const auto few_rows = few.rows();
    few_rows->compute(actors);
    CHECK(std::vector<std::string>(few.methods().begin(), few.methods().end()) ==
          std::vector<std::string>{"katz", "l3_weighted"});
    for (std::size_t lane = 0; lane < actors.size(); ++lane) {
        for (const VertexId y : g.vertices()) {
            if (y == actors[lane] || g.adjacent(actors[lane], y)) {
                continue;
            }
            for (std::size_t i = 0; i < pair_index_count; ++i) {
                CHECK(rows->value(i, lane, y) ==
                      Approx(exact.value(pair_index(i), lane, y)).epsilon(1e-5).margin(2e-6));
            }
            CHECK(few_rows->value(0, lane, y) ==
                  rows->value(static_cast<std::size_t>(PairIndex::katz), lane, y));
            CHECK(few_rows->value(1, lane, y) ==
                  rows->value(static_cast<std::size_t>(PairIndex::l3_weighted), lane, y));
        }
    }
}

TEST_CASE("evaluation: scores that differ in their last bits are one score",
          "[recommend][evaluation][degenerate]") {
    CHECK(score_code(0.1 + 0.2) == score_code(0.3));
    CHECK(score_code(1.0 - 1e-16) == score_code(1.0));
    CHECK(score_code(1.0 - 1e-7) == score_code(1.0));  // nearest, not the next below
    CHECK(score_code(0.3) < score_code(0.3001));
    CHECK(score_code(0.0) == score_code(1e-300));
    CHECK(score_code(-0.0) == zero_score);
    CHECK(score_of(score_code(2.0)) == 2.0);
    CHECK(score_of(score_code(-2.0)) == -2.0);
    CHECK(score_of(zero_score) == 0.0);
    const std::vector<double> rising = {-1e300, -1e30, -3.0, -2.99, -1e-30, 0.0,
                                        1e-30,  1e-29, 2.99, 3.0,   1e30};
    for (std::size_t i = 1; i < rising.size(); ++i) {
        CHECK(score_code(rising[i - 1]) < score_code(rising[i]));
    }
    CHECK_THROWS_AS(score_code(std::numeric_limits<double>::quiet_NaN()), Error);
}

TEST_CASE("evaluation: counts beyond 32 bits", "[recommend][evaluation][degenerate]") {
    ScoreTally tally;
    tally.add(7, 4'000'000'000U);
    tally.add(7, 4'000'000'000U);
    tally.add(5000);
    CHECK(tally.total() == 8'000'000'001U);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> seen;
    tally.descend([&](std::uint32_t code, std::uint64_t count) { seen.emplace_back(code, count); });
    CHECK(seen == std::vector<std::pair<std::uint32_t, std::uint64_t>>{{5000, 1}, {7, 8'000'000'000U}});
}

TEST_CASE("evaluation: distances to 64 actors at once", "[recommend][evaluation]") {
    // 0-1-2-3-4   5-6
    const CsrGraph g = graph_of(7, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {5, 6}});
    const auto component = components_of(g);
    PairDistances distances(g, component);
    const std::vector<VertexId> actors = {id_at<VertexId>(0), id_at<VertexId>(5)};
    distances.compute(actors);
    CHECK(distances.between(0, id_at<VertexId>(2)) == PairStratum::distance_2);
    CHECK(distances.between(0, id_at<VertexId>(3)) == PairStratum::distance_3);
    CHECK(distances.between(0, id_at<VertexId>(4)) == PairStratum::distance_4_or_more);
    CHECK(distances.between(0, id_at<VertexId>(6)) == PairStratum::unreachable);
    CHECK(distances.between(1, id_at<VertexId>(0)) == PairStratum::unreachable);
    CHECK_THROWS_AS(distances.compute(std::vector<VertexId>(65)), Error);
}

TEST_CASE("evaluation: what is refused", "[recommend][evaluation][degenerate]") {
    const History h = cut_history(two_circles(2), {.split = {2018}});
    const PairFunction source("mixed", mixed);
    const PairFunction again("mixed", mixed);
    CHECK_THROWS_AS(judge(h, {&source, &again}), Error);
    const PairFunction broken("broken",
                              [](VertexId, VertexId) { return std::numeric_limits<double>::quiet_NaN(); });
    CHECK_THROWS_AS(judge(h, {&broken}), Error);
    const auto refused = [&](auto change) {
        EvaluationOptions options;
        change(options);
        try {
            validate(options);
        } catch (const OptionError& error) {
            return error.field();
        }
        return std::string();
    };
    CHECK(refused([](EvaluationOptions&) {}).empty());
    CHECK(refused([](EvaluationOptions& o) { o.tops = {}; }) == "top");
    CHECK(refused([](EvaluationOptions& o) { o.tops = {10, 0}; }) == "top");
    CHECK(refused([](EvaluationOptions& o) { o.pair_tops = {0}; }) == "pairs-top");
    CHECK(refused([](EvaluationOptions& o) { o.sample = 1; }) == "sample");
    CHECK(refused([](EvaluationOptions& o) { o.replicates = 10'001; }) == "replicates");
    CHECK(refused([](EvaluationOptions& o) { o.newcomer_partnerships = 0; }) == "newcomer");
    const Evaluation nothing = judge(h, {});
    CHECK(nothing.methods.empty());
    CHECK_FALSE(nothing.best_reference(0));
}
