#include "algorithms/recommend/index_source.hpp"

namespace maillage {
namespace {

class Rows final : public ScoreRows {
public:
    Rows(const IndexModel& model, std::span<const PairIndex> which) : rows_(model, which), which_(which) {}

    void compute(std::span<const VertexId> actors) override { rows_.compute(actors); }
    [[nodiscard]] double value(std::size_t method, std::size_t lane, VertexId y) const override {
        return rows_.value(which_[method], lane, y);
    }
    void values(std::size_t method, std::size_t lane, std::span<const VertexId> partners,
                std::span<double> scores) const override {
        rows_.values(which_[method], lane, partners, scores);
    }

private:
    FastIndexRows rows_;
    std::span<const PairIndex> which_;
};

}  // namespace

IndexSource::IndexSource(GraphView graph, const IndexOptions& options, std::span<const PairIndex> which)
    : model_(graph, options), which_(which.begin(), which.end()) {
    for (std::size_t i = 0; which.empty() && i < pair_index_count; ++i) {
        which_.push_back(pair_index(i));
    }
    for (const PairIndex index : which_) {
        codes_.emplace_back(to_code(index));
    }
}

std::unique_ptr<ScoreRows> IndexSource::rows() const {
    return std::make_unique<Rows>(model_, which_);
}

}  // namespace maillage
