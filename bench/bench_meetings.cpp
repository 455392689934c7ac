#include "engine/random.hpp"

#include "algorithms/meetings/programme.hpp"

#include "bench/harness.hpp"

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

/// bench_meetings [FILE.json]: programmes of 12 rounds for 300 actors, on dense random scores, on scores of few
/// values, and on sparse ones; 5,000 actors by suitors and colouring. Each within 2 % of its bound.
namespace {

using namespace maillage;
using namespace maillage::meetings;

std::vector<ScoredPair> pairs_of(std::uint32_t n, double density, bool coarse) {
    Rng rng(11);
    std::vector<double> appeal(n);
    for (double& a : appeal) {
        a = 0.3 + 0.7 * rng.uniform01();
    }
    std::vector<ScoredPair> pairs;
    for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = a + 1; b < n; ++b) {
            if (rng.uniform01() < density) {
                const double score = appeal[a] * appeal[b] * rng.uniform01();
                pairs.push_back({a, b, coarse ? 0.1 * (1 + rng.below(5)) : 0.001 + score});
            }
        }
    }
    return pairs;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<bench::Sample> samples;
    const auto run = [&](const std::string& name, std::uint32_t n, double density, bool coarse,
                         double least) {
        const auto pairs = pairs_of(n, density, coarse);
        MeetingRules rules;
        rules.rounds = 12;
        double share = 0.0;
        samples.push_back(bench::measure(
            name, 1, [&] { return plan_meetings(n, pairs, rules); },
            [&](const Programme& p) {
                share = p.total / p.bound;
                return share >= least;
            }));
        std::cout << bench::to_text(samples.back()) << "  " << 100.0 * share << " % of the bound\n";
    };
    run("meetings/300/dense", 300, 1.0, false, 0.98);
    run("meetings/300/coarse", 300, 1.0, true, 0.98);
    run("meetings/300/sparse", 300, 0.1, false, 0.98);
    run("meetings/5000/suitors", 5000, 0.02, false, 0.45);
    if (argc > 1) {
        std::ofstream(argv[1]) << bench::to_json(samples);
    }
    return 0;
}
