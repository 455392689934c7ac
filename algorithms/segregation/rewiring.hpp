#pragma once

#include "engine/graph_view.hpp"
#include "engine/random.hpp"

#include "algorithms/segregation/group_codes.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace maillage {

/// A simple graph whose ties are rewired at random while every vertex keeps its degree.
///
/// Definition  A step draws two ties and exchanges an end of each, unless that made a loop or a repeated tie. The
///             steps go both ways with the same probability, so that all simple graphs of these degrees are equally
///             likely in the long run.
/// Source      S. Maslov, K. Sneppen, "Specificity and stability in topology of protein networks", Science 296,
///             910-913, 2002.
class Rewiring {
public:
    explicit Rewiring(GraphView g);

    /// Tries so many steps.
    void run(std::uint64_t steps, Rng& rng);
    /// The graph as it is now, without weights.
    void fill(TieArrays& arrays) const;
    [[nodiscard]] std::size_t tie_count() const noexcept { return ties_.size(); }

private:
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept;
    [[nodiscard]] bool has(std::uint64_t key) const noexcept { return table_[slot_of(key)] == key; }
    void insert(std::uint64_t key) noexcept { table_[slot_of(key)] = key; }
    void erase(std::uint64_t key) noexcept;

    std::size_t vertex_count_ = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ties_;
    std::vector<std::uint64_t> table_;  ///< open addressing, a power of two; `nothing` where free
    std::uint64_t mask_ = 0;
};

}  // namespace maillage
