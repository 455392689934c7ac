#include "algorithms/consortium/seat_search.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace maillage::consortium {
namespace {

using Value = std::int64_t;

constexpr Value most_members = 64;
constexpr Value one_group = Value{1} << 57U;
constexpr Value unknown = std::numeric_limits<Value>::max();
constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t work_of_a_row = 40;

class Search {
public:
    Search(const LengthGraph& graph, const Demands& demands, const SeatOptions& options)
        : graph_(graph), demands_(demands), options_(options), blocked_(graph.vertex_count(), 0) {
        for (const auto& [a, b] : demands.apart) {
            apart_[a].push_back(b);
            apart_[b].push_back(a);
        }
        order_seats();
        gather_candidates();
        if (measured()) {
            measure_demands();
        }
    }

    SeatAnswer run() {
        if (!possible()) {
            return std::move(answer_);
        }
        if (options_.goal == SeatGoal::leader) {
            search_leaders();
        } else {
            start();
            descend(0);
        }
        conclude();
        return std::move(answer_);
    }

private:
    struct Option {
        Value key = 0;  ///< bound from below of what follows
        std::uint32_t u = 0;
        friend bool operator<(const Option& a, const Option& b) noexcept {
            return a.key != b.key ? a.key < b.key : a.u < b.u;
        }
    };

    [[nodiscard]] bool measured() const noexcept { return options_.goal != SeatGoal::any; }
    [[nodiscard]] bool summed() const noexcept {
        return options_.goal == SeatGoal::sum_distance || options_.goal == SeatGoal::openness;
    }

    [[nodiscard]] bool possible() const {
        return std::all_of(demands_.seats.begin(), demands_.seats.end(),
                           [](const SeatDemand& s) { return s.candidates.size() >= s.seats; });
    }

    /// Demands with few candidates first, the seats of one together.
    void order_seats() {
        std::vector<std::size_t> demands(demands_.seats.size());
        std::iota(demands.begin(), demands.end(), std::size_t{0});
        std::stable_sort(demands.begin(), demands.end(), [&](std::size_t a, std::size_t b) {
            return demands_.seats[a].candidates.size() < demands_.seats[b].candidates.size();
        });
        for (const std::size_t d : demands) {
            for (std::uint32_t i = 0; i < demands_.seats[d].seats; ++i) {
                seats_.push_back(d);
            }
        }
    }

    void gather_candidates() {
        for (const SeatDemand& s : demands_.seats) {
            universe_.insert(universe_.end(), s.candidates.begin(), s.candidates.end());
        }
        if (!demands_.spread.empty() || demands_.min_size > 0) {
            universe_.insert(universe_.end(), demands_.allowed.begin(), demands_.allowed.end());
        }
        if (options_.leader) {
            universe_.push_back(*options_.leader);
        } else if (options_.goal == SeatGoal::leader) {
            universe_.insert(universe_.end(), demands_.allowed.begin(), demands_.allowed.end());
        }
        std::sort(universe_.begin(), universe_.end());
        universe_.erase(std::unique(universe_.begin(), universe_.end()), universe_.end());
        place_.assign(graph_.vertex_count(), nowhere);
        for (std::uint32_t u = 0; u < universe_.size(); ++u) {
            place_[universe_[u]] = u;
        }
        for (const SeatDemand& s : demands_.seats) {
            std::vector<std::uint32_t> places;
            for (const Vertex v : s.candidates) {
                places.push_back(place_[v]);
            }
            candidates_.push_back(std::move(places));
        }
        rows_.resize(universe_.size());
    }

    void measure_demands() {
        for (const SeatDemand& s : demands_.seats) {
            const auto all = graph_.distances(s.candidates);
            std::vector<Length> near(universe_.size());
            for (std::size_t u = 0; u < universe_.size(); ++u) {
                near[u] = all[universe_[u]];
            }
            to_demand_.push_back(std::move(near));
        }
        // what a candidate has to the nearest of every seat from t on: their sum, and the largest
        ahead_.assign(seats_.size() + 1, std::vector<Length>(universe_.size(), 0));
        for (std::size_t t = seats_.size(); t-- > 0;) {
            for (std::size_t u = 0; u < universe_.size(); ++u) {
                const Length more = to_demand_[seats_[t]][u];
                ahead_[t][u] = options_.goal == SeatGoal::diameter ? std::max(ahead_[t + 1][u], more)
                                                                   : ahead_[t + 1][u] + more;
            }
        }
    }

