#include "io/report/evidence_words.hpp"
#include "io/report/explanation_document.hpp"
#include "io/report/match_words.hpp"
#include "io/report/name_words.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

class Reader {
public:
    Reader(const ExplanationView& view, Language language)
        : view_(view), language_(language), words_(view.network, view.projection, view.model) {}

    Reading read() {
        const PairExplanation& pair = view_.pair;
        reading_.title = name(pair.a) + pick(" et ", " and ") + name(pair.b);
        reading_.paragraph(words_.sentence(pair, language_));
        tell_way();
        tell_places();
        tell_match();
        add_score();
        add_partnerships();
        add_expertises();
        add_common_partners();
        add_groups();
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const { return std::string(words_.name(v)); }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }

    void tell_way() {
        if (view_.chain.empty()) {
            reading_.paragraph(pick("Aucune suite de partenariats ne les relie.",
                                    "No sequence of partnerships joins them."));
            return;
        }
        if (view_.chain.size() <= 2) {
            return;
        }
        std::string way;
        for (const VertexId v : view_.chain) {
            way += (way.empty() ? "" : " → ") + name(v);
        }
        reading_.paragraph(pick("Chemin le plus court (", "Shortest way (") + count(view_.chain.size() - 1) +
                           pick(" partenariats)", " partnerships)") + colon() + way + ".");
    }

    void tell_match() {
        reading_.heading(pick("Pourquoi ils se complètent", "Why they complement each other"));
        for (const std::string& sentence :
             match_sentences(view_.network, view_.projection, view_.match, language_)) {
            reading_.paragraph(sentence);
        }
    }

    void tell_places() {
        if (!view_.b_in_list_of_a.listed) {
            const bool linked = view_.model.input().known().adjacent(view_.pair.a, view_.pair.b);
            reading_.paragraph(
                linked
                    ? pick("Un partenariat les unit déjà\u00a0: la paire n’est pas proposée, le score dit ce "
                           "qu’elle vaudrait sans lui.",
                           "A partnership joins them already: the pair is not proposed, the score says what "
                           "it would be worth without.")
                    : pick("La paire n’est pas proposée\u00a0: l’un des deux est hors du périmètre.",
                           "The pair is not proposed: one of the two is out of scope."));
            return;
        }
        reading_.paragraph(capitalised(place(view_.pair.a, view_.b_in_list_of_a) + pick("\u00a0; ", "; ") +
                                       place(view_.pair.b, view_.a_in_list_of_b) + "."));
    }

    [[nodiscard]] std::string place(VertexId of, const PlaceInList& where) const {
        if (where.rank) {
            return pick("rang ", "rank ") + count(*where.rank) + pick(" dans la liste ", " in the list ") +
                   of_name(name(of), language_);
        }
        return pick("au-delà des ", "beyond the first ") + count(where.of) +
               pick(" premiers de la liste ", " of the list ") + of_name(name(of), language_);
    }

    /// What the history of the network makes of the pair.
    void add_likelihood() {
        const double score = fitted_score(*view_.fitted, *view_.evidence);
        reading_.paragraph(pick("Chance qu’un partenariat commence entre les deux\u00a0: ",
                                "Chance that a partnership of the two begins: ") +
                           percent(chance_of(score), chance_of(score) < 0.1 ? 1 : 0, language_) + ".");
        Table table;
        table.id = "likelihood";
        table.title = pick("Ce qui rend le partenariat plus ou moins probable",
                           "What makes the partnership more or less likely");
        table.columns = {{pick("Raison", "Reason")}, {pick("Effet sur la cote", "Effect on the odds"), true}};
        for (const auto& [label, part] : fitted_reasons(*view_.fitted, *view_.evidence, language_)) {
            table.rows.push_back({label, "×" + number(std::exp(part), 2, language_)});
        }
        table.note = fitted_note(*view_.fitted, language_);
        reading_.table(std::move(table));
    }

    void add_score() {
        if (view_.fitted != nullptr && view_.evidence) {
            add_likelihood();
            return;
        }
        const PairScore& score = view_.pair.score;
        Table table;
        table.id = "score";
        table.title = pick("De quoi le score est fait", "What the score is made of");
        table.columns = {{pick("Raison", "Reason")},
                         {pick("Valeur", "Value"), true},
                         {pick("Poids", "Weight"), true},
                         {pick("Apport", "Contribution"), true}};
        for (const Feature f : all_features) {
            if (!(view_.model.options().weights[f] > 0.0)) {
                continue;
            }
            table.rows.push_back({std::string(feature_label(f, language_)),
                                  score.values[f] ? number(*score.values[f], 3, language_) : "–",
                                  number(view_.model.options().weights[f], 2, language_),
                                  number(score.contributions[f], 3, language_)});
        }
        table.rows.push_back({"Score", "", "", number(score.score, 3, language_)});
        table.note =
            pick("Pour ", "For ") + name(view_.pair.a) + colon() +
            number(view_.pair.reciprocal.to_a, 3, language_) + pick("\u00a0; pour ", "; for ") +
            name(view_.pair.b) + colon() + number(view_.pair.reciprocal.to_b, 3, language_) +
            pick(
                ". – : rien n’est connu. Complémentarité et terrain commun sont comptés ici expertise par "
                "expertise, sans les domaines.",
                ". –: nothing is known. Complementarity and common ground are counted expertise by "
                "expertise here, without the fields.");
        reading_.table(std::move(table));
    }

