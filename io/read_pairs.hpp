#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace maillage::io {

/// Pairs of actors from a table of their own.
struct PairsFile {
    /// Each pair once, the smaller id first, ascending.
    std::vector<std::pair<ActorId, ActorId>> pairs;
    std::size_t rows = 0;                 ///< of data
    std::size_t repeated = 0;             ///< rows that name a pair again, from either side
    std::vector<Diagnostic> diagnostics;  ///< warnings and notes
};

/// Reads a CSV table with the columns `a` and `b` (or actor and partner, acteur and partenaire, …), each cell
/// the id of an actor or the name of exactly one. Whatever read_table accepts of encodings, separators and
/// quotes is accepted here. Further columns (when, why) are not used, and said to be.
///
/// Degenerate  a table without rows gives no pairs and a warning.
/// Errors      InputError with all of them at their places: no column a or b, an empty cell, an actor that is not
///             in the network (with the nearest ids and names), a name that several actors have (with their
///             ids), an actor paired with itself, a file that cannot be read.
/// Cost        O(bytes + log of the actors a row); names are indexed when the first of them is met.
[[nodiscard]] PairsFile read_pairs(const std::string& path, const Network& network);

}  // namespace maillage::io
