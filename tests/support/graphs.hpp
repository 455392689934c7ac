#pragma once

#include "engine/csr_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// Named graphs whose values can be computed by hand or are published. Vertices count from 0.
namespace maillage::testing {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

inline CsrGraph graph_of(std::size_t vertex_count, const Pairs& pairs) {
    std::vector<Tie> ties;
    ties.reserve(pairs.size());
    for (const auto& [a, b] : pairs) {
        ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
    }
    return CsrGraph::from_ties(vertex_count, ties);
}

/// n vertices, no tie.
inline CsrGraph empty_graph(std::size_t n) {
    return graph_of(n, {});
}

///   0---1   3---4
///    \ /     \ /
///     2-------5      0-2 and 3-5 are the two triangles, 2-5 is the only bridge
inline CsrGraph two_triangles() {
    return graph_of(6, {{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}, {2, 5}});
}

///   0---1---2-- … --n-1
inline CsrGraph path(std::uint32_t n) {
    Pairs pairs;
    for (std::uint32_t v = 0; v + 1 < n; ++v) {
        pairs.push_back({v, v + 1});
    }
    return graph_of(n, pairs);
}

/// path(n) closed into a ring; n >= 3.
inline CsrGraph cycle(std::uint32_t n) {
    Pairs pairs;
    for (std::uint32_t v = 0; v < n; ++v) {
        pairs.push_back({v, (v + 1) % n});
    }
    return graph_of(n, pairs);
}

///   1   2
///    \ /
///     0---3    the centre is 0, leaves are 1 .. leaves
inline CsrGraph star(std::uint32_t leaves) {
    Pairs pairs;
    for (std::uint32_t v = 1; v <= leaves; ++v) {
        pairs.push_back({0, v});
    }
    return graph_of(leaves + 1, pairs);
}

/// Every pair of n vertices.
inline CsrGraph complete(std::uint32_t n) {
    Pairs pairs;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            pairs.push_back({a, b});
        }
    }
    return graph_of(n, pairs);
}

///   [K_m: 0 .. m-1] --- m --- … --- m+k-1 --- [K_m: m+k .. 2m+k-1]
///
/// Two complete graphs of `clique` vertices joined by a path of `between` vertices; between = 0 is one
/// tie. networkx's barbell_graph(clique, between).
inline CsrGraph barbell(std::uint32_t clique, std::uint32_t between) {
    Pairs pairs;
    const std::uint32_t right = clique + between;
    for (std::uint32_t a = 0; a < clique; ++a) {
        for (std::uint32_t b = a + 1; b < clique; ++b) {
            pairs.push_back({a, b});
            pairs.push_back({right + a, right + b});
        }
    }
    for (std::uint32_t v = clique - 1; v < right; ++v) {
        pairs.push_back({v, v + 1});
    }
    return graph_of(right + clique, pairs);
}

/// `count` complete graphs of `clique` vertices in a ring, neighbours joined by one tie: vertex 0 of a
/// clique to vertex 1 of the next (Fortunato and Barthélemy 2007). count >= 3, clique >= 2.
inline CsrGraph ring_of_cliques(std::uint32_t count, std::uint32_t clique) {
    Pairs pairs;
    for (std::uint32_t c = 0; c < count; ++c) {
        for (std::uint32_t a = 0; a < clique; ++a) {
            for (std::uint32_t b = a + 1; b < clique; ++b) {
                pairs.push_back({c * clique + a, c * clique + b});
            }
        }
        pairs.push_back({c * clique, ((c + 1) % count) * clique + 1});
    }
    return graph_of(static_cast<std::size_t>(count) * clique, pairs);
}

/// W. W. Zachary, "An information flow model for conflict and fission in small groups", Journal of
/// Anthropological Research 33, 452-473, 1977: 34 members, 78 ties, unweighted, in the order of the
/// article less one (the instructor is 0, the officer 33), as networkx has it.
inline CsrGraph karate() {
    return graph_of(
        34,
        {{0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},  {0, 11},
         {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},   {1, 7},   {1, 13},
         {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},   {2, 9},   {2, 13},  {2, 27},
         {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},   {4, 10},  {5, 6},   {5, 10},  {5, 16},
         {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},  {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33},
         {18, 32}, {18, 33}, {19, 33}, {20, 32}, {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29},
         {23, 32}, {23, 33}, {24, 25}, {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31},
         {28, 33}, {29, 32}, {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33}});
}

/// The club each member of karate() joined after the split: 0 the instructor's, 1 the officer's; 17 each.
inline std::vector<std::uint32_t> karate_clubs() {
    std::vector<std::uint32_t> club(34, 1);
    for (const std::size_t v : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 10U, 11U, 12U, 13U, 16U, 17U, 19U, 21U}) {
        club[v] = 0;
    }
    return club;
}

/// The partition of karate() with the highest modularity, 1277/3042 (igraph community_leiden.out).
inline std::vector<std::uint32_t> karate_optimum() {
    return {0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 0, 2, 2, 1,
            0, 2, 0, 2, 0, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 2, 2};
}

}  // namespace maillage::testing
