#include "io/report/comparison_document.hpp"

#include "io/report/group_words.hpp"
#include "io/report/openness_document.hpp"

#include <algorithm>
#include <cmath>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

constexpr double significant = 0.05;
constexpr std::size_t most_named = 8;
constexpr std::size_t most_groups_shown = 15;

std::optional<std::string> date_text(const std::optional<Date>& date) {
    return date ? std::optional(to_text(*date)) : std::nullopt;
}

void write_side(JsonWriter& json, std::string_view name, const ComparedSide& side) {
    json.key(name).begin_object().field("title", side.title).field("digest", side.digest);
    json.field("from", date_text(side.from)).field("to", date_text(side.to));
    json.field("actors", std::uint64_t{side.actors}).field("with_ties", std::uint64_t{side.with_ties});
    json.field("partnerships", std::uint64_t{side.partnerships});
    json.field("undated_partnerships", std::uint64_t{side.undated}).end_object();
}

void write_both(JsonWriter& json, std::string_view name, const std::optional<Change>& change) {
    json.key(name);
    if (!change) {
        json.null().field("why", why_no_edges);
        return;
    }
    json.begin_object(Form::lines).key("before");
    write_mixing_at(json, change->before);
    json.key("after");
    write_mixing_at(json, change->after);
    json.key("change");
    write_change(json, *change);
    json.end_object();
}

class ComparisonReading {
public:
    ComparisonReading(const Network& earlier, const Network& later, const Comparison& c, Language language)
        : earlier_(earlier), later_(later), c_(c), l_(language) {}

