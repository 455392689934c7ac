#include "algorithms/community/carry_over.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace maillage {
namespace {

using Flow = CarryOver::Flow;

constexpr std::uint32_t notable_share = 5;  ///< one fifth
constexpr std::uint32_t notable_actors = 2;

/// Flows with what leaves and what arrives in all.
struct Flows {
    std::vector<Flow> all;
    std::map<std::uint32_t, std::uint32_t> staying;  ///< of each earlier community, members still there
    std::vector<std::uint32_t> known;                ///< of each today, members that were there before
};

Flows count(const EarlierCommunities& earlier, const Partition& today) {
    std::map<std::pair<std::uint32_t, CommunityId>, std::uint32_t> cells;
    Flows flows;
    flows.known.assign(today.community_count(), 0);
    for (std::size_t v = 0; v < earlier.of.size(); ++v) {
        if (earlier.of[v] != EarlierCommunities::unknown) {
            const CommunityId now = today[id_at<VertexId>(v)];
            ++cells[{earlier.of[v], now}];
            ++flows.staying[earlier.of[v]];
            ++flows.known[index_of(now)];
        }
    }
    for (const auto& [ends, actors] : cells) {
        flows.all.push_back({ends.first, ends.second, actors});
    }
    return flows;
}

void give_ids(const EarlierCommunities& earlier, const Partition& today, const Flows& flows,
              CarryOver& result) {
    struct Pair {
        Flow flow;
        double jaccard;
    };
    std::map<std::uint32_t, std::uint32_t> size_of;
    for (const auto& community : earlier.communities) {
        size_of[community.id] = community.size;
    }
    std::vector<Pair> pairs;
    for (const Flow& flow : flows.all) {
        const bool both_alone = size_of[flow.from] == 1 && today.size(flow.to) == 1;
        if (flow.actors < notable_actors && !both_alone) {
            continue;  // one actor is not a community that goes on
        }
        const std::uint32_t staying = flows.staying.at(flow.from);
        const std::uint32_t known = flows.known[index_of(flow.to)];
        if (2 * flow.actors > staying || 2 * flow.actors > known) {
            pairs.push_back({flow, static_cast<double>(flow.actors) / (staying + known - flow.actors)});
        }
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return std::tuple(b.flow.actors, b.jaccard, a.flow.from, a.flow.to) <
               std::tuple(a.flow.actors, a.jaccard, b.flow.from, b.flow.to);
    });
    result.id.assign(today.community_count(), EarlierCommunities::unknown);
    std::set<std::uint32_t> given;
    for (const Pair& pair : pairs) {
        std::uint32_t& id = result.id[index_of(pair.flow.to)];
        if (id == EarlierCommunities::unknown && given.insert(pair.flow.from).second) {
            id = pair.flow.from;
        }
    }
    result.next_id = earlier.next_id;
    for (const auto& community : earlier.communities) {
        result.next_id = std::max(result.next_id, community.id + 1);
    }
    for (std::uint32_t& id : result.id) {
        id = id == EarlierCommunities::unknown ? result.next_id++ : id;
    }
}

/// Groups flows by one end and keeps those with several notable partners at the other.
void tell_splits_and_mergers(const Flows& flows, CarryOver& result) {
    std::map<std::uint32_t, CarryOver::Change> splits;
    std::map<CommunityId, CarryOver::Change> mergers;
    for (const Flow& flow : flows.all) {
        if (flow.actors < notable_actors) {
            continue;
        }
        if (notable_share * flow.actors >= flows.staying.at(flow.from)) {
            CarryOver::Change& split = splits[flow.from];
            split.to.push_back(flow.to);
            split.actors += flow.actors;
        }
        if (notable_share * flow.actors >= flows.known[index_of(flow.to)]) {
            CarryOver::Change& merger = mergers[flow.to];
            merger.from.push_back(flow.from);
            merger.actors += flow.actors;
        }
    }
    for (auto& [from, split] : splits) {
        if (split.to.size() > 1) {
            result.changes.push_back({CarryOver::Event::split, {from}, split.to, split.actors});
        }
    }
    for (auto& [to, merger] : mergers) {
        if (merger.from.size() > 1) {
            result.changes.push_back({CarryOver::Event::merged, merger.from, {to}, merger.actors});
        }
    }
}

void tell_changes(const EarlierCommunities& earlier, const Partition& today, const Flows& flows,
                  CarryOver& result) {
    std::map<std::uint32_t, CommunityId> now;
    for (const CommunityId c : today.ids()) {
        now[result.id[index_of(c)]] = c;
    }
    for (const Flow& flow : flows.all) {
        if (result.id[index_of(flow.to)] == flow.from) {
            result.changes.push_back({CarryOver::Event::continued, {flow.from}, {flow.to}, flow.actors});
        }
    }
    tell_splits_and_mergers(flows, result);
    const std::set<std::uint32_t> before = [&] {
        std::set<std::uint32_t> ids;
        for (const auto& community : earlier.communities) {
            ids.insert(community.id);
        }
        return ids;
    }();
    for (const auto& [id, community] : now) {
        const auto size = static_cast<std::uint32_t>(today.size(community));
        if (before.count(id) == 0 && size > 1) {
            result.changes.push_back({CarryOver::Event::appeared, {}, {community}, size});
        }
    }
    for (const auto& community : earlier.communities) {
        if (now.count(community.id) == 0 && community.size > 1) {
            result.changes.push_back({CarryOver::Event::vanished, {community.id}, {}, community.size});
        }
    }
}

}  // namespace

CarryOver carry_over(const EarlierCommunities& earlier, const Partition& today) {
    if (earlier.of.size() != today.vertex_count()) {
        throw Error("earlier communities of " + std::to_string(earlier.of.size()) +
                    " vertices for a partition of " + std::to_string(today.vertex_count()));
    }
    const Flows flows = count(earlier, today);
    CarryOver result;
    result.flows = flows.all;
    give_ids(earlier, today, flows, result);
    tell_changes(earlier, today, flows, result);
    std::uint32_t members = 0;
    for (const auto& community : earlier.communities) {
        members += community.size;
    }
    std::uint32_t known = 0;
    for (const std::uint32_t count : flows.known) {
        known += count;
    }
    result.joined = static_cast<std::uint32_t>(today.vertex_count()) - known;
    result.left = members - known;
    return result;
}

}  // namespace maillage
