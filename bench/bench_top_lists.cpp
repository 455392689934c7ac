// The ten best partners of every vertex by indices of two and three steps, beside a plain program for the same.
//   bench_top_lists GRAPH [THREADS] [TRIALS] [two|three|all]
// The plain program walks from every vertex into a dense row of sums, remembers which vertices it met, and keeps the
// best of them in a heap. Both run in turn, on one thread and on THREADS; their answers are compared.
#include "engine/parallel.hpp"
#include "engine/top_k.hpp"

#include "algorithms/recommend/top_lists.hpp"

#include "bench/graphs.hpp"
#include "bench/harness.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <exception>
#include <iostream>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace maillage::bench {
namespace {

constexpr std::uint32_t top = 10;

struct Better {
    bool operator()(const ListedPartner& a, const ListedPartner& b) const {
        const int order = compare_scores(a.score, b.score);
        return order != 0 ? order > 0 : a.partner < b.partner;
    }
};

/// Sums of one source: what it met, and how much.
struct Row {
    explicit Row(std::size_t n) : sum(n, 0.0) {}
    void add(VertexId v, double x) {
        if (sum[index_of(v)] == 0.0) {
            met.push_back(v);
        }
        sum[index_of(v)] += x;
    }
    void clear() {
        for (const VertexId v : met) {
            sum[index_of(v)] = 0.0;
        }
        met.clear();
    }
    std::vector<double> sum;
    std::vector<VertexId> met;
};

struct Scratch {
    explicit Scratch(std::size_t n) : two(n), three(n), tied(n, 0) {}
    Row two, three;
    std::vector<char> tied;
};

/// Of all threads; less disturbed than the clock by what else runs on the machine.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

using Lists = std::vector<std::vector<ListedPartner>>;

Lists plain(GraphView g, PairIndex index, std::uint32_t threads) {
    std::vector<double> factor(g.vertex_count());
    for (const VertexId v : g.vertices()) {
        const auto d = static_cast<double>(g.degree(v));
        factor[index_of(v)] = index == PairIndex::common_neighbours     ? 1.0
                              : index == PairIndex::resource_allocation ? 1.0 / d
                              : index == PairIndex::adamic_adar         ? (d > 1.0 ? 1.0 / std::log(d) : 0.0)
                                                                        : 1.0 / std::sqrt(d);
    }
    Lists lists(g.vertex_count());
    std::vector<std::unique_ptr<Scratch>> scratch(threads);
    for_chunks(g.vertex_count(), 64, {threads, {}}, "",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!scratch[worker]) {
                       scratch[worker] = std::make_unique<Scratch>(g.vertex_count());
                   }
                   Scratch& s = *scratch[worker];
                   for (std::size_t i = begin; i < end; ++i) {
                       const VertexId x = id_at<VertexId>(i);
                       for (const VertexId z : g.neighbours(x)) {
                           for (const VertexId y : g.neighbours(z)) {
                               s.two.add(y, factor[index_of(z)]);
                           }
                           s.tied[index_of(z)] = 1;
                       }
                       s.tied[i] = 1;
                       Row* row = &s.two;
                       if (index == PairIndex::l3) {
                           for (const VertexId v : s.two.met) {
                               const double carried = s.two.sum[index_of(v)] * factor[index_of(v)];
                               for (const VertexId y : g.neighbours(v)) {
                                   s.three.add(y, carried);
                               }
                           }
                           row = &s.three;
                       }
                       TopK<ListedPartner, Better> best(top);
                       for (const VertexId y : row->met) {
                           if (s.tied[index_of(y)] == 0) {
                               best.offer({y, row->sum[index_of(y)]});
                           }
                       }
                       lists[i] = best.take();
                       s.two.clear();
                       s.three.clear();
                       for (const VertexId z : g.neighbours(x)) {
                           s.tied[index_of(z)] = 0;
                       }
                       s.tied[i] = 0;
                   }
               });
    return lists;
}

/// The plain program sums in another order, so what is equal to 1e-11 may change places.
bool same(const Lists& expected, const TopLists& found) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i].size() != found[i].size()) {
            return false;
        }
        for (std::size_t k = 0; k < expected[i].size(); ++k) {
            const bool alike = std::abs(expected[i][k].score - found[i][k].score) < 1e-11;
            if (!alike) {
                std::printf("vertex %zu rank %zu: %zu %.17g, %zu %.17g\n", i, k,
                            index_of(expected[i][k].partner), expected[i][k].score,
                            index_of(found[i][k].partner), found[i][k].score);
                return false;
            }
        }
    }
    return true;
}

