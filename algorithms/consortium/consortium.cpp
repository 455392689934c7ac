#include "algorithms/consortium/consortium.hpp"

#include "engine/error.hpp"

#include "algorithms/consortium/demands.hpp"
#include "algorithms/consortium/seat_search.hpp"
#include "algorithms/consortium/steiner_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>

namespace maillage::consortium {
namespace {

constexpr std::size_t most_nearest = 5;
constexpr std::uint64_t most_seats = 40;
constexpr std::uint64_t states_of_a_cost = 4'000'000;
constexpr std::uint64_t states_of_an_alternative = 4'000'000;
constexpr std::uint64_t work_of_a_first_look = 6'000'000;
constexpr std::size_t most_front_wants = 12;
constexpr std::size_t most_front_steps = 200;
constexpr double share_of_a_front_step = 0.005;

Vertices to_vertices(std::span<const VertexId> ids) {
    Vertices list;
    for (const VertexId v : ids) {
        list.push_back(static_cast<Vertex>(index_of(v)));
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

std::vector<VertexId> to_ids(const Vertices& list) {
    std::vector<VertexId> ids;
    ids.reserve(list.size());
    for (const Vertex v : list) {
        ids.push_back(id_at<VertexId>(v));
    }
    return ids;
}

/// A member or a rule of the question, as something that can be asked for or not.
using Rule = Check;

class Finder {
public:
    Finder(const ConsortiumInput& input, const std::vector<Want>& wants, const ConsortiumOptions& options,
           const Execution& execution)
        : input_(input),
          wants_(wants),
          options_(options),
          execution_(execution),
          graph_(input.ties, options.length),
          asked_(to_vertices(options.included)) {
        if (options.lead) {
            const auto lead = static_cast<Vertex>(index_of(*options.lead));
            if (!contains(asked_, lead)) {
                asked_.insert(std::lower_bound(asked_.begin(), asked_.end(), lead), lead);
            }
        }
        for (const Want& want : wants) {
            covers_.push_back(
                covers_of(input.taxonomy, input.offers, want.expertise, options.least_level, options.near));
        }
        list_rules();
    }

    ConsortiumResult run() {
        demands_ = demands_for(rules_, all_barriers);
        check_size();
        note_candidates();
        SeatOptions any;
        any.most_work = work(200'000'000);
        const SeatAnswer start = search_seats(graph_, demands_, any);
        result_.decided = start.complete;
        if (!start.members) {
            if (start.complete && result_.missing.empty()) {
                find_conflict();
            } else if (start.complete) {
                find_conflict_without_missing();
            }
            return std::move(result_);
        }
        result_.feasible = result_.missing.empty();
        find_all(result_.feasible ? options_.top : 1);
        if (result_.feasible) {
            add_references();
            if (options_.front) {
                draw_front();
            }
        }
        return std::move(result_);
    }

private:
    static constexpr std::uint8_t all_barriers = out_of_scope | other_country | excluded | committed;

    [[nodiscard]] std::uint64_t work(std::uint64_t standard) const noexcept {
        return static_cast<std::uint64_t>(static_cast<double>(standard) * options_.effort * share_);
    }
    [[nodiscard]] std::uint8_t barred(Vertex v) const noexcept {
        return input_.barred.empty() ? std::uint8_t{0} : input_.barred[v];
    }

    void check_size() const {
        std::uint64_t seats = 0;
        for (const SeatDemand& s : demands_.seats) {
            seats += s.seats;
        }
        if (seats > most_seats) {
            throw OptionError("expertise", "at most " + std::to_string(most_seats) +
                                               " places are searched at once, not " + std::to_string(seats));
        }
    }

    void list_rules() {
        const auto add = [&](Rule rule) { rules_.push_back(rule); };
        if (options_.min_size > 0) {
            add({.what = Check::What::min_partners, .asked = options_.min_size});
        }
        if (options_.max_size > 0) {
            add({.what = Check::What::max_partners, .asked = options_.max_size});
        }
        for (const SpreadRule& s : options_.spread) {
            add({.what = Check::What::groups_at_least, .grouping = s.grouping, .asked = s.at_least});
        }
        for (const GroupRule& g : options_.required) {
            add({.what = Check::What::group_required, .grouping = g.grouping, .group = g.group, .asked = 1});
        }
        for (const Vertex v : asked_) {
            const bool lead = options_.lead && *options_.lead == id_at<VertexId>(v);
            add({.what = lead ? Check::What::lead : Check::What::included,
                 .actor = id_at<VertexId>(v),
                 .asked = 1});
        }
        for (const auto& [a, b] : options_.apart) {
            add({.what = Check::What::apart, .actor = a, .other = b, .asked = 1});
        }
    }

    /// The demands under some of the rules; wanted: also those of the expertises, as far as they can be met.
    [[nodiscard]] Demands demands_for(const std::vector<Rule>& rules, std::uint8_t barriers,
                                      bool wanted = true) const {
        Demands d;
        for (Vertex v = 0; v < graph_.vertex_count(); ++v) {
            if ((barred(v) & barriers) == 0) {
                d.allowed.push_back(v);
            }
        }
        for (const Rule& rule : rules) {
            add_rule(d, rule);
        }
        for (std::size_t w = 0; wanted && w < wants_.size(); ++w) {
            SeatDemand demand;
            for (const Cover& c : covers_[w]) {
                const auto v = static_cast<Vertex>(index_of(c.actor));
                if ((barred(v) & barriers) == 0) {
                    demand.candidates.push_back(v);
                }
            }
            demand.seats = std::min(wants_[w].holders, static_cast<std::uint32_t>(demand.candidates.size()));
            if (demand.seats > 0) {
                d.seats.push_back(std::move(demand));
            }
        }
        return d;
    }

    void add_rule(Demands& d, const Rule& rule) const {
        switch (rule.what) {
            case Check::What::min_partners:
                d.min_size = rule.asked;
                return;
            case Check::What::max_partners:
                d.max_size = rule.asked;
                return;
            case Check::What::groups_at_least:
                d.spread.push_back({&input_.groupings[rule.grouping], rule.asked});
                return;
            case Check::What::group_required: {
                SeatDemand demand;
                for (const Vertex v : d.allowed) {
                    const auto groups = input_.groupings[rule.grouping].of(id_at<VertexId>(v));
                    if (std::find(groups.begin(), groups.end(), rule.group) != groups.end()) {
                        demand.candidates.push_back(v);
                    }
                }
                d.seats.push_back(std::move(demand));
                return;
            }
            case Check::What::lead:
            case Check::What::included: {
                const auto v = static_cast<Vertex>(index_of(rule.actor));
                d.seats.push_back({contains(d.allowed, v) ? Vertices{v} : Vertices{}, 1});
                return;
            }
            case Check::What::apart:
                d.apart.emplace_back(static_cast<Vertex>(index_of(rule.actor)),
                                     static_cast<Vertex>(index_of(rule.other)));
                return;
            default:
                return;
        }
    }

    void note_candidates() {
        result_.allowed = demands_.allowed.size();
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            std::uint32_t found = 0;
            for (const Cover& c : covers_[w]) {
                found += barred(static_cast<Vertex>(index_of(c.actor))) == 0 ? 1U : 0U;
            }
            result_.candidates.push_back(found);
            if (found < wants_[w].holders) {
                result_.missing.push_back({w, found, nearest_to(w)});
            }
        }
    }

    /// Those that may not be members first, as far as they cover it, then those that offer something near.
    [[nodiscard]] std::vector<Shortage::Nearest> nearest_to(std::size_t w) const {
        constexpr double least_nearness = 0.3;
        std::vector<Shortage::Nearest> all;
        for (const Cover& c :
             covers_of(input_.taxonomy, input_.offers, wants_[w].expertise, 0.0, least_nearness)) {
            const std::uint8_t bars = barred(static_cast<Vertex>(index_of(c.actor)));
            const bool counted = bars == 0 && c.level >= options_.least_level && c.nearness >= options_.near;
            if (!counted) {
                all.push_back({c, bars});
            }
        }
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            if (a.how.nearness != b.how.nearness) {
                return a.how.nearness > b.how.nearness;
            }
            if ((a.barred == 0) != (b.barred == 0)) {
                return a.barred == 0;
            }
            return a.how.level != b.how.level ? a.how.level > b.how.level : a.how.actor < b.how.actor;
        });
        all.resize(std::min(all.size(), most_nearest));
        return all;
    }

