#include "algorithms/community/stability.hpp"

#include "engine/error.hpp"

#include "algorithms/community/compare.hpp"

#include <utility>

namespace maillage {
namespace {

std::vector<std::uint8_t> vertices_with_ties(GraphView g) {
    std::vector<std::uint8_t> tied(g.vertex_count(), 0);
    for (const VertexId v : g.vertices()) {
        tied[index_of(v)] = g.degree(v) > 0 ? 1U : 0U;
    }
    return tied;
}

double mean_agreement(GraphView g, std::span<const Partition> runs, const Execution& execution) {
    const std::vector<std::uint8_t> tied = vertices_with_ties(g);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (std::size_t j = i + 1; j < runs.size(); ++j) {
            pairs.emplace_back(i, j);
        }
    }
    std::vector<double> agreement(pairs.size());
    for_chunks(pairs.size(), 1, execution, "stability",
               [&](std::size_t pair, std::size_t, std::size_t, std::size_t) {
                   const auto [i, j] = pairs[pair];
                   agreement[pair] =
                       runs[i] == runs[j]
                           ? 1.0
                           : compare(runs[i], runs[j], tied).adjusted_mutual_information.arithmetic;
               });
    double sum = 0.0;
    for (const double a : agreement) {
        sum += a;
    }
    return sum / static_cast<double>(pairs.size());
}

std::optional<double> confidence_of(GraphView g, std::span<const Partition> runs, std::size_t kept,
                                    VertexId v) {
    std::size_t partners = 0;
    std::size_t together = 0;
    for (const VertexId other : g.neighbours(v)) {
        if (runs[kept][other] != runs[kept][v]) {
            continue;
        }
        ++partners;
        for (std::size_t r = 0; r < runs.size(); ++r) {
            together += r != kept && runs[r][other] == runs[r][v] ? 1U : 0U;
        }
    }
    if (partners == 0) {
        return std::nullopt;
    }
    return static_cast<double>(together) / static_cast<double>(partners * (runs.size() - 1));
}

std::vector<std::optional<double>> means(const Partition& partition,
                                         const std::vector<std::optional<double>>& confidence) {
    std::vector<double> sum(partition.community_count(), 0.0);
    std::vector<std::size_t> count(partition.community_count(), 0);
    for (std::size_t v = 0; v < confidence.size(); ++v) {
        if (confidence[v]) {
            const std::size_t c = index_of(partition[id_at<VertexId>(v)]);
            sum[c] += *confidence[v];
            ++count[c];
        }
    }
    std::vector<std::optional<double>> mean(sum.size());
    for (std::size_t c = 0; c < sum.size(); ++c) {
        if (count[c] > 0) {
            mean[c] = sum[c] / static_cast<double>(count[c]);
        }
    }
    return mean;
}

}  // namespace

StabilityResult stability(GraphView g, std::span<const Partition> runs, std::size_t kept,
                          const Execution& execution) {
    if (kept >= runs.size()) {
        throw Error("run " + std::to_string(kept) + " of " + std::to_string(runs.size()));
    }
    for (const Partition& run : runs) {
        if (run.vertex_count() != g.vertex_count()) {
            throw Error("a partition of " + std::to_string(run.vertex_count()) + " vertices for a graph of " +
                        std::to_string(g.vertex_count()));
        }
    }
    StabilityResult result;
    result.runs = static_cast<std::uint32_t>(runs.size());
    result.confidence.resize(g.vertex_count());
    if (g.edge_count() == 0) {
        result.why = "no_edges";
    } else if (runs.size() < 2) {
        result.why = "single_run";
    } else {
        result.mean_ami = mean_agreement(g, runs, execution);
        for (const VertexId v : g.vertices()) {
            result.confidence[index_of(v)] = confidence_of(g, runs, kept, v);
        }
    }
    result.community_confidence = means(runs[kept], result.confidence);
    return result;
}

}  // namespace maillage
