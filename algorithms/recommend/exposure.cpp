#include "algorithms/recommend/exposure.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maillage {

double exposure_at(std::uint32_t rank) noexcept {
    return std::ldexp(std::nearbyint(std::ldexp(1.0 / std::log2(static_cast<double>(rank) + 1.0), 32)), -32);
}

Exposure exposure(std::span<const double> exposures) {
    Exposure result;
    std::vector<double> ascending(exposures.begin(), exposures.end());
    std::sort(ascending.begin(), ascending.end());
    const auto n = static_cast<double>(ascending.size());
    double sum = 0.0;
    double skewed = 0.0;
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        result.reached += ascending[i] > 0.0 ? 1U : 0U;
        sum += ascending[i];
        skewed += (2.0 * static_cast<double>(i + 1) - n - 1.0) * ascending[i];
    }
    result.actors = ascending.size();
    if (!ascending.empty()) {
        result.coverage = static_cast<double>(result.reached) / n;
    }
    if (sum > 0.0) {
        result.gini = skewed / (n * sum);
        if (ascending.size() > 1) {
            double entropy = 0.0;
            for (const double x : ascending) {
                entropy -= x > 0.0 ? x / sum * std::log2(x / sum) : 0.0;
            }
            result.entropy = entropy / std::log2(n);
        }
    }
    return result;
}

}  // namespace maillage
