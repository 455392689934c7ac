#pragma once

#include "engine/graph_concepts.hpp"
#include "engine/graph_view.hpp"

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

/// GraphView as a Boost.Graph graph, so that Boost's algorithms run on it unchanged. Heavy: include it only
/// in the .cpp that calls Boost. Vertices are plain std::size_t here, as Boost's algorithms expect.
namespace maillage {

/// A tie seen from one of its ends. Both halves compare equal: the graph is simple, so the pair of
/// ends names the tie.
struct EdgeRef {
    std::size_t source = 0;
    std::size_t target = 0;
    std::size_t arc = 0;  ///< position in GraphView::targets(), of the half it was reached by

    friend bool operator==(const EdgeRef& x, const EdgeRef& y) noexcept { return x.ends() == y.ends(); }
    friend bool operator<(const EdgeRef& x, const EdgeRef& y) noexcept { return x.ends() < y.ends(); }
    [[nodiscard]] std::pair<std::size_t, std::size_t> ends() const noexcept {
        return source < target ? std::pair(source, target) : std::pair(target, source);
    }
};

namespace bgl {

class VertexIterator
    : public boost::iterator_facade<VertexIterator, std::size_t, boost::random_access_traversal_tag,
                                    std::size_t, std::ptrdiff_t> {
public:
    VertexIterator() = default;
    explicit VertexIterator(std::size_t v) : v_(v) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] std::size_t dereference() const { return v_; }
    [[nodiscard]] bool equal(const VertexIterator& other) const { return v_ == other.v_; }
    void increment() { ++v_; }
    void decrement() { --v_; }
    void advance(std::ptrdiff_t n) { v_ = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(v_) + n); }
    [[nodiscard]] std::ptrdiff_t distance_to(const VertexIterator& other) const {
        return static_cast<std::ptrdiff_t>(other.v_) - static_cast<std::ptrdiff_t>(v_);
    }
    std::size_t v_ = 0;
};

class OutEdgeIterator
    : public boost::iterator_facade<OutEdgeIterator, EdgeRef, boost::forward_traversal_tag, EdgeRef> {
public:
    OutEdgeIterator() = default;
    OutEdgeIterator(GraphView g, std::size_t source, std::size_t arc) : g_(g), source_(source), arc_(arc) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] EdgeRef dereference() const { return {source_, index_of(g_.targets()[arc_]), arc_}; }
    [[nodiscard]] bool equal(const OutEdgeIterator& other) const { return arc_ == other.arc_; }
    void increment() { ++arc_; }
    GraphView g_;
    std::size_t source_ = 0;
    std::size_t arc_ = 0;
};

class AdjacencyIterator : public boost::iterator_facade<AdjacencyIterator, std::size_t,
                                                        boost::forward_traversal_tag, std::size_t> {
public:
    AdjacencyIterator() = default;
    AdjacencyIterator(GraphView g, std::size_t arc) : g_(g), arc_(arc) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] std::size_t dereference() const { return index_of(g_.targets()[arc_]); }
    [[nodiscard]] bool equal(const AdjacencyIterator& other) const { return arc_ == other.arc_; }
    void increment() { ++arc_; }
    GraphView g_;
    std::size_t arc_ = 0;
};

/// Every tie once, from its lower end.
class EdgeIterator
    : public boost::iterator_facade<EdgeIterator, EdgeRef, boost::forward_traversal_tag, EdgeRef> {
public:
    EdgeIterator() = default;
    EdgeIterator(GraphView g, std::size_t arc) : g_(g), arc_(arc) { settle(); }

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] EdgeRef dereference() const { return {source_, index_of(g_.targets()[arc_]), arc_}; }
    [[nodiscard]] bool equal(const EdgeIterator& other) const { return arc_ == other.arc_; }
    void increment() {
        ++arc_;
        settle();
    }
    void settle() {
        for (; arc_ < g_.targets().size(); ++arc_) {
            while (g_.offsets()[source_ + 1] <= arc_) {
                ++source_;
            }
            if (source_ < index_of(g_.targets()[arc_])) {
                return;
            }
        }
    }
    GraphView g_;
    std::size_t arc_ = 0;
    std::size_t source_ = 0;
};

