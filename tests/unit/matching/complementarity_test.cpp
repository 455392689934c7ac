#include "algorithms/matching/complementarity.hpp"

#include "engine/error.hpp"

#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace {

using namespace maillage;
using maillage::testing::incidence;

Complementarity pair_of(const Incidence& offers, std::size_t a, std::size_t b,
                        const ExpertiseWeights& weights, const Incidence& seeks = {},
                        const ComplementarityOptions& options = {}) {
    return complementarity(profile(offers, seeks, id_at<VertexId>(a)),
                           profile(offers, seeks, id_at<VertexId>(b)), weights, options);
}

// guitar 0, synthesizer 1, bongos 2, trumpet 3: the example of GDS nodeSimilarity (measures A1, VER)
TEST_CASE("complementarity: plain Jaccard of the GDS musicians", "[matching][unit]") {
    const Incidence offers = incidence(4, {{{0}, {1}, {2}}, {{0}, {1}}, {{2}}, {{0}, {3}, {2}}});
    const ExpertiseWeights weights = unit_weights(offers);
    CHECK(*pair_of(offers, 0, 1, weights).similarity == Approx(2.0 / 3));
    CHECK(*pair_of(offers, 0, 3, weights).similarity == Approx(1.0 / 2));
    CHECK(*pair_of(offers, 0, 2, weights).similarity == Approx(1.0 / 3));
    CHECK(*pair_of(offers, 2, 3, weights).similarity == Approx(1.0 / 3));
    CHECK(*pair_of(offers, 1, 3, weights).similarity == Approx(1.0 / 4));
}

TEST_CASE("complementarity: weighted Jaccard of the GDS musicians", "[matching][unit]") {
    const Incidence offers = incidence(4, {{{0}, {1}, {2, 0.5F}}, {{0}, {1}}, {{2}}, {{0}, {3, 1.5F}, {2}}});
    const ExpertiseWeights weights = unit_weights(offers);
    CHECK(*pair_of(offers, 0, 1, weights).similarity == Approx(0.8));
    CHECK(*pair_of(offers, 0, 3, weights).similarity == Approx(1.0 / 3));
}

// U = {ai, law, eu}, V = {eu, waste, sme}, W = {ai, law}: ai 0, law 1, eu 2, waste 3, sme 4 (measures A1,
// OWN)
TEST_CASE("complementarity: gains and their harmonic mean on the toy of three", "[matching][unit]") {
    const Incidence offers = incidence(5, {{{0}, {1}, {2}}, {{2}, {3}, {4}}, {{0}, {1}}});
    const ExpertiseWeights weights = unit_weights(offers);
    const ComplementarityOptions nothing_asked{.common_ground = 0.0};

    const Complementarity uv = pair_of(offers, 0, 1, weights, {}, nothing_asked);
    CHECK(*uv.similarity == Approx(0.2));
    CHECK(*uv.gain_a == Approx(0.4));
    CHECK(*uv.gain_b == Approx(0.4));
    CHECK(*uv.two_sided == Approx(0.4));
    CHECK(*uv.score == Approx(0.4));

    const Complementarity uw = pair_of(offers, 0, 2, weights);
    CHECK(*uw.similarity == Approx(2.0 / 3));
    CHECK(*uw.gain_a == 0.0);
    CHECK(*uw.two_sided == 0.0);
    CHECK(*uw.score == 0.0);

    const Complementarity vw = pair_of(offers, 1, 2, weights, {}, nothing_asked);
    CHECK(*vw.similarity == 0.0);
    CHECK(*vw.gain_a == Approx(0.4));
    CHECK(*vw.gain_b == Approx(0.6));
    CHECK(*vw.two_sided == Approx(0.48));
    CHECK(*vw.score == Approx(0.48));

    CHECK(*pair_of(offers, 0, 1, idf_weights(offers)).similarity == Approx(0.177627).margin(5e-7));
}

TEST_CASE("idf_weights: smooth form over the actors counted", "[matching][unit]") {
    const Incidence offers = incidence(3, {{{0}, {1}}, {{0}}, {{0}}});
    const ExpertiseWeights all = idf_weights(offers);
    CHECK(all.actors == 3);
    CHECK(all.weight[0] == Approx(1.0));  // held by everybody
    CHECK(all.weight[1] == Approx(std::log(4.0 / 2.0) + 1.0));
    CHECK(all.weight[2] == Approx(std::log(4.0 / 1.0) + 1.0));  // held by nobody
    CHECK(all.holders == std::vector<std::uint32_t>{3, 1, 0});

    const std::vector<std::uint8_t> two = {1, 1, 0};
    const ExpertiseWeights counted = idf_weights(offers, two);
    CHECK(counted.actors == 2);
    CHECK(counted.weight[1] == Approx(std::log(3.0 / 2.0) + 1.0));
    CHECK_THROWS_AS(idf_weights(offers, std::vector<std::uint8_t>{1}), Error);
}

TEST_CASE("complementarity: common ground grows to j0 and then stays", "[matching][unit]") {
    PairMasses masses;
    masses.a = masses.b = 10.0;
    masses.shared = 1.0;  // similarity 1/19, gains 9/19
    const Complementarity little = complementarity(masses);
    CHECK(little.common_ground == Approx(10.0 / 19));
    CHECK(*little.score == Approx(10.0 / 19 * 9.0 / 19));
    CHECK(complementarity(masses, {.common_ground = 0.05}).common_ground == 1.0);
    CHECK(complementarity(masses, {.common_ground = 0.0}).common_ground == 1.0);
    masses.shared = 0.0;
    CHECK(complementarity(masses).common_ground == 0.0);
    CHECK(*complementarity(masses).score == 0.0);
}

