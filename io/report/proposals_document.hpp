#pragma once

#include "engine/network.hpp"

#include "io/json_writer.hpp"
#include "io/merge_proposals.hpp"
#include "io/report/reading.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

/// Proposed merges in words: for the document of `check`, its reading, and the spreadsheet to review.
namespace maillage::io {

/// "même nom sans la forme juridique (tours) ; même lieu (Tours)".
[[nodiscard]] std::string reasons(const std::vector<MergeEvidence>& evidence, Language language);

/// The field "proposals": least score, pairs of actors and of expertises.
void write_proposals(JsonWriter& json, const Network& network, const MergeProposals& proposals,
                     const ProposalOptions& options);

/// The first `top` of them, actors before expertises. with_lines: where they stand in the table of actors, which
/// depends on the order of rows.
[[nodiscard]] Table proposals_table(const Network& network, const MergeProposals& proposals, std::size_t top,
                                    Language language, bool with_lines);

/// All of them as a table to review, one a row, with an empty column for the decision; read_merges reads it. In
/// French as a French Excel opens it: semicolons, decimal commas; UTF-8 with a byte order mark in either language.
void write_proposals_csv(std::ostream& out, const Network& network, const MergeProposals& proposals,
                         Language language);

}  // namespace maillage::io
