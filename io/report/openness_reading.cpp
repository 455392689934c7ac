#include "io/report/openness_document.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace maillage::io {
namespace {

constexpr double significant = 0.05;
constexpr std::size_t most_matrix_groups = 10;
constexpr std::size_t most_brokers_shown = 10;

struct Definition {
    std::string_view id, name_fr, name_en, text_fr, text_en;
};

constexpr std::array<Definition, 8> definitions = {{
    {"ei", "Indice E-I", "E-I index",
     "(liens entre groupes − liens dans un groupe) / total ; −1 : cloisonné, +1 : uniquement des ponts "
     "(Krackhardt et Stern 1988).",
     "(ties between groups − ties inside) / all; −1: closed silos, +1: only bridges (Krackhardt & Stern "
     "1988)."},
    {"ei_rescaled", "E-I rapporté à ses bornes", "E-I within its bounds",
     "Indice E-I entre la plus petite (−1) et la plus grande (+1) valeur possibles avec ces tailles de "
     "groupes et ce nombre de liens.",
     "E-I between the least (−1) and greatest (+1) value possible with these group sizes and number of "
     "ties."},
    {"assortativity", "Assortativité", "Assortativity",
     "Part des liens internes au-delà de celle attendue au hasard ; 0 : comme au hasard, 1 : aucun lien "
     "entre groupes (Newman 2003).",
     "Share of inside ties beyond the one expected by chance; 0: as by chance, 1: no tie between groups "
     "(Newman 2003)."},
    {"freeman", "Ségrégation de Freeman", "Freeman's segregation",
     "Part des liens entre groupes attendus au hasard qui manquent ; 0 : comme au hasard, 1 : tous manquent "
     "(Freeman 1978).",
     "Share of the ties between groups expected by chance that are missing; 0: as by chance, 1: all missing "
     "(Freeman 1978)."},
    {"odds_ratio", "Rapport de cotes", "Odds ratio",
     "Combien de fois les chances d'un lien sont plus fortes dans un groupe qu'entre deux ; 1 : autant "
     "(Moody 2001).",
     "How many times the odds of a tie are higher inside a group than across; 1: the same (Moody 2001)."},
    {"odds_ratio_haldane", "Rapport de cotes corrigé", "Corrected odds ratio",
     "Le même avec 0,5 ajouté à chaque effectif, pour les petits nombres (Haldane 1956).",
     "The same with 0.5 added to each count, for small numbers (Haldane 1956)."},
    {"gupta_anderson_may", "Q de Gupta, Anderson et May", "Gupta, Anderson and May's Q",
     "Moyenne par groupe de la part des liens internes, ramenée entre 0 et 1 (1989).",
     "Mean over groups of the share of inside ties, rescaled (1989)."},
    {"coleman", "Homophilie de Coleman", "Coleman's homophily",
     "Préférence d'un groupe pour lui-même : 0 comme au hasard, 1 uniquement en son sein, −1 jamais (Coleman "
     "1958).",
     "A group's preference for itself: 0 as by chance, 1 only inside, −1 never (Coleman 1958)."},
}};

const Definition* find_definition(std::string_view id) {
    const auto found = std::find_if(definitions.begin(), definitions.end(),
                                    [id](const Definition& d) { return d.id == id; });
    return found == definitions.end() ? nullptr : &*found;
}

/// Everything an official asks of one attribute, in the order of the questions.
class AttributeReading {
public:
    AttributeReading(const Network& network, const Projection& projection, const OpennessReport& report,
                     const Openness& o, Language language)
        : n_(network), projection_(projection), report_(report), o_(o), l_(language) {}

