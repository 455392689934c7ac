#pragma once

#include "algorithms/segregation/mixing.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// Indices of segregation, all read off one mixing matrix. Each is empty where it is undefined, with a reason
/// code.
namespace maillage {

/// A value, or why there is none.
struct Measured {
    std::optional<double> value;
    std::string_view why;  ///< empty when there is a value

    static Measured undefined(std::string_view reason) noexcept { return {std::nullopt, reason}; }
};

inline constexpr std::string_view why_no_edges = "no_edges";
inline constexpr std::string_view why_single_group = "single_group";
inline constexpr std::string_view why_empty_group = "empty_group";
inline constexpr std::string_view why_isolate = "isolate";
inline constexpr std::string_view why_zero_denominator = "zero_denominator";
inline constexpr std::string_view why_fewer_than_two = "fewer_than_two_nodes";
inline constexpr std::string_view why_several_groups = "several_groups";  ///< some actor has more than one
inline constexpr std::string_view why_no_boundary = "no_boundary";  ///< nobody looks both inside and across
inline constexpr std::string_view why_closed = "closed";  ///< from some actor no other group can be reached

struct Interval {
    double low = 0.0, high = 0.0;
};

/// E-I index of external and internal ties, in [-1, 1]: -1 closed silos, +1 only bridges.
/// Definition  (E - I) / (E + I). Empty (no_edges) when E + I = 0.
/// Source      D. Krackhardt, R. N. Stern, "Informal networks and organizational crises: an experimental
/// simulation", Social
///             Psychology Quarterly 51(2), 123-140, 1988.
[[nodiscard]] Measured ei_index(double external, double internal);

/// E-I on the scale between its least and greatest value for these group sizes and this number of ties.
/// Definition  2 (EI - EI_min) / (EI_max - EI_min) - 1 with E in [max(0, T - W), min(T, B)]. Needs a matrix
/// of counts.
///             Empty: no_edges; single_group; zero_denominator when the sizes leave no choice.
[[nodiscard]] Measured ei_rescaled(const MixingMatrix& m);

/// 95 % interval of the E-I index by Wilson's interval of the share of external ties.
/// Source  E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
/// 209-212, 1927.
[[nodiscard]] std::optional<Interval> ei_wilson(double external, double ties);

/// E-I of one group: ties of its members to others against ties among them.
[[nodiscard]] Measured group_ei(const MixingMatrix& m, std::size_t group);

/// Newman's assortativity for a nominal attribute.
/// Definition  (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i), e the shares of arcs. 1: only inside; 0: as by
/// chance; the least
///             attainable value is -sum a_i b_i / (1 - sum a_i b_i), not -1.
///             Empty: no_edges; single_group when all arcs lie in one group.
/// Source      M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126, 2003.
struct Assortativity {
    Measured r;
    std::optional<double> least;         ///< attainable minimum for these marginals
    std::optional<double> jackknife_sd;  ///< counts only: sqrt(sum over ties of (r without it - r)^2)
};
[[nodiscard]] Assortativity assortativity(const MixingMatrix& m);

/// Coleman's homophily of a group: 1 only inside, 0 as by chance, -1 never inside. A group's choices are its
/// arcs.
/// Definition  x = d (n - 1) / (N - 1) expected inside arcs; (m - x) / (d - x) when m > x, else (m - x) / x.
///             Empty: isolate when the group has no arc; zero_denominator.
/// Source      J. S. Coleman, "Relational analysis", Human Organization 17(4), 28-36, 1958.
[[nodiscard]] Measured coleman(const MixingMatrix& m, std::size_t group);

/// Freeman's segregation: share of the cross ties expected by chance that are missing. Not cut at 0.
/// Definition  (E* - E) / E*, E* = T B / (B + W). Empty: no_edges; single_group.
/// Source      L. C. Freeman, "Segregation in social networks", Sociological Methods & Research 6(4),
/// 411-429, 1978.
[[nodiscard]] Measured freeman(const MixingMatrix& m);

/// Odds of a tie inside a group over the odds of one across. Does not move with the density.
/// Definition  I (B - E) / (E (W - I)). Empty (zero_denominator) when E = 0 or W = I; then see `haldane`.
/// Source      J. Moody, "Race, school integration, and friendship segregation in America", American Journal
///             of Sociology 107, 679-716, 2001; correction by a half: J. B. S. Haldane, Annals of Human
///             Genetics 20, 309-311, 1956.
struct OddsRatio {
    Measured ratio;
    std::optional<Interval> ci95;   ///< log-normal, from the four counts
    std::optional<double> haldane;  ///< with 0.5 added to the four counts
    std::optional<Interval> haldane_ci95;
};
[[nodiscard]] OddsRatio odds_ratio(const MixingMatrix& m);

/// Intervals of the indices that move in one direction with the share of external ties: its Wilson interval, carried
/// over. Empty where the index is.
[[nodiscard]] std::optional<Interval> ei_rescaled_wilson(const MixingMatrix& m);
[[nodiscard]] std::optional<Interval> freeman_wilson(const MixingMatrix& m);
/// Of coleman(): the share of a group's ties that lie inside, carried over. Counts of an undirected graph.
[[nodiscard]] std::optional<Interval> coleman_wilson(const MixingMatrix& m, std::size_t group);

/// Ties inside a group, and from it to others, over those expected if all pairs were tied alike.
/// Definition  D = e_gg / (p n (n - 1) / 2), H = e_g,others / (p n (N - n)), p = T / pairs. Above 1: more than expected.
///             Empty: no_edges; zero_denominator when there is no such pair.
/// Source      J. Park, A.-L. Barabási, "Distribution of node characteristics in complex networks", PNAS 104(46),
///             17916-17920, 2007.
struct Dyadicity {
    Measured dyadicity, heterophilicity;
};
[[nodiscard]] Dyadicity dyadicity(const MixingMatrix& m, std::size_t group);

/// Fershtman's segregation matrix index of one of two groups, of a directed or undirected matrix.
/// Definition  (r - 1) / (r + 1), r = density of the group's arcs inside over that of its arcs to the other group.
///             Empty: zero_denominator. Not defined for other than two groups: several_groups, single_group.
/// Source      M. Fershtman, "Cohesive group detection in a social network by the segregation matrix index", Social
///             Networks 19, 193-207, 1997. (netseg 1.0 divides both groups by the density of the first.)
[[nodiscard]] Measured segregation_matrix_index(const MixingMatrix& m, std::size_t group);

/// Gupta, Anderson and May's Q: mean over groups of the share of inside arcs, rescaled.
/// Definition  (trace of the row-normalised matrix - 1) / (K - 1), over groups that have arcs. Empty:
///             no_edges; single_group.
/// Source      S. Gupta, R. M. Anderson, R. M. May, "Networks of sexual contacts", AIDS 3, 807-817, 1989.
[[nodiscard]] Measured gupta_anderson_may(const MixingMatrix& m);

}  // namespace maillage
