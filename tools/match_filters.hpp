#pragma once

#include "engine/ids.hpp"
#include "engine/network.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::tools {

class Session;

/// The words of options that may be repeated and may hold several with commas between; empty ones are left out.
[[nodiscard]] std::vector<std::string> words_of(std::span<const std::string> options);

/// Expertises by id or by their label in either language (case and accents as they are), in the order given.
/// @throws OptionError(field) with the nearest ids and labels.
[[nodiscard]] std::vector<ExpertiseId> expertises_of(const Network& network,
                                                     std::span<const std::string> words,
                                                     std::string_view field);

/// 1 or 0 per vertex of session.all(): actors of one of the kinds (any when empty) that offer one of the expertises
/// or something below it (any when empty). Empty when both are.
/// @throws OptionError("kind") with the nearest kinds.
[[nodiscard]] std::vector<std::uint8_t> eligible_actors(const Session& session,
                                                        std::span<const std::string> kinds,
                                                        std::span<const ExpertiseId> expertises);

}  // namespace maillage::tools
