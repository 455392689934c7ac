#include "algorithms/segregation/brokers.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
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

/// Borgatti's example: A B C D E F G are 0 .. 6.
CsrGraph borgatti(bool weighted) {
    const std::vector<Tie> ties = {{VertexId{0}, VertexId{1}, 2}, {VertexId{0}, VertexId{5}, 3},
                                   {VertexId{0}, VertexId{6}, 5}, {VertexId{0}, VertexId{4}, 2},
                                   {VertexId{4}, VertexId{6}, 8}, {VertexId{5}, VertexId{6}, 3},
                                   {VertexId{1}, VertexId{6}, 4}, {VertexId{1}, VertexId{3}, 1},
                                   {VertexId{3}, VertexId{6}, 3}, {VertexId{6}, VertexId{2}, 10}};
    std::vector<Tie> list = ties;
    for (Tie& tie : list) {
        tie.weight = weighted ? tie.weight : 1.0;
    }
    return CsrGraph::from_ties(7, list);
}

/// Constraint and effective size by the definition, over all pairs.
struct SlowHoles {
    double constraint = 0.0, effective_size = 0.0;
};
SlowHoles slow_holes(GraphView g, VertexId i, bool weighted) {
    const auto w = [&](VertexId x, VertexId y) {
        return weighted ? g.weight_between(x, y) : g.adjacent(x, y) ? 1.0 : 0.0;
    };
    const auto p = [&](VertexId x, VertexId y) {
        double sum = 0;
        for (const VertexId u : g.neighbours(x)) {
            sum += w(x, u);
        }
        return w(x, y) / sum;
    };
    const auto m = [&](VertexId x, VertexId y) {
        double most = 0;
        for (const VertexId u : g.neighbours(x)) {
            most = std::max(most, w(x, u));
        }
        return w(x, y) / most;
    };
    SlowHoles result;
    for (const VertexId j : g.neighbours(i)) {
        double invested = p(i, j);
        double repeated = 0;
        for (const VertexId q : g.neighbours(i)) {
            if (q != j) {
                invested += p(i, q) * p(q, j);
                repeated += p(i, q) * m(j, q);
            }
        }
        result.constraint += invested * invested;
        result.effective_size += 1 - repeated;
    }
    return result;
}

/// Roles by looking at every ordered pair of partners.
std::array<std::uint64_t, broker_role_count> slow_roles(GraphView g, const std::vector<std::uint32_t>& group,
                                                        VertexId v) {
    std::array<std::uint64_t, broker_role_count> counts{};
    for (const VertexId a : g.neighbours(v)) {
        for (const VertexId b : g.neighbours(v)) {
            if (a == b || g.adjacent(a, b)) {
                continue;
            }
            const auto ga = group[index_of(a)];
            const auto gv = group[index_of(v)];
            const auto gb = group[index_of(b)];
            const std::size_t role = ga == gv && gb == gv ? 0
                                     : ga == gb           ? 1
                                     : gb == gv           ? 2
                                     : ga == gv           ? 3
                                                          : 4;
            ++counts[role];
        }
    }
    return counts;
}

}  // namespace

