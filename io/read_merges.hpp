#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace maillage::io {

/// One into another, as a reviewed list says.
template <StrongId Id>
struct MergeInto {
    Id merge{};
    Id keep{};  ///< at the end of the chain: never itself merged
    std::uint32_t line = 0;
};

/// A reviewed list of merges.
struct ReviewedMerges {
    std::vector<MergeInto<ActorId>> actors;  ///< by `merge`, each once
    std::vector<MergeInto<ExpertiseId>> expertises;
    std::size_t rows = 0;
    std::size_t refused = 0;              ///< rows decided with no
    std::size_t undecided = 0;            ///< rows without a decision: not applied
    std::size_t repeated = 0;             ///< accepted rows that add nothing to others
    std::vector<Diagnostic> diagnostics;  ///< warnings and notes
};

/// Reads a CSV table with the columns `keep`, `merge` and `decision` (garder, fusionner, décision), as
/// `check --proposals` writes it, each of the first two the id of an actor or the name of exactly one; with
/// `table` saying "expertises" of expertises. Whatever read_table accepts of encodings, separators and quotes is
/// accepted. A decision is yes (yes, oui, x, 1, …), no (no, non, 0, …) or empty: nothing is merged unasked.
///
/// Chains      a into b and b into c is both into c, whatever the order of rows.
/// Degenerate  a table without rows, or without a yes, merges nothing; the first with a warning.
/// Errors      InputError with all of them at their places: a missing column, an empty cell, somebody who is not
///             there (with the nearest), a name that several have, one merged into itself or into two that do
///             not come to the same, merges that go round in a circle, a no to what a yes (or several together)
///             merges, a word that is no decision, a file that cannot be read.
/// Cost        O(bytes + log of the actors a row).
[[nodiscard]] ReviewedMerges read_merges(const std::string& path, const Network& network);

}  // namespace maillage::io
