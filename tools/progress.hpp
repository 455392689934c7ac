#pragma once

#include <chrono>
#include <iosfwd>
#include <string_view>

namespace maillage::tools {

/// A bar on a terminal for work that lasts over a second; nothing otherwise.
class Progress {
public:
    Progress(std::ostream& out, bool active) : out_(out), active_(active), start_(Clock::now()) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { clear(); }

    [[nodiscard]] bool active() const noexcept { return active_; }
    void show(std::string_view phase, double share);
    /// Removes the bar, so that what is written next stands alone.
    void clear() const;

private:
    using Clock = std::chrono::steady_clock;
    std::ostream& out_;
    bool active_;
    Clock::time_point start_, last_{};
    mutable bool shown_ = false;
};

}  // namespace maillage::tools
