#include "io/report/recommendations_document.hpp"

#include "engine/top_k.hpp"

#include "io/report/pair_words.hpp"

#include <algorithm>
#include <utility>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

constexpr std::size_t pairs_shown = 20;
constexpr std::size_t silent_shown = 30;
/// Above this many lists the explanations in the document name fewer common partners.
constexpr std::size_t many_lists = 10000;

ExplanationLimits limits(const RecommendationsView& view) {
    if (view.result.actors.size() > many_lists) {
        return {.common_partners = 3, .paths = 1, .expertises = 5};
    }
    return {.common_partners = 10, .paths = 3, .expertises = 1000};
}

struct BestPair {
    double score;
    VertexId a, b;
};

/// The best of all lists, each pair once.
std::vector<BestPair> best_pairs(const RecommendResult& result) {
    std::vector<BestPair> pairs;
    for (const ActorRecommendations& list : result.actors) {
        for (const RecommendedPartner& r : list.partners) {
            pairs.push_back({r.score, std::min(list.actor, r.partner), std::max(list.actor, r.partner)});
        }
    }
    std::sort(pairs.begin(), pairs.end(), [](const BestPair& x, const BestPair& y) {
        const double kx = score_key(x.score);
        const double ky = score_key(y.score);
        return kx != ky ? kx > ky : std::pair(x.a, x.b) < std::pair(y.a, y.b);
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [](const BestPair& x, const BestPair& y) { return x.a == y.a && x.b == y.b; }),
                pairs.end());
    pairs.resize(std::min(pairs.size(), pairs_shown));
    return pairs;
}

class Recommendations {
public:
    Recommendations(const RecommendationsView& view, Language language)
        : view_(view),
          language_(language),
          words_(view.network, view.projection, view.model, language),
          explain_(view.model, limits(view), count_ei(view.model.input())) {}

    Reading read() {
        Reading reading;
        reading.title = pick("Partenariats à ouvrir", "Partnerships to open");
        if (view_.options.only) {
            add_actor(reading, view_.result.actors.front());
        } else {
            reading.paragraph(introduction());
            reading.table(pairs_table());
            reading.table(lists_table());
            add_silent(reading);
        }
        reading.paragraph(how_scored());
        return reading;
    }

    void write_pairs(JsonWriter& json) {
        json.key("recommendations").begin_array(Form::lines);
        for (const ActorRecommendations& list : view_.result.actors) {
            for (const RecommendedPartner& r : list.partners) {
                const PairExplanation pair = explain_(list.actor, r.partner);
                json.begin_object();
                words_.write_actor(json, "actor", list.actor);
                words_.write_actor(json, "partner", r.partner);
                json.field("rank", r.rank).field("score", r.score);
                words_.write_contributions(json, pair.score);
                words_.write_explanation(json, pair);
                words_.write_reciprocal(json, pair);
                words_.write_effect(json, pair);
                json.end_object();
            }
        }
        json.end_array();
    }

    void write_silent(JsonWriter& json) {
        json.key("without").begin_array(Form::lines);
        for (const ActorRecommendations& list : view_.result.actors) {
            if (list.partners.empty()) {
                json.begin_object();
                words_.write_actor(json, "actor", list.actor);
                json.field("why", to_code(list.reason));
                if (list.introducer) {
                    words_.write_actor(json, "introducer", list.introducer->actor);
                }
                json.end_object();
            }
        }
        json.end_array();
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }

    [[nodiscard]] std::string introduction() const {
        std::size_t served = 0;
        for (const ActorRecommendations& list : view_.result.actors) {
            served += list.partners.empty() ? 0U : 1U;
        }
        std::string text =
            language_ == Language::fr
                ? "Des partenariats nouveaux sont proposés à " + number(served, language_) + " des " +
                      number(view_.result.actors.size(), language_) +
                      " acteurs du périmètre, entre acteurs qui n'en ont encore aucun ensemble. Les plus "
                      "prometteurs :"
                : "New partnerships are proposed to " + number(served, language_) + " of the " +
                      number(view_.result.actors.size(), language_) +
                      " actors in scope, between actors that have none together yet. The most promising:";
        return text;
    }

    [[nodiscard]] std::string how_scored() const {
        std::vector<std::string> parts;
        for (const Feature feature : all_features) {
            parts.push_back(words_.feature_name(feature) + " " +
                            percent(view_.model.options().weights[feature], 0, language_));
        }
        return pick("Le score, de 0 à 1, est la somme de cinq parts publiées : ",
                    "The score, from 0 to 1, is the sum of five published parts: ") +
               enumerate(parts, language_) +
               pick(
                   ". Les partenariats proposés sont des pistes à vérifier : l'absence de lien peut être un "
                   "manque de données.",
                   ". What is proposed is a lead to check: a missing tie may be missing data.");
    }

    Table pairs_table() {
        Table t;
        t.id = "recommendations";
        t.title = pick("Les partenariats les plus prometteurs", "The most promising partnerships");
        t.columns = {{"#", true},
                     {pick("Entre", "Between"), false, 26},
                     {pick("et", "and"), false, 26},
                     {"Score", true},
                     {pick("Pourquoi", "Why"), false, 90}};
        std::size_t rank = 0;
        for (const BestPair& best : best_pairs(view_.result)) {
            t.rows.push_back({std::to_string(++rank), words_.name(best.a), words_.name(best.b),
                              number(best.score, 2, language_), words_.sentence(explain_(best.a, best.b))});
        }
        return t;
    }

