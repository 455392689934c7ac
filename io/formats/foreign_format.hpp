#pragma once

#include <string>
#include <string_view>

namespace maillage::io {

/// What a text is that is not read here, in words behind "this is" ("a graph of UCINET (DL), which …"), or an empty text when
/// it is nothing known: it would else be taken for a damaged list of edges.
/// Known  by their first words: DOT, DL, GDF, LEDA, TLP, VNA, LGF, graph6, XML other than GraphML and GEXF; METIS by its counts.
/// Cost   The first lines; a text that begins as METIS does is counted through, O(bytes).
/// Files that are no graphs or no text: foreign_files.hpp.
[[nodiscard]] std::string foreign_format(std::string_view text);

}  // namespace maillage::io
