#include "io/read_json.hpp"

#include "io/json_record.hpp"
#include "io/name_key.hpp"
#include "io/read_settings.hpp"
#include "io/tables.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <span>

namespace maillage::io {
namespace {

using Names = std::string_view;
using Type = JsonNode::Type;

constexpr std::array<Names, 7> top_members = {
    "schema", "settings", "actors", "expertises", "actor_expertises", "partnerships", "opportunities"};
constexpr std::array<Names, 9> actor_members = {"id",  "name", "kind", "place",     "country",
                                                "lat", "lon",  "url",  "attributes"};
constexpr std::array<Names, 6> expertise_members = {"id",       "parent",   "label",
                                                    "label_fr", "label_en", "scheme"};
constexpr std::array<Names, 5> holding_members = {"actor", "expertise", "relation", "level", "source"};
constexpr std::array<Names, 12> partnership_members = {
    "id", "name", "kind", "start", "end", "status", "weight", "expertises", "source", "a", "b", "members"};
constexpr std::array<Names, 2> member_members = {"actor", "role"};
constexpr std::array<Names, 13> opportunity_members = {
    "id",        "title",          "kind",      "opens",         "deadline", "min_partners", "max_partners",
    "min_kinds", "required_kinds", "countries", "min_countries", "url",      "expertises"};
constexpr std::array<Names, 3> need_members = {"expertise", "weight", "min_holders"};

template <std::size_t N>
bool is_one_of(const std::array<Names, N>& names, std::string_view name) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

class JsonDatasetReader {
public:
    JsonDatasetReader(std::string_view text, const std::string& file, NetworkBuilder& builder,
                      std::vector<Diagnostic>& diagnostics)
        : text_(text),
          file_(file),
          builder_(builder),
          diagnostics_(diagnostics),
          record_(file, diagnostics) {}

    bool run() {
        if (!collect_attributes()) {
            return false;
        }
        const auto read = [this](std::string_view member, bool item, const JsonNode& node) {
            item ? take_item(member, node) : member.empty() ? take_whole(node) : take_member(member, node);
            return true;
        };
        return walk_json(text_, file_, {}, read, diagnostics_);
    }

private:
    /// The names of the attributes must be known before the first actor is added: a walk of its own, up to
    /// the end of the actors.
    bool collect_attributes() {
        bool seen = false;
        const auto collect = [this, &seen](std::string_view member, bool item, const JsonNode& node) {
            if (member == "actors" && item) {
                for_each_attribute(node, [this](std::string_view name, const JsonNode& value) {
                    add_attribute(name, value);
                });
            }
            seen = seen || (member == "actors" && !item);
            return !seen;
        };
        std::vector<Diagnostic> problems;
        if (!walk_json(text_, file_, {}, collect, problems)) {
            diagnostics_.insert(diagnostics_.end(), problems.begin(), problems.end());
            return false;
        }
        builder_.set_attribute_names(attribute_names_);
        return true;
    }

    template <class Use>
    static void for_each_attribute(const JsonNode& actor, Use use) {
        for (const auto& [key, value] : actor.members) {
            if (key == "attributes") {
                for (const auto& [name, item] : value.members) {
                    use(name, item);
                }
            } else if (!is_one_of(actor_members, key)) {
                use(key, value);
            }
        }
    }

