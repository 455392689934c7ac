#pragma once

#include "engine/date.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// A network cut in time: what was known at a date, and which ties came after.
namespace maillage {

struct HistoryOptions {
    /// Partnerships that start before its first day are the past, the others the future.
    Date split;
    std::optional<Date> until;  ///< the future ends with its last day; empty: with the data
    /// Of the past; its `from` counts, its `to` is set by the split.
    ProjectionOptions projection;
};

/// Two known actors without a tie before the split, and with one after it.
struct NewTie {
    VertexId a{}, b{};               ///< a < b
    std::uint32_t partnerships = 0;  ///< that made the tie
    PartnershipId first{};           ///< the earliest of them, then the first in the order of ids

    friend bool operator==(const NewTie&, const NewTie&) = default;
};

struct History {
    Projection past;
    /// 1 or 0 per vertex: member of a partnership of the past, be it alone, and in scope.
    std::vector<std::uint8_t> known;
    std::vector<std::uint32_t> past_of;  ///< partnerships of the past, per vertex
    std::vector<NewTie> new_ties;        ///< by a, then b
    std::size_t known_actors = 0;
    std::size_t past_partnerships = 0, future_partnerships = 0;
    std::size_t undated = 0;        ///< without start: taken for the past
    std::size_t repeated = 0;       ///< pairs that meet after the split and were tied before
    std::size_t with_newcomer = 0;  ///< pairs that meet after the split, one of them unknown before
    std::size_t newcomers = 0;      ///< actors in scope with a partnership of the future who are not known
};

/// Definition  Past: partnerships without start or with one before the split. Future: those that start at the
///             split or after it, until `until`. A start that names a year or month is at its first day.
///             Partnerships of excluded kinds are neither.
/// Cost        That of project(), and sum over partnerships of the future of k^2.
/// Errors      OptionError (field "split", "until") when no partnership has a start, when the split is not after
///             the first and up to the last of them, when `until` is before the split, and when no new tie of
///             known actors follows. What project() throws.
[[nodiscard]] History cut_history(const Network& network, const HistoryOptions& options);

}  // namespace maillage
