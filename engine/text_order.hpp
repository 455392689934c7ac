#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace maillage {

/// The positions of texts in the order of their bytes; equal texts keep the order they have.
///
/// Definition  order[i] is the position of the i-th text: texts[order[0]] <= texts[order[1]] <= …, compared as
///             std::string_view compares (as UTF-8 this is the order of code points).
/// Cost        O(bytes): as many characters as fit are packed into keys of 64 bits, each in as few bits as the alphabet of
///             the texts needs, and the keys are sorted digit by digit; what one key does not tell apart goes on with the
///             next characters (radix sort with most significant key first; McIlroy, Bostic and McIlroy, 1993). Texts that
///             are in order already cost one pass. Memory: 36 bytes a text.
[[nodiscard]] std::vector<std::uint32_t> text_order(std::span<const std::string_view> texts);

}  // namespace maillage
