#include "tools/fitted_model.hpp"

#include "io/actor_words.hpp"

#include "tools/session.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

/// 1 for vertices that are members of a partnership which began before a day, in scope or not.
std::vector<std::uint8_t> seen_before(const Network& network, const Projection& past,
                                      std::span<const std::string> excluded_kinds, std::int32_t day) {
    std::vector<std::uint8_t> seen(past.actor_of.size(), 0);
    for (const PartnershipId p : network.partnerships().ids()) {
        const Partnership& partnership = network.partnerships()[p];
        if ((partnership.start && partnership.start->first_day() >= day) ||
            std::find(excluded_kinds.begin(), excluded_kinds.end(), network.text(partnership.kind)) !=
                excluded_kinds.end()) {
            continue;
        }
        for (const Member& member : network.members(p)) {
            if (const VertexId v = past.vertex(member.actor); v != none<VertexId>) {
                seen[index_of(v)] = 1;
            }
        }
    }
    return seen;
}

}  // namespace

std::string territory_attribute(const Network& network) {
    for (const std::string& name : network.settings().group_by) {
        if (name != "kind" && name != "place" && name != "country") {
            return name;
        }
    }
    return {};
}

std::unique_ptr<FittedSource> fitted_source(const Session& session, const Projection& past,
                                            std::int32_t day) {
    const Network& network = session.network();
    const std::vector<std::uint8_t> known =
        seen_before(network, past, session.projection_options().excluded_kinds, day);
    const NameWords words = io::actor_words(network);
    const std::string territory = territory_attribute(network);
    ProjectionOptions projection = session.projection_options();
    projection.scope.reset();  // actors out of scope teach as well
    auto ranking = fit_ranking({network, projection, day, words, territory}, {}, session.execution());
    if (!ranking) {
        return nullptr;
    }
    auto model = std::make_shared<const EvidenceModel>(
        EvidenceInput{network, past, known, day, projection.excluded_kinds, words, territory});
    return std::make_unique<FittedSource>(std::move(model), std::move(*ranking));
}

std::unique_ptr<FittedSource> fitted_source(const Session& session) {
    // The day after the last partnership began, or after --to: whatever the day it is computed on.
    const Network& network = session.network();
    std::int32_t last = std::numeric_limits<std::int32_t>::min();
    for (const PartnershipId p : network.partnerships().ids()) {
        if (const auto& start = network.partnerships()[p].start) {
            last = std::max(last, start->first_day());
        }
    }
    if (const auto& to = session.projection_options().to) {
        last = std::min(last, to->last_day());
    }
    if (last == std::numeric_limits<std::int32_t>::min()) {
        return nullptr;
    }
    return fitted_source(session, session.all(), last + 1);
}

}  // namespace maillage::tools
