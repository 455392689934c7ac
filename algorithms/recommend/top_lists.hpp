#pragma once

#include "engine/graph_view.hpp"
#include "engine/parallel.hpp"

#include "algorithms/recommend/index_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// The best partners of every actor by one index or several, fast enough for millions of ties.
namespace maillage {

struct TopListsOptions {
    std::uint32_t top = 10;  ///< length of a list, >= 1
    /// Whose lists, in the order of the answer; empty: those of every vertex. A part of the vertices costs its
    /// part of the time, so a run can be cut.
    std::optional<std::span<const VertexId>> of;
};

struct ListedPartner {
    VertexId partner{};
    double score = 0.0;  ///< > 0

    friend bool operator==(const ListedPartner&, const ListedPartner&) = default;
};

/// Lists of one index: flat, because there may be a million.
class TopLists {
public:
    TopLists(PairIndex index, std::size_t lists, std::size_t top)
        : index_(index), top_(top), sizes_(lists, 0), entries_(lists * top) {}

    [[nodiscard]] PairIndex index() const noexcept { return index_; }
    /// Number of lists.
    [[nodiscard]] std::size_t size() const noexcept { return sizes_.size(); }
    /// The i-th list, the best first: of vertex i, or of the i-th asked for.
    [[nodiscard]] std::span<const ListedPartner> operator[](std::size_t i) const noexcept {
        return std::span(entries_).subspan(i * top_, sizes_[i]);
    }
    /// Writes the i-th list; at most `top` entries.
    void set(std::size_t i, std::span<const ListedPartner> list) noexcept {
        sizes_[i] = static_cast<std::uint32_t>(list.size());
        for (std::size_t k = 0; k < list.size(); ++k) {
            entries_[i * top_ + k] = list[k];
        }
    }

private:
    PairIndex index_;
    std::size_t top_;
    std::vector<std::uint32_t> sizes_;
    std::vector<ListedPartner> entries_;
};

/// True for an index of two or three steps, which top_lists() can list: all but preferential attachment and the
/// sums over ways of any length (local_path, katz, pagerank, pagerank_flow).
[[nodiscard]] bool can_be_listed(PairIndex index) noexcept;

/// The k vertices that are not tied to x and score highest with it, for every x.
///
/// Definition  The index as IndexRows has it. A list holds vertices with a score above 0 only, so it is shorter
///             than `top` where fewer are in reach, and empty for a vertex without ties. Order: score down by
///             compare_scores() (differences below 1e-12 aside), then id: total, and the same for any number of
///             threads, any cut of `of` and any order of the calculation inside.
/// Exactness   Scores are sums in double precision in the order of ids, those of local_index(),
///             resource_allocation(), adamic_adar() and l3_from() to the last bits (three steps: of the list's owner).
///             Indices of three steps are searched in single precision with a bound on its error; whatever
///             the bound leaves in doubt is computed again in double, so nothing is lost.
/// Cost        Two steps: O(sum of d^2) for all of these indices together, some 2 ns a step. Three steps: below
///             O(min(V E, sum over ties of d_u d_v)) for each index. Memory: O(V + E) and for each thread
///             O(V); lists: 16 bytes an entry. No table of pairs exists at any time.
/// Errors      OptionError (field "index", "top") for an index that cannot be listed, one named twice, or top = 0;
///             Error for a vertex of `of` that is not in the graph.
/// Source      See PairIndex. Blocks of sources in vector lanes: as in multi-source breadth-first search (M. Then
///             et al., "The more the merrier", VLDB 8(4), 449-460, 2014).
[[nodiscard]] std::vector<TopLists> top_lists(GraphView g, std::span<const PairIndex> indices,
                                              const TopListsOptions& options = {},
                                              const Execution& execution = {});

}  // namespace maillage
