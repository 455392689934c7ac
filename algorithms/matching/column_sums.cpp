#include "algorithms/matching/pair_search.hpp"

#include <algorithm>

namespace maillage::matching {
namespace {

/// Vertices whose sums stay in the nearest cache while the columns pass.
constexpr std::size_t block = 2048;

/// Four columns a pass: the sums are loaded and stored once for all four.
[[gnu::always_inline]] inline void add_block(float* __restrict sums, std::size_t size, std::size_t begin,
                                             std::span<const ColumnTerm> terms) noexcept {
    constexpr float unit = 1.0F / Columns::whole;
    std::size_t t = 0;
    for (; t + 4 <= terms.size(); t += 4) {
        const ColumnTerm c0 = terms[t];
        const ColumnTerm c1 = terms[t + 1];
        const ColumnTerm c2 = terms[t + 2];
        const ColumnTerm c3 = terms[t + 3];
        const Columns::Level* __restrict p0 = c0.column + begin;
        const Columns::Level* __restrict p1 = c1.column + begin;
        const Columns::Level* __restrict p2 = c2.column + begin;
        const Columns::Level* __restrict p3 = c3.column + begin;
        for (std::size_t i = 0; i < size; ++i) {
            const float s0 = c0.weight * std::min(c0.level, unit * static_cast<float>(p0[i]));
            const float s1 = c1.weight * std::min(c1.level, unit * static_cast<float>(p1[i]));
            const float s2 = c2.weight * std::min(c2.level, unit * static_cast<float>(p2[i]));
            const float s3 = c3.weight * std::min(c3.level, unit * static_cast<float>(p3[i]));
            sums[i] += (s0 + s1) + (s2 + s3);
        }
    }
    for (; t < terms.size(); ++t) {
        const ColumnTerm c = terms[t];
        const Columns::Level* __restrict p = c.column + begin;
        for (std::size_t i = 0; i < size; ++i) {
            sums[i] += c.weight * std::min(c.level, unit * static_cast<float>(p[i]));
        }
    }
}

[[gnu::always_inline]] inline void add_all(std::span<float> sums,
                                           std::span<const ColumnTerm> terms) noexcept {
    for (std::size_t begin = 0; begin < sums.size(); begin += block) {
        add_block(sums.data() + begin, std::min(block, sums.size() - begin), begin, terms);
    }
}

void add_plain(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    add_all(sums, terms);
}

#if defined(__x86_64__) && defined(__GNUC__)
/// The same with wider registers. The sums only refuse pairs, within a bound on their rounding: which of the two ran
/// cannot be seen in a result.
[[gnu::target("avx2")]] void add_wide(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    add_all(sums, terms);
}

bool has_wide() noexcept {
    static const bool found = __builtin_cpu_supports("avx2") != 0;
    return found;
}
#else
void add_wide(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    add_all(sums, terms);
}

bool has_wide() noexcept {
    return false;
}
#endif

}  // namespace

void add_columns(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    if (has_wide()) {
        add_wide(sums, terms);
    } else {
        add_plain(sums, terms);
    }
}

}  // namespace maillage::matching
