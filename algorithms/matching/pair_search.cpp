#include "algorithms/matching/pair_search.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace maillage::matching {
namespace {

/// Slack of the quick refusals: a pair is refused unseen only when it is surely below the worst one kept,
/// whatever the rounding, so that ties still go to the lower id.
constexpr double slack = 4e-12;

template <class Heap>
double worst_score(const Heap& heap) {
    return heap.full() ? heap.worst().score : -std::numeric_limits<double>::infinity();
}

std::vector<double> total_weights(const Incidence& incidence, const MatchInput& input,
                                  const ExpertiseWeights& weights) {
    std::vector<double> totals(input.offers.vertex_count(), 0.0);
    for (const VertexId v : IdRange<VertexId>(incidence.vertex_count())) {
        if (!in_scope(input, v)) {
            continue;
        }
        for (const auto& held : incidence.of(v)) {
            totals[index_of(v)] += weights[held.expertise] * static_cast<double>(held.level);
        }
    }
    return totals;
}

}  // namespace

bool BestPairFirst::operator()(const ScoredPair& x, const ScoredPair& y) const noexcept {
    const double kx = score_key(x.score);
    const double ky = score_key(y.score);
    return kx != ky ? kx > ky : std::tie(x.a, x.b) < std::tie(y.a, y.b);
}

bool BestPartnerFirst::operator()(const Partner& x, const Partner& y) const noexcept {
    const double kx = score_key(x.score);
    const double ky = score_key(y.score);
    return kx != ky ? kx > ky : x.vertex < y.vertex;
}

std::size_t shared_count(std::span<const Incidence::OfVertex> a,
                         std::span<const Incidence::OfVertex> b) noexcept {
    std::size_t count = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (i->expertise == j->expertise) {
            ++count;
            ++i;
            ++j;
        } else if (i->expertise < j->expertise) {
            ++i;
        } else {
            ++j;
        }
    }
    return count;
}

PostingLists::PostingLists(const Incidence& incidence, std::span<const std::uint8_t> in_scope)
    : offsets_(1, 0) {
    entries_.reserve(incidence.size());
    for (const ExpertiseId x : IdRange<ExpertiseId>(incidence.expertise_count())) {
        for (const auto& holder : incidence.of(x)) {
            if (in_scope.empty() || in_scope[index_of(holder.vertex)] != 0) {
                entries_.push_back({static_cast<std::uint32_t>(index_of(holder.vertex)), holder.level});
            }
        }
        offsets_.push_back(entries_.size());
    }
}

SearchIndex::SearchIndex(const MatchInput& match_input, const MatchOptions& match_options,
                         const ExpertiseWeights& expertise_weights)
    : input(match_input),
      options(match_options),
      weights(expertise_weights),
      links(match_input.links.vertex_count() == 0 ? match_input.ties : match_input.links),
      offered(match_input.offers, match_input.in_scope),
      sought(match_input.seeks, match_input.in_scope),
      mass(total_weights(match_input.offers, match_input, expertise_weights)),
      need_mass(total_weights(match_input.seeks, match_input, expertise_weights)) {
    if (options.complementarity.common_ground > 0.0) {
        return;
    }
    for (const VertexId v : IdRange<VertexId>(mass.size())) {
        if (mass[index_of(v)] > 0.0) {
            by_mass.push_back(v);
        }
    }
    std::stable_sort(by_mass.begin(), by_mass.end(),
                     [&](VertexId x, VertexId y) { return mass[index_of(x)] < mass[index_of(y)]; });
}

PairMasses SearchIndex::masses(VertexId a, VertexId b) const noexcept {
    PairMasses result;
    result.a = mass[index_of(a)];
    result.b = mass[index_of(b)];
    result.need_a = need_mass[index_of(a)];
    result.need_b = need_mass[index_of(b)];
    return result;
}

PairSearcher::PairSearcher(const SearchIndex& index)
    : index_(index),
      shared_(index.mass.size(), 0.0),
      met_own_(index.mass.size(), 0.0),
      met_other_(index.mass.size(), 0.0),
      known_(index.by_mass.empty() ? 0 : index.mass.size(), 0),
      partners_(index.options.top),
      pairs_(index.options.only ? 0 : index.options.top_pairs),
      pooling_(index.options.top_pairs) {}

ActorMatches PairSearcher::search(VertexId a) {
    Counts counts;
    accumulate(a);
    leave_out(a);
    if (!known_.empty()) {
        mark_known(a);
    }
    set_links_aside(a, counts);
    weigh_those_with_needs(a, counts);
    weigh_those_sharing(a, counts);
    if (!known_.empty()) {
        weigh_those_apart(a);
    }
    ActorMatches result{a, partners_.take(), NoMatch::found};
    if (result.partners.empty()) {
        result.reason = reason(a, counts);
    }
    return result;
}

