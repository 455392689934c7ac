#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/local_indices.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "tests/support/recommend_cases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <vector>

/// The search against the definition: every pair scored from matrices, without anything of the search.
namespace {

using namespace maillage;
using maillage::testing::random_case;
using maillage::testing::RecommendCase;

VertexId v(std::size_t i) {
    return id_at<VertexId>(i);
}

double slow_ra(GraphView g, std::size_t x, std::size_t y) {
    double sum = 0.0;
    for (std::size_t z = 0; z < g.vertex_count(); ++z) {
        if (z != x && z != y) {
            const double w = g.weight_between(v(x), v(z)) * g.weight_between(v(z), v(y));
            sum += w > 0.0 ? w / g.strength(v(z)) : 0.0;
        }
    }
    return sum;
}

double slow_l3(GraphView g, std::size_t x, std::size_t y) {
    double sum = 0.0;
    for (std::size_t a = 0; a < g.vertex_count(); ++a) {
        for (std::size_t b = 0; b < g.vertex_count(); ++b) {
            const bool distinct = a != b && a != x && a != y && b != x && b != y;
            const double w = distinct ? g.weight_between(v(x), v(a)) * g.weight_between(v(a), v(b)) *
                                            g.weight_between(v(b), v(y))
                                      : 0.0;
            sum += w > 0.0 ? w / std::sqrt(g.strength(v(a)) * g.strength(v(b))) : 0.0;
        }
    }
    return sum;
}

double slow_crossing(const RecommendCase& c, std::size_t x, std::size_t y) {
    double known = 0.0;
    double crossed = 0.0;
    for (const GroupLabels& labels : c.groupings) {
        const std::set<GroupId> a(labels.of(v(x)).begin(), labels.of(v(x)).end());
        const std::set<GroupId> b(labels.of(v(y)).begin(), labels.of(v(y)).end());
        std::vector<GroupId> both;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        if (!a.empty() && !b.empty()) {
            known += 1.0;
            crossed += both.empty() ? 1.0 : 0.0;
        }
    }
    return known > 0.0 ? crossed / known : 0.0;
}

struct SlowScore {
    double all = 0.0;
    double evidence = 0.0;
    bool in_touch = false;  ///< within three ties, sharing an expertise or meeting a need
};

SlowScore slow_score(const RecommendCase& c, const ExpertiseWeights& weights, std::size_t x, std::size_t y) {
    const double ra = slow_ra(c.ties, x, y);
    const double l3_value = slow_l3(c.ties, x, y);
    const PairMasses masses =
        pair_masses(profile(c.offers, c.seeks, v(x)), profile(c.offers, c.seeks, v(y)), weights);
    const Complementarity expertise = complementarity(masses);
    const ScoreOptions o;
    SlowScore score;
    score.evidence = 0.25 * ra / (ra + o.half_scale) + 0.25 * l3_value / (l3_value + o.half_scale) +
                     0.3 * expertise.score.value_or(0.0) + 0.1 * expertise.similarity.value_or(0.0);
    score.all = score.evidence + 0.1 * slow_crossing(c, x, y);
    score.in_touch =
        ra > 0.0 || l3_value > 0.0 || masses.shared > 0.0 || masses.met_a > 0.0 || masses.met_b > 0.0;
    return score;
}

TEST_CASE("recommend agrees with the definition", "[recommend][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{41}));
    CAPTURE(seed);
    Rng rng(seed);
    const RecommendCase c = random_case(rng, 2 + rng.below(40));
    const PairModel model(c.input());
    RecommendOptions options;
    options.top = 1 + rng.below(8);
    const RecommendResult result = recommend(model, options);
    CHECK(result.exact());
    const ExpertiseWeights weights = idf_weights(c.offers, c.in_scope);
    std::size_t next = 0;
    for (std::size_t x = 0; x < c.in_scope.size(); ++x) {
        if (c.in_scope[x] == 0) {
            continue;
        }
        CAPTURE(x);
        REQUIRE(next < result.actors.size());
        const ActorRecommendations& actor = result.actors[next++];
        REQUIRE(actor.actor == v(x));
        struct Slow {
            double key;
            std::size_t y;
        };
        std::vector<Slow> all;
        std::size_t candidates = 0;
        for (std::size_t y = 0; y < c.in_scope.size(); ++y) {
            if (y == x || c.in_scope[y] == 0 || c.links.view().adjacent(v(x), v(y))) {
                continue;
            }
            const SlowScore slow = slow_score(c, weights, x, y);
            candidates += slow.in_touch ? 1U : 0U;
            if (slow.in_touch && slow.evidence >= least_evidence) {
                all.push_back({slow.all, y});
            }
        }
        std::sort(all.begin(), all.end(), [](const Slow& a, const Slow& b) {
            return score_key(a.key) != score_key(b.key) ? a.key > b.key : a.y < b.y;
        });
        CHECK(actor.reach.candidates == candidates);
        REQUIRE(actor.partners.size() == std::min<std::size_t>(options.top, all.size()));
        for (std::size_t i = 0; i < actor.partners.size(); ++i) {
            CAPTURE(i);
            CHECK(actor.partners[i].score == Approx(all[i].key).epsilon(1e-12));
            CHECK(actor.partners[i].partner == v(all[i].y));
        }
        CHECK(actor.partners.empty() == (actor.reason != NoRecommendation::found));
    }
    CHECK(next == result.actors.size());
}

TEST_CASE("indices from one source agree with those of pairs", "[recommend][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{21}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t n = 2 + rng.below(25);
    const CsrGraph graph = maillage::testing::random_weighted_graph(rng, n, 0.2);
    const GraphView g = graph;
    const VertexId x = v(rng.below(n));
    for (const LocalIndex index : all_local_indices) {
        CAPTURE(to_code(index));
        const auto row = local_index_from(g, index, x);
        for (const VertexId y : g.vertices()) {
            if (y != x) {
                CHECK(row[index_of(y)] == Approx(local_index(g, index, x, y)).margin(1e-12));
            }
        }
    }
    const auto row = l3_from(g, x, PathWeight::product);
    for (const VertexId y : g.vertices()) {
        if (y != x) {
            CHECK(row[index_of(y)] == Approx(slow_l3(g, index_of(x), index_of(y))).margin(1e-12));
            CHECK(resource_allocation(g, x, y, PathWeight::product) ==
                  Approx(slow_ra(g, index_of(x), index_of(y))).margin(1e-12));
        }
    }
}

}  // namespace
