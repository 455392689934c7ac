#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/segregation/openness.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <string>
#include <vector>

/// The document "openness": the measures of segregation of a projection, as JSON and for reading.
namespace maillage::io {

struct OpennessReport {
    std::vector<Openness> attributes;
    bool weighted = false;
    std::size_t ties_leaving_scope = 0;  ///< ties of the scope's actors to others, not counted
    std::size_t isolates = 0;            ///< actors of the graph without any tie in it
};

void write_openness_options(JsonWriter& json, const OpennessReport& report);
void write_openness(JsonWriter& json, const Network& network, const Projection& projection,
                    const OpennessReport& report, Language language);
[[nodiscard]] Reading openness_reading(const Network& network, const Projection& projection,
                                       const OpennessReport& report, Language language);

/// What an indicator says, in a sentence with its source.
[[nodiscard]] std::string indicator_definition(std::string_view id, Language language);

}  // namespace maillage::io
