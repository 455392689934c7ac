#include "algorithms/recommend/logistic.hpp"

#include "engine/error.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

double chance(double z) {
    return 1.0 / (1.0 + std::exp(-z));
}

/// ln(1 + e^z) without overflow.
double softplus(double z) {
    return z > 0.0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
}

class Newton {
public:
    Newton(const LogisticExamples& examples, const LogisticOptions& options)
        : x_(examples), options_(options), count_(examples.outcomes.size()), terms_(examples.terms) {
        standardise();
    }

    LogisticFit run() {
        LogisticFit fit;
        fit.weights.assign(terms_, 0.0);
        const double hits = ones();
        const auto n = static_cast<double>(count_);
        const double share = std::clamp(hits, 0.5, n - 0.5) / n;
        at_ = Vector::Zero(size());
        at_[last()] = std::log(share / (1.0 - share));
        if (hits > 0.0 && hits < n) {
            fit.converged = descend();
        } else {
            fit.converged = true;
        }
        double shift = 0.0;
        for (std::size_t k = 0; k < terms_; ++k) {
            fit.weights[k] = at_[index(k)] * inverse_sd_[k];
            shift += fit.weights[k] * mean_[k];
        }
        fit.intercept = at_[last()] - shift;
        fit.loss = mean_loss(at_);
        return fit;
    }

private:
    [[nodiscard]] static Eigen::Index index(std::size_t k) { return static_cast<Eigen::Index>(k); }
    [[nodiscard]] Eigen::Index last() const { return index(terms_); }
    [[nodiscard]] Eigen::Index size() const { return index(terms_ + 1); }
    [[nodiscard]] bool held(std::size_t k) const {
        return options_.non_negative.empty() || options_.non_negative[k] != 0;
    }
    [[nodiscard]] double ones() const {
        double sum = 0.0;
        for (const std::uint8_t y : x_.outcomes) {
            sum += y != 0 ? 1.0 : 0.0;
        }
        return sum;
    }

    void standardise() {
        mean_.assign(terms_, 0.0);
        std::vector<double> squares(terms_, 0.0);
        const auto n = static_cast<double>(count_);
        for (std::size_t i = 0; i < count_; ++i) {
            for (std::size_t k = 0; k < terms_; ++k) {
                mean_[k] += static_cast<double>(x_.values[i * terms_ + k]);
            }
        }
        for (double& m : mean_) {
            m /= n;
        }
        for (std::size_t i = 0; i < count_; ++i) {
            for (std::size_t k = 0; k < terms_; ++k) {
                const double d = static_cast<double>(x_.values[i * terms_ + k]) - mean_[k];
                squares[k] += d * d;
            }
        }
        for (std::size_t k = 0; k < terms_; ++k) {
            const double sd = std::sqrt(squares[k] / n);
            inverse_sd_.push_back(sd > 1e-9 * (1.0 + std::abs(mean_[k])) ? 1.0 / sd : 0.0);
        }
    }

    /// The example's terms, standardised, and 1 for the intercept.
    void row(std::size_t i, Vector& into) const {
        for (std::size_t k = 0; k < terms_; ++k) {
            into[index(k)] = (static_cast<double>(x_.values[i * terms_ + k]) - mean_[k]) * inverse_sd_[k];
        }
        into[last()] = 1.0;
    }

    [[nodiscard]] double mean_loss(const Vector& at) const {
        Vector r(size());
        double sum = 0.0;
        for (std::size_t i = 0; i < count_; ++i) {
            row(i, r);
            const double z = r.dot(at);
            sum += softplus(z) - (x_.outcomes[i] != 0 ? z : 0.0);
        }
        return sum / static_cast<double>(count_);
    }
    [[nodiscard]] double objective(const Vector& at) const {
        return mean_loss(at) + 0.5 * options_.ridge * at.head(last()).squaredNorm();
    }

