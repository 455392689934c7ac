#pragma once

#include "engine/network.hpp"

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

struct PackageColumn {
    std::string name;
    std::string_view type = "string";  ///< of Table Schema: "string", "number" or "integer"
};

struct PackageTable {
    std::string name;  ///< "actors", …: the file is NAME.csv
    std::vector<PackageColumn> columns;
};

/// Writes datapackage.json of a folder that holds these tables: types, required columns, primary and foreign
/// keys. Dates are strings with a pattern, because they may be partial.
///
/// Source  Frictionless Data, Tabular Data Package and Table Schema, version 1.
void write_datapackage(std::ostream& out, const Settings& settings, const std::vector<PackageTable>& tables);

}  // namespace maillage::io
