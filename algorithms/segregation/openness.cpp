#include "algorithms/segregation/openness.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/community/compare.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/segregation/spectral.hpp"
#include "algorithms/segregation/walks.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace maillage {
namespace {

constexpr double z95 = 1.959963984540054;

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

/// The actors with a group alone, and their ties: what the measures beyond the mixing matrix are about.
class Grouped {
public:
    Grouped(GraphView g, const GroupLabels& labels, bool weighted) : labels_(&labels) {
        if (labels.missing() > 0) {
            std::vector<std::uint8_t> keep(labels.vertex_count(), 0);
            std::vector<std::string> values;
            for (std::size_t v = 0; v < labels.vertex_count(); ++v) {
                std::string value;
                for (const GroupId group : labels.of(id_at<VertexId>(v))) {
                    value += (value.empty() ? "" : "|") + labels.name(group);
                }
                if (!value.empty()) {
                    keep[v] = 1;
                    original_.push_back(id_at<VertexId>(v));
                    values.push_back(std::move(value));
                }
            }
            kept_ = induced_subgraph(g, keep);
            const std::vector<std::string_view> cells(values.begin(), values.end());
            own_labels_ = GroupLabels(labels.attribute(), cells);
            labels_ = &own_labels_;
            view_ = kept_;
        } else {
            view_ = g;
            for (const VertexId v : g.vertices()) {
                original_.push_back(v);
            }
        }
        if (!weighted) {
            view_ = GraphView(view_.offsets(), view_.targets(), {});
        }
    }
    Grouped(const Grouped&) = delete;
    Grouped& operator=(const Grouped&) = delete;

    [[nodiscard]] GraphView view() const noexcept { return view_; }
    [[nodiscard]] const GroupLabels& labels() const noexcept { return *labels_; }
    [[nodiscard]] VertexId original(VertexId v) const noexcept { return original_[index_of(v)]; }

private:
    CsrGraph kept_;
    GroupLabels own_labels_;
    const GroupLabels* labels_;
    GraphView view_;
    std::vector<VertexId> original_;
};

std::optional<Interval> around(const std::optional<double>& value, const std::optional<double>& sd,
                               double least) {
    if (!value || !sd) {
        return std::nullopt;
    }
    return Interval{std::max(least, *value - z95 * *sd), std::min(1.0, *value + z95 * *sd)};
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
        Indicator rescaled = indicator("ei_rescaled", {}, ei_rescaled(m));
        rescaled.ci95 = ei_rescaled_wilson(m);
        o.indicators.push_back(std::move(rescaled));
    }

    const Assortativity mixing = assortativity(m);
    Indicator r = indicator("assortativity", {}, mixing.r);
    r.sd = options.weighted ? std::nullopt : mixing.jackknife_sd;
    r.least = mixing.least;
    r.ci95 = around(r.value, r.sd, mixing.least.value_or(-1.0));
    o.indicators.push_back(std::move(r));
    if (!options.weighted) {
        Indicator share = indicator("freeman", {}, freeman(m));
        share.ci95 = freeman_wilson(m);
        o.indicators.push_back(std::move(share));
        const OddsRatio odds = odds_ratio(m);
        Indicator ratio = indicator("odds_ratio", {}, odds.ratio);
        ratio.ci95 = odds.ci95;
        o.indicators.push_back(std::move(ratio));
        if (odds.haldane) {
            Indicator corrected = indicator("odds_ratio_haldane", {}, {*odds.haldane, {}});
            corrected.ci95 = odds.haldane_ci95;
            o.indicators.push_back(std::move(corrected));
        }
    }
    o.indicators.push_back(indicator("gupta_anderson_may", {}, gupta_anderson_may(m)));
}

