#include "engine/radix_sort.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t few = 2048;  ///< items that are compared instead
constexpr unsigned digit_bits = 11;
constexpr std::size_t digit_count = 6;  ///< of 64 bits
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;

constexpr std::size_t digit_of(const KeyedItem& item, std::size_t digit) noexcept {
    return static_cast<std::size_t>(item.key >> (digit * digit_bits)) & (digit_values - 1);
}

}  // namespace

void sort_by_key(std::span<KeyedItem> items, std::vector<KeyedItem>& scratch) {
    if (items.size() < few) {
        std::stable_sort(items.begin(), items.end(),
                         [](const KeyedItem& x, const KeyedItem& y) { return x.key < y.key; });
        return;
    }
    std::vector<std::array<std::uint32_t, digit_values>> counts(digit_count);
    for (const KeyedItem& item : items) {
        for (std::size_t d = 0; d < digit_count; ++d) {
            ++counts[d][digit_of(item, d)];
        }
    }
    scratch.resize(std::max(scratch.size(), items.size()));
    std::span<KeyedItem> from = items;
    std::span<KeyedItem> into(scratch.data(), items.size());
    for (std::size_t d = 0; d < digit_count; ++d) {
        auto& count = counts[d];
        if (count[digit_of(from.front(), d)] == items.size()) {
            continue;  // the same in all
        }
        std::exclusive_scan(count.begin(), count.end(), count.begin(), std::uint32_t{0});
        for (const KeyedItem& item : from) {
            into[count[digit_of(item, d)]++] = item;
        }
        std::swap(from, into);
    }
    if (from.data() != items.data()) {
        std::copy(from.begin(), from.end(), items.begin());
    }
}

}  // namespace maillage
