#pragma once

#include "engine/graph_view.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// How close two actors stand in the network, read from their surroundings alone.
namespace maillage {

/// How the weights of ties enter an index. Named, because the literature has several and they differ.
enum class PathWeight : std::uint8_t {
    unweighted,  ///< every tie counts 1, a vertex its degree d
    sum,         ///< a common partner z counts w_xz + w_yz, a vertex its strength s (Lü and Zhou 2010)
    product      ///< a way counts the product of its ties: w_xz w_zy / s_z; unweighted when all ties are 1
};

/// Γ(v): the neighbours of v; d(v) their number; z runs over Γ(x) ∩ Γ(y).
enum class LocalIndex : std::uint8_t {
    common_neighbours,        ///< |Γx ∩ Γy|
    jaccard,                  ///< common / |Γx ∪ Γy|
    salton,                   ///< common / sqrt(dx dy)
    sorensen,                 ///< 2 common / (dx + dy)
    hub_promoted,             ///< common / min(dx, dy)
    hub_depressed,            ///< common / max(dx, dy)
    leicht_holme_newman,      ///< common / (dx dy)
    preferential_attachment,  ///< dx dy
    adamic_adar,              ///< sum of 1 / ln d(z)
    resource_allocation       ///< sum of 1 / d(z)
};
inline constexpr std::array all_local_indices = {LocalIndex::common_neighbours,
                                                 LocalIndex::jaccard,
                                                 LocalIndex::salton,
                                                 LocalIndex::sorensen,
                                                 LocalIndex::hub_promoted,
                                                 LocalIndex::hub_depressed,
                                                 LocalIndex::leicht_holme_newman,
                                                 LocalIndex::preferential_attachment,
                                                 LocalIndex::adamic_adar,
                                                 LocalIndex::resource_allocation};
/// "common_neighbours", …
[[nodiscard]] std::string_view to_code(LocalIndex index) noexcept;

/// The index of a pair, ties unweighted.
///
/// Conventions A quotient without a denominator (a vertex without partners) is 0: nothing is shared. A loop,
///             which a GraphView never has, would count in no degree and make no common partner. The tie
///             between x and y itself, if there is one, counts in their degrees and nowhere else.
/// Degenerate  x = y is not a pair; the caller does not ask.
/// Cost        O(dx + dy).
/// Source      L. Lü, T. Zhou, "Link prediction in complex networks: a survey", Physica A 390, 1150-1170,
///             2011. Resource allocation: T. Zhou, L. Lü, Y.-C. Zhang, "Predicting missing links via local
///             information", European Physical Journal B 71, 623-630, 2009.
[[nodiscard]] double local_index(GraphView g, LocalIndex index, VertexId x, VertexId y);

/// Resource allocation and Adamic-Adar with weights.
///
/// Definition  sum: RA = sum (w_xz + w_yz) / s_z, AA = sum (w_xz + w_yz) / ln(1 + s_z). product:
///             RA = sum w_xz w_zy / s_z, what a walk of two steps carries; AA likewise over ln(1 + s_z).
/// Cost        O(dx + dy) and the degrees of the common partners. Exactly symmetric in x and y.
/// Source      L. Lü, T. Zhou, "Link prediction in weighted networks: the role of weak ties", EPL 89, 18001,
///             2010, for sum. The product is the form in two steps of the L3 walk below.
[[nodiscard]] double resource_allocation(GraphView g, VertexId x, VertexId y, PathWeight weight);
[[nodiscard]] double adamic_adar(GraphView g, VertexId x, VertexId y, PathWeight weight);

/// Ways of three ties, each go-between u, v weakened by how many it serves.
///
/// Definition  L3(x, y) = sum over paths x-u-v-y of w_xu w_uv w_vy / sqrt(s_u s_v) (product), or of
///             1 / sqrt(d_u d_v) (unweighted). The four are distinct: a tie x-y adds nothing, so that a
///             pair is judged as if it were not tied yet. `sum` has no meaning here and counts as product.
/// Cost        O(V + sum of the degrees of Γ(x)). Symmetric to rounding; call it with x < y for equal bits.
/// Source      I. Kovács et al., "Network-based prediction of protein interactions", Nature
///             Communications 10, 1240, 2019 (unweighted paths, k the degree); the weighted path is ours.
[[nodiscard]] double l3(GraphView g, VertexId x, VertexId y, PathWeight weight = PathWeight::unweighted);

/// One source against all: the value for every vertex but x, x itself 0.
/// Cost  O(V + sum of the degrees within one step of x); for l3 within two steps.
[[nodiscard]] std::vector<double> local_index_from(GraphView g, LocalIndex index, VertexId x);
/// For vertices adjacent to x the value counts paths alone, like l3.
[[nodiscard]] std::vector<double> l3_from(GraphView g, VertexId x,
                                          PathWeight weight = PathWeight::unweighted);

}  // namespace maillage
