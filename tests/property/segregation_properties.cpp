#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/segregation/openness.hpp"
#include "algorithms/segregation/rewiring.hpp"
#include "algorithms/segregation/spectral.hpp"
#include "algorithms/segregation/walks.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

using namespace maillage;
using namespace maillage::testing;

namespace {

GroupLabels labels_of(const std::vector<std::string_view>& values) {
    return {"group", values};
}

struct Drawn {
    CsrGraph graph;
    std::vector<std::string_view> groups;
};

Drawn draw(std::uint64_t seed, bool multi_valued = false) {
    Rng rng(seed);
    const std::uint32_t n = 8 + rng.below(25);
    Pairs pairs;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < 0.2) {
                pairs.emplace_back(a, b);
            }
        }
    }
    constexpr std::array<std::string_view, 5> names = {"x", "y", "z", "x|y", "y|z"};
    Drawn drawn{graph_of(n, pairs), {}};
    for (std::uint32_t v = 0; v < n; ++v) {
        drawn.groups.push_back(names[rng.below(multi_valued ? 5 : 3)]);
    }
    return drawn;
}

std::map<std::pair<std::string, std::string>, std::optional<double>> values_of(const Openness& o) {
    std::map<std::pair<std::string, std::string>, std::optional<double>> values;
    for (const Indicator& i : o.indicators) {
        values[{i.id, i.group}] = i.value;
    }
    return values;
}

}  // namespace

