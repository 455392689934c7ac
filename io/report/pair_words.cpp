#include "io/report/pair_words.hpp"

#include <algorithm>
#include <array>

namespace maillage::io {
namespace {

/// Partners and expertises named in a sentence; the rest is counted.
constexpr std::size_t named_partners = 3;
constexpr std::size_t named_expertises = 4;
constexpr std::string_view inferred_mark = "°";

std::string text(Language language, std::string_view fr, std::string_view en) {
    return std::string(pick(language, fr, en));
}

std::string colon(Language language) {
    return text(language, "\u00a0: ", ": ");
}

}  // namespace

std::string_view feature_label(Feature feature, Language language) noexcept {
    switch (feature) {
        case Feature::resource_allocation:
            return pick(language, "Partenaires communs", "Common partners");
        case Feature::l3:
            return pick(language, "Chemins à trois pas", "Ways of three ties");
        case Feature::complementarity:
            return pick(language, "Complémentarité", "Complementarity");
        case Feature::common_ground:
            return pick(language, "Terrain commun", "Common ground");
        case Feature::crossing:
            return pick(language, "Décloisonnement", "Crossing of groups");
        case Feature::remoteness:
            return pick(language, "Éloignement", "Remoteness");
    }
    return {};
}

std::string_view fusion_label(Fusion fusion, Language language) noexcept {
    switch (fusion) {
        case Fusion::off:
            return {};
        case Fusion::harmonic:
            return pick(language, "moyenne harmonique", "harmonic mean");
        case Fusion::geometric:
            return pick(language, "moyenne géométrique", "geometric mean");
        case Fusion::uninorm:
            return pick(language, "uninorme", "uninorm");
        case Fusion::minimum:
            return pick(language, "minimum", "minimum");
    }
    return {};
}

std::string_view to_sentence(NoRecommendation reason, Language language) noexcept {
    switch (reason) {
        case NoRecommendation::found:
            return {};
        case NoRecommendation::nothing_known:
            return pick(language, "rien n’est connu de cet acteur, ni partenariat ni expertise",
                        "nothing is known of this actor, neither a partnership nor an expertise");
        case NoRecommendation::nothing_common:
            return pick(language, "personne ne partage ses expertises ni ne répond à ses besoins",
                        "nobody shares its expertises or meets its needs");
        case NoRecommendation::no_reach:
            return pick(language,
                        "personne du périmètre à moins de quatre partenariats, aucune expertise en commun",
                        "nobody in scope within three partnerships, and no expertise in common");
        case NoRecommendation::all_linked:
            return pick(language, "déjà lié à tous ceux qui sont à sa portée",
                        "already linked to everyone within reach");
        case NoRecommendation::too_weak:
            return pick(language, "trop peu d’éléments en faveur de ceux qui sont à sa portée",
                        "too little speaks for those within reach");
        case NoRecommendation::barred:
            return pick(language, "ceux qui sont à sa portée figurent tous parmi les paires exclues",
                        "all those within reach are among the excluded pairs");
        case NoRecommendation::one_sided:
            return pick(language, "dans chaque paire possible, l’un des deux n’aurait rien à gagner",
                        "in every possible pair one side would gain nothing");
        case NoRecommendation::exposed:
            return pick(language, "ceux qui sont à sa portée sont déjà proposés aussi souvent que permis",
                        "those within reach are proposed as often as allowed already");
    }
    return {};
}

std::string PairWords::expertises(const std::vector<ExchangedExpertise>& list, Language language) const {
    if (list.empty()) {
        return "–";
    }
    std::vector<std::string> items;
    for (std::size_t i = 0; i < std::min(named_expertises, list.size()); ++i) {
        std::string item(network_.label(list[i].expertise, language));
        item += list[i].inferred ? inferred_mark : "";
        item += list[i].sought ? text(language, " (recherché)", " (sought)") : "";
        items.push_back(std::move(item));
    }
    if (list.size() > named_expertises) {
        items.push_back(number(list.size() - named_expertises, language) +
                        text(language, " de plus", " more"));
    }
    return enumerate(items, language);
}

std::string PairWords::common_partners(const PairExplanation& pair, Language language) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(named_partners, pair.common_partners.size()); ++i) {
        names.emplace_back(name(pair.common_partners[i].partner));
    }
    if (pair.common_partner_count > names.size()) {
        const std::size_t others = pair.common_partner_count - names.size();
        names.push_back(number(others, language) + (others == 1 ? text(language, " autre", " other")
                                                                : text(language, " autres", " others")));
    }
    return text(language, "les deux travaillent avec ", "both work with ") + enumerate(names, language);
}

