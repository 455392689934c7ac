#include "algorithms/consortium/cover.hpp"

#include <algorithm>

namespace maillage::consortium {

std::vector<Cover> covers_of(const Taxonomy& taxonomy, const Incidence& offers, ExpertiseId x,
                             double least_level, double near) {
    std::vector<Cover> all;
    for (const ExpertiseId y : IdRange<ExpertiseId>(taxonomy.size())) {
        if (index_of(y) >= offers.expertise_count()) {
            break;
        }
        const double sim = y == x ? 1.0 : near >= 1.0 ? 0.0 : wu_palmer(taxonomy, x, y);
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
