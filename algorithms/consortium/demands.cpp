#include "algorithms/consortium/demands.hpp"

#include <algorithm>

namespace maillage::consortium {
namespace {

/// 1 for each group that a member has, and how many there are.
struct GroupMarks {
    std::vector<std::uint8_t> has;
    std::size_t count = 0;

    GroupMarks(const GroupLabels& labels, std::span<const Vertex> members) : has(labels.group_count(), 0) {
        for (const Vertex v : members) {
            for (const GroupId g : labels.of(id_at<VertexId>(v))) {
                count += has[index_of(g)] == 0 ? 1U : 0U;
                has[index_of(g)] = 1;
            }
        }
    }
};

}  // namespace

bool contains(std::span<const Vertex> sorted, Vertex v) noexcept {
    return std::binary_search(sorted.begin(), sorted.end(), v);
}

std::size_t count_common(std::span<const Vertex> a, std::span<const Vertex> b) noexcept {
    std::size_t common = 0;
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        if (*i == *j) {
            ++common;
            ++i;
            ++j;
        } else if (*i < *j) {
            ++i;
        } else {
            ++j;
        }
    }
    return common;
}

std::size_t Demands::groups_of(const GroupLabels& labels, std::span<const Vertex> members) {
    return GroupMarks(labels, members).count;
}

bool Demands::broken_by(std::span<const Vertex> members) const {
    if (max_size > 0 && members.size() > max_size) {
        return true;
    }
    if (std::any_of(apart.begin(), apart.end(), [&](const auto& pair) {
            return contains(members, pair.first) && contains(members, pair.second);
        })) {
        return true;
    }
    return std::any_of(earlier.begin(), earlier.end(), [&](const Earlier& e) {
        return count_common(members, e.members) + e.changed > e.members.size();
    });
}

bool Demands::met_by(std::span<const Vertex> members) const {
    if (broken_by(members) || members.size() < min_size) {
        return false;
    }
    return std::all_of(seats.begin(), seats.end(),
                       [&](const SeatDemand& s) { return count_common(members, s.candidates) >= s.seats; }) &&
           std::all_of(spread.begin(), spread.end(),
                       [&](const SpreadDemand& s) { return groups_of(*s.labels, members) >= s.at_least; });
}

std::vector<Vertices> Demands::still_wanted(std::span<const Vertex> members,
                                            std::span<const std::uint8_t> forbidden) const {
    std::vector<Vertices> wanted;
    const auto open = [&](const Vertices& candidates, auto&& of_use) {
        Vertices rest;
        rest.reserve(candidates.size());
        auto member = members.begin();
        for (const Vertex v : candidates) {
            while (member != members.end() && *member < v) {
                ++member;
            }
            if (forbidden[v] == 0 && (member == members.end() || *member != v) && of_use(v)) {
                rest.push_back(v);
            }
        }
        wanted.push_back(std::move(rest));
    };
    const auto always = [](Vertex) { return true; };
    for (const SeatDemand& s : seats) {
        if (count_common(members, s.candidates) < s.seats) {
            open(s.candidates, always);
        }
    }
    for (const SpreadDemand& s : spread) {
        const GroupMarks known(*s.labels, members);
        if (known.count < s.at_least) {
            open(allowed, [&](Vertex v) {
                const auto groups = s.labels->of(id_at<VertexId>(v));
                return std::any_of(groups.begin(), groups.end(),
                                   [&](GroupId g) { return known.has[index_of(g)] == 0; });
            });
        }
    }
    if (members.size() < min_size) {
        open(allowed, always);
    }
    return wanted;
}

}  // namespace maillage::consortium