    void add_attribute(std::string_view raw, const JsonNode& value) {
        constexpr std::size_t most = 4096;  // columns of a table
        const std::string name(trimmed(raw));
        if (attribute_named_.find(raw) != attribute_named_.end()) {
            return;
        }
        attribute_named_.emplace(raw, attribute_names_.size());
        attribute_names_.push_back(name);
        const std::string key = column_key(name);
        const auto& columns = spec_of(Table::actors).columns;
        const auto taken = std::find_if(columns.begin(), columns.end(), [&key](const ColumnSpec& column) {
            return column_key(column.name) == key;
        });
        if (name.empty()) {
            record_.error(value, "an attribute needs a name");
        } else if (taken != columns.end()) {
            record_.error(value, "an attribute cannot be called \"" + name + "\": that is the \"" +
                                     std::string(taken->name) + "\" of the actor");
        } else if (std::count(attribute_names_.begin(), attribute_names_.end(), name) > 1) {
            record_.error(value, "two attributes are called \"" + name + "\" but for spaces");
        } else if (attribute_names_.size() > most) {
            record_.error(value, "more than " + std::to_string(most) + " attributes");
        }
    }

    void take_whole(const JsonNode& node) {
        if (node.type != Type::object) {
            record_.error(node, R"(a JSON dataset is an object: {"actors": […], …})");
        } else if (!has_actors_) {
            record_.error(node,
                          R"(a JSON dataset needs a list of actors: {"actors": [{"id": "…", "name": "…"}]})");
        }
    }

    void take_member(std::string_view key, const JsonNode& node) {
        has_actors_ = has_actors_ || key == "actors";
        if (key == "settings") {
            read_settings(node, file_, builder_, diagnostics_);
        } else if (key == "schema") {
            constexpr std::string_view known = "maillage/dataset/1.";
            if (node.type != Type::text || node.text.substr(0, known.size()) != known) {
                record_.error(node, "this is not the schema of a dataset (maillage/dataset/1.0)");
            }
        } else if (!is_one_of(top_members, key)) {
            record_.unknown("the dataset", key, node, top_members);
        } else if (node.type != Type::list) {
            record_.error(node, "\"" + std::string(key) + "\" must be a list");
        }
    }

    void take_item(std::string_view table, const JsonNode& node) {
        if (!is_one_of(top_members, table) || table == "schema" || table == "settings") {
            return;  // said when its list ends
        }
        if (node.type != Type::object) {
            record_.error(node, "every item of \"" + std::string(table) + "\" must be an object");
        } else if (table == "actors") {
            take_actor(node);
        } else if (table == "expertises") {
            take_expertise(node);
        } else if (table == "actor_expertises") {
            take_holding(node);
        } else if (table == "partnerships") {
            take_partnership(node);
        } else {
            take_opportunity(node);
        }
    }

    void take_actor(const JsonNode& node) {
        JsonRecord& r = record_;
        if (const JsonNode* nested = node.find("attributes");
            nested != nullptr && nested->type != Type::object && nested->type != Type::null) {
            r.error(*nested, R"("attributes" must be an object of texts and lists of texts)");
        }
        attribute_texts_.assign(attribute_names_.size(), {});
        attribute_cells_.assign(attribute_names_.size(), {});
        for_each_attribute(node, [this](std::string_view name, const JsonNode& value) {
            const std::size_t at = attribute_named_.find(name)->second;
            if (attribute_cells_[at].line != 0) {
                record_.error(value, "attribute \"" + std::string(name) +
                                         "\" is given twice, also among \"attributes\"");
            }
            attribute_cells_[at] = record_.place(value);
            attribute_texts_[at] = record_.attribute(name, value);
        });
        for (std::size_t i = 0; i < attribute_cells_.size(); ++i) {
            attribute_cells_[i].text = trimmed(attribute_texts_[i]);
        }
        builder_.add(ActorRecord{r.text(node, "id"), r.text(node, "name"), r.text(node, "kind"),
                                 r.text(node, "place"), r.text(node, "country"), r.text(node, "url"),
                                 r.number(node, "lat"), r.number(node, "lon"), attribute_cells_});
    }

    /// The id of a record that others of it repeat: looked up once.
    Cell known_id(const JsonNode& node) {
        Cell id = record_.text(node, "id");
        id.known = builder_.intern(id.text);
        return id;
    }

