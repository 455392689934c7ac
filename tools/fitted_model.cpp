#include "tools/fitted_model.hpp"

#include "io/actor_words.hpp"

#include "tools/session.hpp"

#include <utility>

namespace maillage::tools {

std::string territory_attribute(const Network& network) {
    for (const std::string& name : network.settings().group_by) {
        if (name != "kind" && name != "place" && name != "country") {
            return name;
        }
    }
    return {};
}

std::unique_ptr<FittedSource> fitted_source(const Session& session, const Projection& past,
                                            std::span<const std::uint8_t> known, std::int32_t day) {
    const Network& network = session.network();
    const NameWords words = io::actor_words(network);
    const std::string territory = territory_attribute(network);
    const ProjectionOptions& projection = session.projection_options();
    auto ranking = fit_ranking({network, projection, day, words, territory}, {}, session.execution());
    if (!ranking) {
        return nullptr;
    }
    auto model = std::make_shared<const EvidenceModel>(
        EvidenceInput{network, past, known, day, projection.excluded_kinds, words, territory});
    return std::make_unique<FittedSource>(std::move(model), std::move(*ranking));
}

}  // namespace maillage::tools
