#include "io/report/bridges_document.hpp"

#include "engine/top_k.hpp"

#include "io/report/brokers_document.hpp"
#include "io/report/maybe_fields.hpp"
#include "io/report/pair_words.hpp"

#include <cstdint>
#include <string>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const BridgesView& view)
        : json_(json), view_(view), words_(view.network, view.surroundings, view.model) {}

    void write() {
        const Bridging& r = view_.result;
        json_.key("summary").begin_object();
        json_.field("bridges", count(r.bridges.size())).field("end", to_code(r.end));
        const std::string_view why = why_no_bridges(view_);
        if (!why.empty()) {
            json_.field("why", why);
        }
        json_.field("actors", count(r.ends)).field("actors_looked_at", count(r.ends_looked_at));
        json_.field("pairs_compared", count(r.candidates)).field("pairs_implausible", count(r.implausible));
        if (view_.options.distance_costs) {
            json_.field("actors_without_coordinates", count(view_.without_coordinates));
        }
        json_.end_object();
        json_.field("candidates", r.exact() ? "exact" : "bounded");
        json_.key("bridges").begin_array(Form::lines);
        for (std::size_t i = 0; i < r.bridges.size(); ++i) {
            write_bridge(r.bridges[i], view_.pairs[i]);
        }
        json_.end_array();
        write_figures("before", r.before);
        write_figures("after", r.after);
        write_targets();
        write_alternative();
        write_cohesion();
        json_.key("brokers").begin_array(Form::lines);
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            write_broker_items(json_, {view_.network, view_.projection, attribute(i), view_.brokers[i]});
        }
        json_.end_array();
    }

