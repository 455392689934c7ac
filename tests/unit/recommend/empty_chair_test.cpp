#include "algorithms/recommend/empty_chair.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace maillage;
using namespace maillage::testing;

void add_team(NetworkBuilder& builder, const std::string& id, int year,
              const std::vector<std::string>& members, const std::string& topic = {}) {
    PartnershipRecord record;
    record.id = cell(id, 2, 1);
    record.start.value = *parse_date(std::to_string(year));
    const Cell topics[] = {cell(topic, 2, 9)};
    if (!topic.empty()) {
        record.expertises = topics;
    }
    builder.add(record);
    for (const std::string& member : members) {
        builder.add(MemberRecord{cell(id, 2, 1), cell(member, 2, 3), {}});
    }
}

/// A network seen from a day.
struct Seen {
    Network network;
    Projection past;
    NameWords words;
    TeamInput input;
    TeamModel model;

    Seen(Network made, int year)
        : network(std::move(made)),
          past(project(network, {.to = date_of_day(parse_date(std::to_string(year))->first_day() - 1)})),
          input{network, past, parse_date(std::to_string(year))->first_day(), {}, words, {}},
          model(input) {}
    [[nodiscard]] VertexId v(const char* id) const { return past.vertex(*network.find_actor(id)); }
};

/// p1 {a, b, c}, p2 {a, b}, p3 {c, d}; e joins later only.
Network five() {
    NetworkBuilder builder;
    add_actors(builder, {"a:town", "b:lab", "c:lab", "d:town", "e:lab"});
    add_expertises(builder, {"x", "y"});
    add_team(builder, "p1", 2015, {"a", "b", "c"}, "x");
    add_team(builder, "p2", 2015, {"a", "b"}, "x");
    add_team(builder, "p3", 2015, {"c", "d"}, "y");
    add_team(builder, "q1", 2016, {"a", "b", "d", "e"}, "x");
    add_team(builder, "q2", 2016, {"a", "d"}, "x");
    return build(builder);
}

/// Personalised PageRank on ties 1/(k-1), from the definition.
std::vector<double> pagerank(const std::vector<std::vector<double>>& ties,
                             const std::vector<std::size_t>& team) {
    const std::size_t n = ties.size();
    std::vector<double> start(n, 0.0), strength(n, 0.0);
    for (const std::size_t v : team) {
        start[v] = 1.0 / static_cast<double>(team.size());
    }
    for (std::size_t u = 0; u < n; ++u) {
        for (const double tie : ties[u]) {
            strength[u] += tie;
        }
    }
    std::vector<double> rank = start;
    for (int step = 0; step < 400; ++step) {
        std::vector<double> next(n, 0.0);
        double kept = 0.0;
        for (std::size_t u = 0; u < n; ++u) {
            kept += strength[u] > 0.0 ? 0.85 * rank[u] : 0.0;
            for (std::size_t v = 0; v < n && strength[u] > 0.0; ++v) {
                next[v] += 0.85 * rank[u] * ties[u][v] / strength[u];
            }
        }
        for (std::size_t v = 0; v < n; ++v) {
            next[v] += (1.0 - kept) * start[v];
        }
        rank = next;
    }
    return rank;
}

/// Teams over several years; what starts from `last` on is left out on request.
Network history(std::uint64_t seed, std::optional<int> last) {
    Rng rng(seed);
    NetworkBuilder builder;
    std::vector<std::string> actors;
    for (int i = 0; i < 60; ++i) {
        actors.push_back("a" + std::to_string(i) + (i % 3 == 0 ? ":town" : ":lab"));
    }
    add_actors(builder, actors);
    add_expertises(builder, {"x", "y", "z"});
    for (int i = 0; i < 240; ++i) {
        const int year = 2010 + i / 40;
        const std::uint32_t circle = rng.below(6);
        std::vector<std::string> members;
        for (std::uint32_t k = 0; k < 4; ++k) {
            const std::uint32_t at = rng.below(5) == 0 ? rng.below(60) : circle * 10 + rng.below(10);
            const std::string id = "a" + std::to_string(at);
            if (std::find(members.begin(), members.end(), id) == members.end()) {
                members.push_back(id);
            }
        }
        const char* const topics[] = {"x", "y", "z"};
        if (!last || year < *last) {
            add_team(builder, "p" + std::to_string(1000 + i), year, members, topics[circle % 3]);
        }
    }
    return build(builder);
}

}  // namespace

