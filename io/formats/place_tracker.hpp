#pragma once

#include "io/formats/graph_tables.hpp"
#include "io/scan.hpp"

#include <cstddef>
#include <string_view>

namespace maillage::io {

/// Turns offsets that ascend into places, in one pass over the text. An offset before the last one costs a new pass.
class PlaceTracker {
public:
    explicit PlaceTracker(std::string_view text) : text_(text) {}

    [[nodiscard]] Place at(std::size_t offset) noexcept {
        if (offset < line_start_) {
            line_ = 1;
            line_start_ = 0;
            next_end_ = unknown;
        }
        if (next_end_ == unknown) {
            next_end_ = find_line_end(text_, line_start_);
        }
        while (next_end_ < offset) {
            // a CR and its LF are one end, and both belong to the line that they end
            const std::size_t next = next_end_ + (text_.substr(next_end_, 2) == "\r\n" ? 2U : 1U);
            if (next > offset) {
                break;
            }
            line_start_ = next;
            ++line_;
            next_end_ = find_line_end(text_, line_start_);
        }
        return {line_, static_cast<std::uint32_t>(offset - line_start_ + 1)};
    }

private:
    static constexpr std::size_t unknown = static_cast<std::size_t>(-1);
    std::string_view text_;
    std::uint32_t line_ = 1;
    std::size_t line_start_ = 0;
    std::size_t next_end_ = unknown;
};

}  // namespace maillage::io
