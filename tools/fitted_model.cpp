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

RankingBasis basis_of(const Session& session, std::int32_t day) {
    return {{}, day, territory_attribute(session.network()), session.projection_options()};
}

std::unique_ptr<FittedSource> source_over(const Session& session, const Projection& past,
                                          const RankingBasis& basis, FittedRanking ranking) {
    const Network& network = session.network();
    const auto& excluded = basis.projection.excluded_kinds;
    const std::vector<std::uint8_t> known = seen_before(network, past, excluded, basis.day);
    const NameWords words = io::actor_words(network);
    auto model = std::make_shared<const EvidenceModel>(
        EvidenceInput{network, past, known, basis.day, excluded, words, basis.territory});
    return std::make_unique<FittedSource>(std::move(model), std::move(ranking));
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

std::optional<FittedRanking> fit_on(const Session& session, const RankingBasis& basis) {
    ProjectionOptions projection = basis.projection;
    projection.scope.reset();  // actors out of scope teach as well
    const NameWords words = io::actor_words(session.network());
    return fit_ranking({session.network(), projection, basis.day, words, basis.territory}, {},
                       session.execution());
}

std::unique_ptr<FittedSource> fitted_source(const Session& session, const Projection& past,
                                            std::int32_t day) {
    const RankingBasis basis = basis_of(session, day);
    auto ranking = fit_on(session, basis);
    return ranking ? source_over(session, past, basis, std::move(*ranking)) : nullptr;
}

std::optional<RankingBasis> ranking_basis(const Session& session) {
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
        return std::nullopt;
    }
    return basis_of(session, last + 1);
}

std::unique_ptr<FittedSource> source_of(const Session& session, const RankingBasis& basis,
                                        FittedRanking ranking) {
    return source_over(session, session.all(), basis, std::move(ranking));
}

}  // namespace maillage::tools
