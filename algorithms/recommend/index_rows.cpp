#include "algorithms/recommend/index_rows.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <utility>

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

template <class Real, std::size_t Lanes>
BasicIndexRows<Real, Lanes>::BasicIndexRows(const IndexModel& model, std::span<const PairIndex> wanted)
    : m_(model) {
    wanted_.fill(wanted.empty());
    for (const PairIndex index : wanted) {
        wanted_[static_cast<std::size_t>(index)] = true;
    }
    const std::size_t size = model.graph_.vertex_count() * lanes;
    for (Block* block : {&start_, &ties_, &weights_, &spare_, &common_, &adamic_, &allocation_, &adamic_w_,
                         &allocation_w_, &l3_, &l3_w_, &walk_, &third_, &katz_, &rank_}) {
        block->resize(size);
    }
    if (model.graph_.weighted()) {
        weight_ = factors(true, std::vector<double>(model.strength_.size(), 1.0));
    }
    const auto when = [this](std::initializer_list<PairIndex> any, bool weighted,
                             const std::vector<double>& by, Factors& result) {
        if (std::any_of(any.begin(), any.end(), [this](PairIndex index) { return wants(index); })) {
            result = factors(weighted, by);
        }
    };
    using enum PairIndex;
    when({adamic_adar}, false, model.by_log_degree_, by_log_degree_);
    when({PairIndex::resource_allocation}, false, model.by_degree_, by_degree_);
    when({l3}, false, model.by_root_degree_, by_root_degree_);
    when({l3_weighted}, true, model.by_root_strength_, by_root_strength_);
    when({adamic_adar_weighted}, false, model.by_log_strength_, by_log_strength_);
    when({adamic_adar_weighted}, true, model.by_log_strength_, weight_by_log_strength_);
    when({resource_allocation_weighted, random_walk_3, pagerank, pagerank_flow}, true, model.by_strength_,
         walk_of_);
}

template <class Real, std::size_t Lanes>
auto BasicIndexRows<Real, Lanes>::factors(bool weighted, const std::vector<double>& by) const -> Factors {
    const GraphView g = m_.graph_;
    Factors result;
    for (const VertexId v : g.vertices()) {
        const auto near = g.neighbours(v);
        const auto weights = g.weights(v);
        for (std::size_t i = 0; i < near.size(); ++i) {
            const double w = weighted && g.weighted() ? weights[i] : 1.0;
            result.push_back(static_cast<Real>(w * by[index_of(near[i])]));
        }
    }
    return result;
}

template <class Real, std::size_t Lanes>
template <bool with_factors, class Then>
void BasicIndexRows<Real, Lanes>::product(const Factors& of_ties, const Block& in, Then then) const {
    const GraphView g = m_.graph_;
    std::size_t tie = 0;
    for (const VertexId v : g.vertices()) {
        std::array<Real, lanes> sum{};
        for (const VertexId u : g.neighbours(v)) {
            const Real* const row = in.data() + index_of(u) * lanes;
            Real w = 1;
            if constexpr (with_factors) {
                w = of_ties[tie++];
            }
            for (std::size_t k = 0; k < lanes; ++k) {
                sum[k] += w * row[k];
            }
        }
        then(index_of(v), sum);
    }
}

template <class Real, std::size_t Lanes>
void BasicIndexRows<Real, Lanes>::multiply(const Factors& of_ties, const Block& in, Block& out) const {
    const auto keep = [&out](std::size_t v, const std::array<Real, lanes>& sum) {
        std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(v * lanes));
    };
    of_ties.empty() ? product<false>(of_ties, in, keep) : product<true>(of_ties, in, keep);
}

/// Chebyshev's iteration for eigenvalues of factor M between -radius and radius.
template <class Real, std::size_t Lanes>
void BasicIndexRows<Real, Lanes>::solve(double factor, double radius, bool walk, Block& result) {
    // How much each step gains, hence how many are needed.
    const double gain = radius > 0.0 ? radius / (1.0 + std::sqrt(1.0 - radius * radius)) : 0.0;
    const int steps =
        gain > 0.0 ? 1 + static_cast<int>(std::ceil(std::log(m_.options_.tolerance / 2.0) / std::log(gain)))
                   : 1;
    result = start_;
    Block& before = third_;  // holds the iterate before, and takes the next in its place
    std::fill(before.begin(), before.end(), Real{0});
    double omega = 1.0;
    for (int step = 1; step <= steps; ++step) {
        omega = step == 1   ? 1.0
                : step == 2 ? 2.0 / (2.0 - radius * radius)
                            : 1.0 / (1.0 - radius * radius * omega / 4.0);
        const auto pushed = static_cast<Real>(omega * factor);
        const auto kept = static_cast<Real>(1.0 - omega);
        const auto advance = [&](std::size_t v, const std::array<Real, lanes>& sum) {
            Real* const row = before.data() + v * lanes;
            for (std::size_t k = 0; k < lanes; ++k) {
                row[k] = pushed * sum[k] + kept * row[k];
            }
        };
        walk ? product<true>(walk_of_, result, advance) : product<false>(ones_, result, advance);
        for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
            before[index_of(actors_[lane]) * lanes + lane] += static_cast<Real>(omega);
        }
        std::swap(result, before);
    }
}