TEST_CASE("segregation: every measure, law by law", "[segregation][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{26}));
    CAPTURE(seed);
    const Drawn d = draw(seed);
    const GroupLabels labels = labels_of(d.groups);
    const GraphView g(d.graph.view().offsets(), d.graph.view().targets(), {});

    SECTION("the mean of the spectral index over a component is its eigenvalue, and B x = lambda x") {
        const GroupCodes codes(labels);
        TieArrays inner;
        fill_inner_ties(g, codes, codes.of_vertices(), inner);
        const std::vector<double> degree = strengths(g);
        const SpectralSegregation s = spectral_segregation(inner.view(), degree);
        Components components;
        fill_components(inner.view(), components);
        for (std::size_t c = 0; c < components.count(); ++c) {
            double sum = 0;
            for (const VertexId v : components[c]) {
                sum += s.of[index_of(v)];
                double image = 0;
                for (const VertexId u : inner.view().neighbours(v)) {
                    image += s.of[index_of(u)] / degree[index_of(v)];
                }
                CHECK(image == Approx(s.eigenvalue[index_of(v)] * s.of[index_of(v)]).margin(1e-8));
            }
            const VertexId first = components[c].front();
            CHECK(sum / static_cast<double>(components[c].size()) ==
                  Approx(s.eigenvalue[index_of(first)]).margin(1e-9));
        }
    }
    SECTION("renaming the groups changes no measure") {
        std::vector<std::string_view> renamed;
        const std::map<std::string_view, std::string_view> names = {{"x", "z"}, {"y", "aa"}, {"z", "m"}};
        for (const std::string_view group : d.groups) {
            renamed.push_back(names.at(group));
        }
        const auto values = values_of(openness(d.graph, labels));
        const auto others = values_of(openness(d.graph, labels_of(renamed)));
        for (const auto& [key, value] : values) {
            CAPTURE(key.first, key.second);
            const std::string group = key.second.empty() ? "" : std::string(names.at(key.second));
            const auto other = others.at({key.first, group});
            REQUIRE(value.has_value() == other.has_value());
            CHECK(value.value_or(0) == Approx(other.value_or(0)).margin(1e-9));
        }
    }
    SECTION("the panel says what the indices say") {
        const MixingMatrix m = mixing_matrix(g, labels, false);
        const Openness o = openness(d.graph, labels);
        const GroupCodes codes(labels);
        const Panel panel(codes, {m.internal_dyads, m.external_dyads}, {.walks = false});
        std::vector<std::optional<double>> values(panel.slots().size());
        PanelScratch scratch;
        panel.evaluate(g, codes.of_vertices(), scratch, values);
        const auto expected = values_of(o);
        for (std::size_t s = 0; s < values.size(); ++s) {
            const Slot& slot = panel.slots()[s];
            CAPTURE(slot.id);
            const auto found =
                expected.find({std::string(slot.id), slot.of_network() ? "" : labels.names()[slot.group]});
            if (found != expected.end()) {
                REQUIRE(values[s].has_value() == found->second.has_value());
                CHECK(values[s].value_or(0) == Approx(found->second.value_or(0)).margin(1e-12));
            }
        }
        const auto sd = mixing_jackknife(g, codes, {m.internal_dyads, m.external_dyads});
        const Assortativity r = assortativity(m);
        if (sd[2] && r.jackknife_sd) {
            CHECK(*sd[2] == Approx(*r.jackknife_sd));
        }
    }
    SECTION("bubble radius and steps agree with walks step by step") {
        const GroupCodes codes(labels);
        TieArrays inner;
        fill_inner_ties(g, codes, codes.of_vertices(), inner);
        const std::vector<double> degree = strengths(g);
        const auto steps = steps_to_another_group(inner.view(), degree);
        const auto few = bubble_radius(inner.view(), degree, 5);
        const auto many = bubble_radius(inner.view(), degree, 20000);
        for (const VertexId v : g.vertices()) {
            if (steps[index_of(v)]) {
                CHECK(many[index_of(v)] == Approx(*steps[index_of(v)]).epsilon(1e-6));
            } else if (g.degree(v) > 0) {
                CHECK(many[index_of(v)] == Approx(20000));
            }
            CHECK(few[index_of(v)] <= 5);
            CHECK(few[index_of(v)] <= many[index_of(v)] + 1e-9);
        }
    }
    SECTION(
        "controversy is within -1 and 1, the same from both sides, and is what walks that are followed say") {
        std::vector<std::uint8_t> side;
        std::vector<std::uint8_t> other;
        for (const std::string_view group : d.groups) {
            side.push_back(group == "x" ? 1 : 0);
            other.push_back(group == "x" ? 0 : 1);
        }
        const auto a = controversy(g, strengths(g), side, {.elites = 2});
        const auto b = controversy(g, strengths(g), other, {.elites = 2});
        REQUIRE(a.walk.value.has_value() == b.walk.value.has_value());
        if (a.walk.value) {
            CHECK(*a.walk.value == Approx(*b.walk.value).margin(1e-9));
            CHECK(std::abs(*a.walk.value) <= 1 + 1e-9);
        }
    }
    SECTION("walks solved once say of every division what walks solved for it say") {
        const GroupCodes codes(labels);
        const ControversyOfDivisions once(g, strengths(g), 12, 1e-13);
        if (once.usable()) {
            const auto all = once.measure(codes.of_vertices(), codes.group_count(), 2);
            for (std::size_t group = 0; group < all.size(); ++group) {
                std::vector<std::uint8_t> of_group;
                for (const std::uint32_t code : codes.of_vertices()) {
                    of_group.push_back(code == group ? 1 : 0);
                }
                const auto one = controversy(g, strengths(g), of_group, {.elites = 2});
                if (all[group].value) {
                    REQUIRE(one.walk.value);
                    CHECK(*all[group].value == Approx(*one.walk.value).margin(2e-6));
                } else if (!all[group].why.empty()) {
                    CHECK(one.walk.why == all[group].why);
                }
            }
        }
    }
    SECTION("rewiring keeps every degree and makes no loop or repeat") {
        Rewiring rewiring(g);
        Rng rng(seed + 100);
        rewiring.run(10 * g.edge_count(), rng);
        TieArrays after;
        rewiring.fill(after);
        std::set<std::pair<VertexId, VertexId>> seen;
        for (const VertexId v : g.vertices()) {
            CHECK(after.view().degree(v) == g.degree(v));
            for (const VertexId u : after.view().neighbours(v)) {
                CHECK(u != v);
                CHECK(seen.emplace(v, u).second);
            }
        }
    }
    SECTION("the same for any number of threads, and an actor without a group changes no tie-based measure") {
        const OpennessOptions options{.replicates = 40, .rewiring = true};
        const Openness one = openness(d.graph, labels, options, {.threads = 1});
        const Openness four = openness(d.graph, labels, options, {.threads = 4});
        REQUIRE(one.indicators.size() == four.indicators.size());
        for (std::size_t i = 0; i < one.indicators.size(); ++i) {
            REQUIRE(one.indicators[i].null.size() == four.indicators[i].null.size());
            for (std::size_t k = 0; k < one.indicators[i].null.size(); ++k) {
                CHECK(one.indicators[i].null[k].p == four.indicators[i].null[k].p);
                CHECK(one.indicators[i].null[k].mean == four.indicators[i].null[k].mean);
            }
        }
        std::vector<std::string_view> more = d.groups;
        more.emplace_back("");
        Pairs pairs;
        for (const VertexId v : g.vertices()) {
            for (const VertexId u : g.neighbours(v)) {
                if (v < u) {
                    pairs.emplace_back(static_cast<std::uint32_t>(index_of(v)),
                                       static_cast<std::uint32_t>(index_of(u)));
                }
            }
        }
        pairs.emplace_back(0, static_cast<std::uint32_t>(d.groups.size()));
        const CsrGraph larger = graph_of(more.size(), pairs);
        const auto values = values_of(one);
        for (const auto& [key, value] : values_of(openness(larger, labels_of(more)))) {
            CAPTURE(key.first, key.second);
            CHECK(value.value_or(-9) == Approx(values.at(key).value_or(-9)).margin(1e-9));
        }
    }
}

TEST_CASE("segregation: actors of several groups", "[segregation][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{11}));
    CAPTURE(seed);
    const Drawn d = draw(seed, true);
    const Openness o = openness(d.graph, labels_of(d.groups), {.replicates = 20, .rewiring = true});
    CHECK(o.multi_valued);
    for (const Indicator& i : o.indicators) {
        CAPTURE(i.id, i.group);
        CHECK(i.value.has_value() == i.why.empty());
    }
    const auto ami = std::find_if(o.indicators.begin(), o.indicators.end(),
                                  [](const Indicator& i) { return i.id == "ami_declared"; });
    CHECK(ami->why == why_several_groups);
}

