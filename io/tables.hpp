#pragma once

#include "engine/network_builder.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace maillage::io {

/// A column of a table: its name, whether a table is refused without it, and the other names people give it.
struct ColumnSpec {
    std::string_view name;
    bool required = false;
    std::span<const std::string_view> synonyms;
};

struct TableSpec {
    Table table;
    std::span<const ColumnSpec> columns;
    std::span<const std::string_view> file_names;  ///< without ending; compared by column_key
};

/// The tables of a dataset in the order they are read, settings aside.
[[nodiscard]] std::span<const TableSpec> table_specs() noexcept;
[[nodiscard]] const TableSpec& spec_of(Table table) noexcept;
/// The table that a file name without ending means.
[[nodiscard]] std::optional<Table> table_named(std::string_view stem);

}  // namespace maillage::io
