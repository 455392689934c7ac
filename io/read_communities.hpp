#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace maillage::io {

/// What a document of communities written earlier says of who was where.
struct CommunitiesFile {
    struct Community {
        std::uint32_t id = 0;
        std::string name;
        std::vector<std::string> actors;  ///< ids
    };
    std::string title;                   ///< of its dataset
    std::vector<Community> communities;  ///< in the order of the document
    std::uint32_t next_id = 1;           ///< `next_id` of the document, at least one above its highest id
};

/// Reads a document of `maillage communities` (schema maillage/communities/1.x).
/// Errors  InputError with every place: not JSON, another document, a field that is missing or of another type,
///         an id below 1 or used twice, an actor in two communities.
[[nodiscard]] CommunitiesFile read_communities(const std::string& path);

}  // namespace maillage::io
