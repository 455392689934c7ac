#pragma once

#include "engine/ids.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace maillage::tools {

class Session;

/// 1 or 0 per vertex of session.all(): actors of one of the kinds (any when empty) that offer one of the expertises
/// or something below it (any when empty). Empty when both are.
/// @throws OptionError("kind") with the nearest kinds.
[[nodiscard]] std::vector<std::uint8_t> eligible_actors(const Session& session,
                                                        std::span<const std::string> kinds,
                                                        std::span<const ExpertiseId> expertises);

}  // namespace maillage::tools
