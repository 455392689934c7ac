#include "algorithms/recommend/candidates.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace maillage {
namespace {

/// Bounds are compared with this much room, far above the rounding of sums and far below what is shown.
constexpr double room = 1e-9;

constexpr std::uint32_t unmet = std::numeric_limits<std::uint32_t>::max();

std::uint64_t share_of(std::uint64_t total, std::size_t actors, std::uint64_t least) {
    return std::max(least, total / std::max<std::size_t>(1, actors));
}

}  // namespace

StrongestHolders::StrongestHolders(const PairModel& model, const Incidence& entries, std::size_t most) {
    begins_.push_back(0);
    std::vector<Incidence::OfExpertise> list;
    for (const ExpertiseId x : IdRange<ExpertiseId>(entries.expertise_count())) {
        const auto all = entries.of(x);
        list.clear();
        std::copy_if(all.begin(), all.end(), std::back_inserter(list),
                     [&](const auto& entry) { return model.input().scoped(entry.vertex); });
        const std::size_t kept = std::min(list.size(), most);
        std::partial_sort(
            list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(),
            [&model](const auto& a, const auto& b) { return model.stronger(a.vertex, b.vertex); });
        entries_.insert(entries_.end(), list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept));
        begins_.push_back(entries_.size());
    }
}

bool needs_bounds(const PairModel& model, const SearchBudget& budget) {
    const std::uint64_t share = share_of(budget.steps, model.actors_in_scope(), budget.least_steps);
    const auto vertices = model.input().ties.vertices();
    return std::any_of(vertices.begin(), vertices.end(),
                       [&](VertexId v) { return model.input().scoped(v) && model.walks(v) > share; });
}

CandidateSearch::CandidateSearch(const PairModel& model, std::uint32_t top, const SearchBudget& budget,
                                 const SearchAids* aids)
    : model_(model),
      aids_(aids),
      to_hubs_(aids == nullptr ? 0 : aids->hubs.hubs().size()),
      halves_(model),
      ties_(model.input().ties),
      step_share_(share_of(budget.steps, model.actors_in_scope(), budget.least_steps)),
      posting_share_(share_of(budget.postings, model.actors_in_scope(), budget.least_postings)),
      position_(ties_.vertex_count(), unmet),
      best_(top),
      shortlist_(shortlist_size(top)) {}

std::vector<Candidate> CandidateSearch::search(VertexId x) {
    x_ = x;
    reach_ = {};
    mark_linked();
    walk_two();
    walk_three();
    read_expertises();
    consider_all();
    std::vector<Candidate> found = best_.take();
    clear();
    return found;
}

CandidateSearch::Row& CandidateSearch::row(VertexId v) {
    std::uint32_t& position = position_[index_of(v)];
    if (position == unmet) {
        position = static_cast<std::uint32_t>(rows_.size());
        rows_.push_back({v, model_.input().scoped(v) ? Row::State::open : Row::State::out});
    }
    return rows_[position];
}

void CandidateSearch::mark_linked() {
    row(x_).state = Row::State::out;
    for (const VertexId y : model_.input().barred_for(x_)) {
        Row& met = row(y);
        met.state = met.state == Row::State::out ? Row::State::out : Row::State::barred;
    }
    for (const auto& linked : {model_.input().known().neighbours(x_), ties_.neighbours(x_)}) {
        for (const VertexId y : linked) {
            Row& met = row(y);
            met.state = met.state == Row::State::out ? Row::State::out : Row::State::linked;
        }
    }
}

void CandidateSearch::walk_two() {
    halves_.walk(x_);
    const auto near = ties_.neighbours(x_);
    partners_.assign(near.begin(), near.end());
    all_of_two_ = model_.walks(x_) <= step_share_;
    steps_left_ = step_share_;
    if (!all_of_two_) {
        reach_.all_paths = false;
        steps_left_ = step_share_ / 2;
        std::stable_sort(partners_.begin(), partners_.end(),
                         [&](VertexId u, VertexId v) { return ties_.degree(u) < ties_.degree(v); });
    }
    for (const VertexId u : partners_) {
        if (ties_.degree(u) > steps_left_) {
            break;
        }
        steps_left_ -= ties_.degree(u);
        const double w_xu = ties_.weight_between(x_, u);
        const double strength = model_.strength(u);
        const auto next = ties_.neighbours(u);
        const auto weights = ties_.weights(u);
        for (std::size_t j = 0; j < next.size(); ++j) {
            if (next[j] != x_) {
                row(next[j]).ra += w_xu * tie_weight(weights, j) / strength;
            }
        }
    }
    steps_left_ += all_of_two_ ? 0 : step_share_ - step_share_ / 2;
}

