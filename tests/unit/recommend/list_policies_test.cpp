#include "algorithms/recommend/list_policies.hpp"

#include "engine/error.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace maillage;

VertexId v(std::size_t i) {
    return id_at<VertexId>(i);
}

/// Candidates with these values as scores, ids as given.
CandidateList list_of(std::size_t actor, const std::vector<std::pair<std::size_t, double>>& scored) {
    CandidateList list{v(actor), {}};
    for (const auto& [partner, score] : scored) {
        list.candidates.push_back(
            {v(partner), score, score, static_cast<std::uint32_t>(list.candidates.size() + 1)});
    }
    return list;
}

std::vector<std::size_t> partners(const ArrangedList& list) {
    std::vector<std::size_t> ids;
    for (const ListCandidate& c : list.partners) {
        ids.push_back(index_of(c.partner));
    }
    return ids;
}

std::vector<std::size_t> arranged(const CandidateList& list, std::uint32_t top, const ListPolicy& policy,
                                  const ListFacts& facts) {
    const std::array<CandidateList, 1> one = {list};
    return partners(arrange(one, top, policy, facts).front());
}

TEST_CASE("fuse: published values, symmetry and sides that gain nothing", "[recommend][unit]") {
    CHECK(fuse(Fusion::harmonic, 0.8, 0.2) == Approx(0.32));
    CHECK(fuse(Fusion::uninorm, 0.8, 0.2) == Approx(0.5));
    CHECK(fuse(Fusion::geometric, 0.8, 0.2) == Approx(0.4));
    CHECK(fuse(Fusion::minimum, 0.8, 0.2) == 0.2);
    CHECK(fuse(Fusion::harmonic, 0.9, 0.6) == Approx(0.72));
    CHECK(fuse(Fusion::uninorm, 0.9, 0.6) == Approx(0.9310344828).epsilon(1e-10));
    for (const Fusion fusion : {Fusion::harmonic, Fusion::geometric, Fusion::uninorm, Fusion::minimum}) {
        CHECK(fuse(fusion, 0.3, 0.7) == fuse(fusion, 0.7, 0.3));
        CHECK(fuse(fusion, 0.0, 1.0) == 0.0);
        CHECK(fuse(fusion, 0.0, 0.0) == 0.0);
        CHECK(fuse(fusion, 1.0, 1.0) == 1.0);
    }
    CHECK(fuse(Fusion::off, 0.8, 0.2) == fuse(Fusion::harmonic, 0.8, 0.2));
}

TEST_CASE("order_by_mutual_gain: one-sided pairs go, the others change places, scores stay",
          "[recommend][unit]") {
    const CandidateList before = list_of(0, {{1, 0.9}, {2, 0.8}, {3, 0.7}});
    const auto sides = [](VertexId actor, VertexId partner) -> Sides {
        CHECK(actor == v(0));
        return partner == v(1) ? Sides{1.0, 0.0} : partner == v(2) ? Sides{0.8, 0.2} : Sides{0.6, 0.9};
    };
    CandidateList list = before;
    order_by_mutual_gain(list, Fusion::harmonic, sides);
    REQUIRE(list.candidates.size() == 2);
    CHECK(list.candidates[0].partner == v(3));
    CHECK(list.candidates[0].value == Approx(0.72));
    CHECK(list.candidates[0].score == 0.7);
    CHECK(list.candidates[0].score_rank == 3);
    CHECK(list.candidates[1].partner == v(2));
    list = before;
    order_by_mutual_gain(list, Fusion::off, sides);
    CHECK(list.candidates.size() == 3);
}

/// The example of four, a to d as 0 to 3.
ListFacts alike_of_four() {
    ListFacts facts;
    facts.similarity = [](VertexId p, VertexId q) {
        static const std::map<std::pair<std::size_t, std::size_t>, double> alike = {
            {{0, 1}, 0.95}, {{0, 2}, 0.1}, {{0, 3}, 0.2}, {{1, 2}, 0.1}, {{1, 3}, 0.3}, {{2, 3}, 0.4}};
        return alike.at(std::minmax(index_of(p), index_of(q)));
    };
    return facts;
}

