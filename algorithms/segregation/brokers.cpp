#include "algorithms/segregation/brokers.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace maillage {
namespace {

Measured measured(const std::optional<double>& value) {
    return value ? Measured{value, {}} : Measured::undefined(why_isolate);
}

/// Ties of every actor by group, one actor after the other.
class TiesByGroup {
public:
    TiesByGroup(GraphView g, const GroupLabels& labels, bool weighted)
        : g_(g), labels_(labels), weighted_(weighted), to_group_(labels.group_count(), 0.0) {}

    void read(VertexId v, Broker& broker) {
        const auto row = g_.neighbours(v);
        const auto weights = weighted_ ? g_.weights(v) : std::span<const double>();
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto other = labels_.of(row[i]);
            const double w = tie_weight(weights, i);
            if (other.empty()) {
                continue;
            }
            (share_a_group(labels_.of(v), other) ? broker.internal : broker.external) += w;
            for (const GroupId h : other) {
                to_group_[index_of(h)] += w / static_cast<double>(other.size());
            }
        }
        double squares = 0.0;
        for (const VertexId u : row) {
            for (const GroupId h : labels_.of(u)) {
                const double sum = std::exchange(to_group_[index_of(h)], 0.0);
                squares += sum * sum;
            }
        }
        const double ties = broker.internal + broker.external;
        broker.ei =
            ties > 0.0 ? ei_index(broker.external, broker.internal) : Measured::undefined(why_isolate);
        broker.participation =
            ties > 0.0 ? Measured{1.0 - squares / (ties * ties), {}} : Measured::undefined(why_isolate);
    }

private:
    GraphView g_;
    const GroupLabels& labels_;
    bool weighted_;
    std::vector<double> to_group_;
};

/// z of the ties inside among the members of each group, those without ties included.
void standardise(const GroupLabels& labels, std::vector<Broker>& all) {
    if (labels.multi_valued()) {
        for (Broker& broker : all) {
            broker.within_group_z = Measured::undefined(why_several_groups);
        }
        return;
    }
    const std::vector<std::size_t> sizes = labels.sizes();
    std::vector<double> mean(sizes.size(), 0.0);
    std::vector<double> variance(sizes.size(), 0.0);
    for (const Broker& broker : all) {
        const std::size_t g = index_of(labels.first(broker.vertex));
        mean[g] += broker.internal / static_cast<double>(sizes[g]);
    }
    for (const Broker& broker : all) {
        const std::size_t g = index_of(labels.first(broker.vertex));
        const double apart = broker.internal - mean[g];
        variance[g] += apart * apart / static_cast<double>(sizes[g]);
    }
    for (Broker& broker : all) {
        const std::size_t g = index_of(labels.first(broker.vertex));
        if (!broker.participation.value) {
            broker.within_group_z = Measured::undefined(why_isolate);
            continue;
        }
        // all have as many: rounding of the mean may leave something
        const bool alike = variance[g] <= 1e-18 * std::max(1.0, mean[g] * mean[g]);
        const double z = alike ? 0.0 : (broker.internal - mean[g]) / std::sqrt(variance[g]);
        broker.within_group_z = {z, {}};
        broker.cartography = cartography_role(*broker.participation.value, z);
    }
}

bool comes_first(const Broker& x, const Broker& y) {
    if (x.roles.crossing_pairs() != y.roles.crossing_pairs()) {
        return x.roles.crossing_pairs() > y.roles.crossing_pairs();
    }
    if (score_key(x.betweenness) != score_key(y.betweenness)) {
        return score_key(x.betweenness) > score_key(y.betweenness);
    }
    return x.external != y.external ? x.external > y.external : x.vertex < y.vertex;
}

}  // namespace

std::string_view to_code(CartographyRole role) noexcept {
    constexpr std::array<std::string_view, 7> codes = {"ultra_peripheral", "peripheral",     "connector",
                                                       "kinless",          "provincial_hub", "connector_hub",
                                                       "kinless_hub"};
    return codes[static_cast<std::size_t>(role)];
}

CartographyRole cartography_role(double participation, double z) noexcept {
    if (z >= 2.5) {
        return participation < 0.30   ? CartographyRole::provincial_hub
               : participation < 0.75 ? CartographyRole::connector_hub
                                      : CartographyRole::kinless_hub;
    }
    return participation < 0.05   ? CartographyRole::ultra_peripheral
           : participation < 0.62 ? CartographyRole::peripheral
           : participation < 0.80 ? CartographyRole::connector
                                  : CartographyRole::kinless;
}

Positions positions(GraphView g, bool weighted, const BetweennessOptions& options,
                    const Execution& execution) {
    ForwardTies ties(g);
    StructuralHoles holes = structural_holes(ties, weighted);
    return {std::move(ties), std::move(holes), betweenness(g, options, execution)};
}

Brokers brokers(GraphView g, const GroupLabels& labels, const Positions& positions, bool weighted) {
    if (positions.betweenness.value.size() != g.vertex_count()) {
        throw Error("brokers: positions of " + std::to_string(positions.betweenness.value.size()) +
                    " vertices for " + std::to_string(g.vertex_count()));
    }
    Brokers result;
    result.brokerage = brokerage(g, positions.ties, labels);
    TiesByGroup ties(g, labels, weighted);
    for (const VertexId v : g.vertices()) {
        if (labels.of(v).empty()) {
            continue;
        }
        Broker broker;
        broker.vertex = v;
        ties.read(v, broker);
        broker.constraint = measured(positions.holes.constraint[index_of(v)]);
        broker.effective_size = measured(positions.holes.effective_size[index_of(v)]);
        broker.betweenness = positions.betweenness.value[index_of(v)];
        if (!positions.betweenness.exact) {
            broker.betweenness_error = positions.betweenness.error[index_of(v)];
        }
        if (result.brokerage.why.empty()) {
            broker.roles = result.brokerage.actors[index_of(v)];
        }
        result.actors.push_back(std::move(broker));
    }
    standardise(labels, result.actors);
    result.actors.erase(std::remove_if(result.actors.begin(), result.actors.end(),
                                       [](const Broker& b) { return !(b.external > 0.0); }),
                        result.actors.end());
    std::stable_sort(result.actors.begin(), result.actors.end(), comes_first);
    return result;
}

}  // namespace maillage
