#include "algorithms/community/naming.hpp"

#include "engine/error.hpp"

#include <catch2/catch.hpp>

namespace maillage {
namespace {

using Labels = std::vector<std::uint32_t>;

Incident has(std::uint32_t v, std::uint32_t x) {
    return {VertexId{v}, ExpertiseId{x}, 1.0F, false};
}

TEST_CASE("The log-odds of 8 in 20 against 4 in 80 are those computed apart", "[community][golden]") {
    const auto odds = log_odds(8, 20, 4, 80, 1.2, 10);
    REQUIRE(odds);
    CHECK(odds->delta == Approx(1.9758874).margin(1e-7));
    CHECK(odds->z == Approx(3.6014429).margin(1e-7));
}

TEST_CASE("A community is named by what its members have and the others have not", "[community][unit]") {
    // 0-7: all have 0 (common) and 1; 8-15: all have 0 and 2
    std::vector<Incident> links;
    for (std::uint32_t v = 0; v < 16; ++v) {
        links.push_back(has(v, 0));
        links.push_back(has(v, v < 8 ? 1 : 2));
    }
    Labels label(16, 0);
    std::fill(label.begin() + 8, label.end(), 1U);
    const auto names = name_communities(Partition(label), Incidence(16, 3, links));
    REQUIRE(names.size() == 2);
    REQUIRE(names[0].size() == 1);
    CHECK(names[0][0].expertise == ExpertiseId{1});
    CHECK(names[0][0].holders == 8);
    CHECK(names[0][0].typical);
    CHECK(*names[0][0].z > 1.96);
    CHECK(names[1][0].expertise == ExpertiseId{2});
}

TEST_CASE("Without a typical expertise the most frequent ones name, the rarer overall first",
          "[community][unit]") {
    // community {0, 1}: one holder each of 0 and 1; expertise 0 is also held outside, so 1 is rarer
    const Incidence offers(4, 2, {has(0, 0), has(1, 1), has(2, 0)});
    const auto names = name_communities(Partition(Labels{0, 0, 1, 2}), offers);
    REQUIRE(names[0].size() == 2);
    CHECK(names[0][0].expertise == ExpertiseId{1});
    CHECK_FALSE(names[0][0].typical);
    CHECK(names[1].size() == 1);
    CHECK(names[2].empty());  // nobody there has any
}

TEST_CASE("One expertise for everybody leaves z empty", "[community][unit][degenerate]") {
    const Incidence offers(2, 1, {has(0, 0), has(1, 0)});
    const auto names = name_communities(Partition(Labels{0, 0}), offers);
    REQUIRE(names[0].size() == 1);
    CHECK_FALSE(names[0][0].z);
    CHECK(name_communities(Partition(Labels{0, 0}), Incidence(2, 0, {}))[0].empty());
}

TEST_CASE("Naming refuses options out of range and shapes that differ", "[community][unit]") {
    CHECK_THROWS_AS(validate(NamingOptions{.words = 0}), OptionError);
    CHECK_THROWS_AS(validate(NamingOptions{.prior = 0.0}), OptionError);
    CHECK_THROWS_AS(validate(NamingOptions{.min_z = -1.0}), OptionError);
    CHECK_THROWS_AS(validate(NamingOptions{.min_holders = 0}), OptionError);
    CHECK_THROWS_AS(name_communities(Partition(Labels{0}), Incidence(2, 0, {})), Error);
}

}  // namespace
}  // namespace maillage
