#pragma once

#include "engine/partition.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace maillage {

/// Communities found earlier, seen from the vertices of today.
struct EarlierCommunities {
    static constexpr std::uint32_t unknown = 0;
    struct Community {
        std::uint32_t id = 0;    ///< >= 1, each once
        std::uint32_t size = 0;  ///< members then, also those that are no vertices today
        std::string name;
    };
    std::vector<std::uint32_t> of;  ///< id by vertex; unknown: the vertex was not there
    std::vector<Community> communities;
    std::uint32_t next_id = 1;  ///< above every id that was ever given
};

/// How the communities of today come from earlier ones.
struct CarryOver {
    enum class Event : std::uint8_t { continued, split, merged, appeared, vanished };
    /// Members that went from an earlier community to one of today.
    struct Flow {
        std::uint32_t from = 0;
        CommunityId to{};
        std::uint32_t actors = 0;
    };
    struct Change {
        Event event = Event::continued;
        std::vector<std::uint32_t> from;  ///< earlier ids: one, several of a merger, none of what appeared
        std::vector<CommunityId> to;      ///< one, several of a split, none of what vanished
        std::uint32_t actors = 0;  ///< that went from one to the other; members of what appeared or vanished
    };
    std::vector<std::uint32_t> id;  ///< of each community of today, by CommunityId
    std::uint32_t next_id = 1;
    std::vector<Flow> flows;      ///< by `from`, then `to`
    std::vector<Change> changes;  ///< by kind, then by id
    std::uint32_t joined = 0;     ///< vertices that were in no earlier community
    std::uint32_t left = 0;       ///< earlier members that are no vertices today
};

/// Gives communities the ids of the earlier ones they continue.
///
/// Definition  An earlier community may go on as one of today when more than half of its members that are still
///             there are in it, or more than half of those members of it that were there came from it, and at
///             least two; an isolate only as an isolate. Each
///             id is given once, to the pair with the largest flow; then the highest share of both together
///             (Jaccard), the lowest earlier id, the lowest new number. The others get ids from next_id on.
///             Split: at least two communities of today took a fifth and two members or more each. Merged: at
///             least two earlier ones gave a fifth of those who were there and two or more each. Appeared
///             and vanished: of two members or more, without such an id; isolates come and go untold.
/// Shapes      earlier.of.size() == today.vertex_count().
/// Cost        O(V + flows log flows).
/// Errors      Error when the shapes differ.
/// Source      Following communities by overlap: D. Greene, D. Doyle, P. Cunningham, "Tracking the evolution of
///             communities in dynamic social networks", ASONAM 2010. The shares are ours.
[[nodiscard]] CarryOver carry_over(const EarlierCommunities& earlier, const Partition& today);

}  // namespace maillage
