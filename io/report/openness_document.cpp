#include "io/report/openness_document.hpp"

#include "io/report/brokers_document.hpp"

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

void write_interval(JsonWriter& json, std::string_view name, const std::optional<Interval>& interval) {
    json.key(name);
    if (interval) {
        json.begin_array().value(interval->low).value(interval->high).end_array();
    } else {
        json.null();
    }
}

void write_null(JsonWriter& json, const NullModel& null) {
    json.begin_object()
        .field("model", null.model)
        .field("mean", null.mean)
        .field("sd", null.sd)
        .field("z", null.z);
    json.field("p", null.p).field("p_more_closed", null.p_less).field("p_more_open", null.p_greater);
    json.field("tails", null.exact ? "exact" : "normal_approximation").end_object();
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
            .field("label", network.label(o.attribute, g.group, language));
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

void write_attribute(JsonWriter& json, const Network& network, const OpennessReport& report,
                     const Openness& o, Language language) {
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
    json.end_array().end_object();
}

}  // namespace

void write_openness_options(JsonWriter& json, const OpennessReport& report) {
    json.key("by").begin_array();
    for (const Openness& o : report.attributes) {
        json.value(o.attribute);
    }
    json.end_array();
    json.field("weighted", report.weighted);
}

void write_openness(JsonWriter& json, const Network& network, const Projection& projection,
                    const OpennessReport& report, Language language) {
    json.key("attributes").begin_array(Form::lines);
    for (const Openness& o : report.attributes) {
        write_attribute(json, network, report, o, language);
    }
    json.end_array();
    json.key("brokers").begin_array(Form::lines);
    std::vector<std::string> attributes;
    for (const Openness& o : report.attributes) {
        attributes.push_back(o.attribute);
    }
    write_brokers(json, network, projection, attributes, report.weighted);
    json.end_array();
    json.field(
        "note",
        pick(language,
             "Aucune définition officielle du décloisonnement n'existe ; chaque indicateur est une mesure "
             "publiée, "
             "dont la source est donnée.",
             "No official definition of décloisonnement exists; every indicator is a published measure, "
             "with its source."));
}

}  // namespace maillage::io
