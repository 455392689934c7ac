#pragma once

#include "engine/top_k.hpp"

#include "algorithms/recommend/top_lists.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace maillage {

/// Score down, then id: the total order of a list.
[[nodiscard]] inline bool ranks_before(const ListedPartner& a, const ListedPartner& b) noexcept {
    const int order = compare_scores(a.score, b.score);
    return order != 0 ? order > 0 : a.partner < b.partner;
}

/// The k first of a stream by ranks_before(), kept in order; tells from which score on a further one matters, so that
/// the caller refuses most by one comparison.
/// Cost  O(k) for each that enters: about k (1 + ln(n / k)) of n in random order. O(k) memory.
class Shortlist {
public:
    explicit Shortlist(std::size_t k) : items_(k) {}

    /// Nothing below it is listed any more.
    [[nodiscard]] double floor() const noexcept { return floor_; }
    /// False: not listed. True: offer it, it may be.
    [[nodiscard]] bool may_enter(VertexId partner, double score) const noexcept {
        return score > last_.score || (score >= floor_ && partner < last_.partner);
    }
    void offer(VertexId partner, double score) noexcept {
        const ListedPartner item{partner, score};
        if (size_ == items_.size()) {
            if (!ranks_before(item, last_)) {
                return;
            }
            --size_;
        }
        std::size_t at = size_++;
        for (; at > 0 && ranks_before(item, items_[at - 1]); --at) {
            items_[at] = items_[at - 1];
        }
        items_[at] = item;
        if (size_ == items_.size()) {
            last_ = items_.back();
            // scores that compare_scores() calls equal are within 1e-11
            floor_ = std::max(smallest, last_.score - 1e-11);
        }
    }
    /// The list, the best first; good until the next offer. Begins anew.
    [[nodiscard]] std::span<const ListedPartner> finish() noexcept {
        const std::span<const ListedPartner> list(items_.data(), size_);
        size_ = 0;
        last_ = {none<VertexId>, 0.0};
        floor_ = smallest;
        return list;
    }

private:
    static constexpr double smallest = std::numeric_limits<double>::denorm_min();

    std::vector<ListedPartner> items_;
    std::size_t size_ = 0;
    ListedPartner last_{none<VertexId>, 0.0};
    double floor_ = smallest;
};

/// Who may be among the k best when scores are known to a bound only.
/// Cost  As Shortlist.
template <class Real>
class Contenders {
public:
    struct Item {
        Real score;
        std::uint32_t number;
    };

    explicit Contenders(std::size_t k) : best_(k) {}

    /// keep, apart: a score s is off by s (1 - keep) / 2 + apart / 2 at most. smallest: none below it counts.
    void begin(Real keep, Real apart, Real smallest) {
        items_.clear();
        std::fill(best_.begin(), best_.end(), Real{0});
        prune_at_ = 4 * best_.size() + 64;
        keep_ = keep;
        apart_ = apart;
        least_ = smallest;
    }
    /// Nothing below it can be among the k best.
    [[nodiscard]] Real least() const noexcept { return least_; }
    void offer(Real score, std::uint32_t number) {
        items_.push_back({score, number});
        if (score > best_.back()) {
            std::size_t at = best_.size() - 1;
            for (; at > 0 && score > best_[at - 1]; --at) {
                best_[at] = best_[at - 1];
            }
            best_[at] = score;
            least_ = std::max(least_, best_.back() * keep_ - apart_);
        }
        if (items_.size() == prune_at_) {
            prune();
            prune_at_ = std::max(prune_at_, 2 * items_.size());
        }
    }
    [[nodiscard]] const std::vector<Item>& finish() {
        prune();
        return items_;
    }

private:
    void prune() {
        std::erase_if(items_, [this](const Item& item) { return item.score < least_; });
    }

    std::size_t prune_at_ = 0;
    Real keep_ = 1, apart_ = 0, least_ = 0;
    std::vector<Real> best_;
    std::vector<Item> items_;
};

}  // namespace maillage
