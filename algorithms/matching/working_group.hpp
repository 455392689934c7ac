#pragma once

#include "engine/csr_graph.hpp"
#include "engine/ids.hpp"
#include "engine/labels.hpp"
#include "engine/network.hpp"

#include "algorithms/matching/expertise_model.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Working groups: what those in one cover, what it lacks, who should join, how mixed it is.
namespace maillage {

struct WorkingGroupInput {
    std::span<const Requirement> required;  ///< expertises it needs, with weight and holders
    std::span<const VertexId> members;      ///< ascending, no repeats
    const ExpertiseModel& model;            ///< over the same vertices as the rest
    GraphView ties;
    /// 1 or 0 per vertex: who may be asked. Empty: everyone.
    std::span<const std::uint8_t> may_join;
    /// How mixed it is, by each of them; labels over the same vertices.
    std::span<const GroupLabels* const> mixed_by;
};

struct WorkingGroupOptions {
    std::uint32_t top = 10;    ///< candidates listed; >= 1
    double least_cover = 0.5;  ///< of a requirement, from which one counts as holding it, in (0, 1]
};
/// @throws OptionError naming the first field that is out of range.
void validate(const WorkingGroupOptions& options);

struct CoveredBy {
    VertexId vertex{};
    double cover = 0.0;  ///< ExpertiseModel::cover, above 0
};

struct RequirementCover {
    Requirement required;
    std::vector<CoveredBy> members;  ///< those that cover some of it: cover descending, then vertex
    double covered = 0.0;            ///< sum of the best min_holders covers over min_holders, 0 .. 1
    std::uint32_t holders = 0;       ///< members with least_cover
    std::uint32_t outside = 0;       ///< of those who may join, with least_cover
};

struct JoinCandidate {
    VertexId vertex{};
    double gain = 0.0;               ///< coverage with it less coverage without
    double fit = 0.0;                ///< weighted part of the requirements that it covers itself, 0 .. 1
    std::vector<std::size_t> fills;  ///< requirements whose cover it raises, in their order
    std::uint32_t known = 0;         ///< members it is a partner of
    std::uint32_t new_groups = 0;    ///< attributes of mixed_by in which it brings a value nobody has
};

/// How mixed the members are by one attribute.
struct Mixedness {
    std::size_t known = 0;            ///< members with a value (the first of several)
    std::size_t groups = 0;           ///< values among them
    std::optional<double> value;      ///< chance that two members differ; empty: fewer than two are known
    std::optional<double> among_all;  ///< the same of those who may join and the members together
};

struct WorkingGroup {
    double coverage = 0.0;  ///< weighted mean of RequirementCover::covered; 0 without requirements
    std::vector<RequirementCover> required;  ///< in the order given
    std::vector<JoinCandidate> candidates;   ///< at most top; see working_group
    /// Whom to ask, one after the other, so that each adds most to those before; until nothing is added.
    std::vector<JoinCandidate> invitations;
    double coverage_then = 0.0;    ///< with all of them
    std::vector<Mixedness> mixed;  ///< as in mixed_by
};

/// A working group as it stands, and who should join.
///
/// Definition  Coverage = sum w(r) c(r) / sum w(r), c(r) the mean of the `min_holders` best covers of r among the members
///             (none counts 0), a cover being that of the model: level times nearness, so that a neighbouring expertise
///             covers in part. A candidate's gain is what coverage rises by; candidates stand by gain descending, then
///             fit, then new_groups, then known, then vertex; who neither gains nor fits is none.
///             Invitations are greedy: coverage is monotone and submodular (a sum of the largest k is), so they
///             reach at least 1 - 1/e of what as many could add at best.
///             How mixed: Simpson's chance that two members drawn without replacement differ, 1 - sum n(n-1) / (N(N-1)).
/// Degenerate  No members: every candidate's gain is against nothing. No requirements: no candidates.
/// Cost        O(actors requirements (near + offers) + invitations candidates requirements).
/// Errors      OptionError (see validate). Error when a member is no vertex, members are not ascending or sizes disagree.
/// Source      G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An analysis of approximations for maximizing submodular
///             set functions I", Mathematical Programming 14, 265-294, 1978. E. H. Simpson, "Measurement of
///             diversity", Nature 163, 688, 1949.
[[nodiscard]] WorkingGroup working_group(const WorkingGroupInput& input,
                                         const WorkingGroupOptions& options = {});

}  // namespace maillage
