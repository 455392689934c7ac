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

template <class Heap>
double worst_score(const Heap& heap) {
    return heap.full() ? heap.worst().score : -std::numeric_limits<double>::infinity();
}

/// A column is the better way when at least one vertex in so many is in the list …
constexpr std::size_t column_share = 16;
/// … of a network with so many vertices.
constexpr std::size_t least_column = 512;

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
    for_shared(a, b, [&](const auto&, const auto&) { ++count; });
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

Columns::Columns(const PostingLists& lists, std::size_t places, std::size_t vertices) : vertices_(vertices) {
    if (vertices < least_column) {
        return;
    }
    at_.assign(places, no_column);
    for (const ExpertiseId x : IdRange<ExpertiseId>(places)) {
        const auto list = lists.of(x);
        const bool tiny =
            std::any_of(list.begin(), list.end(), [](const auto& entry) { return of(entry.level) == 0; });
        if (list.size() * column_share < vertices || tiny) {
            continue;
        }
        at_[index_of(x)] = static_cast<std::uint32_t>(levels_.size() / vertices);
        levels_.resize(levels_.size() + vertices, 0);
        Level* column = levels_.data() + (levels_.size() - vertices);
        for (const auto& entry : list) {
            column[entry.vertex] = of(entry.level);
        }
    }
}