TEST_CASE("team terms: values by hand, from the definitions", "[empty_chair][unit]") {
    const Seen seen(five(), 2016);
    const Team team{{seen.v("a"), seen.v("b")}, {*seen.network.find_expertise("x")}};
    const Team other{{seen.v("d")}, {}};
    TeamRows rows(seen.model);
    const Team* teams[] = {&other, &team};
    rows.compute(teams);
    const auto raw = [&](TeamTerm term, const char* actor) {
        return static_cast<double>(rows.raw(term, 1, seen.v(actor)));
    };
    CHECK(raw(TeamTerm::joint, "c") == Approx(1.0));  // 1/2 with each of the two
    CHECK(raw(TeamTerm::joint, "a") == Approx(1.5));  // with b: 1/2 + 1
    CHECK(raw(TeamTerm::tied, "c") == 2.0);
    CHECK(raw(TeamTerm::tied, "d") == 0.0);
    CHECK(raw(TeamTerm::resource_allocation, "d") ==
          Approx(2.0 / 3.0));  // through c, which has three partners
    CHECK(static_cast<double>(rows.common_partners(1, seen.v("d"))) == 2.0);
    CHECK(raw(TeamTerm::shared_consortia, "c") == Approx(1.0));         // p1: one pair, k - o = 1
    CHECK(raw(TeamTerm::consortia_jaccard, "c") == Approx(2.0 / 3.0));  // p1: 2 / (3 + 2 - 2)
    CHECK(raw(TeamTerm::consortia_jaccard, "a") == Approx(2.0 / 3.0 + 1.0));
    CHECK(raw(TeamTerm::consortia_cosine, "c") == Approx(4.0 / 6.0));
    CHECK(raw(TeamTerm::closest_consortium, "a") == Approx(1.0));  // p2 is the team
    CHECK(raw(TeamTerm::same_kind, "c") == Approx(0.5));
    CHECK(raw(TeamTerm::same_kind, "d") == Approx(0.5));
    const double fade = std::exp(-365.0 / 365.25 / 2.0);
    CHECK(raw(TeamTerm::recent_activity, "c") == Approx(2.0 * fade));
    CHECK(raw(TeamTerm::joint_recent, "c") == Approx(fade));
    CHECK(raw(TeamTerm::topic, "c") == Approx(fade));  // p1 is about x
    CHECK(raw(TeamTerm::topic, "d") == 0.0);
    // the field x: c has one faded partnership of five there (a 2, b 2, c 1), the team four
    CHECK(raw(TeamTerm::encounters, "c") == Approx(fade * 4.0 / 5.0));
    CHECK(raw(TeamTerm::encounters, "d") == 0.0);
    CHECK_FALSE(seen.model.known(seen.v("e")));
    CHECK(seen.model.tied(seen.v("c"), seen.v("d")));
    CHECK_FALSE(seen.model.tied(seen.v("a"), seen.v("d")));

    TeamRows alone(seen.model);
    const Team* one[] = {&team};
    alone.compute(one);
    for (std::size_t t = 0; t < team_term_count; ++t) {
        CAPTURE(to_code(team_term(t)));
        for (const VertexId v : IdRange<VertexId>(seen.model.vertex_count())) {
            CHECK(alone.raw(team_term(t), 0, v) == rows.raw(team_term(t), 1, v));
        }
    }
}

TEST_CASE("team terms: PageRank is that of a slow iteration", "[empty_chair][oracle]") {
    const Seen seen(five(), 2016);
    std::vector<std::vector<double>> ties(5, std::vector<double>(5, 0.0));
    const auto tie = [&](const char* a, const char* b, double weight) {
        ties[index_of(seen.v(a))][index_of(seen.v(b))] += weight;
        ties[index_of(seen.v(b))][index_of(seen.v(a))] += weight;
    };
    tie("a", "b", 0.5);
    tie("a", "c", 0.5);
    tie("b", "c", 0.5);
    tie("a", "b", 1.0);
    tie("c", "d", 1.0);
    const Team team{{seen.v("a"), seen.v("b")}};
    const auto slow = pagerank(ties, {index_of(seen.v("a")), index_of(seen.v("b"))});
    TeamRows rows(seen.model);
    const Team* teams[] = {&team};
    rows.compute(teams);
    for (const VertexId v : IdRange<VertexId>(5)) {
        CHECK(static_cast<double>(rows.raw(TeamTerm::pagerank, 0, v)) ==
              Approx(slow[index_of(v)]).margin(1e-5));
    }
}

