#pragma once

#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

/// How often each score was given: rankings of any number of pairs in memory that does not grow with it.
namespace maillage {

namespace score_code_detail {
inline constexpr unsigned dropped_bits = 7;
inline constexpr std::uint32_t sign_bit = 0x80000000U;
inline constexpr std::uint32_t half = 1U << (dropped_bits - 1U);
inline constexpr std::uint32_t low = (1U << dropped_bits) - 1U;
inline constexpr float least = 1e-37F;
}  // namespace score_code_detail

/// What scores are compared by: their first 17 binary digits, rounded, in the order of the scores whatever their
/// sign. So sums taken in another order do not tell equal scores apart. A score nearer to 0 than 1e-37 is 0.
/// Errors  Error when it is not a number.
[[nodiscard]] inline std::uint32_t score_code(double score) {
    namespace d = score_code_detail;
    const auto single = static_cast<float>(score);
    if (std::isnan(single)) {
        throw Error("evaluation: a score is not a number");
    }
    // Bits of a float are in the order of its size; those of negative ones are turned round.
    const auto bits = std::abs(single) >= d::least ? std::bit_cast<std::uint32_t>(single) : 0U;
    const std::uint32_t size = ((bits & ~d::sign_bit) + d::half) >> d::dropped_bits;
    constexpr std::uint32_t zero = d::sign_bit >> d::dropped_bits;
    return (bits & d::sign_bit) != 0 ? zero - size : zero + size;
}
/// The score that a code stands for.
[[nodiscard]] inline double score_of(std::uint32_t code) noexcept {
    namespace d = score_code_detail;
    constexpr std::uint32_t zero = d::sign_bit >> d::dropped_bits;
    const std::uint32_t size = (code >= zero ? code - zero : zero - code) << d::dropped_bits;
    const auto positive = static_cast<double>(std::bit_cast<float>(size));
    return code >= zero ? positive : -positive;
}
inline constexpr std::uint32_t zero_score = score_code_detail::sign_bit >> score_code_detail::dropped_bits;

/// Counts by code. O(range of the codes that occur) memory, 16 KiB for each 4,096.
class ScoreTally {
public:
    void add(std::uint32_t code, std::uint32_t count = 1) {
        const std::size_t p = code / page_size;
        if (p >= pages_.size() || !pages_[p]) {
            open(p);
        }
        std::uint32_t& there = (*pages_[p])[code % page_size];
        there += count;
        if (there < count) {
            ++wrapped_[code];
        }
    }
    [[nodiscard]] std::uint64_t total() const;

    /// Calls visit(code, counts) for every code that occurs in one of the tallies, the highest first; counts:
    /// one for each of them.
    template <std::size_t n, class Visit>
    static void descend(const std::array<ScoreTally, n>& tallies, Visit visit) {
        std::size_t pages = 0;
        for (const ScoreTally& tally : tallies) {
            pages = std::max(pages, tally.pages_.size());
        }
        std::array<std::uint64_t, n> counts{};
        for (std::size_t p = pages; p-- > 0;) {
            std::array<const Page*, n> page{};
            bool any = false;
            for (std::size_t t = 0; t < n; ++t) {
                page[t] = p < tallies[t].pages_.size() ? tallies[t].pages_[p].get() : nullptr;
                any = any || page[t] != nullptr;
            }
            for (std::size_t i = page_size; any && i-- > 0;) {
                std::uint64_t all = 0;
                const auto code = static_cast<std::uint32_t>(p * page_size + i);
                for (std::size_t t = 0; t < n; ++t) {
                    counts[t] = page[t] != nullptr ? tallies[t].count(*page[t], code) : 0;
                    all += counts[t];
                }
                if (all > 0) {
                    visit(code, std::as_const(counts));
                }
            }
        }
    }

    /// The same for one tally: visit(code, count).
    template <class Visit>
    void descend(Visit visit) const {
        for (std::size_t p = pages_.size(); p-- > 0;) {
            for (std::size_t i = page_size; pages_[p] && i-- > 0;) {
                const auto code = static_cast<std::uint32_t>(p * page_size + i);
                if (const std::uint64_t here = count(*pages_[p], code); here > 0) {
                    visit(code, here);
                }
            }
        }
    }

private:
    static constexpr std::size_t page_size = 4096;
    using Page = std::array<std::uint32_t, page_size>;
    void open(std::size_t page);
    [[nodiscard]] std::uint64_t count(const Page& page, std::uint32_t code) const {
        const std::uint64_t low = page[code % page_size];
        if (wrapped_.empty()) {
            return low;
        }
        const auto high = wrapped_.find(code);
        return low + (high != wrapped_.end() ? high->second << 32U : 0U);
    }

    std::vector<std::unique_ptr<Page>> pages_;
    std::map<std::uint32_t, std::uint64_t> wrapped_;  ///< how often a count went beyond 32 bits
};

}  // namespace maillage
