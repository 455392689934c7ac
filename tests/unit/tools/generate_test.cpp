#include "engine/error.hpp"
#include "engine/random.hpp"

#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"
#include "tools/generate/permutation.hpp"
#include "tools/generate/region.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::testing;
using tools::Region;
using tools::RegionOptions;

namespace {

using Files = std::map<std::string, std::string>;

Files files_of(const RegionOptions& options) {
    Files files;
    tools::write_region(Region(options),
                        [&files](const std::string& name, const std::function<void(std::ostream&)>& body) {
                            std::ostringstream out;
                            body(out);
                            files[name] = out.str();
                        });
    return files;
}

Network read(const Files& files) {
    const Folder folder;
    for (const auto& [name, text] : files) {
        folder.write(name, text);
    }
    return io::read_dataset(folder.path()).network;
}

Files canonical(const Network& network) {
    Files files;
    io::write_csv_tables(network,
                         [&files](const std::string& name, const std::function<void(std::ostream&)>& body) {
                             std::ostringstream out;
                             body(out);
                             files[name] = out.str();
                         });
    return files;
}

std::string refused(const RegionOptions& options) {
    try {
        tools::validate(options);
    } catch (const OptionError& error) {
        return error.field();
    }
    return "";
}

/// Share of the pairs of partners of an actor that are partners too, over all actors.
double transitivity(const Network& n) {
    std::map<ActorId, std::set<ActorId>> partners;
    for (const PartnershipId p : n.partnerships().ids()) {
        const auto members = n.members(p);
        if (members.size() == 2) {
            partners[members[0].actor].insert(members[1].actor);
            partners[members[1].actor].insert(members[0].actor);
        }
    }
    double closed = 0.0;
    double open = 0.0;
    for (const auto& [actor, around] : partners) {
        for (auto x = around.begin(); x != around.end(); ++x) {
            for (auto y = std::next(x); y != around.end(); ++y) {
                (partners[*x].count(*y) != 0 ? closed : open) += 1.0;
            }
        }
    }
    return closed / (closed + open);
}

}  // namespace

TEST_CASE("Permutation: every number once, and back again", "[tools][generate]") {
    for (const std::uint32_t size :
         std::vector<std::uint32_t>{1U, 2U, 3U, 4U, 5U, 15U, 16U, 17U, 1000U, 4097U}) {
        const tools::Permutation permutation(size, Rng(7));
        std::vector<std::uint8_t> seen(size, 0);
        for (std::uint32_t x = 0; x < size; ++x) {
            const std::uint32_t y = permutation(x);
            REQUIRE(y < size);
            CHECK(seen[y] == 0);
            seen[y] = 1;
            CHECK(permutation.inverse(y) == x);
        }
    }
}

TEST_CASE("generate: what it writes is a sound dataset in canonical form", "[tools][generate]") {
    const RegionOptions options{.actors = 400, .partnerships = 2000, .opportunities = 40, .seed = 5};
    const Files files = files_of(options);
    const Folder folder;
    for (const auto& [name, text] : files) {
        folder.write(name, text);
    }
    const auto read = io::read_dataset(folder.path());
    CHECK(said(read.diagnostics).empty());
    CHECK(said(read.diagnostics, Severity::warning).empty());
    CHECK(read.network.actors().size() == 400);
    CHECK(read.network.partnerships().size() == 2000);
    CHECK(read.network.settings().group_by.front() == "planted_group");
    CHECK(canonical(read.network) == files);
}

TEST_CASE("generate: the share of partnerships across groups is the one asked for", "[tools][generate]") {
    for (const double mixing : std::vector<double>{0.0, 0.1, 0.3, 0.75, 1.0}) {
        CAPTURE(mixing);
        const RegionOptions options{
            .actors = 500, .partnerships = 4000, .groups = 8, .mixing = mixing, .seed = 2};
        const Network n = read(files_of(options));
        const auto groups = n.attribute_values("planted_group");
        std::size_t across = 0;
        for (const PartnershipId p : n.partnerships().ids()) {
            const auto members = n.members(p);
            REQUIRE(members.size() >= 2);
            across += std::any_of(members.begin(), members.end(), [&](const Member& m) {
                return groups[m.actor] != groups[members[0].actor];
            });
        }
        CHECK(across == static_cast<std::size_t>(std::llround(mixing * 4000)));
    }
}

TEST_CASE("generate: the same options give the same bytes, another seed others", "[tools][generate]") {
    const RegionOptions options{.actors = 300, .seed = 11};
    CHECK(files_of(options) == files_of(options));
    RegionOptions other = options;
    other.seed = 12;
    CHECK(files_of(other).at("actors.csv") != files_of(options).at("actors.csv"));
    CHECK(files_of(other).at("partnerships.csv") != files_of(options).at("partnerships.csv"));
    RegionOptions defaults_said = tools::completed(options);
    CHECK(files_of(defaults_said) == files_of(options));
}

