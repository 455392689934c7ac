#include "algorithms/segregation/spectral.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

constexpr std::size_t steps_a_cycle = 40;
constexpr std::size_t most_cycles = 25;

/// Largest eigenpair of the symmetric matrix of one component, by restarted Lanczos.
class ComponentSolver {
public:
    ComponentSolver(GraphView inner, std::span<const double> strength, const SpectralOptions& options)
        : inner_(inner), options_(options), scale_(strength.size()), scaled_(strength.size()) {
        for (std::size_t v = 0; v < strength.size(); ++v) {
            scale_[v] = strength[v] > 0.0 ? 1.0 / std::sqrt(strength[v]) : 0.0;
        }
    }

    /// The eigenvalue; vector() has the eigenvector of the symmetric matrix then, when vectors are asked for.
    double solve(std::span<const VertexId> members) {
        members_ = members;
        const std::size_t n = members.size();
        start_.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            start_[i] = 1.0 / scale_[index_of(members[i])];  // sqrt(strength): the answer when nothing leaves
        }
        normalise(start_);
        double value = 0.0;
        for (std::size_t cycle = 0; cycle < most_cycles; ++cycle) {
            const auto [found, residual] = run_cycle();
            value = found;
            if (residual <= options_.tolerance || !options_.vectors) {
                break;
            }
        }
        return value;
    }
    /// Right eigenvector of the row-normalised matrix, by position in members.
    [[nodiscard]] double entry(std::size_t i) const noexcept {
        return start_[i] * scale_[index_of(members_[i])];
    }

private:
    static double dot(std::span<const double> x, std::span<const double> y) noexcept {
        double sum = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            sum += x[i] * y[i];
        }
        return sum;
    }
    static double normalise(std::span<double> x) noexcept {
        const double length = std::sqrt(dot(x, x));
        if (length > 0.0) {
            for (double& entry : x) {
                entry /= length;
            }
        }
        return length;
    }
    void multiply(std::span<const double> x, std::vector<double>& product) {
        product.resize(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            scaled_[index_of(members_[i])] = x[i] * scale_[index_of(members_[i])];
        }
        const bool weighted = inner_.weighted();
        for (std::size_t i = 0; i < x.size(); ++i) {
            const VertexId v = members_[i];
            const auto row = inner_.neighbours(v);
            double sum = 0.0;
            if (weighted) {
                const auto weights = inner_.weights(v);
                for (std::size_t j = 0; j < row.size(); ++j) {
                    sum += weights[j] * scaled_[index_of(row[j])];
                }
            } else {
                for (const VertexId u : row) {
                    sum += scaled_[index_of(u)];
                }
            }
            product[i] = sum * scale_[index_of(v)];
        }
    }

    struct Found {
        double value, residual;
    };
    /// Up to steps_a_cycle steps from start_; leaves the best vector there when vectors are asked for.
    Found run_cycle() {
        const std::size_t most = std::min(options_.vectors ? steps_a_cycle : options_.steps, members_.size());
        basis_.clear();
        diagonal_.clear();
        beside_.clear();
        current_ = start_;
        previous_.assign(start_.size(), 0.0);
        double beta = 0.0;
        Found found{0.0, 0.0};
        for (std::size_t step = 0; step < most; ++step) {
            if (options_.vectors) {
                basis_.push_back(current_);
            }
            multiply(current_, next_);
            const double alpha = dot(current_, next_);
            for (std::size_t i = 0; i < next_.size(); ++i) {
                next_[i] -= alpha * current_[i] + beta * previous_[i];
            }
            for (const auto& earlier :
                 basis_) {  // exact vectors need an orthogonal basis, eigenvalues do not
                const double overlap = dot(earlier, next_);
                for (std::size_t i = 0; i < next_.size(); ++i) {
                    next_[i] -= overlap * earlier[i];
                }
            }
            diagonal_.push_back(alpha);
            beta = std::sqrt(dot(next_, next_));
            const bool last = step + 1 == most || beta <= 1e-14;
            if (last || step % 4 == 3) {
                found = best_of_tridiagonal(beta);
                if (last || found.residual <= options_.tolerance) {
                    break;
                }
            }
            beside_.push_back(beta);
            for (double& entry : next_) {
                entry /= beta;
            }
            std::swap(previous_, current_);
            std::swap(current_, next_);
        }
        if (options_.vectors) {
            std::fill(start_.begin(), start_.end(), 0.0);
            for (std::size_t s = 0; s < basis_.size(); ++s) {
                for (std::size_t i = 0; i < start_.size(); ++i) {
                    start_[i] += ritz_[static_cast<Eigen::Index>(s)] * basis_[s][i];
                }
            }
            for (double& entry : start_) {
                entry = std::abs(entry);  // Perron: one sign
            }
            normalise(start_);
        }
        return found;
    }
    Found best_of_tridiagonal(double beta) {
        const auto size = static_cast<Eigen::Index>(diagonal_.size());
        const Eigen::VectorXd diagonal = Eigen::Map<const Eigen::VectorXd>(diagonal_.data(), size);
        const Eigen::VectorXd beside = Eigen::Map<const Eigen::VectorXd>(beside_.data(), size - 1);
        solver_.computeFromTridiagonal(diagonal, beside);
        ritz_ = solver_.eigenvectors().col(size - 1);
        return {solver_.eigenvalues()[size - 1], beta * std::abs(ritz_[size - 1])};
    }

    GraphView inner_;
    SpectralOptions options_;
    std::vector<double> scale_, scaled_;
    std::span<const VertexId> members_;
    std::vector<double> start_, current_, previous_, next_, diagonal_, beside_;
    std::vector<std::vector<double>> basis_;
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver_;
    Eigen::VectorXd ritz_;
};

}  // namespace

SpectralSegregation spectral_segregation(GraphView inner, std::span<const double> strength,
                                         const SpectralOptions& options) {
    const std::size_t n = inner.vertex_count();
    SpectralSegregation result;
    result.of.assign(options.vectors ? n : 0, 0.0);
    result.eigenvalue.assign(n, 0.0);
    Components components;
    fill_components(inner, components);
    ComponentSolver solver(inner, strength, options);
    for (std::size_t c = 0; c < components.count(); ++c) {
        const auto members = components[c];
        if (members.size() == 1) {
            continue;
        }
        const double value = solver.solve(members);
        double sum = 0.0;
        for (std::size_t i = 0; i < members.size(); ++i) {
            result.eigenvalue[index_of(members[i])] = value;
            sum += options.vectors ? solver.entry(i) : 0.0;
        }
        for (std::size_t i = 0; options.vectors && i < members.size(); ++i) {
            result.of[index_of(members[i])] =
                value * solver.entry(i) * static_cast<double>(members.size()) / sum;
        }
    }
    return result;
}

}  // namespace maillage
