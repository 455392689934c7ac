#pragma once

#include "engine/graph_view.hpp"

#include "algorithms/segregation/group_codes.hpp"
#include "algorithms/segregation/indices.hpp"
#include "algorithms/segregation/walks.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Every measure of one attribute at once, fast enough to be taken on thousands of networks drawn by chance.
namespace maillage {

/// One figure of a panel: a measure of the network, or of one group.
struct Slot {
    static constexpr std::uint32_t network = std::numeric_limits<std::uint32_t>::max();

    std::string_view id;
    std::uint32_t group = network;

    [[nodiscard]] bool of_network() const noexcept { return group == network; }
};

/// Sums of a mixing matrix that every index on it needs: arcs inside a group, and arcs that touch it.
struct MixingSums {
    std::vector<double> inside, touching;
    double internal = 0.0, external = 0.0;  ///< ties

    explicit MixingSums(std::size_t groups = 0) : inside(groups, 0.0), touching(groups, 0.0) {}
    /// Adds `weight` ties between actors of these sets of groups (negative: takes them off).
    void add(const GroupCodes& codes, std::uint32_t a, std::uint32_t b, double weight);
    void clear() noexcept;
};

/// Pairs of actors that share a group, and that share none.
struct Dyads {
    double internal = 0.0, external = 0.0;
};

/// Ids of the measures that are read off MixingSums, for the network: ei, ei_rescaled, assortativity, freeman,
/// odds_ratio, odds_ratio_haldane, gupta_anderson_may, modularity_declared.
inline constexpr std::size_t mixing_measure_count = 8;
extern const std::string_view mixing_measure_ids[mixing_measure_count];

/// Those measures; empty where undefined, as indices.hpp has it with reasons.
void mixing_measures(const MixingSums& sums, const Dyads& dyads, std::span<std::optional<double>> values);

struct PanelOptions {
    bool walks = true;  ///< the measures beyond the mixing matrix: their cost is many passes over the ties
    std::uint32_t bubble_steps = 10;  ///< of bubble_radius
    std::uint32_t elites = 0;         ///< of random_walk_controversy
    /// false, for draws: linear systems to some 1e-6, and eigenvalues of large components after 12 steps of Lanczos,
    /// which leaves them a little too low.
    bool exact = true;

    friend bool operator==(const PanelOptions&, const PanelOptions&) = default;
};

/// Arrays that evaluate() fills again and again; one a thread.
struct PanelScratch {
    /// Walks of the graph, solved beforehand, when many divisions of it are asked for: no dipole moment then.
    const ControversyOfDivisions* walks = nullptr;
    TieArrays inner;
    std::vector<std::uint8_t> side;
};

/// The measures of one attribute on graphs of the same actors.
class Panel {
public:
    /// codes must outlive the panel.
    Panel(const GroupCodes& codes, Dyads dyads, const PanelOptions& options);

    [[nodiscard]] std::span<const Slot> slots() const noexcept { return slots_; }
    /// Values by slot, of a graph whose vertex v has the groups of code_of[v].
    /// Cost  O(ties) for the mixing measures; see walks.hpp and spectral.hpp for the others. Random-walk
    ///       controversy is taken once a group, against all others, and once for two groups.
    void evaluate(GraphView g, std::span<const std::uint32_t> code_of, PanelScratch& scratch,
                  std::span<std::optional<double>> values) const;

private:
    void evaluate_walks(GraphView g, std::span<const std::uint32_t> code_of, PanelScratch& scratch,
                        std::span<std::optional<double>> values) const;
    [[nodiscard]] std::size_t place(std::size_t measure, std::uint32_t group) const noexcept;

    const GroupCodes* codes_;
    Dyads dyads_;
    PanelOptions options_;
    std::vector<Slot> slots_;
};

/// Guerra et al.'s boundary connectivity: do those who could look across look inside?
/// Definition  Boundary: vertices with a tie to another group and one to a vertex of their own group that has
///             none. For each: the share of ties to vertices off the boundary among those and the ties to boundary
///             vertices of other groups; less 1/2, and the mean of it. 0.5: nobody on the boundary meets the
///             other side's; below 0: they rather do than not.
/// Source      P. Guerra, W. Meira, C. Cardie, R. Kleinberg, "A measure of polarization on social media networks
///             based on community boundaries", ICWSM, 215-224, 2013; who counts as off the boundary as in the R
///             package netseg.
struct BoundaryShare {
    std::vector<std::uint8_t> on_boundary;  ///< per vertex
    std::vector<double> share;              ///< per vertex, less 1/2; 0 off the boundary
};
[[nodiscard]] BoundaryShare boundary_connectivity(GraphView g, const GroupCodes& codes,
                                                  std::span<const std::uint32_t> code_of);

}  // namespace maillage
