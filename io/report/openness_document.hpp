#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/segregation/change.hpp"
#include "algorithms/segregation/openness.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <string>
#include <vector>

/// The document "openness": the measures of segregation of a projection, as JSON and for reading.
namespace maillage::io {

/// One year of a series: what ran at some time in it.
struct OpennessYear {
    int year = 0;
    MixingAt at;
    std::optional<Change> since;       ///< from the year before; empty for the first
    std::optional<double> p_adjusted;  ///< of the change of ei, Benjamini-Hochberg over the years
};

struct OpennessSeries {
    std::vector<OpennessYear> years;
    std::optional<Change> overall;  ///< from the first year with ties to the last
    int first = 0, last = 0;        ///< those years
    std::size_t undated = 0;        ///< partnerships without any date: in every year
};

struct OpennessReport {
    std::vector<Openness> attributes;
    std::vector<GroupLabels> labels;     ///< beside `attributes`
    std::vector<OpennessSeries> series;  ///< beside `attributes`, or empty
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
/// Its name for a table.
[[nodiscard]] std::string indicator_name(std::string_view id, Language language);

/// Fields that `openness` and `compare` share.
void write_interval(JsonWriter& json, std::string_view name, const std::optional<Interval>& interval);
void write_mixing_at(JsonWriter& json, const MixingAt& at);
void write_change(JsonWriter& json, const Change& change);

}  // namespace maillage::io
