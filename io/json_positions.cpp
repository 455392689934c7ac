#include "io/json_positions.hpp"

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
        if (!levels_.back().keys.insert(value).second) {
            fail(opening_quote(), "key \"" + value + "\" is given twice in one object");
            return false;
        }
        levels_.back().key = std::move(value);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override {
        const std::string what = error.what();
        // after "… at line 1, column 5: " comes what a person can use
        const auto colon = what.find(": ");
        const std::size_t offset = std::min(position > 0 ? position - 1 : 0, text_.size());
        fail(offset, "this is not JSON: " + (colon == std::string::npos ? what : what.substr(colon + 2)));
        return false;
    }

private:
    struct Level {
        JsonNode node;
        std::string key;                       ///< of the member being read
        std::unordered_set<std::string> keys;  ///< seen in this object
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

    bool scalar(JsonNode::Type type, std::size_t begin, std::string text, double value, bool truth) {
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
        JsonNode node = std::move(levels_.back().node);
        levels_.pop_back();
        node.end = read_;
        return deliver(std::move(node));
    }

    /// Hands a finished value to the visitor when it is a record, else puts it into its parent.
    bool deliver(JsonNode node) {
        if (!walk_.keep) {
            return true;
        }
        const bool member_of_top = levels_.size() == 1 && levels_[0].node.type == JsonNode::Type::object;
        const bool item_of_table = levels_.size() == 2 && levels_[1].node.type == JsonNode::Type::list;
        if (levels_.empty()) {
            visitor_({}, node);
        } else if (member_of_top) {
            visitor_({levels_[0].key}, node);
        } else if (item_of_table) {
            visitor_({levels_[0].key, ""}, node);
        } else {
            levels_.back().node.members.emplace_back(levels_.back().key, std::move(node));
        }
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
    std::vector<Level> levels_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const noexcept {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [key](const auto& member) { return member.first == key; });
    return found == members.end() ? nullptr : &found->second;
}

LineIndex::LineIndex(std::string_view text) : starts_(1, 0) {
    for (std::size_t at = text.find_first_of("\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\r\n", at)) {
        at += text.substr(at, 2) == "\r\n" ? 2U : 1U;
        starts_.push_back(at);
    }
}

std::pair<std::uint32_t, std::uint32_t> LineIndex::line_and_column(std::size_t offset) const noexcept {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(after - starts_.begin());
    return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(offset - starts_[line - 1] + 1)};
}

bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics) {
    std::size_t read = 0;
    Handler handler(text, file, walk, visitor, diagnostics, read);
    const char* begin = text.data();
    return Json::sax_parse(CountingIterator(begin, begin, &read),
                           CountingIterator(begin + text.size(), begin, &read), &handler);
}

}  // namespace maillage::io
