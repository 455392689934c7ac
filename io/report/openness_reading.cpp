#include "io/report/group_words.hpp"
#include "io/report/openness_document.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace maillage::io {
namespace {

constexpr double significant = 0.05;
constexpr std::size_t most_matrix_groups = 10;
constexpr std::size_t most_groups_shown = 15;
constexpr std::size_t most_brokers_shown = 10;
constexpr std::size_t most_years_shown = 12;

struct Definition {
    std::string_view id, name_fr, name_en, text_fr, text_en;
};

constexpr std::array<Definition, 19> definitions = {{
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
    {"freeman", "Ségrégation de Freeman", "Freeman’s segregation",
     "Part des liens entre groupes attendus au hasard qui manquent ; 0 : comme au hasard, 1 : tous manquent "
     "(Freeman 1978).",
     "Share of the ties between groups expected by chance that are missing; 0: as by chance, 1: all missing "
     "(Freeman 1978)."},
    {"odds_ratio", "Rapport de cotes", "Odds ratio",
     "Combien de fois les chances d’un lien sont plus fortes dans un groupe qu’entre deux ; 1 : autant "
     "(Moody 2001).",
     "How many times the odds of a tie are higher inside a group than across; 1: the same (Moody 2001)."},
    {"odds_ratio_haldane", "Rapport de cotes corrigé", "Corrected odds ratio",
     "Le même avec 0,5 ajouté à chaque effectif, pour les petits nombres (Haldane 1956).",
     "The same with 0.5 added to each count, for small numbers (Haldane 1956)."},
    {"gupta_anderson_may", "Q de Gupta, Anderson et May", "Gupta, Anderson and May’s Q",
     "Moyenne par groupe de la part des liens internes, ramenée entre 0 et 1 (1989).",
     "Mean over groups of the share of inside ties, rescaled (1989)."},
    {"coleman", "Homophilie de Coleman", "Coleman’s homophily",
     "Préférence d’un groupe pour lui-même : 0 comme au hasard, 1 uniquement en son sein, −1 jamais (Coleman "
     "1958).",
     "A group’s preference for itself: 0 as by chance, 1 only inside, −1 never (Coleman 1958)."},
    {"modularity_declared", "Modularité des groupes", "Modularity of the groups",
     "Part des liens internes au-delà de celle que les degrés donneraient (Newman et Girvan 2004).",
     "Share of inside ties beyond what the degrees would give (Newman & Girvan 2004)."},
    {"modularity_ratio", "Modularité rapportée au maximum", "Modularity over the best found",
     "Modularité des groupes divisée par celle des communautés que forment les liens (Leiden, Traag et al. "
     "2019) ; "
     "proche de 1 : ces groupes sont les vrais silos du réseau.",
     "Modularity of the groups over that of the communities the ties make (Leiden, Traag et al. 2019); near "
     "1: "
     "these groups are the network’s real silos."},
    {"ami_declared", "Accord avec les communautés (AMI)", "Agreement with communities (AMI)",
     "Information mutuelle ajustée entre groupes et communautés ; 0 : comme au hasard, 1 : les mêmes (Vinh "
     "et al. "
     "2010).",
     "Adjusted mutual information of groups and communities; 0: as by chance, 1: the same (Vinh et al. "
     "2010)."},
    {"spectral_segregation", "Ségrégation spectrale", "Spectral segregation",
     "À quel point on est lié à des acteurs de son groupe eux-mêmes repliés sur le groupe ; 0 : jamais "
     "(Echenique et "
     "Fryer 2007).",
     "How far actors are tied to actors of their group who are themselves turned inward; 0: never (Echenique "
     "& Fryer "
     "2007)."},
    {"bubble_radius", "Rayon de la bulle", "Bubble radius",
     "Nombre moyen de pas, au plus 10, d’une marche au hasard avant de rencontrer un autre groupe (Haddadan "
     "et al. "
     "2021).",
     "Mean number of steps, at most 10, of a random walk until it meets another group (Haddadan et al. "
     "2021)."},
    {"steps_to_another_group", "Pas jusqu’à un autre groupe", "Steps to another group",
     "Le même sans limite de pas ; sans valeur si un acteur ne peut jamais sortir de son groupe.",
     "The same without a limit; no value when some actor can never leave its group."},
    {"boundary_connectivity", "Connectivité de la frontière", "Boundary connectivity",
     "Les acteurs en contact avec l’autre côté sont-ils plutôt tournés vers l’intérieur ? 0,5 : toujours, "
     "sous 0 : "
     "plutôt non (Guerra et al. 2013).",
     "Do actors in contact with the other side rather look inside? 0.5: always, below 0: rather not (Guerra "
     "et al. "
     "2013)."},
    {"random_walk_controversy", "Controverse par marche au hasard", "Random-walk controversy",
     "Une marche finit-elle du côté où elle a commencé ? 0 : impossible à dire, 1 : toujours (Garimella et "
     "al. 2018 ; "
     "chaque groupe face aux autres, puis la moyenne).",
     "Does a walk end on the side where it began? 0: no way to tell, 1: always (Garimella et al. 2018; each "
     "group "
     "against the others, then the mean)."},
    {"dipole_moment", "Moment dipolaire", "Dipole moment",
     "Distance entre les deux camps que ces marches dessinent, s’ils sont de même taille (Morales et al. "
     "2015).",
     "Distance of the two camps that these walks make, if of equal size (Morales et al. 2015)."},
    {"dyadicity", "Dyadicité", "Dyadicity",
     "Liens internes d’un groupe rapportés à ceux d’un réseau de même densité ; 1 : autant (Park et Barabási "
     "2007).",
     "Inside ties of a group over those of a network of the same density; 1: as many (Park & Barabási "
     "2007)."},
    {"heterophilicity", "Hétérophilicité", "Heterophilicity",
     "Liens d’un groupe vers les autres rapportés à ceux d’un réseau de même densité (Park et Barabási "
     "2007).",
     "Ties of a group to others over those of a network of the same density (Park & Barabási 2007)."},
}};

const Definition* find_definition(std::string_view id) {
    const auto found = std::find_if(definitions.begin(), definitions.end(),
                                    [id](const Definition& d) { return d.id == id; });
    return found == definitions.end() ? nullptr : &*found;
}

/// Everything an official asks of one attribute, in the order of the questions: how open, compared with what, where
/// closed, since when, what next.
class AttributeReading {
public:
    AttributeReading(const Network& network, const Projection& projection, const OpennessReport& report,
                     std::size_t number, Language language)
        : n_(network),
          projection_(projection),
          report_(report),
          o_(report.attributes[number]),
          labels_(report.labels[number]),
          series_(number < report.series.size() ? &report.series[number] : nullptr),
          l_(language) {}

