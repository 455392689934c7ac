#include "engine/partition.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace maillage {

Partition::Partition(std::span<const std::uint32_t> label) : community_(label.size()) {
    // blocks in the order of their smallest member, whatever their labels were
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> block_of_small(label.size(), unseen);
    std::unordered_map<std::uint32_t, std::uint32_t> block_of_large;
    std::vector<std::uint32_t> block(label.size());
    std::vector<std::uint32_t> size;
    for (std::size_t v = 0; v < label.size(); ++v) {
        std::uint32_t& known = label[v] < label.size()
                                   ? block_of_small[label[v]]
                                   : block_of_large.emplace(label[v], unseen).first->second;
        if (known == unseen) {
            known = static_cast<std::uint32_t>(size.size());
            size.push_back(0);
        }
        block[v] = known;
        ++size[known];
    }
    std::vector<std::uint32_t> order(size.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&size](auto x, auto y) { return size[x] > size[y]; });
    std::vector<CommunityId> renamed(size.size());
    sizes_.reserve(size.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        renamed[order[rank]] = id_at<CommunityId>(rank);
        sizes_.push_back(size[order[rank]]);
    }
    for (std::size_t v = 0; v < label.size(); ++v) {
        community_[v] = renamed[block[v]];
    }
}

std::vector<std::vector<VertexId>> Partition::members() const {
    std::vector<std::vector<VertexId>> members(sizes_.size());
    for (std::size_t c = 0; c < sizes_.size(); ++c) {
        members[c].reserve(sizes_[c]);
    }
    for (std::size_t v = 0; v < community_.size(); ++v) {
        members[index_of(community_[v])].push_back(id_at<VertexId>(v));
    }
    return members;
}

}  // namespace maillage