    void derivatives(Vector& gradient, Matrix& curvature) const {
        // Rows are collected and multiplied together: a product of matrices instead of many of vectors.
        constexpr std::size_t block = 256;
        gradient = Vector::Zero(size());
        curvature = Matrix::Zero(size(), size());
        Matrix rows(size(), index(block));
        Matrix scaled(size(), index(block));
        Vector r(size());
        for (std::size_t begin = 0; begin < count_; begin += block) {
            const std::size_t used = std::min(block, count_ - begin);
            for (std::size_t i = 0; i < used; ++i) {
                row(begin + i, r);
                const double p = chance(r.dot(at_));
                gradient += (p - (x_.outcomes[begin + i] != 0 ? 1.0 : 0.0)) * r;
                rows.col(index(i)) = r;
                scaled.col(index(i)) = p * (1.0 - p) * r;
            }
            curvature.noalias() += rows.leftCols(index(used)) * scaled.leftCols(index(used)).transpose();
        }
        const auto n = static_cast<double>(count_);
        gradient /= n;
        curvature /= n;
        for (std::size_t k = 0; k < terms_; ++k) {
            gradient[index(k)] += options_.ridge * at_[index(k)];
            curvature(index(k), index(k)) += options_.ridge;
        }
        curvature(last(), last()) += 1e-12;
    }

    /// Newton's step over the terms that are free to move; those at 0 that would fall below it are not.
    [[nodiscard]] Vector step(const Vector& gradient, const Matrix& curvature) const {
        std::vector<Eigen::Index> free;
        for (std::size_t k = 0; k < terms_; ++k) {
            if (inverse_sd_[k] > 0.0 && !(held(k) && at_[index(k)] <= 0.0 && gradient[index(k)] > 0.0)) {
                free.push_back(index(k));
            }
        }
        free.push_back(last());
        Vector move = Vector::Zero(size());
        while (true) {
            const Matrix h = curvature(free, free);
            const Vector g = gradient(free);
            const Vector s = -h.ldlt().solve(g);
            std::vector<Eigen::Index> kept;
            for (std::size_t j = 0; j < free.size(); ++j) {
                const bool stuck = free[j] != last() && held(static_cast<std::size_t>(free[j])) &&
                                   at_[free[j]] <= 0.0 && s[index(j)] < 0.0;
                if (!stuck) {
                    kept.push_back(free[j]);
                }
            }
            if (kept.size() == free.size()) {
                for (std::size_t j = 0; j < free.size(); ++j) {
                    move[free[j]] = s[index(j)];
                }
                return move;
            }
            free = std::move(kept);
        }
    }

    bool descend() {
        constexpr double enough = 1e-10;
        constexpr int halvings = 20;
        Vector gradient;
        Matrix curvature;
        double value = objective(at_);
        for (std::uint32_t s = 0; s < options_.steps; ++s) {
            derivatives(gradient, curvature);
            const Vector move = step(gradient, curvature);
            double length = 1.0;
            bool lower = false;
            for (int h = 0; h < halvings && !lower; ++h, length *= 0.5) {
                Vector next = at_ + length * move;
                for (std::size_t k = 0; k < terms_; ++k) {
                    if (held(k)) {
                        next[index(k)] = std::max(0.0, next[index(k)]);
                    }
                }
                const double found = objective(next);
                if (found < value) {
                    const double gain = value - found;
                    at_ = next;
                    value = found;
                    lower = gain > enough;
                    if (!lower) {
                        return true;
                    }
                }
            }
            if (!lower) {
                return true;  // no direction leads down: the minimum, to rounding
            }
        }
        return false;
    }

    LogisticExamples x_;
    const LogisticOptions& options_;
    std::size_t count_, terms_;
    std::vector<double> mean_, inverse_sd_;
    Vector at_;  ///< weights of standardised terms, then the intercept
};

}  // namespace

LogisticFit fit_logistic(const LogisticExamples& examples, const LogisticOptions& options) {
    if (!(options.ridge > 0.0)) {
        throw OptionError("ridge", "must be above 0");
    }
    if (options.steps == 0) {
        throw OptionError("steps", "must be at least 1");
    }
    if (examples.outcomes.empty()) {
        throw Error("logistic regression: no example");
    }
    if (examples.values.size() != examples.outcomes.size() * examples.terms ||
        (!options.non_negative.empty() && options.non_negative.size() != examples.terms)) {
        throw Error("logistic regression: " + std::to_string(examples.values.size()) + " values of " +
                    std::to_string(examples.outcomes.size()) + " examples with " +
                    std::to_string(examples.terms) + " terms");
    }
    return Newton(examples, options).run();
}

}  // namespace maillage
