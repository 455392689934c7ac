#include "algorithms/matching/relatedness.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

struct Counts {
    double both = 0.0, of_i = 0.0, of_j = 0.0, all = 0.0, holders_i = 0.0, holders_j = 0.0;
};

double value(RelatednessKind kind, const Counts& c) {
    switch (kind) {
        case RelatednessKind::proximity:
            return c.both / std::max(c.holders_i, c.holders_j);
        case RelatednessKind::association:
            return c.both / c.all / (c.of_i / c.all * (c.of_j / c.all));
        case RelatednessKind::probability: {
            const double chance = (c.of_i / c.all * (c.of_j / (c.all - c.of_i)) +
                                   c.of_j / c.all * (c.of_i / (c.all - c.of_j))) *
                                  c.all / 2.0;
            return c.both / chance;
        }
        case RelatednessKind::cosine:
            return c.both / std::sqrt(c.of_i * c.of_j);
        case RelatednessKind::jaccard:
            return c.both / (c.of_i + c.of_j - c.both);
    }
    return 0.0;
}

}  // namespace

Relatedness::Relatedness(const Incidence& offers, std::span<const std::uint8_t> counted, RelatednessKind kind)
    : offsets_(1, 0) {
    if (!counted.empty() && counted.size() != offers.vertex_count()) {
        throw Error("Relatedness: " + std::to_string(counted.size()) + " marks for " +
                    std::to_string(offers.vertex_count()) + " vertices");
    }
    const std::size_t n = offers.expertise_count();
    std::vector<std::uint32_t> row(n, 0);
    std::vector<double> holders(n, 0.0), sums(n, 0.0);
    double all = 0.0;
    for (const ExpertiseId i : IdRange<ExpertiseId>(n)) {
        std::vector<ExpertiseId> met;
        for (const auto& holder : offers.of(i)) {
            if (!counted.empty() && counted[index_of(holder.vertex)] == 0) {
                continue;
            }
            holders[index_of(i)] += 1.0;
            for (const auto& other : offers.of(holder.vertex)) {
                if (other.expertise != i && row[index_of(other.expertise)]++ == 0) {
                    met.push_back(other.expertise);
                }
            }
        }
        std::sort(met.begin(), met.end());
        for (const ExpertiseId j : met) {
            related_.push_back({j, static_cast<double>(row[index_of(j)])});
            sums[index_of(i)] += related_.back().value;
            row[index_of(j)] = 0;
        }
        all += sums[index_of(i)];
        offsets_.push_back(related_.size());
    }
    total_.assign(n, 0.0);
    for (const ExpertiseId i : IdRange<ExpertiseId>(n)) {
        for (std::size_t at = offsets_[index_of(i)]; at < offsets_[index_of(i) + 1]; ++at) {
            Related& pair = related_[at];
            const std::size_t j = index_of(pair.expertise);
            pair.value =
                value(kind, {pair.value, sums[index_of(i)], sums[j], all, holders[index_of(i)], holders[j]});
            total_[index_of(i)] += pair.value;
        }
    }
}

double Relatedness::between(ExpertiseId i, ExpertiseId j) const noexcept {
    const auto list = of(i);
    const auto found =
        std::lower_bound(list.begin(), list.end(), j,
                         [](const Related& related, ExpertiseId x) { return related.expertise < x; });
    return found != list.end() && found->expertise == j ? found->value : 0.0;
}

std::optional<double> Relatedness::density(std::span<const ExpertiseId> r, ExpertiseId i) const {
    return added({}, r, i);
}

std::optional<double> Relatedness::added(std::span<const ExpertiseId> r, std::span<const ExpertiseId> s,
                                         ExpertiseId i) const {
    const double all = total_[index_of(i)];
    if (!(all > 0.0)) {
        return std::nullopt;
    }
    double sum = 0.0;
    for (const ExpertiseId j : s) {
        if (!std::binary_search(r.begin(), r.end(), j)) {
            sum += between(i, j);
        }
    }
    return 100.0 * sum / all;
}

}  // namespace maillage
