#include "io/json_positions.hpp"

#include "io/encoding.hpp"
#include "io/formats/json_scanner.hpp"
#include "io/json_keys.hpp"
#include "io/json_problem.hpp"
#include "io/kept_texts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

namespace maillage::io {
namespace {

using Token = JsonScanner::Token;

/// Room for what the values of one record hold, in blocks that are used again for the next.
class MemberRoom {
public:
    /// A copy, valid until clear().
    JsonMembers keep(const JsonMember* members, std::size_t count) {
        constexpr std::size_t block = 256;
        while (at_ < blocks_.size() && blocks_[at_].size - used_ < count) {
            ++at_;
            used_ = 0;
        }
        if (at_ == blocks_.size()) {
            const std::size_t size = std::max(block, count);
            blocks_.push_back({std::make_unique<JsonMember[]>(size), size});
        }
        JsonMember* const first = blocks_[at_].members.get() + used_;
        std::copy(members, members + count, first);
        used_ += count;
        return {first, count};
    }

    void clear() noexcept {
        constexpr std::size_t few = 64;
        blocks_.resize(std::min(blocks_.size(), few));  // a record of many members was an exception
        at_ = used_ = 0;
    }

private:
    struct Block {
        std::unique_ptr<JsonMember[]> members;
        std::size_t size = 0;
    };
    std::vector<Block> blocks_;
    std::size_t at_ = 0, used_ = 0;  ///< the block that is filled, and how far
};

/// The value of a number as written; empty: beyond a double.
std::optional<double> value_of(std::string_view written) {
    double value = 0.0;
    const std::errc problem = std::from_chars(written.data(), written.data() + written.size(), value).ec;
    if (problem == std::errc::result_out_of_range || !std::isfinite(value)) {
        value = std::strtod(std::string(written).c_str(), nullptr);  // tells too large from too small
    }
    if (!std::isfinite(value)) {
        return std::nullopt;
    }
    return written == "-0" ? 0.0 : value;  // a whole number has no negative 0
}

/// Reads values one after the other, and hands them over. Says of an error only that there is one.
class Walker {
public:
    enum class Outcome : std::uint8_t { good, stopped, wrong };

    Walker(std::string_view text, const std::string& file, const JsonWalk& walk, const JsonVisitor& visitor)
        : walk_(walk),
          visitor_(visitor),
          context_(file, ignored_,
                   {.depth = walk.max_depth, .name = std::numeric_limits<std::uint64_t>::max()}),
          scan_(text, context_) {
        scan_.pass_byte_order_mark();
    }

    Outcome run() {
        const Token first = scan_.next();
        const bool read = walk_.keep == JsonWalk::Keep::nothing ? pass(first)
                          : walk_.keep == JsonWalk::Keep::whole ? read_whole(first)
                                                                : read_records(first);
        return stopped_                             ? Outcome::stopped
               : read && scan_.next() == Token::end ? Outcome::good
                                                    : Outcome::wrong;
    }

private:
    /// A value is there and nothing is kept of it. Not skip_rest: numbers have a range.
    bool pass(Token first) {
        switch (first) {
            case Token::object_begin:
                while (scan_.next_key()) {
                    if (!pass(scan_.next())) {
                        return false;
                    }
                }
                return !scan_.failed();
            case Token::array_begin:
                for (Token t = scan_.next(); t != Token::array_end; t = scan_.next()) {
                    if (!pass(t)) {
                        return false;
                    }
                }
                return true;
            case Token::number:
                return value_of(scan_.text()).has_value();
            default:
                return first != Token::error;
        }
    }

    bool read_whole(Token first) {
        JsonNode node;
        return read(first, node) && deliver({}, false, node);
    }

    bool read_records(Token first) {
        JsonNode top;
        if (first == Token::object_begin) {
            begin(top, JsonNode::Type::object);
            JsonKeys keys;
            while (scan_.next_key()) {
                const std::string_view key = scan_.is_view() ? scan_.text() : top_keys_.keep(scan_.text());
                if (!keys.add(key) || !read_member(key)) {
                    return false;
                }
            }
        } else if (first == Token::array_begin) {
            begin(top, JsonNode::Type::list);
            for (Token t = scan_.next(); t != Token::array_end; t = scan_.next()) {
                JsonNode unused;  // no dataset; said when the list ends
                if (!read(t, unused)) {
                    return false;
                }
                forget();
            }
        } else if (!read(first, top)) {
            return false;
        }
        top.end = scan_.end();
        return !scan_.failed() && deliver({}, false, top);
    }

