#pragma once

#include "engine/radix_sort.hpp"

#include "io/formats/graph_tables.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Edges without ids become partnerships called "a--b" by the ids of their ends, the lesser one first; where several edges tie the
/// same two, the second is "a--b 2", and so on.
///
/// True when such an id says which edge it is of, for all pairs of these names: no two are the same. It is false when a
/// name has "--" inside, begins or ends with "-", or ends with a space and digits.
[[nodiscard]] bool pair_ids_are_distinct(std::span<const std::string_view> names) noexcept;

/// Edges in the order of those ids, numbers aside.
struct PairOrder {
    std::vector<KeyedItem>
        pairs;  ///< key: what first() and second() take, the same for the same two ends; item: the edge
    std::vector<std::string_view> firsts, seconds;  ///< names in the order they have on either side of "--"

    unsigned second_bits = 0;  ///< of a key

    [[nodiscard]] std::string_view first(std::uint64_t key) const noexcept {
        return firsts[key >> second_bits];
    }
    [[nodiscard]] std::string_view second(std::uint64_t key) const noexcept {
        return seconds[key & ((std::uint64_t{1} << second_bits) - 1)];
    }
};

/// Definition  Edges sorted by (a + "--", b), where a and b are the texts of the ends and a <= b; those of the same pair keep their
///             order. `names` has the text of each name of the tables.
/// Requires    Every edge has two ends.
/// Cost        O(edges + bytes of the names): what is sorted is numbers, the places of names in their order.
[[nodiscard]] PairOrder order_of_pairs(const GraphTables& tables, std::span<const std::string_view> names);

}  // namespace maillage::io
