#include "io/report/communities_document.hpp"

#include "io/report/communities_words.hpp"
#include "io/report/maybe_fields.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

struct Context {
    JsonWriter& json;
    const Network& network;
    const Projection& projection;
    const CommunitiesResult& result;
    Language language;

    [[nodiscard]] std::string_view id(VertexId v) const { return network.id(projection.actor(v)); }
};

std::string_view why_no_confidence(const Context& c, VertexId v) {
    if (!c.result.stability.why.empty()) {
        return c.result.stability.why;
    }
    return c.result.profile.members[index_of(v)].strength ? "alone" : "isolate";
}

void write_member(const Context& c, VertexId v) {
    const Membership& member = c.result.profile.members[index_of(v)];
    c.json.begin_object().field("actor", c.id(v)).field("name", c.network.name(c.projection.actor(v)));
    c.json.field("in_scope", c.projection.in_scope[index_of(v)] != 0);
    c.json.field("internal_weight", member.internal_weight);
    MaybeFields maybe(c.json);
    maybe.field("strength", member.strength, "isolate");
    maybe.field("confidence", c.result.stability.confidence[index_of(v)], why_no_confidence(c, v));
    maybe.finish();
    if (c.result.consensus) {
        c.json.field("consensus", static_cast<std::uint64_t>(number_of(c.result.consensus->partition[v])));
    }
    if (member.second_strength) {
        c.json.key("second").begin_object();
        c.json.field("community", c.result.ids[index_of(member.second)]);
        c.json.field("strength", *member.second_strength).end_object();
    }
    c.json.end_object();
}

void write_label(const Context& c, const std::vector<NameWord>& words) {
    c.json.key("label").begin_array();
    for (const NameWord& word : words) {
        c.json.begin_object().field("expertise", c.network.id(word.expertise));
        c.json.field("label", c.network.label(word.expertise, c.language)).field("holders", word.holders);
        c.json.field("typical", word.typical).field_or_why("z", word.z, "zero_denominator").end_object();
    }
    c.json.end_array();
}

void write_expertises(const Context& c, const std::vector<ExpertiseId>& expertises) {
    c.json.begin_array();
    for (const ExpertiseId x : expertises) {
        c.json.begin_object().field("expertise", c.network.id(x));
        c.json.field("label", c.network.label(x, c.language)).end_object();
    }
    c.json.end_array();
}

void write_community(const Context& c, CommunityId id, const std::string& name,
                     const std::vector<VertexId>& members) {
    const CommunityProfile& profile = c.result.profile.communities[index_of(id)];
    const std::vector<NameWord>& words = c.result.names[index_of(id)];
    const auto in_scope = std::count_if(members.begin(), members.end(),
                                        [&c](VertexId v) { return c.projection.in_scope[index_of(v)] != 0; });
    c.json.begin_object(Form::lines).field("id", c.result.ids[index_of(id)]);
    c.json.field("name", name);
    c.json.field("size", profile.size).field("in_scope", static_cast<std::uint64_t>(in_scope));
    write_label(c, words);
    if (c.result.two_mode) {
        c.json.key("expertises");
        write_expertises(c, c.result.two_mode->expertises[index_of(id)]);
    }
    c.json.field("connected", profile.connected).field("isolate", profile.isolate);
    c.json.field("internal_ties", profile.internal_ties).field("external_ties", profile.external_ties);
    c.json.field("internal_weight", profile.internal_weight)
        .field("external_weight", profile.external_weight);
    MaybeFields maybe(c.json);
    maybe.field("conductance", profile.conductance, profile.isolate ? "isolate" : "zero_denominator");
    maybe.field("density", profile.density, c.result.two_mode ? "empty_group" : "fewer_than_two_nodes");
    const auto& parts =
        c.result.map_equation ? c.result.map_equation->modules : c.result.quality.contributions;
    maybe.field("quality", parts.empty() ? std::nullopt : std::optional(parts[index_of(id)]),
                c.result.quality.why);
    maybe.field("confidence", c.result.stability.community_confidence[index_of(id)],
                why_no_confidence(c, members.front()));
    maybe.finish();
    c.json.key("members").begin_array(Form::lines);
    for (const VertexId v : members) {
        write_member(c, v);
    }
    c.json.end_array().end_object();
}

void write_runs(const Context& c) {
    c.json.key("runs").begin_array(Form::lines);
    for (std::size_t run = 0; run < c.result.leiden.runs.size(); ++run) {
        const LeidenRun& r = c.result.leiden.runs[run];
        c.json.begin_object().field("run", static_cast<std::uint64_t>(run + 1));
        c.json.field_or_why("quality", r.quality, c.result.leiden.why);
        c.json.field("communities", static_cast<std::uint64_t>(r.partition.community_count()));
        c.json.field("iterations", static_cast<std::uint64_t>(r.gains.size())).key("gains").begin_array();
        for (const double gain : r.gains) {
            c.json.value(gain);
        }
        c.json.end_array().field("stopped", stop_name(r.stop)).field("combined", r.combined);
        c.json.field("kept", run == c.result.leiden.best).end_object();
    }
    c.json.end_array();
}

