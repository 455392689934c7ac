#include "algorithms/recommend/list_figures.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maillage {
namespace {

constexpr std::size_t lists_per_chunk = 64;
constexpr double unit = 1e-9;  ///< of diversity and novelty in a tally

/// Sums of one list.
struct Sums {
    double diversity = 0.0, novelty = 0.0;
    std::size_t outside = 0, known = 0, newcomers = 0;
};

Sums sums_of(const PairModel& model, const ActorRecommendations& list, std::uint32_t newcomer_partners) {
    const RecommendInput& input = model.input();
    const auto n = static_cast<double>(input.ties.vertex_count());
    Sums sums;
    double unlike = 0.0;
    const auto& partners = list.partners;
    for (std::size_t i = 0; i < partners.size(); ++i) {
        const VertexId p = partners[i].partner;
        for (std::size_t j = 0; j < i; ++j) {
            unlike += 1.0 - partner_similarity(model, partners[j].partner, p);
        }
        const std::size_t degree = input.ties.degree(p);
        sums.novelty -= std::log2((static_cast<double>(degree) + 1.0) / (n + 1.0));
        sums.newcomers += degree <= newcomer_partners ? 1U : 0U;
        if (!input.groupings.empty()) {
            const GroupLabels& labels = input.groupings.front();
            const auto own = labels.of(list.actor);
            const auto other = labels.of(p);
            const bool known = !own.empty() && !other.empty();
            sums.known += known ? 1U : 0U;
            sums.outside += known && !share_a_group(own, other) ? 1U : 0U;
        }
    }
    const std::size_t pairs =
        partners.size() * (partners.size() - std::min<std::size_t>(1, partners.size())) / 2;
    sums.diversity = pairs > 0 ? unlike / static_cast<double>(pairs) : 0.0;
    return sums;
}

}  // namespace

ListTally tally_lists(const PairModel& model, std::span<const ActorRecommendations> lists,
                      std::uint32_t newcomer_partners, const Execution& execution) {
    std::vector<Sums> sums(lists.size());
    for_chunks(lists.size(), lists_per_chunk, Execution{.threads = execution.threads, .progress = {}},
               "recommend", [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t i = begin; i < end; ++i) {
                       sums[i] = sums_of(model, lists[i], newcomer_partners);
                   }
               });
    const auto whole = [](double x) { return static_cast<std::uint64_t>(std::llround(x / unit)); };
    ListTally tally;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto& partners = lists[i].partners;
        tally.lists += partners.empty() ? 0U : 1U;
        tally.lists_of_two += partners.size() > 1 ? 1U : 0U;
        tally.places += partners.size();
        tally.diversity += whole(sums[i].diversity);
        tally.novelty += whole(sums[i].novelty);
        tally.outside += sums[i].outside;
        tally.known += sums[i].known;
        tally.newcomers += sums[i].newcomers;
        tally.short_of_quota += lists[i].short_of_quota;
        tally.short_of_newcomers += lists[i].short_of_newcomers;
    }
    return tally;
}

ListFigures list_figures(const ListTally& tally) noexcept {
    const auto ratio = [](double above, std::uint64_t below) {
        return below > 0 ? std::optional(above / static_cast<double>(below)) : std::nullopt;
    };
    ListFigures figures;
    figures.lists = static_cast<std::size_t>(tally.lists);
    figures.places = static_cast<std::size_t>(tally.places);
    figures.diversity = ratio(static_cast<double>(tally.diversity) * unit, tally.lists_of_two);
    figures.novelty = ratio(static_cast<double>(tally.novelty) * unit, tally.places);
    figures.outside = ratio(static_cast<double>(tally.outside), tally.known);
    figures.newcomers = ratio(static_cast<double>(tally.newcomers), tally.places);
    return figures;
}

ListFigures list_figures(const PairModel& model, std::span<const ActorRecommendations> lists,
                         std::uint32_t newcomer_partners, const Execution& execution) {
    return list_figures(tally_lists(model, lists, newcomer_partners, execution));
}

std::size_t most_shown(const PairModel& model, std::span<const ActorRecommendations> lists) {
    std::vector<std::size_t> shown(model.input().ties.vertex_count(), 0);
    std::size_t most = 0;
    for (const ActorRecommendations& list : lists) {
        for (const RecommendedPartner& p : list.partners) {
            most = std::max(most, ++shown[index_of(p.partner)]);
        }
    }
    return most;
}

}  // namespace maillage
