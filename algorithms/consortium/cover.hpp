#pragma once

#include "engine/ids.hpp"
#include "engine/incidence.hpp"

#include "algorithms/matching/taxonomy.hpp"

#include <cstdint>
#include <vector>

/// Who covers what is wanted, and how well.
namespace maillage::consortium {

/// How an actor covers one expertise.
struct Cover {
    VertexId actor{};
    double level = 1.0;     ///< level of what it offers, times the nearness
    ExpertiseId through{};  ///< what it offers: the expertise itself, or one near it
    double nearness = 1.0;  ///< by Wu and Palmer; 1 for the expertise itself: less is partial cover
    bool inferred = false;  ///< from partnerships, not declared
};

/// Everyone that covers x at a level of at least `least_level`, ascending: the best way of each, x itself
/// first, then the higher level, then the expertise.
/// near: expertises of at least this nearness count, in (0, 1]; 1 for x alone.
/// Cost  O(expertises + holders of those near).
[[nodiscard]] std::vector<Cover> covers_of(const Taxonomy& taxonomy, const Incidence& offers, ExpertiseId x,
                                           double least_level, double near);

}  // namespace maillage::consortium
