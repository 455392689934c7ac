#include "algorithms/segregation/bridging.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/segregation/bubble_walks.hpp"
#include "algorithms/segregation/controversy_walks.hpp"
#include "algorithms/segregation/near_reach.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

constexpr std::array<std::string_view, 5> group_names = {"a", "b", "c", "d", "e"};

GroupLabels labels_of(const std::vector<std::uint32_t>& groups) {
    std::vector<std::string_view> values;
    for (const std::uint32_t g : groups) {
        values.push_back(group_names[g]);
    }
    return {"group", values};
}

CsrGraph with_tie(GraphView g, VertexId a, VertexId b) {
    std::vector<Tie> ties = {{a, b, 1.0}};
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u) {
                ties.push_back({v, u, 1.0});
            }
        }
    }
    return CsrGraph::from_ties(g.vertex_count(), ties);
}

struct Pair {
    VertexId a{}, b{};
};
std::vector<Pair> crossing_pairs(GraphView g, const GroupLabels& labels) {
    std::vector<Pair> pairs;
    for (const VertexId a : g.vertices()) {
        for (const VertexId b : g.vertices()) {
            if (a < b && !g.adjacent(a, b) && g.degree(a) > 0 && g.degree(b) > 0 && !labels.of(a).empty() &&
                !labels.of(b).empty() && !share_a_group(labels.of(a), labels.of(b))) {
                pairs.push_back({a, b});
            }
        }
    }
    return pairs;
}

/// Of several groups some actors: values such as "a|b".
GroupLabels random_sets(Rng& rng, std::uint32_t n) {
    constexpr std::array<std::string_view, 6> kinds = {"a", "b", "a|b", "c", "b|c", ""};
    std::vector<std::string_view> values;
    for (std::uint32_t v = 0; v < n; ++v) {
        values.push_back(kinds[rng.below(6)]);
    }
    return {"group", values};
}

/// RWC of two groups by following the chain for a long time.
double slow_controversy(GraphView g, const std::vector<std::uint32_t>& side, const ControversyWalks& walks) {
    const std::size_t n = g.vertex_count();
    std::array<std::array<double, 2>, 2> ended{};  // start side, end side
    std::array<double, 2> starters{};
    for (const VertexId start : g.vertices()) {
        if (walks.end_point(start) || !walks.takes_part(start)) {
            continue;
        }
        starters[side[index_of(start)]] += 1;
        std::vector<double> at(n, 0.0);
        at[index_of(start)] = 1.0;
        for (int step = 0; step < 3000; ++step) {
            std::vector<double> next(n, 0.0);
            for (const VertexId v : g.vertices()) {
                const double mass = at[index_of(v)];
                if (walks.end_point(v)) {
                    next[index_of(v)] += mass;
                } else if (mass > 0) {
                    for (const VertexId u : g.neighbours(v)) {
                        next[index_of(u)] += mass / static_cast<double>(g.degree(v));
                    }
                }
            }
            at = next;
        }
        for (const VertexId v : g.vertices()) {
            if (walks.end_point(v)) {
                ended[side[index_of(start)]][side[index_of(v)]] += at[index_of(v)];
            }
        }
    }
    for (std::size_t s = 0; s < 2; ++s) {
        ended[s][0] /= starters[s];
        ended[s][1] /= starters[s];
    }
    const auto start_given_end = [&](std::size_t x, std::size_t y) {
        return ended[x][y] / (ended[0][y] + ended[1][y]);
    };
    return start_given_end(0, 0) * start_given_end(1, 1) - start_given_end(0, 1) * start_given_end(1, 0);
}

BridgingInput input_of(GraphView g, const std::vector<GroupLabels>& groupings) {
    BridgingInput input;
    input.ties = g;
    input.groupings = groupings;
    return input;
}

}  // namespace

