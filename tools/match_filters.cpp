#include "tools/match_filters.hpp"

#include "engine/error.hpp"

#include "tools/session.hpp"

#include <algorithm>
#include <set>

namespace maillage::tools {
namespace {

std::string enumerated(const std::set<std::string>& words) {
    std::string list;
    for (const std::string& word : words) {
        list += (list.empty() ? "" : ", ") + word;
    }
    return list;
}

}  // namespace

std::vector<std::uint8_t> eligible_actors(const Session& session, std::span<const std::string> kinds,
                                          std::span<const ExpertiseId> expertises) {
    if (kinds.empty() && expertises.empty()) {
        return {};
    }
    const Network& network = session.network();
    const Projection& projection = session.all();
    std::set<std::string> known;
    for (const Actor& actor : network.actors().items()) {
        known.emplace(network.text(actor.kind));
    }
    known.erase("");
    for (const std::string& kind : kinds) {
        if (known.count(kind) == 0) {
            throw OptionError("kind",
                              "no actor is of the kind \"" + kind + "\"" +
                                  suggestion(kind, std::vector<std::string>(known.begin(), known.end())) +
                                  "; the kinds are " + enumerated(known));
        }
    }
    std::vector<std::uint8_t> eligible;
    for (const VertexId v : IdRange<VertexId>(projection.actor_of.size())) {
        const std::string_view kind = network.text(network.actors()[projection.actor(v)].kind);
        const bool of_kind = kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
        const auto offers = projection.offers.of(v);
        const bool brings =
            expertises.empty() || std::any_of(offers.begin(), offers.end(), [&](const auto& held) {
                return std::any_of(expertises.begin(), expertises.end(), [&](ExpertiseId x) {
                    return session.taxonomy().within(held.expertise, x);
                });
            });
        eligible.push_back(of_kind && brings ? 1 : 0);
    }
    return eligible;
}

}  // namespace maillage::tools
