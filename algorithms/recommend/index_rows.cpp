#include "algorithms/recommend/index_rows.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace maillage {
namespace {

constexpr std::array<std::string_view, pair_index_count> codes = {"common_neighbours",
                                                                  "jaccard",
                                                                  "salton",
                                                                  "sorensen",
                                                                  "hub_promoted",
                                                                  "hub_depressed",
                                                                  "leicht_holme_newman",
                                                                  "preferential_attachment",
                                                                  "adamic_adar",
                                                                  "resource_allocation",
                                                                  "adamic_adar_weighted",
                                                                  "resource_allocation_weighted",
                                                                  "l3",
                                                                  "l3_weighted",
                                                                  "random_walk_3",
                                                                  "local_path",
                                                                  "katz",
                                                                  "pagerank",
                                                                  "pagerank_flow"};

double inverse(double x) {
    return x > 0.0 ? 1.0 / x : 0.0;
}

/// By the power method on A^2, whose largest eigenvalue is simple in size also where the graph is bipartite.
double largest_eigenvalue_of(GraphView g) {
    constexpr int most = 300;
    constexpr double enough = 1e-10;
    const std::size_t n = g.vertex_count();
    std::vector<double> x(n, 1.0);
    std::vector<double> y(n);
    const auto times_a = [&](const std::vector<double>& in, std::vector<double>& out) {
        for (const VertexId v : g.vertices()) {
            double sum = 0.0;
            for (const VertexId u : g.neighbours(v)) {
                sum += in[index_of(u)];
            }
            out[index_of(v)] = sum;
        }
    };
    const auto norm = [](const std::vector<double>& v) {
        double sum = 0.0;
        for (const double value : v) {
            sum += value * value;
        }
        return std::sqrt(sum);
    };
    double eigenvalue = 0.0;
    for (int i = 0; i < most; ++i) {
        const double before = norm(x);
        if (!(before > 0.0)) {
            return 0.0;
        }
        for (double& value : x) {
            value /= before;
        }
        times_a(x, y);
        times_a(y, x);
        const double found = std::sqrt(norm(x));
        const bool settled = std::abs(found - eigenvalue) <= enough * found;
        eigenvalue = found;
        if (settled) {
            break;
        }
    }
    return eigenvalue;
}

}  // namespace

std::string_view to_code(PairIndex index) noexcept {
    return codes[static_cast<std::size_t>(index)];
}

void validate(const IndexOptions& options) {
    if (!(options.damping >= 0.0 && options.damping < 1.0)) {
        throw OptionError("damping", "must be at least 0 and below 1");
    }
    if (!(options.local_path_share >= 0.0) || !std::isfinite(options.local_path_share)) {
        throw OptionError("local-path-share", "must be a number of at least 0");
    }
    if (!(options.katz_share > 0.0 && options.katz_share < 1.0)) {
        throw OptionError("katz-share", "must be between 0 and 1");
    }
    if (options.katz_beta && !(*options.katz_beta > 0.0)) {
        throw OptionError("katz-beta", "must be above 0");
    }
    if (!(options.tolerance > 0.0 && options.tolerance < 1.0)) {
        throw OptionError("tolerance", "must be between 0 and 1");
    }
}

IndexModel::IndexModel(GraphView graph, const IndexOptions& options) : graph_(graph), options_(options) {
    validate(options);
    eigenvalue_ = largest_eigenvalue_of(graph);
    beta_ = options.katz_beta ? *options.katz_beta : options.katz_share * inverse(eigenvalue_);
    if (options.katz_beta && *options.katz_beta * eigenvalue_ >= 1.0) {
        throw OptionError("katz-beta",
                          "must be below 1 / largest eigenvalue, " + std::to_string(1.0 / eigenvalue_));
    }
    for (const VertexId v : graph.vertices()) {
        const auto degree = static_cast<double>(graph.degree(v));
        const double strength = graph.strength(v);
        strength_.push_back(strength);
        by_degree_.push_back(inverse(degree));
        by_root_degree_.push_back(inverse(std::sqrt(degree)));
        by_log_degree_.push_back(degree > 1.0 ? 1.0 / std::log(degree) : 0.0);
        by_strength_.push_back(inverse(strength));
        by_root_strength_.push_back(inverse(std::sqrt(strength)));
        by_log_strength_.push_back(inverse(std::log1p(strength)));
    }
}

IndexRows::IndexRows(const IndexModel& model) : m_(model) {
    const std::size_t size = model.graph_.vertex_count() * lanes;
    for (Block* block : {&start_, &ties_, &weights_, &scaled_, &spare_, &common_, &adamic_, &allocation_,
                         &adamic_w_, &allocation_w_, &l3_, &l3_w_, &walk_, &third_, &katz_, &rank_}) {
        block->resize(size);
    }
}

void IndexRows::multiply(bool weighted, const Block& in, Block& out) const {
    const GraphView g = m_.graph_;
    weighted = weighted && g.weighted();
    for (const VertexId v : g.vertices()) {
        std::array<double, lanes> sum{};
        const auto near = g.neighbours(v);
        const auto weights = g.weights(v);
        for (std::size_t i = 0; i < near.size(); ++i) {
            const double* const row = in.data() + index_of(near[i]) * lanes;
            const double w = weighted ? weights[i] : 1.0;
            for (std::size_t k = 0; k < lanes; ++k) {
                sum[k] += w * row[k];
            }
        }
        std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(index_of(v) * lanes));
    }
}

