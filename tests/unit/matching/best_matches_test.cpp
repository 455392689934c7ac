#include "algorithms/matching/best_matches.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"

#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace {

using namespace maillage;
using maillage::testing::incidence;

CsrGraph ties(std::size_t n, const std::vector<Tie>& list) {
    return CsrGraph::from_ties(n, list);
}

const Incidence nobody_seeks;

std::vector<std::size_t> partners(const MatchResult& result, std::size_t actor) {
    std::vector<std::size_t> vertices;
    for (const Partner& partner : result.actors.at(actor).partners) {
        vertices.push_back(index_of(partner.vertex));
    }
    return vertices;
}

//  0 {x y}   1 {y z}   2 {z x}   3 {x}   4 {}   5 {w}
Incidence six() {
    return incidence(4, {{{0}, {1}}, {{1}, {2}}, {{2}, {0}}, {{0}}, {}, {{3}}});
}

TEST_CASE("best_matches: lists the partners of every actor and each pair once", "[matching][unit]") {
    const Incidence offers = six();
    const CsrGraph graph = ties(6, {});
    const MatchResult result = best_matches({offers, nobody_seeks, graph, {}, {}});
    REQUIRE(result.actors.size() == 6);
    // y and z are rarer than x, so the pair that shares x has more to exchange
    CHECK(partners(result, 0) == std::vector<std::size_t>{2, 1});
    CHECK(partners(result, 1) == std::vector<std::size_t>{0, 2});
    CHECK(partners(result, 2) == std::vector<std::size_t>{0, 1});
    REQUIRE(result.pairs.size() == 3);
    CHECK(result.pairs[0].a == VertexId{0});
    CHECK(result.pairs[0].b == VertexId{2});
    CHECK(result.pairs[1].a == VertexId{0});
    CHECK(result.pairs[1].b == VertexId{1});
    CHECK(result.pairs_in_touch == 5);
    CHECK_FALSE(result.pairs[0].distance.has_value());
}

TEST_CASE("best_matches: says why an actor has nobody", "[matching][unit][degenerate]") {
    const Incidence offers = six();
    const Incidence seeks = incidence(4, {{}, {}, {}, {}, {}, {}});
    const CsrGraph graph = ties(6, {{VertexId{0}, VertexId{3}}, {VertexId{2}, VertexId{3}}});
    MatchResult result = best_matches({offers, seeks, graph, {}, {}});
    CHECK(result.actors[0].reason == NoMatch::found);
    CHECK(result.actors[3].reason == NoMatch::all_linked);
    CHECK(result.actors[4].reason == NoMatch::no_expertise);
    CHECK(result.actors[5].reason == NoMatch::nothing_common);
    const CsrGraph empty = ties(6, {});
    result = best_matches({offers, seeks, empty, {}, {}});
    CHECK(result.actors[3].reason == NoMatch::one_sided);  // x is all it has, and 0 and 2 have it
    const Incidence one_seeks = incidence(4, {{}, {}, {}, {}, {{0}}, {}});
    result = best_matches({offers, one_seeks, empty, {}, {}});
    CHECK(result.actors[4].reason == NoMatch::no_offer);
    CHECK(to_code(result.actors[4].reason) == "no_offer");
}

TEST_CASE("best_matches: pairs that are linked are left out unless asked for", "[matching][unit]") {
    const Incidence offers = six();
    const CsrGraph graph = ties(6, {{VertexId{0}, VertexId{2}}});
    const CsrGraph links = ties(6, {{VertexId{0}, VertexId{2}}, {VertexId{0}, VertexId{1}}});
    CHECK(partners(best_matches({offers, nobody_seeks, graph, {}, {}}), 0) == std::vector<std::size_t>{1});
    CHECK(partners(best_matches({offers, nobody_seeks, graph, links, {}}), 0).empty());
    MatchOptions options;
    options.include_tied = true;
    const MatchResult all = best_matches({offers, nobody_seeks, graph, links, {}}, options);
    CHECK(partners(all, 0) == std::vector<std::size_t>{2, 1});
    CHECK(all.pairs[0].tied);
    CHECK(all.pairs[0].distance == 1U);
    CHECK_FALSE(all.pairs[1].tied);
    CHECK(all.pairs[1].linked);
}

TEST_CASE("best_matches: actors out of scope lie on paths and nothing else", "[matching][unit]") {
    const Incidence offers = six();
    const CsrGraph graph = ties(6, {{VertexId{0}, VertexId{2}}, {VertexId{1}, VertexId{2}}});
    const std::vector<std::uint8_t> scope = {1, 1, 0, 1, 1, 1};
    const MatchResult result = best_matches({offers, nobody_seeks, graph, {}, scope});
    CHECK(result.actors.size() == 5);
    CHECK(result.weights.actors == 5);
    REQUIRE(result.pairs.size() == 1);
    CHECK(result.pairs[0].distance == 2U);
}

TEST_CASE("best_matches: one actor alone gives its own pairs, from its side", "[matching][unit]") {
    const Incidence offers = six();
    const CsrGraph graph = ties(6, {});
    MatchOptions options;
    options.only = VertexId{2};
    const MatchResult result = best_matches({offers, nobody_seeks, graph, {}, {}}, options);
    REQUIRE(result.actors.size() == 1);
    REQUIRE(result.pairs.size() == 2);
    CHECK(result.pairs[0].a == VertexId{2});
    CHECK(result.pairs[0].b == VertexId{0});
    CHECK(result.pairs_in_touch == 3);
}

