#pragma once

#include "engine/parallel.hpp"

#include "algorithms/recommend/recommend.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// What lists are like as lists, beyond the score of each pair.
namespace maillage {

struct ListFigures {
    std::size_t lists = 0;   ///< that are not empty
    std::size_t places = 0;  ///< recommendations in them
    /// Mean over lists of two and more of the mean of 1 - partner_similarity over their pairs, in [0, 1].
    /// Empty (zero_denominator) without such a list.
    std::optional<double> diversity;
    /// Mean over the places of -log2 of how common the partner is, (d + 1) / (n + 1) with d its partners and n
    /// the actors of the graph: in bits, 0 for who works with everyone. Empty without a place.
    std::optional<double> novelty;
    /// Share of the places of another group of the first grouping, where both groups are known. Empty when
    /// they are nowhere.
    std::optional<double> outside;
    /// Share of the places of actors with at most so many partners as asked. Empty without a place.
    std::optional<double> newcomers;
    std::size_t most_shown = 0;  ///< lists in which the most proposed actor stands
};

/// Cost    O(places times top) similarities, shared by the threads; sums in the order of the lists.
/// Errors  none.
/// Source  Intra-list diversity: C.-N. Ziegler et al., "Improving recommendation lists through topic
///         diversification", WWW 2005. Novelty: T. Zhou et al., "Solving the apparent diversity-accuracy
///         dilemma of recommender systems", PNAS 107, 4511-4515, 2010.
[[nodiscard]] ListFigures list_figures(const PairModel& model, std::span<const ActorRecommendations> lists,
                                       std::uint32_t newcomer_partners, const Execution& execution = {});

}  // namespace maillage
