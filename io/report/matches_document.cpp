#include "io/report/matches_document.hpp"

#include "io/report/match_words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const MatchesView& view) : json_(json), view_(view) {}

    void write() {
        write_summary();
        write_pairs("pairs", view_.result.pairs);
        write_pairs("pooling", view_.result.pooling);
        write_pools(json_, {view_.network, view_.projection, view_.pools}, view_.language);
        write_actors();
        write_needs();
        write_weights();
    }

private:
    [[nodiscard]] std::string_view id(VertexId v) const {
        return view_.network.id(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view label(ExpertiseId x) const {
        return view_.network.label(x, view_.language);
    }

    void write_summary() {
        std::uint64_t matched = 0;
        for (const ActorMatches& actor : view_.result.actors) {
            matched += actor.partners.empty() ? 0U : 1U;
        }
        json_.key("summary").begin_object();
        json_.field("actors_in_scope", static_cast<std::uint64_t>(view_.result.weights.actors));
        json_.field("actors_searched", static_cast<std::uint64_t>(view_.result.actors.size()));
        json_.field("actors_matched", matched);
        json_.field("pairs_in_touch", view_.result.pairs_in_touch).end_object();
    }

    void write_pairs(std::string_view key, const std::vector<MatchedPair>& pairs) {
        json_.key(key).begin_array(JsonWriter::Form::lines);
        for (const MatchedPair& pair : pairs) {
            write_matched_pair(json_, view_.network, view_.projection, pair, view_.language);
        }
        json_.end_array();
    }

    void write_actors() {
        json_.key("actors").begin_array(JsonWriter::Form::lines);
        for (const ActorMatches& actor : view_.result.actors) {
            json_.begin_object().field("actor", id(actor.actor)).key("partners").begin_array();
            for (const Partner& partner : actor.partners) {
                json_.begin_object()
                    .field("partner", id(partner.vertex))
                    .field("score", partner.score)
                    .end_object();
            }
            json_.end_array();
            if (actor.reason != NoMatch::found) {
                json_.field("why", to_code(actor.reason));
            }
            json_.end_object();
        }
        json_.end_array();
    }

    void write_needs() {
        json_.key("needs").begin_array(JsonWriter::Form::lines);
        for (const NeedAnswer& need : view_.result.needs) {
            json_.begin_object()
                .field("actor", id(need.actor))
                .field("expertise", view_.network.id(need.expertise));
            json_.field("label", label(need.expertise)).field("level", need.level);
            json_.field("offered_by", need.offered_by)
                .field("offered_near", need.offered_near)
                .key("holders")
                .begin_array();
            for (const NeedAnswer::Holder& holder : need.holders) {
                json_.begin_object().field("actor", id(holder.vertex)).field("level", holder.level);
                json_.field("tied", holder.tied).field("inferred", holder.inferred);
                json_.field("by", view_.network.id(holder.by))
                    .field("similarity", holder.similarity)
                    .end_object();
            }
            json_.end_array().end_object();
        }
        json_.end_array();
    }

    void write_weights() {
        json_.key("expertises").begin_array(JsonWriter::Form::lines);
        const ExpertiseWeights& weights = view_.result.weights;
        for (const ExpertiseId x : IdRange<ExpertiseId>(weights.weight.size())) {
            json_.begin_object().field("expertise", view_.network.id(x)).field("label", label(x));
            json_.field("holders", view_.result.holders[index_of(x)]);
            json_.field("holders_at_or_below", weights.holders[index_of(x)])
                .field("weight", weights[x])
                .end_object();
        }
        json_.end_array();
    }

    JsonWriter& json_;
    const MatchesView& view_;
};

}  // namespace

void write_matches_options(JsonWriter& json, const MatchesView& view) {
    const MatchOptions& options = view.options;
    json.key("actor");
    if (options.only) {
        json.value(view.network.id(view.projection.actor(*options.only)));
    } else {
        json.null();
    }
    json.field("top", options.top)
        .field("pairs", options.top_pairs)
        .field("pooling_pairs", options.top_pooling);
    json.field("common_ground", options.complementarity.common_ground);
    json.field("include_tied", options.include_tied).field("pooling_min_shared", options.pooling_min_shared);
    json.field("pooling_min_similarity", options.pooling_min_similarity);
    json.field("taxonomy", to_code(options.taxonomy.measure)).field("near", options.taxonomy.near);
    json.key("kinds").begin_array();
    for (const std::string& kind : view.filters.kinds) {
        json.value(kind);
    }
    json.end_array().key("expertises_asked").begin_array();
    for (const ExpertiseId x : view.filters.expertises) {
        json.value(view.network.id(x));
    }
    json.end_array().key("across");
    if (view.filters.across) {
        json.value(*view.filters.across);
    } else {
        json.null();
    }
    json.key("pool_within").begin_array();
    for (const PoolsWithin& within : view.pools) {
        json.value(within.labels.attribute());
    }
    json.end_array().field("pools", view.pool_options.top).field("pool_min", view.pool_options.min_size);
    json.field("pool_max_pairs", view.pool_options.most_pairs);
}

void write_matches_result(JsonWriter& json, const MatchesView& view) {
    ResultWriter(json, view).write();
}

std::string_view to_sentence(NoMatch reason, Language language) noexcept {
    switch (reason) {
        case NoMatch::found:
            return {};
        case NoMatch::no_expertise:
            return pick(language, "aucune expertise connue, ni offerte ni recherchée",
                        "no expertise known, neither offered nor sought");
        case NoMatch::no_offer:
            return pick(language, "seuls des besoins sont connus, rien à apporter en retour",
                        "only needs are known, nothing to bring in return");
        case NoMatch::nothing_common:
            return pick(language,
                        "aucun terrain commun, personne d’autre n’a ses expertises ni ne répond à un besoin",
                        "no common ground, nobody else has its expertises or meets a need");
        case NoMatch::all_linked:
            return pick(language, "déjà partenaire de tous ceux avec qui un terrain commun existe",
                        "already a partner of everyone with whom there is common ground");
        case NoMatch::filtered:
            return pick(language,
                        "aucun des acteurs demandés n’a de terrain commun avec lui, ou n’apporterait rien",
                        "none of the actors asked for has common ground with it, or would bring anything");
        case NoMatch::one_sided:
            return pick(language,
                        "apport à sens unique, avec chacun l’un des deux n’apporterait rien de nouveau",
                        "one-sided, with each of the others one of the two would bring nothing new");
    }
    return {};
}

}  // namespace maillage::io
