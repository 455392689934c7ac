#include "io/report/openness_document.hpp"

#include "io/report/brokers_document.hpp"
#include "io/report/group_words.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

void write_null(JsonWriter& json, const NullModel& null) {
    json.begin_object()
        .field("model", null.model)
        .field("mean", null.mean)
        .field("sd", null.sd)
        .field("z", null.z);
    json.field("p", null.p).field("p_more_closed", null.p_less).field("p_more_open", null.p_greater);
    json.field("tails", null.exact ? "exact" : null.replicates > 0 ? "drawn" : "normal_approximation");
    json.field("replicates", std::uint64_t{null.replicates}).end_object();
}

/// "value" with its "why", and the nearest to a null model that the data allow.
void write_indicator(JsonWriter& json, const Indicator& i, const MixingMatrix& m, Language language) {
    json.begin_object()
        .field("id", i.id)
        .field("scope", i.group.empty() ? "network" : "group")
        .field("group", i.group.empty() ? std::nullopt : std::optional<std::string>(i.group))
        .field_or_why("value", i.value, i.why);
    json.key("null");
    if (i.null.empty()) {
        json.null();
    } else {
        write_null(json, i.null.front());
    }
    json.key("nulls").begin_array();
    for (const NullModel& null : i.null) {
        write_null(json, null);
    }
    json.end_array();
    json.field("p_adjusted", i.p_adjusted);
    write_interval(json, "ci95", i.ci95);
    json.field("sd", i.sd).field("attainable_minimum", i.least);
    json.field("n", std::uint64_t{m.actors}).field("m", m.ties());
    json.field("definition", indicator_definition(i.id, language)).end_object();
}

void write_groups(JsonWriter& json, const Network& network, const Openness& o, Language language) {
    json.key("groups").begin_array(Form::lines);
    for (const GroupOpenness& g : o.groups) {
        json.begin_object()
            .field("group", g.group)
            .field("label", group_label(network, o.attribute, g.group, language));
        json.field("size", std::uint64_t{g.size}).field("internal", g.internal).field("external", g.external);
        json.field_or_why("ei", g.ei.value, g.ei.why);
        write_interval(json, "ci95", g.ci95);
        json.end_object();
    }
    json.end_array();
}

void write_mixing(JsonWriter& json, const Openness& o) {
    json.key("mixing").begin_object(Form::lines).key("groups").begin_array();
    for (const std::string& group : o.group_names) {
        json.value(group);
    }
    json.end_array().key("matrix").begin_array(Form::lines);
    for (std::size_t g = 0; g < o.mixing.groups; ++g) {
        json.begin_array();
        for (std::size_t h = 0; h < o.mixing.groups; ++h) {
            json.value(o.mixing.ties_between(g, h));
        }
        json.end_array();
    }
    json.end_array().end_object();
}

void write_actors(JsonWriter& json, const Network& network, const Projection& projection, const Openness& o) {
    json.key("actors_by_openness").begin_array(Form::lines);
    for (const ActorOpenness& a : o.actors) {
        json.begin_object().field("actor", network.id(projection.actor(a.vertex)));
        json.field("external", a.external).field("internal", a.internal).field("ei", a.ei.value);
        json.field("participation", a.participation.value);
        json.field("spectral_segregation", a.spectral).field("bubble_radius", a.bubble).end_object();
    }
    json.end_array();
}

void write_series(JsonWriter& json, const OpennessSeries& series) {
    json.key("series").begin_object(Form::lines).field("every", "year");
    json.field("undated_partnerships", std::uint64_t{series.undated});
    json.key("years").begin_array(Form::lines);
    for (const OpennessYear& y : series.years) {
        json.begin_object(Form::lines).field("year", std::int32_t{y.year});
        json.key("at");
        write_mixing_at(json, y.at);
        json.key("since_previous");
        if (y.since) {
            write_change(json, *y.since);
        } else {
            json.null();
        }
        json.field("p_adjusted", y.p_adjusted).end_object();
    }
    json.end_array().key("overall");
    if (series.overall) {
        json.begin_object(Form::lines)
            .field("first", std::int32_t{series.first})
            .field("last", std::int32_t{series.last})
            .key("change");
        write_change(json, *series.overall);
        json.end_object();
    } else {
        json.null();
    }
    json.end_object();
}

