#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace maillage::tools {

/// A synthetic region with planted groups.
struct RegionOptions {
    std::uint32_t actors = 1000;     ///< 2 .. 50,000,000
    std::uint64_t partnerships = 0;  ///< 0: ten times the actors
    std::uint32_t expertises =
        0;                     ///< leaves of the tree, 0: 12 a domain, grows with the actors; 1 .. 100,000
    std::uint32_t groups = 0;  ///< planted groups, 0: about the square root of the actors
    double mixing = 0.3;       ///< share of the partnerships whose members come from anywhere, 0 .. 1
    std::uint32_t opportunities = 20;  ///< at most 100,000
    std::int32_t first_year = 2000;
    std::int32_t last_year = 2025;
    std::uint64_t seed = 1;

    friend bool operator==(const RegionOptions&, const RegionOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const RegionOptions& options);

using RegionFileWriter =
    std::function<void(const std::string& name, const std::function<void(std::ostream&)>& body)>;

/// Writes the tables of a synthetic region, row by row.
///
/// Definition  Groups have sizes that fall off like 1/rank; each prefers two of the domains of expertise. An
/// actor belongs to one
///             group (attribute planted_group), has a kind and a place drawn from its group's preferences, a
///             power-law activity (exponent 2.5), one to six expertises, mostly of its group's domains, and
///             seeks up to two. A partnership has 2 members mostly, up to 30 with a heavy tail; its initiator
///             and partners are drawn by activity, from the initiator's group, or, with probability `mixing`,
///             from anywhere; one in five repeats a pair seen shortly before. Years lean to the later ones.
/// Memory      12 bytes an actor, whatever the number of partnerships.
/// Random      Every row has a stream of its own, keyed by the seed, the table and the row.
/// Errors      OptionError (see validate).
/// Source      Activity-driven ties: Perra et al., "Activity driven modeling of time varying networks",
/// Scientific Reports 2,
///             469, 2012; the rest is ours.
void write_region(const RegionOptions& options, const RegionFileWriter& write_file);

}  // namespace maillage::tools
