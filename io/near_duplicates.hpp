#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

/// The columns of actors.csv that identify an organisation (SIRET, ROR, RNSR, PIC, …), by their names.
[[nodiscard]] std::vector<std::size_t> identifier_columns(const Network& network);

/// Whether two places are known and differ: what stands behind the name of one (Cedex, a number) and one wrong
/// letter make no difference.
[[nodiscard]] bool places_differ(std::string_view x, std::string_view y);

/// Actors whose names are the same but for case, accents, punctuation and legal form (see name_core), unless
/// their countries, places or identifiers are known to differ: each beside the last one before it in the order of ids, so that every
/// actor is the second of at most one pair. merge_proposals has all of these pairs, and more.
/// Cost  O(actors x length of a name).
[[nodiscard]] std::vector<std::pair<ActorId, ActorId>> near_duplicates(const Network& network);

/// Warns about near_duplicates, with the place of either. Nothing is merged.
void warn_near_duplicates(const Network& network, const std::string& file,
                          std::vector<Diagnostic>& diagnostics);

/// Whether warn_near_duplicates has said this: `check` shows those pairs as proposals, and once.
[[nodiscard]] bool is_near_duplicate(const Diagnostic& diagnostic);

}  // namespace maillage::io
