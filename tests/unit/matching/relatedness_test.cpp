#include "algorithms/matching/relatedness.hpp"

#include "engine/random.hpp"

#include "algorithms/matching/structural_fit.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using namespace maillage;
using namespace maillage::testing;

ExpertiseId p(std::uint32_t i) {
    return ExpertiseId{i - 1};
}

/// The toy of Hidalgo and Hausmann: C1 {P1..P4}, C2 {P2}, C3 {P3, P4}, C4 {P4}.
Incidence toy() {
    return incidence(4, {{{0}, {1}, {2}, {3}}, {{1}}, {{2}, {3}}, {{3}}});
}

TEST_CASE("Relatedness: the toy of Hidalgo and Hausmann", "[matching][relatedness][unit]") {
    const Incidence offers = toy();
    const auto of = [&](RelatednessKind kind) { return Relatedness(offers, {}, kind); };
    CHECK(of(RelatednessKind::association).between(p(1), p(2)) == Approx(14.0 / 9.0));
    CHECK(of(RelatednessKind::association).between(p(1), p(3)) == Approx(7.0 / 6.0));
    CHECK(of(RelatednessKind::association).between(p(3), p(4)) == Approx(7.0 / 4.0));
    CHECK(of(RelatednessKind::probability).between(p(1), p(2)) == Approx(11.0 / 9.0));
    CHECK(of(RelatednessKind::probability).between(p(1), p(3)) == Approx(55.0 / 63.0));
    CHECK(of(RelatednessKind::probability).between(p(3), p(4)) == Approx(5.0 / 4.0));
    CHECK(of(RelatednessKind::cosine).between(p(1), p(2)) == Approx(1.0 / 3.0));
    CHECK(of(RelatednessKind::cosine).between(p(1), p(3)) == Approx(0.288675).margin(5e-7));
    CHECK(of(RelatednessKind::cosine).between(p(3), p(4)) == Approx(0.5));
    CHECK(of(RelatednessKind::jaccard).between(p(1), p(2)) == Approx(1.0 / 5.0));
    CHECK(of(RelatednessKind::jaccard).between(p(1), p(3)) == Approx(1.0 / 6.0));
    CHECK(of(RelatednessKind::jaccard).between(p(3), p(4)) == Approx(1.0 / 3.0));
    const Relatedness phi(offers);
    CHECK(phi.between(p(1), p(2)) == Approx(0.5));
    CHECK(phi.between(p(1), p(4)) == Approx(1.0 / 3.0));
    CHECK(phi.between(p(3), p(4)) == Approx(2.0 / 3.0));
    CHECK(phi.between(p(1), p(1)) == 0.0);

    const std::vector<ExpertiseId> c2 = {p(2)};
    const std::vector<ExpertiseId> c3 = {p(3), p(4)};
    CHECK(*phi.density(c2, p(1)) == Approx(37.5));
    CHECK(*phi.density(c2, p(3)) == Approx(30.0));
    CHECK(*phi.density(c2, p(4)) == Approx(25.0));
    CHECK(*phi.density(c3, p(1)) == Approx(62.5));
    CHECK(*phi.density(c3, p(2)) == Approx(62.5));
    CHECK(*phi.added(c2, c3, p(1)) == Approx(62.5));
}

TEST_CASE("Relatedness: nothing related leaves the density empty", "[matching][relatedness][degenerate]") {
    const Relatedness alone(incidence(2, {{{0}}, {{1}}}));
    CHECK_FALSE(alone.density(std::vector<ExpertiseId>{p(1)}, p(2)).has_value());
    CHECK(alone.between(p(1), p(2)) == 0.0);
}

TEST_CASE("Relatedness: laws", "[matching][relatedness][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t count = 3 + rng.below(9);
    const Incidence offers = random_incidence(rng, 12, count, 5);
    const Relatedness phi(offers);
    const auto set = [&] {
        std::vector<ExpertiseId> list;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (rng.below(2) == 0) {
                list.push_back(ExpertiseId{i});
            }
        }
        return list;
    };
    const auto r = set();
    const auto s = set();
    std::vector<ExpertiseId> both;
    std::set_union(r.begin(), r.end(), s.begin(), s.end(), std::back_inserter(both));
    for (const ExpertiseId i : IdRange<ExpertiseId>(count)) {
        for (const ExpertiseId j : IdRange<ExpertiseId>(count)) {
            CHECK(phi.between(i, j) == phi.between(j, i));
            double together = 0.0;
            for (const auto& holder : offers.of(i)) {
                for (const auto& other : offers.of(j)) {
                    together += i != j && holder.vertex == other.vertex ? 1.0 : 0.0;
                }
            }
            const auto most = static_cast<double>(std::max(offers.of(i).size(), offers.of(j).size()));
            CHECK(phi.between(i, j) == Approx(most > 0.0 ? together / most : 0.0));
        }
        const auto density = phi.density(r, i);
        if (density) {
            CHECK(*density + *phi.added(r, s, i) == Approx(*phi.density(both, i)));
            CHECK(*density <= 100.0 + 1e-9);
        }
    }
}

