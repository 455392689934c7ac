#include "io/formats/pair_order.hpp"

#include "engine/random.hpp"

#include "tests/support/graph_files.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace maillage;
using namespace maillage::testing;

namespace {

bool distinct(const std::vector<std::string_view>& names) {
    return io::pair_ids_are_distinct(names);
}

struct Row {
    std::string a, b, weight;
};

/// What the definition calls the partnerships of edges without ids, in the order of the file: the lesser end first, and from the second
/// one on with the first number that no other has. Those with a weight that is not positive are left out.
std::map<std::string, std::set<std::string>> slow_names_of(const std::vector<Row>& ties) {
    std::map<std::string, std::set<std::string>> named;
    std::map<std::string, std::size_t> used;
    for (const Row& tie : ties) {
        if (tie.weight == "0" || tie.weight.front() == '-') {
            continue;
        }
        const std::string pair = tie.a < tie.b ? tie.a + "--" + tie.b : tie.b + "--" + tie.a;
        std::string id = pair;
        while (named.contains(id)) {
            id = pair + ' ' + std::to_string(++used[pair] + 1);
        }
        named[id] = {tie.a, tie.b};
    }
    return named;
}

std::map<std::string, std::set<std::string>> names_of(const Network& n) {
    std::map<std::string, std::set<std::string>> named;
    for (const PartnershipId p : n.partnerships().ids()) {
        std::set<std::string>& members = named[std::string(n.id(p))];
        for (const Member& member : n.members(p)) {
            members.insert(std::string(n.id(member.actor)));
        }
    }
    return named;
}

}  // namespace

TEST_CASE("pair ids: names that would make two of them the same", "[formats][pairs]") {
    CHECK(distinct({"a", "b", "a-b", "Tours (37)", "n12", "12", "", "l’Europe 2c"}));
    CHECK_FALSE(distinct({"a", "a--b"}));  // a--b--c
    CHECK_FALSE(distinct({"x-"}));         // x- and y, x and -y
    CHECK_FALSE(distinct({"-y"}));
    CHECK_FALSE(distinct({"b", "b 2"}));  // a--b for the second time, and a with b 2
    CHECK(distinct({"b2", "b 2 c", " ", "2"}));
}

TEST_CASE("pair ids: an id of several edges is told once, whichever way ids are made", "[formats][pairs]") {
    for (const std::string name : {"b", "b--c"}) {
        const io::ReadReport report = read_bytes("id;source;target\n1;a;" + name + "\n1;a;d\n");
        INFO(said(report.diagnostics, Severity::note));
        REQUIRE(report.network.has_value());
        CHECK(report.network->partnerships().size() == 2);
        const std::string notes = said(report.diagnostics, Severity::note);
        CHECK(notes.find("is that of several edges") != std::string::npos);
        CHECK(notes.find("like this") == std::string::npos);
    }
}

TEST_CASE("order of pairs: as the ids are, whatever the names go on with", "[formats][pairs]") {
    io::GraphTables tables;
    const std::vector<std::string_view> names = {"Tours", "Tours (37)", "Tours-Nord", "Blois", "Tours "};
    for (const std::string_view name : names) {
        static_cast<void>(tables.name(name));
    }
    for (std::uint32_t i = 0; i < names.size(); ++i) {
        for (std::uint32_t j = 0; j < names.size(); ++j) {
            tables.add_edge({}, i, j, {}, false, {});
        }
    }
    tables.settle();
    const io::PairOrder order = io::order_of_pairs(tables, names);
    REQUIRE(order.pairs.size() == 25);
    std::string last;
    for (const KeyedItem& pair : order.pairs) {
        const auto ends = tables.ends(tables.edges()[pair.item]);
        const std::string_view a = std::min(names[ends[0]], names[ends[1]]);
        const std::string_view b = std::max(names[ends[0]], names[ends[1]]);
        CHECK(order.first(pair.key) == a);
        CHECK(order.second(pair.key) == b);
        const std::string id = std::string(a) + "--" + std::string(b);
        CHECK(last <= id);
        last = id;
    }
}

TEST_CASE("pair ids: as the definition gives them, with hostile names", "[formats][pairs][property]") {
    const std::vector<std::vector<std::string>> vocabularies = {
        {"a", "b", "ab", "a b", "a (1)", "b!", "c-d"},  // in order
        {"a", "b", "a--b", "b 2", "b 3", "-a", "a-"},   // looked up one by one
        {"n1", "n2", "n10", "n20", "É", "e", "~"}};
    Rng rng(17);
    for (const auto& names : vocabularies) {
        for (int round = 0; round < 30; ++round) {
            std::vector<Row> ties;
            std::string text = "source;target;weight\n";
            for (std::uint64_t i = rng.below(120) + 1; i > 0; --i) {
                const std::array<std::string, 4> weights = {"1", "2.5", "0", "-1"};
                const auto any = [&] { return names[rng.below(static_cast<std::uint32_t>(names.size()))]; };
                ties.push_back({any(), any(), weights[rng.below(8) < 6 ? 0 : rng.below(4)]});
                text += ties.back().a + ';' + ties.back().b + ';' + ties.back().weight + '\n';
            }
            const auto expected = slow_names_of(ties);
            const io::ReadReport report = read_bytes(text);
            INFO(said(report.diagnostics));
            REQUIRE(report.network.has_value());
            CHECK(names_of(*report.network) == expected);
        }
    }
}
