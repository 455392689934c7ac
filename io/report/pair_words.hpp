#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What recommendations and explanations of pairs have in common: words for people, fields for JSON.
namespace maillage::io {

/// Says the facts of a pair with names and labels.
class PairWords {
public:
    PairWords(const Network& network, const Projection& projection, const PairModel& model)
        : network_(network), projection_(projection), model_(model) {}

    /// From now on sentences name the borders crossed without saying from where to where: for many pairs at once.
    PairWords& brief() noexcept {
        brief_ = true;
        return *this;
    }

    [[nodiscard]] std::string_view id(VertexId v) const { return network_.id(projection_.actor(v)); }
    [[nodiscard]] std::string_view name(VertexId v) const { return network_.name(projection_.actor(v)); }
    [[nodiscard]] const std::string& attribute(std::size_t grouping) const {
        return model_.input().groupings[grouping].attribute();
    }
    /// "Type d'acteur"; of kind, place and country in words also where the dataset has none.
    [[nodiscard]] std::string_view attribute_label(std::size_t grouping, Language language) const;
    [[nodiscard]] std::string_view group(std::size_t grouping, GroupId g) const {
        return model_.input().groupings[grouping].name(g);
    }
    [[nodiscard]] std::string_view group_label(std::size_t grouping, GroupId g, Language language) const {
        return network_.label(attribute(grouping), group(grouping, g), language);
    }
    /// A label inside a sentence: « Eau » or “Water”.
    [[nodiscard]] static std::string quoted(std::string_view label, Language language);
    /// "a, b and 3 more", or "–"; ° marks inferred ones.
    [[nodiscard]] std::string expertises(const std::vector<ExchangedExpertise>& list,
                                         Language language) const;
    /// The facts in sentences that stand alone, both actors named.
    [[nodiscard]] std::string sentence(const PairExplanation& pair, Language language) const;
    /// The same as an entry of the list of pair.a, which is not named: begins with the name of pair.b.
    [[nodiscard]] std::string note(const PairExplanation& pair, Language language) const;
    /// The same as a few words for a cell: the two largest contributions.
    [[nodiscard]] std::string reasons(const PairExplanation& pair, Language language) const;

    /// Fields of JSON, each with its key.
    void write_contributions(JsonWriter& json, const PairScore& score) const;
    /// sentences: both languages in full; without, lists are cut short and nothing is said twice.
    void write_explanation(JsonWriter& json, const PairExplanation& pair, Language language,
                           bool sentences) const;
    static void write_reciprocal(JsonWriter& json, const Reciprocity& worth);
    void write_effect(JsonWriter& json, const PairExplanation& pair) const;

private:
    [[nodiscard]] std::string named_expertises(const std::vector<ExchangedExpertise>& list,
                                               std::string_view known_from, Language language) const;
    [[nodiscard]] std::string nearness(const PairExplanation& pair, const std::string& a,
                                       const std::string& b, Language language) const;
    [[nodiscard]] std::string common_partners(const PairExplanation& pair, Language language) const;
    [[nodiscard]] std::string way_of_three(const PairExplanation& pair, const std::string& of_a,
                                           const std::string& of_b, Language language) const;
    [[nodiscard]] std::string door(const PairExplanation& pair, const std::string& of_b,
                                   Language language) const;
    [[nodiscard]] static std::string circle(const PairExplanation& pair, const std::string& a,
                                            const std::string& b, Language language);
    void say_the_rest(const PairExplanation& pair, std::vector<std::string>& said, Language language) const;
    [[nodiscard]] static std::string sentences(std::vector<std::string> said);
    [[nodiscard]] std::string crossings(const PairExplanation& pair, Language language) const;
    void write_expertises(JsonWriter& json, std::string_view key, const std::vector<ExchangedExpertise>& list,
                          Language language) const;

    const Network& network_;
    const Projection& projection_;
    const PairModel& model_;
    bool brief_ = false;
};

/// "Communs", "À 3 pas", …: over a column of numbers.
[[nodiscard]] std::string_view short_label(Feature feature, Language language) noexcept;
/// "Partenaires communs", "Chemins de trois partenariats", …
[[nodiscard]] std::string_view feature_label(Feature feature, Language language) noexcept;
/// "moyenne harmonique", …
[[nodiscard]] std::string_view fusion_label(Fusion fusion, Language language) noexcept;
/// Why a list is empty, as a sentence without its full stop. Empty for NoRecommendation::found.
[[nodiscard]] std::string_view to_sentence(NoRecommendation reason, Language language) noexcept;
/// Fields of "options" that say how scores are made.
void write_score_options(JsonWriter& json, const PairModel& model);
/// A line of a table's note: what the score is made of.
[[nodiscard]] std::string score_note(const PairModel& model, Language language);

}  // namespace maillage::io
