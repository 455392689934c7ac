#include "engine/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace maillage {
namespace {

/// What the threads of one loop share.
class Loop {
public:
    Loop(std::size_t count, std::size_t chunk_size, const Execution& execution, std::string_view phase)
        : count_(count),
          chunk_size_(std::max<std::size_t>(1, chunk_size)),
          chunks_((count + chunk_size_ - 1) / chunk_size_),
          execution_(execution),
          phase_(phase) {}

    template <class Body>
    void work(std::size_t worker, const Body& body) noexcept {
        while (true) {
            const std::size_t chunk = next_.fetch_add(1, std::memory_order_relaxed);
            if (chunk >= chunks_ || failed_.load(std::memory_order_relaxed)) {
                return;
            }
            try {
                body(chunk, chunk * chunk_size_, std::min(count_, (chunk + 1) * chunk_size_), worker);
                report();
            } catch (...) {
                fail(chunk);
            }
        }
    }
    void rethrow() const {
        if (error_) {
            std::rethrow_exception(error_);
        }
    }
    [[nodiscard]] std::size_t chunks() const noexcept { return chunks_; }

private:
    void report() {
        if (execution_.progress) {
            const std::scoped_lock lock(mutex_);
            execution_.report(phase_, static_cast<double>(++done_) / static_cast<double>(chunks_));
        }
    }
    void fail(std::size_t chunk) noexcept {
        const std::scoped_lock lock(mutex_);
        if (chunk < failed_chunk_) {
            failed_chunk_ = chunk;
            error_ = std::current_exception();
        }
        failed_.store(true, std::memory_order_relaxed);
    }

    std::size_t count_, chunk_size_, chunks_;
    const Execution& execution_;
    std::string_view phase_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> failed_{false};
    std::mutex mutex_;  // guards the rest
    std::size_t done_ = 0;
    std::size_t failed_chunk_ = std::numeric_limits<std::size_t>::max();
    std::exception_ptr error_;
};

}  // namespace

void for_chunks(std::size_t count, std::size_t chunk_size, const Execution& execution, std::string_view phase,
                const std::function<void(std::size_t, std::size_t, std::size_t, std::size_t)>& body) {
    Loop loop(count, chunk_size, execution, phase);
    const std::size_t threads = std::min<std::size_t>(std::max<std::uint32_t>(1, execution.threads),
                                                      std::max<std::size_t>(1, loop.chunks()));
    {
        std::vector<std::jthread> helpers;
        helpers.reserve(threads - 1);
        for (std::size_t worker = 1; worker < threads; ++worker) {
            helpers.emplace_back([&loop, &body, worker] { loop.work(worker, body); });
        }
        loop.work(0, body);
    }
    loop.rethrow();
}

}  // namespace maillage
