#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"
#include "engine/parallel.hpp"

#include "algorithms/segregation/indices.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace maillage {

/// Random-walk controversy, exact, and what a new tie would do to it: kept up to date tie by tie.
///
/// Definition  Walks start at an actor drawn in a side (each side with chance 1/2; not at an end point) and end at the
///             first end point met, the k best linked actors of each group (degree, then id). P_XY: the walk that ended
///             in Y started in X. RWC = P_XX P_YY - P_XY P_YX: 1 when walks end where they start, 0 when the end
///             tells nothing. More than two groups: each against the rest, and the mean over groups with a value.
///             Actors that reach no end point do not walk. Of several groups the first counts.
/// Way         The chain is solved, not simulated: h = L^-1 r on the actors that are no end points, L = D - A. A tie
///             changes L by a matrix of rank one, so its effect on every figure follows from the inverse in O(groups).
///             End points stay those of the beginning while ties are added.
/// Cost        Construction O(n^3) time and O(n^2) memory, n the actors that walk, at most `most_walkers`; effect
///             O(groups); add O(n^2).
/// Source      K. Garimella, G. De Francisci Morales, A. Gionis, M. Mathioudakis, "Quantifying controversy on social
///             media", ACM Transactions on Social Computing 1(1), 2018; J. Sherman, W. J. Morrison, Annals of
///             Mathematical Statistics 21, 124-127, 1950.
class ControversyWalks {
public:
    static constexpr std::size_t most_walkers = 4000;

    /// end_points >= 1 (k). Errors: Error when labels and graph differ in size; OptionError (objective) when more
    /// than most_walkers actors walk.
    ControversyWalks(GraphView g, const GroupLabels& labels, std::uint32_t end_points)
        : ControversyWalks(g, labels, end_points, g) {}
    /// End points are the best linked of another graph of the same vertices: the network before ties were added.
    ControversyWalks(GraphView g, const GroupLabels& labels, std::uint32_t end_points, GraphView ranked_by);
    ControversyWalks(const ControversyWalks&) = delete;
    ControversyWalks& operator=(const ControversyWalks&) = delete;
    ~ControversyWalks();

    /// Mean over the groups. Empty: single_group; zero_denominator when no group has a value.
    [[nodiscard]] Measured value() const;
    /// In the order of the labels. Empty: zero_denominator when nobody starts on one of the sides, or walks never
    /// end on one.
    [[nodiscard]] const std::vector<Measured>& by_group() const;
    /// True when the actor walks or is an end point that walks meet: a tie between two of them has an effect that is
    /// known.
    [[nodiscard]] bool takes_part(VertexId v) const noexcept;
    [[nodiscard]] bool end_point(VertexId v) const noexcept;
    /// Fall of value() from a tie between two that take part; may be below 0.
    [[nodiscard]] double gain(VertexId a, VertexId b) const;
    /// The tie is there from now on.
    void add(VertexId a, VertexId b);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maillage
