#pragma once

#include "engine/error.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

/// A JSON value that remembers where it stood.
struct JsonNode {
    enum class Type : std::uint8_t { null, truth, number, text, list, object };
    Type type = Type::null;
    bool truth = false;
    double number = 0.0;
    std::string text;                                       ///< of a text; of a number as written
    std::vector<std::pair<std::string, JsonNode>> members;  ///< of an object, and of a list (keys empty)
    std::size_t begin = 0;                                  ///< offset of its first byte
    std::size_t end = 0;                                    ///< offset behind its last byte

    [[nodiscard]] const JsonNode* find(std::string_view key) const noexcept;
};

/// Lines of a text, to turn offsets into places quickly.
class LineIndex {
public:
    explicit LineIndex(std::string_view text);
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> line_and_column(std::size_t offset) const noexcept;

private:
    std::vector<std::size_t> starts_;
};

/// Called for every value at the depth asked for: its path of keys (list items have the key of their list)
/// and the value.
using JsonVisitor = std::function<void(const std::vector<std::string>& path, const JsonNode& node)>;

struct JsonWalk {
    std::size_t max_depth = 64;
    /// Values directly below a list that is a member of the top object are handed over one by one and
    /// forgotten. false: nothing is kept at all, the text is only checked.
    bool keep = true;
};

/// Parses a text and hands its records to the visitor. Returns false when a diagnostic was added.
bool walk_json(std::string_view text, const std::string& file, const JsonWalk& walk,
               const JsonVisitor& visitor, std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io
