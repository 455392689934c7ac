#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"

#include "algorithms/segregation/indices.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Measures of segregation by a random walk that leaves a vertex by one of its ties, drawn by weight.
namespace maillage {

/// Bubble radius: how many steps, at most `steps`, a walk takes until it first meets another group.
///
/// Definition  f_0 = 0; f_s(u) = 1 + sum over the ties of u inside its group of f_{s-1} times their share of the
///             strength of u; the radius is f_steps. A vertex without any tie has `steps`: its caller leaves it out.
/// Shapes      inner: the ties inside groups; strength: of the whole graph, one entry per vertex.
/// Cost        O(steps x ties inside). Exact, no walk is drawn.
/// Source      S. Haddadan, C. Menghini, M. Riondato, E. Upfal, "RePBubLik: reducing polarized bubble radius with
///             link insertions", WSDM, 139-147, 2021.
[[nodiscard]] std::vector<double> bubble_radius(GraphView inner, std::span<const double> strength,
                                                std::uint32_t steps);

/// The same without a limit of steps. Empty entries: from there no other group can be met, or no tie.
/// Cost  conjugate gradients, some 10 to 1000 times O(ties inside).
[[nodiscard]] std::vector<std::optional<double>> steps_to_another_group(GraphView inner,
                                                                        std::span<const double> strength);

struct ControversyOptions {
    /// Vertices of highest degree on either side where walks end; 0: a tenth of the smaller side, within 1 .. 10.
    std::uint32_t elites = 0;
    double tolerance = 1e-12;  ///< relative residual of the linear system

    friend bool operator==(const ControversyOptions&, const ControversyOptions&) = default;
};

struct Controversy {
    /// P_XX P_YY - P_XY P_YX. 1: who ends on a side began there; 0: no way to tell; below 0: walks cross over.
    Measured walk;
    /// Dipole moment of the opinions 2 h - 1, h the chance to end on side X: (1 - difference of the sizes of both
    /// camps) times half the distance of their means.
    Measured dipole;
    std::uint32_t elites = 0;  ///< as used
};

/// Random-walk controversy of two sides, and the dipole moment of the same walks.
///
/// Definition  A walk starts at a vertex drawn evenly from a side (each side half the time; not at an elite, and
///             not where no elite can be reached) and ends at the first elite it meets. P_AB = P(began in A | ended
///             in B). Elites: the vertices of highest degree of a side, equal ones in vertex order.
/// Shapes      side: 1 for X, 0 for Y, one entry per vertex; strength as strengths(g).
/// Cost        one linear system by conjugate gradients, O(ties) an iteration. Exact, no walk is drawn.
/// Degenerate  Empty: no_edges; empty_group when a side has no vertex with ties; zero_denominator when a side has
///             nobody to start from but elites.
/// Source      K. Garimella, G. De Francisci Morales, A. Gionis, M. Mathioudakis, "Quantifying controversy on social
///             media", ACM Transactions on Social Computing 1(1), 3, 2018 (elites as in the paper: by degree);
///             A. J. Morales, J. Borondo, J. C. Losada, R. M. Benito, "Measuring political polarization: Twitter
///             shows the two sides of Venezuela", Chaos 25, 033114, 2015.
[[nodiscard]] Controversy controversy(GraphView g, std::span<const double> strength,
                                      std::span<const std::uint8_t> side,
                                      const ControversyOptions& options = {});

/// Random-walk controversy of many divisions of one graph: the walks to its `hubs` vertices of highest degree are solved
/// once, and each division is then a small dense system. The same values as controversy() has, without the dipole.
/// Shapes      g must outlive it. Cost: `hubs` linear systems to begin with, O(vertices x hubs) memory and time a call.
class ControversyOfDivisions {
public:
    ControversyOfDivisions(GraphView g, std::span<const double> strength, std::size_t hubs, double tolerance,
                           const Execution& execution = {});

    /// False when the hubs are not all connected: then nothing can be answered.
    [[nodiscard]] bool usable() const noexcept { return usable_; }
    /// Controversy of each of `groups` groups against all others; group_of: one per vertex. An entry is empty with an
    /// empty `why` when its elites are not all among the hubs: ask controversy() then.
    [[nodiscard]] std::vector<Measured> measure(std::span<const std::uint32_t> group_of, std::size_t groups,
                                                std::uint32_t elites) const;

private:
    GraphView g_;
    bool usable_ = false;
    std::vector<VertexId> hubs_;             ///< by degree, then vertex
    std::vector<std::uint32_t> hub_number_;  ///< per vertex; hubs_.size() when it is none
    std::vector<std::uint8_t> reached_;      ///< vertices that reach the hubs
    std::vector<float> hits_;                ///< vertices x hubs: chance to meet this hub first
    std::vector<double> reduced_;            ///< hubs x hubs: the Laplacian, all other vertices eliminated
};

}  // namespace maillage
