#include "io/json_record.hpp"

#include "engine/network.hpp"

#include "io/values.hpp"

#include <algorithm>
#include <utility>

namespace maillage::io {
namespace {

using Type = JsonNode::Type;

std::string_view what_it_is(const JsonNode& node) noexcept {
    switch (node.type) {
        case Type::null:
            return "null";
        case Type::truth:
            return node.truth ? "true" : "false";
        case Type::number:
            return "a number";
        case Type::text:
            return "a text";
        case Type::list:
            return "a list";
        case Type::object:
            break;
    }
    return "an object";
}

std::string wrong_type(std::string_view key, std::string_view expected, const JsonNode& node) {
    return quoted_text(key) + " must be " + std::string(expected) + ", not " + std::string(what_it_is(node));
}

bool is_missing(const JsonNode* value) noexcept {
    return value == nullptr || value->type == Type::null;
}

}  // namespace

void JsonRecord::error(const JsonNode& node, std::string message) {
    diagnostics_.push_back({Severity::error, {file_, node.line, node.column}, std::move(message), {}});
}

Cell JsonRecord::place(const JsonNode& node) noexcept {
    return {{}, node.line, node.column};
}

Cell JsonRecord::cell(const JsonNode& node) {
    constexpr std::size_t longest = std::size_t{1} << 20U;  // what a table can hold
    Cell c = place(node);
    c.text = trimmed(node.text);
    if (c.text.size() > longest) {
        error(node, "a text of more than 1048576 bytes");
    } else if (c.text.find('\0') != std::string_view::npos) {
        error(node, "a text with a NUL character");
    }
    return c;
}

Cell JsonRecord::text(const JsonNode& node, std::string_view key) {
    const JsonNode* value = node.find(key);
    if (is_missing(value)) {
        return place(value == nullptr ? node : *value);
    }
    if (value->type != Type::text) {
        error(*value, wrong_type(key, "a text", *value));
        return place(*value);
    }
    return cell(*value);
}

Parsed<double> JsonRecord::number(const JsonNode& node, std::string_view key) {
    const JsonNode* value = node.find(key);
    if (is_missing(value)) {
        return {};
    }
    const Cell where = place(*value);
    if (value->type != Type::number) {
        error(*value, wrong_type(key, "a number", *value));
        return {std::nullopt, where.line, where.column};
    }
    return {value->number, where.line, where.column};
}

Parsed<Date> JsonRecord::date(const JsonNode& node, std::string_view key) {
    const Cell written = text(node, key);
    Parsed<Date> parsed{std::nullopt, written.line, written.column};
    if (!written.text.empty()) {
        parsed.value = parse_date(written.text);
        if (!parsed.value) {
            error(*node.find(key),
                  quoted_text(written.text) + " is not a date; " + date_problem(written.text));
        }
    }
    return parsed;
}

const JsonNode* JsonRecord::list_of(const JsonNode& node, std::string_view key) {
    const JsonNode* value = node.find(key);
    if (is_missing(value)) {
        return nullptr;
    }
    if (value->type != Type::list) {
        error(*value, wrong_type(key, "a list", *value));
        return nullptr;
    }
    return value;
}

Cell JsonRecord::list_item(const JsonNode& item, std::string_view key) {
    if (item.type != Type::text) {
        error(item, wrong_type(key, "a list of texts", item));
        return place(item);
    }
    Cell c = cell(item);
    if (c.text.find('|') != std::string_view::npos) {
        error(item, "an item of " + quoted_text(key) + " cannot hold |, which separates items in tables");
    }
    return c;
}

void JsonRecord::texts(const JsonNode& node, std::string_view key, std::vector<Cell>& items) {
    items.clear();
    for_each_item(node, key, [&](const JsonNode& item) {
        if (const Cell c = list_item(item, key); !c.text.empty()) {
            items.push_back(c);
        }
    });
}

std::string JsonRecord::attribute(std::string_view name, const JsonNode& value) {
    switch (value.type) {
        case Type::null:
            return {};
        case Type::truth:
            return value.truth ? "true" : "false";
        case Type::number:
            return value.text;
        case Type::text:
            return std::string(cell(value).text);
        case Type::list:
            break;
        case Type::object:
            error(value, wrong_type(name, "a text or a list of texts", value));
            return {};
    }
    std::string joined;
    for (const auto& [unused, item] : value.members) {
        if (const Cell c = list_item(item, name); !c.text.empty()) {
            joined += (joined.empty() ? "" : "|") + std::string(c.text);
        }
    }
    return joined;
}

void JsonRecord::check_members(std::string_view table, const JsonNode& node,
                               std::span<const std::string_view> known) {
    for (const auto& [key, value] : node.members) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            unknown(table, key, value, known);
        }
    }
}

void JsonRecord::unknown(std::string_view table, std::string_view key, const JsonNode& value,
                         std::span<const std::string_view> known) {
    if (!said_.insert(std::string(table) + '/' + std::string(key)).second) {
        return;
    }
    const std::vector<std::string> names(known.begin(), known.end());
    diagnostics_.push_back(
        {Severity::note,
         {file_, value.line, value.column},
         "member " + quoted_text(key) + " of " + std::string(table) + " is not used" + suggestion(key, names),
         {}});
}

}  // namespace maillage::io
