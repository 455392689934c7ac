#include "engine/top_k.hpp"

#include "algorithms/recommend/list_figures.hpp"

#include "io/report/evidence_words.hpp"
#include "io/report/opportunities_words.hpp"
#include "io/report/pair_words.hpp"
#include "io/report/recommendations_document.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

/// Pairs of the table over all actors, and those told as sentences before it.
constexpr std::size_t best_pairs = 20;
constexpr std::size_t told = 3;
/// The table with one row an actor is for networks that can be read.
constexpr std::size_t most_actor_rows = 300;
constexpr std::size_t partners_in_a_row = 3;

struct Pair {
    VertexId a{};
    VertexId b{};
    double value = 0.0;
    double score = 0.0;
    const EvidenceValues* evidence = nullptr;
};

struct BestPairFirst {
    bool operator()(const Pair& x, const Pair& y) const noexcept {
        if (const int order = compare_scores(x.value, y.value); order != 0) {
            return order > 0;
        }
        return x.a != y.a ? x.a < y.a : x.b < y.b;
    }
};

class Reader {
public:
    Reader(const RecommendationsView& view, Language language)
        : view_(view),
          language_(language),
          words_(view.network, view.projection, view.model),
          explain_(view.model, {}, view.ei) {}

    Reading read() {
        if (view_.options.only) {
            read_actor(view_.result.actors.front());
        } else {
            read_all();
        }
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const { return std::string(words_.name(v)); }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }

    void read_all() {
        reading_.title = pick("Partenariats à ouvrir", "Partnerships to open");
        const auto& actors = view_.result.actors;
        const auto served = static_cast<std::size_t>(
            std::count_if(actors.begin(), actors.end(), [](const auto& a) { return !a.partners.empty(); }));
        std::string intro =
            served == 1
                ? pick("1 acteur sur ", "1 actor of ") + count(actors.size()) +
                      pick(" reçoit au moins une recommandation", " gets at least one recommendation")
                : count(served) + pick(" acteurs sur ", " actors of ") + count(actors.size()) +
                      pick(" reçoivent au moins une recommandation", " get at least one recommendation");
        const Exposure& exposure = view_.result.exposure;
        if (exposure.coverage && exposure.gini) {
            intro += pick("\u00a0; ", "; ") + percent(*exposure.coverage, 0, language_) +
                     pick(" des acteurs sont recommandés au moins une fois (inégalité de Gini ",
                          " of the actors are recommended at least once (Gini inequality ") +
                     number(*exposure.gini, 2, language_) + ")";
        }
        reading_.paragraph(intro + ".");
        say_rules();
        say_figures();
        say_bounds();
        add_best_pairs();
        add_actors();
    }

    /// What was asked for beyond the score, when anything was.
    void say_rules() {
        const ListPolicy& rules = view_.options.lists;
        std::vector<std::string> said;
        switch (view_.model.options().goal) {
            case Goal::likely:
                break;
            case Goal::complementary:
                said.push_back(pick("les compétences qui se complètent passent d’abord",
                                    "complementary expertises come first"));
                break;
            case Goal::bridging:
                said.push_back(
                    pick("les liens qui décloisonnent passent d’abord", "ties that open silos come first"));
                break;
        }
        if (rules.reciprocal != Fusion::off) {
            said.push_back(pick("les deux côtés doivent y gagner (", "both sides must gain (") +
                           std::string(fusion_label(rules.reciprocal, language_)) + ")");
        }
        if (rules.diversity > 0.0) {
            said.push_back(pick("les partenaires d’une même liste doivent différer (poids ",
                                "partners of a list should differ (weight ") +
                           number(rules.diversity, 2, language_) + ")");
        }
        if (rules.quota > 0) {
            said.push_back(pick("au moins ", "at least ") + count(rules.quota) +
                           pick(" par liste d’un autre groupe (", " of a list from another group (") +
                           std::string(words_.attribute_label(0, language_)) + ")");
        }
        if (rules.newcomers > 0) {
            said.push_back(pick("au moins ", "at least ") + count(rules.newcomers) +
                           pick(" par liste parmi les acteurs peu liés (", " of a list with few partners (") +
                           count(rules.newcomer_partners) +
                           (rules.newcomer_partners > 1 ? pick(" partenaires au plus)", " at most)")
                                                        : pick(" partenaire au plus)", " at most)")));
        }
        if (rules.max_exposure > 0) {
            said.push_back(pick("chacun figure dans ", "nobody stands in more than ") +
                           count(rules.max_exposure) +
                           (rules.max_exposure > 1 ? pick(" listes au plus", " lists")
                                                   : pick(" liste au plus", " list")));
        }
        if (const std::size_t pairs = view_.model.input().barred.edge_count(); pairs > 0) {
            said.push_back(count(pairs) + (pairs > 1 ? pick(" paires sont exclues", " pairs are excluded")
                                                     : pick(" paire est exclue", " pair is excluded")));
        }
        if (!said.empty()) {
            std::string text = pick("Règles\u00a0: ", "Rules: ");
            for (std::size_t i = 0; i < said.size(); ++i) {
                text += (i > 0 ? pick("\u00a0; ", "; ") : "") + said[i];
            }
            reading_.paragraph(text + ".");
        }
    }

