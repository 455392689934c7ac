#include "io/report/match_words.hpp"

#include "io/report/name_words.hpp"
#include "io/report/reading.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace maillage::io {
namespace {

class PairWriter {
public:
    PairWriter(JsonWriter& json, const Network& network, const Projection& projection,
               const MatchedPair& pair, Language language)
        : json_(json), network_(network), projection_(projection), pair_(pair), language_(language) {}

    void write() {
        json_.begin_object();
        json_.field("a", id(pair_.a)).field("b", id(pair_.b));
        json_.field("a_name", name(pair_.a)).field("b_name", name(pair_.b));
        write_measures(pair_.measures);
        json_.field("tied", pair_.tied).field("linked", pair_.linked);
        write_exchange("a_gives", pair_.exchange.a_gives);
        write_exchange("b_gives", pair_.exchange.b_gives);
        write_exchange("shared", pair_.exchange.shared);
        write_parts(pair_.measures);
        write_facts(pair_);
        json_.field("distance", pair_.distance);
        if (!pair_.distance) {
            json_.field("why", "no_path");
        }
        json_.end_object();
    }

private:
    [[nodiscard]] std::string_view id(VertexId v) const { return network_.id(projection_.actor(v)); }
    [[nodiscard]] std::string_view name(VertexId v) const { return network_.name(projection_.actor(v)); }

    /// A listed pair shares something or meets a need, so only the needs can be undefined.
    void write_measures(const Complementarity& measures) {
        json_.field("score", measures.score).field("similarity", measures.similarity);
        json_.field("gain_a", measures.gain_a).field("gain_b", measures.gain_b);
        json_.field("two_sided", measures.two_sided).field("common_ground", measures.common_ground);
        json_.field("value_a", measures.value_a).field("value_b", measures.value_b);
        json_.key("needs").begin_object().field("a", measures.need_a).field("b", measures.need_b);
        if (!measures.need_a || !measures.need_b) {
            json_.field("why", why_no_needs);
        }
        json_.end_object();
    }

    void write_parts(const Complementarity& measures) {
        json_.key("parts").begin_array();
        for (const ScorePart& part : score_parts(measures)) {
            json_.begin_object().field("part", to_code(part.kind)).field("of", part.of_a ? "a" : "b");
            json_.field("value", part.value).field("weight", part.weight);
            json_.field("contribution", part.contribution()).end_object();
        }
        json_.end_array();
    }

    void write_facts(const MatchedPair& pair) {
        const PairFacts& facts = pair.facts;
        json_.key("plain").begin_object().field("similarity", facts.plain.similarity);
        json_.field("gain_a", facts.plain.gain_a).field("gain_b", facts.plain.gain_b);
        json_.field("two_sided", facts.plain.two_sided).end_object();
        json_.key("taxonomy").begin_object().field("near_not_same", facts.near_not_same);
        json_.field("best_match", facts.best_match);
        if (!facts.best_match) {
            json_.field("why", why_nothing_held);
        }
        json_.end_object();
        json_.key("relatedness")
            .begin_object()
            .field("added_a", facts.added_a)
            .field("added_b", facts.added_b);
        if (!facts.added_a || !facts.added_b) {
            json_.field("why", why_nothing_held);
        }
        json_.end_object();
        json_.key("structure").begin_object();
        for (const auto& [side, fit] :
             {std::pair("a", &facts.structure_a), std::pair("b", &facts.structure_b)}) {
            json_.key(side).begin_object().field("similarity", fit->similarity);
            json_.field("complementarity", fit->complementarity);
            if (!fit->similarity || !fit->complementarity) {
                json_.field("why", why_nothing_held);
            }
            json_.end_object();
        }
        json_.end_object();
    }

    void write_exchange(std::string_view key, const std::vector<ExchangedExpertise>& list) {
        json_.key(key).begin_array();
        for (const ExchangedExpertise& item : list) {
            json_.begin_object().field("expertise", network_.id(item.expertise));
            json_.field("label", network_.label(item.expertise, language_)).field("weight", item.weight);
            json_.field("inferred", item.inferred).field("sought", item.sought);
            if (item.towards != none<ExpertiseId>) {
                json_.field("towards", network_.id(item.towards));
                json_.field("towards_similarity", item.towards_similarity);
            }
            json_.end_object();
        }
        json_.end_array();
    }

