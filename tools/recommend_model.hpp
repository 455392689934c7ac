#pragma once

#include "engine/csr_graph.hpp"

#include "algorithms/recommend/pair_features.hpp"

#include "tools/session.hpp"

#include <span>
#include <string>
#include <vector>

namespace maillage::tools {

/// The model that recommend and explain score pairs with, together with the groupings it refers to.
class RecommendModel {
public:
    /// goal: which published weights. barred: pairs that are not to be proposed, as ties over the vertices of
    /// session.all().
    RecommendModel(const Session& session, const std::vector<std::string>& by, Goal goal = Goal::likely,
                   std::span<const Tie> barred = {})
        : groupings_(session.groupings(by)),
          barred_(CsrGraph::from_ties(session.all().graph.vertex_count(), barred)),
          pairs_(RecommendInput{session.all().graph, session.links(), session.all().offers,
                                session.all().seeks, session.all().in_scope, groupings_, barred_},
                 score_options(goal)) {}
    RecommendModel(const RecommendModel&) = delete;
    RecommendModel& operator=(const RecommendModel&) = delete;
    ~RecommendModel() = default;

    [[nodiscard]] const PairModel& pairs() const noexcept { return pairs_; }

private:
    std::vector<GroupLabels> groupings_;
    CsrGraph barred_;
    PairModel pairs_;
};

}  // namespace maillage::tools
