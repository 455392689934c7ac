#include "algorithms/segregation/near_reach.hpp"

#include "engine/error.hpp"

#include <string>

namespace maillage {

NearReach::NearReach(GraphView g, const GroupLabels& labels)
    : labels_(labels),
      words_((g.vertex_count() + 63) / 64),
      near_(words_ * g.vertex_count(), 0),
      partners_(g.vertex_count()) {
    if (labels.vertex_count() != g.vertex_count()) {
        throw Error("NearReach: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(g.vertex_count()) + " vertices");
    }
    for (const VertexId v : g.vertices()) {
        const auto row = g.neighbours(v);
        partners_[index_of(v)].assign(row.begin(), row.end());
        for (std::size_t i = 0; i < row.size(); ++i) {
            bring_near(v, row[i]);
            for (std::size_t j = i + 1; j < row.size(); ++j) {
                bring_near(row[i], row[j]);
            }
        }
    }
}

bool NearReach::near(VertexId a, VertexId b) const noexcept {
    return (near_[index_of(a) * words_ + index_of(b) / 64] >> (index_of(b) % 64) & 1U) != 0;
}

bool NearReach::counts(VertexId a, VertexId b) const noexcept {
    const auto of_a = labels_.of(a);
    const auto of_b = labels_.of(b);
    return !of_a.empty() && !of_b.empty() && !share_a_group(of_a, of_b);
}

void NearReach::bring_near(VertexId a, VertexId b) noexcept {
    if (a == b || near(a, b)) {
        return;
    }
    near_[index_of(a) * words_ + index_of(b) / 64] |= std::uint64_t{1} << (index_of(b) % 64);
    near_[index_of(b) * words_ + index_of(a) / 64] |= std::uint64_t{1} << (index_of(a) % 64);
    pairs_ += counts(a, b) ? 1U : 0U;
}

std::vector<std::uint64_t> NearReach::by_group() const {
    std::vector<std::uint64_t> pairs(labels_.group_count(), 0);
    for (const VertexId a : IdRange<VertexId>(partners_.size())) {
        for (const VertexId b : IdRange<VertexId>(partners_.size())) {
            if (near(a, b) && counts(a, b)) {
                for (const GroupId group : labels_.of(a)) {
                    ++pairs[index_of(group)];
                }
            }
        }
    }
    return pairs;
}

std::uint64_t NearReach::gain(VertexId a, VertexId b) const noexcept {
    std::uint64_t gained = !near(a, b) && counts(a, b) ? 1 : 0;
    for (const VertexId y : partners(b)) {
        gained += y != a && !near(a, y) && counts(a, y) ? 1U : 0U;
    }
    for (const VertexId x : partners(a)) {
        gained += x != b && !near(b, x) && counts(b, x) ? 1U : 0U;
    }
    return gained;
}

void NearReach::add(VertexId a, VertexId b) {
    bring_near(a, b);
    for (const VertexId y : partners(b)) {
        bring_near(a, y);
    }
    for (const VertexId x : partners(a)) {
        bring_near(b, x);
    }
    partners_[index_of(a)].push_back(b);
    partners_[index_of(b)].push_back(a);
}

}  // namespace maillage
