#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/json_writer.hpp"

#include <string>
#include <vector>

/// An explained pair in words and in JSON: what recommendations and explanation share.
namespace maillage::io {

class PairWords {
public:
    PairWords(const Network& network, const Projection& projection, const PairModel& model, Language language)
        : network_(network), projection_(projection), model_(model), language_(language) {}

    [[nodiscard]] std::string name(VertexId v) const {
        return std::string(network_.name(projection_.actor(v)));
    }
    [[nodiscard]] std::string id(VertexId v) const { return std::string(network_.id(projection_.actor(v))); }
    /// "Tours, Blois et 3 autres": the first few, the rest counted.
    [[nodiscard]] std::string list(std::vector<std::string> items, std::size_t all) const;
    [[nodiscard]] std::string expertises(const std::vector<ExchangedExpertise>& items) const;

    /// The reasons for a pair, one sentence each; empty when there is none.
    [[nodiscard]] std::vector<std::string> reasons(const PairExplanation& pair) const;
    [[nodiscard]] std::string sentence(const PairExplanation& pair) const;
    [[nodiscard]] std::string feature_name(Feature feature) const;
    [[nodiscard]] std::string reason(NoRecommendation reason) const;

    void write_actor(JsonWriter& json, std::string_view key, VertexId v) const;
    void write_contributions(JsonWriter& json, const PairScore& score) const;
    void write_explanation(JsonWriter& json, const PairExplanation& pair) const;
    void write_reciprocal(JsonWriter& json, const PairExplanation& pair) const;
    void write_effect(JsonWriter& json, const PairExplanation& pair) const;

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const;
    [[nodiscard]] std::string group_label(const Crossing& crossing, GroupId group) const;
    void write_expertises(JsonWriter& json, std::string_view key,
                          const std::vector<ExchangedExpertise>& items) const;

    const Network& network_;
    const Projection& projection_;
    const PairModel& model_;
    Language language_;
};

}  // namespace maillage::io
