#include "io/formats/json_scanner.hpp"

#include "io/encoding.hpp"
#include "io/scan.hpp"

#include <utility>

namespace maillage::io {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Offset of the next quote, backslash or control character.
std::size_t find_text_end(std::string_view text, std::size_t at) noexcept {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x1F);
    for (; at + 16 <= text.size(); at += 16) {
        __m128i block;
        __builtin_memcpy(&block, text.data() + at, 16);
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, space), block);
        const __m128i hit = _mm_or_si128(
            control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit)); mask != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(mask));
        }
    }
#endif
    while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
           static_cast<unsigned char>(text[at]) >= 0x20U) {
        ++at;
    }
    return at;
}

/// `'x'`, or what a character that cannot be shown is.
std::string shown(std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return "the end of the file";
    }
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20U || c == 0x7FU) {
        return "a control character";
    }
    std::size_t size = 1;
    while (c >= 0x80U && at + size < text.size() &&
           (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) {
        ++size;
    }
    return '\'' + std::string(text.substr(at, size)) + '\'';
}

}  // namespace

JsonScanner::JsonScanner(std::string_view text, ReadContext& context)
    : text_(text), context_(context), places_(text) {}

JsonScanner::Token JsonScanner::fail(std::size_t at, std::string message) {
    if (!failed_) {
        failed_ = true;
        context_.error(places_.at(std::min(at, text_.size())), "this is not JSON: " + std::move(message));
    }
    return Token::error;
}

void JsonScanner::pass_byte_order_mark() noexcept {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    at_ += text_.substr(0, mark.size()) == mark ? mark.size() : 0;
}

void JsonScanner::skip_space() noexcept {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
        ++at_;
    }
}

JsonScanner::Token JsonScanner::next() {
    if (failed_) {
        return Token::error;
    }
    skip_space();
    begin_ = at_;
    if (levels_.empty()) {
        if (done_) {
            return at_ == text_.size() ? Token::end
                                       : fail(at_, shown(text_, at_) + " behind the end of the document");
        }
        if (at_ == text_.size()) {
            return fail(at_, "the file is empty");
        }
        return read_value();
    }
    if (after_key_) {
        after_key_ = false;
        return read_value();
    }
    Level& level = levels_.back();
    if (level.object) {
        return fail(at_, "a key is missing");  // a reader that forgot next_key
    }
    if (at_ < text_.size() && text_[at_] == ']') {
        ++at_;
        levels_.pop_back();
        done_ = levels_.empty();
        return Token::array_end;
    }
    if (!level.empty) {
        if (at_ >= text_.size() || text_[at_] != ',') {
            return fail(at_, "expected ',' or ']', not " + shown(text_, at_));
        }
        ++at_;
        skip_space();
        begin_ = at_;
    }
    level.empty = false;
    return read_value();
}

bool JsonScanner::next_key() {
    if (failed_) {
        return false;
    }
    skip_space();
    begin_ = at_;
    Level& level = levels_.back();
    if (at_ < text_.size() && text_[at_] == '}') {
        ++at_;
        levels_.pop_back();
        done_ = levels_.empty();
        return false;
    }
    if (!level.empty) {
        if (at_ >= text_.size() || text_[at_] != ',') {
            fail(at_, "expected ',' or '}', not " + shown(text_, at_));
            return false;
        }
        ++at_;
        skip_space();
        begin_ = at_;
    }
    level.empty = false;
    if (at_ >= text_.size() || text_[at_] != '"') {
        fail(at_, "expected a key in double quotes, not " + shown(text_, at_));
        return false;
    }
    const std::size_t key = begin_;
    if (read_string() == Token::error) {
        return false;
    }
    skip_space();
    if (at_ >= text_.size() || text_[at_] != ':') {
        fail(at_, "expected ':' behind a key, not " + shown(text_, at_));
        return false;
    }
    ++at_;
    begin_ = key;
    after_key_ = true;
    return true;
}

JsonScanner::Token JsonScanner::read_value() {
    begin_ = at_;
    if (at_ >= text_.size()) {
        return fail(at_, "the file ends where a value is expected");
    }
    const char c = text_[at_];
    Token token = Token::error;
    if (c == '{' || c == '[') {
        if (levels_.size() >= context_.limits().depth) {
            return fail(at_, "nested deeper than " + std::to_string(context_.limits().depth) +
                                 " levels; --limit depth=N allows more");
        }
        ++at_;
        levels_.push_back({c == '{'});
        return c == '{' ? Token::object_begin : Token::array_begin;
    }
    if (c == '"') {
        token = read_string();
    } else if (c == '-' || is_digit(c)) {
        token = read_number();
    } else if (c == 't') {
        truth_ = true;
        token = word("true", Token::truth);
    } else if (c == 'f') {
        truth_ = false;
        token = word("false", Token::truth);
    } else if (c == 'n') {
        token = word("null", Token::null);
    } else {
        return fail(at_, "expected a value, not " + shown(text_, at_));
    }
    done_ = levels_.empty() && token != Token::error;
    return token;
}

