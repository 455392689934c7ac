#pragma once

#include "engine/error.hpp"
#include "engine/records.hpp"

#include "io/json_positions.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Takes the members of JSON records for what they should be, and says where they are not. A member that is
/// missing or null is an empty cell at the place of its record. Cells are valid as long as the node.
class JsonRecord {
public:
    JsonRecord(const std::string& file, std::vector<Diagnostic>& diagnostics)
        : file_(file), diagnostics_(diagnostics) {}

    [[nodiscard]] Cell text(const JsonNode& node, std::string_view key);
    [[nodiscard]] Parsed<double> number(const JsonNode& node, std::string_view key);
    [[nodiscard]] Parsed<Date> date(const JsonNode& node, std::string_view key);
    /// The items of a list of texts, each with its place.
    void texts(const JsonNode& node, std::string_view key, std::vector<Cell>& items);
    /// A text, a list of texts joined by bars, a number as written, "true" or "false".
    [[nodiscard]] std::string attribute(std::string_view name, const JsonNode& value);

    template <class Use>
    void for_each_item(const JsonNode& node, std::string_view key, Use use) {
        if (const JsonNode* list = list_of(node, key)) {
            for (const auto& [unused, item] : list->members) {
                use(item);
            }
        }
    }

    /// The text of a node, without spaces around.
    [[nodiscard]] Cell cell(const JsonNode& node);
    /// An empty cell at the place of a node.
    [[nodiscard]] static Cell place(const JsonNode& node) noexcept;

    /// Notes the members that are not among the known ones, each name once for a table.
    void check_members(std::string_view table, const JsonNode& node, std::span<const std::string_view> known);
    void unknown(std::string_view table, std::string_view key, const JsonNode& value,
                 std::span<const std::string_view> known);
    void error(const JsonNode& node, std::string message);

private:
    [[nodiscard]] const JsonNode* list_of(const JsonNode& node, std::string_view key);
    /// An item of a list: a text without bars.
    [[nodiscard]] Cell list_item(const JsonNode& item, std::string_view key);

    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    std::set<std::string> said_;
};

}  // namespace maillage::io
