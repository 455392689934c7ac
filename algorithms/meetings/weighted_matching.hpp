#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Pairs of the largest total weight, nobody in two of them.
namespace maillage::meetings {

/// Weights of the pairs of n vertices: symmetric, 0 for a pair that may not be, at most 2^40.
class PairWeights {
public:
    explicit PairWeights(std::size_t n) : n_(n), weight_(n * n, 0) {}
    [[nodiscard]] std::size_t size() const noexcept { return n_; }
    [[nodiscard]] std::int64_t operator()(std::size_t a, std::size_t b) const noexcept {
        return weight_[a * n_ + b];
    }
    void set(std::size_t a, std::size_t b, std::int64_t weight) noexcept {
        weight_[a * n_ + b] = weight;
        weight_[b * n_ + a] = weight;
    }

private:
    std::size_t n_;
    std::vector<std::int64_t> weight_;
};

inline constexpr std::uint32_t unmatched = 0xFFFFFFFFU;

struct Matching {
    std::vector<std::uint32_t> mate;  ///< per vertex; unmatched where it has none
    std::int64_t weight = 0;
    /// Twice the value of the dual solution found beside: no matching weighs more than half of it. Equal to
    /// 2 * weight: that is the proof.
    std::int64_t twice_dual = 0;
};

/// A matching of maximum weight of a general graph, exactly.
///
/// Definition  Vertex-disjoint pairs whose weights add up to the most. Pairs of weight 0 are never chosen.
/// Method      Primal-dual, with odd cycles shrunk to blossoms and the tightest edge between any two surface
///             nodes remembered. Whole numbers throughout, so the certificate is exact.
/// Degenerate  no vertex, or no positive weight: nobody is matched.
/// Cost        O(n^3) time, O(n^2) memory: some hundreds of vertices.
/// Why ours    Boost's maximum_weighted_matching (1.74, as in Debian 12) gives wrong answers, loops or overflows the
///             stack on many graphs of this size (boostorg/graph issues 199, 223, 399).
/// Source      J. Edmonds, "Maximum matching and a polyhedron with 0,1-vertices", Journal of Research of the National
///             Bureau of Standards 69B, 125-130, 1965; Z. Galil, "Efficient algorithms for finding maximum
///             matching in graphs", ACM Computing Surveys 18, 23-38, 1986.
[[nodiscard]] Matching maximum_weight_matching(const PairWeights& weights);

}  // namespace maillage::meetings