TEST_CASE("structural holes: published values of Burt's constraint", "[brokers][golden]") {
    // igraph: a line of four, K4, two cliques of four joined through a hole
    const CsrGraph line = path(4);
    const StructuralHoles of_line = structural_holes(line);
    CHECK(*of_line.constraint[0] == Approx(1.0));
    CHECK(*of_line.constraint[1] == Approx(0.5));
    const CsrGraph k4 = complete(4);
    CHECK(*structural_holes(k4).constraint[0] == Approx(.925926).margin(5e-7));
    const CsrGraph hole = barbell(4, 1);
    const StructuralHoles of_hole = structural_holes(hole);
    CHECK(*of_hole.constraint[0] == Approx(.865741).margin(5e-7));
    CHECK(*of_hole.constraint[3] == Approx(.583333).margin(5e-7));
    CHECK(*of_hole.constraint[4] == Approx(.5));

    const CsrGraph plain = borgatti(false);
    const StructuralHoles b = structural_holes(plain);
    CHECK(*b.constraint[6] == Approx(.400).margin(5e-4));
    CHECK(*b.constraint[0] == Approx(.595).margin(5e-4));
    CHECK(*b.constraint[2] == Approx(1.0));
    CHECK(*b.effective_size[6] == Approx(4.67).margin(5e-3));
    CHECK(*b.effective_size[0] == Approx(2.50).margin(5e-3));
    CHECK(*b.effective_size[2] == Approx(1.0));
    const CsrGraph heavy = borgatti(true);
    const StructuralHoles w = structural_holes(heavy, true);
    CHECK(*w.constraint[6] == Approx(.299).margin(5e-4));
    CHECK(*w.constraint[0] == Approx(.795).margin(5e-4));
    CHECK(*w.constraint[2] == Approx(1.0));
    CHECK(*w.effective_size[6] == Approx(5.47).margin(5e-3));
    CHECK(*w.effective_size[0] == Approx(2.47).margin(5e-3));
    CHECK(*w.effective_size[2] == Approx(1.0));

    const CsrGraph club = karate();
    const StructuralHoles k = structural_holes(club);
    CHECK(*k.constraint[0] == Approx(.155423).margin(5e-7));
    CHECK(*k.constraint[33] == Approx(.156419).margin(5e-7));
    CHECK(*k.constraint[2] == Approx(.185177).margin(5e-7));
    CHECK(*k.effective_size[0] == Approx(13.75));
    CHECK(*k.effective_size[33] == Approx(15.235294).margin(5e-7));
    CHECK(*k.effective_size[2] == Approx(7.8));
}

TEST_CASE("structural holes: a pair without a tie is no contact, an isolate has no value",
          "[brokers][degenerate]") {
    // igraph counted pairs of weight zero as contacts: 1.25 and .5625 for this line; a graph of ours has none
    const std::vector<Tie> zero = {{VertexId{0}, VertexId{1}, 0.0}};
    CHECK_THROWS_AS(CsrGraph::from_ties(2, zero), Error);
    const CsrGraph lone = graph_of(4, {{0, 1}});
    const StructuralHoles holes = structural_holes(lone, true);
    CHECK(*holes.constraint[0] == 1.0);
    CHECK(*holes.effective_size[0] == 1.0);
    CHECK_FALSE(holes.constraint[2]);
    CHECK_FALSE(holes.effective_size[3]);
    const CsrGraph nobody;
    CHECK(structural_holes(nobody).constraint.empty());
}

TEST_CASE("structural holes: as the definition says, weighted and not", "[brokers][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph graph = random_weighted_graph(rng, 3 + rng.below(25), rng.uniform01());
    const GraphView g = graph;
    for (const bool weighted : {false, true}) {
        const StructuralHoles holes = structural_holes(g, weighted);
        for (const VertexId v : g.vertices()) {
            if (g.degree(v) == 0) {
                CHECK_FALSE(holes.constraint[index_of(v)]);
                continue;
            }
            const SlowHoles slow = slow_holes(g, v, weighted);
            CHECK(*holes.constraint[index_of(v)] == Approx(slow.constraint));
            CHECK(*holes.effective_size[index_of(v)] == Approx(slow.effective_size));
            CHECK(*holes.effective_size[index_of(v)] <= static_cast<double>(g.degree(v)) + 1e-12);
        }
    }
}

TEST_CASE("structural holes: doubling all weights changes nothing", "[brokers][property]") {
    Rng rng(5);
    const CsrGraph graph = random_weighted_graph(rng, 30, 0.3);
    std::vector<Tie> doubled;
    for (const VertexId v : graph.view().vertices()) {
        const auto row = graph.view().neighbours(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (v < row[i]) {
                doubled.push_back({v, row[i], 2.0 * graph.view().weights(v)[i]});
            }
        }
    }
    const CsrGraph heavy = CsrGraph::from_ties(30, doubled);
    const StructuralHoles one = structural_holes(graph, true);
    const StructuralHoles two = structural_holes(heavy, true);
    for (std::size_t v = 0; v < 30; ++v) {
        CHECK(*one.constraint[v] == Approx(*two.constraint[v]));
    }
}