void group_indicators(const OpennessOptions& options, Openness& o) {
    const MixingMatrix& m = o.mixing;
    for (std::size_t g = 0; g < m.groups; ++g) {
        GroupOpenness group{.group = o.group_names[g], .size = static_cast<std::size_t>(m.sizes[g])};
        group.internal = m.ties_between(g, g);
        for (std::size_t h = 0; h < m.groups; ++h) {
            group.external += h == g ? 0.0 : m.at(g, h);
        }
        group.ei = group_ei(m, g);
        Indicator ei = indicator("ei", group.group, group.ei);
        Indicator homophily = indicator("coleman", group.group, coleman(m, g));
        if (!options.weighted && !o.multi_valued) {
            group.ci95 = ei_wilson(group.external, group.external + group.internal);
            ei.ci95 = group.ci95;
            keep(ei.null, group_ei_hypergeometric(m, g));
            homophily.ci95 = homophily.value ? coleman_wilson(m, g) : std::nullopt;
        }
        o.indicators.push_back(std::move(ei));
        o.indicators.push_back(std::move(homophily));
        if (!options.weighted && !o.multi_valued) {
            const Dyadicity d = dyadicity(m, g);
            o.indicators.push_back(indicator("dyadicity", group.group, d.dyadicity));
            o.indicators.push_back(indicator("heterophilicity", group.group, d.heterophilicity));
        }
        o.groups.push_back(std::move(group));
    }
}

/// Why a measure by walks has no value.
std::string_view why_no_walks(const Openness& o, const Slot& slot) {
    if (!(o.mixing.ties() > 0.0)) {
        return why_no_edges;
    }
    if (!slot.of_network()) {
        const GroupOpenness& group = o.groups[slot.group];
        if (!(group.internal + group.external > 0.0)) {
            return why_isolate;
        }
    }
    if (o.group_names.size() < 2) {
        return why_single_group;
    }
    return slot.id == "boundary_connectivity" ? why_no_boundary : why_zero_denominator;
}

std::size_t position_of(const Openness& o, std::string_view id, std::string_view group) {
    for (std::size_t i = 0; i < o.indicators.size(); ++i) {
        if (o.indicators[i].id == id && o.indicators[i].group == group) {
            return i;
        }
    }
    return o.indicators.size();
}

/// Measures on the panel: adds those that have no indicator yet, and draws the null models of all.
void panel_indicators(const Grouped& grouped, const GroupCodes& codes, const OpennessOptions& options,
                      Openness& o, const Execution& execution) {
    const Dyads dyads{o.mixing.internal_dyads, o.mixing.external_dyads};
    const PanelOptions panel_options{.bubble_steps = options.bubble_steps, .elites = options.elites};
    const Panel panel(codes, dyads, panel_options);
    std::vector<std::optional<double>> observed(panel.slots().size());
    PanelScratch scratch;
    panel.evaluate(grouped.view(), codes.of_vertices(), scratch, observed);

    // where each slot's indicator stands; those about counts have none when weights are summed
    std::vector<std::size_t> place(panel.slots().size());
    std::size_t groups_from = position_of(o, "ei", o.group_names.empty() ? "" : o.group_names.front());
    std::vector<Indicator> of_network;
    std::vector<Indicator> of_groups;
    for (std::size_t s = 0; s < panel.slots().size(); ++s) {
        const Slot& slot = panel.slots()[s];
        const bool is_new = slot.id != "coleman" && (!slot.of_network() || s >= mixing_measure_count - 1);
        if (is_new) {
            const Measured measured =
                observed[s] ? Measured{observed[s], {}} : Measured::undefined(why_no_walks(o, slot));
            const std::string group = slot.of_network() ? std::string() : o.group_names[slot.group];
            (slot.of_network() ? of_network : of_groups)
                .push_back(indicator(std::string(slot.id), group, measured));
        }
    }
    o.indicators.insert(o.indicators.begin() + static_cast<std::ptrdiff_t>(groups_from), of_network.begin(),
                        of_network.end());
    o.indicators.insert(o.indicators.end(), of_groups.begin(), of_groups.end());
    {
        std::map<std::pair<std::string_view, std::string_view>, std::size_t> at;
        for (std::size_t i = 0; i < o.indicators.size(); ++i) {
            at.emplace(
                std::pair<std::string_view, std::string_view>(o.indicators[i].id, o.indicators[i].group), i);
        }
        for (std::size_t s = 0; s < panel.slots().size(); ++s) {
            const Slot& slot = panel.slots()[s];
            const auto found =
                at.find({slot.id, slot.of_network() ? std::string_view() : o.group_names[slot.group]});
            place[s] = found == at.end() ? o.indicators.size() : found->second;
        }
    }
    if (!options.weighted) {
        const auto sd = mixing_jackknife(grouped.view(), codes, dyads);
        for (const std::size_t s : {std::size_t{6}, std::size_t{7}}) {  // Gupta's Q and modularity
            Indicator& i = o.indicators[place[s]];
            i.sd = i.value ? sd[s] : std::nullopt;
            i.ci95 = around(i.value, i.sd, -1.0);
        }
    }

    const auto draw = [&](Chance chance) {
        const auto models =
            draw_null(grouped.view(), codes, dyads, panel_options, observed,
                      {.chance = chance,
                       .replicates = options.replicates,
                       .walk_replicates = options.walk_replicates.value_or(options.replicates),
                       .seed = options.seed},
                      execution);
        for (std::size_t s = 0; s < models.size(); ++s) {
            // the E-I index has exact models of its own for everything but rewiring
            if (models[s] && place[s] < o.indicators.size() && (s != 0 || chance == Chance::rewiring)) {
                NullModel null = *models[s];
                if (panel.slots()[s].id == "boundary_connectivity") {
                    // a mean over a few actors takes few values: half of what is drawn equals the observed
                    null.p = null.p_less = null.p_greater = std::nullopt;
                }
                o.indicators[place[s]].null.push_back(null);
            }
        }
    };
    if (options.replicates > 0 && o.mixing.ties() > 0.0) {
        if (options.labels) {
            draw(Chance::labels);
        }
        if (options.rewiring && !options.weighted) {
            draw(Chance::rewiring);
        }
    }
}

