#pragma once

#include "engine/ids.hpp"
#include "engine/incidence.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace maillage {

class Network;

/// A forest of expertises: what is a kind of what. Several trees may stand side by side; nothing joins them, so
/// expertises of two trees have no ancestor in common and a similarity of 0. An expertise without parent and
/// children (also one that no scheme knows) is a tree of its own.
class Taxonomy {
public:
    Taxonomy() = default;
    /// parent: of each expertise, none<ExpertiseId> for a root.
    /// @throws Error when a parent does not exist or is its own ancestor.
    explicit Taxonomy(std::vector<ExpertiseId> parent);
    explicit Taxonomy(const Network& network);

    [[nodiscard]] std::size_t size() const noexcept { return parent_.size(); }
    [[nodiscard]] ExpertiseId parent(ExpertiseId x) const noexcept { return parent_[index_of(x)]; }
    [[nodiscard]] std::uint32_t depth(ExpertiseId x) const noexcept {
        return depth_[index_of(x)];
    }  ///< root: 1
    /// No expertise has a parent: every measure below falls back to "the same or not".
    [[nodiscard]] bool flat() const noexcept { return flat_; }
    /// x is the ancestor itself or below it. O(1).
    [[nodiscard]] bool within(ExpertiseId x, ExpertiseId ancestor) const noexcept {
        return place_[index_of(x)] >= place_[index_of(ancestor)] &&
               place_[index_of(x)] < end_[index_of(ancestor)];
    }
    /// x and everything below it, x first.
    [[nodiscard]] std::span<const ExpertiseId> subtree(ExpertiseId x) const noexcept {
        return std::span(order_).subspan(place_[index_of(x)], end_[index_of(x)] - place_[index_of(x)]);
    }
    /// Nearest common ancestor, which may be x or y; empty when they lie in two trees. O(depth).
    [[nodiscard]] std::optional<ExpertiseId> common_ancestor(ExpertiseId x, ExpertiseId y) const noexcept;
    /// The ancestor of x at a depth >= 1, x itself when it is not deeper. O(depth).
    [[nodiscard]] ExpertiseId ancestor_at(ExpertiseId x, std::uint32_t depth) const noexcept;

private:
    std::vector<ExpertiseId> parent_, order_;         ///< order_: each before those below it
    std::vector<std::uint32_t> depth_, place_, end_;  ///< place in order_, and where its subtree ends
    bool flat_ = true;
};

/// 2 depth(lca) / (depth(x) + depth(y)), depth(root) = 1; 0 for two trees. In [0, 1], 1 for x itself.
/// Source  Z. Wu, M. Palmer, "Verb semantics and lexical selection", ACL 1994.
[[nodiscard]] double wu_palmer(const Taxonomy& taxonomy, ExpertiseId x, ExpertiseId y) noexcept;

/// How much an expertise says about who holds it.
///
/// Definition  IC(x) = -ln(assignments in the subtree of x / all assignments), an assignment being one actor that
///             offers one expertise. The root of a single tree has IC 0.
/// Degenerate  Empty for an expertise that nobody holds, nor anything below it (its IC has no bound).
/// Shapes      counted: 1 or 0 per vertex of `offers`; empty counts every vertex.
/// Cost        O(links + expertises).
/// Source      P. Resnik, "Using information content to evaluate semantic similarity in a taxonomy", IJCAI 1995.
[[nodiscard]] std::vector<std::optional<double>> information_content(
    const Taxonomy& taxonomy, const Incidence& offers, std::span<const std::uint8_t> counted = {});

/// 2 IC(lca) / (IC(x) + IC(y)); 0 for two trees. In [0, 1], 1 for x itself.
/// Degenerate  Empty when an IC is, and when both are 0.
/// Source      D. Lin, "An information-theoretic definition of similarity", ICML 1998.
[[nodiscard]] std::optional<double> lin(const Taxonomy& taxonomy,
                                        std::span<const std::optional<double>> content, ExpertiseId x,
                                        ExpertiseId y) noexcept;

/// Best-match average by Wu and Palmer: the mean, over the expertises of both sides, of the similarity to the
/// nearest one of the other side. Sets are ascending and without repeats.
/// Degenerate  Empty when either set is.
/// Cost        O(|a| |b| depth).
[[nodiscard]] std::optional<double> best_match_average(const Taxonomy& taxonomy,
                                                       std::span<const ExpertiseId> a,
                                                       std::span<const ExpertiseId> b);

/// Near but not the same: expertises of one side alone whose ancestor at a depth is an ancestor of the other side
/// too, over all that either holds. Overlap in the broad field without overlap in the narrow one.
/// Degenerate  Empty when both sets are. Depth 1: the trees themselves.
/// Cost        O((|a| + |b|) depth log).
/// Source      M. Makri, M. A. Hitt, P. J. Lane, "Complementary technologies, knowledge relatedness, and invention
///             outcomes", Strategic Management Journal 31, 602-628, 2010, for the idea; the ratio is ours.
[[nodiscard]] std::optional<double> near_not_same(const Taxonomy& taxonomy, std::span<const ExpertiseId> a,
                                                  std::span<const ExpertiseId> b, std::uint32_t depth = 1);

/// Profiles closed upwards: who holds an expertise holds the fields above it, at the highest level of what it holds
/// below (declared where some such holding is).
/// Cost  O(links depth log links).
[[nodiscard]] Incidence close_upwards(const Taxonomy& taxonomy, const Incidence& profiles);

}  // namespace maillage
