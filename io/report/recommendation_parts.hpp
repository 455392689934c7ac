#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

/// Parts of one run of recommend (--shard i/n), put together to the document of the whole run.
namespace maillage::io {

struct PartFile {
    std::string name;       ///< for diagnostics
    std::string_view text;  ///< the document, as `recommend --shard` wrote it
};

/// Writes the document that the run without --shard writes, byte for byte.
///
/// Definition  Everything before "result", the options "shard" aside, must be the same in all parts. Lists are put one
///             after the other in the order of the parts; counts of the summary are added up; the search was bounded if
///             it was in one part; exposure is computed from the ranks of all lists. Other fields of the result must be
///             the same in all parts.
/// Cost        O(bytes) time; memory: the exposures of the actors, the texts being mapped files.
/// Errors      InputError with file and line: what is no part, was cut off, is missing or there twice, or comes from
///             another run (the first line that differs is shown).
void merge_recommendation_parts(std::ostream& out, std::span<const PartFile> parts);

}  // namespace maillage::io