    // ---- rules that exclude each other

    [[nodiscard]] bool refuted(const std::vector<Rule>& rules) const {
        std::vector<Rule> kept;
        std::uint8_t barriers = 0;
        bool wanted = false;
        for (const Rule& rule : rules) {
            switch (rule.what) {
                case Check::What::expertises:
                    wanted = true;
                    break;
                case Check::What::scope:
                    barriers |= out_of_scope;
                    break;
                case Check::What::countries:
                    barriers |= other_country;
                    break;
                case Check::What::excluded:
                    barriers |= excluded;
                    break;
                case Check::What::committed:
                    barriers |= committed;
                    break;
                default:
                    kept.push_back(rule);
            }
        }
        Demands demands = demands_for(kept, barriers, wanted);
        SeatOptions any;
        any.most_work = work(20'000'000);
        const SeatAnswer answer = search_seats(graph_, demands, any);
        return answer.complete && !answer.members;
    }

    void find_conflict() {
        std::vector<Rule> rules;
        rules.push_back(
            {.what = Check::What::expertises, .asked = static_cast<std::uint32_t>(wants_.size())});
        std::uint8_t bars = 0;
        for (Vertex v = 0; v < graph_.vertex_count(); ++v) {
            bars |= barred(v);
        }
        constexpr std::array barriers = {
            std::pair(out_of_scope, Check::What::scope), std::pair(other_country, Check::What::countries),
            std::pair(excluded, Check::What::excluded), std::pair(committed, Check::What::committed)};
        for (const auto& [bit, what] : barriers) {
            if ((bars & bit) != 0) {
                rules.push_back({.what = what});
            }
        }
        rules.insert(rules.end(), rules_.begin(), rules_.end());
        for (std::size_t i = 0; i < rules.size();) {
            std::vector<Rule> without = rules;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            if (refuted(without)) {
                rules = std::move(without);
            } else {
                ++i;
            }
        }
        for (Rule& rule : rules) {
            rule.ok = false;
        }
        result_.conflict = std::move(rules);
    }
    void find_conflict_without_missing() { find_conflict(); }

