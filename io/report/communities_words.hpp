#pragma once

#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/community/communities.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the JSON and the tables of communities say in the same words.
namespace maillage::io {

/// Number of a community as people see it, from 1.
[[nodiscard]] std::size_t number_of(CommunityId c) noexcept;

/// Members of every community: those with the most weight inside it first, then by id.
[[nodiscard]] std::vector<std::vector<VertexId>> ranked_members(const CommunitiesResult& result);

/// A name for each community, by CommunityId: its typical expertises ("Eau · Culture"). One that has none, or
/// the same as another, is told apart by its first member in scope ("Jumelages · autour de NAME").
[[nodiscard]] std::vector<std::string> community_names(const Network& network, const Projection& projection,
                                                       const CommunitiesResult& result,
                                                       const std::vector<std::vector<VertexId>>& ranked,
                                                       Language language);

/// What is optimised, as the option spells it.
[[nodiscard]] std::string_view objective_name(const CommunitiesOptions& options) noexcept;
[[nodiscard]] std::string_view preset_name(Preset preset) noexcept;  ///< as the option spells it
[[nodiscard]] std::string_view event_name(CarryOver::Event event) noexcept;
[[nodiscard]] std::string_view stop_name(LeidenRun::Stop stop) noexcept;

/// Conductance in a word: from "cut off from the others" to "wide open".
[[nodiscard]] std::string_view openness_word(double conductance, Language language) noexcept;
/// Confidence in a word: from "sure" to "fragile".
[[nodiscard]] std::string_view confidence_word(double confidence, Language language) noexcept;

}  // namespace maillage::io