TEST_CASE("bridges: bubble radius of the karate club", "[bridges][golden]") {
    const CsrGraph club = karate();
    const GroupLabels labels = labels_of(karate_clubs());
    const BubbleWalks walks(club, labels, 10, false);
    CHECK(*walks.radius(VertexId{0}) == Approx(6.908159).margin(5e-7));
    CHECK(*walks.radius(VertexId{33}) == Approx(5.545924).margin(5e-7));
    CHECK(*walks.radius(VertexId{8}) == Approx(3.111689).margin(5e-7));
    CHECK(*walks.radius(VertexId{16}) == Approx(8.967224).margin(5e-7));
    CHECK(walks.sum() == Approx(217.856626).margin(5e-7));
    CHECK(*walks.mean() == Approx(6.4075478).margin(5e-8));
    const BubbleWalks long_walks(club, labels, 2000, false);
    CHECK(*long_walks.radius(VertexId{0}) == Approx(11.919840).margin(5e-7));
    CHECK(*long_walks.radius(VertexId{16}) == Approx(17.253173).margin(5e-7));
    CHECK(*long_walks.mean() == Approx(10.0932979).margin(5e-8));
}

TEST_CASE("bridges: the karate club's best ties by bubble radius", "[bridges][golden]") {
    const CsrGraph club = karate();
    const std::vector<GroupLabels> groupings = {labels_of(karate_clubs())};
    const Bridging result = bridging(input_of(club, groupings), {.top = 1});
    CHECK(result.candidates == 278);
    REQUIRE(result.bridges.size() == 1);
    CHECK(result.bridges[0].a == VertexId{16});
    CHECK(result.bridges[0].b == VertexId{25});
    CHECK(34 * result.bridges[0].effect == Approx(12.762298).margin(5e-7));
    REQUIRE(result.strongest.size() == 14);
    const auto effect = [&](std::size_t i) { return 34 * result.strongest[i].effect; };
    CHECK(effect(0) == Approx(12.7622980).margin(5e-8));
    CHECK(effect(1) == Approx(12.6001633).margin(5e-8));
    CHECK(effect(2) == Approx(12.6001633).margin(5e-8));
    CHECK(effect(3) == Approx(12.5743562).margin(5e-8));
    CHECK(result.strongest[1].a == VertexId{5});
    CHECK(result.strongest[1].b == VertexId{25});
    CHECK(result.strongest[3].b == VertexId{29});
    CHECK(34 * (*result.before.objective - *result.after.objective) == Approx(12.762298).margin(5e-7));
}

TEST_CASE("bridges: E-I after k ties, and ties for an E-I", "[bridges][golden]") {
    const CsrGraph club = karate();
    const std::vector<GroupLabels> groupings = {labels_of(karate_clubs())};
    const Bridging result = bridging(input_of(club, groupings), {.top = 10});
    CHECK(*result.before.attributes[0].ties.ei().value == Approx(-56.0 / 78));
    CHECK(*result.bridges[0].ties[0].ei().value == Approx(-55.0 / 79));
    CHECK(*result.bridges[4].ties[0].ei().value == Approx(-51.0 / 83));
    CHECK(*result.bridges[9].ties[0].ei().value == Approx(-23.0 / 44));
    CHECK(*result.after.attributes[0].ties.ei().value == Approx(-23.0 / 44));
    CHECK(ties_to_ei(11, 67, 0.0) == 56);
    CHECK(ties_to_ei(11, 67, -51.0 / 83) == 5);
    CHECK(ties_to_ei(11, 67, -23.0 / 44) == 10);
    CHECK(ties_to_ei(11, 67, -0.8) == 0);
    CHECK_FALSE(ties_to_ei(11, 67, 1.0));
    CHECK(ties_to_ei(3, 0, 1.0) == 0);
    CHECK(ties_to_ei(0, 0, 0.5) == 1);
}

