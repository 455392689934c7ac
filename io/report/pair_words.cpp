#include "io/report/pair_words.hpp"

#include "io/report/reading.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

constexpr std::size_t named = 3;  ///< items of a list that a sentence names

}  // namespace

std::string PairWords::pick(std::string_view fr, std::string_view en) const {
    return std::string(io::pick(language_, fr, en));
}

std::string PairWords::list(std::vector<std::string> items, std::size_t all) const {
    if (items.size() > named) {
        items.resize(named);
    }
    if (all > items.size()) {
        const std::size_t others = all - items.size();
        items.push_back(number(others, language_) +
                        (others == 1 ? pick(" autre", " other") : pick(" autres", " others")));
    }
    return enumerate(items, language_);
}

std::string PairWords::expertises(const std::vector<ExchangedExpertise>& items) const {
    std::vector<std::string> labels;
    for (const ExchangedExpertise& item : items) {
        labels.emplace_back(network_.label(item.expertise, language_));
    }
    const std::size_t all = labels.size();
    return list(std::move(labels), all);
}

std::string PairWords::group_label(const Crossing& crossing, GroupId group) const {
    const GroupLabels& labels = model_.input().groupings[crossing.grouping];
    return std::string(network_.label(labels.attribute(), labels.name(group), language_));
}

std::vector<std::string> PairWords::reasons(const PairExplanation& pair) const {
    const std::string colon = pick("\u00A0: ", ": ");
    std::vector<std::string> reasons;
    if (pair.common_partner_count > 0) {
        std::vector<std::string> names;
        for (const CommonPartner& partner : pair.common_partners) {
            names.push_back(name(partner.partner));
        }
        reasons.push_back(pick("Partenaires communs", "Common partners") + colon +
                          list(names, pair.common_partner_count) + ".");
    } else if (!pair.paths.empty()) {
        const ThreePath& path = pair.paths.front();
        reasons.push_back(pick("Mise en relation possible par ", "Introduction possible through ") +
                          name(path.first) + pick(", puis ", ", then ") + name(path.second) + ".");
    }
    if (!pair.exchange.a_gives.empty()) {
        reasons.push_back(name(pair.a) + pick(" apporterait", " would bring") + colon +
                          expertises(pair.exchange.a_gives) + ".");
    }
    if (!pair.exchange.b_gives.empty()) {
        reasons.push_back(name(pair.b) + pick(" apporterait", " would bring") + colon +
                          expertises(pair.exchange.b_gives) + ".");
    }
    if (!pair.exchange.shared.empty()) {
        reasons.push_back(pick("Terrain commun", "Common ground") + colon + expertises(pair.exchange.shared) +
                          ".");
    }
    if (!pair.crosses.empty()) {
        std::vector<std::string> crossings;
        for (const Crossing& crossing : pair.crosses) {
            crossings.push_back(group_label(crossing, crossing.from) + " ↔ " +
                                group_label(crossing, crossing.to));
        }
        reasons.push_back(pick("Décloisonne", "Bridges") + colon + enumerate(crossings, language_) + ".");
    }
    return reasons;
}

std::string PairWords::sentence(const PairExplanation& pair) const {
    std::string text;
    for (const std::string& reason : reasons(pair)) {
        text += (text.empty() ? "" : " ") + reason;
    }
    return text;
}

std::string PairWords::feature_name(Feature feature) const {
    switch (feature) {
        case Feature::resource_allocation:
            return pick("Partenaires communs", "Common partners");
        case Feature::l3:
            return pick("Chemins de trois liens", "Paths of three ties");
        case Feature::complementarity:
            return pick("Complémentarité", "Complementarity");
        case Feature::common_ground:
            return pick("Terrain commun", "Common ground");
        case Feature::crossing:
            break;
    }
    return pick("Décloisonnement", "Crossing of groups");
}

