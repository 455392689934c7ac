#include "algorithms/recommend/conditional_logit.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

void check(const Choices& c, const ConditionalLogitOptions& options) {
    if (c.terms == 0 || c.chosen.empty() || c.begin.size() != c.chosen.size() + 1 || c.begin.front() != 0 ||
        c.values.size() != c.begin.back() * c.terms ||
        (!c.offset.empty() && c.offset.size() != c.begin.back())) {
        throw Error("fit_conditional_logit: " + std::to_string(c.values.size()) + " values, " +
                    std::to_string(c.terms) + " terms, " + std::to_string(c.chosen.size()) + " choices");
    }
    for (std::size_t i = 0; i < c.chosen.size(); ++i) {
        if (c.chosen[i] < c.begin[i] || c.chosen[i] >= c.begin[i + 1]) {
            throw Error("fit_conditional_logit: choice " + std::to_string(i) +
                        " chooses none of its alternatives");
        }
    }
    if (!(options.ridge > 0.0)) {
        throw OptionError("ridge", "must be above 0");
    }
    if (options.steps == 0) {
        throw OptionError("steps", "must be at least 1");
    }
    if (!options.non_negative.empty() && options.non_negative.size() != c.terms) {
        throw Error("fit_conditional_logit: " + std::to_string(options.non_negative.size()) + " bounds for " +
                    std::to_string(c.terms) + " terms");
    }
}

class Fit {
public:
    Fit(const Choices& choices, const ConditionalLogitOptions& options)
        : c_(choices), options_(options), k_(choices.terms), scale_(k_, 0.0), weights_(k_, 0.0) {}

    ConditionalLogitFit run() {
        standardise();
        ConditionalLogitFit result;
        double value = evaluate(weights_, true);
        for (std::uint32_t step = 0; step < options_.steps && !result.converged; ++step) {
            const std::vector<double> direction = newton_direction();
            double slope = 0.0;
            double largest = 0.0;
            for (std::size_t i = 0; i < k_; ++i) {
                slope += gradient_[i] * direction[i];
                largest = std::max(largest, std::abs(direction[i]));
            }
            constexpr double still = 1e-7;
            if (largest < still || slope >= 0.0) {
                result.converged = true;
                break;
            }
            double length = 1.0;
            for (int halvings = 0; halvings < 40; ++halvings, length /= 2.0) {
                std::vector<double> tried(weights_);
                for (std::size_t i = 0; i < k_; ++i) {
                    tried[i] += length * direction[i];
                }
                const double there = evaluate(tried, false);
                if (there <= value + 1e-4 * length * slope) {
                    weights_ = tried;
                    break;
                }
            }
            value = evaluate(weights_, true);
        }
        result.loss = value;
        for (std::size_t i = 0; i < k_; ++i) {
            result.loss -= options_.ridge / 2.0 * weights_[i] * weights_[i];
            result.weights.push_back(weights_[i] * scale_[i]);
        }
        return result;
    }

private:
    void standardise() {
        const std::size_t rows = c_.begin.back();
        for (std::size_t i = 0; i < k_; ++i) {
            double sum = 0.0;
            double squares = 0.0;
            for (std::size_t r = 0; r < rows; ++r) {
                sum += at(r, i);
            }
            const double mean = sum / static_cast<double>(rows);
            for (std::size_t r = 0; r < rows; ++r) {
                squares += (at(r, i) - mean) * (at(r, i) - mean);
            }
            const double sd = std::sqrt(squares / static_cast<double>(rows));
            scale_[i] = sd > 1e-12 ? 1.0 / sd : 0.0;
        }
    }
    [[nodiscard]] double at(std::size_t row, std::size_t term) const {
        return static_cast<double>(c_.values[row * k_ + term]);
    }

