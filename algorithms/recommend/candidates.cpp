#include "algorithms/recommend/candidates.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace maillage {
namespace {

/// Bounds are compared with this much room, far above the rounding of sums and far below what is shown.
constexpr double room = 1e-9;

std::uint64_t share_of(std::uint64_t total, std::size_t actors, std::uint64_t least) {
    return std::max(least, total / std::max<std::size_t>(1, actors));
}

double tie_weight(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
}

}  // namespace

CandidateSearch::CandidateSearch(const PairModel& model, std::uint32_t top, const SearchBudget& budget)
    : model_(model),
      scorer_(model),
      ties_(model.input().ties),
      step_share_(share_of(budget.steps, model.actors_in_scope(), budget.least_steps)),
      posting_share_(share_of(budget.postings, model.actors_in_scope(), budget.least_postings)),
      rows_(ties_.vertex_count()),
      best_(top),
      shortlist_(shortlist_size(top)) {
    for (const VertexId v : ties_.vertices()) {
        rows_[index_of(v)].in_scope = model.input().scoped(v);
    }
}

std::vector<Candidate> CandidateSearch::search(VertexId x) {
    x_ = x;
    reach_ = {};
    mark_linked();
    walk_two();
    walk_three();
    read_expertises();
    consider_all();
    std::vector<Candidate> found = settle(best_.take());
    clear();
    return found;
}

void CandidateSearch::mark_linked() {
    rows_[index_of(x_)].state = Row::State::considered;
    for (const VertexId y : model_.input().known().neighbours(x_)) {
        rows_[index_of(y)].state = Row::State::linked;
    }
    for (const VertexId y : ties_.neighbours(x_)) {
        rows_[index_of(y)].state = Row::State::linked;
    }
}

void CandidateSearch::walk_two() {
    const auto partners = ties_.neighbours(x_);
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const VertexId u = partners[i];
        const double w_xu = tie_weight(ties_.weights(x_), i);
        const double thinned = w_xu * model_.slimness(u);
        const double strength = model_.strength(u);
        const auto next = ties_.neighbours(u);
        const auto weights = ties_.weights(u);
        for (std::size_t j = 0; j < next.size(); ++j) {
            if (next[j] == x_) {
                continue;
            }
            Row& row = rows_[index_of(next[j])];
            if (row.ra == 0.0) {
                two_.push_back(next[j]);
            }
            const double w = tie_weight(weights, j);
            row.ra += w_xu * w / strength;
            row.half += thinned * w;
        }
    }
}

void CandidateSearch::walk_three() {
    std::uint64_t steps = 0;
    for (const VertexId v : two_) {
        steps += ties_.degree(v);
    }
    if (steps <= step_share_) {
        for (const VertexId v : two_) {
            expand(v);
        }
        return;
    }
    reach_.all_paths = false;
    std::vector<std::pair<double, VertexId>> by_carried;
    by_carried.reserve(two_.size());
    for (const VertexId v : two_) {
        by_carried.emplace_back(-rows_[index_of(v)].half * model_.slimness(v), v);
    }
    // Far more than the budget can walk: no use in ordering the rest.
    const auto head = static_cast<std::ptrdiff_t>(std::min<std::size_t>(by_carried.size(), 512));
    std::nth_element(by_carried.begin(), by_carried.begin() + (head - 1), by_carried.end());
    by_carried.resize(static_cast<std::size_t>(head));
    std::sort(by_carried.begin(), by_carried.end());
    std::uint64_t left = step_share_;
    for (const auto& [order, v] : by_carried) {
        if (ties_.degree(v) > left) {
            continue;
        }
        left -= ties_.degree(v);
        expand(v);
    }
}

void CandidateSearch::expand(VertexId v) {
    const double carried = rows_[index_of(v)].half * model_.slimness(v);
    const auto next = ties_.neighbours(v);
    const auto weights = ties_.weights(v);
    for (std::size_t j = 0; j < next.size(); ++j) {
        Row& row = rows_[index_of(next[j])];
        if (row.l3 == 0.0) {
            three_.push_back(next[j]);
        }
        row.l3 += carried * tie_weight(weights, j);
    }
}

