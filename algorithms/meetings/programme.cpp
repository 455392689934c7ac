#include "algorithms/meetings/programme.hpp"

#include "engine/error.hpp"

#include "algorithms/meetings/edge_colouring.hpp"
#include "algorithms/meetings/weighted_matching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace maillage::meetings {
namespace {

constexpr double score_scale = 1e9;
/// Above every sum of scores of one round: those short of their minimum come first.
constexpr std::int64_t urgent = std::int64_t{1} << 39U;
constexpr std::uint32_t no_round = std::numeric_limits<std::uint32_t>::max();

std::int64_t whole(double score) {
    return std::max<std::int64_t>(1, std::llround(score * score_scale));
}

class Planner {
public:
    Planner(std::size_t n, const std::vector<ScoredPair>& pairs, const MeetingRules& rules,
            const ProgrammeOptions& options, const Execution& execution)
        : n_(n), pairs_(pairs), rules_(rules), options_(options), execution_(execution) {
        check();
        most_.resize(n, rules.rounds);
        for (std::size_t v = 0; v < n; ++v) {
            std::uint32_t present = 0;
            for (std::uint32_t r = 0; r < rules.rounds; ++r) {
                present += there(v, r) ? 1U : 0U;
            }
            most_[v] = std::min(rules.most.empty() ? rules.rounds : rules.most[v], present);
        }
    }

