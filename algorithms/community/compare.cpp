#include "algorithms/community/compare.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace maillage {
namespace {

using Count = std::uint64_t;

/// Block sizes of both and the sizes of their common parts.
struct Contingency {
    std::vector<Count> rows, columns;              ///< sizes > 0
    std::vector<Count> common;                     ///< sizes of the blocks' intersections, > 0
    std::vector<std::pair<Count, Count>> margins;  ///< beside common: sizes of the two blocks
    Count largest_of_rows = 0;                     ///< sum over the rows of their largest common part
    Count largest_of_columns = 0;
    Count n = 0;
};

std::vector<Count> sizes_among(const Partition& p, std::span<const std::uint8_t> keep) {
    std::vector<Count> sizes(p.community_count(), 0);
    for (std::size_t v = 0; v < p.vertex_count(); ++v) {
        sizes[index_of(p[id_at<VertexId>(v)])] += keep.empty() || keep[v] != 0 ? 1U : 0U;
    }
    return sizes;
}

Contingency tabulate(const Partition& p, const Partition& q, std::span<const std::uint8_t> keep) {
    Contingency table;
    table.rows = sizes_among(p, keep);
    table.columns = sizes_among(q, keep);
    std::vector<std::uint64_t> cells;
    cells.reserve(p.vertex_count());
    for (std::size_t v = 0; v < p.vertex_count(); ++v) {
        if (keep.empty() || keep[v] != 0) {
            const auto row = static_cast<std::uint64_t>(index_of(p[id_at<VertexId>(v)]));
            cells.push_back(row << 32U | index_of(q[id_at<VertexId>(v)]));
        }
    }
    table.n = cells.size();
    std::sort(cells.begin(), cells.end());
    std::vector<Count> largest_of_row(table.rows.size(), 0);
    std::vector<Count> largest_of_column(table.columns.size(), 0);
    for (std::size_t i = 0; i < cells.size();) {
        const std::size_t first = i;
        while (i < cells.size() && cells[i] == cells[first]) {
            ++i;
        }
        table.common.push_back(i - first);
        const auto row = static_cast<std::size_t>(cells[first] >> 32U);
        const auto column = static_cast<std::size_t>(cells[first] & 0xFFFFFFFFU);
        table.margins.emplace_back(table.rows[row], table.columns[column]);
        largest_of_row[row] = std::max(largest_of_row[row], table.common.back());
        largest_of_column[column] = std::max(largest_of_column[column], table.common.back());
    }
    table.largest_of_rows = std::accumulate(largest_of_row.begin(), largest_of_row.end(), Count{0});
    table.largest_of_columns = std::accumulate(largest_of_column.begin(), largest_of_column.end(), Count{0});
    std::erase(table.rows, Count{0});
    std::erase(table.columns, Count{0});
    return table;
}

double entropy(const std::vector<Count>& sizes, double n) {
    double sum = 0.0;
    for (const Count size : sizes) {
        const double share = static_cast<double>(size) / n;
        sum -= share * std::log(share);
    }
    return sum;
}

double mutual_information(const Contingency& table) {
    const auto n = static_cast<double>(table.n);
    double sum = 0.0;
    for (std::size_t i = 0; i < table.common.size(); ++i) {
        const auto common = static_cast<double>(table.common[i]);
        const auto a = static_cast<double>(table.margins[i].first);
        const auto b = static_cast<double>(table.margins[i].second);
        sum += common / n * std::log(n * common / (a * b));
    }
    return std::max(0.0, sum);
}

/// ln k! for k = 0 .. n.
std::vector<double> log_factorials(Count n) {
    std::vector<double> table(n + 1, 0.0);
    for (Count k = 2; k <= n; ++k) {
        table[k] = table[k - 1] + std::log(static_cast<double>(k));
    }
    return table;
}

/// Expected n_ij / n ln(n n_ij / ab) of two blocks of a and b out of n drawn at random: hypergeometric
/// probabilities, outwards from the likeliest common size until they no longer count.
double expected_term(Count a, Count b, Count n, const std::vector<double>& log_factorial) {
    const Count low = std::max<Count>(1, a + b > n ? a + b - n : 0);
    const Count high = std::min(a, b);
    const Count likeliest = std::clamp((a + 1) * (b + 1) / (n + 2), low, high);
    const auto& f = log_factorial;
    const double at_likeliest = std::exp(f[a] + f[b] + f[n - a] + f[n - b] - f[n] - f[likeliest] -
                                         f[a - likeliest] - f[b - likeliest] - f[n - a - b + likeliest]);
    const double scale = static_cast<double>(n) / (static_cast<double>(a) * static_cast<double>(b));
    const auto worth = [&](Count k) {
        const auto x = static_cast<double>(k);
        return x / static_cast<double>(n) * std::log(scale * x);
    };
    constexpr double negligible = 1e-20;
    double sum = at_likeliest * worth(likeliest);
    double probability = at_likeliest;
    for (Count k = likeliest; k < high && probability > negligible; ++k) {
        probability *= static_cast<double>(a - k) * static_cast<double>(b - k) /
                       (static_cast<double>(k + 1) * static_cast<double>(n - a - b + k + 1));
        sum += probability * worth(k + 1);
    }
    probability = at_likeliest;
    for (Count k = likeliest; k > low && probability > negligible; --k) {
        probability *= static_cast<double>(k) * static_cast<double>(n - a - b + k) /
                       (static_cast<double>(a - k + 1) * static_cast<double>(b - k + 1));
        sum += probability * worth(k - 1);
    }
    return sum;
}

/// Distinct sizes and how many blocks have each: isolates make thousands of equal ones.
std::vector<std::pair<Count, Count>> distinct(std::vector<Count> sizes) {
    std::sort(sizes.begin(), sizes.end());
    std::vector<std::pair<Count, Count>> result;
    for (const Count size : sizes) {
        if (result.empty() || result.back().first != size) {
            result.emplace_back(size, 0);
        }
        ++result.back().second;
    }
    return result;
}

double expected_mutual_information(const Contingency& table) {
    const std::vector<double> log_factorial = log_factorials(table.n);
    const auto columns = distinct(table.columns);
    double sum = 0.0;
    for (const auto& [a, rows_of_a] : distinct(table.rows)) {
        for (const auto& [b, columns_of_b] : columns) {
            sum +=
                static_cast<double>(rows_of_a * columns_of_b) * expected_term(a, b, table.n, log_factorial);
        }
    }
    return sum;
}

double pairs_of(Count x) {
    const auto size = static_cast<double>(x);
    return size * (size - 1.0) / 2.0;
}

double pairs_within(const std::vector<Count>& sizes) {
    double sum = 0.0;
    for (const Count size : sizes) {
        sum += pairs_of(size);
    }
    return sum;
}

void compare_pairs(const Contingency& table, PartitionComparison& result) {
    const double all = pairs_of(table.n);
    if (all == 0.0) {
        return;
    }
    const double both = pairs_within(table.common);
    const double in_p = pairs_within(table.rows);
    const double in_q = pairs_within(table.columns);
    result.rand = (all - in_p - in_q + 2.0 * both) / all;
    const double expected = in_p * in_q / all;
    const double highest = (in_p + in_q) / 2.0;
    if (highest != expected) {
        result.adjusted_rand = (both - expected) / (highest - expected);
    }
}

double normalised(double mi, double /*emi*/, double mean, bool same) {
    return same ? 1.0 : mean > 0.0 ? std::clamp(mi / mean, 0.0, 1.0) : 0.0;
}

double adjusted(double mi, double emi, double mean, bool same) {
    const double room = mean - emi;
    return same ? 1.0 : std::abs(room) > 1e-12 ? (mi - emi) / room : 0.0;
}

}  // namespace

