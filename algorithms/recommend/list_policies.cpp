#include "algorithms/recommend/list_policies.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <queue>
#include <string>

namespace maillage {
namespace {

/// Lists arranged by one task.
constexpr std::size_t lists_per_chunk = 64;

bool ahead(const ListCandidate& x, const ListCandidate& y) {
    if (const int order = compare_scores(x.value, y.value); order != 0) {
        return order > 0;
    }
    if (const int order = compare_scores(x.score, y.score); order != 0) {
        return order > 0;
    }
    return x.partner < y.partner;
}

double relevance(double value, double greatest, bool logarithmic) {
    if (logarithmic) {
        return std::exp(value - greatest);
    }
    return greatest > 0.0 ? std::max(0.0, value) / greatest : 1.0;
}

/// What the reserves of a list still lack, and who could fill it.
struct Reserves {
    std::size_t quota = 0, newcomers = 0;            ///< places still lacking
    std::size_t both = 0, outside = 0, newcome = 0;  ///< candidates left: of both kinds, of one alone

    /// Fewest places that fill what can be filled. Taking x of both kinds, x + (q - x) + (n - x) places are
    /// needed (parts below 0 aside), which falls until x reaches the smaller of q and n and rises
    /// from the greater on.
    [[nodiscard]] std::size_t places() const noexcept {
        const std::size_t q = std::min(quota, both + outside);
        const std::size_t n = std::min(newcomers, both + newcome);
        const std::size_t x = std::min(both, std::max(q, n));
        return x + (q > x ? q - x : 0) + (n > x ? n - x : 0);
    }
    void leave(bool is_outside, bool is_newcomer) noexcept {
        if (is_outside && is_newcomer) {
            --both;
        } else if (is_outside) {
            --outside;
        } else if (is_newcomer) {
            --newcome;
        }
    }
    void take(bool is_outside, bool is_newcomer) noexcept {
        leave(is_outside, is_newcomer);
        quota -= is_outside && quota > 0 ? 1 : 0;
        newcomers -= is_newcomer && newcomers > 0 ? 1 : 0;
    }
};

/// One list in the making: names its next partner, which is then taken or turned away.
class ListInMaking {
public:
    ListInMaking(const CandidateList& list, std::uint32_t top, const ListPolicy& policy,
                 const ListFacts& facts)
        : list_(list), top_(top), lambda_(1.0 - policy.diversity), facts_(facts) {
        reserves_.quota = policy.quota;
        reserves_.newcomers = policy.newcomers;
        const double greatest = list.candidates.empty() ? 0.0 : list.candidates.front().value;
        const bool logarithmic = facts.logarithmic && policy.reciprocal == Fusion::off;
        open_.reserve(list.candidates.size());
        for (const ListCandidate& c : list.candidates) {
            Open open;
            open.relevance = relevance(c.value, greatest, logarithmic);
            open.outside = policy.quota > 0 && facts.outside(list.actor, c.partner);
            open.newcomer = policy.newcomers > 0 && facts.newcomer(c.partner);
            reserves_.both += open.outside && open.newcomer ? 1U : 0U;
            reserves_.outside += open.outside && !open.newcomer ? 1U : 0U;
            reserves_.newcome += open.newcomer && !open.outside ? 1U : 0U;
            open_.push_back(open);
        }
    }

    /// Position of the candidate that goes next; none at the end. Stays the same until taken or turned away.
    [[nodiscard]] std::optional<std::size_t> next() {
        if (taken_.size() >= top_) {
            return std::nullopt;
        }
        while (first_ < open_.size() && open_[first_].gone) {
            ++first_;
        }
        std::optional<std::size_t> best;
        for (std::size_t i = first_; i < open_.size(); ++i) {
            if (open_[i].gone || !leaves_room(open_[i])) {
                continue;
            }
            if (!by_marginal_value()) {
                return i;
            }
            if (!best || compare_scores(marginal(i), marginal(*best)) > 0) {
                best = i;
            }
        }
        return best;
    }
    /// What the turns of lists are ordered by.
    [[nodiscard]] double value(std::size_t i) const {
        return by_marginal_value() ? marginal(i) : list_.candidates[i].value;
    }
    [[nodiscard]] const ListCandidate& candidate(std::size_t i) const { return list_.candidates[i]; }

