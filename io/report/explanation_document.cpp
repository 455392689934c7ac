#include "io/report/pair_words.hpp"
#include "io/report/recommendations_document.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

/// Partnerships that both are members of, in the order of ids.
std::vector<PartnershipId> shared_partnerships(const ExplanationView& view) {
    const auto of_a = view.network.partnerships_of(view.projection.actor(view.pair.a));
    const auto of_b = view.network.partnerships_of(view.projection.actor(view.pair.b));
    std::vector<PartnershipId> shared;
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(shared));
    return shared;
}

std::string period(const Partnership& p, Language language) {
    if (!p.start && !p.end) {
        return std::string(pick(language, "sans date", "undated"));
    }
    const std::string start = p.start ? to_text(*p.start) : std::string("?");
    return p.end ? start + " – " + to_text(*p.end) : std::string(pick(language, "depuis ", "since ")) + start;
}

}  // namespace

void write_explanation(JsonWriter& json, const ExplanationView& view) {
    const PairWords words(view.network, view.projection, view.model, view.language);
    words.write_actor(json, "a", view.pair.a);
    words.write_actor(json, "b", view.pair.b);
    json.key("partnerships").begin_array(Form::lines);
    for (const PartnershipId p : shared_partnerships(view)) {
        const Partnership& partnership = view.network.partnerships()[p];
        json.begin_object()
            .field("partnership", view.network.id(p))
            .field("name", view.network.text(partnership.name));
        json.field("kind", view.network.text(partnership.kind));
        json.field("start", partnership.start ? std::optional(to_text(*partnership.start)) : std::nullopt);
        json.field("end", partnership.end ? std::optional(to_text(*partnership.end)) : std::nullopt);
        json.field("used", view.projection.partnership_used[index_of(p)] != 0).end_object();
    }
    json.end_array();
    json.field("tied", view.projection.graph.view().adjacent(view.pair.a, view.pair.b));
    json.field("score", view.pair.score.score);
    words.write_contributions(json, view.pair.score);
    words.write_explanation(json, view.pair);
    words.write_reciprocal(json, view.pair);
    words.write_effect(json, view.pair);
    json.key("shortest_chain").begin_array();
    for (const VertexId v : shortest_chain(view.projection.graph, view.pair.a, view.pair.b)) {
        json.value(words.id(v));
    }
    json.end_array();
}

Reading explanation_reading(const ExplanationView& view, Language language) {
    const auto say = [language](std::string_view fr, std::string_view en) {
        return std::string(pick(language, fr, en));
    };
    const PairWords words(view.network, view.projection, view.model, language);
    Reading reading;
    reading.title = words.name(view.pair.a) + " – " + words.name(view.pair.b);
    const auto partnerships = shared_partnerships(view);
    if (partnerships.empty()) {
        const auto chain = shortest_chain(view.projection.graph, view.pair.a, view.pair.b);
        std::vector<std::string> names;
        for (const VertexId v : chain) {
            names.push_back(words.name(v));
        }
        std::string text =
            say("Aucun partenariat connu entre les deux.", "No known partnership between the two.");
        if (chain.empty()) {
            text += say(" Aucune chaîne de partenaires ne les relie.", " No chain of partners links them.");
        } else {
            std::string path;
            for (const std::string& name : names) {
                path += (path.empty() ? "" : " → ") + name;
            }
            text += say(" Chaîne la plus courte : ", " Shortest chain: ") + path + ".";
        }
        reading.paragraph(text);
    } else {
        Table t;
        t.id = "partnerships";
        t.title = say("Ce qu'ils font déjà ensemble", "What they do together already");
        t.columns = {{say("Partenariat", "Partnership"), false, 60},
                     {say("Type", "Kind")},
                     {say("Période", "Period")}};
        for (const PartnershipId p : partnerships) {
            const Partnership& partnership = view.network.partnerships()[p];
            const auto name = view.network.text(partnership.name);
            t.rows.push_back({std::string(name.empty() ? view.network.id(p) : name),
                              std::string(view.network.label("partnership_kind",
                                                             view.network.text(partnership.kind), language)),
                              period(partnership, language)});
        }
        reading.table(std::move(t));
    }
    for (const std::string& reason : words.reasons(view.pair)) {
        reading.paragraph(reason);
    }
    Table t;
    t.id = "contributions";
    t.title = partnerships.empty() ? say("Score du partenariat", "Score of the partnership")
                                   : say("Score qu'aurait ce partenariat s'il n'existait pas",
                                         "Score it would have, were it not there");
    t.columns = {{say("Part", "Part")},
                 {say("Valeur", "Value"), true},
                 {say("Poids", "Weight"), true},
                 {say("Contribution", "Contribution"), true}};
    for (const Feature feature : all_features) {
        const auto& value = view.pair.score.values[feature];
        t.rows.push_back({words.feature_name(feature), value ? number(*value, 3, language) : std::string("–"),
                          number(view.model.options().weights[feature], 2, language),
                          number(view.pair.score.contributions[feature], 3, language)});
    }
    t.rows.push_back({"Score", "", "", number(view.pair.score.score, 3, language)});
    reading.table(std::move(t));
    if (view.pair.effect) {
        reading.paragraph(say("Effet sur l'ouverture (indice E-I du premier regroupement) : ",
                              "Effect on openness (E-I index of the first grouping): ") +
                          number(view.pair.effect->before, 3, language) + " → " +
                          number(view.pair.effect->after, 3, language) + ".");
    }
    return reading;
}

}  // namespace maillage::io
