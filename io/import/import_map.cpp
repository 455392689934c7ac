#include "io/import/import_map.hpp"

#include "engine/network.hpp"

#include "io/excerpts.hpp"

#include <algorithm>
#include <utility>

namespace maillage::io {
namespace {

using Type = JsonNode::Type;

struct Named {
    ImportField field;
    std::string_view code;
};
constexpr std::array named_fields = {Named{ImportField::actor_id, "actor.id"},
                                     Named{ImportField::actor_name, "actor.name"},
                                     Named{ImportField::actor_place, "actor.place"},
                                     Named{ImportField::actor_kind, "actor.kind"},
                                     Named{ImportField::actor_country, "actor.country"},
                                     Named{ImportField::actor_lat, "actor.lat"},
                                     Named{ImportField::actor_lon, "actor.lon"},
                                     Named{ImportField::actor_url, "actor.url"},
                                     Named{ImportField::partnership_id, "partnership.id"},
                                     Named{ImportField::partnership_name, "partnership.name"},
                                     Named{ImportField::partnership_kind, "partnership.kind"},
                                     Named{ImportField::partnership_start, "partnership.start"},
                                     Named{ImportField::partnership_end, "partnership.end"},
                                     Named{ImportField::partnership_status, "partnership.status"},
                                     Named{ImportField::partnership_weight, "partnership.weight"},
                                     Named{ImportField::partnership_source, "partnership.source"},
                                     Named{ImportField::partnership_expertises, "partnership.expertises"},
                                     Named{ImportField::member_role, "member.role"},
                                     Named{ImportField::expertise_id, "expertise.id"},
                                     Named{ImportField::expertise_path, "expertise.path"},
                                     Named{ImportField::expertise_label, "expertise.label"},
                                     Named{ImportField::expertise_label_fr, "expertise.label_fr"},
                                     Named{ImportField::expertise_label_en, "expertise.label_en"}};
constexpr std::string_view actor_prefix = "actor.";

std::vector<std::string> field_names() {
    std::vector<std::string> names;
    for (const Named& named : named_fields) {
        names.emplace_back(named.code);
    }
    return names;
}

class MapReader {
public:
    MapReader(std::string_view text, const std::string& file) : text_(text) { map_.name = file; }

    ImportMap run() {
        const auto read = [this](std::string_view, bool, const JsonNode& whole) {
            take(whole);
            return true;
        };
        walk_json(text_, map_.name, {.keep = JsonWalk::Keep::whole}, read, diagnostics_);
        if (!diagnostics_.empty()) {
            sort_by_place(diagnostics_, {map_.name});
            fill_excerpts(text_, map_.name, diagnostics_);
            throw InputError(std::move(diagnostics_));
        }
        return std::move(map_);
    }

private:
    void take(const JsonNode& whole) {
        if (!expect(whole, Type::object, R"(a map is an object, such as {"files": […]})")) {
            return;
        }
        static const std::vector<std::string> known = {"files", "missing", "region", "settings"};
        for (const auto& [key, value] : whole.members) {
            if (key == "files") {
                take_files(value);
            } else if (key == "missing") {
                take_missing(value);
            } else if (key == "region") {
                take_region(value);
            } else if (key == "settings") {
                map_.settings = std::string(text_.substr(value.begin, value.end - value.begin));
            } else {
                say(value, "\"" + std::string(key) + "\" is not known" + suggestion(key, known));
            }
        }
        check_whole(whole);
    }

    void take_missing(const JsonNode& words) {
        if (expect(words, Type::list, R"("missing" must be a list of texts, such as ["NA"])")) {
            for (const auto& [none, word] : words.members) {
                take_text(word, "missing", map_.missing.emplace_back());
            }
        }
    }

    void take_files(const JsonNode& files) {
        if (!expect(files, Type::list, R"("files" must be a list of {"file": "…", "columns": {…}})")) {
            return;
        }
        for (const auto& [none, node] : files.members) {
            if (expect(node, Type::object, "an item of \"files\" must be an object")) {
                map_.files.push_back(file_of(node));
            }
        }
    }