    void add_to(Reading& reading) const {
        reading.heading(std::string(pick(l_, "Par attribut : ", "By attribute: ")) + attribute_label());
        reading.paragraph(how_open());
        if (!(o_.mixing.ties() > 0.0)) {
            return;
        }
        reading.paragraph(against_chance());
        reading.paragraph(what_the_data_bear());
        reading.table(groups_table());
        reading.table(mixing_table());
        reading.table(indicators_table());
        if (!o_.actors.empty()) {
            reading.table(brokers_table());
        }
    }

private:
    [[nodiscard]] std::string attribute_label() const {
        return std::string(n_.label("attribute", o_.attribute, l_));
    }
    [[nodiscard]] std::string group_label(const std::string& group) const {
        return std::string(n_.label(o_.attribute, group, l_));
    }
    [[nodiscard]] const Indicator& find(std::string_view id) const {
        return *std::find_if(o_.indicators.begin(), o_.indicators.end(),
                             [id](const Indicator& i) { return i.id == id && i.group.empty(); });
    }
    /// Counts are whole unless ties are weighted.
    [[nodiscard]] std::string amount(double ties) const {
        return number(ties, ties == std::floor(ties) ? 0 : 1, l_);
    }
    [[nodiscard]] std::string figure(const std::optional<double>& value) const {
        return value ? number(*value, 2, l_) : std::string("–");
    }
    [[nodiscard]] std::string interval(const std::optional<Interval>& i) const {
        return i ? "[" + number(i->low, 2, l_) + std::string(pick(l_, " ; ", ", ")) + number(i->high, 2, l_) +
                       "]"
                 : std::string("–");
    }
    [[nodiscard]] std::string probability(double p) const {
        return p < 0.001 ? std::string(pick(l_, "< 0,001", "< 0.001")) : number(p, 3, l_);
    }

    [[nodiscard]] std::string how_open() const {
        const MixingMatrix& m = o_.mixing;
        if (!(m.ties() > 0.0)) {
            return std::string(
                pick(l_,
                     "Aucun lien entre acteurs dont on connaisse le groupe : l'ouverture ne peut pas être "
                     "mesurée.",
                     "No tie between actors whose group is known: openness cannot be measured."));
        }
        const std::string all = amount(m.ties());
        const std::string across = amount(m.external);
        const std::string share = percent(m.external / m.ties(), 0, l_);
        const std::string ei = figure(find("ei").value);
        return l_ == Language::fr
                   ? "Sur " + all + " liens entre les " + number(m.actors, l_) + " acteurs considérés, " +
                         across + " (" + share + ") relient deux groupes différents. Indice E-I : " + ei +
                         " (de −1, entièrement cloisonné, à +1, uniquement des ponts)."
                   : "Of " + all + " ties among the " + number(m.actors, l_) + " actors considered, " +
                         across + " (" + share + ") link two different groups. E-I index: " + ei +
                         " (from −1, closed silos, to +1, only bridges).";
    }

    /// Two null models answer two questions: did ties fall on pairs at random, and do the groups matter for
    /// who is central? Both are said; the sentence follows the one that keeps the graph.
    [[nodiscard]] std::string against_chance() const {
        const Indicator& ei = find("ei");
        if (ei.null.empty() || !ei.null.back().p) {
            return std::string(
                pick(l_,
                     "La comparaison avec le hasard n'est pas possible : tous les acteurs sont dans le même "
                     "groupe, ou presque.",
                     "A comparison with chance is not possible: all actors are in one group, or nearly."));
        }
        const NullModel& null = ei.null.back();
        const bool apart = *null.p < significant;
        const bool closed = *ei.value < null.mean;
        const std::string expected = number(null.mean, 2, l_);
        std::string verdict;
        if (apart) {
            verdict = closed ? pick(l_, "le réseau est plus cloisonné que le hasard",
                                    "the network is more closed than chance")
                             : pick(l_, "le réseau est plus ouvert que le hasard",
                                    "the network is more open than chance");
        } else {
            verdict = pick(l_, "on ne peut pas distinguer le réseau du hasard",
                           "the network cannot be told from chance");
        }
        std::string text = l_ == Language::fr
                               ? "Comparé au hasard : si les groupes étaient répartis au hasard entre les "
                                 "mêmes acteurs, on attendrait un indice de " +
                                     expected + " ; " + verdict + " (p " + equals(*null.p) + ")."
                               : "Compared with chance: were the groups dealt out at random among the same "
                                 "actors, an index of " +
                                     expected + " would be expected; " + verdict + " (p " + equals(*null.p) +
                                     ").";
        if (ei.null.size() > 1 && ei.null.front().p) {
            text += l_ == Language::fr
                        ? " Si les liens eux-mêmes étaient tirés au hasard (calcul exact) : p " +
                              equals(*ei.null.front().p) + "."
                        : " Were the ties themselves drawn at random (exact): p " +
                              equals(*ei.null.front().p) + ".";
        }
        return text;
    }
    [[nodiscard]] std::string equals(double p) const { return (p < 0.001 ? "" : "= ") + probability(p); }

