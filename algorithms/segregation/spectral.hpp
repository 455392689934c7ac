#pragma once

#include "engine/graph_view.hpp"

#include "algorithms/segregation/group_codes.hpp"

#include <span>
#include <vector>

namespace maillage {

struct SpectralOptions {
    /// A component's eigenvalue is taken when the residual of its vector is below this.
    double tolerance = 1e-11;
    bool vectors = true;  ///< false: eigenvalues only, `of` stays empty
    /// Most steps of the only cycle when there are no vectors; with fewer, large components come out a little too low.
    std::size_t steps = 40;

    friend bool operator==(const SpectralOptions&, const SpectralOptions&) = default;
};

struct SpectralSegregation {
    /// Of each vertex: eigenvalue of its component times its own share of the eigenvector over the mean share.
    /// 0: none of its ties is inside; above 1: the actors it is tied to inside are themselves closed.
    std::vector<double> of;
    std::vector<double> eigenvalue;  ///< of the component of each vertex; also the component's mean of `of`
};

/// Echenique and Fryer's spectral segregation index of every vertex of the ties inside silos.
///
/// Definition  B = the ties inside, each divided by the strength of its end in the whole graph. For a connected
///             component C of B: lambda the largest eigenvalue, x its positive right eigenvector;
///             SSI_i = lambda x_i / mean of x over C. A component of one vertex has lambda = 0.
/// Shapes      strength: of the whole graph, one entry per vertex, above 0 where a vertex has ties.
/// Law         the mean of SSI over a component is its eigenvalue.
/// Method      Lanczos on D^-1/2 A D^-1/2, started again from its best vector every 40 steps.
/// Cost        O(ties inside) a step, some 20 to 200 steps.
/// Source      F. Echenique, R. G. Fryer, "A measure of segregation based on social interactions", Quarterly
///             Journal of Economics 122(2), 441-485, 2007.
[[nodiscard]] SpectralSegregation spectral_segregation(GraphView inner, std::span<const double> strength,
                                                       const SpectralOptions& options = {});

}  // namespace maillage