TEST_CASE("bridges: random-walk controversy of the karate club, exact", "[bridges][golden]") {
    const CsrGraph club = karate();
    const GroupLabels labels = labels_of(karate_clubs());
    const std::array<std::pair<std::uint32_t, double>, 4> known = {
        std::pair{1U, .6129846}, {2U, .7017097}, {3U, .7918838}, {5U, .8482143}};
    for (const auto& [k, rwc] : known) {
        CAPTURE(k);
        const ControversyWalks walks(club, labels, k);
        CHECK(*walks.value().value == Approx(rwc).margin(5e-8));
        CHECK(*walks.by_group()[0].value == Approx(rwc).margin(5e-8));
        CHECK(*walks.by_group()[1].value == Approx(rwc).margin(5e-8));
    }
}

TEST_CASE("bridges: controversy as the chain followed step by step", "[bridges][oracle]") {
    const CsrGraph club = karate();
    const ControversyWalks walks(club, labels_of(karate_clubs()), 2);
    CHECK(slow_controversy(club, karate_clubs(), walks) == Approx(*walks.value().value).margin(1e-9));
    Rng rng(4);
    const CsrGraph graph = random_graph(rng, 24, 0.2);
    const auto sides = random_labels(rng, 24, 2);
    const ControversyWalks other(graph, labels_of(sides), 3);
    REQUIRE(other.value().value);
    CHECK(slow_controversy(graph, sides, other) == Approx(*other.value().value).margin(1e-9));
}

TEST_CASE("bridges: every effect is that of the network with the tie", "[bridges][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{17}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 6 + rng.below(14);
    const CsrGraph graph = random_graph(rng, n, 0.08 + 0.3 * rng.uniform01());
    const bool several = seed % 2 == 0;
    const GroupLabels labels =
        several ? random_sets(rng, n) : labels_of(random_labels(rng, n, 2 + rng.below(3)));
    const auto steps = 1 + rng.below(12);
    BubbleWalks walks(graph, labels, steps, false);
    const NearReach near(graph, labels);
    const ControversyWalks controversy(graph, labels, 1 + rng.below(2));
    BubbleWalks::Scratch scratch;
    for (const Pair& pair : crossing_pairs(graph, labels)) {
        const CsrGraph more = with_tie(graph, pair.a, pair.b);
        const BubbleWalks after(more, labels, steps, false);
        if (walks.counts(pair.a) && walks.counts(pair.b)) {
            CAPTURE(index_of(pair.a), index_of(pair.b));
            CHECK(walks.pair_gain(pair.a, pair.b, scratch) == Approx(walks.sum() - after.sum()).margin(1e-9));
            CHECK(walks.end_bound(pair.a) >= walks.end_gain(pair.a, scratch) - 1e-9);
        }
        const NearReach nearer(more, labels);
        CHECK(near.gain(pair.a, pair.b) == nearer.pairs() - near.pairs());
        if (controversy.takes_part(pair.a) && controversy.takes_part(pair.b) && controversy.value().value) {
            // end points stay: the same are the best linked of the graph before
            ControversyWalks grown(graph, labels, 1);
            const ControversyWalks again(more, labels, 1, graph);
            const ControversyWalks one(graph, labels, 1);
            if (one.takes_part(pair.a) && one.takes_part(pair.b) && one.value().value &&
                again.value().value) {
                CHECK(one.gain(pair.a, pair.b) ==
                      Approx(*one.value().value - *again.value().value).margin(1e-9));
                grown.add(pair.a, pair.b);
                CHECK(*grown.value().value == Approx(*again.value().value).margin(1e-9));
            }
        }
    }
}

TEST_CASE("bridges: figures kept up to date are those of the network with all the ties",
          "[bridges][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{9}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph graph = planted_graph(rng, 40, 3, 90, 0.9);
    std::vector<std::uint32_t> groups(40);
    for (std::uint32_t v = 0; v < 40; ++v) {
        groups[v] = v % 3;
    }
    const std::vector<GroupLabels> groupings = {labels_of(groups)};
    for (const BridgeObjective objective :
         {BridgeObjective::bubble, BridgeObjective::controversy, BridgeObjective::reach}) {
        const Bridging result =
            bridging(input_of(graph, groupings), {.objective = objective, .top = 6, .end_points = 2});
        REQUIRE(result.bridges.size() == 6);
        CAPTURE(to_code(objective));
        CHECK(result.bridges.back().objective == Approx(*result.after.objective).margin(1e-9));
        for (const Bridge& bridge : result.bridges) {
            CHECK(bridge.effect > 0.0);
            CHECK(bridge.a < bridge.b);
            CHECK(groups[index_of(bridge.a)] != groups[index_of(bridge.b)]);
        }
        CHECK(result.after.ties == result.before.ties + 6);
    }
}

