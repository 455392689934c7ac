#pragma once

#include "engine/csr_graph.hpp"

#include <optional>
#include <string>

/// Classic networks that stand beside the source tree and are not part of it: tests that want them skip with
/// a warning when they are absent.
namespace maillage::testing {

/// `name`: a file of ../shared/data/networks (.gml with source/target lines, or .g with one pair a
/// line). Parallel ties, loops and directions are dropped. Weights are those of "value" lines of a .gml
/// when asked for, else 1.
[[nodiscard]] std::optional<CsrGraph> shared_network(const std::string& name, bool weighted = false);

}  // namespace maillage::testing
