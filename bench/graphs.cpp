#include "bench/graphs.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>
#include <span>
#include <sstream>

namespace maillage::bench {
namespace {

std::uint64_t tie_of(std::uint32_t a, std::uint32_t b) noexcept {
    return (std::uint64_t{std::min(a, b)} << 32U) | std::max(a, b);
}
std::uint32_t first_of(std::uint64_t tie) noexcept {
    return static_cast<std::uint32_t>(tie >> 32U);
}
std::uint32_t second_of(std::uint64_t tie) noexcept {
    return static_cast<std::uint32_t>(tie);
}

/// x in [low, high] with density ~ x^-exponent, from u in [0, 1).
double power_law(double u, double low, double high, double exponent) {
    if (std::abs(exponent - 1.0) < 1e-9) {
        return low * std::pow(high / low, u);
    }
    const double e = 1.0 - exponent;
    return std::pow(std::pow(low, e) + u * (std::pow(high, e) - std::pow(low, e)), 1.0 / e);
}

double mean_of_power_law(double low, double high, double exponent) {
    constexpr int steps = 2000;
    double sum = 0.0;
    for (int i = 0; i < steps; ++i) {
        sum += power_law((i + 0.5) / steps, low, high, exponent);
    }
    return sum / steps;
}

std::vector<std::uint32_t> draw_degrees(const LfrOptions& o, Rng rng) {
    double below = 1.0;
    double above = o.mean_degree;
    for (int i = 0; i < 60; ++i) {
        const double low = (below + above) / 2.0;
        (mean_of_power_law(low, o.max_degree, o.degree_exponent) < o.mean_degree ? below : above) = low;
    }
    std::vector<std::uint32_t> degree(o.vertices);
    for (std::uint32_t& d : degree) {
        const double x = power_law(rng.uniform01(), below, o.max_degree, o.degree_exponent);
        d = static_cast<std::uint32_t>(x + rng.uniform01());
    }
    return degree;
}

std::vector<std::uint32_t> draw_sizes(const LfrOptions& o, Rng rng) {
    std::vector<std::uint32_t> sizes;
    std::uint32_t placed = 0;
    while (placed < o.vertices) {
        const double x = power_law(rng.uniform01(), o.min_community, o.max_community + 1.0, o.size_exponent);
        const auto size = std::min(static_cast<std::uint32_t>(x), o.vertices - placed);
        if (size < o.min_community && !sizes.empty()) {
            sizes.back() += size;
        } else {
            sizes.push_back(size);
        }
        placed += size;
    }
    std::sort(sizes.rbegin(), sizes.rend());
    return sizes;
}

/// Puts vertices into groups that are larger than their degree inside, the most demanding first; a vertex
/// that finds none takes a smaller degree inside.
std::vector<std::uint32_t> place(std::vector<std::uint32_t>& inside, const std::vector<std::uint32_t>& sizes,
                                 Rng rng) {
    std::vector<std::uint32_t> order(inside.size());
    std::iota(order.begin(), order.end(), 0U);
    rng.shuffle(std::span(order));
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return inside[a] > inside[b]; });
    std::vector<std::uint32_t> group(inside.size());
    std::vector<std::uint32_t> places;
    std::uint32_t opened = 0;
    for (const std::uint32_t v : order) {
        while (opened < sizes.size() && (sizes[opened] > inside[v] || places.empty())) {
            places.insert(places.end(), sizes[opened], opened);
            ++opened;
        }
        std::swap(places[rng.below(static_cast<std::uint32_t>(places.size()))], places.back());
        group[v] = places.back();
        places.pop_back();
        inside[v] = std::min(inside[v], sizes[group[v]] - 1);
    }
    return group;
}

/// Pairs stubs at random; `allowed(a, b)` says which pairs may be ties. Bad pairs and as many good ones are
/// drawn again, some rounds long; then the bad ones are dropped.
template <class Allowed>
std::vector<std::uint64_t> pair_up(std::vector<std::uint32_t> stubs, Rng rng, const Allowed& allowed) {
    rng.shuffle(std::span(stubs));
    std::vector<std::uint64_t> good;
    for (int round = 0; round < 30 && stubs.size() > 1; ++round) {
        std::vector<std::uint64_t> drawn;
        for (std::size_t i = 0; i + 1 < stubs.size(); i += 2) {
            drawn.push_back(tie_of(stubs[i], stubs[i + 1]));
        }
        stubs.clear();
        std::sort(drawn.begin(), drawn.end());
        std::vector<std::uint64_t> fresh;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            const bool repeat =
                (i > 0 && drawn[i] == drawn[i - 1]) || std::binary_search(good.begin(), good.end(), drawn[i]);
            if (repeat || !allowed(first_of(drawn[i]), second_of(drawn[i]))) {
                stubs.push_back(first_of(drawn[i]));
                stubs.push_back(second_of(drawn[i]));
            } else {
                fresh.push_back(drawn[i]);
            }
        }
        const std::size_t middle = good.size();
        good.insert(good.end(), fresh.begin(), fresh.end());
        std::inplace_merge(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(middle), good.end());
        for (std::size_t bad = stubs.size(); bad > 0 && !good.empty() && round < 29;
             bad -= std::min<std::size_t>(bad, 2)) {
            const std::size_t pick = rng.below(static_cast<std::uint32_t>(good.size()));
            if (good[pick] != std::numeric_limits<std::uint64_t>::max()) {
                stubs.push_back(first_of(good[pick]));
                stubs.push_back(second_of(good[pick]));
                good[pick] = std::numeric_limits<std::uint64_t>::max();
            }
        }
        std::erase(good, std::numeric_limits<std::uint64_t>::max());
        rng.shuffle(std::span(stubs));
    }
    return good;
}