    // ---- the best, and those that differ from them

    void find_all(std::uint32_t count) {
        for (std::uint32_t rank = 0; rank < count; ++rank) {
            execution_.report("consortia", static_cast<double>(rank) / static_cast<double>(count));
            auto found = find_one(demands_, options_.objective);
            if (!found) {
                return;
            }
            Vertices members = std::move(found->members);
            Consortium c = describe(members, found->tree);
            c.optimal = found->optimal;
            c.value = found->value;
            c.bound = found->bound;
            c.groups_bound = found->groups_bound;
            if (found->leader) {
                c.costs.leader_actor = id_at<VertexId>(*found->leader);
                c.costs.leader = found->value;
            }
            result_.found.push_back(std::move(c));
            Earlier earlier;
            std::set_difference(members.begin(), members.end(), asked_.begin(), asked_.end(),
                                std::back_inserter(earlier.members));
            const auto size = static_cast<std::uint32_t>(earlier.members.size());
            if (size == 0) {
                return;
            }
            earlier.changed =
                std::min(size, options_.differ > 0 ? options_.differ : std::max(1U, (size + 2) / 3));
            demands_.earlier.push_back(std::move(earlier));
        }
    }

    struct Found {
        Vertices members;
        std::optional<SteinerTree> tree;
        std::optional<Vertex> leader;
        Length value = 0, bound = 0;
        std::size_t groups_bound = 0;
        bool optimal = true;
    };

    [[nodiscard]] std::optional<Found> find_one(const Demands& demands, Objective objective) const {
        return objective == Objective::steiner ? find_tree(demands) : find_seats(demands, objective);
    }

    [[nodiscard]] static bool plain(const Demands& d) {
        return d.spread.empty() && d.min_size <= 1 && d.max_size == 0 && d.apart.empty() &&
               d.earlier.empty() &&
               std::all_of(d.seats.begin(), d.seats.end(), [](const SeatDemand& s) { return s.seats == 1; });
    }

    [[nodiscard]] std::optional<Found> find_tree(const Demands& demands) const {
        SteinerSearchOptions options;
        options.most_states = work(demands.earlier.empty() ? options.most_states : states_of_an_alternative);
        options.most_nodes = static_cast<std::size_t>(work(options.most_nodes));
        if (!plain(demands) || demands.seats.size() > 14) {
            options.known = tree_without_earlier(demands);
            if (!options.known) {
                options.known = first_tree(demands);
            }
        }
        auto answer = search_trees(graph_, demands, options, execution_);
        if (!answer.tree) {
            return std::nullopt;
        }
        Found found;
        found.members = answer.tree->members;
        found.value = answer.tree->length;
        found.bound = answer.complete ? found.value : answer.bound / SteinerTree::most_members;
        found.optimal = answer.complete;
        found.tree = std::move(answer.tree);
        return found;
    }

