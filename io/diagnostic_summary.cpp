#include "io/diagnostic_summary.hpp"

#include <algorithm>
#include <tuple>

namespace maillage::io {
namespace {

constexpr std::size_t most_messages = 100;

auto key(const Diagnostic& d) {
    return std::make_tuple(-static_cast<int>(d.severity), std::string_view(d.where.file),
                           std::string_view(d.message));
}

}  // namespace

DiagnosticSummary summary_of(std::span<const Diagnostic> diagnostics) {
    DiagnosticSummary summary;
    std::vector<const Diagnostic*> sorted;
    sorted.reserve(diagnostics.size());
    for (const Diagnostic& d : diagnostics) {
        summary.errors += d.severity == Severity::error ? 1U : 0U;
        summary.warnings += d.severity == Severity::warning ? 1U : 0U;
        summary.notes += d.severity == Severity::note ? 1U : 0U;
        sorted.push_back(&d);
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const Diagnostic* a, const Diagnostic* b) { return key(*a) < key(*b); });
    sorted.erase(std::unique(sorted.begin(), sorted.end(),
                             [](const Diagnostic* a, const Diagnostic* b) { return key(*a) == key(*b); }),
                 sorted.end());
    for (std::size_t i = 0; i < std::min(sorted.size(), most_messages); ++i) {
        summary.messages.push_back(
            {sorted[i]->severity, {sorted[i]->where.file, 0, 0}, sorted[i]->message, {}});
    }
    summary.more_messages = sorted.size() - summary.messages.size();
    return summary;
}

}  // namespace maillage::io
