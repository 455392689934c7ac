#include "algorithms/recommend/local_indices.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::complete;
using maillage::testing::graph_of;
using maillage::testing::karate;
using maillage::testing::path;
using Index = LocalIndex;

VertexId v(std::uint32_t i) {
    return id_at<VertexId>(i);
}

double index_of_pair(GraphView g, Index index, std::uint32_t x, std::uint32_t y) {
    return local_index(g, index, v(x), v(y));
}

///   1---2
///    \ /
///     3---4---5    the graph of linkpred's documentation, vertex 0 alone
CsrGraph linkpred_graph() {
    return graph_of(6, {{1, 2}, {1, 3}, {2, 4}, {3, 4}, {3, 5}});
}

TEST_CASE("local indices: the five-tie graph of linkpred", "[recommend][unit]") {
    const CsrGraph g = linkpred_graph();
    CHECK(index_of_pair(g, Index::common_neighbours, 1, 5) == 1.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 2, 3) == 2.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 1, 4) == 2.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 4, 5) == 1.0);

    CHECK(index_of_pair(g, Index::adamic_adar, 1, 5) == Approx(1.0 / std::log(3.0)));
    CHECK(index_of_pair(g, Index::adamic_adar, 2, 3) == Approx(2.0 / std::log(2.0)));
    CHECK(index_of_pair(g, Index::adamic_adar, 1, 4) == Approx(1.0 / std::log(2.0) + 1.0 / std::log(3.0)));
    CHECK(index_of_pair(g, Index::adamic_adar, 4, 5) == Approx(1.0 / std::log(3.0)));

    CHECK(index_of_pair(g, Index::resource_allocation, 1, 5) == Approx(1.0 / 3.0));
    CHECK(index_of_pair(g, Index::resource_allocation, 2, 3) == Approx(1.0));
    CHECK(index_of_pair(g, Index::resource_allocation, 1, 4) == Approx(5.0 / 6.0));
    CHECK(index_of_pair(g, Index::resource_allocation, 4, 5) == Approx(1.0 / 3.0));

    CHECK(index_of_pair(g, Index::jaccard, 1, 5) == Approx(0.5));
    CHECK(index_of_pair(g, Index::jaccard, 2, 3) == Approx(2.0 / 3.0));
    CHECK(index_of_pair(g, Index::jaccard, 1, 4) == Approx(1.0));
    CHECK(index_of_pair(g, Index::jaccard, 4, 5) == Approx(0.5));

    CHECK(index_of_pair(g, Index::preferential_attachment, 1, 5) == 2.0);
    CHECK(index_of_pair(g, Index::preferential_attachment, 2, 3) == 6.0);
    CHECK(index_of_pair(g, Index::preferential_attachment, 1, 4) == 4.0);
    CHECK(index_of_pair(g, Index::preferential_attachment, 4, 5) == 2.0);

    CHECK(l3(g, v(2), v(5)) == Approx(2.0 / std::sqrt(6.0)));
    for (const auto& [x, y] : {std::pair{1U, 5U}, {2U, 3U}, {1U, 4U}, {4U, 5U}}) {
        CAPTURE(x, y);
        CHECK(l3(g, v(x), v(y)) == 0.0);
    }
}

TEST_CASE("local indices: the quotients of common neighbours", "[recommend][unit]") {
    const CsrGraph g = linkpred_graph();  // 2 and 3: two in common, degrees 2 and 3
    CHECK(index_of_pair(g, Index::salton, 2, 3) == Approx(2.0 / std::sqrt(6.0)));
    CHECK(index_of_pair(g, Index::sorensen, 2, 3) == Approx(4.0 / 5.0));
    CHECK(index_of_pair(g, Index::hub_promoted, 2, 3) == Approx(1.0));
    CHECK(index_of_pair(g, Index::hub_depressed, 2, 3) == Approx(2.0 / 3.0));
    CHECK(index_of_pair(g, Index::leicht_holme_newman, 2, 3) == Approx(1.0 / 3.0));
}

TEST_CASE("local indices: K5 as networkx documents it", "[recommend][unit]") {
    const CsrGraph g = complete(5);
    CHECK(index_of_pair(g, Index::resource_allocation, 0, 1) == Approx(0.75));
    CHECK(index_of_pair(g, Index::jaccard, 0, 1) == Approx(0.6));
    CHECK(index_of_pair(g, Index::adamic_adar, 0, 1) == Approx(2.1640425613));
    CHECK(index_of_pair(g, Index::preferential_attachment, 0, 1) == 16.0);
}

TEST_CASE("local indices: the six-vertex graph of NetworKit's tests", "[recommend][unit]") {
    const CsrGraph g =
        graph_of(6, {{0, 1}, {0, 3}, {1, 2}, {1, 4}, {2, 3}, {2, 4}, {2, 5}, {3, 4}, {3, 5}, {4, 5}});
    CHECK(index_of_pair(g, Index::common_neighbours, 2, 4) == 3.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 1, 3) == 3.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 1, 5) == 2.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 3, 5) == 2.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 0, 2) == 2.0);
    CHECK(index_of_pair(g, Index::common_neighbours, 0, 4) == 2.0);
}

