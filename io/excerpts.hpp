#pragma once

#include "engine/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Gives the diagnostics about a file that have a line and no excerpt the line they speak of, as it stands in
/// the text (UTF-8). Of a very long line only the beginning is kept, and the column with it.
/// Cost  One pass over the text up to the last line asked for.
void fill_excerpts(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
