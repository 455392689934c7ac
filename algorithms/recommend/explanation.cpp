#include "algorithms/recommend/explanation.hpp"

#include "engine/top_k.hpp"

#include <algorithm>

namespace maillage {
namespace {

struct MoreFirst {
    bool operator()(const CommonPartner& p, const CommonPartner& q) const noexcept {
        const int order = compare_scores(p.contribution, q.contribution);
        return order != 0 ? order > 0 : p.partner < q.partner;
    }
};

double ei(std::size_t external, std::size_t internal) {
    const auto e = static_cast<double>(external);
    const auto i = static_cast<double>(internal);
    return (e - i) / (e + i);
}

void cut(std::vector<ExchangedExpertise>& list, std::size_t most) {
    if (list.size() > most) {
        list.resize(most);
    }
}

}  // namespace

EiCounts count_ei(const RecommendInput& input) {
    EiCounts counts;
    if (input.groupings.empty()) {
        return counts;
    }
    const GroupLabels& labels = input.groupings.front();
    if (!labels.multi_valued()) {
        // one number a vertex, side by side: the loop over all ties is a comparison each
        std::vector<GroupId> group(input.ties.vertex_count(), none<GroupId>);
        for (const VertexId v : input.ties.vertices()) {
            group[index_of(v)] = input.scoped(v) ? labels.first(v) : none<GroupId>;
        }
        for (const VertexId v : input.ties.vertices()) {
            const GroupId own = group[index_of(v)];
            const auto partners = input.ties.neighbours(v);
            const auto after = std::upper_bound(partners.begin(), partners.end(), v);
            for (auto u = after; own != none<GroupId> && u != partners.end(); ++u) {
                const GroupId other = group[index_of(*u)];
                counts.internal += other == own ? 1U : 0U;
                counts.external += other != own && other != none<GroupId> ? 1U : 0U;
            }
        }
        return counts;
    }
    for (const VertexId v : input.ties.vertices()) {
        if (!input.scoped(v) || labels.of(v).empty()) {
            continue;
        }
        for (const VertexId u : input.ties.neighbours(v)) {
            if (v < u && input.scoped(u) && !labels.of(u).empty()) {
                ++(share_a_group(labels.of(v), labels.of(u)) ? counts.internal : counts.external);
            }
        }
    }
    return counts;
}

std::vector<VertexId> shortest_chain(GraphView g, VertexId a, VertexId b) {
    std::vector<VertexId> before(g.vertex_count(), none<VertexId>);
    std::vector<VertexId> queue{a};
    before[index_of(a)] = a;
    // Breadth first, neighbours in the order of ids: the first to reach a vertex is its predecessor.
    for (std::size_t next = 0; next < queue.size() && before[index_of(b)] == none<VertexId>; ++next) {
        for (const VertexId u : g.neighbours(queue[next])) {
            if (before[index_of(u)] == none<VertexId>) {
                before[index_of(u)] = queue[next];
                queue.push_back(u);
            }
        }
    }
    std::vector<VertexId> chain;
    if (before[index_of(b)] == none<VertexId>) {
        return chain;
    }
    for (VertexId v = b; v != a; v = before[index_of(v)]) {
        chain.push_back(v);
    }
    chain.push_back(a);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

PairExplainer::PairExplainer(const PairModel& model, const ExplanationLimits& limits, const EiCounts& ei)
    : model_(model), limits_(limits), ei_(ei), scorer_(model) {}

PairExplanation PairExplainer::operator()(VertexId a, VertexId b) {
    const RecommendInput& input = model_.input();
    PairExplanation pair;
    pair.a = a;
    pair.b = b;
    pair.score = scorer_(a, b);
    pair.reciprocal = reciprocity(pair.score, model_.options());
    list_common_partners(pair);
    pair.paths = scorer_.best_paths(a, b, limits_.paths);
    pair.exchange = exchange(profile(input.offers, input.seeks, a), profile(input.offers, input.seeks, b),
                             model_.weights());
    for (auto* list : {&pair.exchange.a_gives, &pair.exchange.b_gives, &pair.exchange.shared}) {
        cut(*list, limits_.expertises);
    }
    list_crossings(pair);
    count_new_partners(pair);
    if (input.ties.adjacent(a, b)) {
        pair.distance = 1;
    } else if (pair.common_partner_count > 0) {
        pair.distance = 2;
    } else if (!pair.paths.empty()) {
        pair.distance = 3;
    } else {
        pair.introducer = introducer(a, b);
    }
    weigh_effect(pair);
    return pair;
}

void PairExplainer::list_common_partners(PairExplanation& pair) const {
    const GraphView g = model_.input().ties;
    const auto of_a = g.neighbours(pair.a);
    const auto of_b = g.neighbours(pair.b);
    std::vector<CommonPartner> all;
    for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
        if (of_a[i] != of_b[j]) {
            of_a[i] < of_b[j] ? ++i : ++j;
            continue;
        }
        all.push_back({of_a[i], tie_weight(g.weights(pair.a), i) * tie_weight(g.weights(pair.b), j) /
                                    model_.strength(of_a[i])});
        ++i;
        ++j;
    }
    std::sort(all.begin(), all.end(), MoreFirst{});
    pair.common_partner_count = all.size();
    for (std::size_t i = limits_.common_partners; i < all.size(); ++i) {
        pair.other_partners_contribution += all[i].contribution;
    }
    all.resize(std::min(all.size(), limits_.common_partners));
    pair.common_partners = std::move(all);
}

void PairExplainer::count_new_partners(PairExplanation& pair) const {
    const GraphView g = model_.input().ties;
    const std::size_t tied = g.adjacent(pair.a, pair.b) ? 1 : 0;
    pair.new_to_a = g.degree(pair.b) - pair.common_partner_count - tied;
    pair.new_to_b = g.degree(pair.a) - pair.common_partner_count - tied;
}

void PairExplainer::list_crossings(PairExplanation& pair) const {
    const auto groupings = model_.input().groupings;
    for (std::size_t i = 0; i < groupings.size(); ++i) {
        const auto from = groupings[i].of(pair.a);
        const auto to = groupings[i].of(pair.b);
        if (!from.empty() && !to.empty() && !share_a_group(from, to)) {
            pair.crosses.push_back({i, from.front(), to.front()});
        }
    }
}

std::optional<VertexId> PairExplainer::introducer(VertexId a, VertexId b) const {
    const GraphView g = model_.input().ties;
    const auto partners = g.neighbours(b);
    struct Claim {
        bool in_scope = false;
        double known = 0.0, tie = 0.0;
        VertexId partner{};
    };
    const auto better = [](const Claim& p, const Claim& q) {
        if (p.in_scope != q.in_scope) {
            return p.in_scope;
        }
        return same_score(p.known, q.known) ? score_key(p.tie) > score_key(q.tie) : p.known > q.known;
    };
    std::optional<Claim> best;
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const double tie = tie_weight(g.weights(b), i);
        const Claim claim{model_.input().scoped(partners[i]), model_.masses(a, partners[i]).shared * tie, tie,
                          partners[i]};
        if (!best || better(claim, *best)) {
            best = claim;
        }
    }
    return best ? std::optional(best->partner) : std::nullopt;
}

void PairExplainer::weigh_effect(PairExplanation& pair) const {
    const RecommendInput& input = model_.input();
    if (input.groupings.empty()) {
        pair.why_no_effect = "no_grouping";
        return;
    }
    const auto of_a = input.groupings.front().of(pair.a);
    const auto of_b = input.groupings.front().of(pair.b);
    if (input.ties.adjacent(pair.a, pair.b)) {
        pair.why_no_effect = "tied";
    } else if (of_a.empty() || of_b.empty()) {
        pair.why_no_effect = why_no_group;
    } else if (ei_.external + ei_.internal == 0) {
        pair.why_no_effect = "no_edges";
    } else {
        const std::size_t inside = share_a_group(of_a, of_b) ? 1 : 0;
        pair.effect =
            EiEffect{ei(ei_.external, ei_.internal), ei(ei_.external + 1 - inside, ei_.internal + inside)};
    }
}

}  // namespace maillage