    /// The value, and with it the gradient and the second derivatives when asked for.
    double evaluate(const std::vector<double>& weights, bool derivatives) {
        std::vector<double> by_term(k_);
        for (std::size_t i = 0; i < k_; ++i) {
            by_term[i] = weights[i] * scale_[i];
        }
        if (derivatives) {
            gradient_.assign(k_, 0.0);
            hessian_.assign(k_ * k_, 0.0);
        }
        double total = 0.0;
        std::vector<double> scores, mean(k_), row(k_);
        for (std::size_t choice = 0; choice < c_.chosen.size(); ++choice) {
            const std::size_t first = c_.begin[choice];
            const std::size_t count = c_.begin[choice + 1] - first;
            scores.assign(count, 0.0);
            double best = -1e300;
            for (std::size_t r = 0; r < count; ++r) {
                for (std::size_t i = 0; i < k_; ++i) {
                    scores[r] += by_term[i] * at(first + r, i);
                }
                best = std::max(best, scores[r]);
            }
            double sum = 0.0;
            for (std::size_t r = 0; r < count && !c_.offset.empty(); ++r) {
                scores[r] += static_cast<double>(c_.offset[first + r]);
                best = std::max(best, scores[r]);
            }
            const double own = scores[c_.chosen[choice] - first];
            for (double& score : scores) {
                score = std::exp(score - best);
                sum += score;
            }
            total += std::log(sum) + best - own;
            if (!derivatives) {
                continue;
            }
            std::fill(mean.begin(), mean.end(), 0.0);
            for (std::size_t r = 0; r < count; ++r) {
                const double chance = scores[r] / sum;
                if (chance < 1e-9) {
                    continue;
                }
                for (std::size_t i = 0; i < k_; ++i) {
                    row[i] = at(first + r, i) * scale_[i];
                    mean[i] += chance * row[i];
                }
                for (std::size_t i = 0; i < k_; ++i) {
                    for (std::size_t j = 0; j <= i; ++j) {
                        hessian_[i * k_ + j] += chance * row[i] * row[j];
                    }
                }
            }
            for (std::size_t i = 0; i < k_; ++i) {
                gradient_[i] += mean[i] - at(c_.chosen[choice], i) * scale_[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    hessian_[i * k_ + j] -= mean[i] * mean[j];
                }
            }
        }
        const auto n = static_cast<double>(c_.chosen.size());
        double value = total / n;
        for (std::size_t i = 0; i < k_; ++i) {
            value += options_.ridge / 2.0 * weights[i] * weights[i];
            if (derivatives) {
                gradient_[i] = gradient_[i] / n + options_.ridge * weights[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    hessian_[i * k_ + j] /= n;
                    hessian_[j * k_ + i] = hessian_[i * k_ + j];
                }
                hessian_[i * k_ + i] += options_.ridge;
            }
        }
        return value;
    }

    /// Minimum of the quadratic within the bounds, by coordinate descent.
    [[nodiscard]] std::vector<double> newton_direction() const {
        std::vector<double> direction(k_, 0.0);
        std::vector<double> slope(gradient_);
        for (int sweep = 0; sweep < 2000; ++sweep) {
            double moved = 0.0;
            for (std::size_t i = 0; i < k_; ++i) {
                if (scale_[i] == 0.0) {
                    continue;
                }
                double to = direction[i] - slope[i] / hessian_[i * k_ + i];
                if (!options_.non_negative.empty() && options_.non_negative[i] != 0) {
                    to = std::max(to, -weights_[i]);
                }
                const double change = to - direction[i];
                if (change == 0.0) {
                    continue;
                }
                direction[i] = to;
                moved = std::max(moved, std::abs(change));
                for (std::size_t j = 0; j < k_; ++j) {
                    slope[j] += change * hessian_[j * k_ + i];
                }
            }
            if (moved < 1e-10) {
                break;
            }
        }
        return direction;
    }

    const Choices& c_;
    const ConditionalLogitOptions& options_;
    std::size_t k_;
    std::vector<double> scale_, weights_, gradient_, hessian_;
};

}  // namespace

ConditionalLogitFit fit_conditional_logit(const Choices& choices, const ConditionalLogitOptions& options) {
    check(choices, options);
    return Fit(choices, options).run();
}

}  // namespace maillage