    FileMap file_of(const JsonNode& node) {
        FileMap file;
        file.where = place(node);
        static const std::vector<std::string> known = {"columns", "file", "optional"};
        for (const auto& [key, value] : node.members) {
            if (key == "file") {
                take_text(value, "file", file.file);
            } else if (key == "optional") {
                file.optional = value.truth;
                expect(value, Type::truth, "\"optional\" must be true or false");
            } else if (key == "columns") {
                take_columns(value, file);
            } else {
                say(value, "\"" + std::string(key) + "\" is not known" + suggestion(key, known));
            }
        }
        if (file.file.empty()) {
            say(node, "which file? \"file\" is missing");
        }
        return file;
    }

    void take_columns(const JsonNode& node, FileMap& file) {
        if (!expect(node, Type::object,
                    R"("columns" must hold, for a field, its column: {"actor.id": "pic"})")) {
            return;
        }
        for (const auto& [key, value] : node.members) {
            if (std::optional<FieldMap> field = field_of(key, value)) {
                field->source = source_of(key, value);
                file.fields.push_back(std::move(*field));
            }
        }
    }

    std::optional<FieldMap> field_of(const std::string& key, const JsonNode& value) {
        const auto* named = std::find_if(named_fields.begin(), named_fields.end(),
                                         [&](const Named& n) { return n.code == key; });
        FieldMap field;
        if (named != named_fields.end()) {
            field.field = named->field;
            return field;
        }
        if (key.size() > actor_prefix.size() && key.compare(0, actor_prefix.size(), actor_prefix) == 0) {
            field.field = ImportField::actor_attribute;
            field.attribute = key.substr(actor_prefix.size());
            return field;
        }
        say(value, "there is no field \"" + key + "\"" + suggestion(key, field_names()));
        return std::nullopt;
    }

    ColumnSource source_of(const std::string& key, const JsonNode& value) {
        ColumnSource source;
        source.where = place(value);
        if (value.type == Type::text) {
            source.columns = {value.text};
        } else if (value.type == Type::object) {
            take_source(value, source);
        } else {
            say(value, "\"" + key + R"(" needs the name of a column, or an object such as )" +
                           R"({"column": "id", "cut_at": "-", "part": 3})");
            return source;
        }
        if (source.columns.empty() && source.constant.empty()) {
            say(value, "\"" + key + "\" has neither \"column\" nor \"constant\"");
        }
        if ((source.part > 0) != !source.cut_at.empty()) {
            say(value, "\"cut_at\" and \"part\" go together");
        }
        return source;
    }

    void take_source(const JsonNode& node, ColumnSource& source) {
        static const std::vector<std::string> known = {"column", "constant",       "cut_at",  "part",
                                                       "values", "list_separator", "optional"};
        for (const auto& [key, value] : node.members) {
            if (key == "column") {
                take_names(value, source.columns);
            } else if (key == "constant") {
                take_text(value, key, source.constant);
            } else if (key == "cut_at") {
                take_text(value, key, source.cut_at);
            } else if (key == "list_separator") {
                take_text(value, key, source.list_separator);
            } else if (key == "part") {
                take_part(value, source.part);
            } else if (key == "optional") {
                source.optional = value.truth;
                expect(value, Type::truth, "\"optional\" must be true or false");
            } else if (key == "values") {
                take_values(value, source.values);
            } else {
                say(value, "\"" + std::string(key) + "\" is not known" + suggestion(key, known));
            }
        }
    }

    void take_names(const JsonNode& value, std::vector<std::string>& names) {
        if (value.type == Type::text) {
            names = {value.text};
            return;
        }
        if (expect(value, Type::list, "\"column\" must be a name, or a list of names the column may have")) {
            for (const auto& [none, item] : value.members) {
                take_text(item, "column", names.emplace_back());
            }
        }
    }

