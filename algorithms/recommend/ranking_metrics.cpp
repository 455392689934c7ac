#include "algorithms/recommend/ranking_metrics.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

namespace maillage {
namespace {

struct Totals {
    std::uint64_t items = 0, relevant = 0;
};

Totals totals(std::span<const TieGroup> ranking) {
    Totals sum;
    for (const TieGroup& group : ranking) {
        sum.items += group.items;
        sum.relevant += group.relevant;
    }
    return sum;
}

double real(std::uint64_t count) {
    return static_cast<double>(count);
}

/// Mean number of relevant items among the first k.
double relevant_within(std::span<const TieGroup> ranking, std::uint64_t k) {
    double sum = 0.0;
    for (const TieGroup& group : ranking) {
        const std::uint64_t taken = std::min(k, group.items);
        if (taken > 0) {
            sum += real(group.relevant) * (real(taken) / real(group.items));
        }
        k -= taken;
    }
    return sum;
}

double discount(std::uint64_t rank) {
    return 1.0 / std::log2(real(rank) + 1.0);
}

}  // namespace

std::vector<TieGroup> tie_groups(std::span<const double> scores, std::span<const double> gains) {
    if (scores.size() != gains.size()) {
        throw Error("ranking: " + std::to_string(scores.size()) + " scores, " + std::to_string(gains.size()) +
                    " gains");
    }
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    });
    std::vector<TieGroup> groups;
    for (const std::size_t i : order) {
        if (groups.empty() || groups.back().score != scores[i]) {
            groups.push_back({scores[i]});
        }
        TieGroup& group = groups.back();
        ++group.items;
        group.relevant += gains[i] > 0.0 ? 1U : 0U;
        group.gain += gains[i];
    }
    return groups;
}

std::optional<double> average_precision(std::span<const TieGroup> ranking) {
    const Totals all = totals(ranking);
    if (all.relevant == 0) {
        return std::nullopt;
    }
    Totals seen;
    double sum = 0.0;
    for (const TieGroup& group : ranking) {
        seen.items += group.items;
        seen.relevant += group.relevant;
        if (group.relevant > 0) {
            sum += real(group.relevant) * (real(seen.relevant) / real(seen.items));
        }
    }
    return sum / real(all.relevant);
}

std::optional<double> auroc(std::span<const TieGroup> ranking) {
    const Totals all = totals(ranking);
    const std::uint64_t others = all.items - all.relevant;
    if (all.relevant == 0 || others == 0) {
        return std::nullopt;
    }
    double won = 0.0;
    std::uint64_t below = others;
    for (const TieGroup& group : ranking) {
        const std::uint64_t beside = group.items - group.relevant;
        below -= beside;
        won += real(group.relevant) * (real(below) + 0.5 * real(beside));
    }
    return won / real(all.relevant) / real(others);
}

std::optional<double> precision_at(std::span<const TieGroup> ranking, std::uint64_t k) {
    const Totals all = totals(ranking);
    if (all.items == 0 || k == 0) {
        return std::nullopt;
    }
    return relevant_within(ranking, k) / real(k);
}

std::optional<double> recall_at(std::span<const TieGroup> ranking, std::uint64_t k) {
    const Totals all = totals(ranking);
    if (all.relevant == 0) {
        return std::nullopt;
    }
    return relevant_within(ranking, k) / real(all.relevant);
}

std::optional<double> hit_at(std::span<const TieGroup> ranking, std::uint64_t k) {
    for (const TieGroup& group : ranking) {
        if (group.relevant == 0) {
            k -= std::min(k, group.items);
            continue;
        }
        // No hit: all of the first k of the group are others, drawn without putting back.
        const std::uint64_t others = group.items - group.relevant;
        if (k > others) {
            return 1.0;
        }
        double miss = 1.0;
        for (std::uint64_t i = 0; i < k && miss > 0.0; ++i) {
            miss *= real(others - i) / real(group.items - i);
        }
        return 1.0 - miss;
    }
    return std::nullopt;
}

std::optional<double> reciprocal_rank(std::span<const TieGroup> ranking) {
    std::uint64_t before = 0;
    for (const TieGroup& group : ranking) {
        if (group.relevant == 0) {
            before += group.items;
            continue;
        }
        double none_yet = 1.0;
        double mean = 0.0;
        const std::uint64_t others = group.items - group.relevant;
        for (std::uint64_t i = 0; i <= others; ++i) {
            const double here = real(group.relevant) / real(group.items - i);
            mean += none_yet * here / real(before + i + 1);
            none_yet *= 1.0 - here;
        }
        return mean;
    }
    return std::nullopt;
}

std::optional<double> ndcg_at(std::span<const TieGroup> ranking, std::span<const double> gains,
                              std::uint64_t k) {
    std::vector<double> best(gains.begin(), gains.end());
    std::sort(best.begin(), best.end(), std::greater<>());
    const std::uint64_t most = k == 0 ? totals(ranking).items : k;
    double ideal = 0.0;
    for (std::uint64_t rank = 1; rank <= std::min<std::uint64_t>(most, best.size()); ++rank) {
        ideal += best[rank - 1] * discount(rank);
    }
    if (!(ideal > 0.0)) {
        return std::nullopt;
    }
    double found = 0.0;
    std::uint64_t rank = 0;
    for (const TieGroup& group : ranking) {
        const std::uint64_t last = std::min(most, rank + group.items);
        if (group.gain > 0.0) {
            double discounts = 0.0;
            for (std::uint64_t r = rank + 1; r <= last; ++r) {
                discounts += discount(r);
            }
            found += group.gain / real(group.items) * discounts;
        }
        rank = last;
    }
    return found / ideal;
}

std::vector<PrecisionRecall> precision_recall_curve(std::span<const TieGroup> ranking, std::size_t points) {
    std::vector<PrecisionRecall> curve;
    const Totals all = totals(ranking);
    if (all.relevant == 0 || points == 0) {
        return curve;
    }
    Totals seen;
    std::size_t next = 0;
    for (const TieGroup& group : ranking) {
        seen.items += group.items;
        seen.relevant += group.relevant;
        if (group.relevant == 0) {
            continue;
        }
        const double recall = real(seen.relevant) / real(all.relevant);
        const bool last = seen.relevant == all.relevant;
        if (last || recall * static_cast<double>(points - 1) >= static_cast<double>(next)) {
            curve.push_back({recall, real(seen.relevant) / real(seen.items)});
            next = static_cast<std::size_t>(recall * static_cast<double>(points - 1)) + 1;
        }
    }
    return curve;
}

}  // namespace maillage
