#pragma once

#include <cstddef>
#include <string_view>

namespace maillage {

/// Optimal string alignment distance over bytes: one insertion, deletion, change or swap of neighbours costs 1;
/// anything above `limit` is answered as limit + 1.
/// Cost    O(|x| |y|), nothing when the lengths alone differ by more than `limit`.
/// Source  Damerau 1964; Boytsov 2011, section 2.2.1 (no part is changed twice).
[[nodiscard]] std::size_t edit_distance(std::string_view x, std::string_view y, std::size_t limit);

}  // namespace maillage
