#include "algorithms/community/quality.hpp"

#include "engine/error.hpp"

#include <cmath>

namespace maillage {
namespace {

struct Sums {
    std::vector<double> twice_inside;  ///< 2 L_c
    std::vector<double> strength;      ///< D_c
    double two_m = 0.0;
};

Sums sum_up(GraphView g, const Partition& partition) {
    Sums sums{std::vector<double>(partition.community_count()),
              std::vector<double>(partition.community_count())};
    for (const VertexId v : g.vertices()) {
        const std::size_t c = index_of(partition[v]);
        const auto neighbours = g.neighbours(v);
        const auto first_arc = static_cast<std::size_t>(g.offsets()[index_of(v)]);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            const double weight = g.arc_weight(first_arc + i);
            sums.strength[c] += weight;
            if (index_of(partition[neighbours[i]]) == c) {
                sums.twice_inside[c] += weight;
            }
        }
    }
    for (const double strength : sums.strength) {
        sums.two_m += strength;
    }
    return sums;
}

}  // namespace

void validate(const QualityOptions& options) {
    if (!std::isfinite(options.resolution) || options.resolution <= 0.0) {
        throw OptionError("resolution", "must be a number above 0");
    }
}

QualityResult quality(GraphView g, const Partition& partition, const QualityOptions& options) {
    validate(options);
    if (partition.vertex_count() != g.vertex_count()) {
        throw Error("a partition of " + std::to_string(partition.vertex_count()) +
                    " vertices for a graph of " + std::to_string(g.vertex_count()));
    }
    QualityResult result;
    if (g.edge_count() == 0) {
        result.why = "no_edges";
        return result;
    }
    const Sums sums = sum_up(g, partition);
    const bool modularity = options.objective == Objective::modularity;
    const double divisor = modularity ? sums.two_m * sums.two_m : sums.two_m;
    double numerator = 0.0;
    result.contributions.reserve(partition.community_count());
    for (const CommunityId c : partition.ids()) {
        const double mass = modularity ? sums.strength[index_of(c)] : static_cast<double>(partition.size(c));
        const double inside = sums.twice_inside[index_of(c)] * (modularity ? sums.two_m : 1.0);
        const double part = inside - options.resolution * mass * mass;
        numerator += part;
        result.contributions.push_back(part / divisor);
    }
    result.value = numerator / divisor;
    return result;
}

}  // namespace maillage
