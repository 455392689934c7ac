#pragma once

#include "engine/csr_graph.hpp"
#include "engine/network.hpp"
#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "algorithms/layout/force_layout.hpp"

#include "io/report/page/page_views.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Where everything of the network's map is, in pixels of a drawing 1,200 wide.
namespace maillage::io {

/// Up to so many actors, with so many ties, are drawn one by one; beyond, their communities.
inline constexpr std::size_t most_drawn_actors = 2000;
inline constexpr std::size_t most_drawn_ties = 4000;

struct MapScene {
    enum class Shows : std::uint8_t {
        everyone,    ///< all actors
        scope,       ///< those in scope, because everyone would be too many
        communities  ///< communities as bubbles; actors within them are the script's
    };
    struct Node {
        VertexId vertex{};  ///< of the projection given
        Point at;
        double radius = 0.0;
        std::uint32_t community = 0;  ///< position in `communities`
        std::uint32_t kind = 0;       ///< position in `kinds`, kinds.size() for the others
    };
    struct Community {
        CommunityId id{};
        std::size_t size = 0;
        Point at;                 ///< middle of its actors
        double radius = 0.0;      ///< of its bubble, when communities are drawn
        std::vector<Point> hull;  ///< corners around its actors, when those are drawn; empty below four
        bool drawn = true;        ///< false: too small to show among the bubbles
    };
    struct Label {
        std::uint32_t node = 0;
        std::string text;
        Point at;  ///< of the baseline, where the anchor says
        enum class Anchor : std::uint8_t { start, end, middle } anchor = Anchor::start;
    };
    struct Caption {
        std::uint32_t community = 0;
        std::string fr, en;
        Point at;  ///< of the baseline's middle
    };
    struct Link {
        std::uint32_t a = 0, b = 0;  ///< communities
        std::uint32_t ties = 0;
    };

    Shows shows = Shows::everyone;
    double width = 1200.0, height = 0.0;
    std::vector<Node> nodes;  ///< everyone shown, by vertex; also when communities are drawn
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ties;  ///< of nodes
    std::vector<Community> communities;                         ///< with actors shown, larger first
    std::vector<Link> links;                                    ///< between communities, when those are drawn
    std::vector<Label> labels;      ///< of nodes, when those are drawn; none overlaps another
    std::vector<Caption> captions;  ///< names of communities, when actors are drawn; nothing overlaps them
    std::vector<std::string>
        kinds;  ///< codes of those with a sign of their own, at most eight: the most frequent,
                ///< actors in scope counting three times
    std::vector<std::uint8_t> kinds_inside;  ///< beside kinds: some actor in scope is drawn
    std::size_t outside = 0;                 ///< nodes out of scope
    std::size_t isolated = 0;                ///< nodes without a tie that is shown
    std::size_t left_out = 0;                ///< actors not shown
    std::size_t small_communities = 0;
};

/// Cost  that of force_layout.
[[nodiscard]] MapScene map_scene(const Network& network, const Projection& all, const Projection& scoped,
                                 const CommunitiesView& communities, const Execution& execution);

}  // namespace maillage::io
