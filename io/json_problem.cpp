#include "io/json_problem.hpp"

#include "io/encoding.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

using Json = nlohmann::json;

/// Feeds the parser and lets the handler know how far it has read: its events come without places.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char* begin, std::size_t* read)
        : at_(at), begin_(begin), read_(read) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        *read_ = static_cast<std::size_t>(at_ - begin_);
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const CountingIterator& x, const CountingIterator& y) { return x.at_ == y.at_; }
    friend bool operator!=(const CountingIterator& x, const CountingIterator& y) { return x.at_ != y.at_; }

private:
    const char* at_;
    const char* begin_;
    std::size_t* read_;
};

/// What of the parser's message a person can use: "unexpected ']'; expected a value".
std::string reason_in(const std::string& message) {
    constexpr std::string_view context = "syntax error while parsing ";
    const auto at = message.find(context);
    if (at == std::string::npos) {
        return message.find("number overflow") != std::string::npos ? "the number is too large" : message;
    }
    const auto dash = message.find(" - ", at);
    std::string reason = dash == std::string::npos ? message.substr(at) : message.substr(dash + 3);
    // what was read may hold anything, these words too, and may be cut in the middle of a character
    constexpr std::string_view expected = "; expected ";
    constexpr std::array<std::string_view, 13> expectable = {
        "'['", "'{'", "']'", "'}'", "':'", "','", "end of input", "'[', '{', or a literal", "string literal",
        "number literal", "true literal", "false literal", "null literal"};
    const auto at_expected = reason.rfind(expected);
    const std::string_view what = at_expected == std::string::npos
                                      ? std::string_view()
                                      : std::string_view(reason).substr(at_expected + expected.size());
    const bool known = std::find(expectable.begin(), expectable.end(), what) != expectable.end();
    const std::string rest = known ? reason.substr(at_expected) : std::string();
    return reason.substr(0, std::min(reason.find("; last read: "), reason.find(expected))) + rest;
}

/// Takes the events of the parser, which come without places, and notes the first problem.
class Handler : public nlohmann::json_sax<Json> {
public:
    Handler(std::string_view text, const std::string& file, const JsonWalk& walk, const std::size_t& read)
        : text_(text), file_(file), walk_(walk), read_(read) {}

    bool null() override { return pass(); }
    bool boolean(bool /*value*/) override { return pass(); }
    bool number_integer(number_integer_t /*value*/) override { return pass(); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return pass(); }
    bool number_float(number_float_t /*value*/, const string_t& /*written*/) override { return pass(); }
    bool string(string_t& /*value*/) override { return pass(); }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*size*/) override { return open(); }
    bool start_array(std::size_t /*size*/) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override {
        pass();
        if (walk_.keep != JsonWalk::Keep::nothing && !keys_.back().insert(value).second) {
            fail(opening_quote(), "key \"" + value + "\" is given twice in one object");
            return false;
        }
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        const std::string reason = reason_in(error.what());
        fail(place_of_error(reason), "this is not JSON: " + reason);
        return false;
    }

    [[nodiscard]] std::optional<Diagnostic> problem() && { return std::move(problem_); }

private:
    bool pass() {
        passed_ = read_;
        return true;
    }

    bool open() {
        if (keys_.size() >= walk_.max_depth) {
            fail(read_ - 1, "nested deeper than " + std::to_string(walk_.max_depth) + " levels");
            return false;
        }
        keys_.emplace_back();
        return pass();
    }

    bool close() {
        keys_.pop_back();
        return pass();
    }

    /// Offset of the quote that opens the string that was just closed: the last one without an odd run of
    /// backslashes before it.
    [[nodiscard]] std::size_t opening_quote() const noexcept {
        std::size_t at = read_ - 1;
        while (at > 0) {
            at = text_.rfind('"', at - 1);
            if (at == std::string_view::npos) {
                return 0;
            }
            std::size_t backslashes = 0;
            while (backslashes < at && text_[at - 1 - backslashes] == '\\') {
                ++backslashes;
            }
            if (backslashes % 2 == 0) {
                return at;
            }
        }
        return at;
    }

    /// The end of the text, the character inside a string, the mark that does not belong, or else the
    /// beginning of the token that was read last: the first character behind what was understood.
    [[nodiscard]] std::size_t place_of_error(const std::string& reason) const noexcept {
        const std::size_t last = read_ > 0 ? read_ - 1 : 0;
        if (reason.rfind("unexpected end of input", 0) == 0) {
            return text_.size();
        }
        const bool inside_string = reason.rfind("invalid string", 0) == 0;
        if (inside_string && reason.find("missing closing quote") == std::string::npos) {
            return last;
        }
        constexpr std::string_view marks = "{}[],:";
        if (last < text_.size() && marks.find(text_[last]) != std::string_view::npos &&
            reason.find(std::string("unexpected '") + text_[last]) != std::string::npos) {
            return last;
        }
        const std::size_t token = text_.find_first_not_of(" \t\r\n,:", passed_);
        return std::min(token, std::max(last, passed_));
    }

    void fail(std::size_t offset, std::string message) {
        problem_ = {Severity::error, position_of(text_, offset, file_), std::move(message), {}};
    }

    std::string_view text_;
    const std::string& file_;
    const JsonWalk& walk_;
    const std::size_t& read_;
    std::size_t passed_ = 0;                   ///< bytes read when the last event came
    std::vector<std::set<std::string>> keys_;  ///< of the objects that are open; of a list empty
    std::optional<Diagnostic> problem_;
};

}  // namespace

std::optional<Diagnostic> json_problem(std::string_view text, const std::string& file, const JsonWalk& walk) {
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        // the parser would take it for the end of the text
        return Diagnostic{
            Severity::error, position_of(text, nul, file), "this is not JSON: a NUL character", {}};
    }
    std::size_t read = 0;
    Handler handler(text, file, walk, read);
    const char* begin = text.data();
    Json::sax_parse(CountingIterator(begin, begin, &read),
                    CountingIterator(begin + text.size(), begin, &read), &handler);
    return std::move(handler).problem();
}

}  // namespace maillage::io
