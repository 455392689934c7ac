#pragma once

#include "engine/csr_graph.hpp"
#include "engine/graph_view.hpp"
#include "engine/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Lengths of ties: what a consortium's coordination is counted in. A strength is never a length; the way from
/// one to the other is chosen by name here.
namespace maillage::consortium {

/// A whole number of millionths, so that sums do not depend on their order and "optimal" is exact.
using Length = std::int64_t;
inline constexpr Length length_unit = 1'000'000;
/// Stands for "no way": longer than any way, so that whatever is minimised first avoids gaps.
inline constexpr Length no_way = Length{1} << 40U;

enum class LengthRule : std::uint8_t {
    inverse,  ///< 1 / strength: closely tied partners are near each other
    hops      ///< every tie is 1 long
};
/// "inverse", "hops".
[[nodiscard]] std::string_view to_code(LengthRule rule) noexcept;

/// A length as a number to show; empty when it has a gap in it.
[[nodiscard]] std::optional<double> in_units(Length length) noexcept;

/// The ties of a graph with their lengths.
///
/// Definition  inverse: 1 / weight, rounded to a millionth, at least one millionth and at most 1024. hops: 1.
/// Cost        O(V + E).
class LengthGraph {
public:
    LengthGraph(GraphView ties, LengthRule rule);
    /// The graph whose ties are the known distances of some vertices from each other (no_way: no tie).
    /// distances: square, symmetric.
    [[nodiscard]] static LengthGraph of_distances(const std::vector<std::vector<Length>>& distances);
    LengthGraph(LengthGraph&&) = default;
    LengthGraph& operator=(LengthGraph&&) = default;
    LengthGraph(const LengthGraph&) = delete;
    LengthGraph& operator=(const LengthGraph&) = delete;
    ~LengthGraph() = default;

    [[nodiscard]] std::size_t vertex_count() const noexcept { return ties_.vertex_count(); }
    [[nodiscard]] std::span<const VertexId> neighbours(std::size_t v) const noexcept {
        return ties_.neighbours(id_at<VertexId>(v));
    }
    [[nodiscard]] std::span<const Length> lengths(std::size_t v) const noexcept {
        return {lengths_.data() + ties_.offsets()[v], ties_.degree(id_at<VertexId>(v))};
    }
    /// From each vertex to the nearest of the sources; no_way where none is reached.
    /// Cost    O(E + V log V).
    /// Source  E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1,
    ///         269-271, 1959.
    [[nodiscard]] std::vector<Length> distances(std::span<const std::uint32_t> sources) const;

private:
    CsrGraph own_;  ///< of of_distances
    GraphView ties_;
    std::vector<Length> lengths_;  ///< per arc
};

}  // namespace maillage::consortium
