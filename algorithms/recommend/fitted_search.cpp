#include "algorithms/recommend/fitted_search.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>

namespace maillage {
namespace {

bool better(const FittedCandidate& x, const FittedCandidate& y) {
    const int order = compare_scores(x.score, y.score);
    return order != 0 ? order > 0 : x.partner < y.partner;
}

enum : std::uint8_t { open = 0, linked = 1, barred = 2 };

}  // namespace

FittedSearch::FittedSearch(const PairModel& model, const FittedSource& fitted, std::uint32_t depth,
                           const ListPolicy& policy, const ListFacts& facts)
    : model_(model), depth_(depth), policy_(policy), facts_(facts), rows_(fitted.fitted_rows()) {
    if (fitted.model().vertex_count() != model.input().ties.vertex_count()) {
        throw Error("the fitted ranking is over other vertices than the network");
    }
}

void FittedSearch::prepare(std::span<const VertexId> actors) {
    found_.clear();
    for (std::size_t begin = 0; begin < actors.size(); begin += EvidenceRows::lanes) {
        const auto block = actors.subspan(begin, std::min(EvidenceRows::lanes, actors.size() - begin));
        rows_->compute(block);
        for (std::size_t lane = 0; lane < block.size(); ++lane) {
            choose(lane, found_.emplace_back(FittedCandidates{block[lane], {}, {}}));
        }
    }
}

void FittedSearch::choose(std::size_t lane, FittedCandidates& into) {
    const RecommendInput& input = model_.input();
    closed_.assign(input.ties.vertex_count(), open);
    for (const VertexId y : input.known().neighbours(into.actor)) {
        closed_[index_of(y)] = linked;
    }
    for (const VertexId y : input.barred_for(into.actor)) {
        closed_[index_of(y)] = barred;
    }
    scored_.clear();
    for (const VertexId y : input.ties.vertices()) {
        if (y == into.actor || !input.scoped(y)) {
            continue;
        }
        if (closed_[index_of(y)] != open) {
            (closed_[index_of(y)] == linked ? into.reach.linked : into.reach.barred) += 1;
        } else if (rows_->related(lane, y)) {
            scored_.push_back({y, rows_->value(0, lane, y), 0});
        }
    }
    into.reach.candidates = scored_.size();
    const std::size_t kept = std::min<std::size_t>(depth_, scored_.size());
    std::partial_sort(scored_.begin(), scored_.begin() + static_cast<std::ptrdiff_t>(kept), scored_.end(),
                      better);
    for (std::size_t i = 0; i < kept; ++i) {
        scored_[i].score_rank = static_cast<std::uint32_t>(i + 1);
    }
    into.candidates.assign(scored_.begin(), scored_.begin() + static_cast<std::ptrdiff_t>(kept));
    const auto reserve = [&](std::uint32_t places, auto qualifies) {
        if (places == 0) {
            return;
        }
        auto there = static_cast<std::size_t>(
            std::count_if(into.candidates.begin(), into.candidates.end(), qualifies));
        std::vector<FittedCandidate> others;
        if (there < places) {
            std::copy_if(scored_.begin() + static_cast<std::ptrdiff_t>(kept), scored_.end(),
                         std::back_inserter(others), qualifies);
            std::sort(others.begin(), others.end(), better);
        }
        for (auto c = others.begin(); c != others.end() && there < places; ++c) {
            const bool known = std::any_of(into.candidates.begin(), into.candidates.end(),
                                           [&](const auto& k) { return k.partner == c->partner; });
            if (!known) {
                into.candidates.push_back(*c);
                ++there;
            }
        }
    };
    reserve(policy_.quota, [&](const FittedCandidate& c) { return facts_.outside(into.actor, c.partner); });
    reserve(policy_.newcomers, [&](const FittedCandidate& c) { return facts_.newcomer(c.partner); });
    std::sort(into.candidates.begin(), into.candidates.end(), better);
}

const FittedCandidates& FittedSearch::of(VertexId actor) const {
    const auto found =
        std::find_if(found_.begin(), found_.end(), [actor](const auto& f) { return f.actor == actor; });
    if (found == found_.end()) {
        throw Error("fitted search: the actor was not prepared");
    }
    return *found;
}

}  // namespace maillage
