#pragma once

#include "engine/parallel.hpp"

#include "algorithms/recommend/recommend.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// What lists are like as lists, beyond the score of each pair.
namespace maillage {

/// Whole numbers that add up over the parts of a run, in any order; see ListFigures for what they count.
struct ListTally {
    std::uint64_t lists = 0;         ///< that are not empty
    std::uint64_t lists_of_two = 0;  ///< with two partners and more
    std::uint64_t places = 0;        ///< recommendations
    std::uint64_t diversity = 0;     ///< over lists of two and more, each to the nearest 1e-9
    std::uint64_t novelty = 0;       ///< over places, those of a list to the nearest 1e-9
    std::uint64_t known = 0;         ///< places where both groups are known
    std::uint64_t outside = 0;       ///< of them, of another group
    std::uint64_t newcomers = 0;     ///< places of newcomers
    std::uint64_t short_of_quota = 0, short_of_newcomers = 0;

    /// Calls f(name, number) for each, in one order; of a tally that may change, the number by reference.
    template <class Tally, class F>
    static void for_each(Tally& t, F&& f) {
        f("lists", t.lists), f("lists_of_two", t.lists_of_two), f("places", t.places);
        f("diversity", t.diversity), f("novelty", t.novelty), f("known", t.known), f("outside", t.outside);
        f("newcomers", t.newcomers), f("short_of_quota", t.short_of_quota);
        f("short_of_newcomers", t.short_of_newcomers);
    }
};

/// Cost    O(places times top) similarities, shared by the threads. Errors: none.
[[nodiscard]] ListTally tally_lists(const PairModel& model, std::span<const ActorRecommendations> lists,
                                    std::uint32_t newcomer_partners, const Execution& execution = {});

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
};

/// Cost    O(1), and that of the tally. Errors: none.
/// Source  Intra-list diversity: C.-N. Ziegler et al., "Improving recommendation lists through topic
///         diversification", WWW 2005. Novelty: T. Zhou et al., "Solving the apparent diversity-accuracy
///         dilemma of recommender systems", PNAS 107, 4511-4515, 2010.
[[nodiscard]] ListFigures list_figures(const ListTally& tally) noexcept;
[[nodiscard]] ListFigures list_figures(const PairModel& model, std::span<const ActorRecommendations> lists,
                                       std::uint32_t newcomer_partners, const Execution& execution = {});
/// Lists in which the most proposed actor stands.
[[nodiscard]] std::size_t most_shown(const PairModel& model, std::span<const ActorRecommendations> lists);

}  // namespace maillage
