#include "io/report/description_document.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::size_t most_groups = 20;
constexpr std::size_t most_expertises = 40;
constexpr std::size_t most_years = 25;
constexpr std::size_t most_named = 12;

/// Everything the tables are made of. Figures of the scope stand beside those of the whole network.
class Writer {
public:
    Writer(const Described& all, const Described* in_scope, Language language)
        : all_(all),
          scope_(in_scope),
          main_(in_scope != nullptr ? *in_scope : all),
          network_(all.network),
          language_(language) {}

    [[nodiscard]] Reading reading() const {
        Reading r;
        r.title = say("Ce que contient le réseau", "What is in the network");
        r.paragraph(summary());
        r.paragraph(shape());
        r.paragraph(pool());
        r.table(figures());
        add_if_any(r, strongest());
        for (const Coverage& coverage : main_.description.coverage) {
            add_if_any(r, cover(coverage));
        }
        add_if_any(r, gaps());
        add_if_any(r, expertises());
        add_if_any(r, kinds());
        add_if_any(r, years());
        r.table(data());
        return r;
    }

private:
    using Row = std::vector<std::string>;

    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(pick(language_, fr, en));
    }
    [[nodiscard]] std::string n(std::size_t count) const { return number(count, language_); }
    [[nodiscard]] std::string some(std::size_t count, std::string_view fr_one, std::string_view fr_many,
                                   std::string_view en_one, std::string_view en_many) const {
        const bool one = language_ == Language::fr ? count < 2 : count == 1;
        return n(count) + " " + (one ? say(fr_one, en_one) : say(fr_many, en_many));
    }
    [[nodiscard]] std::string real(const std::optional<double>& value, int decimals) const {
        return value ? number(*value, decimals, language_) : "–";
    }
    [[nodiscard]] std::string name(const Described& of, VertexId v) const {
        return std::string(network_.name(of.projection.actor(v)));
    }
    [[nodiscard]] std::string label(ExpertiseId x) const { return std::string(network_.label(x, language_)); }

    static void add_if_any(Reading& r, Table table) {
        if (!table.rows.empty()) {
            r.table(std::move(table));
        }
    }
    [[nodiscard]] std::string left_out(std::size_t all, std::size_t shown) const {
        return all <= shown ? ""
                            : n(all - shown) + say(" autres lignes dans le document JSON.",
                                                   " more rows in the JSON document.");
    }

    [[nodiscard]] std::string summary() const {
        const GraphFigures& g = all_.description.graph;
        std::string text =
            some(g.actors, "acteur", "acteurs", "actor", "actors") + ", " +
            some(all_.description.partnerships.partnerships, "partenariat", "partenariats", "partnership",
                 "partnerships") +
            say(", qui relient ", ", which tie ") +
            some(g.ties, "paire d'acteurs", "paires d'acteurs", "pair of actors", "pairs of actors") + ".";
        if (scope_ != nullptr) {
            const GraphFigures& s = scope_->description.graph;
            text +=
                say(" Dans le périmètre : ", " In scope: ") +
                some(s.actors, "acteur", "acteurs", "actor", "actors") + say(" et ", " and ") +
                some(s.ties, "lien entre eux", "liens entre eux", "tie between them", "ties between them") +
                ".";
        }
        return text;
    }

    [[nodiscard]] std::string shape() const {
        const GraphFigures& g = all_.description.graph;
        if (g.ties == 0) {
            return say("Aucun acteur n'est relié à un autre.", "No actor is tied to another.");
        }
        const double share = g.components.front().size / static_cast<double>(g.actors);
        return some(g.components.size(), "ensemble d'acteurs reliés", "ensembles d'acteurs reliés",
                    "connected set of actors", "connected sets of actors") +
               say(" ; le plus grand réunit ", "; the largest holds ") + percent(share, 0, language_) +
               say(" des acteurs. ", " of the actors. ") +
               some(g.isolates, "acteur n'a aucun lien connu", "acteurs n'ont aucun lien connu",
                    "actor has no known tie", "actors have no known tie") +
               say(". La moitié des acteurs a au plus ", ". Half of the actors have at most ") +
               some(static_cast<std::size_t>(g.degree->median), "partenaire", "partenaires", "partner",
                    "partners") +
               say(", le plus relié en a ", ", the most tied has ") + number(g.degree->max, 0, language_) +
               ".";
    }

    [[nodiscard]] std::string asked_in_vain(std::size_t missing) const {
        return missing == 0 ? say("toutes celles qu'on cherche ou exige ont quelqu'un pour les proposer",
                                  "all that are sought or required have somebody to offer them")
                            : some(missing, "est cherchée ou exigée sans que personne ne la propose",
                                   "sont cherchées ou exigées sans que personne ne les propose",
                                   "is sought or required and offered by nobody",
                                   "are sought or required and offered by nobody");
    }
    [[nodiscard]] std::string pool() const {
        std::size_t held = 0;
        std::size_t single = 0;
        std::size_t missing = 0;
        for (const ExpertiseFigures& x : main_.description.expertises) {
            held += x.holders > 0 ? 1U : 0U;
            single += x.single_holder ? 1U : 0U;
            missing += x.gap ? 1U : 0U;
        }
        if (main_.description.expertises.empty()) {
            return say("Le jeu de données ne dit rien des expertises.",
                       "The dataset says nothing of expertises.");
        }
        return say("Le vivier compte ", "The pool has ") +
               some(held, "expertise proposée", "expertises proposées", "expertise on offer",
                    "expertises on offer") +
               say(" sur ", " out of ") + n(main_.description.expertises.size()) +
               (scope_ != nullptr ? say(" dans le périmètre", " in scope") : "") + say(" ; ", "; ") +
               some(single, "ne repose que sur un seul acteur", "ne reposent chacune que sur un seul acteur",
                    "rests on a single actor", "rest on a single actor each") +
               say(" ; ", "; ") + asked_in_vain(missing) + ".";
    }

    /// One row of figures: the whole network, and the scope when there is one.
    template <class Of>
    void add_figure(Table& table, std::string title, Of of) const {
        Row row{std::move(title), of(all_.description)};
        if (scope_ != nullptr) {
            row.push_back(of(scope_->description));
        }
        table.rows.push_back(std::move(row));
    }
    void add_columns(Table& table) const {
        table.columns.push_back({.title = say("Ensemble", "All"), .numeric = true});
        if (scope_ != nullptr) {
            table.columns.push_back({.title = say("Périmètre", "In scope"), .numeric = true});
        }
    }

    [[nodiscard]] Table figures() const {
        Table table;
        table.id = "figures";
        table.title = say("Chiffres", "Figures");
        table.columns = {{.title = say("Mesure", "Measure")}};
        add_columns(table);
        const auto add = [&](std::string_view fr, std::string_view en, auto of) {
            add_figure(table, say(fr, en), of);
        };
        add("Acteurs", "Actors", [&](const Description& d) { return n(d.graph.actors); });
        add("Acteurs sans aucun lien", "Actors without any tie",
            [&](const Description& d) { return n(d.untied); });
        if (scope_ != nullptr) {
            add("Acteurs sans lien à l'intérieur", "Actors without a tie inside",
                [&](const Description& d) { return n(d.graph.isolates); });
        }
        add("Partenariats", "Partnerships",
            [&](const Description& d) { return n(d.partnerships.partnerships); });
        add("Paires d'acteurs reliées", "Pairs of actors tied",
            [&](const Description& d) { return n(d.graph.ties); });
        add("Densité (part des paires possibles)", "Density (share of the possible pairs)",
            [&](const Description& d) {
                return d.graph.density ? percent(*d.graph.density, 2, language_) : "–";
            });
        add("Ensembles reliés (deux acteurs ou plus)", "Connected sets (two actors or more)",
            [&](const Description& d) { return n(d.graph.components.size()); });
        add("Acteurs du plus grand ensemble", "Actors of the largest set", [&](const Description& d) {
            return n(d.graph.components.empty() ? 0 : d.graph.components.front().size);
        });
        add("Partenaires par acteur, en moyenne", "Partners per actor, on average",
            [&](const Description& d) {
                return d.graph.degree ? number(d.graph.degree->mean, 1, language_) : "–";
            });
        add("Deux partenaires d'un acteur sont partenaires", "Two partners of an actor are partners",
            [&](const Description& d) {
                return d.graph.transitivity.value ? percent(*d.graph.transitivity.value, 0, language_) : "–";
            });
        return table;
    }

    [[nodiscard]] Table strongest() const {
        Table table;
        table.id = "strongest";
        table.title = say("Acteurs les plus engagés", "Most engaged actors");
        table.columns = {{.title = say("Acteur", "Actor")},
                         {.title = say("Type", "Kind"), .max_width = 28},
                         {.title = say("Partenaires", "Partners"), .numeric = true},
                         {.title = say("Poids des liens", "Weight of ties"), .numeric = true}};
        const GraphView g = all_.projection.graph.view();
        bool any_outside = false;
        for (const VertexId v : all_.description.graph.strongest) {
            const Actor& actor = network_.actors()[all_.projection.actor(v)];
            const bool outside = all_.projection.in_scope[index_of(v)] == 0;
            any_outside = any_outside || outside;
            table.rows.push_back({name(all_, v) + (outside ? "°" : ""),
                                  std::string(network_.label("kind", network_.text(actor.kind), language_)),
                                  n(g.degree(v)), number(g.strength(v), 1, language_)});
        }
        if (any_outside) {
            table.note = say("° acteur hors du périmètre.", "° actor outside the scope.");
        }
        return table;
    }

    [[nodiscard]] Table cover(const Coverage& coverage) const {
        Table table;
        const bool kind = coverage.attribute == "kind";
        table.id = "coverage_" + coverage.attribute;
        table.title = kind ? say("Par type d'acteur", "By kind of actor") : say("Par lieu", "By place");
        if (scope_ != nullptr) {
            table.title += say(" (périmètre)", " (in scope)");
        }
        table.columns = {{.title = kind ? say("Type", "Kind") : say("Lieu", "Place")},
                         {.title = say("Acteurs", "Actors"), .numeric = true},
                         {.title = say("reliés", "tied"), .numeric = true},
                         {.title = say("avec expertise", "with expertise"), .numeric = true},
                         {.title = say("Liens", "Ties"), .numeric = true},
                         {.title = say("internes", "inside"), .numeric = true},
                         {.title = say("hors périmètre", "out of scope"), .numeric = true},
                         {.title = say("Expertises", "Expertises"), .numeric = true}};
        for (const GroupFigures& g : coverage.groups) {
            if (table.rows.size() == most_groups) {
                break;
            }
            table.rows.push_back({std::string(network_.label(coverage.attribute, g.value, language_)),
                                  n(g.actors), n(g.tied), n(g.skilled), n(g.ties), n(g.ties_inside),
                                  n(g.ties_outside), n(g.expertises)});
        }
        table.note = left_out(coverage.groups.size(), table.rows.size());
        return table;
    }

    [[nodiscard]] Table gaps() const {
        Table table;
        table.id = "gaps";
        table.title = say("Expertises qui manquent", "Missing expertises");
        table.columns = {{.title = say("Expertise", "Expertise")},
                         {.title = say("Acteurs qui la cherchent", "Actors that seek it"), .numeric = true},
                         {.title = say("Appels qui l'exigent", "Calls that require it"), .numeric = true}};
        for (const ExpertiseFigures& x : main_.description.expertises) {
            if (x.gap) {
                table.rows.push_back({label(x.expertise), n(x.seekers), n(x.required_by)});
            }
        }
        std::vector<std::string> nobody;
        std::size_t more = 0;
        for (const ExpertiseFigures& x : main_.description.expertises) {
            if (x.leaf && x.holders == 0 && !x.gap) {
                nobody.size() < most_named ? nobody.push_back(label(x.expertise)) : void(++more);
            }
        }
        if (more > 0) {
            nobody.push_back(n(more) + say(" autres", " more"));
        }
        if (!nobody.empty()) {
            table.note = say("Aussi sans personne, mais que rien ne demande : ",
                             "Also held by nobody, though nothing asks for them: ") +
                         enumerate(nobody, language_) + ".";
        }
        return table;
    }

    [[nodiscard]] Table expertises() const {
        Table table;
        table.id = "expertises";
        table.title = say("Vivier d'expertises", "Pool of expertises");
        table.columns = {{.title = say("Expertise", "Expertise")},
                         {.title = say("Acteurs", "Actors"), .numeric = true},
                         {.title = say("dont déduits", "of them inferred"), .numeric = true},
                         {.title = say("Cherchée par", "Sought by"), .numeric = true},
                         {.title = say("Exigée par", "Required by"), .numeric = true},
                         {.title = say("Seul détenteur", "Only holder"), .max_width = 36}};
        std::size_t held = 0;
        for (const ExpertiseFigures& x : main_.description.expertises) {
            held += x.holders > 0 ? 1U : 0U;
            if (x.holders == 0 || table.rows.size() == most_expertises) {
                continue;
            }
            table.rows.push_back({label(x.expertise), n(x.holders), n(x.inferred), n(x.seekers),
                                  n(x.required_by), x.single_holder ? name(main_, *x.single_holder) : ""});
        }
        table.note = say("Déduits : d'après leurs partenariats, sans l'avoir déclarée. ",
                         "Inferred: from their partnerships, not declared. ") +
                     left_out(held, table.rows.size());
        return table;
    }

    [[nodiscard]] Table kinds() const {
        Table table;
        table.id = "partnership_kinds";
        table.title = say("Partenariats par nature", "Partnerships by kind");
        table.columns = {{.title = say("Nature", "Kind")},
                         {.title = say("Partenariats", "Partnerships"), .numeric = true},
                         {.title = say("dans le graphe", "in the graph"), .numeric = true}};
        for (const KindFigures& k : all_.description.partnerships.kinds) {
            table.rows.push_back({k.kind.empty()
                                      ? say("non précisée", "not said")
                                      : std::string(network_.label("partnership_kind", k.kind, language_)),
                                  n(k.partnerships), n(k.used)});
        }
        return table;
    }

    [[nodiscard]] Table years() const {
        Table table;
        table.id = "partnership_years";
        table.title = say("Partenariats par année", "Partnerships by year");
        table.columns = {{.title = say("Année", "Year"), .numeric = true},
                         {.title = say("Commencés", "Started"), .numeric = true},
                         {.title = say("Terminés", "Ended"), .numeric = true},
                         {.title = say("En cours", "Running"), .numeric = true}};
        const auto& years = all_.description.partnerships.years;
        const std::size_t first = years.size() > most_years ? years.size() - most_years : 0;
        for (std::size_t i = first; i < years.size(); ++i) {
            table.rows.push_back(
                {std::to_string(years[i].year), n(years[i].started), n(years[i].ended), n(years[i].running)});
        }
        table.note =
            some(all_.description.data.partnerships_without_start, "partenariat du graphe sans date de début",
                 "partenariats du graphe sans date de début", "partnership in the graph without a start",
                 "partnerships in the graph without a start") +
            say(" : dans aucune année. ", ": in no year. ") + left_out(first, 0);
        return table;
    }

    [[nodiscard]] Table data() const {
        Table table;
        table.id = "data";
        table.title = say("Ce que les données ne disent pas", "What the data does not say");
        table.columns = {{.title = say("Manque", "Missing")}};
        add_columns(table);
        const auto add = [&](std::string_view fr, std::string_view en, std::size_t DataGaps::*gap) {
            add_figure(table, say(fr, en), [&](const Description& d) { return n(d.data.*gap); });
        };
        add("Acteurs sans type", "Actors without a kind", &DataGaps::actors_without_kind);
        add("Acteurs sans lieu", "Actors without a place", &DataGaps::actors_without_place);
        add("Acteurs sans coordonnées", "Actors without coordinates", &DataGaps::actors_without_coordinates);
        add("Acteurs sans expertise connue", "Actors without a known expertise",
            &DataGaps::actors_without_expertise);
        add("Partenariats sans date de début", "Partnerships without a start",
            &DataGaps::partnerships_without_start);
        add("Partenariats sans expertise", "Partnerships without an expertise",
            &DataGaps::partnerships_without_expertise);
        add("Partenariats sans nature", "Partnerships without a kind", &DataGaps::partnerships_without_kind);
        table.note = say("Partenariats : ceux qui forment un lien.", "Partnerships: those that make a tie.");
        return table;
    }

    const Described& all_;
    const Described* scope_;
    const Described& main_;
    const Network& network_;
    Language language_;
};

}  // namespace

Reading description_reading(const Described& all, const Described* in_scope, Language language) {
    return Writer(all, in_scope, language).reading();
}

}  // namespace maillage::io
