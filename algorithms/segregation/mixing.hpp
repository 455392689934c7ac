#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Who is tied to whom, by group: the shared input of every index of segregation.
namespace maillage {

/// Ties between groups, as arcs: an undirected tie is counted from both its ends.
struct MixingMatrix {
    std::size_t groups = 0;
    /// groups x groups, row = group of the one end, column = of the other. Undirected: symmetric, and the
    /// diagonal holds twice the ties inside a group.
    std::vector<double> arcs;
    std::vector<double> sizes;    ///< actors in each group (one of two groups counts in both)
    double arcs_per_tie = 2.0;    ///< 1 for a directed matrix
    std::size_t actors = 0;       ///< N: actors with a group
    double internal = 0.0;        ///< I: ties whose ends share a group, in ties (or weight)
    double external = 0.0;        ///< E
    double internal_dyads = 0.0;  ///< W: pairs of actors that share a group (ordered pairs when directed)
    double external_dyads = 0.0;  ///< B
    std::size_t actors_without_group = 0;
    double ties_without_group = 0.0;  ///< ties with an end that has no group: left out of everything

    [[nodiscard]] double ties() const noexcept { return internal + external; }
    [[nodiscard]] double at(std::size_t g, std::size_t h) const noexcept { return arcs[g * groups + h]; }
    /// Ties between two groups, or inside one, as a reader expects them (each once).
    [[nodiscard]] double ties_between(std::size_t g, std::size_t h) const noexcept {
        return g == h ? at(g, g) / arcs_per_tie : at(g, h);
    }
};

/// The mixing matrix of a graph.
///
/// Definition  M_gh = number (or weight) of arcs from g to h. A tie of an actor with several groups is inside
/// when the two ends
///             share one (it is then spread evenly over the shared ones), else spread evenly over the pairs
///             of their groups.
/// Shapes      labels: one entry per vertex.
/// Cost        O(ties + groups^2).
/// Errors      Error when labels and graph differ in size.
[[nodiscard]] MixingMatrix mixing_matrix(GraphView g, const GroupLabels& labels, bool weighted);

/// The same for a directed list of arcs (from, to), loops left out; every actor has one group.
[[nodiscard]] MixingMatrix directed_mixing_matrix(std::span<const std::pair<VertexId, VertexId>> arcs,
                                                  const GroupLabels& labels);

/// How often two, three or four different actors drawn at random fall into different groups: everything the
/// label-permutation null needs. Exact, also for actors of several groups.
struct GroupChances {
    double p2 = 0.0;  ///< two actors share no group
    double p3 = 0.0;  ///< neither b nor c shares a group with a
    double p4 = 0.0;  ///< neither a, b nor c, d
};
/// Cost  O(actors + (distinct sets of groups)^2).
[[nodiscard]] GroupChances group_chances(const GroupLabels& labels);

}  // namespace maillage
