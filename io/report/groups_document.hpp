#pragma once

#include "engine/labels.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/working_group.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <vector>

/// Working groups as a document: JSON "groups" and its reading.
namespace maillage::io {

struct GroupCase {
    OpportunityId opportunity{};
    std::vector<VertexId> members;
    WorkingGroup group;
};

struct GroupsView {
    const Network& network;
    const Projection& projection;
    const WorkingGroupOptions& options;
    const std::vector<GroupLabels>& mixed_by;
    const std::vector<GroupCase>& cases;
    bool one = false;                  ///< one group was asked for: it is told in full
    Language language = Language::en;  ///< of the words in JSON
};

/// The fields of "options" that are particular to this document.
void write_groups_options(JsonWriter& json, const GroupsView& view);
/// The fields of "result".
void write_groups_result(JsonWriter& json, const GroupsView& view);

[[nodiscard]] Reading groups_reading(const GroupsView& view, Language language);

}  // namespace maillage::io