TEST_CASE("empty chairs: teams of the period, members that were known, one of them out",
          "[empty_chair][unit]") {
    const Seen seen(five(), 2016);
    const auto day = [](int year) { return parse_date(std::to_string(year))->first_day(); };
    const auto chairs = empty_chairs(seen.input, seen.model, day(2016), day(2017));
    REQUIRE(chairs.size() == 1);  // q2 has two known members
    CHECK(seen.network.id(chairs[0].partnership) == "q1");
    std::vector<VertexId> all = chairs[0].team.members;
    CHECK(all.size() == 2);
    all.push_back(chairs[0].taken_by);
    std::sort(all.begin(), all.end());
    CHECK(all == std::vector<VertexId>{seen.v("a"), seen.v("b"), seen.v("d")});  // e was not known
    CHECK(chairs[0].team.topics == std::vector<ExpertiseId>{*seen.network.find_expertise("x")});
    CHECK(empty_chairs(seen.input, seen.model, day(2016), day(2017), {.least_partners = 2}).size() == 2);
    CHECK(empty_chairs(seen.input, seen.model, day(2017), day(2020)).empty());
    CHECK_THROWS_AS(empty_chairs(seen.input, seen.model, day(2016), day(2017), {.least_partners = 1}),
                    OptionError);
}

TEST_CASE("empty chairs: hits and reciprocal ranks by hand, equal scores shared", "[empty_chair][unit]") {
    const Seen seen(five(), 2016);
    // d is missing from {a, b}: known and not seated are c (two partnerships) and d (one)
    const Chair chair{*seen.network.find_partnership("q1"), seen.v("d"), {{seen.v("a"), seen.v("b")}, {}}};
    const ChairEvaluation judged =
        judge_chairs(seen.model, seen.past.offers, std::span(&chair, 1), std::nullopt, 100, 1);
    CHECK(judged.known == 4);
    CHECK(judged.mean_team == 2.0);
    REQUIRE(judged.strata.size() == 3);
    CHECK(judged.strata[1].chairs == 1);  // a stranger to both
    CHECK(judged.strata[2].chairs == 0);
    for (const ChairQuality& quality : judged.strata[0].methods) {
        CAPTURE(to_code(quality.method));
        CHECK(quality.method != ChairMethod::fitted);
        CHECK(*quality.hit_10.value == 1.0);
        CHECK_FALSE(quality.hit_10.low);
        // common partners: a and b with c, c twice with d; set cover: nothing is asked for. Equal: the mean of 1 and 1/2
        const bool equal =
            quality.method == ChairMethod::set_cover || quality.method == ChairMethod::common_neighbours;
        CHECK(*quality.mrr.value == Approx(equal ? 0.75 : 0.5));
    }
    for (const ChairQuality& quality : judged.strata[2].methods) {
        CHECK_FALSE(quality.mrr.value);
    }
}

TEST_CASE("empty chairs: what is fitted knows nothing of the future, on any number of threads",
          "[empty_chair][property]") {
    const Seen whole(history(7, std::nullopt), 2014);
    const Seen cut(history(7, 2014), 2014);
    const ChairFitOptions options{.least_chairs = 20};
    const auto fit = fit_chairs(whole.input, options, {.threads = 1});
    const auto same = fit_chairs(cut.input, options, {.threads = 3});
    REQUIRE(fit);
    REQUIRE(same);
    CHECK(fit->chairs > 20);
    CHECK(fit->weight == same->weight);
    CHECK(fit->scale == same->scale);
    CHECK(fit->loss == same->loss);
    CHECK_FALSE(fit_chairs(whole.input, {.least_chairs = 100000}));

    // members come from circles, so whoever has met the team is the one to guess
    const std::int32_t until = parse_date("2016")->first_day();
    const auto chairs = empty_chairs(whole.input, whole.model, whole.input.day, until);
    const ChairEvaluation judged = judge_chairs(whole.model, whole.past.offers, chairs, fit, 200, 1);
    const ChairEvaluation again =
        judge_chairs(whole.model, whole.past.offers, chairs, fit, 200, 1, {.threads = 3});
    const auto& methods = judged.strata[0].methods;
    REQUIRE(methods.size() == chair_method_count);
    CHECK(*methods[0].hit_10.value > 1.5 * *methods[4].hit_10.value);
    CHECK(*methods[0].hit_10.low <= *methods[0].hit_10.value);
    for (std::size_t m = 0; m < methods.size(); ++m) {
        CHECK(methods[m].mrr.value == again.strata[0].methods[m].mrr.value);
        CHECK(methods[m].hit_50.high == again.strata[0].methods[m].hit_50.high);
    }
}
