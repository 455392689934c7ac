#include "io/actor_lookup.hpp"

#include "io/name_key.hpp"

namespace maillage::io {
namespace {

/// Looking for near names costs a pass over the actors: not for every row of a file that is altogether wrong.
constexpr std::size_t most_suggestions = 50;

}  // namespace

std::optional<ActorId> ActorLookup::find(std::string_view text, std::string& why) {
    if (const auto found = network_.find_actor(text)) {
        return found;
    }
    const std::vector<ActorId>& same = named(text);
    if (same.size() == 1) {
        return same.front();
    }
    const std::string quoted = '"' + std::string(text) + '"';
    if (same.empty()) {
        why = "there is no actor with the id or name " + quoted + near(text);
        return std::nullopt;
    }
    std::string ids;
    for (const ActorId a : same) {
        ids += (ids.empty() ? "" : ", ") + std::string(network_.id(a));
    }
    why = "several actors are called " + quoted + ": " + ids + "; use the id";
    return std::nullopt;
}

const std::vector<ActorId>& ActorLookup::named(std::string_view name) {
    if (by_name_.empty()) {
        for (const ActorId a : network_.actors().ids()) {
            by_name_[name_key(network_.name(a))].push_back(a);
        }
    }
    static const std::vector<ActorId> nobody;
    const std::string key = name_key(name);
    const auto found = by_name_.find(key);
    return key.empty() || found == by_name_.end() ? nobody : found->second;
}

std::string ActorLookup::near(std::string_view text) {
    if (++suggestions_ > most_suggestions) {
        return {};
    }
    if (known_.empty()) {
        for (const ActorId a : network_.actors().ids()) {
            known_.emplace_back(network_.id(a));
            known_.emplace_back(network_.name(a));
        }
    }
    return suggestion(text, known_);
}

}  // namespace maillage::io
