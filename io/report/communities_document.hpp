#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/community/communities.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

/// The document "communities": CommunitiesResult of the graph of a projection, as JSON and for reading.
namespace maillage::io {

/// Fields of "options", beside the ones all documents share.
void write_communities_options(JsonWriter& json, const CommunitiesOptions& options);

/// Fields of "result". The language is that of the labels.
void write_communities(JsonWriter& json, const Network& network, const Projection& projection,
                       const CommunitiesResult& result, Language language);

[[nodiscard]] Reading communities_reading(const Network& network, const Projection& projection,
                                          const CommunitiesResult& result, Language language);

}  // namespace maillage::io