    /// The best tree without those of the earlier members that are easiest to replace; empty when that is no answer.
    [[nodiscard]] std::optional<SteinerTree> tree_without_earlier(const Demands& demands) const {
        if (demands.earlier.empty() || demands.seats.size() > 14) {
            return std::nullopt;
        }
        Vertices out;
        for (const Earlier& e : demands.earlier) {
            // by the holders there are of what each covers: many are easy to replace
            std::vector<std::pair<std::size_t, Vertex>> order;
            for (const Vertex v : e.members) {
                std::size_t fewest = demands.allowed.size();
                for (const SeatDemand& s : demands.seats) {
                    fewest = contains(s.candidates, v) ? std::min(fewest, s.candidates.size()) : fewest;
                }
                order.emplace_back(demands.allowed.size() - fewest, v);
            }
            std::sort(order.begin(), order.end());
            for (std::size_t i = 0; i < std::min<std::size_t>(e.changed, order.size()); ++i) {
                out.push_back(order[i].second);
            }
        }
        std::vector<Vertices> groups;
        for (const SeatDemand& s : demands.seats) {
            Vertices left;
            for (const Vertex v : s.candidates) {
                if (std::find(out.begin(), out.end(), v) == out.end()) {
                    left.push_back(v);
                }
            }
            groups.push_back(std::move(left));
        }
        auto tree = group_steiner(graph_, groups, {}, execution_).tree;
        return tree && demands.met_by(tree->members) ? std::move(tree) : std::nullopt;
    }

    /// Members with a small sum of distances, and their tree: something to be better than.
    [[nodiscard]] std::optional<SteinerTree> first_tree(const Demands& demands) const {
        SeatOptions options;
        options.goal = SeatGoal::sum_distance;
        options.most_work = work(work_of_a_first_look);
        SeatAnswer answer = search_seats(graph_, demands, options);
        if (!answer.members) {
            options.goal = SeatGoal::any;
            options.most_work = work(100'000'000);
            answer = search_seats(graph_, demands, options);
        }
        if (!answer.members || answer.members->size() >= SteinerTree::most_members) {
            return std::nullopt;
        }
        return tree_of(*answer.members);
    }

    [[nodiscard]] std::optional<SteinerTree> tree_of(const Vertices& members) const {
        std::vector<Vertices> groups;
        for (const Vertex v : members) {
            groups.push_back({v});
        }
        SteinerOptions options;
        options.most_groups = 30;
        options.most_states = static_cast<std::uint64_t>(static_cast<double>(states_of_a_cost) * share_);
        return group_steiner(graph_, groups, options, execution_).tree;
    }

    [[nodiscard]] std::optional<Found> find_seats(const Demands& demands, Objective objective) const {
        SeatOptions options;
        options.most_work = work(options.most_work);
        switch (objective) {
            case Objective::diameter:
                options.goal = SeatGoal::diameter;
                break;
            case Objective::sum_distance:
            case Objective::steiner:
                options.goal = SeatGoal::sum_distance;
                break;
            case Objective::leader:
                options.goal = SeatGoal::leader;
                if (options_.lead) {
                    options.leader = static_cast<Vertex>(index_of(*options_.lead));
                }
                break;
            case Objective::openness:
                options.goal = SeatGoal::openness;
                options.groups = &input_.groupings[*options_.silos];
                break;
        }
        const SeatAnswer answer = search_seats(graph_, demands, options);
        if (!answer.members) {
            return std::nullopt;
        }
        Found found;
        found.members = *answer.members;
        found.leader = answer.leader;
        found.value = answer.cost;
        found.bound = answer.bound;
        found.groups_bound = answer.groups_bound;
        found.optimal = answer.complete;
        return found;
    }

    // ---- what a set of members is worth, and why each is in

