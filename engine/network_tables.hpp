#pragma once

#include "engine/network.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// Everything a Network cannot compute again, in plain tables: what a store keeps of it.
///
/// Shapes  Tables in the order of their ids. text_ends: where each text of `texts` ends, text 0 empty, no two equal; TextId is
///         the position in it. *_offsets: rows + 1, from 0 to the number of items. Places of records are not kept.
struct NetworkTables {
    std::string_view texts;
    std::span<const std::uint64_t> text_ends;
    std::shared_ptr<const void> text_owner;  ///< keeps both
    Settings settings;
    std::vector<Actor> actors;
    std::vector<Expertise> expertises;
    std::vector<Partnership> partnerships;
    std::vector<Opportunity> opportunities;
    std::vector<Holding> holdings;
    std::vector<std::string> attribute_names;
    std::vector<std::vector<TextId>> attributes;
    std::vector<std::uint64_t> member_offsets, topic_offsets, requirement_offsets;
    std::vector<Member> members;
    std::vector<ExpertiseId> topics;
    std::vector<Requirement> requirements;
};

/// Texts are numbered anew in the order of their first use, so equal networks have equal tables, whatever was read
/// in which order. Cost O(size).
[[nodiscard]] NetworkTables tables_of(const Network& network);

/// The network again. Everything that NetworkBuilder guarantees is checked, because tables may come from anywhere.
/// Cost    O(size).
/// Errors  Error naming the table and what does not hold.
[[nodiscard]] Network network_from(NetworkTables&& tables);

}  // namespace maillage
