#pragma once

#include "engine/top_k.hpp"

#include "algorithms/recommend/pair_features.hpp"
#include "algorithms/recommend/pair_scorer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// The search for the partners of one actor: who is looked at, and who is best.
namespace maillage {

/// How much of the surroundings is walked. The totals are shared out evenly over the actors in scope, so that
/// the list of an actor is the same whether it is asked for alone or with all.
struct SearchBudget {
    std::uint64_t steps = 200'000'000;     ///< ties walked to candidates, over all actors
    std::uint64_t postings = 200'000'000;  ///< entries "actor has expertise" read, over all actors
    std::uint64_t least_steps = 2'000;     ///< an actor's share is never below this
    std::uint64_t least_postings = 2'000;

    friend bool operator==(const SearchBudget&, const SearchBudget&) = default;
};

/// Actors that many ways of three lead to, whoever one is: candidates of every bounded search.
inline constexpr std::size_t hubs_considered = 64;
/// The best linked of those that offer what an actor seeks, and of those that seek what it offers, met where
/// the budget does not allow to read all.
inline constexpr std::size_t answers_considered = 128;
inline constexpr std::size_t needs_considered = 8;

/// Candidates scored exactly for a list of `top`, when the search is bounded.
[[nodiscard]] constexpr std::size_t shortlist_size(std::uint32_t top) noexcept {
    return 8 + 2 * static_cast<std::size_t>(top);
}

/// The best linked holders of each expertise: those to look at where there are too many to read.
class StrongestHolders {
public:
    /// Cost  O(entries) once, O(expertises most) memory.
    StrongestHolders(const PairModel& model, const Incidence& entries, std::size_t most);
    /// Strength descending, then id; all when there are no more than `most`.
    [[nodiscard]] std::span<const Incidence::OfExpertise> of(ExpertiseId x) const noexcept {
        return {entries_.data() + begins_[index_of(x)], entries_.data() + begins_[index_of(x) + 1]};
    }

private:
    std::vector<Incidence::OfExpertise> entries_;
    std::vector<std::size_t> begins_;
};

/// What bounded searches start from besides the surroundings of the actor. Made once for all that are searched.
struct SearchAids {
    /// only: for the search of this actor alone.
    SearchAids(const PairModel& model, const Execution& execution,
               std::optional<VertexId> only = std::nullopt)
        : hubs(model, hubs_considered, execution, only),
          answers(model, model.input().offers, answers_considered),
          needs(model, model.input().seeks, needs_considered) {}
    HubPaths hubs;
    StrongestHolders answers, needs;
};

/// True when the budget does not suffice for every actor.
[[nodiscard]] bool needs_bounds(const PairModel& model, const SearchBudget& budget);

struct Candidate {
    VertexId vertex{};
    double score = 0.0;
};

/// What a search looked at.
struct SearchReach {
    std::size_t candidates = 0;  ///< actors in scope, not linked, within reach
    std::size_t linked = 0;      ///< actors in scope within reach but linked already
    std::size_t barred = 0;      ///< actors in scope within reach, not linked, but not to be proposed
    bool all_paths = true;       ///< everyone at distance 3 was a candidate
    bool all_expertises = true;  ///< everyone sharing an expertise or meeting a need was a candidate
};

/// Finds the best partners of one actor after the other. One per worker; keeps a position for every vertex.
///
/// Candidates  actors in scope without a link and not barred: (1) at distance 2 or 3 in the ties, go-betweens in scope or
///             not; (2) sharing an expertise or meeting a need of either side. All of them, unless their
///             expansion exceeds the actor's share of the budget: then half of it goes to candidates at
///             distance 2, through the partners with fewest partners first (each of their ways carries
///             most), half to those at distance 3, onward from where most is carried; the expertises
///             and needs with the fewest entries are read first; the best linked actors, overall and for each
///             need, are met in any case (SearchAids); and of all met only the most promising by these sums
///             (shortlist_size) are scored. A score is exact in either case, with every path and every
///             expertise.
/// Way         Sums of a row of the matrices of resource allocation, L3, shared mass and needs met are
///             accumulated in rows of those met. Within the budget these sums are complete, and a candidate
///             is passed over only when its upper bound is below the k-th best so far: nobody is lost.
/// Cost        Per actor O(degrees within one step + min(budget, degrees within two steps) + min(budget,
///             holders of its expertises)); O(V) memory per worker.
class CandidateSearch {
public:
    /// `aids` may be null where no search can be bounded (see needs_bounds).
    CandidateSearch(const PairModel& model, std::uint32_t top, const SearchBudget& budget,
                    const SearchAids* aids);

