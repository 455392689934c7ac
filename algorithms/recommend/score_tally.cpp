#include "algorithms/recommend/score_tally.hpp"

namespace maillage {

void ScoreTally::open(std::size_t page) {
    if (page >= pages_.size()) {
        pages_.resize(page + 1);
    }
    pages_[page] = std::make_unique<Page>();
    pages_[page]->fill(0);
}

std::uint64_t ScoreTally::total() const {
    std::uint64_t sum = 0;
    for (const auto& page : pages_) {
        for (std::size_t i = 0; page && i < page_size; ++i) {
            sum += (*page)[i];
        }
    }
    for (const auto& [code, times] : wrapped_) {
        sum += times << 32U;
    }
    return sum;
}

}  // namespace maillage
