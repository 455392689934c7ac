#include "algorithms/segregation/openness.hpp"

#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <string>

using namespace maillage;
using namespace maillage::testing;

namespace {

/// A matrix from the ties inside two groups and between them, as the reference values are printed.
MixingMatrix two_groups(double first, double between, double second, double n1, double n2) {
    MixingMatrix m;
    m.groups = 2;
    m.arcs = {2.0 * first, between, between, 2.0 * second};
    m.sizes = {n1, n2};
    m.actors = static_cast<std::size_t>(n1 + n2);
    m.internal = first + second;
    m.external = between;
    m.internal_dyads = (n1 * (n1 - 1.0) + n2 * (n2 - 1.0)) / 2.0;
    m.external_dyads = n1 * n2;
    return m;
}

GroupLabels labels_of(const std::vector<std::string_view>& values) {
    return {"group", values};
}

/// Club of the karate network after the fission, networkx's 17/17 split.
GroupLabels karate_club() {
    std::vector<std::string_view> club;
    for (const std::uint32_t side : karate_clubs()) {
        club.push_back(side == 0 ? "Mr. Hi" : "Officer");
    }
    return labels_of(club);
}

const Indicator& find(const Openness& o, std::string_view id, std::string_view group = {}) {
    const auto found = std::find_if(o.indicators.begin(), o.indicators.end(),
                                    [&](const Indicator& i) { return i.id == id && i.group == group; });
    REQUIRE(found != o.indicators.end());
    return *found;
}

}  // namespace

TEST_CASE("segregation: published values of the classroom, white kinship and EF3 networks",
          "[segregation][golden]") {
    const MixingMatrix classroom = two_groups(11, 1, 10, 13, 13);
    CHECK(*ei_index(1, 21).value == Approx(-20.0 / 22));
    CHECK(*assortativity(classroom).r.value == Approx(439.0 / 483));
    CHECK(*gupta_anderson_may(classroom).value == Approx(.9089026915).epsilon(1e-9));
    CHECK(*freeman(classroom).value == Approx(261.0 / 286));
    CHECK(*odds_ratio(classroom).ratio.value == Approx(26.1333333).epsilon(1e-8));

    const MixingMatrix white = two_groups(6, 9, 7, 5, 5);
    CHECK(*freeman(white).value == Approx(29.0 / 110));
    CHECK(*assortativity(white).r.value == Approx(29.0 / 161));
    CHECK(*gupta_anderson_may(white).value == Approx(29.0 / 161));
    CHECK(*ei_index(white.external, white.internal).value == Approx(-2.0 / 11));
    CHECK(*odds_ratio(white).ratio.value == Approx(208.0 / 63));
    CHECK(*ei_rescaled(white).value == Approx(-0.3));
    CHECK(*coleman(white, 0).value == Approx(8.0 / 35));
    CHECK(*coleman(white, 1).value == Approx(34.0 / 115));
}

TEST_CASE("segregation: directed reference values (Coleman 1958, classroom)", "[segregation][golden]") {
    MixingMatrix m;
    m.groups = 2;
    m.arcs_per_tie = 1.0;
    m.arcs = {45, 15, 20, 20};
    m.sizes = {60, 40};
    m.actors = 100;
    CHECK(*coleman(m, 0).value == Approx(61.0 / 160));
    CHECK(*coleman(m, 1).value == Approx(7.0 / 40));
}

TEST_CASE("segregation: the Catania couples, with Newman's error", "[segregation][golden]") {
    // Catania has four groups; directed matrix of partners as published by Newman (2003) from the survey of
    // San Francisco
    MixingMatrix m;
    m.groups = 4;
    m.arcs_per_tie = 1.0;
    m.arcs = {506, 32, 69, 26, 23, 308, 114, 38, 26, 46, 599, 68, 10, 14, 47, 32};
    const Assortativity r = assortativity(m);
    CHECK(*r.r.value == Approx(.6214458754).epsilon(1e-9));
    CHECK(*r.jackknife_sd == Approx(.0138777).margin(5e-7));
    double trace = 0;
    double all = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        all += m.arcs[i];
        trace += i % 5 == 0 ? m.arcs[i] : 0;
    }
    CHECK(*ei_index(all - trace, trace).value == Approx(-466.0 / 979));
}

