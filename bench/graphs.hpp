#pragma once

#include "engine/csr_graph.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Graphs for benchmarks, made from a seed: the same on every machine.
namespace maillage::bench {

/// Pairs of vertices, each tie once, without loops or repeats.
struct EdgeList {
    std::uint32_t vertices = 0;
    std::vector<std::uint64_t> ties;     ///< (a << 32) | b with a < b, ascending
    std::vector<std::uint32_t> planted;  ///< group of each vertex; empty when none was planted
};

struct LfrOptions {
    std::uint32_t vertices = 1000;
    double mean_degree = 20.0;
    std::uint32_t max_degree = 50;
    double degree_exponent = 2.0;
    double size_exponent = 1.0;
    std::uint32_t min_community = 20;
    std::uint32_t max_community = 100;
    double mixing = 0.3;  ///< share of a vertex's ties that leave its group
    std::uint64_t seed = 1;
};

/// The benchmark of Lancichinetti, Fortunato & Radicchi (Physical Review E 78, 046110, 2008): degrees and group
/// sizes follow power laws, every vertex has the share `mixing` of its ties outside its group. Ties are drawn by
/// the configuration model; loops and repeats are drawn again, the few that remain are left out.
[[nodiscard]] EdgeList lfr_graph(const LfrOptions& options);

/// R-MAT (Chakrabarti, Zhan & Faloutsos 2004) with a, b, c, d = .57, .19, .19, .05: 2^scale places,
/// edge_factor ties drawn for each; loops, repeats and vertices without ties are left out.
[[nodiscard]] EdgeList rmat_graph(std::uint32_t scale, std::uint32_t edge_factor, std::uint64_t seed);

/// A graph by name: "a", "b", "c" (planted groups: 10,000, 100,000, 1,000,000 vertices of mean degree 19.5),
/// "rmatS" (scale S), "lfr:N:MIXING[:SEED]", or the path of a text file with two vertex numbers a line.
/// Throws Error when there is no such thing.
[[nodiscard]] EdgeList graph_named(const std::string& name);

/// Without weights: every tie weighs 1.
class PlainGraph {
public:
    explicit PlainGraph(const EdgeList& list);
    [[nodiscard]] GraphView view() const noexcept { return {offsets_, targets_, {}}; }

private:
    std::vector<std::uint64_t> offsets_;
    std::vector<VertexId> targets_;
};

}  // namespace maillage::bench