SearchIndex::SearchIndex(const MatchInput& match_input, const MatchOptions& match_options,
                         const ExpertiseModel& expertise_model)
    : input(match_input),
      options(match_options),
      model(expertise_model),
      links(match_input.links.vertex_count() == 0 ? match_input.ties : match_input.links),
      reached(expertise_model.places(), match_input.in_scope),
      offered(match_input.offers, match_input.in_scope),
      sought(match_input.seeks, match_input.in_scope),
      columns(reached, expertise_model.places().expertise_count(), match_input.offers.vertex_count()),
      mass(match_input.offers.vertex_count(), 0.0),
      per_need(mass.size(), 0.0F) {
    for (const VertexId v : IdRange<VertexId>(mass.size())) {
        if (in_scope(input, v)) {
            mass[index_of(v)] = model.mass(v);
            per_need[index_of(v)] =
                model.need_mass(v) > 0.0 ? static_cast<float>(1.0 / model.need_mass(v)) : 0.0F;
        }
        single_mass.push_back(static_cast<float>(mass[index_of(v)]));
    }
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

bool SearchIndex::apart(VertexId a, VertexId b) const noexcept {
    if (input.across == nullptr) {
        return true;
    }
    const auto of_a = input.across->of(a);
    const auto of_b = input.across->of(b);
    return !of_a.empty() && !of_b.empty() && !share_a_group(of_a, of_b);
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
      met_own_(index.mass.size(), 0.0F),
      met_other_(index.mass.size(), 0.0F),
      best_(index.mass.size(), 0.0F),
      masses_(index.model),
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
    masses_.set(a);
    if (dense_) {
        weigh_everyone(a);
    } else {
        weigh_those_with_needs(a);
        weigh_listed(a);
    }
    if (!known_.empty()) {
        weigh_those_apart(a);
    }
}

void PairSearcher::accumulate(VertexId a) {
    sharing_.clear();
    needing_.clear();
    const auto own = index_.model.places().of(a);
    std::size_t postings = 0;
    terms_.clear();
    for (const auto& held : own) {
        if (const auto column = index_.columns.of(held.expertise); !column.empty()) {
            terms_.push_back(
                {column.data() + first_,
                 static_cast<float>(index_.model.place_weights()[held.expertise]) / Columns::whole,
                 Columns::of(held.level)});
        } else {
            postings += index_.reached.of(held.expertise, first_).size();
        }
    }
    // with known_ the list is needed
    dense_ = known_.empty() && (!terms_.empty() || postings > (shared_.size() - first_) / 4);
    if (dense_) {
        add_columns(std::span(shared_).subspan(first_), terms_);
    }
    for (const auto& held : own) {
        const auto w = static_cast<float>(index_.model.place_weights()[held.expertise]);
        if (dense_) {
            if (!index_.columns.of(held.expertise).empty()) {
                continue;
            }
            for (const auto& entry : index_.reached.of(held.expertise, first_)) {
                shared_[entry.vertex] += w * std::min(held.level, entry.level);
            }
            continue;
        }
        for (const auto& entry : index_.reached.of(held.expertise, first_)) {
            float& sum = shared_[entry.vertex];
            if (sum == 0.0F) {
                sharing_.push_back(entry.vertex);
            }
            sum += w * std::min(held.level, entry.level);
        }
    }
    meet_needs(a);
}

void PairSearcher::meet_own(std::uint32_t v, float weight) {
    if (!dense_ && !meets(v)) {
        needing_.push_back(v);
    }
    met_own_[v] += weight;
}

void PairSearcher::meet_other(std::uint32_t v, float weight) {
    if (!dense_ && !meets(v)) {
        needing_.push_back(v);
    }
    met_other_[v] += weight;
}

void PairSearcher::meet_needs(VertexId a) {
    const ExpertiseModel& model = index_.model;
    const Profile own = profile(index_.input.offers, index_.input.seeks, a);
    // what a meets of the needs of others: for each need, by the offer that covers most of it
    any_met_ = false;
    met_needs_.clear();
    for (const auto& held : own.offers) {
        for (const NearExpertise& near : model.near(held.expertise)) {
            met_needs_.emplace_back(near.expertise, static_cast<float>(near.similarity) * held.level);
        }
    }
    std::sort(met_needs_.begin(), met_needs_.end(), [](const auto& x, const auto& y) {
        return x.first != y.first ? x.first < y.first : x.second > y.second;
    });
    for (std::size_t i = 0; i < met_needs_.size(); ++i) {
        const auto [x, cover] = met_needs_[i];
        if (i > 0 && met_needs_[i - 1].first == x) {
            continue;
        }
        const auto w = static_cast<float>(model.weights()[x]);
        for (const auto& entry : index_.sought.of(x, first_)) {
            meet_other(entry.vertex, w * entry.level * cover);
            any_met_ = true;
        }
    }
    for (const auto& need : own.seeks) {
        const auto w = static_cast<float>(model.weights()[need.expertise]) * need.level;
        const auto nearby = model.near(need.expertise);
        if (nearby.size() == 1) {
            for (const auto& entry : index_.offered.of(need.expertise, first_)) {
                meet_own(entry.vertex, w * entry.level);
                any_met_ = true;
            }
            continue;
        }
        covering_.clear();
        for (const NearExpertise& near : nearby) {
            const auto similarity = static_cast<float>(near.similarity);
            for (const auto& entry : index_.offered.of(near.expertise, first_)) {
                float& best = best_[entry.vertex];
                if (best == 0.0F) {
                    covering_.push_back(entry.vertex);
                }
                best = std::max(best, similarity * entry.level);
            }
        }
        for (const std::uint32_t v : covering_) {
            meet_own(v, w * std::exchange(best_[v], 0.0F));
            any_met_ = true;
        }
    }
}

void PairSearcher::leave_out(VertexId v) noexcept {
    shared_[index_of(v)] = 0.0F;
    met_own_[index_of(v)] = 0.0F;
    met_other_[index_of(v)] = 0.0F;
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
        const std::uint32_t touched = shared_[i] > 0.0F || meets(i) ? 1 : 0;
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
        if (!meets(i)) {
            continue;  // left out
        }
        ++open_[index_of(a)];
        open_[i] += once_ ? 1 : 0;
        if (of_use.may_matter(shared_[i], index_.single_mass[i], met_own_[i], met_other_[i],
                              index_.per_need[i], least_[i]) != 0) {
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
    std::array<std::uint32_t, scan_block> matters{};
    Filter of_use = filter(a);
    for (std::size_t begin = first_; begin < n; begin += scan_block) {
        const std::size_t size = std::min(scan_block, n - begin);
        const auto part = [&](auto& all) { return std::span(all).subspan(begin, size); };
        const auto met = [&](auto& all) { return any_met_ ? part(all) : decltype(part(all))(); };
        const Scanned scanned = scan(of_use,
                                     {part(shared_), part(index_.single_mass), part(least_), met(met_own_),
                                      met(met_other_), part(index_.per_need), part(open_), once_ ? 1U : 0U},
                                     matters);
        open_[index_of(a)] += scanned.in_touch;
        std::uint32_t left = scanned.matter;
        for (std::size_t i = begin; left > 0; ++i) {
            if (matters[i - begin] == 0) {
                continue;
            }
            --left;
            // the lists may have filled up since the block was looked at
            if (of_use.may_matter(shared_[i], index_.single_mass[i], met_own_[i], met_other_[i],
                                  index_.per_need[i], least_[i]) != 0) {
                weigh(a, id_at<VertexId>(i));
                tighten(of_use, a);
            }
        }
        std::fill_n(shared_.data() + begin, size, 0.0F);
        if (any_met_) {
            std::fill_n(met_own_.data() + begin, size, 0.0F);
            std::fill_n(met_other_.data() + begin, size, 0.0F);
        }
    }
}

void PairSearcher::weigh(VertexId a, VertexId b) {
    if (!(index_.eligible(a) || index_.eligible(b)) || !index_.apart(a, b)) {
        return;
    }
    const Complementarity measures = complementarity(masses_.to(b), index_.options.complementarity);
    offer(a, b, measures.score.value_or(0.0));
    offer_pooling(a, b, measures.similarity.value_or(0.0));
}

// A sum of k products in single precision is off by at most about (k + 1) e of itself, e = 2^-24; then the
// gains and the similarity by 3 (k + 2) e of 1, the values by that plus 2 (k + 2) e / j0 through t, and their
// harmonic mean by twice as much: 6 (k + 2) e + 4 (k + 2) e / j0. What the columns leave out of a level, at most
// 2^-17 of the weights of a's places for a sum of at least the mass of a, counts like (k + 2) e. The bound below is
// above that; a pair that it lets through wrongly is only computed in vain.
Filter PairSearcher::filter(VertexId a) const noexcept {
    const auto seeks = profile(index_.input.offers, index_.input.seeks, a).seeks;
    const auto terms = static_cast<double>(index_.model.places().of(a).size() + seeks.size());
    const double j0 = index_.options.complementarity.common_ground;
    double weights = 0.0;  // of the columns
    for (const ColumnTerm& term : terms_) {
        weights += static_cast<double>(term.weight * Columns::whole);
    }
    const double mass = index_.mass[index_of(a)];
    const double column_off = mass > 0.0 ? Columns::off * weights / mass : 0.0;
    const double off = (terms + 8.0) * 0x1p-21 + 6.0 * column_off;
    const double score_off = j0 > 0.0 ? off + ((terms + 8.0) * 0x1p-21 + 4.0 * column_off) / j0 : off;
    Filter result;
    result.mass_a = index_.single_mass[index_of(a)];
    result.per_need_a = index_.per_need[index_of(a)];
    result.j0 = static_cast<float>(j0);
    result.per_j0 = j0 > 1e-30 ? 1.0F / result.j0 : 1e30F;
    result.flat_off = static_cast<float>(off);
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
        if (known_[index_of(*v)] != stamp_ && index_.eligible(*v) && index_.apart(a, *v)) {
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
        if (known_[index_of(*v)] != stamp_ && (index_.eligible(a) || index_.eligible(*v)) &&
            index_.apart(a, *v)) {
            pairs_.offer({a, *v, score});
            ++for_pairs;
        }
    }
}

void PairSearcher::offer(VertexId a, VertexId b, double score) {
    if (score < least_match_score) {
        return;
    }
    const bool b_asked = index_.eligible(b);
    const bool a_asked = index_.eligible(a);
    if (b_asked) {
        offer_to(a, b, score);
    }
    if (once_ && a_asked) {
        offer_to(b, a, score);
    }
    if (a < b && !index_.options.only && (a_asked || b_asked)) {
        pairs_.offer({a, b, score});
    }
}

void PairSearcher::offer_to(VertexId a, VertexId b, double score) {
    constexpr double rounding = 1e-6;  // of least_
    if (once_ && score < static_cast<double>(least_[index_of(a)]) * (1.0 - rounding)) {
        return;  // without a look at the list
    }
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
