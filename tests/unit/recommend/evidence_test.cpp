#include "algorithms/recommend/evidence.hpp"

#include "tests/support/histories.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

std::array<bool, evidence_count> everything() {
    std::array<bool, evidence_count> wanted{};
    wanted.fill(true);
    return wanted;
}

struct Fixture {
    explicit Fixture(Network made, const NameWords& words = {})
        : network(std::move(made)),
          past(project(network)),
          known(past.actor_of.size(), 1),
          day(Date{2020, 1, 1}.first_day()),
          model({network, past, known, day, {}, words, {}}),
          rows(model, everything()) {}
    double raw(Evidence term, std::uint32_t x, std::uint32_t y) {
        const VertexId actors[] = {VertexId{x}};
        rows.compute(actors);
        return rows.raw(term, 0, VertexId{y});
    }
    Network network;
    Projection past;
    std::vector<std::uint8_t> known;
    std::int32_t day;
    EvidenceModel model;
    EvidenceRows rows;
};

///   a---b---c---d, each tie one partnership of its own; a and c in field x, b and d in field y
Network path_of_four() {
    NetworkBuilder builder;
    add_actors(builder, {"a:lab", "b:firm", "c:lab", "d:firm"});
    add_expertises(builder, {"x", "y"});
    const Date start{2019, 1, 1};
    add_pair(builder, "p1", "a", "b", "x", start);
    add_pair(builder, "p2", "b", "c", "x", start);
    add_pair(builder, "p3", "c", "d", "y", start);
    return build(builder);
}

}  // namespace

TEST_CASE("evidence: walks and paths of a path of four", "[evidence][unit]") {
    Fixture f(path_of_four());
    // The one walk a-b-c-d: 1/s_b 1/s_c = 1/4, its path 1/sqrt(2 2) = 1/2; two ties apart there is none.
    CHECK(f.raw(Evidence::walks, 0, 3) == Approx(0.25));
    CHECK(f.raw(Evidence::walks_wide, 0, 3) == Approx(0.25));
    CHECK(f.raw(Evidence::walks, 0, 2) == 0.0);
    // All ties are as old, so fading divides by itself but for one factor.
    const double fading = std::exp(-365.0 / 365.25);
    CHECK(f.model.fading_years() == 1.0);
    CHECK(f.raw(Evidence::walks_recent, 0, 3) == Approx(0.25 * fading));
    CHECK(f.raw(Evidence::paths_recent, 0, 3) == Approx(0.5 * fading * fading));
    CHECK(f.raw(Evidence::common_partners, 0, 2) == Approx(1.0 / std::log(2.0)));
    CHECK(f.raw(Evidence::resource_allocation, 0, 2) == Approx(0.5));
    CHECK(f.raw(Evidence::partners, 0, 2) == Approx(std::log(1.3) + std::log(2.3)));
}

TEST_CASE("evidence: encounters are expected meetings in the same field", "[evidence][unit]") {
    Fixture f(path_of_four());
    // Field x has two partnerships, a is in one of them, c in one: 1 * 1 / 2, faded once.
    const double fading = std::exp(-365.0 / 365.25);
    CHECK(f.raw(Evidence::encounters, 0, 2) == Approx(0.5 * fading));
    CHECK(f.raw(Evidence::encounters, 0, 3) == 0.0);
    // d is in y alone, with c, who is in x too: a field further there is something.
    CHECK(f.raw(Evidence::related_encounters, 0, 3) > 0.0);
    CHECK(f.raw(Evidence::common_ground, 0, 3) == 0.0);
    CHECK(f.raw(Evidence::common_ground, 0, 2) > 0.0);
}

TEST_CASE("evidence: labs and firms tie, labs and labs do not", "[evidence][unit]") {
    Fixture f(path_of_four());
    // Three ties of three between the kinds against 3 * 3 / 6 each way, with the prior of 5.
    CHECK(f.raw(Evidence::kinds, 0, 3) == Approx(std::log((3.0 + 5.0) / (1.5 + 5.0))));
    CHECK(f.raw(Evidence::kinds, 0, 2) == Approx(std::log(5.0 / 6.5)));
}

TEST_CASE("evidence: words of names, and of the names of partners", "[evidence][unit]") {
    NameWords words;
    words.words = 2;
    words.offsets = {0, 1, 1, 1, 2};  // a: 0, d: 0
    words.of_actors = {0, 0};
    Fixture none(path_of_four(), words);
    // The word is in half of the names: too common to tell anything.
    CHECK(none.raw(Evidence::names, 0, 3) == 0.0);

    NetworkBuilder builder;
    std::vector<std::string> actors;
    for (int i = 0; i < 20; ++i) {
        actors.push_back("a" + std::to_string(10 + i));
    }
    add_actors(builder, actors);
    add_pair(builder, "p1", "a10", "a11", {}, Date{2019, 1, 1});
    words.offsets.assign(21, 2);
    words.offsets[0] = 0;
    for (std::size_t i = 1; i <= 5; ++i) {
        words.offsets[i] = 1;  // a10 and a15 have the word
    }
    Fixture f(build(builder), words);
    const double w = std::log(20.0 / 3.0) + 0.01;
    CHECK(f.raw(Evidence::names, 0, 5) == Approx(w * w / (w * w + 1.0)));
    CHECK(f.raw(Evidence::partners_names, 1, 5) == Approx(w * w / (w * w + 1.0)));  // a11 is tied to a10
    CHECK(f.raw(Evidence::names, 1, 5) == 0.0);
}

TEST_CASE("evidence: the same from either side, and whoever is computed together", "[evidence][property]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Fixture f(random_history(seed, 40, 80, 4));
        std::vector<VertexId> block;
        for (std::uint32_t v = 0; v < EvidenceRows::lanes; ++v) {
            block.push_back(VertexId{v});
        }
        EvidenceRows together(f.model, everything());
        together.compute(block);
        for (std::size_t t = 0; t < evidence_count; ++t) {
            for (std::uint32_t x = 0; x < 3; ++x) {
                for (std::uint32_t y = 20; y < 40; ++y) {
                    CAPTURE(to_code(evidence(t)), x, y);
                    const double one = f.raw(evidence(t), x, y);
                    CHECK(together.raw(evidence(t), x, VertexId{y}) == one);
                    CHECK(f.raw(evidence(t), y, x) == Approx(one).epsilon(1e-5).margin(1e-7));
                    CHECK(std::isfinite(one));
                }
            }
        }
    }
}

TEST_CASE("evidence: every term has a code of its own", "[evidence][unit]") {
    for (std::size_t t = 0; t < evidence_count; ++t) {
        CHECK_FALSE(to_code(evidence(t)).empty());
        for (std::size_t u = 0; u < t; ++u) {
            CHECK(to_code(evidence(t)) != to_code(evidence(u)));
        }
    }
}
