#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Where the new ties of one actor stand in its list (internal to the evaluation).
namespace maillage {

/// Figures of one list: for each k precision, recall, hit and NDCG, then the reciprocal rank.
[[nodiscard]] constexpr std::size_t list_figures(std::size_t tops) noexcept {
    return 4 * tops + 1;
}

/// Keeps its memory from list to list.
class ListJudge {
public:
    /// Shapes  tops: rising, each >= 1; one code (score_code) and one flag for each candidate, at least one of
    ///         them relevant; figures: list_figures(tops.size()).
    /// Cost    O(candidates + the longest list's log).
    void judge(std::span<const std::uint32_t> codes, std::span<const std::uint8_t> relevant,
               std::span<const std::uint32_t> tops, std::span<double> figures);

private:
    std::vector<std::uint32_t> order_;
    std::vector<double> scores_, gains_, ones_;
};

}  // namespace maillage
