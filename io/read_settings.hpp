#pragma once

#include "engine/network_builder.hpp"

#include "io/json_positions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Reads maillage.json (UTF-8 text) into the builder's settings.
/// Errors  As diagnostics with line and column: what is not JSON, a key twice, a value of the wrong type. An
///         unknown key is a note with the nearest known one.
void read_settings(std::string_view text, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics);

/// The same from a value of a longer text, of which it has its places.
void read_settings(const JsonNode& settings, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
