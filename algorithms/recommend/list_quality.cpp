#include "algorithms/recommend/list_quality.hpp"

#include "algorithms/recommend/ranking_metrics.hpp"

#include <algorithm>
#include <functional>

namespace maillage {

/// Only the head is sorted: the scores above the last that can be in the longest list. That score is a group of its
/// own. Of those below, the best relevant one is all that matters: one group above it, its own, and one for the rest.
void ListJudge::judge(std::span<const std::uint32_t> codes, std::span<const std::uint8_t> relevant,
                      std::span<const std::uint32_t> tops, std::span<double> figures) {
    order_.assign(codes.begin(), codes.end());
    const std::size_t last = std::min<std::size_t>(tops.back(), order_.size()) - 1;
    std::nth_element(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(last), order_.end(),
                     std::greater<>());
    const std::uint32_t floor = order_[last];
    std::size_t all = 0;
    std::uint32_t best = 0;  // of the relevant below the floor
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (relevant[i] != 0) {
            best = codes[i] < floor ? std::max(best, codes[i]) : best;
            ++all;
        }
    }
    scores_.clear();
    gains_.clear();
    TieGroup at_floor, above, beside, rest;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const double gain = relevant[i] != 0 ? 1.0 : 0.0;
        if (codes[i] > floor) {
            scores_.push_back(static_cast<double>(codes[i]));
            gains_.push_back(gain);
            continue;
        }
        TieGroup& group = codes[i] == floor  ? at_floor
                          : codes[i] > best  ? above
                          : codes[i] == best ? beside
                                             : rest;
        ++group.items;
        group.relevant += relevant[i] != 0 ? 1U : 0U;
        group.gain += gain;
    }
    std::vector<TieGroup> ranking = tie_groups(scores_, gains_);
    for (const TieGroup& group : {at_floor, above, beside, rest}) {
        if (group.items > 0) {
            ranking.push_back(group);
        }
    }
    ones_.assign(all, 1.0);
    std::size_t next = 0;
    for (const std::uint32_t k : tops) {
        figures[next++] = *precision_at(ranking, k);
        figures[next++] = *recall_at(ranking, k);
        figures[next++] = *hit_at(ranking, k);
        figures[next++] = *ndcg_at(ranking, ones_, k);
    }
    figures[next] = *reciprocal_rank(ranking);
}

}  // namespace maillage
