#include "algorithms/segregation/mixing.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace maillage {
namespace {

using Groups = std::span<const GroupId>;

/// Adds one tie, seen from x, to the matrix; returns whether it is inside a group.
bool add_tie(MixingMatrix& m, Groups x, Groups y, double weight) {
    if (x.size() == 1 && y.size() == 1) {
        m.arcs[index_of(x[0]) * m.groups + index_of(y[0])] += weight;
        return x[0] == y[0];
    }
    std::vector<GroupId> shared;
    std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(shared));
    for (const GroupId g : shared) {
        m.arcs[index_of(g) * m.groups + index_of(g)] += weight / static_cast<double>(shared.size());
    }
    if (!shared.empty()) {
        return true;
    }
    const double share = weight / static_cast<double>(x.size() * y.size());
    for (const GroupId g : x) {
        for (const GroupId h : y) {
            m.arcs[index_of(g) * m.groups + index_of(h)] += share;
        }
    }
    return false;
}

/// Actors by their set of groups: the sets are few even when the actors are many.
std::vector<std::pair<std::vector<GroupId>, double>> distinct_sets(const GroupLabels& labels) {
    std::map<std::vector<GroupId>, double> count;
    for (std::size_t v = 0; v < labels.vertex_count(); ++v) {
        const Groups groups = labels.of(id_at<VertexId>(v));
        if (!groups.empty()) {
            count[{groups.begin(), groups.end()}] += 1.0;
        }
    }
    return {count.begin(), count.end()};
}

/// Per distinct set: its actors, and how many other actors share no group with one of them.
struct SetCensus {
    std::vector<double> count, strangers;
    double actors = 0.0;
};

SetCensus take_census(const GroupLabels& labels) {
    const auto sets = distinct_sets(labels);
    SetCensus census;
    for (const auto& [set, count] : sets) {
        double strangers = 0.0;
        for (const auto& [other, other_count] : sets) {
            strangers += share_a_group(set, other) ? 0.0 : other_count;
        }
        census.count.push_back(count);
        census.strangers.push_back(strangers);
        census.actors += count;
    }
    return census;
}

MixingMatrix empty_matrix(const GroupLabels& labels, double arcs_per_tie) {
    MixingMatrix m;
    m.groups = labels.group_count();
    m.arcs.assign(m.groups * m.groups, 0.0);
    for (const std::size_t size : labels.sizes()) {
        m.sizes.push_back(static_cast<double>(size));
    }
    m.arcs_per_tie = arcs_per_tie;
    m.actors = labels.vertex_count() - labels.missing();
    m.actors_without_group = labels.missing();
    const SetCensus census = take_census(labels);
    for (std::size_t i = 0; i < census.count.size(); ++i) {
        m.external_dyads += census.count[i] * census.strangers[i];
    }
    m.external_dyads /= arcs_per_tie;
    m.internal_dyads = census.actors * (census.actors - 1.0) / arcs_per_tie - m.external_dyads;
    return m;
}

}  // namespace

MixingMatrix mixing_matrix(GraphView g, const GroupLabels& labels, bool weighted) {
    if (labels.vertex_count() != g.vertex_count()) {
        throw Error("mixing_matrix: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(g.vertex_count()) + " vertices");
    }
    MixingMatrix m = empty_matrix(labels, 2.0);
    for (const VertexId v : g.vertices()) {
        const Groups own = labels.of(v);
        const auto row = g.neighbours(v);
        const auto row_weights = g.weights(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const double weight = weighted && !row_weights.empty() ? row_weights[i] : 1.0;
            const Groups other = labels.of(row[i]);
            const bool once = v < row[i];
            if (own.empty() || other.empty()) {
                m.ties_without_group += once ? weight : 0.0;
            } else {
                const bool inside = add_tie(m, own, other, weight);
                (inside ? m.internal : m.external) += once ? weight : 0.0;
            }
        }
    }
    return m;
}

MixingMatrix directed_mixing_matrix(std::span<const std::pair<VertexId, VertexId>> arcs,
                                    const GroupLabels& labels) {
    MixingMatrix m = empty_matrix(labels, 1.0);
    for (const auto& [from, to] : arcs) {
        if (index_of(from) >= labels.vertex_count() || index_of(to) >= labels.vertex_count()) {
            throw Error("directed_mixing_matrix: an arc leaves the " + std::to_string(labels.vertex_count()) +
                        " vertices");
        }
        if (from == to) {
            continue;
        }
        if (labels.of(from).empty() || labels.of(to).empty()) {
            m.ties_without_group += 1.0;
        } else {
            (add_tie(m, labels.of(from), labels.of(to), 1.0) ? m.internal : m.external) += 1.0;
        }
    }
    return m;
}

GroupChances group_chances(const GroupLabels& labels) {
    const SetCensus census = take_census(labels);
    const double n = census.actors;
    double pairs = 0.0;    // ordered pairs of strangers
    double squares = 0.0;  // sum of the squared number of strangers
    double paths = 0.0;    // ordered (b, c) of strangers of the same actor
    for (std::size_t i = 0; i < census.count.size(); ++i) {
        pairs += census.count[i] * census.strangers[i];
        squares += census.count[i] * census.strangers[i] * census.strangers[i];
        paths += census.count[i] * census.strangers[i] * (census.strangers[i] - 1.0);
    }
    GroupChances chances;
    if (n >= 2.0) {
        chances.p2 = pairs / (n * (n - 1.0));
    }
    if (n >= 3.0) {
        chances.p3 = paths / (n * (n - 1.0) * (n - 2.0));
    }
    if (n >= 4.0) {
        // pairs of ordered pairs without a common actor: all, less those that share one, plus those that
        // were taken off twice
        chances.p4 = (pairs * pairs - 4.0 * squares + 2.0 * pairs) / (n * (n - 1.0) * (n - 2.0) * (n - 3.0));
    }
    return chances;
}

}  // namespace maillage
