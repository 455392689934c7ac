#include "tools/progress.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace maillage::tools {

void Progress::show(std::string_view phase, double share) {
    constexpr std::chrono::milliseconds patience{1000};
    constexpr std::chrono::milliseconds interval{100};
    constexpr std::size_t bar_width = 30;
    const auto now = Clock::now();
    if (!active_ || now - start_ < patience || now - last_ < interval) {
        return;
    }
    last_ = now;
    const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * bar_width);
    out_ << "\r\x1B[K" << phase << ' ' << std::string(filled, '#') << std::string(bar_width - filled, '.')
         << ' ' << static_cast<int>(share * 100.0) << " %" << std::flush;
    shown_ = true;
}

void Progress::clear() const {
    if (shown_) {
        out_ << "\r\x1B[K" << std::flush;
        shown_ = false;
    }
}

}  // namespace maillage::tools
