#include "algorithms/community/communities.hpp"
#include "algorithms/community/compare.hpp"
#include "algorithms/community/moves.hpp"
#include "algorithms/community/refine.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <numeric>

namespace maillage {
namespace {

using testing::random_labels;
using testing::random_weighted_graph;

QualityOptions options_of(std::uint64_t seed) {
    const bool modularity = seed % 2 == 0;
    return {modularity ? Objective::modularity : Objective::cpm,
            modularity ? 1.0 + 0.1 * static_cast<double>(seed % 5) : 0.3};
}

std::vector<std::uint32_t> labels_of(const Partition& partition) {
    std::vector<std::uint32_t> label;
    for (const CommunityId c : partition.communities()) {
        label.push_back(static_cast<std::uint32_t>(c));
    }
    return label;
}

TEST_CASE("A move changes the value by the gain it promised, at every level", "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(30);
    const CsrGraph g = random_weighted_graph(rng, n, 0.3);
    const LevelGraph first = level_of(g, options_of(seed));
    std::vector<std::uint32_t> merging = random_labels(rng, n, 1 + n / 2);
    const std::size_t nodes = renumber(merging);
    Team team(1);
    const LevelGraph second = merge(first, merging, nodes, team);
    for (const LevelGraph* level : {&first, &second}) {
        const auto size = static_cast<std::uint32_t>(level->size());
        Moves moves(*level, random_labels(rng, size, size));
        for (int i = 0; i < 20; ++i) {
            const std::uint32_t v = rng.below(size);
            const std::uint32_t c = rng.below(size);
            const double before = moves.value();
            const double promised = moves.gain(v, c);
            moves.move(v, c);
            CHECK(moves.value() - before == Approx(promised).margin(1e-9));
            CHECK(moves.community(v) == c);
        }
        const Partition before(moves.communities());
        const double value = moves.value();
        moves.compact();
        CHECK(Partition(moves.communities()) == before);
        CHECK(moves.value() == Approx(value).margin(1e-9));
        for (std::uint32_t c = 0; c < size; ++c) {
            CHECK((moves.members(c) > 0) == (c < moves.count()));
        }
        if (moves.count() < size) {
            CHECK(moves.members(moves.empty_community()) == 0);
            const double promised = moves.gain(0, moves.empty_community());
            moves.move(0, moves.empty_community());
            CHECK(moves.value() - value == Approx(promised).margin(1e-9));
        }
    }
}

TEST_CASE("Local moving never loses, and once it changes nothing no single move gains",
          "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(40);
    const CsrGraph g = random_weighted_graph(rng, n, 0.2);
    const LevelGraph level = level_of(g, options_of(seed));
    Moves moves(level, random_labels(rng, n, n));
    Team team(1);
    // a node that leaves makes its community lighter for nodes that are not its neighbours: only a call that
    // looks at all of them again can say that none moves
    for (bool moved = true; moved;) {
        const std::vector<std::uint32_t> before = moves.communities();
        const double value = moves.value();
        move_nodes(moves, rng.fork(1), {}, team);
        CHECK(moves.value() >= value - 1e-9);
        moved = moves.communities() != before;
    }
    for (const VertexId v : g.view().vertices()) {
        for (const VertexId other : g.view().neighbours(v)) {
            CHECK(moves.gain(index_of(v), moves.community(index_of(other))) <= 1e-9);
        }
    }
}

TEST_CASE("The value of moves over m is the quality, and merging keeps it", "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 4 + rng.below(30);
    const CsrGraph g = random_weighted_graph(rng, n, 0.4);
    if (g.edge_count() == 0) {
        return;
    }
    const QualityOptions options = options_of(seed);
    const LevelGraph level = level_of(g, options);
    std::vector<std::uint32_t> label = random_labels(rng, n, 4);
    const double direct = *quality(g, Partition(label), options).value;
    CHECK(Moves(level, label).value() / level.total_weight == Approx(direct).margin(1e-12));
    const std::size_t blocks = renumber(label);
    Team team(1);
    const LevelGraph merged = merge(level, label, blocks, team);
    CHECK(merged.value() / level.total_weight == Approx(direct).margin(1e-12));
    std::vector<std::uint32_t> single(blocks);
    std::iota(single.begin(), single.end(), 0U);
    CHECK(Moves(merged, single).value() / level.total_weight == Approx(direct).margin(1e-12));
}

TEST_CASE("Refined parts are connected and lie inside communities", "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(40);
    const CsrGraph g = random_weighted_graph(rng, n, 0.15);
    const LevelGraph level = level_of(g, options_of(seed));
    const Moves moves(level, random_labels(rng, n, 3));
    Team team(2);
    for (const Parts& parts : {refine(moves, 0.01, rng.fork(1), team), connected_parts(moves)}) {
        const std::vector<std::uint32_t>& part = parts.label;
        std::map<std::uint32_t, std::uint32_t> community_of;
        for (std::uint32_t v = 0; v < n; ++v) {
            CHECK(community_of.emplace(part[v], moves.community(v)).first->second == moves.community(v));
        }
        for (const CommunityProfile& c : profile(g, Partition(part)).communities) {
            CHECK(c.connected);
        }
    }
}

TEST_CASE(
    "Leiden's communities are connected, no single move improves them, and the quality is the definition's",
    "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{61}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = random_weighted_graph(rng, 1 + rng.below(60), 0.02 + 0.2 * rng.uniform01());
    const LeidenOptions options{.quality = options_of(seed), .runs = 3, .seed = seed};
    const LeidenResult r = leiden(g, options);
    const LevelGraph level = level_of(g, options.quality);
    for (const LeidenRun& run : r.runs) {
        REQUIRE(run.stop == LeidenRun::Stop::converged);
        CHECK(run.partition.vertex_count() == g.vertex_count());
        for (const CommunityProfile& c : profile(g, run.partition).communities) {
            CHECK(c.connected);
        }
        CHECK(run.quality == quality(g, run.partition, options.quality).value);
        for (const double gain : run.gains) {
            CHECK((gain >= -1e-9 || run.combined));
        }
        const Moves moves(level, labels_of(run.partition));
        for (const VertexId v : g.view().vertices()) {
            for (std::uint32_t c = 0; c < level.size(); ++c) {
                CHECK(moves.gain(index_of(v), c) <= 1e-9);  // no single move improves
            }
        }
    }
}

TEST_CASE("Leiden is at least as good as the components and as anything planted", "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{11}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = testing::planted_graph(rng, 120, 4, 600, 0.85);
    std::vector<std::uint32_t> planted(120);
    for (std::uint32_t v = 0; v < 120; ++v) {
        planted[v] = v % 4;
    }
    CHECK(*leiden(g).kept().quality >= *quality(g, Partition(planted)).value - 1e-12);
}

TEST_CASE("Communities do not depend on the number of threads", "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{6}));
    Rng rng(seed);
    const CsrGraph g = random_weighted_graph(rng, 80, 0.08);
    const Incidence offers(80, 0, {});
    const CommunitiesResult one = find_communities(g, offers, {}, {.threads = 1});
    const CommunitiesResult four = find_communities(g, offers, {}, {.threads = 4});
    CHECK(one.partition() == four.partition());
    CHECK(one.leiden.best == four.leiden.best);
    CHECK(one.stability.mean_ami == four.stability.mean_ami);
    CHECK(one.stability.confidence == four.stability.confidence);
}

TEST_CASE("Modularity does not depend on a common factor of the weights, nor Leiden's choice",
          "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{11}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = random_weighted_graph(rng, 40, 0.15);
    std::vector<Tie> ties;
    for (const VertexId v : g.view().vertices()) {
        for (std::size_t i = 0; i < g.view().degree(v); ++i) {
            if (v < g.view().neighbours(v)[i]) {
                ties.push_back({v, g.view().neighbours(v)[i], 4.0 * g.view().weights(v)[i]});
            }
        }
    }
    const CsrGraph larger = CsrGraph::from_ties(40, ties);
    const LeidenResult a = leiden(g);
    const LeidenResult b = leiden(larger);
    CHECK(a.partition() == b.partition());
    CHECK(*a.kept().quality == Approx(*b.kept().quality));
}

TEST_CASE("Comparing is symmetric, blind to names, and 0 on average for independent divisions",
          "[community][property]") {
    Rng rng(3);
    double sum = 0.0;
    for (int i = 0; i < 200; ++i) {
        const Partition p(random_labels(rng, 60, 4));
        const Partition q(random_labels(rng, 60, 5));
        const PartitionComparison pq = compare(p, q);
        CHECK(pq.adjusted_mutual_information.arithmetic ==
              Approx(compare(q, p).adjusted_mutual_information.arithmetic).margin(1e-12));
        CHECK(pq.variation_of_information >= 0.0);
        CHECK(pq.rand <= 1.0);
        sum += pq.adjusted_mutual_information.arithmetic;
    }
    CHECK(sum / 200 == Approx(0.0).margin(0.02));
}

TEST_CASE("A graph of many vertices has the same communities on any number of threads, with every preset",
          "[community][property][parallel]") {
    const auto preset = GENERATE(Preset::fast, Preset::standard);
    Rng rng(7);
    // above the size from which local moving works in batches
    const CsrGraph g = testing::planted_graph(rng, 20'000, 60, 160'000, 0.8);
    const LeidenOptions options{.preset = preset, .runs = 1};
    const LeidenResult one = leiden(g, options, {.threads = 1});
    for (const std::uint32_t threads : {2U, 3U, 8U}) {
        const LeidenResult many = leiden(g, options, {.threads = threads});
        CHECK(many.partition() == one.partition());
        CHECK(many.kept().gains == one.kept().gains);
    }
    for (const CommunityProfile& c : profile(g, one.partition()).communities) {
        CHECK(c.connected);
    }
    std::vector<std::uint32_t> planted(20'000);
    for (std::uint32_t v = 0; v < planted.size(); ++v) {
        planted[v] = v % 60;
    }
    CHECK(compare(one.partition(), Partition(planted)).adjusted_mutual_information.arithmetic > 0.9);
}

TEST_CASE("The best preset is at least as good as its runs and says when it combined them",
          "[community][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{3}));
    CAPTURE(seed);
    Rng rng(seed);
    const CsrGraph g = random_weighted_graph(rng, 40, 0.15);
    const LeidenOptions options{.quality = options_of(seed), .preset = Preset::best, .runs = 4, .seed = seed};
    const LeidenResult one = leiden(g, options);
    const LeidenResult two = leiden(g, options, {.threads = 2});
    CHECK(one.partition() == two.partition());
    REQUIRE(one.runs.size() >= 4);
    for (std::size_t run = 0; run < one.runs.size(); ++run) {
        CHECK(*one.runs[run].quality <= *one.kept().quality + 1e-12);
        CHECK(one.runs[run].combined == (run >= 4));
        CHECK(one.runs[run].quality == quality(g, one.runs[run].partition, options.quality).value);
    }
}

}  // namespace
}  // namespace maillage