template <class Real, std::size_t Lanes>
void BasicIndexRows<Real, Lanes>::compute(std::span<const VertexId> actors) {
    if (actors.size() > lanes) {
        throw Error("index rows: " + std::to_string(actors.size()) + " actors, at most " +
                    std::to_string(lanes));
    }
    actors_.assign(actors.begin(), actors.end());
    std::fill(start_.begin(), start_.end(), Real{0});
    for (std::size_t lane = 0; lane < actors.size(); ++lane) {
        start_[index_of(actors[lane]) * lanes + lane] = Real{1};
    }
    if (wants(PairIndex::katz)) {
        solve(m_.beta_, m_.beta_ * m_.eigenvalue_, false, katz_);
    }
    if (wants(PairIndex::pagerank) || wants(PairIndex::pagerank_flow)) {
        solve(m_.options_.damping, m_.options_.damping, true, rank_);
    }
    multiply(ones_, start_, ties_);
    multiply(weight_, start_, weights_);
    multiply(ones_, ties_, common_);
    if (wants(PairIndex::adamic_adar)) {
        multiply(by_log_degree_, ties_, adamic_);
    }
    if (wants(PairIndex::resource_allocation)) {
        multiply(by_degree_, ties_, allocation_);
    }
    if (wants(PairIndex::resource_allocation_weighted) || wants(PairIndex::random_walk_3)) {
        multiply(walk_of_, weights_, allocation_w_);
    }
    if (wants(PairIndex::adamic_adar_weighted)) {
        multiply(by_log_strength_, weights_, adamic_w_);
        multiply(weight_by_log_strength_, ties_, spare_);
        for (std::size_t i = 0; i < spare_.size(); ++i) {
            adamic_w_[i] += spare_[i];
        }
    }
    if (wants(PairIndex::l3)) {
        multiply(by_root_degree_, ties_, spare_);
        multiply(by_root_degree_, spare_, l3_);
    }
    if (wants(PairIndex::l3_weighted)) {
        multiply(by_root_strength_, weights_, spare_);
        multiply(by_root_strength_, spare_, l3_w_);
    }
    if (wants(PairIndex::random_walk_3)) {
        multiply(walk_of_, allocation_w_, walk_);
    }
    if (wants(PairIndex::local_path)) {
        multiply(ones_, common_, third_);
    }
}

template <class Real, std::size_t Lanes>
template <PairIndex index>
double BasicIndexRows<Real, Lanes>::value_of(std::size_t lane, VertexId y) const noexcept {
    const VertexId x = actors_[lane];
    const std::size_t at = index_of(y) * lanes + lane;
    const auto dx = static_cast<double>(m_.graph_.degree(x));
    const auto dy = static_cast<double>(m_.graph_.degree(y));
    const auto common = [&] { return static_cast<double>(common_[at]); };
    if constexpr (index == PairIndex::common_neighbours) {
        return common();
    } else if constexpr (index == PairIndex::jaccard) {
        return common() * inverse(dx + dy - common());
    } else if constexpr (index == PairIndex::salton) {
        return common() * inverse(std::sqrt(dx * dy));
    } else if constexpr (index == PairIndex::sorensen) {
        return 2.0 * common() * inverse(dx + dy);
    } else if constexpr (index == PairIndex::hub_promoted) {
        return common() * inverse(std::min(dx, dy));
    } else if constexpr (index == PairIndex::hub_depressed) {
        return common() * inverse(std::max(dx, dy));
    } else if constexpr (index == PairIndex::leicht_holme_newman) {
        return common() * inverse(dx * dy);
    } else if constexpr (index == PairIndex::preferential_attachment) {
        return dx * dy;
    } else if constexpr (index == PairIndex::adamic_adar) {
        return static_cast<double>(adamic_[at]);
    } else if constexpr (index == PairIndex::resource_allocation) {
        return static_cast<double>(allocation_[at]);
    } else if constexpr (index == PairIndex::adamic_adar_weighted) {
        return static_cast<double>(adamic_w_[at]);
    } else if constexpr (index == PairIndex::resource_allocation_weighted) {
        return static_cast<double>(allocation_w_[at]);
    } else if constexpr (index == PairIndex::l3) {
        return static_cast<double>(l3_[at]);
    } else if constexpr (index == PairIndex::l3_weighted) {
        return static_cast<double>(l3_w_[at]);
    } else if constexpr (index == PairIndex::random_walk_3) {
        return static_cast<double>(walk_[at]);
    } else if constexpr (index == PairIndex::local_path) {
        return common() + m_.options_.local_path_share * static_cast<double>(third_[at]);
    } else if constexpr (index == PairIndex::katz) {
        return static_cast<double>(katz_[at]);
    } else if constexpr (index == PairIndex::pagerank) {
        return (1.0 - m_.options_.damping) * static_cast<double>(rank_[at]) *
               (1.0 + m_.strength(x) * m_.by_strength_[index_of(y)]);
    } else if constexpr (index == PairIndex::pagerank_flow) {
        return (1.0 - m_.options_.damping) * static_cast<double>(rank_[at]) * m_.strength(x);
    }
}

