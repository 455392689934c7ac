#include "algorithms/community/compare.hpp"

#include "engine/error.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace maillage {
namespace {

using Labels = std::vector<std::uint32_t>;

PartitionComparison compare(const Labels& p, const Labels& q) {
    return maillage::compare(Partition(p), Partition(q));
}

TEST_CASE("igraph's pair of divisions compares as igraph says", "[community][golden]") {
    const auto r = compare({2, 0, 2, 1, 1, 0, 2, 2, 1, 2}, {1, 1, 2, 1, 1, 0, 2, 2, 0, 2});
    CHECK(r.variation_of_information == Approx(1.1343026428).margin(1e-9));
    CHECK(r.normalised_mutual_information.arithmetic == Approx(.4558585649).margin(1e-9));
    CHECK(r.rand == Approx(32.0 / 45));
    CHECK(r.split_join() == 6);
    CHECK(r.adjusted_rand == Approx(.3125734430).margin(1e-9));
}

TEST_CASE("scikit-learn's pair of 17 items has its adjusted mutual information", "[community][golden]") {
    const auto r = compare({1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3},
                           {1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2});
    CHECK(r.mutual_information == Approx(.4102186).margin(1e-6));
    CHECK(r.expected_mutual_information == Approx(.1504248).margin(1e-6));
    CHECK(r.adjusted_mutual_information.arithmetic == Approx(.2782096).margin(1e-6));
}

TEST_CASE("The mean of the entropies changes an index, so each has a name", "[community][golden]") {
    // half and half against quarters crossing them: MI = ln 2 and H = ln 2, 2 ln 2
    const auto r = compare({0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 2, 2, 3, 3});
    const auto& nmi = r.normalised_mutual_information;
    CHECK(r.mutual_information == Approx(std::log(2.0)));
    CHECK(nmi.arithmetic == Approx(2.0 / 3));
    CHECK(nmi.geometric == Approx(1.0 / std::sqrt(2.0)));
    CHECK(nmi.max == Approx(0.5));
    CHECK(nmi.min == Approx(1.0));
    const auto& ami = r.adjusted_mutual_information;
    const double emi = r.expected_mutual_information;
    CHECK(ami.max == Approx((std::log(2.0) - emi) / (2.0 * std::log(2.0) - emi)));
    CHECK(ami.max < ami.arithmetic);
    CHECK(ami.arithmetic < ami.geometric);
    CHECK(ami.geometric < ami.min);
    CHECK(r.split_join_p == 4);  // each half is cut in two
    CHECK(r.split_join_q == 0);  // each quarter lies in a half
}

TEST_CASE("One block against single things shares nothing", "[community][unit][degenerate]") {
    const auto r = compare({0, 0, 0}, {0, 1, 2});
    CHECK(r.normalised_mutual_information.arithmetic == 0.0);
    CHECK(r.normalised_mutual_information.geometric == 0.0);
    CHECK(r.adjusted_mutual_information.arithmetic == Approx(0.0).margin(1e-12));
    CHECK(r.adjusted_rand == Approx(0.0).margin(1e-12));
    CHECK(r.split_join() == 2);
}

TEST_CASE("A pair of six items has the adjusted Rand index 8/33", "[community][golden]") {
    CHECK(compare({0, 0, 0, 1, 1, 1}, {0, 1, 0, 1, 2, 2}).adjusted_rand == Approx(8.0 / 33));
}

TEST_CASE("The split of the karate club compares with its optimum as computed apart", "[community][golden]") {
    const auto r = compare(testing::karate_clubs(), testing::karate_optimum());
    CHECK(r.normalised_mutual_information.arithmetic == Approx(.5878497).margin(1e-6));
    CHECK(r.adjusted_mutual_information.arithmetic == Approx(.5666659).margin(1e-6));
    CHECK(r.adjusted_rand == Approx(.4645911).margin(1e-6));
    CHECK(r.variation_of_information == Approx(.8299954).margin(1e-6));
}

TEST_CASE("A division compared with itself is the same, also where the formula is 0/0",
          "[community][unit][degenerate]") {
    for (const Labels& p : {Labels{}, Labels{0}, Labels{0, 0, 0}, Labels{0, 1, 2}, Labels{0, 0, 1, 2}}) {
        const auto r = compare(p, p);
        CHECK(r.adjusted_mutual_information.arithmetic == Approx(1.0));
        CHECK(r.normalised_mutual_information.arithmetic == Approx(1.0));
        CHECK(r.variation_of_information == Approx(0.0).margin(1e-12));
        CHECK(r.adjusted_rand == Approx(1.0));
        CHECK(r.rand == 1.0);
    }
}

TEST_CASE("Only what is kept is compared", "[community][unit]") {
    const std::vector<std::uint8_t> keep{1, 1, 1, 1, 0};
    const Partition p(Labels{0, 0, 1, 1, 2});
    const Partition q(Labels{0, 0, 1, 1, 1});
    CHECK(maillage::compare(p, q, keep).adjusted_mutual_information.arithmetic == Approx(1.0));
    CHECK(maillage::compare(p, q).adjusted_mutual_information.arithmetic < 0.99);
    CHECK_THROWS_AS(compare({0}, {0, 1}), Error);
}

}  // namespace
}  // namespace maillage