bool same(const std::vector<TopLists>& a, const std::vector<TopLists>& b) {
    for (std::size_t k = 0; k < a.size(); ++k) {
        for (std::size_t i = 0; i < a[k].size(); ++i) {
            const auto x = a[k][i];
            const auto y = b[k][i];
            if (!std::equal(x.begin(), x.end(), y.begin(), y.end())) {
                return false;
            }
        }
    }
    return true;
}

/// Trials of one program, by the clock and in processor time.
struct Timed {
    explicit Timed(std::string name, std::size_t lists)
        : clock{std::move(name), {}, static_cast<double>(lists), "lists"} {}

    template <class Kernel>
    auto run(const Kernel& kernel) {
        using Clock = std::chrono::steady_clock;
        const double before = processor_seconds();
        const auto start = Clock::now();
        auto result = kernel();
        clock.seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
        processor.push_back(processor_seconds() - before);
        return result;
    }
    void finish() {
        std::sort(clock.seconds.begin(), clock.seconds.end());
        std::sort(processor.begin(), processor.end());
        std::cout << to_text(clock) << "  processor " << processor[processor.size() / 2] * 1e3 << " ms\n";
    }
    Sample clock;
    std::vector<double> processor;
};

void compare(GraphView g, const std::string& title, std::span<const PairIndex> indices, std::uint32_t threads,
             int trials) {
    std::vector<TopLists> first;
    for (const std::uint32_t t : {1U, threads}) {
        Timed ours(title + "/ours/" + std::to_string(t), g.vertex_count());
        Timed reference(title + "/plain/" + std::to_string(t), g.vertex_count());
        for (int trial = 0; trial < trials; ++trial) {
            const auto lists = ours.run([&] { return top_lists(g, indices, {.top = top}, {t, {}}); });
            const auto expected = reference.run([&] { return plain(g, indices[0], t); });
            first = first.empty() ? lists : first;
            if (!same(first, lists) || !same(expected, lists[0])) {
                throw std::runtime_error(title + ": the answer is wrong");
            }
        }
        reference.finish();
        ours.finish();
        std::cout << "    " << reference.clock.median() / ours.clock.median() << " times as fast, "
                  << reference.processor[0] / ours.processor[0] << " by best processor time" << std::endl;
    }
}

void run(const std::string& name, std::uint32_t threads, int trials, const std::string& what) {
    const EdgeList list = graph_named(name);
    const PlainGraph graph(list);
    const GraphView g = graph.view();
    std::uint64_t wedges = 0;
    for (const VertexId v : g.vertices()) {
        wedges += g.degree(v) * g.degree(v);
    }
    std::cout << name << ": " << g.vertex_count() << " vertices, " << g.edge_count() << " ties, " << wedges
              << " ways of two" << std::endl;
    std::vector<PairIndex> all;  // each ranks by the ties alone, without weights
    for (std::size_t i = 0; pair_index(i) != PairIndex::adamic_adar_weighted; ++i) {
        if (can_be_listed(pair_index(i))) {
            all.push_back(pair_index(i));
        }
    }
    const auto some = [&](const std::string& title, const std::vector<PairIndex>& indices) {
        compare(g, name + "/" + title, indices, threads, trials);
    };
    if (what != "three") {
        some("resource allocation", {PairIndex::resource_allocation});
        some("common neighbours", {PairIndex::common_neighbours});
        some("these and Adamic-Adar",
             {PairIndex::resource_allocation, PairIndex::adamic_adar, PairIndex::common_neighbours});
        some("nine of two steps", all);
    }
    if (what != "two") {
        some("L3", {PairIndex::l3});
    }
}

}  // namespace
}  // namespace maillage::bench

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.empty()) {
        std::cerr << "bench_top_lists GRAPH [THREADS] [TRIALS] [two|three|all]\n";
        return 2;
    }
    try {
        maillage::bench::run(args[0], args.size() > 1 ? static_cast<std::uint32_t>(std::stoul(args[1])) : 2U,
                             args.size() > 2 ? std::stoi(args[2]) : 3, args.size() > 3 ? args[3] : "all");
    } catch (const std::exception& error) {
        std::cerr << "bench_top_lists: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
