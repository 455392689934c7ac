#include "io/report/pair_words.hpp"

#include "io/report/name_words.hpp"

#include <algorithm>
#include <array>

namespace maillage::io {
namespace {

/// Partners and expertises named in a sentence; the rest is counted.
constexpr std::size_t partners_in_a_sentence = 3;
constexpr std::size_t expertises_in_a_sentence = 4;
constexpr std::size_t partners_in_brief = 2;
constexpr std::size_t expertises_in_brief = 2;
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

std::string_view short_label(Feature feature, Language language) noexcept {
    switch (feature) {
        case Feature::resource_allocation:
            return pick(language, "Communs", "Common");
        case Feature::l3:
            return pick(language, "Trois pas", "Three ties");
        case Feature::complementarity:
            return pick(language, "Compl.", "Compl.");
        case Feature::common_ground:
            return pick(language, "Terrain", "Ground");
        case Feature::crossing:
            return pick(language, "Décl.", "Crossing");
        case Feature::remoteness:
            return pick(language, "Éloign.", "Remote");
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

std::string_view PairWords::attribute_label(std::size_t grouping, Language language) const {
    const std::string& code = attribute(grouping);
    const std::string_view label = network_.label("attribute", code, language);
    if (label != code) {
        return label;
    }
    return code == "kind"      ? pick(language, "Type d’acteur", "Kind of actor")
           : code == "place"   ? pick(language, "Lieu", "Place")
           : code == "country" ? pick(language, "Pays", "Country")
                               : label;
}

std::string PairWords::quoted(std::string_view label, Language language) {
    return text(language, "«\u00a0", "\u201c") + std::string(label) + text(language, "\u00a0»", "\u201d");
}

std::string PairWords::expertises(const std::vector<ExchangedExpertise>& list, Language language) const {
    if (list.empty()) {
        return "–";
    }
    std::vector<std::string> items;
    for (std::size_t i = 0; i < std::min(expertises_in_a_sentence, list.size()); ++i) {
        std::string item(network_.label(list[i].expertise, language));
        item += list[i].inferred ? inferred_mark : "";
        item += list[i].sought ? text(language, " (recherché)", " (sought)") : "";
        items.push_back(std::move(item));
    }
    if (list.size() > expertises_in_a_sentence) {
        items.push_back(number(list.size() - expertises_in_a_sentence, language) +
                        text(language, " de plus", " more"));
    }
    return enumerate(items, language);
}

std::string PairWords::named_expertises(const std::vector<ExchangedExpertise>& list,
                                        std::string_view known_from, Language language) const {
    std::vector<std::string> items;
    const std::size_t most = brief_ ? expertises_in_brief : expertises_in_a_sentence;
    for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
        items.push_back(quoted(network_.label(list[i].expertise, language), language) +
                        (list[i].sought ? text(language, " (recherché)", " (sought)") : ""));
    }
    if (list.size() > most) {
        const std::size_t others = list.size() - most;
        items.push_back(number_word(others, language) + (others == 1 ? text(language, " autre", " other")
                                                                     : text(language, " autres", " others")));
    }
    const bool all_inferred =
        std::all_of(list.begin(), list.end(), [](const ExchangedExpertise& x) { return x.inferred; });
    return enumerate(items, language) + (all_inferred ? " (" + std::string(known_from) + ")" : "");
}

std::string PairWords::common_partners(const PairExplanation& pair, Language language) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(brief_ ? partners_in_brief : partners_in_a_sentence, pair.common_partners.size()); ++i) {
        names.push_back(with_article(name(pair.common_partners[i].partner), language));
    }
    const std::size_t n = pair.common_partner_count;
    return number_word(n, language) +
           (n == 1 ? text(language, " partenaire commun", " partner in common")
                   : text(language, " partenaires communs", " partners in common")) +
           (n > names.size() ? text(language, ", dont ", ", among them ") : ", ") +
           enumerate(names, language);
}

std::string PairWords::crossings(const PairExplanation& pair, Language language) const {
    std::string borders;
    for (const Crossing& c : pair.crosses) {
        borders += (borders.empty() ? "" : ", ") +
                   uncapitalised(std::string(attribute_label(c.grouping, language))) +
                   (brief_ ? ""
                           : " (" + std::string(group_label(c.grouping, c.from, language)) + " – " +
                                 std::string(group_label(c.grouping, c.to, language)) + ")");
    }
    const std::size_t n = pair.crosses.size();
    return (n == 1 ? text(language, "Une frontière franchie", "One border crossed")
                   : number_word(n, language) + text(language, " frontières franchies", " borders crossed")) +
           colon(language) + borders;
}

/// What stands between the two, the names as they are to be said.
std::string PairWords::nearness(const PairExplanation& pair, const std::string& a, const std::string& b,
                                Language language) const {
    const std::string both =
        with_article(a, language) + text(language, " et ", " and ") + with_article(b, language);
    const std::string common = pair.common_partner_count > 0
                                   ? text(language, " ont ", " have ") + common_partners(pair, language)
                                   : std::string();
    if (pair.distance == 1U) {
        return both + text(language, " sont déjà partenaires", " are partners already") +
               (common.empty() ? "" : text(language, " et", " and") + common);
    }
    if (!common.empty()) {
        return both + common;
    }
    if (!pair.paths.empty()) {
        return both +
               text(language, " n’ont pas de partenaire commun, mais ", " have no partner in common, but ") +
               way_of_three(pair, of_name(short_name(a), language), of_name(short_name(b), language),
                            language);
    }
    if (pair.introducer) {
        return text(language, "aucun chemin court ne relie ", "no short way leads from ") +
               (language == Language::fr ? both : a + " to " + b) + text(language, "\u00a0; ", "; ") +
               door(pair, of_name(short_name(b), language), language);
    }
    return text(language, "aucun partenariat ne relie, même de loin, ",
                "no partnership leads, however far, from ") +
           (language == Language::fr ? both : a + " to " + b);
}

std::string PairWords::way_of_three(const PairExplanation& pair, const std::string& of_a,
                                    const std::string& of_b, Language language) const {
    const ThreePath& path = pair.paths.front();
    return with_article(name(path.first), language) + text(language, ", partenaire ", ", a partner ") + of_a +
           text(language, ", travaille avec ", ", works with ") + with_article(name(path.second), language) +
           text(language, ", partenaire ", ", a partner ") + of_b;
}

std::string PairWords::door(const PairExplanation& pair, const std::string& of_b, Language language) const {
    return with_article(name(*pair.introducer), language) + text(language, ", partenaire ", ", a partner ") +
           of_b + text(language, ", pourrait faire le lien", ", could make the introduction");
}

std::string PairWords::sentence(const PairExplanation& pair, Language language) const {
    std::string a = short_name(name(pair.a));
    std::string b = short_name(name(pair.b));
    if (a == b) {
        a = name(pair.a);
        b = name(pair.b);
    }
    std::vector<std::string> said = {
        nearness(pair, std::string(name(pair.a)), std::string(name(pair.b)), language)};
    const std::string its = text(language, "d’après ses partenariats", "known from its partnerships");
    const auto& a_gives = pair.exchange.a_gives;
    const auto& b_gives = pair.exchange.b_gives;
    const std::string brings = text(language, " apporterait ", " would bring ");
    if (!a_gives.empty() && !b_gives.empty()) {
        said.push_back(with_article(a, language) + brings + named_expertises(a_gives, its, language) +
                       text(language, "\u00a0; ", "; ") + with_article(b, language) + ", " +
                       named_expertises(b_gives, its, language));
    } else if (!a_gives.empty()) {
        said.push_back(with_article(a, language) + brings + named_expertises(a_gives, its, language));
    } else if (!b_gives.empty()) {
        said.push_back(with_article(b, language) + brings + named_expertises(b_gives, its, language));
    }
    say_the_rest(pair, said, language);
    if (pair.distance != 1U && pair.new_to_a + pair.new_to_b > 0) {
        said.push_back(circle(pair, a, b, language));
    }
    return sentences(std::move(said));
}

/// Whom a tie brings within reach of either: partners of the other that it does not have.
std::string PairWords::circle(const PairExplanation& pair, const std::string& a, const std::string& b,
                              Language language) {
    const auto actors = [language](std::size_t n) {
        return number_word(n, language) + (n == 1 ? text(language, " nouvel acteur", " new actor")
                                                  : text(language, " nouveaux acteurs", " new actors"));
    };
    const std::string to_a = with_article(a, language);
    const std::string to_b = with_article(b, language);
    const bool both = pair.new_to_a > 0 && pair.new_to_b > 0;
    const std::string& first = pair.new_to_a > 0 ? to_a : to_b;
    const std::size_t n = pair.new_to_a > 0 ? pair.new_to_a : pair.new_to_b;
    return language == Language::fr
               ? "ce lien rapprocherait " + first + (n == 1 ? " d’" : " de ") + actors(n) +
                     (both ? ", " + to_b +
                                 (pair.new_to_b == 1 ? " d’un seul"
                                                     : " de " + number_word(pair.new_to_b, language))
                           : "")
               : "the tie would bring " + first + " closer to " + actors(n) +
                     (both ? ", and " + to_b + " to " + number_word(pair.new_to_b, language) : "");
}

std::string PairWords::note(const PairExplanation& pair, Language language) const {
    const std::string partner(name(pair.b));
    const std::string of_partner = of_name(short_name(partner), language);
    std::string begin;
    if (pair.common_partner_count > 0) {
        begin += common_partners(pair, language);
    } else if (!pair.paths.empty()) {
        const ThreePath& path = pair.paths.front();
        begin += text(language, "pas de partenaire commun, mais ", "no partner in common, but ") +
                 with_article(name(path.first), language) +
                 text(language, " travaille avec ", " works with ") +
                 with_article(name(path.second), language) + text(language, ", partenaire ", ", a partner ") +
                 of_partner;
    } else if (pair.introducer) {
        begin += text(language, "aucun chemin court, mais ", "no short way, but ") +
                 door(pair, of_partner, language);
    } else {
        begin += text(language, "aucun partenariat n’y mène", "no partnership leads there");
    }
    std::vector<std::string> said = {partner, std::move(begin)};
    const std::string its = text(language, "d’après ses partenariats", "known from its partnerships");
    const auto& gets = pair.exchange.b_gives;
    const auto& gives = pair.exchange.a_gives;
    if (!gets.empty()) {
        said.push_back(text(language, "Apporterait ", "Would bring ") +
                       named_expertises(gets, its, language) +
                       (gives.empty() ? ""
                                      : text(language, " et recevrait ", " and receive ") +
                                            named_expertises(gives, its, language)));
    } else if (!gives.empty()) {
        said.push_back(text(language, "Recevrait ", "Would receive ") +
                       named_expertises(gives, its, language));
    }
    say_the_rest(pair, said, language);
    if (pair.new_to_a > 0) {
        said.push_back(text(language, "Donne accès à ", "Gives access to ") +
                       number_word(pair.new_to_a, language) +
                       (pair.new_to_a == 1 ? text(language, " nouvel acteur", " new actor")
                                           : text(language, " nouveaux acteurs", " new actors")));
    }
    return sentences(std::move(said));
}

/// Common ground and borders, which read the same from either side.
void PairWords::say_the_rest(const PairExplanation& pair, std::vector<std::string>& said,
                             Language language) const {
    if (!pair.exchange.shared.empty()) {
        said.push_back(
            text(language, "En commun", "In common") + colon(language) +
            named_expertises(pair.exchange.shared,
                             text(language, "d’après leurs partenariats", "known from their partnerships"),
                             language));
    }
    if (!pair.crosses.empty() && pair.distance != 1U) {
        said.push_back(crossings(pair, language));
    }
}

std::string PairWords::sentences(std::vector<std::string> said) {
    std::string result;
    for (std::string& one : said) {
        result += (result.empty() ? "" : " ") + capitalised(std::move(one)) + ".";
    }
    return result;
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
