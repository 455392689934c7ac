#include "algorithms/matching/taxonomy.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace {

using namespace maillage;
using maillage::testing::incidence;
using maillage::testing::random_graph;
using maillage::testing::random_incidence;

constexpr ExpertiseId root = none<ExpertiseId>;

ExpertiseId x(std::uint32_t i) {
    return ExpertiseId{i};
}

///        0            6
///      /   \          |
///     1     4         7
///    / \    |
///   2   3   5
Taxonomy two_trees() {
    return Taxonomy({root, x(0), x(1), x(1), x(0), x(4), root, x(6)});
}

TEST_CASE("Taxonomy: depths, ancestors, subtrees", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    CHECK(t.depth(x(0)) == 1);
    CHECK(t.depth(x(5)) == 3);
    CHECK_FALSE(t.flat());
    CHECK(t.common_ancestor(x(2), x(3)) == x(1));
    CHECK(t.common_ancestor(x(2), x(5)) == x(0));
    CHECK(t.common_ancestor(x(1), x(2)) == x(1));
    CHECK_FALSE(t.common_ancestor(x(2), x(7)).has_value());
    CHECK(t.within(x(3), x(1)));
    CHECK_FALSE(t.within(x(1), x(3)));
    CHECK_FALSE(t.within(x(4), x(1)));
    CHECK(t.ancestor_at(x(5), 2) == x(4));
    CHECK(t.ancestor_at(x(0), 2) == x(0));
    std::vector<ExpertiseId> below(t.subtree(x(1)).begin(), t.subtree(x(1)).end());
    CHECK(below.front() == x(1));
    std::sort(below.begin(), below.end());
    CHECK(below == std::vector<ExpertiseId>{x(1), x(2), x(3)});
    CHECK(Taxonomy(std::vector<ExpertiseId>{root, root}).flat());
    CHECK_THROWS_AS(Taxonomy({x(1), x(0)}), Error);
    CHECK_THROWS_AS(Taxonomy({x(7)}), Error);
}

TEST_CASE("wu_palmer: by hand", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    CHECK(wu_palmer(t, x(2), x(2)) == 1.0);
    CHECK(wu_palmer(t, x(2), x(3)) == Approx(2.0 * 2 / 6));
    CHECK(wu_palmer(t, x(2), x(5)) == Approx(2.0 * 1 / 6));
    CHECK(wu_palmer(t, x(1), x(2)) == Approx(2.0 * 2 / 5));
    CHECK(wu_palmer(t, x(2), x(7)) == 0.0);
}

TEST_CASE("lin: by hand, from who holds what", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    //  8 assignments: 2 three times, 3 once, 5 twice, 7 twice
    const Incidence offers = incidence(8, {{{2}, {3}}, {{2}, {5}}, {{2}, {7}}, {{5}, {7}}});
    const auto content = information_content(t, offers);
    CHECK(*content[2] == Approx(std::log(8.0 / 3.0)));
    CHECK(*content[1] == Approx(std::log(8.0 / 4.0)));
    CHECK(*content[0] == Approx(std::log(8.0 / 6.0)));
    CHECK(*lin(t, content, x(2), x(3)) ==
          Approx(2.0 * std::log(2.0) / (std::log(8.0 / 3.0) + std::log(8.0))));
    CHECK(*lin(t, content, x(2), x(2)) == 1.0);
    CHECK(*lin(t, content, x(2), x(7)) == 0.0);

    SECTION("an expertise that nobody holds has no content, nor a similarity") {
        const auto few = information_content(t, incidence(8, {{{2}}, {{3}}}));
        CHECK_FALSE(few[5].has_value());
        CHECK_FALSE(lin(t, few, x(2), x(5)).has_value());
        // all assignments lie below 1 and 0: their content is 0, and so Lin between the two is undefined
        CHECK(*few[0] == 0.0);
        CHECK_FALSE(lin(t, few, x(0), x(1)).has_value());
    }
}

TEST_CASE("best_match_average and near_not_same: by hand", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    const std::vector<ExpertiseId> a = {x(2), x(7)};
    const std::vector<ExpertiseId> b = {x(2), x(3), x(5)};
    // 2: 1, 7: 0; 2: 1, 3: 2/3 to 2, 5: 1/3 to 2
    CHECK(*best_match_average(t, a, b) == Approx((1.0 + 0.0 + 1.0 + 2.0 / 3.0 + 1.0 / 3.0) / 5.0));
    // only 3 and 5 are near (tree of 0), 7 is not; four are held by either
    CHECK(*near_not_same(t, a, b) == Approx(2.0 / 4.0));
    // one level down 5 lies below 4 and a reaches 1 only
    CHECK(*near_not_same(t, a, b, 2) == Approx(1.0 / 4.0));
    CHECK(*near_not_same(t, a, a) == 0.0);
    CHECK_FALSE(near_not_same(t, {}, {}).has_value());
    CHECK_FALSE(best_match_average(t, a, {}).has_value());
}