    void take_part(const JsonNode& value, std::uint32_t& part) {
        constexpr double most = 1000.0;
        if (value.type != Type::number || value.number < 1.0 || value.number > most ||
            value.number != static_cast<double>(static_cast<std::uint32_t>(value.number))) {
            say(value, "\"part\" must be a whole number from 1");
            return;
        }
        part = static_cast<std::uint32_t>(value.number);
    }

    void take_values(const JsonNode& value, std::map<std::string, std::string>& values) {
        if (expect(value, Type::object, R"("values" must be an object of texts: {"1": "coordinator"})")) {
            for (const auto& [from, to] : value.members) {
                take_text(to, "values", values[from]);
            }
        }
    }

    void take_region(const JsonNode& node) {
        if (!expect(node, Type::object, R"("region" must be an object such as {"attribute": "region"})")) {
            return;
        }
        static const std::vector<std::string> known = {"attribute", "by_beginning", "codes"};
        for (const auto& [key, value] : node.members) {
            if (key == "attribute") {
                take_text(value, key, map_.region);
            } else if (key == "by_beginning") {
                map_.region_by_beginning = value.truth;
                expect(value, Type::truth, "\"by_beginning\" must be true or false");
            } else if (key == "codes") {
                take_region_codes(value);
            } else {
                say(value, "\"" + std::string(key) + "\" is not known" + suggestion(key, known));
            }
        }
    }

    void take_region_codes(const JsonNode& node) {
        if (!expect(node, Type::object,
                    "\"codes\" must hold, for the name of a region, the list of its codes")) {
            return;
        }
        for (const auto& [name, codes] : node.members) {
            if (expect(codes, Type::list, "the codes of a region are a list of texts")) {
                for (const auto& [none, code] : codes.members) {
                    take_text(code, "codes", map_.region_codes[name].emplace_back());
                }
            }
        }
    }

    /// What only the map as a whole can lack.
    void check_whole(const JsonNode& whole) {
        const auto any = [this](ImportField field) {
            return std::any_of(map_.files.begin(), map_.files.end(),
                               [&](const FileMap& f) { return f.find(field) != nullptr; });
        };
        if (map_.files.empty()) {
            say(whole, "the map names no file: \"files\" is missing or empty");
            return;
        }
        if (!any(ImportField::partnership_id)) {
            say(whole,
                "no column is \"partnership.id\": nothing would tell which rows are of one partnership");
        }
        if (!any(ImportField::actor_id) && !any(ImportField::actor_name)) {
            say(whole, "no column is \"actor.id\" or \"actor.name\": nobody would be in the dataset");
        }
    }

    bool expect(const JsonNode& node, Type type, std::string message) {
        if (node.type != type) {
            say(node, std::move(message));
        }
        return node.type == type;
    }
    void take_text(const JsonNode& node, std::string_view key, std::string& text) {
        if (expect(node, Type::text, "\"" + std::string(key) + "\" must be a text")) {
            text = node.text;
        }
    }
    RecordPlace place(const JsonNode& node) const { return {node.line, node.column}; }
    void say(const JsonNode& where, std::string message) {
        const RecordPlace at = place(where);
        diagnostics_.push_back({Severity::error, {map_.name, at.line, at.column}, std::move(message), {}});
    }

    std::string_view text_;
    ImportMap map_;
    std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::string_view to_code(ImportField field) noexcept {
    const auto* named = std::find_if(named_fields.begin(), named_fields.end(),
                                     [&](const Named& n) { return n.field == field; });
    return named == named_fields.end() ? "actor.*" : named->code;
}

const FieldMap* FileMap::find(ImportField field) const noexcept {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FieldMap& f) { return f.field == field; });
    return found == fields.end() ? nullptr : &*found;
}

bool FileMap::names_actor() const noexcept {
    return find(ImportField::actor_id) != nullptr || find(ImportField::actor_name) != nullptr;
}

ImportMap read_import_map(std::string_view text, const std::string& file) {
    return MapReader(text, file).run();
}

}  // namespace maillage::io
