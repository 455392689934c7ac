#pragma once

#include "engine/ids.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// One vertex-expertise link of an Incidence.
struct Incident {
    VertexId vertex{};
    ExpertiseId expertise{};
    float level = 1.0F;     ///< (0, 1]
    bool inferred = false;  ///< from partnerships, not declared
};

/// Actor x expertise incidence (two-mode graph), compressed in both directions.
class Incidence {
public:
    struct OfVertex {
        ExpertiseId expertise{};
        float level = 1.0F;
        bool inferred = false;
    };
    struct OfExpertise {
        VertexId vertex{};
        float level = 1.0F;
        bool inferred = false;
    };

    Incidence() : by_vertex_offsets_(1, 0), by_expertise_offsets_(1, 0) {}
    /// Repeats of a link keep the highest level; a declared one wins over an inferred one of any level.
    Incidence(std::size_t vertex_count, std::size_t expertise_count, std::vector<Incident> links);

    /// Rows of vertices as of() gives them, one after the other.
    /// Cost    O(size).
    /// Errors  Error naming what does not hold.
    [[nodiscard]] static Incidence from_rows(std::size_t expertise_count, std::vector<std::uint64_t> offsets,
                                             std::vector<OfVertex> rows);

    [[nodiscard]] std::size_t vertex_count() const noexcept { return by_vertex_offsets_.size() - 1; }
    [[nodiscard]] std::size_t expertise_count() const noexcept { return by_expertise_offsets_.size() - 1; }
    [[nodiscard]] std::size_t size() const noexcept { return by_vertex_.size(); }
    /// Expertises of a vertex, ascending.
    [[nodiscard]] std::span<const OfVertex> of(VertexId v) const noexcept;
    /// Holders of an expertise, ascending.
    [[nodiscard]] std::span<const OfExpertise> of(ExpertiseId x) const noexcept;

private:
    void fill_by_expertise(std::size_t expertise_count);

    std::vector<std::uint64_t> by_vertex_offsets_, by_expertise_offsets_;
    std::vector<OfVertex> by_vertex_;
    std::vector<OfExpertise> by_expertise_;
};

/// Calls each(of a, of b) for every expertise in both of two rows of vertices, ascending.
template <class Each>
void for_shared(std::span<const Incidence::OfVertex> a, std::span<const Incidence::OfVertex> b, Each each) {
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (i->expertise == j->expertise) {
            each(*i, *j);
            ++i;
            ++j;
        } else if (i->expertise < j->expertise) {
            ++i;
        } else {
            ++j;
        }
    }
}

}  // namespace maillage
