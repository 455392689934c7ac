#pragma once

#include "engine/graph_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Every classical index of one actor with all others at once: what recommendations are measured against.
namespace maillage {

/// A adjacency, W weights, D degrees, S strengths (diagonal); x and y are not tied.
enum class PairIndex : std::uint8_t {
    common_neighbours,  ///< A A
    jaccard,            ///< these seven: see LocalIndex
    salton,
    sorensen,
    hub_promoted,
    hub_depressed,
    leicht_holme_newman,
    preferential_attachment,
    adamic_adar,                   ///< A (1 / ln D) A
    resource_allocation,           ///< A D^-1 A
    adamic_adar_weighted,          ///< sum of (w_xz + w_zy) / ln(1 + s_z) (Lu and Zhou 2010)
    resource_allocation_weighted,  ///< W S^-1 W
    l3,                            ///< A D^-1/2 A D^-1/2 A (Kovacs et al. 2019)
    l3_weighted,                   ///< W S^-1/2 W S^-1/2 W
    random_walk_3,  ///< W S^-1 W S^-1 W: a walk of three steps, times the strength it starts from
    local_path,     ///< A^2 + e A^3 (Lu, Jin, Zhou 2009)
    katz,           ///< sum over l of b^l A^l (Katz 1953)
    pagerank,       ///< pi_x(y) + pi_y(x), personalised (Haveliwala 2002)
    pagerank_flow   ///< s_x pi_x(y) = s_y pi_y(x): the same walk, counted by what it carries
};
inline constexpr std::size_t pair_index_count = 19;
[[nodiscard]] constexpr PairIndex pair_index(std::size_t i) noexcept {
    return static_cast<PairIndex>(i);
}
/// "common_neighbours", …
[[nodiscard]] std::string_view to_code(PairIndex index) noexcept;

struct IndexOptions {
    double damping = 0.85;            ///< of PageRank, in [0, 1)
    double local_path_share = 0.01;   ///< e of local_path, >= 0
    double katz_share = 0.5;          ///< b as a share of 1 / largest eigenvalue, in (0, 1)
    std::optional<double> katz_beta;  ///< b itself, > 0 and below 1 / largest eigenvalue
    double tolerance = 1e-10;         ///< of Katz and PageRank, relative to what they start with; > 0

    friend bool operator==(const IndexOptions&, const IndexOptions&) = default;
};
/// @throws OptionError naming the first field that is out of range.
void validate(const IndexOptions& options);

/// What the rows of all actors share.
class IndexModel {
public:
    /// Cost    O(V + E) and some hundred passes over the ties for the largest eigenvalue.
    /// Errors  OptionError (see validate, and for a katz_beta that is too large).
    IndexModel(GraphView graph, const IndexOptions& options = {});

    [[nodiscard]] GraphView graph() const noexcept { return graph_; }
    [[nodiscard]] const IndexOptions& options() const noexcept { return options_; }
    [[nodiscard]] double strength(VertexId v) const noexcept { return strength_[index_of(v)]; }
    /// Largest eigenvalue of A, 0 without ties; a lower bound to about 1e-9.
    [[nodiscard]] double largest_eigenvalue() const noexcept { return eigenvalue_; }
    [[nodiscard]] double katz_beta() const noexcept { return beta_; }

private:
    template <class Real, std::size_t Lanes>
    friend class BasicIndexRows;
    GraphView graph_;
    IndexOptions options_;
    double eigenvalue_ = 0.0, beta_ = 0.0;
    std::vector<double> strength_;
    /// 1/D, 1/sqrt(D), 1/ln(D), 1/S, 1/sqrt(S), 1/ln(1 + S); 0 where there is nothing to divide by.
    std::vector<double> by_degree_, by_root_degree_, by_log_degree_, by_strength_, by_root_strength_,
        by_log_strength_;
};

/// The rows of a few actors at a time, side by side so that each tie is read once for all of them. One a worker.
///
/// Definition  See PairIndex; values are those of pairs that are not tied (for tied ones, walks over the tie
///             itself count too). Equal for equal input whatever the block or worker.
/// Cost        compute: about 14 products of a sparse matrix with `lanes` vectors, 2 more for each digit of
///             PageRank (Chebyshev's iteration: the walk is similar to a symmetric matrix), fewer when only some
///             indices are wanted. O(V lanes) memory.
/// Errors      value() of an index that was not asked for is 0 (assert).
/// Source      G. Golub, R. Varga, "Chebyshev semi-iterative methods", Numerische Mathematik 3, 147-168, 1961.
template <class Real, std::size_t Lanes>
class BasicIndexRows {
public:
    static constexpr std::size_t lanes = Lanes;
    /// Shapes  wanted: the indices that value() will be asked for; empty: all.
    explicit BasicIndexRows(const IndexModel& model, std::span<const PairIndex> wanted = {});

    /// At most `lanes` actors.
    void compute(std::span<const VertexId> actors);
    /// Value of the pair of the lane's actor with y.
    [[nodiscard]] double value(PairIndex index, std::size_t lane, VertexId y) const noexcept;
    /// The same for many partners at once.
    void values(PairIndex index, std::size_t lane, std::span<const VertexId> partners,
                std::span<double> result) const noexcept;

private:
    using Block = std::vector<Real>;    ///< V times lanes
    using Factors = std::vector<Real>;  ///< one a tie from either end, in the graph's order
    /// Calls then(v, sums): of the rows of v's neighbours, each times the factor of its tie.
    template <bool with_factors, class Then>
    void product(const Factors& of_ties, const Block& in, Then then) const;
    /// out = M in; of_ties: what M has for each tie, empty: 1.
    void multiply(const Factors& of_ties, const Block& in, Block& out) const;
    /// w_uv by_u for the ties of every v.
    [[nodiscard]] Factors factors(bool weighted, const std::vector<double>& by) const;
    /// (I - factor M)^-1 start, M = A, or the walk along ties when `walk`.
    void solve(double factor, double radius, bool walk, Block& result);
    [[nodiscard]] bool wants(PairIndex index) const noexcept {
        return wanted_[static_cast<std::size_t>(index)];
    }
    template <PairIndex index>
    [[nodiscard]] double value_of(std::size_t lane, VertexId y) const noexcept;
    /// Calls work with the index as a constant.
    template <class Work>
    static void with_constant(PairIndex index, Work work);

    const IndexModel& m_;
    std::array<bool, pair_index_count> wanted_{};
    std::vector<VertexId> actors_;
    Factors ones_, weight_;  ///< empty when all are 1
    Factors by_degree_, by_root_degree_, by_log_degree_, by_log_strength_;
    Factors walk_of_, by_root_strength_, weight_by_log_strength_;  ///< of weights
    Block start_, ties_, weights_, spare_;
    Block common_, adamic_, allocation_, adamic_w_, allocation_w_, l3_, l3_w_, walk_, third_, katz_, rank_;
};

/// Exact to the last digits.
using IndexRows = BasicIndexRows<double, 8>;
/// Half the memory traffic, six digits: enough to rank by.
using FastIndexRows = BasicIndexRows<float, 16>;
extern template class BasicIndexRows<double, 8>;
extern template class BasicIndexRows<float, 16>;

}  // namespace maillage
