#include "algorithms/structure/describe.hpp"

#include "engine/error.hpp"
#include "engine/labels.hpp"
#include "engine/top_k.hpp"

#include "algorithms/structure/expertise_pool.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace maillage {
namespace {

std::vector<double> strengths(GraphView g) {
    std::vector<double> strength;
    strength.reserve(g.vertex_count());
    for (const VertexId v : g.vertices()) {
        strength.push_back(g.strength(v));
    }
    return strength;
}

std::vector<VertexId> strongest(const std::vector<double>& strength, std::uint32_t top) {
    const auto stronger = [&strength](VertexId a, VertexId b) {
        return std::pair(-score_key(strength[index_of(a)]), a) <
               std::pair(-score_key(strength[index_of(b)]), b);
    };
    TopK<VertexId, decltype(stronger)> best(top, stronger);
    for (std::size_t v = 0; v < strength.size(); ++v) {
        if (strength[v] > 0.0) {
            best.offer(id_at<VertexId>(v));
        }
    }
    return best.take();
}

std::vector<ComponentFigures> components(GraphView g, const std::vector<double>& strength) {
    const Partition partition = connected_components(g);
    std::vector<ComponentFigures> all(partition.community_count());
    std::vector<double> highest(all.size(), -1.0);
    for (const VertexId v : g.vertices()) {
        const std::size_t c = index_of(partition[v]);
        ++all[c].size;
        all[c].ties += g.degree(v);  // both ends, halved below
        if (score_key(strength[index_of(v)]) > score_key(highest[c])) {
            highest[c] = strength[index_of(v)];
            all[c].strongest = v;
        }
    }
    std::erase_if(all, [](const ComponentFigures& c) { return c.size < 2; });
    for (ComponentFigures& c : all) {
        c.ties /= 2;
    }
    return all;
}

GraphFigures figures_of(GraphView g, const DescribeOptions& options) {
    GraphFigures figures;
    const std::vector<double> strength = strengths(g);
    std::vector<double> degree;
    degree.reserve(g.vertex_count());
    for (const VertexId v : g.vertices()) {
        degree.push_back(static_cast<double>(g.degree(v)));
        figures.isolates += g.degree(v) == 0 ? 1U : 0U;
    }
    figures.actors = g.vertex_count();
    figures.ties = g.edge_count();
    figures.weight = g.total_weight();
    if (figures.actors > 1) {
        const auto n = static_cast<double>(figures.actors);
        figures.density = static_cast<double>(figures.ties) / (n * (n - 1.0) / 2.0);
    }
    figures.components = components(g, strength);
    figures.strongest = strongest(strength, options.top);
    figures.degree = distribution(std::move(degree));
    figures.strength = distribution(strength);
    figures.transitivity = transitivity(g);
    return figures;
}

/// The described actors among those of the surroundings.
struct Surrounded {
    const Projection& described;
    const Projection& around;

    [[nodiscard]] VertexId outer(VertexId v) const { return around.vertex(described.actor(v)); }
    /// none when the actor is not described.
    [[nodiscard]] VertexId inner(VertexId v) const { return described.vertex(around.actor(v)); }
    [[nodiscard]] std::size_t degree(VertexId v) const { return around.graph.view().degree(outer(v)); }
};

void count_ties(const Surrounded& actors, const GroupLabels& labels, std::vector<GroupFigures>& groups) {
    const GraphView g = actors.around.graph.view();
    std::vector<GroupId> either;
    for (const VertexId v : actors.described.graph.view().vertices()) {
        for (const VertexId outer : g.neighbours(actors.outer(v))) {
            const VertexId other = actors.inner(outer);
            if (other == none<VertexId>) {
                for (const GroupId group : labels.of(v)) {
                    ++groups[index_of(group)].ties;
                    ++groups[index_of(group)].ties_outside;
                }
                continue;
            }
            if (other < v) {
                continue;  // counted from its other end
            }
            const auto of_v = labels.of(v);
            const auto of_other = labels.of(other);
            either.clear();
            std::set_union(of_v.begin(), of_v.end(), of_other.begin(), of_other.end(),
                           std::back_inserter(either));
            for (const GroupId group : either) {
                ++groups[index_of(group)].ties;
                const bool both = std::binary_search(of_v.begin(), of_v.end(), group) &&
                                  std::binary_search(of_other.begin(), of_other.end(), group);
                groups[index_of(group)].ties_inside += both ? 1U : 0U;
            }
        }
    }
}

void count_expertises(const Incidence& offers, const GroupLabels& labels, std::vector<GroupFigures>& groups) {
    std::vector<std::pair<GroupId, ExpertiseId>> offered;
    for (std::size_t v = 0; v < offers.vertex_count(); ++v) {
        for (const GroupId group : labels.of(id_at<VertexId>(v))) {
            groups[index_of(group)].skilled += offers.of(id_at<VertexId>(v)).empty() ? 0U : 1U;
            for (const Incidence::OfVertex& link : offers.of(id_at<VertexId>(v))) {
                offered.emplace_back(group, link.expertise);
            }
        }
    }
    std::sort(offered.begin(), offered.end());
    offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
    for (const auto& [group, expertise] : offered) {
        ++groups[index_of(group)].expertises;
    }
}

Coverage cover(const Network& network, const Surrounded& actors, const std::string& attribute) {
    const Projection& projection = actors.described;
    const GroupLabels labels = labels_by(network, projection.actor_of, attribute);
    Coverage coverage{attribute, std::vector<GroupFigures>(labels.group_count()), labels.missing()};
    for (std::size_t group = 0; group < labels.group_count(); ++group) {
        coverage.groups[group].value = labels.name(id_at<GroupId>(group));
    }
    for (const VertexId v : projection.graph.view().vertices()) {
        for (const GroupId group : labels.of(v)) {
            ++coverage.groups[index_of(group)].actors;
            coverage.groups[index_of(group)].tied += actors.degree(v) > 0 ? 1U : 0U;
        }
    }
    count_ties(actors, labels, coverage.groups);
    count_expertises(projection.offers, labels, coverage.groups);
    std::stable_sort(coverage.groups.begin(), coverage.groups.end(),
                     [](const GroupFigures& x, const GroupFigures& y) { return x.actors > y.actors; });
    return coverage;
}

/// Years of the partnerships that make a tie. One that does not say when it started is in no year.
class Calendar {
public:
    void add(const Partnership& p) {
        if (p.start) {
            ++started_[p.start->year];
        }
        if (p.start && p.end) {
            ++ended_[p.end->year];
        }
    }
    [[nodiscard]] std::vector<YearFigures> years() const {
        std::map<int, YearFigures> years;
        for (const auto& [year, count] : started_) {
            years[year].started = count;
        }
        for (const auto& [year, count] : ended_) {
            years[year].ended = count;
        }
        std::vector<YearFigures> list;
        std::size_t before = 0;  // started and not ended before the year
        for (auto& [year, figures] : years) {
            figures.year = year;
            figures.running = before + figures.started;
            before = figures.running - figures.ended;
            list.push_back(figures);
        }
        return list;
    }

private:
    std::map<int, std::size_t> started_, ended_;
};

bool concerns(const Network& network, const Projection& projection, PartnershipId p) {
    const auto members = network.members(p);
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& m) { return projection.vertex(m.actor) != none<VertexId>; });
}