/// Weight (strength) of a tie. Boost calls lengths weights: give shortest-path algorithms lengths of your
/// own.
class WeightMap {
public:
    using value_type = double;
    using reference = double;
    using key_type = EdgeRef;
    using category = boost::readable_property_map_tag;
    explicit WeightMap(GraphView g) : g_(g) {}
    friend double get(const WeightMap& map, const EdgeRef& e) { return map.g_.arc_weight(e.arc); }

private:
    GraphView g_;
};

struct TraversalTag : boost::vertex_list_graph_tag,
                      boost::incidence_graph_tag,
                      boost::adjacency_graph_tag,
                      boost::edge_list_graph_tag {};

struct Traits {
    using vertex_descriptor = std::size_t;
    using edge_descriptor = EdgeRef;
    using directed_category = boost::undirected_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    using traversal_category = TraversalTag;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    using vertex_iterator = VertexIterator;
    using out_edge_iterator = OutEdgeIterator;
    using adjacency_iterator = AdjacencyIterator;
    using edge_iterator = EdgeIterator;
    using in_edge_iterator = void;
    static vertex_descriptor null_vertex() { return static_cast<std::size_t>(-1); }
};

}  // namespace bgl

template <>
inline constexpr bool enable_graph<GraphView> = true;

[[nodiscard]] inline std::pair<bgl::VertexIterator, bgl::VertexIterator> vertices(const GraphView& g) {
    return {bgl::VertexIterator(0), bgl::VertexIterator(g.vertex_count())};
}
[[nodiscard]] inline std::size_t num_vertices(const GraphView& g) {
    return g.vertex_count();
}
[[nodiscard]] inline std::pair<bgl::EdgeIterator, bgl::EdgeIterator> edges(const GraphView& g) {
    return {bgl::EdgeIterator(g, 0), bgl::EdgeIterator(g, g.targets().size())};
}
[[nodiscard]] inline std::size_t num_edges(const GraphView& g) {
    return g.edge_count();
}
[[nodiscard]] inline std::pair<bgl::OutEdgeIterator, bgl::OutEdgeIterator> out_edges(std::size_t v,
                                                                                     const GraphView& g) {
    return {bgl::OutEdgeIterator(g, v, static_cast<std::size_t>(g.offsets()[v])),
            bgl::OutEdgeIterator(g, v, static_cast<std::size_t>(g.offsets()[v + 1]))};
}
[[nodiscard]] inline std::size_t out_degree(std::size_t v, const GraphView& g) {
    return g.degree(id_at<VertexId>(v));
}
[[nodiscard]] inline std::pair<bgl::AdjacencyIterator, bgl::AdjacencyIterator> adjacent_vertices(
    std::size_t v, const GraphView& g) {
    return {bgl::AdjacencyIterator(g, static_cast<std::size_t>(g.offsets()[v])),
            bgl::AdjacencyIterator(g, static_cast<std::size_t>(g.offsets()[v + 1]))};
}
[[nodiscard]] inline std::size_t source(const EdgeRef& e, const GraphView&) {
    return e.source;
}
[[nodiscard]] inline std::size_t target(const EdgeRef& e, const GraphView&) {
    return e.target;
}

[[nodiscard]] inline boost::identity_property_map get(boost::vertex_index_t, const GraphView&) {
    return {};
}
[[nodiscard]] inline bgl::WeightMap get(boost::edge_weight_t, const GraphView& g) {
    return bgl::WeightMap(g);
}

}  // namespace maillage

namespace boost {

template <>
struct graph_traits<maillage::GraphView> : maillage::bgl::Traits {};
template <>
struct graph_traits<const maillage::GraphView> : maillage::bgl::Traits {};

template <>
struct property_map<maillage::GraphView, vertex_index_t> {
    using type = identity_property_map;
    using const_type = identity_property_map;
};
template <>
struct property_map<maillage::GraphView, edge_weight_t> {
    using type = maillage::bgl::WeightMap;
    using const_type = maillage::bgl::WeightMap;
};

}  // namespace boost
