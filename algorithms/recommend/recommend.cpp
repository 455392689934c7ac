#include "algorithms/recommend/recommend.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/recommend/fitted_search.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>

namespace maillage {
namespace {

/// Actors searched by one task: small enough that two threads end together.
constexpr std::size_t actors_per_chunk = 64;
constexpr std::size_t most_candidates = std::numeric_limits<std::uint32_t>::max();

std::vector<VertexId> asked_for(const RecommendInput& input, const RecommendOptions& options) {
    if (options.only && options.lists.max_exposure == 0) {  // a cap holds over all lists
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

std::vector<RecommendedPartner> ranked(const std::vector<ListCandidate>& arranged) {
    std::vector<RecommendedPartner> list;
    list.reserve(arranged.size());
    for (const ListCandidate& c : arranged) {
        list.push_back(
            {c.partner, static_cast<std::uint32_t>(list.size() + 1), c.score, c.value, c.score_rank});
    }
    return list;
}

std::vector<ListCandidate> candidates(const std::vector<Candidate>& found) {
    std::vector<ListCandidate> list;
    list.reserve(found.size());
    for (const Candidate& c : found) {
        list.push_back({c.vertex, c.score, c.score, static_cast<std::uint32_t>(list.size() + 1)});
    }
    return list;
}

ListFacts facts_of(const PairModel& model, const RecommendOptions& options) {
    const ListPolicy& policy = options.lists;
    const RecommendInput& input = model.input();
    return {
        .similarity = [&model](VertexId p, VertexId q) { return partner_similarity(model, p, q); },
        .outside =
            [&input](VertexId actor, VertexId partner) {
                const GroupLabels& labels = input.groupings.front();
                return !labels.of(actor).empty() && !labels.of(partner).empty() &&
                       !share_a_group(labels.of(actor), labels.of(partner));
            },
        .newcomer = [&input, few = policy.newcomer_partners](
                        VertexId partner) { return input.ties.degree(partner) <= few; },
        .logarithmic = options.fitted != nullptr,
    };
}

/// Finds the candidates that the list of an actor is chosen from. One per worker.
class CandidateFinder {
public:
    CandidateFinder(const PairModel& model, const RecommendOptions& options, const SearchAids* aids)
        : model_(model),
          options_(options),
          aids_(aids),
          facts_(facts_of(model, options)),
          depth_(static_cast<std::uint32_t>(
              std::min<std::size_t>(candidates_for(options.lists, options.top), most_candidates))),
          search_(model, depth_, options.budget, aids) {}

    /// Leaves what was looked at, and how many were dropped as one-sided, in `actor`; the head by score alone
    /// in `by_score`.
    CandidateList find(ActorRecommendations& actor, std::vector<VertexId>& by_score) {
        return options_.fitted != nullptr ? find_fitted(actor, by_score) : find_published(actor, by_score);
    }

    /// What is found for the actors of a chunk together; a call of find for each of them follows.
    void prepare(std::span<const VertexId> actors) {
        if (options_.fitted != nullptr) {
            if (!fitted_) {
                fitted_.emplace(model_, *options_.fitted, depth_, options_.lists, facts_);
            }
            fitted_->prepare(actors);
        }
    }

private:
    CandidateList find_fitted(ActorRecommendations& actor, std::vector<VertexId>& by_score) {
        const FittedCandidates& found = fitted_->of(actor.actor);
        CandidateList list{actor.actor, {}};
        for (const FittedCandidate& c : found.candidates) {
            list.candidates.push_back({c.partner, c.score, c.score, c.score_rank});
        }
        actor.reach = found.reach;
        take_head(list, by_score);
        order_by_gain(list, actor);
        return list;
    }

    void take_head(const CandidateList& list, std::vector<VertexId>& by_score) const {
        const std::size_t head = std::min<std::size_t>(options_.top, list.candidates.size());
        for (std::size_t i = 0; i < head; ++i) {
            by_score.push_back(list.candidates[i].partner);
        }
    }

    void order_by_gain(CandidateList& list, ActorRecommendations& actor) {
        if (options_.lists.reciprocal != Fusion::off) {
            const std::size_t before = list.candidates.size();
            order_by_mutual_gain(list, options_.lists.reciprocal, sides());
            actor.one_sided = before - list.candidates.size();
        }
    }

    CandidateList find_published(ActorRecommendations& actor, std::vector<VertexId>& by_score) {
        CandidateList list{actor.actor, candidates(search_.search(actor.actor))};
        actor.reach = search_.reach();
        take_head(list, by_score);
        if (actor.reach.candidates > list.candidates.size()) {
            const auto outside = [this, x = actor.actor](VertexId p) { return facts_.outside(x, p); };
            fill_up(list, options_.lists.quota, outside, for_quota_);
            fill_up(list, options_.lists.newcomers, facts_.newcomer, for_newcomers_);
        }
        order_by_gain(list, actor);
        return list;
    }

    /// Where fewer candidates qualify than places are kept for them: adds the best within reach who do.
    void fill_up(CandidateList& list, std::uint32_t places, const std::function<bool(VertexId)>& qualifies,
                 std::optional<CandidateSearch>& search) {
        if (places == 0) {
            return;
        }
        const auto there = std::count_if(list.candidates.begin(), list.candidates.end(),
                                         [&](const ListCandidate& c) { return qualifies(c.partner); });
        if (static_cast<std::size_t>(there) >= places) {
            return;
        }
        if (!search) {
            search.emplace(model_, places, options_.budget, aids_);
        }
        search->look_only_for(qualifies);
        for (const Candidate& found : search->search(list.actor)) {
            const bool known = std::any_of(list.candidates.begin(), list.candidates.end(),
                                           [&](const ListCandidate& c) { return c.partner == found.vertex; });
            if (!known) {
                list.candidates.push_back({found.vertex, found.score, found.score, 0});
            }
        }
        std::sort(list.candidates.begin(), list.candidates.end(), [](const auto& x, const auto& y) {
            const int order = compare_scores(x.score, y.score);
            return order != 0 ? order > 0 : x.partner < y.partner;
        });
    }

    [[nodiscard]] std::function<Sides(VertexId, VertexId)> sides() {
        if (!scorer_) {
            scorer_.emplace(model_);
        }
        return [this](VertexId actor, VertexId partner) {
            const Reciprocity value = reciprocity((*scorer_)(actor, partner), model_.options());
            return Sides{value.to_a, value.to_b};
        };
    }

    const PairModel& model_;
    const RecommendOptions& options_;
    const SearchAids* aids_;
    ListFacts facts_;
    std::uint32_t depth_;
    CandidateSearch search_;
    std::optional<CandidateSearch> for_quota_, for_newcomers_;
    std::optional<PairScorer> scorer_;
    std::optional<FittedSearch> fitted_;
};

NoRecommendation reason_of(const RecommendInput& input, const ActorRecommendations& actor) {
    if (!actor.partners.empty()) {
        return NoRecommendation::found;
    }
    const Profile own = profile(input.offers, input.seeks, actor.actor);
    const bool tied = input.ties.degree(actor.actor) > 0;
    const bool expert = !own.offers.empty() || !own.seeks.empty();
    if (actor.turned_away > 0) {
        return NoRecommendation::exposed;
    }
    if (actor.one_sided > 0) {
        return NoRecommendation::one_sided;
    }
    if (actor.reach.candidates > 0) {
        return NoRecommendation::too_weak;
    }
    if (actor.reach.barred > 0) {
        return NoRecommendation::barred;
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

using Lists = std::vector<std::vector<VertexId>>;

std::vector<double> shown_in(const PairModel& model, const Lists& lists) {
    std::vector<double> row(model.input().ties.vertex_count(), 0.0);
    for (const std::vector<VertexId>& list : lists) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            row[index_of(list[i])] += exposure_at(static_cast<std::uint32_t>(i + 1));
        }
    }
    return row;
}

Exposure exposure_of(const PairModel& model, std::span<const double> row) {
    const RecommendInput& input = model.input();
    std::vector<double> in_scope;
    in_scope.reserve(model.actors_in_scope());
    for (const VertexId v : input.ties.vertices()) {
        if (input.scoped(v)) {
            in_scope.push_back(row[index_of(v)]);
        }
    }
    return exposure(in_scope);
}

Lists lists_of(const std::vector<ActorRecommendations>& actors) {
    Lists lists;
    for (const ActorRecommendations& actor : actors) {
        std::vector<VertexId>& list = lists.emplace_back();
        for (const RecommendedPartner& partner : actor.partners) {
            list.push_back(partner.partner);
        }
    }
    return lists;
}

void keep_only(RecommendResult& result, VertexId actor) {
    const auto found = std::find_if(result.actors.begin(), result.actors.end(),
                                    [actor](const auto& entry) { return entry.actor == actor; });
    result.actors = {*found};
}

/// The terms of what is listed; computed anew for the lists alone, since candidates are many more.
void add_evidence(RecommendResult& result, const FittedSource& fitted, const Execution& execution) {
    std::vector<std::unique_ptr<FittedRows>> rows(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(result.actors.size(), EvidenceRows::lanes, execution, "explain",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!rows[worker]) {
                       rows[worker] = fitted.fitted_rows();
                   }
                   std::vector<VertexId> actors;
                   for (std::size_t i = begin; i < end; ++i) {
                       actors.push_back(result.actors[i].actor);
                   }
                   rows[worker]->compute(actors);
                   for (std::size_t i = begin; i < end; ++i) {
                       for (const RecommendedPartner& partner : result.actors[i].partners) {
                           result.actors[i].evidence.push_back(rows[worker]->raw(i - begin, partner.partner));
                       }
                   }
               });
}

}  // namespace

double partner_similarity(const PairModel& model, VertexId p, VertexId q) {
    const auto known = complementarity(model.masses(p, q), model.options().complementarity).similarity;
    const auto crossed = model.crossing(p, q);
    if (known && crossed) {
        return (*known + 1.0 - *crossed) / 2.0;
    }
    return known ? *known : crossed ? 1.0 - *crossed : 0.0;
}

void validate(const RecommendOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    validate(options.lists, options.top);
    if (options.shard &&
        (options.shard->of < 1 || options.shard->part < 1 || options.shard->part > options.shard->of)) {
        throw OptionError("shard", "is i/n with i from 1 to n");
    }
    if (options.shard && options.lists.max_exposure > 0) {
        throw OptionError("shard", "cuts lists that know nothing of each other: not with max-exposure");
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
        case NoRecommendation::barred:
            return "excluded";
        case NoRecommendation::one_sided:
            return "one_sided";
        case NoRecommendation::exposed:
            return "max_exposure";
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
    if (options.lists.quota > 0 && input.groupings.empty()) {
        throw OptionError("quota", "needs groups to count in; see --by");
    }
    const std::vector<VertexId> asked = asked_for(input, options);
    RecommendResult result;
    result.actors.resize(asked.size());
    std::optional<SearchAids> aids;
    if (options.fitted == nullptr && needs_bounds(model, options.budget)) {
        aids.emplace(model, execution, options.only);
    }
    std::vector<CandidateList> found(asked.size());
    Lists by_score(asked.size());
    std::vector<std::unique_ptr<CandidateFinder>> finders(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(asked.size(), actors_per_chunk, execution, "recommend",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!finders[worker]) {
                       finders[worker] =
                           std::make_unique<CandidateFinder>(model, options, aids ? &*aids : nullptr);
                   }
                   finders[worker]->prepare(std::span(asked).subspan(begin, end - begin));
                   for (std::size_t i = begin; i < end; ++i) {
                       result.actors[i].actor = asked[i];
                       found[i] = finders[worker]->find(result.actors[i], by_score[i]);
                   }
               });

    const std::vector<ArrangedList> arranged =
        arrange(found, options.top, options.lists, facts_of(model, options),
                Execution{.threads = execution.threads, .progress = {}});
    for (std::size_t i = 0; i < asked.size(); ++i) {
        result.actors[i].partners = ranked(arranged[i].partners);
        result.actors[i].short_of_quota = arranged[i].short_of_quota;
        result.actors[i].short_of_newcomers = arranged[i].short_of_newcomers;
        result.actors[i].turned_away = arranged[i].turned_away;
    }
    if (options.only) {
        keep_only(result, *options.only);
    } else {
        result.shown_by_score = shown_in(model, by_score);
        result.exposure_by_score = exposure_of(model, result.shown_by_score);
        result.exposure = exposure_of(model, shown_in(model, lists_of(result.actors)));
    }
    if (options.fitted != nullptr) {
        add_evidence(result, *options.fitted, execution);
    }

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
    return result;
}

}  // namespace maillage
