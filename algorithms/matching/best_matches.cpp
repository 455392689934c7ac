#include "algorithms/matching/best_matches.hpp"

#include "engine/error.hpp"

#include "algorithms/matching/hop_distance.hpp"
#include "algorithms/matching/pair_search.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

using matching::BestPairFirst;
using matching::PairSearcher;
using matching::ScoredPair;
using matching::SearchIndex;

/// Actors searched by one task: small enough that two threads end together.
constexpr std::size_t actors_per_chunk = 64;

void check_size(std::size_t found, std::size_t vertices, const char* what) {
    if (found != vertices) {
        throw Error("best_matches: " + std::string(what) + " for " + std::to_string(found) +
                    " vertices, expertises for " + std::to_string(vertices));
    }
}

void check(const MatchInput& input, const MatchOptions& options) {
    const std::size_t n = input.offers.vertex_count();
    check_size(input.ties.vertex_count(), n, "ties");
    if (input.seeks.vertex_count() != 0) {
        check_size(input.seeks.vertex_count(), n, "needs");
    }
    if (input.links.vertex_count() != 0) {
        check_size(input.links.vertex_count(), n, "links");
    }
    if (!input.in_scope.empty()) {
        check_size(input.in_scope.size(), n, "scope");
    }
    if (!input.counted.empty()) {
        check_size(input.counted.size(), n, "counted");
    }
    if (!input.eligible.empty()) {
        check_size(input.eligible.size(), n, "marks of who may be proposed");
    }
    if (input.across != nullptr) {
        check_size(input.across->vertex_count(), n, "groups");
    }
    if (options.only && (index_of(*options.only) >= n || !matching::in_scope(input, *options.only))) {
        throw OptionError("actor", "this actor is not in the scope of the analysis; try --scope all");
    }
}

std::vector<VertexId> searched(const MatchInput& input, const MatchOptions& options) {
    if (options.only) {
        return {*options.only};
    }
    std::vector<VertexId> result;
    for (const VertexId v : IdRange<VertexId>(input.offers.vertex_count())) {
        if (matching::in_scope(input, v)) {
            result.push_back(v);
        }
    }
    return result;
}

/// A score of a pair is the same whoever found it, so the best of the workers' bests are the best.
std::vector<ScoredPair> merge(const std::vector<std::vector<ScoredPair>>& lists, std::size_t top) {
    TopK<ScoredPair, BestPairFirst> best(top);
    for (const auto& list : lists) {
        for (const ScoredPair& pair : list) {
            best.offer(pair);
        }
    }
    return best.take();
}

struct Found {
    std::vector<ActorMatches> actors;
    std::vector<ScoredPair> pairs, pooling;
    std::uint64_t pairs_in_touch = 0;
};

using Searchers = std::vector<std::unique_ptr<PairSearcher>>;

NoMatch reason_of(const MatchInput& input, VertexId a, std::uint64_t open, std::uint64_t linked) {
    const Profile own = profile(input.offers, input.seeks, a);
    if (own.offers.empty()) {
        return own.seeks.empty() ? NoMatch::no_expertise : NoMatch::no_offer;
    }
    if (open > 0) {
        return input.eligible.empty() && input.across == nullptr ? NoMatch::one_sided : NoMatch::filtered;
    }
    return linked > 0 ? NoMatch::all_linked : NoMatch::nothing_common;
}

/// A score of a pair is the same whoever found it, so the best of the workers' bests are the best.
ActorMatches matches_of(VertexId a, const SearchIndex& index, const Searchers& searchers,
                        std::uint64_t& touches) {
    ActorMatches result{a, {}, NoMatch::found};
    std::uint64_t open = 0;
    std::uint64_t linked = 0;
    for (const auto& searcher : searchers) {
        if (searcher) {
            const auto seen = searcher->partners(a);
            result.partners.insert(result.partners.end(), seen.begin(), seen.end());
            open += searcher->open(a);
            linked += searcher->linked(a);
        }
    }
    touches += open + linked;
    std::sort(result.partners.begin(), result.partners.end(), matching::BestPartnerFirst{});
    if (result.partners.size() > index.options.top) {
        result.partners.resize(index.options.top);
    }
    if (result.partners.empty()) {
        result.reason = reason_of(index.input, a, open, linked);
    }
    return result;
}

Found search_all(const SearchIndex& index, const std::vector<VertexId>& actors, const Execution& execution) {
    Searchers searchers(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(actors.size(), actors_per_chunk, execution, "match",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!searchers[worker]) {
                       searchers[worker] = std::make_unique<PairSearcher>(index);
                   }
                   for (std::size_t i = begin; i < end; ++i) {
                       searchers[worker]->search(actors[i]);
                   }
               });
    Found found;
    for (const VertexId a : actors) {
        found.actors.push_back(matches_of(a, index, searchers, found.pairs_in_touch));
    }
    if (!index.options.only) {
        found.pairs_in_touch /= 2;  // each pair counts for both its ends
    }
    std::vector<std::vector<ScoredPair>> pairs;
    std::vector<std::vector<ScoredPair>> pooling;
    for (const auto& searcher : searchers) {
        if (searcher) {
            pairs.push_back(searcher->take_pairs());
            pooling.push_back(searcher->take_pooling());
        }
    }
    found.pairs = merge(pairs, index.options.top_pairs);
    found.pooling = merge(pooling, index.options.top_pooling);
    return found;
}