TEST_CASE("bridges: the lazy choice is the plain greedy one", "[bridges][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{13}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 10 + rng.below(12);
    CsrGraph graph = random_graph(rng, n, 0.25);
    const std::vector<GroupLabels> groupings = {seed % 2 == 0 ? random_sets(rng, n)
                                                              : labels_of(random_labels(rng, n, 2))};
    const auto plausible = [](VertexId a, VertexId b) {
        return 0.25 * static_cast<double>(1 + (index_of(a) * 7 + index_of(b) * 3) % 4);
    };
    BridgingInput input = input_of(graph, groupings);
    input.judge = [&](VertexId a, std::span<const VertexId> others, std::span<PairWorth> worth, std::size_t) {
        for (std::size_t i = 0; i < others.size(); ++i) {
            worth[i].plausibility = plausible(a, others[i]);
        }
    };
    const Bridging result = bridging(input, {.top = 4});
    CsrGraph current = graph;
    for (const Bridge& bridge : result.bridges) {
        const BubbleWalks before(current, groupings[0], 10, false);
        double best = 0.0;
        for (const Pair& pair : crossing_pairs(current, groupings[0])) {
            if (before.counts(pair.a) && before.counts(pair.b)) {
                const CsrGraph more = with_tie(current, pair.a, pair.b);
                const double gain = before.sum() - BubbleWalks(more, groupings[0], 10, false).sum();
                best = std::max(best, gain * plausible(pair.a, pair.b));
            }
        }
        CHECK(static_cast<double>(before.counted()) * bridge.value == Approx(best).margin(1e-9));
        current = with_tie(current, bridge.a, bridge.b);
    }
}

TEST_CASE("bridges: effects shrink as ties are added, and two ties beat 63 % of the best two",
          "[bridges][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{9}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 8 + rng.below(5);
    const CsrGraph graph = random_graph(rng, n, 0.35);
    const std::vector<GroupLabels> groupings = {labels_of(random_labels(rng, n, 2))};
    const auto pairs = crossing_pairs(graph, groupings[0]);
    const BubbleWalks walks(graph, groupings[0], 10, false);
    BubbleWalks::Scratch scratch;
    double best_two = 0.0;
    for (const Pair& first : pairs) {
        BubbleWalks after(graph, groupings[0], 10, false);
        after.add(first.a, first.b);
        for (const Pair& second : pairs) {
            if (second.a != first.a || second.b != first.b) {
                BubbleWalks both = after;
                const double gain = both.pair_gain(second.a, second.b, scratch);
                BubbleWalks alone = walks;
                CHECK(gain <= alone.pair_gain(second.a, second.b, scratch) + 1e-9);
                best_two = std::max(best_two, walks.sum() - after.sum() + gain);
            }
        }
    }
    const Bridging result = bridging(input_of(graph, groupings), {.top = 2});
    if (pairs.size() >= 2 && result.bridges.size() == 2) {
        const double chosen =
            static_cast<double>(walks.counted()) * (result.bridges[0].effect + result.bridges[1].effect);
        CHECK(chosen >= (1.0 - std::exp(-1.0)) * best_two - 1e-9);
        CHECK(chosen <= best_two + 1e-9);
    }
}

