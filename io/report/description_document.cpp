#include "io/report/description_document.hpp"

#include "io/report/maybe_fields.hpp"

#include <string>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

std::uint64_t u64(std::size_t count) {
    return count;
}

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const Described& d, Language language)
        : json_(json),
          network_(d.network),
          projection_(d.projection),
          d_(d.description),
          language_(language) {}

    void write() {
        write_sizes();
        write_components();
        write_distribution("degrees", d_.graph.degree, "empty_group");
        write_distribution("strengths", d_.graph.strength, "empty_group");
        write_strongest();
        write_coverage();
        write_expertises();
        write_partnerships();
        write_data();
    }

private:
    void write_actor(std::string_view key, VertexId v) {
        json_.field(key, network_.id(projection_.actor(v)));
        json_.field("name", network_.name(projection_.actor(v)));
    }

    void write_sizes() {
        const GraphFigures& g = d_.graph;
        json_.field("actors", u64(g.actors)).field("partnerships", u64(d_.partnerships.partnerships));
        json_.field("ties", u64(g.ties)).field("weight", g.weight).field("isolates", u64(g.isolates));
        json_.field("untied", u64(d_.untied));
        json_.field("triangles", g.transitivity.triangles);
        MaybeFields maybe(json_);
        maybe.field("density", g.density, "fewer_than_two_nodes");
        maybe.field("transitivity", g.transitivity.value, "zero_denominator");
        maybe.finish();
    }

    void write_components() {
        json_.key("components").begin_array(Form::lines);
        for (const ComponentFigures& c : d_.graph.components) {
            json_.begin_object().field("size", c.size).field("ties", c.ties).key("strongest").begin_object();
            write_actor("actor", c.strongest);
            json_.end_object().end_object();
        }
        json_.end_array();
    }

    void write_distribution(std::string_view key, const std::optional<Distribution>& d,
                            std::string_view why) {
        json_.key(key).begin_object();
        MaybeFields maybe(json_);
        const auto part = [&](std::string_view name, double Distribution::*number) {
            maybe.field(name, d ? std::optional((*d).*number) : std::nullopt, why);
        };
        part("min", &Distribution::min);
        part("lower_quartile", &Distribution::lower_quartile);
        part("median", &Distribution::median);
        part("upper_quartile", &Distribution::upper_quartile);
        part("max", &Distribution::max);
        part("mean", &Distribution::mean);
        maybe.finish();
        json_.end_object();
    }

    void write_strongest() {
        json_.key("strongest").begin_array(Form::lines);
        const GraphView g = projection_.graph.view();
        for (const VertexId v : d_.graph.strongest) {
            json_.begin_object();
            write_actor("actor", v);
            json_.field("partners", u64(g.degree(v))).field("strength", g.strength(v));
            json_.field("in_scope", projection_.in_scope[index_of(v)] != 0).end_object();
        }
        json_.end_array();
    }

    void write_coverage() {
        json_.key("coverage").begin_array(Form::lines);
        for (const Coverage& coverage : d_.coverage) {
            json_.begin_object(Form::lines).field("attribute", coverage.attribute);
            json_.field("missing", u64(coverage.missing)).key("groups").begin_array(Form::lines);
            for (const GroupFigures& g : coverage.groups) {
                json_.begin_object().field("group", g.value);
                json_.field("label", network_.label(coverage.attribute, g.value, language_));
                json_.field("actors", u64(g.actors)).field("tied", u64(g.tied)).field("ties", u64(g.ties));
                json_.field("ties_inside", u64(g.ties_inside)).field("ties_outside", u64(g.ties_outside));
                json_.field("skilled", u64(g.skilled));
                json_.field("expertises", u64(g.expertises)).end_object();
            }
            json_.end_array().end_object();
        }
        json_.end_array();
    }

    void write_expertises() {
        json_.key("expertises").begin_array(Form::lines);
        for (const ExpertiseFigures& x : d_.expertises) {
            json_.begin_object().field("expertise", network_.id(x.expertise));
            json_.field("label", network_.label(x.expertise, language_)).field("holders", x.holders);
            json_.field("inferred", x.inferred).field("holders_below", x.holders_below);
            json_.key("single_holder");
            if (x.single_holder) {
                json_.begin_object();
                write_actor("actor", *x.single_holder);
                json_.end_object();
            } else {
                json_.null().field("why", x.holders == 0 ? "no_holder" : "several_holders");
            }
            json_.field("seekers", x.seekers).field("required_by", x.required_by);
            json_.field("leaf", x.leaf).field("gap", x.gap).end_object();
        }
        json_.end_array();
    }

    void write_partnerships() {
        const PartnershipFigures& p = d_.partnerships;
        json_.key("partnerships_in_graph").begin_object();
        json_.field("used", u64(p.projection.used)).field("excluded_kind", u64(p.projection.excluded_kind));
        json_.field("outside_window", u64(p.projection.outside_window)).field("lone", u64(p.projection.lone));
        json_.field("undated", u64(p.projection.undated)).end_object();
        json_.key("partnership_kinds").begin_array(Form::lines);
        for (const KindFigures& k : p.kinds) {
            json_.begin_object().field("kind", k.kind);
            json_.field("label", network_.label("partnership_kind", k.kind, language_));
            json_.field("partnerships", u64(k.partnerships)).field("used", u64(k.used)).end_object();
        }
        json_.end_array().key("partnership_years").begin_array(Form::lines);
        for (const YearFigures& y : p.years) {
            json_.begin_object().field("year", std::int32_t{y.year}).field("started", u64(y.started));
            json_.field("ended", u64(y.ended)).field("running", u64(y.running)).end_object();
        }
        json_.end_array();
        write_distribution("partnership_members", p.members, "no_edges");
    }

    void write_data() {
        const DataGaps& gaps = d_.data;
        json_.key("data").begin_object().field("actors_without_kind", u64(gaps.actors_without_kind));
        json_.field("actors_without_place", u64(gaps.actors_without_place));
        json_.field("actors_without_coordinates", u64(gaps.actors_without_coordinates));
        json_.field("actors_without_expertise", u64(gaps.actors_without_expertise));
        json_.field("partnerships_without_start", u64(gaps.partnerships_without_start));
        json_.field("partnerships_without_dates", u64(gaps.partnerships_without_dates));
        json_.field("partnerships_without_expertise", u64(gaps.partnerships_without_expertise));
        json_.field("partnerships_without_kind", u64(gaps.partnerships_without_kind)).end_object();
    }

    JsonWriter& json_;
    const Network& network_;
    const Projection& projection_;
    const Description& d_;
    Language language_;
};

}  // namespace

void write_description_options(JsonWriter& json, const DescribeOptions& options) {
    json.field("top", options.top);
}

void write_description(JsonWriter& json, const Described& all, const Described* in_scope, Language language) {
    ResultWriter(json, all, language).write();
    if (in_scope != nullptr) {
        json.key("in_scope").begin_object(Form::lines);
        ResultWriter(json, *in_scope, language).write();
        json.end_object();
    }
}

}  // namespace maillage::io