    JsonWriter& json_;
    const Network& network_;
    const Projection& projection_;
    const MatchedPair& pair_;
    Language language_;
};

/// Expertises named in a sentence; the rest is counted.
constexpr std::size_t named = 5;
constexpr double least_difference = 5e-4;  ///< between two scores shown with three decimals

class Teller {
public:
    Teller(const Network& network, const Projection& projection, const MatchedPair& pair, Language language)
        : network_(network), projection_(projection), pair_(pair), language_(language) {}

    std::vector<std::string> tell() {
        const Complementarity& m = pair_.measures;
        if (!m.score) {
            return {pick("Aucune expertise n’est connue d’eux\u00a0: leur complémentarité ne se mesure pas.",
                         "No expertise is known of either: their complementarity cannot be measured.")};
        }
        tell_score();
        tell_exchange(pair_.a, pair_.b, pair_.exchange.a_gives);
        tell_exchange(pair_.b, pair_.a, pair_.exchange.b_gives);
        tell_needs(pair_.a, m.need_a);
        tell_needs(pair_.b, m.need_b);
        tell_ground();
        tell_added(pair_.a, pair_.b, pair_.facts.added_a);
        tell_added(pair_.b, pair_.a, pair_.facts.added_b);
        tell_structure();
        return std::move(sentences_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const {
        return with_article(short_name(network_.name(projection_.actor(v))), language_);
    }
    [[nodiscard]] std::string label(ExpertiseId x) const { return std::string(network_.label(x, language_)); }
    [[nodiscard]] std::string quoted(ExpertiseId x) const {
        return pick("«\u00a0", "\u201c") + label(x) + pick("\u00a0»", "\u201d");
    }
    [[nodiscard]] std::string percent(double share) const {
        return number(100.0 * share, 0, language_) + pick("\u00a0%", "%");
    }
    [[nodiscard]] std::string list(const std::vector<ExchangedExpertise>& items) const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < std::min(named, items.size()); ++i) {
            names.push_back(quoted(items[i].expertise));
        }
        if (items.size() > named) {
            names.push_back(number(items.size() - named, language_) + pick(" de plus", " more"));
        }
        return enumerate(names, language_);
    }

    void tell_score() {
        const Complementarity& m = pair_.measures;
        const auto parts = score_parts(m);
        const auto alone = pair_.facts.plain.score;
        const bool fields_count = alone && std::abs(*alone - *m.score) >= least_difference;
        std::string text =
            pick("Complémentarité\u00a0: ", "Complementarity: ") + number(*m.score, 3, language_) +
            (fields_count ? pick(", domaines voisins pris en compte", " with neighbouring fields counted")
                          : "");
        std::vector<std::string> reasons;
        for (const ScorePart& part : parts) {
            if (part.contribution() < 0.0005) {
                continue;
            }
            const std::string who = name(part.of_a ? pair_.a : pair_.b);
            reasons.push_back(
                number(part.contribution(), 3, language_) +
                (part.kind == ScorePart::Kind::novelty
                     ? pick(" pour ce qui serait nouveau pour ", " for what would be new to ") + who
                     : pick(" pour les besoins satisfaits de ", " for needs met of ") + who));
        }
        text += reasons.empty() ? pick(". L’un des deux n’y gagnerait rien de nouveau",
                                       ". One of the two would gain nothing new")
                                : pick(", dont ", ", of which ") + enumerate(reasons, language_);
        if (fields_count) {
            text += pick(". Expertise par expertise, sans les domaines, elle vaut ",
                         ". Expertise by expertise, without the fields, it is ") +
                    number(*alone, 3, language_);
        }
        sentences_.push_back(text + ".");
    }