PartnershipFigures partnerships(const Network& network, const Projection& projection) {
    PartnershipFigures figures;
    figures.projection = projection.summary;
    std::map<std::string_view, KindFigures> kinds;
    std::vector<double> members;
    Calendar calendar;
    for (const PartnershipId p : network.partnerships().ids()) {
        if (!concerns(network, projection, p)) {
            continue;
        }
        const Partnership& partnership = network.partnerships()[p];
        KindFigures& kind = kinds[network.text(partnership.kind)];
        ++figures.partnerships;
        ++kind.partnerships;
        if (projection.partnership_used[index_of(p)] != 0) {
            ++kind.used;
            members.push_back(static_cast<double>(network.members(p).size()));
            calendar.add(partnership);
        }
    }
    for (auto& [name, kind] : kinds) {
        kind.kind = name;
        figures.kinds.push_back(kind);
    }
    std::stable_sort(
        figures.kinds.begin(), figures.kinds.end(),
        [](const KindFigures& x, const KindFigures& y) { return x.partnerships > y.partnerships; });
    figures.years = calendar.years();
    figures.members = distribution(std::move(members));
    return figures;
}

DataGaps data_gaps(const Network& network, const Projection& projection) {
    DataGaps gaps;
    constexpr TextId nothing{};
    for (std::size_t v = 0; v < projection.actor_of.size(); ++v) {
        const Actor& actor = network.actors()[projection.actor_of[v]];
        gaps.actors_without_kind += actor.kind == nothing ? 1U : 0U;
        gaps.actors_without_place += actor.place == nothing ? 1U : 0U;
        gaps.actors_without_coordinates += actor.lat ? 0U : 1U;
        gaps.actors_without_expertise += projection.offers.of(id_at<VertexId>(v)).empty() ? 1U : 0U;
    }
    for (const PartnershipId p : network.partnerships().ids()) {
        if (projection.partnership_used[index_of(p)] == 0) {
            continue;
        }
        const Partnership& partnership = network.partnerships()[p];
        gaps.partnerships_without_start += partnership.start ? 0U : 1U;
        gaps.partnerships_without_dates += partnership.start || partnership.end ? 0U : 1U;
        gaps.partnerships_without_expertise += network.topics(p).empty() ? 1U : 0U;
        gaps.partnerships_without_kind += partnership.kind == nothing ? 1U : 0U;
    }
    return gaps;
}

}  // namespace

void validate(const DescribeOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
}

Description describe(const Network& network, const Projection& projection, const DescribeOptions& options,
                     const Projection* surroundings) {
    validate(options);
    const Surrounded actors{projection, surroundings != nullptr ? *surroundings : projection};
    Description description;
    description.options = options;
    description.graph = figures_of(projection.graph.view(), options);
    for (const VertexId v : projection.graph.view().vertices()) {
        description.untied += actors.degree(v) == 0 ? 1U : 0U;
    }
    description.coverage = {cover(network, actors, "kind"), cover(network, actors, "place")};
    description.expertises = expertise_pool(network, projection);
    description.partnerships = partnerships(network, projection);
    description.data = data_gaps(network, projection);
    return description;
}

}  // namespace maillage