TEST_CASE("diversity: maximal marginal relevance on the example of four", "[recommend][unit]") {
    const CandidateList list = list_of(9, {{0, 0.9}, {1, 0.85}, {2, 0.6}, {3, 0.5}});
    using Order = std::vector<std::size_t>;
    CHECK(arranged(list, 4, {.diversity = 0.5}, alike_of_four()) == Order{0, 2, 3, 1});
    CHECK(arranged(list, 4, {.diversity = 0.2}, alike_of_four()) == Order{0, 1, 2, 3});
    CHECK(arranged(list, 4, {}, {}) == Order{0, 1, 2, 3});
    // Variety alone: c is least like a; then d (at most 0.4) before b (0.95).
    CHECK(arranged(list, 4, {.diversity = 1.0}, alike_of_four()) == Order{0, 2, 3, 1});
    CHECK(arranged(list, 2, {.diversity = 0.5}, alike_of_four()) == Order{0, 2});
}

TEST_CASE("diversity: log-odds count by their odds, and the scale of shares does not matter",
          "[recommend][unit]") {
    using Order = std::vector<std::size_t>;
    // The odds are 0.9, 0.85, 0.6 and 0.5 times the same small number.
    const double far = std::log(1e-4);
    const CandidateList odds = list_of(9, {{0, far + std::log(0.9)},
                                           {1, far + std::log(0.85)},
                                           {2, far + std::log(0.6)},
                                           {3, far + std::log(0.5)}});
    ListFacts facts = alike_of_four();
    facts.logarithmic = true;
    CHECK(arranged(odds, 4, {.diversity = 0.5}, facts) == Order{0, 2, 3, 1});
    CHECK(arranged(odds, 4, {.diversity = 0.2}, facts) == Order{0, 1, 2, 3});
    const CandidateList small = list_of(9, {{0, 0.009}, {1, 0.0085}, {2, 0.006}, {3, 0.005}});
    CHECK(arranged(small, 4, {.diversity = 0.5}, alike_of_four()) == Order{0, 2, 3, 1});
    // Negative scores without a best above 0 are all worth the same: the first, then the least alike.
    const CandidateList negative = list_of(9, {{0, -1.0}, {1, -2.0}, {2, -3.0}, {3, -4.0}});
    CHECK(arranged(negative, 4, {.diversity = 0.2}, alike_of_four()) == Order{0, 2, 3, 1});
}

ListFacts by_parity_and_size() {
    ListFacts facts;
    facts.outside = [](VertexId, VertexId p) { return index_of(p) % 2 == 1; };
    facts.newcomer = [](VertexId p) { return index_of(p) >= 6; };
    return facts;
}

TEST_CASE("quota and newcomers: places are kept, one partner may count for both", "[recommend][unit]") {
    using Order = std::vector<std::size_t>;
    const CandidateList list =
        list_of(9, {{0, 0.9}, {2, 0.8}, {4, 0.7}, {1, 0.6}, {3, 0.5}, {6, 0.4}, {7, 0.3}});
    const ListFacts facts = by_parity_and_size();
    CHECK(arranged(list, 3, {.quota = 1}, facts) == Order{0, 2, 1});
    CHECK(arranged(list, 3, {.quota = 3}, facts) == Order{1, 3, 7});
    CHECK(arranged(list, 3, {.newcomers = 1}, facts) == Order{0, 2, 6});
    // The last place goes to 7, of another group and a newcomer, so that 0 and 2 keep theirs.
    CHECK(arranged(list, 3, {.quota = 1, .newcomers = 1}, facts) == Order{0, 2, 7});
    CHECK(arranged(list, 4, {.quota = 2, .newcomers = 2}, facts) == Order{0, 1, 6, 7});
    CHECK(arranged(list, 7, {.quota = 3, .newcomers = 2}, facts) == Order{0, 2, 4, 1, 3, 6, 7});
}