EdgeList read_edges(const std::string& path) {
    std::ifstream in(path);
    if (!in) {
        throw Error("no such graph: " + path);
    }
    EdgeList list;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        if (words >> a >> b && a != b) {
            list.ties.push_back(tie_of(a, b));
            list.vertices = std::max(list.vertices, std::max(a, b) + 1);
        }
    }
    std::sort(list.ties.begin(), list.ties.end());
    list.ties.erase(std::unique(list.ties.begin(), list.ties.end()), list.ties.end());
    return list;
}

EdgeList planted(std::uint32_t vertices, double mixing) {
    return lfr_graph({.vertices = vertices,
                      .mean_degree = 19.5,
                      .max_degree = static_cast<std::uint32_t>(10.0 * std::sqrt(vertices) / 3.0),
                      .degree_exponent = 2.5,
                      .size_exponent = 1.5,
                      .min_community = 50,
                      .max_community = static_cast<std::uint32_t>(15.0 * std::sqrt(vertices)),
                      .mixing = mixing,
                      .seed = 1});
}

}  // namespace

EdgeList lfr_graph(const LfrOptions& options) {
    const Rng rng(options.seed);
    const std::vector<std::uint32_t> degree = draw_degrees(options, rng.fork(0));
    std::vector<std::uint32_t> inside(degree.size());
    Rng rounding = rng.fork(1);
    for (std::size_t v = 0; v < degree.size(); ++v) {
        inside[v] = static_cast<std::uint32_t>((1.0 - options.mixing) * degree[v] + rounding.uniform01());
    }
    const std::vector<std::uint32_t> sizes = draw_sizes(options, rng.fork(2));
    EdgeList list;
    list.vertices = options.vertices;
    list.planted = place(inside, sizes, rng.fork(3));
    std::vector<std::vector<std::uint32_t>> stubs(sizes.size());
    std::vector<std::uint32_t> out;
    for (std::uint32_t v = 0; v < degree.size(); ++v) {
        stubs[list.planted[v]].insert(stubs[list.planted[v]].end(), inside[v], v);
        out.insert(out.end(), degree[v] - inside[v], v);
    }
    for (std::size_t group = 0; group < stubs.size(); ++group) {
        const auto ties = pair_up(std::move(stubs[group]), rng.fork(10 + group),
                                  [](std::uint32_t a, std::uint32_t b) { return a != b; });
        list.ties.insert(list.ties.end(), ties.begin(), ties.end());
    }
    const auto ties = pair_up(std::move(out), rng.fork(4), [&](std::uint32_t a, std::uint32_t b) {
        return list.planted[a] != list.planted[b];
    });
    list.ties.insert(list.ties.end(), ties.begin(), ties.end());
    std::sort(list.ties.begin(), list.ties.end());
    return list;
}

EdgeList rmat_graph(std::uint32_t scale, std::uint32_t edge_factor, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<std::uint64_t> ties(std::size_t{edge_factor} << scale);
    for (std::uint64_t& tie : ties) {
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        for (std::uint32_t bit = 0; bit < scale; ++bit) {
            const double u = rng.uniform01();
            a = a * 2 + (u >= 0.76 ? 1U : 0U);
            b = b * 2 + ((u >= 0.57 && u < 0.76) || u >= 0.95 ? 1U : 0U);
        }
        tie = a == b ? 0 : tie_of(a, b);
    }
    std::sort(ties.begin(), ties.end());
    ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
    std::erase(ties, 0U);
    std::vector<std::uint32_t> name(std::size_t{1} << scale, 0);
    for (const std::uint64_t tie : ties) {
        name[first_of(tie)] = name[second_of(tie)] = 1;
    }
    EdgeList list;
    for (std::uint32_t& n : name) {
        n = n == 0 ? 0 : list.vertices++;
    }
    for (std::uint64_t& tie : ties) {
        tie = tie_of(name[first_of(tie)], name[second_of(tie)]);
    }
    list.ties = std::move(ties);
    return list;
}

EdgeList graph_named(const std::string& name) {
    if (name == "a" || name == "b" || name == "c") {
        return planted(name == "a" ? 10'000 : name == "b" ? 100'000 : 1'000'000, name == "c" ? 0.4 : 0.3);
    }
    std::istringstream words(name);
    std::string word;
    if (name.starts_with("rmat")) {
        return rmat_graph(static_cast<std::uint32_t>(std::stoul(name.substr(4))), 16, 1);
    }
    if (name.starts_with("lfr:")) {
        LfrOptions options;
        std::getline(words, word, ':');
        std::getline(words, word, ':');
        options.vertices = static_cast<std::uint32_t>(std::stoul(word));
        std::getline(words, word, ':');
        options.mixing = std::stod(word);
        options.seed = std::getline(words, word, ':') ? std::stoull(word) : 1;
        options.max_degree = options.vertices > 1000 ? 100 : 50;
        return lfr_graph(options);
    }
    return read_edges(name);
}

PlainGraph::PlainGraph(const EdgeList& list)
    : offsets_(std::size_t{list.vertices} + 1, 0), targets_(2 * list.ties.size()) {
    for (const std::uint64_t tie : list.ties) {
        ++offsets_[first_of(tie) + 1];
        ++offsets_[second_of(tie) + 1];
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    std::vector<std::uint64_t> next(offsets_.begin(), offsets_.end() - 1);
    // ascending ties fill every row in ascending order: first with the smaller ends, then with the larger
    for (const std::uint64_t tie : list.ties) {
        targets_[next[second_of(tie)]++] = id_at<VertexId>(first_of(tie));
    }
    for (const std::uint64_t tie : list.ties) {
        targets_[next[first_of(tie)]++] = id_at<VertexId>(second_of(tie));
    }
}

}  // namespace maillage::bench
