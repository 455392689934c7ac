#pragma once

#include "io/formats/graph_tables.hpp"
#include "io/scan.hpp"

#include <cstddef>
#include <string_view>

namespace maillage::io {

/// Lines of a text with their numbers: LF, CRLF or CR.
class LineReader {
public:
    explicit LineReader(std::string_view text) : text_(text) {}

    /// The next line without its end; false behind the last. An empty last line is none.
    [[nodiscard]] bool next() noexcept {
        if (at_ >= text_.size()) {
            return false;
        }
        const std::size_t end = find_line_end(text_, at_);
        line_ = text_.substr(at_, end - at_);
        at_ = end + (text_.substr(end, 2) == "\r\n" ? 2U : 1U);
        ++number_;
        return true;
    }
    [[nodiscard]] std::string_view line() const noexcept { return line_; }
    [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
    /// Place of a part of the line.
    [[nodiscard]] Place place(std::string_view part) const noexcept {
        return {number_, static_cast<std::uint32_t>(part.data() - line_.data() + 1)};
    }
    [[nodiscard]] Place start() const noexcept { return {number_, 1}; }

private:
    std::string_view text_, line_;
    std::size_t at_ = 0;
    std::uint32_t number_ = 0;
};

/// Takes the next word from the beginning of a text: characters up to a space or tab. Empty at the end.
[[nodiscard]] inline std::string_view take_word(std::string_view& rest) noexcept {
    std::size_t begin = 0;
    while (begin < rest.size() && (rest[begin] == ' ' || rest[begin] == '\t')) {
        ++begin;
    }
    std::size_t end = begin;
    while (end < rest.size() && rest[end] != ' ' && rest[end] != '\t') {
        ++end;
    }
    const std::string_view word = rest.substr(begin, end - begin);
    rest.remove_prefix(end);
    return word;
}

}  // namespace maillage::io
