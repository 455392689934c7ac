#pragma once

#include "engine/incidence.hpp"
#include "engine/parallel.hpp"
#include "engine/partition.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace maillage {

/// A division of actors and expertises together: the vertices come first, then the expertises.
class BipartitePartition {
public:
    BipartitePartition() = default;
    /// nodes: of vertex_count vertices, then of all expertises.
    BipartitePartition(std::size_t vertex_count, Partition nodes)
        : vertex_count_(vertex_count), nodes_(std::move(nodes)) {}

    [[nodiscard]] CommunityId of(VertexId v) const noexcept { return nodes_[v]; }
    [[nodiscard]] CommunityId of(ExpertiseId x) const noexcept {
        return nodes_[id_at<VertexId>(vertex_count_ + index_of(x))];
    }
    [[nodiscard]] std::size_t vertex_count() const noexcept { return vertex_count_; }
    [[nodiscard]] std::size_t expertise_count() const noexcept {
        return nodes_.vertex_count() - vertex_count_;
    }
    [[nodiscard]] const Partition& nodes() const noexcept { return nodes_; }

    friend bool operator==(const BipartitePartition&, const BipartitePartition&) = default;

private:
    std::size_t vertex_count_ = 0;
    Partition nodes_;
};

struct BipartiteQuality {
    std::optional<double> value;        ///< empty when nobody has an expertise
    std::string why;                    ///< "no_edges" then
    std::vector<double> contributions;  ///< of each community, by CommunityId; they add up to the value
};

/// Barber's modularity of a division of actors and expertises, without projecting either side on the other.
///
/// Definition  Q_B = sum over communities of L_c / m - gamma K_c D_c / m^2: L_c links inside, K_c and D_c the sums
///             of the degrees of its actors and of its expertises, m all links. A link counts 1 whatever
///             its level.
/// Rounding    formed as sum(m L_c - gamma K_c D_c) / m^2: with gamma = 1 the double nearest to the fraction.
/// Errors      OptionError (resolution). Error when the shapes differ.
/// Source      M. J. Barber, "Modularity and community detection in bipartite networks", Physical Review E 76,
///             066102, 2007.
[[nodiscard]] BipartiteQuality barber_modularity(const Incidence& offers, const BipartitePartition& partition,
                                                 double resolution = 1.0);

struct BipartiteOptions {
    double resolution = 1.0;  ///< gamma, > 0 and finite
    /// Independent runs, the best of which is kept; 0: 20 below 100,000 links, 2 from there on. At most 1000.
    std::uint32_t runs = 0;
    std::uint32_t max_iterations = 20;  ///< of a run, >= 1
    std::uint64_t seed = 1;

    /// A run ends when an iteration gains no more.
    static constexpr double min_gain = 1e-10;

    friend bool operator==(const BipartiteOptions&, const BipartiteOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const BipartiteOptions& options);

struct BipartiteRun {
    BipartitePartition partition;
    std::optional<double> quality;  ///< as barber_modularity()
    std::vector<double> gains;      ///< of each iteration; the first starts from single nodes
    bool converged = true;
};

struct BipartiteResult {
    BipartiteOptions options;        ///< as used, with the number of runs
    std::vector<BipartiteRun> runs;  ///< in the order of their seeds; at least one
    std::size_t best = 0;            ///< highest quality, the first of those

    [[nodiscard]] const BipartiteRun& kept() const noexcept { return runs[best]; }
    [[nodiscard]] const BipartitePartition& partition() const noexcept { return runs[best].partition; }
};

/// Communities of actors and expertises by Barber's modularity, with Leiden's scheme: what a node of a merged
/// level counts on either side survives merging.
///
/// Guarantee   Every community is connected by its links; a node without links is one of its own.
/// Cost        O(links) time an iteration in practice; runs are spread over the threads, and the result does
///             not depend on how many there are.
/// Errors      OptionError (see validate).
[[nodiscard]] BipartiteResult bipartite_communities(const Incidence& offers,
                                                    const BipartiteOptions& options = {},
                                                    const Execution& execution = {});

}  // namespace maillage
