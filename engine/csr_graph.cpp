#include "engine/csr_graph.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace maillage {
namespace {

void check(std::size_t vertex_count, const Tie& tie) {
    if (index_of(tie.a) >= vertex_count || index_of(tie.b) >= vertex_count) {
        throw Error("tie " + std::to_string(index_of(tie.a)) + "-" + std::to_string(index_of(tie.b)) +
                    " leaves the " + std::to_string(vertex_count) + " vertices");
    }
    if (tie.a == tie.b) {
        throw Error("tie from vertex " + std::to_string(index_of(tie.a)) + " to itself");
    }
    if (!(tie.weight > 0.0) || !std::isfinite(tie.weight)) {
        throw Error("weight of tie " + std::to_string(index_of(tie.a)) + "-" +
                    std::to_string(index_of(tie.b)) + " is not positive and finite");
    }
}

struct Arc {
    VertexId target;
    std::uint32_t order;  ///< position in the list, so that parallel ties are summed in its order
    double weight;
};

}  // namespace

CsrGraph CsrGraph::from_ties(std::size_t vertex_count, std::span<const Tie> ties) {
    if (ties.size() > 0x7FFFFFFFU) {
        throw Error("more than 2 147 483 647 ties");
    }
    std::vector<std::uint64_t> begin(vertex_count + 1, 0);
    for (const Tie& tie : ties) {
        check(vertex_count, tie);
        ++begin[index_of(tie.a) + 1];
        ++begin[index_of(tie.b) + 1];
    }
    for (std::size_t v = 0; v < vertex_count; ++v) {
        begin[v + 1] += begin[v];
    }
    std::vector<Arc> arcs(static_cast<std::size_t>(begin[vertex_count]));
    std::vector<std::uint64_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t i = 0; i < ties.size(); ++i) {
        const auto order = static_cast<std::uint32_t>(i);
        arcs[static_cast<std::size_t>(next[index_of(ties[i].a)]++)] = {ties[i].b, order, ties[i].weight};
        arcs[static_cast<std::size_t>(next[index_of(ties[i].b)]++)] = {ties[i].a, order, ties[i].weight};
    }

    CsrGraph graph;
    graph.offsets_.assign(vertex_count + 1, 0);
    graph.targets_.reserve(arcs.size());
    graph.weights_.reserve(arcs.size());
    for (std::size_t v = 0; v < vertex_count; ++v) {
        const auto first = arcs.begin() + static_cast<std::ptrdiff_t>(begin[v]);
        const auto last = arcs.begin() + static_cast<std::ptrdiff_t>(begin[v + 1]);
        std::sort(first, last, [](const Arc& x, const Arc& y) {
            return x.target != y.target ? x.target < y.target : x.order < y.order;
        });
        for (auto arc = first; arc != last; ++arc) {
            if (arc != first && graph.targets_.back() == arc->target) {
                graph.weights_.back() += arc->weight;
            } else {
                graph.targets_.push_back(arc->target);
                graph.weights_.push_back(arc->weight);
            }
        }
        graph.offsets_[v + 1] = graph.targets_.size();
    }
    graph.targets_.shrink_to_fit();
    graph.weights_.shrink_to_fit();
    return graph;
}

CsrGraph CsrGraph::from_rows(std::span<const std::uint64_t> offsets, std::span<const VertexId> targets,
                             std::span<const double> weights, std::shared_ptr<const void> owner) {
    if (offsets.empty() || offsets.front() != 0 || offsets.back() != targets.size() ||
        !std::is_sorted(offsets.begin(), offsets.end()) || targets.size() % 2 != 0 ||
        (!weights.empty() && weights.size() != targets.size())) {
        throw Error("graph: rows do not fit");
    }
    const std::size_t n = offsets.size() - 1;
    bool right = true;
    for (std::size_t v = 0; v < n && right; ++v) {
        for (auto i = static_cast<std::size_t>(offsets[v]); i < offsets[v + 1]; ++i) {
            const bool ascends = i == offsets[v] || targets[i - 1] < targets[i];
            right = right && ascends && index_of(targets[i]) < n && index_of(targets[i]) != v;
        }
    }
    if (!right) {
        throw Error("graph: a partner is not there, out of order or the vertex itself");
    }
    for (const double w : weights) {
        right = right && w > 0.0 && w <= std::numeric_limits<double>::max();
    }
    if (!right) {
        throw Error("graph: a weight is not positive and finite");
    }
    CsrGraph graph;
    graph.owner_ = std::move(owner);
    graph.kept_elsewhere_ = GraphView(offsets, targets, weights);
    return graph;
}

CsrGraph induced_subgraph(GraphView g, std::span<const std::uint8_t> keep) {
    if (keep.size() != g.vertex_count()) {
        throw Error("induced_subgraph: " + std::to_string(keep.size()) + " marks for " +
                    std::to_string(g.vertex_count()) + " vertices");
    }
    std::vector<VertexId> renumbered(g.vertex_count(), none<VertexId>);
    std::size_t kept = 0;
    for (std::size_t v = 0; v < keep.size(); ++v) {
        if (keep[v] != 0) {
            renumbered[v] = id_at<VertexId>(kept++);
        }
    }
    std::vector<Tie> ties;
    for (const VertexId v : g.vertices()) {
        const auto row = g.neighbours(v);
        const auto row_weights = g.weights(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (v < row[i] && keep[index_of(v)] != 0 && keep[index_of(row[i])] != 0) {
                ties.push_back({renumbered[index_of(v)], renumbered[index_of(row[i])],
                                row_weights.empty() ? 1.0 : row_weights[i]});
            }
        }
    }
    return CsrGraph::from_ties(kept, ties);
}

}  // namespace maillage
