#include "algorithms/segregation/rewiring.hpp"

#include <algorithm>
#include <limits>

namespace maillage {
namespace {

constexpr std::uint64_t nothing = std::numeric_limits<std::uint64_t>::max();

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) noexcept {
    return (static_cast<std::uint64_t>(std::min(a, b)) << 32U) | std::max(a, b);
}

std::uint64_t home_of(std::uint64_t key, std::uint64_t mask) noexcept {
    key ^= key >> 32U;
    key *= 0x9E3779B97F4A7C15ULL;
    return (key >> 20U) & mask;
}

}  // namespace

Rewiring::Rewiring(GraphView g) : vertex_count_(g.vertex_count()) {
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u) {
                ties_.emplace_back(static_cast<std::uint32_t>(index_of(v)),
                                   static_cast<std::uint32_t>(index_of(u)));
            }
        }
    }
    std::size_t capacity = 16;
    while (capacity < 3 * ties_.size()) {
        capacity *= 2;
    }
    table_.assign(capacity, nothing);
    mask_ = capacity - 1;
    for (const auto& [a, b] : ties_) {
        insert(key_of(a, b));
    }
}

std::size_t Rewiring::slot_of(std::uint64_t key) const noexcept {
    std::uint64_t slot = home_of(key, mask_);
    while (table_[slot] != nothing && table_[slot] != key) {
        slot = (slot + 1) & mask_;
    }
    return slot;
}

void Rewiring::erase(std::uint64_t key) noexcept {
    std::uint64_t hole = slot_of(key);
    std::uint64_t next = hole;
    while (true) {  // later keys of the same run move up, so that no search stops early
        next = (next + 1) & mask_;
        if (table_[next] == nothing) {
            break;
        }
        const std::uint64_t home = home_of(table_[next], mask_);
        if (((next - home) & mask_) >= ((next - hole) & mask_)) {
            table_[hole] = table_[next];
            hole = next;
        }
    }
    table_[hole] = nothing;
}

void Rewiring::run(std::uint64_t steps, Rng& rng) {
    if (ties_.size() < 2) {
        return;
    }
    const auto count = static_cast<std::uint32_t>(ties_.size());
    for (std::uint64_t step = 0; step < steps; ++step) {
        auto& first = ties_[rng.below(count)];
        auto& second = ties_[rng.below(count)];
        const bool flipped = (rng.next() >> 63U) != 0;
        const auto [a, b] = first;
        const std::uint32_t c = flipped ? second.second : second.first;
        const std::uint32_t d = flipped ? second.first : second.second;
        // a-b and c-d become a-d and c-b
        if (a == c || a == d || b == c || b == d || has(key_of(a, d)) || has(key_of(c, b))) {
            continue;
        }
        erase(key_of(a, b));
        erase(key_of(c, d));
        insert(key_of(a, d));
        insert(key_of(c, b));
        first = {a, d};
        second = {c, b};
    }
}

void Rewiring::fill(TieArrays& arrays) const {
    arrays.offsets.assign(vertex_count_ + 1, 0);
    arrays.targets.resize(2 * ties_.size());
    arrays.weights.clear();
    for (const auto& [a, b] : ties_) {
        ++arrays.offsets[a + 1];
        ++arrays.offsets[b + 1];
    }
    for (std::size_t v = 0; v < vertex_count_; ++v) {
        arrays.offsets[v + 1] += arrays.offsets[v];
    }
    std::vector<std::uint64_t> next(arrays.offsets.begin(), arrays.offsets.end() - 1);
    for (const auto& [a, b] : ties_) {
        arrays.targets[next[a]++] = id_at<VertexId>(b);
        arrays.targets[next[b]++] = id_at<VertexId>(a);
    }
    for (std::size_t v = 0; v < vertex_count_; ++v) {
        std::sort(arrays.targets.begin() + static_cast<std::ptrdiff_t>(arrays.offsets[v]),
                  arrays.targets.begin() + static_cast<std::ptrdiff_t>(arrays.offsets[v + 1]));
    }
}

}  // namespace maillage
