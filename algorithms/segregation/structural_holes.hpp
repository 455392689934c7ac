#pragma once

#include "engine/graph_view.hpp"

#include "algorithms/segregation/triangles.hpp"

#include <optional>
#include <vector>

namespace maillage {

/// How far the partners of each actor are tied among themselves. Both are empty (isolate) without a tie.
struct StructuralHoles {
    /// In (0, 9/8]: near 0 when partners know nobody in common, high when all ties lead back to one another.
    std::vector<std::optional<double>> constraint;
    /// In [1, degree]: partners, less what each repeats of the others.
    std::vector<std::optional<double>> effective_size;
};

/// Burt's constraint and effective size of every vertex.
///
/// Definition  p_ij = w_ij / s_i. Constraint: sum over partners j of (p_ij + sum over q of p_iq p_qj)^2.
///             Effective size: sum over partners j of (1 - sum over q of p_iq m_jq), m_jq = w_jq / max_k w_jk;
///             without weights d - 2 t / d, t the ties among the partners. Partners are neighbours only: a pair
///             without a tie is not a contact of weight 0.
/// weighted    false: every tie counts 1.
/// Way         s_i times the inner sum of a pair is sum_q w_iq w_qj / s_q, the same from both ends: it is gathered
///             tie by tie while the triangles are listed, once.
/// Cost        O(E sqrt(E)) time at most, O(V + E) memory. Errors: none.
/// Source      R. S. Burt, "Structural Holes: The Social Structure of Competition", Harvard University Press,
///             1992; S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20(1),
///             35-38, 1997.
[[nodiscard]] StructuralHoles structural_holes(GraphView g, bool weighted = false);
/// The same when the ties are ranked already.
[[nodiscard]] StructuralHoles structural_holes(const ForwardTies& ties, bool weighted = false);

}  // namespace maillage