    const std::vector<Length>& row(std::uint32_t u) {
        if (rows_[u].empty()) {
            const Vertex source[] = {universe_[u]};
            const auto all = graph_.distances(source);
            rows_[u].resize(universe_.size());
            for (std::size_t w = 0; w < universe_.size(); ++w) {
                rows_[u][w] = all[universe_[w]];
            }
            answer_.work += work_of_a_row * graph_.vertex_count();
        }
        return rows_[u];
    }

    void start() {
        members_.clear();
        taken_.clear();
        cost_ = 0;
        seated_.assign(1, std::vector<Length>(universe_.size(), 0));
    }

    void search_leaders() {
        std::vector<Option> leaders;
        const auto consider = [&](std::uint32_t u) {
            const Length least = ahead_.front()[u];
            leaders.push_back({least * most_members + 1, u});
        };
        if (options_.leader) {
            consider(place_[*options_.leader]);
        } else {
            for (const Vertex v : demands_.allowed) {
                consider(place_[v]);
            }
        }
        std::sort(leaders.begin(), leaders.end());
        for (const Option& leader : leaders) {
            if (leader.key >= best_) {
                return;
            }
            if (stopped_) {
                open_bound_ = std::min(open_bound_, leader.key);
                return;
            }
            start();
            leader_ = leader.u;
            seated_.back() = row(leader_);
            add_member(leader.u);
            if (!demands_.broken_by(members_)) {
                descend(0);
            }
            remove_member(leader.u);
        }
    }

    void add_member(std::uint32_t u) {
        const Vertex v = universe_[u];
        members_.insert(std::lower_bound(members_.begin(), members_.end(), v), v);
        if (const auto found = apart_.find(v); found != apart_.end()) {
            for (const Vertex other : found->second) {
                ++blocked_[other];
            }
        }
    }
    void remove_member(std::uint32_t u) {
        const Vertex v = universe_[u];
        members_.erase(std::lower_bound(members_.begin(), members_.end(), v));
        if (const auto found = apart_.find(v); found != apart_.end()) {
            for (const Vertex other : found->second) {
                --blocked_[other];
            }
        }
    }

    [[nodiscard]] Value ranked(Length cost, std::size_t members, std::size_t groups_at_most) const noexcept {
        Value value = cost * most_members + static_cast<Value>(members);
        if (options_.goal == SeatGoal::openness) {
            const std::size_t all = options_.groups->group_count();
            value += static_cast<Value>(all - std::min(all, groups_at_most)) * one_group;
        }
        return value;
    }
    [[nodiscard]] std::size_t groups_within_reach(std::size_t seats_left) const {
        if (options_.goal != SeatGoal::openness) {
            return 0;
        }
        if (options_.groups->multi_valued() || !demands_.spread.empty() || demands_.min_size > 0) {
            return options_.groups->group_count();
        }
        return Demands::groups_of(*options_.groups, members_) + seats_left;
    }

    /// What taking a seat adds, at least, for a candidate: to those seated, and to the seats still free.
    [[nodiscard]] Length part(std::size_t t, std::uint32_t u) const {
        const Length seated = seated_.back()[u];
        switch (options_.goal) {
            case SeatGoal::any:
                return 0;
            case SeatGoal::leader:
                return 2 * seated;
            case SeatGoal::diameter:
                return std::max(seated, ahead_[t][u]);
            case SeatGoal::sum_distance:
            case SeatGoal::openness:
                return 2 * seated + ahead_[t][u];
        }
        return 0;
    }

    /// Bound of all that seats t.. can cost, with the least part of every seat but the first set aside.
    struct Ahead {
        Length others = 0;  ///< of the seats after t
        Length first = 0;   ///< of seat t
    };
    [[nodiscard]] Length bound_with(const Ahead& ahead, Length first) const noexcept {
        if (options_.goal == SeatGoal::diameter) {
            return std::max({cost_, ahead.others, first});
        }
        return cost_ + (ahead.others + first + 1) / 2;
    }

