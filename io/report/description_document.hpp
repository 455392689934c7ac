#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/structure/describe.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

/// The document "description": what is in the network, and in its scope, as JSON and for reading.
namespace maillage::io {

/// A description and what it describes.
struct Described {
    const Network& network;
    const Projection& projection;
    const Description& description;
};

/// Fields of "options", beside the ones all documents share.
void write_description_options(JsonWriter& json, const DescribeOptions& options);

/// Fields of "result". in_scope: of the actors in scope alone; nullptr when there is no scope. The language
/// is that of the labels.
void write_description(JsonWriter& json, const Described& all, const Described* in_scope, Language language);

[[nodiscard]] Reading description_reading(const Described& all, const Described* in_scope, Language language);

}  // namespace maillage::io
