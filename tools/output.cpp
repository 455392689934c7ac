#include "tools/output.hpp"

#include "engine/error.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace maillage::tools {
namespace {

constexpr std::size_t slots = 256;
constexpr std::size_t longest_path = 4096;
constexpr std::size_t no_slot = slots;

/// Paths the signal handler removes: fixed storage, because a handler must not allocate or lock.
std::array<std::array<char, longest_path>, slots> temporary_paths;
std::array<std::atomic<bool>, slots> slot_taken;
std::array<std::atomic<bool>, slots> slot_ready;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void remove_and_exit(int) {
    for (std::size_t i = 0; i < slots; ++i) {
        if (slot_ready[i].load(std::memory_order_acquire)) {
            (void)unlink(temporary_paths[i].data());
        }
    }
    for (std::size_t i = 0; i < slots; ++i) {  // folders, now that they are empty
        if (slot_ready[i].load(std::memory_order_acquire)) {
            (void)rmdir(temporary_paths[i].data());
        }
    }
    _exit(130);
}

[[noreturn]] void cannot_write(const std::filesystem::path& target) {
    const int reason = errno;
    throw OptionError("output", "cannot write " + target.string() +
                                    (reason != 0 ? ": " + std::generic_category().message(reason) : ""));
}

}  // namespace

std::size_t register_temporary(const std::filesystem::path& path) {
    const std::string text = path.string();
    if (text.size() + 1 > longest_path) {
        return no_slot;
    }
    for (std::size_t i = 0; i < slots; ++i) {
        bool free = false;
        if (slot_taken[i].compare_exchange_strong(free, true)) {
            std::memcpy(temporary_paths[i].data(), text.c_str(), text.size() + 1);
            slot_ready[i].store(true, std::memory_order_release);
            return i;
        }
    }
    return no_slot;
}

void forget_temporary(std::size_t slot) noexcept {
    if (slot < slots) {
        slot_ready[slot].store(false, std::memory_order_release);
        slot_taken[slot].store(false);
    }
}

void remove_temporaries_on_interrupt() {
    struct sigaction action {};
    action.sa_handler = remove_and_exit;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

PendingFiles::~PendingFiles() {
    for (const File& file : files_) {
        std::error_code ignored;
        std::filesystem::remove(file.temporary, ignored);
        forget_temporary(file.slot);
    }
}

void PendingFiles::write(const std::filesystem::path& target,
                         const std::function<void(std::ostream&)>& body) {
    std::error_code ignored;
    if (std::filesystem::is_directory(target, ignored)) {
        throw OptionError("output", "cannot write " + target.string() + ": it is a folder");
    }
    // a pipe or a device cannot be replaced by renaming: it is written as it stands
    const bool in_place =
        std::filesystem::exists(target, ignored) && !std::filesystem::is_regular_file(target, ignored);
    std::filesystem::path temporary = target;
    if (!in_place) {
        temporary += "." + std::to_string(getpid()) + ".tmp";
        files_.push_back({temporary, target, register_temporary(temporary)});
    }
    errno = 0;
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) {
        cannot_write(target);
    }
    body(out);
    errno = 0;
    out.close();
    if (!out) {
        cannot_write(target);
    }
}

void PendingFiles::commit() {
    for (const File& file : files_) {
        std::error_code error;
        std::filesystem::rename(file.temporary, file.target, error);
        if (error) {
            throw OptionError("output", "cannot write " + file.target.string() + ": " + error.message());
        }
        forget_temporary(file.slot);
    }
    files_.clear();
}

}  // namespace maillage::tools
