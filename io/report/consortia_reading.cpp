#include "io/report/consortia_document.hpp"
#include "io/report/name_words.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

using namespace consortium;

constexpr std::size_t most_named = 5;

class Reader {
public:
    Reader(const ConsortiaView& view, Language language) : view_(view), language_(language) {}

    Reading read() {
        reading_.title = pick("Consortiums", "Consortia");
        if (view_.cases.empty()) {
            reading_.paragraph(pick(
                "Ces données ne comptent ni appel ni groupe de travail (opportunities.csv)\u00a0; "
                "«\u00a0--expertise\u00a0» pose la question pour des expertises de votre choix.",
                "There is no call or working group in these data (opportunities.csv); `--expertise` asks "
                "for expertises of your choice."));
            return std::move(reading_);
        }
        if (view_.brief) {
            read_all();
        } else if (view_.cases.size() == 1) {
            reading_.title += colon() + title(view_.cases.front());
            read_case(view_.cases.front());
        }
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }
    [[nodiscard]] std::string name(VertexId v) const {
        return std::string(view_.network.name(view_.projection.actor(v)));
    }
    [[nodiscard]] std::string label(ExpertiseId x) const {
        return PairWords::quoted(view_.network.label(x, language_), language_);
    }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }
    [[nodiscard]] std::string share(double s) const { return percent(s, 0, language_); }
    [[nodiscard]] std::string length(const std::optional<Length>& l) const {
        if (!l) {
            return "–";
        }
        const auto units = in_units(*l);
        return units ? number(*units, 2, language_) : pick("sans chemin", "no way");
    }
    /// Of a tree: of its ties, gaps told apart.
    [[nodiscard]] std::string length(const std::optional<SteinerTree>& tree) const {
        if (!tree) {
            return "–";
        }
        std::string text = length(std::optional<Length>(tree->length - Length{tree->gaps} * no_way));
        if (tree->gaps > 0) {
            text += " + " + count(tree->gaps) +
                    (tree->gaps > 1 ? pick(" coupures", " gaps") : pick(" coupure", " gap"));
        }
        return text;
    }
    [[nodiscard]] std::string title(const ConsortiumCase& c) const {
        if (c.opportunity) {
            return std::string(view_.network.text(view_.network.opportunities()[*c.opportunity].title));
        }
        std::vector<std::string> labels;
        for (const Want& w : c.wants) {
            labels.emplace_back(view_.network.label(w.expertise, language_));
        }
        return labels.empty() ? pick("aucune expertise demandée", "no expertise asked for")
                              : enumerate(labels, language_);
    }
    [[nodiscard]] std::string attribute(std::size_t grouping) const {
        const std::string& code = view_.groupings[grouping].attribute();
        const auto word = view_.network.label("attribute", code, language_);
        if (word != code) {
            return uncapitalised(std::string(word));
        }
        if (code == "kind") {
            return pick("type d’acteur", "kind of actor");
        }
        if (code == "country") {
            return pick("pays", "country");
        }
        if (code == "place") {
            return pick("lieu", "place");
        }
        return code;
    }
    [[nodiscard]] std::string group(std::size_t grouping, GroupId g) const {
        const GroupLabels& labels = view_.groupings[grouping];
        if (index_of(g) >= labels.group_count()) {
            const std::string& absent = case_->absent_groups[index_of(g) - labels.group_count()];
            return PairWords::quoted(view_.network.label(labels.attribute(), absent, language_), language_);
        }
        return PairWords::quoted(view_.network.label(labels.attribute(), labels.name(g), language_),
                                 language_);
    }
    [[nodiscard]] std::string names(const std::vector<VertexId>& list, std::size_t most = most_named) const {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
            all.push_back(name(list[i]));
        }
        if (list.size() > most) {
            all.push_back(count(list.size() - most) + pick(" autres", " more"));
        }
        return enumerate(all, language_);
    }
    static std::vector<VertexId> actors(const Consortium& c) {
        std::vector<VertexId> list;
        for (const ConsortiumMember& m : c.members) {
            list.push_back(m.actor);
        }
        return list;
    }

    [[nodiscard]] std::string objective(const ConsortiumCase& c) const {
        switch (c.options.objective) {
            case Objective::steiner:
                return pick("la longueur des liens qui relient les membres",
                            "the length of the ties that join the members");
            case Objective::diameter:
                return pick("la plus grande distance entre deux membres",
                            "the longest distance between two members");
            case Objective::sum_distance:
                return pick("la somme des distances entre les places", "the sum of distances between seats");
            case Objective::leader:
                return pick("la somme des distances au chef de file", "the sum of distances to the leader");
            case Objective::openness:
                return pick("le nombre de groupes réunis", "the number of groups brought together");
        }
        return {};
    }

    /// What a consortium costs, by what was asked to be small.
    [[nodiscard]] std::string cost(const ConsortiumCase& c, const Consortium& k) const {
        switch (c.options.objective) {
            case Objective::steiner:
                return length(k.costs.tree);
            case Objective::diameter:
                return length(k.costs.diameter);
            case Objective::sum_distance:
                return length(k.costs.sum_distance);
            case Objective::leader:
                return length(k.costs.leader);
            case Objective::openness:
                return count(k.costs.groups.value_or(0));
        }
        return {};
    }

    void read_all() {
        std::size_t feasible = 0;
        for (const ConsortiumCase& c : view_.cases) {
            feasible += c.result.feasible ? 1U : 0U;
        }
        reading_.paragraph(
            count(feasible) + pick(" des ", " of ") + count(view_.cases.size()) +
            pick(" appels et groupes de travail peuvent être couverts ensemble par des acteurs de "
                 "ces données.",
                 " calls and working groups can be covered by actors of these data together."));
        Table table;
        table.id = "consortia";
        table.title = pick("Qui, ensemble, couvre quoi", "Who together covers what");
        table.columns = {{pick("Occasion", "Opportunity")},
                         {"Id"},
                         {pick("Consortium, ou ce qui manque", "Consortium, or what is missing"), false, 70},
                         {pick("Couverture", "Coverage"), true},
                         {pick("Longueur", "Length"), true},
                         {pick("Optimal", "Optimal")}};
        for (const ConsortiumCase& c : view_.cases) {
            case_ = &c;
            const bool any = !c.result.found.empty();
            std::string text;
            if (any) {
                text = names(actors(c.result.found.front()), 8);
            }
            for (const Shortage& s : c.result.missing) {
                text += (text.empty() ? "" : " ") + pick("Manque ", "Missing ") +
                        label(c.wants[s.want].expertise) + ".";
            }
            if (!c.result.conflict.empty()) {
                text += (text.empty() ? "" : " ") + conflict(c);
            }
            table.rows.push_back({title(c),
                                  c.opportunity ? std::string(view_.network.id(*c.opportunity)) : "", text,
                                  any ? share(c.result.found.front().coverage) : "–",
                                  any ? cost(c, c.result.found.front()) : "–",
                                  !any                             ? "–"
                                  : c.result.found.front().optimal ? pick("oui", "yes")
                                                                   : pick("non prouvé", "not proven")});
        }
        table.note = pick(
            "Longueur\u00a0: celle des liens qui relient les membres, un lien étant d’autant plus court "
            "qu’il est fort. «\u00a0maillage consortium --opportunity ID\u00a0» donne le détail.",
            "Length: of the ties that join the members, a tie being shorter the stronger it is. "
            "\"maillage consortium --opportunity ID\" has the details.");
        reading_.table(std::move(table));
    }

    void read_case(const ConsortiumCase& c) {
        case_ = &c;
        introduce(c);
        say_missing(c);
        if (c.result.found.empty()) {
            say_none(c);
            return;
        }
        const Consortium& best = c.result.found.front();
        if (!c.result.feasible && c.result.missing.empty()) {
            say_none(c);
        }
        say_best(c, best);
        table_of_members(c, best);
        for (const ConsortiumMember& m : best.members) {
            if (!view_.about || *view_.about == m.actor) {
                explain(c, best, m);
            }
        }
        if (view_.about && std::none_of(best.members.begin(), best.members.end(),
                                        [&](const ConsortiumMember& m) { return m.actor == *view_.about; })) {
            say_absence(c);
        }
        table_of_alternatives(c);
        table_of_front(c);
    }

    void introduce(const ConsortiumCase& c) {
        std::vector<std::string> wanted;
        for (std::size_t w = 0; w < c.wants.size(); ++w) {
            wanted.push_back(label(c.wants[w].expertise) +
                             (c.wants[w].holders > 1
                                  ? " (" + count(c.wants[w].holders) + pick(" acteurs)", " actors)")
                                  : ""));
        }
        if (wanted.empty()) {
            reading_.paragraph(pick("Aucune expertise n’est demandée\u00a0: seules les contraintes comptent.",
                                    "No expertise is asked for: only the constraints count."));
        } else {
            reading_.paragraph(pick("Demandé\u00a0: ", "Wanted: ") + enumerate(wanted, language_) + ". " +
                               count(c.result.allowed) +
                               (c.outside ? pick(" acteurs peuvent en être, hors périmètre compris.",
                                                 " actors may be in it, those out of scope included.")
                                          : pick(" acteurs peuvent en être.", " actors may be in it.")));
        }
    }

    [[nodiscard]] std::string barriers(std::uint8_t bars) const {
        std::vector<std::string> all;
        if ((bars & out_of_scope) != 0) {
            all.push_back(pick("hors périmètre", "out of scope"));
        }
        if ((bars & other_country) != 0) {
            all.push_back(pick("d’un autre pays", "of another country"));
        }
        if ((bars & excluded) != 0) {
            all.push_back(pick("écarté", "excluded"));
        }
        if ((bars & committed) != 0) {
            all.push_back(pick("déjà engagé", "committed already"));
        }
        return enumerate(all, language_);
    }

    void say_missing(const ConsortiumCase& c) {
        for (const Shortage& s : c.result.missing) {
            const Want& want = c.wants[s.want];
            std::string text = label(want.expertise);
            if (s.found == 0) {
                text += pick(" n’est offert par aucun acteur possible.", " is offered by no possible actor.");
            } else {
                text += pick(" demande ", " asks for ") + count(want.holders) +
                        pick(" acteurs et n’en trouve que ", " actors and finds only ") + count(s.found) +
                        ".";
            }
            std::vector<std::string> near;
            for (const Shortage::Nearest& n : s.nearest) {
                std::string one = name(n.how.actor) + " (";
                if (n.how.nearness < 1.0) {
                    one += label(n.how.through) + pick(", proximité ", ", nearness ") +
                           number(n.how.nearness, 2, language_);
                    one += n.barred != 0 ? ", " : "";
                } else if (n.barred == 0) {
                    one += pick("niveau ", "level ") + number(n.how.level, 2, language_);
                }
                near.push_back(one + barriers(n.barred) + ")");
            }
            if (!near.empty()) {
                text += pick(" Au plus près\u00a0: ", " Nearest: ") + enumerate(near, language_) + ".";
            }
            reading_.paragraph(text);
        }
        if (!c.result.missing.empty() && !c.result.found.empty()) {
            reading_.paragraph(pick("Le consortium qui suit couvre le reste, et cela seulement.",
                                    "The consortium below covers the rest, and only that."));
        }
    }

    [[nodiscard]] std::string rule(const Check& r) const {
        switch (r.what) {
            case Check::What::expertises:
                return pick("les expertises demandées", "the expertises asked for");
            case Check::What::min_partners:
                return pick("au moins ", "at least ") + count(r.asked) + pick(" membres", " members");
            case Check::What::max_partners:
                return pick("au plus ", "at most ") + count(r.asked) +
                       (r.asked > 1 ? pick(" membres", " members") : pick(" membre", " member"));
            case Check::What::groups_at_least:
                return pick("au moins ", "at least ") + count(r.asked) +
                       pick(" valeurs de «\u00a0", " values of \"") + attribute(r.grouping) +
                       pick("\u00a0»", "\"");
            case Check::What::group_required:
                return pick("un membre ", "a member ") + group(r.grouping, r.group);
            case Check::What::lead:
                return name(r.actor) + pick(" en chef de file", " as leader");
            case Check::What::included:
                return name(r.actor) + pick(" parmi les membres", " among the members");
            case Check::What::apart:
                return name(r.actor) + pick(" et ", " and ") + name(r.other) +
                       pick(" jamais ensemble", " never together");
            case Check::What::scope:
                return pick("les seuls acteurs du périmètre", "only actors in scope");
            case Check::What::countries:
                return pick("les seuls pays admis", "only the countries admitted");
            case Check::What::excluded:
                return pick("les acteurs écartés", "the actors excluded");
            case Check::What::committed:
                return pick("les acteurs déjà engagés", "the actors committed already");
        }
        return {};
    }

    [[nodiscard]] std::string conflict(const ConsortiumCase& c) const {
        std::vector<std::string> rules;
        for (const Check& r : c.result.conflict) {
            rules.push_back(rule(r));
        }
        return rules.size() == 1
                   ? pick("Impossible à satisfaire\u00a0: ", "Cannot be met: ") + rules.front() + "."
                   : pick("Incompatibles entre eux\u00a0: ", "Cannot hold together: ") +
                         enumerate(rules, language_) + ".";
    }

    void say_none(const ConsortiumCase& c) {
        if (!c.result.decided) {
            reading_.paragraph(
                pick("Aucun consortium trouvé dans le temps imparti, et rien ne prouve qu’il n’y en ait "
                     "pas\u00a0; «\u00a0--effort 10\u00a0» cherche plus longtemps.",
                     "No consortium was found within the effort, and none is proven not to exist; "
                     "`--effort 10` looks longer."));
            return;
        }
        if (!c.result.conflict.empty()) {
            reading_.paragraph(conflict(c) +
                               (c.result.conflict.size() > 1
                                    ? pick(" Lever l’une de ces conditions suffit à lever ce conflit.",
                                           " Dropping any one of these resolves this conflict.")
                                    : ""));
        }
    }

    void say_best(const ConsortiumCase& c, const Consortium& k) {
        std::string text = pick("Le meilleur\u00a0: ", "The best: ") + names(actors(k), 12) + ". ";
        const std::size_t n = k.members.size();
        text += capitalised(number_word(n, language_)) +
                (n > 1 ? pick(" membres", " members") : pick(" membre", " member"));
        text += pick(", couverture ", ", coverage ") + share(k.coverage);
        if (k.depth < k.coverage - 0.005) {
            text +=
                pick(" (", " (") + share(k.depth) + pick(" compte tenu des niveaux)", " counting levels)");
        }
        text += ". ";
        if (const auto& tree = k.costs.tree) {
            text += say_tree(k, *tree);
        }
        reading_.paragraph(text);
        std::string proof = pick("Critère\u00a0: ", "Criterion: ") + objective(c) + ". ";
        if (k.optimal) {
            proof += pick("Optimum prouvé.", "Proven optimum.");
        } else if (c.options.objective == Objective::openness) {
            proof += pick("Non prouvé\u00a0: au plus ", "Not proven: at most ") + count(k.groups_bound) +
                     pick(" groupes sont possibles.", " groups are possible.");
        } else {
            proof += pick("Non prouvé\u00a0: ", "Not proven: ") + length(k.value) +
                     pick(" trouvé, rien au-dessous de ", " found, nothing below ") + length(k.bound) + ".";
        }
        reading_.paragraph(proof);
        std::vector<std::string> broken;
        for (const Check& check : k.checks) {
            if (!check.ok && check.what != Check::What::expertises) {
                broken.push_back(rule(check));
            }
        }
        if (!broken.empty()) {
            reading_.paragraph(pick("Non tenu\u00a0: ", "Not met: ") + enumerate(broken, language_) + ".");
        }
    }

    [[nodiscard]] std::string say_tree(const Consortium& k, const SteinerTree& tree) const {
        const auto members = actors(k);
        std::set<VertexId> between;
        for (const TreeTie& tie : tree.ties) {
            for (const std::uint32_t v : {tie.a, tie.b}) {
                if (std::find(members.begin(), members.end(), id_at<VertexId>(v)) == members.end()) {
                    between.insert(id_at<VertexId>(v));
                }
            }
        }
        if (members.size() < 2) {
            return {};
        }
        std::string text;
        if (tree.gaps > 0) {
            text += pick("Aucun chemin connu ne relie tous les membres\u00a0: ",
                         "No known way joins all members: ") +
                    number_word(tree.gaps + 1, language_) +
                    pick(" parties seraient à présenter l’une à l’autre. ",
                         " parts would have to be introduced to each other. ");
        } else {
            text += pick("Ils sont reliés par des liens d’une longueur totale de ",
                         "They are joined by ties of a total length of ") +
                    length(tree.length) + ". ";
        }
        if (!between.empty()) {
            text += pick("Intermédiaires sur ces chemins, sans être membres\u00a0: ",
                         "Go-betweens on these ways, not members: ") +
                    names({between.begin(), between.end()}, 6) + ". ";
        }
        return text;
    }

    [[nodiscard]] std::string covers(const ConsortiumCase& c, const ConsortiumMember& m) const {
        std::vector<std::string> all;
        for (const auto& covered : m.covers) {
            const ExpertiseId x = c.wants[covered.want].expertise;
            std::string one(view_.network.label(x, language_));
            if (covered.how.nearness < 1.0) {
                one += pick(" (en partie, par ", " (in part, through ") + label(covered.how.through) + ")";
            }
            all.push_back(one + (covered.how.inferred ? "°" : ""));
        }
        std::string text;
        for (const std::string& one : all) {
            text += (text.empty() ? "" : ", ") + one;
        }
        return text.empty() ? "–" : text;
    }

    void table_of_members(const ConsortiumCase& c, const Consortium& k) {
        Table table;
        table.id = "members";
        table.title = pick("Les membres", "The members");
        table.columns = {{pick("Acteur", "Actor")},
                         {"Id"},
                         {pick("Couvre", "Covers"), false, 60},
                         {pick("Couverture perdue sans lui", "Coverage lost without it"), true},
                         {pick("Remplaçants possibles", "Possible replacements"), true},
                         {pick("Les plus proches", "The nearest")}};
        for (const ConsortiumMember& m : k.members) {
            std::vector<VertexId> others;
            for (const Replacement& r : m.replacements) {
                others.push_back(r.actor);
            }
            table.rows.push_back({name(m.actor) + (m.lead ? pick(" (chef de file)", " (leader)") : ""),
                                  std::string(view_.network.id(view_.projection.actor(m.actor))),
                                  covers(c, m), share(m.coverage_lost),
                                  m.asked_for ? pick("imposé", "asked for") : count(m.possible_replacements),
                                  others.empty() ? "–" : names(others, 3)});
        }
        table.note = pick("° expertise déduite des partenariats, non déclarée.",
                          "° expertise inferred from partnerships, not declared.");
        reading_.table(std::move(table));
    }

    void explain(const ConsortiumCase& c, const Consortium& k, const ConsortiumMember& m) {
        std::string text = name(m.actor) + colon();
        std::vector<std::string> alone;
        for (const std::size_t w : m.alone) {
            alone.push_back(label(c.wants[w].expertise));
        }
        if (!alone.empty()) {
            text += pick("sans lui, il manquerait ", "without it the group would lack ") +
                    enumerate(alone, language_);
        } else if (m.asked_for) {
            text += pick("sa présence est demandée", "it was asked for");
        } else {
            text += pick("n’est seul à apporter aucune expertise", "is the only one for no expertise");
        }
        std::vector<std::string> rules;
        for (const std::size_t r : m.rules) {
            if (k.checks[r].what != Check::What::lead && k.checks[r].what != Check::What::included) {
                rules.push_back(rule(k.checks[r]));
            }
        }
        if (!rules.empty()) {
            text +=
                pick("\u00a0; ne tiendrait plus\u00a0: ", "; no longer met: ") + enumerate(rules, language_);
        }
        text += ".";
        if (!m.asked_for) {
            if (m.replacements.empty()) {
                text +=
                    pick(" Personne ne peut prendre sa place seul.", " Nobody could take its place alone.");
            } else {
                const Replacement& r = m.replacements.front();
                text += pick(" Pourrait prendre sa place\u00a0: ", " Could take its place: ") + name(r.actor);
                if (r.distance < no_way && r.distance - r.change < no_way) {
                    const double change = static_cast<double>(r.change) / static_cast<double>(length_unit);
                    text += change >= 0.005
                                ? pick(", plus loin des autres de ", ", farther from the others by ") +
                                      number(change, 2, language_)
                            : change <= -0.005
                                ? pick(", plus près des autres de ", ", nearer to the others by ") +
                                      number(-change, 2, language_)
                                : pick(", aussi près des autres", ", as near to the others");
                } else if (r.distance >= no_way) {
                    text += pick(", sans chemin connu vers tous les autres",
                                 ", without a known way to all the others");
                }
                text += ".";
            }
        }
        reading_.paragraph(text);
    }

    void say_absence(const ConsortiumCase& c) {
        const std::string who = name(*view_.about);
        std::vector<std::string> could;
        for (const Want& want : c.wants) {
            for (const auto& held : view_.projection.offers.of(*view_.about)) {
                if (held.expertise == want.expertise) {
                    could.push_back(label(want.expertise));
                }
            }
        }
        std::string text = who + pick(" n’est pas dans ce consortium. ", " is not in this consortium. ");
        text += could.empty()
                    ? pick("Rien de ce qui est demandé n’est connu de lui.",
                           "It is not known for anything that is wanted.")
                    : pick("Il pourrait y apporter ", "It could bring ") + enumerate(could, language_) + ".";
        reading_.paragraph(text);
        if (c.with_actor) {
            reading_.paragraph(pick("Avec lui, le meilleur serait\u00a0: ", "With it the best would be: ") +
                               names(actors(*c.with_actor), 12) + pick(" (", " (") + cost(c, *c.with_actor) +
                               pick(" au lieu de ", " instead of ") + cost(c, c.result.found.front()) + ").");
        } else {
            reading_.paragraph(pick("Aucun consortium possible ne le compte parmi ses membres.",
                                    "No possible consortium has it among its members."));
        }
    }

    void table_of_alternatives(const ConsortiumCase& c) {
        Table table;
        table.id = "alternatives";
        table.title = pick("Le meilleur, ceux qui en diffèrent, et deux références",
                           "The best, those that differ from it, and two references");
        table.columns = {{pick("Consortium", "Consortium")},
                         {pick("Membres", "Members"), false, 60},
                         {pick("Nombre", "Number"), true},
                         {pick("Longueur des liens", "Length of ties"), true},
                         {pick("Diamètre", "Diameter"), true},
                         {pick("Somme", "Sum"), true},
                         {pick("Chef de file", "To the leader"), true},
                         {pick("Groupes", "Groups"), true},
                         {pick("Prouvé", "Proven")}};
        const auto row = [&](const std::string& what, const std::vector<VertexId>& members,
                             const Costs& costs, const std::string& proven) {
            table.rows.push_back({what, names(members, 12), count(members.size()), length(costs.tree),
                                  length(costs.diameter), length(costs.sum_distance), length(costs.leader),
                                  costs.groups ? count(*costs.groups) : "–", proven});
        };
        for (std::size_t i = 0; i < c.result.found.size(); ++i) {
            const Consortium& k = c.result.found[i];
            row(count(i + 1), actors(k), k.costs, k.optimal ? pick("oui", "yes") : pick("non", "no"));
        }
        for (const Reference& r : c.result.references) {
            row(r.method == "rarest_first" ? "RarestFirst" : pick("Couverture gloutonne", "Greedy cover"),
                r.members, r.costs,
                r.meets_rules ? "–" : pick("enfreint les contraintes", "breaks the constraints"));
        }
        table.note = pick(
            "Un lien est d’autant plus court qu’il est fort (--length hops\u00a0: tous de longueur 1). "
            "Diamètre\u00a0: entre les "
            "deux membres les plus éloignés. Somme\u00a0: des distances entre ceux qui apportent deux "
            "expertises. "
            "RarestFirst (Lappas et al. 2009) et la couverture gloutonne ignorent les contraintes.",
            "A tie is shorter the stronger it is (--length hops: all of length 1). Diameter: between the two "
            "members "
            "farthest apart. Sum: of distances between those who bring two expertises. RarestFirst (Lappas "
            "et al. "
            "2009) and the greedy cover know no constraints.");
        if (c.result.feasible && c.result.found.size() < c.options.top && c.result.found.back().optimal) {
            table.note += pick(" Aucun autre n’en diffère assez.", " No other differs enough.");
        }
        reading_.table(std::move(table));
    }

    void table_of_front(const ConsortiumCase& c) {
        if (c.result.front.empty()) {
            return;
        }
        Table table;
        table.id = "front";
        table.title = pick("Compromis\u00a0: couverture, cohésion, ouverture",
                           "Trade-offs: coverage, cohesion, openness");
        table.columns = {{pick("Couverture", "Coverage"), true},
                         {pick("Longueur des liens", "Length of ties"), true},
                         {pick("Groupes", "Groups"), true},
                         {pick("Membres", "Members"), false, 60},
                         {pick("Laisse de côté", "Leaves out")}};
        for (const FrontPoint& p : c.result.front) {
            std::vector<std::string> out;
            for (const std::size_t w : p.left_out) {
                out.emplace_back(view_.network.label(c.wants[w].expertise, language_));
            }
            table.rows.push_back({share(p.coverage), length(p.length), p.groups > 0 ? count(p.groups) : "–",
                                  names(p.members, 12), out.empty() ? "–" : enumerate(out, language_)});
        }
        table.note =
            c.result.front_complete
                ? pick("Aucun autre consortium n’est meilleur sur un point sans l’être moins sur un autre.",
                       "No other consortium is better in one respect without being worse in another.")
                : pick("Liste incomplète\u00a0: l’effort permis est épuisé.",
                       "Incomplete: the effort allowed is used up.");
        reading_.table(std::move(table));
    }

    const ConsortiaView& view_;
    Language language_;
    const ConsortiumCase* case_ = nullptr;  ///< the one being read
    Reading reading_;
};

}  // namespace

Reading consortia_reading(const ConsortiaView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
