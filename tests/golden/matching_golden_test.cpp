#include "engine/projection.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "io/read_dataset.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

/// The mini-region, whose values stand in its README and in that of algorithms/matching, worked by hand. They
/// change when the dataset or the published formula does, and with it both texts.
namespace {

using namespace maillage;

struct MiniRegion {
    Network network = io::read_dataset(MAILLAGE_SOURCE_DIR "/datasets/mini-region").network;
    Projection projection = project(network, {.excluded_kinds = default_excluded_kinds(network)});
    MatchInput input{projection.offers, projection.seeks, projection.graph, {}, projection.in_scope};
    Taxonomy taxonomy{network};
    ExpertiseModel model{projection.offers, projection.seeks, projection.in_scope, nullptr, {}};
    Relatedness relatedness{projection.offers, projection.in_scope};

    [[nodiscard]] VertexId vertex(std::string_view id) const {
        return projection.vertex(*network.find_actor(id));
    }
    [[nodiscard]] std::string_view id(VertexId v) const { return network.id(projection.actor(v)); }
    [[nodiscard]] MatchedPair pair(std::string_view a, std::string_view b) const {
        return match_pair(input, model, relatedness, vertex(a), vertex(b));
    }
};

TEST_CASE("mini-region: the two pairs of its README", "[matching][golden]") {
    const MiniRegion region;
    const Complementarity first = region.pair("rivebelle", "univ-montclair").measures;
    CHECK(*first.gain_a == Approx(0.345116).margin(5e-7));
    CHECK(*first.gain_b == Approx(0.309768).margin(5e-7));
    CHECK(*first.similarity == Approx(0.345116).margin(5e-7));
    CHECK(*first.two_sided == Approx(0.326488).margin(5e-7));
    CHECK(*first.need_a == 1.0);  // Rivebelle seeks wetlands
    CHECK(*first.score == Approx(0.473012).margin(5e-7));

    const Complementarity second = region.pair("montclair", "asso-scene").measures;
    CHECK(*second.gain_a == Approx(0.294534).margin(5e-7));
    CHECK(*second.gain_b == Approx(0.471936).margin(5e-7));
    CHECK(*second.similarity == Approx(0.233530).margin(5e-7));
    CHECK(*second.two_sided == Approx(0.362705).margin(5e-7));
}

TEST_CASE("mini-region: the best pairs that are not tied", "[matching][golden]") {
    const MiniRegion region;
    const MatchResult result = best_matches(region.input);
    std::vector<std::string> pairs;
    for (const MatchedPair& pair : result.pairs) {
        pairs.push_back(std::string(region.id(pair.a)) + " " + std::string(region.id(pair.b)));
    }
    CHECK(pairs == std::vector<std::string>{
                       "asso-scene pierrelande", "asso-scene saint-aubry", "asso-scene univ-rivebelle",
                       "asso-eau pierrelande", "pierrelande rivebelle", "asso-scene montclair",
                       "pierrelande univ-montclair", "asso-fleuve asso-scene", "asso-scene rivebelle"});
    CHECK(*result.pairs.at(0).measures.score == Approx(0.832984).margin(5e-7));
    CHECK_FALSE(result.pairs.at(0).distance.has_value());
    CHECK(result.pairs.at(1).distance == 2U);
    REQUIRE(result.pooling.size() == 1);
    CHECK(region.id(result.pooling[0].a) == "montclair");
    CHECK(region.id(result.pooling[0].b) == "univ-rivebelle");
}

}  // namespace
