#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/consortium/demands.hpp"
#include "algorithms/consortium/group_steiner.hpp"
#include "algorithms/consortium/seat_search.hpp"
#include "algorithms/consortium/steiner_search.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// The searches for consortia against the definition: every set of members is tried, on instances small enough.
namespace {

using namespace maillage;
using namespace maillage::consortium;

constexpr Length never = std::numeric_limits<Length>::max();

struct Instance {
    std::size_t n = 0;
    CsrGraph graph;
    std::vector<std::vector<Length>> tie;       ///< no_way where there is none
    std::vector<std::vector<Length>> apart_by;  ///< shortest distances, no_way where there is no way
    std::vector<std::string> group_of;
    GroupLabels labels;
    Demands demands;
};

Vertices some_of(Rng& rng, std::size_t n, double p) {
    Vertices list;
    for (Vertex v = 0; v < n; ++v) {
        if (rng.uniform01() < p) {
            list.push_back(v);
        }
    }
    return list;
}

Instance random_instance(std::uint64_t seed, bool rules) {
    Rng rng(seed);
    Instance x;
    x.n = 3 + rng.below(5);
    std::vector<Tie> ties;
    const double density = 0.2 + 0.5 * rng.uniform01();
    x.tie.assign(x.n, std::vector<Length>(x.n, no_way));
    for (std::uint32_t a = 0; a < x.n; ++a) {
        for (std::uint32_t b = a + 1; b < x.n; ++b) {
            if (rng.uniform01() < density) {
                const std::uint32_t length = 1 + rng.below(5);
                ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0 / length});
                x.tie[a][b] = x.tie[b][a] = length * length_unit;
            }
        }
    }
    x.graph = CsrGraph::from_ties(x.n, ties);
    x.apart_by = x.tie;
    for (std::size_t v = 0; v < x.n; ++v) {
        x.apart_by[v][v] = 0;
    }
    for (std::size_t k = 0; k < x.n; ++k) {
        for (std::size_t a = 0; a < x.n; ++a) {
            for (std::size_t b = 0; b < x.n; ++b) {
                if (x.apart_by[a][k] < no_way && x.apart_by[k][b] < no_way) {
                    x.apart_by[a][b] = std::min(x.apart_by[a][b], x.apart_by[a][k] + x.apart_by[k][b]);
                }
            }
        }
    }
    std::vector<std::string_view> cells;
    for (std::size_t v = 0; v < x.n; ++v) {
        x.group_of.push_back(std::string(1, static_cast<char>('a' + rng.below(3))));
    }
    for (const std::string& g : x.group_of) {
        cells.push_back(g);
    }
    x.labels = GroupLabels("kind", cells);
    for (std::uint32_t i = 1 + rng.below(4); i > 0; --i) {
        SeatDemand demand{some_of(rng, x.n, 0.35), 1};
        if (rules && rng.below(4) == 0) {
            demand.seats = 2;
        }
        x.demands.seats.push_back(std::move(demand));
    }
    x.demands.allowed = some_of(rng, x.n, 1.0);
    if (rules) {
        if (rng.below(3) == 0) {
            x.demands.spread.push_back({&x.labels, 2 + rng.below(2)});
        }
        if (rng.below(3) == 0) {
            x.demands.max_size = 1 + rng.below(4);
        }
        if (rng.below(3) == 0) {
            x.demands.min_size = 1 + rng.below(4);
        }
        if (rng.below(3) == 0) {
            const Vertex a = rng.below(static_cast<std::uint32_t>(x.n - 1));
            x.demands.apart.emplace_back(a, a + 1);
        }
        if (rng.below(4) == 0) {
            x.demands.earlier.push_back({some_of(rng, x.n, 0.4), 1});
            x.demands.earlier.back().changed = std::min<std::uint32_t>(
                1 + rng.below(2), static_cast<std::uint32_t>(x.demands.earlier.back().members.size()));
        }
    }
    return x;
}

bool meets(const Instance& x, std::uint32_t set) {
    const auto in = [&](Vertex v) { return ((set >> v) & 1U) != 0; };
    const Demands& d = x.demands;
    std::set<std::string> groups;
    for (Vertex v = 0; v < x.n; ++v) {
        if (in(v)) {
            groups.insert(x.group_of[v]);
        }
    }
    const auto size = static_cast<std::uint32_t>(std::popcount(set));
    if (size < d.min_size || (d.max_size > 0 && size > d.max_size)) {
        return false;
    }
    for (const SpreadDemand& s : d.spread) {
        if (groups.size() < s.at_least) {
            return false;
        }
    }
    for (const auto& [a, b] : d.apart) {
        if (in(a) && in(b)) {
            return false;
        }
    }
    for (const Earlier& e : d.earlier) {
        std::uint32_t absent = 0;
        for (const Vertex v : e.members) {
            absent += in(v) ? 0U : 1U;
        }
        if (absent < e.changed) {
            return false;
        }
    }
    for (const SeatDemand& s : d.seats) {
        std::uint32_t holders = 0;
        for (const Vertex v : s.candidates) {
            holders += in(v) ? 1U : 0U;
        }
        if (holders < s.seats) {
            return false;
        }
    }
    return true;
}