void write_isolates(const Context& c) {
    c.json.key("isolates").begin_array();
    for (std::size_t v = 0; v < c.projection.actor_of.size(); ++v) {
        if (!c.result.profile.members[v].strength) {
            c.json.value(c.id(id_at<VertexId>(v)));
        }
    }
    c.json.end_array();
}

std::uint32_t next_id(const CommunitiesResult& result) {
    return result.carried ? result.carried->next_id : static_cast<std::uint32_t>(result.ids.size() + 1);
}

void write_index(JsonWriter& json, std::string_view name, const InformationIndex& index) {
    json.key(name).begin_object().field("arithmetic", index.arithmetic).field("geometric", index.geometric);
    json.field("max", index.max).field("min", index.min).end_object();
}

void write_comparison(JsonWriter& json, const PartitionComparison& compared) {
    json.key("comparison").begin_object().field("mutual_information", compared.mutual_information);
    json.field("expected_mutual_information", compared.expected_mutual_information);
    write_index(json, "adjusted_mutual_information", compared.adjusted_mutual_information);
    write_index(json, "normalised_mutual_information", compared.normalised_mutual_information);
    json.field("variation_of_information", compared.variation_of_information);
    json.field("rand", compared.rand).field("adjusted_rand", compared.adjusted_rand);
    json.field("split_join", compared.split_join()).end_object();
}

void write_carried(const Context& c, const CarryOver& carried) {
    c.json.key("previous").begin_object().field("actors_joined", carried.joined);
    c.json.field("actors_left", carried.left).key("events").begin_array(Form::lines);
    for (const CarryOver::Change& change : carried.changes) {
        c.json.begin_object().field("event", event_name(change.event)).key("from").begin_array();
        for (const std::uint32_t id : change.from) {
            c.json.value(static_cast<std::uint64_t>(id));
        }
        c.json.end_array().key("to").begin_array();
        for (const CommunityId to : change.to) {
            c.json.value(static_cast<std::uint64_t>(c.result.ids[index_of(to)]));
        }
        c.json.end_array().field("actors", change.actors).end_object();
    }
    c.json.end_array();
    write_comparison(c.json, *c.result.compared);
    c.json.end_object();
}

}  // namespace

void write_communities_options(JsonWriter& json, const CommunitiesOptions& options) {
    const LeidenOptions& leiden = options.leiden;
    json.field("preset", preset_name(leiden.preset)).field("objective", objective_name(options));
    json.field("resolution", leiden.quality.resolution).field("runs", leiden.runs);
    json.field("randomness", leiden.randomness).field("max_iterations", leiden.max_iterations);
    json.field("min_gain", leiden.min_gain).field("moved_share", leiden.moved_share);
    json.key("naming").begin_object().field("words", options.naming.words);
    json.field("prior", options.naming.prior).field("min_z", options.naming.min_z);
    json.field("min_holders", options.naming.min_holders).end_object();
}

void write_communities(JsonWriter& json, const Network& network, const Projection& projection,
                       const CommunitiesResult& result, Language language) {
    const Context c{json, network, projection, result, language};
    const GraphView g = projection.graph.view();
    json.key("graph").begin_object().field("actors", static_cast<std::uint64_t>(g.vertex_count()));
    if (const auto& two_mode = result.two_mode) {
        json.field("expertises", two_mode->held).field("ties", two_mode->links);
    } else {
        json.field("ties", static_cast<std::uint64_t>(g.edge_count()));
    }
    json.field("weight", result.profile.total_weight).end_object();
    json.field("objective", objective_name(result.options));
    json.field("resolution", result.options.leiden.quality.resolution);
    MaybeFields maybe(json);
    const auto& map = result.map_equation;
    const std::optional<double> codelength =
        map && map->codelength > 0.0 ? std::optional(map->codelength) : std::nullopt;
    maybe.field("quality", map ? codelength : result.quality.value, result.quality.why);
    maybe.field("coverage", result.profile.coverage, "no_edges");
    maybe.finish();
    if (map) {
        json.key("map_equation").begin_object().field("codelength", map->codelength);
        json.field("index", map->index).field("one_module", map->one_module).end_object();
    }
    json.key("stability").begin_object().field("runs", result.stability.runs);
    json.field_or_why("mean_ami", result.stability.mean_ami, result.stability.why).end_object();
    if (const auto& consensus = result.consensus) {
        json.key("consensus").begin_object();
        json.field("communities", static_cast<std::uint64_t>(consensus->partition.community_count()));
        json.field("rounds", consensus->rounds).field("agreed", consensus->agreed);
        json.field("ami", *result.consensus_ami).end_object();
    }
    write_runs(c);
    const auto members = ranked_members(result);
    const auto names = community_names(network, projection, result, members, language);
    json.key("communities").begin_array(Form::lines);
    for (const CommunityId id : result.partition().ids()) {
        write_community(c, id, names[index_of(id)], members[index_of(id)]);
    }
    json.end_array();
    write_isolates(c);
    if (result.two_mode) {
        json.key("expertises_alone");
        write_expertises(c, result.two_mode->alone);
    }
    json.field("next_id", next_id(result));
    if (result.carried) {
        write_carried(c, *result.carried);
    }
}

}  // namespace maillage::io
