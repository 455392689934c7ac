#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/segregation/bridging.hpp"
#include "algorithms/segregation/brokers.hpp"
#include "algorithms/segregation/cohesion.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The document "bridges": partnerships that would open the silos, and what holds the network together.
namespace maillage::io {

/// What a pair's effect is multiplied by.
enum class PairWeighing : std::uint8_t {
    recommendation,   ///< the score of a recommendation, crossing left out, on a scale of 0 to 1
    complementarity,  ///< that of its expertises
    none              ///< 1
};
[[nodiscard]] std::string_view to_code(PairWeighing weighing) noexcept;

struct BridgesOptions {
    BridgingOptions bridging;
    PairWeighing weighing = PairWeighing::recommendation;
    bool distance_costs = false;      ///< a kilometre counts: cost = 1 + km / 100
    std::optional<double> ei_target;  ///< E-I index to say the number of ties for
};

/// What is known of a proposed pair besides its effect.
struct BridgePair {
    PairExplanation facts;
    std::optional<double> kilometres;  ///< along a great circle; empty: a place is unknown
};

/// One may choose for another reason among the pairs that open most.
struct BridgeAlternative {
    Bridging::Strong pair;
    double share_of_best = 0.0;  ///< of the greatest effect
    double complementarity = 0.0;
};

struct BridgesView {
    const Network& network;
    const Projection& projection;    ///< whose vertices the results are
    const Projection& surroundings;  ///< whose vertices the model's are
    const PairModel& model;
    std::span<const GroupLabels> groupings;  ///< over the projection
    const BridgesOptions& options;
    const Bridging& result;
    std::span<const BridgePair> pairs;  ///< beside result.bridges
    const std::optional<BridgeAlternative>& alternative;
    const Cohesion& cohesion;
    std::span<const Brokers> brokers;     ///< one a grouping
    std::size_t without_coordinates = 0;  ///< actors at which a tie may begin, under distance_costs
    Language language = Language::en;     ///< of the labels in JSON
};

void write_bridges_options(JsonWriter& json, const BridgesView& view);
void write_bridges_result(JsonWriter& json, const BridgesView& view);
[[nodiscard]] Reading bridges_reading(const BridgesView& view, Language language);

/// Why there is nothing to open, or why nothing can be said: a code, empty when there is no such reason.
[[nodiscard]] std::string_view why_no_bridges(const BridgesView& view) noexcept;

}  // namespace maillage::io
