#include "io/read_json.hpp"

#include "io/json_positions.hpp"
#include "io/read_settings.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>

namespace maillage::io {
namespace {

constexpr std::array<std::string_view, 9> actor_members = {"id",  "name", "kind", "place",     "country",
                                                           "lat", "lon",  "url",  "attributes"};

class JsonDatasetReader {
public:
    JsonDatasetReader(std::string_view text, const std::string& file, NetworkBuilder& builder,
                      std::vector<Diagnostic>& diagnostics)
        : text_(text), file_(file), builder_(builder), diagnostics_(diagnostics), lines_(text) {}

    void run() {
        // two passes: the names of the actors' attributes must be known before the first actor is added
        const auto collect = [this](const std::vector<std::string>& path, const JsonNode& node) {
            if (path.size() == 2 && path[0] == "actors") {
                collect_attributes(node);
            }
        };
        if (!walk_json(text_, file_, {}, collect, diagnostics_)) {
            return;
        }
        std::sort(attributes_.begin(), attributes_.end());
        builder_.set_attribute_names(attributes_);
        const auto read = [this](const std::vector<std::string>& path, const JsonNode& node) {
            take(path, node);
        };
        walk_json(text_, file_, {}, read, diagnostics_);
    }

private:
    void say(Severity severity, const JsonNode& node, std::string message) {
        const auto [line, column] = lines_.line_and_column(node.begin);
        diagnostics_.push_back({severity, {file_, line, column}, std::move(message), {}});
    }

    void collect_attributes(const JsonNode& actor) {
        for (const auto& [key, value] : actor.members) {
            if (key == "attributes") {
                for (const auto& [name, item] : value.members) {
                    note_attribute(name);
                }
            } else if (std::find(actor_members.begin(), actor_members.end(), key) == actor_members.end()) {
                note_attribute(key);
            }
        }
    }
    void note_attribute(const std::string& name) {
        if (std::find(attributes_.begin(), attributes_.end(), name) == attributes_.end()) {
            attributes_.push_back(name);
        }
    }

    void take(const std::vector<std::string>& path, const JsonNode& node) {
        if (path.empty()) {
            if (node.type != JsonNode::Type::object) {
                say(Severity::error, node, "a JSON dataset is an object");
            }
        } else if (path.size() == 1) {
            take_member(path[0], node);
        } else if (node.type != JsonNode::Type::object) {
            say(Severity::error, node, "every item of \"" + path[0] + "\" is an object");
        } else if (path[0] == "actors") {
            take_actor(node);
        } else if (path[0] == "expertises") {
            check_members(node, {"id", "parent", "label", "label_fr", "label_en", "scheme"});
            builder_.add(ExpertiseRecord{cell(node, "id"), cell(node, "parent"), cell(node, "label"),
                                         cell(node, "label_fr"), cell(node, "label_en"),
                                         cell(node, "scheme")});
        } else if (path[0] == "actor_expertises") {
            check_members(node, {"actor", "expertise", "relation", "level", "source"});
            builder_.add(ActorExpertiseRecord{cell(node, "actor"), cell(node, "expertise"),
                                              cell(node, "relation"), number(node, "level"),
                                              cell(node, "source")});
        } else if (path[0] == "partnerships") {
            take_partnership(node);
        } else if (path[0] == "opportunities") {
            take_opportunity(node);
        }
    }

    void take_member(const std::string& key, const JsonNode& node) {
        static constexpr std::array<std::string_view, 5> tables = {"actors", "expertises", "actor_expertises",
                                                                   "partnerships", "opportunities"};
        if (key == "settings") {
            read_settings(node, text_, file_, builder_, diagnostics_);
        } else if (key == "schema") {
            if (node.text.rfind("maillage/dataset/1", 0) != 0) {
                say(Severity::error, node, "this schema is not one of a dataset (maillage/dataset/1.0)");
            }
        } else if (std::find(tables.begin(), tables.end(), key) == tables.end()) {
            say(Severity::note, node, "member \"" + key + "\" is not known and not read");
        } else if (node.type != JsonNode::Type::list) {
            say(Severity::error, node, "\"" + key + "\" is a list");
        }
    }

