#include "engine/team.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace maillage {
namespace {

TEST_CASE("A team covers every place of a loop once, loop after loop", "[engine][parallel]") {
    const auto threads = GENERATE(std::uint32_t{1}, std::uint32_t{2}, std::uint32_t{8});
    CAPTURE(threads);
    Team team(threads);
    CHECK(team.size() == threads);
    std::vector<std::uint32_t> visits(1000, 0);
    std::atomic<bool> worker_in_range{true};
    for (int loop = 0; loop < 200; ++loop) {
        team.for_blocks(visits.size(), 7, [&](std::size_t begin, std::size_t end, std::size_t worker) {
            for (std::size_t i = begin; i < end; ++i) {
                ++visits[i];
            }
            if (worker >= threads) {
                worker_in_range = false;
            }
        });
    }
    CHECK(worker_in_range);
    CHECK(visits == std::vector<std::uint32_t>(1000, 200));
}

TEST_CASE("A team does nothing for an empty loop and hands on what a body throws", "[engine][parallel]") {
    Team team(2);
    bool called = false;
    team.for_blocks(0, 4, [&](std::size_t, std::size_t, std::size_t) { called = true; });
    CHECK_FALSE(called);
    const auto fail = [](std::size_t, std::size_t, std::size_t) { throw std::runtime_error("body"); };
    CHECK_THROWS_AS(team.for_blocks(100, 1, fail), std::runtime_error);
    std::atomic<std::size_t> covered{0};
    team.for_blocks(100, 1, [&](std::size_t begin, std::size_t end, std::size_t) { covered += end - begin; });
    CHECK(covered == 100);  // a loop that failed leaves the team usable
}

}  // namespace
}  // namespace maillage