TEST_CASE("best_matches: without asking for common ground, actors apart are matched too",
          "[matching][unit]") {
    const Incidence offers = incidence(6, {{{0}, {1}}, {{2}, {3}}, {{4}}, {{5}}, {{5}, {4}, {2}}});
    const CsrGraph graph = ties(5, {{VertexId{2}, VertexId{3}}});
    CHECK(best_matches({offers, nobody_seeks, graph, {}, {}}).actors[0].reason == NoMatch::nothing_common);
    MatchOptions options;
    options.complementarity.common_ground = 0.0;
    const MatchResult result = best_matches({offers, nobody_seeks, graph, {}, {}}, options);
    CHECK(partners(result, 0) == std::vector<std::size_t>{1, 4, 2, 3});
    CHECK(partners(result, 2) == std::vector<std::size_t>{1, 0});  // 3 is tied, 4 holds all that 2 has
}

TEST_CASE("best_matches: pooling wants two shared expertises, a high similarity and no link",
          "[matching][unit]") {
    const Incidence offers =
        incidence(4, {{{0}, {1}, {2}}, {{0}, {1}, {2}}, {{0}, {1}}, {{3}}, {{3}}, {{0}, {1}, {2}}});
    const CsrGraph graph = ties(6, {{VertexId{0}, VertexId{5}}});
    MatchResult result = best_matches({offers, nobody_seeks, graph, {}, {}});
    REQUIRE(result.pooling.size() == 5);  // 0-1, 1-5 identical; 0-2, 1-2, 2-5; not 3-4, one expertise only
    CHECK(*result.pooling[0].measures.similarity == 1.0);
    CHECK(result.pooling[0].a == VertexId{0});
    CHECK(result.pooling[0].b == VertexId{1});
    CHECK(result.pooling[1].a == VertexId{1});
    CHECK(result.pooling[1].b == VertexId{5});
    MatchOptions options;
    options.pooling_min_shared = 1;
    options.include_tied = true;  // concerns the matches: pooling is about those that are not linked
    result = best_matches({offers, nobody_seeks, graph, {}, {}}, options);
    CHECK(result.pooling.size() == 6);
}

TEST_CASE("best_matches: every declared need has its answers", "[matching][unit]") {
    const Incidence offers = incidence(2, {{{0, 0.5F}}, {{0}}, {{0, 0.25F}}, {}});
    const Incidence seeks = incidence(2, {{{0}}, {}, {}, {{0}, {1}}});
    const CsrGraph graph = ties(4, {{VertexId{1}, VertexId{3}}});
    const MatchResult result = best_matches({offers, seeks, graph, {}, {}});
    REQUIRE(result.needs.size() == 3);
    CHECK(result.needs[0].actor == VertexId{0});
    CHECK(result.needs[0].offered_by == 2);  // itself aside
    CHECK(result.needs[1].actor == VertexId{3});
    REQUIRE(result.needs[1].holders.size() == 3);
    CHECK(result.needs[1].holders[0].vertex == VertexId{1});
    CHECK(result.needs[1].holders[0].tied);
    CHECK(result.needs[2].offered_by == 0);
}

TEST_CASE("best_matches: nobody at all gives empty lists", "[matching][unit][degenerate]") {
    const Incidence offers;
    const CsrGraph graph;
    const MatchResult result = best_matches({offers, nobody_seeks, graph, {}, {}});
    CHECK(result.actors.empty());
    CHECK(result.pairs.empty());
    CHECK(result.pooling.empty());
}

TEST_CASE("best_matches: options out of range are refused by name", "[matching][unit]") {
    const auto field = [](const MatchOptions& options) {
        try {
            validate(options);
        } catch (const OptionError& error) {
            return error.field();
        }
        return std::string();
    };
    CHECK(field({}).empty());
    CHECK(field({.top = 0}) == "top");
    CHECK(field({.top_pairs = 0}) == "pairs");
    CHECK(field({.complementarity = {.common_ground = 2.0}}) == "common-ground");
    CHECK(field({.pooling_min_shared = 0}) == "pooling-min-shared");
    CHECK(field({.pooling_min_similarity = 0.0}) == "pooling-min-similarity");
}

TEST_CASE("best_matches: sizes that disagree and an actor out of scope are refused", "[matching][unit]") {
    const Incidence offers = six();
    const CsrGraph graph = ties(6, {});
    const CsrGraph small = ties(2, {});
    const std::vector<std::uint8_t> scope = {1, 1, 0, 1, 1, 1};
    CHECK_THROWS_AS(best_matches({offers, nobody_seeks, small, {}, {}}), Error);
    CHECK_THROWS_AS(best_matches({offers, nobody_seeks, graph, small, {}}), Error);
    MatchOptions options;
    options.only = VertexId{2};
    CHECK_THROWS_AS(best_matches({offers, nobody_seeks, graph, {}, scope}, options), OptionError);
}

}  // namespace