    void add_partnerships() {
        const auto list = partnerships_between(view_.network, view_.projection.actor(view_.pair.a),
                                               view_.projection.actor(view_.pair.b));
        if (list.empty()) {
            return;
        }
        Table table;
        table.id = "partnerships";
        table.title = pick("Partenariats entre les deux", "Partnerships of the two");
        table.columns = {{pick("Partenariat", "Partnership")},
                         {pick("Type", "Kind")},
                         {pick("Début", "Start")},
                         {pick("Fin", "End")},
                         {pick("Membres", "Members"), true},
                         {pick("Dans l’analyse", "In the analysis")}};
        for (const PartnershipId p : list) {
            const Partnership& partnership = view_.network.partnerships()[p];
            const std::string_view title = view_.network.text(partnership.name);
            table.rows.push_back({std::string(title.empty() ? view_.network.id(p) : title),
                                  std::string(view_.network.label(
                                      "partnership_kind", view_.network.text(partnership.kind), language_)),
                                  partnership.start ? to_text(*partnership.start) : "–",
                                  partnership.end ? to_text(*partnership.end) : "–",
                                  count(view_.network.members(p).size()),
                                  view_.projection.partnership_used[index_of(p)] != 0 ? pick("oui", "yes")
                                                                                      : pick("non", "no")});
        }
        reading_.table(std::move(table));
    }

    /// One row an expertise that either offers or seeks.
    void add_expertises() {
        const RecommendInput& input = view_.model.input();
        const Profile a = profile(input.offers, input.seeks, view_.pair.a);
        const Profile b = profile(input.offers, input.seeks, view_.pair.b);
        std::vector<ExpertiseId> all;
        for (const auto& list : {a.offers, a.seeks, b.offers, b.seeks}) {
            for (const auto& held : list) {
                all.push_back(held.expertise);
            }
        }
        std::sort(all.begin(), all.end(), [&](ExpertiseId x, ExpertiseId y) {
            const double wx = view_.model.weights()[x];
            const double wy = view_.model.weights()[y];
            return wx != wy ? wx > wy : x < y;
        });
        all.erase(std::unique(all.begin(), all.end()), all.end());
        if (all.empty()) {
            return;
        }
        Table table;
        table.id = "expertises";
        table.title = pick("Expertises, les plus rares d’abord", "Expertises, the rarest first");
        table.columns = {{pick("Expertise", "Expertise")},
                         {name(view_.pair.a)},
                         {name(view_.pair.b)},
                         {pick("Acteurs qui l’offrent", "Actors that offer it"), true}};
        for (const ExpertiseId x : all) {
            table.rows.push_back({std::string(view_.network.label(x, language_)), state(a, x), state(b, x),
                                  count(view_.model.weights().holders[index_of(x)])});
        }
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string state(const Profile& actor, ExpertiseId x) const {
        const auto find = [x](std::span<const Incidence::OfVertex> list) {
            return std::find_if(list.begin(), list.end(),
                                [x](const auto& held) { return held.expertise == x; });
        };
        std::string text;
        const auto offer = find(actor.offers);
        if (offer != actor.offers.end()) {
            text = offer->inferred ? pick("offre (déduit)", "offers (inferred)") : pick("offre", "offers");
        }
        if (find(actor.seeks) != actor.seeks.end()) {
            text += (text.empty() ? "" : ", ") + pick("recherche", "seeks");
        }
        return text.empty() ? "–" : text;
    }

    void add_common_partners() {
        if (view_.pair.common_partners.empty()) {
            return;
        }
        Table table;
        table.id = "common_partners";
        table.title = pick("Partenaires communs", "Common partners");
        table.columns = {{pick("Acteur", "Actor")},
                         {pick("Part", "Part"), true},
                         {pick("Partenaires en tout", "Partners in all"), true}};
        for (const CommonPartner& partner : view_.pair.common_partners) {
            table.rows.push_back({name(partner.partner), number(partner.contribution, 3, language_),
                                  count(view_.model.input().ties.degree(partner.partner))});
        }
        table.note = pick(
            "Part dans l’allocation de ressources\u00a0: un partenaire qui en a peu d’autres compte plus.",
            "Part of resource allocation: a partner that has few others counts more.");
        reading_.table(std::move(table));
    }

    void add_groups() {
        const auto groupings = view_.model.input().groupings;
        if (groupings.empty()) {
            return;
        }
        Table table;
        table.id = "groups";
        table.title = pick("Groupes", "Groups");
        table.columns = {{pick("Attribut", "Attribute")}, {name(view_.pair.a)}, {name(view_.pair.b)}};
        for (std::size_t i = 0; i < groupings.size(); ++i) {
            table.rows.push_back({std::string(words_.attribute_label(i, language_)), groups(i, view_.pair.a),
                                  groups(i, view_.pair.b)});
        }
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string groups(std::size_t grouping, VertexId v) const {
        std::vector<std::string> names;
        for (const GroupId g : view_.model.input().groupings[grouping].of(v)) {
            names.emplace_back(words_.group_label(grouping, g, language_));
        }
        return names.empty() ? "–" : enumerate(names, language_);
    }

    const ExplanationView& view_;
    Language language_;
    PairWords words_;
    Reading reading_;
};

}  // namespace

Reading explanation_reading(const ExplanationView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