PartitionComparison compare(const Partition& p, const Partition& q, std::span<const std::uint8_t> keep) {
    const std::size_t n = p.vertex_count();
    if (q.vertex_count() != n || (!keep.empty() && keep.size() != n)) {
        throw Error("comparing divisions of " + std::to_string(n) + " and " +
                    std::to_string(q.vertex_count()) + " things");
    }
    const Contingency table = tabulate(p, q, keep);
    PartitionComparison result;
    if (table.n == 0) {
        return result;
    }
    const double h_p = entropy(table.rows, static_cast<double>(table.n));
    const double h_q = entropy(table.columns, static_cast<double>(table.n));
    const double mi = mutual_information(table);
    const double emi = expected_mutual_information(table);
    result.entropy_p = h_p;
    result.entropy_q = h_q;
    result.mutual_information = mi;
    result.expected_mutual_information = emi;
    result.variation_of_information = std::max(0.0, h_p + h_q - 2.0 * mi);
    const bool same = table.common.size() == table.rows.size() && table.common.size() == table.columns.size();
    const auto index = [&](double (*share)(double mi, double emi, double mean, bool same)) {
        return InformationIndex{
            share(mi, emi, (h_p + h_q) / 2.0, same), share(mi, emi, std::sqrt(h_p * h_q), same),
            share(mi, emi, std::max(h_p, h_q), same), share(mi, emi, std::min(h_p, h_q), same)};
    };
    result.normalised_mutual_information = index(normalised);
    result.adjusted_mutual_information = index(adjusted);
    result.split_join_p = table.n - table.largest_of_rows;
    result.split_join_q = table.n - table.largest_of_columns;
    compare_pairs(table, result);
    return result;
}

}  // namespace maillage
