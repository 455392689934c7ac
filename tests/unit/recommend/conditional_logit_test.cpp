#include "algorithms/recommend/conditional_logit.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace maillage;

namespace {

/// Four choices between a row with the term and one without; `times` of them take the one with it.
struct Pairs {
    std::vector<float> values;
    std::vector<std::size_t> begin{0}, chosen;

    explicit Pairs(std::size_t times) {
        for (std::size_t i = 0; i < 4; ++i) {
            chosen.push_back(values.size() + (i < times ? 0U : 1U));
            values.insert(values.end(), {1.0F, 0.0F});
            begin.push_back(values.size());
        }
    }
    [[nodiscard]] Choices choices() const { return {values, begin, chosen, 1}; }
};

/// Mean loss and penalty from the definition.
double objective(const Choices& c, const std::vector<double>& w, double ridge) {
    double loss = 0.0;
    for (std::size_t i = 0; i < c.chosen.size(); ++i) {
        double all = 0.0;
        double own = 0.0;
        for (std::size_t row = c.begin[i]; row < c.begin[i + 1]; ++row) {
            double z = c.offset.empty() ? 0.0 : static_cast<double>(c.offset[row]);
            for (std::size_t k = 0; k < c.terms; ++k) {
                z += w[k] * static_cast<double>(c.values[row * c.terms + k]);
            }
            all += std::exp(z);
            own = row == c.chosen[i] ? z : own;
        }
        loss += (std::log(all) - own) / static_cast<double>(c.chosen.size());
    }
    const auto rows = static_cast<double>(c.values.size() / c.terms);
    for (std::size_t k = 0; k < c.terms; ++k) {
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t at = k; at < c.values.size(); at += c.terms) {
            sum += static_cast<double>(c.values[at]);
            squares += static_cast<double>(c.values[at]) * static_cast<double>(c.values[at]);
        }
        const double variance = squares / rows - sum / rows * (sum / rows);
        loss += ridge / 2.0 * variance * w[k] * w[k];
    }
    return loss;
}

}  // namespace

TEST_CASE("conditional logit: three choices of four give the logarithm of the odds",
          "[conditional_logit][unit]") {
    const Pairs pairs(3);
    const ConditionalLogitFit fit = fit_conditional_logit(pairs.choices(), {.ridge = 1e-12});
    CHECK(fit.converged);
    CHECK(fit.weights[0] == Approx(std::log(3.0)).epsilon(1e-6));
    CHECK(fit.loss == Approx(std::log(4.0) - 0.75 * std::log(3.0)));
}

TEST_CASE("conditional logit: a row that stands for two weighs twice", "[conditional_logit][unit]") {
    // e^w / (e^w + 2) = 3/4
    const Pairs pairs(3);
    Choices choices = pairs.choices();
    std::vector<float> offset;
    for (std::size_t row = 0; row < pairs.values.size(); ++row) {
        offset.push_back(row % 2 == 0 ? 0.0F : std::log(2.0F));
    }
    choices.offset = offset;
    CHECK(fit_conditional_logit(choices, {.ridge = 1e-12}).weights[0] == Approx(std::log(6.0)).epsilon(1e-6));
}

TEST_CASE("conditional logit: bounds, terms that say nothing, wrong sizes",
          "[conditional_logit][degenerate]") {
    const Pairs pairs(1);
    CHECK(fit_conditional_logit(pairs.choices(), {.ridge = 1e-12}).weights[0] ==
          Approx(-std::log(3.0)).epsilon(1e-6));
    CHECK(fit_conditional_logit(pairs.choices(), {.ridge = 1e-12, .non_negative = {1}}).weights[0] == 0.0);

    const std::vector<float> same = {2, 2, 2, 2};
    const std::vector<std::size_t> begin = {0, 2, 4}, chosen = {0, 3};
    CHECK(fit_conditional_logit({same, begin, chosen, 1}).weights[0] == 0.0);

    const std::vector<std::size_t> beyond = {0, 4};
    CHECK_THROWS_AS(fit_conditional_logit({same, begin, beyond, 1}), Error);
    const std::vector<std::size_t> no_choice = {0};
    CHECK_THROWS_AS(fit_conditional_logit({{}, no_choice, {}, 1}), Error);
    CHECK_THROWS_AS(fit_conditional_logit({same, begin, chosen, 1}, {.ridge = 0.0}), OptionError);
}

TEST_CASE("conditional logit: at the minimum no weight can be moved to lower the objective",
          "[conditional_logit][property]") {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        constexpr std::size_t terms = 3;
        std::vector<float> values, offset;
        std::vector<std::size_t> begin(1, 0), chosen;
        for (std::size_t i = 0; i < 40; ++i) {
            const std::size_t rows = 2 + rng.below(5);
            for (std::size_t row = 0; row < rows; ++row) {
                offset.push_back(static_cast<float>(rng.uniform01()));
                for (std::size_t k = 0; k < terms; ++k) {
                    values.push_back(static_cast<float>(rng.uniform01() * static_cast<double>(k + 1)));
                }
            }
            chosen.push_back(begin.back() + rng.below(static_cast<std::uint32_t>(rows)));
            begin.push_back(begin.back() + rows);
        }
        const Choices choices{values, begin, chosen, terms, offset};
        const ConditionalLogitOptions options{.ridge = 0.02, .non_negative = {1, 0, 1}};
        const ConditionalLogitFit fit = fit_conditional_logit(choices, options);
        CHECK(fit.converged);
        const double least = objective(choices, fit.weights, options.ridge);
        for (std::size_t k = 0; k < terms; ++k) {
            CHECK((options.non_negative[k] == 0 || fit.weights[k] >= 0.0));
            for (const double step : {1e-3, -1e-3}) {
                std::vector<double> moved = fit.weights;
                moved[k] += step;
                if (options.non_negative[k] == 0 || moved[k] >= 0.0) {
                    CHECK(objective(choices, moved, options.ridge) >= least - 1e-9);
                }
            }
        }
    }
}
