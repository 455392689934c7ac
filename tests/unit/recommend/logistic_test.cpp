#include "algorithms/recommend/logistic.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace maillage;

TEST_CASE("logistic: one flag with a share of 3/4 against 1/4 gives the logarithm of the odds",
          "[logistic][unit]") {
    // x = 1: three of four come true; x = 0: one of four. Odds 3 and 1/3, so the weight is ln 9.
    const std::vector<float> x = {1, 1, 1, 1, 0, 0, 0, 0};
    const std::vector<std::uint8_t> y = {1, 1, 1, 0, 1, 0, 0, 0};
    const LogisticFit fit = fit_logistic({x, y, 1}, {.ridge = 1e-12});
    CHECK(fit.converged);
    CHECK(fit.weights[0] == Approx(std::log(9.0)).epsilon(1e-6));
    CHECK(fit.intercept == Approx(-std::log(3.0)).epsilon(1e-6));
}

TEST_CASE("logistic: a weight that would be negative is held at 0, and free when asked", "[logistic][unit]") {
    const std::vector<float> x = {1, 1, 1, 1, 0, 0, 0, 0};
    const std::vector<std::uint8_t> y = {0, 0, 0, 1, 0, 1, 1, 1};
    CHECK(fit_logistic({x, y, 1}, {.ridge = 1e-12}).weights[0] == 0.0);
    const LogisticFit free = fit_logistic({x, y, 1}, {.ridge = 1e-12, .non_negative = {0}});
    CHECK(free.weights[0] == Approx(-std::log(9.0)).epsilon(1e-6));
}

TEST_CASE("logistic: a constant term and equal outcomes", "[logistic][degenerate]") {
    const std::vector<float> constant = {2, 2, 2, 2};
    const std::vector<std::uint8_t> some = {1, 0, 0, 0};
    const LogisticFit half = fit_logistic({constant, some, 1});
    CHECK(half.weights[0] == 0.0);
    CHECK(half.intercept == Approx(std::log(1.0 / 3.0)));

    const std::vector<float> x = {0, 1, 2, 3};
    const std::vector<std::uint8_t> none = {0, 0, 0, 0};
    const LogisticFit fit = fit_logistic({x, none, 1});
    CHECK(fit.weights[0] == 0.0);
    CHECK(fit.intercept == Approx(std::log(0.125 / 0.875)));
}

TEST_CASE("logistic: at the minimum no term can be moved to lower the objective", "[logistic][property]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Rng rng(seed);
        constexpr std::size_t terms = 4;
        const std::size_t n = 60 + rng.below(60);
        std::vector<float> x;
        std::vector<std::uint8_t> y;
        for (std::size_t i = 0; i < n; ++i) {
            double z = -0.5;
            for (std::size_t k = 0; k < terms; ++k) {
                x.push_back(static_cast<float>(rng.uniform01() * (1.0 + static_cast<double>(k))));
                z += (k % 2 == 0 ? 1.0 : -1.0) * static_cast<double>(x.back());
            }
            y.push_back(rng.uniform01() < 1.0 / (1.0 + std::exp(-z)) ? 1 : 0);
        }
        const double ridge = 1e-9;
        const LogisticFit fit = fit_logistic({x, y, terms}, {.ridge = ridge});
        REQUIRE(fit.converged);
        // The slow way: the loss from the definition, at the fit and beside it.
        const auto loss = [&](const std::vector<double>& w, double b) {
            double sum = 0.0;
            for (std::size_t i = 0; i < n; ++i) {
                double z = b;
                for (std::size_t k = 0; k < terms; ++k) {
                    z += w[k] * static_cast<double>(x[i * terms + k]);
                }
                sum += std::log1p(std::exp(z)) - (y[i] != 0 ? z : 0.0);
            }
            return sum / static_cast<double>(n);
        };
        const double best = loss(fit.weights, fit.intercept);
        CHECK(best == Approx(fit.loss).margin(1e-12));
        for (std::size_t k = 0; k < terms; ++k) {
            CHECK(fit.weights[k] >= 0.0);
            for (const double by : {1e-3, -1e-3}) {
                std::vector<double> moved = fit.weights;
                moved[k] += by;
                if (moved[k] >= 0.0) {
                    CHECK(loss(moved, fit.intercept) >= best - 1e-8);
                }
            }
        }
        CHECK(loss(fit.weights, fit.intercept + 1e-3) >= best - 1e-8);
        CHECK(loss(fit.weights, fit.intercept - 1e-3) >= best - 1e-8);
    }
}

TEST_CASE("logistic: what cannot be fitted is said", "[logistic][error]") {
    const std::vector<float> x = {1, 2, 3};
    const std::vector<std::uint8_t> y = {1, 0};
    CHECK_THROWS_AS(fit_logistic({x, y, 1}), Error);
    CHECK_THROWS_AS(fit_logistic({{}, {}, 1}), Error);
    const std::vector<float> fits = {1, 2};
    CHECK_THROWS_AS(fit_logistic({fits, y, 1}, {.ridge = 0.0}), OptionError);
    CHECK_THROWS_AS(fit_logistic({fits, y, 1}, {.steps = 0}), OptionError);
}
