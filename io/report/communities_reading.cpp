#include "engine/top_k.hpp"

#include "io/report/communities_document.hpp"
#include "io/report/communities_words.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::size_t most_communities = 50;  // in the table; all are in the document
constexpr std::size_t most_names = 4;         // strongest members of a community
constexpr std::size_t most_listed = 1000;     // actors in the table of members
constexpr std::size_t most_astride = 15;
constexpr double astride = 0.3;  // second strength that speaks for belonging to two communities

/// Everything the tables are made of.
class Writer {
public:
    Writer(const Network& network, const Projection& projection, const CommunitiesResult& result,
           Language language)
        : network_(network),
          projection_(projection),
          result_(result),
          language_(language),
          members_(ranked_members(result)),
          names_(community_names(network, projection, result, members_, language)) {
        for (const CommunityId c : result.partition().ids()) {
            const CommunityProfile& profile = result.profile.communities[index_of(c)];
            isolates_ += profile.isolate ? 1U : 0U;
            if (!profile.isolate) {
                shown_.push_back(c);
            }
        }
        has_outside_ = std::find(projection.in_scope.begin(), projection.in_scope.end(), std::uint8_t{0}) !=
                       projection.in_scope.end();
    }

    [[nodiscard]] Reading reading() const {
        Reading r;
        r.title = say("Communautés du réseau", "Communities of the network");
        r.paragraph(summary());
        if (result_.kept_quality()) {
            r.paragraph(quality());
            r.paragraph(stability());
            r.table(communities());
            add_if_any(r, changes());
            add_if_any(r, astride_table());
            add_if_any(r, members());
        }
        if (isolates_ > 0) {
            r.paragraph(isolates());
        }
        return r;
    }

private:
    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(pick(language_, fr, en));
    }
    [[nodiscard]] std::string n(std::size_t count) const { return number(count, language_); }

    /// Name of an actor, marked when it is outside the scope.
    [[nodiscard]] std::string name(VertexId v) const {
        const bool outside = projection_.in_scope[index_of(v)] == 0;
        return std::string(network_.name(projection_.actor(v))) + (outside ? "°" : "");
    }
    [[nodiscard]] std::string mark_note() const {
        return has_outside_ ? say("° acteur hors du périmètre. ", "° actor outside the scope. ") : "";
    }
    [[nodiscard]] const std::string& community(CommunityId c) const { return names_[index_of(c)]; }

    /// What became of earlier communities, without those that just went on.
    [[nodiscard]] Table changes() const {
        Table table;
        table.id = "changes";
        table.title =
            say("Ce qui a changé depuis le découpage précédent", "What changed since the previous division");
        table.columns = {{.title = say("Changement", "Change"), .max_width = 18},
                         {.title = say("Avant (n°)", "Before (no.)"), .max_width = 20},
                         {.title = say("Aujourd'hui", "Today"), .max_width = 50},
                         {.title = say("Acteurs", "Actors"), .numeric = true}};
        if (!result_.carried) {
            return table;
        }
        const CarryOver& carried = *result_.carried;
        std::size_t continued = 0;
        for (const CarryOver::Change& change : carried.changes) {
            if (change.event == CarryOver::Event::continued) {
                continued += result_.partition().size(change.to.front()) > 1 ? 1U : 0U;
                continue;
            }
            std::string before;
            for (const std::uint32_t id : change.from) {
                before += (before.empty() ? "" : ", ") + n(id);
            }
            std::string today;
            for (const CommunityId c : change.to) {
                today += (today.empty() ? "" : " ; ") + titled(c);
            }
            table.rows.push_back({event_word(change.event), before, today, n(change.actors)});
        }
        table.note = n(continued) +
                     say(" communautés gardent leur numéro ; ", " communities keep their number; ") +
                     n(carried.joined) + say(" acteurs sont nouveaux, ", " actors are new, ") +
                     n(carried.left) + say(" ne sont plus là.", " are gone.");
        if (table.rows.empty()) {
            table.rows.push_back({say("aucun", "none"), "", "", ""});
        }
        return table;
    }
    [[nodiscard]] std::string event_word(CarryOver::Event event) const {
        switch (event) {
            case CarryOver::Event::split:
                return say("se divise", "splits");
            case CarryOver::Event::merged:
                return say("se réunissent", "merge");
            case CarryOver::Event::appeared:
                return say("apparaît", "appears");
            case CarryOver::Event::vanished:
                return say("disparaît", "vanishes");
            case CarryOver::Event::continued:
                break;
        }
        return say("continue", "goes on");
    }

    static void add_if_any(Reading& r, Table table) {
        if (!table.rows.empty()) {
            r.table(std::move(table));
        }
    }

    [[nodiscard]] std::string summary() const {
        const std::size_t actors = projection_.actor_of.size();
        if (result_.two_mode) {
            return two_mode_summary(actors - isolates_);
        }
        if (!result_.kept_quality()) {
            return say("Aucun lien entre les acteurs : il n'y a pas de communauté à chercher.",
                       "No tie between the actors: there is no community to look for.");
        }
        return say("Les ", "The ") + n(actors - isolates_) +
               say(" acteurs reliés forment ", " tied actors form ") + n(shown_.size()) +
               (shown_.size() == 1 ? say(" communauté.", " community.")
                                   : say(" communautés.", " communities."));
    }

    [[nodiscard]] std::string two_mode_summary(std::size_t actors) const {
        if (!result_.kept_quality()) {
            return say("Aucun acteur n'a d'expertise : il n'y a pas de communauté à chercher.",
                       "No actor has an expertise: there is no community to look for.");
        }
        return say("Les ", "The ") + n(actors) +
               say(" acteurs dont une expertise est connue et leurs ",
                   " actors with a known expertise and their ") +
               n(result_.two_mode->held) +
               say(" expertises forment ensemble ", " expertises together form ") + n(shown_.size()) +
               (shown_.size() == 1 ? say(" communauté.", " community.")
                                   : say(" communautés.", " communities."));
    }

    [[nodiscard]] std::string quality() const {
        if (result_.two_mode) {
            return percent(result_.profile.coverage.value_or(0.0), 0, language_) +
                   say(" des liens entre acteurs et expertises sont à l'intérieur des communautés ; "
                       "modularité "
                       "de Barber ",
                       " of the links between actors and expertises are inside communities; Barber's "
                       "modularity ") +
                   number(*result_.quality.value, 3, language_) +
                   say(" à la résolution ", " at resolution ") +
                   number(result_.options.leiden.quality.resolution, 2, language_) +
                   say(" (0 : pas plus que le hasard). Les partenariats n'y entrent pas : ce sont des "
                       "acteurs "
                       "qui savent faire la même chose.",
                       " (0: no more than chance). Partnerships play no part: these are actors able to do "
                       "the "
                       "same things.");
        }
        if (result_.map_equation) {
            const MapEquation& map = *result_.map_equation;
            return percent(result_.profile.coverage.value_or(0.0), 0, language_) +
                   say(" du poids des liens est à l'intérieur des communautés ; décrire un pas d'une marche "
                       "au "
                       "hasard le long des liens demande ",
                       " of the weight of the ties is inside communities; describing one step of a random "
                       "walk "
                       "along the ties takes ") +
                   number(map.codelength, 2, language_) + say(" bits avec elles, ", " bits with them, ") +
                   number(map.one_module, 2, language_) +
                   say(" sans (Infomap : le moins est le mieux).", " without (Infomap: less is better).");
        }
        const bool modularity = result_.options.leiden.quality.objective == Objective::modularity;
        const std::string value = number(*result_.quality.value, 3, language_);
        const std::string resolution = number(result_.options.leiden.quality.resolution, 2, language_);
        return percent(result_.profile.coverage.value_or(0.0), 0, language_) +
               say(" du poids des liens est à l'intérieur des communautés",
                   " of the weight of the ties is inside communities") +
               (modularity ? say(" ; modularité ", "; modularity ")
                           : say(" ; qualité CPM ", "; CPM quality ")) +
               value + say(" à la résolution ", " at resolution ") + resolution +
               (modularity ? say(" (0 : pas plus que le hasard).", " (0: no more than chance).")
                           : say(".", "."));
    }

    [[nodiscard]] std::string stability() const {
        if (!result_.stability.mean_ami) {
            return say("Un seul calcul : la solidité du découpage n'est pas mesurée.",
                       "A single run: how solid the division is has not been measured.");
        }
        const double ami = *result_.stability.mean_ami;
        const std::string verdict =
            ami >= 0.95  ? say("le découpage est solide", "the division is solid")
            : ami >= 0.8 ? say("le découpage est assez solide, quelques acteurs changent de communauté",
                               "the division is fairly solid, some actors change community")
            : ami >= 0.5 ? say("plusieurs découpages se valent, à lire avec prudence",
                               "several divisions are as good, read with care")
                         : say("le découpage est fragile : le réseau n'a guère de communautés nettes",
                               "the division is fragile: the network hardly has clear communities");
        return say("Sur ", "Over ") + n(result_.stability.runs) +
               say(" calculs, les découpages se ressemblent à ", " runs, the divisions agree to ") +
               number(ami, 2, language_) +
               say(" (1 : identiques, 0 : hasard) ; ", " (1: identical, 0: chance); ") + verdict + "." +
               shared_division();
    }

    [[nodiscard]] std::string shared_division() const {
        if (!result_.consensus || result_.consensus->partition == result_.partition()) {
            return "";
        }
        std::size_t groups = 0;
        for (const CommunityId c : result_.consensus->partition.ids()) {
            groups += result_.consensus->partition.size(c) > 1 ? 1U : 0U;
        }
        return say(" Ce qu'ils ont en commun forme ", " What they have in common makes ") + n(groups) +
               say(" groupes d'au moins deux acteurs (ressemblance avec ceux-ci : ",
                   " groups of two actors or more (likeness to these: ") +
               number(*result_.consensus_ami, 2, language_) + ").";
    }

    [[nodiscard]] std::string strongest(CommunityId c) const {
        std::vector<std::string> names;
        for (const VertexId v : members_[index_of(c)]) {
            if (names.size() == most_names) {
                break;
            }
            names.push_back(name(v));
        }
        const std::size_t rest = members_[index_of(c)].size() - names.size();
        std::string text;
        for (const std::string& one : names) {
            text += (text.empty() ? "" : ", ") + one;
        }
        return and_more(text, rest);
    }

    [[nodiscard]] std::string expertises(CommunityId c) const {
        const std::vector<ExpertiseId>& all = result_.two_mode->expertises[index_of(c)];
        std::string text;
        for (std::size_t i = 0; i < std::min(all.size(), most_names); ++i) {
            text += (text.empty() ? "" : ", ") + std::string(network_.label(all[i], language_));
        }
        return and_more(text, all.size() - std::min(all.size(), most_names));
    }

    [[nodiscard]] std::string and_more(const std::string& text, std::size_t rest) const {
        return rest == 0 ? text
                         : text + say(" et ", " and ") + n(rest) +
                               (rest == 1 ? say(" autre", " more") : say(" autres", " more"));
    }

    [[nodiscard]] std::string openness(const CommunityProfile& profile) const {
        if (!profile.conductance) {
            return say("tout le réseau", "the whole network");
        }
        return std::string(openness_word(*profile.conductance, language_)) + " (" +
               percent(*profile.conductance, 0, language_) + ")";
    }

    [[nodiscard]] std::string confidence(const std::optional<double>& share) const {
        return share ? std::string(confidence_word(*share, language_)) + " (" +
                           percent(*share, 0, language_) + ")"
                     : "–";
    }

    [[nodiscard]] Table communities() const {
        Table table;
        table.id = "communities";
        table.title = say("Communautés", "Communities");
        table.columns = {{.title = say("N°", "No."), .numeric = true},
                         {.title = say("Ce qui la distingue", "What it is about"), .max_width = 34},
                         {.title = say("Acteurs", "Actors"), .numeric = true}};
        if (has_outside_) {
            table.columns.push_back({.title = say("Du périmètre", "In scope"), .numeric = true});
        }
        if (result_.two_mode) {
            table.columns.push_back({.title = say("Ses expertises", "Its expertises"), .max_width = 44});
        }
        table.columns.push_back(
            {.title = say("Les plus liés en son sein", "Most tied within"), .max_width = 44});
        table.columns.push_back({.title = say("Ouverture", "Openness"), .max_width = 18});
        table.columns.push_back({.title = say("Confiance", "Confidence"), .max_width = 16});
        for (const CommunityId c : shown_) {
            if (table.rows.size() == most_communities) {
                break;
            }
            const CommunityProfile& profile = result_.profile.communities[index_of(c)];
            std::vector<std::string> row{n(result_.ids[index_of(c)]), community(c), n(profile.size)};
            if (has_outside_) {
                row.push_back(n(in_scope(c)));
            }
            if (result_.two_mode) {
                row.push_back(expertises(c));
            }
            row.push_back(strongest(c));
            row.push_back(openness(profile));
            row.push_back(confidence(result_.stability.community_confidence[index_of(c)]));
            table.rows.push_back(std::move(row));
        }
        table.note =
            mark_note() +
            (result_.two_mode
                 ? say("Liens : entre acteurs et expertises. ", "Ties: between actors and expertises. ")
                 : "") +
            say("Ouverture : part des liens de la communauté qui en sortent. Confiance : accord des autres "
                "calculs sur qui est avec qui.",
                "Openness: share of the community's ties that lead out. Confidence: agreement of the other "
                "runs on who is with whom.") +
            left_out(shown_.size(), table.rows.size());
        return table;
    }

    [[nodiscard]] std::size_t in_scope(CommunityId c) const {
        const auto& members = members_[index_of(c)];
        return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), [this](VertexId v) {
            return projection_.in_scope[index_of(v)] != 0;
        }));
    }

    [[nodiscard]] std::string left_out(std::size_t all, std::size_t shown) const {
        return all == shown
                   ? ""
                   : " " + n(all - shown) +
                         say(" autres lignes dans le document JSON.", " more rows in the JSON document.");
    }

    [[nodiscard]] Table astride_table() const {
        std::vector<VertexId> list;
        for (std::size_t v = 0; v < result_.profile.members.size(); ++v) {
            if (result_.profile.members[v].second_strength.value_or(0.0) >= astride) {
                list.push_back(id_at<VertexId>(v));
            }
        }
        const GraphView g = projection_.graph.view();
        const auto weight_out = [&](VertexId v) {
            const double all =
                result_.two_mode ? static_cast<double>(projection_.offers.of(v).size()) : g.strength(v);
            return *result_.profile.members[index_of(v)].second_strength * all;
        };
        std::sort(list.begin(), list.end(), [&](VertexId a, VertexId b) {
            return std::pair(-score_key(weight_out(a)), a) < std::pair(-score_key(weight_out(b)), b);
        });
        Table table;
        table.id = "astride";
        table.title = say("Acteurs à cheval sur deux communautés", "Actors astride two communities");
        table.columns = {{.title = say("Acteur", "Actor")},
                         {.title = say("Sa communauté", "Its community")},
                         {.title = say("Part des liens", "Share of ties"), .numeric = true},
                         {.title = say("L'autre", "The other")},
                         {.title = say("Part des liens", "Share of ties"), .numeric = true}};
        for (const VertexId v : list) {
            if (table.rows.size() == most_astride) {
                break;
            }
            const Membership& member = result_.profile.members[index_of(v)];
            table.rows.push_back({name(v), titled(result_.partition()[v]),
                                  percent(*member.strength, 0, language_), titled(member.second),
                                  percent(*member.second_strength, 0, language_)});
        }
        table.note =
            (result_.two_mode
                 ? say("Au moins 30 % de leurs expertises sont d'une autre communauté : ils parlent les deux "
                       "langues.",
                       "At least 30% of their expertises belong to another community: they speak both "
                       "languages.")
                 : say("Au moins 30 % de leurs liens vont à une autre communauté : des passerelles toutes "
                       "trouvées.",
                       "At least 30% of their ties go to another community: bridges ready to be used.")) +
            left_out(list.size(), table.rows.size());
        return table;
    }

    [[nodiscard]] std::string titled(CommunityId c) const {
        return n(result_.ids[index_of(c)]) + ". " + community(c);
    }

    /// Who is where; left out of the reading of large networks.
    [[nodiscard]] Table members() const {
        Table table;
        if (projection_.actor_of.size() - isolates_ > most_listed) {
            return table;
        }
        table.id = "members";
        table.title = say("Membres", "Members");
        table.columns = {
            {.title = say("Communauté", "Community"), .numeric = true},
            {.title = say("Acteur", "Actor")},
            {.title = say("Type", "Kind"), .max_width = 28},
            {.title = say("Lieu", "Place"), .max_width = 24},
            {.title = say("Liens dans la communauté", "Ties inside"), .numeric = true, .max_width = 14},
            {.title = say("Confiance", "Confidence"), .numeric = true}};
        for (const CommunityId c : shown_) {
            for (const VertexId v : members_[index_of(c)]) {
                const Actor& actor = network_.actors()[projection_.actor(v)];
                const auto& sure = result_.stability.confidence[index_of(v)];
                table.rows.push_back(
                    {n(result_.ids[index_of(c)]), name(v),
                     std::string(network_.label("kind", network_.text(actor.kind), language_)),
                     std::string(network_.text(actor.place)),
                     percent(*result_.profile.members[index_of(v)].strength, 0, language_),
                     sure ? percent(*sure, 0, language_) : "–"});
            }
        }
        table.note = mark_note();
        return table;
    }

    [[nodiscard]] std::string isolates() const {
        std::vector<std::string> names;
        constexpr std::size_t most = 12;
        for (const VertexId v : IdRange<VertexId>(projection_.actor_of.size())) {
            if (!result_.profile.members[index_of(v)].strength && names.size() < most) {
                names.push_back(name(v));
            }
        }
        const std::size_t rest = isolates_ - names.size();
        if (rest > 0) {
            names.push_back(n(rest) + say(" de plus", " more"));
        }
        if (result_.two_mode) {
            return n(isolates_) +
                   (isolates_ == 1 ? say(" acteur sans expertise connue reste seul : ",
                                         " actor without a known expertise stands alone: ")
                                   : say(" acteurs sans expertise connue restent seuls : ",
                                         " actors without a known expertise stand alone: ")) +
                   enumerate(names, language_) + ".";
        }
        return n(isolates_) +
               (isolates_ == 1 ? say(" acteur sans partenariat connu reste seul : ",
                                     " actor without a known partnership stands alone: ")
                               : say(" acteurs sans partenariat connu restent seuls : ",
                                     " actors without a known partnership stand alone: ")) +
               enumerate(names, language_) + ".";
    }

    const Network& network_;
    const Projection& projection_;
    const CommunitiesResult& result_;
    Language language_;
    std::vector<std::vector<VertexId>> members_;
    std::vector<std::string> names_;
    std::vector<CommunityId> shown_;  ///< those that are not one isolated actor
    std::size_t isolates_ = 0;
    bool has_outside_ = false;
};

}  // namespace

Reading communities_reading(const Network& network, const Projection& projection,
                            const CommunitiesResult& result, Language language) {
    return Writer(network, projection, result, language).reading();
}

}  // namespace maillage::io
