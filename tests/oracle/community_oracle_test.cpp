#include "algorithms/community/compare.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/quality.hpp"

#include "tests/support/generators.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace maillage {
namespace {

using Labels = std::vector<std::uint32_t>;

/// The double sum over vertices that defines both objectives.
double quality_by_definition(GraphView g, const Labels& label, const QualityOptions& options) {
    const double two_m = 2.0 * g.total_weight();
    double sum = 0.0;
    for (const VertexId i : g.vertices()) {
        for (const VertexId j : g.vertices()) {
            if (label[index_of(i)] == label[index_of(j)]) {
                const double expected =
                    options.objective == Objective::modularity ? g.strength(i) * g.strength(j) / two_m : 1.0;
                sum += g.weight_between(i, j) - options.resolution * expected;
            }
        }
    }
    return sum / two_m;
}

TEST_CASE("Quality is the double sum of its definition", "[community][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(25);
    const CsrGraph g = testing::random_weighted_graph(rng, n, 0.5);
    if (g.edge_count() == 0) {
        return;
    }
    const Labels label = testing::random_labels(rng, n, 4);
    for (const Objective objective : {Objective::modularity, Objective::cpm}) {
        const QualityOptions options{objective, 0.7};
        CHECK(*quality(g, Partition(label), options).value ==
              Approx(quality_by_definition(g, label, options)).margin(1e-12));
    }
}

/// Best quality over every partition of a small graph, by restricted growth strings.
double best_of_all(GraphView g, const QualityOptions& options, Labels& label, std::size_t at,
                   std::uint32_t used) {
    if (at == label.size()) {
        return *quality(g, Partition(label), options).value;
    }
    double best = -1e300;
    for (std::uint32_t block = 0; block <= used; ++block) {
        label[at] = block;
        best = std::max(best, best_of_all(g, options, label, at + 1, std::max(used, block + 1)));
    }
    return best;
}

TEST_CASE("Leiden finds the best of all partitions of graphs of eight vertices", "[community][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = testing::random_weighted_graph(rng, 8, 0.4);
    if (g.edge_count() == 0) {
        return;
    }
    for (const QualityOptions& options :
         {QualityOptions{Objective::modularity, 1.0}, QualityOptions{Objective::cpm, 0.8}}) {
        Labels label(8);
        const double best = best_of_all(g, options, label, 0, 0);
        CHECK(*leiden(g, {.quality = options, .runs = 20}).kept().quality == Approx(best).margin(1e-12));
    }
}

/// Mean mutual information of p with every rearrangement of q's labels, by drawing many.
TEST_CASE("The expected mutual information is the mean over shuffled labels", "[community][oracle]") {
    Rng rng(11);
    const Labels p{0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2};
    Labels q{0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3};
    const double expected = compare(Partition(p), Partition(q)).expected_mutual_information;
    double sum = 0.0;
    constexpr int draws = 20'000;
    for (int i = 0; i < draws; ++i) {
        rng.shuffle(std::span(q));
        sum += compare(Partition(p), Partition(q)).mutual_information;
    }
    CHECK(sum / draws == Approx(expected).margin(0.003));
}

}  // namespace
}  // namespace maillage