    void take(std::size_t i) {
        reserves_.take(open_[i].outside, open_[i].newcomer);
        open_[i].gone = true;
        taken_.push_back(list_.candidates[i]);
        if (by_marginal_value() && taken_.size() < top_) {
            for (std::size_t j = first_; j < open_.size(); ++j) {
                if (!open_[j].gone) {
                    open_[j].alike = std::max(open_[j].alike, facts_.similarity(list_.candidates[i].partner,
                                                                                list_.candidates[j].partner));
                }
            }
        }
    }
    void turn_away(std::size_t i) {
        reserves_.leave(open_[i].outside, open_[i].newcomer);
        open_[i].gone = true;
        ++turned_away_;
    }

    [[nodiscard]] ArrangedList finish() {
        if (!by_marginal_value()) {
            std::sort(taken_.begin(), taken_.end(), ahead);
        }
        return {std::move(taken_), static_cast<std::uint32_t>(reserves_.quota),
                static_cast<std::uint32_t>(reserves_.newcomers), turned_away_};
    }

private:
    struct Open {
        double relevance = 0.0;
        double alike = 0.0;  ///< largest similarity with one taken
        bool outside = false, newcomer = false, gone = false;
    };

    [[nodiscard]] bool by_marginal_value() const noexcept { return lambda_ < 1.0; }
    [[nodiscard]] double marginal(std::size_t i) const noexcept {
        return lambda_ * open_[i].relevance - (1.0 - lambda_) * open_[i].alike;
    }
    /// Whether the places left after taking this one suffice for the reserves.
    [[nodiscard]] bool leaves_room(const Open& open) const noexcept {
        Reserves after = reserves_;
        after.take(open.outside, open.newcomer);
        return after.places() + taken_.size() + 1 <= top_;
    }

    const CandidateList& list_;
    std::size_t top_;
    double lambda_;
    const ListFacts& facts_;
    std::vector<Open> open_;
    Reserves reserves_;
    std::vector<ListCandidate> taken_;
    std::size_t first_ = 0;
    std::size_t turned_away_ = 0;
};

/// A list and its next candidate, waiting for its turn.
struct Turn {
    std::size_t list = 0;
    std::size_t candidate = 0;
    double value = 0.0, score = 0.0;
    VertexId actor{}, partner{};

