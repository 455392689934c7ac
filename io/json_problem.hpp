#pragma once

#include "engine/error.hpp"

#include "io/json_positions.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace maillage::io {

/// The first thing that walk_json refuses in a text, with its place, in the words of nlohmann/json's parser; none when it
/// takes the text.
/// Cost  O(bytes), ten times as long as walk_json takes for a text without an error.
[[nodiscard]] std::optional<Diagnostic> json_problem(std::string_view text, const std::string& file,
                                                     const JsonWalk& walk);

}  // namespace maillage::io
