#pragma once

#include "io/formats/workbook.hpp"
#include "io/formats/xml.hpp"

#include "tests/support/graph_files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>

/// What reading a text answers, as tests ask for it, and which formats this build has.
namespace maillage::testing {

/// Whether XML cannot be read in this build: the test is skipped with a word.
inline bool without_xml() {
    if (!io::xml_is_supported()) {
        WARN("skipped: built without expat");
    }
    return !io::xml_is_supported();
}

/// Whether workbooks cannot be read in this build: the test is skipped with a word.
inline bool without_workbooks() {
    if (!io::workbooks_are_supported()) {
        WARN("skipped: built without libzip, pugixml or expat");
    }
    return !io::workbooks_are_supported();
}

/// The network of a text; a test fails with what was said when there is none.
inline Network network_of(const std::string& text, const io::ReadOptions& options = {}) {
    io::ReadReport report = read_bytes(text, options);
    INFO(said(report.diagnostics));
    REQUIRE(report.network.has_value());
    CHECK(places_make_sense(report.diagnostics));
    return std::move(*report.network);
}

inline std::string errors_of(const std::string& text, const io::ReadOptions& options = {}) {
    const io::ReadReport report = read_bytes(text, options);
    CHECK(!report.network.has_value());
    CHECK(places_make_sense(report.diagnostics));
    return said(report.diagnostics);
}

inline std::string warnings_of(const std::string& text) {
    return said(read_bytes(text).diagnostics, Severity::warning);
}
inline std::string notes_of(const std::string& text) {
    return said(read_bytes(text).diagnostics, Severity::note);
}

/// Whatever the bytes are, reading ends with a network or with an error, and every diagnostic lies inside its line.
inline void check_sense(const std::string& bytes) {
    const io::ReadReport report = read_bytes(bytes);
    const bool errors = std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::error; });
    if (report.network.has_value() == errors || !places_make_sense(report.diagnostics)) {
        INFO(bytes << '\n' << said(report.diagnostics));
        CHECK(report.network.has_value() != errors);
        CHECK(places_make_sense(report.diagnostics));
    }
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// "a b, b c": the ends of the partnerships in the order of their ids.
inline std::string ties_of(const Network& n) {
    std::string text;
    for (const PartnershipId p : n.partnerships().ids()) {
        text += text.empty() ? "" : ", ";
        bool first = true;
        for (const Member& member : n.members(p)) {
            text += (first ? "" : " ") + std::string(n.id(member.actor));
            first = false;
        }
    }
    return text;
}

inline std::string attribute_of(const Network& n, const std::string& actor, const std::string& name) {
    const auto a = n.find_actor(actor);
    REQUIRE(a.has_value());
    return std::string(n.text(n.attribute_values(name)[*a]));
}

}  // namespace maillage::testing
