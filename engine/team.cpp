#include "engine/team.hpp"

#include <algorithm>

namespace maillage {
namespace {

/// Looks at a value this often before the thread sleeps: about half a millisecond, less than waking up costs on a virtual machine.
constexpr int patience = 20000;

void breathe() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/// Waits until the value is no longer `old`.
void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) noexcept {
    for (int i = 0; i < patience; ++i) {
        if (value.load(std::memory_order_acquire) != old) {
            return;
        }
        breathe();
    }
    value.wait(old, std::memory_order_acquire);
}

}  // namespace

Team::Team(std::uint32_t threads) {
    for (std::uint32_t worker = 1; worker < threads; ++worker) {
        helpers_.emplace_back([this, worker] { help(worker); });
    }
}

Team::~Team() {
    ending_.store(true, std::memory_order_relaxed);
    number_.fetch_add(1, std::memory_order_release);
    number_.notify_all();
}

void Team::run(const Loop& loop) {
    loop_ = loop;
    error_ = nullptr;
    next_.store(0, std::memory_order_relaxed);
    working_.store(static_cast<std::uint32_t>(helpers_.size()), std::memory_order_relaxed);
    number_.fetch_add(1, std::memory_order_release);
    number_.notify_all();
    work(0);
    for (auto left = working_.load(std::memory_order_acquire); left != 0;
         left = working_.load(std::memory_order_acquire)) {
        await_change(working_, left);
    }
    if (error_) {
        std::rethrow_exception(error_);
    }
}

void Team::work(std::size_t worker) noexcept {
    while (true) {
        const std::size_t begin = next_.fetch_add(loop_.block, std::memory_order_relaxed);
        if (begin >= loop_.count) {
            return;
        }
        try {
            loop_.call(loop_.what, begin, std::min(loop_.count, begin + loop_.block), worker);
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!error_) {
                error_ = std::current_exception();
            }
            next_.store(loop_.count, std::memory_order_relaxed);
        }
    }
}

void Team::help(std::size_t worker) noexcept {
    for (std::uint32_t seen = 0;; ++seen) {
        await_change(number_, seen);
        if (ending_.load(std::memory_order_relaxed)) {
            return;
        }
        work(worker);
        if (working_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            working_.notify_one();
        }
    }
}

}  // namespace maillage
