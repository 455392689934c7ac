#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/segregation/brokers.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Brokers as items of a JSON list, as a table and as sentences: shared by "openness" and "bridges".
namespace maillage::io {

/// Brokers listed for an attribute; the first so many in the order of Brokers.
inline constexpr std::size_t most_brokers_listed = 20;

struct BrokersView {
    const Network& network;
    const Projection& projection;  ///< whose vertices the brokers are
    std::string_view attribute;
    const Brokers& brokers;
};

/// The items of "brokers[]" for one attribute, into a list that is open.
void write_broker_items(JsonWriter& json, const BrokersView& view);
/// The same for several attributes of a projection, positions and brokers made here: weighted as the ties are to
/// count. Betweenness is exact up to 5,000 actors, sampled beyond.
void write_brokers(JsonWriter& json, const Network& network, const Projection& projection,
                   std::span<const std::string> attributes, bool weighted);

/// One row a broker, its roles and what they would be by chance.
[[nodiscard]] Table brokers_table(const BrokersView& view, Language language);
/// Who a broker is to whom, with its full stop.
[[nodiscard]] std::string broker_sentence(const BrokersView& view, const Broker& broker, Language language);

}  // namespace maillage::io