TEST_CASE("segregation: the karate club against chance, exactly", "[segregation][golden]") {
    const CsrGraph graph = karate();
    const Openness o = openness(graph, karate_club());
    const Indicator& ei = find(o, "ei");
    CHECK(*ei.value == Approx(-28.0 / 39));
    REQUIRE(ei.null.size() == 2);
    const double ties = 78;
    const NullModel& a = ei.null[0];
    CHECK(a.model == "hypergeometric");
    CHECK((a.mean + 1) / 2 * ties == Approx(40.1818).margin(5e-5));
    CHECK(a.sd / 2 * ties == Approx(4.0991836).epsilon(1e-7));
    CHECK(*a.z == Approx(-7.1189343).epsilon(1e-7));
    CHECK(*a.p_less == Approx(1.617419e-13).epsilon(1e-6));
    const NullModel& b = ei.null[1];
    CHECK(b.model == "label_permutation");
    CHECK((b.mean + 1) / 2 * ties == Approx(442.0 / 11));
    CHECK(std::pow(b.sd / 2 * ties, 2) == Approx(51510.0 / 3751));
    CHECK(*b.z == Approx(-7.8748104).epsilon(1e-7));
    CHECK(ei.ci95->low == Approx(-.8388).margin(5e-5));
    CHECK(ei.ci95->high == Approx(-.5297).margin(5e-5));
    CHECK(*find(o, "assortativity").value == Approx(1453.0 / 2025));
    CHECK(*find(o, "assortativity").sd == Approx(.0801079).margin(5e-8));
    CHECK(*find(o, "freeman").value == Approx(321.0 / 442));
    CHECK(*find(o, "odds_ratio").value == Approx(18626.0 / 2255));
    CHECK(*find(o, "gupta_anderson_may").value == Approx(.7175309).epsilon(1e-6));
    CHECK(*find(o, "ei", "Mr. Hi").value == Approx(-12.0 / 23));
    CHECK(*find(o, "ei", "Officer").value == Approx(-21.0 / 43));
    CHECK(o.groups[0].internal == 35);
    CHECK(o.groups[1].internal == 32);
}

TEST_CASE("segregation: the four optimal communities of karate under label permutation",
          "[segregation][golden]") {
    const CsrGraph graph = karate();
    const std::array<int, 34> member = {0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 0, 2, 2, 1,
                                        0, 2, 0, 2, 0, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 2, 2};
    const std::array<std::string_view, 4> names = {"a", "b", "c", "d"};
    std::vector<std::string_view> values;
    for (const int c : member) {
        values.push_back(names[static_cast<std::size_t>(c)]);
    }
    const auto null = ei_label_permutation(graph, labels_of(values), false);
    REQUIRE(null);
    CHECK((null->mean + 1) / 2 * 78 == Approx(10790.0 / 187));
    CHECK(std::pow(null->sd / 2 * 78, 2) == Approx(14929356.0 / 1084039));
    CHECK(*null->z == Approx(-9.8894994).epsilon(1e-7));
}

