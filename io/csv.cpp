#include "io/csv.hpp"

#include "io/scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace maillage::io {
namespace {

constexpr std::array<char, 4> separators = {',', ';', '\t', '|'};

/// Separators outside quotes in the next row; `at` moves behind it. A quote opens a quoted field only where
/// a field begins, so that an inch mark in a text does not swallow the rows that follow.
std::size_t count_in_row(std::string_view text, std::size_t& at, char separator) {
    std::size_t count = 0;
    bool quoted = false;
    bool field_begins = true;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            quoted = c != '"';
        } else if (c == '"') {
            quoted = field_begins || (at > 0 && text[at - 1] == '"');
        } else if (c == '\n' || c == '\r') {
            break;
        } else if (c == separator) {
            ++count;
        }
        field_begins = !quoted && c == separator;
    }
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) {
        ++at;
    }
    return count;
}

}  // namespace

void pass_text(CsvField& place, std::string_view skipped) noexcept {
    for (std::size_t i = 0; i < skipped.size(); ++i) {
        const char c = skipped[i];
        if (c == '\n' || (c == '\r' && skipped.substr(i + 1, 1) != "\n")) {
            ++place.line;
            place.column = 1;
        } else {
            place.column += c == '"' && place.unescaped ? 2U : 1U;
        }
    }
}

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
    while (!text_.empty() && text_.back() == '\x1A') {
        text_.remove_suffix(1);  // how DOS ended a text
    }
    const auto first_line = text_.substr(0, find_line_end(text_.substr(0, 8), 0));
    const bool told =
        first_line.size() == 5 && (first_line.substr(0, 4) == "sep=" || first_line.substr(0, 4) == "SEP=");
    if (told && first_line[4] != '"') {
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
    const std::size_t end = find_any(text_.substr(0, window), at_, separator_, '\n', '\r');
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
    const std::string_view window = text_.substr(0, std::min(text_.size(), begin + limits_.field_bytes + 1));
    while (true) {
        const std::size_t stop = find_any(window, at_, '"', '\n', '\r');
        if (stop >= window.size()) {
            fail(field.line, field.column - 1,
                 window.size() < text_.size()
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
        field.unescaped = true;
    }
    ++at_;
    if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
        fail(line_, column_at(at_),
             "text after a closing quote; a quote inside a quoted field is written twice");
        at_ = find_any(text_, at_, separator_, '\n', '\r');
    }
    return end_at(at_);
}

bool CsvReader::beyond_limits(std::size_t row_start, std::uint32_t row_line, std::size_t fields) {
    if (at_ - row_start > limits_.row_bytes) {
        fail(row_line, 1,
             "a row of more than " + std::to_string(limits_.row_bytes) + " bytes; is this a table?");
        return true;
    }
    if (fields > limits_.columns) {
        fail(row_line, 1, "a row of more than " + std::to_string(limits_.columns) + " fields");
        return true;
    }
    return false;
}

bool CsvReader::next(std::vector<CsvField>& row) {
    row.clear();
    if (!unescaped_.empty()) {
        unescaped_.clear();
    }
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
        if (end == End::failed || beyond_limits(row_start, row_line, row.size())) {
            failed_ = true;
            row.clear();
            return false;
        }
        pass(end);
        if (end != End::separator) {
            return true;
        }
        if (at_ >= text_.size()) {  // the text ends with a separator: one more field, empty
            row.push_back({text_.substr(at_), line_, column_at(at_), false});
            return true;
        }
    }
}

}  // namespace maillage::io
