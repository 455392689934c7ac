#include "engine/history.hpp"

#include "engine/error.hpp"

#include "tests/support/networks.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

void add_dated(NetworkBuilder& builder, std::string_view id, const std::vector<std::string>& members,
               std::optional<Date> start, std::string_view kind = {}) {
    PartnershipRecord record;
    record.id = {id};
    record.kind = {kind};
    record.start = {start};
    builder.add(record);
    for (const std::string& member : members) {
        builder.add(MemberRecord{{id}, {member}, {}});
    }
}

Network history_of_seven() {
    NetworkBuilder builder;
    add_actors(builder, {"a", "b", "c", "d", "e", "f", "late"});
    add_dated(builder, "p1", {"a", "b"}, Date{2015});
    add_dated(builder, "p2", {"c", "d"}, Date{2016, 12, 31});
    add_dated(builder, "p3", {"e"}, Date{2016});            // alone, and known all the same
    add_dated(builder, "p4", {"b", "f"}, std::nullopt);     // always
    add_dated(builder, "q1", {"a", "b", "c"}, Date{2017});  // a-c, b-c new; a-b again
    add_dated(builder, "q2", {"a", "c"}, Date{2018, 3});
    add_dated(builder, "q3", {"e", "late"}, Date{2018});
    add_dated(builder, "q4", {"d", "e"}, Date{2019, 6, 1});
    add_dated(builder, "x", {"a", "f"}, Date{2018}, "part_of");
    return build(builder);
}

std::string refusal(const Network& network, const HistoryOptions& options) {
    try {
        (void)cut_history(network, options);
    } catch (const OptionError& error) {
        return error.field() + ": " + error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("history: what was known, and which ties are new", "[engine][history]") {
    const Network network = history_of_seven();
    HistoryOptions options{.split = {2017}};
    options.projection.excluded_kinds = {"part_of"};
    const History h = cut_history(network, options);
    const auto vertex = [&](std::string_view id) { return h.past.vertex(*network.find_actor(id)); };
    CHECK(h.known_actors == 6);
    CHECK(h.known[index_of(vertex("late"))] == 0);
    CHECK(h.known[index_of(vertex("e"))] == 1);
    CHECK(h.past.graph.edge_count() == 3);
    CHECK(h.past_partnerships == 4);
    CHECK(h.future_partnerships == 4);
    CHECK(h.undated == 1);
    CHECK(h.repeated == 1);
    CHECK(h.with_newcomer == 1);
    CHECK(h.newcomers == 1);  // late
    CHECK(h.past_of[index_of(vertex("b"))] == 2);
    CHECK(h.past_of[index_of(vertex("late"))] == 0);
    CHECK(h.new_ties == std::vector<NewTie>{{vertex("a"), vertex("c"), 2, *network.find_partnership("q1")},
                                            {vertex("b"), vertex("c"), 1, *network.find_partnership("q1")},
                                            {vertex("d"), vertex("e"), 1, *network.find_partnership("q4")}});
    options.until = Date{2018};
    CHECK(cut_history(network, options).new_ties.size() == 2);
    const History later =
        cut_history(network, {.split = {2018, 1, 1}, .until = {}, .projection = options.projection});
    CHECK(later.new_ties.size() == 1);  // a-c is known by then
    CHECK(later.repeated == 1);
}

TEST_CASE("history: a split that leaves nothing before, after, or new", "[engine][history][degenerate]") {
    const Network network = history_of_seven();
    CHECK(refusal(network, {.split = {2015}})
              .find("split: nothing is known before 2015; the history goes from 2015 to "
                    "2019-06-01") == 0);
    CHECK(refusal(network, {.split = {2020}}).find("split: nothing starts from 2020 on") == 0);
    CHECK(refusal(network, {.split = {2017}, .until = Date{2016}}).find("until: ") == 0);
    CHECK(refusal(network, {.split = {2018, 4}, .until = Date{2018, 5}}) ==
          "until: no partnership starts from 2018-04 to 2018-05");
    CHECK(refusal(network, {.split = {2016, 6}, .until = Date{2016}}).find("nothing to foresee") !=
          std::string::npos);
    NetworkBuilder builder;
    add_actors(builder, {"a", "b"});
    add_dated(builder, "p", {"a", "b"}, std::nullopt);
    CHECK(refusal(build(builder), {.split = {2017}}).find("no partnership has a start") != std::string::npos);
}

TEST_CASE("history: days and dates", "[engine][history]") {
    CHECK(date_of_day(Date{2017, 1, 1}.first_day() - 1) == Date{2016, 12, 31});
    CHECK(date_of_day(0) == Date{1970, 1, 1});
    CHECK(date_of_day(Date{2020, 2, 29}.first_day()) == Date{2020, 2, 29});
}
