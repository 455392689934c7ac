#include "algorithms/recommend/top_lists.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"
#include "engine/top_k.hpp"

#include "algorithms/recommend/local_indices.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

using List = std::vector<ListedPartner>;

VertexId vertex(std::size_t i) {
    return id_at<VertexId>(i);
}

std::vector<PairIndex> listable() {
    std::vector<PairIndex> indices;
    for (std::size_t i = 0; i < pair_index_count; ++i) {
        if (can_be_listed(pair_index(i))) {
            indices.push_back(pair_index(i));
        }
    }
    return indices;
}

/// The sum over ways of three ties, written out.
double three_steps(GraphView g, VertexId x, VertexId y, bool weighted, double exponent) {
    double sum = 0.0;
    for (const VertexId u : g.neighbours(x)) {
        for (const VertexId v : g.neighbours(u)) {
            if (v == x || !g.adjacent(v, y)) {
                continue;
            }
            const auto size = [&](VertexId z) {
                return std::pow(weighted ? g.strength(z) : static_cast<double>(g.degree(z)), exponent);
            };
            const double ways =
                weighted ? g.weight_between(x, u) * g.weight_between(u, v) * g.weight_between(v, y) : 1.0;
            sum += ways / (size(u) * size(v));
        }
    }
    return sum;
}

double by_definition(GraphView g, PairIndex index, VertexId x, VertexId y) {
    switch (index) {
        case PairIndex::adamic_adar_weighted:
            return adamic_adar(g, x, y, PathWeight::sum);
        case PairIndex::resource_allocation_weighted:
            return resource_allocation(g, x, y, PathWeight::product);
        case PairIndex::l3:
            return three_steps(g, x, y, false, 0.5);
        case PairIndex::l3_weighted:
            return three_steps(g, x, y, true, 0.5);
        case PairIndex::random_walk_3:
            return three_steps(g, x, y, true, 1.0);
        default:
            for (const LocalIndex local : all_local_indices) {
                if (to_code(local) == to_code(index)) {
                    return local_index(g, local, x, y);
                }
            }
            FAIL("not an index of two steps: " << to_code(index));
            return 0.0;
    }
}

/// Every pair, sorted.
List slow_list(GraphView g, PairIndex index, VertexId x, std::size_t top) {
    List list;
    for (const VertexId y : g.vertices()) {
        if (y != x && !g.adjacent(x, y)) {
            if (const double score = by_definition(g, index, x, y); score > 0.0) {
                list.push_back({y, score});
            }
        }
    }
    std::sort(list.begin(), list.end(), [](const ListedPartner& a, const ListedPartner& b) {
        const int order = compare_scores(a.score, b.score);
        return order != 0 ? order > 0 : a.partner < b.partner;
    });
    list.resize(std::min(list.size(), top));
    return list;
}

void check_against_definition(GraphView g, std::uint32_t top) {
    const std::vector<PairIndex> indices = listable();
    const std::vector<TopLists> together = top_lists(g, indices, {.top = top});
    REQUIRE(together.size() == indices.size());
    for (std::size_t k = 0; k < indices.size(); ++k) {
        const std::vector<TopLists> alone = top_lists(g, std::span(&indices[k], 1), {.top = top}, {3, {}});
        INFO("index " << to_code(indices[k]));
        for (const VertexId x : g.vertices()) {
            const List expected = slow_list(g, indices[k], x, top);
            const auto found = together[k][index_of(x)];
            const auto found_alone = alone[0][index_of(x)];
            INFO("vertex " << index_of(x));
            REQUIRE(std::equal(found.begin(), found.end(), found_alone.begin(), found_alone.end()));
            REQUIRE(found.size() == expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                INFO("place " << i);
                REQUIRE(found[i].partner == expected[i].partner);
                REQUIRE(std::abs(found[i].score - expected[i].score) <=
                        1e-13 * std::max(1.0, expected[i].score));
            }
        }
    }
}

std::vector<TopLists> lists_of(GraphView g, PairIndex index, const TopListsOptions& options = {},
                               std::uint32_t threads = 1) {
    return top_lists(g, std::span(&index, 1), options, {threads, {}});
}