void CandidateSearch::walk_three() {
    unfollowed_ = 0.0;
    std::uint64_t steps = 0;
    onward_.clear();
    for (const Row& met : rows_) {
        if (met.ra > 0.0) {
            steps += ties_.degree(met.vertex);
            onward_.emplace_back(-halves_.carried(met.vertex), met.vertex);
        }
    }
    if (all_of_two_ && steps <= steps_left_) {
        for (const auto& [carried, v] : onward_) {
            expand(v, -carried);
        }
        return;
    }
    reach_.all_paths = false;
    // Far more than the budget can walk: no use in ordering the rest.
    constexpr std::size_t most = 96;
    if (onward_.size() > most) {
        std::nth_element(onward_.begin(), onward_.begin() + most, onward_.end());
        onward_.resize(most);
    }
    std::sort(onward_.begin(), onward_.end());
    double unfollowed = model_.half_paths(x_);
    for (const auto& [carried, v] : onward_) {
        if (ties_.degree(v) <= steps_left_) {
            steps_left_ -= ties_.degree(v);
            expand(v, -carried);
            unfollowed += carried * model_.strength(v);
        }
    }
    unfollowed_ = std::max(0.0, unfollowed) / model_.total_strength();
    meet_hubs();
}

void CandidateSearch::meet_hubs() {
    if (aids_ == nullptr) {
        return;
    }
    aids_->hubs.to_all(x_, to_hubs_);
    for (std::size_t k = 0; k < to_hubs_.size(); ++k) {
        Row& met = row(aids_->hubs.hubs()[k]);
        met.l3 = to_hubs_[k];
        met.all_of_l3 = true;
    }
}

void CandidateSearch::expand(VertexId v, double carried) {
    const auto next = ties_.neighbours(v);
    const auto weights = ties_.weights(v);
    for (std::size_t j = 0; j < next.size(); ++j) {
        row(next[j]).l3 += carried * tie_weight(weights, j);
    }
}

void CandidateSearch::read_expertises() {
    const Profile own = profile(model_.input().offers, model_.input().seeks, x_);
    const bool seekers = model_.input().seeks.vertex_count() != 0;
    readings_.clear();
    std::uint64_t all = 0;
    const auto plan = [&](Reading::What what, const Incidence& in, const Incidence::OfVertex& held) {
        const std::uint64_t entries = in.of(held.expertise).size();
        readings_.push_back({what, entries, held});
        all += entries;
    };
    for (const auto& need : own.seeks) {
        plan(Reading::What::answers, model_.input().offers, need);
    }
    for (const auto& held : own.offers) {
        if (seekers) {
            plan(Reading::What::needs, model_.input().seeks, held);
        }
        plan(Reading::What::offers, model_.input().offers, held);
    }
    std::uint64_t left = std::numeric_limits<std::uint64_t>::max();
    if (all > posting_share_) {
        reach_.all_expertises = false;
        left = posting_share_;
        std::stable_sort(readings_.begin(), readings_.end(),
                         [](const Reading& a, const Reading& b) { return a.entries < b.entries; });
    }
    for (const Reading& reading : readings_) {
        if (reading.entries <= left) {
            left -= reading.entries;
            read(reading);
        } else {
            left = 0;
            read_strongest(reading);
        }
    }
}

void CandidateSearch::read(const Reading& reading) {
    const ExpertiseId x = reading.held.expertise;
    switch (reading.what) {
        case Reading::What::answers:
            return read_answers(reading.held, model_.input().offers.of(x));
        case Reading::What::needs:
            return read_needs_for(reading.held, model_.input().seeks.of(x));
        case Reading::What::offers:
            return read_offers(reading.held, model_.input().offers.of(x));
    }
}

void CandidateSearch::read_strongest(const Reading& reading) {
    if (aids_ == nullptr) {
        return;
    }
    if (reading.what == Reading::What::answers) {
        read_answers(reading.held, aids_->answers.of(reading.held.expertise));
    } else if (reading.what == Reading::What::needs) {
        read_needs_for(reading.held, aids_->needs.of(reading.held.expertise));
    }
}

void CandidateSearch::read_offers(const Incidence::OfVertex& own, Entries holders) {
    const double weight = model_.weights()[own.expertise];
    const auto level = static_cast<double>(own.level);
    for (const auto& holder : holders) {
        row(holder.vertex).shared += weight * std::min(level, static_cast<double>(holder.level));
    }
}

void CandidateSearch::read_needs_for(const Incidence::OfVertex& own, Entries seekers) {
    const double weight = model_.weights()[own.expertise];
    for (const auto& seeker : seekers) {
        row(seeker.vertex).met_other +=
            weight * static_cast<double>(seeker.level) * static_cast<double>(own.level);
    }
}

void CandidateSearch::read_answers(const Incidence::OfVertex& need, Entries holders) {
    const double weight = model_.weights()[need.expertise];
    for (const auto& holder : holders) {
        row(holder.vertex).met_own +=
            weight * static_cast<double>(need.level) * static_cast<double>(holder.level);
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
    own_need_inverse_ = model_.need(x_) > 0.0 ? 1.0 / model_.need(x_) : 0.0;
    constexpr std::size_t ahead = 16;  // rows: what is known of their vertices is far away in memory
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (i + ahead < rows_.size()) {
            model_.prefetch(rows_[i + ahead].vertex);
        }
        consider(rows_[i]);
    }
    for (const Candidate& promising : shortlist_.take()) {
        evaluate(row(promising.vertex));
    }
}

