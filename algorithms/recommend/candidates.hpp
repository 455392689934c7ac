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
    std::uint64_t steps = 4'000'000'000;     ///< ties walked for candidates at distance 3, over all actors
    std::uint64_t postings = 2'000'000'000;  ///< entries "actor has expertise" read, over all actors
    std::uint64_t least_steps = 20'000;      ///< an actor's share is never below this
    std::uint64_t least_postings = 10'000;

    friend bool operator==(const SearchBudget&, const SearchBudget&) = default;
};

/// A pair below this score, crossing aside, shown as 0.000, is no recommendation and is not listed.
inline constexpr double least_evidence = 5e-4;

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
///             walked first, and the rarest expertises read first, and the rest is left out. Whoever is
///             looked at is scored exactly, with every path and every expertise, in either case.
/// Way         Sums of a row of the matrices of resource allocation, L3, shared mass and needs met are
///             accumulated in dense rows. A candidate whose upper bound is below the k-th best so far is
///             passed over; the bound is exact arithmetic on the same sums, so nobody is lost.
/// Cost        Per actor O(degrees within one step + min(budget, degrees within two steps) + min(budget,
///             holders of its expertises)); O(V) memory per worker.
class CandidateSearch {
public:
    CandidateSearch(const PairModel& model, std::uint32_t top, const SearchBudget& budget);

    /// At most `top` partners of x, score descending, then id.
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
    /// Sums of one vertex towards the actor searched.
    struct Row {
        double ra = 0.0;         ///< resource allocation
        double half = 0.0;       ///< f(v): first two ties of a path of three
        double l3 = 0.0;         ///< complete when all paths were walked, else a lower bound
        double shared = 0.0;     ///< complete when all expertises were read, else a lower bound
        double met_own = 0.0;    ///< needs of the actor searched that the vertex meets
        double met_other = 0.0;  ///< and the reverse
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
    void evaluate(VertexId y);
    [[nodiscard]] double exact_l3(VertexId y) const noexcept;
    void update_floors();
    void clear();

    const PairModel& model_;
    GraphView ties_;
    std::uint64_t step_share_, posting_share_;
    VertexId x_{};
    SearchReach reach_;
    std::vector<Row> rows_;
    std::vector<std::uint32_t> linked_, seen_;  ///< stamp of the last search
    std::uint32_t stamp_ = 0;
    std::vector<VertexId> two_, three_, kin_;  ///< touched by walks of two, of three, and by expertise
    double rest_l3_ = 0.0;      ///< what one unit of strength can still carry through paths not walked
    double rest_shared_ = 0.0;  ///< mass of own expertises not read
    Floors floors_;
    TopK<Candidate, BestFirst> best_;
};

}  // namespace maillage
