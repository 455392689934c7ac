#include "io/read_settings.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace maillage::io {
namespace {

using Type = JsonNode::Type;

const std::vector<std::string> known_keys = {
    "excluded_partnership_kinds", "group_by", "labels", "language", "licence", "schema", "scope", "title"};

class SettingsReader {
public:
    SettingsReader(const std::string& file, NetworkBuilder& builder, std::vector<Diagnostic>& diagnostics)
        : file_(file), builder_(builder), diagnostics_(diagnostics) {}

    void run(const JsonNode& json) {
        if (json.type != Type::object) {
            say(Severity::error, json, R"(the settings are an object, such as {"title": "…"})");
            return;
        }
        for (const auto& [key, value] : json.members) {
            read_key(key, value);
            builder_.set_settings_place(key, {value.line, value.column});
        }
        builder_.set_settings(std::move(settings_));
    }

private:
    void read_key(const std::string& key, const JsonNode& value) {
        if (key == "title") {
            take_text(key, value, settings_.title);
        } else if (key == "licence") {
            take_text(key, value, settings_.licence);
        } else if (key == "language" || key == "schema") {
            std::string unused;
            take_text(key, value, unused);
        } else if (key == "group_by") {
            take_texts(key, value, settings_.group_by);
        } else if (key == "excluded_partnership_kinds") {
            take_texts(key, value, settings_.excluded_partnership_kinds);
        } else if (key == "scope") {
            read_scope(value);
        } else if (key == "labels") {
            read_labels(value);
        } else {
            say(Severity::note, value, "setting \"" + key + "\" is not known" + suggestion(key, known_keys));
        }
    }

    void take_text(const std::string& key, const JsonNode& value, std::string& text) {
        if (value.type == Type::text) {
            text = value.text;
        } else {
            say(Severity::error, value, "\"" + key + "\" must be a text");
        }
    }

    void take_texts(const std::string& key, const JsonNode& value, std::vector<std::string>& texts) {
        if (value.type != Type::list) {
            say(Severity::error, value, "\"" + key + R"(" must be a list of texts, such as ["kind"])");
            return;
        }
        for (const auto& [none, item] : value.members) {
            if (item.type == Type::text) {
                texts.push_back(item.text);
            } else {
                say(Severity::error, item, "\"" + key + "\" must hold texts only");
            }
        }
    }

    void read_scope(const JsonNode& value) {
        const JsonNode* attribute = value.find("attribute");
        const JsonNode* wanted = value.find("value");
        if (attribute == nullptr || wanted == nullptr || attribute->type != Type::text ||
            wanted->type != Type::text || value.members.size() != 2) {
            say(Severity::error, value,
                R"("scope" must be an object of two texts, {"attribute": "…", "value": "…"})");
            return;
        }
        settings_.scope = {attribute->text, wanted->text};
    }

    void read_labels(const JsonNode& value) {
        if (!expect_object(value)) {
            return;
        }
        for (const auto& [attribute, words] : value.members) {
            if (!expect_object(words)) {
                continue;
            }
            for (const auto& [code, word] : words.members) {
                if (expect_object(word)) {
                    settings_.labels[attribute][code] = local_text(word);
                }
            }
        }
    }

    bool expect_object(const JsonNode& value) {
        if (value.type != Type::object) {
            say(Severity::error, value,
                R"("labels" must hold, for an attribute, for a code, its words: )"
                R"({"kind": {"municipality": {"fr": "Commune", "en": "Municipality"}}})");
        }
        return value.type == Type::object;
    }

    LocalText local_text(const JsonNode& word) {
        LocalText local;
        for (const auto& [language, text] : word.members) {
            if (text.type != Type::text) {
                say(Severity::error, text, "a label must be a text");
            } else if (language == "fr") {
                local.fr = text.text;
            } else if (language == "en") {
                local.en = text.text;
            } else {
                say(Severity::note, text,
                    "labels are in \"fr\" and \"en\"; \"" + std::string(language) + "\" is not used");
            }
        }
        return local;
    }

    void say(Severity severity, const JsonNode& where, std::string message) {
        diagnostics_.push_back({severity, {file_, where.line, where.column}, std::move(message), {}});
    }

    const std::string& file_;
    NetworkBuilder& builder_;
    std::vector<Diagnostic>& diagnostics_;
    Settings settings_;
};

}  // namespace

void read_settings(const JsonNode& settings, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics) {
    SettingsReader(file, builder, diagnostics).run(settings);
}

void read_settings(std::string_view text, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics) {
    const auto read = [&](std::string_view, bool, const JsonNode& whole) {
        read_settings(whole, file, builder, diagnostics);
        return true;
    };
    walk_json(text, file, {.keep = JsonWalk::Keep::whole}, read, diagnostics);
}

}  // namespace maillage::io
