#include "algorithms/segregation/nestedness.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

struct PairSum {
    double sum = 0.0, pairs = 0.0;
    [[nodiscard]] std::optional<double> mean() const {
        return pairs > 0.0 ? std::optional(100.0 * sum / pairs) : std::nullopt;
    }
};

/// Over pairs of lines; at(line, place) says whether it holds.
template <class At>
PairSum compare_lines(std::size_t lines, std::size_t places, At at) {
    std::vector<std::size_t> held(lines, 0);
    for (std::size_t i = 0; i < lines; ++i) {
        for (std::size_t p = 0; p < places; ++p) {
            held[i] += at(i, p) ? 1U : 0U;
        }
    }
    PairSum pairs;
    for (std::size_t i = 0; i < lines; ++i) {
        for (std::size_t j = i + 1; j < lines; ++j) {
            pairs.pairs += 1.0;
            const std::size_t fewer = std::min(held[i], held[j]);
            if (held[i] == held[j] || fewer == 0) {
                continue;
            }
            std::size_t both = 0;
            for (std::size_t p = 0; p < places; ++p) {
                both += at(i, p) && at(j, p) ? 1U : 0U;
            }
            pairs.sum += static_cast<double>(both) / static_cast<double>(fewer);
        }
    }
    return pairs;
}

}  // namespace

Nestedness nodf(std::size_t rows, std::size_t columns, std::span<const std::uint8_t> present) {
    const PairSum of_rows = compare_lines(
        rows, columns, [&](std::size_t r, std::size_t c) { return present[r * columns + c] != 0; });
    const PairSum of_columns = compare_lines(
        columns, rows, [&](std::size_t c, std::size_t r) { return present[r * columns + c] != 0; });
    const PairSum all{of_rows.sum + of_columns.sum, of_rows.pairs + of_columns.pairs};
    return {of_rows.mean(), of_columns.mean(), all.mean()};
}

CorePeriphery core_periphery(GraphView g) {
    std::vector<VertexId> order;
    for (const VertexId v : g.vertices()) {
        order.push_back(v);
    }
    std::stable_sort(order.begin(), order.end(),
                     [g](VertexId a, VertexId b) { return g.degree(a) > g.degree(b); });
    const auto n = static_cast<double>(g.vertex_count());
    const double pairs = n * (n - 1.0) / 2.0;
    const double tied = pairs > 0.0 ? static_cast<double>(g.edge_count()) / pairs : 0.0;
    std::vector<std::uint8_t> in_core(g.vertex_count(), 0);
    CorePeriphery best;
    double touching = 0.0;  // ties with an end in the core
    for (std::size_t k = 1; k <= order.size(); ++k) {
        const VertexId v = order[k - 1];
        for (const VertexId u : g.neighbours(v)) {
            touching += in_core[index_of(u)] ? 0.0 : 1.0;
        }
        in_core[index_of(v)] = 1;
        const double outside = n - static_cast<double>(k);
        const double pattern = 1.0 - outside * (outside - 1.0) / 2.0 / pairs;
        const double spread = tied * (1.0 - tied) * pattern * (1.0 - pattern);
        if (!(spread > 1e-15)) {
            continue;
        }
        const double correlation = (touching / pairs - tied * pattern) / std::sqrt(spread);
        if (!best.correlation || correlation > *best.correlation + 1e-12) {
            best = {k, correlation};
        }
    }
    return best;
}

}  // namespace maillage
