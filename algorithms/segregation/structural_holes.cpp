#include "algorithms/segregation/structural_holes.hpp"

#include <algorithm>

namespace maillage {
namespace {

struct Plain {
    [[nodiscard]] double operator()(std::uint64_t /*tie*/) const noexcept { return 1.0; }
};
struct Weighted {
    const ForwardTies* ties;
    [[nodiscard]] double operator()(std::uint64_t tie) const noexcept { return ties->weight(tie); }
};

template <class Weight>
StructuralHoles holes(const ForwardTies& ties, Weight weight) {
    const std::size_t n = ties.vertex_count();
    std::vector<double> degree(n, 0.0);
    std::vector<double> strength(n, 0.0);
    std::vector<double> strongest(n, 0.0);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (std::uint64_t tie = ties.begin(v); tie < ties.end(v); ++tie) {
            for (const std::uint32_t end : {v, ties.target(tie)}) {
                degree[end] += 1.0;
                strength[end] += weight(tie);
                strongest[end] = std::max(strongest[end], weight(tie));
            }
        }
    }
    std::vector<double> per_strength(n, 0.0);
    std::vector<double> per_strongest(n, 0.0);
    for (std::size_t v = 0; v < n; ++v) {
        if (degree[v] > 0.0) {
            per_strength[v] = 1.0 / strength[v];
            per_strongest[v] = 1.0 / strongest[v];
        }
    }
    std::vector<double> through(ties.tie_count(), 0.0);  // sum over q of w_iq w_qj / s_q
    std::vector<double> repeated(n, 0.0);                // s_i times what the partners of i repeat
    ties.for_each_triangle([&](std::uint32_t v, std::uint32_t a, std::uint32_t b, std::uint64_t va,
                               std::uint64_t ab, std::uint64_t vb) {
        const double wa = weight(va);
        const double wo = weight(ab);
        const double wb = weight(vb);
        through[va] += wb * wo * per_strength[b];
        through[vb] += wa * wo * per_strength[a];
        through[ab] += wa * wb * per_strength[v];
        repeated[v] += wo * (wb * per_strongest[a] + wa * per_strongest[b]);
        repeated[a] += wb * (wo * per_strongest[v] + wa * per_strongest[b]);
        repeated[b] += wa * (wo * per_strongest[v] + wb * per_strongest[a]);
    });
    std::vector<double> squares(n, 0.0);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (std::uint64_t tie = ties.begin(v); tie < ties.end(v); ++tie) {
            const double invested = weight(tie) + through[tie];
            squares[v] += invested * invested;
            squares[ties.target(tie)] += invested * invested;
        }
    }
    StructuralHoles result;
    result.constraint.resize(n);
    result.effective_size.resize(n);
    for (std::uint32_t v = 0; v < n; ++v) {
        if (degree[v] > 0.0) {
            const std::size_t vertex = index_of(ties.vertex(v));
            result.constraint[vertex] = squares[v] * per_strength[v] * per_strength[v];
            result.effective_size[vertex] = degree[v] - repeated[v] * per_strength[v];
        }
    }
    return result;
}

}  // namespace

StructuralHoles structural_holes(const ForwardTies& ties, bool weighted) {
    return weighted ? holes(ties, Weighted{&ties}) : holes(ties, Plain{});
}

StructuralHoles structural_holes(GraphView g, bool weighted) {
    return structural_holes(ForwardTies(g), weighted);
}

}  // namespace maillage
