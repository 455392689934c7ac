#pragma once

#include "engine/network.hpp"

#include <string>
#include <string_view>

namespace maillage::io {

/// "Kind of actor", "Kind of actor × Department", "Domain of expertise", "Community".
[[nodiscard]] std::string grouping_label(const Network& network, std::string_view attribute,
                                         Language language);
/// A group of it as people read it: the dataset's word for the code, crossed ones joined by ×.
[[nodiscard]] std::string group_label(const Network& network, std::string_view attribute,
                                      std::string_view group, Language language);

}  // namespace maillage::io
