#include "algorithms/matching/working_group.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::incidence;
using maillage::testing::random_graph;
using maillage::testing::random_incidence;

const Incidence nobody_seeks;

GroupLabels labels(const std::vector<std::string>& names) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    return {"kind", views};
}

TEST_CASE("working_group: what it covers, lacks, and who should join", "[matching][groups][unit]") {
    // needs expertise 0 twice (weight 2), 1 once, 2 once; 0 and 1 are in it
    const Incidence offers = incidence(4, {{{0}}, {{1, 0.5F}}, {{0}, {2}}, {{1}}, {{0}}, {{3}}});
    const CsrGraph ties = CsrGraph::from_ties(6, std::vector<Tie>{{VertexId{0}, VertexId{4}}});
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    const std::vector<Requirement> required = {
        {ExpertiseId{0}, 2.0, 2}, {ExpertiseId{1}, 1.0, 1}, {ExpertiseId{2}, 1.0, 1}};
    const std::vector<VertexId> members = {VertexId{0}, VertexId{1}};
    const GroupLabels kind = labels({"a", "b", "a", "c", "a", "a"});
    const std::vector<const GroupLabels*> by = {&kind};
    const WorkingGroup g = working_group({required, members, model, ties.view(), {}, by});
    CHECK(g.coverage == Approx((2.0 * 0.5 + 0.5 + 0.0) / 4.0));
    REQUIRE(g.required.size() == 3);
    CHECK(g.required[0].covered == Approx(0.5));
    CHECK(g.required[0].holders == 1);
    CHECK(g.required[0].outside == 2);
    CHECK(g.required[2].members.empty());
    REQUIRE(g.candidates.size() == 3);  // 5 has nothing that is needed
    CHECK(g.candidates[0].vertex == VertexId{2});
    CHECK(g.candidates[0].gain == Approx(0.5));
    CHECK(g.candidates[0].fit == Approx(0.75));
    CHECK(g.candidates[0].fills == std::vector<std::size_t>{0, 2});
    CHECK(g.candidates[1].vertex == VertexId{4});
    CHECK(g.candidates[1].gain == Approx(0.25));
    CHECK(g.candidates[1].known == 1);
    CHECK(g.candidates[2].vertex == VertexId{3});
    CHECK(g.candidates[2].new_groups == 1);
    REQUIRE(g.invitations.size() == 2);  // with 2 there are two for expertise 0: 4 adds nothing
    CHECK(g.invitations[0].vertex == VertexId{2});
    CHECK(g.invitations[1].vertex == VertexId{3});
    CHECK(g.invitations[1].gain == Approx(0.125));
    CHECK(g.coverage_then == Approx(1.0));
    REQUIRE(g.mixed.size() == 1);
    CHECK(g.mixed[0].groups == 2);
    CHECK(*g.mixed[0].value == Approx(1.0));
    CHECK(*g.mixed[0].among_all == Approx(1.0 - 12.0 / 30.0));
}

TEST_CASE("working_group: nobody in it, nothing needed, errors", "[matching][groups][degenerate]") {
    const Incidence offers = incidence(2, {{{0}}, {}});
    const CsrGraph ties = CsrGraph::from_ties(2, std::vector<Tie>{});
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    const std::vector<Requirement> required = {{ExpertiseId{0}, 1.0, 1}};
    const GroupLabels kind = labels({"a", ""});
    const std::vector<const GroupLabels*> by = {&kind};
    const WorkingGroup empty = working_group({required, {}, model, ties.view(), {}, by});
    CHECK(empty.coverage == 0.0);
    CHECK(empty.candidates.size() == 1);
    CHECK_FALSE(empty.mixed[0].value.has_value());
    const WorkingGroup aimless = working_group({{}, {}, model, ties.view(), {}, by});
    CHECK(aimless.coverage == 0.0);
    CHECK(aimless.candidates.empty());
    const std::vector<std::uint8_t> nobody = {0, 0};
    CHECK(working_group({required, {}, model, ties.view(), nobody, by}).candidates.empty());
    const std::vector<VertexId> twice = {VertexId{0}, VertexId{0}}, outside = {VertexId{7}};
    CHECK_THROWS_AS(working_group({required, twice, model, ties.view(), {}, by}), Error);
    CHECK_THROWS_AS(working_group({required, outside, model, ties.view(), {}, by}), Error);
    CHECK_THROWS_AS(working_group({required, {}, model, ties.view(), {}, by}, {.top = 0}), OptionError);
    CHECK_THROWS_AS(working_group({required, {}, model, ties.view(), {}, by}, {.top = 1, .least_cover = 0.0}),
                    OptionError);
}

/// Coverage from its definition.
double coverage(const ExpertiseModel& model, const std::vector<Requirement>& required,
                const std::vector<VertexId>& members) {
    double sum = 0.0, total = 0.0;
    for (const Requirement& r : required) {
        std::vector<double> covers;
        for (const VertexId v : members) {
            covers.push_back(model.cover(r.expertise, model.offers().of(v)));
        }
        std::sort(covers.begin(), covers.end(), std::greater<>());
        covers.resize(r.min_holders, 0.0);
        double best = 0.0;
        for (const double c : covers) {
            best += c;
        }
        sum += r.weight * best / r.min_holders;
        total += r.weight;
    }
    return sum / total;
}

TEST_CASE("working_group: gains from the definition, greedy against the best of as many",
          "[matching][groups][oracle][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 4 + rng.below(7);
    const Incidence offers = random_incidence(rng, n, 6, 3);
    const CsrGraph ties = random_graph(rng, n, 0.3);
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    std::vector<Requirement> required;
    for (std::uint32_t x = 0; x < 4; ++x) {
        required.push_back({ExpertiseId{x}, 0.5 + rng.below(3), 1 + rng.below(2)});
    }
    std::vector<VertexId> members;
    for (std::uint32_t v = 0; v < n; ++v) {
        if (rng.below(4) == 0) {
            members.push_back(VertexId{v});
        }
    }
    const WorkingGroup g = working_group({required, members, model, ties.view(), {}, {}}, {.top = n});
    const double now = coverage(model, required, members);
    CHECK(g.coverage == Approx(now));
    for (const JoinCandidate& c : g.candidates) {
        auto with = members;
        with.push_back(c.vertex);
        CHECK(c.gain == Approx(coverage(model, required, with) - now).margin(1e-12));
    }
    for (std::size_t i = 1; i < g.candidates.size(); ++i) {
        CHECK(g.candidates[i - 1].gain >= g.candidates[i].gain - 1e-9);
    }
    auto all = members;
    for (const JoinCandidate& c : g.invitations) {
        all.push_back(c.vertex);
    }
    CHECK(g.coverage_then == Approx(coverage(model, required, all)));
    // every set of two against the first two invitations
    double two = now, best = now;
    for (std::size_t i = 0; i < std::min<std::size_t>(2, g.invitations.size()); ++i) {
        two += g.invitations[i].gain;
    }
    for (const JoinCandidate& a : g.candidates) {
        for (const JoinCandidate& b : g.candidates) {
            if (a.vertex < b.vertex) {
                auto with = members;
                with.push_back(a.vertex);
                with.push_back(b.vertex);
                best = std::max(best, coverage(model, required, with));
            }
        }
    }
    CHECK(two - now >= (1.0 - std::exp(-1.0)) * (best - now) - 1e-9);
}

}  // namespace
