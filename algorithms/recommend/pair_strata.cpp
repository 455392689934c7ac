#include "algorithms/recommend/pair_strata.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace maillage {
namespace {

constexpr std::array<std::string_view, pair_stratum_count> codes = {
    "distance_2", "distance_3", "distance_4_or_more", "unreachable", "newcomer", "established"};

}  // namespace

std::string_view to_code(PairStratum stratum) noexcept {
    return codes[static_cast<std::size_t>(stratum)];
}

PairDistances::PairDistances(GraphView graph, std::span<const std::uint32_t> component)
    : graph_(graph), component_(component) {
    one_.resize(graph.vertex_count());
    two_.resize(graph.vertex_count());
    three_.resize(graph.vertex_count());
}

void PairDistances::spread(const std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to) const {
    for (const VertexId v : graph_.vertices()) {
        std::uint64_t reached = 0;
        for (const VertexId u : graph_.neighbours(v)) {
            reached |= from[index_of(u)];
        }
        to[index_of(v)] = reached;
    }
}

void PairDistances::compute(std::span<const VertexId> actors) {
    if (actors.size() > lanes) {
        throw Error("pair distances: " + std::to_string(actors.size()) + " actors, at most " +
                    std::to_string(lanes));
    }
    actors_.assign(actors.begin(), actors.end());
    std::fill(one_.begin(), one_.end(), std::uint64_t{0});
    for (std::size_t lane = 0; lane < actors.size(); ++lane) {
        for (const VertexId u : graph_.neighbours(actors[lane])) {
            one_[index_of(u)] |= std::uint64_t{1} << lane;
        }
    }
    spread(one_, two_);
    spread(two_, three_);
}

std::vector<std::uint32_t> components_of(GraphView graph) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> label(graph.vertex_count(), unseen);
    std::vector<VertexId> queue;
    std::uint32_t next = 0;
    for (const VertexId start : graph.vertices()) {
        if (label[index_of(start)] != unseen) {
            continue;
        }
        queue.assign(1, start);
        label[index_of(start)] = next;
        while (!queue.empty()) {
            const VertexId v = queue.back();
            queue.pop_back();
            for (const VertexId u : graph.neighbours(v)) {
                if (label[index_of(u)] == unseen) {
                    label[index_of(u)] = next;
                    queue.push_back(u);
                }
            }
        }
        ++next;
    }
    return label;
}

}  // namespace maillage