std::vector<ExpertiseId> expertises(std::span<const Incidence::OfVertex> held) {
    std::vector<ExpertiseId> list;
    for (const auto& one : held) {
        list.push_back(one.expertise);
    }
    return list;
}

/// What `giver` adds around the needs of the other, or around all that it does not hold.
std::optional<double> mean_added(const Relatedness& relatedness, const std::vector<ExpertiseId>& own,
                                 const std::vector<ExpertiseId>& needs, const std::vector<ExpertiseId>& giver,
                                 std::size_t expertise_count) {
    double sum = 0.0;
    std::size_t defined = 0;
    const auto add = [&](ExpertiseId i) {
        if (const auto value = relatedness.added(own, giver, i)) {
            sum += *value;
            ++defined;
        }
    };
    if (!needs.empty()) {
        std::for_each(needs.begin(), needs.end(), add);
    } else {
        for (const ExpertiseId i : IdRange<ExpertiseId>(expertise_count)) {
            if (!std::binary_search(own.begin(), own.end(), i)) {
                add(i);
            }
        }
    }
    return defined == 0 ? std::nullopt : std::optional(sum / static_cast<double>(defined) / 100.0);
}

PairFacts facts_of(const MatchInput& input, const ExpertiseWeights& plain, const Relatedness& relatedness,
                   VertexId a, VertexId b, const ComplementarityOptions& options) {
    const Profile of_a = profile(input.offers, input.seeks, a);
    const Profile of_b = profile(input.offers, input.seeks, b);
    const auto own_a = expertises(of_a.offers);
    const auto own_b = expertises(of_b.offers);
    const std::size_t all = input.offers.expertise_count();
    PairFacts facts;
    facts.plain = complementarity(of_a, of_b, plain, options);
    const Taxonomy flat(std::vector<ExpertiseId>(input.taxonomy == nullptr ? all : 0, none<ExpertiseId>));
    const Taxonomy& taxonomy = input.taxonomy == nullptr ? flat : *input.taxonomy;
    facts.near_not_same = near_not_same(taxonomy, own_a, own_b);
    facts.best_match = best_match_average(taxonomy, own_a, own_b);
    facts.added_a = mean_added(relatedness, own_a, expertises(of_a.seeks), own_b, all);
    facts.added_b = mean_added(relatedness, own_b, expertises(of_b.seeks), own_a, all);
    facts.structure_a = structural_fit(input.ties, a, b);
    facts.structure_b = structural_fit(input.ties, b, a);
    return facts;
}

MatchedPair take_apart(const MatchInput& input, GraphView links, const ExpertiseModel& model,
                       const ExpertiseWeights& plain, const Relatedness& relatedness, VertexId a, VertexId b,
                       const ComplementarityOptions& options, HopDistance& distance) {
    MatchedPair pair;
    pair.a = a;
    pair.b = b;
    pair.measures = complementarity(model.masses(a, b), options);
    pair.exchange = model.exchange(a, b);
    pair.facts = facts_of(input, plain, relatedness, a, b, options);
    pair.tied = input.ties.adjacent(a, b);
    pair.linked = pair.tied || links.adjacent(a, b);
    pair.distance = distance.between(a, b);
    return pair;
}

struct CandidateHolder {
    NeedAnswer::Holder holder;
    double cover = 0.0;  ///< similarity times level
};

/// Who in scope offers an expertise or something near it, each once by what covers most; the ones a seeker would
/// ask first at the head.
std::vector<CandidateHolder> best_holders(const MatchInput& input, const ExpertiseModel& model,
                                          ExpertiseId x) {
    std::vector<CandidateHolder> holders;
    for (const NearExpertise& near : model.near(x)) {
        for (const auto& holder : input.offers.of(near.expertise)) {
            if (matching::in_scope(input, holder.vertex)) {
                const auto level = static_cast<double>(holder.level);
                holders.push_back(
                    {{holder.vertex, level, false, holder.inferred, near.expertise, near.similarity},
                     near.similarity * level});
            }
        }
    }
    std::stable_sort(holders.begin(), holders.end(), [](const CandidateHolder& p, const CandidateHolder& q) {
        return p.holder.vertex != q.holder.vertex ? p.holder.vertex < q.holder.vertex : p.cover > q.cover;
    });
    holders.erase(std::unique(holders.begin(), holders.end(),
                              [](const CandidateHolder& p, const CandidateHolder& q) {
                                  return p.holder.vertex == q.holder.vertex;
                              }),
                  holders.end());
    std::sort(holders.begin(), holders.end(), [](const CandidateHolder& p, const CandidateHolder& q) {
        return p.cover != q.cover ? p.cover > q.cover : p.holder.vertex < q.holder.vertex;
    });
    return holders;
}

