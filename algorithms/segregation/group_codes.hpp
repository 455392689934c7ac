#pragma once

#include "engine/csr_graph.hpp"
#include "engine/graph_view.hpp"
#include "engine/labels.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// What the measures beyond the mixing matrix share: who is of one silo with whom, and the ties inside silos.
namespace maillage {

/// The distinct sets of groups that vertices have. A vertex is known by the code of its set, so that dealing the
/// groups out anew is a shuffle of codes. With one group an actor, codes are groups.
class GroupCodes {
public:
    static constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();

    /// A vertex without a group has the code `unknown`, which no other function takes.
    explicit GroupCodes(const GroupLabels& labels);

    [[nodiscard]] std::span<const std::uint32_t> of_vertices() const noexcept { return of_; }
    [[nodiscard]] std::size_t group_count() const noexcept { return group_count_; }
    [[nodiscard]] std::size_t code_count() const noexcept { return sets_.size(); }
    [[nodiscard]] bool multi_valued() const noexcept { return multi_valued_; }
    /// Groups of a code, ascending.
    [[nodiscard]] std::span<const GroupId> groups(std::uint32_t code) const noexcept { return sets_[code]; }
    /// True when the two sets have a group in common.
    [[nodiscard]] bool together(std::uint32_t a, std::uint32_t b) const noexcept {
        if (!multi_valued_ || a == b) {
            return a == b;
        }
        return table_.empty() ? share_a_group(sets_[a], sets_[b]) : table_[a * sets_.size() + b] != 0;
    }

private:
    std::vector<std::uint32_t> of_;
    std::vector<std::vector<GroupId>> sets_;
    std::vector<std::uint8_t> table_;  ///< codes x codes; empty when there are too many
    std::size_t group_count_ = 0;
    bool multi_valued_ = false;
};

/// A graph in arrays that are filled again and again without asking for memory.
struct TieArrays {
    std::vector<std::uint64_t> offsets;
    std::vector<VertexId> targets;
    std::vector<double> weights;  ///< empty: every tie weighs 1

    [[nodiscard]] GraphView view() const noexcept { return {offsets, targets, weights}; }
};

/// The ties of g whose ends are of one silo, by the codes given.
/// Cost  O(ties).
void fill_inner_ties(GraphView g, const GroupCodes& codes, std::span<const std::uint32_t> code_of,
                     TieArrays& inner);

/// Strength of every vertex (its degree in a graph without weights).
[[nodiscard]] std::vector<double> strengths(GraphView g);

/// Connected components of a graph, numbered by their first vertex; members ascending.
struct Components {
    std::vector<std::uint32_t> of;
    std::vector<std::uint32_t> offsets;
    std::vector<VertexId> members;

    [[nodiscard]] std::size_t count() const noexcept { return offsets.empty() ? 0 : offsets.size() - 1; }
    [[nodiscard]] std::span<const VertexId> operator[](std::size_t c) const noexcept {
        return std::span(members).subspan(offsets[c], offsets[c + 1] - offsets[c]);
    }
};
/// Cost  O(vertices + ties); arrays of `components` are used again.
void fill_components(GraphView g, Components& components);

}  // namespace maillage
