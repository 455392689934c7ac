#pragma once

#include "algorithms/recommend/index_rows.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <string>
#include <vector>

namespace maillage {

/// Scores are ranked by some 17 binary digits (see ScoreTally): more than six decimal ones would be computed in vain.
inline constexpr double ranking_tolerance = 1e-6;

/// The classical indices as scores to judge, in single precision: the references of an evaluation.
class IndexSource final : public ScoreSource {
public:
    /// Shapes  which: the indices wanted, in their order; empty: all of PairIndex.
    /// Errors  OptionError (see validate of IndexOptions).
    explicit IndexSource(GraphView graph, const IndexOptions& options = {.tolerance = ranking_tolerance},
                         std::span<const PairIndex> which = {});

    [[nodiscard]] std::size_t lanes() const noexcept override { return FastIndexRows::lanes; }
    [[nodiscard]] std::span<const std::string> methods() const noexcept override { return codes_; }
    [[nodiscard]] bool reference() const noexcept override { return true; }
    [[nodiscard]] std::unique_ptr<ScoreRows> rows() const override;

private:
    IndexModel model_;
    std::vector<PairIndex> which_;
    std::vector<std::string> codes_;
};

}  // namespace maillage
