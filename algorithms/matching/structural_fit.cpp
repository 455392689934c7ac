#include "algorithms/matching/structural_fit.hpp"

#include <algorithm>
#include <vector>

namespace maillage {
namespace {

std::optional<double> share(double part, double whole) {
    return whole > 0.0 ? std::optional(part / whole) : std::nullopt;
}

std::vector<VertexId> neighbours_but(GraphView g, VertexId v, VertexId out) {
    std::vector<VertexId> list;
    for (const VertexId u : g.neighbours(v)) {
        if (u != out) {
            list.push_back(u);
        }
    }
    return list;
}

bool holds(const std::vector<VertexId>& list, VertexId v) {
    return std::binary_search(list.begin(), list.end(), v);
}

}  // namespace

StructuralCounts structural_counts(GraphView g, VertexId a, VertexId b) {
    const std::vector<VertexId> of_a = neighbours_but(g, a, b);
    const std::vector<VertexId> of_b = neighbours_but(g, b, a);
    StructuralCounts counts;
    counts.triples_w = static_cast<double>(of_a.size());
    counts.triples_h = static_cast<double>(of_b.size());
    for (const VertexId k : of_b) {
        const bool common = holds(of_a, k);
        counts.triangles += common ? 1.0 : 0.0;
        // the ways a - b - k - l, l neither b nor a
        counts.ways_h += static_cast<double>(g.degree(k) - 1) - (common ? 1.0 : 0.0);
        if (common) {
            continue;  // a - k would be a diagonal
        }
        for (const VertexId l : g.neighbours(k)) {
            if (l != b && holds(of_a, l) && !holds(of_b, l)) {
                counts.quadrangles += 1.0;
            }
        }
    }
    counts.ways_w = counts.triples_w * counts.triples_h - counts.triangles;
    return counts;
}

StructuralCounts structural_counts(GraphView g, VertexId v) {
    StructuralCounts sum;
    for (const VertexId u : g.neighbours(v)) {
        const StructuralCounts tie = structural_counts(g, v, u);
        sum.triangles += tie.triangles / 2.0;  // each lies on two ties of v
        sum.quadrangles += tie.quadrangles / 2.0;
        sum.triples_w += tie.triples_w;
        sum.triples_h += tie.triples_h;
        sum.ways_w += tie.ways_w;
        sum.ways_h += tie.ways_h;
    }
    return sum;
}

StructuralFit structural_fit(GraphView g, VertexId v) {
    const StructuralCounts c = structural_counts(g, v);
    return {share(4.0 * c.triangles, c.triples_w + c.triples_h),
            share(4.0 * c.quadrangles, c.ways_w + c.ways_h)};
}

StructuralFit structural_fit(GraphView g, VertexId a, VertexId b) {
    const StructuralCounts c = structural_counts(g, a, b);
    return {share(2.0 * c.triangles, c.triples_w + c.triples_h),
            share(2.0 * c.quadrangles, c.ways_w + c.ways_h)};
}

StructuralFit structural_fit(GraphView g) {
    StructuralCounts sum;
    for (const VertexId v : g.vertices()) {
        const StructuralCounts c = structural_counts(g, v);
        sum.triangles += c.triangles;
        sum.triples_w += c.triples_w;
        sum.quadrangles += c.quadrangles;
        sum.ways_w += c.ways_w;
    }
    return {share(2.0 * sum.triangles, sum.triples_w), share(2.0 * sum.quadrangles, sum.ways_w)};
}

}  // namespace maillage