void CandidateSearch::consider(const Row& y) {
    // A row alone is nothing: partners and hubs have one whether or not anything leads to them.
    const bool reached = y.ra + y.l3 + y.shared + y.met_own + y.met_other > 0.0;
    if (y.state == Row::State::out || !reached) {
        return;
    }
    if (y.state == Row::State::linked) {
        ++reach_.linked;
        return;
    }
    if (y.state == Row::State::barred) {
        ++reach_.barred;
        return;
    }
    ++reach_.candidates;
    if (wanted_ && !wanted_(y.vertex)) {
        return;
    }
    if (bounded()) {
        shortlist(y);
    } else if (!hopeless(y)) {
        evaluate(y);
    }
}

/// True when y surely stays below the list: its score with a crossing and from afar would not do. Cases that are not clear
/// at once are left to evaluate().
bool CandidateSearch::hopeless(const Row& y) const noexcept {
    if (y.ra > 0.0 || y.met_own > 0.0 || y.met_other > 0.0) {
        return false;
    }
    if (y.shared == 0.0) {
        return y.l3 < floors_.l3;
    }
    const double both = model_.mass(x_) + model_.mass(y.vertex);
    return y.l3 == 0.0 && y.shared * (1.0 + floors_.similarity) < floors_.similarity * both;
}

/// The score from the sums so far, without a crossing. The same formulas as PairModel::score and
/// complementarity(), with their divisions put together: this runs for everyone met.
double CandidateSearch::estimate(const Row& y) const noexcept {
    const ScoreOptions& o = model_.options();
    const double h = o.half_scale;
    const double l3 = y.all_of_l3 ? y.l3 : y.l3 + unfollowed_ * model_.strength(y.vertex);
    const double tied = (o.weights[Feature::resource_allocation] * y.ra * (l3 + h) +
                         o.weights[Feature::l3] * l3 * (y.ra + h)) /
                        ((y.ra + h) * (l3 + h));
    const double met = y.met_own + y.met_other;
    // Complementarity is at most min(1, similarity / j0) / 2 without a need met, and the similarity at most
    // the shared mass over the own: most end here.
    if (met == 0.0 && tied + sharing_at_most_ * y.shared <= least_promising_) {
        return 0.0;
    }
    const double own = model_.mass(x_) - y.shared;
    const double other = model_.mass(y.vertex) - y.shared;
    const double both = own + other + y.shared;
    if (!(both > 0.0)) {
        return tied;
    }
    const double similarity = y.shared / both;
    const double need_own = std::min(1.0, y.met_own * own_need_inverse_);
    const double need_other = y.met_other > 0.0 ? std::min(1.0, y.met_other / model_.need(y.vertex)) : 0.0;
    const double ground =
        std::min(1.0, std::max({similarity, need_own, need_other}) / o.complementarity.common_ground);
    const double value_own = ground * other + (both - ground * other) * need_own;
    const double value_other = ground * own + (both - ground * own) * need_other;
    const double values = value_own + value_other;
    return tied + o.weights[Feature::common_ground] * similarity +
           (values > 0.0
                ? o.weights[Feature::complementarity] * 2.0 * value_own * value_other / (values * both)
                : 0.0);
}

void CandidateSearch::shortlist(const Row& y) {
    const double promise = estimate(y);
    if (promise <= least_promising_) {
        return;
    }
    shortlist_.offer({y.vertex, promise});
    least_promising_ = shortlist_.full() ? shortlist_.worst().score : 0.0;
}

PairMasses CandidateSearch::masses_with(const Row& y) const {
    if (!reach_.all_expertises) {
        return model_.masses(x_, y.vertex);
    }
    return {model_.mass(x_), model_.mass(y.vertex), y.shared,
            model_.need(x_), model_.need(y.vertex), y.met_own,
            y.met_other};
}

double CandidateSearch::resource_allocation(const Row& y) const noexcept {
    return all_of_two_ ? y.ra : model_.resource_allocation(x_, y.vertex);
}

void CandidateSearch::evaluate(const Row& y) {
    const double l3 = reach_.all_paths || y.all_of_l3 ? y.l3 : halves_.to(y.vertex);
    const PairScore found =
        model_.score(resource_allocation(y), l3, masses_with(y), model_.crossing(x_, y.vertex));
    if (found.score - found.contributions[Feature::crossing] - found.contributions[Feature::remoteness] <
        model_.options().least_evidence) {
        return;
    }
    if (!best_.full() || BestFirst{}({y.vertex, found.score}, best_.worst())) {
        best_.offer({y.vertex, found.score});
        update_floors();
    }
}

/// Solves the score for one feature, crossing and remoteness granted. For the similarity j, complementarity is at most
/// min(1, j / j0) / 2 without a need met, the two gains adding up to 1 - j.
void CandidateSearch::update_floors() {
    const ScoreOptions& o = model_.options();
    const double asked = best_.full() ? best_.worst().score - o.weights[Feature::crossing] -
                                            o.weights[Feature::remoteness] - room
                                      : 0.0;
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
    for (const Row& met : rows_) {
        position_[index_of(met.vertex)] = unmet;
    }
    rows_.clear();
}

}  // namespace maillage