    void take_actor(const JsonNode& node) {
        std::vector<std::string> joined(attributes_.size());
        std::vector<Cell> cells(attributes_.size());
        const auto keep = [&](const std::string& name, const JsonNode& value) {
            const auto at =
                std::lower_bound(attributes_.begin(), attributes_.end(), name) - attributes_.begin();
            joined[static_cast<std::size_t>(at)] = attribute_text(name, value);
            cells[static_cast<std::size_t>(at)] = place(value);
        };
        for (const auto& [key, value] : node.members) {
            if (key == "attributes") {
                for (const auto& [name, item] : value.members) {
                    keep(name, item);
                }
            } else if (std::find(actor_members.begin(), actor_members.end(), key) == actor_members.end()) {
                keep(key, value);
            }
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i].text = joined[i];
        }
        builder_.add(ActorRecord{cell(node, "id"), cell(node, "name"), cell(node, "kind"),
                                 cell(node, "place"), cell(node, "country"), cell(node, "url"),
                                 number(node, "lat"), number(node, "lon"), cells});
    }

    /// A text, a number as written, or a list of texts joined by bars.
    std::string attribute_text(const std::string& name, const JsonNode& value) {
        if (value.type == JsonNode::Type::list) {
            std::string list;
            for (const auto& [key, item] : value.members) {
                if (item.type != JsonNode::Type::text) {
                    say(Severity::error, item, "attribute \"" + name + "\" is a text or a list of texts");
                }
                list += (list.empty() ? "" : "|") + item.text;
            }
            return list;
        }
        if (value.type == JsonNode::Type::truth) {
            return value.truth ? "true" : "false";
        }
        if (value.type == JsonNode::Type::object) {
            say(Severity::error, value, "attribute \"" + name + "\" is a text or a list of texts");
        }
        return value.text;
    }

    void take_partnership(const JsonNode& node) {
        check_members(node, {"id", "name", "kind", "start", "end", "status", "weight", "expertises", "source",
                             "a", "b", "members"});
        std::vector<Cell> topics;
        if (const JsonNode* list = list_of(node, "expertises")) {
            topics = texts(*list, "expertises");
        }
        const Cell id = cell(node, "id");
        builder_.add(PartnershipRecord{id, cell(node, "name"), cell(node, "kind"), date(node, "start"),
                                       date(node, "end"), cell(node, "status"), number(node, "weight"),
                                       topics, cell(node, "source"), cell(node, "a"), cell(node, "b")});
        if (const JsonNode* members = list_of(node, "members")) {
            for (const auto& [key, member] : members->members) {
                if (member.type == JsonNode::Type::text) {
                    builder_.add(MemberRecord{id, as_cell(member), {}});
                } else if (member.type == JsonNode::Type::object) {
                    check_members(member, {"actor", "role"});
                    builder_.add(MemberRecord{id, cell(member, "actor"), cell(member, "role")});
                } else {
                    say(Severity::error, member, R"(a member is {"actor": "…", "role": "…"})");
                }
            }
        }
    }

    void take_opportunity(const JsonNode& node) {
        check_members(
            node, {"id", "title", "kind", "opens", "deadline", "min_partners", "max_partners", "min_kinds",
                   "required_kinds", "countries", "min_countries", "url", "expertises"});
        const JsonNode* kinds = list_of(node, "required_kinds");
        const JsonNode* countries = list_of(node, "countries");
        const std::vector<Cell> kind_cells =
            kinds != nullptr ? texts(*kinds, "required_kinds") : std::vector<Cell>();
        const std::vector<Cell> country_cells =
            countries != nullptr ? texts(*countries, "countries") : std::vector<Cell>();
        const Cell id = cell(node, "id");
        builder_.add(OpportunityRecord{
            id, cell(node, "title"), cell(node, "kind"), date(node, "opens"), date(node, "deadline"),
            number(node, "min_partners"), number(node, "max_partners"), number(node, "min_kinds"),
            number(node, "min_countries"), kind_cells, country_cells, cell(node, "url")});
        if (const JsonNode* needs = list_of(node, "expertises")) {
            for (const auto& [key, need] : needs->members) {
                if (need.type != JsonNode::Type::object) {
                    say(Severity::error, need,
                        R"(a need is {"expertise": "…", "weight": 1, "min_holders": 1})");
                    continue;
                }
                check_members(need, {"expertise", "weight", "min_holders"});
                builder_.add(OpportunityExpertiseRecord{id, cell(need, "expertise"), number(need, "weight"),
                                                        number(need, "min_holders")});
            }
        }
    }

