#include "io/diagnostic_summary.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace maillage;

TEST_CASE("diagnostic summary: distinct messages, errors first, without places", "[io]") {
    const std::vector<Diagnostic> diagnostics = {{Severity::note, {"b.csv", 2, 1}, "merged", "x"},
                                                 {Severity::warning, {"b.csv", 9, 3}, "twice", "y"},
                                                 {Severity::warning, {"b.csv", 4, 3}, "twice", "z"},
                                                 {Severity::warning, {"a.csv", 5, 1}, "twice", ""},
                                                 {Severity::error, {"z.csv", 1, 1}, "wrong", ""}};
    const io::DiagnosticSummary summary = io::summary_of(diagnostics);
    CHECK(summary.errors == 1);
    CHECK(summary.warnings == 3);
    CHECK(summary.notes == 1);
    CHECK(summary.more_messages == 0);
    const std::vector<Diagnostic> expected = {{Severity::error, {"z.csv", 0, 0}, "wrong", ""},
                                              {Severity::warning, {"a.csv", 0, 0}, "twice", ""},
                                              {Severity::warning, {"b.csv", 0, 0}, "twice", ""},
                                              {Severity::note, {"b.csv", 0, 0}, "merged", ""}};
    CHECK(summary.messages == expected);
    CHECK(io::summary_of({}) == io::DiagnosticSummary());
}

TEST_CASE("diagnostic summary: a hundred messages, the others counted", "[io]") {
    std::vector<Diagnostic> many;
    for (int i = 0; i < 150; ++i) {
        many.push_back({Severity::warning, {"a.csv", 1, 1}, std::to_string(1000 + i), ""});
        many.push_back(many.back());
    }
    const io::DiagnosticSummary summary = io::summary_of(many);
    CHECK(summary.warnings == 300);
    CHECK(summary.messages.size() == 100);
    CHECK(summary.messages.front().message == "1000");
    CHECK(summary.more_messages == 50);
}
