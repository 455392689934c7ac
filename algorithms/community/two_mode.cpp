#include "algorithms/community/two_mode.hpp"

#include <algorithm>

namespace maillage {
namespace {

/// The division of the actors alone.
Partition actors_of(const BipartitePartition& partition) {
    std::vector<std::uint32_t> label;
    label.reserve(partition.vertex_count());
    for (const VertexId v : IdRange<VertexId>(partition.vertex_count())) {
        label.push_back(static_cast<std::uint32_t>(partition.of(v)));
    }
    return Partition(label);
}

/// For each community of actors that of actors and expertises it is part of, and the other way round; none
/// where there is no actor.
struct Sides {
    std::vector<CommunityId> whole_of, actors_of;

    Sides(const BipartitePartition& whole, const Partition& actors)
        : whole_of(actors.community_count()), actors_of(whole.nodes().community_count(), none<CommunityId>) {
        for (const VertexId v : IdRange<VertexId>(actors.vertex_count())) {
            whole_of[index_of(actors[v])] = whole.of(v);
            actors_of[index_of(whole.of(v))] = actors[v];
        }
    }
};

LeidenResult runs_of(const BipartiteResult& found, bool linked) {
    LeidenResult result;
    result.options.quality.resolution = found.options.resolution;
    result.options.runs = found.options.runs;
    result.options.max_iterations = found.options.max_iterations;
    result.options.min_gain = BipartiteOptions::min_gain;
    result.options.moved_share = 0.0;
    result.options.seed = found.options.seed;
    result.best = found.best;
    result.why = linked ? "" : "no_edges";
    for (const BipartiteRun& run : found.runs) {
        LeidenRun& same = result.runs.emplace_back();
        same.partition = actors_of(run.partition);
        same.quality = run.quality;
        same.gains = run.gains;
        same.stop = run.converged ? LeidenRun::Stop::converged : LeidenRun::Stop::max_iterations;
    }
    return result;
}

TwoMode expertises_of(const Incidence& offers, const BipartitePartition& partition, const Sides& sides) {
    TwoMode result;
    result.links = offers.size();
    result.expertises.resize(sides.whole_of.size());
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        result.held += offers.of(x).empty() ? 0U : 1U;
        const CommunityId with = sides.actors_of[index_of(partition.of(x))];
        (with == none<CommunityId> ? result.alone : result.expertises[index_of(with)]).push_back(x);
    }
    std::vector<std::uint32_t> holders(offers.expertise_count(), 0);  // in its own community
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        for (const Incidence::OfExpertise& link : offers.of(x)) {
            holders[index_of(x)] += partition.of(link.vertex) == partition.of(x) ? 1U : 0U;
        }
    }
    for (std::vector<ExpertiseId>& community : result.expertises) {
        std::stable_sort(community.begin(), community.end(), [&holders](ExpertiseId a, ExpertiseId b) {
            return holders[index_of(a)] > holders[index_of(b)];
        });
    }
    return result;
}

/// What the profile of the two-mode graph says of the actors and their communities.
PartitionProfile of_actors(const PartitionProfile& whole, const Partition& actors, const Sides& sides,
                           const TwoMode& two_mode) {
    PartitionProfile result;
    result.total_weight = whole.total_weight;
    result.coverage = whole.coverage;
    for (const CommunityId c : actors.ids()) {
        CommunityProfile profile = whole.communities[index_of(sides.whole_of[index_of(c)])];
        const std::size_t expertises = two_mode.expertises[index_of(c)].size();
        profile.size = static_cast<std::uint32_t>(actors.size(c));
        profile.density = std::nullopt;
        if (expertises > 0) {
            profile.density = static_cast<double>(profile.internal_ties) /
                              (static_cast<double>(actors.size(c)) * static_cast<double>(expertises));
        }
        result.communities.push_back(profile);
    }
    result.members.assign(whole.members.begin(),
                          whole.members.begin() + static_cast<std::ptrdiff_t>(actors.vertex_count()));
    for (Membership& member : result.members) {
        if (member.second_strength) {
            member.second = sides.actors_of[index_of(member.second)];
            if (member.second == none<CommunityId>) {
                member.second_strength.reset();
            }
        }
    }
    return result;
}

StabilityResult of_actors(StabilityResult whole, const Partition& actors) {
    whole.confidence.resize(actors.vertex_count());
    whole.community_confidence.assign(actors.community_count(), std::nullopt);
    std::vector<std::uint32_t> counted(actors.community_count(), 0);
    for (const VertexId v : IdRange<VertexId>(actors.vertex_count())) {
        if (const auto& sure = whole.confidence[index_of(v)]) {
            const std::size_t c = index_of(actors[v]);
            whole.community_confidence[c] = whole.community_confidence[c].value_or(0.0) + *sure;
            ++counted[c];
        }
    }
    for (std::size_t c = 0; c < counted.size(); ++c) {
        if (counted[c] > 0) {
            *whole.community_confidence[c] /= counted[c];
        }
    }
    return whole;
}

}  // namespace

CsrGraph two_mode_graph(const Incidence& offers) {
    std::vector<Tie> ties;
    ties.reserve(offers.size());
    for (const VertexId v : IdRange<VertexId>(offers.vertex_count())) {
        for (const Incidence::OfVertex& link : offers.of(v)) {
            ties.push_back({v, id_at<VertexId>(offers.vertex_count() + index_of(link.expertise))});
        }
    }
    return CsrGraph::from_ties(offers.vertex_count() + offers.expertise_count(), ties);
}

TwoModeCommunities two_mode_communities(const Incidence& offers, const BipartiteOptions& options,
                                        const Execution& execution) {
    const BipartiteResult found = bipartite_communities(offers, options, execution);
    TwoModeCommunities result;
    result.runs = runs_of(found, offers.size() > 0);
    const Partition& actors = result.runs.partition();
    const Sides sides(found.partition(), actors);
    const CsrGraph graph = two_mode_graph(offers);
    std::vector<Partition> divisions;
    divisions.reserve(found.runs.size());
    for (const BipartiteRun& run : found.runs) {
        divisions.push_back(run.partition.nodes());
    }
    const BipartiteQuality quality = barber_modularity(offers, found.partition(), options.resolution);
    result.quality.value = quality.value;
    result.quality.why = quality.why;
    for (const CommunityId whole : sides.whole_of) {
        if (quality.value) {
            result.quality.contributions.push_back(quality.contributions[index_of(whole)]);
        }
    }
    result.two_mode = expertises_of(offers, found.partition(), sides);
    result.profile = of_actors(profile(graph, found.partition().nodes()), actors, sides, result.two_mode);
    result.stability = of_actors(stability(graph, divisions, found.best, execution), actors);
    return result;
}

}  // namespace maillage
