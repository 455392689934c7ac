#pragma once

#include "engine/labels.hpp"
#include "engine/projection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace maillage::tools {

class Session;

/// The groups that a word of --by means, over the vertices of a projection:
///   kind            an attribute of the dataset
///   kind*territory  two (or more) of them crossed: a group for each pair of values that occurs
///   expertise       the domains (roots of the forest) of what an actor declares to offer
///   community       the communities of the network itself, as `communities` finds them
/// An attribute of the dataset of that name goes first.
/// @throws OptionError (field "by") with the nearest names when there is no such attribute.
[[nodiscard]] GroupLabels grouping(const Session& session, const Projection& projection, std::string_view by);

/// What --by names, or what the dataset groups by, or kind.
[[nodiscard]] std::vector<std::string> groupings_asked(const Session& session,
                                                       const std::vector<std::string>& asked);

}  // namespace maillage::tools
