#pragma once

#include "engine/labels.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/pooling.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <string>
#include <vector>

/// Groups that could pool what they do, as a part of the document "matches" and of its reading.
namespace maillage::io {

/// What was found within the groups of one attribute ("place", "country").
struct PoolsWithin {
    GroupLabels labels;
    PoolingResult result;
};

struct PoolsView {
    const Network& network;
    const Projection& projection;
    const std::vector<PoolsWithin>& within;
};

/// The fields "pools" and "pool_search", with their keys.
void write_pools(JsonWriter& json, const PoolsView& view, Language language);

/// Who could pool what, who could carry it and who could bring them together.
[[nodiscard]] std::string pool_sentence(const PoolsView& view, const PoolsWithin& within, const Pool& pool,
                                        Language language);

/// The first pools as sentences, a table of all, and what was not searched. told: sentences at most.
void add_pools(Reading& reading, const PoolsView& view, std::size_t told, Language language);

}  // namespace maillage::io
