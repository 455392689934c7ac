#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/network_builder.hpp"

#include "io/json_writer.hpp"
#include "io/merge_proposals.hpp"
#include "io/read_dataset.hpp"
#include "io/report/reading.hpp"

#include <vector>

/// Whether data is sound, as a document: JSON "diagnostics" and its reading.
namespace maillage::io {

struct DiagnosticsView {
    const std::vector<Diagnostic>& diagnostics;  ///< in the order they are listed
    const std::vector<FileSummary>& files;
    const BuildSummary& summary;
    const Network* network = nullptr;           ///< null when the dataset has errors
    const MergeProposals* proposals = nullptr;  ///< null: not looked for, or there are errors
    ProposalOptions proposal_options;
};

/// The fields of "result": a verdict, every diagnostic, the files as they were found, the tables' sizes, what
/// was merged and what was kept alone. Places depend on the order of rows; nothing else does.
void write_diagnostics_result(JsonWriter& json, const DiagnosticsView& view);

/// Whether what warn_near_duplicates said is among the proposals, so that it need not be listed again.
[[nodiscard]] bool says_near_duplicates(const DiagnosticsView& view);

/// with_places: lists every diagnostic with file, line and column; without, the reading does not depend on
/// the order of rows.
[[nodiscard]] Reading diagnostics_reading(const DiagnosticsView& view, Language language, bool with_places);

/// "2 errors, 1 warning, 30 notes" in a language.
[[nodiscard]] std::string diagnostics_count(const std::vector<Diagnostic>& diagnostics, Language language);

}  // namespace maillage::io
