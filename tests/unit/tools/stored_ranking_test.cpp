#include "tools/stored_ranking.hpp"

#include "engine/error.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

using namespace maillage;
using namespace maillage::tools;

namespace {

StoredRanking some_ranking() {
    StoredRanking stored;
    stored.basis.digest = "sha256:0123";
    stored.basis.day = 17167;
    stored.basis.territory = "region";
    stored.basis.projection.to = Date{2016, 12, 0};
    stored.basis.projection.excluded_kinds = {"membership", "grant"};
    stored.basis.projection.tie_weight = TieWeight::count;
    FittedRanking& ranking = stored.ranking;
    for (std::size_t i = 0; i < evidence_count; ++i) {
        ranking.terms.push_back({evidence(i), has_scale(evidence(i)) ? 0.1 * static_cast<double>(i + 1) : 0.0,
                                 i % 3 == 0 ? 0.0 : 1.0 / static_cast<double>(i)});
    }
    ranking.intercept = -6.1;
    ranking.horizon_years = 0.75;
    ranking.splits = {{2016, 7, 2}, {2016, 1, 1}};
    ranking.examples = 1'234'567'890'123;
    ranking.new_ties = 321;
    return stored;
}

std::optional<StoredRanking> read(const std::string& bytes, bool& other_version) {
    const io::Section section{std::string(ranking_section), false, bytes};
    return find_ranking(std::span(&section, 1), other_version);
}

}  // namespace

TEST_CASE("stored ranking: it comes back to the last bit", "[tools][stored_ranking]") {
    const StoredRanking stored = some_ranking();
    const io::Section section = to_section(stored);
    CHECK(section.name == "x.fitted_ranking");
    CHECK_FALSE(section.required);
    bool other_version = true;
    const auto again = read(section.bytes, other_version);
    CHECK_FALSE(other_version);
    REQUIRE(again);
    CHECK(to_section(*again).bytes == section.bytes);
    CHECK(again->basis.digest == stored.basis.digest);
    CHECK(again->basis.same_options(stored.basis));
    CHECK(again->ranking.stored);
    CHECK(again->ranking.intercept == stored.ranking.intercept);
    CHECK(again->ranking.horizon_years == stored.ranking.horizon_years);
    CHECK(again->ranking.splits == stored.ranking.splits);
    CHECK(again->ranking.examples == stored.ranking.examples);
    CHECK(again->ranking.new_ties == stored.ranking.new_ties);
    REQUIRE(again->ranking.terms.size() == evidence_count);
    for (std::size_t i = 0; i < evidence_count; ++i) {
        CHECK(again->ranking.terms[i].term == evidence(i));
        CHECK(again->ranking.terms[i].scale == stored.ranking.terms[i].scale);
        CHECK(again->ranking.terms[i].weight == stored.ranking.terms[i].weight);
    }
}

TEST_CASE("stored ranking: none among other sections", "[tools][stored_ranking][degenerate]") {
    const io::Section other{"x.other", false, "?"};
    bool other_version = true;
    CHECK_FALSE(find_ranking({}, other_version));
    CHECK_FALSE(find_ranking(std::span(&other, 1), other_version));
    CHECK_FALSE(other_version);
}

TEST_CASE("stored ranking: what it was fitted on, but for the scope", "[tools][stored_ranking]") {
    const RankingBasis basis = some_ranking().basis;
    const auto same = [&basis](auto change) {
        RankingBasis other = basis;
        change(other);
        return basis.same_options(other);
    };
    CHECK(same([](RankingBasis& b) { b.projection.scope = {"region", "Centre"}; }));
    CHECK(
        same([](RankingBasis& b) { b.digest = "another"; }));  // of another network: an error, not an option
    CHECK_FALSE(same([](RankingBasis& b) { ++b.day; }));
    CHECK_FALSE(same([](RankingBasis& b) { b.territory.clear(); }));
    CHECK_FALSE(same([](RankingBasis& b) { b.projection.to.reset(); }));
    CHECK_FALSE(same([](RankingBasis& b) { b.projection.from = Date{2010, 0, 0}; }));
    CHECK_FALSE(same([](RankingBasis& b) { b.projection.excluded_kinds.pop_back(); }));
    CHECK_FALSE(same([](RankingBasis& b) { b.projection.tie_weight = TieWeight::one; }));
    CHECK_FALSE(same([](RankingBasis& b) { b.projection.expertises = ExpertiseSource::declared; }));
}

TEST_CASE("stored ranking: another version is no error", "[tools][stored_ranking]") {
    std::string bytes = to_section(some_ranking()).bytes;
    ++bytes[0];
    bool other_version = false;
    CHECK_FALSE(read(bytes, other_version));
    CHECK(other_version);
}

TEST_CASE("stored ranking: cut off wherever it ends, or longer, it is refused", "[tools][stored_ranking]") {
    const std::string bytes = to_section(some_ranking()).bytes;
    bool other_version = false;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO("cut at " << size);
        CHECK_THROWS_WITH(read(bytes.substr(0, size), other_version),
                          Catch::Contains("damaged: section \"x.fitted_ranking\" ends too early"));
    }
    CHECK_THROWS_WITH(read(bytes + "x", other_version), Catch::Contains("too many"));
}

TEST_CASE("stored ranking: a changed byte is refused, or read as another ranking that is one",
          "[tools][stored_ranking]") {
    const std::string bytes = to_section(some_ranking()).bytes;
    std::size_t refused = 0;
    for (std::size_t at = 4; at < bytes.size(); ++at) {
        for (const char change : {'\x01', '\x7F', '\x80', '\xFF'}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(bytes[at] ^ change);
            bool other_version = false;
            try {
                const auto again = read(changed, other_version);
                REQUIRE(again);
                CHECK(to_section(*again).bytes == changed);  // nothing but what it says
                for (const FittedTerm& term : again->ranking.terms) {
                    CHECK(std::isfinite(term.weight));
                    CHECK((std::isfinite(term.scale) && term.scale >= 0.0));
                }
            } catch (const Error&) {
                ++refused;
            }
        }
    }
    CHECK(refused > bytes.size());
}

TEST_CASE("stored ranking: numbers that mean nothing are refused", "[tools][stored_ranking]") {
    const auto refused = [](auto change, const std::string& why) {
        StoredRanking stored = some_ranking();
        change(stored);
        bool other_version = false;
        CHECK_THROWS_WITH(read(to_section(stored).bytes, other_version), Catch::Contains(why));
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    refused([&](StoredRanking& s) { s.ranking.intercept = nan; }, "number that is none");
    refused([&](StoredRanking& s) { s.ranking.terms[3].weight = infinite; }, "number that is none");
    refused([&](StoredRanking& s) { s.ranking.terms[0].scale = -1.0; }, "negative");
    refused([&](StoredRanking& s) { s.ranking.terms[0].scale = 0.0; }, "scale");
    refused([&](StoredRanking& s) { s.ranking.terms.back().scale = 1.0; }, "scale");
    refused([&](StoredRanking& s) { s.ranking.terms.pop_back(); }, "weight for each term");
    refused([&](StoredRanking& s) { std::swap(s.ranking.terms[0], s.ranking.terms[1]); }, "another order");
    refused([&](StoredRanking& s) { s.ranking.splits[0].month = 13; }, "date");
    refused([&](StoredRanking& s) { s.ranking.horizon_years = -0.5; }, "negative");
}
