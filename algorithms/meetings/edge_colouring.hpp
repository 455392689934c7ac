#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace maillage::meetings {

/// A colour for every edge, so that no two at a vertex have the same: rounds for meetings.
///
/// Definition  colours 0 .. Delta, Delta the largest degree: at most one more than any colouring needs.
/// Shapes      edges: a < b, without repeats. The answer is beside them.
/// Method      Each new edge is coloured by turning a fan of edges at one end, after swapping two colours along an
///             alternating path where their free colours do not meet.
/// Cost        O(m (Delta + n)) at worst.
/// Source      V. G. Vizing, "On an estimate of the chromatic class of a p-graph", Diskret. Analiz 3, 25-30, 1964;
///             J. Misra, D. Gries, "A constructive proof of Vizing's theorem", Information Processing Letters 41,
///             131-133, 1992.
[[nodiscard]] std::vector<std::uint32_t> edge_colouring(
    std::size_t vertices, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges);

}  // namespace maillage::meetings