// Sums run over ascending expertises, as in pair_masses: the same bits from either side of a pair.
void PairSearcher::accumulate(VertexId a) {
    sharing_.clear();
    needing_.clear();
    const auto touch_need = [&](std::uint32_t v) {
        if (met_own_[v] == 0.0 && met_other_[v] == 0.0) {
            needing_.push_back(v);
        }
    };
    for (const auto& held : index_.input.offers.of(a)) {
        const double w = index_.weights[held.expertise];
        const auto level = static_cast<double>(held.level);
        for (const auto& entry : index_.offered.of(held.expertise)) {
            double& sum = shared_[entry.vertex];
            if (sum == 0.0) {
                sharing_.push_back(entry.vertex);
            }
            sum += w * std::min(level, static_cast<double>(entry.level));
        }
        for (const auto& entry : index_.sought.of(held.expertise)) {
            touch_need(entry.vertex);
            met_other_[entry.vertex] += w * static_cast<double>(entry.level) * level;
        }
    }
    for (const auto& need : profile(index_.input.offers, index_.input.seeks, a).seeks) {
        const double w = index_.weights[need.expertise] * static_cast<double>(need.level);
        for (const auto& entry : index_.offered.of(need.expertise)) {
            touch_need(entry.vertex);
            met_own_[entry.vertex] += w * static_cast<double>(entry.level);
        }
    }
}

void PairSearcher::leave_out(VertexId v) noexcept {
    const std::size_t i = index_of(v);
    shared_[i] = met_own_[i] = met_other_[i] = 0.0;
}

void PairSearcher::mark_known(VertexId a) {
    ++stamp_;
    known_[index_of(a)] = stamp_;
    for (const std::uint32_t v : sharing_) {
        known_[v] = stamp_;
    }
    for (const std::uint32_t v : needing_) {
        known_[v] = stamp_;
    }
}

void PairSearcher::set_links_aside(VertexId a, Counts& counts) {
    if (index_.options.include_tied) {
        return;
    }
    for (const VertexId v : index_.links.neighbours(a)) {
        const std::size_t i = index_of(v);
        if (shared_[i] > 0.0 || met_own_[i] > 0.0 || met_other_[i] > 0.0) {
            ++counts.linked;
            pairs_in_touch_ += counts_for_pairs(a, v) ? 1U : 0U;
            leave_out(v);
        }
        if (!known_.empty()) {
            known_[i] = stamp_;
        }
    }
}

void PairSearcher::weigh_those_with_needs(VertexId a, Counts& counts) {
    for (const std::uint32_t i : needing_) {
        if (met_own_[i] == 0.0 && met_other_[i] == 0.0) {
            continue;
        }
        const auto b = id_at<VertexId>(i);
        ++counts.open;
        pairs_in_touch_ += counts_for_pairs(a, b) ? 1U : 0U;
        PairMasses masses = index_.masses(a, b);
        masses.shared = shared_[i];
        masses.met_a = met_own_[i];
        masses.met_b = met_other_[i];
        offer(a, b, complementarity(masses, index_.options.complementarity).score.value_or(0.0));
        offer_pooling(a, b, shared_[i]);
        leave_out(b);
    }
}

// The loop that a large network spends its time in. Without a met need the score is t comp_H with
// comp_H = 2 ga gb / (U (ga + gb)) in unscaled gains and t = min(1, shared / (U j0)); both factors are
// compared with the worst score worth keeping without a division, and few pairs get further.
void PairSearcher::weigh_those_sharing(VertexId a, Counts& counts) {
    const double mass_a = index_.mass[index_of(a)];
    const double j0 = index_.options.complementarity.common_ground;
    for (const std::uint32_t i : sharing_) {
        const double shared = shared_[i];
        if (shared == 0.0) {
            continue;
        }
        shared_[i] = 0.0;
        const auto b = id_at<VertexId>(i);
        ++counts.open;
        pairs_in_touch_ += counts_for_pairs(a, b) ? 1U : 0U;
        offer_pooling(a, b, shared);
        const double mass_b = index_.mass[i];
        const double gain_a = mass_b - shared;
        const double gain_b = mass_a - shared;
        if (!(gain_a > 0.0 && gain_b > 0.0)) {
            continue;
        }
        const double both = mass_a + gain_a;
        const double product = 2.0 * gain_a * gain_b;
        const double needed = least_useful_score() * both * (gain_a + gain_b);
        if (product < needed || shared * product < needed * both * j0) {
            continue;
        }
        PairMasses masses = index_.masses(a, b);
        masses.shared = shared;
        offer(a, b, complementarity(masses, index_.options.complementarity).score.value_or(0.0));
    }
}

