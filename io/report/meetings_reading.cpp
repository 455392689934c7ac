#include "io/report/meetings_document.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

using namespace meetings;

constexpr std::size_t most_rows_by_actor = 500;
constexpr std::size_t named = 2;

class Reader {
public:
    Reader(const MeetingsView& view, Language language) : view_(view), language_(language) {}

    Reading read() {
        reading_.title = pick("Programme de rencontres", "Programme of meetings");
        if (view_.only) {
            reading_.title +=
                pick("\u00a0: ", ": ") + std::string(view_.network.name(view_.projection.actor(*view_.only)));
        }
        introduce();
        if (!view_.only) {
            say_shortfalls();
            say_stability();
        }
        table_of_meetings();
        if (!view_.only && view_.participants.size() <= most_rows_by_actor) {
            table_by_actor();
        }
        return std::move(reading_);
    }

    [[nodiscard]] std::vector<Appointment> appointments() const {
        std::vector<Appointment> all;
        for (std::uint32_t r = 0; r < view_.programme.rounds.size(); ++r) {
            for (const ScoredPair& p : view_.programme.rounds[r]) {
                if (!concerns(p)) {
                    continue;
                }
                Appointment a;
                a.uid = std::string(id(p.a)) + "+" + std::string(id(p.b)) + "@meetings.maillage";
                a.start = view_.times->of(r);
                a.minutes = view_.times->slot;
                const bool second = view_.only && view_.participants[p.b] == *view_.only;
                const std::uint32_t one = second ? p.b : p.a;
                const std::uint32_t other = second ? p.a : p.b;
                a.summary = view_.only ? pick("Rencontre avec ", "Meeting with ") + name(other)
                                       : name(p.a) + " – " + name(p.b);
                a.description = name(one) + pick(" apporte\u00a0: ", " brings: ") + brings(one, other) +
                                "\n" + name(other) + pick(" apporte\u00a0: ", " brings: ") +
                                brings(other, one);
                all.push_back(std::move(a));
            }
        }
        return all;
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] ActorId actor(std::uint32_t v) const {
        return view_.projection.actor(view_.participants[v]);
    }
    [[nodiscard]] std::string_view id(std::uint32_t v) const { return view_.network.id(actor(v)); }
    [[nodiscard]] std::string name(std::uint32_t v) const {
        return std::string(view_.network.name(actor(v)));
    }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }
    [[nodiscard]] bool concerns(const ScoredPair& p) const {
        return !view_.only || view_.participants[p.a] == *view_.only ||
               view_.participants[p.b] == *view_.only;
    }

    /// What one would bring the other, the most important first.
    [[nodiscard]] std::string brings(std::uint32_t from, std::uint32_t to) const {
        const Exchange e = view_.expertises.exchange(view_.participants[from], view_.participants[to]);
        std::string text;
        for (std::size_t i = 0; i < std::min(named, e.a_gives.size()); ++i) {
            text += (i > 0 ? ", " : "") + std::string(view_.network.label(e.a_gives[i].expertise, language_));
            text += e.a_gives[i].inferred ? "°" : "";
            text += e.a_gives[i].sought ? pick(" (recherché)", " (sought)") : "";
        }
        if (e.a_gives.size() > named) {
            text += pick(" et ", " and ") + count(e.a_gives.size() - named) + pick(" de plus", " more");
        }
        return text.empty() ? "–" : text;
    }

    void introduce() {
        const Programme& p = view_.programme;
        std::size_t meetings = 0;
        for (const auto& round : p.rounds) {
            meetings += round.size();
        }
        const std::size_t rounds = p.rounds.size();
        reading_.paragraph(
            count(view_.participants.size()) + pick(" participants, ", " participants, ") + count(rounds) +
            (rounds > 1 ? pick(" tours, ", " rounds, ") : pick(" tour, ", " round, ")) + count(meetings) +
            (meetings > 1 ? pick(" rencontres.", " meetings.") : pick(" rencontre.", " meeting.")));
        if (view_.only) {
            return;
        }
        if (meetings == 0) {
            reading_.paragraph(
                pick("Personne n’a à la fois quelque chose à apporter à un autre et à en recevoir "
                     "(actor_expertises.csv)\u00a0; «\u00a0--tied\u00a0» admet aussi ceux qui se connaissent "
                     "déjà.",
                     "Nobody has something both to bring another and to receive (actor_expertises.csv); "
                     "`--tied` also admits those who know each other already."));
            return;
        }
        std::string text =
            pick("Complémentarité totale ", "Total complementarity ") + number(p.total, 2, language_) + ", ";
        if (view_.stable) {
            reading_.paragraph(text + pick("pour des paires choisies par préférence et non pour ce total.",
                                           "of pairs chosen by preference and not for this total."));
            return;
        }
        if (p.optimal) {
            text += pick("optimum prouvé.", "a proven optimum.");
        } else {
            text += pick("soit ", "which is ") + percent(p.total / p.bound, 1, language_) +
                    pick(" d’une borne qu’aucun programme ne dépasse (",
                         " of a bound that no programme passes (") +
                    number(p.bound, 2, language_) + ").";
        }
        if (p.guarantee) {
            text += pick(" La méthode en garantit au moins ", " The method is sure of at least ") +
                    percent(*p.guarantee, 0, language_) +
                    pick(" parmi les paires retenues.", " among the pairs considered.");
        }
        reading_.paragraph(text);
    }

    void say_shortfalls() {
        const auto& all = view_.programme.shortfalls;
        if (!all.empty()) {
            std::vector<std::string> names;
            for (std::size_t i = 0; i < std::min<std::size_t>(8, all.size()); ++i) {
                names.push_back(name(all[i].vertex) + " (" + count(all[i].meetings) + pick(" sur ", " of ") +
                                count(all[i].wanted) +
                                pick(", partenaires possibles\u00a0: ", ", possible partners: ") +
                                count(all[i].possible) + ")");
            }
            if (all.size() > names.size()) {
                names.push_back(count(all.size() - names.size()) + pick(" autres", " more"));
            }
            reading_.paragraph(pick("Minimum non atteint\u00a0: ", "Minimum not reached: ") +
                               enumerate(names, language_) + ".");
        }
        std::size_t none = 0;
        std::size_t unknown = 0;
        for (std::uint32_t v = 0; v < view_.participants.size(); ++v) {
            if (view_.programme.meetings[v] == 0) {
                ++none;
                unknown += view_.projection.offers.of(view_.participants[v]).empty() ? 1U : 0U;
            }
        }
        if (none > 0) {
            reading_.paragraph(
                count(none) +
                (none > 1 ? pick(" participants n’ont aucune rencontre", " participants have no meeting")
                          : pick(" participant n’a aucune rencontre", " participant has no meeting")) +
                (unknown == 0 ? std::string(".")
                              : pick(", dont ", ", of which ") + count(unknown) +
                                    pick(" sans expertise connue.", " without a known expertise.")));
        }
    }

    void say_stability() {
        if (!view_.stable) {
            return;
        }
        std::vector<std::string> without;
        for (std::size_t r = 0; r < view_.round_is_stable.size(); ++r) {
            if (view_.round_is_stable[r] == 0) {
                without.push_back(count(r + 1));
            }
        }
        if (without.empty()) {
            reading_.paragraph(pick(
                "À chaque tour, aucune paire ne préférerait se rencontrer plutôt que de suivre le programme.",
                "In every round no two would rather meet each other than keep to the programme."));
        } else {
            reading_.paragraph(
                (without.size() > 1 ? pick("Aucun appariement stable n’existe aux tours ",
                                           "No stable pairing exists in rounds ")
                                    : pick("Aucun appariement stable n’existe au tour ",
                                           "No stable pairing exists in round ")) +
                enumerate(without, language_) +
                pick("\u00a0; il y a là le meilleur total.", "; the best total stands there."));
        }
    }

    void table_of_meetings() {
        Table table;
        table.id = "programme";
        table.title = pick("Qui rencontre qui", "Who meets whom");
        table.columns = {{pick("Tour", "Round"), true}};
        if (view_.times) {
            table.columns.push_back({pick("Début", "Start")});
        }
        for (const char* which : {"A", "B"}) {
            table.columns.push_back({std::string("Id ") + which});
            table.columns.push_back({pick("Acteur ", "Actor ") + which});
        }
        table.columns.push_back({pick("Score", "Score"), true});
        table.columns.push_back({pick("A apporte", "A brings"), false, 40});
        table.columns.push_back({pick("B apporte", "B brings"), false, 40});
        for (std::uint32_t r = 0; r < view_.programme.rounds.size(); ++r) {
            for (const ScoredPair& p : view_.programme.rounds[r]) {
                if (!concerns(p)) {
                    continue;
                }
                std::vector<std::string> row{count(r + 1)};
                if (view_.times) {
                    row.push_back(to_text(view_.times->of(r)));
                }
                for (const std::uint32_t v : {p.a, p.b}) {
                    row.emplace_back(id(v));
                    row.push_back(name(v));
                }
                row.push_back(number(p.score, 3, language_));
                row.push_back(brings(p.a, p.b));
                row.push_back(brings(p.b, p.a));
                table.rows.push_back(std::move(row));
            }
        }
        table.note = pick(
            "Score de complémentarité de 0 à 1, comme dans «\u00a0maillage match\u00a0». ° expertise déduite "
            "des partenariats.",
            "Score of complementarity from 0 to 1, as in \"maillage match\". ° expertise inferred from "
            "partnerships.");
        if (!table.rows.empty()) {
            reading_.table(std::move(table));
        }
    }

    void table_by_actor() {
        Table table;
        table.id = "actors";
        table.title = pick("Acteur par acteur", "Actor by actor");
        table.columns = {{pick("Acteur", "Actor")},
                         {pick("Rencontres", "Meetings"), true},
                         {pick("Avec, tour par tour", "With, round by round"), false, 0}};
        const std::size_t n = view_.participants.size();
        std::vector<std::string> with(n);
        for (std::uint32_t r = 0; r < view_.programme.rounds.size(); ++r) {
            for (const ScoredPair& p : view_.programme.rounds[r]) {
                const auto add = [&](std::uint32_t v, std::uint32_t other) {
                    with[v] +=
                        (with[v].empty() ? "" : pick("\u00a0; ", "; ")) + count(r + 1) + ". " + name(other);
                };
                add(p.a, p.b);
                add(p.b, p.a);
            }
        }
        bool any = false;
        for (std::uint32_t v = 0; v < n; ++v) {
            any = any || view_.programme.meetings[v] > 0;
            table.rows.push_back(
                {name(v), count(view_.programme.meetings[v]), with[v].empty() ? "–" : with[v]});
        }
        if (any) {
            reading_.table(std::move(table));
        }
    }

    const MeetingsView& view_;
    Language language_;
    Reading reading_;
};

}  // namespace

Reading meetings_reading(const MeetingsView& view, Language language) {
    return Reader(view, language).read();
}

std::vector<Appointment> meetings_calendar(const MeetingsView& view, Language language) {
    return Reader(view, language).appointments();
}

}  // namespace maillage::io
