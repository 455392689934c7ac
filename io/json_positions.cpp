#include "io/json_positions.hpp"

#include "io/encoding.hpp"
#include "io/scan.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_set>

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

bool is_number_character(char c) noexcept {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// What of the parser's message a person can use: "unexpected ']'; expected a value".
std::string reason_in(const std::string& message) {
    constexpr std::string_view context = "syntax error while parsing ";
    const auto at = message.find(context);
    if (at == std::string::npos) {
        return message.find("number overflow") != std::string::npos ? "the number is too large" : message;
    }
    const auto dash = message.find(" - ", at);
    std::string reason = dash == std::string::npos ? message.substr(at) : message.substr(dash + 3);
    const auto quoted = reason.find("; last read: ");
    const auto expected = reason.find("; expected ", quoted == std::string::npos ? 0 : quoted);
    const std::string rest = expected == std::string::npos ? "" : reason.substr(expected);
    return reason.substr(0, std::min(quoted, expected)) + rest;
}

class Handler : public nlohmann::json_sax<Json> {
public:
    Handler(std::string_view text, const std::string& file, const JsonWalk& walk, const JsonVisitor& visitor,
            std::vector<Diagnostic>& diagnostics, const std::size_t& read)
        : text_(text), file_(file), walk_(walk), visitor_(visitor), diagnostics_(diagnostics), read_(read) {}

    bool null() override { return scalar(JsonNode::Type::null, read_ - 4, {}, 0.0, false); }
    bool boolean(bool value) override {
        return scalar(JsonNode::Type::truth, read_ - (value ? 4 : 5), {}, 0.0, value);
    }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override {
        return scalar(JsonNode::Type::text, opening_quote(), std::move(value), 0.0, false);
    }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonNode::Type::object); }
    bool start_array(std::size_t) override { return open(JsonNode::Type::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override {
        passed_ = read_;
        if (walk_.keep == JsonWalk::Keep::nothing) {
            return true;
        }
        if (!levels_.back().add_key(value)) {
            fail(opening_quote(), "key \"" + value + "\" is given twice in one object");
            return false;
        }
        levels_.back().key = std::move(value);
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        const std::string reason = reason_in(error.what());
        fail(place_of_error(reason), "this is not JSON: " + reason);
        return false;
    }

    /// Whether the walk was ended by the visitor, and not by an error.
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }

private:
    struct Level {
        JsonNode node;
        std::string key;                       ///< of the member being read
        std::vector<std::string> few_keys;     ///< seen in this object
        std::unordered_set<std::string> keys;  ///< the same when they are many

        bool add_key(const std::string& name) {
            constexpr std::size_t few = 24;
            if (few_keys.size() < few) {
                const bool fresh = std::find(few_keys.begin(), few_keys.end(), name) == few_keys.end();
                few_keys.push_back(name);
                return fresh;
            }
            if (keys.empty()) {
                keys.insert(few_keys.begin(), few_keys.end());
            }
            return keys.insert(name).second;
        }
    };

    /// A number is known when the character behind it was read, unless the text ends with it.
    bool number(double value) {
        std::size_t end = read_;
        while (end > 0 && !is_number_character(text_[end - 1])) {
            --end;
        }
        std::size_t begin = end;
        while (begin > 0 && is_number_character(text_[begin - 1])) {
            --begin;
        }
        return scalar(JsonNode::Type::number, begin, std::string(text_.substr(begin, end - begin)), value,
                      false);
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

    bool scalar(JsonNode::Type type, std::size_t begin, std::string text, double value, bool truth) {
        passed_ = read_;
        if (walk_.keep == JsonWalk::Keep::nothing) {
            return true;
        }
        JsonNode node;
        node.type = type;
        node.begin = begin;
        node.end = read_;
        node.text = std::move(text);
        node.number = value;
        node.truth = truth;
        return deliver(std::move(node));
    }

    bool open(JsonNode::Type type) {
        passed_ = read_;
        if (levels_.size() >= walk_.max_depth) {
            fail(read_ - 1, "nested deeper than " + std::to_string(walk_.max_depth) + " levels");
            return false;
        }
        levels_.emplace_back();
        levels_.back().node.type = type;
        levels_.back().node.begin = read_ - 1;
        return true;
    }

    bool close() {
        passed_ = read_;
        JsonNode node = std::move(levels_.back().node);
        levels_.pop_back();
        node.end = read_;
        return walk_.keep == JsonWalk::Keep::nothing || deliver(std::move(node));
    }

    /// Hands a finished value to the visitor when it is a record, else puts it into its parent.
    bool deliver(JsonNode node) {
        const bool whole = walk_.keep == JsonWalk::Keep::whole;
        const bool top_is_list = !levels_.empty() && levels_[0].node.type == JsonNode::Type::list;
        const bool member_of_top = !whole && levels_.size() == 1 && !top_is_list;
        const bool item_of_table =
            !whole && levels_.size() == 2 && !top_is_list && levels_[1].node.type == JsonNode::Type::list;
        if (!whole && top_is_list && levels_.size() == 1) {
            return true;  // no dataset; said when the list ends
        }
        if (levels_.empty() || member_of_top || item_of_table) {
            const std::string_view member = levels_.empty() ? std::string_view() : levels_[0].key;
            stopped_ = !visitor_(member, item_of_table, node);
            return !stopped_;
        }
        levels_.back().node.members.push_back({std::move(levels_.back().key), std::move(node)});
        levels_.back().key.clear();
        return true;
    }

    void fail(std::size_t offset, std::string message) {
        const auto [line, column] = LineIndex(text_).line_and_column(offset);
        diagnostics_.push_back({Severity::error, {file_, line, column}, std::move(message), {}});
    }

    std::string_view text_;
    const std::string& file_;
    const JsonWalk& walk_;
    const JsonVisitor& visitor_;
    std::vector<Diagnostic>& diagnostics_;
    const std::size_t& read_;
    std::size_t passed_ = 0;  ///< bytes read when the last event came
    bool stopped_ = false;
    std::vector<Level> levels_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const noexcept {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [key](const auto& member) { return member.first == key; });
    return found == members.end() ? nullptr : &found->second;
}

LineIndex::LineIndex(std::string_view text) : starts_(1, 0) {
    for (std::size_t at = find_line_end(text, 0); at < text.size(); at = find_line_end(text, at)) {
        at += text.substr(at, 2) == "\r\n" ? 2U : 1U;
        starts_.push_back(at);
    }
}

std::pair<std::uint32_t, std::uint32_t> LineIndex::line_and_column(std::size_t offset) const noexcept {
    const auto within = [this, offset](std::size_t line) {
        return starts_[line] <= offset && (line + 1 == starts_.size() || offset < starts_[line + 1]);
    };
    if (!within(last_)) {
        if (last_ + 1 < starts_.size() && within(last_ + 1)) {
            ++last_;
        } else {
            const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
            last_ = static_cast<std::size_t>(after - starts_.begin()) - 1;
        }
    }
    return {static_cast<std::uint32_t>(last_ + 1), static_cast<std::uint32_t>(offset - starts_[last_] + 1)};
}

bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics) {
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        // the parser would take it for the end of the text
        diagnostics.push_back(
            {Severity::error, position_of(text, nul, file), "this is not JSON: a NUL character", {}});
        return false;
    }
    std::size_t read = 0;
    Handler handler(text, file, walk, visitor, diagnostics, read);
    const char* begin = text.data();
    return Json::sax_parse(CountingIterator(begin, begin, &read),
                           CountingIterator(begin + text.size(), begin, &read), &handler) ||
           handler.stopped();
}

}  // namespace maillage::io
