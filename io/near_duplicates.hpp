#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <string>
#include <vector>

namespace maillage::io {

/// Warns about actors whose names are the same but for case, accents, punctuation and legal form (see
/// name_core), unless their countries are known to differ. Nothing is merged. Each actor is named at most
/// once, beside the first one that it resembles in the order of ids.
/// Cost  O(actors x length of a name).
void warn_near_duplicates(const Network& network, const std::string& file,
                          std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