TEST_CASE("complementarity: a need that is met raises the value and is ground to start from",
          "[matching][unit]") {
    // a offers 0 and seeks 1 and 2; b offers 1: nothing shared, half of the needs met
    const Incidence offers = incidence(3, {{{0}}, {{1}}});
    const Incidence seeks = incidence(3, {{{1}, {2}}, {}});
    const Complementarity pair = pair_of(offers, 0, 1, unit_weights(offers), seeks);
    CHECK(*pair.similarity == 0.0);
    CHECK(*pair.need_a == Approx(0.5));
    CHECK_FALSE(pair.need_b.has_value());
    CHECK(pair.common_ground == 1.0);
    CHECK(pair.value_a == Approx(1 - 0.5 * 0.5));
    CHECK(pair.value_b == Approx(0.5));
    CHECK(*pair.score == Approx(2 * 0.75 * 0.5 / 1.25));
}

TEST_CASE("complementarity: reciprocal values are joined by the harmonic mean", "[matching][unit]") {
    // measures C5: (.9, .6) gives .72; here through needs alone met at these levels
    PairMasses masses;
    masses.a = masses.b = masses.shared = 1.0;  // identical offers: no gain
    masses.need_a = masses.need_b = 1.0;
    masses.met_a = 0.9;
    masses.met_b = 0.6;
    CHECK(*complementarity(masses).score == Approx(0.72));
}

TEST_CASE("complementarity: nothing held by either leaves it undefined", "[matching][unit][degenerate]") {
    const Incidence offers = incidence(1, {{}, {}});
    const Complementarity pair = pair_of(offers, 0, 1, idf_weights(offers));
    CHECK_FALSE(pair.similarity.has_value());
    CHECK_FALSE(pair.gain_a.has_value());
    CHECK_FALSE(pair.gain_b.has_value());
    CHECK_FALSE(pair.two_sided.has_value());
    CHECK_FALSE(pair.score.has_value());
    CHECK(pair.common_ground == 0.0);
}

TEST_CASE("complementarity: an actor without expertise would gain everything and give nothing",
          "[matching][unit][degenerate]") {
    const Incidence offers = incidence(1, {{}, {{0}}});
    const Complementarity pair = pair_of(offers, 0, 1, idf_weights(offers));
    CHECK(*pair.similarity == 0.0);
    CHECK(*pair.gain_a == 1.0);
    CHECK(*pair.gain_b == 0.0);
    CHECK(*pair.two_sided == 0.0);
    CHECK(*pair.score == 0.0);
}

TEST_CASE("complementarity: identical actors bring each other nothing", "[matching][unit][degenerate]") {
    const Incidence offers = incidence(2, {{{0}, {1, 0.3F}}, {{0}, {1, 0.3F}}});
    const Complementarity pair = pair_of(offers, 0, 1, idf_weights(offers));
    CHECK(*pair.similarity == 1.0);
    CHECK(*pair.two_sided == 0.0);
    CHECK(*pair.score == 0.0);
}

TEST_CASE("complementarity: common_ground outside 0..1 is refused by name", "[matching][unit]") {
    for (const double wrong : {-0.1, 1.5, std::nan("")}) {
        try {
            validate(ComplementarityOptions{.common_ground = wrong});
            FAIL("accepted " << wrong);
        } catch (const OptionError& error) {
            CHECK(error.field() == "common-ground");
        }
    }
}

TEST_CASE("exchange: lists what each brings by weight, with what is sought and what is inferred",
          "[matching][unit]") {
    const Incidence offers(2, 4,
                           {{VertexId{0}, ExpertiseId{0}, 1.0F, false},
                            {VertexId{0}, ExpertiseId{1}, 0.75F, true},
                            {VertexId{1}, ExpertiseId{1}, 0.25F, false},
                            {VertexId{1}, ExpertiseId{2}, 1.0F, false},
                            {VertexId{1}, ExpertiseId{3}, 1.0F, false}});
    const Incidence seeks = incidence(4, {{{3}}, {}});
    const ExpertiseWeights weights = unit_weights(offers);
    const Exchange both =
        exchange(profile(offers, seeks, VertexId{0}), profile(offers, seeks, VertexId{1}), weights);

    REQUIRE(both.a_gives.size() == 2);
    CHECK(both.a_gives[0].expertise == ExpertiseId{0});
    CHECK(both.a_gives[1].expertise == ExpertiseId{1});  // held by both, but a holds it higher
    CHECK(both.a_gives[1].weight == Approx(0.5));
    CHECK(both.a_gives[1].inferred);
    REQUIRE(both.b_gives.size() == 2);  // equal weights: by expertise
    CHECK(both.b_gives[0].expertise == ExpertiseId{2});
    CHECK_FALSE(both.b_gives[0].sought);
    CHECK(both.b_gives[1].sought);
    REQUIRE(both.shared.size() == 1);
    CHECK(both.shared[0].weight == Approx(0.25));
}

}  // namespace