TEST_CASE("close_upwards: fields have the highest level below them", "[matching][taxonomy][unit]") {
    const Incidence closed = close_upwards(two_trees(), incidence(8, {{{1, 0.25F}, {2, 0.5F}, {7}}}));
    std::map<std::size_t, float> levels;
    for (const auto& held : closed.of(VertexId{0})) {
        levels[index_of(held.expertise)] = held.level;
    }
    CHECK(levels == std::map<std::size_t, float>{{0, 0.5F}, {1, 0.5F}, {2, 0.5F}, {6, 1.0F}, {7, 1.0F}});
}

TEST_CASE("ExpertiseModel: single expertises give Lin and Wu-Palmer as Dice of the sums",
          "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    const Incidence offers = incidence(8, {{{2}}, {{3}}, {{5}}, {{7}}, {{1}}});
    const Incidence nobody;
    for (const TaxonomyMeasure measure : {TaxonomyMeasure::lin, TaxonomyMeasure::wu_palmer}) {
        const ExpertiseModel model(offers, nobody, {}, &t, {.measure = measure});
        for (const VertexId a : IdRange<VertexId>(5)) {
            for (const VertexId b : IdRange<VertexId>(5)) {
                const PairMasses m = model.masses(a, b);
                const ExpertiseId of_a = offers.of(a).front().expertise;
                const ExpertiseId of_b = offers.of(b).front().expertise;
                CHECK(2.0 * m.shared / (m.a + m.b) == Approx(model.similarity(of_a, of_b)).margin(1e-12));
                if (measure == TaxonomyMeasure::wu_palmer) {
                    CHECK(model.similarity(of_a, of_b) == Approx(wu_palmer(t, of_a, of_b)));
                }
            }
        }
        if (measure == TaxonomyMeasure::lin) {  // N = 5; below 1: 3 holders, below 0: 4
            CHECK(model.weights()[x(1)] == Approx(std::log(6.0 / 4.0) + 1.0));
            CHECK(model.place_weights()[x(1)] == Approx(std::log(5.0 / 4.0)));
            CHECK(model.similarity(x(2), x(3)) ==
                  Approx((std::log(6.0 / 4.0) + 1.0) / (std::log(6.0 / 2.0) + 1.0)));
        }
    }
}

TEST_CASE("ExpertiseModel: a need is met in part by what is near it", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    const Incidence offers = incidence(8, {{{7}}, {{3, 0.5F}, {7}}, {{2, 0.25F}}});
    const Incidence seeks = incidence(8, {{{2}}, {}, {}});
    const ExpertiseModel model(offers, seeks, {}, &t, {.measure = TaxonomyMeasure::wu_palmer, .near = 0.6});
    CHECK(model.cover(x(2), offers.of(VertexId{1})) == Approx(0.5 * 2.0 / 3.0));
    const PairMasses with_sibling = model.masses(VertexId{0}, VertexId{1});
    CHECK(with_sibling.met_a / with_sibling.need_a == Approx(1.0 / 3.0));
    CHECK(model.masses(VertexId{0}, VertexId{2}).met_a == Approx(0.25 * 3.0));
    const Exchange exchange = model.exchange(VertexId{1}, VertexId{0});
    REQUIRE(exchange.a_gives.size() == 1);
    CHECK(exchange.a_gives[0].expertise == x(3));
    CHECK_FALSE(exchange.a_gives[0].sought);
    CHECK(exchange.a_gives[0].towards == x(2));
    // 2/3 is not near enough
    const ExpertiseModel strict(offers, seeks, {}, &t, {.measure = TaxonomyMeasure::wu_palmer, .near = 0.7});
    CHECK(strict.masses(VertexId{0}, VertexId{1}).met_a == 0.0);
}

TEST_CASE("ExpertiseModel: what two share is named by its deepest places", "[matching][taxonomy][unit]") {
    const Taxonomy t = two_trees();
    const Incidence offers = incidence(8, {{{2}, {7}}, {{3}, {7}}});
    const Incidence nobody;
    const ExpertiseModel model(offers, nobody, {}, &t, {.measure = TaxonomyMeasure::wu_palmer});
    const Exchange exchange = model.exchange(VertexId{0}, VertexId{1});
    REQUIRE(exchange.shared.size() == 2);
    CHECK(exchange.shared[0].expertise == x(1));  // a field that neither holds by itself, with 0 above it
    CHECK(exchange.shared[0].weight == 2.0);
    CHECK(exchange.shared[1].expertise == x(7));
    REQUIRE(exchange.a_gives.size() == 1);
    CHECK(exchange.a_gives[0].expertise == x(2));
    CHECK(exchange.a_gives[0].weight == 1.0);
}

