#pragma once

#include "engine/ids.hpp"
#include "engine/incidence.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace maillage {

/// How two expertises that the same actors hold are made comparable.
enum class RelatednessKind : std::uint8_t {
    proximity,    ///< min(P(i|j), P(j|i)) = C_ij / max(U_i, U_j), U the holders (Hidalgo et al. 2007)
    association,  ///< (C_ij / T) / ((S_i / T) (S_j / T))
    probability,  ///< C_ij over the number that chance would give when none goes with itself (van Eck, Waltman 2009)
    cosine,  ///< C_ij / sqrt(S_i S_j)
    jaccard  ///< C_ij / (S_i + S_j - C_ij)
};

/// Which expertises go together in the same hands, whatever a taxonomy says of them.
///
/// Definition  C_ij: actors that offer both (at any level), i != j; S_i = sum of C_ij over j; T = sum of S_i; U_i the
///             holders of i. 0/0 counts as 0 (nobody holds both), the diagonal as 0.
/// Shapes      counted: 1 or 0 per vertex of `offers`; empty counts every vertex.
/// Cost        O(sum over actors of expertises^2) time; memory for the pairs that meet.
/// Source      C. Hidalgo et al., "The product space conditions the development of nations", Science 317, 2007;
///             P.-A. Balland, EconGeo (R package), `relatedness`.
class Relatedness {
public:
    struct Related {
        ExpertiseId expertise{};
        double value = 0.0;
    };
    explicit Relatedness(const Incidence& offers, std::span<const std::uint8_t> counted = {},
                         RelatednessKind kind = RelatednessKind::proximity);

    [[nodiscard]] double between(ExpertiseId i, ExpertiseId j) const noexcept;
    /// Expertises with a value above 0, ascending.
    [[nodiscard]] std::span<const Related> of(ExpertiseId i) const noexcept {
        return std::span(related_).subspan(offsets_[index_of(i)],
                                           offsets_[index_of(i) + 1] - offsets_[index_of(i)]);
    }

    /// Relatedness density RD(r, i), 0 .. 100: how much of what is related to i the set r holds,
    /// 100 sum of phi_ij over j in r / sum of phi_ij over all j. Sets are ascending.
    /// Degenerate  Empty when nothing is related to i (EconGeo: NaN).
    [[nodiscard]] std::optional<double> density(std::span<const ExpertiseId> r, ExpertiseId i) const;
    /// Added relatedness ADD(r <- s, i): what s would add to it, 100 sum of phi_ij over j in s and not in r / sum of
    /// phi_ij. RD(r + s, i) = RD(r, i) + ADD(r <- s, i).
    /// Source  P.-A. Balland, R. Boschma, "Complementary interregional linkages and Smart Specialisation", Regional
    ///         Studies 55, 2021.
    [[nodiscard]] std::optional<double> added(std::span<const ExpertiseId> r, std::span<const ExpertiseId> s,
                                              ExpertiseId i) const;

private:
    std::vector<std::size_t> offsets_;
    std::vector<Related> related_;
    std::vector<double> total_;  ///< sum of phi_ij over j
};

}  // namespace maillage
