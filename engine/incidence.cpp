#include "engine/incidence.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

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
    }
    for (std::size_t v = 0; v < vertex_count; ++v) {
        by_vertex_offsets_[v + 1] += by_vertex_offsets_[v];
    }
    by_vertex_.reserve(links.size());
    for (const Incident& link : links) {
        by_vertex_.push_back({link.expertise, link.level, link.inferred});
    }
    fill_by_expertise(expertise_count);
}

Incidence Incidence::from_rows(std::size_t expertise_count, std::vector<std::uint64_t> offsets,
                               std::vector<OfVertex> rows) {
    bool right = !offsets.empty() && offsets.front() == 0 && offsets.back() == rows.size() &&
                 std::is_sorted(offsets.begin(), offsets.end());
    for (std::size_t v = 0; right && v + 1 < offsets.size(); ++v) {
        for (auto i = static_cast<std::size_t>(offsets[v]); i < offsets[v + 1]; ++i) {
            const bool ascends = i == offsets[v] || rows[i - 1].expertise < rows[i].expertise;
            right = right && ascends && index_of(rows[i].expertise) < expertise_count &&
                    rows[i].level > 0.0F && rows[i].level <= 1.0F;
        }
    }
    if (!right) {
        throw Error("incidence: rows do not fit, or an expertise is not there or out of order");
    }
    Incidence incidence;
    incidence.by_vertex_offsets_ = std::move(offsets);
    incidence.by_vertex_ = std::move(rows);
    incidence.fill_by_expertise(expertise_count);
    return incidence;
}

void Incidence::fill_by_expertise(std::size_t expertise_count) {
    by_expertise_offsets_.assign(expertise_count + 1, 0);
    for (const OfVertex& link : by_vertex_) {
        ++by_expertise_offsets_[index_of(link.expertise) + 1];
    }
    for (std::size_t x = 0; x < expertise_count; ++x) {
        by_expertise_offsets_[x + 1] += by_expertise_offsets_[x];
    }
    by_expertise_.resize(by_vertex_.size());
    std::vector<std::uint64_t> next(by_expertise_offsets_.begin(), by_expertise_offsets_.end() - 1);
    for (std::size_t v = 0; v < vertex_count(); ++v) {
        const VertexId vertex = id_at<VertexId>(v);
        for (const OfVertex& link : of(vertex)) {
            by_expertise_[static_cast<std::size_t>(next[index_of(link.expertise)]++)] = {vertex, link.level,
                                                                                         link.inferred};
        }
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
