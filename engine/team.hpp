#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace maillage {

/// Threads that stay, for loops of some microseconds: for_chunks() starts new ones for every loop, which costs
/// as much as such a loop does. Between loops the helpers spin for a moment, then sleep.
class Team {
public:
    /// threads >= 1; the calling thread is one of them.
    explicit Team(std::uint32_t threads);
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    ~Team();

    [[nodiscard]] std::size_t size() const noexcept { return helpers_.size() + 1; }

    /// Calls body(begin, end, worker) for blocks that cover 0 .. count, each once, in any order and on any
    /// thread; worker is in 0 .. size()-1 and names a scratch space. A team of one gets it all as one block:
    /// a result must not depend on the cut. The first exception of a body ends the loop and is thrown again.
    template <class Body>
    void for_blocks(std::size_t count, std::size_t block, const Body& body) {
        if (helpers_.empty() || count <= block) {
            if (count > 0) {
                body(std::size_t{0}, count, std::size_t{0});
            }
            return;
        }
        const auto call = [](const void* what, std::size_t begin, std::size_t end, std::size_t worker) {
            (*static_cast<const Body*>(what))(begin, end, worker);
        };
        run({call, &body, count, block});
    }

private:
    struct Loop {
        void (*call)(const void* what, std::size_t begin, std::size_t end, std::size_t worker) = nullptr;
        const void* what = nullptr;
        std::size_t count = 0;
        std::size_t block = 1;
    };
    void run(const Loop& loop);
    void work(std::size_t worker) noexcept;
    void help(std::size_t worker) noexcept;

    Loop loop_;  ///< written before number_ grows, read after
    std::atomic<std::size_t> next_{0};
    std::atomic<std::uint32_t> number_{0};   ///< of the loop; helpers wait for it to grow
    std::atomic<std::uint32_t> working_{0};  ///< helpers that have not finished the loop
    std::atomic<bool> ending_{false};
    std::mutex mutex_;  ///< guards error_
    std::exception_ptr error_;
    std::vector<std::jthread> helpers_;
};

}  // namespace maillage
