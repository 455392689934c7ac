#include "algorithms/segregation/change.hpp"

#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace maillage;
using namespace maillage::testing;

namespace {

GroupLabels labels_of(const std::vector<std::string_view>& values) {
    return {"group", values};
}

const ChangedMeasure& find(const Change& change, std::string_view id, std::string_view group = {}) {
    const auto found = std::find_if(change.measures.begin(), change.measures.end(),
                                    [&](const ChangedMeasure& m) { return m.id == id && m.group == group; });
    REQUIRE(found != change.measures.end());
    return *found;
}

/// Two groups of four; inside ties before, some of them replaced by ties across after.
///   a: 0 1 2 3   b: 4 5 6 7
const GroupLabels& halves() {
    static const GroupLabels labels = labels_of({"a", "a", "a", "a", "b", "b", "b", "b"});
    return labels;
}

}  // namespace

TEST_CASE("change: counts, differences and groups by hand", "[segregation][unit]") {
    const CsrGraph before = graph_of(8, {{0, 1}, {1, 2}, {4, 5}, {5, 6}, {0, 4}});
    const CsrGraph after = graph_of(8, {{0, 1}, {1, 2}, {4, 5}, {0, 4}, {1, 5}, {2, 6}});
    const Change change = change_of_mixing(before, halves(), after, halves());
    CHECK(change.kept == 4);
    CHECK(change.ended == 1);
    CHECK(change.begun == 2);
    CHECK(change.before.internal == 4);
    CHECK(change.after.external == 3);
    CHECK(*change.before.density.value == Approx(5.0 / 28));
    CHECK(*change.density_p == Approx(1.0));  // 1 against 2: twice P(at most 1 of 3) = 2 x 4/8
    const ChangedMeasure& ei = find(change, "ei");
    CHECK(*ei.before == Approx(-3.0 / 5));
    CHECK(*ei.after == Approx(0.0));
    CHECK(*ei.difference == Approx(3.0 / 5));
    CHECK(*find(change, "ei", "a").before == Approx((1.0 - 2.0) / 3));
    CHECK(*find(change, "ei", "b").after == Approx((3.0 - 1.0) / 4));
    CHECK(change.replicates == 999);
    CHECK(*ei.p > 0.2);  // seven ties prove nothing
    const ChangedMeasure& odds = find(change, "odds_ratio_haldane");
    CHECK(*odds.difference == Approx(std::log(*odds.after / *odds.before)));
}

TEST_CASE("change: the interval of E-I joins those of the shares", "[segregation][unit]") {
    // nothing in common: Newcombe's interval of the difference of two shares, 1 of 4 and 3 of 5
    const CsrGraph before = graph_of(8, {{0, 1}, {1, 2}, {4, 5}, {0, 4}});
    const CsrGraph after = graph_of(8, {{2, 3}, {6, 7}, {1, 5}, {2, 6}, {3, 7}});
    const Change change = change_of_mixing(before, halves(), after, halves());
    const auto first = ei_wilson(1, 4);
    const auto second = ei_wilson(3, 5);
    const double x = -0.5;
    const double y = 0.2;
    const ChangedMeasure& ei = find(change, "ei");
    CHECK(*ei.difference == Approx(y - x));
    CHECK(ei.ci95->low == Approx(y - x - std::hypot(y - second->low, first->high - x)));
    CHECK(ei.ci95->high == Approx(y - x + std::hypot(second->high - y, x - first->low)));
    // Freeman's index is a multiple of the share: 16 of 28 pairs lie across
    const ChangedMeasure& missing = find(change, "freeman");
    CHECK(missing.ci95->low == Approx(-ei.ci95->high / 2 * 28 / 16));
    CHECK(missing.ci95->high == Approx(-ei.ci95->low / 2 * 28 / 16));
    CHECK_FALSE(find(change, "assortativity").ci95);

    // three new ties, all of them across: the interval knows that three are few, the draws that 12 % do as well
    Pairs few = {{0, 1}, {4, 5}, {1, 2}, {5, 6}, {2, 3}, {6, 7}, {0, 4}, {1, 5}};
    const CsrGraph then = graph_of(8, few);
    few.insert(few.end(), {{0, 5}, {0, 6}, {0, 7}});
    const CsrGraph now = graph_of(8, few);
    const Change opened = change_of_mixing(then, halves(), now, halves());
    CHECK(*find(opened, "ei").difference == Approx(-1.0 / 11 + 0.5));
    CHECK(find(opened, "ei").ci95->high - find(opened, "ei").ci95->low > 0.3);
    CHECK(*find(opened, "ei").p == Approx(2 * 10.0 / 165).margin(0.05));  // 3 of 5 across, of 11
}

