#include "engine/bgl.hpp"

#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <catch2/catch.hpp>

#include <map>

using namespace maillage;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<GraphView>));

using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                         boost::property<boost::edge_weight_t, double>>;
static_assert(ActorGraph<GraphView>);
static_assert(ActorGraph<BoostGraph>);
static_assert(!ActorGraph<boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>>);
static_assert(!ActorGraph<int>);

namespace {

struct Twins {
    CsrGraph ours;
    BoostGraph theirs;
};

Twins random_twins(std::uint64_t seed) {
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(30);
    const double density = rng.uniform01() * 0.4;
    Twins twins;
    twins.theirs = BoostGraph(n);
    std::vector<Tie> ties;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < density) {
                const double weight = 1.0 + rng.below(5);
                ties.push_back({VertexId{b}, VertexId{a}, weight});
                boost::add_edge(a, b, weight, twins.theirs);
            }
        }
    }
    twins.ours = CsrGraph::from_ties(n, ties);
    return twins;
}

}  // namespace

TEST_CASE("Boost's own algorithms give the same on our view as on adjacency_list", "[engine][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    const Twins twins = random_twins(seed);
    const GraphView g = twins.ours.view();
    const std::size_t n = g.vertex_count();
    REQUIRE(num_edges(g) == boost::num_edges(twins.theirs));

    SECTION("connected components") {
        std::vector<std::size_t> ours(n), theirs(n);
        CHECK(boost::connected_components(g, ours.data()) ==
              boost::connected_components(twins.theirs, theirs.data()));
        CHECK(ours == theirs);
    }
    SECTION("betweenness") {
        std::vector<double> ours(n), theirs(n);
        boost::brandes_betweenness_centrality(
            g, boost::make_iterator_property_map(ours.begin(), get(boost::vertex_index, g)));
        boost::brandes_betweenness_centrality(
            twins.theirs,
            boost::make_iterator_property_map(theirs.begin(), get(boost::vertex_index, twins.theirs)));
        for (std::size_t i = 0; i < n; ++i) {
            CHECK(ours[i] == Approx(theirs[i]).margin(1e-12));
        }
    }
    SECTION("shortest paths with the weights as lengths") {
        std::vector<double> ours(n), theirs(n);
        boost::dijkstra_shortest_paths(g, std::size_t{0},
                                       boost::distance_map(boost::make_iterator_property_map(
                                           ours.begin(), get(boost::vertex_index, g))));
        boost::dijkstra_shortest_paths(twins.theirs, 0,
                                       boost::distance_map(boost::make_iterator_property_map(
                                           theirs.begin(), get(boost::vertex_index, twins.theirs))));
        CHECK(ours == theirs);
    }
    SECTION("core numbers") {
        std::vector<std::size_t> ours(n), theirs(n);
        boost::core_numbers(g, boost::make_iterator_property_map(ours.begin(), get(boost::vertex_index, g)));
        boost::core_numbers(twins.theirs, boost::make_iterator_property_map(
                                              theirs.begin(), get(boost::vertex_index, twins.theirs)));
        CHECK(ours == theirs);
    }
    SECTION("articulation points") {
        std::vector<std::size_t> ours, theirs;
        boost::articulation_points(g, std::back_inserter(ours));
        boost::articulation_points(twins.theirs, std::back_inserter(theirs));
        std::sort(ours.begin(), ours.end());
        std::sort(theirs.begin(), theirs.end());
        CHECK(ours == theirs);
    }
}

TEST_CASE("the two halves of a tie are one edge, and every edge is listed once", "[engine][unit]") {
    const Tie ties[] = {{VertexId{0}, VertexId{1}, 2.0}, {VertexId{1}, VertexId{3}, 3.0}};
    const CsrGraph graph = CsrGraph::from_ties(5, ties);
    const GraphView g = graph.view();
    const auto [first, last] = edges(g);
    std::vector<EdgeRef> list(first, last);
    REQUIRE(list.size() == 2);
    const EdgeRef back = *out_edges(1, g).first;
    CHECK(back == list[0]);
    CHECK(get(get(boost::edge_weight, g), list[1]) == 3.0);
    const CsrGraph empty;
    CHECK(edges(empty.view()).first == edges(empty.view()).second);
}
