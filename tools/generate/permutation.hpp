#pragma once

#include "engine/random.hpp"

#include <cstdint>

namespace maillage::tools {

/// A bijection of 0 .. size-1 that looks drawn at random and needs no table.
///
/// Definition  A Feistel network of four rounds on the next power of four, walked until it is back below size.
/// Cost        O(1), at most four walks expected.
/// Source      J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002.
class Permutation {
public:
    Permutation(std::uint32_t size, const Rng& key) noexcept;
    [[nodiscard]] std::uint32_t operator()(std::uint32_t x) const noexcept;
    [[nodiscard]] std::uint32_t inverse(std::uint32_t y) const noexcept;

private:
    [[nodiscard]] std::uint64_t round(unsigned which, std::uint64_t half) const noexcept;

    Rng key_;
    std::uint64_t size_;
    unsigned half_bits_ = 0;
};

}  // namespace maillage::tools