// Only when nothing in common is asked for: with nothing shared the score, 2 A B / (A + B)^2, falls with the
// distance of the two total weights, so the best are found by walking outwards from one's own.
void PairSearcher::weigh_those_apart(VertexId a) {
    const double own = index_.mass[index_of(a)];
    if (!(own > 0.0)) {
        return;
    }
    const auto& order = index_.by_mass;
    const auto mass_of = [&](VertexId v) { return index_.mass[index_of(v)]; };
    const auto score_of = [&](VertexId v) {
        return complementarity(index_.masses(a, v), index_.options.complementarity).score.value_or(0.0);
    };
    auto upper = std::lower_bound(order.begin(), order.end(), own,
                                  [&](VertexId v, double mass) { return mass_of(v) < mass; });
    auto lower = upper;
    while (lower != order.begin() || upper != order.end()) {
        const bool go_up =
            lower == order.begin() || (upper != order.end() && score_of(*upper) >= score_of(*(lower - 1)));
        auto first = go_up ? upper : lower - 1;
        auto last = first + 1;
        const double mass = mass_of(*first);
        while (go_up && last != order.end() && mass_of(*last) == mass) {
            ++last;
        }
        while (!go_up && first != order.begin() && mass_of(*(first - 1)) == mass) {
            --first;
        }
        const double score = score_of(*first);
        if (score < least_useful_score()) {
            return;
        }
        offer_group(a, std::span(first, last), score);
        (go_up ? upper : lower) = go_up ? last : first;
    }
}

// Of many equals, the first k are enough for the actor's list, and the first ones above it for the pairs.
void PairSearcher::offer_group(VertexId a, std::span<const VertexId> group, double score) {
    std::size_t for_actor = 0;
    for (auto v = group.begin(); v != group.end() && for_actor < index_.options.top; ++v) {
        if (known_[index_of(*v)] != stamp_) {
            partners_.offer({*v, score});
            ++for_actor;
        }
    }
    if (index_.options.only) {
        return;
    }
    std::size_t for_pairs = 0;
    for (auto v = std::upper_bound(group.begin(), group.end(), a);
         v != group.end() && for_pairs < index_.options.top_pairs; ++v) {
        if (known_[index_of(*v)] != stamp_) {
            pairs_.offer({a, *v, score});
            ++for_pairs;
        }
    }
}

void PairSearcher::offer(VertexId a, VertexId b, double score) {
    if (!(score > 0.0)) {
        return;
    }
    partners_.offer({b, score});
    if (a < b && !index_.options.only) {
        pairs_.offer({a, b, score});
    }
}

void PairSearcher::offer_pooling(VertexId a, VertexId b, double shared) {
    if (!counts_for_pairs(a, b)) {
        return;
    }
    const double both = index_.mass[index_of(a)] + index_.mass[index_of(b)] - shared;
    const double least = std::max(index_.options.pooling_min_similarity, worst_score(pooling_)) - slack;
    if (shared < least * both) {
        return;
    }
    PairMasses masses = index_.masses(a, b);
    masses.shared = shared;
    const double similarity =
        complementarity(masses, index_.options.complementarity).similarity.value_or(0.0);
    if (similarity >= index_.options.pooling_min_similarity &&
        shared_count(index_.input.offers.of(a), index_.input.offers.of(b)) >=
            index_.options.pooling_min_shared &&
        !(index_.options.include_tied && index_.links.adjacent(a, b))) {
        pooling_.offer({a, b, similarity});
    }
}

/// Each pair is met from both ends: the lists of pairs take it once.
bool PairSearcher::counts_for_pairs(VertexId a, VertexId b) const noexcept {
    return a < b || index_.options.only.has_value();
}

double PairSearcher::least_useful_score() const noexcept {
    const double for_actor = worst_score(partners_);
    const double least = index_.options.only ? for_actor : std::min(for_actor, worst_score(pairs_));
    return std::max(0.0, least - slack);
}

NoMatch PairSearcher::reason(VertexId a, const Counts& counts) const {
    const Profile own = profile(index_.input.offers, index_.input.seeks, a);
    if (own.offers.empty()) {
        return own.seeks.empty() ? NoMatch::no_expertise : NoMatch::no_offer;
    }
    if (counts.open > 0) {
        return NoMatch::one_sided;
    }
    return counts.linked > 0 ? NoMatch::all_linked : NoMatch::nothing_common;
}

}  // namespace maillage::matching
