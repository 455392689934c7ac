#pragma once

#include "algorithms/structure/describe.hpp"

#include <vector>

namespace maillage {

/// Who offers, seeks and requires each expertise of the network, most holders first, then by id.
///
/// Definition  see ExpertiseFigures. An actor counts once for an expertise and once for each broader one.
/// Cost        O(holdings * depth + requirements) time, O(expertises) memory.
[[nodiscard]] std::vector<ExpertiseFigures> expertise_pool(const Network& network,
                                                           const Projection& projection);

}  // namespace maillage