/// Least length of a tree over every superset of the members, gaps included.
std::vector<Length> tree_lengths(const Instance& x) {
    const std::uint32_t sets = 1U << x.n;
    std::vector<Length> spanning(sets, 0);
    for (std::uint32_t set = 1; set < sets; ++set) {
        std::uint32_t reached = set & (~set + 1);
        while (reached != set) {
            Length least = never;
            std::uint32_t next = 0;
            for (Vertex a = 0; a < x.n; ++a) {
                for (Vertex b = 0; b < x.n; ++b) {
                    if (((reached >> a) & 1U) != 0 && ((set >> b) & 1U) != 0 && ((reached >> b) & 1U) == 0 &&
                        x.tie[a][b] < least) {
                        least = x.tie[a][b];
                        next = b;
                    }
                }
            }
            spanning[set] += least;
            reached |= 1U << next;
        }
    }
    std::vector<Length> best(sets, never);
    for (std::uint32_t set = 0; set < sets; ++set) {
        for (std::uint32_t larger = set; larger < sets; larger = (larger + 1) | set) {
            best[set] = std::min(best[set], spanning[larger]);
        }
    }
    return best;
}

/// Every way to seat the members: least sum over pairs of seats, or least sum to a leader of the set.
struct Seating {
    const Instance& x;
    std::uint32_t set;
    std::vector<Vertex> seated;
    Length best_sum = never;
    Length best_led = never;

    void try_all(std::size_t demand, std::uint32_t seat, Vertex from) {
        const auto& seats = x.demands.seats;
        if (demand == seats.size()) {
            judge();
            return;
        }
        if (seat == seats[demand].seats) {
            try_all(demand + 1, 0, 0);
            return;
        }
        for (const Vertex v : seats[demand].candidates) {
            if (v >= from && ((set >> v) & 1U) != 0) {
                seated.push_back(v);
                try_all(demand, seat + 1, v + 1);
                seated.pop_back();
            }
        }
    }
    void judge() {
        std::vector<Vertex> all = seated;
        for (Vertex v = 0; v < x.n; ++v) {  // those without a seat have one of their own
            if (((set >> v) & 1U) != 0 && std::find(seated.begin(), seated.end(), v) == seated.end()) {
                all.push_back(v);
            }
        }
        Length sum = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                sum += x.apart_by[all[i]][all[j]];
            }
        }
        best_sum = std::min(best_sum, sum);
        for (Vertex leader = 0; leader < x.n; ++leader) {
            if (((set >> leader) & 1U) != 0) {
                Length led = 0;
                for (const Vertex v : all) {
                    led += x.apart_by[leader][v];
                }
                best_led = std::min(best_led, led);
            }
        }
    }
};

struct Best {
    Length cost = never;
    int members = 0;
    void offer(Length c, int m) {
        if (c < cost || (c == cost && m < members)) {
            cost = c;
            members = m;
        }
    }
};

struct Oracle {
    Best steiner, diameter, sum, leader;
    bool any = false;
};

Oracle by_definition(const Instance& x) {
    Oracle o;
    const auto trees = tree_lengths(x);
    for (std::uint32_t set = 0; set < (1U << x.n); ++set) {
        if (!meets(x, set)) {
            continue;
        }
        o.any = true;
        const int members = std::popcount(set);
        o.steiner.offer(trees[set], members);
        Length farthest = 0;
        for (Vertex a = 0; a < x.n; ++a) {
            for (Vertex b = 0; b < x.n; ++b) {
                if (((set >> a) & (set >> b) & 1U) != 0) {
                    farthest = std::max(farthest, x.apart_by[a][b]);
                }
            }
        }
        o.diameter.offer(farthest, members);
        Seating seating{x, set, {}};
        seating.try_all(0, 0, 0);
        o.sum.offer(seating.best_sum, members);
        if (set != 0) {
            o.leader.offer(seating.best_led, members);
        }
    }
    return o;
}