    [[nodiscard]] std::uint32_t covered(std::size_t w, std::span<const Vertex> members) const {
        std::uint32_t n = 0;
        for (const Vertex v : members) {
            n += cover(w, v) != nullptr ? 1U : 0U;
        }
        return n;
    }
    [[nodiscard]] const Cover* cover(std::size_t w, Vertex v) const {
        const auto found = std::lower_bound(covers_[w].begin(), covers_[w].end(), id_at<VertexId>(v),
                                            [](const Cover& c, VertexId a) { return c.actor < a; });
        return found != covers_[w].end() && found->actor == id_at<VertexId>(v) ? &*found : nullptr;
    }
    [[nodiscard]] double coverage(std::span<const Vertex> members) const {
        double weight = 0.0;
        double reached = 0.0;
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            const std::uint32_t n = std::min(covered(w, members), wants_[w].holders);
            weight += wants_[w].weight;
            reached += wants_[w].weight * static_cast<double>(n) / static_cast<double>(wants_[w].holders);
        }
        return weight > 0.0 ? reached / weight : 1.0;
    }
    [[nodiscard]] double depth(std::span<const Vertex> members) const {
        double weight = 0.0;
        double reached = 0.0;
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            double levels = 0.0;
            for (const Vertex v : members) {
                const Cover* c = cover(w, v);
                levels += c == nullptr ? 0.0 : c->level;
            }
            weight += wants_[w].weight;
            reached += wants_[w].weight * std::min(1.0, levels / static_cast<double>(wants_[w].holders));
        }
        return weight > 0.0 ? reached / weight : 1.0;
    }

    [[nodiscard]] Check judge(Rule rule, std::span<const Vertex> members) const {
        const auto in = [&](VertexId v) { return contains(members, static_cast<Vertex>(index_of(v))); };
        switch (rule.what) {
            case Check::What::min_partners:
                rule.reached = static_cast<std::uint32_t>(members.size());
                rule.ok = rule.reached >= rule.asked;
                break;
            case Check::What::max_partners:
                rule.reached = static_cast<std::uint32_t>(members.size());
                rule.ok = rule.reached <= rule.asked;
                break;
            case Check::What::groups_at_least:
                rule.reached =
                    static_cast<std::uint32_t>(Demands::groups_of(input_.groupings[rule.grouping], members));
                rule.ok = rule.reached >= rule.asked;
                break;
            case Check::What::group_required:
                for (const Vertex v : members) {
                    const auto groups = input_.groupings[rule.grouping].of(id_at<VertexId>(v));
                    rule.reached +=
                        std::find(groups.begin(), groups.end(), rule.group) != groups.end() ? 1U : 0U;
                }
                rule.ok = rule.reached >= 1;
                break;
            case Check::What::lead:
            case Check::What::included:
                rule.reached = in(rule.actor) ? 1U : 0U;
                rule.ok = rule.reached == 1;
                break;
            case Check::What::apart:
                rule.reached = in(rule.actor) && in(rule.other) ? 0U : 1U;
                rule.ok = rule.reached == 1;
                break;
            default:
                break;
        }
        return rule;
    }

    [[nodiscard]] std::vector<Check> judge_all(std::span<const Vertex> members) const {
        std::vector<Check> checks;
        std::uint32_t reached = 0;
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            reached += covered(w, members) >= wants_[w].holders ? 1U : 0U;
        }
        const auto asked = static_cast<std::uint32_t>(wants_.size());
        checks.push_back(
            {.what = Check::What::expertises, .asked = asked, .reached = reached, .ok = reached == asked});
        for (const Rule& rule : rules_) {
            checks.push_back(judge(rule, members));
        }
        return checks;
    }

    using Rows = std::vector<std::vector<Length>>;  ///< per member, to every vertex

    [[nodiscard]] Rows rows_of(const Vertices& members) const {
        Rows rows(members.size());
        for_chunks(members.size(), 1, Execution{.threads = execution_.threads, .progress = {}}, "distances",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                       for (std::size_t i = begin; i < end; ++i) {
                           const Vertex source[] = {members[i]};
                           rows[i] = graph_.distances(source);
                       }
                   });
        return rows;
    }

    [[nodiscard]] Costs costs_of(const Vertices& members, const Rows& rows,
                                 const std::optional<SteinerTree>& tree) const {
        Costs costs;
        if (members.empty()) {
            return costs;
        }
        Rows among(members.size(), std::vector<Length>(members.size()));
        Length diameter = 0;
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = 0; j < members.size(); ++j) {
                among[i][j] = rows[i][members[j]];
                diameter = std::max(diameter, among[i][j]);
            }
        }
        costs.diameter = diameter;
        const LengthGraph small = LengthGraph::of_distances(among);
        Demands demands;
        for (Vertex i = 0; i < members.size(); ++i) {
            demands.allowed.push_back(i);
            if (contains(asked_, members[i])) {
                demands.seats.push_back({{i}, 1});
            }
        }
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            SeatDemand demand;
            for (Vertex i = 0; i < members.size(); ++i) {
                if (cover(w, members[i]) != nullptr) {
                    demand.candidates.push_back(i);
                }
            }
            demand.seats = std::min(wants_[w].holders, static_cast<std::uint32_t>(demand.candidates.size()));
            if (demand.seats > 0) {
                demands.seats.push_back(std::move(demand));
            }
        }
        SeatOptions options;
        options.goal = SeatGoal::sum_distance;
        costs.sum_distance = search_seats(small, demands, options).cost;
        options.goal = SeatGoal::leader;
        const auto lead =
            options_.lead ? std::optional(static_cast<Vertex>(index_of(*options_.lead))) : std::nullopt;
        if (!lead || contains(members, *lead)) {  // a reference may do without the lead that is asked for
            if (lead) {
                options.leader = static_cast<Vertex>(std::lower_bound(members.begin(), members.end(), *lead) -
                                                     members.begin());
            }
            if (const SeatAnswer led = search_seats(small, demands, options); led.leader) {
                costs.leader = led.cost;
                costs.leader_actor = id_at<VertexId>(members[*led.leader]);
            }
        }
        costs.tree = tree                                         ? tree
                     : members.size() <= Costs::most_tree_members ? tree_of(members)
                                                                  : std::nullopt;
        if (options_.silos) {
            costs.groups = Demands::groups_of(input_.groupings[*options_.silos], members);
        }
        return costs;
    }

    [[nodiscard]] Consortium describe(const Vertices& members, const std::optional<SteinerTree>& tree) const {
        Consortium c;
        const Rows rows = rows_of(members);
        c.coverage = coverage(members);
        c.depth = depth(members);
        c.costs = costs_of(members, rows, tree);
        c.checks = judge_all(members);
        for (std::size_t i = 0; i < members.size(); ++i) {
            c.members.push_back(explain(members, i, rows, c));
        }
        return c;
    }

    [[nodiscard]] ConsortiumMember explain(const Vertices& members, std::size_t i, const Rows& rows,
                                           const Consortium& c) const {
        const Vertex v = members[i];
        ConsortiumMember m;
        m.actor = id_at<VertexId>(v);
        m.asked_for = contains(asked_, v);
        m.lead = options_.lead && *options_.lead == m.actor;
        Vertices others = members;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            if (const Cover* how = cover(w, v)) {
                m.covers.push_back({w, *how});
                const std::uint32_t with = covered(w, members);
                if (with <= wants_[w].holders) {
                    m.alone.push_back(w);
                }
            }
        }
        for (std::size_t k = 0; k < rules_.size(); ++k) {
            if (c.checks[k + 1].ok && !judge(rules_[k], others).ok) {
                m.rules.push_back(k + 1);
            }
        }
        m.coverage_lost = c.coverage - coverage(others);
        if (!m.asked_for) {
            find_replacements(m, members, others, i, rows);
        }
        return m;
    }

    void find_replacements(ConsortiumMember& m, const Vertices& members, const Vertices& others,
                           std::size_t i, const Rows& rows) const {
        const auto to_others = [&](Vertex v) {
            Length sum = 0;
            for (std::size_t j = 0; j < members.size(); ++j) {
                sum += j == i ? 0 : rows[j][v];
            }
            return sum;
        };
        const Length own = to_others(members[i]);
        std::vector<Replacement> all;
        for (const Vertex v : demands_.allowed) {
            const bool brings = std::all_of(m.alone.begin(), m.alone.end(),
                                            [&](std::size_t w) { return cover(w, v) != nullptr; });
            if (!brings || contains(members, v)) {
                continue;
            }
            if (!m.rules.empty() || !options_.apart.empty()) {
                Vertices with = others;
                with.insert(std::lower_bound(with.begin(), with.end(), v), v);
                if (std::any_of(rules_.begin(), rules_.end(),
                                [&](const Rule& rule) { return !judge(rule, with).ok; })) {
                    continue;
                }
            }
            const Length distance = to_others(v);
            all.push_back({id_at<VertexId>(v), distance, distance - own});
        }
        m.possible_replacements = all.size();
        const std::size_t kept = std::min<std::size_t>(options_.replacements, all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                          [](const Replacement& a, const Replacement& b) {
                              return a.distance != b.distance ? a.distance < b.distance : a.actor < b.actor;
                          });
        all.resize(kept);
        m.replacements = std::move(all);
    }

    // ---- what simpler methods would say

    void add_references() {
        if (wants_.empty()) {
            return;
        }
        add_reference("rarest_first", rarest_first());
        add_reference("set_cover", set_cover());
    }

    void add_reference(std::string_view method, Vertices members) {
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        Reference reference;
        reference.method = method;
        reference.costs = costs_of(members, rows_of(members), std::nullopt);
        Demands demands = demands_;
        demands.earlier.clear();
        reference.meets_rules = demands.met_by(members);
        reference.members = to_ids(members);
        result_.references.push_back(std::move(reference));
    }

    /// Lappas, Liu, Terzi 2009: around every holder of the rarest expertise the nearest holder of each other.
    [[nodiscard]] Vertices rarest_first() const {
        std::vector<Vertices> holders;
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            Vertices list;
            for (const Cover& c : covers_[w]) {
                if (barred(static_cast<Vertex>(index_of(c.actor))) == 0) {
                    list.push_back(static_cast<Vertex>(index_of(c.actor)));
                }
            }
            holders.push_back(std::move(list));
        }
        std::size_t rarest = 0;
        for (std::size_t w = 1; w < holders.size(); ++w) {
            rarest = holders[w].size() < holders[rarest].size() ? w : rarest;
        }
        std::vector<std::vector<Length>> to(holders.size());
        for (std::size_t w = 0; w < holders.size(); ++w) {
            to[w] = graph_.distances(holders[w]);
        }
        Length best = std::numeric_limits<Length>::max();
        Vertex root = holders[rarest].front();
        for (const Vertex u : holders[rarest]) {
            Length farthest = 0;
            for (const auto& distance : to) {
                farthest = std::max(farthest, distance[u]);
            }
            if (farthest < best) {
                best = farthest;
                root = u;
            }
        }
        const Vertex source[] = {root};
        const auto from = graph_.distances(source);
        Vertices members{root};
        for (const Vertices& list : holders) {
            members.push_back(*std::min_element(list.begin(), list.end(), [&](Vertex a, Vertex b) {
                return from[a] != from[b] ? from[a] < from[b] : a < b;
            }));
        }
        return members;
    }

    /// The actor that adds most coverage, again and again; ties are not looked at.
    [[nodiscard]] Vertices set_cover() const {
        Vertices members;
        std::vector<std::uint32_t> left;
        for (const Want& want : wants_) {
            left.push_back(want.holders);
        }
        while (true) {
            double most = 0.0;
            Vertex best = 0;
            for (const Vertex v : demands_.allowed) {
                double gain = 0.0;
                for (std::size_t w = 0; w < wants_.size(); ++w) {
                    if (left[w] > 0 && cover(w, v) != nullptr) {
                        gain += wants_[w].weight / static_cast<double>(wants_[w].holders);
                    }
                }
                if (gain > most + 1e-12 && std::find(members.begin(), members.end(), v) == members.end()) {
                    most = gain;
                    best = v;
                }
            }
            if (most <= 0.0) {
                return members;
            }
            members.push_back(best);
            for (std::size_t w = 0; w < wants_.size(); ++w) {
                left[w] -= left[w] > 0 && cover(w, best) != nullptr ? 1U : 0U;
            }
        }
    }

    // ---- trade-offs

    [[nodiscard]] Demands demands_of(const std::vector<std::size_t>& kept, std::size_t groups) const {
        Demands d = demands_for(rules_, all_barriers, false);
        for (const std::size_t w : kept) {
            SeatDemand demand;
            for (const Cover& c : covers_[w]) {
                if (barred(static_cast<Vertex>(index_of(c.actor))) == 0) {
                    demand.candidates.push_back(static_cast<Vertex>(index_of(c.actor)));
                }
            }
            demand.seats = wants_[w].holders;
            d.seats.push_back(std::move(demand));
        }
        if (groups > 1) {
            d.spread.push_back({&input_.groupings[*options_.silos], static_cast<std::uint32_t>(groups)});
        }
        return d;
    }

    /// For every number of groups from one on: sets of wants by falling coverage, each of use only while its tree is
    /// shorter than any with more coverage.
    void draw_front() {
        if (wants_.size() > most_front_wants) {
            result_.front_complete = false;
            return;
        }
        struct Subset {
            double weight = 0.0;
            std::vector<std::size_t> kept;
        };
        std::vector<Subset> subsets;
        for (std::uint32_t mask = 1; mask < (1U << wants_.size()); ++mask) {
            Subset s;
            for (std::size_t w = 0; w < wants_.size(); ++w) {
                if (((mask >> w) & 1U) != 0) {
                    s.kept.push_back(w);
                    s.weight += wants_[w].weight;
                }
            }
            subsets.push_back(std::move(s));
        }
        std::stable_sort(subsets.begin(), subsets.end(),
                         [](const Subset& a, const Subset& b) { return a.weight > b.weight + 1e-12; });
        const std::size_t most_groups =
            options_.silos ? input_.groupings[*options_.silos].group_count() : std::size_t{1};
        const std::size_t most_steps = work(most_front_steps);
        // many points, each with a little of the work; what is not proven is said
        share_ = share_of_a_front_step;
        std::size_t steps = 0;
        for (std::size_t groups = 1; groups <= most_groups; ++groups) {
            Length best = std::numeric_limits<Length>::max();
            bool any = false;
            for (const Subset& s : subsets) {
                if (best == 0) {
                    break;
                }
                if (++steps > most_steps) {
                    result_.front_complete = false;
                    break;
                }
                const auto found = find_tree(demands_of(s.kept, groups));
                if (!found || found->value >= best) {
                    continue;
                }
                any = true;
                result_.front_complete = result_.front_complete && found->optimal;
                best = found->value;
                add_front_point(*found);
            }
            if (!any || steps > most_steps) {
                break;
            }
        }
        share_ = 1.0;
        drop_dominated();
    }

    void add_front_point(const Found& found) {
        FrontPoint point;
        point.coverage = coverage(found.members);
        point.length = found.value;
        point.groups =
            options_.silos ? Demands::groups_of(input_.groupings[*options_.silos], found.members) : 0;
        point.members = to_ids(found.members);
        for (std::size_t w = 0; w < wants_.size(); ++w) {
            if (covered(w, found.members) < wants_[w].holders) {
                point.left_out.push_back(w);
            }
        }
        result_.front.push_back(std::move(point));
    }

    void drop_dominated() {
        auto& front = result_.front;
        std::stable_sort(front.begin(), front.end(), [](const FrontPoint& a, const FrontPoint& b) {
            if (std::abs(a.coverage - b.coverage) > 1e-12) {
                return a.coverage > b.coverage;
            }
            return a.length != b.length   ? a.length < b.length
                   : a.groups != b.groups ? a.groups > b.groups
                                          : a.members < b.members;
        });
        std::vector<FrontPoint> kept;
        for (FrontPoint& p : front) {
            const bool dominated = std::any_of(kept.begin(), kept.end(), [&](const FrontPoint& q) {
                return q.coverage >= p.coverage - 1e-12 && q.length <= p.length && q.groups >= p.groups;
            });
            if (!dominated) {
                kept.push_back(std::move(p));
            }
        }
        front = std::move(kept);
    }

    const ConsortiumInput& input_;
    const std::vector<Want>& wants_;
    const ConsortiumOptions& options_;
    const Execution& execution_;
    LengthGraph graph_;
    Vertices asked_;  ///< lead and included
    std::vector<std::vector<Cover>> covers_;
    std::vector<Rule> rules_;
    Demands demands_;
    double share_ = 1.0;  ///< of the work that a search may take
    ConsortiumResult result_;
};

}  // namespace

