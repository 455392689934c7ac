#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// Sums of weights by label around one node: a dense table, and the labels that were met. Adding has no
/// branch: whether a label is new cannot be predicted, and a wrong guess costs more than the table does.
/// Sum is the type of a sum: ties that all weigh 1 are counted in half the memory.
template <class Sum>
class NeighbourSums {
public:
    /// Labels are below `labels`.
    explicit NeighbourSums(std::size_t labels) : weight_(labels, Sum{}) {}

    /// Forgets the sums and makes room for adding `most` times. O(labels met).
    void clear(std::size_t most) {
        for (std::size_t i = 0; i < count_; ++i) {
            weight_[met_[i]] = Sum{};
        }
        count_ = 0;
        if (most + 1 > met_.size()) {
            met_.resize(2 * most + 1);
        }
    }
    /// weight > 0.
    void add(std::uint32_t label, Sum weight) noexcept {
        Sum& sum = weight_[label];
        met_[count_] = label;
        count_ += sum == Sum{} ? 1U : 0U;
        sum += weight;
    }
    [[nodiscard]] Sum sum(std::uint32_t label) const noexcept { return weight_[label]; }
    [[nodiscard]] double operator[](std::uint32_t label) const noexcept {
        return static_cast<double>(weight_[label]);
    }
    /// The labels in the order in which they were first added.
    [[nodiscard]] std::span<const std::uint32_t> labels() const noexcept { return {met_.data(), count_}; }

private:
    std::vector<Sum> weight_;
    std::vector<std::uint32_t> met_ = std::vector<std::uint32_t>(64);
    std::size_t count_ = 0;
};

using NeighbourWeights = NeighbourSums<double>;
using NeighbourCounts = NeighbourSums<std::uint32_t>;

}  // namespace maillage
