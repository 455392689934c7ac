#include "algorithms/community/carry_over.hpp"

#include "engine/error.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

namespace maillage {
namespace {

using Event = CarryOver::Event;
using Labels = std::vector<std::uint32_t>;

/// Earlier communities whose members are all there still.
EarlierCommunities earlier_of(const Labels& of, std::uint32_t next_id) {
    EarlierCommunities earlier;
    earlier.of = of;
    earlier.next_id = next_id;
    std::map<std::uint32_t, std::uint32_t> sizes;
    for (const std::uint32_t id : of) {
        sizes[id] += id == EarlierCommunities::unknown ? 0 : 1;
    }
    sizes.erase(EarlierCommunities::unknown);
    for (const auto& [id, size] : sizes) {
        earlier.communities.push_back({id, size, ""});
    }
    return earlier;
}

std::vector<CarryOver::Change> changes_of(const CarryOver& carried, Event event) {
    std::vector<CarryOver::Change> found;
    std::copy_if(carried.changes.begin(), carried.changes.end(), std::back_inserter(found),
                 [event](const CarryOver::Change& change) { return change.event == event; });
    return found;
}

TEST_CASE("Communities that did not change keep their ids, whatever their order", "[community][unit]") {
    const CarryOver c =
        carry_over(earlier_of({7, 7, 7, 3, 3, 3, 3}, 9), Partition(Labels{0, 0, 0, 1, 1, 1, 1}));
    CHECK(c.id == Labels{3, 7});  // the larger community comes first
    CHECK(c.next_id == 9);
    CHECK(changes_of(c, Event::continued).size() == 2);
    CHECK(c.changes.size() == 2);
    CHECK(c.joined == 0);
    CHECK(c.left == 0);
}

TEST_CASE("A community that splits leaves its id where most of its members are", "[community][unit]") {
    const CarryOver c =
        carry_over(earlier_of({1, 1, 1, 1, 1, 2, 2}, 3), Partition(Labels{0, 0, 0, 1, 1, 2, 2}));
    CHECK(c.id == Labels{1, 3, 2});
    CHECK(c.next_id == 4);
    const auto splits = changes_of(c, Event::split);
    REQUIRE(splits.size() == 1);
    CHECK(splits[0].from == Labels{1});
    CHECK(splits[0].to == std::vector<CommunityId>{CommunityId{0}, CommunityId{1}});
    CHECK(splits[0].actors == 5);
    const auto appeared = changes_of(c, Event::appeared);
    REQUIRE(appeared.size() == 1);
    CHECK(appeared[0].to.front() == CommunityId{1});
}

TEST_CASE("Of communities that merge the one that gave most lends its id, the others vanish",
          "[community][unit]") {
    const CarryOver c = carry_over(earlier_of({1, 1, 2, 2, 2}, 3), Partition(Labels{0, 0, 0, 0, 0}));
    CHECK(c.id == Labels{2});
    const auto mergers = changes_of(c, Event::merged);
    REQUIRE(mergers.size() == 1);
    CHECK(mergers[0].from == Labels{1, 2});
    const auto vanished = changes_of(c, Event::vanished);
    REQUIRE(vanished.size() == 1);
    CHECK(vanished[0].from == Labels{1});
    CHECK(vanished[0].actors == 2);
}

TEST_CASE("Isolates keep their ids as isolates, and come and go untold", "[community][unit]") {
    // 5 was alone and is so still; 6 was alone and joined those of 4
    const CarryOver c = carry_over(earlier_of({4, 4, 4, 5, 6}, 7), Partition(Labels{0, 0, 0, 1, 0}));
    CHECK(c.id == Labels{4, 5});
    CHECK(c.changes.size() == 2);
    // two that were alone make a new community
    const CarryOver d = carry_over(earlier_of({4, 4, 5, 6}, 7), Partition(Labels{0, 0, 1, 1}));
    CHECK(d.id == Labels{4, 7});
    CHECK(changes_of(d, Event::appeared).size() == 1);
    CHECK(changes_of(d, Event::vanished).empty());
}

TEST_CASE("Who came and who left is counted, and fresh ids are above all that were ever given",
          "[community][unit]") {
    EarlierCommunities earlier = earlier_of({2, 2, 0, 0}, 12);
    earlier.communities[0].size = 5;  // three have left
    const CarryOver c = carry_over(earlier, Partition(Labels{0, 0, 1, 1}));
    CHECK(c.joined == 2);
    CHECK(c.left == 3);
    CHECK(c.id == Labels{2, 12});
    CHECK(c.next_id == 13);
}

TEST_CASE("Equal claims go to the lower id", "[community][unit]") {
    const CarryOver c = carry_over(earlier_of({8, 8, 3, 3}, 9), Partition(Labels{0, 0, 0, 0}));
    CHECK(c.id == Labels{3});
}

TEST_CASE("Carrying ids over refuses another number of vertices and takes nothing at all",
          "[community][unit]") {
    CHECK_THROWS_AS(carry_over(earlier_of({1, 1}, 2), Partition(Labels{0})), Error);
    CHECK(carry_over({}, Partition()).id.empty());
}

}  // namespace
}  // namespace maillage
