#pragma once

#include <boost/graph/graph_traits.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

/// What an algorithm may ask of a graph, in Boost.Graph's words: GraphView models it through
/// engine/bgl.hpp, and so does boost::adjacency_list, which serves as an oracle in the tests.
namespace maillage {

/// True for types that may be asked for boost::graph_traits: its primary template in Boost 1.74 is a
/// hard error for other types, so concepts guard on this first.
template <class G>
inline constexpr bool enable_graph = requires {
    typename G::vertex_descriptor;
};

template <class G>
using Vertex = typename boost::graph_traits<G>::vertex_descriptor;
template <class G>
using Edge = typename boost::graph_traits<G>::edge_descriptor;

template <class G, class Tag>
concept Traversable =
    enable_graph<G> && std::convertible_to<typename boost::graph_traits<G>::traversal_category, Tag>;

template <class Pair, class Item>
concept IteratorPairOver = requires(Pair range) {
    { *range.first } -> std::convertible_to<Item>;
    { range.first == range.second } -> std::convertible_to<bool>;
};

template <class G>
concept VertexListGraph = Traversable<G, boost::vertex_list_graph_tag> && requires(const G& g) {
    { vertices(g) } -> IteratorPairOver<Vertex<G>>;
    { num_vertices(g) } -> std::convertible_to<std::size_t>;
};

template <class G>
concept IncidenceGraph = Traversable<G, boost::incidence_graph_tag> &&
    requires(const G& g, Vertex<G> v, Edge<G> e) {
    { out_edges(v, g) } -> IteratorPairOver<Edge<G>>;
    { out_degree(v, g) } -> std::convertible_to<std::size_t>;
    { source(e, g) } -> std::convertible_to<Vertex<G>>;
    { target(e, g) } -> std::convertible_to<Vertex<G>>;
};

template <class G>
concept EdgeListGraph = Traversable<G, boost::edge_list_graph_tag> && requires(const G& g) {
    { edges(g) } -> IteratorPairOver<Edge<G>>;
    { num_edges(g) } -> std::convertible_to<std::size_t>;
};

template <class G>
concept UndirectedGraph = enable_graph<G> &&
    std::convertible_to<typename boost::graph_traits<G>::directed_category, boost::undirected_tag>;

/// A graph of actors as the algorithms mean it.
template <class G>
concept ActorGraph = VertexListGraph<G> && IncidenceGraph<G> && EdgeListGraph<G> && UndirectedGraph<G>;

}  // namespace maillage
