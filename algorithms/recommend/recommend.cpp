#include "algorithms/recommend/recommend.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace maillage {
namespace {

/// Actors searched by one task: small enough that two threads end together.
constexpr std::size_t actors_per_chunk = 64;

std::vector<VertexId> asked_for(const RecommendInput& input, const RecommendOptions& options) {
    if (options.only) {
        return {*options.only};
    }
    std::vector<VertexId> result;
    for (const VertexId v : input.ties.vertices()) {
        if (input.scoped(v)) {
            result.push_back(v);
        }
    }
    if (options.shard) {
        const auto begin_of = [n = result.size(), of = options.shard->of](std::uint64_t part) {
            return static_cast<std::ptrdiff_t>((part - 1) * n / of);
        };
        const auto begin = result.begin() + begin_of(options.shard->part);
        const auto end = result.begin() + begin_of(std::uint64_t{options.shard->part} + 1);
        result = {begin, end};
    }
    return result;
}

std::vector<RecommendedPartner> ranked(const std::vector<Candidate>& found) {
    std::vector<RecommendedPartner> list;
    list.reserve(found.size());
    for (const Candidate& candidate : found) {
        list.push_back({candidate.vertex, static_cast<std::uint32_t>(list.size() + 1), candidate.score});
    }
    return list;
}

NoRecommendation reason_of(const RecommendInput& input, const ActorRecommendations& actor) {
    if (!actor.partners.empty()) {
        return NoRecommendation::found;
    }
    const Profile own = profile(input.offers, input.seeks, actor.actor);
    const bool tied = input.ties.degree(actor.actor) > 0;
    const bool expert = !own.offers.empty() || !own.seeks.empty();
    if (actor.reach.candidates > 0) {
        return NoRecommendation::too_weak;
    }
    if (actor.reach.linked > 0) {
        return NoRecommendation::all_linked;
    }
    return tied     ? NoRecommendation::no_reach
           : expert ? NoRecommendation::nothing_common
                    : NoRecommendation::nothing_known;
}

/// The best linked actors in scope: overall and of each group of the first grouping.
class Hubs {
public:
    explicit Hubs(const RecommendInput& input) : input_(input) {
        if (!input.groupings.empty()) {
            of_group_.resize(input.groupings.front().group_count(), none<VertexId>);
        }
        for (const VertexId v : input.ties.vertices()) {
            if (!input.scoped(v) || input.ties.degree(v) == 0) {
                continue;
            }
            keep_better(overall_, v);
            for (const GroupId g : groups(v)) {
                keep_better(of_group_[index_of(g)], v);
            }
        }
    }

    [[nodiscard]] std::optional<Introducer> for_actor(VertexId x) const {
        VertexId best = none<VertexId>;
        for (const VertexId partner : input_.known().neighbours(x)) {
            keep_better(best, partner);
        }
        if (best != none<VertexId>) {
            return introduction(best, Introducer::By::partner);
        }
        for (const GroupId g : groups(x)) {
            if (of_group_[index_of(g)] != none<VertexId>) {
                keep_better(best, of_group_[index_of(g)]);
            }
        }
        if (best != none<VertexId>) {
            return introduction(best, Introducer::By::group);
        }
        if (overall_ != none<VertexId> && overall_ != x) {
            return introduction(overall_, Introducer::By::best_linked);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::span<const GroupId> groups(VertexId v) const {
        return input_.groupings.empty() ? std::span<const GroupId>() : input_.groupings.front().of(v);
    }
    /// More partners, then the smaller id.
    void keep_better(VertexId& best, VertexId v) const {
        if (best == none<VertexId> || input_.ties.degree(v) > input_.ties.degree(best) ||
            (input_.ties.degree(v) == input_.ties.degree(best) && v < best)) {
            best = v;
        }
    }
    [[nodiscard]] Introducer introduction(VertexId v, Introducer::By by) const {
        return {v, by, input_.ties.degree(v)};
    }

    const RecommendInput& input_;
    VertexId overall_ = none<VertexId>;
    std::vector<VertexId> of_group_;
};

Exposure exposure_of(const PairModel& model, const std::vector<ActorRecommendations>& actors) {
    const RecommendInput& input = model.input();
    std::vector<double> row(input.ties.vertex_count(), 0.0);
    for (const ActorRecommendations& actor : actors) {
        for (const RecommendedPartner& partner : actor.partners) {
            row[index_of(partner.partner)] += exposure_at(partner.rank);
        }
    }
    std::vector<double> in_scope;
    in_scope.reserve(model.actors_in_scope());
    for (const VertexId v : input.ties.vertices()) {
        if (input.scoped(v)) {
            in_scope.push_back(row[index_of(v)]);
        }
    }
    return exposure(in_scope);
}

}  // namespace

void validate(const RecommendOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    if (options.shard &&
        (options.shard->of < 1 || options.shard->part < 1 || options.shard->part > options.shard->of)) {
        throw OptionError("shard", "is i/n with i from 1 to n");
    }
    if (options.shard && options.only) {
        throw OptionError("shard", "is a part of all lists, not of that of one actor");
    }
}

std::string_view to_code(NoRecommendation reason) noexcept {
    switch (reason) {
        case NoRecommendation::found:
            return {};
        case NoRecommendation::nothing_known:
            return "nothing_known";
        case NoRecommendation::nothing_common:
            return "nothing_common";
        case NoRecommendation::no_reach:
            return "no_reach";
        case NoRecommendation::all_linked:
            return "all_linked";
        case NoRecommendation::too_weak:
            return "too_weak";
    }
    return {};
}

std::string_view to_code(Introducer::By by) noexcept {
    switch (by) {
        case Introducer::By::partner:
            return "partner";
        case Introducer::By::group:
            return "group";
        case Introducer::By::best_linked:
            return "best_linked";
    }
    return {};
}

RecommendResult recommend(const PairModel& model, const RecommendOptions& options,
                          const Execution& execution) {
    validate(options);
    const RecommendInput& input = model.input();
    if (options.only &&
        (index_of(*options.only) >= input.ties.vertex_count() || !input.scoped(*options.only))) {
        throw OptionError("actor", "is not in the scope of the analysis; try --scope all");
    }
    const std::vector<VertexId> asked = asked_for(input, options);
    RecommendResult result;
    result.actors.resize(asked.size());
    std::optional<SearchAids> aids;
    if (needs_bounds(model, options.budget)) {
        aids.emplace(model, execution, options.only);
    }
    std::vector<std::unique_ptr<CandidateSearch>> searches(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(asked.size(), actors_per_chunk, execution, "recommend",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!searches[worker]) {
                       searches[worker] = std::make_unique<CandidateSearch>(
                           model, options.top, options.budget, aids ? &*aids : nullptr);
                   }
                   CandidateSearch& search = *searches[worker];
                   for (std::size_t i = begin; i < end; ++i) {
                       result.actors[i].actor = asked[i];
                       result.actors[i].partners = ranked(search.search(asked[i]));
                       result.actors[i].reach = search.reach();
                   }
               });

    std::optional<Hubs> hubs;
    for (ActorRecommendations& actor : result.actors) {
        actor.reason = reason_of(input, actor);
        if (actor.partners.empty()) {
            if (!hubs) {
                hubs.emplace(input);
            }
            actor.introducer = hubs->for_actor(actor.actor);
        }
        result.bounded_paths += actor.reach.all_paths ? 0U : 1U;
        result.bounded_expertises += actor.reach.all_expertises ? 0U : 1U;
    }
    result.exposure = exposure_of(model, result.actors);
    return result;
}

}  // namespace maillage
