/// Every classical index judged on the history of a dataset: how well, and how long it takes.
///     bench_evaluate DATASET SPLIT [UNTIL] [THREADS]
#include "engine/history.hpp"

#include "algorithms/recommend/evaluation.hpp"
#include "algorithms/recommend/index_source.hpp"

#include "io/read_dataset.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

using namespace maillage;

int run(const std::string& dataset, const HistoryOptions& options, std::uint32_t threads) {
    const auto read = io::read_dataset(dataset);
    const History history = cut_history(read.network, options);
    const auto start = std::chrono::steady_clock::now();
    const IndexSource indices(history.past.graph);
    const std::vector<const ScoreSource*> sources = {&indices};
    const Evaluation evaluation = evaluate(history, sources, {}, Execution{threads, {}});
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%zu known actors, %zu ties, %zu new ties of %llu candidates, %zu actors with one; %.1f s\n",
                history.known_actors, history.past.graph.edge_count(), history.new_ties.size(),
                static_cast<unsigned long long>(evaluation.all.candidates), evaluation.actors, seconds);
    for (std::size_t m = 0; m < evaluation.methods.size(); ++m) {
        const auto figure = [&](MeasureKind kind, std::uint32_t k) {
            return evaluation.figure(m, {kind, k}).value.value_or(0.0);
        };
        const auto interval = evaluation.figure(m, {MeasureKind::average_precision}).interval;
        std::printf(
            "%-30s AP %.5f [%.5f, %.5f]  recall@10 %.4f  hit@10 %.4f  MRR %.4f  NDCG@10 %.4f  AUROC %.4f\n",
            evaluation.methods[m].method.c_str(), figure(MeasureKind::average_precision, 0),
            interval ? interval->low : 0.0, interval ? interval->high : 0.0, figure(MeasureKind::recall, 10),
            figure(MeasureKind::hits, 10), figure(MeasureKind::mrr, 0), figure(MeasureKind::ndcg, 10),
            figure(MeasureKind::auroc, 0));
    }
    // The answer is checked, not only timed: nothing was lost on the way.
    return evaluation.judged.new_ties == history.new_ties.size() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto split = argc > 2 ? parse_date(argv[2]) : std::nullopt;
        if (!split) {
            std::fputs("bench_evaluate DATASET SPLIT [UNTIL] [THREADS]\n", stderr);
            return 2;
        }
        HistoryOptions options{.split = *split};
        options.until = argc > 3 ? parse_date(argv[3]) : std::nullopt;
        return run(argv[1], options, argc > 4 ? static_cast<std::uint32_t>(std::stoul(argv[4])) : 1U);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 3;
    }
}