    Ahead look_ahead(std::size_t t) {
        Ahead ahead;
        Length least = unknown;
        for (std::size_t s = t; s < seats_.size(); ++s) {
            if (s == t || seats_[s] != seats_[s - 1]) {
                least = unknown;
                for (const std::uint32_t u : candidates_[seats_[s]]) {
                    if (blocked_[universe_[u]] == 0) {
                        least = std::min(least, part(t, u));
                    }
                }
                answer_.work += candidates_[seats_[s]].size();
                if (least == unknown) {
                    ahead.first = unknown;  // nobody left for a seat
                    return ahead;
                }
            }
            if (s == t) {
                ahead.first = least;
            } else if (options_.goal == SeatGoal::diameter) {
                ahead.others = std::max(ahead.others, least);
            } else {
                ahead.others += least;
            }
        }
        return ahead;
    }

    void descend(std::size_t t) {
        if (t == seats_.size()) {
            fill_up();
            return;
        }
        const Ahead ahead = look_ahead(t);
        if (ahead.first == unknown) {
            return;
        }
        const std::size_t left = seats_.size() - t;
        const std::size_t reach = groups_within_reach(left);
        const Value bound = ranked(bound_with(ahead, ahead.first), members_.size(), reach);
        if (bound >= best_) {
            return;
        }
        if (answer_.work > options_.most_work) {
            stopped_ = true;
            open_bound_ = std::min(open_bound_, bound);
            return;
        }
        const bool again = t > 0 && seats_[t] == seats_[t - 1];
        std::vector<Option> options;
        for (const std::uint32_t u : candidates_[seats_[t]]) {
            if (blocked_[universe_[u]] == 0 && (!again || u > taken_.back())) {
                const std::size_t size = members_.size() + (contains(members_, universe_[u]) ? 0U : 1U);
                options.push_back({ranked(bound_with(ahead, part(t, u)), size, reach), u});
            }
        }
        std::sort(options.begin(), options.end());
        for (const Option& option : options) {
            if (option.key >= best_) {
                return;
            }
            if (stopped_) {
                open_bound_ = std::min(open_bound_, option.key);
                return;
            }
            take(option.u, [&] { descend(t + 1); });
        }
    }

    /// Seats a candidate, goes on, and undoes it.
    template <class Next>
    void take(std::uint32_t u, const Next& next) {
        const bool fresh = !contains(members_, universe_[u]);
        if (fresh) {
            add_member(u);
        }
        if (!fresh || !demands_.broken_by(members_)) {
            const Length before = cost_;
            seat(u);
            taken_.push_back(u);
            next();
            taken_.pop_back();
            seated_.pop_back();
            cost_ = before;
        }
        if (fresh) {
            remove_member(u);
        }
    }

    void seat(std::uint32_t u) {
        if (!measured()) {
            seated_.push_back({});
            seated_.back().resize(universe_.size(), 0);
            return;
        }
        if (options_.goal == SeatGoal::leader) {
            cost_ += row(leader_)[u];
            seated_.push_back(row(leader_));
            return;
        }
        const std::vector<Length>& from = row(u);
        std::vector<Length> all = seated_.back();
        cost_ = summed() ? cost_ + all[u] : std::max(cost_, all[u]);
        for (std::size_t w = 0; w < all.size(); ++w) {
            all[w] = summed() ? all[w] + from[w] : std::max(all[w], from[w]);
        }
        answer_.work += all.size();
        seated_.push_back(std::move(all));
    }

