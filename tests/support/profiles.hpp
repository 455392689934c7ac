#pragma once

#include "engine/incidence.hpp"
#include "engine/random.hpp"

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

/// Small and random actor x expertise incidences, for tests.
namespace maillage::testing {

struct Level {
    std::uint32_t expertise = 0;
    float level = 1.0F;
};

/// One list per actor.
inline Incidence incidence(std::size_t expertises, const std::vector<std::vector<Level>>& actors) {
    std::vector<Incident> links;
    for (std::size_t v = 0; v < actors.size(); ++v) {
        for (const Level& held : actors[v]) {
            links.push_back({id_at<VertexId>(v), id_at<ExpertiseId>(held.expertise), held.level, false});
        }
    }
    return {actors.size(), expertises, std::move(links)};
}

/// Every actor draws 0 .. most expertises, low numbers more often; levels are quarters, 1 half of the
/// time; a third of the links is inferred.
inline Incidence random_incidence(Rng& rng, std::uint32_t actors, std::uint32_t expertises,
                                  std::uint32_t most) {
    std::vector<Incident> links;
    for (std::uint32_t v = 0; v < actors; ++v) {
        for (std::uint32_t i = rng.below(most + 1); i > 0; --i) {
            const double u = rng.uniform01();
            const auto x = static_cast<std::uint32_t>(u * u * expertises);
            const float level = rng.below(2) == 0 ? 1.0F : 0.25F * static_cast<float>(1 + rng.below(3));
            links.push_back({id_at<VertexId>(v), id_at<ExpertiseId>(x), level, rng.below(3) == 0});
        }
    }
    return {actors, expertises, std::move(links)};
}

}  // namespace maillage::testing