std::string PairWords::reason(NoRecommendation reason) const {
    switch (reason) {
        case NoRecommendation::found:
            return {};
        case NoRecommendation::nothing_known:
            return pick("ni lien ni expertise connus", "no known tie or expertise");
        case NoRecommendation::nothing_common:
            return pick("personne ne partage ses expertises", "nobody shares its expertises");
        case NoRecommendation::no_reach:
            return pick("personne du périmètre à moins de trois liens, ni expertise commune",
                        "nobody in scope within three ties, no common expertise");
        case NoRecommendation::all_linked:
            return pick("déjà lié à tous ceux qui lui sont proches", "tied to everyone near it already");
        case NoRecommendation::too_weak:
            break;
    }
    return pick("aucune raison assez forte", "no reason strong enough");
}

void PairWords::write_actor(JsonWriter& json, std::string_view key, VertexId v) const {
    json.field(key, id(v)).field(std::string(key) + "_name", name(v));
}

void PairWords::write_contributions(JsonWriter& json, const PairScore& score) const {
    json.key("contributions").begin_array();
    for (const Feature feature : all_features) {
        json.begin_object().field("feature", to_code(feature));
        json.field_or_why("value", score.values[feature],
                          feature == Feature::crossing ? why_no_group : why_nothing_held);
        json.field("weight", model_.options().weights[feature])
            .field("contribution", score.contributions[feature])
            .end_object();
    }
    json.end_array();
}

void PairWords::write_expertises(JsonWriter& json, std::string_view key,
                                 const std::vector<ExchangedExpertise>& items) const {
    json.key(key).begin_array();
    for (const ExchangedExpertise& item : items) {
        json.begin_object().field("expertise", network_.id(item.expertise));
        json.field("label", network_.label(item.expertise, language_)).field("weight", item.weight);
        json.field("inferred", item.inferred).field("sought", item.sought).end_object();
    }
    json.end_array();
}

void PairWords::write_explanation(JsonWriter& json, const PairExplanation& pair) const {
    json.key("explanation").begin_object().key("common_partners").begin_array();
    for (const CommonPartner& partner : pair.common_partners) {
        json.begin_object();
        write_actor(json, "actor", partner.partner);
        json.field("contribution", partner.contribution).end_object();
    }
    json.end_array().field("common_partner_count", std::uint64_t{pair.common_partner_count});
    json.key("paths").begin_array();
    for (const ThreePath& path : pair.paths) {
        json.begin_object().key("actors").begin_array();
        json.value(id(pair.a)).value(id(path.first)).value(id(path.second)).value(id(pair.b)).end_array();
        json.field("contribution", path.contribution).end_object();
    }
    json.end_array();
    write_expertises(json, "gives", pair.exchange.a_gives);
    write_expertises(json, "receives", pair.exchange.b_gives);
    write_expertises(json, "shared", pair.exchange.shared);
    json.key("crosses").begin_array();
    for (const Crossing& crossing : pair.crosses) {
        const GroupLabels& labels = model_.input().groupings[crossing.grouping];
        json.begin_object().field("attribute", labels.attribute()).field("from", labels.name(crossing.from));
        json.field("to", labels.name(crossing.to)).end_object();
    }
    json.end_array();
    json.field("distance", pair.distance);
    if (pair.introducer) {
        write_actor(json, "introducer", *pair.introducer);
    }
    json.field("sentence", sentence(pair)).end_object();
}

void PairWords::write_reciprocal(JsonWriter& json, const PairExplanation& pair) const {
    json.key("reciprocal").begin_object().field("to_actor", pair.reciprocal.to_a);
    json.field("to_partner", pair.reciprocal.to_b).field("fused", pair.reciprocal.fused).end_object();
}

void PairWords::write_effect(JsonWriter& json, const PairExplanation& pair) const {
    json.key("effect").begin_object();
    json.field_or_why("delta_ei", pair.effect ? std::optional(pair.effect->delta()) : std::nullopt,
                      pair.why_no_effect);
    json.field("new_partners_within_reach_of_actor", std::uint64_t{pair.new_to_a});
    json.field("new_partners_within_reach_of_partner", std::uint64_t{pair.new_to_b}).end_object();
}

}  // namespace maillage::io
