#include "algorithms/matching/pooling.hpp"

#include "algorithms/matching/pair_search.hpp"
#include "engine/top_k.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::incidence;
using maillage::testing::random_graph;
using maillage::testing::random_incidence;

const Incidence nobody_seeks;

std::vector<std::size_t> members(const Pool& pool) {
    std::vector<std::size_t> list;
    for (const PoolMember& member : pool.members) {
        list.push_back(index_of(member.vertex));
    }
    return list;
}

GroupLabels places(const std::vector<std::string>& names) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    return {"place", views};
}

TEST_CASE("find_pools: those who do the same in one place without being linked", "[matching][pooling][unit]") {
    // 0-3 do x y, 3 elsewhere; 4 does x y with 0 already; 5 does z w
    const Incidence offers = incidence(
        4, {{{0}, {1}}, {{0}, {1}}, {{0}, {1, 0.5F}}, {{0}, {1}}, {{0}, {1}}, {{2}, {3}}, {{2}, {3}}});
    const CsrGraph ties = CsrGraph::from_ties(
        7, std::vector<Tie>{{VertexId{0}, VertexId{4}}, {VertexId{6}, VertexId{0}}, {VertexId{6}, VertexId{2}}});
    const GroupLabels within = places({"here", "here", "here", "there", "here", "here", "here"});
    const MatchInput input{offers, nobody_seeks, ties, {}, {}};
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    const PoolingResult result = find_pools(input, model, &within);
    REQUIRE(result.pools.size() == 1);
    const Pool& pool = result.pools[0];
    CHECK(members(pool) == std::vector<std::size_t>{0, 1, 2});  // 1 with 0 before 4: the first of equals
    REQUIRE(pool.shared.size() == 2);
    CHECK(pool.shared[0].expertise == ExpertiseId{0});
    CHECK(pool.shared[0].weight == Approx(2.0 * model.weights()[ExpertiseId{0}]));
    CHECK(pool.shared[1].weight == Approx(1.5 * model.weights()[ExpertiseId{1}]));
    CHECK(pool.weight == Approx(pool.shared[0].weight + pool.shared[1].weight));
    CHECK(pool.carrier == VertexId{0});  // all offer all of it; 0 has most partners
    CHECK(pool.introducer == VertexId{6});
    CHECK(pool.introduced == 2);
    CHECK(within.name(pool.territory) == "here");

    SECTION("without territories 3 belongs to them") {
        CHECK(members(find_pools(input, model, nullptr).pools.at(0)) == std::vector<std::size_t>{0, 1, 2, 3});
    }
    SECTION("a territory too large is passed over, and said so") {
        const PoolingResult none = find_pools(input, model, &within, {.most_actors = 3});
        CHECK(none.pools.empty());
        CHECK(none.passed_over.size() == 1);
    }
    SECTION("pairs are pools where asked for") {
        CHECK(find_pools(input, model, &within, {.min_size = 2}).found == 2);
    }
}

TEST_CASE("find_pools: errors and empty networks", "[matching][pooling][degenerate]") {
    const Incidence offers = incidence(1, {{}, {}});
    const CsrGraph ties = CsrGraph::from_ties(2, std::vector<Tie>{});
    const MatchInput input{offers, nobody_seeks, ties, {}, {}};
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    CHECK(find_pools(input, model, nullptr).pools.empty());
    CHECK_THROWS_AS(find_pools(input, model, nullptr, {.min_size = 1}), OptionError);
    CHECK_THROWS_AS(find_pools(input, model, nullptr, {.min_similarity = 0.0}), OptionError);
    const GroupLabels wrong = places({"here"});
    CHECK_THROWS_AS(find_pools(input, model, &wrong), Error);
}

/// Complete linkage as it is told: all pairs of groups looked at before each join.
std::set<std::vector<std::size_t>> slow_pools(const MatchInput& input, const ExpertiseModel& model,
                                              const GroupLabels& within, const PoolingOptions& options) {
    std::set<std::vector<std::size_t>> result;
    for (std::size_t g = 0; g < within.group_count(); ++g) {
        std::vector<std::vector<std::size_t>> groups;
        for (const VertexId v : IdRange<VertexId>(input.offers.vertex_count())) {
            if (within.first(v) == id_at<GroupId>(g)) {
                groups.push_back({index_of(v)});
            }
        }
        const auto least = [&](const auto& p, const auto& q) {
            double worst = 2.0;
            for (const std::size_t a : p) {
                for (const std::size_t b : q) {
                    const auto x = id_at<VertexId>(a), y = id_at<VertexId>(b);
                    const double s = complementarity(model.masses(x, y)).similarity.value_or(0.0);
                    const bool can =
                        !input.ties.adjacent(x, y) && s >= options.min_similarity &&
                        matching::shared_count(input.offers.of(x), input.offers.of(y)) >= options.min_shared;
                    worst = std::min(worst, can ? s : -1.0);
                }
            }
            return worst;
        };
        while (true) {
            double best = 0.0;
            std::size_t at = 0, with = 0;
            for (std::size_t i = 0; i < groups.size(); ++i) {
                for (std::size_t j = i + 1; j < groups.size(); ++j) {
                    const double s = least(groups[i], groups[j]);
                    if (s > 0.0 && (best == 0.0 || compare_scores(s, best) > 0)) {
                        best = s;
                        at = i;
                        with = j;
                    }
                }
            }
            if (best == 0.0) {
                break;
            }
            groups[at].insert(groups[at].end(), groups[with].begin(), groups[with].end());
            std::sort(groups[at].begin(), groups[at].end());
            groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(with));
        }
        for (const auto& group : groups) {
            if (group.size() >= options.min_size) {
                result.insert(group);
            }
        }
    }
    return result;
}

TEST_CASE("find_pools: complete linkage, and its laws", "[matching][pooling][oracle][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 6 + rng.below(20);
    const Incidence offers = random_incidence(rng, n, 6, 5);
    const CsrGraph ties = random_graph(rng, n, 0.15);
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < n; ++i) {
        names.push_back(rng.below(3) == 0 ? "a" : "b");
    }
    const GroupLabels within = places(names);
    const MatchInput input{offers, nobody_seeks, ties, {}, {}};
    const ExpertiseModel model(offers, nobody_seeks, {}, nullptr, {});
    const PoolingOptions options{.min_shared = 1 + rng.below(2), .min_size = 2, .top = 100};
    const PoolingResult fast = find_pools(input, model, &within, options, {.threads = 2});
    std::set<std::vector<std::size_t>> found;
    for (const Pool& pool : fast.pools) {
        found.insert(members(pool));
        for (const PoolMember& a : pool.members) {
            CHECK(a.share <= 1.0);
            for (const PoolMember& b : pool.members) {
                CHECK_FALSE(ties.view().adjacent(a.vertex, b.vertex));
            }
        }
        CHECK(pool.similarity >= options.min_similarity);
    }
    CHECK(found == slow_pools(input, model, within, options));
}

}  // namespace
