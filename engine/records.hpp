#pragma once

#include "engine/date.hpp"
#include "engine/ids.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// Rows as a reader hands them to NetworkBuilder: views of the reader's buffer, valid during the
/// call of `add` only, each with the place it was read from.
namespace maillage {

/// A cell. line and column are where its text begins (1-based); 0 when it was not read from a file.
struct Cell {
    std::string_view text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    TextId known = none<TextId>;  ///< what NetworkBuilder::intern gave for the text, or none: it is looked up
};

/// A cell that the reader has already understood; value is empty where the cell was empty.
template <class T>
struct Parsed {
    std::optional<T> value;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct ActorRecord {
    Cell id, name, kind, place, country, url;
    Parsed<double> lat, lon;           ///< degrees, WGS 84
    std::span<const Cell> attributes;  ///< in the order of NetworkBuilder::set_attribute_names
};

struct ExpertiseRecord {
    Cell id, parent, label, label_fr, label_en, scheme;
};

struct ActorExpertiseRecord {
    Cell actor, expertise;
    Cell relation;         ///< "offers" (also when empty) or "seeks"
    Parsed<double> level;  ///< 0 .. 1, default 1
    Cell source;
};

struct PartnershipRecord {
    Cell id, name, kind;
    Parsed<Date> start, end;
    Cell status;
    Parsed<double> weight;             ///< > 0, default 1
    std::span<const Cell> expertises;  ///< the list of the cell, already split
    Cell source;
    Cell a, b;  ///< both empty when the members stand in members.csv
};

struct MemberRecord {
    Cell partnership, actor, role;
};

struct OpportunityRecord {
    Cell id, title, kind;
    Parsed<Date> opens, deadline;
    Parsed<double> min_partners, max_partners, min_kinds, min_countries;  ///< whole numbers >= 0
    std::span<const Cell> required_kinds, countries;
    Cell url;
};

struct OpportunityExpertiseRecord {
    Cell opportunity, expertise;
    Parsed<double> weight;       ///< > 0, default 1
    Parsed<double> min_holders;  ///< whole number >= 1, default 1
};

}  // namespace maillage
