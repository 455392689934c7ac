#pragma once

#include "algorithms/recommend/degree_order.hpp"
#include "algorithms/recommend/shortlist.hpp"
#include "algorithms/recommend/top_lists.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The part of top_lists() for indices of two steps x-z-y.
///
/// One sum alone: every way adds to a table by y, without asking whether y was met before (a coin toss to the
/// processor); a second walk over the same ways, now in cache, finds in the table what may be listed and empties it.
///
/// With quotients: one table of 64 bits for each y takes the number of ways (16 bits) and the two unweighted sums (24
/// bits each, in units chosen for x) in one addition. The second walk parts what was met on several ways from what was
/// met on one. The few of several ways are compared by every index; after that most of the others are refused by a look
/// at their number alone, because a quotient of one way falls with the degree and numbers are in the order of degrees.
/// Who may be listed by a sum, for all that its last bits can hide, gets it in double in a third walk.
namespace maillage {

/// Read by every worker.
class TwoStepModel {
public:
    /// order: with weights when an index is weighted; it must live as long.
    TwoStepModel(GraphView g, const DegreeOrder& order, std::span<const PairIndex> indices);

    [[nodiscard]] static bool takes(PairIndex index) noexcept;

private:
    friend class TwoStepSearch;
    const DegreeOrder& order_;
    std::vector<PairIndex> indices_;
    /// What a way through z counts, by number; 0 where none passes.
    std::vector<double> by_degree_, by_log_degree_, by_strength_, by_log_strength_;
    std::vector<float> degree_;              ///< by number
    std::vector<std::uint32_t> first_with_;  ///< by degree: first number whose degree is not above it
    bool together_ = false;                  ///< a quotient is asked for: one walk for all unweighted
};

/// One actor after the other; one for each worker.
class TwoStepSearch {
public:
    TwoStepSearch(const TwoStepModel& model, std::size_t top);

    /// Writes list i of each of `lists`, which are in the order of the model's indices.
    void search(VertexId x, std::size_t i, std::span<TopLists* const> lists);

private:
    /// Calls row(z, arc) for every partner z of x, the least linked first; arc is that of x to z.
    template <class Row>
    void for_partners(std::uint32_t x, const Row& row) const;
    template <class Way>
    void list_sum(std::uint32_t x, const Way& way);
    void list_alone(PairIndex index, std::uint32_t x);

    struct Met {
        std::uint64_t packed;
        std::uint32_t number;
    };
    void walk_together(std::uint32_t x);
    [[nodiscard]] std::span<const Met> by_ways();
    void unpack(std::span<const Met> met);
    void compare(std::uint32_t x);
    [[nodiscard]] std::span<const Met> promising_of_one_way(std::uint32_t x);
    void sum_contenders(std::uint32_t x);
    void search_together(std::uint32_t x, std::size_t i, std::span<TopLists* const> lists);
    void count_alone(std::uint32_t x);
    void list_counted(PairIndex index, double dx, Shortlist& best);
    template <class Size>
    void list_quotients(double dx, Shortlist& best, const Size& size);

    const TwoStepModel& model_;
    std::vector<double> sum_;  ///< by number; 0 between two searches
    Shortlist best_;

    std::vector<std::uint64_t> packed_;  ///< by number; 0 between two searches
    std::vector<Met> met_;               ///< of several ways from the front, of one from the back
    std::size_t several_ = 0, one_ = 0;  ///< ends of the two
    std::vector<Met> promising_;
    // what is compared now, in columns
    std::size_t count_ = 0;
    std::vector<std::uint32_t> number_;
    std::vector<float> common_, degree_;
    struct PartnerSum {
        PairIndex index;
        bool wanted = false;
        double unit = 0.0;       ///< 1 in double is so many in whole numbers
        std::vector<float> met;  ///< a column too
        Contenders<float> contenders;
    };
    std::array<PartnerSum, 2> partner_sums_;
    std::vector<Shortlist> bests_;      ///< one an index
    std::vector<std::uint32_t> place_;  ///< by number: in exact_, 0: no contender
    std::vector<std::array<double, 2>> exact_;
};

}  // namespace maillage
