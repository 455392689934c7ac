#pragma once

#include "engine/projection.hpp"

#include "algorithms/recommend/fitted_ranking.hpp"

#include "io/section_file.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// A fitted ranking kept in a prepared file, so that it is fitted once and used by many runs.
namespace maillage::tools {

/// The section of a prepared file (see io/section_file.hpp) that holds one.
inline constexpr std::string_view ranking_section = "x.fitted_ranking";
/// Raised with the layout of the section, and with the definition of any term: weights of other terms mean nothing.
inline constexpr std::uint32_t ranking_version = 1;

/// What a ranking was fitted on. Another basis, another ranking.
struct RankingBasis {
    std::string digest;            ///< of the network
    std::int32_t day = 0;          ///< the past ended before it
    std::string territory;         ///< the attribute that terms of territory look at
    ProjectionOptions projection;  ///< of the past; its scope is not part of the basis: all actors teach

    [[nodiscard]] bool same_options(const RankingBasis& other) const;
};

struct StoredRanking {
    RankingBasis basis;
    FittedRanking ranking;
};

/// The section of a ranking: the same ranking gives the same bytes, and comes back to the last bit.
[[nodiscard]] io::Section to_section(const StoredRanking& stored);

/// The ranking of a file's further sections; its `stored` is set.
///
/// Degenerate  Empty without such a section, and when it is of another version: `other_version` is then set.
/// Errors      Error, with the name of the section, when it is damaged or names terms that are none.
[[nodiscard]] std::optional<StoredRanking> find_ranking(std::span<const io::Section> sections,
                                                        bool& other_version);

}  // namespace maillage::tools
