#include "algorithms/recommend/three_steps.hpp"

#include "algorithms/recommend/shortlist.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>

namespace maillage {
namespace {

template <class Real>
constexpr std::size_t lanes = 64 / sizeof(Real);

/// Vertices that collect before they are looked at.
constexpr std::size_t tile = 16;

/// What a tile of vertices collects, and from which value on a lane is of interest.
template <class Real>
struct Collection {
    const Real* reached = nullptr;  ///< lanes of v, by number
    const std::uint64_t* offsets = nullptr;
    const std::uint32_t* targets = nullptr;
    const std::uint32_t* ends = nullptr;
    const Real* weights = nullptr;  ///< by arc; nullptr when every tie weighs 1
    const Real* least = nullptr;    ///< by lane
    Real* sums = nullptr;           ///< answer: lanes of each vertex of the tile
};

template <class Item, std::size_t Bytes>
struct Vector {
    using type __attribute__((vector_size(Bytes), may_alias)) = Item;
};

/// Bits of the vertices first .. last - 1 some lane of which has at least `least`.
template <class Real, std::size_t Bytes, bool Weighted>
[[gnu::always_inline]] inline std::uint32_t collect_with(const Collection<Real>& c, std::size_t first,
                                                         std::size_t last) {
    using V = typename Vector<Real, Bytes>::type;
    using Bits = typename Vector<long long, Bytes>::type;
    constexpr std::size_t parts = 64 / Bytes;
    const V* const least = reinterpret_cast<const V*>(c.least);
    std::uint32_t found = 0;
    for (std::size_t y = first; y < last; ++y) {
        V sum[parts] = {};
        const std::uint32_t* at = c.targets + c.offsets[y];
        const std::uint32_t* const end = at + c.ends[y];
        const Real* weight = Weighted ? c.weights + c.offsets[y] : nullptr;
        for (; at != end; ++at) {
            const V* const part = reinterpret_cast<const V*>(c.reached + std::size_t{*at} * lanes<Real>);
            for (std::size_t i = 0; i < parts; ++i) {
                sum[i] += Weighted ? part[i] * *weight : part[i];
            }
            weight += Weighted ? 1 : 0;
        }
        V* const out = reinterpret_cast<V*>(c.sums + (y - first) * lanes<Real>);
        auto above = sum[0] >= least[0];
        out[0] = sum[0];
        for (std::size_t i = 1; i < parts; ++i) {
            out[i] = sum[i];
            above |= sum[i] >= least[i];
        }
        const Bits bits = reinterpret_cast<Bits>(above);
        long long any = 0;
        for (std::size_t i = 0; i < Bytes / 8; ++i) {
            any |= bits[i];
        }
        found |= (any != 0 ? 1U : 0U) << (y - first);
    }
    return found;
}

template <class Real>
using Collect = std::uint32_t (*)(const Collection<Real>&, std::size_t, std::size_t);

template <class Real, bool Weighted>
std::uint32_t collect_16(const Collection<Real>& c, std::size_t first, std::size_t last) {
    return collect_with<Real, 16, Weighted>(c, first, last);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
template <class Real, bool Weighted>
[[gnu::target("avx2")]] std::uint32_t collect_32(const Collection<Real>& c, std::size_t first,
                                                 std::size_t last) {
    return collect_with<Real, 32, Weighted>(c, first, last);
}
template <class Real, bool Weighted>
[[gnu::target("avx512f,avx512dq,avx512vl,avx512bw")]] std::uint32_t collect_64(const Collection<Real>& c,
                                                                               std::size_t first,
                                                                               std::size_t last) {
    return collect_with<Real, 64, Weighted>(c, first, last);
}
template <class Real, bool Weighted>
Collect<Real> widest() {
    if (__builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
        __builtin_cpu_supports("avx512bw") != 0) {
        return collect_64<Real, Weighted>;
    }
    return __builtin_cpu_supports("avx2") != 0 ? collect_32<Real, Weighted> : collect_16<Real, Weighted>;
}
#else
template <class Real, bool Weighted>
Collect<Real> widest() {
    return collect_16<Real, Weighted>;
}
#endif

/// Memory that begins at a multiple of 64 bytes.
template <class Real>
class Aligned {
public:
    explicit Aligned(std::size_t size)
        : size_(size),
          memory_(static_cast<Real*>(std::aligned_alloc(64, (size * sizeof(Real) / 64 + 1) * 64))) {
        if (memory_ == nullptr) {
            throw std::bad_alloc();
        }
        std::fill_n(memory_.get(), size_, Real{0});
    }
    [[nodiscard]] Real* data() noexcept { return memory_.get(); }
    void clear() noexcept { std::fill_n(memory_.get(), size_, Real{0}); }

private:
    struct Free {
        void operator()(Real* memory) const noexcept { std::free(memory); }
    };
    std::size_t size_;
    std::unique_ptr<Real[], Free> memory_;
};

/// Adds what single sources pushed to what they collected, for one tile of vertices: totals by lane, then vertex. `pushed`
/// has one row a lane, `stride` apart, and is emptied. Answers with a bit for every four lanes one of which has at
/// least `least`.
template <class Real>
std::uint32_t add_pushed(const Real* collected, Real* pushed, std::size_t stride, const Real* least,
                         Real* totals) {
    std::uint32_t found = 0;
    for (std::size_t lane = 0; lane < lanes<Real>; ++lane) {
        int any = 0;
        for (std::size_t i = 0; i < tile; ++i) {
            const Real total = pushed[lane * stride + i] + collected[i * lanes<Real> + lane];
            totals[lane * tile + i] = total;
            pushed[lane * stride + i] = Real{0};
            any |= total >= least[lane] ? 1 : 0;
        }
        found |= (any != 0 ? 1U : 0U) << lane / 4;
    }
    return found;
}

/// The same, transposed four by four in registers.
template <>
std::uint32_t add_pushed<float>(const float* collected, float* pushed, std::size_t stride, const float* least,
                                float* totals) {
    using V = typename Vector<float, 16>::type;
    using Bits = typename Vector<long long, 16>::type;
    std::uint32_t found = 0;
    for (std::size_t lane = 0; lane < lanes<float>; lane += 4) {
        const V bounds[4] = {V{} + least[lane], V{} + least[lane + 1], V{} + least[lane + 2],
                             V{} + least[lane + 3]};
        Bits any = {};
        for (std::size_t i = 0; i < tile; i += 4) {
            const auto row = [&](std::size_t k) {
                return *reinterpret_cast<const V*>(collected + (i + k) * lanes<float> + lane);
            };
            const V low01 = __builtin_shufflevector(row(0), row(1), 0, 4, 1, 5);
            const V high01 = __builtin_shufflevector(row(0), row(1), 2, 6, 3, 7);
            const V low23 = __builtin_shufflevector(row(2), row(3), 0, 4, 1, 5);
            const V high23 = __builtin_shufflevector(row(2), row(3), 2, 6, 3, 7);
            const V columns[4] = {__builtin_shufflevector(low01, low23, 0, 1, 4, 5),
                                  __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
                                  __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
                                  __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
            for (std::size_t k = 0; k < 4; ++k) {
                V* const from = reinterpret_cast<V*>(pushed + (lane + k) * stride + i);
                const V total = columns[k] + *from;
                *from = V{};
                *reinterpret_cast<V*>(totals + (lane + k) * tile + i) = total;
                any |= reinterpret_cast<Bits>(total >= bounds[k]);
            }
        }
        found |= ((any[0] | any[1]) != 0 ? 1U : 0U) << lane / 4;
    }
    return found;
}

}  // namespace

/// The search in one precision.
template <class Real>
class ThreeStepSearch final : public BlockSearch {
public:
    ThreeStepSearch(const ThreeStepModel& model, std::size_t top)
        : model_(model),
          n_(model.order_.vertex_count()),
          hybrid_(model.collected_ < n_),
          weights_(weights_of(model)),
          reached_(model.collected_ * lanes<Real>),
          sums_(tile * lanes<Real>),
          totals_(tile * lanes<Real>),
          least_(lanes<Real>),
          stride_((n_ + tile - 1) / tile * tile),
          pushed_(hybrid_ ? stride_ * lanes<Real> : 0),
          collect_(weights_ == nullptr ? widest<Real, false>() : widest<Real, true>()),
          two_(n_, Real{0}),
          met_(n_ + 1),
          alone_(lanes<Real>),
          tied_(n_, 0),
          contenders_(lanes<Real>, Contenders<Real>(top)),
          exact_(n_, 0.0),
          best_(top) {}

    void search(std::span<const VertexId> sources, std::span<const std::size_t> places,
                TopLists& lists) override {
        reached_.clear();
        for (std::size_t lane = 0; lane < lanes<Real>; ++lane) {
            least_.data()[lane] = lane < sources.size() ? std::numeric_limits<Real>::min()
                                                        : std::numeric_limits<Real>::infinity();
        }
        for (std::size_t lane = 0; lane < sources.size(); ++lane) {
            begin(lane, sources[lane]);
        }
        look_at_all(sources.size());
        for (std::size_t lane = 0; lane < sources.size(); ++lane) {
            lists.set(places[lane], finish(lane, sources[lane]));
        }
    }

private:
    struct Carried {
        std::uint32_t number;
        Real value;
    };

    static const Real* weights_of(const ThreeStepModel& m) {
        if constexpr (sizeof(Real) == sizeof(float)) {
            return m.narrow_weights_.empty() ? nullptr : m.narrow_weights_.data();
        } else {
            return m.wide_weights_.empty() ? nullptr : m.wide_weights_.data();
        }
    }
    [[nodiscard]] Real weight(std::size_t arc) const noexcept {
        return weights_ == nullptr ? Real{1} : weights_[arc];
    }
    [[nodiscard]] Real factor(std::uint32_t number) const noexcept {
        return static_cast<Real>(model_.search_factor_[number]);
    }

    /// Two steps of a source.
    void begin(std::size_t lane, VertexId source) {
        const DegreeOrder& order = model_.order_;
        const std::uint64_t* const offsets = order.offsets();
        const std::uint32_t* const targets = order.targets();
        const std::uint32_t x = order.number(source);
        Real* const two = two_.data();
        std::uint32_t* const met = met_.data();
        std::size_t count = 0;
        for (std::uint64_t arc = offsets[x]; arc < offsets[x + 1]; ++arc) {
            const std::uint32_t u = targets[arc];
            const Real carried = weight(arc) * factor(u);
            for (std::uint64_t i = offsets[u]; i < offsets[u + 1]; ++i) {
                const std::uint32_t v = targets[i];
                const Real before = two[v];
                met[count] = v;
                count += before == Real{0} ? 1U : 0U;
                two[v] = before + carried * weight(i);
            }
            tied_[u] = static_cast<std::uint16_t>(tied_[u] | (1U << lane));
        }
        tied_[x] = static_cast<std::uint16_t>(tied_[x] | (1U << lane));
        alone_[lane].clear();
        for (std::size_t k = 0; k < count; ++k) {
            const std::uint32_t v = met[k];
            const Real carried = two[v] * factor(v);
            two[v] = Real{0};
            if (v == x) {
                continue;  // it leads to its own partners alone
            }
            if (v < model_.collected_) {
                reached_.data()[std::size_t{v} * lanes<Real> + lane] = carried;
            } else {
                alone_[lane].push_back({v, carried});
            }
        }
        const double off = static_cast<double>(std::numeric_limits<Real>::epsilon()) *
                           static_cast<double>(order.degree(x) + order.degree(0) + 24);
        contenders_[lane].begin(static_cast<Real>(1.0 - 2.0 * off), static_cast<Real>(1e-11 / model_.unit_),
                                std::numeric_limits<Real>::min());
    }

    /// The third step.
    void look_at_all(std::size_t sources) {
        for (std::size_t lane = 0; hybrid_ && lane < sources; ++lane) {
            push(lane);
        }
        const DegreeOrder& order = model_.order_;
        const Collection<Real> c{reached_.data(), order.offsets(), order.targets(), model_.ends_.data(),
                                 weights_,        least_.data(),   sums_.data()};
        for (std::size_t at = 0; at < n_; at += tile) {
            const std::size_t end = std::min<std::size_t>(n_, at + tile);
            std::uint32_t found = collect_(c, at, end);
            if (hybrid_) {
                look_with_pushed(at, end);
                continue;
            }
            for (; found != 0; found &= found - 1) {
                const auto i = static_cast<std::size_t>(__builtin_ctz(found));
                const Real* const sums = sums_.data() + i * lanes<Real>;
                for (std::size_t lane = 0; lane < sources; ++lane) {
                    offer(lane, sums[lane], at + i);
                }
            }
        }
    }

    void push(std::size_t lane) {
        const std::uint64_t* const offsets = model_.order_.offsets();
        const std::uint32_t* const targets = model_.order_.targets();
        Real* const pushed = pushed_.data() + lane * stride_;
        for (const Carried& from : alone_[lane]) {
            for (std::uint64_t i = offsets[from.number]; i < offsets[from.number + 1]; ++i) {
                pushed[targets[i]] += from.value * weight(i);
            }
        }
    }

    void look_with_pushed(std::size_t at, std::size_t end) {
        std::uint32_t found =
            add_pushed<Real>(sums_.data(), pushed_.data() + at, stride_, least_.data(), totals_.data());
        for (; found != 0; found &= found - 1) {
            const auto group = static_cast<std::size_t>(__builtin_ctz(found));
            for (std::size_t lane = 4 * group; lane < 4 * group + 4; ++lane) {
                for (std::size_t i = 0; i < end - at; ++i) {
                    offer(lane, totals_.data()[lane * tile + i], at + i);
                }
            }
        }
    }

    void offer(std::size_t lane, Real score, std::size_t number) {
        if (score >= least_.data()[lane] && ((std::uint32_t{tied_[number]} >> lane) & 1U) == 0) {
            contenders_[lane].offer(score, static_cast<std::uint32_t>(number));
            least_.data()[lane] = contenders_[lane].least();
        }
    }

    /// The contenders in double precision.
    std::span<const ListedPartner> finish(std::size_t lane, VertexId x) {
        const GraphView g = model_.graph_;
        const auto clear_bit = [&](VertexId v) {
            auto& bits = tied_[model_.order_.number(v)];
            bits = static_cast<std::uint16_t>(bits & ~(1U << lane));
        };
        const auto partners = g.neighbours(x);
        for (std::size_t k = 0; k < partners.size(); ++k) {
            const VertexId u = partners[k];
            const double carried = step(g.weights(x), k) * model_.factor_[index_of(u)];
            const auto row = g.neighbours(u);
            const auto row_weights = g.weights(u);
            for (std::size_t i = 0; i < row.size(); ++i) {
                exact_[index_of(row[i])] += carried * step(row_weights, i);
            }
            clear_bit(u);
        }
        clear_bit(x);
        for (const auto& c : contenders_[lane].finish()) {
            const VertexId y = model_.order_.vertex(c.number);
            const auto row = g.neighbours(y);
            const auto row_weights = g.weights(y);
            double sum = 0.0;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::size_t v = index_of(row[i]);
                sum += exact_[v] * step(row_weights, i) * model_.factor_[v];
            }
            best_.offer(y, sum);
        }
        for (const VertexId u : partners) {
            for (const VertexId v : g.neighbours(u)) {
                exact_[index_of(v)] = 0.0;
            }
        }
        return best_.finish();
    }
    [[nodiscard]] double step(std::span<const double> weights, std::size_t i) const noexcept {
        return model_.weighted_ ? weights[i] : 1.0;
    }

    const ThreeStepModel& model_;
    std::size_t n_;
    bool hybrid_;  ///< some vertices are pushed from
    const Real* weights_;
    Aligned<Real> reached_, sums_, totals_, least_;
    std::size_t stride_;
    Aligned<Real> pushed_;  ///< by lane, then number: what single sources push to y
    Collect<Real> collect_;
    std::vector<Real> two_;  ///< what one source brings to v, by number
    std::vector<std::uint32_t> met_;
    std::vector<std::vector<Carried>> alone_;   ///< by lane: what is pushed on
    std::vector<std::uint16_t> tied_;           ///< by number: a bit for each lane
    std::vector<Contenders<Real>> contenders_;  ///< by lane
    std::vector<double> exact_;                 ///< by VertexId
    Shortlist best_;
};

bool ThreeStepModel::takes(PairIndex index) noexcept {
    return index == PairIndex::l3 || index == PairIndex::l3_weighted || index == PairIndex::random_walk_3;
}

ThreeStepModel::ThreeStepModel(GraphView g, const DegreeOrder& order, PairIndex index)
    : graph_(g),
      order_(order),
      weighted_(index != PairIndex::l3 && g.weighted()),
      exponent_(index == PairIndex::random_walk_3 ? 1.0 : 0.5),
      factor_(g.vertex_count()),
      search_factor_(g.vertex_count()),
      ends_(g.vertex_count()) {
    for (const VertexId v : g.vertices()) {
        const double size = weighted_ ? g.strength(v) : static_cast<double>(g.degree(v));
        factor_[index_of(v)] = size > 0.0 ? 1.0 / (exponent_ < 1.0 ? std::sqrt(size) : size) : 0.0;
    }
    choose_precision();
    choose_collected();
}

/// Single precision serves while no product leaves its range and its rounding hides little.
void ThreeStepModel::choose_precision() {
    constexpr double widest_range = 1 << 20;
    constexpr double most_hidden = 0.01;
    const std::uint32_t n = order_.vertex_count();
    if (n == 0) {
        return;
    }
    single_ =
        2.0 * static_cast<double>(order_.degree(0)) * std::numeric_limits<float>::epsilon() < most_hidden;
    double greatest = 1.0;
    if (weighted_) {
        const std::span<const double> weights = order_.weights();
        greatest = *std::max_element(weights.begin(), weights.end());
        single_ = single_ && greatest / *std::min_element(weights.begin(), weights.end()) < widest_range;
        for (const double w : weights) {
            single_ ? narrow_weights_.push_back(static_cast<float>(w / greatest))
                    : wide_weights_.push_back(w / greatest);
        }
    }
    // three weights and two factors: with all weights divided by the greatest, scores are by its power
    unit_ = exponent_ < 1.0 ? greatest * greatest : greatest;
    const double per_factor = exponent_ < 1.0 ? std::sqrt(greatest) : greatest;
    for (std::uint32_t v = 0; v < n; ++v) {
        search_factor_[v] = factor_[index_of(order_.vertex(v))] * per_factor;
    }
}

void ThreeStepModel::choose_collected() {
    const std::uint32_t n = order_.vertex_count();
    constexpr double push = 1.1;
    const double collect = 0.6 / static_cast<double>(block());
    double gain = 0.0;
    double best = 0.0;
    for (std::uint32_t v = 0; v < n; ++v) {
        double walks = 0.0;
        for (const std::uint32_t u : order_.row(v)) {
            walks += static_cast<double>(order_.degree(u));
        }
        const double share = 1.0 - std::exp(-walks / n);
        gain += static_cast<double>(order_.degree(v)) * (share * push - collect);
        if (gain > best) {
            best = gain;
            collected_ = v + 1;
        }
    }
    for (std::uint32_t y = 0; y < n; ++y) {
        const auto row = order_.row(y);
        ends_[y] =
            static_cast<std::uint32_t>(std::lower_bound(row.begin(), row.end(), collected_) - row.begin());
    }
}

std::unique_ptr<BlockSearch> make_search(const ThreeStepModel& model, std::size_t top) {
    if (model.block() == lanes<float>) {
        return std::make_unique<ThreeStepSearch<float>>(model, top);
    }
    return std::make_unique<ThreeStepSearch<double>>(model, top);
}

}  // namespace maillage