TEST_CASE("local indices: a loop makes no common partner (igraph#2448)", "[recommend][unit][degenerate]") {
    // The graph {01, 11, 23, 34} as raw rows: the builder of graphs refuses the loop at 1.
    const std::vector<std::uint64_t> offsets = {0, 1, 3, 4, 6, 7};
    const std::vector<VertexId> targets = {v(1), v(0), v(1), v(3), v(2), v(4), v(3)};
    const GraphView g(offsets, targets, {});
    CHECK(local_index(g, Index::adamic_adar, v(0), v(1)) == 0.0);
    CHECK(local_index(g, Index::common_neighbours, v(0), v(1)) == 0.0);
    CHECK(local_index_from(g, Index::adamic_adar, v(0))[1] == 0.0);
    CHECK(local_index(g, Index::preferential_attachment, v(0), v(1)) == 1.0);
    CHECK_THROWS_AS(graph_of(2, {{0, 1}, {1, 1}}), Error);
}

TEST_CASE("local indices: vertices without partners share nothing", "[recommend][unit][degenerate]") {
    const CsrGraph g = graph_of(4, {{0, 1}});
    for (const Index index : all_local_indices) {
        CAPTURE(to_code(index));
        CHECK(index_of_pair(g, index, 2, 3) == 0.0);
        CHECK(index_of_pair(g, index, 0, 3) == 0.0);
    }
    CHECK(l3(g, v(2), v(3)) == 0.0);
}

TEST_CASE("l3: a path of four", "[recommend][unit]") {
    const CsrGraph g = path(4);
    CHECK(l3(g, v(0), v(3)) == Approx(0.5));
    CHECK(l3(g, v(0), v(2)) == 0.0);
    CHECK(l3_from(g, v(0)) == std::vector<double>{0.0, 0.0, 0.0, l3(g, v(0), v(3))});
}

TEST_CASE("l3: a tied pair is judged as if it were not tied", "[recommend][unit]") {
    const CsrGraph ring = maillage::testing::cycle(4);
    const CsrGraph open = path(4);
    CHECK(l3(ring, v(0), v(3)) == Approx(l3(open, v(0), v(3))));
    CHECK(l3_from(ring, v(0))[3] == Approx(0.5));
}

struct Ranked {
    double value;
    std::uint32_t x, y;
};

template <class Value>
std::vector<Ranked> best_of_karate(const Value& value) {
    const CsrGraph g = karate();
    std::vector<Ranked> all;
    for (std::uint32_t x = 0; x < 34; ++x) {
        for (std::uint32_t y = x + 1; y < 34; ++y) {
            if (!g.view().adjacent(v(x), v(y))) {
                all.push_back({value(g, v(x), v(y)), x + 1, y + 1});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& p, const auto& q) { return p.value > q.value; });
    return all;
}

TEST_CASE("local indices: the best pairs of the karate club", "[recommend][golden]") {
    // Members count from 1, as in the article.
    const auto l3_pairs = best_of_karate([](GraphView g, VertexId x, VertexId y) { return l3(g, x, y); });
    const std::vector<Ranked> expected = {
        {3.658130, 3, 34}, {2.335446, 1, 34}, {2.251493, 14, 33}, {2.156717, 1, 31}, {2.125169, 28, 33}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(l3_pairs[i].value == Approx(expected[i].value).margin(5e-7));
        CHECK(std::tuple(l3_pairs[i].x, l3_pairs[i].y) == std::tuple(expected[i].x, expected[i].y));
    }

    const auto best = [](Index index) {
        return best_of_karate(
            [index](GraphView g, VertexId x, VertexId y) { return local_index(g, index, x, y); });
    };
    const auto common = best(Index::common_neighbours);
    CHECK(std::tuple(common[0].x, common[0].y, common[0].value) == std::tuple(3U, 34U, 6.0));
    const auto aa = best(Index::adamic_adar);
    CHECK(std::tuple(aa[0].x, aa[0].y, aa[1].x, aa[1].y) == std::tuple(3U, 34U, 1U, 34U));
    CHECK(aa[0].value == Approx(4.719381).margin(5e-7));
    CHECK(aa[1].value == Approx(2.711020).margin(5e-7));
    const auto ra = best(Index::resource_allocation);
    CHECK(ra[0].value == Approx(1.566667).margin(5e-7));
    CHECK(ra[1].value == Approx(0.9).margin(5e-7));
    const auto pa = best(Index::preferential_attachment);
    CHECK(std::tuple(pa[0].x, pa[0].y, pa[0].value) == std::tuple(1U, 34U, 272.0));
}

TEST_CASE("weighted indices: by hand", "[recommend][unit]") {
    // 0 --2-- 1 --3-- 2 --1-- 3
    const std::vector<Tie> ties = {{v(0), v(1), 2.0}, {v(1), v(2), 3.0}, {v(2), v(3), 1.0}};
    const CsrGraph g = CsrGraph::from_ties(4, ties);
    CHECK(resource_allocation(g, v(0), v(2), PathWeight::sum) == Approx(5.0 / 5.0));
    CHECK(resource_allocation(g, v(0), v(2), PathWeight::product) == Approx(6.0 / 5.0));
    CHECK(resource_allocation(g, v(0), v(2), PathWeight::unweighted) == Approx(0.5));
    CHECK(adamic_adar(g, v(0), v(2), PathWeight::sum) == Approx(5.0 / std::log(6.0)));
    CHECK(l3(g, v(0), v(3), PathWeight::product) == Approx(6.0 / std::sqrt(20.0)));
    CHECK(l3(g, v(0), v(3)) == Approx(0.5));
}

}  // namespace