List list_of(GraphView g, PairIndex index, std::size_t x) {
    const auto lists = lists_of(g, index);
    return {lists[0][x].begin(), lists[0][x].end()};
}

}  // namespace

TEST_CASE("top_lists: values by hand", "[top_lists]") {
    const CsrGraph p4 = path(4);
    CHECK(list_of(p4, PairIndex::common_neighbours, 0) == List{{vertex(2), 1.0}});
    CHECK(list_of(p4, PairIndex::resource_allocation, 0) == List{{vertex(2), 0.5}});
    CHECK(list_of(p4, PairIndex::jaccard, 0) == List{{vertex(2), 0.5}});
    const List three = list_of(p4, PairIndex::l3, 0);
    REQUIRE(three.size() == 1);
    CHECK(three[0].partner == vertex(3));
    CHECK(three[0].score == Approx(0.5));
    // L3(2, 5) = 2 / sqrt(6) of the graph 12, 13, 24, 34, 35, here counted from 0
    const CsrGraph g = graph_of(5, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {2, 4}});
    const List two_ways = list_of(g, PairIndex::l3, 1);
    REQUIRE(two_ways.size() == 1);
    CHECK(two_ways[0].partner == vertex(4));
    CHECK(two_ways[0].score == Approx(2.0 / std::sqrt(6.0)));
}

TEST_CASE("top_lists: equal scores stand in the order of ids", "[top_lists]") {
    // all leaves of a star are alike: the smallest ids that are not the leaf itself
    const CsrGraph g = star(300);
    for (const PairIndex index : {PairIndex::common_neighbours, PairIndex::jaccard, PairIndex::salton,
                                  PairIndex::resource_allocation, PairIndex::adamic_adar}) {
        const auto lists = top_lists(g, std::vector{index, PairIndex::leicht_holme_newman}, {.top = 3});
        INFO(to_code(index));
        CHECK(lists[0][0].empty());
        CHECK(lists[0][2].size() == 3);
        CHECK(lists[0][2][0].partner == vertex(1));
        CHECK(lists[0][2][1].partner == vertex(3));
        CHECK(lists[0][300][2].partner == vertex(3));
    }
}

TEST_CASE("top_lists: degenerate graphs", "[top_lists][degenerate]") {
    const std::vector<PairIndex> indices = listable();
    const CsrGraph none_at_all = empty_graph(0);
    const CsrGraph untied = empty_graph(3);
    const CsrGraph triangles = two_triangles();
    const CsrGraph complete = cycle(3);
    for (const TopLists& lists : top_lists(none_at_all, indices)) {
        CHECK(lists.size() == 0);
    }
    for (const TopLists& lists : top_lists(untied, indices)) {
        REQUIRE(lists.size() == 3);
        CHECK(lists[1].empty());
    }
    for (const TopLists& lists : top_lists(triangles, std::span<const PairIndex>())) {
        FAIL("no index was asked for: " << lists.size());
    }
    // complete: nobody is left to propose
    for (const TopLists& lists : top_lists(complete, indices)) {
        CHECK(lists[0].empty());
    }
    // two components and an isolate: nothing leads from one to the other
    const CsrGraph apart = graph_of(7, {{0, 1}, {1, 2}, {3, 4}, {4, 5}});
    const auto lists = lists_of(apart, PairIndex::resource_allocation);
    CHECK(lists[0][0].size() == 1);
    CHECK(lists[0][3].size() == 1);
    CHECK(lists[0][6].empty());
}

TEST_CASE("top_lists: what cannot be listed is refused", "[top_lists]") {
    const CsrGraph g = path(4);
    CHECK_THROWS_AS(lists_of(g, PairIndex::katz), OptionError);
    CHECK_THROWS_AS(lists_of(g, PairIndex::preferential_attachment), OptionError);
    CHECK_THROWS_AS(lists_of(g, PairIndex::l3, {.top = 0}), OptionError);
    CHECK_THROWS_AS(top_lists(g, std::vector{PairIndex::l3, PairIndex::l3}), OptionError);
    const std::vector<VertexId> beyond = {vertex(4)};
    CHECK_THROWS_AS(lists_of(g, PairIndex::l3, {.of = beyond}), Error);
}