    /// Everyone's first three, for networks that can be read.
    Table lists_table() {
        constexpr std::size_t readable = 300;
        constexpr std::size_t first = 3;
        Table t;
        t.id = "recommendations_by_actor";
        if (view_.result.actors.size() > readable) {
            return t;
        }
        t.title = pick("À qui proposer quoi", "Whom to propose to whom");
        t.columns = {
            {pick("Acteur", "Actor"), false, 40},
            {pick("Trois partenaires à rencontrer (score)", "Three partners to meet (score)"), false, 100}};
        for (const ActorRecommendations& list : view_.result.actors) {
            std::string partners;
            for (std::size_t i = 0; i < std::min(first, list.partners.size()); ++i) {
                partners += (i == 0 ? "" : " ; ") + words_.name(list.partners[i].partner) + " (" +
                            number(list.partners[i].score, 2, language_) + ")";
            }
            if (!partners.empty()) {
                t.rows.push_back({words_.name(list.actor), partners});
            }
        }
        return t;
    }

    void add_actor(Reading& reading, const ActorRecommendations& list) {
        reading.paragraph(pick("Pour ", "For ") + words_.name(list.actor) + " (" + words_.id(list.actor) +
                          ")");
        if (list.partners.empty()) {
            reading.paragraph(no_partner(list));
            return;
        }
        Table t;
        t.id = "recommendations";
        t.columns = {{"#", true},
                     {pick("Partenaire", "Partner"), false, 30},
                     {"Score", true},
                     {pick("Pourquoi", "Why"), false, 100}};
        Table parts;
        parts.id = "contributions";
        parts.title = pick("De quoi le score est fait", "What the score is made of");
        parts.columns = {{"#", true}, {pick("Partenaire", "Partner"), false, 30}};
        for (const Feature feature : all_features) {
            parts.columns.push_back({words_.feature_name(feature), true, 14});
        }
        parts.columns.push_back({"Score", true});
        for (const RecommendedPartner& r : list.partners) {
            const PairExplanation pair = explain_(list.actor, r.partner);
            t.rows.push_back({std::to_string(r.rank), words_.name(r.partner), number(r.score, 2, language_),
                              words_.sentence(pair)});
            std::vector<std::string> row = {std::to_string(r.rank), words_.name(r.partner)};
            for (const Feature feature : all_features) {
                row.push_back(number(pair.score.contributions[feature], 3, language_));
            }
            row.push_back(number(r.score, 3, language_));
            parts.rows.push_back(std::move(row));
        }
        reading.table(std::move(t));
        reading.table(std::move(parts));
    }

    [[nodiscard]] std::string no_partner(const ActorRecommendations& list) const {
        std::string text = pick("Aucune proposition : ", "No proposal: ") + words_.reason(list.reason) + ".";
        if (list.introducer) {
            text += pick(" Qui pourrait introduire : ", " Who might introduce it: ") +
                    words_.name(list.introducer->actor) + ".";
        }
        return text;
    }

    void add_silent(Reading& reading) const {
        Table t;
        t.id = "without_recommendation";
        t.title = pick("Sans proposition, et pourquoi", "Without a proposal, and why");
        t.columns = {{pick("Acteur", "Actor")},
                     {pick("Raison", "Reason"), false, 60},
                     {pick("Qui pourrait introduire", "Who might introduce"), false, 40}};
        std::size_t all = 0;
        for (const ActorRecommendations& list : view_.result.actors) {
            if (list.partners.empty() && ++all <= silent_shown) {
                t.rows.push_back({words_.name(list.actor), words_.reason(list.reason),
                                  list.introducer ? words_.name(list.introducer->actor) : std::string("–")});
            }
        }
        if (all > silent_shown) {
            t.note = pick("… et ", "… and ") + number(all - silent_shown, language_) +
                     pick(" autres, dans le document JSON.", " others, in the JSON document.");
        }
        if (all > 0) {
            reading.table(std::move(t));
        }
    }

    const RecommendationsView& view_;
    Language language_;
    PairWords words_;
    PairExplainer explain_;
};

}  // namespace

void write_recommendations_options(JsonWriter& json, const RecommendationsView& view) {
    json.field("top", view.options.top);
    if (view.options.only) {
        json.field("actor", view.network.id(view.projection.actor(*view.options.only)));
    }
    json.key("weights").begin_object();
    for (const Feature feature : all_features) {
        json.field(to_code(feature), view.model.options().weights[feature]);
    }
    json.end_object().field("half_scale", view.model.options().half_scale);
    json.field("common_ground", view.model.options().complementarity.common_ground);
    json.key("groupings").begin_array();
    for (const GroupLabels& labels : view.model.input().groupings) {
        json.value(labels.attribute());
    }
    json.end_array();
}

void write_recommendations(JsonWriter& json, const RecommendationsView& view) {
    Recommendations recommendations(view, view.language);
    recommendations.write_pairs(json);
    recommendations.write_silent(json);
    json.key("exposure").begin_object();
    json.field_or_why("coverage", view.result.exposure.coverage, why_nothing_held);
    json.field_or_why("gini", view.result.exposure.gini, why_nothing_held).end_object();
    json.field("candidates", view.result.exact() ? "exact" : "bounded");
}

Reading recommendations_reading(const RecommendationsView& view, Language language) {
    return Recommendations(view, language).read();
}

}  // namespace maillage::io
