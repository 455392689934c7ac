#include "engine/incidence.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace maillage {

Incidence::Incidence(std::size_t vertex_count, std::size_t expertise_count, std::vector<Incident> links)
    : by_vertex_offsets_(vertex_count + 1, 0), by_expertise_offsets_(expertise_count + 1, 0) {
    // declared before inferred, then the highest level: the first of a run of equal links is kept
    std::sort(links.begin(), links.end(), [](const Incident& x, const Incident& y) {
        return std::tuple(x.vertex, x.expertise, x.inferred, -x.level) <
               std::tuple(y.vertex, y.expertise, y.inferred, -y.level);
    });
    links.erase(std::unique(links.begin(), links.end(),
                            [](const Incident& x, const Incident& y) {
                                return x.vertex == y.vertex && x.expertise == y.expertise;
                            }),
                links.end());
    for (const Incident& link : links) {
        if (index_of(link.vertex) >= vertex_count || index_of(link.expertise) >= expertise_count) {
            throw Error("incidence: link " + std::to_string(index_of(link.vertex)) + "-" +
                        std::to_string(index_of(link.expertise)) + " is outside the " +
                        std::to_string(vertex_count) + " vertices and " + std::to_string(expertise_count) +
                        " expertises");
        }
        ++by_vertex_offsets_[index_of(link.vertex) + 1];
        ++by_expertise_offsets_[index_of(link.expertise) + 1];
    }
    for (std::size_t v = 0; v < vertex_count; ++v) {
        by_vertex_offsets_[v + 1] += by_vertex_offsets_[v];
    }
    for (std::size_t x = 0; x < expertise_count; ++x) {
        by_expertise_offsets_[x + 1] += by_expertise_offsets_[x];
    }
    by_vertex_.reserve(links.size());
    by_expertise_.resize(links.size());
    std::vector<std::uint64_t> next(by_expertise_offsets_.begin(), by_expertise_offsets_.end() - 1);
    for (const Incident& link : links) {
        by_vertex_.push_back({link.expertise, link.level, link.inferred});
        by_expertise_[static_cast<std::size_t>(next[index_of(link.expertise)]++)] = {link.vertex, link.level,
                                                                                     link.inferred};
    }
}

std::span<const Incidence::OfVertex> Incidence::of(VertexId v) const noexcept {
    const auto begin = static_cast<std::size_t>(by_vertex_offsets_[index_of(v)]);
    return std::span(by_vertex_)
        .subspan(begin, static_cast<std::size_t>(by_vertex_offsets_[index_of(v) + 1]) - begin);
}

std::span<const Incidence::OfExpertise> Incidence::of(ExpertiseId x) const noexcept {
    const auto begin = static_cast<std::size_t>(by_expertise_offsets_[index_of(x)]);
    return std::span(by_expertise_)
        .subspan(begin, static_cast<std::size_t>(by_expertise_offsets_[index_of(x) + 1]) - begin);
}

}  // namespace maillage
