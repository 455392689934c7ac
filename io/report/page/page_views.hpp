#pragma once

#include "algorithms/community/communities.hpp"

#include "io/report/bridges_document.hpp"
#include "io/report/matches_document.hpp"
#include "io/report/openness_document.hpp"
#include "io/report/recommendations_document.hpp"

#include <optional>

/// What documents give to the page beside their readings, so that its figures are drawn from the same values.
namespace maillage::io {

struct CommunitiesView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the result speaks of
    const CommunitiesResult& result;
};

struct OpennessView {
    const Network& network;
    const Projection& projection;
    const OpennessReport& report;
};

/// Filled by Document::page. A view refers to its document: use it while that lives.
struct PageViews {
    std::optional<CommunitiesView> communities;
    std::optional<MatchesView> matches;
    std::optional<RecommendationsView> recommendations;
    std::optional<OpennessView> openness;
    std::optional<BridgesView> bridges;
};

}  // namespace maillage::io
