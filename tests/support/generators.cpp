#include "tests/support/generators.hpp"

namespace maillage::testing {

namespace {

template <class Weight>
CsrGraph bernoulli(Rng& rng, std::uint32_t n, double p, Weight weight) {
    std::vector<Tie> ties;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < p) {
                ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), weight()});
            }
        }
    }
    return CsrGraph::from_ties(n, ties);
}

}  // namespace

CsrGraph random_graph(Rng& rng, std::uint32_t n, double p) {
    return bernoulli(rng, n, p, [] { return 1.0; });
}

CsrGraph random_weighted_graph(Rng& rng, std::uint32_t n, double p) {
    return bernoulli(rng, n, p, [&] { return 4.0 * (1.0 - rng.uniform01()); });
}

std::vector<std::uint32_t> random_labels(Rng& rng, std::uint32_t n, std::uint32_t blocks) {
    std::vector<std::uint32_t> label(n);
    for (std::uint32_t& l : label) {
        l = rng.below(blocks);
    }
    return label;
}

CsrGraph planted_graph(Rng& rng, std::uint32_t n, std::uint32_t groups, std::uint32_t ties, double inside) {
    std::vector<Tie> drawn;
    drawn.reserve(ties);
    while (drawn.size() < ties) {
        const std::uint32_t a = rng.below(n);
        std::uint32_t b = rng.below(n);
        if (rng.uniform01() < inside) {
            b = b - b % groups + a % groups;  // the same group, a random member of it
        }
        if (a != b && b < n) {
            drawn.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
        }
    }
    return CsrGraph::from_ties(n, drawn);
}

}  // namespace maillage::testing