Taxonomy random_taxonomy(Rng& rng, std::uint32_t n) {
    std::vector<ExpertiseId> parents;
    for (std::uint32_t i = 0; i < n; ++i) {
        parents.push_back(i == 0 || rng.below(4) == 0 ? root : x(rng.below(i)));
    }
    return Taxonomy(parents);
}

/// The definition, with maps of names of places and no model.
struct Slow {
    const Taxonomy& t;
    const Incidence& offers;
    const Incidence& seeks;
    TaxonomyMeasure measure;
    double near;

    [[nodiscard]] std::map<ExpertiseId, double> closed(VertexId v) const {
        std::map<ExpertiseId, double> levels;
        for (const auto& held : offers.of(v)) {
            for (ExpertiseId z = held.expertise; z != root; z = t.parent(z)) {
                levels[z] = std::max(levels[z], static_cast<double>(held.level));
            }
        }
        return levels;
    }
    [[nodiscard]] double weight(ExpertiseId z) const {
        if (measure == TaxonomyMeasure::wu_palmer) {
            return t.depth(z);
        }
        double holders = 0.0;
        for (const VertexId v : IdRange<VertexId>(offers.vertex_count())) {
            holders += closed(v).count(z) > 0 ? 1.0 : 0.0;
        }
        return std::log((1.0 + static_cast<double>(offers.vertex_count())) / (1.0 + holders)) + 1.0;
    }
    [[nodiscard]] double step(ExpertiseId z) const {
        return weight(z) - (t.parent(z) == root ? 0.0 : weight(t.parent(z)));
    }
    [[nodiscard]] double sim(ExpertiseId y, ExpertiseId z) const {
        const auto common = t.common_ancestor(y, z);
        return common ? 2.0 * weight(*common) / (weight(y) + weight(z)) : 0.0;
    }
    [[nodiscard]] double score(VertexId a, VertexId b) const {
        const auto of_a = closed(a);
        const auto of_b = closed(b);
        PairMasses m;
        for (const auto& [z, level] : of_a) {
            m.a += step(z) * level;
            m.shared += of_b.count(z) > 0 ? step(z) * std::min(level, of_b.at(z)) : 0.0;
        }
        for (const auto& [z, level] : of_b) {
            m.b += step(z) * level;
        }
        const auto met = [&](VertexId seeker, VertexId other, double& all) {
            double sum = 0.0;
            for (const auto& need : seeks.of(seeker)) {
                double best = 0.0;
                for (const auto& held : offers.of(other)) {
                    const double s = sim(need.expertise, held.expertise);
                    best = s >= near - 1e-12 ? std::max(best, s * static_cast<double>(held.level)) : best;
                }
                sum += weight(need.expertise) * static_cast<double>(need.level) * best;
                all += weight(need.expertise) * static_cast<double>(need.level);
            }
            return sum;
        };
        m.met_a = met(a, b, m.need_a);
        m.met_b = met(b, a, m.need_b);
        return complementarity(m).score.value_or(0.0);
    }
};

TEST_CASE("best_matches with a taxonomy: what comparing all pairs gives", "[matching][taxonomy][oracle]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    // some large enough for columns
    const std::uint32_t n = seed % 10 == 0 ? 530 : 4 + rng.below(25);
    const std::uint32_t count = 3 + rng.below(12);
    const Taxonomy t = random_taxonomy(rng, count);
    const Incidence offers = random_incidence(rng, n, count, 4);
    const Incidence seeks = random_incidence(rng, n, count, n > 100 ? 1 : 2);
    const CsrGraph ties = random_graph(rng, n, 0.1);
    std::vector<std::uint8_t> asked(n, 1);
    for (auto& mark : asked) {
        mark = seed % 4 == 1 && rng.below(2) == 0 ? 0 : 1;
    }
    MatchOptions options;
    options.top = 3;
    options.taxonomy.measure = seed % 2 == 0 ? TaxonomyMeasure::lin : TaxonomyMeasure::wu_palmer;
    options.taxonomy.near = 0.45 + 0.1 * static_cast<double>(rng.below(5));
    MatchInput input{offers, seeks, ties, {}, {}, &t};
    input.eligible = asked;
    const MatchResult fast = best_matches(input, options, {.threads = 2});
    const ExpertiseModel model(offers, seeks, {}, &t, options.taxonomy);
    const Slow slow{t, offers, seeks, options.taxonomy.measure, options.taxonomy.near};
    for (std::uint32_t a = 0; a<n; a += n> 100 ? 97 : 1) {
        std::vector<double> scores;
        for (const VertexId b : IdRange<VertexId>(n)) {
            if (b == VertexId{a} || asked[index_of(b)] == 0 || ties.view().adjacent(VertexId{a}, b)) {
                continue;
            }
            const double score = n > 100 ? complementarity(model.masses(VertexId{a}, b)).score.value_or(0.0)
                                         : slow.score(VertexId{a}, b);
            if (score >= least_match_score) {
                scores.push_back(score);
            }
        }
        std::sort(scores.rbegin(), scores.rend());
        scores.resize(std::min<std::size_t>(scores.size(), options.top));
        const auto& partners = fast.actors.at(a).partners;
        REQUIRE(partners.size() == scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) {
            CHECK(partners[i].score == Approx(scores[i]).margin(1e-10));
            CHECK(asked[index_of(partners[i].vertex)] == 1);
        }
    }
}

