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
        return NoMatch::one_sided;
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

MatchedPair take_apart(const MatchInput& input, GraphView links, const ExpertiseWeights& weights, VertexId a,
                       VertexId b, const ComplementarityOptions& options, HopDistance& distance) {
    const Profile of_a = profile(input.offers, input.seeks, a);
    const Profile of_b = profile(input.offers, input.seeks, b);
    MatchedPair pair;
    pair.a = a;
    pair.b = b;
    pair.measures = complementarity(of_a, of_b, weights, options);
    pair.exchange = exchange(of_a, of_b, weights);
    pair.tied = input.ties.adjacent(a, b);
    pair.linked = pair.tied || links.adjacent(a, b);
    pair.distance = distance.between(a, b);
    return pair;
}

/// Holders of one expertise in scope, the ones a seeker would ask first at the head.
std::vector<Incidence::OfExpertise> best_holders(const MatchInput& input, ExpertiseId x) {
    std::vector<Incidence::OfExpertise> holders;
    for (const auto& holder : input.offers.of(x)) {
        if (matching::in_scope(input, holder.vertex)) {
            holders.push_back(holder);
        }
    }
    std::sort(holders.begin(), holders.end(), [](const auto& p, const auto& q) {
        return p.level != q.level ? p.level > q.level : p.vertex < q.vertex;
    });
    return holders;
}

NeedAnswer answer(const MatchInput& input, const MatchOptions& options, VertexId seeker,
                  const Incidence::OfVertex& need, const std::vector<Incidence::OfExpertise>& holders) {
    NeedAnswer result{seeker,
                      need.expertise,
                      static_cast<double>(need.level),
                      static_cast<std::uint32_t>(holders.size()),
                      {}};
    const auto own = input.offers.of(seeker);
    if (std::any_of(own.begin(), own.end(),
                    [&](const auto& held) { return held.expertise == need.expertise; })) {
        --result.offered_by;
    }
    for (const auto& holder : holders) {
        if (result.holders.size() == options.top) {
            break;
        }
        if (holder.vertex != seeker) {
            result.holders.push_back({holder.vertex, static_cast<double>(holder.level),
                                      input.ties.adjacent(seeker, holder.vertex), holder.inferred});
        }
    }
    return result;
}

std::vector<NeedAnswer> answer_needs(const MatchInput& input, const MatchOptions& options) {
    std::vector<NeedAnswer> needs;
    for (const ExpertiseId x : IdRange<ExpertiseId>(input.seeks.expertise_count())) {
        std::optional<std::vector<Incidence::OfExpertise>> holders;
        for (const auto& seeker : input.seeks.of(x)) {
            if (!matching::in_scope(input, seeker.vertex) ||
                (options.only && *options.only != seeker.vertex)) {
                continue;
            }
            if (!holders) {
                holders = best_holders(input, x);
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
        case NoMatch::one_sided:
            return "one_sided";
    }
    return "";
}

MatchResult best_matches(const MatchInput& input, const MatchOptions& options, const Execution& execution) {
    validate(options);
    check(input, options);

    MatchResult result;
    result.weights = idf_weights(input.offers, input.in_scope);
    const SearchIndex index(input, options, result.weights);
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
            apart.push_back(take_apart(input, index.links, result.weights, pair.a, pair.b,
                                       options.complementarity, distance));
        }
        return apart;
    };
    result.pairs = take_all_apart(found.pairs);
    result.pooling = take_all_apart(found.pooling);
    result.actors = std::move(found.actors);
    result.needs = answer_needs(input, options);
    result.pairs_in_touch = found.pairs_in_touch;
    return result;
}

MatchedPair match_pair(const MatchInput& input, const ExpertiseWeights& weights, VertexId a, VertexId b,
                       const ComplementarityOptions& options) {
    HopDistance distance(input.ties);
    return take_apart(input, input.links.vertex_count() == 0 ? input.ties : input.links, weights, a, b,
                      options, distance);
}

}  // namespace maillage