TEST_CASE("bridges: targets", "[bridges][unit]") {
    const CsrGraph club = karate();
    const std::vector<GroupLabels> groupings = {labels_of(karate_clubs())};
    const Bridging met = bridging(input_of(club, groupings), {.target = 5.0});
    REQUIRE(met.target_met);
    CHECK(*met.after.objective <= 5.0);
    CHECK(met.bridges[met.bridges.size() - 2].objective > 5.0);
    const Bridging there = bridging(input_of(club, groupings), {.target = 7.0});
    CHECK(there.target_met);
    CHECK(there.bridges.empty());
    const Bridging too_far = bridging(input_of(club, groupings), {.target = 5.0, .most = 2});
    CHECK_FALSE(too_far.target_met);
    CHECK(too_far.end == BridgingEnd::most);
    const Bridging reach =
        bridging(input_of(club, groupings), {.objective = BridgeObjective::reach, .target = 12.0});
    CHECK(reach.target_met);
    CHECK(*reach.after.objective >= 12.0);
}

TEST_CASE("bridges: two attributes at once, both are crossed", "[bridges][unit]") {
    Rng rng(9);
    const CsrGraph graph = planted_graph(rng, 30, 2, 70, 0.9);
    std::vector<std::uint32_t> halves(30);
    std::vector<std::uint32_t> thirds(30);
    for (std::uint32_t v = 0; v < 30; ++v) {
        halves[v] = v % 2;
        thirds[v] = v / 10;
    }
    const std::vector<GroupLabels> groupings = {labels_of(halves), labels_of(thirds)};
    const Bridging result = bridging(input_of(graph, groupings), {.top = 5});
    REQUIRE(result.bridges.size() == 5);
    for (const Bridge& bridge : result.bridges) {
        CHECK(halves[index_of(bridge.a)] != halves[index_of(bridge.b)]);
        CHECK(thirds[index_of(bridge.a)] != thirds[index_of(bridge.b)]);
        CHECK(bridge.effect == Approx((bridge.by_attribute[0] + bridge.by_attribute[1]) / 2));
    }
    CHECK(*result.after.objective ==
          Approx((*result.after.attributes[0].bubble + *result.after.attributes[1].bubble) / 2));
}

TEST_CASE("bridges: links are no candidates, isolates only when asked for", "[bridges][unit]") {
    const CsrGraph graph = graph_of(6, {{0, 1}, {1, 2}, {3, 4}});
    const std::vector<GroupLabels> groupings = {labels_of({0, 0, 0, 1, 1, 1})};
    const CsrGraph links = graph_of(6, {{0, 3}, {0, 4}, {1, 3}});
    BridgingInput input = input_of(graph, groupings);
    CHECK(bridging(input).candidates == 6);
    input.links = links.view();
    const Bridging result = bridging(input, {.top = 50});
    CHECK(result.candidates == 3);
    CHECK(result.bridges.size() == 3);
    CHECK(result.end == BridgingEnd::no_pairs);
    CHECK(result.before.attributes[0].counted == 5);
    const Bridging all = bridging(input, {.top = 1, .isolates = true});
    CHECK(all.candidates == 6);
    CHECK(all.before.attributes[0].counted == 6);
    // 3-4 are as closed as can be and open together: more than the 9 that the isolate alone can gain
    CHECK(all.bridges[0].b == VertexId{4});
    CHECK(6 * all.bridges[0].effect > 9.0);
}