    /// All seats are taken; further members where groups or members are lacking.
    void fill_up() {
        const auto wanted = demands_.still_wanted(members_, blocked_bytes());
        if (wanted.empty()) {
            keep();
            return;
        }
        const Vertices* fewest = &wanted.front();
        for (const Vertices& list : wanted) {
            fewest = list.size() < fewest->size() ? &list : fewest;
        }
        std::vector<Option> options;
        for (const Vertex v : *fewest) {
            const std::uint32_t u = place_[v];
            Length cost = cost_;
            if (options_.goal == SeatGoal::leader) {
                cost += row(leader_)[u];
            } else if (measured()) {
                cost = summed() ? cost_ + seated_.back()[u] : std::max(cost_, seated_.back()[u]);
            }
            options.push_back({ranked(cost, members_.size() + 1, groups_within_reach(1)), u});
        }
        answer_.work += options.size() * wanted.size();
        std::sort(options.begin(), options.end());
        for (const Option& option : options) {
            if (option.key >= best_) {
                return;
            }
            if (stopped_ || answer_.work > options_.most_work) {
                stopped_ = true;
                open_bound_ = std::min(open_bound_, option.key);
                return;
            }
            take(option.u, [&] { fill_up(); });
        }
    }

    [[nodiscard]] std::vector<std::uint8_t> blocked_bytes() const {
        std::vector<std::uint8_t> bytes(blocked_.size());
        std::transform(blocked_.begin(), blocked_.end(), bytes.begin(),
                       [](std::uint16_t n) { return static_cast<std::uint8_t>(n > 0 ? 1 : 0); });
        return bytes;
    }

    void keep() {
        const std::size_t groups =
            options_.goal == SeatGoal::openness ? Demands::groups_of(*options_.groups, members_) : 0;
        const Value value = ranked(cost_, members_.size(), groups);
        if (value >= best_) {
            return;
        }
        best_ = value;
        answer_.members = members_;
        answer_.cost = cost_;
        answer_.groups = groups;
        if (options_.goal == SeatGoal::leader) {
            answer_.leader = universe_[leader_];
        }
        answer_.holders.assign(taken_.size(), 0);
        // back to the order of the demands
        std::vector<std::size_t> first(demands_.seats.size() + 1, 0);
        for (std::size_t d = 0; d < demands_.seats.size(); ++d) {
            first[d + 1] = first[d] + demands_.seats[d].seats;
        }
        for (std::size_t t = 0; t < taken_.size(); ++t) {
            const std::size_t place = t < seats_.size() ? first[seats_[t]]++ : t;
            answer_.holders[place] = universe_[taken_[t]];
        }
        if (options_.goal == SeatGoal::any) {
            best_ = std::numeric_limits<Value>::min();
        }
    }

    void conclude() {
        answer_.complete = !stopped_ || (options_.goal == SeatGoal::any ? answer_.members.has_value()
                                                                        : open_bound_ >= best_);
        answer_.bound = answer_.cost;
        answer_.groups_bound = answer_.groups;
        if (answer_.complete) {
            return;
        }
        const Value least = std::min(open_bound_, best_);
        if (options_.goal == SeatGoal::openness) {
            const std::size_t all = options_.groups->group_count();
            answer_.groups_bound = all - static_cast<std::size_t>(least / one_group);
            answer_.bound = answer_.groups_bound > answer_.groups ? 0 : (least % one_group) / most_members;
            return;
        }
        answer_.bound = least / most_members;
    }

    const LengthGraph& graph_;
    const Demands& demands_;
    const SeatOptions& options_;
    std::map<Vertex, std::vector<Vertex>> apart_;
    std::vector<std::uint16_t> blocked_;                  ///< per vertex: members it is to be kept apart from
    std::vector<std::size_t> seats_;                      ///< demand of each seat, in the order of the search
    Vertices universe_;                                   ///< whoever may be seated
    std::vector<std::uint32_t> place_;                    ///< vertex -> universe
    std::vector<std::vector<std::uint32_t>> candidates_;  ///< per demand, in the universe
    std::vector<std::vector<Length>> to_demand_, ahead_, rows_;
    std::vector<std::vector<Length>> seated_;  ///< per depth: of everyone, the distances to those seated
    Vertices members_;
    std::vector<std::uint32_t> taken_;
    std::uint32_t leader_ = 0;
    Length cost_ = 0;
    Value best_ = unknown;
    Value open_bound_ = unknown;
    bool stopped_ = false;
    SeatAnswer answer_;
};

}  // namespace

SeatAnswer search_seats(const LengthGraph& graph, const Demands& demands, const SeatOptions& options) {
    return Search(graph, demands, options).run();
}

}  // namespace maillage::consortium
