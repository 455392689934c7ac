#include "tools/generate/permutation.hpp"

#include <bit>

namespace maillage::tools {

Permutation::Permutation(std::uint32_t size, const Rng& key) noexcept
    : key_(key),
      size_(size),
      half_bits_((static_cast<unsigned>(std::bit_width(std::uint64_t{size} | 1U)) + 1) / 2) {}

std::uint64_t Permutation::round(unsigned which, std::uint64_t half) const noexcept {
    Rng rng = key_.fork((half << 2U) | which);
    return rng.next() >> (64U - half_bits_);
}

std::uint32_t Permutation::operator()(std::uint32_t x) const noexcept {
    std::uint64_t value = x;
    do {
        std::uint64_t left = value >> half_bits_;
        std::uint64_t right = value & ((std::uint64_t{1} << half_bits_) - 1);
        for (unsigned r = 0; r < 4; ++r) {
            const std::uint64_t next = left ^ round(r, right);
            left = right;
            right = next;
        }
        value = (left << half_bits_) | right;
    } while (value >= size_);
    return static_cast<std::uint32_t>(value);
}

std::uint32_t Permutation::inverse(std::uint32_t y) const noexcept {
    std::uint64_t value = y;
    do {
        std::uint64_t left = value >> half_bits_;
        std::uint64_t right = value & ((std::uint64_t{1} << half_bits_) - 1);
        for (unsigned r = 4; r > 0; --r) {
            const std::uint64_t before = right ^ round(r - 1, left);
            right = left;
            left = before;
        }
        value = (left << half_bits_) | right;
    } while (value >= size_);
    return static_cast<std::uint32_t>(value);
}

}  // namespace maillage::tools