TEST_CASE("segregation: the permutation null agrees with permutations, weighted and multi-valued",
          "[segregation][oracle]") {
    Rng rng(11);
    const CsrGraph plain = karate();
    std::vector<Tie> ties;
    for (const VertexId v : plain.view().vertices()) {
        for (const VertexId u : plain.view().neighbours(v)) {
            if (v < u) {
                ties.push_back({v, u, 1.0 + rng.below(4)});
            }
        }
    }
    const CsrGraph graph = CsrGraph::from_ties(34, ties);
    std::vector<std::string_view> values;
    for (std::uint32_t v = 0; v < 34; ++v) {
        constexpr std::array<std::string_view, 5> kinds = {"a", "b", "a|b", "c", "b|c"};
        values.push_back(kinds[rng.below(5)]);
    }
    const auto null = ei_label_permutation(graph, labels_of(values), true);
    REQUIRE(null);
    constexpr int samples = 4000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < samples; ++i) {
        rng.shuffle(std::span(values));
        const MixingMatrix m = mixing_matrix(graph, labels_of(values), true);
        const double ei = *ei_index(m.external, m.internal).value;
        sum += ei;
        squares += ei * ei;
    }
    const double mean = sum / samples;
    const double sd = std::sqrt(squares / samples - mean * mean);
    CHECK(null->mean == Approx(mean).margin(4 * sd / std::sqrt(samples)));
    CHECK(null->sd == Approx(sd).epsilon(0.05));
}

TEST_CASE("segregation: hypergeometric tails equal sums of exact probabilities", "[segregation][oracle]") {
    // 10 of 25 pairs are external, 8 ties: probabilities from Pascal's triangle
    const auto choose = [](int n, int k) {
        double c = 1;
        for (int i = 0; i < k; ++i) {
            c = c * (n - i) / (i + 1);
        }
        return c;
    };
    for (int x = 0; x <= 8; ++x) {
        double less = 0;
        for (int k = 0; k <= x; ++k) {
            less += choose(10, k) * choose(15, 8 - k) / choose(25, 8);
        }
        double greater = 0;
        for (int k = x; k <= 8; ++k) {
            greater += choose(10, k) * choose(15, 8 - k) / choose(25, 8);
        }
        const Tails tails = hypergeometric_tails(25, 10, 8, x);
        CHECK(tails.less == Approx(less).epsilon(1e-10));
        CHECK(tails.greater == Approx(greater).epsilon(1e-10));
    }
}

TEST_CASE("segregation: what cannot be said has a reason", "[segregation][degenerate]") {
    const CsrGraph empty = CsrGraph::from_ties(4, {});
    const Openness none = openness(empty, labels_of({"a", "a", "b", "b"}));
    for (const Indicator& i : none.indicators) {
        CAPTURE(i.id, i.group);
        CHECK_FALSE(i.value);
        CHECK_FALSE(i.why.empty());
        CHECK(i.null.empty());
    }
    CHECK(find(none, "ei").why == why_no_edges);
    CHECK(find(none, "ei", "a").why == why_isolate);

    const CsrGraph club = karate();
    const Openness one_group = openness(club, labels_of(std::vector<std::string_view>(34, "x")));
    CHECK(*find(one_group, "ei").value == -1.0);
    CHECK(find(one_group, "assortativity").why == why_single_group);
    CHECK(find(one_group, "freeman").why == why_single_group);
    CHECK(find(one_group, "odds_ratio").why == why_single_group);
    CHECK_FALSE(find(one_group, "ei").null[1].z);

    const Openness all_missing = openness(club, labels_of(std::vector<std::string_view>(34, "")));
    CHECK(all_missing.mixing.ties_without_group == 78);
    CHECK(all_missing.mixing.actors_without_group == 34);
    CHECK(find(all_missing, "ei").why == why_no_edges);

    const CsrGraph nobody;
    CHECK(openness(nobody, labels_of({})).actors.empty());
    CHECK_THROWS(openness(club, labels_of({"a"})));

    // only bridges: the odds ratio has no value, its corrected form has
    const Tie bridge[] = {{VertexId{0}, VertexId{1}, 1.0}};
    const CsrGraph two = CsrGraph::from_ties(2, bridge);
    const Openness open = openness(two, labels_of({"a", "b"}));
    CHECK(*find(open, "ei").value == 1.0);
    CHECK(find(open, "ei_rescaled").why == why_zero_denominator);
}