    Programme run() {
        for (const ScoredPair& p : pairs_) {
            if (can_meet(p.a, p.b)) {
                usable_.push_back(p);
            }
        }
        Programme result;
        const auto half = suitors(n_, usable_, most_);
        double known = 0.0;
        for (const ScoredPair& p : half) {
            known += p.score;
        }
        if (n_ <= options_.most_exact) {
            result.method = "exact_rounds";
            prices_ = degree_bound(usable_, most_, known);
            match_rounds();
        } else {
            result.method = "suitors_and_colouring";
            prices_ = degree_bound(usable_, most_, known, 200);
            colour(half);
        }
        finish(result);
        return result;
    }

private:
    void check() const {
        if (rules_.rounds == 0) {
            throw OptionError("rounds", "there must be at least one round");
        }
        const auto fits = [&](std::size_t size) { return size == 0 || size == n_; };
        if (!fits(rules_.least.size()) || !fits(rules_.most.size()) || !fits(rules_.there.size())) {
            throw Error("meetings: rules for " + std::to_string(n_) + " vertices have another size");
        }
    }
    [[nodiscard]] bool there(std::size_t v, std::uint32_t round) const {
        return rules_.there.empty() || rules_.there[v].empty() || rules_.there[v][round] != 0;
    }
    [[nodiscard]] bool can_meet(std::uint32_t a, std::uint32_t b) const {
        if (most_[a] == 0 || most_[b] == 0) {
            return false;
        }
        for (std::uint32_t r = 0; r < rules_.rounds; ++r) {
            if (there(a, r) && there(b, r)) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] std::uint32_t least(std::size_t v) const {
        return rules_.least.empty() ? 0 : std::min(rules_.least[v], most_[v]);
    }

    /// A programme in the making: the round of each usable pair.
    struct Draft {
        std::vector<std::uint32_t> round_of;
        std::vector<std::uint32_t> meetings;
        double total = 0.0;
        std::uint32_t short_of = 0;  ///< meetings lacking to the minimum, over all
    };

    void match_rounds() {
        Draft by_score = empty();
        Draft by_price = empty();
        for (std::uint32_t r = 0; r < rules_.rounds; ++r) {
            execution_.report("meetings", static_cast<double>(r) / static_cast<double>(rules_.rounds));
            fill_round(by_score, r, rules_.rounds - r, [](const ScoredPair& p) { return whole(p.score); });
        }
        best_ = std::move(by_score);
        settle(best_);
        if (rules_.rounds == 1) {
            return;
        }
        // good pairs alike, the others less what they lack
        double largest = 0.0;
        for (const ScoredPair& p : usable_) {
            largest = std::max(largest, p.score);
        }
        const auto priced = [&](const ScoredPair& p) {
            const double lacks = std::max(0.0, prices_.price[p.a] + prices_.price[p.b] - p.score);
            return whole(std::max(1e-9, 2.0 * largest - lacks));
        };
        for (std::uint32_t r = 0; r < rules_.rounds; ++r) {
            fill_round(by_price, r, rules_.rounds - r, priced);
        }
        settle(by_price);
        improve(best_);
        improve(by_price);
        if (better(by_price, best_)) {
            best_ = std::move(by_price);
        }
    }

    [[nodiscard]] Draft empty() const {
        return {std::vector<std::uint32_t>(usable_.size(), no_round), std::vector<std::uint32_t>(n_, 0), 0.0,
                0};
    }
    void settle(Draft& draft) const {
        draft.total = 0.0;
        draft.short_of = 0;
        for (std::size_t i = 0; i < usable_.size(); ++i) {
            draft.total += draft.round_of[i] == no_round ? 0.0 : usable_[i].score;
        }
        for (std::size_t v = 0; v < n_; ++v) {
            draft.short_of += least(v) - std::min(least(v), draft.meetings[v]);
        }
    }
    [[nodiscard]] static bool better(const Draft& a, const Draft& b) {
        return a.short_of != b.short_of ? a.short_of < b.short_of : a.total > b.total + 1e-9;
    }

    /// The matching of most weight among the pairs without a round whose two are there and not full.
    /// rounds_left: with this one; who has no round to spare for its minimum comes first.
    template <class Weight>
    void fill_round(Draft& draft, std::uint32_t round, std::uint32_t rounds_left,
                    const Weight& weight) const {
        std::vector<std::uint32_t> place(n_, no_round);
        std::vector<std::uint32_t> open;
        for (std::uint32_t v = 0; v < n_; ++v) {
            if (there(v, round) && draft.meetings[v] < most_[v]) {
                place[v] = static_cast<std::uint32_t>(open.size());
                open.push_back(v);
            }
        }
        PairWeights weights(open.size());
        std::vector<std::uint32_t> pair_at(open.size() * open.size(), no_round);
        const auto presses = [&](std::uint32_t v) -> std::int64_t {
            const std::uint32_t wanted = least(v);
            if (draft.meetings[v] >= wanted) {
                return 0;
            }
            return wanted - draft.meetings[v] >= rounds_ahead(v, round, rounds_left) ? urgent : urgent / 1024;
        };
        std::vector<std::int64_t> press(n_, 0);
        for (const std::uint32_t v : open) {
            press[v] = presses(v);
        }
        for (std::uint32_t i = 0; i < usable_.size(); ++i) {
            const ScoredPair& p = usable_[i];
            if (draft.round_of[i] == no_round && place[p.a] != no_round && place[p.b] != no_round) {
                weights.set(place[p.a], place[p.b], weight(p) + press[p.a] + press[p.b]);
                pair_at[place[p.a] * open.size() + place[p.b]] = i;
            }
        }
        const Matching matching = maximum_weight_matching(weights);
        for (std::uint32_t x = 0; x < open.size(); ++x) {
            const std::uint32_t y = matching.mate[x];
            if (y != unmatched && x < y) {
                draft.round_of[pair_at[x * open.size() + y]] = round;
                ++draft.meetings[open[x]];
                ++draft.meetings[open[y]];
            }
        }
    }
    [[nodiscard]] std::uint32_t rounds_ahead(std::uint32_t v, std::uint32_t round, std::uint32_t left) const {
        std::uint32_t count = 0;
        for (std::uint32_t r = round; r < round + left && r < rules_.rounds; ++r) {
            count += there(v, r) ? 1U : 0U;
        }
        return count;
    }

    void clear_round(Draft& draft, std::uint32_t round) const {
        for (std::size_t i = 0; i < usable_.size(); ++i) {
            if (draft.round_of[i] == round) {
                draft.round_of[i] = no_round;
                --draft.meetings[usable_[i].a];
                --draft.meetings[usable_[i].b];
            }
        }
    }

    void improve(Draft& draft) const {
        const auto score = [](const ScoredPair& p) { return whole(p.score); };
        for (std::uint32_t pass = 0; pass < options_.passes; ++pass) {
            const double before = draft.total;
            for (std::uint32_t r = 0; r < rules_.rounds; ++r) {
                Draft trial = draft;
                const std::uint32_t other = (r + 1 + pass) % rules_.rounds;
                clear_round(trial, r);
                if (other != r) {
                    clear_round(trial, other);
                }
                fill_round(trial, r, 2, score);
                if (other != r) {
                    fill_round(trial, other, 1, score);
                }
                settle(trial);
                if (better(trial, draft)) {
                    draft = std::move(trial);
                }
            }
            if (draft.total < before * (1.0 + 1e-5)) {
                return;
            }
        }
    }

    /// Pairs with few enough meetings each, in rounds.
    void colour(const std::vector<ScoredPair>& chosen) {
        best_ = empty();
        std::vector<std::uint32_t> index;  // of the chosen among the usable, both by a, then b
        std::size_t at = 0;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
        std::vector<std::uint32_t> order(usable_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
            return std::pair(usable_[x].a, usable_[x].b) < std::pair(usable_[y].a, usable_[y].b);
        });
        for (const std::uint32_t i : order) {
            if (at < chosen.size() && usable_[i] == chosen[at]) {
                index.push_back(i);
                edges.emplace_back(usable_[i].a, usable_[i].b);
                ++at;
            }
        }
        const auto colours = edge_colouring(n_, edges);
        const bool times = !rules_.there.empty();
        if (!times) {
            std::vector<double> weight(rules_.rounds + 1, 0.0);
            for (std::size_t e = 0; e < edges.size(); ++e) {
                weight[colours[e]] += usable_[index[e]].score;
            }
            const auto lightest =
                static_cast<std::uint32_t>(std::min_element(weight.begin(), weight.end()) - weight.begin());
            for (std::size_t e = 0; e < edges.size(); ++e) {
                if (colours[e] != lightest) {
                    put(index[e], colours[e] > lightest ? colours[e] - 1 : colours[e]);
                }
            }
        }
        fill_gaps();
        settle(best_);
    }

