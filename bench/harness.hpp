#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Benchmarks that check their answer and report their noise.
namespace maillage::bench {

struct Sample {
    std::string name;
    std::vector<double> seconds;  ///< of each trial, ascending
    double amount = 0.0;          ///< work of one trial, in `unit`
    std::string unit;             ///< "MB", "rows"

    [[nodiscard]] double best() const { return seconds.front(); }
    [[nodiscard]] double median() const { return seconds[seconds.size() / 2]; }
    /// Slowest over quickest trial: above 1.3 the machine was busy and the figure says little.
    [[nodiscard]] double spread() const { return seconds.back() / seconds.front(); }
    [[nodiscard]] double rate() const { return amount / median(); }
};

/// Times `kernel()` `trials` times. `verify(result)` runs after each, outside the clock: a benchmark of a
/// wrong answer is worse than none, so a false throws.
template <std::invocable Kernel, std::predicate<std::invoke_result_t<Kernel>> Verify>
Sample measure(std::string name, int trials, Kernel kernel, Verify verify) {
    using Clock = std::chrono::steady_clock;
    Sample sample{std::move(name), {}, 0.0, {}};
    for (int trial = 0; trial < trials; ++trial) {
        const auto start = Clock::now();
        auto result = kernel();
        const std::chrono::duration<double> elapsed = Clock::now() - start;
        if (!verify(result)) {
            throw std::runtime_error(sample.name + ": the answer is wrong");
        }
        sample.seconds.push_back(elapsed.count());
    }
    std::sort(sample.seconds.begin(), sample.seconds.end());
    return sample;
}

/// "csv/plain  57.1 MB  median 80.2 ms  best 78.9 ms  spread 1.04  712 MB/s"
[[nodiscard]] std::string to_text(const Sample& sample);
/// One JSON object a sample, for comparing runs.
[[nodiscard]] std::string to_json(const std::vector<Sample>& samples);

}  // namespace maillage::bench