TEST_CASE("quota and newcomers: what nobody can fill is told, and the list is full all the same",
          "[recommend][unit][degenerate]") {
    const std::array<CandidateList, 2> lists = {list_of(9, {{0, 0.9}, {2, 0.8}, {1, 0.1}}), list_of(8, {})};
    const auto found = arrange(lists, 3, {.quota = 2, .newcomers = 1}, by_parity_and_size());
    CHECK(partners(found[0]) == std::vector<std::size_t>{0, 2, 1});
    CHECK(found[0].short_of_quota == 1);
    CHECK(found[0].short_of_newcomers == 1);
    CHECK(found[1].partners.empty());
    CHECK(found[1].short_of_quota == 2);
    CHECK(arrange({}, 3, {.max_exposure = 1}, {}).empty());
}

TEST_CASE("max exposure: the lists take turns by value", "[recommend][unit]") {
    // Both want 2; the second wants it more. The first gets 3 instead, and 4 remains to the second.
    const std::array<CandidateList, 2> lists = {list_of(0, {{2, 0.8}, {3, 0.5}, {4, 0.1}}),
                                                list_of(1, {{2, 0.9}, {3, 0.4}, {4, 0.3}})};
    const auto found = arrange(lists, 2, {.max_exposure = 1}, {});
    CHECK(partners(found[0]) == std::vector<std::size_t>{3});
    CHECK(partners(found[1]) == std::vector<std::size_t>{2, 4});
    CHECK(found[0].turned_away == 2);
    CHECK(found[1].turned_away == 1);
    CHECK(partners(arrange(lists, 2, {.max_exposure = 2}, {})[0]) == std::vector<std::size_t>{2, 3});
    // Log-odds need not be above 0, and equal values go to the smaller id first.
    const std::array<CandidateList, 2> equal = {list_of(1, {{5, -2.0}, {6, -3.0}}),
                                                list_of(0, {{5, -2.0}, {6, -4.0}})};
    const auto fair = arrange(equal, 1, {.max_exposure = 1}, {});
    CHECK(partners(fair[1]) == std::vector<std::size_t>{5});
    CHECK(partners(fair[0]) == std::vector<std::size_t>{6});
}

TEST_CASE("max exposure: who is full is no longer counted on for the quota", "[recommend][unit]") {
    const std::array<CandidateList, 2> lists = {list_of(8, {{0, 0.8}, {2, 0.7}, {1, 0.6}}),
                                                list_of(9, {{1, 0.9}, {0, 0.5}, {2, 0.4}})};
    const auto found = arrange(lists, 2, {.quota = 1, .max_exposure = 1}, by_parity_and_size());
    CHECK(partners(found[0]) == std::vector<std::size_t>{0, 2});
    CHECK(found[0].short_of_quota == 1);
    CHECK(partners(found[1]) == std::vector<std::size_t>{1});
}

TEST_CASE("list policies out of range are refused by name", "[recommend][unit]") {
    const auto field_of = [](const ListPolicy& policy) {
        try {
            validate(policy, 5);
        } catch (const OptionError& error) {
            return error.field();
        }
        return std::string("none");
    };
    CHECK(field_of({}) == "none");
    CHECK(field_of({.diversity = 1.1}) == "diversity");
    CHECK(field_of({.diversity = -0.1}) == "diversity");
    CHECK(field_of({.diversity = std::nan("")}) == "diversity");
    CHECK(field_of({.quota = 6}) == "quota");
    CHECK(field_of({.newcomers = 6}) == "newcomers");
    CHECK(field_of({.quota = 3, .newcomers = 3}) == "newcomers");
    CHECK(field_of({.quota = 3, .newcomers = 2}) == "none");
    CHECK_THROWS_AS(arrange({}, 3, {.quota = 1}, {}), Error);
    CHECK_FALSE(ListPolicy{}.acts());
    CHECK(candidates_for({}, 10) == 10);
    CHECK(candidates_for({.max_exposure = 1}, 10) == 70);
}

}  // namespace