    void add_to(Reading& reading) const {
        reading.heading(text("Par attribut : ", "By attribute: ") + grouping_label(n_, o_.attribute, l_));
        reading.paragraph(how_open());
        if (!(o_.mixing.ties() > 0.0)) {
            return;
        }
        reading.paragraph(against_chance());
        reading.paragraph(what_the_data_bear());
        reading.table(groups_table());
        reading.table(mixing_table());
        if (series_ != nullptr) {
            reading.paragraph(since_when());
            reading.table(years_table());
        }
        reading.paragraph(what_next());
        if (!o_.actors.empty()) {
            reading.table(brokers_table());
        }
        reading.table(indicators_table());
    }

private:
    [[nodiscard]] std::string text(std::string_view fr, std::string_view en) const {
        return std::string(pick(l_, fr, en));
    }
    [[nodiscard]] std::string label_of(const std::string& group) const {
        return group_label(n_, o_.attribute, group, l_);
    }
    [[nodiscard]] const Indicator* find(std::string_view id, std::string_view group = {}) const {
        const auto found = std::find_if(o_.indicators.begin(), o_.indicators.end(),
                                        [&](const Indicator& i) { return i.id == id && i.group == group; });
        return found == o_.indicators.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::string counted(std::size_t count, std::string_view one_fr, std::string_view more_fr,
                                      std::string_view one_en, std::string_view more_en) const {
        return number(count, l_) + " " + text(count < 2 ? one_fr : more_fr, count == 1 ? one_en : more_en);
    }
    /// Counts are whole unless ties are weighted.
    [[nodiscard]] std::string amount(double ties) const {
        return number(ties, ties == std::floor(ties) ? 0 : 1, l_);
    }
    [[nodiscard]] std::string figure(const std::optional<double>& value) const {
        return value ? number(*value, 2, l_) : std::string("–");
    }
    [[nodiscard]] std::string interval(const std::optional<Interval>& i) const {
        return i ? "[" + number(i->low, 2, l_) + text(" ; ", ", ") + number(i->high, 2, l_) + "]"
                 : std::string("–");
    }
    [[nodiscard]] std::string probability(double p) const {
        return p < 0.001 ? text("< 0,001", "< 0.001") : number(p, 3, l_);
    }
    [[nodiscard]] std::string equals(double p) const { return (p < 0.001 ? "" : "= ") + probability(p); }

    [[nodiscard]] std::string how_open() const {
        const MixingMatrix& m = o_.mixing;
        if (!(m.ties() > 0.0)) {
            if (m.actors == 0) {
                return text(
                    "Aucun acteur n’a de valeur pour cet attribut : l’ouverture ne peut pas être mesurée.",
                    "No actor has a value for this attribute: openness cannot be measured.");
            }
            return text(
                "Aucun lien entre acteurs dont on connaisse le groupe : l’ouverture ne peut pas être "
                "mesurée.",
                "No tie between actors whose group is known: openness cannot be measured.");
        }
        const std::string all = amount(m.ties());
        const std::string across = amount(m.external);
        const std::string share = percent(m.external / m.ties(), 0, l_);
        const std::string ei = figure(find("ei")->value);
        return l_ == Language::fr
                   ? "Sur " + all + " liens entre les " + number(m.actors, l_) + " acteurs considérés, " +
                         across + " (" + share + ") relient deux groupes différents. Indice E-I : " + ei +
                         " (de −1, entièrement cloisonné, à +1, uniquement des ponts)."
                   : "Of " + all + " ties among the " + number(m.actors, l_) + " actors considered, " +
                         across + " (" + share + ") link two different groups. E-I index: " + ei +
                         " (from −1, closed silos, to +1, only bridges).";
    }

    [[nodiscard]] const NullModel* dealt_anew(const Indicator& i) const {
        const auto found = std::find_if(i.null.begin(), i.null.end(),
                                        [](const NullModel& n) { return n.model == "label_permutation"; });
        return found == i.null.end() ? nullptr : &*found;
    }

    /// Several null models answer several questions: did ties fall on pairs at random, do the groups matter for who is
    /// central, is it more than the degrees? All are said; the verdict follows the one that keeps the graph.
    [[nodiscard]] std::string against_chance() const {
        const Indicator& ei = *find("ei");
        const NullModel* null = dealt_anew(ei);
        if (null == nullptr || !null->p) {
            return text(
                "La comparaison avec le hasard n’est pas possible : tous les acteurs sont dans le même "
                "groupe, "
                "ou presque.",
                "A comparison with chance is not possible: all actors are in one group, or nearly.");
        }
        if (o_.attribute == "community") {
            return text(
                "Ces groupes ont été tirés des liens eux-mêmes : ils sont fermés par construction, et la "
                "comparaison avec le hasard n’apprendrait rien.",
                "These groups were found from the ties themselves: they are closed by construction, and a "
                "comparison with chance would tell nothing.");
        }
        const bool apart = *null->p < significant;
        const bool closed = *ei.value < null->mean;
        const std::string expected = number(null->mean, 2, l_);
        std::string verdict;
        if (apart) {
            verdict = closed ? text("le réseau est plus cloisonné que le hasard",
                                    "the network is more closed than chance")
                             : text("le réseau est plus ouvert que le hasard",
                                    "the network is more open than chance");
        } else {
            verdict = text("on ne peut pas distinguer le réseau du hasard",
                           "the network cannot be told from chance");
        }
        std::string all =
            l_ == Language::fr
                ? "Comparé au hasard : si les groupes étaient répartis au hasard entre les mêmes acteurs, "
                  "on attendrait un indice de " +
                      expected + " ; " + verdict + " (p " + equals(*null->p) + ")."
                : "Compared with chance: were the groups dealt out at random among the same actors, an "
                  "index of " +
                      expected + " would be expected; " + verdict + " (p " + equals(*null->p) + ").";
        for (const NullModel& other : ei.null) {
            if (other.model == "hypergeometric" && other.p) {
                all += text(" Si les liens eux-mêmes étaient tirés au hasard (calcul exact) : p ",
                            " Were the ties themselves drawn at random (exact): p ") +
                       equals(*other.p) + ".";
            } else if (other.model == "degree_preserving" && other.p) {
                all +=
                    text(" Si chacun gardait son nombre de liens, redistribués au hasard : indice attendu ",
                         " Did everyone keep the number of ties, rewired at random: index expected ") +
                    number(other.mean, 2, l_) + ", p " + equals(*other.p) + ".";
            }
        }
        if (o_.attribute == "expertise") {
            all += text(
                " Attention : là où les expertises déclarées ont été déduites des partenariats, les liens "
                "sont "
                "internes par construction.",
                " Beware: where declared expertises were derived from partnerships, ties are inside by "
                "construction.");
        }
        return all + real_silos();
    }
    [[nodiscard]] std::string real_silos() const {
        const Indicator* ratio = find("modularity_ratio");
        const Indicator* ami = find("ami_declared");
        if (ratio == nullptr || !ratio->value || ami == nullptr || !ami->value || !o_.found) {
            return {};
        }
        const std::string share = percent(std::max(0.0, *ratio->value), 0, l_);
        const std::string_view like_fr = *ratio->value >= 0.8 ? "ces groupes sont bien les silos du réseau"
                                         : *ratio->value >= 0.3
                                             ? "ces groupes n’expliquent qu’une partie de ses silos"
                                             : "les silos du réseau sont ailleurs";
        const std::string_view like_en = *ratio->value >= 0.8 ? "these groups are the network’s silos"
                                         : *ratio->value >= 0.3
                                             ? "these groups explain a part of its silos only"
                                             : "the network’s silos are elsewhere";
        return l_ == Language::fr ? " Les groupes font " + share +
                                        " de la séparation que montrent les communautés formées par les "
                                        "liens : " +
                                        std::string(like_fr) + "."
                                  : " The groups make " + share +
                                        " of the separation that the communities formed by the ties show: " +
                                        std::string(like_en) + ".";
    }

    [[nodiscard]] std::string what_the_data_bear() const {
        const Indicator& ei = *find("ei");
        std::string all;
        if (ei.ci95 && o_.resolution) {
            const std::string half = number(*o_.resolution, 2, l_);
            all = l_ == Language::fr
                      ? "Ce que les données permettent de dire : intervalle à 95 % " + interval(ei.ci95) +
                            ". Avec " + amount(o_.mixing.ties()) + " liens, l’indice n’est connu qu’à ± " +
                            half + " près ; un écart plus petit entre deux dates ne prouverait rien."
                      : "What the data can bear: 95 % interval " + interval(ei.ci95) + ". With " +
                            amount(o_.mixing.ties()) + " ties the index is known to ± " + half +
                            " only; a smaller difference between two dates would prove nothing.";
        }
        std::vector<std::string> left_out;
        if (o_.mixing.actors_without_group > 0) {
            left_out.push_back(counted(o_.mixing.actors_without_group, "acteur sans valeur pour cet attribut",
                                       "acteurs sans valeur pour cet attribut",
                                       "actor without a value for this attribute",
                                       "actors without a value for this attribute"));
        }
        if (o_.mixing.ties_without_group > 0.0) {
            left_out.push_back(amount(o_.mixing.ties_without_group) +
                               text(" de leurs liens", " of their ties"));
        }
        if (report_.ties_leaving_scope > 0) {
            left_out.push_back(
                number(report_.ties_leaving_scope, l_) +
                text(" liens vers des acteurs hors du périmètre", " ties to actors out of scope"));
        }
        if (!left_out.empty()) {
            all += std::string(all.empty() ? "" : " ") + text("Non comptés : ", "Not counted: ") +
                   enumerate(left_out, l_) + ".";
        }
        if (report_.isolates > 0) {
            all += " " + counted(report_.isolates, "acteur n’a aucun lien connu dans le périmètre.",
                                 "acteurs n’ont aucun lien connu dans le périmètre.",
                                 "actor has no known tie within the scope.",
                                 "actors have no known tie within the scope.");
        }
        return all;
    }

    [[nodiscard]] Table groups_table() const {
        Table t;
        t.id = "groups_" + o_.attribute;
        t.title = text("Où est-ce fermé ?", "Where is it closed?");
        t.columns = {{text("Groupe", "Group")},
                     {text("Acteurs", "Actors"), true},
                     {text("Liens internes", "Inside"), true},
                     {text("Vers d’autres", "To others"), true},
                     {"E-I", true},
                     {text("Intervalle 95 %", "95 % interval"), true},
                     {text("Face au hasard", "Against chance")},
                     {text("Homophilie", "Homophily"), true},
                     {text("Bulle", "Bubble"), true}};
        std::vector<std::size_t> order(o_.groups.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [this](std::size_t x, std::size_t y) {
            return o_.groups[x].ei.value.value_or(2.0) < o_.groups[y].ei.value.value_or(2.0);
        });
        std::size_t without_ties = 0;
        for (const std::size_t g : order) {
            const GroupOpenness& group = o_.groups[g];
            if (t.rows.size() == most_groups_shown || !group.ei.value) {
                without_ties += group.ei.value ? 0U : 1U;
                continue;
            }
            const Indicator* homophily = find("coleman", group.group);
            const Indicator* bubble = find("bubble_radius", group.group);
            t.rows.push_back({label_of(group.group), number(group.size, l_), amount(group.internal),
                              amount(group.external), figure(group.ei.value), interval(group.ci95),
                              verdict(group.group),
                              figure(homophily == nullptr ? std::nullopt : homophily->value),
                              bubble != nullptr && bubble->value ? number(*bubble->value, 1, l_) : "–"});
        }
        t.note = text(
            "Du plus fermé au plus ouvert. « Face au hasard » : probabilité, corrigée du nombre de "
            "groupes testés. Bulle : pas avant de rencontrer un autre groupe.",
            "From the most closed to the most open. “Against chance”: probability, corrected for the "
            "number of groups tested. Bubble: steps until another group is met.");
        const std::size_t more = o_.groups.size() - without_ties - t.rows.size();
        if (more > 0) {
            t.note += l_ == Language::fr
                          ? " " + number(more, l_) + " groupes plus ouverts sont dans le document JSON."
                          : " " + number(more, l_) + " more open groups are in the JSON document.";
        }
        if (without_ties > 0) {
            t.note += l_ == Language::fr ? " Groupes sans aucun lien : " + number(without_ties, l_) + "."
                                         : " Groups without any tie: " + number(without_ties, l_) + ".";
        }
        return t;
    }
    [[nodiscard]] std::string verdict(const std::string& group) const {
        const Indicator* i = find("ei", group);
        bool higher_is_closed = false;
        if (i == nullptr || !i->p_adjusted ||
            i->null.empty()) {  // no exact test with several groups an actor
            i = find("coleman", group);
            higher_is_closed = true;
        }
        if (i == nullptr || !i->p_adjusted || i->null.empty() || !i->value) {
            return text("non testable", "cannot be tested");
        }
        if (*i->p_adjusted >= significant) {
            return text("comme au hasard", "as by chance");
        }
        return ((*i->value < i->null.front().mean) != higher_is_closed ? text("plus fermé", "more closed")
                                                                       : text("plus ouvert", "more open")) +
               " (p " + equals(*i->p_adjusted) + ")";
    }

    [[nodiscard]] Table mixing_table() const {
        Table t;
        t.id = "mixing_" + o_.attribute;
        t.title = text("Qui est lié à qui", "Who is tied to whom");
        std::vector<std::size_t> shown(o_.mixing.groups);
        std::iota(shown.begin(), shown.end(), std::size_t{0});
        std::stable_sort(shown.begin(), shown.end(),
                         [this](std::size_t x, std::size_t y) { return ties_of(x) > ties_of(y); });
        shown.resize(std::min(shown.size(), most_matrix_groups));
        t.columns = {{text("Groupe", "Group")}};
        for (std::size_t i = 0; i < shown.size(); ++i) {
            t.columns.push_back({"(" + std::to_string(i + 1) + ")", true});
        }
        for (std::size_t i = 0; i < shown.size(); ++i) {
            std::vector<std::string> row = {"(" + std::to_string(i + 1) + ") " +
                                            label_of(o_.group_names[shown[i]])};
            for (const std::size_t h : shown) {
                const double ties = o_.mixing.ties_between(shown[i], h);
                row.push_back(ties > 0.0 ? amount(ties) : "·");
            }
            t.rows.push_back(std::move(row));
        }
        t.note = text("Nombre de liens ; la diagonale compte les liens à l’intérieur d’un groupe.",
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

    /// The change from the first year with ties to the last, and whether any step of a year can be told.
    [[nodiscard]] std::string since_when() const {
        if (!series_->overall) {
            return text("Depuis quand ? Une seule année a des liens : rien ne peut être comparé.",
                        "Since when? Only one year has ties: nothing can be compared.");
        }
        const Change& change = *series_->overall;
        const ChangedMeasure& ei = change.measures.front();
        const std::string from = std::to_string(series_->first);
        const std::string to = std::to_string(series_->last);
        std::string all =
            l_ == Language::fr
                ? "Depuis quand ? De " + from + " à " + to + ", l’indice E-I passe de " + figure(ei.before) +
                      " à " + figure(ei.after) + " (" + amount(change.before.ties) + " puis " +
                      amount(change.after.ties) + " liens)"
                : "Since when? From " + from + " to " + to + " the E-I index goes from " + figure(ei.before) +
                      " to " + figure(ei.after) + " (" + amount(change.before.ties) + ", then " +
                      amount(change.after.ties) + " ties)";
        if (ei.p) {
            const bool more_open = ei.difference.value_or(0.0) > 0.0;
            all += *ei.p >= significant
                       ? text(
                             " ; les liens apparus ou disparus ne se répartissent pas autrement que les "
                             "autres : les "
                             "données ne prouvent aucun changement",
                             "; the ties that came or went do not mix otherwise than the others: the data "
                             "prove no "
                             "change")
                       : (more_open ? text(" ; le réseau s’est ouvert", "; the network has opened")
                                    : text(" ; le réseau s’est refermé", "; the network has closed"));
            all += " (p " + equals(*ei.p) + ")";
        }
        all += ". ";
        std::vector<std::string> told;
        for (const OpennessYear& y : series_->years) {
            if (y.p_adjusted && *y.p_adjusted < significant) {
                told.push_back(std::to_string(y.year));
            }
        }
        if (told.empty()) {
            const OpennessYear& last = series_->years.back();
            all += l_ == Language::fr
                       ? amount(last.at.ties) +
                             " liens : trop peu pour distinguer une année de la "
                             "précédente."
                       : amount(last.at.ties) + " ties: too few to tell one year from the one before.";
        } else {
            all += text("Années où le changement se voit : ", "Years whose change can be told: ") +
                   enumerate(told, l_) + ".";
        }
        if (series_->undated > 0) {
            all += l_ == Language::fr ? " " + number(series_->undated, l_) +
                                            " partenariats sans date comptent pour toutes les années."
                                      : " " + number(series_->undated, l_) +
                                            " partnerships without a date count in every year.";
        }
        return all;
    }
    [[nodiscard]] Table years_table() const {
        Table t;
        t.id = "years_" + o_.attribute;
        t.title = text("Année par année", "Year by year");
        t.columns = {{text("Année", "Year"), true},
                     {text("Liens", "Ties"), true},
                     {text("Densité", "Density"), true},
                     {"E-I", true},
                     {text("Intervalle 95 %", "95 % interval"), true},
                     {text("Au hasard", "By chance"), true},
                     {text("Rapport de cotes", "Odds ratio"), true},
                     {text("p du changement", "p of change"), true}};
        const auto& years = series_->years;
        const std::size_t skipped = years.size() > most_years_shown ? years.size() - most_years_shown : 0;
        for (std::size_t i = skipped; i < years.size(); ++i) {
            const MixingAt& at = years[i].at;
            t.rows.push_back({std::to_string(years[i].year), amount(at.ties),
                              at.density.value ? percent(*at.density.value,
                                                         *at.density.value < 0.001  ? 3
                                                         : *at.density.value < 0.01 ? 2
                                                                                    : 1,
                                                         l_)
                                               : "–",
                              figure(at.values[0]), interval(at.ei95),
                              figure(at.chance ? std::optional(at.chance->mean) : std::nullopt),
                              figure(at.values[5]),
                              years[i].p_adjusted ? probability(*years[i].p_adjusted) : "–"});
        }
        t.note = text(
            "Partenariats en cours à un moment de l’année. Le rapport de cotes (corrigé, Haldane 1956) ne "
            "bouge "
            "pas avec la densité. p : les liens apparus ou disparus depuis l’année précédente se "
            "répartissent-"
            "ils autrement que les autres ? Corrigé du nombre d’années.",
            "Partnerships that ran at some time in the year. The odds ratio (corrected, Haldane 1956) does "
            "not "
            "move with the density. p: do the ties that came or went since the year before mix otherwise "
            "than "
            "the others? Corrected for the number of years.");
        if (skipped > 0) {
            t.note += l_ == Language::fr ? " Les années d’avant sont dans le document JSON."
                                         : " Earlier years are in the JSON document.";
        }
        return t;
    }

    /// How many new ties between groups would bring E-I to what chance gives.
    [[nodiscard]] std::string what_next() const {
        const Indicator& ei = *find("ei");
        const NullModel* null = dealt_anew(ei);
        std::string all = text("Et maintenant ? ", "What next? ");
        const bool closed = std::any_of(ei.null.begin(), ei.null.end(), [&](const NullModel& n) {
            return n.p && *n.p < significant && *ei.value < n.mean;
        });
        if (null != nullptr && closed && *ei.value < null->mean - 1e-9 && null->mean < 1.0 &&
            !report_.weighted && o_.attribute != "community") {
            const double ties = o_.mixing.ties();
            const double needed = std::ceil(
                (null->mean * ties - (o_.mixing.external - o_.mixing.internal)) / (1.0 - null->mean) - 1e-9);
            all += l_ == Language::fr
                       ? amount(needed) +
                             " nouveaux liens entre groupes, à liens internes constants, ramèneraient "
                             "l’indice à ce que donnerait le hasard (" +
                             number(null->mean, 2, l_) + "). "
                       : amount(needed) +
                             " new ties between groups, those inside staying as they are, would bring the "
                             "index to what chance gives (" +
                             number(null->mean, 2, l_) + "). ";
        }
        all += text(
            "Tout nouveau lien entre groupes compte autant dans l’indice E-I ; « maillage bridges » dit "
            "lesquels "
            "ouvriraient le plus le réseau, « maillage recommend » lesquels sont plausibles.",
            "Every new tie between groups counts the same in the E-I index; “maillage bridges” says which "
            "would "
            "open the network most, “maillage recommend” which are plausible.");
        if (series_ == nullptr) {
            all += text(" Pour l’évolution : --every year.", " For the course of time: --every year.");
        }
        return all;
    }

    [[nodiscard]] Table indicators_table() const {
        Table t;
        t.id = "indicators_" + o_.attribute;
        t.title = text("Les mesures et leur définition", "The measures and their definition");
        t.columns = {{text("Mesure", "Measure")},
                     {text("Valeur", "Value"), true},
                     {text("Intervalle 95 %", "95 % interval"), true},
                     {text("Au hasard", "By chance"), true},
                     {"p", true},
                     {text("Définition et source", "Definition and source"), false, 64}};
        std::size_t drawn = 0;
        for (const Indicator& i : o_.indicators) {
            if (!i.group.empty()) {
                continue;
            }
            const NullModel* null = o_.attribute == "community" ? nullptr : dealt_anew(i);
            drawn = std::max(drawn, null == nullptr ? 0 : null->replicates);
            t.rows.push_back(
                {indicator_name(i.id, l_), i.value ? figure(i.value) : why_words(i.why), interval(i.ci95),
                 figure(null == nullptr ? std::nullopt : std::optional(null->mean)),
                 null == nullptr || !null->p ? "–" : probability(*null->p), indicator_definition(i.id, l_)});
        }
        t.note = l_ == Language::fr ? "« Au hasard » et p : groupes redistribués au hasard entre les mêmes "
                                      "acteurs, calcul exact pour "
                                      "E-I, sinon " +
                                          number(drawn, l_) +
                                          " tirages. Un intervalle n’est donné que s’il a été vérifié par "
                                          "simulation ; il suppose les "
                                          "liens indépendants."
                                    : "“By chance” and p: groups dealt out at random among the same actors, "
                                      "exact for E-I, else " +
                                          number(drawn, l_) +
                                          " draws. An interval is given only where simulation confirms it; "
                                          "it takes ties as independent.";
        return t;
    }
    [[nodiscard]] std::string why_words(std::string_view why) const {
        if (why == why_single_group) {
            return text("un seul groupe", "one group");
        }
        if (why == why_closed) {
            return text("groupe sans sortie", "no way out");
        }
        if (why == why_no_boundary) {
            return text("pas de frontière", "no boundary");
        }
        if (why == why_several_groups) {
            return text("plusieurs groupes", "several groups");
        }
        return text("non définie", "undefined");
    }

    [[nodiscard]] Table brokers_table() const {
        std::vector<ActorOpenness> actors = o_.actors;
        std::stable_sort(actors.begin(), actors.end(), [](const ActorOpenness& x, const ActorOpenness& y) {
            return x.external != y.external ? x.external > y.external : x.vertex < y.vertex;
        });
        actors.resize(std::min(actors.size(), most_brokers_shown));
        Table t;
        t.id = "brokers_" + o_.attribute;
        t.title = text("Qui fait le pont entre les groupes", "Who bridges the groups");
        t.columns = {{text("Acteur", "Actor")},
                     {text("Groupe", "Group")},
                     {text("Liens vers d’autres groupes", "Ties to other groups"), true},
                     {text("Liens internes", "Inside"), true},
                     {text("Diversité", "Spread"), true}};
        for (const ActorOpenness& a : actors) {
            std::vector<std::string> groups;
            for (const GroupId g : labels_.of(a.vertex)) {
                groups.push_back(label_of(labels_.name(g)));
            }
            t.rows.push_back({std::string(n_.name(projection_.actor(a.vertex))), enumerate(groups, l_),
                              amount(a.external), amount(a.internal), figure(a.participation.value)});
        }
        t.note = text(
            "Diversité : 0 si tous les liens vont à un seul groupe, proche de 1 s’ils se partagent entre "
            "beaucoup (coefficient de participation, Guimerà et Amaral 2005).",
            "Spread: 0 when all ties go to one group, near 1 when shared among many (participation "
            "coefficient, Guimerà & Amaral 2005).");
        return t;
    }

    const Network& n_;
    const Projection& projection_;
    const OpennessReport& report_;
    const Openness& o_;
    const GroupLabels& labels_;
    const OpennessSeries* series_;
    Language l_;
};

}  // namespace

std::string indicator_definition(std::string_view id, Language language) {
    const Definition* d = find_definition(id);
    return d == nullptr ? std::string(id) : std::string(pick(language, d->text_fr, d->text_en));
}

std::string indicator_name(std::string_view id, Language language) {
    const Definition* d = find_definition(id);
    return d == nullptr ? std::string(id) : std::string(pick(language, d->name_fr, d->name_en));
}

Reading openness_reading(const Network& network, const Projection& projection, const OpennessReport& report,
                         Language language) {
    Reading reading;
    reading.title =
        pick(language, "Ouverture du réseau entre groupes", "Openness of the network between groups");
    for (std::size_t number = 0; number < report.attributes.size(); ++number) {
        AttributeReading(network, projection, report, number, language).add_to(reading);
    }
    reading.paragraph(std::string(pick(language,
                                       "À savoir : il n’existe pas de définition officielle du "
                                       "décloisonnement. Chaque mesure ci-dessus est publiée "
                                       "et sa source est donnée ; un lien est une paire d’acteurs ayant au "
                                       "moins un partenariat connu, et l’absence "
                                       "de lien peut être un manque de données.",
                                       "Note: no official definition of décloisonnement exists. Each measure "
                                       "above is published, with its source; a "
                                       "tie is a pair of actors with at least one known partnership, and a "
                                       "missing tie may be missing data.")));
    return reading;
}

}  // namespace maillage::io
