#pragma once

#include "engine/ids.hpp"
#include "engine/network.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// Groups of the vertices of a graph by an attribute; multi-valued attributes give several groups to
/// one vertex. Groups are numbered in the byte order of their names; a vertex without a value has
/// none, and is never put into a hidden group.
class GroupLabels {
public:
    GroupLabels() : offsets_(1, 0) {}
    /// values: one cell per vertex, lists joined by '|' (spaces around items trimmed, repeats collapsed).
    GroupLabels(std::string attribute, std::span<const std::string_view> values);

    [[nodiscard]] const std::string& attribute() const noexcept { return attribute_; }
    [[nodiscard]] std::size_t vertex_count() const noexcept { return offsets_.size() - 1; }
    [[nodiscard]] std::size_t group_count() const noexcept { return names_.size(); }
    [[nodiscard]] const std::string& name(GroupId g) const noexcept { return names_[index_of(g)]; }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    /// Groups of a vertex, ascending; empty when its value is missing.
    [[nodiscard]] std::span<const GroupId> of(VertexId v) const noexcept;
    /// The only or first group, none<GroupId> when missing.
    [[nodiscard]] GroupId first(VertexId v) const noexcept;
    /// True when some vertex has more than one group.
    [[nodiscard]] bool multi_valued() const noexcept { return multi_valued_; }
    [[nodiscard]] std::size_t missing() const noexcept { return missing_; }
    /// Vertices in each group (a vertex of two groups counts in both).
    [[nodiscard]] std::vector<std::size_t> sizes() const;

private:
    std::string attribute_;
    std::vector<std::string> names_;
    std::vector<std::uint64_t> offsets_;
    std::vector<GroupId> groups_;
    std::size_t missing_ = 0;
    bool multi_valued_ = false;
};

/// True when two sets of groups, each ascending, have one in common. Two empty sets have none.
/// Cost  O(sizes of both).
[[nodiscard]] bool share_a_group(std::span<const GroupId> a, std::span<const GroupId> b) noexcept;

/// Labels of the given actors (vertex order) by an attribute of the network.
/// @throws OptionError (field "by") with the nearest names when there is no such attribute.
[[nodiscard]] GroupLabels labels_by(const Network& network, std::span<const ActorId> actor_of,
                                    std::string_view attribute);

}  // namespace maillage
