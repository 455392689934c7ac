#pragma once

#include <cstdint>
#include <optional>

namespace maillage::tools {

/// A synthetic region with planted groups. Empty: a default that grows with the actors (see completed).
struct RegionOptions {
    std::uint32_t actors = 1000;                ///< 1 .. 50,000,000
    std::optional<std::uint32_t> partnerships;  ///< default 3 an actor; none for one actor
    std::optional<std::uint32_t>
        expertises;  ///< nodes of the tree, 1 .. 100,000; default 4 sqrt(actors), 24 .. 600
    std::optional<std::uint32_t> groups;  ///< 1 .. actors; default sqrt(actors) / 3, 2 .. 60
    std::optional<double> mixing;         ///< share of the partnerships across groups, 0 .. 1; default 0.3
    std::optional<std::uint32_t> opportunities;  ///< at most 100,000; default one for 100 actors, 4 .. 200
    std::int32_t first_year = 2010;              ///< 1 .. last_year
    std::int32_t last_year = 2025;               ///< first_year .. 9998
    std::uint64_t seed = 1;

    friend bool operator==(const RegionOptions&, const RegionOptions&) = default;
};

/// The same with every default filled in.
[[nodiscard]] RegionOptions completed(RegionOptions options);

/// @throws OptionError naming the first field that is out of range, or that cannot be had together with the
/// others (a
///         share of partnerships across one group only, or inside groups of one actor).
void validate(const RegionOptions& options);

}  // namespace maillage::tools
