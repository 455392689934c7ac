#pragma once

#include "engine/network.hpp"

#include "algorithms/segregation/change.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <optional>
#include <string>
#include <vector>

/// The document "comparison": what changed between two datasets, or two dates of one.
namespace maillage::io {

struct ComparedSide {
    std::string title, digest;
    std::optional<Date> from, to;
    std::size_t actors = 0;        ///< in scope
    std::size_t with_ties = 0;     ///< of them
    std::size_t partnerships = 0;  ///< that make a tie
    std::size_t undated = 0;       ///< of those, without any date
};

struct ComparedAttribute {
    std::string attribute;
    Change all;
    /// Over the actors that have a tie at both dates; empty when there are none.
    std::optional<Change> common;
    std::size_t moved = 0;  ///< actors of both datasets whose groups differ
};

struct Comparison {
    ComparedSide before, after;
    bool two_datasets = false;
    std::size_t common_actors = 0;                     ///< with ties at both dates
    std::vector<std::string> new_actors, gone_actors;  ///< ids: with ties at one date alone, ascending
    std::vector<ComparedAttribute> attributes;
};

/// Names are those of `later`.
void write_comparison(JsonWriter& json, const Network& later, const Comparison& comparison,
                      Language language);
[[nodiscard]] Reading comparison_reading(const Network& earlier, const Network& later,
                                         const Comparison& comparison, Language language);

}  // namespace maillage::io