void CandidateSearch::read_expertises() {
    const Profile own = profile(model_.input().offers, model_.input().seeks, x_);
    std::uint64_t left = posting_share_;
    const auto take = [&](std::uint64_t entries) {
        if (entries > left) {
            reach_.all_expertises = false;
            return false;
        }
        left -= entries;
        return true;
    };
    // Declared needs say most and are few: they go first, whatever the budget.
    for (const auto& need : own.seeks) {
        read_answers(need);
    }
    if (model_.input().seeks.vertex_count() != 0) {
        for (const auto& held : own.offers) {
            read_needs_for(held);
        }
    }
    std::uint64_t all = 0;
    for (const auto& held : own.offers) {
        all += model_.input().offers.of(held.expertise).size();
    }
    if (all <= left) {
        for (const auto& held : own.offers) {
            read_offers(held);
        }
        return;
    }
    std::vector<Incidence::OfVertex> rarest(own.offers.begin(), own.offers.end());
    std::stable_sort(rarest.begin(), rarest.end(), [&](const auto& a, const auto& b) {
        return model_.input().offers.of(a.expertise).size() < model_.input().offers.of(b.expertise).size();
    });
    for (const auto& held : rarest) {
        if (take(model_.input().offers.of(held.expertise).size())) {
            read_offers(held);
        }
    }
}

void CandidateSearch::read_offers(const Incidence::OfVertex& own) {
    const double weight = model_.weights()[own.expertise];
    const auto level = static_cast<double>(own.level);
    for (const auto& holder : model_.input().offers.of(own.expertise)) {
        Row& row = rows_[index_of(holder.vertex)];
        if (row.shared == 0.0) {
            kin_.push_back(holder.vertex);
        }
        row.shared += weight * std::min(level, static_cast<double>(holder.level));
    }
}

void CandidateSearch::read_needs_for(const Incidence::OfVertex& own) {
    const double weight = model_.weights()[own.expertise];
    for (const auto& seeker : model_.input().seeks.of(own.expertise)) {
        Row& row = rows_[index_of(seeker.vertex)];
        if (row.met_other == 0.0) {
            kin_.push_back(seeker.vertex);
        }
        row.met_other += weight * static_cast<double>(seeker.level) * static_cast<double>(own.level);
    }
}

void CandidateSearch::read_answers(const Incidence::OfVertex& need) {
    const double weight = model_.weights()[need.expertise];
    for (const auto& holder : model_.input().offers.of(need.expertise)) {
        Row& row = rows_[index_of(holder.vertex)];
        if (row.met_own == 0.0) {
            kin_.push_back(holder.vertex);
        }
        row.met_own += weight * static_cast<double>(need.level) * static_cast<double>(holder.level);
    }
}

/// Complementarity is at most min(1, similarity / j0) / 2 without a need met.
double CandidateSearch::most_of_sharing() const noexcept {
    const ScoreOptions& o = model_.options();
    const double mass = model_.mass(x_);
    const double rate = o.weights[Feature::common_ground] +
                        o.weights[Feature::complementarity] / (2.0 * o.complementarity.common_ground);
    return mass > 0.0 ? rate / mass : 0.0;
}

void CandidateSearch::consider_all() {
    update_floors();
    least_promising_ = 0.0;
    sharing_at_most_ = most_of_sharing();
    for (const auto* list : {&two_, &kin_, &three_}) {
        for (const VertexId y : *list) {
            consider(y);
        }
    }
    for (const Candidate& promising : shortlist_.take()) {
        evaluate(promising.vertex);
    }
}

void CandidateSearch::consider(VertexId y) {
    Row& row = rows_[index_of(y)];
    const bool linked = row.state == Row::State::linked;
    if (row.state == Row::State::considered || !row.in_scope) {
        return;
    }
    row.state = Row::State::considered;
    if (linked) {
        ++reach_.linked;
        return;
    }
    ++reach_.candidates;
    if (bounded()) {
        shortlist(y);
    } else if (!hopeless(y)) {
        evaluate(y);
    }
}

/// True when y surely stays below the list: its score with a crossing would not do. Cases that are not clear
/// at once are left to evaluate().
bool CandidateSearch::hopeless(VertexId y) const noexcept {
    const Row& row = rows_[index_of(y)];
    if (rows_[index_of(y)].ra > 0.0 || row.met_own > 0.0 || row.met_other > 0.0) {
        return false;
    }
    if (row.shared == 0.0) {
        return row.l3 < floors_.l3;
    }
    const double both = model_.mass(x_) + model_.mass(y);
    return row.l3 == 0.0 && row.shared * (1.0 + floors_.similarity) < floors_.similarity * both;
}

/// True when the estimate of y cannot enter the shortlist: x / (x + x0) is at most x / x0, the similarity at
/// most the shared mass over the own. No division, because nearly everyone ends here.
bool CandidateSearch::unpromising(VertexId y) const noexcept {
    const Row& row = rows_[index_of(y)];
    const ScoreOptions& o = model_.options();
    const double most =
        (o.weights[Feature::resource_allocation] * rows_[index_of(y)].ra + o.weights[Feature::l3] * row.l3) /
            o.half_scale +
        sharing_at_most_ * row.shared;
    return most <= least_promising_ && row.met_own + row.met_other == 0.0;
}