TEST_CASE("brokerage: a toy of directed arcs and the karate club's roles", "[brokers][golden]") {
    std::vector<std::pair<VertexId, VertexId>> arcs;
    for (const auto& [from, to] : {std::pair{0U, 1U}, {5U, 1U}, {1U, 2U}, {1U, 3U}, {1U, 4U}}) {
        arcs.emplace_back(VertexId{from}, VertexId{to});
    }
    const auto toy = directed_brokerage(arcs, labels_of({0, 0, 0, 1, 1, 1}));
    CHECK(toy[1] == std::array<std::uint64_t, 5>{1, 2, 1, 2, 0});
    CHECK(toy[0] == std::array<std::uint64_t, 5>{});

    const CsrGraph club = karate();
    const Brokerage roles = brokerage(club, labels_of(karate_clubs()));
    CHECK(roles.totals == std::array<std::uint64_t, 5>{510, 20, 128, 128, 0});
    const ActorBrokerage& one = roles.actors[0];
    CHECK(one[BrokerRole::coordinator].count == 174);
    CHECK(one[BrokerRole::gatekeeper].count == 15);
    CHECK(one[BrokerRole::representative].count == 15);
    const ActorBrokerage& last = roles.actors[33];
    CHECK(last[BrokerRole::coordinator].count == 156);
    CHECK(last[BrokerRole::gatekeeper].count == 40);
    CHECK(last[BrokerRole::itinerant].count == 6);
    CHECK(last.open_pairs == (156 + 6 + 80) / 2);
    CHECK(last.crossing_pairs() == 43);
}

TEST_CASE("brokerage: every ordered pair in its role", "[brokers][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 3 + rng.below(25);
    const CsrGraph graph = random_graph(rng, n, rng.uniform01());
    const auto groups = random_labels(rng, n, 1 + rng.below(4));
    const Brokerage roles = brokerage(graph, labels_of(groups));
    for (const VertexId v : graph.view().vertices()) {
        const auto slow = slow_roles(graph, groups, v);
        for (std::size_t r = 0; r < broker_role_count; ++r) {
            CHECK(roles.actors[index_of(v)].roles[r].count == slow[r]);
        }
        CHECK(roles.actors[index_of(v)][BrokerRole::gatekeeper].count ==
              roles.actors[index_of(v)][BrokerRole::representative].count);
    }
}

TEST_CASE("brokerage: expectation and spread are those of every deal of the groups", "[brokers][oracle]") {
    // seven others, groups of 3, 3 and 2 with the broker's: all 7! / … deals by going through the permutations
    const CsrGraph graph =
        graph_of(8, {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {1, 2}, {3, 4}, {6, 7}});
    std::vector<std::uint32_t> rest = {0, 0, 1, 1, 1, 2, 2};
    std::array<double, broker_role_count> sum{};
    std::array<double, broker_role_count> squares{};
    double deals = 0;
    do {
        std::vector<std::uint32_t> groups = {0};
        groups.insert(groups.end(), rest.begin(), rest.end());
        const auto counts = slow_roles(graph, groups, VertexId{0});
        for (std::size_t r = 0; r < broker_role_count; ++r) {
            const auto x = static_cast<double>(counts[r]);
            sum[r] += x;
            squares[r] += x * x;
        }
        ++deals;
    } while (std::next_permutation(rest.begin(), rest.end()));
    CHECK(deals == 210);
    const Brokerage roles = brokerage(graph, labels_of({0, 1, 0, 2, 1, 2, 1, 0}));
    for (std::size_t r = 0; r < broker_role_count; ++r) {
        const RoleCount& role = roles.actors[0].roles[r];
        const double mean = sum[r] / deals;
        CAPTURE(r);
        CHECK(role.expected == Approx(mean));
        CHECK(role.sd == Approx(std::sqrt(squares[r] / deals - mean * mean)));
        CHECK(*role.z == Approx((static_cast<double>(role.count) - mean) / role.sd));
    }
    double expected = 0;
    for (const double total : roles.expected_totals) {
        expected += total;
    }
    std::uint64_t all = 0;
    for (const std::uint64_t total : roles.totals) {
        all += total;
    }
    CHECK(expected == Approx(static_cast<double>(all)));
}

