#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace maillage {

/// Counter-based pseudo-random numbers: the n-th number is a hash of (key, n), so a stream can be
/// forked per task and the answer does not depend on the number of threads or the order of evaluation.
///
/// Source  G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
///         2014 (SplitMix64).
class Rng {
public:
    explicit constexpr Rng(std::uint64_t seed) noexcept : key_(mix(seed + 0x9E3779B97F4A7C15ULL)) {}

    /// An independent stream for a task of this stream. Does not advance this one.
    [[nodiscard]] constexpr Rng fork(std::uint64_t task) const noexcept {
        Rng child(0);
        child.key_ = mix(key_ ^ mix(task + 0xD1B54A32D192ED03ULL));
        return child;
    }
    constexpr std::uint64_t next() noexcept { return mix(key_ + 0x9E3779B97F4A7C15ULL * ++counter_); }
    /// In [0, 1), 53 bits.
    constexpr double uniform01() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// In [0, bound), unbiased (Lemire 2019). bound > 0.
    constexpr std::uint32_t below(std::uint32_t bound) noexcept {
        std::uint64_t product = (next() >> 32U) * bound;
        auto low = static_cast<std::uint32_t>(product);
        if (low < bound) {
            const std::uint32_t threshold = (0U - bound) % bound;
            while (low < threshold) {
                product = (next() >> 32U) * bound;
                low = static_cast<std::uint32_t>(product);
            }
        }
        return static_cast<std::uint32_t>(product >> 32U);
    }
    template <class T>
    constexpr void shuffle(std::span<T> items) noexcept {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1], items[below(static_cast<std::uint32_t>(i))]);
        }
    }

private:
    static constexpr std::uint64_t mix(std::uint64_t z) noexcept {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t key_ = 0;
    std::uint64_t counter_ = 0;
};

}  // namespace maillage
