#pragma once

#include "engine/error.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace maillage::io {

/// What documents say of the diagnostics of reading.
struct DiagnosticSummary {
    std::size_t errors = 0, warnings = 0, notes = 0;
    /// At most 100 distinct ones, errors first, then by file and message; without lines and excerpts, because their
    /// order must not tell the order of the rows.
    std::vector<Diagnostic> messages;
    std::size_t more_messages = 0;  ///< distinct ones beyond those

    friend bool operator==(const DiagnosticSummary&, const DiagnosticSummary&) = default;
};

/// Cost  O(n log n) for n diagnostics. Errors: none.
[[nodiscard]] DiagnosticSummary summary_of(std::span<const Diagnostic> diagnostics);

}  // namespace maillage::io