    /// For a queue whose top goes first.
    [[nodiscard]] bool operator<(const Turn& other) const noexcept {
        if (const int order = compare_scores(value, other.value); order != 0) {
            return order < 0;
        }
        if (const int order = compare_scores(score, other.score); order != 0) {
            return order < 0;
        }
        return actor != other.actor ? actor > other.actor : partner > other.partner;
    }
};

/// All lists at once, nobody in more than `cap` of them.
void take_turns(std::vector<ListInMaking>& lists, std::span<const CandidateList> from, std::uint32_t cap) {
    std::size_t vertices = 0;
    for (const CandidateList& list : from) {
        for (const ListCandidate& c : list.candidates) {
            vertices = std::max(vertices, index_of(c.partner) + 1);
        }
    }
    std::vector<std::uint32_t> shown(vertices, 0);
    std::priority_queue<Turn> turns;
    const auto queue_next = [&](std::size_t list) {
        if (const auto next = lists[list].next()) {
            const ListCandidate& c = lists[list].candidate(*next);
            turns.push({list, *next, lists[list].value(*next), c.score, from[list].actor, c.partner});
        }
    };
    for (std::size_t list = 0; list < lists.size(); ++list) {
        queue_next(list);
    }
    while (!turns.empty()) {
        const Turn turn = turns.top();
        turns.pop();
        std::uint32_t& places = shown[index_of(turn.partner)];
        if (places < cap) {
            ++places;
            lists[turn.list].take(turn.candidate);
        } else {
            lists[turn.list].turn_away(turn.candidate);
        }
        queue_next(turn.list);
    }
}

void check(const ListPolicy& policy, const ListFacts& facts) {
    if ((policy.diversity > 0.0 && !facts.similarity) || (policy.quota > 0 && !facts.outside) ||
        (policy.newcomers > 0 && !facts.newcomer)) {
        throw Error("arrange: a rule asks for what is not known of the actors");
    }
}

}  // namespace

std::string_view to_code(Fusion fusion) noexcept {
    switch (fusion) {
        case Fusion::off:
            return "off";
        case Fusion::harmonic:
            return "harmonic";
        case Fusion::geometric:
            return "geometric";
        case Fusion::uninorm:
            return "uninorm";
        case Fusion::minimum:
            return "minimum";
    }
    return {};
}

double fuse(Fusion fusion, double a, double b) noexcept {
    if (!(a > 0.0 && b > 0.0)) {
        return 0.0;
    }
    switch (fusion) {
        case Fusion::off:
        case Fusion::harmonic:
            return 2.0 * (a * b) / (a + b);
        case Fusion::geometric:
            return std::sqrt(a * b);
        case Fusion::uninorm:
            return a * b / (a * b + (1.0 - a) * (1.0 - b));
        case Fusion::minimum:
            return std::min(a, b);
    }
    return 0.0;
}

void validate(const ListPolicy& policy, std::uint32_t top) {
    if (!(policy.diversity >= 0.0 && policy.diversity <= 1.0)) {
        throw OptionError("diversity", "must be between 0 (by value alone) and 1 (by variety alone)");
    }
    if (policy.quota > top) {
        throw OptionError("quota", "is " + std::to_string(policy.quota) + " of a list of " +
                                       std::to_string(top) + "; it cannot exceed --top");
    }
    if (policy.newcomers > top) {
        throw OptionError("newcomers", "is " + std::to_string(policy.newcomers) + " of a list of " +
                                           std::to_string(top) + "; it cannot exceed --top");
    }
    if (std::uint64_t{policy.quota} + policy.newcomers > top) {
        throw OptionError("newcomers", "--quota " + std::to_string(policy.quota) + " and --newcomers " +
                                           std::to_string(policy.newcomers) +
                                           " together keep more places than a list of " +
                                           std::to_string(top) + " has");
    }
}

void order_by_mutual_gain(CandidateList& list, Fusion fusion,
                          const std::function<Sides(VertexId, VertexId)>& sides) {
    if (fusion == Fusion::off) {
        return;
    }
    for (ListCandidate& c : list.candidates) {
        const Sides worth = sides(list.actor, c.partner);
        c.value = fuse(fusion, worth.to_actor, worth.to_partner);
    }
    list.candidates.erase(std::remove_if(list.candidates.begin(), list.candidates.end(),
                                         [](const ListCandidate& c) { return !(c.value > 0.0); }),
                          list.candidates.end());
    std::sort(list.candidates.begin(), list.candidates.end(), ahead);
}

std::vector<ArrangedList> arrange(std::span<const CandidateList> lists, std::uint32_t top,
                                  const ListPolicy& policy, const ListFacts& facts,
                                  const Execution& execution) {
    validate(policy, top);
    check(policy, facts);
    std::vector<ArrangedList> arranged(lists.size());
    if (policy.max_exposure > 0) {
        std::vector<ListInMaking> making;
        making.reserve(lists.size());
        for (const CandidateList& list : lists) {
            making.emplace_back(list, top, policy, facts);
        }
        take_turns(making, lists, policy.max_exposure);
        for (std::size_t i = 0; i < lists.size(); ++i) {
            arranged[i] = making[i].finish();
        }
        return arranged;
    }
    for_chunks(lists.size(), lists_per_chunk, execution, "recommend",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t i = begin; i < end; ++i) {
                       ListInMaking making(lists[i], top, policy, facts);
                       while (const auto next = making.next()) {
                           making.take(*next);
                       }
                       arranged[i] = making.finish();
                   }
               });
    return arranged;
}

}  // namespace maillage
