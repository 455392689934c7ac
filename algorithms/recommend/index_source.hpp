#pragma once

#include "algorithms/recommend/index_rows.hpp"
#include "algorithms/recommend/score_source.hpp"

#include <string>
#include <vector>

namespace maillage {

/// The classical indices as scores to judge: the references of an evaluation.
class IndexSource final : public ScoreSource {
public:
    /// Shapes  which: the indices wanted, in their order; empty: all of PairIndex.
    /// Errors  OptionError (see validate of IndexOptions).
    explicit IndexSource(GraphView graph, const IndexOptions& options = {},
                         std::span<const PairIndex> which = {});

    [[nodiscard]] std::size_t lanes() const noexcept override { return IndexRows::lanes; }
    [[nodiscard]] std::span<const std::string> methods() const noexcept override { return codes_; }
    [[nodiscard]] bool reference() const noexcept override { return true; }
    [[nodiscard]] std::unique_ptr<ScoreRows> rows() const override;

private:
    IndexModel model_;
    std::vector<PairIndex> which_;
    std::vector<std::string> codes_;
};

}  // namespace maillage
