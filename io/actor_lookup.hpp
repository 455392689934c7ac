#pragma once

#include "engine/network.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace maillage::io {

/// Actors by id, or by the name of exactly one, in tables people write. Names are indexed when the first is met.
class ActorLookup {
public:
    explicit ActorLookup(const Network& network) : network_(network) {}
    /// Empty when there is none, or several: `why` says so, with the nearest ids and names, or the ids.
    [[nodiscard]] std::optional<ActorId> find(std::string_view text, std::string& why);

private:
    [[nodiscard]] const std::vector<ActorId>& named(std::string_view name);
    [[nodiscard]] std::string near(std::string_view text);

    const Network& network_;
    std::unordered_map<std::string, std::vector<ActorId>> by_name_;
    std::vector<std::string> known_;
    std::size_t suggestions_ = 0;
};

}  // namespace maillage::io
