#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::random_graph;
using maillage::testing::random_incidence;

bool same(const MatchResult& x, const MatchResult& y) {
    const auto same_pairs = [](const std::vector<MatchedPair>& p, const std::vector<MatchedPair>& q) {
        return std::equal(p.begin(), p.end(), q.begin(), q.end(), [](const auto& s, const auto& t) {
            return s.a == t.a && s.b == t.b && s.measures.score == t.measures.score &&
                   s.distance == t.distance;
        });
    };
    return x.pairs_in_touch == y.pairs_in_touch && same_pairs(x.pairs, y.pairs) &&
           same_pairs(x.pooling, y.pooling) &&
           std::equal(x.actors.begin(), x.actors.end(), y.actors.begin(), y.actors.end(),
                      [](const auto& s, const auto& t) {
                          return s.actor == t.actor && s.partners == t.partners && s.reason == t.reason;
                      });
}

TEST_CASE("complementarity: laws of a pair", "[matching][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const Incidence offers = random_incidence(rng, 2 + rng.below(20), 12, 7);
    const Incidence seeks = random_incidence(rng, static_cast<std::uint32_t>(offers.vertex_count()), 12, 2);
    const ExpertiseWeights weights = idf_weights(offers);
    for (const VertexId a : IdRange<VertexId>(offers.vertex_count())) {
        for (const VertexId b : IdRange<VertexId>(offers.vertex_count())) {
            CAPTURE(index_of(a), index_of(b));
            const Complementarity ab =
                complementarity(profile(offers, seeks, a), profile(offers, seeks, b), weights);
            const Complementarity ba =
                complementarity(profile(offers, seeks, b), profile(offers, seeks, a), weights);
            CHECK(ab.similarity == ba.similarity);
            CHECK(ab.gain_a == ba.gain_b);
            CHECK(ab.need_a == ba.need_b);
            CHECK(ab.value_a == ba.value_b);
            CHECK(ab.score == ba.score);
            if (!ab.score) {
                continue;
            }
            CHECK(*ab.similarity + *ab.gain_a + *ab.gain_b == Approx(1.0).margin(1e-12));
            CHECK(*ab.score >= 0.0);
            CHECK(*ab.score <= 1.0);
            CHECK(*ab.score <= std::max(ab.value_a, ab.value_b) + 1e-12);
            if (!ab.need_a && !ab.need_b) {
                CHECK(*ab.score == Approx(ab.common_ground * *ab.two_sided).margin(1e-12));
            }
            const Exchange both = exchange(profile(offers, seeks, a), profile(offers, seeks, b), weights);
            const PairMasses masses =
                pair_masses(profile(offers, seeks, a), profile(offers, seeks, b), weights);
            const double all = masses.a + masses.b - masses.shared;
            const auto sum = [](const std::vector<ExchangedExpertise>& list) {
                return std::accumulate(list.begin(), list.end(), 0.0,
                                       [](double s, const auto& e) { return s + e.weight; });
            };
            CHECK(sum(both.a_gives) == Approx(*ab.gain_b * all).margin(1e-9));
            CHECK(sum(both.b_gives) == Approx(*ab.gain_a * all).margin(1e-9));
            CHECK(sum(both.shared) == Approx(*ab.similarity * all).margin(1e-9));
        }
    }
}

TEST_CASE("best_matches: the same whatever the number of threads", "[matching][property][parallel]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{6}));
    CAPTURE(seed);
    Rng rng(seed);
    const Incidence offers = random_incidence(rng, 400, 30, 6);
    const Incidence seeks = random_incidence(rng, 400, 30, 1);
    const CsrGraph graph = random_graph(rng, 400, 0.02);
    const MatchInput input{offers, seeks, graph, {}, {}};
    MatchOptions options;
    options.complementarity.common_ground = seed % 2 == 0 ? 0.0 : 0.1;
    const MatchResult alone = best_matches(input, options, {.threads = 1});
    for (const std::uint32_t threads : {2U, 5U}) {
        CHECK(same(alone, best_matches(input, options, {.threads = threads})));
    }
}

TEST_CASE("best_matches: laws of the lists", "[matching][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 3 + rng.below(60);
    const Incidence offers = random_incidence(rng, n, 10, 5);
    const Incidence seeks = random_incidence(rng, n, 10, 1);
    const CsrGraph graph = random_graph(rng, n, 0.1);
    const MatchInput input{offers, seeks, graph, {}, {}};
    MatchOptions options;
    options.top = 1 + rng.below(6);
    const MatchResult result = best_matches(input, options);

    SECTION("no tied pair is proposed, no actor to itself, and lists go down") {
        for (const ActorMatches& actor : result.actors) {
            CHECK(actor.partners.size() <= options.top);
            CHECK(actor.partners.empty() == (actor.reason != NoMatch::found));
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                CHECK(actor.partners[i].vertex != actor.actor);
                CHECK_FALSE(graph.view().adjacent(actor.actor, actor.partners[i].vertex));
                CHECK(actor.partners[i].score > 0.0);
                CHECK((i == 0 || actor.partners[i - 1].score >= actor.partners[i].score - 1e-12));
            }
        }
    }
    SECTION("the list of one actor is its list among all") {
        for (const ActorMatches& actor : result.actors) {
            MatchOptions one = options;
            one.only = actor.actor;
            const MatchResult own = best_matches(input, one);
            REQUIRE(own.actors.size() == 1);
            CHECK(own.actors[0].partners == actor.partners);
            CHECK(own.pairs.size() == actor.partners.size());
        }
    }
    SECTION("saying that everyone is in scope and that the ties are the links changes nothing") {
        MatchOptions plain;
        plain.top = n;
        plain.top_pairs = n * n;
        std::vector<std::uint8_t> scope(n, 1);
        CHECK(same(best_matches(input, plain), best_matches({offers, seeks, graph, graph, scope}, plain)));
    }
}

}  // namespace
