#pragma once

#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

/// How long walks stay in their group, and what a new tie across would change: kept up to date tie by tie.
///
/// Definition  The bubble radius of an actor is E[min(t, first step at which a walk from it that draws among its ties
///             meets another group)]: f_0 = 0, f_s(u) = 1 + sum over its ties inside of f_{s-1}(v) / d_u, radius
///             f_t. 1: all ties go to others; t: walks never leave. Ties with an end of unknown group are left out.
///             An actor without a tie cannot walk: it is left out, or, with `isolates`, has the radius t.
///             An actor of several groups: a step is inside when its two ends share one.
/// A new tie   across adds a way out at both its ends: walks that come by may take it. The fall of the sum of all radii
///             from one more way out at a is exact: beta sum_j z_j (f_{t-j}(a) - 1), beta = 1 / (d_a + 1), with z_j
///             the walks at a at step j had the way out been there: z_j = y_j(a) - beta sum_{i<j} z_i c_{j-i}, y the
///             walks of now and c the chances to be back at a. Walks end where they leave, so the two ends of
///             a tie do not touch each other's walks unless actors of several groups join them.
/// Law         The fall shrinks as other ties are added (the sum of radii has no negative second difference), so a
///             value once computed bounds all later ones from above.
/// Cost        Construction O(t E); end_gain O(t/2 E) at most, near the end only; add O(t E) of the part of the graph
///             that hangs together inside groups. Memory O(t V).
/// Source      S. Haddadan, C. Menghini, M. Riondato, E. Upfal, "RePBubLik: reducing polarized bubble radius with link
///             insertions", WSDM 2021, for radius and problem; the exact effect is derived here.
class BubbleWalks {
public:
    /// steps >= 1 (t). Errors: Error when labels and graph differ in size.
    BubbleWalks(GraphView g, const GroupLabels& labels, std::uint32_t steps, bool isolates);

    /// Actors the figure is about.
    [[nodiscard]] std::size_t counted() const noexcept { return counted_; }
    [[nodiscard]] bool counts(VertexId v) const noexcept { return counts_[index_of(v)] != 0; }
    [[nodiscard]] double sum() const noexcept;
    /// Empty when counted() is 0.
    [[nodiscard]] std::optional<double> mean() const noexcept;
    /// Empty for an actor that is not counted.
    [[nodiscard]] std::optional<double> radius(VertexId v) const noexcept;
    /// Mean radius of the counted members of each group, in the order of the labels.
    [[nodiscard]] std::vector<std::optional<double>> by_group() const;

    /// What one worker needs for end_gain.
    struct Scratch {
        std::vector<std::vector<double>> at;          ///< step by step, where walks from the end are
        std::vector<std::vector<std::uint32_t>> met;  ///< step by step, places that are not 0
    };
    /// Fall of sum() from one more way out at a counted vertex.
    [[nodiscard]] double end_gain(VertexId a, Scratch& scratch) const;
    /// Never below end_gain; O(t).
    [[nodiscard]] double end_bound(VertexId a) const noexcept;
    /// Fall of sum() from a tie of two counted vertices that share no group; end_gain of both when they are apart.
    [[nodiscard]] double pair_gain(VertexId a, VertexId b, Scratch& scratch);
    /// True when walks inside groups lead from one to the other: gains then do not simply add up.
    [[nodiscard]] bool entangled(VertexId a, VertexId b) const noexcept {
        return part_of_[index_of(a)] == part_of_[index_of(b)];
    }
    /// How often the surroundings of a vertex have changed: a gain of an older version is a bound.
    [[nodiscard]] std::uint32_t version(VertexId a) const noexcept {
        return versions_[part_of_[index_of(a)]];
    }
    /// The tie is there from now on. Both ends are counted and share no group.
    void add(VertexId a, VertexId b);

private:
    void walk(std::uint32_t part);
    [[nodiscard]] double part_sum(std::uint32_t part) const noexcept;
    [[nodiscard]] double inside(std::size_t step, std::size_t v) const noexcept {
        return radius_[step * n_ + v];
    }

    const GroupLabels& labels_;
    std::size_t n_ = 0;
    std::uint32_t steps_ = 0;
    std::size_t counted_ = 0;
    std::vector<std::uint8_t> counts_;
    std::vector<double> degree_;          ///< ties to actors of known group
    std::vector<std::uint64_t> offsets_;  ///< of the ties inside
    std::vector<std::uint32_t> targets_;
    std::vector<std::uint32_t> part_of_;  ///< what hangs together by ties inside
    std::vector<std::uint64_t> part_offsets_;
    std::vector<std::uint32_t> part_members_;
    std::vector<std::uint32_t> versions_;  ///< per part
    std::vector<double> radius_;           ///< f_s(v) at [s n + v], s = 0 .. t
    std::vector<double> walks_;            ///< y_k(v) at [k n + v], k = 0 .. t - 1
};

}  // namespace maillage
