#pragma once

#include "engine/network.hpp"

#include "io/report/page/html.hpp"
#include "io/report/page/map_scene.hpp"
#include "io/report/page/page_views.hpp"
#include "io/report/page/svg.hpp"

#include <cstddef>
#include <optional>
#include <string>

/// The figures of the page as SVG: the same markup on the page and in a file of their own. Every one is a whole <svg>
/// element with title and description; colours and sizes are classes of figure.css. Empty where there is nothing to draw.
namespace maillage::io {

/// What a figure is called and what it shows, for title, description and caption.
struct FigureWords {
    Both title, description;
};

/// The network: actors, or communities where actors are too many. Symbols of kinds are defined in it.
[[nodiscard]] std::string map_figure(const Network& network, const Projection& all, const MapScene& scene,
                                     const CommunitiesView& communities, FigureText text);
[[nodiscard]] FigureWords map_words(const MapScene& scene);

/// Where actors are, by place, with the ties between places; nothing where fewer than two places have coordinates.
struct PlaceMap {
    std::string svg;
    std::size_t places = 0, actors = 0, without = 0;  ///< without: actors in scope without coordinates
    std::size_t far = 0;                              ///< actors out of scope beyond the frame
    std::size_t links_left_out = 0;                   ///< lines between places, the weakest
};
[[nodiscard]] PlaceMap place_figure(const Network& network, const Projection& all, FigureText text);
[[nodiscard]] FigureWords place_words(const PlaceMap& map);

/// Who is tied to whom, by group: the most linked ones.
[[nodiscard]] std::string mixing_figure(const OpennessView& view, std::size_t attribute, FigureText text);
[[nodiscard]] FigureWords mixing_words(const OpennessView& view, std::size_t attribute);

/// The E-I index year by year with its interval, what chance would give, and the number of ties.
[[nodiscard]] std::string trend_figure(const OpennessView& view, std::size_t attribute, FigureText text);
[[nodiscard]] FigureWords trend_words(const OpennessView& view, std::size_t attribute);

/// Every group before the proposed partnerships and after.
[[nodiscard]] std::string bridges_figure(const BridgesView& view, std::size_t grouping, FigureText text);
[[nodiscard]] FigureWords bridges_words(const BridgesView& view, std::size_t grouping);

/// A value on the scale low .. high with its interval and what chance gives: a small picture beside the figures, without
/// words.
[[nodiscard]] std::string interval_plot(double value, std::optional<double> low, std::optional<double> high,
                                        std::optional<double> chance, double from, double to);

/// Groups of a mixing matrix that are shown: with ties, most linked first, at most so many.
inline constexpr std::size_t most_mixing_groups = 24;
[[nodiscard]] std::vector<std::size_t> shown_groups(const MixingMatrix& mixing,
                                                    std::size_t most = most_mixing_groups);
/// Ties expected between two groups (or inside one) when everyone's ties went anywhere: a_g a_h / 2m, twice that over
/// two for one group.
[[nodiscard]] double expected_ties(const MixingMatrix& mixing, std::size_t g, std::size_t h);
/// Class of a cell by observed over expected: "lo3" … "lo1", "eq", "hi1" … "hi3"; "no" without ties and none expected.
[[nodiscard]] std::string_view mixing_class(double observed, double expected) noexcept;

}  // namespace maillage::io
