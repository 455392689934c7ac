#include "algorithms/structure/expertise_pool.hpp"

#include <algorithm>

namespace maillage {
namespace {

/// Distinct holders of each expertise or a narrower one.
IdVector<ExpertiseId, std::uint32_t> holders_below(const Network& network, const Incidence& offers) {
    IdVector<ExpertiseId, std::uint32_t> count(network.expertises().size(), 0);
    IdVector<ExpertiseId, VertexId> last(network.expertises().size(), none<VertexId>);
    for (std::size_t i = 0; i < offers.vertex_count(); ++i) {
        const auto v = id_at<VertexId>(i);
        for (const Incidence::OfVertex& link : offers.of(v)) {
            for (ExpertiseId x = link.expertise; x != none<ExpertiseId> && last[x] != v;
                 x = network.expertises()[x].parent) {
                last[x] = v;
                ++count[x];
            }
        }
    }
    return count;
}

IdVector<ExpertiseId, std::uint32_t> required_by(const Network& network) {
    IdVector<ExpertiseId, std::uint32_t> count(network.expertises().size(), 0);
    for (const OpportunityId o : network.opportunities().ids()) {
        for (const Requirement& requirement : network.requirements(o)) {
            ++count[requirement.expertise];
        }
    }
    return count;
}

}  // namespace

std::vector<ExpertiseFigures> expertise_pool(const Network& network, const Projection& projection) {
    const auto below = holders_below(network, projection.offers);
    const auto required = required_by(network);
    std::vector<ExpertiseFigures> pool;
    pool.reserve(network.expertises().size());
    for (const ExpertiseId x : network.expertises().ids()) {
        const auto holders = projection.offers.of(x);
        ExpertiseFigures figures;
        figures.expertise = x;
        figures.holders = static_cast<std::uint32_t>(holders.size());
        figures.inferred = static_cast<std::uint32_t>(
            std::count_if(holders.begin(), holders.end(),
                          [](const Incidence::OfExpertise& link) { return link.inferred; }));
        figures.holders_below = below[x];
        if (holders.size() == 1) {
            figures.single_holder = holders.front().vertex;
        }
        figures.seekers = static_cast<std::uint32_t>(projection.seeks.of(x).size());
        figures.required_by = required[x];
        figures.leaf = network.children(x).empty();
        figures.gap = figures.holders_below == 0 && (figures.seekers > 0 || figures.required_by > 0);
        pool.push_back(figures);
    }
    std::stable_sort(pool.begin(), pool.end(), [](const ExpertiseFigures& a, const ExpertiseFigures& b) {
        return a.holders > b.holders;
    });
    return pool;
}

}  // namespace maillage