    [[nodiscard]] Reading read() const {
        Reading reading;
        reading.title = text("Ce qui a changé", "What changed");
        reading.paragraph(who());
        reading.table(size_table());
        for (const ComparedAttribute& a : c_.attributes) {
            reading.heading(text("Par attribut : ", "By attribute: ") +
                            grouping_label(later_, a.attribute, l_));
            reading.paragraph(opened(a.all));
            reading.table(measures_table(a));
            if (Table groups = groups_table(a); !groups.rows.empty()) {
                reading.table(std::move(groups));
            }
        }
        reading.paragraph(
            text("À savoir : p répond à une seule question : les liens apparus ou disparus se "
                 "répartissent-ils autrement que "
                 "les autres ? La densité est comparée à part, car un réseau plus dense n’est pas pour "
                 "autant plus ouvert. Il "
                 "n’existe pas de définition officielle du décloisonnement ; chaque mesure est publiée, voir "
                 "« maillage "
                 "openness ».",
                 "Note: p answers one question: do the ties that came or went mix otherwise than the others? "
                 "Density is "
                 "compared apart, because a denser network is not a more open one for that. No official "
                 "definition of "
                 "décloisonnement exists; every measure is published, see “maillage openness”."));
        return reading;
    }

private:
    [[nodiscard]] std::string text(std::string_view fr, std::string_view en) const {
        return std::string(pick(l_, fr, en));
    }
    [[nodiscard]] std::string name_of(const ComparedSide& side, std::string_view otherwise) const {
        if (c_.two_datasets && !side.title.empty() && c_.before.title != c_.after.title) {
            return side.title;
        }
        if (side.from && side.to) {
            return *side.from == *side.to ? to_text(*side.to) : to_text(*side.from) + "–" + to_text(*side.to);
        }
        return side.to     ? to_text(*side.to)
               : side.from ? text("depuis ", "since ") + to_text(*side.from)
                           : std::string(otherwise);
    }
    [[nodiscard]] std::string before() const { return name_of(c_.before, pick(l_, "avant", "before")); }
    [[nodiscard]] std::string after() const { return name_of(c_.after, pick(l_, "après", "after")); }
    [[nodiscard]] std::string figure(const std::optional<double>& value) const {
        return value ? number(*value, 2, l_) : std::string("–");
    }
    [[nodiscard]] std::string interval(const std::optional<Interval>& i) const {
        return i ? "[" + number(i->low, 2, l_) + text(" ; ", ", ") + number(i->high, 2, l_) + "]"
                 : std::string("–");
    }
    [[nodiscard]] std::string probability(const std::optional<double>& p) const {
        return !p ? std::string("–") : *p < 0.001 ? text("< 0,001", "< 0.001") : number(*p, 3, l_);
    }
    [[nodiscard]] std::string names(const Network& network, const std::vector<std::string>& ids) const {
        std::vector<std::string> some;
        for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) {
            const auto actor = network.find_actor(ids[i]);
            some.emplace_back(actor ? network.name(*actor) : std::string_view(ids[i]));
        }
        if (ids.size() > most_named) {
            some.push_back(number(ids.size() - most_named, l_) + text(" autres", " others"));
        }
        return enumerate(some, l_);
    }

    [[nodiscard]] std::string who() const {
        std::string all = l_ == Language::fr
                              ? before() + " et " + after() + " : " + number(c_.common_actors, l_) +
                                    " acteurs ont des liens aux deux moments."
                              : before() + " and " + after() + ": " + number(c_.common_actors, l_) +
                                    " actors have ties at both times.";
        if (!c_.new_actors.empty()) {
            all += text(" Entrés dans le réseau (", " Came into the network (") +
                   number(c_.new_actors.size(), l_) + text(") : ", "): ") + names(later_, c_.new_actors) +
                   ".";
        }
        if (!c_.gone_actors.empty()) {
            all += text(" Sortis (", " Left it (") + number(c_.gone_actors.size(), l_) + text(") : ", "): ") +
                   names(earlier_, c_.gone_actors) + ".";
        }
        if (c_.before.undated > 0 || c_.after.undated > 0) {
            all += l_ == Language::fr ? " Partenariats sans date, comptés à toute date : " +
                                            number(std::max(c_.before.undated, c_.after.undated), l_) + "."
                                      : " Partnerships without a date, counted at any date: " +
                                            number(std::max(c_.before.undated, c_.after.undated), l_) + ".";
        }
        return all;
    }

    [[nodiscard]] Table size_table() const {
        Table t;
        t.id = "size";
        t.title = text("Taille et densité", "Size and density");
        t.columns = {{""}, {before(), true}, {after(), true}};
        const auto row = [&](std::string_view fr, std::string_view en, std::string x, std::string y) {
            t.rows.push_back({text(fr, en), std::move(x), std::move(y)});
        };
        row("Acteurs", "Actors", number(c_.before.actors, l_), number(c_.after.actors, l_));
        row("dont liés", "of them tied", number(c_.before.with_ties, l_), number(c_.after.with_ties, l_));
        row("Partenariats", "Partnerships", number(c_.before.partnerships, l_),
            number(c_.after.partnerships, l_));
        if (c_.attributes.empty()) {
            return t;
        }
        const Change& all = c_.attributes.front().all;
        row("Liens", "Ties", number(all.before.ties, 0, l_), number(all.after.ties, 0, l_));
        const auto density = [&](const MixingAt& at) {
            return at.density.value ? percent(*at.density.value, *at.density.value < 0.001 ? 3 : 2, l_)
                                    : std::string("–");
        };
        row("Densité", "Density", density(all.before), density(all.after));
        t.note = l_ == Language::fr ? number(all.kept, l_) + " liens maintenus, " + number(all.ended, l_) +
                                          " disparus, " + number(all.begun, l_) + " apparus"
                                    : number(all.kept, l_) + " ties kept, " + number(all.ended, l_) +
                                          " ended, " + number(all.begun, l_) + " begun";
        if (all.density_p) {
            t.note += text(" ; autant d’apparus que de disparus ? p ", "; as many begun as ended? p ") +
                      (*all.density_p < 0.001 ? "" : "= ") + probability(all.density_p);
        }
        t.note +=
            text(". Liens entre acteurs dont le groupe est connu.", ". Ties between actors of known group.");
        return t;
    }

    [[nodiscard]] std::string opened(const Change& change) const {
        const ChangedMeasure& ei = change.measures.front();
        if (!ei.before || !ei.after) {
            return text("Aucun lien à l’une des deux dates : l’ouverture ne peut pas être comparée.",
                        "No tie at one of the two dates: openness cannot be compared.");
        }
        std::string all = l_ == Language::fr
                              ? "L’indice E-I passe de " + figure(ei.before) + " à " + figure(ei.after)
                              : "The E-I index goes from " + figure(ei.before) + " to " + figure(ei.after);
        if (!ei.p) {
            return all + text(" : les liens sont les mêmes aux deux dates.",
                              ": the ties are the same at both dates.");
        }
        if (*ei.p >= significant) {
            const double ties = std::min(change.before.ties, change.after.ties);
            all += l_ == Language::fr
                       ? " ; avec " + number(ties, 0, l_) + " liens, cet écart peut être dû au hasard"
                       : "; with " + number(ties, 0, l_) + " ties this difference may be due to chance";
        } else {
            all += *ei.difference > 0.0 ? text(" : le réseau s’est ouvert", ": the network has opened")
                                        : text(" : le réseau s’est refermé", ": the network has closed");
        }
        return all + " (p " + (*ei.p < 0.001 ? "" : "= ") + probability(ei.p) + ").";
    }

    [[nodiscard]] Table measures_table(const ComparedAttribute& a) const {
        Table t;
        t.id = "change_" + a.attribute;
        t.title = text("Ouverture aux deux dates", "Openness at both dates");
        t.columns = {{text("Mesure", "Measure")},
                     {text("Sur", "Over")},
                     {before(), true},
                     {after(), true},
                     {text("Écart", "Difference"), true},
                     {text("Intervalle 95 %", "95 % interval"), true},
                     {"p", true}};
        const auto add = [&](const Change& change, std::string_view over) {
            for (const ChangedMeasure& m : change.measures) {
                if (m.group.empty()) {
                    t.rows.push_back({indicator_name(m.id, l_), std::string(over), figure(m.before),
                                      figure(m.after), figure(m.difference), interval(m.ci95),
                                      probability(m.p)});
                }
            }
        };
        add(a.all, pick(l_, "tous", "all"));
        if (a.common) {
            add(*a.common, pick(l_, "acteurs communs", "common actors"));
        }
        t.note = text(
            "Écart du rapport de cotes : logarithme du quotient ; lui seul ne bouge pas avec la densité.",
            "Difference of the odds ratio: logarithm of the quotient; it alone does not move with the "
            "density.");
        if (a.moved > 0) {
            t.note += l_ == Language::fr ? " Acteurs qui ont changé de groupe : " + number(a.moved, l_) + "."
                                         : " Actors that changed group: " + number(a.moved, l_) + ".";
        }
        return t;
    }

    [[nodiscard]] Table groups_table(const ComparedAttribute& a) const {
        Table t;
        t.id = "groups_" + a.attribute;
        t.title = text("Quels groupes ont changé", "Which groups changed");
        t.columns = {{text("Groupe", "Group")},
                     {before(), true},
                     {after(), true},
                     {text("Écart", "Difference"), true},
                     {text("p corrigé", "p corrected"), true}};
        std::vector<const ChangedMeasure*> groups;
        for (const ChangedMeasure& m : a.all.measures) {
            if (!m.group.empty() && m.difference && std::abs(*m.difference) > 1e-12) {
                groups.push_back(&m);
            }
        }
        std::stable_sort(groups.begin(), groups.end(), [](const ChangedMeasure* x, const ChangedMeasure* y) {
            return std::abs(*x->difference) > std::abs(*y->difference) + 1e-12;
        });
        groups.resize(std::min(groups.size(), most_groups_shown));
        for (const ChangedMeasure* m : groups) {
            t.rows.push_back({group_label(later_, a.attribute, m->group, l_), figure(m->before),
                              figure(m->after), figure(m->difference), probability(m->p_adjusted)});
        }
        t.note = text(
            "Indice E-I du groupe, le plus grand écart d’abord ; p corrigé du nombre de groupes.",
            "E-I index of the group, the largest difference first; p corrected for the number of groups.");
        return t;
    }

    const Network& earlier_;
    const Network& later_;
    const Comparison& c_;
    Language l_;
};

}  // namespace

void write_comparison(JsonWriter& json, const Network& later, const Comparison& c, Language language) {
    write_side(json, "before", c.before);
    write_side(json, "after", c.after);
    json.field("two_datasets", c.two_datasets).field("common_actors", std::uint64_t{c.common_actors});
    const auto write_ids = [&json](std::string_view name, const std::vector<std::string>& ids) {
        json.key(name).begin_array();
        for (const std::string& id : ids) {
            json.value(id);
        }
        json.end_array();
    };
    write_ids("new_actors", c.new_actors);
    write_ids("gone_actors", c.gone_actors);
    json.key("attributes").begin_array(Form::lines);
    for (const ComparedAttribute& a : c.attributes) {
        json.begin_object(Form::lines)
            .field("attribute", a.attribute)
            .field("label", grouping_label(later, a.attribute, language));
        json.field("actors_that_changed_group", std::uint64_t{a.moved});
        write_both(json, "all_actors", a.all);
        write_both(json, "common_actors", a.common);
        json.end_object();
    }
    json.end_array();
}

Reading comparison_reading(const Network& earlier, const Network& later, const Comparison& comparison,
                           Language language) {
    return ComparisonReading(earlier, later, comparison, language).read();
}

}  // namespace maillage::io
