#include "io/report/explanation_document.hpp"

#include "engine/top_k.hpp"

#include "algorithms/recommend/local_indices.hpp"

#include "io/report/evidence_words.hpp"
#include "io/report/match_words.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace maillage::io {
namespace {

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const ExplanationView& view)
        : json_(json), view_(view), words_(view.network, view.projection, view.model) {}

    void write() {
        write_side("a", view_.pair.a, view_.b_in_list_of_a, view_.pair.new_to_a);
        write_side("b", view_.pair.b, view_.a_in_list_of_b, view_.pair.new_to_b);
        write_ties();
        write_chain();
        json_.field("score", written_score(view_.pair.score.score));
        words_.write_contributions(json_, view_.pair.score);
        write_likelihood();
        words_.write_explanation(json_, view_.pair, view_.language, true);
        PairWords::write_reciprocal(json_, view_.pair.reciprocal);
        words_.write_effect(json_, view_.pair);
        write_complementarity();
        json_.key("match");
        write_matched_pair(json_, view_.network, view_.projection, view_.match, view_.language);
        write_indices();
        write_groups();
    }

private:
    void write_side(std::string_view key, VertexId v, const PlaceInList& place, std::size_t new_partners) {
        const RecommendInput& input = view_.model.input();
        json_.key(key).begin_object().field("actor", words_.id(v)).field("name", words_.name(v));
        json_.field("in_scope", input.scoped(v));
        json_.field("partners", static_cast<std::uint64_t>(input.ties.degree(v)));
        json_.field("new_partners_of_the_other", static_cast<std::uint64_t>(new_partners));
        write_holdings("offers", input.offers.of(v));
        write_holdings("seeks", input.seeks.vertex_count() == 0 ? std::span<const Incidence::OfVertex>()
                                                                : input.seeks.of(v));
        json_.key("rank_of_the_other").value(place.rank);
        if (!place.rank) {
            json_.field("why", place.listed ? "beyond_the_list" : "not_a_candidate");
        }
        json_.field("list_length", place.of).end_object();
    }

    void write_holdings(std::string_view key, std::span<const Incidence::OfVertex> list) {
        json_.key(key).begin_array();
        for (const auto& held : list) {
            json_.begin_object().field("expertise", view_.network.id(held.expertise));
            json_.field("label", view_.network.label(held.expertise, view_.language));
            json_.field("level", static_cast<double>(held.level)).field("inferred", held.inferred);
            json_.field("weight", view_.model.weights()[held.expertise]).end_object();
        }
        json_.end_array();
    }

    void write_ties() {
        const RecommendInput& input = view_.model.input();
        const VertexId a = view_.pair.a;
        const VertexId b = view_.pair.b;
        json_.field("tied", input.ties.adjacent(a, b)).field("linked", input.known().adjacent(a, b));
        json_.field("tie_weight", input.ties.weight_between(a, b));
        json_.key("partnerships").begin_array(JsonWriter::Form::lines);
        for (const PartnershipId p :
             partnerships_between(view_.network, view_.projection.actor(a), view_.projection.actor(b))) {
            const Partnership& partnership = view_.network.partnerships()[p];
            const std::string_view kind = view_.network.text(partnership.kind);
            json_.begin_object().field("partnership", view_.network.id(p));
            json_.field("name", view_.network.text(partnership.name)).field("kind", kind);
            json_.field("kind_label", view_.network.label("partnership_kind", kind, view_.language));
            write_date("start", partnership.start);
            write_date("end", partnership.end);
            json_.field("members", static_cast<std::uint64_t>(view_.network.members(p).size()));
            json_.field("used", view_.projection.partnership_used[index_of(p)] != 0).end_object();
        }
        json_.end_array();
    }

    void write_date(std::string_view key, const std::optional<Date>& date) {
        json_.field(key, date ? std::optional<std::string>(to_text(*date)) : std::nullopt);
    }

    void write_chain() {
        json_.key("distance");
        if (view_.chain.empty()) {
            json_.null().field("why", "no_path");
        } else {
            json_.value(static_cast<std::uint64_t>(view_.chain.size() - 1));
        }
        json_.key("chain").begin_array();
        for (const VertexId v : view_.chain) {
            json_.begin_object().field("actor", words_.id(v)).field("name", words_.name(v)).end_object();
        }
        json_.end_array();
    }

    /// As the fitted ranking sees the pair.
    void write_likelihood() {
        json_.key("likelihood");
        if (view_.fitted == nullptr || !view_.evidence) {
            json_.null().field("likelihood_why", view_.why_published);
            return;
        }
        const double score = fitted_score(*view_.fitted, *view_.evidence);
        json_.begin_object().field("score", written_score(score));
        json_.field("probability", written_score(chance_of(score)));
        write_fitted_contributions(json_, *view_.fitted, *view_.evidence);
        json_.end_object();
    }

    void write_complementarity() {
        const Complementarity& c = view_.pair.score.expertise;
        json_.key("complementarity").begin_object();
        json_.field("score", c.score).field("similarity", c.similarity);
        json_.field("gain_a", c.gain_a).field("gain_b", c.gain_b).field("two_sided", c.two_sided);
        json_.field("common_ground", c.common_ground);
        json_.field("value_a", c.value_a).field("value_b", c.value_b);
        if (!c.score) {
            json_.field("why", why_nothing_held);
        }
        json_.key("needs").begin_object().field("a", c.need_a).field("b", c.need_b);
        if (!c.need_a || !c.need_b) {
            json_.field("why", why_no_needs);
        }
        json_.end_object().end_object();
    }

    void write_indices() {
        const GraphView ties = view_.model.input().ties;
        json_.key("local_indices").begin_object();
        for (const LocalIndex index : all_local_indices) {
            json_.field(to_code(index), local_index(ties, index, view_.pair.a, view_.pair.b));
        }
        json_.field("l3",
                    l3(ties, std::min(view_.pair.a, view_.pair.b), std::max(view_.pair.a, view_.pair.b)));
        json_.end_object();
    }

    void write_groups() {
        json_.key("groups").begin_array();
        const auto groupings = view_.model.input().groupings;
        for (std::size_t i = 0; i < groupings.size(); ++i) {
            json_.begin_object().field("attribute", groupings[i].attribute());
            for (const auto& [key, v] : {std::pair{"a", view_.pair.a}, std::pair{"b", view_.pair.b}}) {
                json_.key(key).begin_array();
                for (const GroupId g : groupings[i].of(v)) {
                    json_.value(groupings[i].name(g));
                }
                json_.end_array();
            }
            json_.end_object();
        }
        json_.end_array();
    }

    JsonWriter& json_;
    const ExplanationView& view_;
    PairWords words_;
};

}  // namespace

std::vector<PartnershipId> partnerships_between(const Network& network, ActorId a, ActorId b) {
    const auto of_a = network.partnerships_of(a);
    const auto of_b = network.partnerships_of(b);
    std::vector<PartnershipId> both;
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both));
    return both;
}

void write_explanation_options(JsonWriter& json, const ExplanationView& view) {
    json.field("a", view.network.id(view.projection.actor(view.pair.a)));
    json.field("b", view.network.id(view.projection.actor(view.pair.b)));
    write_ranking(json, view.fitted, view.why_published);
    write_score_options(json, view.model);
}

void write_explanation_result(JsonWriter& json, const ExplanationView& view) {
    ResultWriter(json, view).write();
}

}  // namespace maillage::io