NeedAnswer answer(const MatchInput& input, const MatchOptions& options, VertexId seeker,
                  const Incidence::OfVertex& need, const std::vector<CandidateHolder>& holders) {
    NeedAnswer result{seeker, need.expertise, static_cast<double>(need.level), 0, 0, {}};
    for (const CandidateHolder& candidate : holders) {
        const VertexId v = candidate.holder.vertex;
        if (v == seeker) {
            continue;
        }
        ++(candidate.holder.by == need.expertise ? result.offered_by : result.offered_near);
        if (result.holders.size() < options.top) {
            result.holders.push_back(candidate.holder);
            result.holders.back().tied = input.ties.adjacent(seeker, v);
        }
    }
    return result;
}

std::vector<NeedAnswer> answer_needs(const MatchInput& input, const ExpertiseModel& model,
                                     const MatchOptions& options) {
    std::vector<NeedAnswer> needs;
    for (const ExpertiseId x : IdRange<ExpertiseId>(input.seeks.expertise_count())) {
        std::optional<std::vector<CandidateHolder>> holders;
        for (const auto& seeker : input.seeks.of(x)) {
            if (!matching::in_scope(input, seeker.vertex) ||
                (options.only && *options.only != seeker.vertex)) {
                continue;
            }
            if (!holders) {
                holders = best_holders(input, model, x);
            }
            needs.push_back(
                answer(input, options, seeker.vertex, {x, seeker.level, seeker.inferred}, *holders));
        }
    }
    std::sort(needs.begin(), needs.end(), [](const NeedAnswer& p, const NeedAnswer& q) {
        return std::tie(p.actor, p.expertise) < std::tie(q.actor, q.expertise);
    });
    return needs;
}

}  // namespace

void validate(const MatchOptions& options) {
    validate(options.complementarity);
    if (!(options.taxonomy.near > 0.0 && options.taxonomy.near <= 1.0)) {
        throw OptionError("near", "must be above 0 and at most 1");
    }
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    if (options.top_pairs == 0) {
        throw OptionError("pairs", "must be at least 1");
    }
    if (options.top_pooling == 0) {
        throw OptionError("pooling-pairs", "must be at least 1");
    }
    if (options.pooling_min_shared == 0) {
        throw OptionError("pooling-min-shared", "must be at least 1");
    }
    if (!(options.pooling_min_similarity > 0.0 && options.pooling_min_similarity <= 1.0)) {
        throw OptionError("pooling-min-similarity", "must be above 0 and at most 1");
    }
}

std::string_view to_code(NoMatch reason) noexcept {
    switch (reason) {
        case NoMatch::found:
            return "";
        case NoMatch::no_expertise:
            return "no_expertise";
        case NoMatch::no_offer:
            return "no_offer";
        case NoMatch::nothing_common:
            return "nothing_common";
        case NoMatch::all_linked:
            return "all_linked";
        case NoMatch::filtered:
            return "filtered";
        case NoMatch::one_sided:
            return "one_sided";
    }
    return "";
}

MatchResult best_matches(const MatchInput& input, const MatchOptions& options, const Execution& execution) {
    validate(options);
    check(input, options);

    MatchResult result;
    const ExpertiseModel model(input.offers, input.seeks, input.rarity_among(), input.taxonomy,
                               options.taxonomy);
    result.weights = model.weights();
    const ExpertiseWeights plain = idf_weights(input.offers, input.rarity_among());
    result.holders = plain.holders;
    const Relatedness relatedness(input.offers, input.rarity_among());
    const SearchIndex index(input, options, model);
    Found found = search_all(index, searched(input, options), execution);
    if (options.only) {
        for (const Partner& partner : found.actors.front().partners) {
            found.pairs.push_back({*options.only, partner.vertex, partner.score});
        }
    }

    HopDistance distance(input.ties);
    const auto take_all_apart = [&](const std::vector<ScoredPair>& pairs) {
        std::vector<MatchedPair> apart;
        apart.reserve(pairs.size());
        for (const ScoredPair& pair : pairs) {
            apart.push_back(take_apart(input, index.links, model, plain, relatedness, pair.a, pair.b,
                                       options.complementarity, distance));
        }
        return apart;
    };
    result.pairs = take_all_apart(found.pairs);
    result.pooling = take_all_apart(found.pooling);
    result.actors = std::move(found.actors);
    result.needs = answer_needs(input, model, options);
    result.pairs_in_touch = found.pairs_in_touch;
    return result;
}

MatchedPair match_pair(const MatchInput& input, const ExpertiseModel& model, const Relatedness& relatedness,
                       VertexId a, VertexId b, const ComplementarityOptions& options) {
    HopDistance distance(input.ties);
    return take_apart(input, input.links.vertex_count() == 0 ? input.ties : input.links, model,
                      idf_weights(input.offers, input.rarity_among()), relatedness, a, b, options, distance);
}

}  // namespace maillage
