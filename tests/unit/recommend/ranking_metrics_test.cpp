#include "algorithms/recommend/ranking_metrics.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace maillage;

namespace {

using Numbers = std::vector<double>;

std::vector<double> relevant(const Numbers& gains) {
    Numbers only;
    std::copy_if(gains.begin(), gains.end(), std::back_inserter(only), [](double g) { return g > 0.0; });
    return only;
}

/// Measures of one order of the items, from their definitions.
struct OfOneOrder {
    double precision = 0.0, recall = 0.0, hit = 0.0, reciprocal = 0.0, ndcg = 0.0;
};
OfOneOrder measure(const Numbers& gains, const std::vector<std::size_t>& order, std::size_t k) {
    OfOneOrder m;
    const double all = static_cast<double>(relevant(gains).size());
    double dcg = 0.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double gain = gains[order[i]];
        if (gain > 0.0 && m.reciprocal == 0.0) {
            m.reciprocal = 1.0 / static_cast<double>(i + 1);
        }
        if (i < k) {
            m.precision += gain > 0.0 ? 1.0 / static_cast<double>(k) : 0.0;
            m.recall += gain > 0.0 ? 1.0 / all : 0.0;
            m.hit = gain > 0.0 ? 1.0 : m.hit;
            dcg += gain / std::log2(static_cast<double>(i) + 2.0);
        }
    }
    Numbers best = relevant(gains);
    std::sort(best.rbegin(), best.rend());
    double ideal = 0.0;
    for (std::size_t i = 0; i < std::min(k, best.size()); ++i) {
        ideal += best[i] / std::log2(static_cast<double>(i) + 2.0);
    }
    m.ndcg = dcg / ideal;
    return m;
}

}  // namespace

TEST_CASE("ranking measures: published values", "[recommend][evaluation]") {
    // scikit-learn's documentation of average_precision_score and roc_auc_score
    const auto small = tie_groups(Numbers{.1, .4, .35, .8}, Numbers{0, 0, 1, 1});
    CHECK(*auroc(small) == Approx(.75));
    CHECK(*average_precision(small) == Approx(.8333333333));
    // and of ndcg_score
    const Numbers gains = {10, 0, 0, 1, 5};
    CHECK(*ndcg_at(tie_groups(Numbers{.1, .2, .3, 4, 70}, gains), gains, 0) ==
          Approx(.6956940).epsilon(1e-6));
    const auto other = tie_groups(Numbers{.05, 1.1, 1., .5, .0}, gains);
    CHECK(*ndcg_at(other, gains, 0) == Approx(.4936802).epsilon(1e-6));
    CHECK(*ndcg_at(other, gains, 4) == Approx(.3520241).epsilon(1e-6));
    // linkpred's sheet: relevant 3, 4, 5, 6 of 7, 4, 6, 1, 3, 5, 2
    const auto sheet = tie_groups(Numbers{.9, .8, .7, .6, .5, .2, .1}, Numbers{0, 1, 1, 0, 1, 1, 0});
    const Numbers precision = {0., 1. / 2, 2. / 3, 1. / 2, 3. / 5, 2. / 3, 4. / 7};
    const Numbers recall = {0., 1. / 4, 1. / 2, 1. / 2, 3. / 4, 1., 1.};
    for (std::size_t k = 1; k <= precision.size(); ++k) {
        CHECK(*precision_at(sheet, k) == Approx(precision[k - 1]));
        CHECK(*recall_at(sheet, k) == Approx(recall[k - 1]));
        CHECK(*hit_at(sheet, k) == (k == 1 ? 0.0 : 1.0));
    }
    CHECK(*reciprocal_rank(sheet) == Approx(.5));
}

TEST_CASE("ranking measures: equal scores count as the mean over their orders", "[recommend][evaluation]") {
    Rng rng(11);
    for (int trial = 0; trial < 40; ++trial) {
        const std::size_t n = 3 + rng.below(4);
        Numbers scores;
        Numbers gains;
        for (std::size_t i = 0; i < n; ++i) {
            scores.push_back(static_cast<double>(rng.below(3)));
            gains.push_back(static_cast<double>(rng.below(3)));
        }
        gains[0] = 2.0;
        const std::size_t k = 1 + rng.below(static_cast<std::uint32_t>(n));
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        OfOneOrder sum;
        double orders = 0.0;
        do {
            if (std::is_sorted(order.begin(), order.end(),
                               [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; })) {
                const OfOneOrder m = measure(gains, order, k);
                sum.precision += m.precision;
                sum.recall += m.recall;
                sum.hit += m.hit;
                sum.reciprocal += m.reciprocal;
                sum.ndcg += m.ndcg;
                orders += 1.0;
            }
        } while (std::next_permutation(order.begin(), order.end()));
        const auto ranking = tie_groups(scores, gains);
        CHECK(*precision_at(ranking, k) == Approx(sum.precision / orders));
        CHECK(*recall_at(ranking, k) == Approx(sum.recall / orders));
        CHECK(*hit_at(ranking, k) == Approx(sum.hit / orders));
        CHECK(*reciprocal_rank(ranking) == Approx(sum.reciprocal / orders));
        CHECK(*ndcg_at(ranking, relevant(gains), k) == Approx(sum.ndcg / orders));
    }
}

TEST_CASE("ranking measures: a constant score is chance", "[recommend][evaluation]") {
    const auto flat =
        tie_groups(Numbers(20, 1.0), Numbers{1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    CHECK(*average_precision(flat) == Approx(.25));
    CHECK(*auroc(flat) == Approx(.5));
    CHECK(*precision_at(flat, 4) == Approx(.25));
    CHECK(*recall_at(flat, 4) == Approx(.2));
}

TEST_CASE("ranking measures: undefined is empty", "[recommend][evaluation][degenerate]") {
    const auto none = tie_groups(Numbers{1, 2}, Numbers{0, 0});
    CHECK_FALSE(average_precision(none));
    CHECK_FALSE(auroc(none));
    CHECK_FALSE(recall_at(none, 1));
    CHECK_FALSE(hit_at(none, 1));
    CHECK_FALSE(reciprocal_rank(none));
    CHECK_FALSE(ndcg_at(none, {}, 1));
    CHECK(*precision_at(none, 1) == 0.0);
    CHECK_FALSE(precision_at({}, 1));
    CHECK_FALSE(auroc(tie_groups(Numbers{1, 2}, Numbers{1, 1})));
    CHECK(precision_recall_curve(none, 5).empty());
    CHECK_THROWS_AS(tie_groups(Numbers{1}, Numbers{}), Error);
    // fewer items than asked for
    CHECK(*precision_at(tie_groups(Numbers{1, 2}, Numbers{1, 1}), 10) == Approx(.2));
}

TEST_CASE("ranking measures: the curve ends at full recall and its steps make the average precision",
          "[recommend][evaluation]") {
    Rng rng(5);
    Numbers scores;
    Numbers gains;
    for (int i = 0; i < 300; ++i) {
        scores.push_back(static_cast<double>(rng.below(60)));
        gains.push_back(rng.below(5) == 0 ? 1.0 : 0.0);
    }
    const auto ranking = tie_groups(scores, gains);
    const auto whole = precision_recall_curve(ranking, 100000);
    double area = 0.0;
    double before = 0.0;
    for (const PrecisionRecall& point : whole) {
        area += (point.recall - before) * point.precision;
        before = point.recall;
    }
    CHECK(area == Approx(*average_precision(ranking)));
    CHECK(before == 1.0);
    const auto few = precision_recall_curve(ranking, 11);
    CHECK(few.size() <= 12);
    CHECK(few.back().recall == 1.0);
}
