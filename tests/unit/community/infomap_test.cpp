#include "algorithms/community/infomap.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/community/profile.hpp"
#include "algorithms/community/serial_leiden.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maillage {
namespace {

/// Infomap of a graph that lives as long as the call.
InfomapResult infomap(const CsrGraph& g, const InfomapOptions& options = {}) {
    return maillage::infomap(g.view(), options);
}

std::vector<std::uint32_t> one_block(std::size_t n) {
    return std::vector<std::uint32_t>(n, 0);
}

TEST_CASE("The map equation has igraph's values", "[community][golden]") {
    const CsrGraph triangles = testing::two_triangles();
    CHECK(map_equation(triangles, Partition(std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1})).codelength ==
          Approx(2.32073).margin(5e-6));
    const CsrGraph karate = testing::karate();
    CHECK(map_equation(karate, Partition(one_block(34))).codelength == Approx(4.7044225989).margin(1e-9));
    CHECK(map_equation(karate, Partition(testing::karate_optimum())).codelength ==
          Approx(4.3343316170).margin(1e-9));
}

TEST_CASE("The map equation is the two codebooks of its definition", "[community][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph graph = testing::random_weighted_graph(rng, 15, 0.4);
    const GraphView g = graph.view();
    const Partition p(testing::random_labels(rng, 15, 4));
    // entropies of the codebooks, each weighed by how often it is used
    const double two_m = 2.0 * g.total_weight();
    std::vector<double> exit(p.community_count(), 0.0);
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            exit[index_of(p[v])] += p[u] == p[v] ? 0.0 : g.weight_between(u, v) / two_m;
        }
    }
    const auto entropy = [](const std::vector<double>& uses) {
        const double total = std::accumulate(uses.begin(), uses.end(), 0.0);
        double bits = 0.0;
        for (const double use : uses) {
            bits -= use > 0.0 ? use * std::log2(use / total) : 0.0;
        }
        return bits;
    };
    double bits = entropy(exit);
    for (const CommunityId c : p.ids()) {
        std::vector<double> uses{exit[index_of(c)]};
        for (const VertexId v : g.vertices()) {
            if (p[v] == c) {
                uses.push_back(g.strength(v) / two_m);
            }
        }
        bits += entropy(uses);
    }
    const MapEquation found = map_equation(g, p);
    CHECK(found.codelength == Approx(bits).margin(1e-12));
    CHECK(std::accumulate(found.modules.begin(), found.modules.end(), found.index) ==
          Approx(found.codelength).margin(1e-12));
}

TEST_CASE("Infomap finds igraph's modules", "[community][golden]") {
    const InfomapResult karate = infomap(testing::karate());
    CHECK(karate.kept().codelength == Approx(4.3117926458).margin(1e-9));
    CHECK(karate.partition().community_count() == 3);
    const InfomapResult triangles = infomap(testing::two_triangles());
    CHECK(triangles.kept().codelength == Approx(2.32073).margin(5e-6));
    const CsrGraph cliques = testing::graph_of(8, {{0, 1},
                                                   {0, 2},
                                                   {0, 3},
                                                   {1, 2},
                                                   {1, 3},
                                                   {2, 3},
                                                   {4, 5},
                                                   {4, 6},
                                                   {4, 7},
                                                   {5, 6},
                                                   {5, 7},
                                                   {6, 7},
                                                   {0, 4},
                                                   {1, 5}});
    CHECK(infomap(cliques).kept().codelength == Approx(2.74930).margin(5e-6));
}

TEST_CASE("Infomap has an answer for graphs without ties, and isolated vertices stay alone",
          "[community][unit][degenerate]") {
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
        const InfomapResult r = infomap(testing::empty_graph(n));
        CHECK(r.partition().community_count() == n);
        CHECK(r.kept().codelength == 0.0);
    }
    const InfomapResult r = infomap(testing::graph_of(5, {{0, 1}, {1, 2}, {0, 2}}));
    CHECK(r.partition().community_count() == 3);
}

TEST_CASE("Infomap refuses options out of range and names them", "[community][unit]") {
    CHECK_THROWS_AS(validate(InfomapOptions{.runs = 1001}), OptionError);
    CHECK_THROWS_AS(validate(InfomapOptions{.max_iterations = 0}), OptionError);
    const CsrGraph karate = testing::karate();
    CHECK_THROWS_AS(map_equation(karate, Partition(one_block(3))), Error);
}

TEST_CASE("Infomap's communities are connected, its savings add up, and threads do not matter",
          "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = testing::random_weighted_graph(rng, 2 + rng.below(50), 0.03 + 0.15 * rng.uniform01());
    const InfomapResult one = infomap(g, {.runs = 4, .seed = seed});
    const InfomapResult three = maillage::infomap(g.view(), {.runs = 4, .seed = seed}, {.threads = 3});
    CHECK(one.partition() == three.partition());
    std::vector<std::uint32_t> single(g.vertex_count());
    std::iota(single.begin(), single.end(), 0U);
    for (const InfomapRun& run : one.runs) {
        for (const CommunityProfile& c : profile(g, run.partition).communities) {
            CHECK(c.connected);
        }
        const double alone = map_equation(g, Partition(single)).codelength;
        CHECK(alone - std::accumulate(run.saved.begin(), run.saved.end(), 0.0) ==
              Approx(run.codelength).margin(1e-9));
        for (const double saved : run.saved) {
            CHECK(saved >= -1e-9);
        }
    }
}

TEST_CASE("Infomap finds the best of all partitions of tiny graphs", "[community][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{16}));
    CAPTURE(seed);
    Rng rng(seed);
    constexpr std::uint32_t n = 7;
    const CsrGraph g = testing::random_weighted_graph(rng, n, 0.45);
    if (g.edge_count() == 0) {
        return;
    }
    double best = 1e9;
    std::vector<std::uint32_t> label(n, 0);
    const auto extend = [&](const auto& self, std::uint32_t v, std::uint32_t blocks) -> void {
        if (v == n) {
            best = std::min(best, map_equation(g, Partition(label)).codelength);
            return;
        }
        for (std::uint32_t c = 0; c <= blocks; ++c) {
            label[v] = c;
            self(self, v + 1, std::max(blocks, c + 1));
        }
    };
    extend(extend, 0, 0);
    CHECK(infomap(g, {.runs = 30}).kept().codelength == Approx(best).margin(1e-9));
}

}  // namespace
}  // namespace maillage
