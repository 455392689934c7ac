#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Sums of weights by label around one node: a dense table, and the labels that were met. Adding has no
/// branch: whether a label is new cannot be predicted, and a wrong guess costs more than the table does.
class NeighbourWeights {
public:
    /// Labels are below `labels`.
    explicit NeighbourWeights(std::size_t labels) : weight_(labels, 0.0) {}

    /// Forgets the sums and makes room for adding `most` times. O(labels met).
    void clear(std::size_t most) {
        for (std::size_t i = 0; i < count_; ++i) {
            weight_[met_[i]] = 0.0;
        }
        count_ = 0;
        if (most + 1 > met_.size()) {
            met_.resize(2 * most + 1);
        }
    }
    /// weight > 0.
    void add(std::uint32_t label, double weight) noexcept {
        double& sum = weight_[label];
        met_[count_] = label;
        count_ += sum == 0.0 ? 1U : 0U;
        sum += weight;
    }
    [[nodiscard]] double operator[](std::uint32_t label) const noexcept { return weight_[label]; }
    /// The labels in the order in which they were first added.
    [[nodiscard]] std::span<const std::uint32_t> labels() const noexcept { return {met_.data(), count_}; }

private:
    std::vector<double> weight_;
    std::vector<std::uint32_t> met_ = std::vector<std::uint32_t>(64);
    std::size_t count_ = 0;
};

}  // namespace maillage
