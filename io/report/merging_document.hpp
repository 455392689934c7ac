#pragma once

#include "engine/network.hpp"

#include "io/json_writer.hpp"
#include "io/merge_network.hpp"
#include "io/report/reading.hpp"

#include <string>

/// What merging a reviewed list has done, or would do: JSON "merging" and its reading.
namespace maillage::io {

struct MergingView {
    const ReviewedMerges& list;
    const MergeResult& result;
    std::string output;  ///< where it was written; empty: nowhere
};

void write_merging_result(JsonWriter& json, const MergingView& view);
[[nodiscard]] Reading merging_reading(const MergingView& view, Language language);

}  // namespace maillage::io
