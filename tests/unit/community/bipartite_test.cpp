#include "algorithms/community/bipartite.hpp"

#include "engine/error.hpp"
#include "engine/projection.hpp"
#include "engine/random.hpp"

#include "algorithms/community/communities.hpp"

#include "io/read_dataset.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

namespace maillage {
namespace {

Incidence random_offers(Rng& rng, std::uint32_t vertices, std::uint32_t expertises, double share) {
    std::vector<Incident> links;
    for (std::uint32_t v = 0; v < vertices; ++v) {
        for (std::uint32_t x = 0; x < expertises; ++x) {
            if (rng.uniform01() < share) {
                links.push_back({id_at<VertexId>(v), id_at<ExpertiseId>(x)});
            }
        }
    }
    return {vertices, expertises, std::move(links)};
}

/// Nodes that can be reached by links without leaving the community, against its size.
bool all_connected(const Incidence& offers, const BipartitePartition& p) {
    const std::size_t n = offers.vertex_count() + offers.expertise_count();
    std::vector<std::uint32_t> part(n);
    std::iota(part.begin(), part.end(), 0U);
    for (bool changed = true; changed;) {
        changed = false;
        for (const VertexId v : IdRange<VertexId>(offers.vertex_count())) {
            for (const auto& link : offers.of(v)) {
                const std::size_t x = offers.vertex_count() + index_of(link.expertise);
                if (p.of(v) == p.of(link.expertise) && part[x] != part[index_of(v)]) {
                    part[x] = part[index_of(v)] = std::min(part[x], part[index_of(v)]);
                    changed = true;
                }
            }
        }
    }
    std::sort(part.begin(), part.end());
    const auto parts = std::unique(part.begin(), part.end()) - part.begin();
    return static_cast<std::size_t>(parts) == p.nodes().community_count();
}

TEST_CASE("Barber's modularity is the double sum of its definition", "[community][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const Incidence offers = random_offers(rng, 8, 6, 0.4);
    std::vector<std::uint32_t> label(14);
    for (std::uint32_t& l : label) {
        l = rng.below(4);
    }
    const BipartitePartition p(8, Partition(label));
    const auto m = static_cast<double>(offers.size());
    double sum = 0.0;
    for (const VertexId v : IdRange<VertexId>(8)) {
        for (const ExpertiseId x : IdRange<ExpertiseId>(6)) {
            if (p.of(v) == p.of(x)) {
                const auto has = std::any_of(offers.of(v).begin(), offers.of(v).end(),
                                             [x](const auto& link) { return link.expertise == x; });
                sum += (has ? 1.0 : 0.0) - static_cast<double>(offers.of(v).size() * offers.of(x).size()) / m;
            }
        }
    }
    const BipartiteQuality q = barber_modularity(offers, p);
    CHECK(*q.value == Approx(sum / m).margin(1e-12));
    CHECK(std::accumulate(q.contributions.begin(), q.contributions.end(), 0.0) ==
          Approx(*q.value).margin(1e-12));
}

TEST_CASE("Southern Women fall into the four communities known from the literature", "[community][golden]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{6}));
    CAPTURE(seed);
    const auto read = io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/southern-women");
    const Network& network = read.network;
    const Projection projection = project(network);
    const BipartiteResult r = bipartite_communities(projection.offers, {.seed = seed});
    CHECK(*r.kept().quality == 2737.0 / 7921.0);
    std::map<CommunityId, std::string> members;
    for (const VertexId v : IdRange<VertexId>(projection.offers.vertex_count())) {
        members[r.partition().of(v)] += std::string(network.id(projection.actor(v))) + " ";
    }
    for (const ExpertiseId x : IdRange<ExpertiseId>(projection.offers.expertise_count())) {
        members[r.partition().of(x)] += std::string(network.id(x)) + " ";
    }
    std::vector<std::string> found;
    for (const auto& [community, names] : members) {
        found.push_back(names);
    }
    std::sort(found.begin(), found.end());
    CHECK(found ==
          std::vector<std::string>{"brenda charlotte evelyn frances laura theresa E01 E02 E03 E04 E05 E06 ",
                                   "dorothy flora olivia pearl E09 E11 ", "eleanor ruth verne E07 E08 ",
                                   "helen katherina myra nora sylvia E10 E12 E13 E14 "});
}

TEST_CASE("Bipartite communities are connected and the same on any number of threads",
          "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const Incidence offers = random_offers(rng, 1 + rng.below(30), 1 + rng.below(20), 0.12);
    const BipartiteOptions options{.resolution = 0.5 + rng.uniform01(), .runs = 4, .seed = seed};
    const BipartiteResult one = bipartite_communities(offers, options);
    CHECK(one.partition() == bipartite_communities(offers, options, {.threads = 3}).partition());
    for (const BipartiteRun& run : one.runs) {
        CHECK(all_connected(offers, run.partition));
        CHECK(run.quality == barber_modularity(offers, run.partition, options.resolution).value);
        if (run.quality) {
            CHECK(std::accumulate(run.gains.begin(), run.gains.end(), 0.0) ==
                  Approx(*run.quality).margin(1e-9));
        }
    }
}

TEST_CASE("Communities by Barber tell actors and expertises apart", "[community][golden]") {
    const auto read = io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/southern-women");
    const Projection projection = project(read.network);
    CommunitiesOptions options;
    options.method = Method::barber;
    const CommunitiesResult r = find_communities(projection.graph, projection.offers, options);
    CHECK(*r.quality.value == 2737.0 / 7921.0);
    CHECK(std::accumulate(r.quality.contributions.begin(), r.quality.contributions.end(), 0.0) ==
          Approx(*r.quality.value).margin(1e-12));
    REQUIRE(r.two_mode);
    CHECK(r.two_mode->held == 14);
    CHECK(r.two_mode->links == 89);
    CHECK(r.two_mode->alone.empty());
    REQUIRE(r.partition().community_count() == 4);
    std::size_t inside = 0;
    for (const CommunityId c : r.partition().ids()) {
        const CommunityProfile& profile = r.profile.communities[index_of(c)];
        const std::size_t expertises = r.two_mode->expertises[index_of(c)].size();
        CHECK(profile.connected);
        CHECK(profile.size == r.partition().size(c));
        CHECK(*profile.density == Approx(static_cast<double>(profile.internal_ties) /
                                         static_cast<double>(profile.size * expertises)));
        inside += profile.internal_ties;
    }
    CHECK(*r.profile.coverage == Approx(static_cast<double>(inside) / 89.0));
    // {Eleanor, Ruth, Verne} hold E7 and E8: listed by the number of members that hold them
    const CommunityId smallest{3};
    REQUIRE(r.two_mode->expertises[index_of(smallest)].size() == 2);
    CHECK(r.stability.confidence.size() == 18);
    CHECK(r.names.size() == 4);
}

TEST_CASE("Communities by Barber keep those without expertise and expertises without holder",
          "[community][unit][degenerate]") {
    // 0 and 1 share expertise 0, 2 and 3 expertise 2; 4 has none; nobody has expertise 1
    const Incidence offers(5, 3,
                           {{VertexId{0}, ExpertiseId{0}},
                            {VertexId{1}, ExpertiseId{0}},
                            {VertexId{2}, ExpertiseId{2}},
                            {VertexId{3}, ExpertiseId{2}}});
    const CsrGraph no_ties = CsrGraph::from_ties(5, {});
    CommunitiesOptions options;
    options.method = Method::barber;
    const CommunitiesResult r = find_communities(no_ties, offers, options);
    REQUIRE(r.partition().community_count() == 3);
    CHECK(r.two_mode->expertises ==
          std::vector<std::vector<ExpertiseId>>{{ExpertiseId{0}}, {ExpertiseId{2}}, {}});
    CHECK(r.two_mode->alone == std::vector<ExpertiseId>{ExpertiseId{1}});
    CHECK(r.profile.communities[2].isolate);
    CHECK_FALSE(r.profile.communities[2].density);
    CHECK(*r.profile.communities[0].density == 1.0);
    CHECK(*r.profile.communities[0].conductance == 0.0);
    const CommunitiesResult nothing = find_communities(no_ties, Incidence(5, 1, {}), options);
    CHECK(nothing.quality.why == "no_edges");
    CHECK_FALSE(nothing.kept_quality());
    CHECK(nothing.partition().community_count() == 5);
}

TEST_CASE("A preset says how much work Infomap and Barber do", "[community][unit]") {
    const auto read = io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/southern-women");
    const Projection projection = project(read.network);
    const auto method = GENERATE(Method::infomap, Method::barber);
    CommunitiesOptions options;
    options.method = method;
    options.leiden.preset = Preset::fast;
    const CommunitiesResult fast = find_communities(projection.graph, projection.offers, options);
    for (const LeidenRun& run : fast.leiden.runs) {
        CHECK(run.gains.size() <= 1);
    }
    options.leiden.preset = Preset::best;
    const CommunitiesResult best = find_communities(projection.graph, projection.offers, options);
    CHECK(best.leiden.runs.size() == 100);
    CHECK(best.options.leiden.preset == Preset::best);
}

TEST_CASE("Bipartite communities of nobody and of nothing", "[community][unit][degenerate]") {
    const BipartiteResult none_at_all = bipartite_communities(Incidence());
    CHECK(none_at_all.partition().nodes().community_count() == 0);
    CHECK_FALSE(none_at_all.kept().quality);
    const Incidence lonely(2, 3, {});
    const BipartiteResult r = bipartite_communities(lonely);
    CHECK(r.partition().nodes().community_count() == 5);
    CHECK(barber_modularity(lonely, r.partition()).why == "no_edges");
    const Incidence one_link(1, 1, {{VertexId{0}, ExpertiseId{0}}});
    CHECK(*bipartite_communities(one_link).kept().quality == 0.0);
}

TEST_CASE("Bipartite communities refuse options out of range", "[community][unit]") {
    CHECK_THROWS_AS(validate(BipartiteOptions{.resolution = 0.0}), OptionError);
    CHECK_THROWS_AS(validate(BipartiteOptions{.runs = 1001}), OptionError);
    CHECK_THROWS_AS(validate(BipartiteOptions{.max_iterations = 0}), OptionError);
    CHECK_THROWS_AS(barber_modularity(Incidence(2, 2, {}), BipartitePartition()), Error);
}

}  // namespace
}  // namespace maillage