TEST_CASE("top_lists: every index as by its definition", "[top_lists][oracle]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Rng rng(seed);
        const std::uint32_t n = 40 + static_cast<std::uint32_t>(seed) * 7;
        INFO("seed " << seed);
        const CsrGraph plain = random_graph(rng, n, seed % 2 == 0 ? 0.04 : 0.15);
        check_against_definition(plain, static_cast<std::uint32_t>(1 + seed % 4 * 3));
        const CsrGraph weighted = random_weighted_graph(rng, n, 0.1);
        check_against_definition(weighted, 4);
    }
    const CsrGraph leaves = star(40);
    check_against_definition(leaves, 5);
    const CsrGraph ring = cycle(20);
    check_against_definition(ring, 30);
}

TEST_CASE("top_lists: weights of any size", "[top_lists][oracle]") {
    Rng rng(7);
    std::vector<Tie> ties;
    for (std::uint32_t a = 0; a < 40; ++a) {
        for (std::uint32_t b = a + 1; b < 40; ++b) {
            if (rng.uniform01() < 0.15) {
                // more than single precision holds: the third power of the least to that of the greatest is 1e-72
                ties.push_back(
                    {id_at<VertexId>(a), id_at<VertexId>(b), std::pow(10.0, 24.0 * rng.uniform01() - 10.0)});
            }
        }
    }
    const CsrGraph g = CsrGraph::from_ties(40, ties);
    for (const PairIndex index : {PairIndex::l3_weighted, PairIndex::random_walk_3}) {
        const auto lists = lists_of(g, index, {.top = 3});
        for (const VertexId x : g.view().vertices()) {
            const List expected = slow_list(g, index, x, 3);
            REQUIRE(lists[0][index_of(x)].size() == expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                CHECK(lists[0][index_of(x)][i].score == Approx(expected[i].score).epsilon(1e-12));
            }
        }
    }
}

TEST_CASE("top_lists: the same for any number of threads and any cut", "[top_lists][property]") {
    Rng rng(3);
    const CsrGraph g = planted_graph(rng, 700, 7, 5000, 0.6);
    const std::vector<PairIndex> indices = listable();
    const auto whole = top_lists(g, indices, {.top = 7});
    const auto threads = top_lists(g, indices, {.top = 7}, {3, {}});
    std::vector<VertexId> part;
    for (std::size_t i = 0; i < 700; i += 3) {
        part.push_back(vertex(699 - i));
    }
    const auto cut = top_lists(g, indices, {.top = 7, .of = part}, {2, {}});
    for (std::size_t k = 0; k < indices.size(); ++k) {
        for (std::size_t i = 0; i < 700; ++i) {
            const auto a = whole[k][i];
            const auto b = threads[k][i];
            REQUIRE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
        }
        REQUIRE(cut[k].size() == part.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            const auto a = whole[k][index_of(part[i])];
            const auto b = cut[k][i];
            REQUIRE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
        }
    }
}

TEST_CASE("top_lists: large lists and a graph whose vertices are pushed from too", "[top_lists][oracle]") {
    // sparse enough that only some vertices are collected from
    Rng rng(11);
    const CsrGraph g = planted_graph(rng, 4000, 400, 9000, 0.8);
    for (const PairIndex index : {PairIndex::l3, PairIndex::random_walk_3, PairIndex::jaccard}) {
        const auto lists = lists_of(g, index, {.top = 50}, 2);
        for (std::size_t x = 0; x < 4000; x += 331) {
            const List expected = slow_list(g, index, vertex(x), 50);
            REQUIRE(lists[0][x].size() == expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                REQUIRE(lists[0][x][i].partner == expected[i].partner);
                REQUIRE(lists[0][x][i].score == Approx(expected[i].score).epsilon(1e-12));
            }
        }
    }
}