    /// At most `top` partners of x, score descending, then id; scores are those of PairScorer but for
    /// the rounding of sums taken in another order, and the same whoever else is searched.
    [[nodiscard]] std::vector<Candidate> search(VertexId x);
    /// Finds only those for whom the function says true; reach() still tells of everyone. Empty: everyone.
    void look_only_for(std::function<bool(VertexId)> wanted) { wanted_ = std::move(wanted); }
    [[nodiscard]] const SearchReach& reach() const noexcept { return reach_; }

private:
    struct BestFirst {
        [[nodiscard]] bool operator()(const Candidate& a, const Candidate& b) const noexcept {
            const int order = compare_scores(a.score, b.score);
            return order != 0 ? order > 0 : a.vertex < b.vertex;
        }
    };
    /// All that a search knows of one vertex it met.
    struct Row {
        VertexId vertex{};
        enum class State : std::uint8_t { open, linked, barred, out } state = State::open;
        bool all_of_l3 = false;  ///< l3 is complete, whatever was walked
        double ra = 0.0;         ///< resource allocation; complete when all walks of two were taken
        double l3 = 0.0;         ///< complete when all paths were walked, else a lower bound
        double shared = 0.0;     ///< complete when all expertises were read, else a lower bound
        double met_own = 0.0;    ///< needs of the actor searched that the vertex meets
        double met_other = 0.0;  ///< and the reverse
    };
    /// An expertise of the actor searched, and whose entries under it are to be read.
    struct Reading {
        enum class What : std::uint8_t { answers, needs, offers } what{};
        std::uint64_t entries = 0;
        Incidence::OfVertex held;
    };
    /// Least raw values with which a candidate that has nothing else can still enter the list.
    struct Floors {
        double l3 = 0.0;
        double similarity = 0.0;
    };

    Row& row(VertexId v);
    void mark_linked();
    void walk_two();
    void walk_three();
    void expand(VertexId v, double carried);
    void read_expertises();
    void read(const Reading& reading);
    void read_strongest(const Reading& reading);
    using Entries = std::span<const Incidence::OfExpertise>;
    void read_offers(const Incidence::OfVertex& own, Entries holders);
    void read_needs_for(const Incidence::OfVertex& own, Entries seekers);
    void read_answers(const Incidence::OfVertex& need, Entries holders);
    void consider_all();
    void consider(const Row& y);
    [[nodiscard]] bool hopeless(const Row& y) const noexcept;
    void meet_hubs();
    [[nodiscard]] double estimate(const Row& y) const noexcept;
    [[nodiscard]] double most_of_sharing() const noexcept;
    void shortlist(const Row& y);
    [[nodiscard]] bool bounded() const noexcept { return !reach_.all_paths || !reach_.all_expertises; }
    void evaluate(const Row& y);
    [[nodiscard]] double resource_allocation(const Row& y) const noexcept;
    [[nodiscard]] PairMasses masses_with(const Row& y) const;
    void update_floors();
    void clear();

    const PairModel& model_;
    const SearchAids* aids_;
    std::vector<double> to_hubs_;
    HalfPaths halves_;  ///< from the actor searched
    GraphView ties_;
    std::uint64_t step_share_, posting_share_;
    std::function<bool(VertexId)> wanted_;
    VertexId x_{};
    SearchReach reach_;
    bool all_of_two_ = true;  ///< every walk of two was taken
    std::uint64_t steps_left_ = 0;
    /// Half paths that were not followed, per strength of whom they may lead to: what the ways of three not
    /// walked add to an estimate, were partners drawn in proportion to their strength.
    double unfollowed_ = 0.0;
    std::vector<VertexId> partners_;  ///< in the order walked
    std::vector<std::pair<double, VertexId>> onward_;
    std::vector<Reading> readings_;
    /// Per vertex the position of its row, or none. The rows themselves stand in the order in which vertices
    /// were met: going through them is going through memory, and the positions of 100,000 vertices fit a
    /// cache.
    std::vector<std::uint32_t> position_;
    std::vector<Row> rows_;
    double own_need_inverse_ = 0.0;  ///< 1 over what the actor searched seeks, 0 when nothing
    double sharing_at_most_ = 0.0;   ///< what one unit of shared mass can add to an estimate
    Floors floors_;
    TopK<Candidate, BestFirst> best_, shortlist_;
    double least_promising_ = 0.0;  ///< estimate of the last of a full shortlist
};

}  // namespace maillage