void IndexRows::scale(const std::vector<double>& by, const Block& in, Block& out) const {
    for (std::size_t v = 0; v < by.size(); ++v) {
        for (std::size_t k = 0; k < lanes; ++k) {
            out[v * lanes + k] = by[v] * in[v * lanes + k];
        }
    }
}

/// Chebyshev's iteration for eigenvalues of factor M between -radius and radius.
void IndexRows::solve(double factor, double radius, bool walk, Block& result) {
    // How much each step gains, hence how many are needed.
    const double gain = radius > 0.0 ? radius / (1.0 + std::sqrt(1.0 - radius * radius)) : 0.0;
    const int steps =
        gain > 0.0 ? 1 + static_cast<int>(std::ceil(std::log(m_.options_.tolerance / 2.0) / std::log(gain)))
                   : 1;
    Block& before = third_;
    result = start_;
    std::fill(before.begin(), before.end(), 0.0);
    double omega = 1.0;
    for (int step = 1; step <= steps; ++step) {
        if (walk) {
            scale(m_.by_strength_, result, scaled_);
        }
        multiply(walk, walk ? scaled_ : result, spare_);
        omega = step == 1   ? 1.0
                : step == 2 ? 2.0 / (2.0 - radius * radius)
                            : 1.0 / (1.0 - radius * radius * omega / 4.0);
        for (std::size_t i = 0; i < result.size(); ++i) {
            const double next = omega * (factor * spare_[i] + start_[i] - before[i]) + before[i];
            before[i] = result[i];
            result[i] = next;
        }
    }
}

void IndexRows::compute(std::span<const VertexId> actors) {
    if (actors.size() > lanes) {
        throw Error("index rows: " + std::to_string(actors.size()) + " actors, at most " +
                    std::to_string(lanes));
    }
    actors_.assign(actors.begin(), actors.end());
    std::fill(start_.begin(), start_.end(), 0.0);
    for (std::size_t lane = 0; lane < actors.size(); ++lane) {
        start_[index_of(actors[lane]) * lanes + lane] = 1.0;
    }
    solve(m_.beta_, m_.beta_ * m_.eigenvalue_, false, katz_);
    solve(m_.options_.damping, m_.options_.damping, true, rank_);

    multiply(false, start_, ties_);
    multiply(true, start_, weights_);
    multiply(false, ties_, common_);
    const auto two_steps = [this](const std::vector<double>& by, bool weighted, const Block& first,
                                  Block& out) {
        scale(by, first, scaled_);
        multiply(weighted, scaled_, out);
    };
    two_steps(m_.by_log_degree_, false, ties_, adamic_);
    two_steps(m_.by_degree_, false, ties_, allocation_);
    two_steps(m_.by_strength_, true, weights_, allocation_w_);
    two_steps(m_.by_log_strength_, false, weights_, adamic_w_);
    two_steps(m_.by_log_strength_, true, ties_, spare_);
    for (std::size_t i = 0; i < spare_.size(); ++i) {
        adamic_w_[i] += spare_[i];
    }
    two_steps(m_.by_root_degree_, false, ties_, spare_);
    two_steps(m_.by_root_degree_, false, spare_, l3_);
    two_steps(m_.by_root_strength_, true, weights_, spare_);
    two_steps(m_.by_root_strength_, true, spare_, l3_w_);
    two_steps(m_.by_strength_, true, allocation_w_, walk_);
    multiply(false, common_, third_);
}

double IndexRows::value(PairIndex index, std::size_t lane, VertexId y) const noexcept {
    const VertexId x = actors_[lane];
    const std::size_t at = index_of(y) * lanes + lane;
    const auto dx = static_cast<double>(m_.graph_.degree(x));
    const auto dy = static_cast<double>(m_.graph_.degree(y));
    const double common = common_[at];
    switch (index) {
        case PairIndex::common_neighbours:
            return common;
        case PairIndex::jaccard:
            return common * inverse(dx + dy - common);
        case PairIndex::salton:
            return common * inverse(std::sqrt(dx * dy));
        case PairIndex::sorensen:
            return 2.0 * common * inverse(dx + dy);
        case PairIndex::hub_promoted:
            return common * inverse(std::min(dx, dy));
        case PairIndex::hub_depressed:
            return common * inverse(std::max(dx, dy));
        case PairIndex::leicht_holme_newman:
            return common * inverse(dx * dy);
        case PairIndex::preferential_attachment:
            return dx * dy;
        case PairIndex::adamic_adar:
            return adamic_[at];
        case PairIndex::resource_allocation:
            return allocation_[at];
        case PairIndex::adamic_adar_weighted:
            return adamic_w_[at];
        case PairIndex::resource_allocation_weighted:
            return allocation_w_[at];
        case PairIndex::l3:
            return l3_[at];
        case PairIndex::l3_weighted:
            return l3_w_[at];
        case PairIndex::random_walk_3:
            return walk_[at];
        case PairIndex::local_path:
            return common + m_.options_.local_path_share * third_[at];
        case PairIndex::katz:
            return katz_[at];
        case PairIndex::pagerank:
            return (1.0 - m_.options_.damping) * rank_[at] *
                   (1.0 + m_.strength(x) * m_.by_strength_[index_of(y)]);
        case PairIndex::pagerank_flow:
            return (1.0 - m_.options_.damping) * rank_[at] * m_.strength(x);
    }
    return 0.0;
}

}  // namespace maillage
