#include "io/report/evidence_words.hpp"

#include "io/report/reading.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

struct Words {
    std::string_view fr, en;
};
constexpr std::array<Words, evidence_count> labels = {{
    {"chemins de trois liens", "ways of three ties"},
    {"chemins de trois liens, grands projets compris", "ways of three ties, large projects included"},
    {"chemins de trois liens récents", "ways of three recent ties"},
    {"chemins récents par des acteurs peu sollicités", "recent ways through actors with few ties"},
    {"partenaires communs", "common partners"},
    {"partenaires communs peu sollicités", "common partners with few ties"},
    {"rencontres probables dans les mêmes domaines", "likely encounters in the same fields"},
    {"rencontres probables dans des domaines voisins", "likely encounters in related fields"},
    {"rencontres probables par leurs partenaires", "likely encounters through their partners"},
    {"domaines communs", "fields in common"},
    {"mots communs dans les noms", "words in common in the names"},
    {"noms proches de ceux des partenaires de l’autre", "names close to those of the other’s partners"},
    {"types d’acteurs qui travaillent ensemble", "kinds of actors that work together"},
    {"pays qui travaillent ensemble", "countries that work together"},
    {"territoires qui travaillent ensemble", "territories that work together"},
    {"même lieu", "same place"},
    {"même territoire", "same territory"},
    {"activité des deux", "activity of both"},
    {"activité de la dernière année", "activity of the last year"},
    {"nombre de partenaires", "number of partners"},
    {"projets coordonnés", "projects led"},
}};

}  // namespace

std::string_view evidence_label(Evidence term, Language language) noexcept {
    const Words& words = labels[static_cast<std::size_t>(term)];
    return language == Language::fr ? words.fr : words.en;
}

double chance_of(double score) noexcept {
    return 1.0 / (1.0 + std::exp(-score));
}

void write_ranking(JsonWriter& json, const FittedRanking* ranking, std::string_view why_published) {
    json.key("ranking").begin_object();
    if (ranking == nullptr) {
        json.field("kind", "published").field("why", why_published).end_object();
        return;
    }
    json.field("kind", "fitted").field("weights_from", ranking->stored ? "prepared_file" : "this_run");
    json.field("horizon_years", ranking->horizon_years);
    json.key("splits").begin_array();
    for (const Date& split : ranking->splits) {
        json.value(to_text(split));
    }
    json.end_array();
    json.field("examples", static_cast<std::uint64_t>(ranking->examples));
    json.field("new_ties", static_cast<std::uint64_t>(ranking->new_ties));
    json.field("intercept", ranking->intercept);
    json.key("terms").begin_array(JsonWriter::Form::lines);
    for (const FittedTerm& term : ranking->terms) {
        json.begin_object().field("feature", to_code(term.term));
        json.key("scale");
        if (term.scale > 0.0) {
            json.value(term.scale);
        } else {
            json.null().field("why", "used_as_it_is");
        }
        json.field("weight", term.weight).end_object();
    }
    json.end_array().end_object();
}

void write_fitted_contributions(JsonWriter& json, const FittedRanking& ranking, const EvidenceValues& raw) {
    json.key("contributions").begin_array();
    json.begin_object().field("feature", "baseline").field("value", 1.0);
    json.field("weight", ranking.intercept).field("contribution", ranking.intercept).end_object();
    for (const FittedTerm& term : ranking.terms) {
        if (term.weight == 0.0) {
            continue;
        }
        const auto found = static_cast<double>(raw[static_cast<std::size_t>(term.term)]);
        const double value = term_value(term, found);
        json.begin_object().field("feature", to_code(term.term)).field("value", value);
        json.field("weight", term.weight).field("contribution", term.weight * value);
        json.field("raw", found).end_object();
    }
    json.end_array();
}

std::string strongest_terms(const FittedRanking& ranking, const EvidenceValues& raw, std::size_t most,
                            Language language) {
    std::vector<std::pair<double, Evidence>> found;
    for (const FittedTerm& term : ranking.terms) {
        // Activity and number of partners say who is busy, not why these two: they are in the contributions.
        const bool of_the_pair = term.term < Evidence::activity;
        const double part =
            term.weight * term_value(term, static_cast<double>(raw[static_cast<std::size_t>(term.term)]));
        if (of_the_pair && part > 0.05) {
            found.emplace_back(-part, term.term);
        }
    }
    std::sort(found.begin(), found.end());
    std::string text;
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i) {
        text += (i > 0 ? ", " : "") + std::string(evidence_label(found[i].second, language)) + " (×" +
                number(std::exp(-found[i].first), 1, language) + ")";
    }
    return text;
}

std::vector<std::pair<std::string, double>> fitted_reasons(const FittedRanking& ranking,
                                                           const EvidenceValues& raw, Language language) {
    std::vector<std::pair<std::string, double>> reasons;
    for (const FittedTerm& term : ranking.terms) {
        const double part =
            term.weight * term_value(term, static_cast<double>(raw[static_cast<std::size_t>(term.term)]));
        if (std::abs(part) >= 0.01) {
            reasons.emplace_back(evidence_label(term.term, language), part);
        }
    }
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    return reasons;
}

std::string fitted_note(const FittedRanking& ranking, Language language) {
    std::string splits;
    for (const Date& split : ranking.splits) {
        splits += (splits.empty() ? "" : ", ") + to_text(split);
    }
    const bool fr = language == Language::fr;
    const double horizon = ranking.horizon_years;
    const std::string years = number(horizon, 1, language);
    const std::string when = !ranking.stored ? (fr ? "" : "on ")
                             : fr            ? "à la préparation du fichier "
                                             : "when the file was prepared, from ";
    return (fr ? "Chance qu’un partenariat commence entre les deux dans un délai d’environ " + years +
                     (horizon < 2.0 ? " an" : " ans") +
                     ", d’après l’historique de ce réseau : pondérations apprises " + when + "sur "
               : "Chance that a partnership of the two begins within about " + years +
                     (horizon < 2.0 ? " year" : " years") +
                     ", by this network’s own history: weights learned " + when) +
           number(ranking.new_ties, language) +
           (fr ? " nouveaux liens apparus après " : " new ties that came after ") + splits +
           (fr ? ". ×2 : ce motif double la cote du partenariat. Le document JSON détaille chaque "
                 "apport ; ils s’additionnent (logarithmes de cotes). Les paires déjà liées ne sont pas "
                 "proposées."
               : ". ×2: this reason doubles the odds of the partnership. The JSON document has "
                 "every contribution; they add up (logarithms of odds). Pairs that are tied already are not "
                 "proposed.");
}

}  // namespace maillage::io