    void take_expertise(const JsonNode& node) {
        JsonRecord& r = record_;
        r.check_members("expertises", node, expertise_members);
        builder_.add(ExpertiseRecord{r.text(node, "id"), r.text(node, "parent"), r.text(node, "label"),
                                     r.text(node, "label_fr"), r.text(node, "label_en"),
                                     r.text(node, "scheme")});
    }

    void take_holding(const JsonNode& node) {
        JsonRecord& r = record_;
        r.check_members("actor_expertises", node, holding_members);
        builder_.add(ActorExpertiseRecord{r.text(node, "actor"), r.text(node, "expertise"),
                                          r.text(node, "relation"), r.number(node, "level"),
                                          r.text(node, "source")});
    }

    void take_partnership(const JsonNode& node) {
        JsonRecord& r = record_;
        r.check_members("partnerships", node, partnership_members);
        const Cell id = known_id(node);
        r.texts(node, "expertises", first_list_);
        builder_.add(PartnershipRecord{id, r.text(node, "name"), r.text(node, "kind"), r.date(node, "start"),
                                       r.date(node, "end"), r.text(node, "status"), r.number(node, "weight"),
                                       first_list_, r.text(node, "source"), r.text(node, "a"),
                                       r.text(node, "b")});
        r.for_each_item(node, "members", [&](const JsonNode& member) {
            if (member.type == Type::text) {
                builder_.add(MemberRecord{id, r.cell(member), {}});
            } else if (member.type == Type::object) {
                r.check_members("members", member, member_members);
                builder_.add(MemberRecord{id, r.text(member, "actor"), r.text(member, "role")});
            } else {
                r.error(member, R"(a member must be {"actor": "…", "role": "…"} or the id of an actor)");
            }
        });
    }

    void take_opportunity(const JsonNode& node) {
        JsonRecord& r = record_;
        r.check_members("opportunities", node, opportunity_members);
        const Cell id = known_id(node);
        r.texts(node, "required_kinds", first_list_);
        r.texts(node, "countries", second_list_);
        builder_.add(OpportunityRecord{
            id, r.text(node, "title"), r.text(node, "kind"), r.date(node, "opens"), r.date(node, "deadline"),
            r.number(node, "min_partners"), r.number(node, "max_partners"), r.number(node, "min_kinds"),
            r.number(node, "min_countries"), first_list_, second_list_, r.text(node, "url")});
        r.for_each_item(node, "expertises", [&](const JsonNode& need) {
            if (need.type != Type::object) {
                r.error(need, R"(a need must be {"expertise": "…", "weight": 1, "min_holders": 1})");
                return;
            }
            r.check_members("needs", need, need_members);
            builder_.add(OpportunityExpertiseRecord{id, r.text(need, "expertise"), r.number(need, "weight"),
                                                    r.number(need, "min_holders")});
        });
    }

    std::string_view text_;
    const std::string& file_;
    NetworkBuilder& builder_;
    std::vector<Diagnostic>& diagnostics_;
    JsonRecord record_;
    bool has_actors_ = false;
    std::map<std::string, std::size_t, std::less<>> attribute_named_;  ///< as written, to its position
    std::vector<std::string> attribute_names_;
    std::vector<std::string> attribute_texts_;
    std::vector<Cell> attribute_cells_, first_list_, second_list_;
};

}  // namespace

bool read_json_dataset(std::string_view text, const std::string& file, NetworkBuilder& builder,
                       std::vector<Diagnostic>& diagnostics) {
    return JsonDatasetReader(text, file, builder, diagnostics).run();
}

std::optional<Diagnostic> json_syntax_error(std::string_view text, const std::string& file) {
    constexpr std::size_t deepest = 512;
    std::vector<Diagnostic> diagnostics;
    if (walk_json(text, file, {.max_depth = deepest, .keep = JsonWalk::Keep::nothing}, {}, diagnostics)) {
        return std::nullopt;
    }
    return diagnostics.front();
}

}  // namespace maillage::io
