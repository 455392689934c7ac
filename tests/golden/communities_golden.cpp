#include "engine/projection.hpp"

#include "algorithms/community/communities.hpp"

#include "io/read_dataset.hpp"

#include <catch2/catch.hpp>

#include <string>

/// What the datasets in the tree give. May change when a dataset does; karate may never.
namespace maillage {
namespace {

CommunitiesResult communities_of(const std::string& dataset) {
    const io::ReadResult read = io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/" + dataset);
    ProjectionOptions options;
    options.excluded_kinds = default_excluded_kinds(read.network);
    const Projection projection = project(read.network, options);
    return find_communities(projection.graph, projection.offers);
}

TEST_CASE("The karate dataset reaches its optimum, whatever the order of its ids", "[community][golden]") {
    const CommunitiesResult r = communities_of("karate");
    CHECK(r.quality.value == 1277.0 / 3042.0);
    CHECK(r.partition().community_count() == 4);
    CHECK(r.stability.mean_ami.value() > 0.9);
}

TEST_CASE("The mini-region has the modularity of its four communities", "[community][golden]") {
    const CommunitiesResult r = communities_of("mini-region");
    CHECK(r.partition().community_count() == 5);  // four, and one isolated actor
    CHECK(r.quality.value.value() == Approx(0.232).margin(0.0005));
    for (const CommunityProfile& c : r.profile.communities) {
        CHECK(c.connected);
    }
}

}  // namespace
}  // namespace maillage