std::string_view to_code(Objective objective) noexcept {
    switch (objective) {
        case Objective::steiner:
            return "steiner";
        case Objective::diameter:
            return "diameter";
        case Objective::sum_distance:
            return "sum";
        case Objective::leader:
            return "leader";
        case Objective::openness:
            return "openness";
    }
    return {};
}

std::string_view to_code(Check::What what) noexcept {
    switch (what) {
        case Check::What::expertises:
            return "expertises";
        case Check::What::min_partners:
            return "min_partners";
        case Check::What::max_partners:
            return "max_partners";
        case Check::What::groups_at_least:
            return "groups_at_least";
        case Check::What::group_required:
            return "group_required";
        case Check::What::lead:
            return "lead";
        case Check::What::included:
            return "included";
        case Check::What::apart:
            return "apart";
        case Check::What::scope:
            return "scope";
        case Check::What::countries:
            return "countries";
        case Check::What::excluded:
            return "excluded";
        case Check::What::committed:
            return "committed";
    }
    return {};
}

void validate(const ConsortiumOptions& options, const std::vector<Want>& wants,
              const ConsortiumInput& input) {
    const auto refuse = [](bool wrong, const char* field, const std::string& why) {
        if (wrong) {
            throw OptionError(field, why);
        }
    };
    refuse(options.top == 0, "top", "must be at least 1");
    refuse(!(options.least_level >= 0.0 && options.least_level <= 1.0), "min-level",
           "must be between 0 and 1");
    refuse(!(options.near > 0.0 && options.near <= 1.0), "near", "must be above 0 and at most 1");
    refuse(!(options.effort > 0.0), "effort", "must be above 0");
    refuse(options.max_size > 0 && options.max_size < options.min_size, "max-size",
           "is " + std::to_string(options.max_size) + ", fewer than the " + std::to_string(options.min_size) +
               " members asked for at least");
    refuse(options.max_size >= SteinerTree::most_members, "max-size", "must be below 64");
    refuse(options.objective == Objective::openness && !options.silos, "by",
           "openness counts the groups of an attribute");
    for (const Want& want : wants) {
        refuse(want.holders == 0 || !(want.weight > 0.0), "expertise",
               "asks for no holder, or has no weight");
    }
    for (const auto& rule : options.spread) {
        refuse(rule.grouping >= input.groupings.size(), "min-groups", "is of an attribute that is not there");
    }
    const auto check = [&](VertexId v, const char* field) {
        if (input.barred.empty()) {
            return;
        }
        const std::uint8_t bars = input.barred[index_of(v)];
        refuse((bars & excluded) != 0, field, "an actor is asked for and excluded");
        refuse((bars & committed) != 0, field, "an actor is asked for and committed elsewhere");
    };
    if (options.lead) {
        check(*options.lead, "lead");
    }
    for (const VertexId v : options.included) {
        check(v, "include");
    }
}

ConsortiumResult find_consortia(const ConsortiumInput& input, const std::vector<Want>& wants,
                                const ConsortiumOptions& options, const Execution& execution) {
    validate(options, wants, input);
    return Finder(input, wants, options, execution).run();
}

}  // namespace maillage::consortium
