#include "algorithms/community/bipartite.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/community/serial_leiden.hpp"

#include <cmath>
#include <string>

namespace maillage {
namespace {

/// Barber's modularity times m, as an objective of serial_leiden.hpp.
struct BarberObjective {
    double gamma_over_m = 0.0;

    struct Mass {
        double actors = 0.0;      ///< degrees of its vertices
        double expertises = 0.0;  ///< degrees of its expertises
        double links = 0.0;       ///< inside it
    };
    [[nodiscard]] static Mass join(const Mass& set, const Mass& node, double w) noexcept {
        return {set.actors + node.actors, set.expertises + node.expertises, set.links + node.links + w};
    }
    [[nodiscard]] static Mass leave(const Mass& set, const Mass& node, double w) noexcept {
        return {set.actors - node.actors, set.expertises - node.expertises, set.links - node.links - w};
    }
    [[nodiscard]] double term(const Mass& set) const noexcept {
        return set.links - gamma_over_m * set.actors * set.expertises;
    }
    [[nodiscard]] static double shared(const Mass&) noexcept { return 0.0; }
    [[nodiscard]] static double whole(double) noexcept { return 0.0; }
};

struct Links {
    serial::Rows rows;
    std::vector<BarberObjective::Mass> masses;
};

Links links_of(const Incidence& offers) {
    Links links;
    for (const VertexId v : IdRange<VertexId>(offers.vertex_count())) {
        for (const Incidence::OfVertex& link : offers.of(v)) {
            links.rows.targets.push_back(
                static_cast<std::uint32_t>(offers.vertex_count() + index_of(link.expertise)));
        }
        links.rows.offsets.push_back(links.rows.targets.size());
        links.masses.push_back({static_cast<double>(offers.of(v).size()), 0.0, 0.0});
    }
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        for (const Incidence::OfExpertise& link : offers.of(x)) {
            links.rows.targets.push_back(static_cast<std::uint32_t>(link.vertex));
        }
        links.rows.offsets.push_back(links.rows.targets.size());
        links.masses.push_back({0.0, static_cast<double>(offers.of(x).size()), 0.0});
    }
    links.rows.weights.assign(links.rows.targets.size(), 1.0);
    return links;
}

BipartiteRun run_once(const Incidence& offers, const Links& links, const BipartiteOptions& options,
                      const Rng& rng) {
    std::vector<std::uint32_t> community(links.rows.size());
    std::iota(community.begin(), community.end(), 0U);
    BipartiteRun run;
    if (offers.size() > 0) {
        const auto m = static_cast<double>(offers.size());
        const BarberObjective objective{options.resolution / m};
        double before = 0.0;  // single nodes have no links inside and one side each
        run.converged = false;
        for (std::uint32_t i = 0; i < options.max_iterations && !run.converged; ++i) {
            const double after = serial::iterate(objective, links.rows, links.masses, community, rng.fork(i));
            run.gains.push_back((after - before) / m);
            before = after;
            run.converged = run.gains.back() <= BipartiteOptions::min_gain;
        }
    }
    run.partition = BipartitePartition(offers.vertex_count(), Partition(community));
    run.quality = barber_modularity(offers, run.partition, options.resolution).value;
    return run;
}

void check_resolution(double resolution) {
    if (!std::isfinite(resolution) || resolution <= 0.0) {
        throw OptionError("resolution", "must be a number above 0");
    }
}

}  // namespace

void validate(const BipartiteOptions& options) {
    check_resolution(options.resolution);
    if (options.runs > 1000) {
        throw OptionError("runs", "must be at most 1000");
    }
    if (options.max_iterations == 0) {
        throw OptionError("max-iterations", "must be at least 1");
    }
}

BipartiteQuality barber_modularity(const Incidence& offers, const BipartitePartition& partition,
                                   double resolution) {
    check_resolution(resolution);
    if (partition.vertex_count() != offers.vertex_count() ||
        partition.expertise_count() != offers.expertise_count()) {
        throw Error("a partition of " + std::to_string(partition.vertex_count()) + " vertices and " +
                    std::to_string(partition.expertise_count()) + " expertises for " +
                    std::to_string(offers.vertex_count()) + " and " +
                    std::to_string(offers.expertise_count()));
    }
    BipartiteQuality result;
    if (offers.size() == 0) {
        result.why = "no_edges";
        return result;
    }
    std::vector<BarberObjective::Mass> sums(partition.nodes().community_count());
    for (const VertexId v : IdRange<VertexId>(offers.vertex_count())) {
        BarberObjective::Mass& sum = sums[index_of(partition.of(v))];
        sum.actors += static_cast<double>(offers.of(v).size());
        for (const Incidence::OfVertex& link : offers.of(v)) {
            sum.links += partition.of(link.expertise) == partition.of(v) ? 1.0 : 0.0;
        }
    }
    for (const ExpertiseId x : IdRange<ExpertiseId>(offers.expertise_count())) {
        sums[index_of(partition.of(x))].expertises += static_cast<double>(offers.of(x).size());
    }
    const auto m = static_cast<double>(offers.size());
    double numerator = 0.0;
    for (const BarberObjective::Mass& sum : sums) {
        const double part = m * sum.links - resolution * sum.actors * sum.expertises;
        numerator += part;
        result.contributions.push_back(part / (m * m));
    }
    result.value = numerator / (m * m);
    return result;
}

BipartiteResult bipartite_communities(const Incidence& offers, const BipartiteOptions& options,
                                      const Execution& execution) {
    validate(options);
    BipartiteResult result;
    result.options = options;
    if (options.runs == 0) {
        result.options.runs = offers.size() >= 100'000 ? 2 : 20;
    }
    result.runs.resize(result.options.runs);
    const Links links = links_of(offers);
    const Rng rng(options.seed);
    for_chunks(result.runs.size(), 1, execution, "communities",
               [&](std::size_t run, std::size_t, std::size_t, std::size_t) {
                   result.runs[run] = run_once(offers, links, result.options, rng.fork(run));
               });
    for (std::size_t run = 1; run < result.runs.size() && offers.size() > 0; ++run) {
        if (score_key(*result.runs[run].quality) > score_key(*result.kept().quality)) {
            result.best = run;
        }
    }
    return result;
}

}  // namespace maillage