TEST_CASE("ExpertiseModel: laws of a pair", "[matching][taxonomy][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
    CAPTURE(seed);
    Rng rng(seed);
    const std::uint32_t count = 3 + rng.below(12);
    const Taxonomy t = random_taxonomy(rng, count);
    const Incidence offers = random_incidence(rng, 8, count, 5);
    const Incidence seeks = random_incidence(rng, 8, count, 2);
    const ExpertiseModel model(offers, seeks, {}, &t, {});
    const ExpertiseModel flat(offers, seeks, {}, &t, {.measure = TaxonomyMeasure::none});
    const ExpertiseWeights idf = idf_weights(offers);
    const auto content = information_content(t, offers);
    for (const ExpertiseId y : IdRange<ExpertiseId>(count)) {
        for (const ExpertiseId z : IdRange<ExpertiseId>(count)) {
            CHECK(wu_palmer(t, y, z) == wu_palmer(t, z, y));
            CHECK(wu_palmer(t, y, z) <= 1.0);
            if (const auto similarity = lin(t, content, y, z)) {
                CHECK(*similarity >= 0.0);
                CHECK(*similarity <= 1.0 + 1e-12);
                CHECK((y != z || *similarity == 1.0));
            }
            CHECK(model.similarity(y, z) == model.similarity(z, y));
        }
    }
    for (const VertexId a : IdRange<VertexId>(8)) {
        for (const VertexId b : IdRange<VertexId>(8)) {
            CAPTURE(index_of(a), index_of(b));
            const PairMasses m = model.masses(a, b);
            const Complementarity c = complementarity(m);
            CHECK(c.score == complementarity(model.masses(b, a)).score);
            const PairMasses plain = pair_masses(profile(offers, seeks, a), profile(offers, seeks, b), idf);
            CHECK(flat.masses(a, b).shared == plain.shared);
            CHECK(flat.masses(a, b).met_a == plain.met_a);
            double parts = 0.0;
            for (const ScorePart& part : score_parts(c)) {
                CHECK(part.contribution() >= 0.0);
                parts += part.contribution();
            }
            CHECK(parts == Approx(c.score.value_or(0.0)).margin(1e-12));
            if (!c.score) {
                continue;
            }
            CHECK(*c.similarity + *c.gain_a + *c.gain_b == Approx(1.0).margin(1e-12));
            const Exchange e = model.exchange(a, b);
            const auto sum = [](const std::vector<ExchangedExpertise>& list) {
                return std::accumulate(list.begin(), list.end(), 0.0,
                                       [](double s, const auto& item) { return s + item.weight; });
            };
            CHECK(sum(e.a_gives) == Approx(m.a - m.shared).margin(1e-9));
            CHECK(sum(e.b_gives) == Approx(m.b - m.shared).margin(1e-9));
            CHECK(sum(e.shared) == Approx(m.shared).margin(1e-9));
        }
    }
}

TEST_CASE("complementarity: an inverted U over what is shared", "[matching][unit]") {
    std::vector<double> scores;
    for (double shared = 0.0; shared <= 10.0; shared += 0.5) {
        PairMasses m;
        m.a = m.b = 10.0;
        m.shared = shared;
        scores.push_back(*complementarity(m).score);
    }
    const auto top = std::max_element(scores.begin(), scores.end());
    CHECK(top - scores.begin() == 4);  // j = 2 / 18, the first at or above j0 = 0.1
    CHECK(std::is_sorted(scores.begin(), top + 1));
    CHECK(std::is_sorted(top, scores.end(), std::greater<>()));
    CHECK(scores.front() == 0.0);
    CHECK(scores.back() == 0.0);
}

}  // namespace
