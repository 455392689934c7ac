#include "algorithms/consortium/consortium.hpp"

#include "engine/error.hpp"
#include "engine/projection.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace maillage;
using namespace maillage::consortium;
using namespace maillage::testing;

/// The team of measures.md, A6: ties of length 1 and 3, given as strengths 1 and 1/3.
///
///   a ---1--- b ---1--- c
///   |         |         |
///   3         2         1       f -2- d, b -2- f, e -1- d
///   e ---1--- d --------+       skills a:x b:y d:z e:yz f:xz
struct Team {
    Network network;
    Projection projection;
    Taxonomy taxonomy;
    std::vector<GroupLabels> groupings;

    static Network make() {
        NetworkBuilder builder;
        add_actors(builder, {"a:town", "b:town", "c:lab", "d:lab", "e:firm", "f:firm", "g:town"});
        add_expertises(builder, {"root", "x<root", "y<root", "z<root", "z1<z", "lone"});
        const auto tie = [&](const char* id, const char* a, const char* b, double length) {
            PartnershipRecord record;
            record.id = cell(id, 2, 1);
            record.a = cell(a, 2, 5);
            record.b = cell(b, 2, 7);
            record.weight.value = 1.0 / length;
            builder.add(record);
        };
        tie("1", "a", "b", 1);
        tie("2", "b", "c", 1);
        tie("3", "c", "d", 1);
        tie("4", "a", "e", 3);
        tie("5", "e", "d", 1);
        tie("6", "b", "f", 2);
        tie("7", "f", "d", 2);
        add_holding(builder, "a", "x");
        add_holding(builder, "b", "y");
        add_holding(builder, "d", "z");
        add_holding(builder, "e", "y");
        add_holding(builder, "e", "z");
        add_holding(builder, "f", "x");
        add_holding(builder, "f", "z");
        add_holding(builder, "g", "z1");
        return build(builder);
    }
    Team() : network(make()), projection(project(network)), taxonomy(network) {
        groupings.push_back(labels_by(network, projection.actor_of, "kind"));
    }
    [[nodiscard]] VertexId v(const char* id) const { return projection.vertex(*network.find_actor(id)); }
    [[nodiscard]] Want want(const char* id, std::uint32_t holders = 1) const {
        return {*network.find_expertise(id), 1.0, holders};
    }
    [[nodiscard]] ConsortiumResult find(const std::vector<Want>& wants, const ConsortiumOptions& options,
                                        const std::vector<std::uint8_t>& barred = {}) const {
        return find_consortia({projection.graph, projection.offers, taxonomy, groupings, barred}, wants,
                              options);
    }
    [[nodiscard]] std::string names(const std::vector<VertexId>& list) const {
        std::string text;
        for (const VertexId a : list) {
            text += network.id(projection.actor(a));
        }
        return text;
    }
    [[nodiscard]] std::string names(const Consortium& c) const {
        std::vector<VertexId> list;
        for (const ConsortiumMember& m : c.members) {
            list.push_back(m.actor);
        }
        return names(list);
    }
    [[nodiscard]] std::vector<Want> xyz() const { return {want("x"), want("y"), want("z")}; }
};

TEST_CASE("consortium: the team of A6 by every objective", "[consortium]") {
    const Team t;
    ConsortiumOptions options;
    options.objective = Objective::diameter;
    const auto diameter = t.find(t.xyz(), options);
    REQUIRE(diameter.feasible);
    CHECK(diameter.found[0].value == 2 * length_unit);
    CHECK(diameter.found[0].optimal);
    options.objective = Objective::sum_distance;
    const auto sum = t.find(t.xyz(), options);
    CHECK(sum.found[0].value == 4 * length_unit);
    CHECK(t.names(sum.found[0]) == "bf");
    options.objective = Objective::leader;
    const auto leader = t.find(t.xyz(), options);
    CHECK(leader.found[0].value == 2 * length_unit);
    CHECK(leader.found[0].costs.leader_actor == t.v("f"));
    options.objective = Objective::steiner;
    const auto tree = t.find(t.xyz(), options);
    CHECK(tree.found[0].value == 2 * length_unit);  // b - f
    CHECK(t.names(tree.found[0]) == "bf");
    REQUIRE(tree.references.size() == 2);
    CHECK(tree.references[0].method == "rarest_first");
    CHECK(t.names(tree.references[0].members) == "bf");  // from the holder f of x, all within 2
    CHECK(tree.references[0].costs.diameter == 2 * length_unit);
}