    [[nodiscard]] std::string what_the_data_bear() const {
        const Indicator& ei = find("ei");
        std::string text;
        if (ei.ci95 && o_.resolution) {
            const std::string half = number(*o_.resolution, 2, l_);
            text = l_ == Language::fr
                       ? "Ce que les données permettent de dire : intervalle à 95 % " + interval(ei.ci95) +
                             ". Avec " + amount(o_.mixing.ties()) + " liens, l'indice n'est connu qu'à ± " +
                             half + " près ; un écart plus petit entre deux dates ne prouverait rien."
                       : "What the data can bear: 95 % interval " + interval(ei.ci95) + ". With " +
                             amount(o_.mixing.ties()) + " ties the index is known to ± " + half +
                             " only; a smaller difference between two dates would prove nothing.";
        }
        std::vector<std::string> left_out;
        if (o_.mixing.actors_without_group > 0) {
            left_out.push_back(number(o_.mixing.actors_without_group, l_) +
                               std::string(pick(l_, " acteurs sans valeur pour cet attribut",
                                                " actors without a value for this attribute")));
        }
        if (o_.mixing.ties_without_group > 0.0) {
            left_out.push_back(amount(o_.mixing.ties_without_group) +
                               std::string(pick(l_, " de leurs liens", " of their ties")));
        }
        if (report_.ties_leaving_scope > 0) {
            left_out.push_back(number(report_.ties_leaving_scope, l_) +
                               std::string(pick(l_, " liens vers des acteurs hors du périmètre",
                                                " ties to actors out of scope")));
        }
        if (!left_out.empty()) {
            text += std::string(text.empty() ? "" : " ") +
                    std::string(pick(l_, "Non comptés : ", "Not counted: ")) + enumerate(left_out, l_) + ".";
        }
        if (report_.isolates > 0) {
            text += " " + number(report_.isolates, l_) +
                    std::string(pick(l_, " acteurs n'ont aucun lien connu dans le périmètre.",
                                     " actors have no known tie within the scope."));
        }
        return text;
    }

    [[nodiscard]] Table groups_table() const {
        Table t;
        t.id = "groups_" + o_.attribute;
        t.title = pick(l_, "Où est-ce fermé ?", "Where is it closed?");
        t.columns = {{std::string(pick(l_, "Groupe", "Group"))},
                     {std::string(pick(l_, "Acteurs", "Actors")), true},
                     {std::string(pick(l_, "Liens internes", "Inside")), true},
                     {std::string(pick(l_, "Vers d'autres", "To others")), true},
                     {"E-I", true},
                     {std::string(pick(l_, "Intervalle 95 %", "95 % interval")), true},
                     {std::string(pick(l_, "Face au hasard", "Against chance"))},
                     {std::string(pick(l_, "Homophilie", "Homophily")), true}};
        std::vector<std::size_t> order(o_.groups.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [this](std::size_t x, std::size_t y) {
            return o_.groups[x].ei.value.value_or(2.0) < o_.groups[y].ei.value.value_or(2.0);
        });
        for (const std::size_t g : order) {
            const GroupOpenness& group = o_.groups[g];
            t.rows.push_back({group_label(group.group), number(group.size, l_), amount(group.internal),
                              amount(group.external), figure(group.ei.value), interval(group.ci95),
                              verdict(group.group), figure(coleman_of(group.group))});
        }
        t.note = pick(l_,
                      "Du plus fermé au plus ouvert. « Face au hasard » : probabilité exacte, corrigée du "
                      "nombre de groupes testés.",
                      "From the most closed to the most open. “Against chance”: exact probability, corrected "
                      "for the number of groups tested.");
        return t;
    }

