#pragma once

#include "tests/support/graph_files.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

/// What a text gives when it is read as a graph, in words that tests compare.
namespace maillage::testing {

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
