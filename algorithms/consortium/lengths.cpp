#include "algorithms/consortium/lengths.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <utility>

namespace maillage::consortium {
namespace {

constexpr double longest_tie = 1024.0;

Length length_of(double weight) {
    const double length = std::min(1.0 / weight, longest_tie);
    return std::max<Length>(1, std::llround(length * static_cast<double>(length_unit)));
}

}  // namespace

std::string_view to_code(LengthRule rule) noexcept {
    return rule == LengthRule::inverse ? "inverse" : "hops";
}

std::optional<double> in_units(Length length) noexcept {
    if (length >= no_way) {
        return std::nullopt;
    }
    return static_cast<double>(length) / static_cast<double>(length_unit);
}

LengthGraph::LengthGraph(GraphView ties, LengthRule rule) : ties_(ties) {
    lengths_.resize(ties.targets().size(), length_unit);
    if (rule == LengthRule::inverse && ties.weighted()) {
        for (std::size_t arc = 0; arc < lengths_.size(); ++arc) {
            lengths_[arc] = length_of(ties.arc_weight(arc));
        }
    }
}

LengthGraph LengthGraph::of_distances(const std::vector<std::vector<Length>>& distances) {
    std::vector<Tie> ties;
    for (std::size_t a = 0; a < distances.size(); ++a) {
        for (std::size_t b = a + 1; b < distances.size(); ++b) {
            if (distances[a][b] < no_way) {
                ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
            }
        }
    }
    CsrGraph graph = CsrGraph::from_ties(distances.size(), ties);
    LengthGraph result(graph.view(), LengthRule::hops);
    for (std::size_t a = 0; a < distances.size(); ++a) {
        const auto next = result.ties_.neighbours(id_at<VertexId>(a));
        for (std::size_t i = 0; i < next.size(); ++i) {
            result.lengths_[result.ties_.offsets()[a] + i] = distances[a][index_of(next[i])];
        }
    }
    result.own_ = std::move(graph);  // the rows stay where they are
    return result;
}

std::vector<Length> LengthGraph::distances(std::span<const std::uint32_t> sources) const {
    using Entry = std::pair<Length, std::uint32_t>;
    std::vector<Length> result(vertex_count(), no_way);
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (const std::uint32_t s : sources) {
        result[s] = 0;
        queue.emplace(0, s);
    }
    while (!queue.empty()) {
        const auto [length, v] = queue.top();
        queue.pop();
        if (length > result[v]) {
            continue;
        }
        const auto next = neighbours(v);
        const auto tie = lengths(v);
        for (std::size_t i = 0; i < next.size(); ++i) {
            const auto u = static_cast<std::uint32_t>(index_of(next[i]));
            const Length further = std::min(length + tie[i], no_way - 1);
            if (further < result[u]) {
                result[u] = further;
                queue.emplace(further, u);
            }
        }
    }
    return result;
}

}  // namespace maillage::consortium