template <class Real, std::size_t Lanes>
template <class Work>
void BasicIndexRows<Real, Lanes>::with_constant(PairIndex index, Work work) {
    switch (index) {
        case PairIndex::common_neighbours:
            return work(std::integral_constant<PairIndex, PairIndex::common_neighbours>());
        case PairIndex::jaccard:
            return work(std::integral_constant<PairIndex, PairIndex::jaccard>());
        case PairIndex::salton:
            return work(std::integral_constant<PairIndex, PairIndex::salton>());
        case PairIndex::sorensen:
            return work(std::integral_constant<PairIndex, PairIndex::sorensen>());
        case PairIndex::hub_promoted:
            return work(std::integral_constant<PairIndex, PairIndex::hub_promoted>());
        case PairIndex::hub_depressed:
            return work(std::integral_constant<PairIndex, PairIndex::hub_depressed>());
        case PairIndex::leicht_holme_newman:
            return work(std::integral_constant<PairIndex, PairIndex::leicht_holme_newman>());
        case PairIndex::preferential_attachment:
            return work(std::integral_constant<PairIndex, PairIndex::preferential_attachment>());
        case PairIndex::adamic_adar:
            return work(std::integral_constant<PairIndex, PairIndex::adamic_adar>());
        case PairIndex::resource_allocation:
            return work(std::integral_constant<PairIndex, PairIndex::resource_allocation>());
        case PairIndex::adamic_adar_weighted:
            return work(std::integral_constant<PairIndex, PairIndex::adamic_adar_weighted>());
        case PairIndex::resource_allocation_weighted:
            return work(std::integral_constant<PairIndex, PairIndex::resource_allocation_weighted>());
        case PairIndex::l3:
            return work(std::integral_constant<PairIndex, PairIndex::l3>());
        case PairIndex::l3_weighted:
            return work(std::integral_constant<PairIndex, PairIndex::l3_weighted>());
        case PairIndex::random_walk_3:
            return work(std::integral_constant<PairIndex, PairIndex::random_walk_3>());
        case PairIndex::local_path:
            return work(std::integral_constant<PairIndex, PairIndex::local_path>());
        case PairIndex::katz:
            return work(std::integral_constant<PairIndex, PairIndex::katz>());
        case PairIndex::pagerank:
            return work(std::integral_constant<PairIndex, PairIndex::pagerank>());
        case PairIndex::pagerank_flow:
            return work(std::integral_constant<PairIndex, PairIndex::pagerank_flow>());
    }
}

template <class Real, std::size_t Lanes>
double BasicIndexRows<Real, Lanes>::value(PairIndex index, std::size_t lane, VertexId y) const noexcept {
    double result = 0.0;
    values(index, lane, {&y, 1}, {&result, 1});
    return result;
}

template <class Real, std::size_t Lanes>
void BasicIndexRows<Real, Lanes>::values(PairIndex index, std::size_t lane,
                                         std::span<const VertexId> partners,
                                         std::span<double> result) const noexcept {
    assert(wants(index));
    with_constant(index, [&](auto constant) {
        for (std::size_t i = 0; i < partners.size(); ++i) {
            result[i] = value_of<constant()>(lane, partners[i]);
        }
    });
}

template class BasicIndexRows<double, 8>;
template class BasicIndexRows<float, 16>;

}  // namespace maillage
