#include "io/report/consortia_document.hpp"

#include <string_view>

namespace maillage::io {
namespace {

using namespace consortium;

constexpr std::string_view no_path = "no_path";

class Writer {
public:
    Writer(JsonWriter& json, const ConsortiaView& view) : json_(json), view_(view) {}

    void write() {
        json_.key("consortia").begin_array(JsonWriter::Form::lines);
        for (const ConsortiumCase& c : view_.cases) {
            case_ = &c;
            if (c.result.found.empty()) {
                write_empty(c);
            }
            for (std::size_t i = 0; i < c.result.found.size(); ++i) {
                write_consortium(c, i);
            }
        }
        json_.end_array();
        json_.key("questions").begin_array(JsonWriter::Form::lines);
        for (const ConsortiumCase& c : view_.cases) {
            write_question(c);
        }
        json_.end_array();
    }

private:
    [[nodiscard]] std::string_view id(VertexId v) const {
        return view_.network.id(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view name(VertexId v) const {
        return view_.network.name(view_.projection.actor(v));
    }
    [[nodiscard]] VertexId vertex(std::uint32_t v) const { return id_at<VertexId>(v); }

    void write_actor(VertexId v) { json_.field("actor", id(v)).field("name", name(v)); }
    void write_expertise(ExpertiseId x) {
        json_.field("expertise", view_.network.id(x)).field("label", view_.network.label(x, view_.language));
    }
    void write_opportunity(const ConsortiumCase& c) {
        json_.key("opportunity");
        if (c.opportunity) {
            json_.value(view_.network.id(*c.opportunity));
            json_.field("title", view_.network.text(view_.network.opportunities()[*c.opportunity].title));
        } else {
            json_.null().field("title", "");
        }
    }
    void write_wants(const ConsortiumCase& c, std::string_view key, const std::vector<std::size_t>& wants) {
        json_.key(key).begin_array();
        for (const std::size_t w : wants) {
            json_.value(view_.network.id(c.wants[w].expertise));
        }
        json_.end_array();
    }

    void write_missing(const ConsortiumCase& c) {
        json_.key("missing").begin_array();
        for (const Shortage& s : c.result.missing) {
            json_.begin_object();
            write_expertise(c.wants[s.want].expertise);
            json_.field("wanted", c.wants[s.want].holders).field("found", s.found);
            json_.key("nearest").begin_array();
            for (const Shortage::Nearest& n : s.nearest) {
                json_.begin_object();
                write_actor(n.how.actor);
                json_.field("offers", view_.network.id(n.how.through));
                json_.field("offers_label", view_.network.label(n.how.through, view_.language));
                json_.field("nearness", n.how.nearness).field("level", n.how.level);
                write_barriers(n.barred);
                json_.end_object();
            }
            json_.end_array().end_object();
        }
        json_.end_array();
    }
    void write_barriers(std::uint8_t bars) {
        json_.key("barred").begin_array();
        if ((bars & out_of_scope) != 0) {
            json_.value("scope");
        }
        if ((bars & other_country) != 0) {
            json_.value("countries");
        }
        if ((bars & excluded) != 0) {
            json_.value("excluded");
        }
        if ((bars & committed) != 0) {
            json_.value("committed");
        }
        json_.end_array();
    }

    void write_check(const Check& check) {
        json_.begin_object().field("id", to_code(check.what));
        if (check.what == Check::What::groups_at_least || check.what == Check::What::group_required) {
            json_.field("attribute", view_.groupings[check.grouping].attribute());
        }
        if (check.what == Check::What::group_required) {
            const GroupLabels& labels = view_.groupings[check.grouping];
            const std::size_t g = index_of(check.group);
            json_.field("value", g < labels.group_count() ? labels.name(check.group)
                                                          : case_->absent_groups[g - labels.group_count()]);
        }
        if (check.what == Check::What::lead || check.what == Check::What::included ||
            check.what == Check::What::apart) {
            json_.field("actor", id(check.actor));
        }
        if (check.what == Check::What::apart) {
            json_.field("other", id(check.other));
        }
        json_.field("asked", check.asked).field("reached", check.reached).field("ok", check.ok);
        json_.end_object();
    }
    void write_checks(std::string_view key, const std::vector<Check>& checks) {
        json_.key(key).begin_array();
        for (const Check& check : checks) {
            write_check(check);
        }
        json_.end_array();
    }

    void write_empty(const ConsortiumCase& c) {
        json_.begin_object();
        write_opportunity(c);
        json_.field("rank", 1U).field("feasible", false).field("decided", c.result.decided);
        write_missing(c);
        write_checks("conflict", c.result.conflict);
        json_.key("members").begin_array().end_array();
        json_.field("coverage", 0.0).field("depth", 0.0);
        json_.key("cost").null().field("why", "no_consortium");
        json_.field("optimal", false).key("bound").null();
        json_.key("constraints").begin_array().end_array();
        json_.end_object();
    }

    void write_consortium(const ConsortiumCase& c, std::size_t i) {
        const Consortium& k = c.result.found[i];
        json_.begin_object();
        write_opportunity(c);
        json_.field("rank", static_cast<std::uint64_t>(i + 1)).field("feasible", c.result.feasible);
        json_.field("decided", c.result.decided);
        write_missing(c);
        write_checks("conflict", c.result.conflict);
        json_.key("members").begin_array();
        for (const ConsortiumMember& m : k.members) {
            write_member(c, k, m);
        }
        json_.end_array();
        json_.field("coverage", k.coverage).field("depth", k.depth);
        write_costs(k.costs);
        json_.field("optimal", k.optimal);
        json_.field("bound", in_units(k.bound));
        if (!in_units(k.bound)) {
            json_.field("why", no_path);
        }
        if (c.options.objective == Objective::openness) {
            json_.field("groups_bound", static_cast<std::uint64_t>(k.groups_bound));
        }
        write_checks("constraints", k.checks);
        json_.end_object();
    }

    void write_member(const ConsortiumCase& c, const Consortium& k, const ConsortiumMember& m) {
        json_.begin_object();
        write_actor(m.actor);
        json_.field("lead", m.lead).field("asked_for", m.asked_for);
        json_.key("covers").begin_array();
        for (const auto& covered : m.covers) {
            json_.begin_object();
            write_expertise(c.wants[covered.want].expertise);
            json_.field("level", covered.how.level).field("inferred", covered.how.inferred);
            json_.field("partial", covered.how.nearness < 1.0).field("nearness", covered.how.nearness);
            json_.field("through", view_.network.id(covered.how.through)).end_object();
        }
        json_.end_array();
        if (view_.brief) {
            json_.end_object();
            return;
        }
        json_.key("without").begin_object();
        write_wants(c, "short", m.alone);
        json_.field("coverage_lost", m.coverage_lost);
        json_.key("constraints").begin_array();
        for (const std::size_t r : m.rules) {
            json_.value(to_code(k.checks[r].what));
        }
        json_.end_array().end_object();
        json_.key("replacements").begin_array();
        for (const Replacement& r : m.replacements) {
            json_.begin_object();
            write_actor(r.actor);
            json_.field("distance", in_units(r.distance));
            const bool gap = r.distance >= no_way || r.distance - r.change >= no_way;
            json_.field("change", gap ? std::optional<double>()
                                      : static_cast<double>(r.change) / static_cast<double>(length_unit));
            if (gap) {
                json_.field("why", no_path);
            }
            json_.end_object();
        }
        json_.end_array();
        json_.field("possible_replacements", static_cast<std::uint64_t>(m.possible_replacements));
        json_.end_object();
    }

    void write_length(std::string_view key, const std::optional<Length>& length) {
        json_.field(key, length ? in_units(*length) : std::optional<double>());
    }

    void write_costs(const Costs& costs) {
        json_.key("cost").begin_object();
        write_length("diameter", costs.diameter);
        write_length("sum_distance", costs.sum_distance);
        write_length("leader_distance", costs.leader);
        json_.key("leader");
        if (costs.leader_actor) {
            json_.value(id(*costs.leader_actor));
        } else {
            json_.null();
        }
        write_length("steiner", costs.tree ? std::optional<Length>(costs.tree->length) : std::nullopt);
        json_.field("tie_length", costs.tree
                                      ? in_units(costs.tree->length - Length{costs.tree->gaps} * no_way)
                                      : std::optional<double>());
        const bool gaps = costs.diameter && *costs.diameter >= no_way;
        json_.field("gaps", static_cast<std::uint64_t>(costs.tree ? costs.tree->gaps : gaps ? 1U : 0U));
        if (gaps || !costs.tree) {
            json_.field("why", gaps ? no_path : std::string_view("too_many_members"));
        }
        json_.key("groups");
        if (costs.groups) {
            json_.value(static_cast<std::uint64_t>(*costs.groups));
        } else {
            json_.null();
        }
        json_.key("tree").begin_array();
        if (costs.tree) {
            for (const TreeTie& tie : costs.tree->ties) {
                json_.begin_object().field("a", id(vertex(tie.a))).field("b", id(vertex(tie.b)));
                json_.field("gap", tie.gap).end_object();
            }
        }
        json_.end_array().end_object();
    }

    void write_question(const ConsortiumCase& c) {
        json_.begin_object();
        write_opportunity(c);
        json_.key("wants").begin_array();
        for (std::size_t w = 0; w < c.wants.size(); ++w) {
            json_.begin_object();
            write_expertise(c.wants[w].expertise);
            json_.field("weight", c.wants[w].weight).field("min_holders", c.wants[w].holders);
            json_.field("candidates", static_cast<std::uint64_t>(c.result.candidates[w])).end_object();
        }
        json_.end_array();
        json_.field("allowed_actors", static_cast<std::uint64_t>(c.result.allowed));
        json_.field("outside_scope", c.outside);
        json_.key("references").begin_array();
        for (const Reference& r : c.result.references) {
            json_.begin_object().field("method", r.method).field("meets_constraints", r.meets_rules);
            json_.key("members").begin_array();
            for (const VertexId v : r.members) {
                json_.value(id(v));
            }
            json_.end_array();
            write_costs(r.costs);
            json_.end_object();
        }
        json_.end_array();
        json_.key("front").begin_array();
        for (const FrontPoint& p : c.result.front) {
            json_.begin_object().field("coverage", p.coverage).field("steiner", in_units(p.length));
            if (!in_units(p.length)) {
                json_.field("why", no_path);
            }
            json_.field("groups", static_cast<std::uint64_t>(p.groups));
            json_.key("members").begin_array();
            for (const VertexId v : p.members) {
                json_.value(id(v));
            }
            json_.end_array();
            write_wants(c, "left_out", p.left_out);
            json_.end_object();
        }
        json_.end_array();
        json_.field("front_complete", c.result.front_complete).end_object();
    }

    JsonWriter& json_;
    const ConsortiaView& view_;
    const ConsortiumCase* case_ = nullptr;  ///< the one being written
};

}  // namespace

void write_consortia_options(JsonWriter& json, const ConsortiaView& view) {
    const ConsortiumOptions o = view.cases.empty() ? ConsortiumOptions() : view.cases.front().options;
    const auto ids = [&](std::string_view key, const std::vector<VertexId>& list) {
        json.key(key).begin_array();
        for (const VertexId v : list) {
            json.value(view.network.id(view.projection.actor(v)));
        }
        json.end_array();
    };
    json.field("objective", to_code(o.objective)).field("length", to_code(o.length));
    json.field("min_level", o.least_level).field("near", o.near);
    json.key("lead");
    if (o.lead) {
        json.value(view.network.id(view.projection.actor(*o.lead)));
    } else {
        json.null();
    }
    ids("include", o.included);
    json.key("silos");
    if (o.silos) {
        json.value(view.groupings[*o.silos].attribute());
    } else {
        json.null();
    }
    json.field("top", o.top).field("differ", o.differ).field("front", o.front);
    json.field("replacements", o.replacements).field("effort", o.effort);
}

void write_consortia_result(JsonWriter& json, const ConsortiaView& view) {
    Writer(json, view).write();
}

}  // namespace maillage::io
