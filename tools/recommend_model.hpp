#pragma once

#include "algorithms/recommend/pair_features.hpp"

#include "tools/session.hpp"

#include <string>
#include <vector>

namespace maillage::tools {

/// The model that recommend and explain score pairs with, together with the groupings it refers to.
class RecommendModel {
public:
    RecommendModel(const Session& session, const std::vector<std::string>& by)
        : groupings_(session.groupings(by)),
          pairs_(RecommendInput{session.all().graph, session.links(), session.all().offers,
                                session.all().seeks, session.all().in_scope, groupings_}) {}
    RecommendModel(const RecommendModel&) = delete;
    RecommendModel& operator=(const RecommendModel&) = delete;
    ~RecommendModel() = default;

    [[nodiscard]] const PairModel& pairs() const noexcept { return pairs_; }

private:
    std::vector<GroupLabels> groupings_;
    PairModel pairs_;
};

}  // namespace maillage::tools
