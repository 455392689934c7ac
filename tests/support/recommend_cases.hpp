#pragma once

#include "engine/csr_graph.hpp"
#include "engine/incidence.hpp"
#include "engine/labels.hpp"

#include "algorithms/recommend/pair_features.hpp"

#include "tests/support/generators.hpp"
#include "tests/support/profiles.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What a recommendation reads, owned in one place, for tests.
namespace maillage::testing {

struct RecommendCase {
    CsrGraph ties, links;
    Incidence offers, seeks;
    std::vector<std::uint8_t> in_scope;
    std::vector<GroupLabels> groupings;

    [[nodiscard]] RecommendInput input() const { return {ties, links, offers, seeks, in_scope, groupings}; }
};

inline GroupLabels labels_of(const std::string& attribute, const std::vector<std::string>& values) {
    const std::vector<std::string_view> cells(values.begin(), values.end());
    return {attribute, cells};
}

/// Ties, links beyond them, expertises, needs, a scope and two groupings (one with gaps), all random.
inline RecommendCase random_case(Rng& rng, std::uint32_t n) {
    RecommendCase c;
    c.ties = random_weighted_graph(rng, n, 1.0 + 3.0 * rng.uniform01() < 2.0 ? 0.05 : 0.15);
    std::vector<Tie> links;
    for (const VertexId a : c.ties.view().vertices()) {
        for (const VertexId b : c.ties.view().neighbours(a)) {
            if (a < b) {
                links.push_back({a, b, 1.0});
            }
        }
    }
    for (std::uint32_t i = 0; n > 1 && i < n / 3; ++i) {
        const std::uint32_t a = rng.below(n);
        const std::uint32_t b = (a + 1 + rng.below(n - 1)) % n;
        links.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
    }
    c.links = CsrGraph::from_ties(n, links);
    c.offers = random_incidence(rng, n, 9, 3);
    c.seeks = random_incidence(rng, n, 9, 1);
    std::vector<std::string> kinds;
    std::vector<std::string> places;
    for (std::uint32_t v = 0; v < n; ++v) {
        c.in_scope.push_back(rng.below(4) == 0 ? 0 : 1);
        kinds.push_back(std::string(1, static_cast<char>('a' + rng.below(3))));
        places.push_back(rng.below(5) == 0 ? "" : rng.below(3) == 0 ? "x|y" : rng.below(2) == 0 ? "x" : "z");
    }
    c.groupings = {labels_of("kind", kinds), labels_of("place", places)};
    return c;
}

}  // namespace maillage::testing
