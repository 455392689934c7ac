#pragma once

#include "engine/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Words of the names of actors, as numbers: which are the same is all that counts.
struct NameWords {
    std::size_t words = 0;                 ///< numbers are below
    std::vector<std::uint64_t> offsets;    ///< actors + 1, or empty: no words
    std::vector<std::uint32_t> of_actors;  ///< ascending within an actor

    [[nodiscard]] std::span<const std::uint32_t> of(ActorId a) const noexcept {
        if (offsets.empty()) {
            return {};
        }
        const auto begin = static_cast<std::size_t>(offsets[index_of(a)]);
        return std::span(of_actors).subspan(begin,
                                            static_cast<std::size_t>(offsets[index_of(a) + 1]) - begin);
    }
};

}  // namespace maillage
