#include "io/report/empty_chair_document.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

struct Words {
    std::string_view fr, en;
};

Words words_of(ChairMethod method) {
    switch (method) {
        case ChairMethod::fitted:
            return {"classement ajusté sur le passé", "ranking fitted on the past"};
        case ChairMethod::pagerank:
            return {"PageRank depuis les partenaires", "PageRank from the partners"};
        case ChairMethod::resource_allocation:
            return {"allocation de ressources", "resource allocation"};
        case ChairMethod::common_neighbours:
            return {"partenaires communs", "common neighbours"};
        case ChairMethod::popularity:
            return {"popularité", "popularity"};
        case ChairMethod::set_cover:
            return {"couverture des expertises", "cover of expertises"};
    }
    return {};
}

Words words_of(TeamTerm term) {
    switch (term) {
        case TeamTerm::pagerank:
            return {"PageRank depuis l’équipe", "PageRank from the team"};
        case TeamTerm::walks_recent:
            return {"chemins récents de trois liens", "recent ways of three ties"};
        case TeamTerm::joint:
            return {"partenariats avec l’équipe", "partnerships with the team"};
        case TeamTerm::joint_recent:
            return {"partenariats récents avec l’équipe", "recent partnerships with the team"};
        case TeamTerm::tied:
            return {"membres déjà partenaires", "members that are partners"};
        case TeamTerm::resource_allocation:
            return {"partenaires communs peu sollicités", "common partners with few others"};
        case TeamTerm::shared_consortia:
            return {"consortiums avec plusieurs membres", "consortia with several members"};
        case TeamTerm::consortia_jaccard:
            return {"consortiums semblables à l’équipe", "consortia like the team"};
        case TeamTerm::consortia_cosine:
            return {"part de l’équipe dans ses consortiums", "part of the team in its consortia"};
        case TeamTerm::closest_consortium:
            return {"consortium le plus semblable", "most similar consortium"};
        case TeamTerm::encounters:
            return {"rencontres attendues dans les mêmes domaines", "meetings expected in the same fields"};
        case TeamTerm::topic:
            return {"activité dans le domaine du projet", "activity in the field of the project"};
        case TeamTerm::topic_share:
            return {"part de son activité dans ce domaine et les voisins",
                    "part of its activity in this field and those near it"};
        case TeamTerm::recent_activity:
            return {"activité récente", "recent activity"};
        case TeamTerm::same_kind:
            return {"même type d’acteur", "same kind of actor"};
        case TeamTerm::same_country:
            return {"même pays", "same country"};
        case TeamTerm::same_place:
            return {"même lieu", "same place"};
        case TeamTerm::same_territory:
            return {"même territoire", "same territory"};
        case TeamTerm::names:
            return {"mots communs des noms", "words that the names share"};
    }
    return {};
}

void write_figure(JsonWriter& json, std::string_view key, const ChairFigure& figure) {
    json.key(key).begin_object().field("value", figure.value).key("ci95");
    if (figure.low && figure.high) {
        json.begin_array().value(*figure.low).value(*figure.high).end_array();
    } else {
        json.null();
    }
    if (!figure.value) {
        json.field("why", "zero_denominator");
    }
    json.end_object();
}

class Reader {
public:
    Reader(const EmptyChairView& view, Language language) : view_(view), language_(language) {}