TEST_CASE("change: the same network has not changed, and nothing is claimed", "[segregation][degenerate]") {
    const CsrGraph graph = two_triangles();
    const GroupLabels labels = labels_of({"a", "a", "a", "b", "b", "b"});
    const Change same = change_of_mixing(graph, labels, graph, labels);
    CHECK(same.kept == 7);
    CHECK_FALSE(same.density_p);
    for (const ChangedMeasure& m : same.measures) {
        CAPTURE(m.id, m.group);
        CHECK(m.difference.value_or(0) == 0);
        CHECK_FALSE(m.p);
        CHECK_FALSE(m.ci95);
    }
    const CsrGraph none = empty_graph(6);
    const Change begun = change_of_mixing(none, labels, graph, labels);
    CHECK(begun.begun == 7);
    CHECK_FALSE(find(begun, "ei").difference);
    CHECK_FALSE(find(begun, "ei").p);
    CHECK(*begun.density_p == Approx(2.0 / 128));
    const Change nothing = change_of_mixing(none, labels, none, labels);
    CHECK_FALSE(nothing.density_p);
    CHECK(nothing.measures.size() == 8);
    const CsrGraph fewer = empty_graph(5);
    CHECK_THROWS(change_of_mixing(none, labels, fewer, labels));
}

TEST_CASE("change: actors that are not there at a date count at the other alone",
          "[segregation][degenerate]") {
    const CsrGraph before = graph_of(4, {{0, 1}});
    const CsrGraph after = graph_of(4, {{0, 1}, {2, 3}, {1, 2}});
    const Change change =
        change_of_mixing(before, labels_of({"a", "b", "", ""}), after, labels_of({"a", "b", "b", "c"}));
    CHECK(change.before.actors == 2);
    CHECK(change.after.actors == 4);
    CHECK_FALSE(change.density_p);  // not the same actors
    CHECK(change.kept == 1);
    CHECK(change.begun == 2);
    CHECK(find(change, "ei", "c").after == 1.0);
    CHECK_FALSE(find(change, "ei", "c").before);
}

TEST_CASE("change: a plain opening is told, and renaming groups changes nothing", "[segregation][property]") {
    Rng rng(5);
    Pairs first;
    Pairs second;
    std::vector<std::string_view> groups;
    std::vector<std::string_view> renamed;
    for (std::uint32_t v = 0; v < 60; ++v) {
        groups.push_back(v < 30 ? "a" : "b");
        renamed.push_back(v < 30 ? "z" : "q");
    }
    for (std::uint32_t i = 0; i < 60; ++i) {
        for (std::uint32_t j = i + 1; j < 60; ++j) {
            const bool inside = (i < 30) == (j < 30);
            if (rng.uniform01() < (inside ? .15 : .02)) {
                first.emplace_back(i, j);
            }
            if (rng.uniform01() < .08) {
                second.emplace_back(i, j);
            }
        }
    }
    const CsrGraph before = graph_of(60, first);
    const CsrGraph after = graph_of(60, second);
    const GroupLabels labels = labels_of(groups);
    const GroupLabels other = labels_of(renamed);
    const Change change = change_of_mixing(before, labels, after, labels);
    const ChangedMeasure& ei = find(change, "ei");
    CHECK(*ei.difference > 0);
    CHECK(*ei.p == Approx(2.0 / 1000));
    CHECK(ei.ci95->low > 0);
    const Change again = change_of_mixing(before, other, after, other);
    CHECK(find(again, "ei").p == ei.p);
    CHECK(*find(again, "assortativity").difference == Approx(*find(change, "assortativity").difference));
    const Change back = change_of_mixing(after, labels, before, labels);
    CHECK(*find(back, "ei").difference == Approx(-*ei.difference));
}
