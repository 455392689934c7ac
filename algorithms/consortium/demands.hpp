#pragma once

#include "engine/ids.hpp"
#include "engine/labels.hpp"

#include "algorithms/consortium/lengths.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// What a set of members must be: the part of a consortium's question that is the same for every objective.
namespace maillage::consortium {

using Vertex = std::uint32_t;
using Vertices = std::vector<Vertex>;  ///< ascending, without repeats

/// So many different members out of a set.
struct SeatDemand {
    Vertices candidates;
    std::uint32_t seats = 1;
};
/// At least so many different groups among the members.
struct SpreadDemand {
    const GroupLabels* labels = nullptr;
    std::uint32_t at_least = 1;
};
/// Sets like one found before are not asked for again: at least `changed` of these members must be absent.
struct Earlier {
    Vertices members;
    std::uint32_t changed = 1;
};

struct Demands {
    std::vector<SeatDemand> seats;
    std::vector<SpreadDemand> spread;
    Vertices allowed;  ///< who may be a member
    std::uint32_t min_size = 0;
    std::uint32_t max_size = 0;  ///< 0: any
    std::vector<std::pair<Vertex, Vertex>> apart;
    std::vector<Earlier> earlier;

    /// Everything at once, for a whole set.
    [[nodiscard]] bool met_by(std::span<const Vertex> members) const;
    /// What no larger set can mend: apart, size, likeness to an earlier set.
    [[nodiscard]] bool broken_by(std::span<const Vertex> members) const;
    /// Every set that contains `members` and meets the demands has a further member in each of these.
    [[nodiscard]] std::vector<Vertices> still_wanted(std::span<const Vertex> members,
                                                     std::span<const std::uint8_t> forbidden) const;
    /// How many groups the members have.
    [[nodiscard]] static std::size_t groups_of(const GroupLabels& labels, std::span<const Vertex> members);
};

[[nodiscard]] bool contains(std::span<const Vertex> sorted, Vertex v) noexcept;
[[nodiscard]] std::size_t count_common(std::span<const Vertex> a, std::span<const Vertex> b) noexcept;

}  // namespace maillage::consortium