TEST_CASE("consortium: alternatives do without earlier members, the best first", "[consortium]") {
    const Team t;
    ConsortiumOptions options;
    options.top = 10;
    options.differ = 1;
    const auto all = t.find(t.xyz(), options);
    REQUIRE(all.found.size() >= 3);
    for (std::size_t i = 1; i < all.found.size(); ++i) {
        CHECK(all.found[i].value >= all.found[i - 1].value);
        for (std::size_t j = 0; j < i; ++j) {
            const auto absent = std::count_if(
                all.found[j].members.begin(), all.found[j].members.end(), [&](const ConsortiumMember& m) {
                    return std::none_of(all.found[i].members.begin(), all.found[i].members.end(),
                                        [&](const ConsortiumMember& n) { return n.actor == m.actor; });
                });
            CHECK(absent >= 1);
        }
    }
}

TEST_CASE("consortium: why a member is in, what is lost, who could replace it", "[consortium]") {
    const Team t;
    const auto result = t.find(t.xyz(), {});
    const Consortium& c = result.found[0];
    REQUIRE(c.members.size() == 2);
    const ConsortiumMember& b = c.members[0];
    CHECK(b.actor == t.v("b"));
    CHECK(b.alone == std::vector<std::size_t>{1});
    CHECK(b.coverage_lost == Approx(1.0 / 3.0));
    REQUIRE(b.replacements.size() == 1);  // e offers y; f - d - e is 3, f - b is 2
    CHECK(b.replacements[0].actor == t.v("e"));
    CHECK(b.replacements[0].distance == 3 * length_unit);
    CHECK(b.replacements[0].change == length_unit);
    const ConsortiumMember& f = c.members[1];
    CHECK(f.alone == std::vector<std::size_t>{0, 2});
    CHECK(f.replacements.empty());  // nobody else offers x and z
    CHECK(c.costs.tree->ties == std::vector<TreeTie>{{1, 5, false}});
}

TEST_CASE("consortium: rules are kept, and conflicts are named without what is superfluous", "[consortium]") {
    const Team t;
    ConsortiumOptions options;
    options.lead = t.v("c");
    options.max_size = 3;
    const auto led = t.find(t.xyz(), options);
    REQUIRE(led.feasible);
    CHECK(t.names(led.found[0]).find('c') != std::string::npos);
    CHECK(led.found[0].members.size() <= 3);
    options.max_size = 1;
    const auto none = t.find(t.xyz(), options);
    CHECK_FALSE(none.feasible);
    CHECK(none.decided);
    std::vector<std::string> conflict;
    for (const Check& rule : none.conflict) {
        conflict.emplace_back(to_code(rule.what));
        CHECK_FALSE(rule.ok);
    }
    CHECK(conflict == std::vector<std::string>{"expertises", "max_partners"});  // the lead adds nothing to it
    ConsortiumOptions kinds;
    kinds.spread = {{0, 3}};
    const auto spread = t.find(t.xyz(), kinds);
    REQUIRE(spread.feasible);
    CHECK(spread.found[0].checks.back().reached == 3);
    ConsortiumOptions two;
    two.apart = {{t.v("b"), t.v("f")}};
    CHECK(t.names(t.find(t.xyz(), two).found[0]) != "bf");
}