void write_attribute(JsonWriter& json, const Network& network, const Projection& projection,
                     const OpennessReport& report, std::size_t number, Language language) {
    const Openness& o = report.attributes[number];
    json.begin_object(Form::lines).field("attribute", o.attribute).field("multi_valued", o.multi_valued);
    json.field("actors", std::uint64_t{o.mixing.actors}).field("ties", o.mixing.ties());
    json.field("internal", o.mixing.internal).field("external", o.mixing.external);
    json.field("resolution", o.resolution);
    write_groups(json, network, o, language);
    write_mixing(json, o);
    json.key("excluded").begin_object();
    json.field("actors_without_group", std::uint64_t{o.mixing.actors_without_group});
    json.field("ties_without_group", o.mixing.ties_without_group);
    json.field("ties_leaving_scope", std::uint64_t{report.ties_leaving_scope});
    json.field("isolates_kept", std::uint64_t{report.isolates}).end_object();
    json.key("indicators").begin_array(Form::lines);
    for (const Indicator& i : o.indicators) {
        write_indicator(json, i, o.mixing, language);
    }
    json.end_array();
    json.key("communities");
    if (o.found) {
        json.begin_object()
            .field("count", std::uint64_t{o.found->communities})
            .field("modularity", o.found->found_modularity)
            .end_object();
    } else {
        json.null();
    }
    if (number < report.series.size()) {
        write_series(json, report.series[number]);
    }
    write_actors(json, network, projection, o);
    json.end_object();
}

}  // namespace

void write_interval(JsonWriter& json, std::string_view name, const std::optional<Interval>& interval) {
    json.key(name);
    if (interval) {
        json.begin_array().value(interval->low).value(interval->high).end_array();
    } else {
        json.null();
    }
}

void write_mixing_at(JsonWriter& json, const MixingAt& at) {
    json.begin_object().field("actors", std::uint64_t{at.actors}).field("tied", std::uint64_t{at.tied});
    json.field("ties", at.ties).field("internal", at.internal).field("external", at.external);
    json.field_or_why("density", at.density.value, at.density.why);
    write_interval(json, "density_ci95", at.density95);
    for (std::size_t i = 0; i < mixing_measure_count; ++i) {
        json.field(mixing_measure_ids[i], at.values[i]);
    }
    write_interval(json, "ei_ci95", at.ei95);
    write_interval(json, "odds_ratio_haldane_ci95", at.odds95);
    json.field("ei_by_chance", at.chance ? std::optional(at.chance->mean) : std::nullopt);
    json.field("ei_z", at.chance ? at.chance->z : std::nullopt);
    json.field("ei_p", at.chance ? at.chance->p : std::nullopt).end_object();
}

void write_change(JsonWriter& json, const Change& change) {
    json.begin_object(Form::lines).field("ties_kept", std::uint64_t{change.kept});
    json.field("ties_ended", std::uint64_t{change.ended}).field("ties_begun", std::uint64_t{change.begun});
    json.field("density_p", change.density_p).field("replicates", std::uint64_t{change.replicates});
    json.key("measures").begin_array(Form::lines);
    for (const ChangedMeasure& m : change.measures) {
        json.begin_object().field("id", m.id).field("scope", m.group.empty() ? "network" : "group");
        json.field("group", m.group.empty() ? std::nullopt : std::optional(m.group));
        json.field("before", m.before).field("after", m.after).field("difference", m.difference);
        write_interval(json, "ci95", m.ci95);
        json.field("p", m.p).field("p_adjusted", m.p_adjusted).end_object();
    }
    json.end_array().end_object();
}

void write_openness_options(JsonWriter& json, const OpennessReport& report) {
    json.key("by").begin_array();
    for (const Openness& o : report.attributes) {
        json.value(o.attribute);
    }
    json.end_array();
    json.field("weighted", report.weighted);
    if (report.attributes.empty()) {
        return;
    }
    const OpennessOptions& o = report.attributes.front().options;
    json.field("replicates", std::uint32_t{o.replicates});
    json.field("walk_replicates", std::uint32_t{o.walk_replicates.value_or(o.replicates)});
    json.key("null").begin_array();
    if (o.labels) {
        json.value("label_permutation");
    }
    if (o.rewiring) {
        json.value("degree_preserving");
    }
    json.end_array();
    json.field("bubble_steps", std::uint32_t{o.bubble_steps});
    json.key("every");
    if (report.series.empty()) {
        json.null();
    } else {
        json.value("year");
    }
}

void write_openness(JsonWriter& json, const Network& network, const Projection& projection,
                    const OpennessReport& report, Language language) {
    json.key("attributes").begin_array(Form::lines);
    for (std::size_t number = 0; number < report.attributes.size(); ++number) {
        write_attribute(json, network, projection, report, number, language);
    }
    json.end_array();
    json.key("brokers").begin_array(Form::lines);
    std::vector<std::string> attributes;
    const std::vector<std::string> plain = network.groupable_names();
    for (const Openness& o : report.attributes) {
        // Crossed attributes and communities have no labels of their own in the network; their actors stand with them.
        if (std::find(plain.begin(), plain.end(), o.attribute) != plain.end()) {
            attributes.push_back(o.attribute);
        }
    }
    write_brokers(json, network, projection, attributes, report.weighted);
    json.end_array();
    json.field(
        "note",
        pick(language,
             "Il n’existe aucune définition officielle du décloisonnement ; chaque indicateur est une mesure "
             "publiée, "
             "dont la source est donnée.",
             "No official definition of décloisonnement exists; every indicator is a published measure, "
             "with its source."));
}

}  // namespace maillage::io