TEST_CASE("segregation: Benjamini-Hochberg on a worked example", "[segregation][unit]") {
    const std::array<double, 5> p = {0.01, 0.04, 0.03, 0.005, 0.5};
    const auto q = benjamini_hochberg(p);
    CHECK(q[3] == Approx(0.025));
    CHECK(q[0] == Approx(0.025));
    CHECK(q[2] == Approx(0.05));
    CHECK(q[1] == Approx(0.05));
    CHECK(q[4] == Approx(0.5));
    CHECK(benjamini_hochberg({}).empty());
}

TEST_CASE("segregation: laws on random networks", "[segregation][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 6 + rng.below(25);
    std::vector<Tie> ties;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < 0.25) {
                ties.push_back({VertexId{a}, VertexId{b}, 1.0 + rng.below(3)});
            }
        }
    }
    constexpr std::array<std::string_view, 3> names = {"x", "y", "z"};
    std::vector<std::string_view> values;
    for (std::uint32_t v = 0; v < n; ++v) {
        values.push_back(names[rng.below(3)]);
    }
    const CsrGraph graph = CsrGraph::from_ties(n, ties);
    const MixingMatrix m = mixing_matrix(graph, labels_of(values), false);
    CHECK(m.ties() == static_cast<double>(ties.size()));
    CHECK(m.internal_dyads + m.external_dyads == Approx(n * (n - 1.0) / 2));

    SECTION("renaming the groups changes nothing") {
        std::vector<std::string_view> renamed = values;
        for (auto& value : renamed) {
            value = value == "x" ? "z" : value == "z" ? "x" : "q";
        }
        const MixingMatrix r = mixing_matrix(graph, labels_of(renamed), false);
        CHECK(r.internal == m.internal);
        CHECK(assortativity(r).r.value.value_or(9) == Approx(assortativity(m).r.value.value_or(9)));
    }
    SECTION("a new cross tie never lowers E-I") {
        for (std::uint32_t a = 0; a < n; ++a) {
            const std::uint32_t b = (a + 1) % n;
            if (values[a] != values[b] && !graph.view().adjacent(VertexId{a}, VertexId{b})) {
                auto more = ties;
                more.push_back({VertexId{a}, VertexId{b}, 1.0});
                const CsrGraph bridged = CsrGraph::from_ties(n, more);
                const MixingMatrix after = mixing_matrix(bridged, labels_of(values), false);
                if (m.ties() > 0) {
                    CHECK(*ei_index(after.external, after.internal).value >=
                          *ei_index(m.external, m.internal).value);
                }
            }
        }
    }
    SECTION("doubling the weights changes no index") {
        auto doubled = ties;
        for (Tie& tie : doubled) {
            tie.weight *= 2;
        }
        const CsrGraph heavy = CsrGraph::from_ties(n, doubled);
        const MixingMatrix once = mixing_matrix(graph, labels_of(values), true);
        const MixingMatrix twice = mixing_matrix(heavy, labels_of(values), true);
        CHECK(ei_index(once.external, once.internal).value.value_or(9) ==
              Approx(ei_index(twice.external, twice.internal).value.value_or(9)));
        const auto null = ei_label_permutation(graph, labels_of(values), true);
        const auto null2 = ei_label_permutation(heavy, labels_of(values), true);
        if (null && null2) {
            CHECK(null->mean == Approx(null2->mean));
            CHECK(null->sd == Approx(null2->sd));
        }
    }
    SECTION("an isolate without group changes nothing") {
        values.push_back("");
        const CsrGraph larger = CsrGraph::from_ties(n + 1, ties);
        const MixingMatrix more = mixing_matrix(larger, labels_of(values), false);
        CHECK(more.arcs == m.arcs);
        CHECK(more.internal_dyads == m.internal_dyads);
    }
}