/// How much of the network's own structure the groups are.
void compare_with_communities(const Grouped& grouped, const OpennessOptions& options, Openness& o,
                              const Execution& execution) {
    const std::size_t modularity = position_of(o, "modularity_declared", {});
    const Indicator declared = o.indicators[modularity];
    Indicator ratio = indicator("modularity_ratio", {}, Measured::undefined(why_no_edges));
    Indicator ami = indicator("ami_declared", {}, Measured::undefined(why_no_edges));
    if (o.mixing.ties() > 0.0) {
        LeidenOptions leiden_options;
        leiden_options.seed = options.seed;
        const LeidenResult leiden_result = leiden(grouped.view(), leiden_options, execution);
        const std::optional<double> best = leiden_result.kept().quality;
        o.found = DeclaredAndFound{leiden_result.partition().community_count(), best};
        if (best && *best > 1e-12 && declared.value) {
            const double scale = *best;
            ratio.value = *declared.value / scale;
            ratio.why = {};
            // the optimum belongs to the ties: dealing out the groups anew leaves it, rewiring does not
            for (NullModel null : declared.null) {
                if (null.model == "label_permutation") {
                    null.mean /= scale;
                    null.sd /= scale;
                    ratio.null.push_back(null);
                }
            }
        } else {
            ratio.why = why_zero_denominator;
        }
        if (o.multi_valued) {
            ami.why = why_several_groups;
        } else {
            std::vector<std::uint32_t> group_of;
            std::vector<std::uint8_t> tied;
            for (const VertexId v : grouped.view().vertices()) {
                group_of.push_back(static_cast<std::uint32_t>(index_of(grouped.labels().first(v))));
                tied.push_back(grouped.view().degree(v) > 0 ? 1 : 0);
            }
            ami.value = compare(Partition(group_of), leiden_result.partition(), tied)
                            .adjusted_mutual_information.arithmetic;
            ami.why = {};
        }
    }
    const auto behind = o.indicators.begin() + static_cast<std::ptrdiff_t>(modularity) + 1;
    o.indicators.insert(o.indicators.insert(behind, std::move(ami)), std::move(ratio));
}