/// The score from the sums so far, without a crossing.
double CandidateSearch::estimate(VertexId y) const noexcept {
    const Row& row = rows_[index_of(y)];
    const ScoreOptions& o = model_.options();
    double sum = o.weights[Feature::resource_allocation] * model_.saturate(rows_[index_of(y)].ra) +
                 o.weights[Feature::l3] * model_.saturate(row.l3);
    const double both = model_.mass(x_) + model_.mass(y) - row.shared;
    if (row.shared > 0.0 && both > 0.0) {
        const double similarity = row.shared / both;
        const double gains = harmonic(model_.mass(x_) - row.shared, model_.mass(y) - row.shared) / both;
        sum += o.weights[Feature::common_ground] * similarity +
               o.weights[Feature::complementarity] * gains *
                   std::min(1.0, similarity / o.complementarity.common_ground);
    }
    if (row.met_own > 0.0 || row.met_other > 0.0) {
        sum += o.weights[Feature::complementarity] / 2.0;
    }
    return sum;
}

void CandidateSearch::shortlist(VertexId y) {
    if (unpromising(y)) {
        return;
    }
    const double promise = estimate(y);
    if (promise <= least_promising_) {
        return;
    }
    shortlist_.offer({y, promise});
    least_promising_ = shortlist_.full() ? shortlist_.worst().score : 0.0;
}

PairMasses CandidateSearch::masses_with(VertexId y) const {
    if (!reach_.all_expertises) {
        return model_.masses(x_, y);
    }
    const Row& row = rows_[index_of(y)];
    return {model_.mass(x_), model_.mass(y), row.shared,   model_.need(x_),
            model_.need(y),  row.met_own,    row.met_other};
}

void CandidateSearch::evaluate(VertexId y) {
    const double l3 = reach_.all_paths ? rows_[index_of(y)].l3 : exact_l3(y);
    const PairScore found = model_.score(rows_[index_of(y)].ra, l3, masses_with(y), model_.crossing(x_, y));
    if (found.score - found.contributions[Feature::crossing] < least_evidence) {
        return;
    }
    if (!best_.full() || BestFirst{}({y, found.score}, best_.worst())) {
        best_.offer({y, found.score});
        update_floors();
    }
}

/// The sums of a search depend in their last bits on the side that was searched; the scores that are kept do
/// not.
std::vector<Candidate> CandidateSearch::settle(std::vector<Candidate> found) {
    for (Candidate& candidate : found) {
        const VertexId y = candidate.vertex;
        const double l3 = model_.walks_from(x_, y) ? exact_l3(y) : scorer_.l3(x_, y);
        candidate.score =
            model_.score(rows_[index_of(y)].ra, l3, masses_with(y), model_.crossing(x_, y)).score;
    }
    std::sort(found.begin(), found.end(), BestFirst{});
    return found;
}

double CandidateSearch::exact_l3(VertexId y) const noexcept {
    double sum = 0.0;
    const auto last = ties_.neighbours(y);
    const auto weights = ties_.weights(y);
    for (std::size_t j = 0; j < last.size(); ++j) {
        sum += rows_[index_of(last[j])].half * model_.slimness(last[j]) * tie_weight(weights, j);
    }
    return sum;
}

/// Solves the score for one feature, the crossing granted. For the similarity j, complementarity is at most
/// min(1, j / j0) / 2 without a need met, the two gains adding up to 1 - j.
void CandidateSearch::update_floors() {
    const ScoreOptions& o = model_.options();
    const double asked = best_.full() ? best_.worst().score - o.weights[Feature::crossing] - room : 0.0;
    floors_ = {};
    if (asked <= 0.0) {
        return;
    }
    constexpr double never = std::numeric_limits<double>::max();
    const double value = asked / std::max(o.weights[Feature::l3], room);
    floors_.l3 = value >= 1.0 ? never : o.half_scale * value / (1.0 - value);

    const double j0 = o.complementarity.common_ground;
    const double ground = o.weights[Feature::common_ground];
    const double half = o.weights[Feature::complementarity] / 2.0;
    const double rising = asked / std::max(ground + half / j0, room);
    floors_.similarity = rising <= j0 ? rising : ground > 0.0 ? (asked - half) / ground : 1.0;
    floors_.similarity = std::min(1.0, floors_.similarity);
}

void CandidateSearch::clear() {
    for (const auto* list : {&two_, &three_, &kin_}) {
        for (const VertexId v : *list) {
            rows_[index_of(v)].reset();
        }
    }
    rows_[index_of(x_)].reset();
    for (const auto& known : {ties_.neighbours(x_), model_.input().known().neighbours(x_)}) {
        for (const VertexId v : known) {
            rows_[index_of(v)].reset();
        }
    }
    two_.clear();
    three_.clear();
    kin_.clear();
}

}  // namespace maillage
