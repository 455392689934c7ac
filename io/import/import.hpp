#pragma once

#include "engine/network_builder.hpp"

#include "io/import/import_map.hpp"
#include "io/import/organisations.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

/// Somebody's tables of projects and partners -> a dataset.
namespace maillage::io {

struct ImportOptions {
    /// Keep partnerships with a member in this region only: a value of the attribute the map names, or a region
    /// that the map knows the codes of. The members in the region are the scope of the dataset.
    std::optional<std::string> region;
    /// CSV with the columns id, name, place: spellings that are not to be joined with others, such as lines of
    /// the table of merges.
    std::optional<std::string> refuse;
};

/// One spelling that was joined with another.
struct Merge {
    std::string actor, name;  ///< the organisation as it stands in the dataset
    MergedBy by = MergedBy::name;
    std::string spelled_id, spelled_name, spelled_place;
    std::size_t rows = 0;
    SourcePosition where;  ///< first row spelled like this
};

struct ImportSummary {
    std::size_t rows = 0;
    std::size_t spellings = 0;
    std::size_t merged_by_identifier = 0, merged_by_name = 0;
    std::size_t anonymous = 0;  ///< rows that name no organisation, left out
    std::size_t ambiguous = 0;  ///< without identifier, fit several: kept apart
    std::size_t refused = 0;
    std::size_t repeated_members = 0;   ///< an organisation twice in a partnership, kept once
    std::size_t lone_partnerships = 0;  ///< one member only: kept, make no tie
    std::size_t outside_region = 0;     ///< partnerships left out
    std::size_t in_region = 0;          ///< actors in the region asked for
};

struct ImportResult {
    Network network;
    std::vector<Diagnostic> diagnostics;  ///< warnings and notes
    std::vector<Merge> merges;            ///< by actor, then spelling
    ImportSummary summary;
};

/// Reads the files of a map from a folder.
///
/// Definition  A row with an organisation and a partnership makes a membership; other rows say more of either. Of
///             several values of a field the most frequent counts, then the first in byte order.
///             Organisations are matched as OrganisationMatcher says. An organisation twice in a partnership is
///             a member once (a warning with both places), with the role of coordinator if it has it at all.
/// Region      Partnerships with a member in the region and all their members; attribute `in_region` and the
///             scope of the settings tell them apart. Organisations without such a partnership are left out.
/// Errors      InputError with every problem of every file and its place: a file or column that is not there
///             (with the nearest), rows cut or too long, dates and numbers that are none, a row without
///             partnership or organisation, a region that nobody is in, a refused spelling that no row has.
/// Cost        O(bytes); files are mapped, kept are the distinct texts and some 16 bytes a row.
[[nodiscard]] ImportResult import_tables(const ImportMap& map, const std::string& folder,
                                         const ImportOptions& options = {});

/// The table of merges, merges.csv: actor, name, by, spelled_id, spelled_name, spelled_place, rows, file, line.
void write_merges(std::ostream& out, const std::vector<Merge>& merges);

}  // namespace maillage::io
