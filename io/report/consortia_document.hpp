#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/consortium/consortium.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Consortia for calls, or for a set of expertises, as a document: JSON "consortia" and its reading.
namespace maillage::io {

/// One question and its answer.
struct ConsortiumCase {
    std::optional<OpportunityId> opportunity;  ///< empty: expertises named by the user
    std::vector<consortium::Want> wants;
    consortium::ConsortiumOptions options;
    bool outside = false;                    ///< actors out of scope may be members
    std::vector<std::string> absent_groups;  ///< groups asked for that nobody has: ids from group_count on
    consortium::ConsortiumResult result;
    /// The best one with the actor that the reading is about, where the best of all does without it.
    std::optional<consortium::Consortium> with_actor;
};

struct ConsortiaView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the results speak of
    std::span<const GroupLabels> groupings;
    const std::vector<ConsortiumCase>& cases;
    bool brief = false;             ///< one row a call, without explanations of members
    std::optional<VertexId> about;  ///< the reading is about this actor's part
    Language language = Language::en;
};

/// The fields of "options" that are particular to this document.
void write_consortia_options(JsonWriter& json, const ConsortiaView& view);
/// The fields of "result".
void write_consortia_result(JsonWriter& json, const ConsortiaView& view);

[[nodiscard]] Reading consortia_reading(const ConsortiaView& view, Language language);

}  // namespace maillage::io
