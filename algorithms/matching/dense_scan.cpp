#include "algorithms/matching/pair_search.hpp"

#include <algorithm>

namespace maillage::matching {
namespace {

/// Vertices whose sums stay in the nearest cache while the columns pass.
constexpr std::size_t in_cache = 2048;

/// Four columns a pass: the sums are loaded and stored once for all four.
[[gnu::always_inline]] inline void add_block(float* __restrict sums, std::size_t size, std::size_t begin,
                                             std::span<const ColumnTerm> terms) noexcept {
    const auto least = [](Columns::Level x, Columns::Level y) {
        return static_cast<float>(static_cast<std::int32_t>(x < y ? x : y));
    };
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
            const float s0 = c0.weight * least(c0.level, p0[i]);
            const float s1 = c1.weight * least(c1.level, p1[i]);
            const float s2 = c2.weight * least(c2.level, p2[i]);
            const float s3 = c3.weight * least(c3.level, p3[i]);
            sums[i] += (s0 + s1) + (s2 + s3);
        }
    }
    for (; t < terms.size(); ++t) {
        const ColumnTerm c = terms[t];
        const Columns::Level* __restrict p = c.column + begin;
        for (std::size_t i = 0; i < size; ++i) {
            sums[i] += c.weight * least(c.level, p[i]);
        }
    }
}

[[gnu::always_inline]] inline void add_all(std::span<float> sums,
                                           std::span<const ColumnTerm> terms) noexcept {
    for (std::size_t begin = 0; begin < sums.size(); begin += in_cache) {
        add_block(sums.data() + begin, std::min(in_cache, sums.size() - begin), begin, terms);
    }
}

[[gnu::always_inline]] inline Scanned scan_all(const Filter filter, const ScanBlock& block,
                                               std::uint32_t* __restrict matters) noexcept {
    const float* shared = block.shared.data();
    const float* mass = block.mass.data();
    const float* least = block.least.data();
    std::uint32_t* open = block.open.data();
    const std::uint32_t step = block.step;
    const std::size_t size = block.shared.size();
    std::uint32_t in_touch = 0;
    std::uint32_t matter = 0;
    if (block.own.empty()) {
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t touched = shared[i] > 0.0F ? 1U : 0U;
            matters[i] = filter.may_matter(shared[i], mass[i], least[i]);
            in_touch += touched;
            open[i] += touched & step;
            matter += matters[i];
        }
        return {in_touch, matter};
    }
    const float* own = block.own.data();
    const float* other = block.other.data();
    const float* per_need = block.per_need.data();
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t touched = shared[i] + (own[i] + other[i]) > 0.0F ? 1U : 0U;
        matters[i] = filter.may_matter(shared[i], mass[i], own[i], other[i], per_need[i], least[i]);
        in_touch += touched;
        open[i] += touched & step;
        matter += matters[i];
    }
    return {in_touch, matter};
}

void add_plain(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    add_all(sums, terms);
}
Scanned scan_plain(const Filter& filter, const ScanBlock& block, std::uint32_t* matters) noexcept {
    return scan_all(filter, block, matters);
}

#if defined(__x86_64__) && defined(__GNUC__)
/// The same with wider registers. What they compute only refuses pairs, within a bound on its rounding: which of the
/// two ran cannot be seen in a result.
[[gnu::target("avx2")]] void add_wide(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    add_all(sums, terms);
}
[[gnu::target("avx2")]] Scanned scan_wide(const Filter& filter, const ScanBlock& block,
                                          std::uint32_t* matters) noexcept {
    return scan_all(filter, block, matters);
}
bool has_wide() noexcept {
    static const bool found = __builtin_cpu_supports("avx2") != 0;
    return found;
}
#else
constexpr auto add_wide = add_plain;
constexpr auto scan_wide = scan_plain;
bool has_wide() noexcept {
    return false;
}
#endif

}  // namespace

void add_columns(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept {
    has_wide() ? add_wide(sums, terms) : add_plain(sums, terms);
}

Scanned scan(const Filter& filter, const ScanBlock& block,
             std::array<std::uint32_t, scan_block>& matters) noexcept {
    return has_wide() ? scan_wide(filter, block, matters.data()) : scan_plain(filter, block, matters.data());
}

}  // namespace maillage::matching