    void tell_exchange(VertexId from, VertexId to, const std::vector<ExchangedExpertise>& items) {
        const std::string whom = pick("Pour ", "To ") + name(to) + ", " + name(from);
        sentences_.push_back(items.empty()
                                 ? whom + pick(" n’apporterait rien de nouveau.", " would bring nothing new.")
                                 : whom + pick(" apporterait ", " would bring ") + list(items) + ".");
        for (const ExchangedExpertise& item : items) {
            if (item.towards != none<ExpertiseId>) {
                sentences_.push_back(quoted(item.expertise) +
                                     pick(" est proche de ce que ", " is near to what ") + name(to) +
                                     pick(" recherche, ", " seeks, ") + quoted(item.towards) +
                                     pick(" (proximité ", " (similarity ") +
                                     number(item.towards_similarity, 2, language_) + ").");
            }
        }
    }

    void tell_needs(VertexId of, const std::optional<double>& met) {
        if (met) {
            sentences_.push_back(pick("L’autre répond à ", "The other meets ") + percent(*met) +
                                 pick(" des besoins déclarés par ", " of the needs declared by ") + name(of) +
                                 ".");
        }
    }

    void tell_ground() {
        const Complementarity& m = pair_.measures;
        const std::string shared = list(pair_.exchange.shared);
        std::string text = shared.empty() ? pick("Rien en commun", "Nothing in common")
                                          : pick("En commun\u00a0: ", "In common: ") + shared +
                                                pick(" (similarité ", " (similarity ") +
                                                number(*m.similarity, 2, language_) + ")";
        if (m.common_ground >= 1.0 && pair_.exchange.shared.empty()) {
            text += pick(", mais un besoin auquel l’autre répond suffit pour commencer ensemble",
                         ", but a need that the other meets is enough to start from");
        } else if (m.common_ground >= 1.0) {
            text += pick(", assez pour commencer ensemble", ", enough to start from");
        } else if (m.common_ground > 0.0) {
            text += pick(", un peu juste pour commencer : la nouveauté ne compte que pour ",
                         ", a little short to start from: what is new counts for only ") +
                    percent(m.common_ground);
        } else {
            text += pick(" et aucun besoin auquel répondre : il n’y a pas de point de départ",
                         " and no need to meet: there is nothing to start from");
        }
        sentences_.push_back(text + ".");
    }

    void tell_added(VertexId of, VertexId giver, const std::optional<double>& added) {
        constexpr double worth_a_word = 0.005;
        const bool seeks = projection_.seeks.vertex_count() != 0 && !projection_.seeks.of(of).empty();
        if (seeks && added && *added >= worth_a_word) {
            sentences_.push_back(capitalised(name(giver)) +
                                 pick(" apporterait aussi ", " would also bring ") + percent(*added) +
                                 pick(" des expertises qui vont d’ordinaire avec ce que ",
                                      " of what usually goes with what ") +
                                 name(of) + pick(" recherche.", " seeks."));
        }
    }

    void tell_structure() {
        const double value = std::max(pair_.facts.structure_a.complementarity.value_or(0.0),
                                      pair_.facts.structure_b.complementarity.value_or(0.0));
        if (value > 0.0) {
            sentences_.push_back(pick("Dans le réseau, ils ont des partenaires qui coopèrent entre eux sans "
                                      "leur être communs : le lien "
                                      "fermerait des quadrilatères (complémentarité structurelle ",
                                      "In the network their partners work with each other without being "
                                      "common to them: the tie would "
                                      "close quadrangles (structural complementarity ") +
                                 number(value, 3, language_) + ").");
        }
    }

    const Network& network_;
    const Projection& projection_;
    const MatchedPair& pair_;
    Language language_;
    std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> match_sentences(const Network& network, const Projection& projection,
                                         const MatchedPair& pair, Language language) {
    return Teller(network, projection, pair, language).tell();
}

void write_matched_pair(JsonWriter& json, const Network& network, const Projection& projection,
                        const MatchedPair& pair, Language language) {
    PairWriter(json, network, projection, pair, language).write();
}

}  // namespace maillage::io