    /// What the rules made of the lists.
    void say_figures() {
        const ListPolicy& rules = view_.options.lists;
        if (!rules.acts()) {
            return;
        }
        const ListFigures figures =
            list_figures(view_.model, view_.result.actors, rules.newcomer_partners,
                         Execution{.threads = view_.execution.threads, .progress = {}});
        std::vector<std::string> said;
        if (figures.diversity) {
            said.push_back(
                pick("les partenaires d’une liste diffèrent de ", "partners of a list differ by ") +
                percent(*figures.diversity, 0, language_) + pick(" en moyenne", " on average"));
        }
        if (figures.outside) {
            said.push_back(percent(*figures.outside, 0, language_) +
                           pick(" des places vont à un autre groupe", " of the places go to another group"));
        }
        if (figures.newcomers) {
            said.push_back(percent(*figures.newcomers, 0, language_) +
                           (figures.outside ? pick(" à des acteurs peu liés", " to actors with few partners")
                                            : pick(" des places vont à des acteurs peu liés",
                                                   " of the places go to actors with few partners")));
        }
        if (!view_.options.only) {
            said.push_back(
                pick("l’acteur le plus proposé figure dans ", "the most proposed actor stands in ") +
                count(most_shown(view_.model, view_.result.actors)) +
                (most_shown(view_.model, view_.result.actors) > 1 ? pick(" listes", " lists")
                                                                  : pick(" liste", " list")));
        }
        if (said.empty()) {
            return say_shortage();
        }
        std::string text = pick("Résultat\u00a0: ", "Result: ");
        for (std::size_t i = 0; i < said.size(); ++i) {
            text += (i > 0 ? pick("\u00a0; ", "; ") : "") + said[i];
        }
        const Exposure& before = view_.result.exposure_by_score;
        if (!view_.options.only && before.coverage && before.gini) {
            text += pick(". Sans ces règles, ", ". Without these rules, ") +
                    percent(*before.coverage, 0, language_) +
                    pick(" des acteurs seraient recommandés (inégalité de Gini ",
                         " of the actors would be recommended (Gini inequality ") +
                    number(*before.gini, 2, language_) + ")";
        }
        reading_.paragraph(text + ".");
        say_shortage();
    }

    void say_shortage() {
        std::size_t quota = 0;
        std::size_t newcomers = 0;
        for (const ActorRecommendations& actor : view_.result.actors) {
            quota += actor.short_of_quota;
            newcomers += actor.short_of_newcomers;
        }
        const auto say = [this](std::size_t places, std::string_view fr, std::string_view en) {
            if (places > 0) {
                reading_.paragraph(
                    count(places) +
                    (places > 1
                         ? pick(" places réservées n’ont trouvé personne", " reserved places found nobody")
                         : pick(" place réservée n’a trouvé personne", " reserved place found nobody")) +
                    pick(fr, en));
            }
        };
        say(quota, " d’un autre groupe.", " of another group.");
        say(newcomers, " de peu lié.", " with few partners.");
    }

    void say_bounds() {
        if (view_.result.exact()) {
            return;
        }
        reading_.paragraph(
            pick("Recherche bornée\u00a0: pour ", "Bounded search: for ") +
            count(std::max(view_.result.bounded_paths, view_.result.bounded_expertises)) +
            pick(" acteurs, les chemins les plus faibles ou les expertises les plus répandues n’ont pas été "
                 "parcourus.",
                 " actors the weakest ways or the commonest expertises were not followed."));
    }

