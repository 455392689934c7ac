#pragma once

#include "engine/network.hpp"

#include "io/json_writer.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace maillage::io {

/// The canonical JSON form of a dataset: tables in the order of their ids, empty fields left out, shortest
/// numbers, one record a line. Reading it gives the same network; writing that gives the same bytes.
void write_json_dataset(std::ostream& out, const Network& network);

/// The settings as one JSON object, as maillage.json holds them.
void write_settings_object(JsonWriter& json, const Settings& settings);

/// SHA-256 of the canonical JSON form, "sha256:…": the same for any order of rows, encoding or format it was
/// read from.
[[nodiscard]] std::string digest(const Network& network);

/// How a table of write_csv_tables gets its file: called with the file's name and a function that writes its
/// bytes.
using FileWriter =
    std::function<void(const std::string& name, const std::function<void(std::ostream&)>& body)>;

/// The canonical CSV form: UTF-8, comma, LF, quotes where needed, only tables and columns that hold
/// something, rows in the order of ids, and datapackage.json (Tabular Data Package) that describes them.
void write_csv_tables(const Network& network, const FileWriter& write_file);

}  // namespace maillage::io
