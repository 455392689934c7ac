#include "algorithms/recommend/explanation.hpp"

#include "io/name_key.hpp"
#include "io/report/evidence_words.hpp"
#include "io/report/name_words.hpp"
#include "io/report/page/reading_html.hpp"
#include "io/report/page/sections.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

constexpr std::size_t most_listed_actors = 2000;
/// Beyond so many partners in all, reasons are a few words instead of sentences.
constexpr std::size_t most_sentences = 700;

class Lists {
public:
    Lists(Html& html, const PageContent& page, const RecommendationsView& view)
        : html_(html),
          page_(page),
          view_(view),
          words_(view.network, view.projection, view.model),
          explain_(view.model, {}, view.ei) {
        words_.brief();
    }

    void write() {
        const auto& actors = view_.result.actors;
        constexpr std::size_t per_actor = 3;
        std::size_t partners = 0;
        std::vector<std::pair<std::string, std::size_t>> order;
        for (std::size_t i = 0; i < actors.size(); ++i) {
            order.emplace_back(name_key(words_.name(actors[i].actor)), i);
            partners += std::min(per_actor, actors[i].partners.size());
        }
        std::sort(order.begin(), order.end());
        sentences_ = partners <= most_sentences;
        html_.raw("<h3 id=actors tabindex=-1>")
            .text(Both("Acteur par acteur", "Actor by actor"))
            .raw("</h3>");
        html_.paragraph(
            {"Dépliez un acteur pour voir les partenariats qu’il devrait ouvrir en premier, et pourquoi.",
             "Unfold an actor to see the partnerships it should open first, and why."});
        html_.raw("<div id=lists>\n");
        for (const auto& [key, i] : order) {
            write_actor(actors[i], per_actor);
        }
        html_.raw("</div>");
    }

private:
    [[nodiscard]] Both pick_both(auto make) const { return {make(Language::fr), make(Language::en)}; }

    void write_actor(const ActorRecommendations& list, std::size_t most) {
        html_.raw("<details id=r" + std::to_string(page_.number_of[index_of(list.actor)]) + "><summary>")
            .text(words_.name(list.actor))
            .raw("</summary>");
        if (list.partners.empty()) {
            html_.paragraph(pick_both([&](Language l) { return capitalised_sentence(list, l); }));
        } else {
            write_partners(list, most);
        }
        html_.raw("</details>\n");
    }

    [[nodiscard]] std::string capitalised_sentence(const ActorRecommendations& list,
                                                   Language language) const {
        return capitalised(no_recommendation(view_, list, language)) + ".";
    }

    void write_partners(const ActorRecommendations& list, std::size_t most) {
        const std::size_t shown = std::min(most, list.partners.size());
        html_.raw("<ol>");
        for (std::size_t i = 0; i < shown; ++i) {
            const RecommendedPartner& partner = list.partners[i];
            const PairExplanation pair = explain_(list.actor, partner.partner);
            html_.raw("<li><a href=#r" + std::to_string(page_.number_of[index_of(partner.partner)]) + ">")
                .text(words_.name(partner.partner))
                .raw("</a> ");
            const Both reasons = pick_both([&](Language l) { return why(list, i, pair, l); });
            if (sentences_) {
                html_.raw("<small>").text(score(partner)).raw("</small>").paragraph(reasons);
            } else {
                html_.text(score(partner) + Both("\u00a0: ", ": ") + reasons);
            }
        }
        html_.raw("</ol>\n");
    }

    [[nodiscard]] Both score(const RecommendedPartner& partner) const {
        return view_.options.fitted != nullptr
                   ? Both("chance de " + percent(chance_of(partner.score), 1, Language::fr),
                          "chance " + percent(chance_of(partner.score), 1, Language::en))
                   : Both("score " + number(partner.score, 2, Language::fr),
                          "score " + number(partner.score, 2, Language::en));
    }

    [[nodiscard]] std::string why(const ActorRecommendations& list, std::size_t i,
                                  const PairExplanation& pair, Language language) const {
        if (!sentences_) {
            return view_.options.fitted != nullptr
                       ? strongest_terms(view_.options.fitted->ranking(), list.evidence[i], 1, language)
                       : words_.reasons(pair, language);
        }
        // the sentences of an entry begin with the partner's name, which stands above them here
        std::string said = words_.note(pair, language);
        const std::string name = capitalised(std::string(words_.name(pair.b))) + ". ";
        if (said.rfind(name, 0) == 0) {
            said.erase(0, name.size());
        }
        return said;
    }

    Html& html_;
    const PageContent& page_;
    const RecommendationsView& view_;
    PairWords words_;
    PairExplainer explain_;
    bool sentences_ = true;
};

}  // namespace

bool lists_fit(const PageContent& page) {
    return page.views.recommendations &&
           page.views.recommendations->result.actors.size() <= most_listed_actors;
}

void write_recommendations_section(Html& html, const PageContent& page) {
    const ReadDocument& read = *page.document("recommendations");
    open_section(html, read.document.name, read.title());
    const bool lists = lists_fit(page);
    ReadingStyle style{.prefix = read.document.name, .without_columns = {}, .before_table = {}};
    style.open_rows = 20;
    style.before_table = [&](Html&, const Table& table, const Table&) {
        return lists && table.id == "partners";
    };
    write_reading(html, read.fr, read.en, style);
    if (lists) {
        Lists(html, page, *page.views.recommendations).write();
    } else {
        html.raw("<noscript>")
            .paragraph({"Avec autant d’acteurs, la liste de chacun s’affiche par la recherche, qui demande "
                        "JavaScript ; "
                        "elle est aussi dans recommendations.csv et recommendations.json.",
                        "With so many actors, the list of each is shown by the search, which needs "
                        "JavaScript; it also "
                        "stands in recommendations.csv and recommendations.json."})
            .raw("</noscript>");
    }
    close_section(html);
}

}  // namespace maillage::io
