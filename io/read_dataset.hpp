#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/network_builder.hpp"
#include "engine/projection.hpp"

#include "io/diagnostic_summary.hpp"
#include "io/formats/read_context.hpp"
#include "io/section_file.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage::io {

struct ReadOptions {
    /// Of a prepared file: every diagnostic that reading its tables gave; else `told` alone, which is quicker. A dataset
    /// that is read from tables has all of them anyway.
    bool every_diagnostic = true;
    /// File that says which attribute of a graph is which field (see formats/graph_network.hpp); empty: none.
    std::string map;
    ReadLimits limits;
};

/// One file of a dataset as it was found.
struct FileSummary {
    std::string file;
    std::string table;  ///< "actors", …, or "dataset" for single JSON
    std::string encoding;
    std::string separator;  ///< ",", ";", "tab", "|"; empty for JSON
    std::size_t rows = 0;   ///< rows of data read, wrong ones included; 0 for JSON
    bool complete = false;  ///< read to its end; an error says why not
};

/// The graph of a network with the options it was made with.
struct PreparedProjection {
    ProjectionOptions options;
    Projection projection;
};

struct ReadResult {
    Network network;
    std::vector<Diagnostic> diagnostics;  ///< warnings and notes, in file order
    BuildSummary summary;
    std::vector<FileSummary> files;
    // of a prepared file (prepared_file.hpp) alone:
    std::string digest;  ///< of the network; empty: not known
    std::optional<PreparedProjection> prepared;
    std::vector<Section> extra;             ///< further sections, uninterpreted
    std::optional<DiagnosticSummary> told;  ///< of diagnostics that were left out
};

/// What was read of a dataset that may be broken: every diagnostic, and the network when there is no error.
struct ReadReport {
    std::vector<Diagnostic> diagnostics;
    std::vector<FileSummary> files;
    BuildSummary summary;
    std::optional<Network> network;
    std::string digest;  ///< these four: see ReadResult
    std::optional<PreparedProjection> prepared;
    std::vector<Section> extra;
    std::optional<DiagnosticSummary> told;
};

/// Reads a dataset: a folder of CSV tables, a JSON dataset, a prepared file, a graph in any format of
/// formats/README.md (told by what stands in it, packed with gzip or not), or "-" for a file on standard input.
///
/// Definition  The contract's section 1; what is accepted beyond it is in io/README.md.
/// Errors      InputError with every diagnostic of every table, in file order, each with its line. What only
///             follows from a table that could not be read (references to its rows) is not reported.
/// Cost        O(bytes); the files are mapped, and kept until the diagnostics have their lines.
[[nodiscard]] ReadResult read_dataset(const std::string& path, const ReadOptions& options = {});

/// The same without throwing for errors in the data.
[[nodiscard]] ReadReport inspect_dataset(const std::string& path, const ReadOptions& options = {});

}  // namespace maillage::io