    void put(std::uint32_t i, std::uint32_t round) {
        best_.round_of[i] = round;
        ++best_.meetings[usable_[i].a];
        ++best_.meetings[usable_[i].b];
    }

    /// Whatever is left, by falling score, into the first round where both are free.
    void fill_gaps() {
        std::vector<std::uint8_t> busy(n_ * rules_.rounds, 0);
        const auto mark = [&](std::uint32_t i) {
            busy[usable_[i].a * rules_.rounds + best_.round_of[i]] = 1;
            busy[usable_[i].b * rules_.rounds + best_.round_of[i]] = 1;
        };
        std::vector<std::uint32_t> left;
        for (std::uint32_t i = 0; i < usable_.size(); ++i) {
            if (best_.round_of[i] == no_round) {
                left.push_back(i);
            } else {
                mark(i);
            }
        }
        std::sort(left.begin(), left.end(), [&](std::uint32_t x, std::uint32_t y) {
            const ScoredPair& p = usable_[x];
            const ScoredPair& q = usable_[y];
            return p.score != q.score ? p.score > q.score : std::pair(p.a, p.b) < std::pair(q.a, q.b);
        });
        for (const bool minimum : {true, false}) {
            for (const std::uint32_t i : left) {
                const ScoredPair& p = usable_[i];
                if (best_.round_of[i] != no_round || best_.meetings[p.a] >= most_[p.a] ||
                    best_.meetings[p.b] >= most_[p.b]) {
                    continue;
                }
                if (minimum && best_.meetings[p.a] >= least(p.a) && best_.meetings[p.b] >= least(p.b)) {
                    continue;
                }
                for (std::uint32_t r = 0; r < rules_.rounds; ++r) {
                    if (busy[p.a * rules_.rounds + r] == 0 && busy[p.b * rules_.rounds + r] == 0 &&
                        there(p.a, r) && there(p.b, r)) {
                        put(i, r);
                        mark(i);
                        break;
                    }
                }
            }
        }
    }

    void finish(Programme& result) const {
        result.rounds.resize(rules_.rounds);
        for (std::size_t i = 0; i < usable_.size(); ++i) {
            if (best_.round_of[i] != no_round) {
                result.rounds[best_.round_of[i]].push_back(usable_[i]);
            }
        }
        for (auto& round : result.rounds) {
            std::sort(round.begin(), round.end(), [](const ScoredPair& x, const ScoredPair& y) {
                return std::pair(x.a, x.b) < std::pair(y.a, y.b);
            });
        }
        result.total = best_.total;
        result.meetings = best_.meetings;
        result.bound = std::max(prices_.value, best_.total);
        const bool free = best_.short_of == 0 && rules_.least.empty();
        if (result.method == "exact_rounds" && rules_.rounds == 1 && free) {
            result.bound = result.total;  // the matching proves it
        }
        result.optimal = result.bound <= result.total * (1.0 + 1e-9);
        if (result.method == "suitors_and_colouring" && rules_.there.empty()) {
            const auto r = static_cast<double>(rules_.rounds);
            result.guarantee = 0.5 * r / (r + 1.0);
        }
        std::vector<std::uint32_t> possible(n_, 0);
        for (const ScoredPair& p : usable_) {
            ++possible[p.a];
            ++possible[p.b];
        }
        for (std::uint32_t v = 0; v < n_; ++v) {
            const std::uint32_t wanted = rules_.least.empty() ? 0 : rules_.least[v];
            if (best_.meetings[v] < wanted) {
                result.shortfalls.push_back({v, best_.meetings[v], wanted, possible[v]});
            }
        }
    }

    std::size_t n_;
    const std::vector<ScoredPair>& pairs_;
    const MeetingRules& rules_;
    const ProgrammeOptions& options_;
    const Execution& execution_;
    std::vector<std::uint32_t> most_;
    std::vector<ScoredPair> usable_;
    DegreeBound prices_;
    Draft best_;
};

}  // namespace

Programme plan_meetings(std::size_t vertices, const std::vector<ScoredPair>& pairs, const MeetingRules& rules,
                        const ProgrammeOptions& options, const Execution& execution) {
    return Planner(vertices, pairs, rules, options, execution).run();
}

}  // namespace maillage::meetings
