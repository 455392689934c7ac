#include "io/read_communities.hpp"

#include "engine/error.hpp"

#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/json_positions.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

namespace maillage::io {
namespace {

using Type = JsonNode::Type;

class Reader {
public:
    Reader(std::string_view text, const std::string& file) : file_(file), text_(text) {}

    CommunitiesFile read() {
        bool known = false;
        bool whole = false;
        const auto take = [&](std::string_view member, bool item, const JsonNode& node) {
            if (member == "schema" && !item) {
                known = node.type == Type::text && node.text.starts_with("maillage/communities/1.");
                if (!known) {
                    error(node, "expected a document of `maillage communities` (maillage/communities/1.x)");
                }
            } else if (member == "dataset" && !item) {
                const JsonNode* title = node.find("title");
                result_.title = title != nullptr && title->type == Type::text ? title->text : JsonText();
            } else if (member == "result" && !item) {
                whole = true;
                take_result(node);
            }
            return true;
        };
        if (walk_json(text_, file_, {}, take, diagnostics_)) {
            if (!known && diagnostics_.empty()) {
                add(1, 1, "no \"schema\": expected a document of `maillage communities`");
            } else if (!whole && diagnostics_.empty()) {
                add(1, 1, "no \"result\": expected a document of `maillage communities`");
            }
        }
        if (!diagnostics_.empty()) {
            fill_excerpts(text_, file_, diagnostics_);
            throw InputError(std::move(diagnostics_));
        }
        return std::move(result_);
    }

private:
    void add(std::uint32_t line, std::uint32_t column, std::string message) {
        diagnostics_.push_back({Severity::error, {file_, line, column}, std::move(message), {}});
    }
    void error(const JsonNode& node, std::string message) { add(node.line, node.column, std::move(message)); }

    /// A member of the type, or null with an error.
    const JsonNode* member(const JsonNode& node, std::string_view key, Type type, std::string_view what) {
        const JsonNode* found = node.type == Type::object ? node.find(key) : nullptr;
        if (found == nullptr || found->type != type) {
            error(found == nullptr ? node : *found,
                  "\"" + std::string(key) + "\" should be " + std::string(what));
            return nullptr;
        }
        return found;
    }
    void take_result(const JsonNode& node) {
        const JsonNode* list = member(node, "communities", Type::list, "a list");
        if (list == nullptr) {
            return;
        }
        for (const auto& [unused, community] : list->members) {
            take_community(community);
        }
        if (const JsonNode* next = node.find("next_id"); next != nullptr) {
            result_.next_id = std::max(result_.next_id, id_of(*next));
        }
    }
    void take_community(const JsonNode& node) {
        CommunitiesFile::Community community;
        if (const JsonNode* id = member(node, "id", Type::number, "a whole number from 1")) {
            community.id = id_of(*id);
            if (community.id != 0 && !ids_.insert(community.id).second) {
                error(*id, "community " + std::string(id->text) + " is there twice");
            }
            result_.next_id = std::max(result_.next_id, community.id + 1);
        }
        if (const JsonNode* name = node.find("name"); name != nullptr && name->type == Type::text) {
            community.name = name->text;
        }
        if (const JsonNode* members = member(node, "members", Type::list, "a list")) {
            for (const auto& [unused, item] : members->members) {
                const JsonNode* actor = member(item, "actor", Type::text, "the id of an actor");
                if (actor != nullptr && !actors_.insert(actor->text).second) {
                    error(*actor, "actor \"" + std::string(actor->text) + "\" is in two communities");
                } else if (actor != nullptr) {
                    community.actors.push_back(actor->text);
                }
            }
        }
        result_.communities.push_back(std::move(community));
    }
    /// 0 with an error.
    std::uint32_t id_of(const JsonNode& node) {
        constexpr double highest = 4e9;
        if (node.type != Type::number || node.number < 1.0 || node.number > highest ||
            node.number != std::floor(node.number)) {
            error(node, "expected a whole number from 1");
            return 0;
        }
        return static_cast<std::uint32_t>(node.number);
    }

    const std::string& file_;
    std::string_view text_;
    std::vector<Diagnostic> diagnostics_;
    std::set<std::uint32_t> ids_;
    std::set<std::string> actors_;
    CommunitiesFile result_;
};

}  // namespace

CommunitiesFile read_communities(const std::string& path) {
    const FileBytes file(path);
    return Reader(file.bytes(), path).read();
}

}  // namespace maillage::io
