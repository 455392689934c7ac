// The search for recommendations in a large network: how long it takes within its budget, and what the budget
// costs: how many of the partners of an unbounded search it finds, and how much score is lost.
//   bench_recommend DATASET [SAMPLE] [FILE.json]
#include "engine/top_k.hpp"

#include "algorithms/recommend/recommend.hpp"

#include "bench/harness.hpp"
#include "tools/command.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace maillage;

/// Lists in order, every score the one of the pair.
bool right(const PairModel& model, const RecommendResult& result) {
    PairScorer scorer(model);
    for (std::size_t i = 0; i < result.actors.size(); i += 997) {
        const auto& partners = result.actors[i].partners;
        for (std::size_t k = 0; k < partners.size(); ++k) {
            if (!same_score(partners[k].score, scorer(result.actors[i].actor, partners[k].partner).score) ||
                (k > 0 && partners[k].score > partners[k - 1].score + 1e-12)) {
                return false;
            }
        }
    }
    return true;
}

struct Loss {
    std::size_t found = 0, sought = 0;
    double score = 0.0, best_score = 0.0;
};

Loss loss_of(const PairModel& model, const RecommendResult& bounded, RecommendOptions options,
             std::size_t sample) {
    Loss loss;
    const std::size_t step =
        std::max<std::size_t>(1, bounded.actors.size() / std::max<std::size_t>(1, sample));
    options.budget.least_steps = std::numeric_limits<std::uint64_t>::max();
    options.budget.least_postings = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t i = 0; i < bounded.actors.size(); i += step) {
        options.only = bounded.actors[i].actor;
        const auto& mine = bounded.actors[i].partners;
        const RecommendResult exact = recommend(model, options);
        for (const RecommendedPartner& best : exact.actors.front().partners) {
            ++loss.sought;
            loss.best_score += best.score;
            loss.found += static_cast<std::size_t>(std::count_if(
                mine.begin(), mine.end(), [&](const auto& p) { return p.partner == best.partner; }));
        }
        for (const RecommendedPartner& p : mine) {
            loss.score += p.score;
        }
    }
    return loss;
}

int run(std::span<char*> arguments) {
    if (arguments.size() < 2) {
        std::cerr << "usage: bench_recommend DATASET [SAMPLE] [FILE.json]\n";
        return 2;
    }
    tools::CommonOptions common;
    common.dataset = arguments[1];
    common.quiet = true;
    const tools::Session session(common, {std::cout, std::cerr});
    const tools::RecommendModel subject(session, {});
    RecommendOptions options;
    options.top = 3;
    RecommendResult result;
    std::vector<bench::Sample> samples;
    samples.push_back(bench::measure(
        "recommend/top-3", 2,
        [&] {
            result = recommend(subject.pairs(), options, session.execution());
            return 0;
        },
        [&](int) { return right(subject.pairs(), result); }));
    samples.back().amount = static_cast<double>(result.actors.size());
    samples.back().unit = "actors";
    std::cout << bench::to_text(samples.back()) << '\n';
    const Loss loss =
        loss_of(subject.pairs(), result, options, arguments.size() > 2 ? std::stoul(arguments[2]) : 200);
    std::cout << "of the " << loss.sought << " best partners " << loss.found << " found; mean score "
              << loss.score / static_cast<double>(loss.sought) << " of at most "
              << loss.best_score / static_cast<double>(loss.sought) << '\n';
    if (arguments.size() > 3) {
        std::ofstream(arguments[3]) << bench::to_json(samples);
    }
    return 0;
}

}  // namespace

int main(int count, char** values) {
    try {
        return run({values, static_cast<std::size_t>(count)});
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
