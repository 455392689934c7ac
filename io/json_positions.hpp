#pragma once

#include "engine/error.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

struct JsonMember;

/// A JSON value that remembers where it stood.
struct JsonNode {
    enum class Type : std::uint8_t { null, truth, number, text, list, object };
    Type type = Type::null;
    bool truth = false;
    double number = 0.0;
    std::string text;                 ///< of a text; of a number as written
    std::vector<JsonMember> members;  ///< of an object, and of a list (keys empty)
    std::size_t begin = 0;            ///< offset of its first byte
    std::size_t end = 0;              ///< offset behind its last byte

    [[nodiscard]] const JsonNode* find(std::string_view key) const noexcept;
};

/// Not a std::pair, which clang 14 cannot nest in its own second type.
struct JsonMember {
    std::string first;
    JsonNode second;
};

/// Lines of a text, to turn offsets into places quickly.
class LineIndex {
public:
    explicit LineIndex(std::string_view text);
    /// Both from 1. Quickest for offsets that ascend.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> line_and_column(std::size_t offset) const noexcept;

private:
    std::vector<std::size_t> starts_;
    mutable std::size_t last_ = 0;  ///< line of the last answer
};

/// Called for every record, in the order of the text: a value that is a member of the top object, or an item
/// of a list that is one. Then member is its key; the top value itself comes last, with an empty one, and
/// without what was handed over before. Returning false ends the walk.
using JsonVisitor = std::function<bool(std::string_view member, bool item, const JsonNode& node)>;

struct JsonWalk {
    std::size_t max_depth = 64;
    enum class Keep : std::uint8_t {
        nothing,  ///< the text is only checked to be JSON; a key may be there twice
        records,  ///< one record at a time, as JsonVisitor says
        whole     ///< the top value with all it holds, for short texts
    } keep = Keep::records;
};

/// Parses a text and hands its records to the visitor. Returns false when a diagnostic was added.
///
/// Definition  RFC 8259, UTF-8, a byte order mark tolerated; nlohmann/json's parser without its tree.
/// Errors      As diagnostics with line and column: what is not JSON, invalid UTF-8, halves of surrogate
/// pairs, a NUL
///             byte, numbers beyond a double, a key twice in one object, nesting deeper than max_depth.
/// Cost        O(bytes) time, memory of one record.
bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