JsonScanner::Token JsonScanner::word(std::string_view expected, Token token) {
    if (text_.substr(at_, expected.size()) != expected) {
        return fail(at_, "expected a value; is \"" + std::string(expected) + "\" meant?");
    }
    value_ = text_.substr(at_, expected.size());
    view_ = true;
    at_ += expected.size();
    return token;
}

JsonScanner::Token JsonScanner::read_number() {
    const std::size_t first = at_;
    at_ += text_[at_] == '-' ? 1U : 0U;
    const auto digits = [this] {
        const std::size_t from = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) {
            ++at_;
        }
        return at_ > from;
    };
    const bool zero = at_ < text_.size() && text_[at_] == '0';
    const std::size_t whole = at_;
    if (!digits()) {
        return fail(at_, "a digit is missing in this number");
    }
    if (zero && at_ > whole + 1) {
        return fail(whole, "a number does not begin with 0");
    }
    if (at_ < text_.size() && text_[at_] == '.') {
        ++at_;
        if (!digits()) {
            return fail(at_, "a digit is missing behind the point");
        }
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
        ++at_;
        at_ += at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-') ? 1U : 0U;
        if (!digits()) {
            return fail(at_, "a digit is missing in the exponent");
        }
    }
    value_ = text_.substr(first, at_ - first);
    view_ = true;
    return Token::number;
}

JsonScanner::Token JsonScanner::read_string() {
    const std::size_t first = ++at_;
    std::size_t end = find_text_end(text_, first);
    view_ = true;
    if (end < text_.size() && text_[end] == '\\') {
        view_ = false;
        unescaped_.assign(text_.substr(first, end - first));
        at_ = end;
        while (at_ < text_.size() && text_[at_] == '\\') {
            if (!read_escape()) {
                return Token::error;
            }
            end = find_text_end(text_, at_);
            unescaped_.append(text_.substr(at_, end - at_));
            at_ = end;
        }
    }
    if (end >= text_.size()) {
        return fail(first - 1, "this text is not closed");
    }
    if (text_[end] != '"') {
        return fail(end, "a control character in a text; it must be written as \\n, \\t or \\u00…");
    }
    at_ = end + 1;
    value_ = view_ ? text_.substr(first, end - first) : std::string_view(unescaped_);
    if (value_.size() > context_.limits().name) {
        failed_ = true;
        static_cast<void>(context_.name_within_limits(value_, places_.at(first)));
        return Token::error;
    }
    return Token::text;
}

bool JsonScanner::read_hex(std::uint32_t& unit) {
    unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
        const char c = at_ < text_.size() ? text_[at_] : ' ';
        const int digit = is_digit(c)            ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            fail(at_, "\\u is followed by four hexadecimal digits");
            return false;
        }
        unit = unit * 16U + static_cast<std::uint32_t>(digit);
    }
    return true;
}

bool JsonScanner::read_escape() {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t backslash = at_++;
    const char c = at_ < text_.size() ? text_[at_] : ' ';
    if (const auto found = letters.find(c); found != std::string_view::npos) {
        unescaped_ += meanings[found];
        ++at_;
        return true;
    }
    if (c != 'u') {
        fail(backslash, "a backslash is followed by one of \" \\ / b f n r t u");
        return false;
    }
    ++at_;
    std::uint32_t code = 0;
    if (!read_hex(code)) {
        return false;
    }
    if (code >= 0xDC00U && code <= 0xDFFFU) {
        fail(backslash, "half of a surrogate pair");
        return false;
    }
    if (code >= 0xD800U && code <= 0xDBFFU) {
        std::uint32_t low = 0;
        if (text_.substr(at_, 2) != "\\u") {
            fail(backslash, "half of a surrogate pair");
            return false;
        }
        at_ += 2;
        if (!read_hex(low)) {
            return false;
        }
        if (low < 0xDC00U || low > 0xDFFFU) {
            fail(backslash, "half of a surrogate pair");
            return false;
        }
        code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
    }
    append_utf8(unescaped_, code);
    return true;
}

void JsonScanner::skip_rest(Token first) {
    if (first != Token::object_begin && first != Token::array_begin) {
        return;
    }
    const std::size_t outside = levels_.size() - 1;
    while (!failed_ && levels_.size() > outside) {
        if (levels_.back().object) {
            if (next_key()) {
                next();
            }
        } else {
            next();
        }
    }
}

std::string_view JsonScanner::skip_value() {
    const Token first = next();
    const std::size_t from = begin_;
    skip_rest(first);
    return failed_ ? std::string_view() : text_.substr(from, at_ - from);
}

}  // namespace maillage::io
