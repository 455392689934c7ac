#pragma once

#include "engine/ids.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// A division of the vertices 0 .. n-1 into communities, numbered canonically: by size, largest
/// first, then by smallest member. Two partitions are equal exactly when they are the same division.
class Partition {
public:
    Partition() = default;
    /// label[v]: any number naming the block of v.
    explicit Partition(std::span<const std::uint32_t> label);

    [[nodiscard]] std::size_t vertex_count() const noexcept { return community_.size(); }
    [[nodiscard]] std::size_t community_count() const noexcept { return sizes_.size(); }
    [[nodiscard]] CommunityId operator[](VertexId v) const noexcept { return community_[index_of(v)]; }
    [[nodiscard]] std::span<const CommunityId> communities() const noexcept { return community_; }
    [[nodiscard]] std::size_t size(CommunityId c) const noexcept { return sizes_[index_of(c)]; }
    [[nodiscard]] IdRange<CommunityId> ids() const noexcept { return IdRange<CommunityId>(sizes_.size()); }
    /// Members of every community, ascending.
    [[nodiscard]] std::vector<std::vector<VertexId>> members() const;

    friend bool operator==(const Partition&, const Partition&) = default;

private:
    std::vector<CommunityId> community_;
    std::vector<std::uint32_t> sizes_;
};

}  // namespace maillage