    /// Each unordered pair once, from the list of either side.
    [[nodiscard]] std::vector<Pair> pairs() const {
        const auto& actors = view_.result.actors;
        const auto lists = [&](VertexId a, VertexId b) {
            const auto found =
                std::lower_bound(actors.begin(), actors.end(), a,
                                 [](const auto& entry, VertexId v) { return entry.actor < v; });
            return found != actors.end() && found->actor == a &&
                   std::any_of(found->partners.begin(), found->partners.end(),
                               [&](const auto& p) { return p.partner == b; });
        };
        TopK<Pair, BestPairFirst> best(best_pairs);
        for (const ActorRecommendations& actor : actors) {
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                const RecommendedPartner& p = actor.partners[i];
                const Pair pair{std::min(actor.actor, p.partner), std::max(actor.actor, p.partner), p.value,
                                p.score, actor.evidence.empty() ? nullptr : &actor.evidence[i]};
                const bool new_one = !best.full() || BestPairFirst{}(pair, best.worst());
                if (new_one && (actor.actor < p.partner || !lists(p.partner, actor.actor))) {
                    best.offer(pair);
                }
            }
        }
        return best.take();
    }

    void add_best_pairs() {
        const std::vector<Pair> best = pairs();
        if (best.empty()) {
            reading_.paragraph(pick("Aucun partenariat à proposer.", "No partnership to propose."));
            return;
        }
        Table table;
        table.id = "recommendations";
        table.title = pick("Les partenariats à ouvrir en premier", "The partnerships to open first");
        table.columns = {{"A"},
                         {"B"},
                         {fitted() ? pick("Chance", "Chance") : "Score", true},
                         {pick("Raisons principales", "Main reasons")},
                         {pick("A apporterait", "A would bring")},
                         {pick("B apporterait", "B would bring")},
                         {pick("Distance", "Distance"), true},
                         {pick("Effet E-I", "E-I effect"), true}};
        for (std::size_t i = 0; i < best.size(); ++i) {
            const PairExplanation pair = explain_(best[i].a, best[i].b);
            if (i < told) {
                reading_.paragraph(words_.sentence(pair, language_));
            }
            table.rows.push_back({name(pair.a), name(pair.b),
                                  fitted() ? chance(best[i].score) : number(pair.score.score, 3, language_),
                                  fitted() ? strongest_terms(*fitted(), *best[i].evidence, 3, language_)
                                           : words_.reasons(pair, language_),
                                  words_.expertises(pair.exchange.a_gives, language_),
                                  words_.expertises(pair.exchange.b_gives, language_), distance(pair),
                                  effect(pair)});
        }
        table.note = note() + " " + effect_note();
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string effect_note() const {
        const auto groupings = view_.model.input().groupings;
        if (groupings.empty()) {
            return {};
        }
        return pick(
                   "Distance en partenariats, acteurs hors périmètre compris. Effet\u00a0: ce que le lien "
                   "changerait à l’indice E-I du réseau selon l’attribut «\u00a0",
                   "Distance in partnerships, actors out of scope included. Effect: what the tie would "
                   "change in the E-I index of the network by the attribute \"") +
               std::string(words_.attribute_label(0, language_)) + pick("\u00a0».", "\".");
    }

    [[nodiscard]] const FittedRanking* fitted() const {
        return view_.options.fitted != nullptr ? &view_.options.fitted->ranking() : nullptr;
    }
    [[nodiscard]] std::string chance(double score) const {
        const double p = chance_of(score);
        return p < 0.001 ? pick("< 0,1 %", "< 0.1%") : percent(p, 1, language_);
    }
    [[nodiscard]] std::string note() const {
        return fitted() != nullptr ? fitted_note(*fitted(), language_) : score_note(view_.model, language_);
    }
    [[nodiscard]] std::string distance(const PairExplanation& pair) const {
        return pair.distance ? count(*pair.distance) : pick("> 3", "> 3");
    }
    [[nodiscard]] std::string effect(const PairExplanation& pair) const {
        if (!pair.effect) {
            return "–";
        }
        const double delta = pair.effect->delta();
        return (delta > 0.0 ? "+" : "") + number(delta, 4, language_);
    }

    void add_actors() {
        const auto& actors = view_.result.actors;
        if (actors.empty()) {
            return;
        }
        if (actors.size() > most_actor_rows) {
            reading_.paragraph(pick(
                "Le document JSON donne la liste de chaque acteur\u00a0; --actor ID montre celle d’un seul.",
                "The JSON document has the list of every actor; --actor ID shows that of one."));
            return;
        }
        Table table;
        table.id = "partners";
        table.title = pick("Acteur par acteur", "Actor by actor");
        table.columns = {{pick("Acteur", "Actor")},
                         {"Id"},
                         {pick("À rencontrer, ou pourquoi personne", "To meet, or why nobody"), false, 0}};
        for (const ActorRecommendations& actor : actors) {
            table.rows.push_back({name(actor.actor), std::string(words_.id(actor.actor)), partners(actor)});
        }
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string partners(const ActorRecommendations& actor) const {
        if (actor.partners.empty()) {
            return "– " + none(actor);
        }
        std::string text;
        for (std::size_t i = 0; i < std::min(partners_in_a_row, actor.partners.size()); ++i) {
            text += (i > 0 ? pick("\u00a0; ", "; ") : "") + name(actor.partners[i].partner) + " (" +
                    (fitted() != nullptr ? chance(actor.partners[i].score)
                                         : number(actor.partners[i].score, 2, language_)) +
                    ")";
        }
        return text;
    }

    [[nodiscard]] std::string none(const ActorRecommendations& actor) const {
        return no_recommendation(view_, actor, language_);
    }

    void read_actor(const ActorRecommendations& actor) {
        reading_.title = pick("Partenariats à ouvrir", "Partnerships to open") + colon() + name(actor.actor);
        if (actor.partners.empty()) {
            reading_.paragraph(pick("Aucun partenariat à proposer", "No partnership to propose") + colon() +
                               none(actor) + ".");
            return;
        }
        reading_.paragraph(count(actor.reach.candidates) +
                           (actor.reach.candidates > 1
                                ? pick(" acteurs à portée et non liés ont été comparés.",
                                       " actors within reach and not linked were compared.")
                                : pick(" acteur à portée et non lié a été considéré.",
                                       " actor within reach and not linked was considered.")));
        say_rules();
        say_figures();
        say_bounds();
        Table table;
        table.id = "recommendations";
        table.title = pick("De quoi le score est fait", "What the score is made of");
        table.columns = {{pick("Rang", "Rank"), true},
                         {pick("Partenaire", "Partner")},
                         {"Id"},
                         {fitted() != nullptr ? pick("Chance", "Chance") : "Score", true}};
        const bool mutual = view_.options.lists.reciprocal != Fusion::off;
        if (mutual) {
            table.columns.push_back({pick("Gain mutuel", "Mutual gain"), true});
        }
        std::vector<Feature> features;
        if (fitted() != nullptr) {
            table.title = pick("D’où vient la chance", "Where the chance comes from");
            table.columns.push_back({pick("Ce qui la fait", "What makes it"), false, 0});
        }
        std::copy_if(
            all_features.begin(), all_features.end(), std::back_inserter(features),
            [this](Feature f) { return fitted() == nullptr && view_.model.options().weights[f] > 0.0; });
        for (const Feature f : features) {
            table.columns.push_back({std::string(short_label(f, language_)), true});
        }
        table.columns.push_back({pick("Distance", "Distance"), true});
        table.columns.push_back({pick("Effet E-I", "E-I effect"), true});
        for (std::size_t i = 0; i < actor.partners.size(); ++i) {
            const RecommendedPartner& p = actor.partners[i];
            const PairExplanation pair = explain_(actor.actor, p.partner);
            reading_.paragraph(count(p.rank) + ". " + words_.note(pair, language_));
            std::vector<std::string> row = {
                count(p.rank), name(p.partner), std::string(words_.id(p.partner)),
                fitted() != nullptr ? chance(p.score) : number(p.score, 3, language_)};
            if (mutual) {
                row.push_back(number(p.value, 3, language_));
            }
            if (fitted() != nullptr) {
                row.push_back(strongest_terms(*fitted(), actor.evidence[i], 4, language_));
            }
            for (const Feature f : features) {
                row.push_back(pair.score.values[f] ? number(pair.score.contributions[f], 3, language_) : "–");
            }
            row.push_back(distance(pair));
            row.push_back(effect(pair));
            table.rows.push_back(std::move(row));
        }
        table.note = note() + " " + effect_note();
        reading_.table(std::move(table));
    }

    const RecommendationsView& view_;
    Language language_;
    PairWords words_;
    PairExplainer explain_;
    Reading reading_;
};

}  // namespace

std::string no_recommendation(const RecommendationsView& view, const ActorRecommendations& actor,
                              Language language) {
    std::string text(to_sentence(actor.reason, language));
    if (actor.introducer) {
        text += std::string(pick(language, "\u00a0; pour commencer, s’adresser à ", "; to begin with, ask ")) +
                std::string(view.network.name(view.projection.actor(actor.introducer->actor))) + " (" +
                number(actor.introducer->partners, language) +
                std::string(actor.introducer->partners == 1 ? pick(language, " partenaire)", " partner)")
                                                            : pick(language, " partenaires)", " partners)"));
    }
    return text;
}

Reading recommendations_reading(const RecommendationsView& view, Language language) {
    return view.opportunities != nullptr ? opportunities_reading(view, language)
                                         : Reader(view, language).read();
}

}  // namespace maillage::io