std::string PairWords::way_of_three(const PairExplanation& pair, Language language) const {
    const ThreePath& path = pair.paths.front();
    return text(language, "trois partenariats les séparent, par ", "three partnerships apart, through ") +
           std::string(name(path.first)) + text(language, " puis ", " then ") +
           std::string(name(path.second));
}

std::string PairWords::crossings(const PairExplanation& pair, Language language) const {
    std::vector<std::string> items;
    for (const Crossing& c : pair.crosses) {
        items.push_back(std::string(attribute_label(c.grouping, language)) + " (" +
                        std::string(group_label(c.grouping, c.from, language)) + " – " +
                        std::string(group_label(c.grouping, c.to, language)) + ")");
    }
    return text(language, "le lien franchirait une frontière", "the tie would cross a border") +
           colon(language) + enumerate(items, language);
}

std::vector<std::string> PairWords::facts(const PairExplanation& pair, Language language) const {
    std::vector<std::string> list;
    if (pair.distance == 1U) {
        list.push_back(text(language, "déjà partenaires", "partners already"));
    }
    if (pair.common_partner_count > 0) {
        list.push_back(common_partners(pair, language));
    } else if (!pair.paths.empty()) {
        list.push_back(way_of_three(pair, language));
    } else if (pair.introducer) {
        list.push_back(text(language, "aucun chemin court entre eux, porte d’entrée possible",
                            "no short way between them, a possible door") +
                       colon(language) + std::string(name(*pair.introducer)) +
                       text(language, ", partenaire de ", ", a partner of ") + std::string(name(pair.b)));
    }
    const auto brings = [&](VertexId from, const std::vector<ExchangedExpertise>& items) {
        if (!items.empty()) {
            list.push_back(std::string(name(from)) + text(language, " apporterait", " would bring") +
                           colon(language) + expertises(items, language));
        }
    };
    brings(pair.a, pair.exchange.a_gives);
    brings(pair.b, pair.exchange.b_gives);
    if (!pair.exchange.shared.empty()) {
        list.push_back(text(language, "en commun", "in common") + colon(language) +
                       expertises(pair.exchange.shared, language));
    }
    if (!pair.crosses.empty() && pair.distance != 1U) {
        list.push_back(crossings(pair, language));
    }
    return list;
}

std::string PairWords::sentence(const PairExplanation& pair, Language language) const {
    std::string result = std::string(name(pair.a)) + text(language, " et ", " and ") +
                         std::string(name(pair.b)) + colon(language);
    const std::vector<std::string> list = facts(pair, language);
    if (list.empty()) {
        return result + text(language, "rien de connu ne les rapproche.", "nothing known joins them.");
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        result += (i > 0 ? text(language, "\u00a0; ", "; ") : "") + list[i];
    }
    return result + ".";
}

std::string PairWords::reasons(const PairExplanation& pair, Language language) const {
    std::array<Feature, feature_count> order = all_features;
    std::stable_sort(order.begin(), order.end(), [&](Feature x, Feature y) {
        return pair.score.contributions[x] > pair.score.contributions[y];
    });
    std::string result;
    for (const Feature f : {order[0], order[1]}) {
        if (!(pair.score.contributions[f] > 0.0)) {
            continue;
        }
        std::string reason(feature_label(f, language));
        if (f == Feature::resource_allocation) {
            reason += " (" + number(pair.common_partner_count, language) + ")";
        }
        result +=
            (result.empty() ? "" : ", ") + reason + " " + number(pair.score.contributions[f], 2, language);
    }
    return result;
}

void PairWords::write_contributions(JsonWriter& json, const PairScore& score) const {
    json.key("contributions").begin_array();
    for (const Feature f : all_features) {
        if (!(model_.options().weights[f] > 0.0)) {
            continue;  // it is not asked for
        }
        json.begin_object().field("feature", to_code(f)).field("value", score.values[f]);
        json.field("weight", model_.options().weights[f]).field("contribution", score.contributions[f]);
        if (!score.values[f]) {
            json.field("why", f == Feature::crossing ? why_no_group : why_nothing_held);
        }
        if (f == Feature::resource_allocation) {
            json.field("raw", score.resource_allocation);
        } else if (f == Feature::l3) {
            json.field("raw", score.l3);
        }
        json.end_object();
    }
    json.end_array();
}

void PairWords::write_expertises(JsonWriter& json, std::string_view key,
                                 const std::vector<ExchangedExpertise>& list, Language language) const {
    json.key(key).begin_array();
    for (const ExchangedExpertise& item : list) {
        json.begin_object().field("expertise", network_.id(item.expertise));
        json.field("label", network_.label(item.expertise, language)).field("weight", item.weight);
        json.field("inferred", item.inferred).field("sought", item.sought).end_object();
    }
    json.end_array();
}

