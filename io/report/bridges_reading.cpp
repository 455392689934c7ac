#include "io/report/bridges_document.hpp"
#include "io/report/brokers_document.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::size_t told = 3;
constexpr std::size_t holding_rows = 10;

class Reader {
public:
    Reader(const BridgesView& view, Language language)
        : view_(view), l_(language), words_(view.network, view.surroundings, view.model) {}

    Reading read() {
        reading_.title =
            pick("Partenariats qui ouvriraient le réseau", "Partnerships that would open the network");
        where_we_stand();
        if (why_no_bridges(view_).empty()) {
            what_to_open();
            targets();
            before_and_after();
            alternative();
        }
        what_holds();
        who_brokers();
        caveats();
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(l_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const {
        return std::string(view_.network.name(view_.projection.actor(v)));
    }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, l_); }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }
    [[nodiscard]] std::string semicolon() const { return pick("\u00a0; ", "; "); }
    [[nodiscard]] std::string attribute_label(std::size_t i) const {
        return std::string(view_.network.label("attribute", view_.groupings[i].attribute(), l_));
    }
    [[nodiscard]] std::string group_label(std::size_t i, std::string_view group) const {
        return std::string(view_.network.label(view_.groupings[i].attribute(), group, l_));
    }
    [[nodiscard]] std::string groups_of(std::size_t i, VertexId v) const {
        std::vector<std::string> names;
        for (const GroupId g : view_.groupings[i].of(v)) {
            names.push_back(group_label(i, view_.groupings[i].name(g)));
        }
        return enumerate(names, l_);
    }
    [[nodiscard]] std::string figure(const std::optional<double>& value, int decimals) const {
        return value ? number(*value, decimals, l_) : "–";
    }
    [[nodiscard]] BridgeObjective objective() const { return view_.options.bridging.objective; }
    [[nodiscard]] int decimals() const { return objective() == BridgeObjective::controversy ? 3 : 2; }
    [[nodiscard]] std::string attributes() const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            names.push_back(attribute_label(i));
        }
        return enumerate(names, l_);
    }

    /// What the objective's figure means, once, in plain words.
    void where_we_stand() {
        const std::string_view why = why_no_bridges(view_);
        if (why == why_empty_group) {
            reading_.paragraph(pick("Rien à dire : aucun acteur n’a de valeur pour ",
                                    "Nothing to say: no actor has a value for ") +
                               attributes() + ".");
            return;
        }
        if (why == why_single_group) {
            reading_.paragraph(
                pick("Rien à ouvrir : tous les acteurs qui ont une valeur sont dans le même groupe (",
                     "Nothing to open: all actors that have a value are in one group (") +
                attributes() + ").");
            return;
        }
        if (why == why_no_edges) {
            reading_.paragraph(
                pick("Rien à ouvrir : aucun lien connu entre des acteurs dont le groupe est connu. "
                     "Avec --isolates, les premiers liens sont proposés.",
                     "Nothing to open: no known tie between actors of known groups. With --isolates "
                     "first ties are proposed."));
            return;
        }
        const NetworkFigures& before = view_.result.before;
        if (!before.objective) {
            reading_.paragraph(
                pick("La mesure demandée n’est pas définie ici : trop peu d’acteurs entre les points "
                     "d’arrivée. Un --end-points plus petit, ou --objective bubble, donne une réponse.",
                     "The measure asked for is undefined here: too few actors between the end points. A "
                     "smaller --end-points, or --objective bubble, gives an answer."));
            return;
        }
        const std::string value = number(*before.objective, decimals(), l_);
        const std::string limit = count(view_.options.bridging.steps);
        std::string text;
        switch (objective()) {
            case BridgeObjective::bubble:
                text =
                    l_ == Language::fr
                        ? "Aujourd’hui, en passant au hasard d’un partenaire à l’autre, il faut en moyenne " +
                              value + " pas pour sortir de son groupe (" + attributes() +
                              "\u00a0; compté jusqu’à " + limit +
                              "). Plus ce nombre est petit, plus le réseau est ouvert."
                        : "Today, going from partner to partner at random, it takes " + value +
                              " steps on average to leave one’s group (" + attributes() + "; counted up to " +
                              limit + "). The smaller the number, the more open the network.";
                break;
            case BridgeObjective::controversy:
                text = l_ == Language::fr
                           ? "Aujourd’hui, la controverse par marche aléatoire est de " + value + " (" +
                                 attributes() +
                                 ")\u00a0: à 1, une marche finit toujours dans le groupe d’où elle part ; à "
                                 "0, l’arrivée "
                                 "ne dit rien du départ."
                           : "Today random-walk controversy is " + value + " (" + attributes() +
                                 "): at 1 a walk always ends in the group it began in; at 0 its end tells "
                                 "nothing of its "
                                 "beginning.";
                break;
            case BridgeObjective::reach:
                text = l_ == Language::fr
                           ? "Aujourd’hui, un acteur peut être présenté en deux liens au plus à " + value +
                                 " acteurs d’autres groupes en moyenne (" + attributes() + ")."
                           : "Today an actor can be introduced to " + value +
                                 " actors of other groups within two ties, on average (" + attributes() +
                                 ").";
                break;
        }
        reading_.paragraph(text);
    }

    [[nodiscard]] std::string change(double before, double after) const {
        const double share = before != 0.0 ? (after - before) / std::abs(before) : 0.0;
        const std::string size = percent(std::abs(share), 0, l_);
        return (share < 0.0 ? "−" : "+") + size;
    }

    void what_to_open() {
        const Bridging& r = view_.result;
        if (r.bridges.empty()) {
            reading_.paragraph(nothing_found());
            return;
        }
        // a small change among two decimals would look like none
        const bool close = r.before.objective && r.after.objective &&
                           std::abs(*r.before.objective - *r.after.objective) < 0.1;
        const int digits = std::max(decimals(), close ? 3 : 2);
        std::string text = pick("Avec ", "With ") + count(r.bridges.size()) +
                           (r.bridges.size() == 1 ? pick(" partenariat de plus", " more partnership")
                                                  : pick(" partenariats de plus", " more partnerships")) +
                           pick(", ce chiffre passerait de ", " this figure would go from ") +
                           figure(r.before.objective, digits) + pick(" à ", " to ") +
                           figure(r.after.objective, digits);
        if (r.before.objective && r.after.objective) {
            text += " (" + change(*r.before.objective, *r.after.objective) + ")";
        }
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            text += semicolon() + pick("l’indice E-I (", "the E-I index (") + attribute_label(i) + ")" +
                    pick(" de ", " from ") + figure(r.before.attributes[i].ties.ei().value, 3) +
                    pick(" à ", " to ") + figure(r.after.attributes[i].ties.ei().value, 3);
        }
        reading_.paragraph(text + ".");
        if (!view_.options.bridging.target && r.end != BridgingEnd::found) {
            reading_.paragraph(nothing_found());
        }
        for (std::size_t i = 0; i < std::min(told, r.bridges.size()); ++i) {
            reading_.paragraph(count(i + 1) + ". " + words_.sentence(view_.pairs[i].facts, l_));
        }
        Table t;
        t.id = "bridges";
        t.title = pick("Les partenariats qui ouvriraient le plus", "The partnerships that would open most");
        t.columns = {{pick("Rang", "Rank"), true},
                     {"A"},
                     {"B"},
                     {pick("Frontière franchie", "Border crossed")},
                     {pick("Effet", "Effect"), true},
                     {pick("Plausibilité", "Plausibility"), true},
                     {pick("Complémentarité", "Complementarity"), true}};
        const bool far = std::any_of(view_.pairs.begin(), view_.pairs.end(),
                                     [](const BridgePair& p) { return p.kilometres.has_value(); });
        if (far) {
            t.columns.push_back({"km", true});
        }
        t.columns.push_back({pick("Chiffre après", "Figure after"), true});
        for (std::size_t i = 0; i < r.bridges.size(); ++i) {
            const Bridge& b = r.bridges[i];
            std::vector<std::string> borders;
            for (std::size_t k = 0; k < view_.groupings.size(); ++k) {
                borders.push_back(groups_of(k, b.a) + " – " + groups_of(k, b.b));
            }
            std::vector<std::string> row = {count(b.rank),
                                            name(b.a),
                                            name(b.b),
                                            join(borders, " ; "),
                                            number(b.effect, 4, l_),
                                            number(b.worth.plausibility, 2, l_),
                                            figure(view_.pairs[i].facts.score.expertise.score, 2)};
            if (far) {
                row.push_back(figure(view_.pairs[i].kilometres, 0));
            }
            row.push_back(number(b.objective, 3, l_));
            t.rows.push_back(std::move(row));
        }
        t.note = table_note();
        reading_.table(std::move(t));
    }

    static std::string join(const std::vector<std::string>& items, std::string_view between) {
        std::string all;
        for (const std::string& item : items) {
            all += (all.empty() ? "" : std::string(between)) + item;
        }
        return all;
    }

    [[nodiscard]] std::string nothing_found() const {
        const Bridging& r = view_.result;
        if (r.end == BridgingEnd::no_effect) {
            return pick("Aucun autre lien n’ouvrirait davantage le réseau.",
                        "No other tie would open the network further.");
        }
        if (r.implausible > 0) {
            return pick("Il n’y a pas d’autre paire à proposer : pour ",
                        "There is no other pair to propose: for ") +
                   count(r.implausible) +
                   pick(
                       " paires qui franchiraient une frontière, rien de connu ne parle en faveur d’un "
                       "partenariat "
                       "(--weigh none les compare quand même).",
                       " pairs that would cross a border nothing known speaks for a partnership (--weigh "
                       "none compares "
                       "them all the same).");
        }
        return pick(
            "Il n’y a pas d’autre paire à proposer : toutes celles qui franchiraient une frontière sont déjà "
            "liées.",
            "There is no other pair to propose: all that would cross a border are linked already.");
    }

    [[nodiscard]] std::string table_note() const {
        const Bridging& r = view_.result;
        std::string note = pick(
            "Effet : ce que le lien change au chiffre ci-dessus, une fois les précédents noués (calcul "
            "exact). ",
            "Effect: what the tie does to the figure above once those before it are there (exact). ");
        switch (view_.options.weighing) {
            case PairWeighing::recommendation:
                note += pick(
                    "Choix : effet multiplié par la plausibilité, score de recommandation sans la part du "
                    "décloisonnement, de 0 à 1 ; ce n’est pas une probabilité. ",
                    "Choice: effect times plausibility, the score of a recommendation without the part of "
                    "crossing, from 0 to 1; it is no probability. ");
                break;
            case PairWeighing::complementarity:
                note += pick("Choix : effet multiplié par la complémentarité des expertises. ",
                             "Choice: effect times the complementarity of the expertises. ");
                break;
            case PairWeighing::none:
                note += pick("Choix : l’effet seul, quelle que soit la plausibilité du lien. ",
                             "Choice: the effect alone, however plausible the tie. ");
                break;
        }
        if (view_.options.distance_costs) {
            note += pick("Divisé par le coût : 1 + distance / 100 km. ",
                         "Divided by the cost: 1 + distance / 100 km. ");
        }
        note += count(r.candidates) + pick(" paires comparées", " pairs compared");
        if (!r.exact()) {
            note +=
                pick(", entre les ", ", among the ") + count(r.ends_looked_at) +
                pick(" acteurs qui peuvent changer le plus, sur ", " actors that could change most, of ") +
                count(r.ends);
        }
        note += objective() == BridgeObjective::bubble
                    ? pick(" ; l’ensemble vaut au moins 63 % du meilleur choix possible d’autant de liens.",
                           "; together at least 63 % of the best choice of as many ties.")
                    : ".";
        return note;
    }

    void targets() {
        const Bridging& r = view_.result;
        if (view_.options.bridging.target) {
            const std::string target = number(*view_.options.bridging.target, decimals(), l_);
            if (r.target_met) {
                reading_.paragraph(r.bridges.empty()
                                       ? pick("La cible de ", "The target of ") + target +
                                             pick(" est déjà atteinte.", " is met already.")
                                       : pick("Pour atteindre ", "To reach ") + target +
                                             pick(", il faut ", " it takes ") + count(r.bridges.size()) +
                                             pick(" liens choisis ainsi.", " ties chosen in this way."));
            } else {
                reading_.paragraph(
                    pick("La cible de ", "The target of ") + target +
                    pick(" n’est pas atteinte avec ", " is not met with ") + count(r.bridges.size()) +
                    (r.end == BridgingEnd::most ? pick(" liens, le nombre maximal essayé (--most).",
                                                       " ties, as many as are tried (--most).")
                                                : pick(" liens. ", " ties. ") + nothing_found()));
            }
        }
        if (view_.options.ei_target) {
            for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
                const TieCounts& ties = r.before.attributes[i].ties;
                const auto needed = ties_to_ei(ties.external, ties.internal, *view_.options.ei_target);
                const std::string target = number(*view_.options.ei_target, 2, l_);
                std::string text = attribute_label(i) + colon();
                if (!needed) {
                    text += pick("aucun nombre de liens nouveaux ne porte l’indice E-I à ",
                                 "no number of new ties brings the E-I index to ") +
                            target + ".";
                } else if (*needed == 0) {
                    text += pick("l’indice E-I est déjà d’au moins ", "the E-I index is at least ") + target +
                            pick(".", " already.");
                } else {
                    text += pick("pour un indice E-I de ", "for an E-I index of ") + target +
                            pick(", il faut ", " it takes ") + count(static_cast<std::size_t>(*needed)) +
                            pick(
                                " liens entre groupes de plus, n’importe lesquels : chacun a le même effet "
                                "sur cet indice.",
                                " more ties between groups, whichever they are: each does the same to this "
                                "index.");
                }
                reading_.paragraph(text);
            }
        }
    }

    void before_and_after() {
        const NetworkFigures& b = view_.result.before;
        const NetworkFigures& a = view_.result.after;
        if (view_.result.bridges.empty()) {
            return;
        }
        Table t;
        t.id = "before_after";
        t.title = pick("Le réseau avant et après", "The network before and after");
        t.columns = {
            {pick("Mesure", "Measure")}, {pick("Avant", "Before"), true}, {pick("Après", "After"), true}};
        const auto row = [&](const std::string& what, const std::optional<double>& x,
                             const std::optional<double>& y, int digits) {
            t.rows.push_back({what, figure(x, digits), figure(y, digits)});
        };
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            const std::string of = " (" + attribute_label(i) + ")";
            const AttributeFigures& x = b.attributes[i];
            const AttributeFigures& y = a.attributes[i];
            row(pick("Indice E-I", "E-I index") + of, x.ties.ei().value, y.ties.ei().value, 3);
            row(pick("Pas pour sortir de son groupe", "Steps to leave one’s group") + of, x.bubble, y.bubble,
                3);
            if (x.reach) {
                row(pick("Acteurs d’autres groupes à deux liens au plus",
                         "Actors of other groups within two ties") +
                        of,
                    x.reach, y.reach, 2);
            }
            if (objective() == BridgeObjective::controversy) {
                row(pick("Controverse par marche aléatoire", "Random-walk controversy") + of,
                    x.controversy.value, y.controversy.value, 3);
            }
        }
        t.rows.push_back({pick("Liens", "Ties"), count(b.ties), count(a.ties)});
        t.rows.push_back({pick("Composantes de deux acteurs ou plus", "Components of two actors or more"),
                          count(b.components), count(a.components)});
        t.rows.push_back(
            {pick("Acteurs de la plus grande", "Actors of the largest"), count(b.largest), count(a.largest)});
        t.rows.push_back({pick("Paires d’acteurs reliées", "Pairs of actors joined"),
                          count(static_cast<std::size_t>(b.joined_pairs)),
                          count(static_cast<std::size_t>(a.joined_pairs))});
        row(pick("Distance moyenne entre acteurs reliés", "Mean distance of joined actors"),
            b.mean_path_length, a.mean_path_length, 2);
        reading_.table(std::move(t));
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            groups_table(i);
        }
    }

    void groups_table(std::size_t i) {
        const AttributeFigures& before = view_.result.before.attributes[i];
        const AttributeFigures& after = view_.result.after.attributes[i];
        Table t;
        t.id = "groups_" + view_.groupings[i].attribute();
        t.title =
            pick("Chaque groupe avant et après : ", "Each group before and after: ") + attribute_label(i);
        t.columns = {{pick("Groupe", "Group")},
                     {pick("Acteurs", "Actors"), true},
                     {pick("Pas avant", "Steps before"), true},
                     {pick("Pas après", "Steps after"), true},
                     {pick("E-I avant", "E-I before"), true},
                     {pick("E-I après", "E-I after"), true},
                     {pick("Liens proposés", "Ties proposed"), true}};
        std::vector<std::size_t> proposed(before.groups.size(), 0);
        for (const Bridge& bridge : view_.result.bridges) {
            for (const VertexId end : {bridge.a, bridge.b}) {
                for (const GroupId g : view_.groupings[i].of(end)) {
                    ++proposed[index_of(g)];
                }
            }
        }
        std::vector<std::size_t> order;
        for (std::size_t g = 0; g < before.groups.size(); ++g) {
            order.push_back(g);
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
            return before.groups[x].bubble.value_or(-1.0) > before.groups[y].bubble.value_or(-1.0);
        });
        for (const std::size_t g : order) {
            const GroupFigure& x = before.groups[g];
            const GroupFigure& y = after.groups[g];
            t.rows.push_back({group_label(i, view_.groupings[i].names()[g]), count(x.size),
                              figure(x.bubble, 2), figure(y.bubble, 2), figure(x.ties.ei().value, 2),
                              figure(y.ties.ei().value, 2), proposed[g] == 0 ? "·" : count(proposed[g])});
        }
        t.note = pick(
            "Du plus fermé au plus ouvert. Pas : en moyenne pour sortir du groupe au hasard des partenariats "
            "; "
            "« – » : aucun acteur du groupe n’a de lien.",
            "From the most closed to the most open. Steps: to leave the group at random along partnerships, "
            "on average; “–”: no actor of the group has a tie.");
        reading_.table(std::move(t));
    }

    void alternative() {
        if (!view_.alternative || view_.result.bridges.empty()) {
            return;
        }
        const BridgeAlternative& a = *view_.alternative;
        const Bridge& first = view_.result.bridges.front();
        if (a.pair.a == first.a && a.pair.b == first.b) {
            return;
        }
        reading_.paragraph(
            pick("S’il ne fallait en nouer qu’un et qu’il doive être utile aux deux : ",
                 "Were there to be one only, and of use to both: ") +
            name(a.pair.a) + pick(" et ", " and ") + name(a.pair.b) +
            pick(" forment, parmi les 5 % de liens qui ouvrent le plus, la paire dont les expertises se "
                 "complètent le mieux (",
                 " are, among the 5 % of ties that open most, the pair whose expertises complement each "
                 "other best (") +
            number(a.complementarity, 2, l_) + pick(" ; ", "; ") + percent(a.share_of_best, 0, l_) +
            pick(" de l’effet du lien qui ouvre le plus).", " of the effect of the tie that opens most)."));
    }

    void what_holds() {
        const Cohesion& c = view_.cohesion;
        reading_.heading(pick("Ce qui tient le réseau ensemble", "What holds the network together"));
        if (c.cut_vertices == 0 && c.bridges == 0) {
            reading_.paragraph(
                c.joined_pairs == 0
                    ? pick("Aucun lien connu : rien ne tient ensemble.",
                           "No known tie: nothing holds together.")
                    : pick("Aucun lien ni aucun acteur n’est indispensable : la perte d’un seul ne couperait "
                           "personne des autres.",
                           "No tie and no actor is indispensable: the loss of one would cut nobody off."));
            return;
        }
        std::string text =
            count(c.cut_vertices) +
            (c.cut_vertices == 1
                 ? pick(" acteur est le seul passage vers d’autres", " actor is the only way to some others")
                 : pick(" acteurs sont le seul passage vers d’autres",
                        " actors are the only way to some others")) +
            semicolon() + count(c.bridges) +
            (c.bridges == 1 ? pick(" lien est sans détour possible", " tie has no way around it")
                            : pick(" liens sont sans détour possible", " ties have no way around them")) +
            pick(", dont ", ", ") + count(c.dangling) +
            pick(" vers un acteur qui n’a que ce lien.", " of them to an actor that has no other.");
        reading_.paragraph(text);
        if (!c.actors.empty()) {
            const HoldingActor& first = c.actors.front();
            reading_.paragraph(
                pick("La perte de ", "The loss of ") + name(first.vertex) +
                pick(" laisserait ", " would leave ") + count(first.parts.size()) +
                pick(" morceaux et couperait ", " pieces and cut ") + count(first.loss.cut_off) +
                (first.loss.cut_off == 1 ? pick(" acteur du reste", " actor off")
                                         : pick(" acteurs du reste", " actors off")) +
                pick(" (", " (") + count(static_cast<std::size_t>(first.loss.pairs)) +
                pick(" paires ne seraient plus reliées).", " pairs would no longer be joined)."));
        }
        actors_table();
        ties_table();
    }

    void add_loss_columns(Table& t) const {
        t.columns.push_back({pick("Acteurs coupés", "Actors cut off"), true});
        t.columns.push_back({pick("Paires séparées", "Pairs parted"), true});
        t.columns.push_back({pick("dont entre groupes", "of them across"), true});
        t.columns.push_back({pick("E-I sans", "E-I without"), true});
    }
    void add_loss(std::vector<std::string>& row, const Loss& loss) const {
        row.push_back(count(loss.cut_off));
        row.push_back(count(static_cast<std::size_t>(loss.pairs)));
        row.push_back(
            loss.crossing_pairs.empty() ? "–" : count(static_cast<std::size_t>(loss.crossing_pairs.front())));
        row.push_back(loss.ei_after.empty() ? "–" : figure(loss.ei_after.front().value, 3));
    }
    [[nodiscard]] std::string loss_note() const {
        const AttributeFigures* first =
            view_.result.before.attributes.empty() ? nullptr : &view_.result.before.attributes.front();
        return pick(
                   "Si cela disparaissait : acteurs coupés de la plus grande partie restante, paires que "
                   "plus aucun chemin "
                   "ne relierait, indice E-I du réseau",
                   "Were it gone: actors cut off from the largest part left, pairs that no way would join, "
                   "E-I index of "
                   "the network") +
               (first == nullptr
                    ? std::string()
                    : pick(" (aujourd’hui ", " (today ") + figure(first->ties.ei().value, 3) + ")") +
               ".";
    }

    void actors_table() {
        if (view_.cohesion.actors.empty()) {
            return;
        }
        Table t;
        t.id = "holding_actors";
        t.title = pick("Les acteurs sans lesquels le réseau se déferait",
                       "The actors without whom the network would come apart");
        t.columns = {{pick("Acteur", "Actor")}, {pick("Morceaux", "Pieces"), true}};
        add_loss_columns(t);
        for (std::size_t i = 0; i < std::min(holding_rows, view_.cohesion.actors.size()); ++i) {
            const HoldingActor& a = view_.cohesion.actors[i];
            std::vector<std::string> row = {name(a.vertex), count(a.parts.size())};
            add_loss(row, a.loss);
            t.rows.push_back(std::move(row));
        }
        t.note = loss_note();
        reading_.table(std::move(t));
    }

    void ties_table() {
        Table t;
        t.id = "holding_ties";
        t.title = pick("Les liens sans détour possible", "The ties with no way around them");
        t.columns = {{"A"},
                     {"B"},
                     {pick("Acteurs côté A", "Actors on A’s side"), true},
                     {pick("Acteurs côté B", "Actors on B’s side"), true}};
        add_loss_columns(t);
        for (std::size_t i = 0; i < std::min(holding_rows, view_.cohesion.ties.size()); ++i) {
            const HoldingTie& tie = view_.cohesion.ties[i];
            std::vector<std::string> row = {name(tie.a), name(tie.b), count(tie.side_a), count(tie.side_b)};
            add_loss(row, tie.loss);
            t.rows.push_back(std::move(row));
        }
        if (!t.rows.empty()) {
            reading_.table(std::move(t));
        }
    }

    void who_brokers() {
        for (std::size_t i = 0; i < view_.groupings.size(); ++i) {
            const BrokersView brokers{view_.network, view_.projection, view_.groupings[i].attribute(),
                                      view_.brokers[i]};
            if (view_.brokers[i].actors.empty()) {
                continue;
            }
            reading_.heading(pick("Qui relie les groupes : ", "Who joins the groups: ") + attribute_label(i));
            for (std::size_t k = 0; k < std::min(told, view_.brokers[i].actors.size()); ++k) {
                reading_.paragraph(broker_sentence(brokers, view_.brokers[i].actors[k], l_));
            }
            reading_.table(brokers_table(brokers, l_));
        }
    }

    void caveats() {
        const NetworkFigures& b = view_.result.before;
        std::string text = pick("À savoir : l’absence de lien peut être un manque de données.",
                                "Note: a missing tie may be missing data.");
        if (b.isolates > 0 && !view_.options.bridging.isolates) {
            text +=
                " " + count(b.isolates) +
                pick(
                    " acteurs sans aucun lien connu ne sont ni comptés ni proposés (--isolates les ajoute).",
                    " actors without any known tie are neither counted nor proposed (--isolates adds them).");
        }
        if (view_.options.distance_costs && view_.without_coordinates > 0) {
            text += " " + count(view_.without_coordinates) +
                    pick(" acteurs sans coordonnées n’ont pas pu être comparés.",
                         " actors without coordinates could not be compared.");
        }
        reading_.paragraph(text);
    }

    const BridgesView& view_;
    Language l_;
    PairWords words_;
    Reading reading_;
};

}  // namespace

Reading bridges_reading(const BridgesView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
