#pragma once

#include "engine/top_k.hpp"

#include "algorithms/recommend/pair_features.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The search for the partners of one actor: who is looked at, and who is best.
namespace maillage {

/// How much of the surroundings is walked. The totals are shared out evenly over the actors in scope, so that
/// the list of an actor is the same whether it is asked for alone or with all.
struct SearchBudget {
    std::uint64_t steps = 500'000'000;     ///< ties walked for candidates at distance 3, over all actors
    std::uint64_t postings = 500'000'000;  ///< entries "actor has expertise" read, over all actors
    std::uint64_t least_steps = 5'000;     ///< an actor's share is never below this
    std::uint64_t least_postings = 2'500;

    friend bool operator==(const SearchBudget&, const SearchBudget&) = default;
};

/// A pair below this score, crossing aside, shown as 0.000, is no recommendation and is not listed.
inline constexpr double least_evidence = 5e-4;

/// Candidates scored exactly for a list of `top`, when the search is bounded.
[[nodiscard]] constexpr std::size_t shortlist_size(std::uint32_t top) noexcept {
    return 24 + 2 * static_cast<std::size_t>(top);
}

struct Candidate {
    VertexId vertex{};
    double score = 0.0;
};

/// What a search looked at.
struct SearchReach {
    std::size_t candidates = 0;  ///< actors in scope, not linked, within reach
    std::size_t linked = 0;      ///< actors in scope within reach but linked already
    bool all_paths = true;       ///< everyone at distance 3 was a candidate
    bool all_expertises = true;  ///< everyone sharing an expertise or meeting a need was a candidate
};

/// Finds the best partners of one actor after the other. One per worker; keeps dense rows of all vertices.
///
/// Candidates  actors in scope without a link: (1) at distance 2 or 3 in the ties, go-betweens in scope or
///             not; (2) sharing an expertise or meeting a need of either side. All of them, unless their
///             expansion exceeds the actor's share of the budget: then the go-betweens that carry most are
///             walked first, the rarest expertises are read first, and of those met so only the most
///             promising by these sums (shortlist_size) are scored. A score is exact in either case, with
///             every path and every expertise.
/// Way         Sums of a row of the matrices of resource allocation, L3, shared mass and needs met are
///             accumulated in dense rows. Within the budget these sums are complete, and a candidate is
///             passed over only when its upper bound is below the k-th best so far: nobody is lost.
/// Cost        Per actor O(degrees within one step + min(budget, degrees within two steps) + min(budget,
///             holders of its expertises)); O(V) memory per worker.
class CandidateSearch {
public:
    CandidateSearch(const PairModel& model, std::uint32_t top, const SearchBudget& budget);

    /// At most `top` partners of x, score descending, then id; scores are those of PairScorer, bit for bit.
    [[nodiscard]] std::vector<Candidate> search(VertexId x);
    [[nodiscard]] const SearchReach& reach() const noexcept { return reach_; }

private:
    struct BestFirst {
        [[nodiscard]] bool operator()(const Candidate& a, const Candidate& b) const noexcept {
            const double ka = score_key(a.score);
            const double kb = score_key(b.score);
            return ka != kb ? ka > kb : a.vertex < b.vertex;
        }
    };
    /// All that a search knows of one vertex, on one cache line: the time goes into reaching it.
    struct alignas(64) Row {
        double ra = 0.0;         ///< resource allocation
        double half = 0.0;       ///< f(v): first two ties of a path of three
        double l3 = 0.0;         ///< complete when all paths were walked, else a lower bound
        double shared = 0.0;     ///< complete when all expertises were read, else a lower bound
        double met_own = 0.0;    ///< needs of the actor searched that the vertex meets
        double met_other = 0.0;  ///< and the reverse
        enum class State : std::uint8_t { open, linked, considered } state = State::open;
        bool in_scope = false;

        void reset() noexcept {
            ra = half = l3 = shared = met_own = met_other = 0.0;
            state = State::open;
        }
    };
    /// Least raw values with which a candidate that has nothing else can still enter the list.
    struct Floors {
        double l3 = 0.0;
        double similarity = 0.0;
    };

    void mark_linked();
    void walk_two();
    void walk_three();
    void expand(VertexId v);
    void read_expertises();
    void read_offers(const Incidence::OfVertex& own);
    void read_needs_for(const Incidence::OfVertex& own);
    void read_answers(const Incidence::OfVertex& need);
    void consider_all();
    void consider(VertexId y);
    [[nodiscard]] bool hopeless(VertexId y) const noexcept;
    [[nodiscard]] bool unpromising(VertexId y) const noexcept;
    [[nodiscard]] double estimate(VertexId y) const noexcept;
    [[nodiscard]] double most_of_sharing() const noexcept;
    void shortlist(VertexId y);
    [[nodiscard]] bool bounded() const noexcept { return !reach_.all_paths || !reach_.all_expertises; }
    void evaluate(VertexId y);
    [[nodiscard]] double exact_l3(VertexId y) const noexcept;
    [[nodiscard]] PairMasses masses_with(VertexId y) const;
    [[nodiscard]] std::vector<Candidate> settle(std::vector<Candidate> found);
    void update_floors();
    void clear();

    const PairModel& model_;
    PairScorer scorer_;
    GraphView ties_;
    std::uint64_t step_share_, posting_share_;
    VertexId x_{};
    SearchReach reach_;
    std::vector<Row> rows_;
    double sharing_at_most_ = 0.0;             ///< what one unit of shared mass can add to an estimate
    std::vector<VertexId> two_, three_, kin_;  ///< touched by walks of two, of three, and by expertise
    Floors floors_;
    TopK<Candidate, BestFirst> best_, shortlist_;
    double least_promising_ = 0.0;  ///< estimate of the last of a full shortlist
};

}  // namespace maillage
