#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace maillage {

/// True when two scores count as equal: they differ by less than 1e-12 * max(1, |a|). Sums that differ
/// in their last bits must not decide an order.
[[nodiscard]] inline bool same_score(double a, double b) noexcept {
    return std::abs(a - b) < 1e-12 * std::max(1.0, std::abs(a));
}

/// Rounds a score to 12 significant decimals after the point, so that comparing the results is a
/// strict weak order which ignores the noise that same_score ignores. Used as the sort key.
[[nodiscard]] inline double score_key(double score) noexcept {
    return std::round(score * 1e12);
}

/// Order of two scores by their keys, positive when a is higher: what most pairs settle without rounding.
[[nodiscard]] inline int compare_scores(double a, double b) noexcept {
    const double apart = a - b;
    if (apart > 1e-11 || apart < -1e-11) {
        return apart > 0.0 ? 1 : -1;
    }
    const double ka = score_key(a);
    const double kb = score_key(b);
    return ka > kb ? 1 : ka < kb ? -1 : 0;
}

/// A score as it is written: rounded to what score_key compares, so that the order of a list and the numbers
/// in it agree.
[[nodiscard]] inline double written_score(double score) noexcept {
    return score_key(score) / 1e12;
}

/// Keeps the k best of a stream under a strict total order: `before(x, y)` means x ranks ahead of y.
/// Cost  O(log k) an offer, O(k) memory.
template <class T, class Before>
class TopK {
public:
    explicit TopK(std::size_t k, Before before = Before{}) : k_(k), before_(std::move(before)) {}
    void offer(T item) {
        if (k_ == 0) {
            return;
        }
        if (items_.size() < k_) {
            items_.push_back(std::move(item));
            std::push_heap(items_.begin(), items_.end(), before_);
        } else if (before_(item, items_.front())) {
            std::pop_heap(items_.begin(), items_.end(), before_);
            items_.back() = std::move(item);
            std::push_heap(items_.begin(), items_.end(), before_);
        }
    }
    [[nodiscard]] bool full() const noexcept { return items_.size() == k_; }
    /// The worst item kept; only when not empty.
    [[nodiscard]] const T& worst() const noexcept { return items_.front(); }
    /// Best first; leaves the selection empty.
    [[nodiscard]] std::vector<T> take() {
        std::sort_heap(items_.begin(), items_.end(), before_);
        return std::exchange(items_, {});
    }

private:
    std::size_t k_;
    Before before_;
    std::vector<T> items_;
};

}  // namespace maillage
