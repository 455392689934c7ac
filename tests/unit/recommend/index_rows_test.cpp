#include "algorithms/recommend/index_rows.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/local_indices.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

VertexId vertex(std::size_t i) {
    return static_cast<VertexId>(i);
}

double value(GraphView g, PairIndex index, std::size_t x, std::size_t y, const IndexOptions& options = {}) {
    const IndexModel model(g, options);
    IndexRows rows(model);
    const std::vector<VertexId> actors = {vertex(x)};
    rows.compute(actors);
    return rows.value(index, 0, vertex(y));
}

/// sum over l <= length of factor^l M^l e_x, written out: M = A, or the walk that goes along ties by their weight.
std::vector<double> series(GraphView g, std::size_t x, double factor, bool walk, int length) {
    std::vector<double> now(g.vertex_count(), 0.0);
    now[x] = 1.0;
    std::vector<double> sum = now;
    for (int l = 0; l < length; ++l) {
        std::vector<double> next(now.size(), 0.0);
        for (const VertexId u : g.vertices()) {
            const auto near = g.neighbours(u);
            for (std::size_t i = 0; i < near.size(); ++i) {
                next[index_of(near[i])] +=
                    factor * now[index_of(u)] * (walk ? tie_weight(g.weights(u), i) / g.strength(u) : 1.0);
            }
        }
        now = next;
        for (std::size_t v = 0; v < now.size(); ++v) {
            sum[v] += now[v];
        }
    }
    return sum;
}

CsrGraph weighted_graph(std::uint64_t seed) {
    Rng rng(seed);
    const std::size_t n = 12;
    std::vector<Tie> ties;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.below(3) == 0) {
                ties.push_back({vertex(a), vertex(b), 0.25 + static_cast<double>(rng.below(8)) / 4.0});
            }
        }
    }
    return CsrGraph::from_ties(n, ties);
}

}  // namespace

TEST_CASE("index rows: published values on the karate club", "[recommend][evaluation]") {
    const CsrGraph g = karate();
    IndexOptions options;
    options.katz_beta = 0.01;
    CHECK(value(g, PairIndex::katz, 0, 33, options) == Approx(4.1643756e-4).epsilon(1e-7));
    CHECK(value(g, PairIndex::katz, 2, 33, options) == Approx(6.2454875e-4).epsilon(1e-7));
    CHECK(value(g, PairIndex::local_path, 0, 33) == Approx(4.14));
    CHECK(value(g, PairIndex::common_neighbours, 2, 33) == 6.0);
    CHECK(value(g, PairIndex::adamic_adar, 2, 33) == Approx(4.719381).epsilon(1e-6));
    CHECK(value(g, PairIndex::adamic_adar, 0, 33) == Approx(2.711020).epsilon(1e-6));
    CHECK(value(g, PairIndex::resource_allocation, 2, 33) == Approx(1.566667).epsilon(1e-6));
    CHECK(value(g, PairIndex::resource_allocation, 0, 33) == Approx(.9));
    CHECK(value(g, PairIndex::preferential_attachment, 0, 33) == 272.0);
    const IndexModel model(g);
    // igraph's eigen_centrality of the club: 6.7257
    CHECK(model.largest_eigenvalue() == Approx(6.72569773).epsilon(1e-7));
    // pi of the instructor for the actors 34, 33 and 17; the sum with the way back divides by s_x / s_y
    for (const auto& [y, published] :
         std::map<std::size_t, double>{{33, .051200}, {32, .033255}, {16, .016050}}) {
        const double flow = value(g, PairIndex::pagerank_flow, 0, y);
        CHECK(flow / 16.0 == Approx(published).margin(5e-7));
        CHECK(value(g, PairIndex::pagerank, 0, y) ==
              Approx(flow / 16.0 + flow / static_cast<double>(g.view().degree(vertex(y)))));
    }
}

TEST_CASE("index rows: PageRank on a path", "[recommend][evaluation]") {
    const CsrGraph g = path(3);
    CHECK(value(g, PairIndex::pagerank_flow, 0, 2) == Approx(.1952702703));
    CHECK(value(g, PairIndex::pagerank, 0, 2) == Approx(2 * .1952702703));
}

TEST_CASE("index rows: the same as the indices of single pairs, for many actors at once",
          "[recommend][evaluation][oracle]") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const CsrGraph made = weighted_graph(seed);
        const GraphView g = made;
        const IndexModel model(g);
        IndexRows rows(model);
        const std::vector<VertexId> actors = {vertex(0), vertex(5), vertex(11), vertex(3)};
        rows.compute(std::vector{vertex(1)});  // nothing stays from the rows before
        rows.compute(actors);
        for (std::size_t lane = 0; lane < actors.size(); ++lane) {
            const VertexId x = actors[lane];
            const auto katz = series(g, index_of(x), model.katz_beta(), false, 200);
            const auto rank = series(g, index_of(x), .85, true, 400);
            for (const VertexId y : g.vertices()) {
                if (y == x || g.adjacent(x, y)) {
                    continue;
                }
                for (const LocalIndex index : all_local_indices) {
                    CHECK(rows.value(pair_index(static_cast<std::size_t>(index)), lane, y) ==
                          Approx(local_index(g, index, x, y)).margin(1e-12));
                    CHECK(to_code(pair_index(static_cast<std::size_t>(index))) == to_code(index));
                }
                const auto is = [&](PairIndex index, double expected) {
                    CHECK(rows.value(index, lane, y) == Approx(expected).epsilon(1e-8).margin(1e-9));
                };
                is(PairIndex::adamic_adar_weighted, adamic_adar(g, x, y, PathWeight::sum));
                is(PairIndex::resource_allocation_weighted,
                   resource_allocation(g, x, y, PathWeight::product));
                is(PairIndex::l3, l3(g, x, y));
                is(PairIndex::l3_weighted, l3(g, x, y, PathWeight::product));
                is(PairIndex::katz, katz[index_of(y)]);
                is(PairIndex::pagerank_flow, .15 * rank[index_of(y)] * g.strength(x));
                double walks = 0.0;
                for (const VertexId u : g.neighbours(x)) {
                    for (const VertexId v : g.neighbours(y)) {
                        walks += g.weight_between(x, u) * g.weight_between(u, v) * g.weight_between(v, y) /
                                 g.strength(u) / g.strength(v);
                    }
                }
                is(PairIndex::random_walk_3, walks);
            }
        }
    }
}

TEST_CASE("index rows: actors without ties, options out of range", "[recommend][evaluation][degenerate]") {
    const CsrGraph g = graph_of(3, {{0, 1}});
    for (std::size_t i = 0; i < pair_index_count; ++i) {
        CHECK(value(g, pair_index(i), 2, 0) == 0.0);
        CHECK(value(g, pair_index(i), 0, 2) == 0.0);
    }
    const CsrGraph none = empty_graph(2);
    CHECK(IndexModel(none).largest_eigenvalue() == 0.0);
    IndexOptions options;
    options.damping = 1.0;
    CHECK_THROWS_AS(IndexModel(g, options), OptionError);
    options = {};
    options.katz_beta = 1.0;
    CHECK_THROWS_AS(IndexModel(g, options), OptionError);
    options = {};
    options.tolerance = 0.0;
    CHECK_THROWS_AS(IndexModel(g, options), OptionError);
    const IndexModel model(g);
    IndexRows rows(model);
    CHECK_THROWS_AS(rows.compute(std::vector<VertexId>(9)), Error);
}
