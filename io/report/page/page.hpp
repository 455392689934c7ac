#pragma once

#include "engine/network.hpp"
#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "io/report/document.hpp"
#include "io/report/page/html.hpp"

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

/// The report: one HTML page that needs nothing else.
namespace maillage::io {

/// An analysis that was not made, and why.
struct LeftOut {
    Both title, why;
};

struct PageInput {
    const Network& network;
    const Projection& all;
    const Projection& scoped;
    /// What the commands write; the page says and draws nothing that is not in them. A document without a section of its
    /// own is shown by its reading.
    std::span<const Document> documents;
    const DocumentHeader& header;
    Language language = Language::fr;  ///< the one the page opens in; it has both
    const Execution& execution;
    std::span<const LeftOut> left_out = {};  ///< said at the beginning, among what is missing
};

/// Writes the page: HTML with its style, script, figures and data inside, and a policy that lets it ask for nothing.
/// Names and labels of the data are text everywhere. Complete without the script.
/// Shapes  documents of one dataset, each alive; `all` and `scoped` as they were made with.
/// Cost    that of force_layout, and the readings in two languages.
void write_page(std::ostream& out, const PageInput& input);

enum class Figure : std::uint8_t { map, mixing, trend, bridges };

/// One figure of the page as an SVG file with its style inside, in one language.
/// @throws Error saying what is missing where there is nothing to draw.
void write_figure(std::ostream& out, const PageInput& input, Figure figure);

}  // namespace maillage::io
