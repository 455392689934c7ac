#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"

#include "io/import/import.hpp"
#include "io/read_merges.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace maillage::io {

/// What merging has done, or would do.
struct MergeSummary {
    std::size_t actors_merged = 0, expertises_merged = 0;
    std::size_t participations_before = 0, participations_after = 0;  ///< of an actor in a partnership
    std::size_t participations_moved = 0;   ///< to the kept actor, those united with another included
    std::size_t participations_united = 0;  ///< before - after: kept and merged were in the same partnership
    std::size_t holdings_before = 0, holdings_after = 0;  ///< rows of actor_expertises
    std::size_t holdings_moved = 0, holdings_united = 0;
    std::size_t topics_united = 0, requirements_united = 0;  ///< expertises named twice by merging
    std::size_t filled = 0;     ///< empty cells of a kept actor that a merged one knew
    std::size_t self_ties = 0;  ///< partnerships that joined only what is one now: kept, they make no tie
    std::size_t conflicts = 0;  ///< cells that do not agree: that of the kept one stays
};

struct MergeResult {
    Network network;
    MergeSummary summary;
    std::vector<Merge> merges;            ///< by kept actor or expertise, then merged one
    std::vector<Diagnostic> diagnostics;  ///< notes: what did not agree, self ties; then what check would say
};

/// The network in which reviewed merges are done.
///
/// Definition  Partnerships, expertises, topics, requirements and children of the merged go to the kept one. Twice in
///             a partnership is once, with the role of coordinator if it has it at all, else that of the kept
///             one; an expertise twice keeps the higher level. Empty cells of the kept one are filled from the
///             merged ones in the order of their ids; lists (with |) are united; a column of aliases gets the
///             names. A partnership that joined nobody but the merged stays, with one member, and is told.
/// Laws        participations before = after + united; the same of rows of actor_expertises; nobody else's records
///             change; no merges give the same network.
/// file        shown in diagnostics: the reviewed list.
/// Errors      InputError when merging would put an expertise under itself.
/// Cost        O(size of the network).
[[nodiscard]] MergeResult merge_network(const Network& network, const ReviewedMerges& merges,
                                        const std::string& file);

}  // namespace maillage::io