    void check_members(const JsonNode& node, std::initializer_list<std::string_view> known) {
        for (const auto& [key, value] : node.members) {
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                say(Severity::note, value, "member \"" + key + "\" is not used");
            }
        }
    }

    [[nodiscard]] Cell place(const JsonNode& node) const {
        const auto [line, column] = lines_.line_and_column(node.begin);
        return {{}, line, column};
    }
    [[nodiscard]] Cell as_cell(const JsonNode& node) const {
        Cell c = place(node);
        c.text = node.text;
        return c;
    }

    /// A text member; empty, at the record's place, when it is not there.
    Cell cell(const JsonNode& node, std::string_view key) {
        const JsonNode* value = node.find(key);
        if (value == nullptr || value->type == JsonNode::Type::null) {
            return place(node);
        }
        if (value->type != JsonNode::Type::text) {
            say(Severity::error, *value, "\"" + std::string(key) + "\" is a text");
            return place(*value);
        }
        return as_cell(*value);
    }

    Parsed<double> number(const JsonNode& node, std::string_view key) {
        const JsonNode* value = node.find(key);
        if (value == nullptr || value->type == JsonNode::Type::null) {
            return {};
        }
        const Cell where = place(*value);
        if (value->type != JsonNode::Type::number) {
            say(Severity::error, *value, "\"" + std::string(key) + "\" is a number");
            return {std::nullopt, where.line, where.column};
        }
        return {value->number, where.line, where.column};
    }

    Parsed<Date> date(const JsonNode& node, std::string_view key) {
        const Cell text = cell(node, key);
        Parsed<Date> parsed{std::nullopt, text.line, text.column};
        if (!text.text.empty()) {
            parsed.value = parse_date_cell(text.text);
            if (!parsed.value) {
                say(Severity::error, *node.find(key),
                    "\"" + std::string(text.text) + "\" is not a date (2018, 2018-07 or 2018-07-03)");
            }
        }
        return parsed;
    }

    const JsonNode* list_of(const JsonNode& node, std::string_view key) {
        const JsonNode* value = node.find(key);
        if (value == nullptr || value->type == JsonNode::Type::null) {
            return nullptr;
        }
        if (value->type != JsonNode::Type::list) {
            say(Severity::error, *value, "\"" + std::string(key) + "\" is a list");
            return nullptr;
        }
        return value;
    }

    std::vector<Cell> texts(const JsonNode& list, std::string_view key) {
        std::vector<Cell> cells;
        for (const auto& [unused, item] : list.members) {
            if (item.type != JsonNode::Type::text) {
                say(Severity::error, item, "\"" + std::string(key) + "\" is a list of texts");
            } else {
                cells.push_back(as_cell(item));
            }
        }
        return cells;
    }

    std::string_view text_;
    const std::string& file_;
    NetworkBuilder& builder_;
    std::vector<Diagnostic>& diagnostics_;
    LineIndex lines_;
    std::vector<std::string> attributes_;
};

}  // namespace

void read_json_dataset(std::string_view text, const std::string& file, NetworkBuilder& builder,
                       std::vector<Diagnostic>& diagnostics) {
    JsonDatasetReader(text, file, builder, diagnostics).run();
}

std::optional<Diagnostic> json_syntax_error(std::string_view text, const std::string& file) {
    constexpr std::size_t deepest = 512;
    std::vector<Diagnostic> diagnostics;
    const bool fine = walk_json(text, file, {.max_depth = deepest, .keep = false}, {}, diagnostics);
    if (fine) {
        return std::nullopt;
    }
    return diagnostics.empty() ? Diagnostic{Severity::error, {file, 1, 1}, "this is not JSON", {}}
                               : diagnostics.front();
}

}  // namespace maillage::io