/// Benjamini and Hochberg over the groups, measure by measure.
void adjust_groups(Openness& o) {
    std::map<std::string_view, std::vector<std::size_t>> tested;
    for (std::size_t i = 0; i < o.indicators.size(); ++i) {
        const Indicator& one = o.indicators[i];
        if (!one.group.empty() && !one.null.empty() && one.null.front().p) {
            tested[one.id].push_back(i);
        }
    }
    for (const auto& [id, places] : tested) {
        std::vector<double> p;
        for (const std::size_t i : places) {
            p.push_back(*o.indicators[i].null.front().p);
        }
        const std::vector<double> adjusted = benjamini_hochberg(p);
        for (std::size_t i = 0; i < places.size(); ++i) {
            o.indicators[places[i]].p_adjusted = adjusted[i];
        }
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

void actor_measures(const Grouped& grouped, const GroupCodes& codes, const OpennessOptions& options,
                    Openness& o) {
    const GraphView g = grouped.view();
    const std::vector<double> strength = strengths(g);
    TieArrays inner;
    fill_inner_ties(g, codes, codes.of_vertices(), inner);
    const SpectralSegregation spectral = spectral_segregation(inner.view(), strength);
    const std::vector<double> bubble = bubble_radius(inner.view(), strength, options.bubble_steps);
    std::vector<double> to_group(grouped.labels().group_count(), 0.0);
    for (const VertexId v : g.vertices()) {
        ActorOpenness actor = actor_openness(g, grouped.labels(), v, options.weighted, to_group);
        if (actor.ei.value) {
            actor.vertex = grouped.original(v);
            actor.spectral = spectral.of[index_of(v)];
            actor.bubble = bubble[index_of(v)];
            o.actors.push_back(std::move(actor));
        }
    }
    std::stable_sort(o.actors.begin(), o.actors.end(), [](const ActorOpenness& x, const ActorOpenness& y) {
        return score_key(*x.ei.value) > score_key(*y.ei.value);
    });
}

/// Mean steps to another group of the actors with ties; empty (closed) when one of them can never leave.
Indicator steps_indicator(const Grouped& grouped, const GroupCodes& codes) {
    const GraphView g = grouped.view();
    TieArrays inner;
    fill_inner_ties(g, codes, codes.of_vertices(), inner);
    const auto steps = steps_to_another_group(inner.view(), strengths(g));
    double sum = 0.0;
    double actors = 0.0;
    for (const VertexId v : g.vertices()) {
        if (g.degree(v) == 0) {
            continue;
        }
        if (!steps[index_of(v)]) {
            return indicator("steps_to_another_group", {}, Measured::undefined(why_closed));
        }
        sum += *steps[index_of(v)];
        actors += 1.0;
    }
    return indicator("steps_to_another_group", {},
                     actors > 0.0 ? Measured{sum / actors, {}} : Measured::undefined(why_no_edges));
}

}  // namespace

Openness openness(GraphView g, const GroupLabels& labels, const OpennessOptions& options,
                  const Execution& execution) {
    if (options.bubble_steps == 0) {
        throw OptionError("bubble_steps", "bubble_steps is at least 1");
    }
    Openness o;
    o.options = options;
    o.attribute = labels.attribute();
    o.multi_valued = labels.multi_valued();
    o.group_names = labels.names();
    o.mixing = mixing_matrix(g, labels, options.weighted);
    network_indicators(g, labels, options, o);
    group_indicators(options, o);
    const Grouped grouped(g, labels, options.weighted);
    const GroupCodes codes(grouped.labels());
    panel_indicators(grouped, codes, options, o, execution);
    if (options.communities) {
        compare_with_communities(grouped, options, o, execution);
    }
    const std::size_t behind = position_of(o, "bubble_radius", {}) + 1;
    o.indicators.insert(o.indicators.begin() + static_cast<std::ptrdiff_t>(behind),
                        steps_indicator(grouped, codes));
    adjust_groups(o);
    actor_measures(grouped, codes, options, o);
    return o;
}

Replicates default_replicates(std::size_t ties) noexcept {
    const std::uint32_t all = ties <= 20'000 ? 999 : ties <= 500'000 ? 199 : 99;
    const std::uint32_t with_walks = ties <= 20'000 ? 199 : ties <= 200'000 ? 99 : 0;
    return {all, with_walks};
}

}  // namespace maillage
