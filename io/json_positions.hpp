#pragma once

#include "engine/error.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

struct JsonMember;

/// A text of the document: a view that becomes a std::string wherever one is asked for.
struct JsonText : std::string_view {
    using std::string_view::string_view;
    JsonText() = default;
    JsonText(std::string_view text) : std::string_view(text) {}  // NOLINT(google-explicit-constructor)
    operator std::string() const {
        return std::string(std::string_view(*this));
    }  // NOLINT(google-explicit-constructor)
};

/// What a list or an object holds, in its order.
class JsonMembers {
public:
    JsonMembers() = default;
    JsonMembers(const JsonMember* first, std::size_t count) : first_(first), count_(count) {}
    [[nodiscard]] const JsonMember* begin() const noexcept { return first_; }
    [[nodiscard]] inline const JsonMember* end() const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return count_; }

private:
    const JsonMember* first_ = nullptr;
    std::size_t count_ = 0;
};

/// A JSON value that remembers where it stood. It and its copies are valid while its visitor runs.
struct JsonNode {
    enum class Type : std::uint8_t { null, truth, number, text, list, object };
    Type type = Type::null;
    bool truth = false;
    std::uint32_t line = 0, column = 0;  ///< of its first byte, both from 1
    double number = 0.0;
    JsonText text;          ///< of a text; of a number as written
    JsonMembers members;    ///< of an object, and of a list (keys empty)
    std::size_t begin = 0;  ///< offset of its first byte
    std::size_t end = 0;    ///< offset behind its last byte

    [[nodiscard]] const JsonNode* find(std::string_view key) const noexcept;
};

/// Not a std::pair, which clang 14 cannot nest in its own second type.
struct JsonMember {
    JsonText first;
    JsonNode second;
};

inline const JsonMember* JsonMembers::end() const noexcept {
    return first_ + count_;
}

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
/// Definition  RFC 8259, UTF-8, a byte order mark tolerated. Read by our scanner (formats/json_scanner.hpp); what it does
///             not take is read again by nlohmann/json, which words what is wrong (json_problem.hpp).
/// Errors      As diagnostics with line and column: what is not JSON, invalid UTF-8, halves of surrogate
///             pairs, a NUL byte, numbers beyond a double, a key twice in one object, nesting deeper than max_depth.
/// Cost        O(bytes) time, two passes more for a text with an error; memory of one record, and nothing is
///             allocated for a record that is no larger than those before.
bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
