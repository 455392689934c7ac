#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include "io/json_positions.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which column of somebody's tables is which field of ours.
namespace maillage::io {

/// How the value of a field is made from a row.
struct ColumnSource {
    std::vector<std::string> columns;           ///< names the column may have, first found; none: `constant`
    std::string constant;                       ///< the same value in every row
    std::string cut_at;                         ///< the cell is cut here, and …
    std::uint32_t part = 0;                     ///< … this part (from 1) is the value; 0: the whole cell
    std::string list_separator = "|";           ///< between the items of a list
    std::map<std::string, std::string> values;  ///< what a cell says, to what it means
    bool optional = false;                      ///< the table may lack the column
    RecordPlace where;                          ///< in the map
};

/// The fields a map can fill; io/import/README.md lists them.
enum class ImportField : std::uint8_t {
    actor_id,
    actor_name,
    actor_place,
    actor_kind,
    actor_country,
    actor_lat,
    actor_lon,
    actor_url,
    actor_attribute,
    partnership_id,
    partnership_name,
    partnership_kind,
    partnership_start,
    partnership_end,
    partnership_status,
    partnership_weight,
    partnership_source,
    partnership_expertises,
    member_role,
    expertise_id,
    expertise_path,
    expertise_label,
    expertise_label_fr,
    expertise_label_en
};
/// "actor.id", …; "actor.*" for an attribute.
[[nodiscard]] std::string_view to_code(ImportField field) noexcept;

struct FieldMap {
    ImportField field{};
    std::string attribute;  ///< name of an attribute of the actor
    ColumnSource source;
};

/// One file of the source and what its rows say.
struct FileMap {
    std::string file;
    bool optional = false;
    std::vector<FieldMap> fields;
    RecordPlace where;

    [[nodiscard]] const FieldMap* find(ImportField field) const noexcept;
    /// Any field of the organisation: a row names one.
    [[nodiscard]] bool names_actor() const noexcept;
};

struct ImportMap {
    std::string name;  ///< file of the map, for messages
    std::vector<FileMap> files;
    /// Attribute that --region looks at, and whether a beginning of its value is enough (NUTS codes).
    std::string region = "region";
    bool region_by_beginning = false;
    /// What people call a region, to the codes it has had.
    std::map<std::string, std::vector<std::string>> region_codes;
    std::vector<std::string> missing;  ///< what a cell may say instead of being empty, such as "NA"
    std::string settings;              ///< JSON of maillage.json, may be empty
};

/// Reads a map (JSON, UTF-8).
/// Errors  InputError with every problem and its place: not JSON, an unknown field (with the nearest names), a
///         source of the wrong form, a field twice, no file, no partnership or no organisation anywhere.
[[nodiscard]] ImportMap read_import_map(std::string_view text, const std::string& file);

/// Maps of the sources that maillage knows: "cordis", "anr". Empty for another name.
[[nodiscard]] std::optional<std::string_view> known_source(std::string_view name) noexcept;

}  // namespace maillage::io
