#pragma once

#include "engine/graph_view.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Shapes of a network that look like silos in some indices and are something else: nested, or a core with its
/// surroundings.
namespace maillage {

struct Nestedness {
    std::optional<double> rows, columns, all;  ///< 0 .. 100; empty without two rows (columns) to compare
};

/// NODF of a two-mode table: do those with few have what those with many have?
/// Definition  Of each pair of rows: 0 when they hold equally many, else the share (in %) of the holdings of the
///             smaller that the larger has too (0 when it has none); the mean of it. Columns alike; `all` over the
///             pairs of both.
/// Shapes      present: rows x columns, row by row, 0 or not.
/// Cost        O(rows^2 columns + columns^2 rows).
/// Source      M. Almeida-Neto, P. Guimarães, P. R. Guimarães, R. D. Loyola, W. Ulrich, "A consistent metric for
///             nestedness analysis in ecological systems", Oikos 117, 1227-1239, 2008.
[[nodiscard]] Nestedness nodf(std::size_t rows, std::size_t columns, std::span<const std::uint8_t> present);

struct CorePeriphery {
    std::size_t core = 0;               ///< actors in it
    std::optional<double> correlation;  ///< empty when the graph or the pattern is the same everywhere
};

/// The core of the most tied that fits best: pairs with an end in the core tied, others not.
/// Definition  For k = 1, 2, …: the correlation, over pairs of vertices, of being tied with touching the k vertices of
///             highest degree (equal ones in vertex order); the k of the highest, the smallest of those.
/// Cost        O(vertices log + ties).
/// Source      S. P. Borgatti, M. G. Everett, "Models of core/periphery structures", Social Networks 21, 375-395, 2000;
///             the search over cores of highest degree is ours.
[[nodiscard]] CorePeriphery core_periphery(GraphView g);

}  // namespace maillage