TEST_CASE("consortium: what is missing, who comes nearest, and the best for the rest", "[consortium]") {
    const Team t;
    const auto result = t.find({t.want("x"), t.want("lone"), t.want("z", 5)}, {});
    CHECK_FALSE(result.feasible);
    REQUIRE(result.missing.size() == 2);
    CHECK(result.missing[0].want == 1);
    CHECK(result.missing[0].found == 0);
    CHECK(result.missing[0].nearest.empty());
    CHECK(result.missing[1].found == 3);
    REQUIRE_FALSE(result.missing[1].nearest.empty());
    CHECK(result.missing[1].nearest[0].how.actor == t.v("g"));  // z1 below z: 2 * 2 / (2 + 3)
    CHECK(result.missing[1].nearest[0].how.nearness == Approx(0.8));
    REQUIRE(result.found.size() == 1);
    CHECK(result.found[0].coverage == Approx((1.0 + 0.6) / 3.0));
    CHECK_FALSE(result.found[0].checks[0].ok);
    std::vector<std::uint8_t> barred(t.projection.graph.vertex_count(), 0);
    barred[index_of(t.v("a"))] = out_of_scope;
    barred[index_of(t.v("f"))] = committed;
    const auto outside = t.find({t.want("x")}, {}, barred);
    CHECK_FALSE(outside.feasible);
    REQUIRE(outside.missing[0].nearest.size() >= 2);
    CHECK(outside.missing[0].nearest[0].how.actor == t.v("a"));
    CHECK(outside.missing[0].nearest[0].barred == out_of_scope);
    CHECK(outside.missing[0].nearest[1].barred == committed);
}

TEST_CASE("consortium: partial cover through the taxonomy is marked, and only when asked for",
          "[consortium]") {
    const Team t;
    std::vector<std::uint8_t> barred(t.projection.graph.vertex_count(), 0);
    for (const char* id : {"d", "e", "f"}) {
        barred[index_of(t.v(id))] = excluded;
    }
    CHECK_FALSE(t.find({t.want("z")}, {}, barred).feasible);
    ConsortiumOptions options;
    options.near = 0.8;
    const auto near = t.find({t.want("z")}, options, barred);
    REQUIRE(near.feasible);
    CHECK(t.names(near.found[0]) == "g");
    CHECK(near.found[0].members[0].covers[0].how.nearness == Approx(0.8));
    CHECK(near.found[0].coverage == 1.0);
    CHECK(near.found[0].depth == Approx(0.8));
}

TEST_CASE("consortium: actors without a way to each other are a gap, not a short distance",
          "[consortium][degenerate]") {
    const Team t;
    const auto result = t.find({t.want("x"), t.want("z1")}, {});
    REQUIRE(result.feasible);
    CHECK(result.found[0].costs.tree->gaps == 1);
    CHECK(result.found[0].costs.diameter == no_way);
    CHECK_FALSE(in_units(*result.found[0].costs.diameter));
    const auto nothing = t.find({}, {});
    CHECK(nothing.feasible);
    CHECK(nothing.found[0].members.empty());
}

TEST_CASE("consortium: the front has no point that another is better than", "[consortium][property]") {
    const Team t;
    ConsortiumOptions options;
    options.front = true;
    options.silos = 0;
    const auto result = t.find({t.want("x"), t.want("y"), t.want("z"), t.want("z1")}, options);
    REQUIRE(result.front.size() >= 3);
    CHECK(result.front_complete);
    CHECK(result.front.front().coverage == 1.0);
    for (const FrontPoint& p : result.front) {
        for (const FrontPoint& q : result.front) {
            const bool better = q.coverage >= p.coverage && q.length <= p.length && q.groups >= p.groups &&
                                (q.coverage > p.coverage || q.length < p.length || q.groups > p.groups);
            CHECK_FALSE(better);
        }
    }
}

TEST_CASE("consortium: options out of range name their field", "[consortium]") {
    const Team t;
    const auto field = [&](const ConsortiumOptions& options, const std::vector<std::uint8_t>& barred = {}) {
        try {
            static_cast<void>(t.find(t.xyz(), options, barred));
        } catch (const OptionError& error) {
            return error.field();
        }
        return std::string("none");
    };
    ConsortiumOptions options;
    options.top = 0;
    CHECK(field(options) == "top");
    options = {};
    options.near = 0.0;
    CHECK(field(options) == "near");
    options = {};
    options.min_size = 3;
    options.max_size = 2;
    CHECK(field(options) == "max-size");
    options = {};
    options.objective = Objective::openness;
    CHECK(field(options) == "by");
    options = {};
    options.lead = t.v("a");
    std::vector<std::uint8_t> barred(t.projection.graph.vertex_count(), 0);
    barred[index_of(t.v("a"))] = excluded;
    CHECK(field(options, barred) == "lead");
}

}  // namespace
