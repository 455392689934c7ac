#include "io/report/evaluation_document.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

/// Fewer draws of so few things say little.
constexpr std::size_t few_partnerships = 30;

class Reader {
public:
    Reader(const EvaluationView& view, Language language)
        : view_(view), e_(view.evaluation), language_(language), order_(best_first(view.evaluation)) {
        const auto recall = std::find_if(e_.measures.begin(), e_.measures.end(),
                                         [](const Measure& m) { return m.kind == MeasureKind::recall; });
        k_ = recall->k;
    }

    Reading read() {
        reading_.title = say("Ce que les classements auraient prévu", "What rankings would have foreseen");
        reading_.paragraph(task());
        if (e_.sampled) {
            reading_.paragraph(sample());
        }
        if (e_.judged.new_ties > 0) {
            reading_.paragraph(best_of_pairs());
            for (const std::size_t m : order_) {
                if (!e_.methods[m].reference) {
                    reading_.paragraph(beside_best(m));
                }
            }
            reading_.paragraph(lists());
        } else {
            reading_.paragraph(
                say("Aucun lien nouveau parmi les acteurs tirés : rien ne peut être mesuré. "
                    "Tirez-en davantage (--sample).",
                    "No new tie among the actors drawn: nothing can be measured. Draw more "
                    "(--sample)."));
        }
        if (e_.partnerships < few_partnerships) {
            reading_.paragraph(
                say("Prudence : ", "Caution: ") +
                some(e_.partnerships, "partenariat a apporté", "partenariats ont apporté",
                     "partnership brought", "partnerships brought") +
                say(" les liens nouveaux. C’est trop peu pour départager des méthodes : lisez les "
                    "intervalles, pas les chiffres.",
                    " the new ties. That is too few to tell methods apart: read the intervals, not the "
                    "figures."));
        }
        reading_.table(pairs_table());
        reading_.table(lists_table());
        reading_.table(strata_table());
        reading_.table(words_table());
        return std::move(reading_);
    }

private:
    using Row = std::vector<std::string>;

    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(pick(language_, fr, en));
    }
    [[nodiscard]] std::string count(std::uint64_t n) const {
        return number(static_cast<std::size_t>(n), language_);
    }
    [[nodiscard]] std::string some(std::uint64_t n, std::string_view fr_one, std::string_view fr_many,
                                   std::string_view en_one, std::string_view en_many) const {
        const bool one = language_ == Language::fr ? n < 2 : n == 1;
        return count(n) + " " + (one ? say(fr_one, en_one) : say(fr_many, en_many));
    }
    /// With three digits that say something.
    [[nodiscard]] std::string figure(double value) const {
        if (value == 0.0) {
            return "0";
        }
        int decimals = 3;
        for (double size = std::abs(value); size > 0.0 && size < 0.1 && decimals < 7; size *= 10.0) {
            ++decimals;
        }
        return number(value, decimals, language_);
    }
    [[nodiscard]] std::string figure(const std::optional<double>& value) const {
        return value ? figure(*value) : "–";
    }
    [[nodiscard]] std::string interval(const std::optional<FigureInterval>& i) const {
        return i ? figure(i->low) + say(" à ", " to ") + figure(i->high) : "–";
    }
    [[nodiscard]] std::string ratio(double value) const {
        return number(value, value < 10.0 ? 2 : 0, language_);
    }
    [[nodiscard]] std::string ratio_interval(const std::optional<FigureInterval>& i) const {
        return i ? ratio(i->low) + say(" à ", " to ") + ratio(i->high) : "–";
    }
    [[nodiscard]] std::string label(std::size_t m) const {
        return method_label(e_.methods[m].method, language_);
    }
    [[nodiscard]] const Figure& of(std::size_t m, MeasureKind kind, std::uint32_t k = 0) const {
        return e_.figure(m, {kind, k});
    }

    [[nodiscard]] double chance() const {
        return static_cast<double>(e_.all.new_ties) / static_cast<double>(e_.all.candidates);
    }

    [[nodiscard]] std::string task() const {
        const History& h = view_.history;
        const std::string split = to_text(view_.cut.split);
        std::string text =
            say("Ce qu’on savait avant ", "What was known before ") + split + say(" : ", ": ") +
            some(h.known_actors, "acteur", "acteurs", "actor", "actors") + say(" et ", " and ") +
            some(h.past.graph.view().edge_count(), "lien", "liens", "tie", "ties") + ". " +
            say("Ce qu’il fallait prévoir : parmi les ", "What was to be foreseen: of the ") +
            count(e_.all.candidates) +
            say(" paires d’acteurs connus pas encore liés, ", " pairs of known actors not tied yet, the ") +
            count(e_.all.new_ties) +
            say(e_.all.new_ties == 1 ? " qui s’est liée ensuite" : " qui se sont liées ensuite",
                " that tied afterwards") +
            (view_.cut.until ? say(", jusqu’à ", ", up to ") + to_text(*view_.cut.until) : std::string()) +
            say(", par ", ", through ") +
            some(e_.partnerships, "partenariat", "partenariats", "partnership", "partnerships") +
            say(" : une paire sur ", ": one pair in ") +
            number(static_cast<std::size_t>(std::llround(1.0 / chance())), language_) +
            (e_.sampled ? "."
                        : say(". Toutes les paires sont classées, aucune n’est écartée ni tirée au sort.",
                              ". All pairs are ranked; none is left out or drawn by lot."));
        if (h.newcomers > 0) {
            text += " " +
                    some(h.newcomers, "acteur encore inconnu est apparu ensuite",
                         "acteurs encore inconnus sont apparus ensuite", "actor appeared only afterwards",
                         "actors appeared only afterwards") +
                    say(" (", " (") +
                    some(h.with_newcomer, "rencontre", "rencontres", "meeting", "meetings") +
                    say(") : aucun classement ne pouvait les proposer.", "): no ranking could propose them.");
        }
        return text;
    }

    [[nodiscard]] std::string sample() const {
        return say("Estimation : seules les listes de ", "An estimate: only the lists of ") +
               count(e_.judged_actors) + say(" acteurs tirés au sort, sur ", " actors drawn by lot, of ") +
               count(view_.history.known_actors) +
               say(", ont été établies, chacune complète. Les intervalles en tiennent compte ; pour un "
                   "chiffre exact, relancez sans --sample.",
                   ", were made, each in full. The intervals allow for that; for exact figures run without "
                   "--sample.");
    }

    /// Which index is the one to beat, by how much it beats chance, and which others cannot be told from it.
    [[nodiscard]] std::string best_of_pairs() const {
        const auto best = e_.best_reference(*e_.find({MeasureKind::average_precision}));
        if (!best) {
            return say("Aucun indice seul n’a été évalué.", "No single index was judged.");
        }
        const Figure& value = of(*best, MeasureKind::average_precision);
        std::string text =
            say("L’indice à battre sur l’ensemble des paires : ", "The index to beat over all pairs: ") +
            label(*best) + say(", précision moyenne ", ", average precision ") + figure(value.value);
        if (value.interval) {
            text += say(" (intervalle à 95 % : ", " (95% interval: ") + interval(value.interval) + ")";
        }
        text += say(", soit ", ", ") +
                number(*value.value / chance(), *value.value < 10.0 * chance() ? 1 : 0, language_) +
                say(" fois ce que donnerait le hasard.", " times what chance would give.");
        std::vector<std::string> equals;
        for (const std::size_t m : order_) {
            const auto& against = e_.methods[m].against[*e_.find({MeasureKind::average_precision})];
            if (e_.methods[m].reference && against && against->difference.interval &&
                against->difference.interval->high >= 0.0) {
                equals.push_back(label(m));
            }
        }
        if (!equals.empty()) {
            text += say(" Ces données ne permettent pas d’en distinguer : ",
                        " These data cannot tell it from: ") +
                    enumerate(equals, language_) + ".";
        }
        return text;
    }

    /// A ratio names the index it is against.
    [[nodiscard]] std::string beside_best(std::size_t m) const {
        std::string text = label(m) + say(" : ", ": ");
        const auto told = [&](MeasureKind kind, std::uint32_t k, const std::string& name) {
            const auto& against = e_.methods[m].against[*e_.find({kind, k})];
            if (!against || !against->ratio.value) {
                return name + " " + figure(of(m, kind, k).value);
            }
            std::string words = name + " " + figure(of(m, kind, k).value) + say(", soit ", ", ") +
                                ratio(*against->ratio.value) + say(" fois celle de ", " times that of ") +
                                label(against->index);
            if (against->ratio.interval) {
                words += say(" (95 % : ", " (95%: ") + ratio_interval(against->ratio.interval) + ")";
            }
            if (against->difference.interval) {
                words += against->difference.interval->low > 0.0
                             ? say(", nettement au-dessus", ", clearly above")
                         : against->difference.interval->high < 0.0
                             ? say(", nettement au-dessous", ", clearly below")
                             : say(", sans écart certain", ", no certain difference");
            }
            return words;
        };
        text += told(MeasureKind::average_precision, 0, say("précision moyenne", "average precision"));
        text += say(" ; ", "; ");
        text += told(MeasureKind::recall, k_,
                     say("part retrouvée dans les ", "share found in the first ") + std::to_string(k_) +
                         say(" premiers", ""));
        return text + ".";
    }

    [[nodiscard]] std::string lists() const {
        const std::size_t place = *e_.find({MeasureKind::recall, k_});
        std::optional<std::size_t> best;
        for (std::size_t m = 0; m < e_.methods.size(); ++m) {
            const auto& value = e_.methods[m].figures[place].value;
            if (value && (!best || *value > *e_.methods[*best].figures[place].value)) {
                best = m;
            }
        }
        if (!best) {
            return say("Aucun acteur n’a noué de lien nouveau.", "No actor made a new tie.");
        }
        const Figure& recall = e_.methods[*best].figures[place];
        const auto hits = of(*best, MeasureKind::hits, k_).value;
        std::string text =
            say("Du point de vue d’un acteur : ", "As one actor sees it: ") +
            some(e_.actors, "acteur a noué", "acteurs ont noué", "actor has made", "actors have made") +
            say(" un lien nouveau. Les ", " a new tie. The first ") + std::to_string(k_) +
            say(" premières propositions de la meilleure méthode pour cela, ",
                " proposals of the method that is best at this, ") +
            label(*best) + say(", en contiennent en moyenne ", ", hold ") +
            percent(*recall.value, 1, language_);
        if (recall.interval) {
            text += say(" (95 % : ", " (95%: ") + percent(recall.interval->low, 1, language_) +
                    say(" à ", " to ") + percent(recall.interval->high, 1, language_) + ")";
        }
        return text + say(" et au moins un pour ", " of them on average, and at least one for ") +
               percent(*hits, 0, language_) + say(" de ces acteurs.", " of these actors.");
    }

    [[nodiscard]] std::string ratio_cell(std::size_t m, std::size_t measure) const {
        const auto best = e_.best_reference(measure);
        const auto& against = e_.methods[m].against[measure];
        if (best == m) {
            return say("à battre", "to beat");
        }
        if (!against || !against->ratio.value) {
            return "–";
        }
        return ratio(*against->ratio.value) +
               (against->ratio.interval ? " (" + ratio_interval(against->ratio.interval) + ")" : "");
    }
    /// Title of the column of ratios: it names the index.
    [[nodiscard]] std::string against_title(std::size_t measure) const {
        const auto best = e_.best_reference(measure);
        return best ? say("Fois ", "Times ") + label(*best) + " (95 %)" : say("Rapport", "Ratio");
    }

    [[nodiscard]] Table pairs_table() const {
        const std::size_t average = *e_.find({MeasureKind::average_precision});
        Table t;
        t.id = "pairs";
        t.title = say("Toutes les paires dans un seul classement", "All pairs in one ranking");
        t.columns = {{say("Méthode", "Method"), false, 34},
                     {say("Précision moyenne", "Average precision"), true},
                     {say("Intervalle à 95 %", "95% interval"), true},
                     {against_title(average), true}};
        std::vector<Measure> heads;
        for (const Measure& measure : e_.measures) {
            if (measure.kind == MeasureKind::pairs_precision && !e_.sampled) {
                heads.push_back(measure);
                t.columns.push_back({say("Précision des ", "Precision of ") + count(measure.k), true});
            }
        }
        t.columns.push_back({"AUROC", true});
        for (const std::size_t m : order_) {
            const Figure& value = e_.methods[m].figures[average];
            Row row = {label(m), figure(value.value), interval(value.interval), ratio_cell(m, average)};
            for (const Measure& measure : heads) {
                row.push_back(figure(e_.figure(m, measure).value));
            }
            row.push_back(figure(of(m, MeasureKind::auroc).value));
            t.rows.push_back(std::move(row));
        }
        if (e_.judged.new_ties > 0) {
            Row row = {say("hasard", "chance"), figure(chance()), "–", "–"};
            row.resize(4 + heads.size(), figure(chance()));
            row.push_back(figure(0.5));
            t.rows.push_back(std::move(row));
        }
        return t;
    }

    [[nodiscard]] Table lists_table() const {
        const std::size_t recall = *e_.find({MeasureKind::recall, k_});
        const std::string k = std::to_string(k_);
        Table t;
        t.id = "lists";
        t.title = say("La liste de chaque acteur", "The list of each actor");
        t.columns = {{say("Méthode", "Method"), false, 34},
                     {say("Rappel à ", "Recall at ") + k, true},
                     {say("Intervalle à 95 %", "95% interval"), true},
                     {against_title(recall), true},
                     {say("Précision à ", "Precision at ") + k, true},
                     {say("Au moins un à ", "Hit at ") + k, true},
                     {say("NDCG à ", "NDCG at ") + k, true},
                     {"MRR", true}};
        std::vector<std::size_t> order = order_;
        const auto value = [&](std::size_t m) { return e_.methods[m].figures[recall].value.value_or(-1.0); };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
        for (const std::size_t m : order) {
            t.rows.push_back(
                {label(m), figure(e_.methods[m].figures[recall].value),
                 interval(e_.methods[m].figures[recall].interval), ratio_cell(m, recall),
                 figure(of(m, MeasureKind::precision, k_).value), figure(of(m, MeasureKind::hits, k_).value),
                 figure(of(m, MeasureKind::ndcg, k_).value), figure(of(m, MeasureKind::mrr).value)});
        }
        std::vector<std::string> others;
        for (const Measure& measure : e_.measures) {
            if (measure.kind == MeasureKind::recall && measure.k != k_) {
                others.push_back(std::to_string(measure.k));
            }
        }
        t.note = say("Moyennes sur les acteurs qui ont noué un lien nouveau.",
                     "Means over the actors that made a new tie.");
        if (!others.empty()) {
            t.note += say(" Dans le document JSON aussi pour ", " In the JSON document also for ") +
                      enumerate(others, language_) + say(" propositions.", " proposals.");
        }
        return t;
    }

    [[nodiscard]] std::string stratum_name(PairStratum stratum) const {
        const std::uint32_t most = view_.options.newcomer_partnerships;
        const std::string few = most == 1 ? say("un seul partenariat passé", "one past partnership")
                                          : say("au plus ", "at most ") + std::to_string(most) +
                                                say(" partenariats passés", " past partnerships");
        switch (stratum) {
            case PairStratum::distance_2:
                return say("un partenaire commun (distance 2)", "a common partner (distance 2)");
            case PairStratum::distance_3:
                return "distance 3";
            case PairStratum::distance_4_or_more:
                return say("distance 4 ou plus", "distance 4 or more");
            case PairStratum::unreachable:
                return say("sans chemin de l’un à l’autre", "no way from one to the other");
            case PairStratum::newcomer:
                return say("l’un des deux a ", "one of both has ") + few;
            case PairStratum::established:
                return say("tous deux en ont davantage", "both have more");
        }
        return {};
    }

    [[nodiscard]] Table strata_table() const {
        Table t;
        t.id = "strata";
        t.title = say("Facile ou difficile : selon la distance avant la coupe et le passé",
                      "Easy or hard: by distance before the split and by history");
        t.columns = {{say("Paires", "Pairs"), false, 40},
                     {say("Candidates", "Candidates"), true},
                     {say("Liens nouveaux", "New ties"), true},
                     {say("Meilleure méthode", "Best method"), false, 34},
                     {say("Précision moyenne", "Average precision"), true},
                     {say("Intervalle à 95 %", "95% interval"), true},
                     {say("Fois le hasard", "Times chance"), true}};
        for (std::size_t s = 0; s < pair_stratum_count; ++s) {
            const CandidateCount& counts = e_.strata[s];
            const Measure measure{MeasureKind::average_precision, 0, static_cast<PairStratum>(s)};
            std::optional<std::size_t> best;
            for (const std::size_t m : order_) {
                const auto& value = e_.figure(m, measure).value;
                if (value && (!best || *value > *e_.figure(*best, measure).value)) {
                    best = m;
                }
            }
            Row row = {stratum_name(static_cast<PairStratum>(s)), count(counts.candidates),
                       count(counts.new_ties)};
            if (best) {
                const Figure& value = e_.figure(*best, measure);
                const double by_chance =
                    static_cast<double>(counts.new_ties) / static_cast<double>(counts.candidates);
                row.insert(row.end(), {label(*best), figure(value.value), interval(value.interval),
                                       number(*value.value / by_chance, 1, language_)});
            } else {
                row.insert(row.end(), {"–", "–", "–", "–"});
            }
            t.rows.push_back(std::move(row));
        }
        t.note = say("Les quatre premières lignes se partagent toutes les paires, les deux dernières aussi.",
                     "The first four rows share all pairs out, so do the last two.");
        return t;
    }

    [[nodiscard]] Table words_table() const {
        Table t;
        t.id = "words";
        t.title = say("Ce que veulent dire ces chiffres", "What these figures mean");
        t.columns = {{say("Chiffre", "Figure"), false, 24}, {say("Se lit", "Reads"), false, 74}};
        const std::string k = std::to_string(k_);
        t.rows = {
            {say("Précision moyenne", "Average precision"),
             say("En descendant le classement de toutes les paires : part des propositions qui se sont "
                 "réalisées, en moyenne aux rangs des liens nouveaux. Le hasard donne la part des liens "
                 "nouveaux parmi les paires.",
                 "Going down the ranking of all pairs: the share of proposals that came true, averaged "
                 "over the ranks of the new ties. Chance gives the share of new ties among pairs.")},
            {say("Précision des 100", "Precision of 100"),
             say("Part des 100 premières paires qui se sont liées.",
                 "Share of the first 100 pairs that tied.")},
            {"AUROC",
             say("Chance qu’un lien nouveau soit classé avant une autre paire ; 0,5 au hasard. Secondaire : "
                 "presque tout se joue en tête, qu’elle ne voit pas.",
                 "The chance that a new tie ranks before another pair; 0.5 by chance. Secondary: it does "
                 "not see the head, where nearly all is decided.")},
            {say("Rappel à ", "Recall at ") + k,
             say("Part des liens nouveaux d’un acteur qui sont parmi ses " + k + " premières propositions.",
                 "Share of an actor’s new ties that are among its first " + k + " proposals.")},
            {say("Précision à ", "Precision at ") + k,
             say("Part de ces " + k + " propositions qui se sont réalisées.",
                 "Share of those " + k + " proposals that came true.")},
            {say("Au moins un à ", "Hit at ") + k,
             say("Part des acteurs pour qui au moins une de ces propositions s’est réalisée.",
                 "Share of the actors for whom at least one of them came true.")},
            {"NDCG, MRR",
             say("Les mêmes listes, où le haut compte davantage ; MRR : inverse du rang de la première "
                 "proposition réalisée.",
                 "The same lists, where the top counts more; MRR: inverse rank of the first proposal that "
                 "came true.")},
            {say("Intervalle à 95 %", "95% interval"),
             say("Ce que donneraient d’autres partenariats (toutes les paires) ou d’autres acteurs (listes) "
                 "du même genre, tirés " +
                     std::to_string(view_.options.replicates) +
                     " fois ; les liens d’un même partenariat sont tirés ensemble, et toutes les méthodes "
                     "sont comparées sur les mêmes tirages.",
                 "What other partnerships (all pairs) or other actors (lists) of the same kind would give, "
                 "drawn " +
                     std::to_string(view_.options.replicates) +
                     " times; the ties of a partnership are drawn together, and all methods compared on "
                     "the same draws.")}};
        return t;
    }

    const EvaluationView& view_;
    const Evaluation& e_;
    Language language_;
    std::vector<std::size_t> order_;
    std::uint32_t k_ = 0;  ///< the shortest list
    Reading reading_;
};

}  // namespace

Reading evaluation_reading(const EvaluationView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