    /// A member of the top object: its items one by one when it is a list.
    bool read_member(std::string_view key) {
        const Token first = scan_.next();
        JsonNode node;
        if (first != Token::array_begin) {
            return read(first, node) && deliver(key, false, node);
        }
        begin(node, JsonNode::Type::list);
        for (Token t = scan_.next(); t != Token::array_end; t = scan_.next()) {
            JsonNode item;
            if (!read(t, item) || !deliver(key, true, item)) {
                return false;
            }
        }
        node.end = scan_.end();
        return deliver(key, false, node);
    }

    void begin(JsonNode& node, JsonNode::Type type) {
        node.type = type;
        node.begin = scan_.begin();
        const Place where = scan_.place();
        node.line = where.line;
        node.column = where.column;
    }

    /// The value whose first token was read, with all it holds.
    bool read(Token first, JsonNode& node) {
        switch (first) {
            case Token::object_begin:
                begin(node, JsonNode::Type::object);
                if (!read_object(node)) {
                    return false;
                }
                break;
            case Token::array_begin:
                begin(node, JsonNode::Type::list);
                if (!read_list(node)) {
                    return false;
                }
                break;
            case Token::text:
                begin(node, JsonNode::Type::text);
                node.text = kept();
                break;
            case Token::number: {
                begin(node, JsonNode::Type::number);
                node.text = scan_.text();
                const auto value = value_of(node.text);
                if (!value) {
                    return false;
                }
                node.number = *value;
                break;
            }
            case Token::truth:
                begin(node, JsonNode::Type::truth);
                node.truth = scan_.truth();
                break;
            case Token::null:
                begin(node, JsonNode::Type::null);
                break;
            default:
                return false;
        }
        node.end = scan_.end();
        return true;
    }

    bool read_object(JsonNode& node) {
        const std::size_t first = open_.size();
        JsonKeys keys;
        while (scan_.next_key()) {
            JsonMember member;
            member.first = kept();
            if (!keys.add(member.first) || !read(scan_.next(), member.second)) {
                return false;
            }
            open_.push_back(member);
        }
        close(node, first);
        return !scan_.failed();
    }

    bool read_list(JsonNode& node) {
        const std::size_t first = open_.size();
        for (Token t = scan_.next(); t != Token::array_end; t = scan_.next()) {
            JsonMember member;
            if (!read(t, member.second)) {
                return false;
            }
            open_.push_back(member);
        }
        close(node, first);
        return true;
    }

    /// What was read since `first` are the members of the node.
    void close(JsonNode& node, std::size_t first) {
        node.members = room_.keep(open_.data() + first, open_.size() - first);
        open_.resize(first);
    }

    std::string_view kept() { return scan_.is_view() ? scan_.text() : texts_.keep(scan_.text()); }

    bool deliver(std::string_view member, bool item, const JsonNode& node) {
        stopped_ = !visitor_(member, item, node);
        forget();
        return !stopped_;
    }

    void forget() {
        room_.clear();
        texts_.clear();
    }

    const JsonWalk& walk_;
    const JsonVisitor& visitor_;
    std::vector<Diagnostic> ignored_;
    ReadContext context_;
    JsonScanner scan_;
    bool stopped_ = false;
    std::vector<JsonMember> open_;  ///< of the objects and lists that are open, the innermost last
    MemberRoom room_;
    KeptTexts texts_, top_keys_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const noexcept {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [key](const auto& member) { return member.first == key; });
    return found == members.end() ? nullptr : &found->second;
}

bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics) {
    Walker::Outcome outcome = Walker::Outcome::wrong;
    if (text.find('\0') == std::string_view::npos) {
        // up to the first byte that is no text: before it another error may be
        const std::size_t valid = std::min(first_invalid_utf8(text), text.size());
        outcome = Walker(text.substr(0, valid), file, walk, visitor).run();
        if (valid < text.size() && outcome == Walker::Outcome::good) {
            outcome = Walker::Outcome::wrong;
        }
    }
    if (outcome != Walker::Outcome::wrong) {
        return true;
    }
    diagnostics.push_back(json_problem(text, file, walk)
                              .value_or(Diagnostic{Severity::error, {file, 1, 1}, "this is not JSON", {}}));
    return false;
}

}  // namespace maillage::io