TEST_CASE("segregation: all groups merged, and groups without a way out, have stated values",
          "[segregation][degenerate]") {
    const CsrGraph club = karate();
    const Openness merged =
        openness(club, labels_of(std::vector<std::string_view>(34, "x")), {.replicates = 19});
    const std::map<std::string, std::string_view> why = {
        {"assortativity", why_single_group},      {"freeman", why_single_group},
        {"odds_ratio", why_single_group},         {"ei_rescaled", why_single_group},
        {"gupta_anderson_may", why_single_group}, {"random_walk_controversy", why_single_group},
        {"dipole_moment", why_single_group},      {"boundary_connectivity", why_single_group},
        {"steps_to_another_group", why_closed}};
    for (const Indicator& i : merged.indicators) {
        if (i.group.empty() && why.count(i.id) > 0) {
            CAPTURE(i.id);
            CHECK_FALSE(i.value);
            CHECK(i.why == why.at(i.id));
        }
    }
    const auto values = values_of(merged);
    CHECK(*values.at({"ei", ""}) == -1);
    CHECK(*values.at({"spectral_segregation", ""}) == Approx(1));
    CHECK(*values.at({"bubble_radius", ""}) == Approx(10));
    CHECK(*values.at({"modularity_declared", ""}) == Approx(0).margin(1e-12));

    // a group of one
    std::vector<std::string_view> lone(34, "x");
    lone[0] = "only";
    const auto alone = values_of(openness(club, labels_of(lone)));
    CHECK(*alone.at({"ei", "only"}) == 1);
    CHECK_FALSE(alone.at({"coleman", "only"}));
    CHECK_FALSE(alone.at({"dyadicity", "only"}));
    CHECK(*alone.at({"spectral_segregation", "only"}) == 0);
    CHECK(*alone.at({"bubble_radius", "only"}) == 1);
    CHECK_THROWS(openness(club, labels_of(lone), {.bubble_steps = 0}));
}

TEST_CASE("segregation: p-values without segregation are spread evenly, and segregation is found",
          "[segregation][statistics]") {
    // a small sample of bench/simulate_openness: 150 networks; Kolmogorov and Smirnov's limit at 0.1 %
    constexpr std::size_t networks = 150;
    std::map<std::string, std::vector<double>> p;
    std::map<std::string, std::size_t> covered;
    std::size_t found = 0;
    for (std::size_t n = 0; n < networks; ++n) {
        Rng rng = Rng(2024).fork(n);
        std::vector<std::string_view> groups;
        for (std::uint32_t v = 0; v < 120; ++v) {
            groups.push_back(v < 60 ? "a" : v < 100 ? "b" : "c");
        }
        const auto network = [&](double inside) {
            std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
            while (pairs.size() < 600) {
                const std::uint32_t a = rng.below(120);
                const std::uint32_t b = rng.below(120);
                if (a != b && (groups[a] == groups[b] || rng.uniform01() * inside < 1)) {
                    pairs.emplace(std::min(a, b), std::max(a, b));
                }
            }
            return graph_of(120, Pairs(pairs.begin(), pairs.end()));
        };
        const CsrGraph even = network(1);
        const Openness o =
            openness(even, labels_of(groups), {.replicates = 99, .communities = false, .seed = n});
        for (const Indicator& i : o.indicators) {
            for (const NullModel& null : i.null) {
                if (i.group.empty() && i.id != "boundary_connectivity") {
                    p[i.id + " " + std::string(null.model)].push_back(*null.p);
                }
            }
            if (i.id == "ei" && i.group.empty()) {
                const double truth = 2 * o.mixing.external_dyads / (120 * 119 / 2.0) - 1;
                covered["ei"] += i.ci95->low <= truth && truth <= i.ci95->high ? 1U : 0U;
            }
            if (i.id == "odds_ratio") {
                covered["odds_ratio"] += i.ci95->low <= 1 && 1 <= i.ci95->high ? 1U : 0U;
            }
        }
        if (n < 20) {
            const CsrGraph closed = network(3);
            const Openness c = openness(closed, labels_of(groups), {.communities = false});
            found += *c.indicators.front().null.back().p < 0.05 ? 1U : 0U;
        }
    }
    CHECK(p.size() >= 12);
    for (auto& [name, all] : p) {
        CAPTURE(name);
        REQUIRE(all.size() == networks);
        std::sort(all.begin(), all.end());
        double distance = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto rank = static_cast<double>(i);
            distance = std::max({distance, (rank + 1) / networks - all[i], all[i] - rank / networks});
        }
        CHECK(distance <
              1.95 / std::sqrt(static_cast<double>(networks)) + 0.05);  // values are counts: some are equal
    }
    for (const auto& [name, times] : covered) {
        CAPTURE(name);
        CHECK(times >= networks * 88 / 100);
    }
    CHECK(found == 20);
}
