#include "algorithms/community/leiden.hpp"

#include "engine/error.hpp"
#include "engine/sanitizer.hpp"

#include "algorithms/community/profile.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"
#include "tests/support/shared_networks.hpp"

#include <catch2/catch.hpp>

#include <numeric>

namespace maillage {
namespace {

// Views of temporaries are refused; these keep the graph alive for the call.
LeidenResult leiden(const CsrGraph& g, const LeidenOptions& options = {}) {
    return leiden(g.view(), options);
}

TEST_CASE("Leiden reaches the published optimum of the karate club exactly", "[community][golden]") {
    const LeidenResult r = leiden(testing::karate());
    CHECK(*r.kept().quality == 1277.0 / 3042.0);
    CHECK(r.partition() == Partition(testing::karate_optimum()));
    CHECK(r.kept().stop == LeidenRun::Stop::converged);
    CHECK(r.runs.size() == 10);
}

TEST_CASE("Leiden reaches igraph's values of the karate club at other resolutions", "[community][golden]") {
    CHECK(*leiden(testing::karate(), {.quality = {.resolution = 2.0}}).kept().quality ==
          Approx(.164529914530).margin(1e-12));
    CHECK(*leiden(testing::karate(), {.quality = {.resolution = 0.5}}).kept().quality ==
          Approx(.621794871795).margin(1e-12));
}

TEST_CASE("Leiden splits the karate club in halves at the resolution of igraph's example",
          "[community][golden]") {
    const LeidenResult r =
        leiden(testing::karate(), {.quality = {.objective = Objective::cpm, .resolution = 0.06}});
    CHECK(*r.kept().quality == Approx(.6494871795).margin(1e-10));
    CHECK(r.partition().community_count() == 2);
    CHECK(r.partition().size(CommunityId{0}) == 17);
}

TEST_CASE("Leiden reaches the best known modularity of classic networks", "[community][golden]") {
    struct Known {
        const char* file;
        double quality;
    };
    for (const auto& [file, best] : {Known{"dolphins.gml", .528519}, Known{"football.gml", .604570},
                                     Known{"polbooks.gml", .527237}, Known{"jazz.g", .445144}}) {
        const auto g = testing::shared_network(file);
        if (!g) {
            WARN("../shared/data/networks/" << file << " is absent: skipped");
            continue;
        }
        CAPTURE(file);
        CHECK(*leiden(*g).kept().quality == Approx(best).margin(1e-6));
    }
}

TEST_CASE("The best preset reaches the optimum of classic networks", "[community][golden]") {
    struct Known {
        const char* file;
        double quality;
        bool weighted;
    };
    for (const auto& [file, best, weighted] :
         {Known{"karate.gml", .419790, false}, Known{"dolphins.gml", .528519, false},
          Known{"football.gml", .604570, false}, Known{"polbooks.gml", .527237, false},
          Known{"lesmis.gml", .566688, true}, Known{"jazz.g", .445144, false},
          Known{"adjnoun.gml", .313367, false}, Known{"netscience.gml", .959900, false}}) {
        const auto g = testing::shared_network(file, weighted);
        if (!g) {
            WARN("../shared/data/networks/" << file << " is absent: skipped");
            continue;
        }
        CAPTURE(file);
        const LeidenResult r = maillage::leiden(*g, {.preset = Preset::best}, {.threads = 2});
        CHECK(*r.kept().quality == Approx(best).margin(1e-6));
    }
}

TEST_CASE("Classic networks have the same connected communities on any number of threads",
          "[community][property]") {
    const auto preset = GENERATE(Preset::fast, Preset::standard, Preset::best);
    for (const char* file : {"karate.gml", "dolphins.gml", "football.gml", "polbooks.gml", "lesmis.gml",
                             "jazz.g", "adjnoun.gml", "netscience.gml"}) {
        const auto g = testing::shared_network(file);
        if (!g) {
            WARN("../shared/data/networks/" << file << " is absent: skipped");
            continue;
        }
#if defined(MAILLAGE_WATCHED)
        if (preset == Preset::best && g->vertex_count() > 100) {
            continue;  // minutes under a sanitizer, and the same code as on the smaller ones
        }
#endif
        CAPTURE(file, static_cast<int>(preset));
        const LeidenOptions options{.preset = preset, .runs = 3};
        const LeidenResult one = maillage::leiden(*g, options, {.threads = 1});
        for (const std::uint32_t threads : {2U, 8U}) {
            CHECK(maillage::leiden(*g, options, {.threads = threads}).partition() == one.partition());
        }
        for (const LeidenRun& run : one.runs) {
            for (const CommunityProfile& c : profile(*g, run.partition).communities) {
                CHECK(c.connected);
            }
        }
    }
}

TEST_CASE("Leiden finds the cliques of a ring that the resolution can tell apart", "[community][unit]") {
    const LeidenResult r = leiden(testing::ring_of_cliques(8, 6));
    CHECK(r.partition().community_count() == 8);
    // constant Potts: no resolution limit, also with many cliques
    const LeidenResult many = leiden(testing::ring_of_cliques(60, 3),
                                     {.quality = {.objective = Objective::cpm, .resolution = 0.5}});
    CHECK(many.partition().community_count() == 60);
}

TEST_CASE("Isolated vertices are communities of their own", "[community][unit][degenerate]") {
    const CsrGraph g = testing::graph_of(6, {{0, 1}, {1, 2}, {0, 2}});
    const LeidenResult r = leiden(g);
    CHECK(r.partition().community_count() == 4);
    CHECK(r.partition().size(CommunityId{0}) == 3);
}

TEST_CASE("A graph without ties has single communities, no quality and a reason",
          "[community][unit][degenerate]") {
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{5}}) {
        const LeidenResult r = leiden(testing::empty_graph(n));
        CHECK(r.partition().community_count() == n);
        CHECK_FALSE(r.kept().quality);
        CHECK(r.why == "no_edges");
    }
}

