#include "algorithms/recommend/list_figures.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maillage {
namespace {

constexpr std::size_t lists_per_chunk = 64;

/// Sums of one list, to be added up in order.
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

ListFigures list_figures(const PairModel& model, std::span<const ActorRecommendations> lists,
                         std::uint32_t newcomer_partners, const Execution& execution) {
    std::vector<Sums> sums(lists.size());
    for_chunks(lists.size(), lists_per_chunk, Execution{.threads = execution.threads, .progress = {}},
               "recommend", [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t i = begin; i < end; ++i) {
                       sums[i] = sums_of(model, lists[i], newcomer_partners);
                   }
               });
    ListFigures figures;
    Sums all;
    std::size_t of_two = 0;
    std::vector<std::size_t> shown(model.input().ties.vertex_count(), 0);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto& partners = lists[i].partners;
        figures.lists += partners.empty() ? 0U : 1U;
        figures.places += partners.size();
        of_two += partners.size() > 1 ? 1U : 0U;
        all.diversity += sums[i].diversity;
        all.novelty += sums[i].novelty;
        all.outside += sums[i].outside;
        all.known += sums[i].known;
        all.newcomers += sums[i].newcomers;
        for (const RecommendedPartner& p : partners) {
            figures.most_shown = std::max(figures.most_shown, ++shown[index_of(p.partner)]);
        }
    }
    if (of_two > 0) {
        figures.diversity = all.diversity / static_cast<double>(of_two);
    }
    if (figures.places > 0) {
        figures.novelty = all.novelty / static_cast<double>(figures.places);
        figures.newcomers = static_cast<double>(all.newcomers) / static_cast<double>(figures.places);
    }
    if (all.known > 0) {
        figures.outside = static_cast<double>(all.outside) / static_cast<double>(all.known);
    }
    return figures;
}

}  // namespace maillage