TEST_CASE("structural_fit: small graphs", "[matching][structure][unit]") {
    const auto check = [](const CsrGraph& g, std::optional<double> similarity,
                          std::optional<double> complementarity) {
        const StructuralFit fit = structural_fit(g.view());
        CHECK(fit.similarity == similarity);
        CHECK(fit.complementarity == complementarity);
    };
    check(complete(3), 1.0, std::nullopt);
    check(cycle(4), 0.0, 1.0);
    check(complete(4), 1.0, 0.0);
    check(graph_of(4, {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 2}}), 0.75, 0.0);
    check(graph_of(5, {{0, 2}, {0, 3}, {0, 4}, {1, 2}, {1, 3}, {1, 4}}), 0.0, 1.0);
    check(path(4), 0.0, 0.0);
    check(graph_of(10, {{0, 1},
                        {1, 2},
                        {2, 3},
                        {3, 4},
                        {4, 0},
                        {5, 7},
                        {7, 9},
                        {9, 6},
                        {6, 8},
                        {8, 5},
                        {0, 5},
                        {1, 6},
                        {2, 7},
                        {3, 8},
                        {4, 9}}),  // Petersen
          0.0, 0.0);
    check(empty_graph(3), std::nullopt, std::nullopt);
}

TEST_CASE("structural_fit: the karate club", "[matching][structure][golden]") {
    const CsrGraph graph = karate();
    const GraphView g = graph;
    CHECK(*structural_fit(g).similarity == Approx(0.2556818182).margin(1e-10));
    CHECK(*structural_fit(g).complementarity == Approx(0.0607338676).margin(1e-10));
    double similarity = 0.0, complementarity = 0.0, triangles = 0.0, quadrangles = 0.0;
    for (const VertexId v : g.vertices()) {
        const StructuralFit fit = structural_fit(g, v);
        similarity += fit.similarity.value_or(0.0);
        complementarity += fit.complementarity.value_or(0.0);
        triangles += structural_counts(g, v).triangles;
        quadrangles += structural_counts(g, v).quadrangles;
    }
    CHECK(triangles / 3.0 == 45.0);
    CHECK(quadrangles / 4.0 == 36.0);
    CHECK(similarity / 34.0 == Approx(0.2395929307).margin(1e-10));
    CHECK(complementarity / 34.0 == Approx(0.0470972370).margin(1e-10));
    CHECK(*structural_fit(g, VertexId{2}).similarity == Approx(0.3013698630).margin(1e-10));
    CHECK(*structural_fit(g, VertexId{2}).complementarity == Approx(0.1019108280).margin(1e-10));
    CHECK(*structural_fit(g, VertexId{33}).similarity == Approx(0.1875).margin(1e-10));
    CHECK(*structural_fit(g, VertexId{33}).complementarity == Approx(0.0975609756).margin(1e-10));
}

TEST_CASE("structural_counts: against every way of the definition", "[matching][structure][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph graph = random_graph(rng, 4 + rng.below(6), 0.5);
    const GraphView g = graph;
    for (const VertexId i : g.vertices()) {
        double w = 0.0, h = 0.0, q = 0.0;
        for (const VertexId j : g.vertices()) {
            for (const VertexId k : g.vertices()) {
                for (const VertexId l : g.vertices()) {
                    if (i == j || i == k || i == l || j == k || j == l || k == l) {
                        continue;
                    }
                    const bool ij = g.adjacent(i, j), jk = g.adjacent(j, k), kl = g.adjacent(k, l);
                    h += ij && jk && kl ? 1.0 : 0.0;
                    w += g.adjacent(j, i) && g.adjacent(i, k) && kl ? 1.0 : 0.0;
                    q += ij && jk && kl && g.adjacent(l, i) && !g.adjacent(i, k) && !g.adjacent(j, l) ? 0.5
                                                                                                      : 0.0;
                }
            }
        }
        const StructuralCounts counts = structural_counts(g, i);
        CHECK(counts.ways_w == w);
        CHECK(counts.ways_h == h);
        CHECK(counts.quadrangles == q);
    }
    // a tie that does not exist counts as if it did
    const VertexId a{0}, b{1};
    std::vector<Tie> ties;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u && !(v == a && u == b)) {
                ties.push_back({v, u, 1.0});
            }
        }
    }
    const CsrGraph without = CsrGraph::from_ties(g.vertex_count(), ties);
    ties.push_back({a, b, 1.0});
    const CsrGraph with = CsrGraph::from_ties(g.vertex_count(), ties);
    CHECK(structural_counts(without, a, b).quadrangles == structural_counts(with, a, b).quadrangles);
    CHECK(structural_counts(without, a, b).ways_h == structural_counts(with, a, b).ways_h);
    CHECK(structural_counts(without, a, b).triangles == structural_counts(with, a, b).triangles);
}

}  // namespace
