#include "algorithms/community/communities.hpp"

namespace maillage {

void validate(const CommunitiesOptions& options) {
    validate(options.leiden);
    validate(options.naming);
}

CommunitiesResult find_communities(GraphView g, const Incidence& offers, const CommunitiesOptions& options,
                                   const Execution& execution) {
    validate(options);
    CommunitiesResult result;
    result.options = options;
    result.leiden = leiden(g, options.leiden, execution);
    result.options.leiden = result.leiden.options;
    result.quality = quality(g, result.partition(), options.leiden.quality);
    result.profile = profile(g, result.partition());
    std::vector<Partition> runs;
    runs.reserve(result.leiden.runs.size());
    for (const LeidenRun& run : result.leiden.runs) {
        runs.push_back(run.partition);
    }
    result.stability = stability(g, runs, result.leiden.best, execution);
    result.names = name_communities(result.partition(), offers, options.naming);
    return result;
}

}  // namespace maillage