    [[nodiscard]] const Indicator* of_group(std::string_view id, const std::string& group) const {
        const auto found = std::find_if(o_.indicators.begin(), o_.indicators.end(),
                                        [&](const Indicator& i) { return i.id == id && i.group == group; });
        return found == o_.indicators.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::optional<double> coleman_of(const std::string& group) const {
        const Indicator* i = of_group("coleman", group);
        return i == nullptr ? std::nullopt : i->value;
    }
    [[nodiscard]] std::string verdict(const std::string& group) const {
        const Indicator* i = of_group("ei", group);
        if (i == nullptr || !i->p_adjusted || i->null.empty()) {
            return std::string(pick(l_, "non testable", "cannot be tested"));
        }
        if (*i->p_adjusted >= significant) {
            return std::string(pick(l_, "comme au hasard", "as by chance"));
        }
        return (*i->value < i->null.front().mean ? std::string(pick(l_, "plus fermé", "more closed"))
                                                 : std::string(pick(l_, "plus ouvert", "more open"))) +
               " (p " + equals(*i->p_adjusted) + ")";
    }

    [[nodiscard]] Table mixing_table() const {
        Table t;
        t.id = "mixing_" + o_.attribute;
        t.title = pick(l_, "Qui est lié à qui", "Who is tied to whom");
        std::vector<std::size_t> shown(o_.mixing.groups);
        std::iota(shown.begin(), shown.end(), std::size_t{0});
        std::stable_sort(shown.begin(), shown.end(),
                         [this](std::size_t x, std::size_t y) { return ties_of(x) > ties_of(y); });
        shown.resize(std::min(shown.size(), most_matrix_groups));
        t.columns = {{std::string(pick(l_, "Groupe", "Group"))}};
        for (std::size_t i = 0; i < shown.size(); ++i) {
            t.columns.push_back({"(" + std::to_string(i + 1) + ")", true});
        }
        for (std::size_t i = 0; i < shown.size(); ++i) {
            std::vector<std::string> row = {"(" + std::to_string(i + 1) + ") " +
                                            group_label(o_.group_names[shown[i]])};
            for (const std::size_t h : shown) {
                const double ties = o_.mixing.ties_between(shown[i], h);
                row.push_back(ties > 0.0 ? amount(ties) : "·");
            }
            t.rows.push_back(std::move(row));
        }
        t.note = pick(l_, "Nombre de liens ; la diagonale compte les liens à l'intérieur d'un groupe.",
                      "Number of ties; the diagonal counts ties inside a group.");
        if (o_.mixing.groups > shown.size()) {
            t.note += l_ == Language::fr ? " Les " + std::to_string(shown.size()) +
                                               " groupes les plus liés ; tous sont dans le document JSON."
                                         : " The " + std::to_string(shown.size()) +
                                               " most tied groups; all are in the JSON document.";
        }
        return t;
    }
    [[nodiscard]] double ties_of(std::size_t g) const {
        double ties = 0.0;
        for (std::size_t h = 0; h < o_.mixing.groups; ++h) {
            ties += o_.mixing.ties_between(g, h);
        }
        return ties;
    }

    [[nodiscard]] Table indicators_table() const {
        Table t;
        t.id = "indicators_" + o_.attribute;
        t.title = pick(l_, "Les mesures et leur définition", "The measures and their definition");
        t.columns = {{std::string(pick(l_, "Mesure", "Measure"))},
                     {std::string(pick(l_, "Valeur", "Value")), true},
                     {std::string(pick(l_, "Intervalle 95 %", "95 % interval")), true},
                     {std::string(pick(l_, "Définition et source", "Definition and source")), false, 70}};
        for (const Indicator& i : o_.indicators) {
            const Definition* d = find_definition(i.id);
            if (i.group.empty() && d != nullptr) {
                t.rows.push_back({std::string(pick(l_, d->name_fr, d->name_en)), figure(i.value),
                                  interval(i.ci95), indicator_definition(i.id, l_)});
            }
        }
        return t;
    }

    [[nodiscard]] Table brokers_table() const {
        std::vector<ActorOpenness> actors = o_.actors;
        std::stable_sort(actors.begin(), actors.end(), [](const ActorOpenness& x, const ActorOpenness& y) {
            return x.external != y.external ? x.external > y.external : x.vertex < y.vertex;
        });
        actors.resize(std::min(actors.size(), most_brokers_shown));
        Table t;
        t.id = "brokers_" + o_.attribute;
        t.title = pick(l_, "Qui fait le pont entre les groupes", "Who bridges the groups");
        t.columns = {{std::string(pick(l_, "Acteur", "Actor"))},
                     {std::string(pick(l_, "Groupe", "Group"))},
                     {std::string(pick(l_, "Liens vers d'autres groupes", "Ties to other groups")), true},
                     {std::string(pick(l_, "Liens internes", "Inside")), true},
                     {std::string(pick(l_, "Diversité", "Spread")), true}};
        const GroupLabels labels = labels_by(n_, projection_.actor_of, o_.attribute);
        for (const ActorOpenness& a : actors) {
            std::vector<std::string> groups;
            for (const GroupId g : labels.of(a.vertex)) {
                groups.push_back(group_label(labels.name(g)));
            }
            t.rows.push_back({std::string(n_.name(projection_.actor(a.vertex))), enumerate(groups, l_),
                              amount(a.external), amount(a.internal), figure(a.participation.value)});
        }
        t.note = pick(l_,
                      "Diversité : 0 si tous les liens vont à un seul groupe, proche de 1 s'ils se partagent "
                      "entre beaucoup (coefficient de participation, Guimerà et Amaral 2005).",
                      "Spread: 0 when all ties go to one group, near 1 when shared among many (participation "
                      "coefficient, Guimerà & Amaral 2005).");
        return t;
    }

    const Network& n_;
    const Projection& projection_;
    const OpennessReport& report_;
    const Openness& o_;
    Language l_;
};

}  // namespace

std::string indicator_definition(std::string_view id, Language language) {
    const Definition* d = find_definition(id);
    return d == nullptr ? std::string(id) : std::string(pick(language, d->text_fr, d->text_en));
}

Reading openness_reading(const Network& network, const Projection& projection, const OpennessReport& report,
                         Language language) {
    Reading reading;
    reading.title =
        pick(language, "Ouverture du réseau entre groupes", "Openness of the network between groups");
    for (const Openness& o : report.attributes) {
        AttributeReading(network, projection, report, o, language).add_to(reading);
    }
    reading.paragraph(std::string(
        pick(language,
             "À savoir : il n'existe pas de définition officielle du décloisonnement. Chaque mesure "
             "ci-dessus est publiée et sa source est "
             "donnée ; un lien est une paire d'acteurs ayant au moins un partenariat connu, et l'absence de "
             "lien peut être un manque de données.",
             "Note: no official definition of décloisonnement exists. Each measure above is published, with "
             "its source; a tie is a pair "
             "of actors with at least one known partnership, and a missing tie may be missing data.")));
    return reading;
}

}  // namespace maillage::io
