#pragma once

#include "engine/incidence.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace maillage {

struct NamingOptions {
    /// Expertises in a name, >= 1.
    std::uint32_t words = 3;
    /// alpha_0, the weight of the prior in assignments, > 0: each expertise gets its overall share of it.
    double prior = 10.0;
    /// An expertise is typical of a community when its z exceeds this, >= 0, …
    double min_z = 1.96;
    /// … and at least this many members have it, >= 1.
    std::uint32_t min_holders = 2;

    friend bool operator==(const NamingOptions&, const NamingOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const NamingOptions& options);

/// One expertise of a community's name.
struct NameWord {
    ExpertiseId expertise{};
    std::uint32_t holders = 0;  ///< members of the community that have it
    /// Over-representation in standard deviations. Empty ("zero_denominator") when there is nothing to
    /// compare with: one expertise is all that anybody has.
    std::optional<double> z;
    bool typical = false;  ///< z > min_z and holders >= min_holders; false: merely among the most frequent
};

/// Log-odds of an expertise in a community against everywhere else.
struct LogOdds {
    double delta = 0.0;
    double z = 0.0;
};

/// Definition  delta = ln[(y + a) / (n + a0 - y - a)] - ln[(y' + a) / (n' + a0 - y' - a)],
///             z = delta / sqrt(1 / (y + a) + 1 / (y' + a)); y of the n assignments inside are the
///             expertise, y' of the n' outside. Empty when an odds has no denominator.
/// Source      B. L. Monroe, M. P. Colaresi, K. M. Quinn, "Fightin' words", Political Analysis 16(4),
///             372-403, 2008.
[[nodiscard]] std::optional<LogOdds> log_odds(double y, double n, double y_rest, double n_rest, double a,
                                              double a0) noexcept;

/// Names every community by the expertises that its members have more often than the others.
///
/// Definition  The `words` highest z among the typical expertises; when there is none, the most frequent
///             ones, those with fewer holders overall first among equals. An assignment is an actor that
///             has an expertise, whatever its level. a = prior * the share of the expertise.
/// Shapes      offers.vertex_count() == partition.vertex_count(). Answers one list per CommunityId, best
///             first; empty when no member has any expertise.
/// Cost        O(assignments log) time, O(expertises + assignments) memory.
/// Errors      OptionError (see validate). Error when the shapes differ.
[[nodiscard]] std::vector<std::vector<NameWord>> name_communities(const Partition& partition,
                                                                  const Incidence& offers,
                                                                  const NamingOptions& options = {});

}  // namespace maillage