TEST_CASE("The gains of the iterations add up to the quality", "[community][unit]") {
    const CsrGraph g = testing::karate();
    const LeidenResult r = leiden(g, {.runs = 3});
    std::vector<std::uint32_t> single(34);
    std::iota(single.begin(), single.end(), 0U);
    const double alone = *quality(g, Partition(single)).value;
    for (const LeidenRun& run : r.runs) {
        CHECK(std::accumulate(run.gains.begin(), run.gains.end(), alone) ==
              Approx(*run.quality).margin(1e-12));
        CHECK(run.gains.back() <= 1e-7);
    }
}

TEST_CASE("Leiden says that it stopped before it was done", "[community][unit]") {
    const LeidenResult r = leiden(testing::karate(), {.runs = 1, .max_iterations = 1});
    CHECK(r.kept().stop == LeidenRun::Stop::max_iterations);
    CHECK(r.kept().gains.size() == 1);
}

TEST_CASE("Leiden refuses options out of range and names them", "[community][unit]") {
    const auto field = [](const LeidenOptions& options) -> std::string {
        try {
            validate(options);
        } catch (const OptionError& error) {
            return error.field();
        }
        return "";
    };
    CHECK(field({}).empty());
    CHECK(field({.runs = 1001}) == "runs");
    CHECK(field({.randomness = 0.0}) == "randomness");
    CHECK(field({.moved_share = 1.5}) == "moved-share");
    CHECK(field({.min_gain = -1.0}) == "min-gain");
    CHECK(field({.quality = {.resolution = 0.0}}) == "resolution");
}

TEST_CASE("Leiden finds 50 planted groups among 20,000 vertices", "[community][unit][slow]") {
    Rng rng(5);
    const CsrGraph g = testing::planted_graph(rng, 20'000, 50, 200'000, 0.8);
    const LeidenResult r = leiden(g, {.runs = 1});
    REQUIRE(r.partition().community_count() == 50);
    std::vector<std::uint32_t> planted(20'000);
    for (std::uint32_t v = 0; v < planted.size(); ++v) {
        planted[v] = v % 50;
    }
    CHECK(*r.kept().quality >= *quality(g, Partition(planted)).value - 1e-9);
    for (const CommunityProfile& c : profile(g, r.partition()).communities) {
        CHECK(c.connected);
    }
}

}  // namespace
}  // namespace maillage
