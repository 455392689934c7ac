#pragma once

#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

/// How often each score was given: rankings of any number of pairs in memory that does not grow with it.
namespace maillage {

namespace score_code_detail {
inline constexpr unsigned dropped_bits = 7;
inline constexpr std::uint32_t sign_bit = 0x80000000U;
inline constexpr std::int32_t half = 1 << (dropped_bits - 1U);
}  // namespace score_code_detail

inline constexpr std::uint32_t zero_score = score_code_detail::sign_bit >> score_code_detail::dropped_bits;

/// What scores are compared by: their first 17 binary digits, rounded, in the order of the scores whatever their
/// sign. So sums taken in another order do not tell equal scores apart. A score nearer to 0 than 1e-37 is 0.
/// Shapes  one code for each score.
/// Errors  Error when one is not a number.
inline void score_codes(std::span<const double> scores, std::span<std::uint32_t> codes) {
    namespace d = score_code_detail;
    constexpr auto least = std::bit_cast<std::int32_t>(1e-37F);
    constexpr auto infinite = std::bit_cast<std::int32_t>(std::numeric_limits<float>::infinity());
    std::int32_t largest = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        // Bits of a float are in the order of its size.
        const auto bits = std::bit_cast<std::int32_t>(static_cast<float>(scores[i]));
        const std::int32_t size = bits & std::numeric_limits<std::int32_t>::max();
        largest = size > largest ? size : largest;
        const std::int32_t kept = size >= least ? (size + d::half) >> d::dropped_bits : 0;
        codes[i] = zero_score + static_cast<std::uint32_t>(bits < 0 ? -kept : kept);
    }
    if (largest > infinite) {
        throw Error("evaluation: a score is not a number");
    }
}
/// The same for one.
[[nodiscard]] inline std::uint32_t score_code(double score) {
    std::uint32_t code = 0;
    score_codes({&score, 1}, {&code, 1});
    return code;
}
/// The score that a code stands for.
[[nodiscard]] inline double score_of(std::uint32_t code) noexcept {
    const std::uint32_t size = (code >= zero_score ? code - zero_score : zero_score - code)
                               << score_code_detail::dropped_bits;
    const auto positive = static_cast<double>(std::bit_cast<float>(size));
    return code >= zero_score ? positive : -positive;
}

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
