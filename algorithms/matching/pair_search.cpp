#include "algorithms/matching/pair_search.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

namespace maillage::matching {
namespace {

/// Scores nearer than this may count as equal, and then the lower id wins: not to be refused unseen.
constexpr double tie_slack = 4e-12;
/// Vertices scanned between two looks at what is still of use.
constexpr std::size_t block = 512;

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
    const int order = compare_scores(x.score, y.score);
    return order != 0 ? order > 0 : std::tie(x.a, x.b) < std::tie(y.a, y.b);
}

bool BestPartnerFirst::operator()(const Partner& x, const Partner& y) const noexcept {
    const int order = compare_scores(x.score, y.score);
    return order != 0 ? order > 0 : x.vertex < y.vertex;
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
      mass(total_weights(match_input.offers, match_input, expertise_weights)) {
    for (const double value : mass) {
        single_mass.push_back(static_cast<float>(value));
    }
    for (const double value : total_weights(input.seeks, input, weights)) {
        per_need.push_back(value > 0.0 ? static_cast<float>(1.0 / value) : 0.0F);
    }
    per_need.resize(mass.size(), 0.0F);
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

Complementarity SearchIndex::measure(VertexId a, VertexId b) const {
    return complementarity(
        pair_masses(profile(input.offers, input.seeks, a), profile(input.offers, input.seeks, b), weights),
        options.complementarity);
}

void PartnerLists::offer(VertexId v, const Partner& partner) {
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(index_of(v) * top_);
    std::uint32_t& size = sizes_[index_of(v)];
    const auto end = [&] { return begin + static_cast<std::ptrdiff_t>(size); };
    if (size < top_) {
        *end() = partner;
        ++size;
        std::push_heap(begin, end(), BestPartnerFirst{});
    } else if (BestPartnerFirst{}(partner, *begin)) {
        std::pop_heap(begin, end(), BestPartnerFirst{});
        *(end() - 1) = partner;
        std::push_heap(begin, end(), BestPartnerFirst{});
    }
}

double PartnerLists::least(VertexId v) const noexcept {
    return sizes_[index_of(v)] < top_ ? -std::numeric_limits<double>::infinity()
                                      : entries_[index_of(v) * top_].score;
}

PairSearcher::PairSearcher(const SearchIndex& index)
    : index_(index),
      once_(!index.options.only && index.by_mass.empty()),
      shared_(index.mass.size(), 0.0F),
      met_(index.mass.size()),
      known_(index.by_mass.empty() ? 0 : index.mass.size(), 0),
      lists_(index.mass.size(), index.options.top),
      least_(index.mass.size(), once_ ? 0.0F : std::numeric_limits<float>::max()),
      open_(index.mass.size(), 0),
      linked_(index.mass.size(), 0),
      pairs_(index.options.only ? 0 : index.options.top_pairs),
      pooling_(index.options.top_pooling) {}

void PairSearcher::search(VertexId a) {
    first_ = once_ ? static_cast<std::uint32_t>(index_of(a)) + 1 : 0;
    accumulate(a);
    if (!known_.empty()) {
        mark_known(a);
    }
    leave_out(a);
    set_links_aside(a);
    weigh_those_with_needs(a);
    if (dense_) {
        weigh_everyone(a);
    } else {
        weigh_listed(a);
    }
    if (!known_.empty()) {
        weigh_those_apart(a);
    }
}

void PairSearcher::accumulate(VertexId a) {
    sharing_.clear();
    needing_.clear();
    const Profile own = profile(index_.input.offers, index_.input.seeks, a);
    std::size_t postings = 0;
    for (const auto& held : own.offers) {
        postings += index_.offered.of(held.expertise, first_).size();
    }
    // with known_ the list is needed
    dense_ = known_.empty() && postings > (shared_.size() - first_) / 4;
    for (const auto& held : own.offers) {
        const auto w = static_cast<float>(index_.weights[held.expertise]);
        if (dense_) {
            for (const auto& entry : index_.offered.of(held.expertise, first_)) {
                shared_[entry.vertex] += w * std::min(held.level, entry.level);
            }
            continue;
        }
        for (const auto& entry : index_.offered.of(held.expertise, first_)) {
            float& sum = shared_[entry.vertex];
            if (sum == 0.0F) {
                sharing_.push_back(entry.vertex);
            }
            sum += w * std::min(held.level, entry.level);
        }
    }
    const auto meet = [&](std::uint32_t v) -> Met& {
        if (!met_[v].any()) {
            needing_.push_back(v);
        }
        return met_[v];
    };
    for (const auto& held : own.offers) {
        const auto w = static_cast<float>(index_.weights[held.expertise]);
        for (const auto& entry : index_.sought.of(held.expertise, first_)) {
            meet(entry.vertex).other += w * entry.level * held.level;
        }
    }
    for (const auto& need : own.seeks) {
        const auto w = static_cast<float>(index_.weights[need.expertise]);
        for (const auto& entry : index_.offered.of(need.expertise, first_)) {
            meet(entry.vertex).own += w * need.level * entry.level;
        }
    }
}

void PairSearcher::leave_out(VertexId v) noexcept {
    shared_[index_of(v)] = 0.0F;
    met_[index_of(v)] = {};
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

void PairSearcher::set_links_aside(VertexId a) {
    if (index_.options.include_tied) {
        return;
    }
    for (const VertexId v : index_.links.neighbours(a)) {
        const std::size_t i = index_of(v);
        if (i < first_) {
            continue;
        }
        const std::uint32_t touched = shared_[i] > 0.0F || met_[i].any() ? 1 : 0;
        linked_[index_of(a)] += touched;
        linked_[i] += once_ ? touched : 0;
        leave_out(v);
        if (!known_.empty()) {
            known_[i] = stamp_;
        }
    }
}

void PairSearcher::weigh_those_with_needs(VertexId a) {
    Filter of_use = filter(a);
    for (const std::uint32_t i : needing_) {
        if (!met_[i].any()) {
            continue;  // left out
        }
        ++open_[index_of(a)];
        open_[i] += once_ ? 1 : 0;
        if (of_use.may_matter(shared_[i], index_.single_mass[i], met_[i], index_.per_need[i], least_[i])) {
            weigh(a, id_at<VertexId>(i));
            tighten(of_use, a);
        }
        leave_out(id_at<VertexId>(i));
    }
}

void PairSearcher::weigh_listed(VertexId a) {
    Filter of_use = filter(a);
    for (const std::uint32_t i : sharing_) {
        const float shared = std::exchange(shared_[i], 0.0F);
        if (shared <= 0.0F) {
            continue;  // left out, or weighed for a need
        }
        ++open_[index_of(a)];
        open_[i] += once_ ? 1 : 0;
        if (of_use.may_matter(shared, index_.single_mass[i], least_[i]) != 0) {
            weigh(a, id_at<VertexId>(i));
            tighten(of_use, a);
        }
    }
}

// The loop that a large network with common expertises spends its time in: no branch in a block until one of
// its vertices may matter.
void PairSearcher::weigh_everyone(VertexId a) {
    const std::size_t n = shared_.size();
    std::array<std::uint32_t, block> matters{};  // as wide as a float, so that the loop is vectorised
    Filter of_use = filter(a);
    const std::uint32_t both_ends = once_ ? 1 : 0;
    for (std::size_t begin = first_; begin < n; begin += block) {
        const std::size_t size = std::min(block, n - begin);
        float* shared = shared_.data() + begin;
        std::uint32_t* open_there = open_.data() + begin;
        const float* mass = index_.single_mass.data() + begin;
        const float* least = least_.data() + begin;
        std::uint32_t open = 0;
        std::uint32_t any = 0;
        for (std::size_t i = 0; i < size; ++i) {
            matters[i] = of_use.may_matter(shared[i], mass[i], least[i]);
            const std::uint32_t touched = shared[i] > 0.0F ? 1U : 0U;
            open += touched;
            open_there[i] += touched & both_ends;
            any += matters[i];
        }
        std::fill_n(shared, size, 0.0F);
        open_[index_of(a)] += open;
        if (any == 0) {
            continue;
        }
        for (std::size_t i = 0; any > 0 && i < size; ++i) {
            if (matters[i] != 0) {
                weigh(a, id_at<VertexId>(begin + i));
                --any;
            }
        }
        tighten(of_use, a);
    }
}

void PairSearcher::weigh(VertexId a, VertexId b) {
    const Complementarity measures = index_.measure(a, b);
    offer(a, b, measures.score.value_or(0.0));
    offer_pooling(a, b, measures.similarity.value_or(0.0));
}

// A sum of k products in single precision is off by at most about (k + 1) e of itself, e = 2^-24; then the
// gains and the similarity by 3 (k + 2) e of 1, the values by that plus 2 (k + 2) e / j0 through t, and their
// harmonic mean by twice as much: 6 (k + 2) e + 4 (k + 2) e / j0. The bound below is above that; a pair that
// it lets through wrongly is only computed in vain.
PairSearcher::Filter PairSearcher::filter(VertexId a) const noexcept {
    const Profile own = profile(index_.input.offers, index_.input.seeks, a);
    const auto terms = static_cast<double>(own.offers.size() + own.seeks.size());
    const double j0 = index_.options.complementarity.common_ground;
    const double off = (terms + 8.0) * 0x1p-21;
    const double score_off = j0 > 0.0 ? off * (1.0 + 1.0 / j0) : off;
    Filter result;
    result.mass_a = index_.single_mass[index_of(a)];
    result.per_need_a = index_.per_need[index_of(a)];
    result.j0 = static_cast<float>(j0);
    result.per_j0 = j0 > 1e-30 ? 1.0F / result.j0 : 1e30F;
    result.off = static_cast<float>(score_off);
    result.similarity_off = static_cast<float>(off);
    tighten(result, a);
    return result;
}

void PairSearcher::tighten(Filter& filter, VertexId a) const noexcept {
    filter.least = static_cast<float>(least_useful_score(a));
    filter.least_similarity =
        pooling_is_closed(a) ? 2.0F : static_cast<float>(least_useful_similarity()) - filter.similarity_off;
}

/// True when no pair of a can enter the pooling list: it knows too little, or the list is full of identical
/// actors with lower ids.
bool PairSearcher::pooling_is_closed(VertexId a) const noexcept {
    if (index_.input.offers.of(a).size() < index_.options.pooling_min_shared) {
        return true;
    }
    return pooling_.full() && pooling_.worst().score == 1.0 && pooling_.worst().a < a && !index_.options.only;
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
        PairMasses masses;
        masses.a = own;
        masses.b = mass_of(v);
        return complementarity(masses, index_.options.complementarity).score.value_or(0.0);
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
        if (score < least_useful_score(a)) {
            return;
        }
        offer_group(a, std::span(first, last), score);
        (go_up ? upper : lower) = go_up ? last : first;
    }
}

// Of many equals, the first k are enough for the actor's list, and the first ones above it for the pairs.
void PairSearcher::offer_group(VertexId a, std::span<const VertexId> group, double score) {
    if (score < least_match_score) {
        return;
    }
    std::size_t for_actor = 0;
    for (auto v = group.begin(); v != group.end() && for_actor < index_.options.top; ++v) {
        if (known_[index_of(*v)] != stamp_) {
            offer_to(a, *v, score);
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
    if (score < least_match_score) {
        return;
    }
    offer_to(a, b, score);
    if (once_) {
        offer_to(b, a, score);
    }
    if (a < b && !index_.options.only) {
        pairs_.offer({a, b, score});
    }
}

void PairSearcher::offer_to(VertexId a, VertexId b, double score) {
    lists_.offer(a, {b, score});
    if (once_) {
        least_[index_of(a)] = static_cast<float>(std::max(0.0, lists_.least(a) - tie_slack));
    }
}

void PairSearcher::offer_pooling(VertexId a, VertexId b, double similarity) {
    const MatchOptions& options = index_.options;
    const bool counts_here = a < b || options.only;  // else it is met from the other end
    if (counts_here && similarity >= options.pooling_min_similarity &&
        shared_count(index_.input.offers.of(a), index_.input.offers.of(b)) >= options.pooling_min_shared &&
        !(options.include_tied && index_.links.adjacent(a, b))) {
        pooling_.offer({a, b, similarity});
    }
}

double PairSearcher::least_useful_score(VertexId a) const noexcept {
    const double for_actor = lists_.least(a);
    const double least = index_.options.only ? for_actor : std::min(for_actor, worst_score(pairs_));
    return std::max(least, least_match_score) - tie_slack;
}

double PairSearcher::least_useful_similarity() const noexcept {
    return std::max(index_.options.pooling_min_similarity, worst_score(pooling_)) - tie_slack;
}

}  // namespace maillage::matching