private:
    static std::uint64_t count(std::size_t n) noexcept { return n; }
    [[nodiscard]] const std::string& attribute(std::size_t i) const { return view_.groupings[i].attribute(); }
    [[nodiscard]] std::string_view id(VertexId v) const {
        return view_.network.id(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view name(VertexId v) const {
        return view_.network.name(view_.projection.actor(v));
    }

    void write_groups(std::string_view key, const GroupLabels& labels, VertexId v) {
        json_.key(key).begin_array();
        for (const GroupId g : labels.of(v)) {
            json_.value(labels.name(g));
        }
        json_.end_array();
    }

    void write_bridge(const Bridge& b, const BridgePair& pair) {
        json_.begin_object().field("a", id(b.a)).field("b", id(b.b));
        json_.field("a_name", name(b.a)).field("b_name", name(b.b)).field("rank", b.rank);
        json_.field("effect", written_score(b.effect)).field("plausibility", b.worth.plausibility);
        json_.field("cost", b.worth.cost).field("value", written_score(b.value));
        json_.field("objective_after", written_score(b.objective));
        MaybeFields maybe(json_);
        maybe.field("complementarity", pair.facts.score.expertise.score, why_nothing_held);
        maybe.field("kilometres", pair.kilometres, "no_coordinates");
        maybe.finish();
        json_.field("score", written_score(pair.facts.score.score));
        json_.key("by_attribute").begin_array();
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            json_.begin_object().field("attribute", attribute(i));
            write_groups("from", view_.groupings[i], b.a);
            write_groups("to", view_.groupings[i], b.b);
            json_.field("effect", written_score(b.by_attribute[i])).field("ei_after", b.ties[i].ei().value);
            json_.end_object();
        }
        json_.end_array();
        words_.write_contributions(json_, pair.facts.score);
        words_.write_explanation(json_, pair.facts, view_.language, true);
        PairWords::write_reciprocal(json_, pair.facts.reciprocal);
        json_.end_object();
    }

    void write_figures(std::string_view key, const NetworkFigures& f) {
        json_.key(key).begin_object(Form::lines);
        MaybeFields maybe(json_);
        maybe.field("objective", f.objective,
                    why_no_bridges(view_).empty() ? why_zero_denominator : why_no_bridges(view_));
        json_.field("ties", count(f.ties)).field("components", count(f.components));
        json_.field("largest_component", count(f.largest)).field("isolates", count(f.isolates));
        json_.field("joined_pairs", f.joined_pairs);
        maybe.field("mean_path_length", f.mean_path_length, why_no_edges);
        json_.field("path_lengths", f.path_lengths_exact ? "exact" : "sampled");
        maybe.finish();
        json_.key("attributes").begin_array(Form::lines);
        for (std::size_t i = 0; i < f.attributes.size(); ++i) {
            write_attribute(i, f.attributes[i]);
        }
        json_.end_array().end_object();
    }

    void write_attribute(std::size_t i, const AttributeFigures& a) {
        json_.begin_object(Form::lines)
            .field("attribute", attribute(i))
            .field("actors_counted", count(a.counted));
        json_.field("external", a.ties.external).field("internal", a.ties.internal);
        MaybeFields maybe(json_);
        const Measured ei = a.ties.ei();
        maybe.field("ei", ei.value, ei.why);
        maybe.field("bubble_radius", a.bubble, why_no_edges);
        maybe.field("reach", a.reach, a.counted == 0 ? why_no_edges : why_not_computed);
        maybe.field("random_walk_controversy", a.controversy.value, a.controversy.why);
        maybe.finish();
        json_.key("groups").begin_array(Form::lines);
        for (std::size_t g = 0; g < a.groups.size(); ++g) {
            const std::string& group = view_.groupings[i].names()[g];
            const GroupFigure& figure = a.groups[g];
            json_.begin_object().field("group", group);
            json_.field("label", view_.network.label(attribute(i), group, view_.language));
            json_.field("size", count(figure.size)).field("external", figure.ties.external);
            json_.field("internal", figure.ties.internal);
            MaybeFields of_group(json_);
            const Measured group_ei = figure.ties.ei();
            of_group.field("ei", group_ei.value, why_isolate);
            of_group.field("bubble_radius", figure.bubble, why_isolate);
            of_group.field("reach", figure.reach, a.reach ? why_isolate : why_not_computed);
            of_group.field("random_walk_controversy", figure.controversy.value, figure.controversy.why);
            of_group.finish();
            json_.end_object();
        }
        json_.end_array().end_object();
    }

    void write_targets() {
        const Bridging& r = view_.result;
        json_.key("target");
        const std::optional<double>& target = view_.options.bridging.target;
        if (target) {
            json_.begin_object().field("value", *target).field("met", r.target_met).key("ties_needed");
            if (r.target_met) {
                json_.value(count(r.bridges.size()));
            } else {
                const std::string_view why = why_no_bridges(view_);
                json_.null().field("why", why.empty() ? to_code(r.end) : why);
            }
            json_.end_object();
        } else {
            json_.null();
        }
        json_.key("ei_targets").begin_array();
        if (view_.options.ei_target) {
            for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
                const TieCounts& ties = r.before.attributes[i].ties;
                const auto needed = ties_to_ei(ties.external, ties.internal, *view_.options.ei_target);
                json_.begin_object()
                    .field("attribute", attribute(i))
                    .field("value", *view_.options.ei_target);
                json_.field("ties_needed", needed);
                if (!needed) {
                    json_.field("why", "out_of_reach");
                }
                json_.end_object();
            }
        }
        json_.end_array();
    }

    void write_alternative() {
        json_.key("alternative");
        if (!view_.alternative) {
            json_.null();
            return;
        }
        const BridgeAlternative& a = *view_.alternative;
        json_.begin_object().field("a", id(a.pair.a)).field("b", id(a.pair.b));
        json_.field("a_name", name(a.pair.a)).field("b_name", name(a.pair.b));
        json_.field("effect", written_score(a.pair.effect)).field("share_of_best_effect", a.share_of_best);
        json_.field("complementarity", a.complementarity).end_object();
    }

    void write_loss(const Loss& loss) {
        json_.field("more_components", count(loss.more_components))
            .field("actors_cut_off", count(loss.cut_off));
        json_.field("pairs_parted", loss.pairs).key("by_attribute").begin_array();
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            json_.begin_object().field("attribute", attribute(i));
            json_.field("crossing_pairs_parted", loss.crossing_pairs[i]);
            MaybeFields maybe(json_);
            maybe.field("ei_before", loss.ei_before[i].value, loss.ei_before[i].why);
            maybe.field("ei_after", loss.ei_after[i].value, loss.ei_after[i].why);
            maybe.finish();
            json_.end_object();
        }
        json_.end_array();
    }

    void write_cohesion() {
        const Cohesion& c = view_.cohesion;
        json_.key("holding").begin_object(Form::lines);
        json_.field("bridge_ties", count(c.bridges)).field("dangling_ties", count(c.dangling));
        json_.field("cut_actors", count(c.cut_vertices)).field("joined_pairs", c.joined_pairs);
        json_.key("ties").begin_array(Form::lines);
        for (const HoldingTie& tie : c.ties) {
            json_.begin_object().field("a", id(tie.a)).field("b", id(tie.b));
            json_.field("a_name", name(tie.a)).field("b_name", name(tie.b));
            json_.field("side_a", count(tie.side_a)).field("side_b", count(tie.side_b));
            write_loss(tie.loss);
            json_.end_object();
        }
        json_.end_array().key("actors").begin_array(Form::lines);
        for (const HoldingActor& actor : c.actors) {
            json_.begin_object().field("actor", id(actor.vertex)).field("actor_name", name(actor.vertex));
            json_.key("parts").begin_array();
            for (const std::size_t part : actor.parts) {
                json_.value(count(part));
            }
            json_.end_array();
            write_loss(actor.loss);
            json_.end_object();
        }
        json_.end_array().end_object();
    }

    JsonWriter& json_;
    const BridgesView& view_;
    PairWords words_;
};

}  // namespace

std::string_view to_code(PairWeighing weighing) noexcept {
    switch (weighing) {
        case PairWeighing::recommendation:
            return "recommendation";
        case PairWeighing::complementarity:
            return "complementarity";
        case PairWeighing::none:
            return "none";
    }
    return {};
}

std::string_view why_no_bridges(const BridgesView& view) noexcept {
    for (const GroupLabels& labels : view.groupings) {
        if (labels.group_count() == 0) {
            return why_empty_group;
        }
        if (labels.group_count() == 1) {
            return why_single_group;
        }
    }
    for (const AttributeFigures& figures : view.result.before.attributes) {
        if (figures.counted == 0) {
            return why_no_edges;
        }
    }
    return {};
}

void write_bridges_options(JsonWriter& json, const BridgesView& view) {
    const BridgesOptions& o = view.options;
    json.key("by").begin_array();
    for (const GroupLabels& labels : view.groupings) {
        json.value(labels.attribute());
    }
    json.end_array();
    json.field("objective", to_code(o.bridging.objective)).field("top", o.bridging.top);
    json.field("steps", o.bridging.steps).field("end_points", o.bridging.end_points);
    json.field("isolates", o.bridging.isolates)
        .field("target", o.bridging.target)
        .field("most", o.bridging.most);
    json.field("ei_target", o.ei_target).field("weigh", to_code(o.weighing));
    json.field("cost", o.distance_costs ? "distance" : "none");
}

void write_bridges_result(JsonWriter& json, const BridgesView& view) {
    ResultWriter(json, view).write();
}

}  // namespace maillage::io
