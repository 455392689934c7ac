#pragma once

#include <span>
#include <string_view>

namespace maillage::tools {

struct Schema {
    std::string_view name;  ///< of the document: "recommendations"
    std::string_view text;  ///< JSON Schema, draft-07
};

/// The schemas of io/schema, compiled into the program. In the order of their names.
[[nodiscard]] std::span<const Schema> schemas() noexcept;

}  // namespace maillage::tools
