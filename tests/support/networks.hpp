#pragma once

#include "engine/network_builder.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Small networks written in a line or two, for tests.
namespace maillage::testing {

inline Cell cell(std::string_view text, std::uint32_t line = 0, std::uint32_t column = 0) {
    return {text, line, column};
}

/// Adds actors whose name is their id in capitals and whose kind is the text after ':' ("a:town").
inline void add_actors(NetworkBuilder& builder, const std::vector<std::string>& actors) {
    std::uint32_t line = 1;
    for (const std::string& actor : actors) {
        const auto colon = actor.find(':');
        const std::string id = actor.substr(0, colon);
        const std::string kind = colon == std::string::npos ? "" : actor.substr(colon + 1);
        std::string name = id;
        for (char& c : name) {
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        ActorRecord record;
        record.id = cell(id, ++line, 1);
        record.name = cell(name, line, 3);
        record.kind = cell(kind, line, 5);
        builder.add(record);
    }
}

/// "x" or "x<parent".
inline void add_expertises(NetworkBuilder& builder, const std::vector<std::string>& expertises) {
    std::uint32_t line = 1;
    for (const std::string& expertise : expertises) {
        const auto below = expertise.find('<');
        const std::string id = expertise.substr(0, below);
        const std::string parent = below == std::string::npos ? "" : expertise.substr(below + 1);
        ExpertiseRecord record;
        record.id = cell(id, ++line, 1);
        record.parent = cell(parent, line, 3);
        builder.add(record);
    }
}

/// One partnership of two: a, b, topic (may be empty).
inline void add_pair(NetworkBuilder& builder, std::string_view id, std::string_view a, std::string_view b,
                     std::string_view topic = {}, std::optional<Date> start = {},
                     std::optional<Date> end = {}) {
    PartnershipRecord record;
    record.id = cell(id, 2, 1);
    record.a = cell(a, 2, 5);
    record.b = cell(b, 2, 7);
    record.start.value = start;
    record.end.value = end;
    const Cell topics[] = {cell(topic, 2, 9)};
    if (!topic.empty()) {
        record.expertises = topics;
    }
    builder.add(record);
}

/// A partnership of any size through members.
inline void add_group(NetworkBuilder& builder, std::string_view id, const std::vector<std::string>& members,
                      double weight = 1.0) {
    PartnershipRecord record;
    record.id = cell(id, 2, 1);
    record.weight.value = weight;
    builder.add(record);
    for (const std::string& member : members) {
        builder.add(MemberRecord{cell(id, 2, 1), cell(member, 2, 3), {}});
    }
}

inline void add_holding(NetworkBuilder& builder, std::string_view actor, std::string_view expertise,
                        std::string_view relation = "offers", double level = 1.0) {
    ActorExpertiseRecord record;
    record.actor = cell(actor, 2, 1);
    record.expertise = cell(expertise, 2, 3);
    record.relation = cell(relation, 2, 5);
    record.level.value = level;
    builder.add(record);
}

inline Network build(NetworkBuilder& builder) {
    std::vector<Diagnostic> diagnostics;
    return builder.build(diagnostics);
}

}  // namespace maillage::testing
