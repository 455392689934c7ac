#include "engine/top_k.hpp"

#include "io/report/pair_words.hpp"
#include "io/report/recommendations_document.hpp"

#include <algorithm>
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
    double score = 0.0;
};

struct BestPairFirst {
    bool operator()(const Pair& x, const Pair& y) const noexcept {
        const double kx = score_key(x.score);
        const double ky = score_key(y.score);
        if (kx != ky) {
            return kx > ky;
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
            count(served) + pick(" acteurs sur ", " actors of ") + count(actors.size()) +
            pick(" reçoivent au moins une recommandation", " get at least one recommendation");
        const Exposure& exposure = view_.result.exposure;
        if (exposure.coverage && exposure.gini) {
            intro += pick("\u00a0; ", "; ") + percent(*exposure.coverage, 0, language_) +
                     pick(" des acteurs sont recommandés au moins une fois (inégalité de Gini ",
                          " of the actors are recommended at least once (Gini inequality ") +
                     number(*exposure.gini, 2, language_) + ")";
        }
        reading_.paragraph(intro + ".");
        say_bounds();
        add_best_pairs();
        add_actors();
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
            for (const RecommendedPartner& p : actor.partners) {
                const Pair pair{std::min(actor.actor, p.partner), std::max(actor.actor, p.partner), p.score};
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
                         {"Score", true},
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
            table.rows.push_back(
                {name(pair.a), name(pair.b), number(pair.score.score, 3, language_),
                 words_.reasons(pair, language_), words_.expertises(pair.exchange.a_gives, language_),
                 words_.expertises(pair.exchange.b_gives, language_), distance(pair), effect(pair)});
        }
        table.note = score_note(view_.model, language_) + " " + effect_note();
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
                    number(actor.partners[i].score, 2, language_) + ")";
        }
        return text;
    }

    /// Why nobody, and whom to ask.
    [[nodiscard]] std::string none(const ActorRecommendations& actor) const {
        std::string text(to_sentence(actor.reason, language_));
        if (actor.introducer) {
            text += pick("\u00a0; pour commencer, s’adresser à ", "; to begin with, ask ") +
                    name(actor.introducer->actor) + " (" + count(actor.introducer->partners) +
                    (actor.introducer->partners == 1 ? pick(" partenaire)", " partner)")
                                                     : pick(" partenaires)", " partners)"));
        }
        return text;
    }

    void read_actor(const ActorRecommendations& actor) {
        reading_.title = pick("Partenariats à ouvrir", "Partnerships to open") + colon() + name(actor.actor);
        if (actor.partners.empty()) {
            reading_.paragraph(pick("Aucun partenariat à proposer", "No partnership to propose") + colon() +
                               none(actor) + ".");
            return;
        }
        reading_.paragraph(count(actor.reach.candidates) +
                           pick(" acteurs à portée et non liés ont été comparés.",
                                " actors within reach and not linked were compared."));
        say_bounds();
        Table table;
        table.id = "recommendations";
        table.title = pick("De quoi le score est fait", "What the score is made of");
        table.columns = {
            {pick("Rang", "Rank"), true}, {pick("Partenaire", "Partner")}, {"Id"}, {"Score", true}};
        for (const Feature f : all_features) {
            table.columns.push_back({std::string(feature_label(f, language_)), true});
        }
        table.columns.push_back({pick("Distance", "Distance"), true});
        table.columns.push_back({pick("Effet E-I", "E-I effect"), true});
        for (const RecommendedPartner& p : actor.partners) {
            const PairExplanation pair = explain_(actor.actor, p.partner);
            reading_.paragraph(count(p.rank) + ". " + words_.sentence(pair, language_));
            std::vector<std::string> row = {count(p.rank), name(p.partner), std::string(words_.id(p.partner)),
                                            number(p.score, 3, language_)};
            for (const Feature f : all_features) {
                row.push_back(pair.score.values[f] ? number(pair.score.contributions[f], 3, language_) : "–");
            }
            row.push_back(distance(pair));
            row.push_back(effect(pair));
            table.rows.push_back(std::move(row));
        }
        table.note = score_note(view_.model, language_) + " " + effect_note();
        reading_.table(std::move(table));
    }

    const RecommendationsView& view_;
    Language language_;
    PairWords words_;
    PairExplainer explain_;
    Reading reading_;
};

}  // namespace

Reading recommendations_reading(const RecommendationsView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