TEST_CASE("bridges: nothing to open", "[bridges][degenerate]") {
    const CsrGraph club = karate();
    const std::vector<GroupLabels> one = {labels_of(std::vector<std::uint32_t>(34, 0))};
    const Bridging single = bridging(input_of(club, one));
    CHECK(single.bridges.empty());
    CHECK(single.end == BridgingEnd::no_pairs);
    CHECK(*single.before.objective == 10.0);
    const std::vector<GroupLabels> missing = {GroupLabels("group", std::vector<std::string_view>(34, ""))};
    const Bridging unknown = bridging(input_of(club, missing));
    CHECK(unknown.bridges.empty());
    CHECK_FALSE(unknown.before.objective);
    const CsrGraph lone = empty_graph(4);
    const std::vector<GroupLabels> two = {labels_of({0, 0, 1, 1})};
    CHECK_FALSE(bridging(input_of(lone, two)).before.objective);
    // each of two ties brings both its ends from 10 to 1; then nobody can be more open
    const Bridging met = bridging(input_of(lone, two), {.isolates = true});
    REQUIRE(met.bridges.size() == 2);
    CHECK(met.bridges[0].effect == Approx(18.0 / 4));
    CHECK(met.bridges[1].effect == Approx(18.0 / 4));
    CHECK(met.end == BridgingEnd::no_effect);
    const CsrGraph nobody;
    const std::vector<GroupLabels> none = {labels_of({})};
    CHECK(bridging(input_of(nobody, none)).bridges.empty());
    const Bridging rwc = bridging(input_of(club, one), {.objective = BridgeObjective::controversy});
    CHECK(rwc.before.attributes[0].controversy.why == why_single_group);
    CHECK(rwc.bridges.empty());
    BridgingInput hopeless = input_of(club, two);
    const std::vector<GroupLabels> clubs = {labels_of(karate_clubs())};
    hopeless = input_of(club, clubs);
    hopeless.judge = [](VertexId, std::span<const VertexId>, std::span<PairWorth> worth, std::size_t) {
        for (PairWorth& w : worth) {
            w.plausibility = 0.0;
        }
    };
    const Bridging implausible = bridging(hopeless);
    CHECK(implausible.candidates == 0);
    CHECK(implausible.implausible == 278);
}

TEST_CASE("bridges: options out of range", "[bridges][errors]") {
    const CsrGraph club = karate();
    const std::vector<GroupLabels> clubs = {labels_of(karate_clubs())};
    const auto field_of = [&](const BridgingOptions& options) {
        try {
            static_cast<void>(bridging(input_of(club, clubs), options));
        } catch (const OptionError& error) {
            return error.field();
        }
        return std::string();
    };
    CHECK(field_of({.top = 0}) == "top");
    CHECK(field_of({.steps = 0}) == "steps");
    CHECK(field_of({.steps = 101}) == "steps");
    CHECK(field_of({.end_points = 0}) == "end-points");
    CHECK(field_of({.most = 0}) == "most");
    CHECK_THROWS_AS(bridging(input_of(club, {})), OptionError);
    const std::vector<GroupLabels> short_labels = {labels_of({0, 1})};
    CHECK_THROWS_AS(bridging(input_of(club, short_labels)), Error);
    const CsrGraph large = cycle(ControversyWalks::most_walkers + 100);
    std::vector<std::uint32_t> sides(large.vertex_count());
    for (std::size_t v = 0; v < sides.size(); ++v) {
        sides[v] = v % 2 == 0 ? 0 : 1;
    }
    CHECK_THROWS_AS(ControversyWalks(large, labels_of(sides), 1), OptionError);
}

TEST_CASE("bridges: the same on any number of threads", "[bridges][property]") {
    Rng rng(21);
    const CsrGraph graph = planted_graph(rng, 120, 4, 400, 0.9);
    std::vector<std::uint32_t> groups(120);
    for (std::uint32_t v = 0; v < 120; ++v) {
        groups[v] = v % 4;
    }
    const std::vector<GroupLabels> groupings = {labels_of(groups)};
    for (const BridgeObjective objective :
         {BridgeObjective::bubble, BridgeObjective::controversy, BridgeObjective::reach}) {
        const BridgingOptions options{.objective = objective, .top = 8, .end_points = 3};
        const Bridging one = bridging(input_of(graph, groupings), options, {1, {}});
        const Bridging many = bridging(input_of(graph, groupings), options, {4, {}});
        REQUIRE(one.bridges.size() == many.bridges.size());
        for (std::size_t i = 0; i < one.bridges.size(); ++i) {
            CHECK(one.bridges[i].a == many.bridges[i].a);
            CHECK(one.bridges[i].b == many.bridges[i].b);
            CHECK(one.bridges[i].effect == many.bridges[i].effect);
        }
        CHECK(one.after.mean_path_length == many.after.mean_path_length);
    }
}