    Reading read() {
        const ChairEvaluation& e = view_.evaluation;
        reading_.title = pick("La chaise vide", "The empty chair");
        if (e.chairs == 0) {
            reading_.paragraph(
                pick("Aucune équipe de la période n’a assez de membres déjà connus (",
                     "No team of the period has enough members that were known before (") +
                number(view_.options.least_partners, language_) +
                pick(" au moins)\u00a0: il n’y a rien à juger.", " at least): there is nothing to judge."));
            return std::move(reading_);
        }
        reading_.paragraph(
            number(e.chairs, language_) + pick(" équipes formées à partir de ", " teams formed from ") +
            to_text(view_.split) +
            pick(" ; de chacune un membre, tiré au sort, est retiré, et les ",
                 " on; one member, drawn by lot, is taken out of each, and the ") +
            number(e.known, language_) +
            pick(" acteurs déjà connus sont classés pour sa place, d’après ce qui était connu avant.",
                 " actors known before are ranked for the place, by what was known before."));
        tell_best();
        for (const ChairStratum& stratum : e.strata) {
            add_table(stratum);
        }
        add_weights();
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string cell(const ChairFigure& figure, int decimals) const {
        if (!figure.value) {
            return "–";
        }
        std::string text = number(*figure.value, static_cast<std::size_t>(decimals), language_);
        if (figure.low && figure.high) {
            text += " [" + number(*figure.low, static_cast<std::size_t>(decimals), language_) +
                    pick(" ; ", ", ") + number(*figure.high, static_cast<std::size_t>(decimals), language_) +
                    "]";
        }
        return text;
    }

    void tell_best() {
        const ChairStratum& all = view_.evaluation.strata.front();
        const ChairQuality& first = all.methods.front();
        if (first.method != ChairMethod::fitted) {
            reading_.paragraph(pick("Le passé compte trop peu d’équipes pour y ajuster un classement.",
                                    "The past has too few teams to fit a ranking on."));
            return;
        }
        if (first.hit_10.value && first.ratio_10.value) {
            reading_.paragraph(pick("Le classement ajusté nomme le bon acteur parmi ses dix premiers ",
                                    "The fitted ranking names the right actor among its first ten ") +
                               number(100.0 * *first.hit_10.value, 1, language_) +
                               pick(" fois sur cent, soit ", " times in a hundred, ") +
                               number(*first.ratio_10.value, 2, language_) +
                               pick(" fois PageRank.", " times PageRank."));
        }
    }

    void add_table(const ChairStratum& stratum) {
        if (stratum.chairs == 0) {
            return;
        }
        Table table;
        table.id = "chairs_" + std::string(stratum.id);
        const std::string count = " (" + number(stratum.chairs, language_) + ")";
        table.title = (stratum.id == "all"         ? pick("Toutes les chaises", "All chairs")
                       : stratum.id == "strangers" ? pick("Chaises prises par un inconnu des autres",
                                                          "Chairs taken by a stranger to the others")
                                                   : pick("Chaises prises par un partenaire de l’un d’eux",
                                                          "Chairs taken by a partner of one of them")) +
                      count;
        table.columns = {{pick("Classement", "Ranking")},
                         {pick("parmi les 10 premiers", "in the first 10"), true},
                         {pick("parmi les 50", "in the first 50"), true},
                         {"MRR", true},
                         {pick("10 premiers, sur PageRank", "first 10, over PageRank"), true}};
        for (const ChairQuality& q : stratum.methods) {
            const Words words = words_of(q.method);
            table.rows.push_back({pick(words.fr, words.en), cell(q.hit_10, 3), cell(q.hit_50, 3),
                                  cell(q.mrr, 3), cell(q.ratio_10, 2)});
        }
        table.note = pick(
            "Entre crochets : intervalle à 95 %, par rééchantillonnage des équipes. MRR : moyenne de 1/rang.",
            "In brackets: 95% interval, by resampling the teams. MRR: mean of 1/rank.");
        reading_.table(std::move(table));
    }

    void add_weights() {
        if (!view_.evaluation.ranking) {
            return;
        }
        const ChairRanking& ranking = *view_.evaluation.ranking;
        Table table;
        table.id = "chair_weights";
        table.title = pick("Le classement, ajusté sur ", "The ranking, fitted on ") +
                      number(ranking.chairs, language_) + pick(" chaises d’avant", " chairs of before");
        table.columns = {{pick("Indice", "Term")}, {pick("Poids", "Weight"), true}};
        for (std::size_t t = 0; t < team_term_count; ++t) {
            const Words words = words_of(team_term(t));
            table.rows.push_back({pick(words.fr, words.en), number(ranking.weight[t], 3, language_)});
        }
        table.note = pick("Score : somme de poids · ln(1 + valeur / échelle).",
                          "Score: sum of weight · ln(1 + value / scale).");
        reading_.table(std::move(table));
    }

    const EmptyChairView& view_;
    Language language_;
    Reading reading_;
};

}  // namespace

void write_empty_chair_options(JsonWriter& json, const EmptyChairView& view) {
    json.field("split", to_text(view.split)).key("until");
    if (view.until) {
        json.value(to_text(*view.until));
    } else {
        json.null();
    }
    json.field("least_partners", view.options.least_partners).field("replicates", view.replicates);
}

void write_empty_chair_result(JsonWriter& json, const EmptyChairView& view) {
    const ChairEvaluation& e = view.evaluation;
    json.field("chairs", static_cast<std::uint64_t>(e.chairs));
    json.field("known_actors", static_cast<std::uint64_t>(e.known)).field("mean_team", e.mean_team);
    json.key("strata").begin_array(JsonWriter::Form::lines);
    for (const ChairStratum& stratum : e.strata) {
        json.begin_object().field("chairs_taken_by", stratum.id);
        json.field("chairs", static_cast<std::uint64_t>(stratum.chairs));
        json.key("methods").begin_array(JsonWriter::Form::lines);
        for (const ChairQuality& q : stratum.methods) {
            json.begin_object().field("method", to_code(q.method));
            write_figure(json, "hit_at_10", q.hit_10);
            write_figure(json, "hit_at_50", q.hit_50);
            write_figure(json, "mrr", q.mrr);
            if (q.method != ChairMethod::pagerank) {
                write_figure(json, "hit_at_10_over_pagerank", q.ratio_10);
            }
            json.end_object();
        }
        json.end_array().end_object();
    }
    json.end_array();
    json.key("ranking");
    if (!e.ranking) {
        json.null();
        return;
    }
    json.begin_object()
        .field("chairs", static_cast<std::uint64_t>(e.ranking->chairs))
        .field("loss", e.ranking->loss);
    json.key("terms").begin_array(JsonWriter::Form::lines);
    for (std::size_t t = 0; t < team_term_count; ++t) {
        json.begin_object().field("term", to_code(team_term(t))).field("weight", e.ranking->weight[t]);
        json.field("scale", e.ranking->scale[t]).end_object();
    }
    json.end_array().end_object();
}

Reading empty_chair_reading(const EmptyChairView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io
