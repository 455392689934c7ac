#include "io/csv.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace maillage::io {
namespace {

constexpr std::array<char, 4> separators = {',', ';', '\t', '|'};

/// Offset of the first separator or line end from `at` on, or the end of the text.
std::size_t find_end(std::string_view text, std::size_t at, char separator) noexcept {
#if defined(__SSE2__)
    const __m128i sep = _mm_set1_epi8(separator);
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r');
    for (; at + 16 <= text.size(); at += 16) {
        __m128i block;
        __builtin_memcpy(&block, text.data() + at, 16);
        const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(block, sep),
                                         _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr)));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit)); mask != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(mask));
        }
    }
#endif
    while (at < text.size() && text[at] != separator && text[at] != '\n' && text[at] != '\r') {
        ++at;
    }
    return at;
}

/// Separators outside quotes in the next row; `at` moves behind it.
std::size_t count_in_row(std::string_view text, std::size_t& at, char separator) {
    std::size_t count = 0;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        } else if (!quoted && c == separator) {
            ++count;
        }
    }
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) {
        ++at;
    }
    return count;
}

}  // namespace

char detect_separator(std::string_view text) {
    constexpr std::size_t sample_bytes = 1U << 16U;
    constexpr std::size_t sample_rows = 12;
    text = text.substr(0, sample_bytes);
    char best = ',';
    std::pair<std::size_t, std::size_t> best_score = {0, 0};
    for (const char separator : separators) {
        std::size_t at = 0;
        const std::size_t header = count_in_row(text, at, separator);
        if (header == 0) {
            continue;
        }
        std::size_t even = 1;
        for (std::size_t row = 1; row < sample_rows && at < text.size(); ++row) {
            even += count_in_row(text, at, separator) == header ? 1U : 0U;
        }
        if (const std::pair score(even, header); score > best_score) {
            best_score = score;
            best = separator;
        }
    }
    return best;
}

CsvReader::CsvReader(std::string_view text, std::string file, std::vector<Diagnostic>& diagnostics,
                     CsvLimits limits)
    : text_(text), file_(std::move(file)), diagnostics_(diagnostics), limits_(limits) {
    const auto first_line = text_.substr(0, text_.find_first_of("\r\n"));
    if (first_line.size() == 5 && first_line.substr(0, 4) == "sep=") {
        separator_ = first_line[4];
        at_ = first_line.size();
        pass(end_at(at_));
    } else {
        separator_ = detect_separator(text_);
    }
}

CsvReader::End CsvReader::end_at(std::size_t at) const noexcept {
    return at >= text_.size() ? End::text : text_[at] == separator_ ? End::separator : End::line;
}

/// Steps over a separator or a line end at the current place.
void CsvReader::pass(End end) noexcept {
    if (end == End::separator) {
        ++at_;
    } else if (end == End::line) {
        at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2U : 1U;
        ++line_;
        line_start_ = at_;
    }
}

void CsvReader::fail(std::uint32_t line, std::uint32_t column, std::string message) {
    diagnostics_.push_back({Severity::error, {file_, line, column}, std::move(message), {}});
}

CsvReader::End CsvReader::read_field(CsvField& field) {
    field.line = line_;
    field.column = column_at(at_);
    if (at_ < text_.size() && text_[at_] == '"') {
        return read_quoted(field);
    }
    const std::size_t window = std::min(text_.size(), at_ + limits_.field_bytes + 1);
    const std::size_t end = find_end(text_.substr(0, window), at_, separator_);
    if (end - at_ > limits_.field_bytes) {
        fail(field.line, field.column,
             "a field of more than " + std::to_string(limits_.field_bytes) + " bytes; is this a table?");
        return End::failed;
    }
    field.text = text_.substr(at_, end - at_);
    at_ = end;
    return end_at(end);
}

CsvReader::End CsvReader::read_quoted(CsvField& field) {
    const std::size_t begin = ++at_;
    ++field.column;
    std::string* unescaped = nullptr;
    std::size_t piece = begin;
    while (true) {
        const std::size_t stop = text_.substr(0, std::min(text_.size(), begin + limits_.field_bytes + 1))
                                     .find_first_of("\"\n\r", at_);
        if (stop == std::string_view::npos) {
            fail(field.line, field.column - 1,
                 text_.size() - begin > limits_.field_bytes
                     ? "a quoted field of more than " + std::to_string(limits_.field_bytes) +
                           " bytes; is its closing quote missing?"
                     : "this quote is never closed");
            return End::failed;
        }
        at_ = stop;
        if (text_[stop] != '"') {
            pass(End::line);
        } else if (stop + 1 < text_.size() && text_[stop + 1] == '"') {
            unescaped = unescaped == nullptr ? &unescaped_.emplace_back() : unescaped;
            unescaped->append(text_.substr(piece, stop + 1 - piece));
            at_ = piece = stop + 2;
        } else {
            break;
        }
    }
    field.text = text_.substr(begin, at_ - begin);
    if (unescaped != nullptr) {
        unescaped->append(text_.substr(piece, at_ - piece));
        field.text = *unescaped;
    }
    ++at_;
    if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
        fail(line_, column_at(at_),
             "text after a closing quote; a quote inside a quoted field is written twice");
        at_ = find_end(text_, at_, separator_);
    }
    return end_at(at_);
}

bool CsvReader::next(std::vector<CsvField>& row) {
    row.clear();
    unescaped_.clear();
    while (!failed_ && at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
        pass(End::line);
    }
    if (failed_ || at_ >= text_.size()) {
        return false;
    }
    const std::size_t row_start = at_;
    const std::uint32_t row_line = line_;
    while (true) {
        const End end = read_field(row.emplace_back());
        if (end == End::failed) {
            failed_ = true;
            return false;
        }
        if (at_ - row_start > limits_.line_bytes || row.size() > limits_.columns) {
            fail(row_line, 1,
                 row.size() > limits_.columns
                     ? "a row of more than " + std::to_string(limits_.columns) + " fields"
                     : "a row of more than " + std::to_string(limits_.line_bytes) +
                           " bytes; is this a table?");
            failed_ = true;
            return false;
        }
        pass(end);
        if (end == End::separator && at_ >= text_.size()) {
            row.push_back({text_.substr(at_), line_, column_at(at_)});
        }
        if (end != End::separator || at_ >= text_.size()) {
            return true;
        }
    }
}

}  // namespace maillage::io
