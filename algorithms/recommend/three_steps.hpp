#pragma once

#include "algorithms/recommend/degree_order.hpp"
#include "algorithms/recommend/top_lists.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

/// The part of top_lists() for indices of three steps x-u-v-y.
///
/// Sources go in blocks of 16 (in double precision 8), one to a vector lane. What reaches v in two steps is pushed
/// from each source alone. The third step is of two kinds: from the best linked v, which nearly every source reaches,
/// each y collects for all sources of the block in one vector addition; from the others, reached by few, each source
/// pushes alone. Where the cut between the two lies is chosen by what they cost. All this is in single precision; what
/// may belong into a list, for all that its rounding can hide, is then computed in double.
namespace maillage {

class ThreeStepModel {
public:
    /// order: with weights when the index is weighted; it must live as long.
    ThreeStepModel(GraphView g, const DegreeOrder& order, PairIndex index);

    [[nodiscard]] static bool takes(PairIndex index) noexcept;
    /// Sources searched together.
    [[nodiscard]] std::size_t block() const noexcept { return single_ ? 16 : 8; }

private:
    template <class Real>
    friend class ThreeStepSearch;
    void choose_precision();
    void choose_collected();

    GraphView graph_;
    const DegreeOrder& order_;
    bool weighted_;
    double exponent_;                    ///< of the size of a go-between
    std::vector<double> factor_;         ///< 1 / size of it to that exponent, by VertexId
    std::vector<double> search_factor_;  ///< by number, of weights divided by the greatest
    std::vector<float> narrow_weights_;  ///< so divided, by arc; when weighted and in single precision
    std::vector<double> wide_weights_;   ///< likewise, when not
    bool single_ = true;
    double unit_ = 1.0;                ///< of the scores of the search
    std::uint32_t collected_ = 0;      ///< y collects from vertices of smaller number
    std::vector<std::uint32_t> ends_;  ///< by number: how many partners y collects from
};

/// One block of sources after the other; one for each worker.
class BlockSearch {
public:
    BlockSearch() = default;
    BlockSearch(const BlockSearch&) = delete;
    BlockSearch& operator=(const BlockSearch&) = delete;
    virtual ~BlockSearch() = default;
    /// Writes the lists places[0], … of sources[0], …; at most block() of them.
    virtual void search(std::span<const VertexId> sources, std::span<const std::size_t> places,
                        TopLists& lists) = 0;
};
[[nodiscard]] std::unique_ptr<BlockSearch> make_search(const ThreeStepModel& model, std::size_t top);

}  // namespace maillage
