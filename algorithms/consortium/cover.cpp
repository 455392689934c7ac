#include "algorithms/consortium/cover.hpp"

#include <algorithm>

namespace maillage::consortium {

double nearness(const Network& network, ExpertiseId x, ExpertiseId y) noexcept {
    const auto& table = network.expertises();
    const double depths = static_cast<double>(table[x].depth + table[y].depth);
    ExpertiseId a = x;
    ExpertiseId b = y;
    while (a != b) {
        ExpertiseId& deeper = table[a].depth >= table[b].depth ? a : b;
        if (table[deeper].parent == none<ExpertiseId>) {
            return 0.0;
        }
        deeper = table[deeper].parent;
    }
    return 2.0 * static_cast<double>(table[a].depth) / depths;
}

std::vector<Cover> covers_of(const Network& network, const Incidence& offers, ExpertiseId x,
                             double least_level, double near) {
    std::vector<Cover> all;
    for (const ExpertiseId y : network.expertises().ids()) {
        if (index_of(y) >= offers.expertise_count()) {
            break;
        }
        const double sim = y == x ? 1.0 : near >= 1.0 ? 0.0 : nearness(network, x, y);
        if (sim < near) {
            continue;
        }
        for (const auto& held : offers.of(y)) {
            const double level = static_cast<double>(held.level) * sim;
            if (level >= least_level) {
                all.push_back({held.vertex, level, y, sim, held.inferred});
            }
        }
    }
    std::sort(all.begin(), all.end(), [](const Cover& a, const Cover& b) {
        const bool itself_a = a.nearness >= 1.0;
        const bool itself_b = b.nearness >= 1.0;
        if (a.actor != b.actor) {
            return a.actor < b.actor;
        }
        if (itself_a != itself_b) {
            return itself_a;
        }
        return a.level != b.level ? a.level > b.level : a.through < b.through;
    });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Cover& a, const Cover& b) { return a.actor == b.actor; }),
              all.end());
    return all;
}

}  // namespace maillage::consortium
