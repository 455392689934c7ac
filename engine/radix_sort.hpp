#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Something to sort: its key, and which one it is.
struct KeyedItem {
    std::uint64_t key = 0;
    std::uint32_t item = 0;
};

/// Sorts by key, ascending; equal keys keep the order they have.
///
/// Cost  O(items) for each of the digits of 11 bits that are not the same in all keys, from the least significant one on (radix
///       sort; Knuth, The Art of Computer Programming 3, 5.2.5); few items are compared instead. Memory: `scratch`, which grows
///       to the number of items and can be handed in again.
void sort_by_key(std::span<KeyedItem> items, std::vector<KeyedItem>& scratch);

}  // namespace maillage
