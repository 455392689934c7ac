#include "algorithms/segregation/openness.hpp"

#include "engine/top_k.hpp"

#include <algorithm>
#include <utility>

namespace maillage {
namespace {

Indicator indicator(std::string id, std::string group, const Measured& measured) {
    Indicator i;
    i.id = std::move(id);
    i.group = std::move(group);
    i.value = measured.value;
    i.why = measured.why;
    return i;
}

void keep(std::vector<NullModel>& models, const std::optional<NullModel>& model) {
    if (model) {
        models.push_back(*model);
    }
}

void network_indicators(GraphView g, const GroupLabels& labels, const OpennessOptions& options, Openness& o) {
    const MixingMatrix& m = o.mixing;
    Indicator ei = indicator("ei", {}, ei_index(m.external, m.internal));
    if (!options.weighted) {
        keep(ei.null, ei_hypergeometric(m));
        ei.ci95 = ei_wilson(m.external, m.ties());
        if (ei.ci95) {
            o.resolution = (ei.ci95->high - ei.ci95->low) / 2.0;
        }
    }
    keep(ei.null, ei_label_permutation(g, labels, options.weighted));
    o.indicators.push_back(std::move(ei));
    if (!options.weighted) {
        o.indicators.push_back(indicator("ei_rescaled", {}, ei_rescaled(m)));
    }

    const Assortativity mixing = assortativity(m);
    Indicator r = indicator("assortativity", {}, mixing.r);
    r.sd = mixing.jackknife_sd;
    r.least = mixing.least;
    if (mixing.r.value && mixing.jackknife_sd) {
        constexpr double z95 = 1.959963984540054;
        const double half = z95 * *mixing.jackknife_sd;
        r.ci95 = Interval{std::max(-1.0, *mixing.r.value - half), std::min(1.0, *mixing.r.value + half)};
    }
    o.indicators.push_back(std::move(r));
    if (options.weighted) {
        return;
    }
    o.indicators.push_back(indicator("freeman", {}, freeman(m)));
    const OddsRatio odds = odds_ratio(m);
    Indicator ratio = indicator("odds_ratio", {}, odds.ratio);
    ratio.ci95 = odds.ci95;
    o.indicators.push_back(std::move(ratio));
    if (odds.haldane) {
        o.indicators.push_back(indicator("odds_ratio_haldane", {}, {*odds.haldane, {}}));
    }
    o.indicators.push_back(indicator("gupta_anderson_may", {}, gupta_anderson_may(m)));
}

void group_indicators(const OpennessOptions& options, Openness& o) {
    const MixingMatrix& m = o.mixing;
    std::vector<std::size_t> tested;
    std::vector<double> p;
    for (std::size_t g = 0; g < m.groups; ++g) {
        GroupOpenness group{.group = o.group_names[g], .size = static_cast<std::size_t>(m.sizes[g])};
        group.internal = m.ties_between(g, g);
        for (std::size_t h = 0; h < m.groups; ++h) {
            group.external += h == g ? 0.0 : m.at(g, h);
        }
        group.ei = group_ei(m, g);
        Indicator ei = indicator("ei", group.group, group.ei);
        if (!options.weighted) {
            group.ci95 = ei_wilson(group.external, group.external + group.internal);
            ei.ci95 = group.ci95;
            keep(ei.null, o.multi_valued ? std::nullopt : group_ei_hypergeometric(m, g));
        }
        if (!ei.null.empty() && ei.null.front().p) {
            tested.push_back(o.indicators.size());
            p.push_back(*ei.null.front().p);
        }
        o.indicators.push_back(std::move(ei));
        o.indicators.push_back(indicator("coleman", group.group, coleman(m, g)));
        o.groups.push_back(std::move(group));
    }
    const std::vector<double> adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < tested.size(); ++i) {
        o.indicators[tested[i]].p_adjusted = adjusted[i];
    }
}

/// Ties of one actor to its own groups, to others, and their spread over groups.
ActorOpenness actor_openness(GraphView g, const GroupLabels& labels, VertexId v, bool weighted,
                             std::vector<double>& to_group) {
    ActorOpenness actor;
    actor.vertex = v;
    const auto own = labels.of(v);
    const auto row = g.neighbours(v);
    const auto row_weights = g.weights(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto other = labels.of(row[i]);
        const double w = weighted && !row_weights.empty() ? row_weights[i] : 1.0;
        if (other.empty()) {
            continue;
        }
        const bool shared =
            std::find_first_of(own.begin(), own.end(), other.begin(), other.end()) != own.end();
        (shared ? actor.internal : actor.external) += w;
        for (const GroupId h : other) {
            to_group[index_of(h)] += w / static_cast<double>(other.size());
        }
    }
    const double ties = actor.internal + actor.external;
    double squares = 0.0;
    for (const VertexId u : row) {
        for (const GroupId h : labels.of(u)) {
            squares += to_group[index_of(h)] * to_group[index_of(h)];
            to_group[index_of(h)] = 0.0;
        }
    }
    actor.ei = ties > 0.0 ? ei_index(actor.external, actor.internal) : Measured::undefined(why_isolate);
    actor.participation =
        ties > 0.0 ? Measured{1.0 - squares / (ties * ties), {}} : Measured::undefined(why_isolate);
    return actor;
}

void actor_measures(GraphView g, const GroupLabels& labels, bool weighted, Openness& o) {
    std::vector<double> to_group(labels.group_count(), 0.0);
    for (const VertexId v : g.vertices()) {
        if (labels.of(v).empty()) {
            continue;
        }
        ActorOpenness actor = actor_openness(g, labels, v, weighted, to_group);
        if (actor.ei.value) {
            o.actors.push_back(std::move(actor));
        }
    }
    std::stable_sort(o.actors.begin(), o.actors.end(), [](const ActorOpenness& x, const ActorOpenness& y) {
        return score_key(*x.ei.value) > score_key(*y.ei.value);
    });
}

}  // namespace

Openness openness(GraphView g, const GroupLabels& labels, const OpennessOptions& options) {
    Openness o;
    o.attribute = labels.attribute();
    o.multi_valued = labels.multi_valued();
    o.group_names = labels.names();
    o.mixing = mixing_matrix(g, labels, options.weighted);
    network_indicators(g, labels, options, o);
    group_indicators(options, o);
    actor_measures(g, labels, options.weighted, o);
    return o;
}

}  // namespace maillage