TEST_CASE("brokerage: unknown groups, one group, several groups", "[brokers][degenerate]") {
    const CsrGraph graph = star(3);
    const std::vector<std::string_view> unknown = {"a", "a", "", "b"};
    const Brokerage partly = brokerage(graph, GroupLabels("group", unknown));
    CHECK(partly.actors[0].open_pairs == 1);
    CHECK(partly.actors[0][BrokerRole::gatekeeper].count == 1);
    const Brokerage one_group = brokerage(graph, labels_of({0, 0, 0, 0}));
    CHECK(one_group.actors[0][BrokerRole::coordinator].count == 6);
    CHECK(one_group.actors[0][BrokerRole::coordinator].expected == Approx(6));
    CHECK_FALSE(one_group.actors[0][BrokerRole::coordinator].z);
    const std::vector<std::string_view> several = {"a", "a|b", "b", "b"};
    const Brokerage undefined = brokerage(graph, GroupLabels("group", several));
    CHECK(undefined.why == why_several_groups);
    CHECK(undefined.actors.empty());
    CHECK_THROWS_AS(brokerage(graph, labels_of({0, 1})), Error);
}

TEST_CASE("brokers: participation and z of the karate club's communities", "[brokers][golden]") {
    const CsrGraph club = karate();
    const Positions where = positions(club);
    const Brokers found = brokers(club, labels_of(karate_optimum()), where);
    const auto of = [&](std::uint32_t v) {
        const auto it = std::find_if(found.actors.begin(), found.actors.end(),
                                     [v](const Broker& b) { return b.vertex == VertexId{v}; });
        REQUIRE(it != found.actors.end());
        return *it;
    };
    CHECK(*of(0).participation.value == Approx(.539062).margin(5e-7));
    CHECK(*of(0).within_group_z.value == Approx(2.135708).margin(5e-7));
    CHECK(*of(33).participation.value == Approx(.512111).margin(5e-7));
    CHECK(*of(33).within_group_z.value == Approx(2.511655).margin(5e-7));
    CHECK(*of(2).participation.value == Approx(.62));
    CHECK(*of(2).within_group_z.value == Approx(.300334).margin(5e-7));
    CHECK(of(33).cartography == CartographyRole::connector_hub);
    CHECK(of(0).cartography == CartographyRole::peripheral);
    for (std::size_t i = 1; i < found.actors.size(); ++i) {
        CHECK(found.actors[i - 1].roles.crossing_pairs() >= found.actors[i].roles.crossing_pairs());
    }
}

TEST_CASE("brokers: several groups an actor, and nobody with a tie across", "[brokers][degenerate]") {
    const CsrGraph graph = star(3);
    const Positions where = positions(graph);
    const std::vector<std::string_view> several = {"a", "a|b", "b", "b"};
    const Brokers found = brokers(graph, GroupLabels("group", several), where);
    REQUIRE(found.actors.size() == 3);
    CHECK(found.actors[0].vertex == VertexId{0});
    CHECK(found.actors[0].external == 2);
    CHECK(found.actors[0].within_group_z.why == why_several_groups);
    CHECK_FALSE(found.actors[0].cartography);
    CHECK(brokers(graph, labels_of({0, 0, 0, 0}), where).actors.empty());
    const CsrGraph other = star(4);
    CHECK_THROWS_AS(brokers(other, labels_of({0, 0, 0, 0, 1}), where), Error);
}