TEST_CASE("generate: any size works, down to one actor", "[tools][generate]") {
    for (const std::uint32_t actors : std::vector<std::uint32_t>{1U, 2U, 3U, 4U, 5U, 7U, 12U, 40U}) {
        CAPTURE(actors);
        CHECK(read(files_of({.actors = actors})).actors().size() == actors);
    }
    for (const std::uint32_t groups : std::vector<std::uint32_t>{1U, 2U, 29U, 30U}) {
        CAPTURE(groups);
        const Network n = read(files_of({.actors = 30, .partnerships = 300, .groups = groups}));
        std::set<TextId> seen;
        const auto column = n.attribute_values("planted_group");
        seen.insert(column.items().begin(), column.items().end());
        CHECK(seen.size() == groups);
    }
    for (const std::uint32_t expertises : std::vector<std::uint32_t>{1U, 2U, 8U, 9U, 100U, 1000U}) {
        CAPTURE(expertises);
        CHECK(read(files_of({.actors = 20, .expertises = expertises})).expertises().size() == expertises);
    }
    CHECK(read(files_of({.actors = 20, .partnerships = 0, .opportunities = 0})).opportunities().size() == 0);
}

TEST_CASE("generate: nonsense is refused with the option's name", "[tools][generate]") {
    CHECK(refused({.actors = 0}) == "actors");
    CHECK(refused({.actors = 60'000'000}) == "actors");
    CHECK(refused({.actors = 1, .partnerships = 5}) == "partnerships");
    CHECK(refused({.actors = 10, .groups = 11}) == "groups");
    CHECK(refused({.actors = 10, .groups = 0}) == "groups");
    CHECK(refused({.actors = 10, .groups = 2, .mixing = 1.01}) == "mixing");
    CHECK(refused({.actors = 10, .groups = 2, .mixing = -0.1}) == "mixing");
    CHECK(refused({.actors = 10, .groups = 1, .mixing = 0.5}) == "mixing");
    CHECK(refused({.actors = 10, .groups = 10, .mixing = 0.5}) == "mixing");
    CHECK(refused({.actors = 10, .expertises = 0}) == "expertises");
    CHECK(refused({.actors = 10, .first_year = 2020, .last_year = 2019}) == "years");
    CHECK(refused({.actors = 10}).empty());
}

TEST_CASE("generate: sizes, activity, history and expertises have the shapes that are promised",
          "[tools][generate]") {
    const RegionOptions options{.actors = 3000,
                                .partnerships = 15000,
                                .groups = 12,
                                .first_year = 2001,
                                .last_year = 2020,
                                .seed = 4};
    const Region region(options);
    for (std::uint32_t g = 1; g < 12; ++g) {
        CHECK(region.group_size(g) <= region.group_size(g - 1));
    }
    CHECK(region.group_size(0) >= 4 * region.group_size(11));

    const Network n = read(files_of(options));
    std::vector<std::size_t> degrees;
    for (const ActorId a : n.actors().ids()) {
        degrees.push_back(n.partnerships_of(a).size());
    }
    std::sort(degrees.begin(), degrees.end());
    CHECK(degrees.back() > 10 * degrees[degrees.size() / 2]);  // a heavy tail

    std::map<std::size_t, std::size_t> sizes;
    std::map<int, std::size_t> years;
    std::set<std::pair<ActorId, ActorId>> pairs;
    for (const PartnershipId p : n.partnerships().ids()) {
        const auto members = n.members(p);
        ++sizes[members.size()];
        ++years[n.partnerships()[p].start->year];
        if (members.size() == 2) {
            pairs.emplace(members[0].actor, members[1].actor);
        }
        CHECK_FALSE(n.topics(p).empty());
    }
    CHECK(sizes[2] > 12000);
    CHECK(sizes.rbegin()->first > 15);
    CHECK(sizes.rbegin()->first <= 30);
    CHECK(years.begin()->first == 2001);
    CHECK(years.rbegin()->first == 2020);
    CHECK(years[2020] > years[2001]);
    CHECK(pairs.size() < sizes[2] * 95 / 100);  // partners meet again
    // a random graph of as many ties would close about 2 * ties / actors^2 of the pairs: 0.3 %
    CHECK(transitivity(n) > 0.03);

    std::uint32_t deepest = 0;
    for (const ExpertiseId x : n.expertises().ids()) {
        deepest = std::max(deepest, n.expertises()[x].depth);
    }
    CHECK(deepest == 3);
    const auto seeks = std::count_if(n.holdings().begin(), n.holdings().end(),
                                     [](const Holding& h) { return h.relation == Relation::seeks; });
    CHECK(seeks > 1000);
}

TEST_CASE("generate: a group's actors share domains of expertise more than others do", "[tools][generate]") {
    const Region region({.actors = 2000, .groups = 6, .seed = 9});
    std::map<std::uint32_t, std::map<std::uint32_t, double>> shares;
    std::vector<Region::Holding> rows;
    for (std::uint32_t a = 0; a < 2000; ++a) {
        region.holdings(a, rows);
        for (const auto& row : rows) {
            if (row.relation == Region::Relation::offers) {
                shares[region.group_of(a)][region.expertises()[row.expertise].domain] += 1.0;
            }
        }
    }
    for (auto& [group, domains] : shares) {
        double sum = 0.0;
        double most = 0.0;
        for (const auto& [domain, count] : domains) {
            sum += count;
            most = std::max(most, count);
        }
        CHECK(most / sum > 0.25);  // of 22 domains
    }
}