TEST_CASE("group_steiner: 700 random instances, the tree of the definition", "[consortium][oracle]") {
    for (std::uint64_t seed = 1; seed <= 700; ++seed) {
        CAPTURE(seed);
        const Instance x = random_instance(seed, false);
        const LengthGraph graph(x.graph.view(), LengthRule::inverse);
        std::vector<Vertices> groups;
        for (const SeatDemand& s : x.demands.seats) {
            groups.push_back(s.candidates);
        }
        const Oracle o = by_definition(x);
        const SteinerAnswer answer = group_steiner(graph, groups);
        REQUIRE(answer.solved);
        REQUIRE(answer.tree.has_value() == o.any);
        if (answer.tree) {
            CHECK(answer.tree->length == o.steiner.cost);
            CHECK(static_cast<int>(answer.tree->members.size()) == o.steiner.members);
            CHECK(x.demands.met_by(answer.tree->members));
        }
    }
}

TEST_CASE("search_trees: 700 random instances with rules, the best set of the definition",
          "[consortium][oracle]") {
    std::size_t feasible = 0;
    for (std::uint64_t seed = 1001; seed <= 1700; ++seed) {
        CAPTURE(seed);
        const Instance x = random_instance(seed, true);
        const LengthGraph graph(x.graph.view(), LengthRule::inverse);
        const Oracle o = by_definition(x);
        const auto answer = search_trees(graph, x.demands, {}, {});
        REQUIRE(answer.complete);
        REQUIRE(answer.tree.has_value() == o.any);
        if (answer.tree) {
            ++feasible;
            CHECK(answer.tree->length == o.steiner.cost);
            CHECK(static_cast<int>(answer.tree->members.size()) == o.steiner.members);
            CHECK(x.demands.met_by(answer.tree->members));
        }
    }
    CHECK(feasible > 200);
}

TEST_CASE("search_seats: 700 random instances, the best set of the definition for every goal",
          "[consortium][oracle]") {
    for (std::uint64_t seed = 2001; seed <= 2700; ++seed) {
        CAPTURE(seed);
        const Instance x = random_instance(seed, seed % 3 != 0);
        const LengthGraph graph(x.graph.view(), LengthRule::inverse);
        const Oracle o = by_definition(x);
        const auto check = [&](SeatGoal goal, const Best& best) {
            SeatOptions options;
            options.goal = goal;
            const SeatAnswer answer = search_seats(graph, x.demands, options);
            CAPTURE(static_cast<int>(goal));
            REQUIRE(answer.complete);
            REQUIRE(answer.members.has_value() == o.any);
            if (answer.members) {
                CHECK(x.demands.met_by(*answer.members));
                if (goal != SeatGoal::any) {
                    CHECK(answer.cost == best.cost);
                    CHECK(static_cast<int>(answer.members->size()) == best.members);
                    CHECK(answer.bound == answer.cost);
                }
            }
        };
        check(SeatGoal::any, {});
        check(SeatGoal::diameter, o.diameter);
        check(SeatGoal::sum_distance, o.sum);
        if (!o.any || o.leader.members > 0) {
            check(SeatGoal::leader, o.leader);
        }
    }
}

/// Every way to take one candidate of every demand: most groups, then least sum, then fewest members.
struct OpenSeating {
    const Instance& x;
    std::vector<Vertex> seated;
    std::size_t groups = 0;
    Best best;

    void try_all(std::size_t demand) {
        if (demand < x.demands.seats.size()) {
            for (const Vertex v : x.demands.seats[demand].candidates) {
                seated.push_back(v);
                try_all(demand + 1);
                seated.pop_back();
            }
            return;
        }
        std::set<std::string> found;
        Length sum = 0;
        for (std::size_t i = 0; i < seated.size(); ++i) {
            found.insert(x.group_of[seated[i]]);
            for (std::size_t j = i + 1; j < seated.size(); ++j) {
                sum += x.apart_by[seated[i]][seated[j]];
            }
        }
        if (found.size() > groups) {
            groups = found.size();
            best = {};
        }
        if (found.size() == groups) {
            best.offer(sum, static_cast<int>(std::set<Vertex>(seated.begin(), seated.end()).size()));
        }
    }
};

TEST_CASE("search_seats: most groups, then the least sum, on 500 random instances", "[consortium][oracle]") {
    for (std::uint64_t seed = 3001; seed <= 3500; ++seed) {
        CAPTURE(seed);
        const Instance x = random_instance(seed, false);
        const LengthGraph graph(x.graph.view(), LengthRule::inverse);
        OpenSeating o{x, {}};
        o.try_all(0);
        SeatOptions options;
        options.goal = SeatGoal::openness;
        options.groups = &x.labels;
        const SeatAnswer answer = search_seats(graph, x.demands, options);
        REQUIRE(answer.members.has_value() == (o.best.cost < never));
        if (answer.members) {
            CHECK(answer.groups == o.groups);
            CHECK(answer.cost == o.best.cost);
            CHECK(static_cast<int>(answer.members->size()) == o.best.members);
        }
    }
}

}  // namespace