void PairWords::write_explanation(JsonWriter& json, const PairExplanation& pair, Language language,
                                  bool sentences) const {
    json.key("explanation").begin_object();
    json.key("common_partners").begin_array();
    for (const CommonPartner& partner : pair.common_partners) {
        json.begin_object().field("actor", id(partner.partner));
        json.field("actor_name", name(partner.partner));
        json.field("contribution", partner.contribution).end_object();
    }
    json.end_array();
    json.field("common_partner_count", static_cast<std::uint64_t>(pair.common_partner_count));
    json.field("other_partners_contribution", pair.other_partners_contribution);
    json.key("paths").begin_array();
    for (const ThreePath& path : pair.paths) {
        json.begin_object().key("actors").begin_array();
        json.value(id(pair.a)).value(id(path.first)).value(id(path.second)).value(id(pair.b)).end_array();
        json.key("names").begin_array();
        json.value(name(pair.a)).value(name(path.first)).value(name(path.second)).value(name(pair.b));
        json.end_array().field("contribution", path.contribution).end_object();
    }
    json.end_array();
    write_expertises(json, "gives", pair.exchange.a_gives, language);
    write_expertises(json, "receives", pair.exchange.b_gives, language);
    write_expertises(json, "shared", pair.exchange.shared, language);
    json.key("crosses").begin_array();
    for (const Crossing& c : pair.crosses) {
        json.begin_object().field("attribute", attribute(c.grouping));
        json.field("from", group(c.grouping, c.from)).field("to", group(c.grouping, c.to));
        json.field("from_label", group_label(c.grouping, c.from, language));
        json.field("to_label", group_label(c.grouping, c.to, language)).end_object();
    }
    json.end_array();
    json.field("distance", pair.distance);
    if (!pair.distance) {
        json.field("why", "beyond_three");
    }
    if (pair.introducer) {
        json.field("introducer", id(*pair.introducer)).field("introducer_name", name(*pair.introducer));
    }
    if (sentences) {
        json.key("sentence").begin_object().field("fr", sentence(pair, Language::fr));
        json.field("en", sentence(pair, Language::en)).end_object();
    }
    json.end_object();
}

void PairWords::write_reciprocal(JsonWriter& json, const Reciprocity& worth) {
    json.key("reciprocal").begin_object();
    json.field("to_actor", worth.to_a).field("to_partner", worth.to_b);
    json.field("fused", worth.fused).end_object();
}

void PairWords::write_effect(JsonWriter& json, const PairExplanation& pair) const {
    json.key("effect").begin_object();
    const auto groupings = model_.input().groupings;
    json.field("attribute", groupings.empty() ? std::string() : groupings.front().attribute());
    json.key("delta_ei");
    if (pair.effect) {
        json.value(pair.effect->delta());
    } else {
        json.null().field("why", pair.why_no_effect);
    }
    json.field("new_partners_within_reach_of_actor", static_cast<std::uint64_t>(pair.new_to_a));
    json.field("new_partners_within_reach_of_partner", static_cast<std::uint64_t>(pair.new_to_b));
    json.end_object();
}

void write_score_options(JsonWriter& json, const PairModel& model) {
    json.key("by").begin_array();
    for (const GroupLabels& labels : model.input().groupings) {
        json.value(labels.attribute());
    }
    json.end_array();
    json.key("weights").begin_object();
    for (const Feature f : all_features) {
        if (model.options().weights[f] > 0.0) {
            json.field(to_code(f), model.options().weights[f]);
        }
    }
    json.end_object();
    json.field("half_scale", model.options().half_scale);
    json.field("common_ground", model.options().complementarity.common_ground);
    json.field("path_weight", "product");
}

std::string score_note(const PairModel& model, Language language) {
    std::vector<std::string> parts;
    for (const Feature f : all_features) {
        if (model.options().weights[f] > 0.0) {
            parts.push_back(std::string(feature_label(f, language)) + " " +
                            percent(model.options().weights[f], 0, language));
        }
    }
    return text(language, "Score de 0 à 1, somme d’apports au plus égaux à ",
                "Score from 0 to 1, the sum of contributions of at most ") +
           enumerate(parts, language) +
           text(language,
                ". ° expertise déduite des partenariats, non déclarée. Les paires qui partagent déjà un "
                "partenariat, de quelque type que ce soit, ne sont pas proposées.",
                ". ° expertise inferred from partnerships, not declared. Pairs that share a partnership of "
                "any kind already are not proposed.");
}

}  // namespace maillage::io
